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
}
