package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
)

// CaseVersion is the first key of every evidence file.
const CaseVersion = "candor/evidence/v1"

// MaxCase is the most bytes that an evidence file may have.
const MaxCase = 512 << 10

// NodeFault is one of those for which the RunLog contract takes a node's bond.
type NodeFault string

// The faults, in the contract's order.
const (
	FaultUnanswered NodeFault = "unanswered"  // a promised entry is not shown when it is demanded
	FaultTwoHeads   NodeFault = "two-heads"   // two roots of one size of one log
	FaultFork       NodeFault = "fork"        // two leaves at one index
	FaultTwoEntries NodeFault = "two-entries" // two entries of one lane and number
	FaultGap        NodeFault = "gap"         // an entry does not follow the one before it
	FaultMisplaced  NodeFault = "misplaced"   // an entry at another index than its number
	FaultWrongModel NodeFault = "wrong-model" // a run of another model than the active one
	FaultTwoTickets NodeFault = "two-tickets" // two tickets of one lane and number
)

// Case is a fault of a node as a file that anyone can check, and bring to the chain:
// statements that the node's account signed or anchored, and that contradict each other
// or the chain.
type Case struct {
	Version  string            `json:"version"`
	Fault    NodeFault         `json:"fault"`
	Says     string            `json:"says"` // one sentence, for people; nothing rests on it
	ChainID  uint64            `json:"chainId"`
	Registry graph.Address     `json:"registry"`
	RunLog   graph.Address     `json:"runLog"`
	Node     graph.Address     `json:"node"`
	Origin   string            `json:"origin"`             // of its log
	Heads    []CaseHead        `json:"heads,omitempty"`    // two, of two-heads
	Entries  []CaseEntry       `json:"entries,omitempty"`  // two of fork and two-entries, one of gap, misplaced and wrong-model
	Previous hexutil.Bytes     `json:"previous,omitempty"` // of a gap: what the run names as the entry before it; none: that is zero
	Receipt  *zkcommit.Receipt `json:"receipt,omitempty"`  // of unanswered
	Tickets  []zkcommit.Ticket `json:"tickets,omitempty"`  // one of unanswered, without a receipt; two of two-tickets
}

// CaseHead is a head of the log for which the node vouches.
type CaseHead struct {
	Size      uint64        `json:"size"`
	Root      graph.Hash    `json:"root"`
	Signature hexutil.Bytes `json:"signature,omitempty"` // of the node's account; none: the node anchored the head
}

// CaseEntry is an entry of the log for which the node vouches: by a head whose tree has
// it at the index, or by a receipt for it.
type CaseEntry struct {
	Entry   hexutil.Bytes     `json:"entry"`
	Index   uint64            `json:"index"`
	Head    *CaseHead         `json:"head,omitempty"`
	Path    []graph.Hash      `json:"path,omitempty"` // to the head's root (RFC 6962)
	Receipt *zkcommit.Receipt `json:"receipt,omitempty"`
}

// CaseChain answers what a case rests on and only the chain knows.
type CaseChain interface {
	// AnchoredRoot is the root that the node anchored for the size; zero for none.
	AnchoredRoot(node graph.Address, origin string, size uint64) (graph.Hash, error)
	// WasActive is whether the version was its plugin's active one at the block, and what
	// it committed to.
	WasActive(plugin graph.Hash, version uint32, block uint64) (active bool, commitment graph.Hash, err error)
	// Successor is who took the node's place; zero for nobody.
	Successor(node graph.Address) (graph.Address, error)
}

// ErrNotAsked says that the chain did not answer: nothing is known about the case.
var ErrNotAsked = errors.New("the chain could not be asked")

// ParseCase reads an evidence file in its one spelling; white space is free.
func ParseCase(doc []byte) (*Case, error) {
	if len(doc) > MaxCase {
		return nil, fmt.Errorf("this is no evidence: it has %d bytes, a file of it has at most %d", len(doc), MaxCase)
	}
	var c Case
	d := json.NewDecoder(bytes.NewReader(doc))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return nil, fmt.Errorf("this is no evidence: %w", err)
	}
	if c.Version != CaseVersion {
		return nil, fmt.Errorf("this is no evidence: its version is %.40q, not %q", c.Version, CaseVersion)
	}
	again, err := c.JSON()
	if err != nil {
		return nil, err
	}
	var flat, want bytes.Buffer
	if json.Compact(&flat, doc) != nil || json.Compact(&want, again) != nil || !bytes.Equal(flat.Bytes(), want.Bytes()) {
		return nil, errors.New("the evidence is not in canonical form: keys are repeated or out of order, or a number or hex has a second spelling")
	}
	return &c, nil
}

// JSON is the file's one spelling.
func (c *Case) JSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(c)
	return b.Bytes(), err
}

// Check says whether the case shows its fault, by the contract's rules. What rests on the
// chain is asked of it; with a nil chain it is assumed, and returned in words. An error
// says why the case shows no fault, or is ErrNotAsked.
func (c *Case) Check(ask CaseChain) (assumed []string, err error) {
	k := &checker{Case: c, chain: ask, domain: zkcommit.RunLogDomain(c.ChainID, c.RunLog)}
	if err := c.shape(); err != nil {
		return nil, err
	}
	switch c.Fault {
	case FaultUnanswered:
		err = k.unanswered()
	case FaultTwoHeads:
		err = k.twoHeads()
	case FaultFork:
		err = k.fork()
	case FaultTwoEntries:
		err = k.twoEntries()
	case FaultGap:
		err = k.gap()
	case FaultMisplaced:
		err = k.misplaced()
	case FaultWrongModel:
		err = k.wrongModel()
	case FaultTwoTickets:
		err = k.twoTickets()
	}
	return k.assumed, err
}

// shape refuses fields that a fault does not have, so that nothing in a file is unchecked.
func (c *Case) shape() error {
	type parts struct{ heads, entries, receipts, tickets int }
	has := parts{len(c.Heads), len(c.Entries), 0, len(c.Tickets)}
	if c.Receipt != nil {
		has.receipts = 1
	}
	want := map[NodeFault][]parts{
		FaultUnanswered: {{receipts: 1}, {tickets: 1}}, FaultTwoHeads: {{heads: 2}}, FaultFork: {{entries: 2}}, FaultTwoEntries: {{entries: 2}},
		FaultGap: {{entries: 1}}, FaultMisplaced: {{entries: 1}}, FaultWrongModel: {{entries: 1}}, FaultTwoTickets: {{tickets: 2}},
	}[c.Fault]
	if want == nil {
		return fmt.Errorf("%.40q is no fault for which the contract takes a bond", c.Fault)
	}
	if !slices.Contains(want, has) || c.Previous != nil && c.Fault != FaultGap {
		return fmt.Errorf("evidence of %s has other parts than these: see docs/audit.md", c.Fault)
	}
	if c.Node == (graph.Address{}) {
		return errors.New("the evidence names no node")
	}
	return nil
}

// checker checks one case as the contract would.
type checker struct {
	*Case
	chain   CaseChain
	domain  zkcommit.Domain
	assumed []string
}

var errNoFault = errors.New("the statements do not contradict each other")

func (k *checker) unanswered() error {
	if k.Receipt == nil {
		t := &k.Tickets[0]
		if t.Node != k.Node {
			return errors.New("the ticket is another node's")
		}
		return t.Check(k.domain)
	}
	if k.Receipt.Node != k.Node {
		return errors.New("the receipt is another node's")
	}
	return k.Receipt.Signed()
}

func (k *checker) twoHeads() error {
	a, b := k.Heads[0], k.Heads[1]
	if a.Size != b.Size || a.Root == b.Root {
		return errNoFault
	}
	return errors.Join(k.head(a), k.head(b))
}

func (k *checker) fork() error {
	a, b := k.Entries[0], k.Entries[1]
	if a.Index != b.Index || bytes.Equal(a.Entry, b.Entry) {
		return errNoFault
	}
	return errors.Join(k.holds(a), k.holds(b))
}

func (k *checker) twoEntries() error {
	a, err := k.vouched(k.Entries[0])
	if err != nil {
		return err
	}
	b, err := k.vouched(k.Entries[1])
	if err != nil {
		return err
	}
	if a != b || bytes.Equal(k.Entries[0].Entry, k.Entries[1].Entry) {
		return errNoFault
	}
	return nil
}

func (k *checker) gap() error {
	run, err := zkcommit.ParseRun(k.Entries[0].Entry)
	if err != nil {
		return err
	}
	at, err := k.vouched(k.Entries[0])
	if err != nil {
		return err
	}
	if len(k.Previous) == 0 {
		if (at.seq == 0) == (run.Previous == graph.Hash{}) {
			return errNoFault
		}
		return nil
	}
	if sha256.Sum256(k.Previous) != run.Previous {
		return errors.New("the run names another entry as the one before it")
	}
	before, ok := k.place(k.Previous)
	if !ok {
		if _, err := zkcommit.ParseRun(k.Previous); err != nil {
			return errors.New("what the run names as the entry before it is none that a contract reads")
		}
		return nil // a run of another chain or Registry
	}
	if before.lane != at.lane || at.seq == 0 || before.seq != at.seq-1 {
		return nil
	}
	if before.node == at.node {
		return errNoFault
	}
	if k.chain == nil {
		k.assumed = append(k.assumed, fmt.Sprintf("that node %s did not take the place of node %s", at.node, before.node))
		return nil
	}
	next, err := k.chain.Successor(before.node)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotAsked, err)
	}
	if next == at.node {
		return errNoFault
	}
	return nil
}

func (k *checker) misplaced() error {
	e := k.Entries[0]
	at, ok := k.place(e.Entry)
	if !ok || at.node != k.Node {
		return errors.New("the entry is no run or abort of this node, chain and Registry")
	}
	if at.seq == e.Index {
		return errNoFault
	}
	return k.holds(e)
}

func (k *checker) wrongModel() error {
	run, err := zkcommit.ParseRun(k.Entries[0].Entry)
	if err != nil {
		return err
	}
	if _, err := k.vouched(k.Entries[0]); err != nil {
		return err
	}
	if k.chain == nil {
		k.assumed = append(k.assumed, fmt.Sprintf("that version %d of plugin %s, with commitment %s, was not active at block %d", run.Version, run.Plugin, run.Commitment, run.Block))
		return nil
	}
	active, commitment, err := k.chain.WasActive(run.Plugin, run.Version, run.Block)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotAsked, err)
	}
	if active && commitment == run.Commitment {
		return errNoFault
	}
	return nil
}

func (k *checker) twoTickets() error {
	a, b := &k.Tickets[0], &k.Tickets[1]
	if a.Node != k.Node || b.Node != k.Node || a.Lane != b.Lane || a.Seq != b.Seq || a.ID() == b.ID() {
		return errNoFault
	}
	return errors.Join(a.Check(k.domain), b.Check(k.domain))
}

// place is whose entry of which lane and number something is.
type place struct {
	node graph.Address
	lane uint32
	seq  uint64
}

// place reads an entry as the contract does; not ok when it is neither a run nor an
// abort of the case's chain and Registry.
func (k *checker) place(entry []byte) (p place, ok bool) {
	run, abort, err := zkcommit.ParseEntry(entry)
	switch {
	case err != nil:
	case run != nil:
		return place{run.Node, run.Lane, run.Seq}, run.ChainID == k.ChainID && run.Registry == k.Registry
	case abort != nil:
		return place{abort.Node, abort.Lane, abort.Seq}, abort.ChainID == k.ChainID && abort.Registry == k.Registry
	}
	return p, false
}

// vouched is the place of an entry for which its node vouches.
func (k *checker) vouched(e CaseEntry) (place, error) {
	at, ok := k.place(e.Entry)
	if !ok || at.node != k.Node {
		return at, errors.New("the entry is no run or abort of this node, chain and Registry")
	}
	if e.Index != at.seq {
		return at, errors.New("the entry's index is not its number: that is another fault")
	}
	if r := e.Receipt; r != nil {
		if e.Head != nil || e.Path != nil || r.Run != sha256.Sum256(e.Entry) || r.Node != at.node || r.Lane != at.lane || r.Seq != at.seq {
			return at, errors.New("the receipt is for another entry")
		}
		return at, r.Signed()
	}
	return at, k.holds(e)
}

// holds checks that the node vouches for a head whose tree has the entry at its index.
func (k *checker) holds(e CaseEntry) error {
	if e.Head == nil || e.Receipt != nil || len(e.Path) > 64 {
		return errors.New("the entry needs a head of the log, and a path of at most 64 hashes to it")
	}
	if err := e.Included(); err != nil {
		return err
	}
	return k.head(*e.Head)
}

// Included checks that the head's tree has the entry at its index.
func (e *CaseEntry) Included() error {
	path := make([][]byte, len(e.Path))
	for i := range e.Path {
		path[i] = e.Path[i][:]
	}
	if err := proof.VerifyInclusion(rfc6962.DefaultHasher, e.Index, e.Head.Size, rfc6962.DefaultHasher.HashLeaf(e.Entry), path, e.Head.Root[:]); err != nil {
		return fmt.Errorf("the tree of %d entries does not have the entry at %d: %w", e.Head.Size, e.Index, err)
	}
	return nil
}

// head checks that the node signed or anchored the head.
func (k *checker) head(h CaseHead) error {
	if h.Signature != nil {
		if !(zkcommit.Heads{Origin: k.Origin, Node: k.Node, Domain: k.domain}).Signed(h.Size, h.Root, h.Signature) {
			return fmt.Errorf("the head of %d entries is not signed by the account of node %s", h.Size, k.Node)
		}
		return nil
	}
	if k.chain == nil {
		k.assumed = append(k.assumed, fmt.Sprintf("that the node anchored the root %s for %d entries", h.Root, h.Size))
		return nil
	}
	root, err := k.chain.AnchoredRoot(k.Node, k.Origin, h.Size)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotAsked, err)
	}
	if root != h.Root || root == (graph.Hash{}) {
		return fmt.Errorf("the node did not anchor the root %s for %d entries", h.Root, h.Size)
	}
	return nil
}

// EntryID is the id of an entry of a log, of a run or an abort: the SHA-256 of its bytes.
func EntryID(entry []byte) graph.Hash { return sha256.Sum256(entry) }
