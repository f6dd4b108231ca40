package planted

// custodyBugs are those of nodes that keep ciphertexts for others.
var custodyBugs = []bug{
	{
		name: "a custodian does not look at what it keeps",
		file: "cmd/candor/custody.go",
		old:  `time.Unix(int64(min(ask.RevealBy, 1<<40)), 0)); err != nil {`,
		new:  `time.Unix(int64(min(ask.RevealBy, 1<<40)), 0)); err != nil && len(ciphertext) == 0 {`,
		pkg:  "cmd/candor", test: "TestCustodiansRefuse",
	},
	{
		name: "what was committed makes room",
		file: "cmd/candor/custody.go",
		old:  `done = version == 0`,
		new:  `done = true`,
		pkg:  "cmd/candor", test: "TestCustodiansRefuse",
	},
	{
		name: "any address is a custodian",
		file: "cmd/candor/custody.go",
		old:  `err == nil && (!known || seen[word.Node])`,
		new:  `err == nil && (known && seen[word.Node])`,
		pkg:  "cmd/candor", test: "TestCustodiansKeepLargeCiphertexts",
	},
	{
		name: "one node's word counts twice",
		file: "cmd/candor/custody.go",
		old:  `err == nil && (!known || seen[word.Node])`,
		new:  `err == nil && !known`,
		pkg:  "cmd/candor", test: "TestCustodiansKeepLargeCiphertexts",
	},
	{
		name: "a restarted custodian forgets",
		file: "cmd/candor/custody.go",
		old: `		c.held[id] = k
	}
	return c, nil`,
		new: `		_, _ = id, k
	}
	return c, nil`,
		pkg: "cmd/candor", test: "TestCustodiansKeepLargeCiphertexts",
	},
}
