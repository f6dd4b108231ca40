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
	{
		name: "a tower's vector is found before its block",
		file: "store/tables/spaces.go",
		old:  `if s.from = max(s.from, v.From); s.from >= s.to`,
		new:  `if s.from >= s.to`,
		pkg:  "store/sqlite", test: "TestSpacesOfTowers",
	},
	{
		name: "a removed post is found by its tower's vector",
		file: "store/tables/spaces.go",
		old:  `s.at(head).Advance(ctx, from, head)`,
		new:  `s.at(head).Advance(ctx, head.Number-1, head)`,
		pkg:  "store/sqlite", test: "TestSpacesOfTowers",
	},
	{
		name: "a space of a tower is not repaired",
		file: "store/tables/spaces.go",
		old:  `all = append(all, s.at(m.at()).Check(ctx, m.at()))`,
		new:  `s.at(m.at())`,
		pkg:  "store/sqlite", test: "TestSpacesOfTowers",
	},
	{
		name: "two towers share a space",
		file: "store/qdrant/index.go",
		old:  `hex.EncodeToString(tower[:16])`,
		new:  `hex.EncodeToString(tower[16:])`,
		pkg:  "store/qdrant", test: "TestSpacesOfTowers",
	},
	{
		name: "a post stays in a space that it has left",
		file: "store/tables/spaces.go",
		old:  `s.to = min(s.to, out)`,
		new:  `s.to = max(s.to, out)`,
		pkg:  "store/sqlite", test: "TestSpacesOfTowers",
	},
	{
		name: "the space of a tower that went stays",
		file: "store/qdrant/index.go",
		old:  `if !strings.HasPrefix(name, x.name+"_tower_") || kept[name] {`,
		new:  `if !strings.HasPrefix(name, x.name+"_tower_") || !kept[name] {`,
		pkg:  "store/qdrant", test: "TestRetain",
	},
	{
		name: "a vector is kept for a block that is there",
		file: "store/tables/spaces.go",
		old:  `return f(m.at())`,
		new:  `return f(graph.Block{})`,
		pkg:  "cmd/candor", test: "TestNearByATower",
	},
	{
		name: "the rest of a block of columns is left out",
		file: "rankers/onnx/reference/ops.go",
		old:  `w := min(blockColumns, n-c)`,
		new:  `w := max(1, min(blockColumns, n-c-1))`,
		pkg:  "rankers/onnx/reference", test: "TestProductsAreSumsInOrder",
	},
	{
		name: "a node reads parcels as large as towers",
		file: "cmd/candor/sandbox.go",
		old: `int64(publish.MaxHosted)+1))
		if err == nil && len(b) > publish.MaxHosted {`,
		new: `int64(publish.MaxParcel)+1))
		if err == nil && len(b) > publish.MaxParcel {`,
		pkg: "cmd/candor", test: "TestTowersStayWithTheirWorkers",
	},
	{
		name: "zeros are measured where a tower made no vector",
		file: "cmd/candor/measuring.go",
		old: `		if ok {
			vs = append(vs, v)
		}
		return ok`,
		new: `		vs = append(vs, v)
		return ok || len(vs) > 0`,
		pkg: "cmd/candor", test: "TestQualityOverATower",
	},
	{
		name: "a ranker over a tower is measured on what few vectors there are",
		file: "cmd/candor/measuring.go",
		old:  `len(vs)*10 < all*9`,
		new:  `len(vs)*10 < all`,
		pkg:  "cmd/candor", test: "TestQualityOverATower",
	},
	{
		name: "a post is judged by another's vector",
		file: "rankers/evaluate/builtin.go",
		old:  `over(from + i)`,
		new:  `over(from)`,
		pkg:  "rankers/evaluate", test: "TestRankersOverTowersAreJudgedByItsVectors",
	},
	{
		name: "a draft is tried by vectors that a stranger signed",
		file: "cmd/candor/tower_told.go",
		old:  `tower.Tokens(text), v.Vector); err != nil {`,
		new:  `tower.Tokens(text), v.Vector); err != nil && len(v.Words) > 1 {`,
		pkg:  "cmd/candor", test: "TestVectorsThatANodeTells",
	},
}
