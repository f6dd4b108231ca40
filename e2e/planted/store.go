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
}
