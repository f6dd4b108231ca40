package planted

// snapshotBugs are those of snapshots of the mirror.
var snapshotBugs = []bug{
	{
		name: "an embedding is taken without its text",
		file: "graph/snapshot/check.go",
		old:  `*r.Embedding != k.embed(post.Text) {`,
		new:  `*r.Embedding != k.embed(post.Text) && post.Text == "" {`,
		pkg:  "graph/snapshot", test: "TestLiesAreRefused",
	},
	{
		name: "a document in a snapshot is not hashed",
		file: "graph/snapshot/check.go",
		old:  `!bytes.Equal(d.Digest, sum[:]) {`,
		new:  `len(d.Digest) != len(sum) {`,
		pkg:  "graph/snapshot", test: "TestLiesAreRefused",
	},
	{
		name: "the chunks of a snapshot are not hashed",
		file: "graph/snapshot/read.go",
		old:  `case !name(cid.Raw, raw).Equals(link):`,
		new:  `case !link.Defined():`,
		pkg:  "graph/snapshot", test: "TestRootsBindTheirRows",
	},
	{
		name: "the mirror root of a snapshot is not compared",
		file: "graph/snapshot/read.go",
		old:  `case mirrorRoot != r.root.MirrorRoot:`,
		new:  `case mirrorRoot == (graph.Hash{}):`,
		pkg:  "store/sqlite", test: "TestSnapshotConformance",
	},
	{
		name: "a snapshot has what was known at its block only",
		file: "graph/fold/export.go",
		old:  `} else if v.present != never {`,
		new:  `} else if v.present <= x.block.Number {`,
		pkg:  "graph/snapshot", test: "TestWhenContentCameIsNotInASnapshot",
	},
	{
		name: "a snapshot tells a withheld text",
		file: "store/tables/export.go",
		old:  `if d.CID = c.Cid; x.hidden[d.CID] {`,
		new:  `if d.CID = c.Cid; x.hidden[d.CID] && d.Body == nil {`,
		pkg:  "store/sqlite", test: "TestSnapshotConformance",
	},
	{
		name: "a mirror from a snapshot forgets that posts were removed",
		file: "store/tables/load.go",
		old:  `if r.Removed {`,
		new:  `if r.Removed && len(r.Edits) > 9 {`,
		pkg:  "store/sqlite", test: "TestSnapshotConformance",
	},
	{
		name: "a snapshot is added to blocks that are there",
		file: "store/tables/load.go",
		old:  `if m.head != nil {`,
		new:  `if m.head != nil && m.head.Number == 0 {`,
		pkg:  "store/sqlite", test: "TestSnapshotConformance",
	},
	{
		name: "a snapshot is written of a block whose texts may be gone",
		file: "store/tables/export.go",
		old:  `x.block.Number < horizon(head.Number)`,
		new:  `x.block.Number > head.Number`,
		pkg:  "store/sqlite", test: "TestSnapshotConformance",
	},
}
