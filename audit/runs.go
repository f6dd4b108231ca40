package audit

import (
	"errors"
	"fmt"
	"slices"

	"candor/graph"
	"candor/zkcommit"
)

// ProofDelay is how long after a run its proof may be missing, in seconds.
const ProofDelay = 600

// Runs checks the runs whose openings are at hand, against the log that a Walk has
// gone through.
type Runs struct {
	Report *Report
	Tools  zkcommit.Tools
	Models map[graph.Hash]*zkcommit.Model // the revealed ones, by their commitment
	Index  map[graph.Hash]uint64          // each logged run's entry
	Now    uint64                         // seconds: the newest block's time

	counts, proven, replayed, replayable uint64
	replays                              map[graph.Hash]uint64 // by commitment
	opened                               map[graph.Hash]bool   // those that count
	development                          bool                  // a proof rests on a development key
}

// Bundle checks one run: digests, selection, proof, and its order by the model once
// that is revealed. ask is the run that was asked for.
func (r *Runs) Bundle(ask graph.Hash, b *zkcommit.Bundle) {
	first := r.open(ask)
	f := b.Check(r.Tools)
	run, err := zkcommit.ParseRun(b.Run)
	if err != nil || run.ID() != ask {
		r.fault(RuleBundle, ask, "the node sent another run than the one asked for")
		return
	}
	for _, c := range f.Checks {
		switch {
		case c.OK:
		case c.Name == "proof" && b.Proof == nil:
			if due := run.Time + ProofDelay; r.Now > due {
				r.fault(RuleProof, ask, "the run has no proof %d seconds after it was made", r.Now-run.Time)
			}
		case c.Name == "proof" || c.Name == "registration" || c.Name == "dispute":
			r.fault(RuleProof, ask, "%s", c.Detail)
		default:
			r.fault(RuleBundle, ask, "%s: %s", c.Name, c.Detail)
		}
	}
	if first && f.Valid && b.Proof != nil {
		r.proven++
		r.development = r.development || f.Keys == "development"
	}
	r.receipt(&b.Receipt, run)
	r.replay(run, b, first)
}

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

// Broken notes that the node answered with what is no bundle.
func (r *Runs) Broken(ask graph.Hash, why error) {
	r.open(ask)
	r.fault(RuleBundle, ask, "the node's bundle cannot be read: %v", why)
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

func (r *Runs) receipt(c *zkcommit.Receipt, run *zkcommit.Run) {
	if c.Check(run.ID(), run) != nil {
		return // the bundle's check says so
	}
	if _, ok := r.Index[c.Run]; ok {
		return
	}
	if due := c.Time + uint64(c.MergeDelay); r.Now > due {
		r.Report.add(Finding{Rule: RuleMerge, Run: c.Run, Says: fmt.Sprintf("the node promised to log the run within %d seconds, and it is not there %d seconds later", c.MergeDelay, r.Now-c.Time),
			Evidence: fmt.Sprintf("%x", []byte(c.Signature))})
	}
}

func (r *Runs) replay(run *zkcommit.Run, b *zkcommit.Bundle, first bool) {
	m, ok := r.Models[run.Commitment]
	if !ok {
		return
	}
	if first {
		r.replayable++
	}
	if err := replay(m, b); err != nil {
		r.fault(RuleReplay, run.ID(), "%v", err)
		return
	}
	if !first {
		return
	}
	r.replayed++
	if r.replays == nil {
		r.replays = map[graph.Hash]uint64{}
	}
	r.replays[run.Commitment]++
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
	r.Report.Shares["proofs"] = Share{Checked: r.proven, Of: r.counts}
	r.Report.Shares["replays"] = Share{Checked: r.replayed, Of: r.replayable}
	if r.development {
		r.Report.Notes = append(r.Report.Notes, NoteDevelopment)
	}
	for i := range r.Report.Models {
		r.Report.Models[i].Replayed = r.replays[r.Report.Models[i].Commitment]
	}
}

func (r *Runs) fault(rule Rule, id graph.Hash, format string, args ...any) {
	f := Finding{Rule: rule, Run: id, Says: fmt.Sprintf(format, args...)}
	if i, ok := r.Index[id]; ok {
		f.Index = &i
	}
	r.Report.add(f)
}

// Committed is a version as the chain has it, with what it owes.
type Committed struct {
	Plugin     graph.Hash
	Version    uint32
	Commitment graph.Hash
	RevealBy   uint64 // seconds; 0: nothing is secret
	Revealed   bool   // the chain took its bytes
	Wrong      string // how its publisher broke the promise to reveal it
	Untried    string // why nobody could see here whether it opens, which may be no fault of its publisher
}

// Reveals states of each version whether it is public when it must be, at the time of
// the newest block. A model in Models is public however it came to be.
func (r *Runs) Reveals(w *Walk, all []Committed) {
	for _, c := range all {
		m := Model{Plugin: c.Plugin, Version: c.Version, Commitment: c.Commitment, RevealBy: c.RevealBy, Runs: w.Runs(c.Plugin, c.Version)}
		_, open := r.Models[c.Commitment]
		switch {
		case c.RevealBy == 0:
			m.State = "open"
		case open || c.Revealed:
			m.State = "revealed"
		case r.Now >= c.RevealBy:
			m.State = "overdue"
			if c.Wrong == "" {
				c.Wrong = fmt.Sprintf("version %d of plugin %s was to be revealed %d seconds ago", c.Version, short(c.Plugin), r.Now-c.RevealBy)
				if c.Untried != "" {
					c.Wrong += ", and it could not be tried whether it opens: " + c.Untried
				}
			}
		default:
			m.State = "secret"
		}
		// A bad ciphertext is one even if its publisher reveals the model in the end.
		if c.Wrong != "" {
			r.Report.add(Finding{Rule: RuleReveal, Says: c.Wrong, Evidence: c.Commitment.Hex()})
		}
		r.Report.Models = append(r.Report.Models, m)
	}
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
