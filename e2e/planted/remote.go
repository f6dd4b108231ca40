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
		name: "a worker gets the opening of a reader's run",
		file: "cmd/candor/second_away.go",
		old:  `if !published {`,
		new:  `if !published && run == (graph.Hash{}) {`,
		pkg:  "cmd/candor", test: "TestDisputesFromAway",
	},
}
