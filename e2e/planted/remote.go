package planted

// remoteBugs are those of what a worker ranks with, of the way to it, and of the proofs that
// it makes.
var remoteBugs = []bug{
	{
		name: "a card that becomes wrong goes on ranking",
		file: "rankers/onnx/session.go",
		old:  `if err == nil && out.ints[i] != want[0] {`,
		new:  `if err == nil && out.ints[i] == 0 && want[0] == 1 {`,
		pkg:  "rankers/onnx", test: "TestWrongUnderWay",
	},
	{
		name: "a card that hangs is asked for ever",
		file: "rankers/onnx/session.go",
		old:  `ctx.Err() != nil && !errors.Is(err, errStuck) {`,
		new:  `ctx.Err() != nil {`,
		pkg:  "rankers/onnx", test: "TestCardHangs",
	},
	{
		name: "a card's memory is given back under its runs",
		file: "rankers/onnx/session.go",
		old: `	l.runs.Wait()
	l.close()`,
		new: `	l.close()`,
		pkg: "rankers/onnx", test: "TestCardHangs",
	},
	{
		name: "a runtime that fails leaves its worker without an answer",
		file: "rankers/onnx/serve.go",
		old:  `if err == nil || ctx.Err() != nil ||`,
		new:  `if err == nil || ctx.Err() == nil ||`,
		pkg:  "rankers/onnx", test: "TestServedTakesOver",
	},
	{
		name: "any certificate is the pinned one",
		file: "internal/pinned/pinned.go",
		old:  `|| pinOf(s.PeerCertificates[0].Raw) != pin {`,
		new:  `|| pinOf(s.PeerCertificates[0].Raw) == "" {`,
		pkg:  "rankers/worker", test: "TestEncrypted",
	},
	{
		name: "a broker is open to other machines and does not encrypt",
		file: "local/broker/broker.go",
		old:  `if b.c.Certificate == nil && !Local(host) {`,
		new:  `if b.c.Certificate == nil && host == "" {`,
		pkg:  "rankers/worker", test: "TestDowngrades",
	},
	{
		name: "an address with half a pin is taken",
		file: "internal/pinned/pinned.go",
		old:  `err != nil || len(b) != sha256.Size || len(all) != 1`,
		new:  `err != nil || len(b) > sha256.Size || len(all) != 1`,
		pkg:  "rankers/worker", test: "TestDowngrades",
	},
	{
		name: "a node has a new certificate after each start",
		file: "cmd/candor/workers.go",
		old:  `err = writeFile(path, file)`,
		new:  `err = os.WriteFile(path+".new", file, 0o600)`,
		pkg:  "cmd/candor", test: "TestWorkersCertificate",
	},
	{
		name: "a worker's dispute proof is taken unseen",
		file: "cmd/candor/second_away.go",
		old:  `if err := verify.Dispute(key, w.statement, *p); err != nil {`,
		new:  `if err := verify.Dispute(key, w.statement, *p); err != nil && len(p.Bytes) == 0 {`,
		pkg:  "cmd/candor", test: "TestDisputesFromAway",
	},
	{
		name: "a worker's development key for dispute proofs counts everywhere",
		file: "cmd/candor/second_away.go",
		old:  `case sealed == nil && (!key.Development || !s.development):`,
		new:  `case sealed == nil && !key.Development:`,
		pkg:  "cmd/candor", test: "TestDisputesFromAway",
	},
	{
		name: "a task that a worker never did is given to no other",
		file: "cmd/candor/second_away.go",
		old:  `if time.Since(w.lent) > lentFor {`,
		new:  `if w.lent.IsZero() {`,
		pkg:  "cmd/candor", test: "TestDisputesFromAway",
	},
	{
		name: "all workers of a model make the same dispute proof",
		file: "cmd/candor/second_away.go",
		old:  `case time.Since(w.lent) <= lentFor:`,
		new:  `case time.Since(w.lent) < 0:`,
		pkg:  "cmd/candor", test: "TestDisputesFromAway",
	},
	{
		name: "a worker proves a statement of another model",
		file: "rankers/worker/serve.go",
		old:  `case named.ID() != run || st.Commitment != s.Model:`,
		new:  `case named.ID() != run:`,
		pkg:  "rankers/worker", test: "TestDisputes",
	},
	{
		name: "a reader's own run is proved twice by no worker",
		file: "cmd/candor/second.go",
		old: `	p, err := s.dispute(ctx, row)
`,
		new: `	if _, held := s.plugins.model(st.Commitment); !held && !row.Public {
		return fmt.Errorf("%w: it is its reader's own", prover.ErrUnfit)
	}
	p, err := s.dispute(ctx, row)
`,
		pkg: "cmd/candor", test: "TestCrossesFromAway",
	},
	{
		name: "a worker proves what the run does not hold",
		file: "zkcommit/verify/verify.go",
		old: `func Statement(st zkcommit.Statement) (*sumcheck.Statement, error) {
	run, err := st.Check()`,
		new: `func Statement(st zkcommit.Statement) (*sumcheck.Statement, error) {
	run, err := zkcommit.ParseRun(st.Run)`,
		pkg: "zkcommit/verify", test: "TestRun",
	},
	{
		name: "who verifies does not look at which posts were ranked",
		file: "zkcommit/record.go",
		old:  `case run.Ranked != RankedDigest(len(st.Ranked), st.Hidden()):`,
		new:  `case run.Ranked == (graph.Hash{}):`,
		pkg:  "zkcommit/circuit/verifier", test: "TestVerify",
	},
	{
		name: "what was ranked is sealed under the opening itself",
		file: "zkcommit/record.go",
		old:  `Statement{RankingSalt: RankingSalt(opening),`,
		new:  `Statement{RankingSalt: opening,`,
		pkg:  "zkcommit", test: "TestGoldenClaims",
	},
	{
		name: "a bundle's proofs are checked under its opening",
		file: "zkcommit/proofs.go",
		old:  `RankingSalt: RankingSalt(b.Opening),`,
		new:  `RankingSalt: b.Opening,`,
		pkg:  "zkcommit", test: "TestBundle",
	},
	{
		name: "the number of ranked posts that a demand shows is not bound",
		file: "zkcommit/run.go",
		old:  `uint32(posts)), hidden[:]...)`,
		new:  `uint32(posts&0)), hidden[:]...)`,
		pkg:  "contracts", test: "TestProveRunSettlesADemand",
	},
	{
		name: "a run of an earlier version is read as one of this",
		file: "zkcommit/run.go",
		old:  `string(b[:len(runMagic)]) != runMagic {`,
		new:  `string(b[:12]) != runMagic[:12] {`,
		pkg:  "cmd/candor", test: "TestEarlierRunsAreRefused",
	},
	{
		name: "a ledger of earlier runs is to be restored",
		file: "cmd/candor/node.go",
		old:  `case errors.Is(err, zkcommit.ErrRunVersion):`,
		new:  `case errors.Is(err, context.Canceled):`,
		pkg:  "cmd/candor", test: "TestEarlierRunsAreRefused",
	},
}
