package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"candor/audit"
	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/spf13/cobra"
)

// keptVersion is the first key of every kept receipt.
const keptVersion = "candor/kept/v1"

// kept is a page's receipt as a reader keeps it, in a file of its own.
type keptReceipt struct {
	Version string           `json:"version"`
	Kept    uint64           `json:"kept"` // seconds
	Opening graph.Hash       `json:"opening"`
	Receipt zkcommit.Receipt `json:"receipt"`
	Ticket  *zkcommit.Ticket `json:"ticket,omitempty"` // the promise before the run
	Run     hexutil.Bytes    `json:"run,omitempty"`    // canonical bytes, when the node gave them
}

// due is the second from which the run must be in the log.
func (k *keptReceipt) due() uint64 { return k.Receipt.Time + uint64(k.Receipt.MergeDelay) }

// keptDir is a directory of kept receipts: of each run ID.receipt.json, ID.bundle.json
// when the node gave one, ID.logged.json once it was found in the log, and
// ID.evidence.json when its promise was broken. No file is ever written anew.
type keptDir string

func (d keptDir) path(run graph.Hash, kind string) string {
	return filepath.Join(string(d), run.Hex()[2:]+"."+kind+".json")
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

// all are the kept receipts, oldest first. A file that somebody changed is an error: what
// it says may be wrong, and its neighbours' too.
func (d keptDir) all() (all []keptReceipt, err error) {
	names, err := filepath.Glob(filepath.Join(string(d), "*.receipt.json"))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		doc, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		k, err := parseKept(doc)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if name != d.path(k.Receipt.Run, "receipt") {
			return nil, fmt.Errorf("%s is of another run than its name says", name)
		}
		all = append(all, *k)
	}
	slices.SortFunc(all, func(a, b keptReceipt) int {
		if a.Receipt.Time != b.Receipt.Time {
			return int(int64(a.Receipt.Time) - int64(b.Receipt.Time))
		}
		return bytes.Compare(a.Receipt.Run[:], b.Receipt.Run[:])
	})
	return all, nil
}

// parseKept reads a kept receipt, and makes sure that its node signed it.
func parseKept(doc []byte) (*keptReceipt, error) {
	var k keptReceipt
	d := json.NewDecoder(bytes.NewReader(doc))
	d.DisallowUnknownFields()
	if err := d.Decode(&k); err != nil || k.Version != keptVersion {
		return nil, errors.New("this is no kept receipt: name the directory to which candor receipts keep wrote")
	}
	return &k, k.check()
}

func (k *keptReceipt) check() error {
	if k.Run != nil {
		run, err := zkcommit.ParseRun(k.Run)
		if err != nil {
			return err
		}
		if err := k.Receipt.Check(run.ID(), run); err != nil {
			return err
		}
	}
	if k.Receipt.MergeDelay > zkcommit.MaxMergeDelay {
		return fmt.Errorf("the receipt promises a log entry within %d seconds, and a promise is for %d at most", k.Receipt.MergeDelay, zkcommit.MaxMergeDelay)
	}
	return k.Receipt.Signed()
}

func receiptsCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "receipts",
		Short: "Keep the receipts of pages, and check that their runs were logged",
		Long: `Every page comes with a receipt: the node's signed promise that the run behind it is in
the public log within a stated delay. Keep them, and check later that the promises were
kept. Who left a run out can be shown to have done so by its receipt alone.`,
		Example: `  candor receipts keep --node http://127.0.0.1:8080 --ranker latest
  candor receipts check --node http://127.0.0.1:8080`,
		Args: known, RunE: help,
	}
	c.AddCommand(receiptsKeepCommand(), receiptsListCommand(), receiptsCheckCommand())
	return c
}

func receiptsKeepCommand() *cobra.Command {
	var dir, node, viewer, ranker string
	var filters []string
	c := &cobra.Command{
		Use:   "keep --node URL | keep BUNDLE…",
		Short: "Ask a node for a page and keep its receipt, or keep those of bundle files",
		Long: `Ask a node for a page and keep its receipt, with the run, its opening and the bundle that
candor verify checks; or keep the receipts of bundle files that you have. One file each,
and none is ever written anew.`,
		Example: `  candor receipts keep --node http://127.0.0.1:8080 --ranker latest
  candor receipts keep run-0123456789ab.json --dir receipts`,
		RunE: func(c *cobra.Command, args []string) error {
			if (node == "") == (len(args) == 0) {
				return errors.New("name a node with --node URL, or bundle files")
			}
			if node == "" {
				for _, name := range args {
					if err := keepBundle(c.OutOrStdout(), keptDir(dir), name); err != nil {
						return err
					}
				}
				return nil
			}
			q := url.Values{}
			for name, v := range map[string]string{"viewer": viewer, "ranker": ranker} {
				if v != "" {
					q.Set(name, v)
				}
			}
			q["filter"] = filters
			return keepPage(c, keptDir(dir), node, q)
		},
	}
	f := c.Flags()
	dirFlag(c, &dir)
	f.StringVar(&node, "node", "", "URL of the node to ask for a page")
	f.StringVar(&viewer, "viewer", "", "address of the viewer (0x…); by default nobody's page")
	f.StringVar(&ranker, "ranker", "", "id of the ranker; by default the node's choice")
	f.StringArrayVar(&filters, "filter", nil, "id of a filter; may be repeated")
	return c
}

func dirFlag(c *cobra.Command, dir *string) {
	c.Flags().StringVar(dir, "dir", "receipts", "directory in which receipts are kept")
}

// keepPage keeps the receipt of a page before anything else is asked: a node that gives no
// bundle is bound by it all the same.
func keepPage(c *cobra.Command, dir keptDir, node string, q url.Values) error {
	doc, err := fetch(c.Context(), node, "/api/v1/feed?"+q.Encode())
	if err != nil {
		return err
	}
	var page struct { // what else the page says is for its reader
		Run struct {
			ID      graph.Hash        `json:"id"`
			Opening graph.Hash        `json:"opening"`
			Receipt *zkcommit.Receipt `json:"receipt"`
			Ticket  *zkcommit.Ticket  `json:"ticket"`
		} `json:"run"`
	}
	if err := json.Unmarshal(doc, &page); err != nil {
		return fmt.Errorf("the node's page cannot be read: %w", err)
	}
	r := page.Run.Receipt
	if r == nil || r.Run != page.Run.ID {
		return errors.New("the page comes without a receipt for its run: the node promises nothing, do not trust it")
	}
	k := keptReceipt{Version: keptVersion, Kept: uint64(time.Now().Unix()), Opening: page.Run.Opening, Receipt: *r, Ticket: page.Run.Ticket}
	if err := k.check(); err != nil {
		return fmt.Errorf("the page's receipt binds nobody, do not trust the node: %w", err)
	}
	raw, why := fetch(c.Context(), node, "/api/v1/runs/"+r.Run.Hex()+"/bundle?opening="+k.Opening.Hex())
	var b *zkcommit.Bundle
	if why == nil {
		b, why = zkcommit.ParseBundle(raw)
	}
	if why == nil && audit.EntryID(b.Run) != r.Run {
		why = errors.New("it is of another run")
	}
	if why == nil {
		k.Run = b.Run
		if why = k.check(); why != nil {
			k.Run = nil
		}
	}
	if err := keepReceipt(c.OutOrStdout(), dir, k); err != nil {
		return err
	}
	if why != nil {
		fmt.Fprintf(c.ErrOrStderr(), "the node gave no bundle of the run, only the receipt is kept: %s\n", plain(why.Error()))
		return nil
	}
	_, err = dir.put(r.Run, "bundle", raw)
	return err
}

func keepBundle(w io.Writer, dir keptDir, name string) error {
	b, err := readKept(name)
	if err != nil {
		return err
	}
	k := keptReceipt{Version: keptVersion, Kept: uint64(time.Now().Unix()), Opening: b.Opening, Receipt: b.Receipt, Run: b.Run}
	if err := k.check(); err != nil {
		return fmt.Errorf("%s: its receipt binds nobody: %w", name, err)
	}
	if err := keepReceipt(w, dir, k); err != nil {
		return err
	}
	raw, err := os.ReadFile(name)
	if err == nil {
		_, err = dir.put(b.Receipt.Run, "bundle", raw)
	}
	return err
}

func keepReceipt(w io.Writer, dir keptDir, k keptReceipt) error {
	doc, err := json.MarshalIndent(k, "", "  ")
	if err != nil {
		return err
	}
	fresh, err := dir.put(k.Receipt.Run, "receipt", append(doc, '\n'))
	if err != nil {
		return err
	}
	what := "kept"
	if !fresh {
		what = "kept before"
	}
	_, err = fmt.Fprintf(w, "%s  run %s, number %d, promised by %s\n", what, k.Receipt.Run, k.Receipt.Seq, date(k.due()))
	return err
}

func date(seconds uint64) string {
	return time.Unix(int64(seconds), 0).UTC().Format("2006-01-02 15:04:05 UTC")
}

// The states of a promise.
const (
	promised = "promised" // not yet to be seen under a head that the node cannot take back
	logged   = "logged"   // under an anchored or witnessed head
	broken   = "broken"
)

// state is what became of a receipt.
type state struct {
	Run      graph.Hash    `json:"run"`
	Node     graph.Address `json:"node"`
	Seq      uint64        `json:"seq"`
	Due      uint64        `json:"due"` // seconds
	State    string        `json:"state"`
	Says     string        `json:"says,omitempty"`
	Evidence string        `json:"evidence,omitempty"` // file
}

func (d keptDir) stateOf(k *keptReceipt) state {
	s := state{Run: k.Receipt.Run, Node: k.Receipt.Node, Seq: k.Receipt.Seq, Due: k.due(), State: promised}
	if _, err := os.Stat(d.path(s.Run, "evidence")); err == nil {
		s.State, s.Evidence = broken, d.path(s.Run, "evidence")
	} else if _, err := os.Stat(d.path(s.Run, "logged")); err == nil {
		s.State = logged
	}
	return s
}

func receiptsListCommand() *cobra.Command {
	var dir string
	var asJSON bool
	c := &cobra.Command{
		Use:     "list",
		Short:   "List the kept receipts, as they were found when they were checked last",
		Example: `  candor receipts list --dir receipts`,
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			all, err := keptDir(dir).all()
			if err != nil {
				return err
			}
			states := make([]state, len(all))
			for i := range all {
				states[i] = keptDir(dir).stateOf(&all[i])
			}
			return printStates(c.OutOrStdout(), states, nil, asJSON)
		},
	}
	dirFlag(c, &dir)
	c.Flags().BoolVar(&asJSON, "json", false, "print them as JSON")
	return c
}

func printStates(w io.Writer, states []state, notes []string, asJSON bool) error {
	if asJSON {
		if notes == nil {
			notes = []string{}
		}
		return printJSON(w, struct {
			Receipts []state  `json:"receipts"`
			Notes    []string `json:"notes"`
		}{states, notes})
	}
	var s strings.Builder
	for _, x := range states {
		fmt.Fprintf(&s, "%-8s  run %s, number %d, promised by %s\n", strings.ToUpper(x.State), x.Run, x.Seq, date(x.Due))
		if x.Says != "" {
			fmt.Fprintf(&s, "          %s\n", plain(x.Says))
		}
		if x.Evidence != "" {
			fmt.Fprintf(&s, "          candor evidence submit %s\n", x.Evidence)
		}
	}
	for _, n := range notes {
		fmt.Fprintf(&s, "note      %s\n", n)
	}
	if len(states) == 0 {
		s.WriteString("No receipts are kept here: candor receipts keep --node URL\n")
	}
	_, err := io.WriteString(w, s.String())
	return err
}

// logged writes where the run was found, once.
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
		_, err = d.put(s.Run, "evidence", doc)
	}
	s.Evidence = d.path(s.Run, "evidence")
	return err
}
