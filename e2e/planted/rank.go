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

	{"every call leaves the card", "rankers/onnx/session.go", "if s.now != failed {", "if s.now == nil {", "rankers/onnx", "TestCardFailsUnderWay"},
	{"a wrong card is used", "rankers/onnx/session.go", "if s.model != nil {", "if s.model != nil && d == CPU {", "rankers/onnx", "TestCardFails"},
	{"a batch's answers are not cut", "rankers/onnx/batch.go", "scores = scores[n:]", "", "rankers/onnx", "TestBatcherTogether"},
	{"one request's failure is everybody's", "rankers/onnx/batch.go", "if err != nil && len(batch) > 1 && ctx.Err() == nil {", "if false {", "rankers/onnx", "TestBatcher"},
	{"a run may hang for ever", "rankers/onnx/batch.go", "context.WithTimeoutCause(closing, b.options.Timeout, ErrTimeout)", "context.WithCancel(closing)", "rankers/onnx", "TestBatcherTimeout"},

	{"the inputs' middle is forgotten", "rankers/onnx/format/mlp.go", "d.Bias[j] += float64(v * c.shift[k])", "", "rankers/quantise", "TestFromONNX"},
	{"two layers stand without an activation", "rankers/onnx/format/mlp.go", "if c.open != nil {\n\t\treturn fmt.Errorf(\"follows", "if c.open == nil && c.bent {\n\t\treturn fmt.Errorf(\"follows", "rankers/onnx/format", "TestNoPerceptron"},
	{"a unit's scale is forgotten", "rankers/quantise/quantise.go", "next[j] = 1 / g", "next[j] = 1", "rankers/quantise", "TestLoss"},
	{"biases are forgotten", "rankers/quantise/quantise.go", "cut16(off/float64(len(in)) + float64(scale/2))", "cut16(scale / 2)", "rankers/quantise", "TestLoss"},
	{"a tie counts as agreement", "rankers/quantise/loss.go", "agree += 0.5", "agree++", "rankers/quantise", "TestCompareByGains"},
}

// evalBugs are those of `candor eval`, which make figures better or worse than they are.
var evalBugs = []bug{
	{"popularity knows the judged posts", "rankers/evaluate/rankers.go", "popularity(h.Posts[:cut], won, h.Posts[cut:])", "popularity(h.Posts, append(won, gains(l.judged)...), h.Posts[cut:])", "rankers/evaluate", "TestJudgedLabelsStayOut"},
	{"the model trains on judged posts", "rankers/evaluate/rankers.go", "train.Fit(h.Posts[:cut], gains(l.training), seed)", "train.Fit(h.Posts[:cut], gains(append(l.training[100:], l.judged[:100]...)), seed)", "rankers/evaluate", "TestJudgedLabelsStayOut"},
	{"likes after the cut are trained on", "rankers/evaluate/labels.go", "l.post >= cut || l.after <= cut", "l.post >= 0", "rankers/evaluate", "TestLikesAfterTheCutStayOut"},
	{"a post's own gain enters its row", "rankers/train/encode.go", "p := learn(others, theirs)", "p := learn(posts, gains)", "rankers/train", "TestOwnGainStaysOut"},
	{"a row knows of later posts", "rankers/train/history.go", "\tfor i, p := range posts {\n\t\th.fill(", "\tfor _, p := range posts[len(posts)/2:] {\n\t\th.sites[p.site]++\n\t\th.authors[p.Author]++\n\t}\n\tfor i, p := range posts {\n\t\th.fill(", "rankers/train", "TestRowsKnowOnlyThePast"},
	{"the prior is used on the posts that it was made of", "rankers/train/prior.go", "if l.Time < p.Until {", "if l.Time < 0 {", "rankers/train", "TestPrior"},
	{"slates are shifted by one", "rankers/evaluate/evaluate.go", "for from := 0; from+Slate <= len(judged); from += Slate {", "for from := 1; from+Slate <= len(judged); from += Slate {", "rankers/evaluate", "TestScoresRecompute"},
	{"written slates are shifted by one", "rankers/evaluate/report.go", "from := s * Slate", "from := max(0, s*Slate-1)", "rankers/evaluate", "TestScoresRecompute"},
	{"the discount begins at the wrong place", "rankers/evaluate/measures.go", "train.Ln(float64(place+2))", "train.Ln(float64(place+3))", "rankers/evaluate", "TestScoresRecompute"},
	{"a gain is the logarithm of the points alone", "rankers/evaluate/labels.go", "train.Ln(1 + float64(n))", "max(0, train.Ln(max(1, float64(n))))", "rankers/evaluate", "TestScoresRecompute"},
	{"novelty is told in nats", "rankers/evaluate/evaluate.go", "float64(count[p.Author]+1))/math.Ln2)", "float64(count[p.Author]+1))/1)", "rankers/evaluate", "TestNovelty"},
	{"ties are broken by what posts won", "rankers/evaluate/evaluate.go", "out[i] = s.measure(order(scores), chance, usual)", "ranked := order(scores)\n\t\tslices.SortStableFunc(ranked, func(a, b int) int {\n\t\t\tif scores[a] == scores[b] && s.gains[a] != s.gains[b] {\n\t\t\t\treturn map[bool]int{true: -1, false: 1}[s.gains[a] > s.gains[b]]\n\t\t\t}\n\t\t\treturn max(-1, min(int(scores[b]-scores[a]), 1))\n\t\t})\n\t\tout[i] = s.measure(ranked, chance, usual)", "rankers/evaluate", "TestScoresRecompute"},
	{"of equal scores the older stands first", "rankers/evaluate/slates.go", "cmp.Compare(b, a))", "cmp.Compare(a, b))", "rankers/evaluate", "TestScoresRecompute"},
	{"what is not defined counts as nothing", "rankers/evaluate/report.go", "\t\t\tsum += v[i]\n\t\t\tn++\n\t\t}", "\t\t\tsum += v[i]\n\t\t}\n\t\tn++", "rankers/evaluate", "TestMeans"},
	{"intervals are drawn without replacement", "rankers/evaluate/report.go", "out[i][k] = c.Below(slates)", "out[i][k] = k + 0*c.Below(slates)", "rankers/evaluate", "TestDraws"},
}
