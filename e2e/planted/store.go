package planted

// storeBugs are those of the mirror and of the vectors beside it.
var storeBugs = []bug{
	{
		name: "commits do not wait for the disk",
		file: "store/sqlite",
		old:  `"synchronous(FULL)"`,
		new:  `"synchronous(OFF)"`,
		pkg:  "e2e/torture", test: "TestPowerCuts",
	},
	{
		name: "commits wait for the disk at checkpoints only",
		file: "store/sqlite",
		old:  `"synchronous(FULL)"`,
		new:  `"synchronous(NORMAL)"`,
		pkg:  "e2e/torture", test: "TestPowerCuts",
	},
	{
		name: "vectors are not rolled back",
		file: "store/scan",
		old:  `case r.from > to.Number:`,
		new:  `case r.from > to.Number+9:`,
		pkg:  "store/scan", test: "TestConformance",
	},
	{
		name: "the ends of vectors are not rolled back",
		file: "store/scan",
		old:  `case end > to.Number && end != graph.NoEnd:`,
		new:  `case end > to.Number+1 && end != graph.NoEnd:`,
		pkg:  "store/scan", test: "TestConformance",
	},
	{
		name: "vectors are dropped while the window needs them",
		file: "store/scan",
		old:  `case to <= floor:`,
		new:  `case to <= floor+1:`,
		pkg:  "store/scan", test: "TestConformance",
	},
	{
		name: "an index that loses vectors is believed",
		file: "store/vectors",
		old:  `if have != want {`,
		new:  `if have.Block != want.Block {`,
		pkg:  "store/vectors", test: "TestAnIndexThatLosesIsRefused",
	},
	{
		name: "an index under repair is read",
		file: "store/vectors",
		old: `if !k.sound.Load() {
		return nil, errBroken`,
		new: `if k == nil {
		return nil, errBroken`,
		pkg: "store/vectors", test: "TestKeeper",
	},
	{
		name: "reactions are not rolled back",
		file: "store/tables",
		old:  `"edges", "policies", "reactions", "accounts"}`,
		new:  `"edges", "policies", "accounts"}`,
		pkg:  "store/sqlite", test: "TestMirrorConformance",
	},
	{
		name: "ends of follows are not rolled back",
		file: "store/tables",
		old:  `UPDATE edges SET to_block = 9223372036854775807 WHERE to_block > $1`,
		new:  `UPDATE edges SET to_block = 9223372036854775807 WHERE kind = 9 AND to_block > $1`,
		pkg:  "store/sqlite", test: "TestMirrorConformance",
	},
	{
		name: "removals are not rolled back",
		file: "store/tables",
		old:  `UPDATE posts SET removed_at = 9223372036854775807 WHERE removed_at > $1`,
		new:  `UPDATE posts SET removed_at = 9223372036854775807 WHERE time < 0 AND removed_at > $1`,
		pkg:  "store/sqlite", test: "TestMirrorConformance",
	},
	{
		name: "edits are not rolled back",
		file: "store/tables",
		old:  `UPDATE posts SET edited_at = 9223372036854775807 WHERE edited_at > $1`,
		new:  `UPDATE posts SET edited_at = 9223372036854775807 WHERE time < 0 AND edited_at > $1`,
		pkg:  "store/sqlite", test: "TestMirrorConformance",
	},
	{
		name: "what is withheld on a lost branch stays withheld",
		file: "store/tables",
		old:  "`DELETE FROM withheld WHERE from_block > $1`,",
		new:  "",
		pkg:  "store/sqlite", test: "TestMirrorConformance",
	},
	{
		name: "texts go while the window needs them",
		file: "store/tables",
		old:  `return head - min(head, Window) }`,
		new:  `return head - min(head, Window/2) }`,
		pkg:  "store/sqlite", test: "TestMirrorConformance",
	},
	{
		name: "removed text is left on the disk",
		file: "store/tables",
		old:  `g.expire(p.now.cid, n)`,
		new:  `_ = n`,
		pkg:  "store/sqlite", test: "TestRemovedTextLeavesTheFile",
	},
	{
		name: "roots of blocks that went are kept",
		file: "store/tables",
		old:  `m.roots.Purge()`,
		new:  `_ = m.roots`,
		pkg:  "store/sqlite", test: "TestMirrorConformance",
	},
	{
		name: "a lost lock stops no write",
		file: "store/postgres",
		old:  `db.Release, db.Held, db.Lost = l.release, l.held, l.lost`,
		new:  `db.Release, db.Lost = l.release, l.lost`,
		pkg:  "store/postgres", test: "TestLostLockIsNoticed",
	},
	{
		name: "a lost lock is not told",
		file: "store/postgres",
		old:  `			l.lost <- err`,
		new:  `			_ = err`,
		pkg:  "store/postgres", test: "TestLostLockIsNoticed",
	},
	{
		name: "the vectors stay when blocks go",
		file: "store/tables",
		old: `m.rollbackVectors(ctx)
	return nil
}

// forget`,
		new: `return nil
}

// forget`,
		pkg: "store/sqlite", test: "TestMirrorConformance",
	},
	{
		name: "the vectors do not follow the blocks",
		file: "store/tables",
		old:  `m.vectors.Follow(ctx, g.vectors, *head)`,
		new:  `m.vectors.Follow(ctx, nil, *head)`,
		pkg:  "store/sqlite", test: "TestMirrorConformance",
	},
	{
		name: "a snapshot of a block that went answers",
		file: "store/tables",
		old:  `if n < s.block.Number {`,
		new:  `if n > s.block.Number {`,
		pkg:  "store/sqlite", test: "TestMirrorConformance",
	},
	{
		name: "the batch is not checked against the head",
		file: "store/tables",
		old:  `if err := fold.Check(head, b); err != nil {`,
		new:  `if err := fold.Check(nil, b); err != nil {`,
		pkg:  "store/sqlite", test: "TestMirrorConformance",
	},
	{
		name: "a block is acknowledged before it is on disk",
		file: "store/tables",
		old:  "err = m.db.transact(ctx, func(t *tx) error {\n\t\tif err := g.write(",
		new:  "m.publish(blocks[0].Number, head)\n\terr = m.db.transact(ctx, func(t *tx) error {\n\t\tif err := g.write(",
		pkg:  "e2e/torture", test: "TestPowerCuts",
	},
	{
		name: "a group is read on the state before the one before it",
		file: "store/tables",
		old:  `f.over = g`,
		new:  `_ = g`,
		pkg:  "store/sqlite", test: "TestMirrorConformance",
	},
	{
		name: "what was read ahead is used after a rollback",
		file: "store/tables",
		old:  `r.after != head ||`,
		new:  `r.after.Hash != head.Hash ||`,
		pkg:  "store/sqlite", test: "TestMirrorConformance",
	},
	{
		name: "contents are looked up before the group before is there",
		file: "store/tables",
		old:  `return len(g.versions[c])+len(g.named[c]) > 0`,
		new:  `return len(g.versions[c])+len(g.named[c]) > 99`,
		pkg:  "store/sqlite", test: "TestMirrorConformance",
	},
	{
		name: "a follow that ended in the group before still stands",
		file: "store/tables",
		old:  `			delete(rows, k)`,
		new:  `			_ = k`,
		pkg:  "store/sqlite", test: "TestMirrorConformance",
	},
	{
		name: "a text that was deleted meanwhile counts as kept",
		file: "store/tables",
		old:  `for _, c := range swept {`,
		new:  `for _, c := range swept[:0] {`,
		pkg:  "store/sqlite", test: "TestMirrorConformance",
	},
}
