//go:build linux

package sandbox

import (
	"io"
	"log/slog"
	"os"
	"testing"
)

// The test's own binary is the child, as the program is for the program.
func TestMain(m *testing.M) {
	switch {
	case Called():
		os.Exit(Serve(load))
	case os.Args[0] == layerAlone:
		os.Exit(tryLayer(os.Args[1], os.Args[2]))
	}
	os.Exit(m.Run())
}

// box fails the test where there is none: without a box all of this would test nothing.
func box(t testing.TB) *Box {
	t.Helper()
	b, err := New(slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
