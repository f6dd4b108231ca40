package planted

// trustBugs are those on the way by which a reader comes to believe a node.
var trustBugs = []bug{
	{
		name: "a publisher's unreadable manifest stops whoever reads all models",
		file: "zkcommit/chain/read.go",
		old:  `if name, err := cid.Cast(r.ManifestCid); err == nil {`,
		new:  "name, err := cid.Cast(r.ManifestCid)\n	if err != nil {\n		return Model{}, false, err\n	}\n	{",
		pkg:  "zkcommit/chain", test: "TestUnreadableNamesStopNobody",
	},
	{
		name: "a node names a file as its chain's endpoint",
		file: "zkcommit/chain/trust.go",
		old:  `|| u.Host == "" || !slices.Contains(`,
		new:  `|| u.Host == "none" && !slices.Contains(`,
		pkg:  "zkcommit/chain", test: "TestTrustAsksTheChosenChain",
	},
	{
		name: "a receipt may promise a log entry in a hundred years",
		file: "zkcommit/receipt.go",
		old:  `if r.MergeDelay > MaxMergeDelay {`,
		new:  `if r.MergeDelay > 1<<32-1 {`,
		pkg:  "zkcommit", test: "TestReceiptsFallDue",
	},
	{
		name: "a receipt of the future is taken",
		file: "zkcommit/bundle.go",
		old:  `b.Receipt.Time > t.Now+clockSkew`,
		new:  `b.Receipt.Time > t.Now+1<<40`,
		pkg:  "zkcommit", test: "TestReceiptsFallDue",
	},
	{
		name: "a chain that does not answer makes a bundle invalid",
		file: "zkcommit/chain/trust.go",
		old:  "	_, known, err := t.client.Node(ctx, node)\n	t.note(err)",
		new:  "	_, known, err := t.client.Node(ctx, node)",
		pkg:  "zkcommit/chain", test: "TestTrustAsksTheChosenChain",
	},
	{
		name: "a bundle writes lines of its own on the terminal",
		file: "cmd/candor/verify.go",
		old:  `k.Name, plain(k.Detail))`,
		new:  `k.Name, k.Detail)`,
		pkg:  "cmd/candor", test: "TestWordsOfOthersStayInTheirLine",
	},
	{
		name: "a run is called proven whose model is not registered",
		file: "web/runs.go",
		old:  `e.Proof != nil && e.Registration != nil && e.RegistrationKey != nil:`,
		new:  `e.Proof != nil:`,
		pkg:  "web", test: "TestProvenNeedsARegistration",
	},
	{
		name: "a node answers a demand by a proof under a key that it has no more",
		file: "cmd/candor/answers.go",
		old:  `p != nil && p.Key == key {`,
		new:  `p != nil {`,
		pkg:  "cmd/candor", test: "TestKeptDisputesAreOfTheKey",
	},
	{
		name: "an audit counts forgeable proofs without a word",
		file: "audit/runs.go",
		old:  `r.development = r.development || f.Keys == "development"`,
		new:  `r.development = r.development || f.Keys == "d"`,
		pkg:  "audit", test: "TestDevelopmentKeysAreNoted",
	},
	{
		name: "a node is found at fault for another's run",
		file: "audit/runs.go",
		old:  `if run.Node != r.Report.Node {`,
		new:  `if run.Node == (graph.Address{}) {`,
		pkg:  "audit", test: "TestKeptBundlesAreTheNodesOwn",
	},
	{
		name: "a run that is shown twice counts twice",
		file: "audit/runs.go",
		old:  `!logged || r.opened[id] {`,
		new:  `!logged {`,
		pkg:  "audit", test: "TestSharesCountRunsOnce",
	},
	{
		name: "a demand of another kind counts as answered",
		file: "zkcommit/chain/demands.go",
		old:  `{common.BigToHash(big.NewInt(int64(kind)))}, {id}`,
		new:  `nil, {id}`,
		pkg:  "zkcommit/chain", test: "TestNodesOweAnswers",
	},
}
