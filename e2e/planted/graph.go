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
	{
		name: "a block ends only the follows of one's own",
		file: "graph/fold",
		old:  `end(kind, you, me)`,
		new:  `end(kind, me, you)`,
		pkg:  "graph/fold", test: "TestPeopleOverTime",
	},
	{
		name: "strangers may edit",
		file: "graph/fold",
		old:  `return e, ok && author == e.Author && e.CID.Defined() &&`,
		new:  `return e, ok && author == author && e.CID.Defined() &&`,
		pkg:  "graph/fold", test: "TestEffectiveEdits",
	},
	{
		name: "strangers may remove",
		file: "graph/fold",
		old:  `return e, ok && author == e.Author, err`,
		new:  `return e, ok && author == author, err`,
		pkg:  "graph/fold", test: "TestEffective",
	},
	{
		name: "who is blocked may reply",
		file: "graph/fold",
		old:  `if !ok || blocked {`,
		new:  `if !ok || blocked && author == e.Author {`,
		pkg:  "graph/fold", test: "TestEffectiveBetweenPeople",
	},
	{
		name: "who is blocked may react",
		file: "graph/fold",
		old:  `return !blocked && err == nil, err`,
		new:  `return (!blocked || blocked) && err == nil, err`,
		pkg:  "graph/fold", test: "TestEffectiveBetweenPeople",
	},
	{
		name: "a reference to an earlier version names nothing",
		file: "graph/fold",
		old:  `ok, err = v.Earlier(r.ID, named)`,
		new:  `ok, err = false, nil`,
		pkg:  "graph/fold", test: "TestEdits",
	},
	{
		name: "what is withheld is shown",
		file: "graph/fold",
		old:  `if w.has(block) {`,
		new:  `if w.has(block) && block == 0 {`,
		pkg:  "graph/fold", test: "TestWithholding",
	},
}
