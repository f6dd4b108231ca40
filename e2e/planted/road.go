package planted

// roadBugs are those of a publisher's road, and of the node that serves its ranker.
var roadBugs = []bug{
	{
		name: "a parcel's secret is not held against its manifest",
		file: "rankers/publish/parcel.go",
		old:  `if err := p.Secret.Opens(m.Commitment); err != nil {`,
		new:  `if err := p.Secret.Model.Validate(); err != nil {`,
		pkg:  "rankers/publish", test: "TestUnfitParcelsAreRefused",
	},
	{
		name: "a parcel's manifest counts without its publisher's signature",
		file: "zkcommit/manifest.go",
		old:  `return &s, name, s.Check()`,
		new:  `return &s, name, s.Manifest.Validate()`,
		pkg:  "rankers/publish", test: "TestUnfitParcelsAreRefused",
	},
	{
		name: "a guest is called by its slug",
		file: "rankers/publish/parcel.go",
		old:  `rankers.Info{ID: m.ID().Hex(),`,
		new:  `rankers.Info{ID: m.Slug,`,
		pkg:  "rankers/publish", test: "TestParcelRoundTrip",
	},
	{
		name: "a manifest has more spellings than one",
		file: "zkcommit/manifest.go",
		old:  `if !bytes.Equal(again, doc) {`,
		new:  `if len(again) > len(doc) {`,
		pkg:  "zkcommit", test: "TestManifestsHaveOneSpelling",
	},
	{
		name: "a name is counted in bytes alone",
		file: "zkcommit/manifest.go",
		old:  `if n := uniseg.GraphemeClusterCount(s); n > most {`,
		new:  `if n := min(len(s)/8, uniseg.GraphemeClusterCount(s)); n > most {`,
		pkg:  "zkcommit", test: "TestManifestRules",
	},
	{
		name: "a parameter's default may lie outside its range",
		file: "zkcommit/manifest.go",
		old:  `case p.Default < p.Least || p.Default > p.Most:`,
		new:  `case p.Default < p.Least:`,
		pkg:  "zkcommit", test: "TestManifestRules",
	},
	{
		name: "a model that reads its reader passes as one that does not",
		file: "rankers/publish/check.go",
		old:  `if !d.Personalised && len(viewers) > 0 {`,
		new:  `if !d.Personalised && len(viewers) > len(r.Inputs) {`,
		pkg:  "rankers/publish", test: "TestEachProblemIsFound",
	},
	{
		name: "a misspelt key of a draft is passed over",
		file: "rankers/publish/draft.go",
		old:  `if unknown := meta.Undecoded(); len(unknown) > 0 {`,
		new:  `if unknown := meta.Undecoded(); len(unknown) > 9 {`,
		pkg:  "rankers/publish", test: "TestUnreadableDraftsSayWhy",
	},
	{
		name: "a guest takes the place of a built-in ranker",
		file: "feeds/request.go",
		old:  `if i >= 0 {`,
		new:  `if i >= 0 && h.Guests == nil {`,
		pkg:  "feeds", test: "TestGuests",
	},
	{
		name: "a page does not say that another ranker stood in",
		file: "feeds/hall.go",
		old:  `		p.Fallback = &graph.Fallback{Ranker: asked.ID,`,
		new:  `		p.Fallback = &graph.Fallback{Ranker: stand.ID,`,
		pkg:  "feeds", test: "TestFallback",
	},
	{
		name: "a ranker that hangs hangs its reader",
		file: "rankers/watch.go",
		old: `	case <-inner.Done():
		a.err = ErrLate`,
		new: `	case <-ctx.Done():
		a.err = ErrLate`,
		pkg: "rankers", test: "TestWatchKeepsTheDeadline",
	},
	{
		name: "a ranker may leave posts out",
		file: "rankers/watch.go",
		old:  `if err == nil && len(scores) != len(rows) {`,
		new:  `if err == nil && len(scores) > len(rows) {`,
		pkg:  "rankers", test: "TestWatchCounts",
	},
	{
		name: "rows to train on know the likes of their own slate",
		file: "rankers/evaluate/builtin.go",
		old:  `for len(likes) > 0 && likes[0].after <= from {`,
		new:  `for len(likes) > 0 && likes[0].after <= from+n {`,
		pkg:  "rankers/evaluate", test: "TestRowsKnowNothingOfWhatComes",
	},
	{
		name: "a guest of an evaluation takes another's name",
		file: "rankers/evaluate/builtin.go",
		old:  `if taken[out[i].name] || trained[out[i].name] {`,
		new:  `if taken[out[i].name] && trained[out[i].name] {`,
		pkg:  "rankers/evaluate", test: "TestGuestsAreJudged",
	},
	{
		name: "a row without a gain gives the others' gains to its neighbours",
		file: "rankers/samples/csv.go",
		old:  `if len(t.Gains) != n {`,
		new:  `if len(t.Gains) > n {`,
		pkg:  "rankers/samples", test: "TestRoundTrip",
	},
	{
		name: "a measured figure outside its own interval is shown",
		file: "rankers/quality/quality.go",
		old:  `i[0] <= v && v <= i[1]`,
		new:  `i[0] <= i[1]`,
		pkg:  "rankers/quality", test: "TestOtherReportsAreRefused",
	},
}
