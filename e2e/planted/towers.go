package planted

// towerBugs are those of towers: of who signs their vectors, and of what auditors make of them.
var towerBugs = []bug{
	{
		name: "a vector is signed for any tokens",
		file: "zkcommit/tower.go",
		old:  `read, gave := sha256.Sum256(b[:len(tokens)]),`,
		new:  `read, gave := sha256.Sum256(nil),`,
		pkg:  "zkcommit", test: "TestVectorWords",
	},
	{
		name: "a stranger names a tower's delegates",
		file: "zkcommit/tower.go",
		old:  `case who != publisher:`,
		new:  `case who == (graph.Address{}):`,
		pkg:  "zkcommit", test: "TestVectorWords",
	},
	{
		name: "vectors are taken whoever signed them",
		file: "rankers/worker/pool.go",
		old:  `q.row(i), a.vector(i, q.tower.Outputs)); err != nil {`,
		new:  `q.row(i), a.vector(i, q.tower.Outputs)); err != nil && i < 0 {`,
		pkg:  "rankers/worker", test: "TestTowersSignTheirVectors",
	},
	{
		name: "an operator signs in another's name",
		file: "rankers/worker/pool.go",
		old:  `a.delegate.Operator != operator ||`,
		new:  `a.delegate.Operator == "" ||`,
		pkg:  "rankers/worker", test: "TestTowersSignTheirVectors",
	},
	{
		name: "a vector's number wraps round",
		file: "rankers/worker/pool.go",
		old:  `if s < -127 || s > 127 {`,
		new:  `if s < -1270 || s > 1270 {`,
		pkg:  "rankers/worker", test: "TestTowersSignTheirVectors",
	},
	{
		name: "the words of those who agreed are lost",
		file: "rankers/worker/pool.go",
		old:  `for _, a := range alike {`,
		new:  `for _, a := range alike[:1] {`,
		pkg:  "rankers/worker", test: "TestOddTowerOut",
	},
	{
		name: "a vector's signature is not looked at",
		file: "audit/rebuild/tower.go",
		old:  `if err := t.judge(v, text); err != nil {`,
		new:  `if err := t.judge(v, text); err != nil && len(v.Words) == 0 {`,
		pkg:  "audit/rebuild", test: "TestRowsOverATower",
	},
	{
		name: "a vector counts before its block",
		file: "audit/rebuild/tower.go",
		old:  `if !ok || v.From > c.snap.block.Number {`,
		new:  `if !ok {`,
		pkg:  "audit/rebuild", test: "TestRowsOverATower",
	},
	{
		name: "a revealed tower may make something else",
		file: "cmd/candor/audit_towers.go",
		old:  `d < -towerTolerance || d > towerTolerance {`,
		new:  `d < -99*towerTolerance || d > 99*towerTolerance {`,
		pkg:  "cmd/candor", test: "TestRevealedTowersAreHeldToTheirVectors",
	},
	{
		name: "a vector turns up among rows that were made",
		file: "cmd/candor/towers.go",
		old:  `max(head.Number, t.used) + 1`,
		new:  `head.Number + 1`,
		pkg:  "cmd/candor", test: "TestRowsAtABlockSeeTheSameVectors",
	},
	{
		name: "a place that is not in a table is read",
		file: "rankers/onnx/reference/ops.go",
		old:  `if p < 0 || p >= int64(x.dims[at]) {`,
		new:  `if p < 0 {`,
		pkg:  "rankers/onnx/reference", test: "TestGatherOfAPlaceThatIsNotThere",
	},
}
