package planted

// wideBugs are those of rows of more than one width.
var wideBugs = []bug{
	{
		name: "a wide row holds its embedding one place too far",
		file: "rankers/features/build.go",
		old:  `copy(rows[i][graph.Features:], p.Embedding[:])`,
		new:  `copy(rows[i][graph.Features+1:], p.Embedding[:])`,
		pkg:  "rankers/features", test: "TestWideRows",
	},
	{
		name: "the schema of wide rows does not cover that of the features",
		file: "rankers/features/wide.go",
		old:  `WideVersion, features[:], s[:], wideRule`,
		new:  `WideVersion, s[:], s[:], wideRule`,
		pkg:  "rankers/features", test: "TestWideSchema",
	},
	{
		name: "a model of fewer inputs reads the head of wide rows",
		file: "rankers/held.go",
		old:  `err == nil && s.Inputs != width`,
		new:  `err == nil && s.Inputs > width`,
		pkg:  "rankers/publish", test: "TestUnfitParcelsAreRefused",
	},
	{
		name: "the rows of the first ranker are all rankers' rows, wide ones' too",
		file: "rankers/evaluate/builtin.go",
		old:  `if s[schema] != nil {`,
		new:  `if len(s) > 0 {`,
		pkg:  "rankers/evaluate", test: "TestGuestsAreJudged",
	},
	{
		name: "a file of wide rows takes narrower ones",
		file: "rankers/samples/csv.go",
		old:  `if len(s.Row) != w.width {`,
		new:  `if len(s.Row) > w.width {`,
		pkg:  "rankers/samples", test: "TestRoundTrip",
	},
	{
		name: "whoever has one withdrawn post may invent all embeddings of wide rows",
		file: "audit/rebuild/check.go",
		old:  `k >= graph.Features && own`,
		new:  `k >= graph.Features && (own || lost)`,
		pkg:  "audit/rebuild", test: "TestWideRowsAreRebuilt",
	},
	{
		name: "wide rows pass under the schema of narrow ones",
		file: "audit/rebuild/check.go",
		old:  `if len(rows[i]) != len(want[i]) {`,
		new:  `if len(rows[i]) < len(want[i]) {`,
		pkg:  "audit/rebuild", test: "TestWideRowsAreRebuilt",
	},
	{
		name: "a model of narrow rows is tested under the schema of wide ones",
		file: "audit/fairness/fairness.go",
		old:  `v.Model.Shape.Inputs == width`,
		new:  `v.Model.Shape.Inputs <= width`,
		pkg:  "audit/fairness", test: "TestWhatCannotBeJudged",
	},
	{
		name: "a proven bundle holds rows wider than its model's",
		file: "zkcommit/bundle.go",
		old:  `if !strings.HasPrefix(m.Shape, fmt.Sprintf("%dx", len(row))) {`,
		new:  `if b.Proof == nil && !strings.HasPrefix(m.Shape, fmt.Sprintf("%dx", len(row))) {`,
		pkg:  "zkcommit", test: "TestLies",
	},
}
