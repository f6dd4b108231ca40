package planted

// ipfsBugs are those of fetching and keeping documents.
var ipfsBugs = []bug{
	{
		name: "any kind of CID is taken for a document's",
		file: "indexer/ipfs",
		old:  `p.Codec != cid.DagJSON || p.MhType != mh.SHA2_256 ||`,
		new:  `p.Codec != cid.DagJSON || p.MhType == mh.SHA1 ||`,
		pkg:  "indexer/ipfs", test: "TestOnlyDocumentsAreTaken",
	},
	{
		name: "bytes on disk are not hashed",
		file: "indexer/ipfs",
		old:  `if !got.Equals(c) {`,
		new:  `if !got.Defined() {`,
		pkg:  "indexer/ipfs", test: "TestBytesOnDiskAreChecked",
	},
	{
		name: "documents are acknowledged before they are on disk",
		file: "indexer/ipfs",
		old:  `pebbleds.WithPebbleWriteOptions(pebble.Sync)`,
		new:  `pebbleds.WithPebbleWriteOptions(pebble.NoSync)`,
		pkg:  "indexer/ipfs", test: "TestPowerCutsLoseNoDocument",
	},
	{
		name: "private addresses are dialled",
		file: "indexer/ipfs",
		old:  `for _, p := range reserved {`,
		new:  `for _, p := range reserved[:1] {`,
		pkg:  "indexer/ipfs", test: "TestPublic",
	},
	{
		name: "IPv6 addresses of one's own network are dialled",
		file: "indexer/ipfs",
		old:  `a.Is6() && !global.Contains(a) {`,
		new:  `a.Is6() && a.IsLoopback() {`,
		pkg:  "indexer/ipfs", test: "TestPublic",
	},
	{
		name: "one private address among public ones is dialled",
		file: "indexer/ipfs",
		old:  `refused := addr != d.only && !public(ip)`,
		new:  `refused := addr != d.only && !public(ip) && len(ips) == 1`,
		pkg:  "indexer/ipfs", test: "TestNamesAreDialledAsChecked",
	},
	{
		name: "a gateway's bytes are not hashed",
		file: "indexer/ipfs",
		old:  `if got, err = c.Prefix().Sum(raw); err == nil && !got.Equals(c) {`,
		new:  `if got, err = c.Prefix().Sum(raw); err == nil && !got.Defined() {`,
		pkg:  "indexer/ipfs", test: "TestHostile",
	},
	{
		name: "files may be of any depth",
		file: "indexer/ipfs",
		old:  `if depth > maxDepth {`,
		new:  `if depth > 99*maxDepth {`,
		pkg:  "indexer/ipfs", test: "TestHostileFiles",
	},
	{
		name: "files may have any number of blocks",
		file: "indexer/ipfs",
		old:  `if w.visits++; w.visits > maxVisit {`,
		new:  `if w.visits++; w.visits > 99*maxVisit {`,
		pkg:  "indexer/ipfs", test: "TestHostileFiles",
	},
	{
		name: "a file's declared size is believed",
		file: "indexer/ipfs",
		old:  `if fs.FileSize() != total {`,
		new:  `if fs.FileSize() != total && total == 0 {`,
		pkg:  "indexer/ipfs", test: "TestHostileFiles",
	},
}
