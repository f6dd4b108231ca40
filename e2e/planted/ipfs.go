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
}
