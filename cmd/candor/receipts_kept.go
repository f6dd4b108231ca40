package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"candor/audit"
	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

// keptVersion is the first key of every kept receipt.
const keptVersion = "candor/kept/v1"

// keptReceipt is a node's promise as a reader keeps it: a page's receipt, or the ticket of
// a run that was aborted. The web client keeps and exports the same.
type keptReceipt struct {
	Version string            `json:"version"`
	Kept    uint64            `json:"kept"` // seconds
	Opening graph.Hash        `json:"opening,omitzero"`
	Receipt *zkcommit.Receipt `json:"receipt,omitempty"`
	Ticket  *zkcommit.Ticket  `json:"ticket,omitempty"` // the promise before the run
	Run     hexutil.Bytes     `json:"run,omitempty"`    // canonical bytes, when the node gave them
}

// id is the run's or, where there is none, the ticket's.
func (k *keptReceipt) id() graph.Hash {
	if k.Receipt == nil {
		return k.Ticket.ID()
	}
	return k.Receipt.Run
}

// kind is the name of its file.
func (k *keptReceipt) kind() string {
	if k.Receipt == nil {
		return "ticket"
	}
	return "receipt"
}

func (k *keptReceipt) node() graph.Address {
	if k.Receipt == nil {
		return k.Ticket.Node
	}
	return k.Receipt.Node
}

func (k *keptReceipt) seq() uint64 {
	if k.Receipt == nil {
		return k.Ticket.Seq
	}
	return k.Receipt.Seq
}

// due is the second from which the entry must be in the log.
func (k *keptReceipt) due() uint64 {
	if k.Receipt == nil {
		return k.Ticket.Due()
	}
	return k.Receipt.Time + uint64(k.Receipt.MergeDelay)
}

// keeps says whether the entry is the one that was promised.
func (k *keptReceipt) keeps(entry []byte) bool {
	if k.Receipt == nil {
		return k.Ticket.Ends(entry) == nil
	}
	return audit.EntryID(entry) == k.Receipt.Run
}

// keptDir is a directory of kept promises: of each run ID.receipt.json, of a run that was
// aborted ID.ticket.json, ID.bundle.json when the node gave one, ID.logged.json once it was
// found in the log, and ID.evidence.json when its promise was broken. No file is ever
// written anew.
type keptDir string

func (d keptDir) path(id graph.Hash, kind string) string {
	return filepath.Join(string(d), id.Hex()[2:]+"."+kind+".json")
}

// put writes a file that is not there yet; fresh is false when it is.
func (d keptDir) put(run graph.Hash, kind string, doc []byte) (fresh bool, err error) {
	path := d.path(run, kind)
	if _, err := os.Stat(path); err == nil {
		return false, nil
	}
	if err := os.MkdirAll(string(d), 0o755); err != nil {
		return false, fmt.Errorf("the receipt cannot be kept: %w", err)
	}
	if err := writeFile(path, doc); err != nil {
		return false, fmt.Errorf("the receipt cannot be kept: %w", err)
	}
	return true, nil
}

// all are the kept promises, those first that fall due first. A file that somebody changed is an error: what
// it says may be wrong, and its neighbours' too.
func (d keptDir) all() (all []keptReceipt, err error) {
	names, err := filepath.Glob(filepath.Join(string(d), "*.receipt.json"))
	if err != nil {
		return nil, err
	}
	tickets, err := filepath.Glob(filepath.Join(string(d), "*.ticket.json"))
	if err != nil {
		return nil, err
	}
	for _, name := range append(names, tickets...) {
		doc, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		k, err := parseKept(doc)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if name != d.path(k.id(), k.kind()) {
			return nil, fmt.Errorf("%s is of another run than its name says", name)
		}
		all = append(all, *k)
	}
	slices.SortFunc(all, func(a, b keptReceipt) int {
		x, y := a.id(), b.id()
		return cmp.Or(cmp.Compare(a.due(), b.due()), bytes.Compare(x[:], y[:]))
	})
	return all, nil
}

// parseKept reads a kept promise, and makes sure that its node signed the receipt. Whose a
// ticket is shows when its chain is known.
func parseKept(doc []byte) (*keptReceipt, error) {
	var k keptReceipt
	d := json.NewDecoder(bytes.NewReader(doc))
	d.DisallowUnknownFields()
	if err := d.Decode(&k); err != nil || k.Version != keptVersion || k.Receipt == nil && k.Ticket == nil {
		return nil, errors.New("this is no kept receipt: name the directory to which candor receipts keep wrote")
	}
	return &k, k.check()
}

func (k *keptReceipt) check() error {
	if t := k.Ticket; t != nil && (t.Delay > zkcommit.MaxMergeDelay || t.Time > 1<<62) {
		return fmt.Errorf("the ticket promises a log entry within %d seconds of second %d, and a promise is for %d at most", t.Delay, t.Time, zkcommit.MaxMergeDelay)
	}
	if k.Receipt == nil {
		if k.Run != nil {
			return errors.New("a run without its receipt is no promise")
		}
		return nil
	}
	if k.Run != nil {
		run, err := zkcommit.ParseRun(k.Run)
		if err != nil {
			return err
		}
		if err := k.Receipt.Check(run.ID(), run); err != nil {
			return err
		}
	}
	if k.Receipt.MergeDelay > zkcommit.MaxMergeDelay || k.Receipt.Time > 1<<62 {
		return fmt.Errorf("the receipt promises a log entry within %d seconds, and a promise is for %d at most", k.Receipt.MergeDelay, zkcommit.MaxMergeDelay)
	}
	return k.Receipt.Signed()
}

// mostKept bounds a file of kept promises.
const (
	mostKept  = 10_000
	mostBytes = 64 << 20
)

// parseExport reads kept promises one behind another: what the web client exports, or one
// file of a directory.
func parseExport(doc []byte) (all []keptReceipt, err error) {
	d := json.NewDecoder(bytes.NewReader(doc))
	for len(all) < mostKept {
		var one json.RawMessage
		if err := d.Decode(&one); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("what stands behind %d kept promises cannot be read: %w", len(all), err)
		}
		k, err := parseKept(one)
		if err != nil {
			return nil, fmt.Errorf("number %d: %w", len(all)+1, err)
		}
		all = append(all, *k)
	}
	return nil, fmt.Errorf("more than %d promises are too many for one file", mostKept)
}

// isKept says whether a file begins as one of kept promises does.
func isKept(doc []byte) bool {
	var first struct{ Version string }
	return json.NewDecoder(bytes.NewReader(doc)).Decode(&first) == nil && first.Version == keptVersion
}

// The states of a promise.
const (
	promised = "promised" // not yet to be seen under a head that the node cannot take back
	logged   = "logged"   // under an anchored or witnessed head
	broken   = "broken"
)

// state is what became of a promise.
type state struct {
	Run      graph.Hash    `json:"run,omitzero"`
	Ticket   graph.Hash    `json:"ticket,omitzero"` // of a run that was aborted
	Node     graph.Address `json:"node"`
	Seq      uint64        `json:"seq"`
	Due      uint64        `json:"due"` // seconds
	State    string        `json:"state"`
	Says     string        `json:"says,omitempty"`
	Evidence string        `json:"evidence,omitempty"` // file
}

// id names its files.
func (s *state) id() graph.Hash {
	if s.Run == (graph.Hash{}) {
		return s.Ticket
	}
	return s.Run
}

func (d keptDir) stateOf(k *keptReceipt) state {
	s := state{Node: k.node(), Seq: k.seq(), Due: k.due(), State: promised}
	if k.Receipt == nil {
		s.Ticket = k.id()
	} else {
		s.Run = k.id()
	}
	if _, err := os.Stat(d.path(k.id(), "evidence")); err == nil {
		s.State, s.Evidence = broken, d.path(k.id(), "evidence")
	} else if _, err := os.Stat(d.path(k.id(), "logged")); err == nil {
		s.State = logged
	}
	return s
}

// found writes where the entry was found, once.
func (d keptDir) found(run graph.Hash, e audit.CaseEntry) error {
	doc, err := json.MarshalIndent(e, "", "  ")
	if err == nil {
		_, err = d.put(run, "logged", append(doc, '\n'))
	}
	return err
}

// foundBefore is where the run was found earlier; nil when it was not.
func (d keptDir) foundBefore(run graph.Hash) (*audit.CaseEntry, error) {
	doc, err := os.ReadFile(d.path(run, "logged"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var e audit.CaseEntry
	if err == nil {
		err = json.Unmarshal(doc, &e)
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read, remove it: %w", d.path(run, "logged"), err)
	}
	return &e, nil
}

// breaks writes the evidence, once, and says so.
func (d keptDir) breaks(s *state, x *audit.Case, says string) error {
	s.State, s.Says = broken, says
	if x == nil {
		return nil
	}
	x.Says = says
	doc, err := x.JSON()
	if err == nil {
		_, err = d.put(s.id(), "evidence", doc)
	}
	s.Evidence = d.path(s.id(), "evidence")
	return err
}
