package planted

// fairnessBugs are those of the tests of revealed models.
var fairnessBugs = []bug{
	{
		name: "an exchanged post keeps its own author",
		file: "audit/fairness/lens.go",
		old:  `z[j] += other[j] - own[j]`,
		new:  `z[j] += own[j] - other[j]`,
		pkg:  "audit/fairness", test: "TestLens",
	},
	{
		name: "a post that falls back is ahead of itself",
		file: "audit/fairness/lens.go",
		old:  `if i < lo {`,
		new:  `if i > hi {`,
		pkg:  "audit/fairness", test: "TestLens",
	},
	{
		name: "ties go to the older post in exchanged worlds",
		file: "audit/fairness/lens.go",
		old:  `return f.ids[from+b].Compare(f.ids[from+a])`,
		new:  `return f.ids[from+a].Compare(f.ids[from+b])`,
		pkg:  "audit/fairness", test: "TestExpectedExposure",
	},
	{
		name: "chances are not corrected for how many were taken",
		file: "audit/fairness/exposure.go",
		old:  `*p*Num(len(ps)-i)`,
		new:  `*p*Num(max(1, -i))`,
		pkg:  "audit/fairness", test: "TestHolm",
	},
	{
		name: "any small effect is a sign if chance does not explain it",
		file: "audit/fairness/exposure.go",
		old:  `(l.Value < Low || l.Value > High); l.Sign {`,
		new:  `(l.Value < One || l.Value > One); l.Sign {`,
		pkg:  "audit/fairness", test: "TestFairModelsPass",
	},
	{
		name: "groups that are favoured are not looked at, nor those held down",
		file: "audit/fairness/exposure.go",
		old:  `if len(g.of) < leastAuthors {`,
		new:  `if len(g.of) > leastAuthors {`,
		pkg:  "audit/fairness", test: "TestUnfairModelsAreCaught",
	},
	{
		name: "the search for triggers does not follow the units' sums",
		file: "audit/fairness/trigger.go",
		old:  `consider(slices.Clone(moves))`,
		new:  `_ = slices.Clone(moves)`,
		pkg:  "audit/fairness", test: "TestUnfairModelsAreCaught",
	},
	{
		name: "what usual effects explain is a trigger",
		file: "audit/fairness/trigger.go",
		old:  `smooth += int64(h.gain(m)[b])`,
		new:  `smooth += int64(h.gain(m)[b]) / 64`,
		pkg:  "audit/fairness", test: "TestUsualEffectsAreNoTriggers",
	},
	{
		name: "texts that do not give the ranked features are believed",
		file: "audit/fairness/touch.go",
		old:  `if !ok || !fits(row, c) {`,
		new:  `if !ok || len(row) == 0 {`,
		pkg:  "audit/fairness", test: "TestTextsFitTheirRows",
	},
	{
		name: "the sample depends on the order in which runs come",
		file: "audit/fairness/sample.go",
		old:  `s.kept = slices.Insert(s.kept, i, drawn{at, Run{id, p}})`,
		new:  `s.kept = slices.Insert(s.kept, len(s.kept), drawn{at, Run{id, p}})`,
		pkg:  "audit/fairness", test: "TestSample",
	},
	{
		name: "runs that do not fit together are tested",
		file: "audit/runs.go",
		old:  `if s.sound && r.Replayed != nil {`,
		new:  `if r.Replayed != nil {`,
		pkg:  "audit", test: "TestReplayedRunsAreHeardOf",
	},
	{
		name: "declared merits are forgotten",
		file: "audit/fairness/parts.go",
		old:  `kinds[k] = merit`,
		new:  `_ = merit + part(k)`,
		pkg:  "audit/fairness", test: "TestDeclaredMeritsCount",
	},
}
