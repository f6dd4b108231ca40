package planted

// marketBugs are bugs in what the built-in rankers of bridging, trust and slow read, and in what is
// measured of rankers.
var marketBugs = []bug{
	{"a bridge is what the larger side holds", "rankers/features/bridge.go", "min(side[0], side[1])", "max(side[0], side[1])", "rankers/features", "TestBridge"},
	{"an author's own like bridges", "rankers/features/bridge.go", "case a == p.Author:", "case a == (graph.Address{}):", "rankers/features", "TestBridge"},
	{"what is common to all is not taken off", "rankers/features/bridge.go", "x[i] -= sum / int64(len(x))", "x[i] -= sum >> 62", "rankers/features", "TestBridge"},
	{"one person's likes are not bounded", "rankers/features/bridge.go", "given[r.Author] < maxLikes {", "given[r.Author] < maxLatest {", "rankers/features", "TestOneLikerTurnsNoAxis"},
	{"who follows many passes on more", "rankers/features/trust.go", "(trust[a] - trust[a]/restart) / n", "(trust[a] - trust[a]/restart) / 64", "rankers/features", "TestTrust"},
	{"a post counts among those after it", "store/tables/tallies.go", "id > p.id AND", "id >= p.id AND", "store/sqlite", "TestMirrorConformance"},
	{"an auditor's pace looks at all posts", "audit/rebuild/tallies.go", "i < len(own) && left > 0; i++", "i < len(own); i++", "audit/rebuild", "TestPacesOfATorrent"},
	{"kept reactions outlive their block", "store/tables/commit.go", "\tm.latest.Purge()\n", "", "store/sqlite", "TestMirrorConformance"},
	{"slow may show two of one author", "feeds/select/select.go", "Single: {20, 1}", "Single: {20, 2}", "feeds/select", "TestSingle"},
	{"a node's own checks count among readers' questions", "rankers/watch.go", "c.ask(ctx, rows, (*Hour).checked)", "c.ask(ctx, rows, (*Hour).asked)", "rankers", "TestFiguresOfAWeek"},
	{"what is over a week old counts", "rankers/record.go", "return h.Began < least", "return h.Began < least-1<<40", "rankers", "TestFiguresOfAWeek"},
	{"likes that came too late train a node's measure", "rankers/evaluate/mirror.go", "m.PostTallies(ids[:cut], until)", "m.PostTallies(ids[:cut], until+1<<40)", "rankers/evaluate", "TestRankersAreJudgedOnAMirror"},
	{"who follows now always did", "rankers/evaluate/mirror.go", "follows[0].ID.Compare(p.ID) < 0", "follows[0].ID.Block > 0", "rankers/evaluate", "TestRankersAreJudgedOnAMirror"},
	{"a ranker is tried or judged without its parameters' defaults", "rankers/tuning.go", "!zkcommit.Tuned(values) {", "len(values) < 99 {", "rankers", "TestUsual"},
	{"a built-in model is not what its goal gives", "rankers/train/builtins/goals.go", `{"trusted", map[int]int8{f.Trust: one}, 0, 120}`, `{"trusted", map[int]int8{f.Trust: one}, 0, 119}`, "rankers/train/builtins", "TestModelsAreMadeAgain"},
	{"how new a post is is fitted, too", "rankers/train/builtins/main.go", "learn(all, out[id], goal)", `learn(all, out[id], append(goal, "hours", "days"))`, "rankers/train/builtins", "TestTownSeesSevenFeeds"},
	{"a fitted goal loses its weight", "rankers/train/builtins/fit.go", "math.Round(c.weight*factor)", "math.Round(c.weight*factor/2)", "rankers/train/builtins", "TestLearntIsTheGoal"},
	{"pulls are fitted to what people left", "rankers/train/builtins/fit.go", "wrong := 1 / (1 + train.Exp(margin[i]))", "wrong := -1 / (1 + train.Exp(-margin[i]))", "rankers/train/builtins", "TestFittedPulls"},
	{"a town's reposts are likes", "local/town/mirror.go", "act.Reaction = graph.Repost", "act.Reaction = graph.Like", "local/town", "TestBatchesAreTheFile"},
	{"a new version has the figures of the one before", "cmd/candor/figures.go", "v := edition{id, number}", "v := edition{id, min(number, 1)}", "cmd/candor", "TestFiguresOutliveTheirNode"},
}
