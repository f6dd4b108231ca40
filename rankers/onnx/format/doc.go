// Package format reads and writes ONNX files; it runs none.
//
// What enters: a stranger's bytes, or a model in the provable profile. What leaves: a
// Graph of listed operators in which the type and size of every value is known, the work
// for one row is bounded and no row can see another; or one sentence that says what to
// change. And, the other way, ONNX bytes in which every number of a provable model is an
// integer held in float32 (export.go).
//
// A runtime's own parser never sees the stranger's bytes: it gets those that Graph.Bytes
// writes anew from what was understood here, so that two parsers cannot differ about one
// file. There are no subgraphs, functions, external files, sparse or string tensors, and
// nothing is allocated that the bytes at hand do not pay for.
package format
