package planted

// graphBugs are those of the rules by which events become a state.
var graphBugs = []bug{
	{
		name: "a block need not follow the head's hash",
		file: "graph/fold/check.go",
		old:  `case head != nil && b.Block.Parent != head.Hash:`,
		new:  `case head != nil && b.Block.Parent != head.Hash && n == 1:`,
		pkg:  "graph/fold", test: "TestCheckRefuses",
	},
	{
		name: "blocks may be left out",
		file: "graph/fold/check.go",
		old:  `case head != nil && n != head.Number+1:`,
		new:  `case head != nil && n < head.Number+1:`,
		pkg:  "graph/fold", test: "TestCheckRefuses",
	},
	{
		name: "an event may come twice",
		file: "graph/fold/check.go",
		old:  `case e.ID.Compare(last) <= 0:`,
		new:  `case e.ID.Compare(last) < 0:`,
		pkg:  "graph/fold", test: "TestCheckRefuses",
	},
	{
		name: "an author's clock may run ahead of the chain's",
		file: "graph/fold/fold.go",
		old:  `e.Time = min(e.Time, e.BlockTime)`,
		new:  `_ = min(e.Time, e.BlockTime)`,
		pkg:  "graph/fold", test: "TestEffective",
	},
}
