package planted

// pagesBugs are those in what the pages for readers are told.
var pagesBugs = []bug{
	{
		name: "reports on other plugins stand on a plugin's page",
		file: "web/plugins.go",
		old:  `return a.Plugin != id })`,
		new:  `return a.Plugin == id && false })`,
		pkg:  "web", test: "TestAuditsPageByPage",
	},
	{
		name: "a plugin is not found by its id on the chain",
		file: "web/plugins.go",
		old:  `strings.EqualFold(p.Plugin.Hex(), name)`,
		new:  `p.Slug == name`,
		pkg:  "web", test: "TestPluginByBothIDs",
	},
	{
		name: "of many versions the oldest are shown",
		file: "zkcommit/chain/versions.go",
		old:  `first = p.Versions - most + 1`,
		new:  `p.Versions = most`,
		pkg:  "zkcommit/chain", test: "TestVersionsAndReports",
	},
	{
		name: "any model opens any commitment in the browser",
		file: "web/wasm/verify.go",
		old:  `return r.Opens(c)`,
		new:  `_ = r.Opens(c); return nil`,
		pkg:  "web/wasm", test: "TestOpens",
	},
	{
		name: "the evaluator clamps at another value",
		file: "zkcommit/evaluator.go",
		old:  `max(0, min(q, Clamp))`,
		new:  `max(0, min(q, Clamp+1))`,
		pkg:  "zkcommit", test: "TestGoldenScores",
	},
}
