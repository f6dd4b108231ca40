//go:build !cgo

package onnx

import (
	"errors"

	"candor/rankers/onnx/format"
)

// ErrNotBuilt is what a build without cgo answers.
var ErrNotBuilt = errors.New("built without ONNX Runtime: build with CGO_ENABLED=1")

// Load answers ErrNotBuilt.
func Load(string) (version string, err error) { return "", ErrNotBuilt }

func openEngine(*format.Graph, Device, Options) (engine, error) { return nil, ErrNotBuilt }
