package planted

// vectorBugs are those of the indexes of vectors and of words, and of the search
// over both.
var vectorBugs = []bug{
	{
		name: "Qdrant's order of equally near posts is taken as it comes",
		file: "store/qdrant",
		old:  `hits[len(hits)-1].score < hits[limit-1].score`,
		new:  `limit > 0`,
		pkg:  "store/qdrant", test: "TestConformance",
	},
	{
		name: "writes to Qdrant are not waited for",
		file: "store/qdrant",
		old:  `Wait: client.PtrOf(true), Operations: ops`,
		new:  `Wait: client.PtrOf(false), Operations: ops`,
		pkg:  "store/qdrant", test: "TestConformance",
	},
	{
		name: "what Qdrant says of a vector is believed without the vector",
		file: "store/qdrant",
		old:  `graph.EmbeddingDigest(&e) != p.entry.Embedding`,
		new:  `graph.EmbeddingDigest(&e) == (graph.Hash{})`,
		pkg:  "store/qdrant", test: "TestConformance",
	},
	{
		name: "Qdrant's vectors that ended in a block rolled back stay ended",
		file: "store/qdrant",
		old:  `where("to", to.Number+1, forever-1)`,
		new:  `where("to", to.Number+2, forever-1)`,
		pkg:  "store/qdrant", test: "TestConformance",
	},
	{
		name: "a Qdrant collection of rounded vectors is used",
		file: "store/qdrant",
		old:  `p.GetQuantizationConfig() != nil || `,
		new:  ``,
		pkg:  "store/qdrant", test: "TestUnfitServersAreRefused",
	},
	{
		name: "vectors that are in the window again are not put back",
		file: "store/vectors",
		old:  `case f < k.floor:`,
		new:  `case f < 0:`,
		pkg:  "store/vectors", test: "TestKeeper",
	},
	{
		name: "an index of another chain's block is taken for the mirror's",
		file: "store/vectors/check.go",
		old:  "if have == want {\n\t\tk.opened(head)\n\t\tk.log.Debug",
		new:  "if have.Held == want.Held {\n\t\tk.opened(head)\n\t\tk.log.Debug",
		pkg:  "store/vectors", test: "TestDifferencesAreSaidAndRepaired",
	},
	{
		name: "a vector still holds at the block at which it ends",
		file: "store/scan",
		old:  `r.to.Load() <= block`,
		new:  `r.to.Load() < block`,
		pkg:  "store/scan", test: "TestConformance",
	},
	{
		name: "what leaves a set of vectors stays in its digest",
		file: "graph/vector.go",
		old:  `d.lanes[i] -= `,
		new:  `d.lanes[i] |= `,
		pkg:  "graph", test: "TestVectorDigest",
	},
	{
		name: "a post is found by words that it does not say any more",
		file: "indexer/search",
		old:  `ok && c.Equals(s.cid) && `,
		new:  `ok && c.Defined() && `,
		pkg:  "indexer/search", test: "TestIndex",
	},
	{
		name: "words that were withdrawn stay in the index",
		file: "indexer/search",
		old:  `delete(x.terms, t.word)`,
		new:  `_ = t`,
		pkg:  "indexer/search", test: "TestWithdrawnWordsAreDropped",
	},
	{
		name: "a withdrawn word is forgotten though a rollback may bring it back",
		file: "indexer/search",
		old:  `const kept = 2 * Window`,
		new:  `const kept = Window`,
		pkg:  "indexer/search", test: "TestRollbackFindsTheWithdrawn",
	},
	{
		name: "what stands again after a rollback is not found",
		file: "indexer/search",
		old:  `if to < x.since || to+Window < x.head {`,
		new:  `if to+Window < x.head {`,
		pkg:  "indexer/search", test: "TestIndex",
	},
	{
		name: "words are looked for however many bytes they have",
		file: "web/search.go",
		old:  `case len(q.text) > maxQuery:`,
		new:  `case len(q.text) > MaxBody:`,
		pkg:  "web", test: "TestErrorsAreProblems",
	},
}
