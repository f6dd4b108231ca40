package planted

// yearBugs are those of audits of many runs.
var yearBugs = []bug{
	{
		name: "a proof that a batch refuses counts as proven",
		file: "zkcommit/verify/batch.go",
		old:  `refused[c.Statement.Run.ID()] = err`,
		new:  `refused[c.Statement.Run.Previous] = err`,
		pkg:  "zkcommit/verify", test: "TestBatchesNameTheirRuns",
	},
	{
		name: "a batch remembers a registration by its key alone",
		file: "zkcommit/verify/batch.go",
		old:  `sha256.Sum256(append(name[:], r.Bytes()...))`,
		new:  `sha256.Sum256(append(name[:], r.Key[:]...))`,
		pkg:  "zkcommit/verify", test: "TestBatchesNameTheirRuns",
	},
	{
		name: "nobody is owed a proof of a run that was drawn",
		file: "audit/promises.go",
		old:  `made && d.Drawn(run.Seq, e.Rate)`,
		new:  `made && !d.Drawn(run.Seq, e.Rate)`,
		pkg:  "audit", test: "TestMissingProofsAreJudgedByThePromise",
	},
	{
		name: "an epoch is announced again, for runs that are there",
		file: "audit/promises.go",
		old:  `e.First <= all[n-1].First {`,
		new:  `e.First < all[n-1].First {`,
		pkg:  "audit", test: "TestPromisesAreTheNodesOwn",
	},
	{
		name: "a stranger's bad model fails a node's audit",
		file: "audit/models.go",
		old:  `case m.Runs > 0 || c.Plugin == r.Report.Plugin:`,
		new:  `case says != "":`,
		pkg:  "audit", test: "TestOthersModelsAreNotes",
	},
	{
		name: "the chain of an audit is that of now, not of its block",
		file: "zkcommit/chain/book.go",
		old:  `calls.block = h.Number`,
		new:  `calls.block = nil`,
		pkg:  "zkcommit/chain", test: "TestTrustAsksTheChosenChain",
	},
	{
		name: "entries of another tree pass for a log's",
		file: "zkcommit/tlog/stream.go",
		old:  `if !bytes.Equal(root, head.Root[:]) {`,
		new:  `if !bytes.Equal(root[:0], head.Root[:0]) {`,
		pkg:  "zkcommit/tlog", test: "TestAllIsTheSignedTree",
	},
	{
		name: "bundles that are looked at side by side are counted twice",
		file: "audit/runs.go",
		old:  `if s.run == nil || !first {`,
		new:  `if s.run == nil && !first {`,
		pkg:  "audit", test: "TestSharesCountRunsOnce",
	},
	{
		name: "an audit of another time draws by the machine's clock",
		file: "cmd/candor/audit_reveals.go",
		old:  `b.Now = func() time.Time { return s.at }`,
		new:  `b.Now = time.Now`,
		pkg:  "cmd/candor", test: "TestRoundsAreThoseOfTheAuditsTime",
	},
}
