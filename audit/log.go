package audit

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"candor/graph"
	"candor/zkcommit"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"
)

// Anchor is a head that the node put on the chain.
type Anchor struct {
	Size  uint64
	Root  graph.Hash
	Block uint64 // of the anchor
}

// Chain is what an audit of a log asks of the chain. An error of its methods is a
// failure to ask; what the chain does not know comes back as false.
type Chain interface {
	Identity() (chainID uint64, genesis graph.Hash, registry graph.Address)
	// BlockHash is the hash of the block of that number.
	BlockHash(number uint64) (hash graph.Hash, known bool, err error)
	// Active is what the plugin's version that is active at the block committed to.
	Active(plugin graph.Hash, block uint64) (version uint32, commitment, shape graph.Hash, known bool, err error)
}

// Walk goes through a log from its first entry and checks what shows without any
// opening: that the entries are the tree that was signed and anchored, that each is a
// run of this node by the model that the chain demands, or an abort that ends a ticket,
// and that none is missing.
type Walk struct {
	Report *Report
	Chain  Chain

	tree     *compact.Range
	anchors  []Anchor // those not reached yet, by size
	previous graph.Hash
	time     uint64
	blocks   map[uint64]graph.Hash // those asked for; zero: not on the chain
	models   map[modelAt]active
	counts   map[model]uint64
	runs     map[graph.Hash]uint64 // index of each run and abort
	tickets  map[graph.Hash]uint64 // index of each ticket's abort
	aborts   map[zkcommit.Reason]uint64
}

type modelAt struct {
	plugin graph.Hash
	block  uint64
}

type model struct {
	plugin  graph.Hash
	version uint32
}

type active struct {
	version           uint32
	commitment, shape graph.Hash
	known             bool
}

// NewWalk begins a walk; anchors are those of the log, in the order of the chain.
func NewWalk(r *Report, c Chain, anchors []Anchor) *Walk {
	r.ChainID, r.Genesis, r.Registry = c.Identity()
	if r.Shares == nil {
		r.Shares = map[string]Share{}
	}
	w := &Walk{Report: r, Chain: c, blocks: map[uint64]graph.Hash{}, models: map[modelAt]active{}, counts: map[model]uint64{}, runs: map[graph.Hash]uint64{},
		tickets: map[graph.Hash]uint64{}, aborts: map[zkcommit.Reason]uint64{}}
	w.tree = (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
	size := uint64(0)
	for _, a := range anchors {
		switch {
		case a.Size <= size:
			r.Find(Finding{Rule: RuleAnchor, Says: fmt.Sprintf("the anchor of block %d has %d entries, not more than the one before it", a.Block, a.Size)})
		case a.Size > r.Log.Size:
			r.Find(Finding{Rule: RuleEquivocates, Says: fmt.Sprintf("the node anchored a log of %d entries at block %d and shows one of %d", a.Size, a.Block, r.Log.Size),
				Evidence: a.Root.Hex()})
		default:
			w.anchors = append(w.anchors, a)
			size = a.Size
		}
	}
	r.Shares["anchors"] = Share{Of: uint64(len(anchors))}
	return w
}

// Entry takes the log's next entry. Its error says that the chain cannot be asked;
// faults go into the report.
func (w *Walk) Entry(entry []byte) error {
	index := w.tree.End()
	if err := w.tree.Append(rfc6962.DefaultHasher.HashLeaf(entry), nil); err != nil {
		return err
	}
	fault := func(rule Rule, id graph.Hash, format string, args ...any) {
		w.Report.Find(Finding{Rule: rule, Run: id, Index: &index, Says: fmt.Sprintf(format, args...)})
	}
	run, abort, err := zkcommit.ParseEntry(entry)
	switch {
	case err != nil:
		fault(RuleEntry, graph.Hash{}, "the entry is neither run nor abort: %v", err)
		w.previous = graph.Hash{}
	case abort != nil:
		w.abort(index, abort, fault)
	default:
		if err := w.run(index, run, fault); err != nil {
			return err
		}
	}
	return w.reach(index + 1)
}

// faulty notes a fault of the entry that is at hand.
type faulty func(rule Rule, id graph.Hash, format string, args ...any)

// abort checks an abort: whose it is, and that its ticket ends once.
func (w *Walk) abort(index uint64, a *zkcommit.Abort, fault faulty) {
	id := a.ID()
	if a.ChainID != w.Report.ChainID || a.Registry != w.Report.Registry || a.Node != w.Report.Node {
		fault(RuleEntry, id, "the abort is of another chain, registry or node than the log's")
	}
	if first, twice := w.tickets[a.Ticket]; twice {
		fault(RuleEntry, id, "the ticket %s is aborted twice, first as entry %d", short(a.Ticket), first)
	}
	w.tickets[a.Ticket] = index
	w.runs[id] = index
	w.aborts[a.Reason]++
	w.follows(index, "abort", id, a.Seq, a.Previous, fault)
}

// follows checks the entry's number, and that it names the one before it.
func (w *Walk) follows(index uint64, what string, id graph.Hash, seq uint64, previous graph.Hash, fault faulty) {
	if seq != index {
		fault(RuleSequence, id, "the %s has the number %d and is entry %d", what, seq, index)
	}
	if previous != w.previous {
		fault(RuleSequence, id, "the %s follows %s, and the entry before it is %s", what, short(previous), short(w.previous))
	}
	w.previous = id
}

// run checks a run: whose it is, that it comes once, and that the model that was active
// at its block made it.
func (w *Walk) run(index uint64, run *zkcommit.Run, fault faulty) error {
	id := run.ID()
	if first, twice := w.runs[id]; twice {
		fault(RuleEntry, id, "the run stands in the log twice, first as entry %d", first)
	}
	w.runs[id] = index
	if run.ChainID != w.Report.ChainID || run.Genesis != w.Report.Genesis || run.Registry != w.Report.Registry || run.Node != w.Report.Node {
		fault(RuleEntry, id, "the run is of another chain, registry or node than the log's")
	}
	w.follows(index, "run", id, run.Seq, run.Previous, fault)
	if run.Time < w.time {
		fault(RuleSequence, id, "the run is older than the one before it")
	}
	w.time = max(w.time, run.Time)
	hash, err := w.block(run.Block)
	if err != nil {
		return err
	}
	a, err := w.active(run.Plugin, run.Block)
	if err != nil {
		return err
	}
	switch {
	case hash != run.BlockHash: // which model was active there, nobody knows
		fault(RuleBlock, id, "the run was made on a block %d that is not on the chain", run.Block)
	case !a.known:
		fault(RuleModel, id, "the chain knows no active version of the run's ranker at block %d", run.Block)
	case a.version != run.Version || a.commitment != run.Commitment || a.shape != run.Shape:
		fault(RuleModel, id, "the run names version %d, and version %d was active at block %d", run.Version, a.version, run.Block)
	}
	w.counts[model{run.Plugin, run.Version}]++
	return nil
}

// reach compares the tree with what was anchored at its size.
func (w *Walk) reach(size uint64) error {
	for len(w.anchors) > 0 && w.anchors[0].Size == size {
		a := w.anchors[0]
		w.anchors = w.anchors[1:]
		root, err := w.root()
		if err != nil {
			return err
		}
		s := w.Report.Shares["anchors"]
		s.Checked++
		w.Report.Shares["anchors"] = s
		if root != a.Root {
			w.Report.Find(Finding{Rule: RuleEquivocates, Says: fmt.Sprintf("the log's first %d entries are not those that the node anchored at block %d", size, a.Block),
				Evidence: a.Root.Hex()})
		}
	}
	return nil
}

// End compares the whole tree with the signed head. Ids of runs and aborts, and
// their entries, are returned for Receipts.
func (w *Walk) End() (map[graph.Hash]uint64, error) {
	size := w.tree.End()
	root, err := w.root()
	if err != nil {
		return nil, err
	}
	if size != w.Report.Log.Size || root != w.Report.Log.Root {
		w.Report.Find(Finding{Rule: RuleCheckpoint, Says: fmt.Sprintf("the log's %d entries are not the tree that its checkpoint of %d entries signs", size, w.Report.Log.Size),
			Evidence: w.Report.Log.Root.Hex()})
	}
	w.Report.Shares["entries"] = Share{Checked: size, Of: w.Report.Log.Size}
	w.Report.Shares["aborts"] = w.aborted(size)
	return w.runs, nil
}

// Runs is how many runs of a version are in the log.
func (w *Walk) Runs(plugin graph.Hash, version uint32) uint64 {
	return w.counts[model{plugin, version}]
}

// aborted is how many of the log's entries are aborts, and for which reasons.
func (w *Walk) aborted(size uint64) Share {
	s := Share{Of: size}
	var why []string
	for _, r := range slices.Sorted(maps.Keys(w.aborts)) {
		s.Checked += w.aborts[r]
		why = append(why, fmt.Sprintf("%d %s", w.aborts[r], r))
	}
	s.Why = strings.Join(why, ", ")
	return s
}

func (w *Walk) root() (h graph.Hash, err error) {
	if w.tree.End() == 0 {
		return graph.Hash(rfc6962.DefaultHasher.EmptyRoot()), nil
	}
	raw, err := w.tree.GetRootHash(nil)
	if err == nil && len(raw) != len(h) {
		err = errors.New("the tree's root is not 32 bytes")
	}
	if err != nil {
		return h, err
	}
	return graph.Hash(raw), nil
}

func (w *Walk) block(number uint64) (graph.Hash, error) {
	if h, ok := w.blocks[number]; ok {
		return h, nil
	}
	h, known, err := w.Chain.BlockHash(number)
	if err != nil {
		return h, err
	}
	if !known {
		h = graph.Hash{}
	}
	w.blocks[number] = h
	return h, nil
}

func (w *Walk) active(plugin graph.Hash, block uint64) (a active, err error) {
	key := modelAt{plugin, block}
	if a, ok := w.models[key]; ok {
		return a, nil
	}
	a.version, a.commitment, a.shape, a.known, err = w.Chain.Active(plugin, block)
	if err == nil {
		w.models[key] = a
	}
	return a, err
}

func short(h graph.Hash) string {
	if h == (graph.Hash{}) {
		return "none"
	}
	return h.Hex()[:10]
}
