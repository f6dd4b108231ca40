//go:build !cgo

package onnx

import (
	"errors"
	"math/rand/v2"
	"testing"
)

// A build without cgo says so in one line, for the CPU and for a card.
func TestBuiltWithout(t *testing.T) {
	m := drawModel(rand.New(rand.NewPCG(1, 1)), shapes[0], 0)
	for _, d := range []Device{CPU, CUDA} {
		if _, err := OpenModel(m, Options{Device: d}); !errors.Is(err, ErrNotBuilt) {
			t.Errorf("%s: %v", d, err)
		}
	}
	if _, err := Load("libonnxruntime.so"); err == nil || err.Error() != "built without ONNX Runtime: build with CGO_ENABLED=1" {
		t.Errorf("loading says %v", err)
	}
}
