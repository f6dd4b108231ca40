package planted

// custodyBugs are those of nodes that keep ciphertexts for others.
var custodyBugs = []bug{
	{
		name: "a custodian does not look at what it keeps",
		file: "cmd/candor/custody.go",
		old:  `time.Unix(int64(min(ask.RevealBy, 1<<40)), 0)); err != nil {`,
		new:  `time.Unix(int64(min(ask.RevealBy, 1<<40)), 0)); err != nil && len(head) == 0 {`,
		pkg:  "cmd/candor", test: "TestCustodiansRefuse",
	},
	{
		name: "what was committed makes room",
		file: "cmd/candor/custody.go",
		old:  `done = version == 0`,
		new:  `done = version < 9`,
		pkg:  "cmd/candor", test: "TestCustodiansRefuse",
	},
	{
		name: "any address is a custodian",
		file: "cmd/candor/pledge.go",
		old:  `err == nil && (!known || seen[word.Node])`,
		new:  `err == nil && (known && seen[word.Node])`,
		pkg:  "cmd/candor", test: "TestCustodiansKeepLargeCiphertexts",
	},
	{
		name: "one node's word counts twice",
		file: "cmd/candor/pledge.go",
		old:  `err == nil && (!known || seen[word.Node])`,
		new:  `err == nil && !known`,
		pkg:  "cmd/candor", test: "TestCustodiansKeepLargeCiphertexts",
	},
	{
		name: "a restarted custodian forgets",
		file: "cmd/candor/custody.go",
		old:  `			err = c.hold(id, k)`,
		new:  `			_ = id`,
		pkg:  "cmd/candor", test: "TestCustodiansKeepLargeCiphertexts",
	},
	{
		name: "only the list of a ciphertext's parts stays",
		file: "cmd/candor/custody.go",
		old:  `return append(f.Parts, k.Ciphertext), nil`,
		new:  `return append(f.Parts[:0], k.Ciphertext), nil`,
		pkg:  "cmd/candor", test: "TestCiphertextsGoInParts",
	},
	{
		name: "only the list of a public tower's parts stays",
		file: "cmd/candor/reveals.go",
		old:  `r.held.set(name, append(f.Parts, name)...)`,
		new:  `r.held.set(name, name)`,
		pkg:  "cmd/candor", test: "TestPublicTowersStay",
	},
	{
		name: "parts of what the operator withholds stay",
		file: "cmd/candor/kept.go",
		old:  `if !withheld(name) {`,
		new:  `if !withheld(name) || name.Defined() {`,
		pkg:  "cmd/candor", test: "TestPublicTowersStay",
	},
	{
		name: "of a large denied file the list alone goes",
		file: "indexer/ipfs/fetch.go",
		old:  `walker{most: maxVisit * maxBlock, get:`,
		new:  `walker{get:`,
		pkg:  "indexer/ipfs", test: "TestDeniedLargeFilesGoWhole",
	},
	{
		name: "a spoilt ciphertext is published",
		file: "cmd/candor/pledge.go",
		old:  `bytes.Equal(sum[:], old[len(b):]) && dates`,
		new:  `len(sum) > 0 && dates`,
		pkg:  "cmd/candor", test: "TestTheSameCiphertextIsSentAgain",
	},
	{
		name: "what is said to come does not count",
		file: "cmd/candor/custody.go",
		old:  `sum += int64(u.file.Size)`,
		new:  `sum += 0 * int64(u.file.Size)`,
		pkg:  "cmd/candor", test: "TestUploadsAreBounded",
	},
	{
		name: "an upload's size is not looked at",
		file: "cmd/candor/custody_upload.go",
		old:  `if err := c.room(ctx, int64(f.Size), f.Name); err != nil {`,
		new:  `if err := c.room(ctx, 0, f.Name); err != nil {`,
		pkg:  "cmd/candor", test: "TestUploadsAreBounded",
	},
	{
		name: "one network uploads as much at once as it likes",
		file: "cmd/candor/custody_upload.go",
		old:  `} else if u.place == place {`,
		new:  `} else if u.place == "" {`,
		pkg:  "cmd/candor", test: "TestUploadsAreBounded",
	},
	{
		name: "a custodian signs before the last part is there",
		file: "cmd/candor/custody.go",
		old:  `missing = u.missing(); len(missing) > 0 {`,
		new:  `missing = u.missing(); len(missing) > 1 {`,
		pkg:  "cmd/candor", test: "TestTheWordComesLast",
	},
	{
		name: "a custodian's word is on the disk before the blocks are",
		file: "cmd/candor/custody.go",
		old:  `	if err = putParts(ctx, c.ipfs, f, part); err == nil {`,
		new: `	if err = writeFile(c.path(id.Hex()), b); err == nil {
		err = putParts(ctx, c.ipfs, f, part)
	}
	if err == nil {`,
		pkg: "cmd/candor", test: "TestKilledWhileKeeping",
	},
	{
		name: "a part that comes is not hashed",
		file: "cmd/candor/custody_upload.go",
		old:  `err != nil || !name.Equals(u.file.Parts[i]) {`,
		new:  `err != nil || !name.Defined() {`,
		pkg:  "cmd/candor", test: "TestTheWordComesLast",
	},
	{
		name: "another tower is served for one without a date",
		file: "cmd/candor/custody.go",
		old:  `if graph.Hash(h.Sum(nil)) != ask.Commitment {`,
		new:  `if graph.Hash(h.Sum(nil)) == (graph.Hash{}) {`,
		pkg:  "cmd/candor", test: "TestTowersWithoutADateAreServed",
	},
}
