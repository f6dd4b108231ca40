package year

import (
	"fmt"
	"slices"
	"time"

	"candor/audit"
	selection "candor/feeds/select"
	"candor/graph"
	"candor/zkcommit"
)

// way is one way to break the rules. Of the functions each has one; what it breaks is
// named by its rule, and may show under others, too.
type way struct {
	Name string
	Rule audit.Rule
	May  []audit.Rule

	run        func(*World, *draft, *version)                  // before the run is frozen
	log        func(entries [][]byte, i int)                   // what the log gets
	bundle     func(*World, *zkcommit.Bundle)                  // what is served of a run that is as it should be
	version    func(*World, *version) (sealed []byte, _ error) // a publisher's ciphertext
	register   bool                                            // another model's registration stands on the chain
	fork       bool                                            // the chain gets another head
	older      bool                                            // the model before the active one ranks
	kept       bool                                            // the run was shown, and another one is logged
	unprovable bool                                            // there is no proof of it
	public     bool                                            // only of a model that is revealed within the year
	reach      uint64                                          // how many entries behind it show it, too
}

// ways are all of them: those that docs/threats.md names and an audit of a log finds.
var ways = []*way{
	{Name: "another model than the active one", Rule: audit.RuleModel, May: []audit.Rule{audit.RuleBundle}, older: true},
	{Name: "a block off the chain", Rule: audit.RuleBlock, May: []audit.Rule{audit.RuleBundle},
		run: func(_ *World, d *draft, _ *version) { d.BlockHash[0] ^= 1 }},
	{Name: "an order that is not the model's", Rule: audit.RuleProof, May: []audit.Rule{audit.RuleReplay}, unprovable: true, run: misorder},
	{Name: "an order that is not the revealed model's, node and publisher together", Rule: audit.RuleReplay, May: []audit.Rule{audit.RuleProof},
		unprovable: true, public: true, run: misorder},
	{Name: "another selection than the rule's", Rule: audit.RuleBundle,
		run: func(_ *World, d *draft, _ *version) { s := d.record.Served; s[0], s[len(s)-1] = s[len(s)-1], s[0] }},
	{Name: "a candidate that is not ranked", Rule: audit.RuleBundle, May: []audit.Rule{audit.RuleProof}, run: omit},
	{Name: "another node's run", Rule: audit.RuleEntry, May: []audit.Rule{audit.RuleBundle}, run: func(_ *World, d *draft, _ *version) {
		d.signer = key("another node")
		d.Node = address(d.signer)
	}},

	{Name: "a hidden run", Rule: audit.RuleEntry, May: []audit.Rule{audit.RuleSequence}, reach: 1,
		log: func(e [][]byte, i int) { e[i] = []byte("nothing was ranked here") }},
	{Name: "a run that stands there twice", Rule: audit.RuleEntry, May: []audit.Rule{audit.RuleSequence}, reach: 1,
		log: func(e [][]byte, i int) { e[i] = e[i-1] }},
	{Name: "runs in another order", Rule: audit.RuleSequence, reach: 2,
		log: func(e [][]byte, i int) { e[i], e[i+1] = e[i+1], e[i] }},
	{Name: "a run that was shown and left out", Rule: audit.RuleMerge, kept: true},
	{Name: "a head for others", Rule: audit.RuleEquivocates, fork: true},

	{Name: "a forged proof", Rule: audit.RuleProof, bundle: func(w *World, b *zkcommit.Bundle) {
		b.Proof.Bytes[w.rand.IntN(len(b.Proof.Bytes))] ^= 1 << w.rand.IntN(8)
	}},
	{Name: "no proof", Rule: audit.RuleProof, bundle: func(_ *World, b *zkcommit.Bundle) {
		b.Proof, b.Registration, b.RegistrationKey = nil, nil, nil
	}},
	{Name: "another run's proof", Rule: audit.RuleProof, bundle: func(w *World, b *zkcommit.Bundle) {
		b.Proof = w.spare.Proof
	}},
	{Name: "a replay under another viewer", Rule: audit.RuleBundle, bundle: func(_ *World, b *zkcommit.Bundle) { b.Viewer = graph.Address{1} }},
	{Name: "chosen features", Rule: audit.RuleBundle, May: []audit.Rule{audit.RuleProof, audit.RuleReplay},
		bundle: func(_ *World, b *zkcommit.Bundle) { b.Features[0][0]++ }},
	{Name: "other candidates", Rule: audit.RuleBundle, bundle: func(_ *World, b *zkcommit.Bundle) {
		b.Candidates[0].Author[0] ^= 0xff
	}},
	{Name: "another run's bundle", Rule: audit.RuleBundle, bundle: func(w *World, b *zkcommit.Bundle) { *b = *w.spare }},
	{Name: "a forged receipt", Rule: audit.RuleBundle, bundle: func(_ *World, b *zkcommit.Bundle) { b.Receipt.MergeDelay++ }},

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

// another locks another model than the version committed to.
func another(w *World, v *version) ([]byte, error) {
	return w.beacon.Lock(w.beacon.Round(v.revealBy), w.invent().Bytes())
}

// misorder puts a post above one that the model likes better.
func misorder(_ *World, d *draft, _ *version) {
	r := d.record
	for i := range len(r.Ranked) - 1 {
		if d.scores[i] != d.scores[i+1] {
			r.Ranked[i], r.Ranked[i+1] = r.Ranked[i+1], r.Ranked[i]
			r.Rows[i], r.Rows[i+1] = r.Rows[i+1], r.Rows[i]
			break
		}
	}
	serve(r)
}

// omit leaves out the post that the model likes best.
func omit(_ *World, d *draft, _ *version) {
	r := d.record
	r.Ranked, r.Rows = r.Ranked[1:], r.Rows[1:]
	serve(r)
}

// serve selects anew what the ranked order gives.
func serve(r *zkcommit.Record) {
	by := map[graph.PostID]graph.Candidate{}
	for _, c := range r.Candidates {
		by[c.Post] = c
	}
	ranked := make([]graph.Candidate, len(r.Ranked))
	for i, id := range r.Ranked {
		ranked[i] = by[id]
	}
	served, err := selection.Select(r.Rule, ranked)
	if err != nil {
		panic(err) // the rule is one of the house's
	}
	r.Served = served
}

// place is a publisher's version.
type place struct{ publisher, version int }

// spacing keeps lies apart in the log, so that what one brings about hits no other.
const spacing = 4

// plan draws which runs, versions and anchors are tampered with, and how.
func (w *World) plan() error {
	share := func(of int) int { return max(1, of*w.Size.Permille/1000) }
	part := w.Size.Runs / w.Size.Versions
	var slots []int
	for i := part + 1; i < w.Size.Runs-spacing; i++ { // the first part has no older model
		if i%spacing == 1 && i%part > 0 && i%part < part-spacing {
			slots = append(slots, i)
		}
	}
	w.rand.Shuffle(len(slots), func(i, j int) { slots[i], slots[j] = slots[j], slots[i] })
	public := func(i int) bool { return i < w.Size.Runs/2 }
	w.planned, w.lies, w.forks = map[int]*way{}, map[place]*way{}, map[int]*way{}
	liars := w.rand.Perm(w.Size.Publishers)
	for _, x := range ways {
		switch {
		case x.fork:
			for _, part := range w.rand.Perm(w.Size.Versions)[:share(w.Size.Versions)] {
				w.forks[part] = x
			}
		case x.version != nil || x.register:
			for range share(w.Size.Publishers * w.Size.Versions) {
				if len(liars) == 0 {
					return fmt.Errorf("%d publishers are too few for all lies about models", w.Size.Publishers)
				}
				// The last version, since who owes a reveal commits to nothing new.
				w.lies[place{liars[0], w.Size.Versions - 1}] = x
				liars = liars[1:]
			}
		default:
			for range share(w.Size.Runs) {
				at := slices.IndexFunc(slots, func(i int) bool { return !x.public || public(i) })
				if at < 0 {
					return fmt.Errorf("%d runs are too few for all lies", w.Size.Runs)
				}
				w.planned[slots[at]] = x
				slots = slices.Delete(slots, at, at+1)
			}
		}
	}
	return nil
}

// Tampering is one lie, and by what the audit may know it.
type Tampering struct {
	Way  string
	Rule audit.Rule
	May  []audit.Rule

	Run         graph.Hash
	First, Last uint64 // entries of the log; both zero: none
	Commitment  graph.Hash
	Root        graph.Hash
	Found       bool
}

func (w *World) tampered(x *way, t *Tampering) {
	t.Way, t.Rule, t.May = x.Name, x.Rule, x.May
	w.Tampered = append(w.Tampered, t)
}

// explains says whether the finding is about what was tampered with.
func (t *Tampering) explains(f audit.Finding) bool {
	if f.Rule != t.Rule && !slices.Contains(t.May, f.Rule) {
		return false
	}
	switch {
	case t.Commitment != (graph.Hash{}):
		return f.Evidence == t.Commitment.Hex()
	case t.Root != (graph.Hash{}):
		return f.Evidence == t.Root.Hex()
	case f.Run == t.Run && f.HasRun():
		return true
	}
	return t.Last > 0 && f.Index != nil && t.First <= *f.Index && *f.Index <= t.Last
}

// Judge compares what an audit found with what was tampered with: it marks the lies that
// were found under their names, and gives the findings that nobody's lie explains.
func (w *World) Judge(r *audit.Report) (found int, alarms []audit.Finding) {
	for _, f := range r.Findings {
		explained := false
		for _, t := range w.Tampered {
			if t.explains(f) {
				explained = true
				t.Found = t.Found || f.Rule == t.Rule
			}
		}
		if !explained {
			alarms = append(alarms, f)
		}
	}
	for _, t := range w.Tampered {
		if t.Found {
			found++
		}
	}
	return found, alarms
}
