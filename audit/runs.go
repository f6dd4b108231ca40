package audit

import (
	"errors"
	"fmt"
	"slices"

	"candor/graph"
	"candor/zkcommit"
)

// Runs checks the runs whose openings are at hand, against the log that a Walk has
// gone through.
type Runs struct {
	Report   *Report
	Tools    zkcommit.Tools
	Models   map[graph.Hash]*zkcommit.Model // the revealed ones, by their commitment
	Index    map[graph.Hash]uint64          // each logged run's entry
	Promises *Promises                      // nil: what was promised is not known, so that every run is owed its proof
	Rebuild  Rebuild                        // nil: the graph was not read again

	// Replayed hears once of each run that fits together and that a revealed model ranks again
	// as it was; may be nil.
	Replayed func(m *zkcommit.Model, run *zkcommit.Run, b *zkcommit.Bundle)

	counts, proven, excused, replayed, replayable uint64
	crossed, agree, undrawn                       uint64                // proven runs: drawn to be proved twice, proved twice, not known whether
	replays                                       map[graph.Hash]uint64 // by commitment
	opened                                        map[graph.Hash]bool   // those that count
	development                                   bool                  // a proof rests on a development key
	rebuilt                                       rebuilds
}

// Seen is what one bundle shows, before it counts.
type Seen struct {
	ask                  graph.Hash
	run                  *zkcommit.Run // nil: the bundle is of another run
	bundle               *zkcommit.Bundle
	sound                bool // all but its proofs fits together
	faults               []Finding
	proven, excused      bool
	crossed, agree       bool
	undrawn              bool
	replayable, replayed bool
	development          bool
	rebuilt              *Rebuilt // nil: the run's inputs were not compared
}

// Look checks one run: digests, selection, proof, and its order by the model once
// that is revealed. ask is the run that was asked for. It changes nothing and may be
// called by many goroutines at once; Take counts what it saw.
func (r *Runs) Look(ask graph.Hash, b *zkcommit.Bundle, t zkcommit.Tools) *Seen {
	s := &Seen{ask: ask}
	f := b.Check(t)
	run, err := zkcommit.ParseRun(b.Run)
	if err != nil || run.ID() != ask {
		s.fault(RuleBundle, "the node sent another run than the one asked for")
		return s
	}
	s.run, s.bundle, s.sound = run, b, true
	opens := true // the bundle fits the run's digests
	for _, c := range f.Checks {
		switch {
		case c.OK:
		case c.Name == "proof" && b.Proof == nil && b.Registration == nil && b.Dispute == nil:
			late, owed := r.Promises.owed(run)
			owed = owed && !b.Manifest.Manifest.Unproven()
			if s.excused = !owed; owed && r.Report.Time > late {
				s.fault(RuleProof, "the run has no proof %d seconds after it was made", r.Report.Time-run.Time)
			}
		case c.Name == "dispute" && slices.Contains(f.Proofs, zkcommit.RunProof):
			s.fault(RuleCross, "two proof systems differ on the run, so one of them is broken: its run proof holds, and of its dispute proof: %s", c.Detail)
		case c.Name == "proof" || c.Name == "registration" || c.Name == "dispute":
			s.fault(RuleProof, "%s", c.Detail)
		default:
			s.sound = false
			s.fault(RuleBundle, "%s: %s", c.Name, c.Detail)
			opens = opens && c.Name == "chain"
		}
	}
	if f.Valid && b.Proof != nil {
		s.proven, s.development = true, f.Keys == "development"
	}
	r.cross(s, b, f.Proofs)
	r.receipt(s, &b.Receipt)
	if m, ok := r.Models[run.Commitment]; ok {
		s.replayable = true
		if err := replay(m, b); err != nil {
			s.fault(RuleReplay, "%v", err)
		} else {
			s.replayed = true
		}
	}
	if opens && r.Rebuild != nil {
		s.rebuild(r.Rebuild(run, b))
	}
	return s
}

// cross holds a proven run that was drawn to be proved twice to having both proofs, if
// the dispute circuit is for such runs.
func (r *Runs) cross(s *Seen, b *zkcommit.Bundle, hold []string) {
	if n := len(b.Ranked); b.Proof == nil || s.run.Shape != zkcommit.Provable.ID() || n == 0 || n > zkcommit.K {
		return
	}
	late, drawn, known := r.Promises.crossed(s.run)
	s.crossed, s.undrawn = drawn, !known
	s.agree = drawn && slices.Contains(hold, zkcommit.RunProof) && slices.Contains(hold, zkcommit.DigestProof)
	if drawn && b.Dispute == nil && r.Report.Time > late {
		s.fault(RuleCross, "the run was drawn to be proved twice, and has no dispute proof %d seconds after it was due", r.Report.Time-late)
	}
}

// Refuse says that the proof, which Look took in good faith, does not hold.
func (s *Seen) Refuse(err error) {
	s.proven, s.agree, s.development = false, false, false
	s.fault(RuleProof, "%v", err)
}

func (s *Seen) fault(rule Rule, format string, args ...any) {
	s.faults = append(s.faults, Finding{Rule: rule, Run: s.ask, Says: fmt.Sprintf(format, args...)})
}

// Take counts what was seen, each run once.
func (r *Runs) Take(s *Seen) {
	first := r.open(s.ask)
	for _, f := range s.faults {
		if i, ok := r.Index[f.Run]; ok {
			f.Index = &i
		}
		r.Report.Find(f)
	}
	if s.run == nil || !first {
		return
	}
	count := func(n *uint64, is bool) {
		if is {
			*n++
		}
	}
	count(&r.proven, s.proven)
	count(&r.excused, s.excused)
	count(&r.crossed, s.crossed)
	count(&r.agree, s.agree)
	count(&r.undrawn, s.undrawn)
	count(&r.replayable, s.replayable)
	count(&r.replayed, s.replayed)
	r.development = r.development || s.development
	r.rebuilt.count(s.rebuilt)
	if s.replayed {
		if r.replays == nil {
			r.replays = map[graph.Hash]uint64{}
		}
		r.replays[s.run.Commitment]++
		if s.sound && r.Replayed != nil {
			r.Replayed(r.Models[s.run.Commitment], s.run, s.bundle)
		}
	}
}

// Bundle looks at one run and counts it.
func (r *Runs) Bundle(ask graph.Hash, b *zkcommit.Bundle) { r.Take(r.Look(ask, b, r.Tools)) }

// open counts a run of the log, once, however often it is shown.
func (r *Runs) open(id graph.Hash) (first bool) {
	if _, logged := r.Index[id]; !logged || r.opened[id] {
		return false
	}
	if r.opened == nil {
		r.opened = map[graph.Hash]bool{}
	}
	r.opened[id] = true
	r.counts++
	return true
}

// Broken is what is seen where the node answered with what is no bundle.
func Broken(ask graph.Hash, why error) *Seen {
	s := &Seen{ask: ask}
	s.fault(RuleBundle, "the node's bundle cannot be read: %v", why)
	return s
}

// Kept checks a bundle that a reader kept, and that what its receipt promises is in the
// log. Its error says that the node never signed this: then it says nothing about it.
func (r *Runs) Kept(b *zkcommit.Bundle) error {
	run, err := zkcommit.ParseRun(b.Run)
	if err != nil {
		return err
	}
	if run.Node != r.Report.Node {
		return fmt.Errorf("the run is of node %s, and the log is of node %s", run.Node, r.Report.Node)
	}
	if err := b.Receipt.Check(run.ID(), run); err != nil {
		return fmt.Errorf("the receipt is not the node's: %w", err)
	}
	r.Bundle(run.ID(), b)
	return nil
}

// receipt holds the node to the log entry that it promised.
func (r *Runs) receipt(s *Seen, c *zkcommit.Receipt) {
	if c.Check(s.run.ID(), s.run) != nil {
		return // the bundle's check says so
	}
	if _, ok := r.Index[c.Run]; ok {
		return
	}
	if due := c.Time + uint64(c.MergeDelay); r.Report.Time > due {
		s.fault(RuleMerge, "the node promised to log the run within %d seconds, and it is not there %d seconds later", c.MergeDelay, r.Report.Time-c.Time)
		s.faults[len(s.faults)-1].Evidence = fmt.Sprintf("%x", []byte(c.Signature))
	}
}

// replay ranks the run's posts again by the revealed model.
func replay(m *zkcommit.Model, b *zkcommit.Bundle) error {
	d := m.Shape.Inputs
	rows := make([]int8, 0, len(b.Features)*d)
	for _, line := range b.Features {
		if len(line) != d {
			return fmt.Errorf("a row of the run has %d features, and the revealed model reads %d", len(line), d)
		}
		for _, v := range line {
			rows = append(rows, int8(v))
		}
	}
	scores, err := m.Evaluate(rows)
	if err != nil {
		return err
	}
	if len(scores) != len(b.Ranked) {
		return errors.New("the run has another number of posts than of rows")
	}
	as := make([]graph.Score, len(scores))
	for i, s := range scores {
		as[i] = graph.Score(s)
	}
	for rank, i := range zkcommit.Order(b.Ranked, as) {
		if i != rank {
			return fmt.Errorf("the revealed model puts post %s at rank %d, the run at %d", b.Ranked[i], rank+1, i+1)
		}
	}
	return nil
}

// NoteDevelopment stands in reports that count such proofs.
const NoteDevelopment = "proofs rest on a development key: whoever made it can forge them"

// End says how much was checked. of is the number of runs in the log.
func (r *Runs) End(of uint64) {
	r.Report.Shares["openings"] = Share{Checked: r.counts, Of: of, Why: "runs of named viewers are opened by their readers only"}
	r.Report.Shares["proofs"] = Share{Checked: r.proven, Of: r.counts, Why: excuse(r.excused)}
	r.Report.Shares["replays"] = Share{Checked: r.replayed, Of: r.replayable}
	if r.Promises != nil {
		r.Report.Shares["crosses"] = Share{Checked: r.agree, Of: r.crossed, Why: "of the proven runs those that are drawn are proved twice, by two proof systems"}
	}
	if r.undrawn > 0 {
		r.Report.Notes = append(r.Report.Notes, fmt.Sprintf("whether %d proven runs were drawn to be proved twice is not known: their anchor, or the beacon's round after it, is not at hand", r.undrawn))
	}
	if r.Rebuild != nil {
		r.Report.Shares["rebuilt"] = r.rebuilt.share(r.counts)
	}
	if r.development {
		r.Report.Notes = append(r.Report.Notes, NoteDevelopment)
	}
	for i := range r.Report.Models {
		r.Report.Models[i].Replayed = r.replays[r.Report.Models[i].Commitment]
	}
}

// excuse says why runs have no proof though nobody is at fault.
func excuse(n uint64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d have none and are owed none: the node announced a sample, or that it proves on demand or not at all", n)
}

// Rules lists the rules that were broken, each once, for scripts.
func (r *Report) Rules() (all []Rule) {
	for _, f := range r.Findings {
		if !slices.Contains(all, f.Rule) {
			all = append(all, f.Rule)
		}
	}
	slices.Sort(all)
	return all
}
