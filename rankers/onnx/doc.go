// Package onnx runs rankers and towers in ONNX Runtime, on the CPU or a CUDA card.
//
// What enters: a model that package format understood, and rows of int8. What leaves: an
// int32 score for each row, or an int8 vector. No float leaves towards a run: what a model
// gives as float32 is turned into integers by one rule (score in values.go, reference.Element),
// or refused when it is no number.
//
// A model in the provable profile gives the same bits here, on either device, and in
// zkcommit's evaluator, which Open tries on hostile rows before the first request. Other
// models may differ between devices in the last bits, and so can be committed or
// replicated, never proven.
//
// A card that is absent, wrong, out of memory or hangs costs one line on Options.Log, and the
// CPU takes over. Batcher puts the requests that wait into one call. Serve has both, over pure
// Go, for who serves a provable model. This is the only room with
// cgo: without it everything here builds, and Open says that ONNX Runtime is not built in.
// The shared library is the publisher's own; `make onnxruntime` fetches the pinned one.
package onnx
