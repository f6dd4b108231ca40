// Package reference runs models that package format understood in plain Go, slowly: what
// auditors and machines without ONNX Runtime go by.
//
// What enters: a Graph of one input and one output, and rows of int8. What leaves: the
// output's float32 of each row, or an error. Rows are run one by one, so that memory is
// bounded by the graph's own limits. Sums are taken in float64, where each product of two
// float32 is exact, so that machines agree; ONNX Runtime sums float32 in an order of its
// own and may differ in the last bits.
//
// Source: the operators' definitions, https://onnx.ai/onnx/operators/
package reference
