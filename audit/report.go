package audit

import (
	"cmp"
	"slices"

	"candor/audit/fairness"
	"candor/graph"
)

// ReportVersion is the first key of every report.
const ReportVersion = "candor/audit/v1"

// Rule names what was broken, as docs/threats.md lists it.
type Rule string

// The rules that an audit checks.
const (
	RuleCheckpoint  Rule = "checkpoint"   // the log's head is signed, and the tree's
	RuleEntry       Rule = "log-entry"    // each entry is a run of this node, chain and registry
	RuleSequence    Rule = "sequence"     // runs follow each other without a gap
	RuleBlock       Rule = "block"        // a run's block is on the chain
	RuleModel       Rule = "active-model" // the model that was active at the block made the run
	RuleAnchor      Rule = "anchor"       // anchored heads are the log's own
	RuleMerge       Rule = "merge-delay"  // what a receipt promised is in the log
	RuleBundle      Rule = "bundle"       // a run's inputs, order and proof fit each other
	RuleProof       Rule = "proof"        // a promised proof is there, and proofs hold
	RuleReveal      Rule = "reveal"       // a committed model is public on its date
	RuleReplay      Rule = "replay"       // the revealed model gives the run's order
	RuleRegistered  Rule = "registration" // a model is registered before it is called proven
	RuleEquivocates Rule = "equivocation" // a node shows everybody the same log
	RuleCross       Rule = "cross-check"  // a run that is drawn to be proved twice has two proofs, and both hold
	RuleTicket      Rule = "ticket"       // a ticket's number is a run on its block, or an abort that names it
	RulePromise     Rule = "promise"      // what will be proved is announced once, before the runs
)

// Finding is one fault.
type Finding struct {
	Rule     Rule       `json:"rule"`
	Run      graph.Hash `json:"run,omitzero"`    // of one run
	Index    *uint64    `json:"index,omitempty"` // in the log
	Says     string     `json:"says"`            // one sentence
	Evidence string     `json:"evidence,omitempty"`
	File     string     `json:"-"` // of evidence that the chain takes, beside the report
}

// Share is how much of something was checked.
type Share struct {
	Checked uint64 `json:"checked"`
	Of      uint64 `json:"of"`
	Why     string `json:"why,omitempty"` // why the rest was not
}

// Report is the outcome of an audit. It holds no time of its own making: the same
// input gives the same bytes. Log, Block and Time say what the input was.
type Report struct {
	Version  string        `json:"version"`
	ChainID  uint64        `json:"chainId"`
	Genesis  graph.Hash    `json:"genesis"`
	Registry graph.Address `json:"registry"`
	Node     graph.Address `json:"node"`
	Plugin   graph.Hash    `json:"plugin,omitzero"` // zero: all
	Block    uint64        `json:"block"`           // the chain was read up to it
	// Time is the auditor's clock, in seconds: what is late is late by it. The chain's may
	// run ahead, or stand still.
	Time     uint64           `json:"time"`
	Log      Head             `json:"log"`
	Shares   map[string]Share `json:"shares"` // by what was checked
	Models   []Model          `json:"models"`
	Findings []Finding        `json:"findings"`
	// Fairness holds a section for each revealed version whose runs were replayed. Its
	// signs are no findings: a node that ranks by the committed model has kept its word.
	Fairness []*fairness.Section `json:"fairness"`
	Notes    []string            `json:"notes"` // what the reader should know beside
}

// Head is a log's head.
type Head struct {
	Origin string     `json:"origin"`
	Size   uint64     `json:"size"`
	Root   graph.Hash `json:"root"`
}

// Model is a committed version, and what became of it.
type Model struct {
	Plugin     graph.Hash `json:"plugin"`
	Version    uint32     `json:"version"`
	Commitment graph.Hash `json:"commitment"`
	RevealBy   uint64     `json:"revealBy"` // seconds; 0: it has no secret
	LostFrom   uint64     `json:"lostFrom"` // seconds; from then on an unrevealed model's bond is lost; 0: it has no secret
	Bond       string     `json:"bond"`     // wei that the chain holds
	State      string     `json:"state"`    // open (nothing is secret), secret, revealed, overdue
	Registered bool       `json:"registered"`
	Runs       uint64     `json:"runs"` // in the log
	Replayed   uint64     `json:"replayed"`
}

// Clean says whether nothing was found.
func (r *Report) Clean() bool { return len(r.Findings) == 0 }

// Unfair says whether a test of fairness shows a sign.
func (r *Report) Unfair() bool {
	return slices.ContainsFunc(r.Fairness, func(s *fairness.Section) bool { return s.Verdict == fairness.Sign })
}

// Find notes a fault.
func (r *Report) Find(f Finding) { r.Findings = append(r.Findings, f) }

// Sort puts findings and models into the order in which reports have them: by log
// position, then rule, then words.
func (r *Report) Sort() {
	at := func(f Finding) uint64 {
		if f.Index == nil {
			return 0
		}
		return *f.Index + 1
	}
	slices.SortFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(at(a), at(b)), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Says, b.Says))
	})
	slices.SortFunc(r.Models, func(a, b Model) int {
		return cmp.Or(slices.Compare(a.Plugin[:], b.Plugin[:]), cmp.Compare(a.Version, b.Version))
	})
	slices.SortStableFunc(r.Fairness, func(a, b *fairness.Section) int {
		return cmp.Or(slices.Compare(a.Plugin[:], b.Plugin[:]), cmp.Compare(a.Version, b.Version))
	})
	if r.Fairness == nil {
		r.Fairness = []*fairness.Section{}
	}
	if r.Findings == nil {
		r.Findings = []Finding{}
	}
	if r.Models == nil {
		r.Models = []Model{}
	}
	if r.Notes == nil {
		r.Notes = []string{}
	}
}
