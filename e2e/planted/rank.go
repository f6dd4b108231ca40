package planted

// rankBugs are bugs in how rankers compute and in what is read of their models.
var rankBugs = []bug{
	{"a lane holds one step too much", "zkcommit/packed.go", "1<<(laneBits-1) - 1", "1 << (laneBits - 1)", "zkcommit", "TestPackedIsTheReference"},
	{"a negative sum borrows from its neighbour", "zkcommit/packed.go", "word = (word - s) >> laneBits", "word = word >> laneBits", "zkcommit", "TestPackedIsTheReference"},
	{"a chunk begins with an empty reach", "zkcommit/packed.go", "reach[j] = 128 * max(w, -w)\n\t\t\t}", "reach[j] = 0 * w\n\t\t\t}", "zkcommit", "TestPackedIsTheReference"},

	{"a shift is exported one bit short", "rankers/onnx/format/export.go", "-int(s.Shift[l])", "1-int(s.Shift[l])", "rankers/onnx/format", "TestExportComputesTheModel"},
	{"sums are cut towards zero", "rankers/onnx/format/export.go", `In: []string{name("q"), "zero", "clamp"}`, `In: []string{name("s"), "zero", "clamp"}`, "rankers/onnx/format", "TestExportComputesTheModel"},
	{"an operator may run along the rows", "rankers/onnx/format/ops.go", "|| v.dims[a] == Batch {\n\t\treturn 0,", "{\n\t\treturn 0,", "rankers/onnx/format", "TestShapes"},
	{"rows may leave the first place", "rankers/onnx/format/check.go", "if d == Batch && i == 0 {", "if d == Batch && i < maxRank {", "rankers/onnx/format", "TestShapes"},
	{"work is not bounded", "rankers/onnx/format/check.go", "if g.Work > l.Work || g.Memory", "if g.Memory", "rankers/onnx/format", "TestLimits"},
	{"a tensor may lie in another file", "rankers/onnx/format/read.go", "err == nil && where != 0", "err == nil && where > 1", "rankers/onnx/format", "TestRefusedFields"},
	{"a picked place is not compared", "rankers/onnx/format/ops.go", "|| i >= x.dims[at]", "|| i > x.dims[at]", "rankers/onnx/format", "TestShapes"},

	{"every call leaves the card", "rankers/onnx/session.go", "if s.engine != failed {", "if s.engine == nil {", "rankers/onnx", "TestCardFailsUnderWay"},
	{"a wrong card is used", "rankers/onnx/session.go", "if s.check != nil {", "if s.check != nil && d == CPU {", "rankers/onnx", "TestCardFails"},
	{"a batch's answers are not cut", "rankers/onnx/batch.go", "scores = scores[n:]", "", "rankers/onnx", "TestBatcherTogether"},
	{"one request's failure is everybody's", "rankers/onnx/batch.go", "if err != nil && len(batch) > 1 && ctx.Err() == nil {", "if false {", "rankers/onnx", "TestBatcher"},
	{"a run may hang for ever", "rankers/onnx/batch.go", "context.WithTimeoutCause(closing, b.options.Timeout, ErrTimeout)", "context.WithCancel(closing)", "rankers/onnx", "TestBatcherTimeout"},

	{"the inputs' middle is forgotten", "rankers/onnx/format/mlp.go", "d.Bias[j] += v * c.shift[k]", "", "rankers/quantise", "TestFromONNX"},
	{"two layers stand without an activation", "rankers/onnx/format/mlp.go", "if c.open != nil {\n\t\treturn fmt.Errorf(\"follows", "if c.open == nil && c.bent {\n\t\treturn fmt.Errorf(\"follows", "rankers/onnx/format", "TestNoPerceptron"},
	{"a unit's scale is forgotten", "rankers/quantise/quantise.go", "next[j] = 1 / g", "next[j] = 1", "rankers/quantise", "TestLoss"},
	{"biases are forgotten", "rankers/quantise/quantise.go", "cut16(off/float64(len(in)) + scale/2)", "cut16(scale / 2)", "rankers/quantise", "TestLoss"},
	{"a tie counts as agreement", "rankers/quantise/loss.go", "agree += 0.5", "agree++", "rankers/quantise", "TestCompareByGains"},
}
