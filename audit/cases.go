package audit

import (
	"bytes"
	"errors"

	"candor/graph"
	"candor/zkcommit"
)

// Source is where the entries of a log and their paths come from.
type Source interface {
	Entry(index uint64) ([]byte, error)
	// Path leads from the entry at the index to the root of the tree of that size.
	Path(index, size uint64) ([]graph.Hash, error)
}

// Promise is a run for which the node gave a receipt.
type Promise struct {
	Run     []byte // canonical bytes; nil: only the receipt is at hand
	Receipt *zkcommit.Receipt
}

// Cases makes, of what an audit found, the evidence that the chain takes. It makes none
// that does not hold.
type Cases struct {
	About    Case                   // chain, contracts, node and log of all of them
	Head     CaseHead               // of the log as it was audited
	Anchors  []Anchor               // in the order of the chain
	Log      Source                 // the log that was audited
	Index    map[graph.Hash]uint64  // each entry's, by its id
	Promised map[graph.Hash]Promise // by the run's id
	Tickets  []zkcommit.Ticket      // that the auditor was given
	Chain    CaseChain
}

// Of is the evidence for a finding; nil when the chain punishes no such fault, or the log
// shows too little of it. An error says that log or chain could not be asked.
func (c *Cases) Of(f Finding) (*Case, error) {
	all, err := c.candidates(f)
	if err != nil {
		return nil, err
	}
	for _, x := range all {
		_, err := x.Check(c.Chain)
		if errors.Is(err, ErrNotAsked) {
			return nil, err
		}
		if err == nil {
			x.Says = f.Says
			return x, nil
		}
	}
	return nil, nil
}

// candidates are what may hold, the most telling first.
func (c *Cases) candidates(f Finding) (all []*Case, err error) {
	switch {
	case f.Rule == RuleEquivocates:
		for _, a := range c.Anchors {
			if a.Size == c.Head.Size && a.Root != c.Head.Root {
				all = append(all, c.of(FaultTwoHeads, func(x *Case) { x.Heads = []CaseHead{{Size: a.Size, Root: a.Root}, c.Head} }))
			}
		}
	case f.Rule == RuleMerge:
		return c.promises(f.Run)
	case f.Rule == RuleTicket && f.Index != nil:
		return c.tickets(*f.Index), nil
	case f.Index != nil && (f.Rule == RuleSequence || f.Rule == RuleEntry || f.Rule == RuleModel):
		return c.at(*f.Index)
	}
	return all, nil
}

// at are the faults that the entry at an index may show.
func (c *Cases) at(index uint64) (all []*Case, err error) {
	entry, err := c.Log.Entry(index)
	if err != nil {
		return nil, err
	}
	e, err := c.vouch(index, entry)
	if err != nil || e == nil {
		return nil, err
	}
	one := []CaseEntry{*e}
	all = append(all, c.of(FaultMisplaced, func(x *Case) { x.Entries = one }), c.of(FaultWrongModel, func(x *Case) { x.Entries = one }),
		c.of(FaultGap, func(x *Case) { x.Entries = one }))
	if run, err := zkcommit.ParseRun(entry); err == nil {
		if at, ok := c.Index[run.Previous]; ok {
			before, err := c.Log.Entry(at)
			if err != nil {
				return nil, err
			}
			all = append(all, c.of(FaultGap, func(x *Case) { x.Entries, x.Previous = one, before }))
		}
	}
	return all, nil
}

// promises are the faults that a receipt for a run may show which the log does not have:
// another entry has its number, or none has and the node must show it.
func (c *Cases) promises(run graph.Hash) (all []*Case, err error) {
	p, ok := c.Promised[run]
	if !ok {
		return nil, nil
	}
	r := p.Receipt
	if p.Run != nil && r.Seq < c.Head.Size {
		entry, err := c.Log.Entry(r.Seq)
		if err != nil {
			return nil, err
		}
		e, err := c.vouch(r.Seq, entry)
		if err != nil {
			return nil, err
		}
		if e != nil {
			all = append(all, c.of(FaultTwoEntries, func(x *Case) { x.Entries = []CaseEntry{{Entry: p.Run, Index: r.Seq, Receipt: r}, *e} }))
		}
	}
	return append(all, c.of(FaultUnanswered, func(x *Case) { x.Receipt = r })), nil
}

// tickets are the faults that the tickets of a number may show: there are two of them, or
// the node must show how one ended.
func (c *Cases) tickets(seq uint64) (all []*Case) {
	var given []zkcommit.Ticket
	for _, t := range c.Tickets {
		if t.Seq == seq {
			given = append(given, t)
		}
	}
	for i := range given {
		for j := range i {
			all = append(all, c.of(FaultTwoTickets, func(x *Case) { x.Tickets = []zkcommit.Ticket{given[j], given[i]} }))
		}
	}
	for i := range given {
		all = append(all, c.of(FaultUnanswered, func(x *Case) { x.Tickets = given[i : i+1] }))
	}
	return all
}

// Fork is the evidence that the log has another leaf at an index than in a head that the
// node vouched for earlier; nil when it has the same.
func (c *Cases) Fork(old CaseEntry) (*Case, error) {
	if old.Index >= c.Head.Size {
		return nil, nil
	}
	entry, err := c.Log.Entry(old.Index)
	if err != nil || bytes.Equal(entry, old.Entry) {
		return nil, err
	}
	e, err := c.vouch(old.Index, entry)
	if err != nil || e == nil {
		return nil, err
	}
	x := c.of(FaultFork, func(x *Case) { x.Entries = []CaseEntry{old, *e} })
	if _, err := x.Check(c.Chain); errors.Is(err, ErrNotAsked) {
		return nil, err
	} else if err != nil {
		return nil, nil
	}
	return x, nil
}

func (c *Cases) of(f NodeFault, with func(*Case)) *Case {
	x := c.About
	x.Version, x.Fault = CaseVersion, f
	with(&x)
	return &x
}

// vouch finds a head of the node under which the log has the entry: one that it anchored,
// or else its newest, if its account signed that. Nil when there is neither.
func (c *Cases) vouch(index uint64, entry []byte) (*CaseEntry, error) {
	var heads []CaseHead
	for i := len(c.Anchors) - 1; i >= 0; i-- {
		if a := c.Anchors[i]; a.Size > index && a.Size <= c.Head.Size {
			heads = append(heads, CaseHead{Size: a.Size, Root: a.Root})
		}
	}
	if n := len(heads); n > 2 { // of a log that forked, an early anchor may hold where a late one does not
		heads = []CaseHead{heads[0], heads[n-1]}
	}
	if c.Head.Signature != nil && c.Head.Size > index {
		heads = append(heads, c.Head)
	}
	for _, h := range heads {
		path, err := c.Log.Path(index, h.Size)
		if err != nil {
			return nil, err
		}
		if e := (&CaseEntry{Entry: entry, Index: index, Head: &h, Path: path}); e.Included() == nil {
			return e, nil
		}
	}
	return nil, nil
}
