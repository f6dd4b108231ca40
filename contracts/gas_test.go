package contracts_test

import (
	"crypto/sha256"
	"testing"

	"candor/internal/torture"

	"github.com/ethereum/go-ethereum/crypto"
)

// What a call costs does not depend on how much happened before: the same calls
// after ten runs and after a hundred thousand, each run anchored, demanded or
// reported about. Only what carries a path into a log grows, by its length.
func TestGasIsFlat(t *testing.T) {
	w := newDisputedTown(t)
	measure := func(round byte) map[string]uint64 {
		gas := map[string]uint64{}
		note := func(name string) { gas[name] = w.gas }
		size := uint64(len(w.entries)) + uint64(w.sent)
		w.does("anchor", w.node, w.at.RunLog, runLog.PackAnchor(origin, size, [32]byte{round, 1}), nil)
		note("anchor")
		w.does("deposit", w.node, w.at.RunLog, runLog.PackDeposit(), wei(1))
		note("deposit")
		run := w.run(3)
		run.Served = sha256.Sum256([]byte{round})
		r := w.town.receipt(run)
		w.time += 30
		data := runLog.PackDemandInclusion(r)
		w.does("claim", w.reader, w.at.RunLog, runLog.PackClaim(claimOf(address(w.reader), data)), nil)
		note("claim")
		w.block++
		w.does("demand", w.reader, w.at.RunLog, data, wei(2))
		note("demandInclusion")
		w.block += 11
		// The slash of a node whose bond was deposited anew each time.
		w.does("slash", w.reader, w.at.RunLog, runLog.PackSlashUnanswered(inclusion, run.ID(), run.Node, 0, 3), nil)
		note("slashUnanswered")
		w.does("deposit", w.node, w.at.RunLog, runLog.PackDeposit(), wei(100))
		slug := string([]byte{'p', '0' + round/10, '0' + round%10})
		w.does("publish", w.publisher, w.at.Registry, registry.PackPublishPlugin(slug, 1), nil)
		note("publishPlugin")
		p := plugin(w.publisher, slug)
		c := w.secret(p, 1, 50_000_000)
		c.DueAfter = views(w.machine, w.at.Registry, registry.PackModelCount(), registry.UnpackModelCount)
		w.does("commit", w.publisher, w.at.Registry, registry.PackCommitModel(c), wei(10))
		note("commitModel")
		w.does("register", w.publisher, w.at.Registry, registry.PackRegisterModel(p, 1, []byte("r")), nil)
		note("registerModel")
		w.does("report", w.reader, w.at.Registry, registry.PackPublishReport(p, 1, []byte("r")), nil)
		note("publishReport")
		return gas
	}
	measure(0) // each slot's first use
	history := func(n int) {
		for range n {
			w.sent++ // a size that grows
			size := uint64(len(w.entries)) + uint64(w.sent)
			w.does("anchor", w.node, w.at.RunLog, runLog.PackAnchor(origin, size, crypto.Keccak256Hash(word(size))), nil)
			w.block++
		}
	}
	history(10)
	few := measure(1)
	long := torture.Count(1_000, 100_000)
	history(long)
	many := measure(2)
	for name, a := range few {
		b := many[name]
		if diff := float64(b)/float64(a) - 1; diff > 0.01 || diff < -0.01 {
			t.Errorf("%s takes %d gas after 10 runs and %d after %d", name, a, b, long)
		}
		t.Logf("%-16s %7d gas, %7d after %d runs", name, a, b, long)
	}
	// proveRun once, at the end.
	w.claimed("the demand", w.reader, w.demand(), wei(2))
	w.does("the proof", w.node, w.at.RunLog, w.prove(), nil)
	if w.gas >= 350_000 {
		t.Errorf("proveRun takes %d gas after %d runs", w.gas, long)
	}
	torture.Say(t, "gas after %d runs: proveRun %d, anchor %d, demandInclusion %d, commitModel %d", long, w.gas, many["anchor"], many["demandInclusion"], many["commitModel"])
}

// An answer with a path costs a little more with each doubling of the log.
func TestPathsCostTheirLength(t *testing.T) {
	var last uint64
	for _, n := range []int{16, 256, 1024} {
		w := newTown(t)
		for len(w.entries) < n {
			w.add(w.run(uint64(len(w.entries))))
		}
		w.anchor()
		r := w.receipt(w.runs[3])
		w.time += 30
		w.claimed("the demand", w.reader, runLog.PackDemandInclusion(r), wei(2))
		w.does("the answer", w.node, w.at.RunLog, runLog.PackAnswerInclusion(w.entries[3], origin, uint64(n), path(w.entries, 3)), nil)
		t.Logf("an answer in a log of %d: %d gas", n, w.gas)
		if last != 0 && w.gas-last > 8*1500 {
			t.Errorf("an answer in a log of %d takes %d gas, %d more than in a smaller one", n, w.gas, w.gas-last)
		}
		last = w.gas
	}
}
