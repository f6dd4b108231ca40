package year

import (
	"errors"
	"slices"
	"time"

	"candor/audit"
	"candor/feeds/candidates"
	"candor/graph"
	"candor/zkcommit"
)

// way is one way to break the rules. What it breaks is named by its rule, and may show
// under others, too.
type way struct {
	Name string
	Rule audit.Rule
	May  []audit.Rule

	// What is considered for a run, before it is judged, ranked and frozen.
	pool, judged, rows func(*World, *considered) error

	run     func(*World, *draft, *version)                  // before the run is frozen
	ticket  func(*World, *zkcommit.Ticket) error            // what readers are given of the run's ticket
	abort   func(*World, *zkcommit.Abort)                   // which stands in the run's place
	log     func(entries [][]byte, i int)                   // what the log gets
	drawn   func(*World, *run, *drawn, zkcommit.Epoch) bool // whether the draw lets the run lie so
	bundle  func(*World, *zkcommit.Bundle)                  // what is served of a run that is as it should be
	version func(*World, *version) (sealed []byte, _ error) // a publisher's ciphertext

	register   bool   // another model's registration stands on the chain
	fork       bool   // the chain gets another head
	older      bool   // the model before the active one ranks
	kept       bool   // the run was shown, and something else is logged
	unprovable bool   // there is no proof of it
	all        bool   // only of an epoch in which all are proved
	public     bool   // only of a model that is revealed within the year
	reach      uint64 // how many entries behind it show it, too
	once       bool   // it is no run's, and World says it by itself
}

// ways are all of them: those that docs/threats.md names and an audit of a log finds.
var ways = slices.Concat(runWays, inputWays, logWays, ticketWays, proofWays, bundleWays, drawnWays, versionWays, []*way{split, takenBack, forked, dropped})

var runWays = []*way{
	{Name: "another model than the active one", Rule: audit.RuleModel, May: []audit.Rule{audit.RuleBundle}, older: true},
	{Name: "a block off the chain", Rule: audit.RuleBlock, May: []audit.Rule{audit.RuleBundle},
		run: func(_ *World, d *draft, _ *version) { d.BlockHash[0] ^= 1 }},
	{Name: "an order that is not the model's", Rule: audit.RuleProof, May: []audit.Rule{audit.RuleReplay}, unprovable: true, all: true, run: misorder},
	{Name: "an order that is not the revealed model's, node and publisher together", Rule: audit.RuleReplay, May: []audit.Rule{audit.RuleProof},
		unprovable: true, public: true, run: misorder},
	{Name: "another selection than the rule's", Rule: audit.RuleBundle,
		run: func(_ *World, d *draft, _ *version) { s := d.record.Served; s[0], s[len(s)-1] = s[len(s)-1], s[0] }},
	{Name: "a candidate that is not ranked", Rule: audit.RuleBundle, May: []audit.Rule{audit.RuleProof}, run: unranked},
	{Name: "another node's run", Rule: audit.RuleEntry, May: []audit.Rule{audit.RuleBundle}, run: func(_ *World, d *draft, _ *version) {
		d.signer = key("another node")
		d.Node = address(d.signer)
	}},
}

// inputWays rank by the model and prove it, of inputs that are not those of the block.
var inputWays = []*way{
	{Name: "a candidate left out", Rule: audit.RuleCandidates, pool: leaveOut},
	{Name: "a candidate put in", Rule: audit.RuleCandidates, pool: putIn},
	{Name: "candidates in another order", Rule: audit.RuleCandidates, pool: func(w *World, c *considered) error {
		i := w.rand.IntN(len(c.pool) - 1)
		c.pool[i], c.pool[i+1] = c.pool[i+1], c.pool[i]
		return nil
	}},
	{Name: "a candidate by another source", Rule: audit.RuleCandidates, pool: func(w *World, c *considered) error {
		x := &c.pool[w.rand.IntN(len(c.pool))]
		if x.Source ^= graph.FromTrending; x.Source == 0 {
			x.Source = graph.FromFollowing
		}
		return nil
	}},
	{Name: "the candidates of another viewer", Rule: audit.RuleCandidates, pool: func(w *World, c *considered) (err error) {
		other := w.viewerOf(0)
		if c.viewer == other {
			other = w.town.person(1)
		}
		c.pool, err = candidates.Gather(c.snap, other, candidates.Default())
		return err
	}},
	{Name: "a verdict left out", Rule: audit.RuleVerdicts, judged: acquit},
	{Name: "a verdict made up", Rule: audit.RuleVerdicts, judged: condemn},
	{Name: "chosen features, proven", Rule: audit.RuleFeatures, rows: func(w *World, c *considered) error {
		c.rows[w.rand.IntN(len(c.rows))][w.rand.IntN(graph.Features)] ^= 1
		return nil
	}},
	{Name: "features for another viewer", Rule: audit.RuleFeatures, rows: forAnother},
	{Name: "the mirror root of another block", Rule: audit.RuleMirrorRoot, run: func(w *World, d *draft, _ *version) { d.MirrorRoot = w.town.before }},
	{Name: "the mirror root of other contents", Rule: audit.RuleMirrorRoot, run: func(_ *World, d *draft, _ *version) { d.MirrorRoot[0] ^= 1 }},
}

var logWays = []*way{
	{Name: "a hidden run", Rule: audit.RuleEntry, May: []audit.Rule{audit.RuleSequence}, reach: 1,
		log: func(e [][]byte, i int) { e[i] = []byte("nothing was ranked here") }},
	{Name: "a run that stands there twice", Rule: audit.RuleEntry, May: []audit.Rule{audit.RuleSequence}, reach: 1,
		log: func(e [][]byte, i int) { e[i] = e[i-1] }},
	{Name: "runs in another order", Rule: audit.RuleSequence, May: []audit.Rule{audit.RuleTicket}, reach: 2, // a reader may have the other's ticket
		log: func(e [][]byte, i int) { e[i], e[i+1] = e[i+1], e[i] }},
	{Name: "a run that was shown and left out", Rule: audit.RuleMerge, kept: true},
	{Name: "a head for others", Rule: audit.RuleEquivocates, fork: true},
}

// split is a log that one witness was shown, and nobody else: it cosigns no other.
var split = &way{Name: "another log for a witness", Rule: audit.RuleWitness, once: true}

var ticketWays = []*way{
	{Name: "a run on another block than its ticket's", Rule: audit.RuleTicket, ticket: func(w *World, t *zkcommit.Ticket) error {
		t.Block--
		return w.give(t)
	}},
	{Name: "two tickets of one number", Rule: audit.RuleTicket, ticket: func(w *World, t *zkcommit.Ticket) error {
		other := w.ticket(t.Seq)
		return errors.Join(w.give(t), w.give(other))
	}},
	{Name: "an abort of another ticket", Rule: audit.RuleTicket, abort: func(w *World, a *zkcommit.Abort) { a.Ticket[0] ^= 1 }},
	{Name: "a ticket aborted twice", Rule: audit.RuleEntry, May: []audit.Rule{audit.RuleTicket}, abort: func(w *World, a *zkcommit.Abort) { a.Ticket = w.endedBefore() }},
	{Name: "another node's abort", Rule: audit.RuleEntry, May: []audit.Rule{audit.RuleTicket},
		abort: func(_ *World, a *zkcommit.Abort) { a.Node = address(key("another node")) }},
	{Name: "an abort that hides a run", Rule: audit.RuleMerge, kept: true, abort: func(*World, *zkcommit.Abort) {}},
}

// dropped are tickets of numbers that the log does not reach.
var dropped = &way{Name: "a ticket that came to nothing", Rule: audit.RuleTicket, once: true}

var proofWays = []*way{
	{Name: "a forged proof", Rule: audit.RuleProof, bundle: func(w *World, b *zkcommit.Bundle) {
		b.Proof.Bytes[w.rand.IntN(len(b.Proof.Bytes))] ^= 1 << w.rand.IntN(8)
	}},
	{Name: "no proof", Rule: audit.RuleProof, all: true, bundle: unproved},
	{Name: "another run's proof", Rule: audit.RuleProof, bundle: func(w *World, b *zkcommit.Bundle) { b.Proof = w.spare.Proof }},
}

var bundleWays = []*way{
	{Name: "a replay under another viewer", Rule: audit.RuleBundle, bundle: func(_ *World, b *zkcommit.Bundle) { b.Viewer = graph.Address{1} }},
	{Name: "chosen features", Rule: audit.RuleBundle, May: []audit.Rule{audit.RuleProof, audit.RuleReplay},
		bundle: func(_ *World, b *zkcommit.Bundle) { b.Features[0][0]++ }},
	{Name: "other candidates", Rule: audit.RuleBundle, bundle: func(_ *World, b *zkcommit.Bundle) { b.Candidates[0].Author[0] ^= 0xff }},
	{Name: "another run's bundle", Rule: audit.RuleBundle, bundle: func(w *World, b *zkcommit.Bundle) { *b = *w.spare }},
	{Name: "a forged receipt", Rule: audit.RuleBundle, bundle: func(_ *World, b *zkcommit.Bundle) { b.Receipt.MergeDelay++ }},
}

// drawnWays are open to the node only where the draw after an anchor asks something of it.
var drawnWays = []*way{
	{Name: "a run that was drawn to be proved twice and is not", Rule: audit.RuleCross, bundle: func(*World, *zkcommit.Bundle) {},
		drawn: func(w *World, r *run, _ *drawn, _ zkcommit.Epoch) bool {
			return r.twice && w.foreign != nil && r.seq%2 == 0
		}},
	{Name: "two proof systems that differ", Rule: audit.RuleCross,
		drawn: func(w *World, r *run, _ *drawn, _ zkcommit.Epoch) bool {
			return r.twice && w.foreign != nil && r.seq%2 == 1
		},
		bundle: func(w *World, b *zkcommit.Bundle) { b.Dispute, b.DisputeKey = w.foreign.Dispute, w.foreign.DisputeKey }},
	{Name: "a run that only the node's own draw passes over", Rule: audit.RuleProof, bundle: unproved,
		drawn: func(_ *World, r *run, d *drawn, e zkcommit.Epoch) bool {
			return e.Mode == zkcommit.ProveSampled && r.owed && !d.own.Drawn(r.seq, e.Rate)
		}},
	{Name: "a drawn run without its proof", Rule: audit.RuleProof, bundle: unproved,
		drawn: func(_ *World, r *run, d *drawn, e zkcommit.Epoch) bool {
			return e.Mode == zkcommit.ProveSampled && r.owed && d.own.Drawn(r.seq, e.Rate)
		}},
}

// takenBack is an epoch announced once more, after its runs.
var takenBack = &way{Name: "a promise taken back", Rule: audit.RulePromise, once: true}

// forked is another log of promises for others.
var forked = &way{Name: "other promises for others", Rule: audit.RuleEquivocates, once: true}

var versionWays = []*way{
	{Name: "a model that does not open", Rule: audit.RuleReveal, version: func(w *World, _ *version) ([]byte, error) {
		b := make([]byte, 300)
		for i := range b {
			b[i] = byte(w.rand.Uint32())
		}
		return b, nil
	}},
	{Name: "a model that opens after its date", Rule: audit.RuleReveal, version: func(w *World, v *version) ([]byte, error) {
		return w.beacon.Lock(w.beacon.Round(v.revealBy.Add(30*24*time.Hour)), v.secret.Bytes())
	}},
	{Name: "another model than the committed one", Rule: audit.RuleReveal, version: another},
	{Name: "another model's registration", Rule: audit.RuleRegistered, register: true},
}
