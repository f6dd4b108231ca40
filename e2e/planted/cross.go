package planted

// crossBugs are those of the beacon that draws, of proving runs twice, and what a dispute
// proof and the lookups' tables leave open.
var crossBugs = []bug{
	{
		name: "the round that draws is known when the block is made",
		file: "zkcommit/timelock/chance.go",
		old:  `+DrawDelay+1, 0))`,
		new:  `, 0))`,
		pkg:  "local/beacon", test: "TestRoundsThatDraw",
	},
	{
		name: "a round's value is taken from any signature",
		file: "zkcommit/timelock/chance.go",
		old:  `if err := n.VerifySignature(round, signature); err != nil {`,
		new:  `if err := n.VerifySignature(round, signature); err != nil && len(signature) != n.scheme.SigGroup.PointLen() {`,
		pkg:  "local/beacon", test: "TestRoundsThatDraw",
	},
	{
		name: "what is proved twice is what is drawn to be proved",
		file: "zkcommit/proving.go",
		old:  `d.picks("candor/cross/v1`,
		new:  `d.picks("candor/draw/v1\x00`,
		pkg:  "zkcommit/prover", test: "TestCrossesAreDrawnApart",
	},
	{
		name: "an announcement does not bind its beacon",
		file: "zkcommit/proving.go",
		old:  `b = append(b, e.Network[:]...)`,
		new:  `b = append(b, make([]byte, len(e.Network))...)`,
		pkg:  "zkcommit/prover", test: "TestEpochsAreRead",
	},
	{
		name: "an announcement does not bind the share that is proved twice",
		file: "zkcommit/proving.go",
		old:  `b = binary.BigEndian.AppendUint32(b, e.Cross)`,
		new:  `b = binary.BigEndian.AppendUint32(b, 0)`,
		pkg:  "zkcommit/prover", test: "TestEpochsAreRead",
	},
	{
		name: "runs that an earlier anchor held are drawn again",
		file: "store/tables/crosses.go",
		old:  `max(e.First, uint64(before))`,
		new:  `max(e.First, uint64(before)&1)`,
		pkg:  "store/sqlite", test: "TestLedgerConformance",
	},
	{
		name: "an anchor keeps the block that the chain took back",
		file: "store/tables/epochs.go",
		old:  `DO UPDATE SET root = excluded.root, block = excluded.block WHERE draws.beacon IS NULL`,
		new:  `DO NOTHING`,
		pkg:  "store/sqlite", test: "TestLedgerConformance",
	},
	{
		name: "what differed once may agree later",
		file: "store/tables/crosses.go",
		old:  ` AND state <> 'differs'`,
		new:  ``,
		pkg:  "store/sqlite", test: "TestLedgerConformance",
	},
	{
		name: "a second proof that fails passes as one that does not fit",
		file: "zkcommit/prover/cross.go",
		old:  `return true, c.Book.SetCross(ctx, run, zkcommit.CrossDiffers,`,
		new:  `return true, c.Book.SetCross(ctx, run, zkcommit.CrossUnfit,`,
		pkg:  "zkcommit/prover", test: "TestCrossChecks",
	},
	{
		name: "a node that skips a second proof is not found",
		file: "audit/runs.go",
		old:  `if drawn && b.Dispute == nil &&`,
		new:  `if drawn && b.Dispute != nil &&`,
		pkg:  "audit", test: "TestCrossChecksAreAudited",
	},
	{
		name: "a second proof that fails beside the first is an ordinary finding",
		file: "audit/runs.go",
		old:  `case c.Name == "dispute" && slices.Contains(f.Proofs, zkcommit.RunProof):`,
		new:  `case c.Name == "dispute" && !slices.Contains(f.Proofs, zkcommit.RunProof):`,
		pkg:  "audit", test: "TestCrossChecksAreAudited",
	},
	{
		name: "an audit draws by another beacon than was announced",
		file: "audit/promises.go",
		old:  `return e.Network`,
		new:  `e.Network = graph.Hash{}; return e.Network`,
		pkg:  "audit", test: "TestCrossChecksAreAudited",
	},
	{
		name: "a statement is about another model than its run names",
		file: "zkcommit/record.go",
		old:  `if run.Commitment != st.Commitment {`,
		new:  `if run.Commitment == (graph.Hash{}) {`,
		pkg:  "zkcommit/circuit", test: "TestAnotherModelUnderTheDigest",
	},
	{
		name: "the clamp is moved in the lookups' table",
		file: "zkcommit/sumcheck/public.go",
		old:  `if next := zkcommit.Activate(int32(t.first + lo + i + 1)); !t.pairs || next == last {`,
		new:  `if next := min(zkcommit.Activate(int32(t.first+lo+i+1)), clamp-1); !t.pairs || next == last {`,
		pkg:  "zkcommit/sumcheck", test: "TestExtremes",
	},
}
