// Package planted holds bugs, each with the test that catches it.
//
// What enters: the tables of this package, one a file, and the source tree. What
// leaves: pass or fail. Its one test puts each bug into a copy of its file by `go test -overlay`, so that the
// tree itself stays as it is, and requires that the named test then fails by an
// assertion of its own, and that it passes without the bug.
package planted

// bug is one planted bug. old must stand in the file, or in all files of the
// package when a directory is named, exactly once, so that an entry that the code
// has outgrown fails loudly; write it so that it survives changes around it.
type bug struct {
	name string // what it does wrong, in a few words
	file string // or its directory, from the repository's root
	old  string // what stands there
	new  string // what stands there with the bug
	pkg  string // the package whose test catches it, from the repository's root
	test string // that test's name
}

// bugs are all tables.
func bugs() (all []bug) {
	for _, room := range [][]bug{
		askingBugs,
		chainBugs,
		circuitBugs,
		crossBugs,
		custodyBugs,
		evalBugs,
		fairnessBugs,
		graphBugs,
		indexerBugs,
		ipfsBugs,
		marketBugs,
		pagesBugs,
		proverBugs,
		rankBugs,
		rebuildBugs,
		remoteBugs,
		revealBugs,
		roadBugs,
		sandboxBugs,
		snapshotBugs,
		storeBugs,
		sumcheckBugs,
		ticketBugs,
		towerBugs,
		trustBugs,
		vectorBugs,
		wideBugs,
		witnessBugs,
		workerBugs,
		yearBugs,
	} {
		all = append(all, room...)
	}
	return all
}
