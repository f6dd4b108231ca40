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
		name: "a demand of another kind counts as answered",
		file: "zkcommit/chain/demands.go",
		old:  `{common.BigToHash(big.NewInt(int64(kind)))}, {id}`,
		new:  `nil, {id}`,
		pkg:  "zkcommit/chain", test: "TestNodesOweAnswers",
	},
}
