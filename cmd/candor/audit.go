package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"candor/audit"
	selection "candor/feeds/select"
	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/chain"
	"candor/zkcommit/tlog"
	"candor/zkcommit/verify"

	"github.com/ethereum/go-ethereum/common"
	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

type auditFlags struct {
	node, rpc, log, registry, plugin, out string
	receipts, beacons                     []string
	gateway                               string
	asJSON                                bool
}

func auditCommand() *cobra.Command {
	var fl auditFlags
	c := &cobra.Command{
		Use:   "audit",
		Short: "Check all that a node logged: runs, models, proofs, reveals",
		Long: `Check all that a node logged, from public data. With --node alone, chain and log are
those that the node names; with --rpc, --registry and --log they are yours, and nothing
rests on the node's word.

Checked are the log against its signed head and every anchor on the chain; each run
against the one before it, the chain's block and the model that was active there; the
bundles of all runs whose openings are public, with their proofs; each committed model's
date; and, once a model is revealed, the order of every such run by that model again.
Runs of named viewers are opened by their readers: give their receipts with --receipt.

The report says how much of each was checked. It goes to --out as report.json and
report.html; the same input gives the same bytes on every machine.

Exit status: 0 nothing found, 1 something found, 2 the audit could not be made.`,
		Example: `  candor audit --node http://127.0.0.1:8080 --out report
  candor audit --rpc http://127.0.0.1:8545 --registry 0x… --log http://127.0.0.1:8080/log/ --plugin 0x…`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return runAudit(c, fl) },
	}
	f := c.Flags()
	f.StringVar(&fl.node, "node", "", "URL of the node, which names its chain and log")
	f.StringVar(&fl.rpc, "rpc", "", "JSON-RPC endpoint of a chain node that you trust")
	f.StringVar(&fl.log, "log", "", "URL of the node's log")
	f.StringVar(&fl.registry, "registry", "", "address of the Registry that you trust (0x…); by default the one that the log's runs name, which the report says")
	f.StringVar(&fl.plugin, "plugin", "", "id of one plugin (0x…); by default all")
	f.StringVar(&fl.out, "out", "", "directory to write report.json and report.html to")
	f.StringArrayVar(&fl.receipts, "receipt", nil, "bundle file of a run that you were shown; may be repeated")
	f.StringSliceVar(&fl.beacons, "beacon", nil, "URL of a beacon of the network that models are locked to; drand's quicknet needs none")
	f.StringVar(&fl.gateway, "ipfs", "", "URL of an IPFS gateway, for ciphertexts that are too large for the chain")
	f.BoolVar(&fl.asJSON, "json", false, "print the report as JSON")
	return c
}

// answerTime is how long a server may take for one answer.
const answerTime = 30 * time.Second

// subject is whom an audit is about, and where to ask.
type subject struct {
	node     string // URL; empty when nobody serves bundles
	log      *tlog.Reader
	head     tlog.Checkpoint
	chain    *chain.Auditing
	address  graph.Address
	onWord   bool // chain and log are the node's own
	onLog    bool // the log itself named the Registry
	endpoint string
	beacons  []string // that open models on their dates; none: drand's quicknet
	gateway  string   // of IPFS, for ciphertexts too large for the chain
}

func runAudit(c *cobra.Command, fl auditFlags) error {
	ctx := c.Context()
	s, err := openSubject(ctx, fl)
	if err != nil {
		return err
	}
	defer s.chain.Trust.Close()
	var plugin graph.Hash
	if fl.plugin != "" {
		if err := plugin.UnmarshalText([]byte(fl.plugin)); err != nil {
			return fmt.Errorf("%q is no plugin's id: send 0x and 64 hexadecimal digits", fl.plugin)
		}
	}
	r, err := s.audit(ctx, plugin, fl.receipts, c.ErrOrStderr())
	if err != nil {
		return err
	}
	if fl.out != "" {
		if err := writeReport(fl.out, r); err != nil {
			return err
		}
	}
	if fl.asJSON {
		err = printJSON(c.OutOrStdout(), r)
	} else {
		err = printReport(c.OutOrStdout(), r, fl.out)
	}
	if err == nil && !r.Clean() {
		return exit{1}
	}
	return err
}

// openSubject finds chain, log and node. A log's first run names the rest.
func openSubject(ctx context.Context, fl auditFlags) (*subject, error) {
	s := &subject{node: fl.node, beacons: fl.beacons, gateway: fl.gateway}
	if fl.node != "" {
		b, err := fetch(ctx, fl.node, "/api/v1/chain")
		if err != nil {
			return nil, err
		}
		var facts struct {
			RPC, Log  string
			Contracts struct{ Registry graph.Address }
		}
		if err := json.Unmarshal(b, &facts); err != nil {
			return nil, fmt.Errorf("the node's /api/v1/chain cannot be read: %w", err)
		}
		if fl.rpc == "" {
			fl.rpc, s.onWord = facts.RPC, true
			if s.beacons == nil {
				s.beacons = ownBeacons(b)
			}
			if fl.registry == "" {
				fl.registry = facts.Contracts.Registry.Hex()
			}
		}
		if fl.log == "" {
			fl.log = strings.TrimSuffix(fl.node, "/") + "/log/"
		}
	}
	if fl.rpc == "" || fl.log == "" {
		return nil, errors.New("name the chain with --rpc and the log with --log, or the node that has both with --node")
	}
	raw, origin, err := checkpointOf(ctx, fl.log)
	if err != nil {
		return nil, err
	}
	first, err := firstRun(ctx, fl.log, origin)
	if err != nil {
		return nil, err
	}
	registry := first.Registry
	s.onLog = fl.registry == ""
	if fl.registry != "" {
		if !common.IsHexAddress(fl.registry) {
			return nil, fmt.Errorf("%q is no address of a Registry: send 0x and 40 hexadecimal digits", fl.registry)
		}
		registry = common.HexToAddress(fl.registry)
	}
	if s.chain, err = chain.OpenAuditing(ctx, fl.rpc, registry); err != nil {
		return nil, err
	}
	s.address = first.Node
	if err := oneLog(origin, s.address); err != nil {
		s.chain.Trust.Close()
		return nil, err
	}
	n, known, err := s.chain.Calls.Node(ctx, s.address)
	if err == nil && !known {
		err = fmt.Errorf("the Registry at %s knows no node %s, whose runs the log holds: name your Registry with --registry", registry, s.address)
	}
	if err != nil {
		s.chain.Trust.Close()
		return nil, err
	}
	if s.node == "" {
		s.node = n.URL
	}
	// The key is the chain's, so that a log cannot bring its own.
	v := tlog.Verifier{Origin: origin, Key: n.LogKey[:]}
	s.log = tlog.Remote(fl.log, v, nil)
	if s.head, err = v.Open(raw); err != nil {
		s.chain.Trust.Close()
		return nil, fmt.Errorf("the log's head does not carry the signature of the key that the chain has for node %s: %w", s.address, err)
	}
	return s, nil
}

// oneLog refuses a log of another name than the node's: a second log would have no
// anchors to contradict it.
func oneLog(origin string, node graph.Address) error {
	if want := originOf(node); origin != want {
		return fmt.Errorf("the log calls itself %.100q, and the log of node %s is %q: it may be one made for you, name the other with --log", origin, node, want)
	}
	return nil
}

// checkpointOf reads a log's newest head, unchecked, and the name that it gives itself.
func checkpointOf(ctx context.Context, log string) (raw []byte, origin string, err error) {
	raw, err = get(ctx, strings.TrimSuffix(log, "/")+"/checkpoint", 64<<10)
	if err != nil {
		return nil, "", err
	}
	origin, _, _ = strings.Cut(string(raw), "\n")
	return raw, origin, nil
}

// firstRun is the log's first entry, unchecked.
func firstRun(ctx context.Context, log, origin string) (*zkcommit.Run, error) {
	raw, _, err := checkpointOf(ctx, log)
	if err != nil {
		return nil, err
	}
	var size uint64
	if lines := strings.SplitN(string(raw), "\n", 3); len(lines) == 3 {
		if _, err := fmt.Sscan(lines[1], &size); err != nil {
			return nil, errors.New("the log's head states no size")
		}
	}
	if size == 0 {
		return nil, errors.New("the log is empty: there is nothing to audit yet")
	}
	entry, err := tlog.Remote(log, tlog.Verifier{Origin: origin}, nil).Entry(ctx, 0, size)
	if err != nil {
		return nil, err
	}
	run, err := zkcommit.ParseRun(entry)
	if err != nil {
		return nil, fmt.Errorf("the log's first entry: %w", err)
	}
	return run, nil
}

// refused is an answer of a server that is none.
type refused struct {
	url, status string
	code        int
}

func (r refused) Error() string { return fmt.Sprintf("%s answers %s", r.url, plain(r.status)) }

func get(ctx context.Context, url string, limit int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, fmt.Errorf("%q is no URL", url)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("%s does not answer: check the URL", url)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, refused{url, res.Status, res.StatusCode}
	}
	return io.ReadAll(io.LimitReader(res.Body, limit))
}

func (s *subject) audit(ctx context.Context, plugin graph.Hash, receipts []string, progress io.Writer) (*audit.Report, error) {
	r := &audit.Report{Version: audit.ReportVersion, Node: s.address, Plugin: plugin,
		Log: audit.Head{Origin: s.head.Origin, Size: s.head.Size, Root: s.head.Root}}
	block, now, err := s.chain.Head(ctx)
	if err != nil {
		return nil, err
	}
	r.Block = block
	anchored, err := s.chain.Calls.Anchors(ctx, s.address, s.head.Origin)
	if err != nil {
		return nil, err
	}
	anchors := make([]audit.Anchor, len(anchored))
	for i, a := range anchored {
		anchors[i] = audit.Anchor{Size: a.Size, Root: a.Root, Block: a.Block}
	}
	walk := audit.NewWalk(r, s.chain, anchors)
	var runs []graph.Hash // of the plugin
	show, end := countBar(progress, "log", int64(s.head.Size))
	err = s.log.Entries(ctx, s.head.Size, func(i uint64, entry []byte) error {
		show(i + 1)
		if run, err := zkcommit.ParseRun(entry); err == nil && (plugin == graph.Hash{} || run.Plugin == plugin) {
			runs = append(runs, run.ID())
		}
		return walk.Entry(entry)
	})
	end()
	if err != nil {
		return nil, err
	}
	index, err := walk.End()
	if err != nil {
		return nil, err
	}
	check := &audit.Runs{Report: r, Index: index, Now: now, Models: map[graph.Hash]*zkcommit.Model{},
		Tools: auditTools(s.chain)}
	if err := s.models(ctx, check, walk, plugin); err != nil {
		return nil, err
	}
	if err := s.runs(ctx, check, runs, progress); err != nil {
		return nil, err
	}
	for _, name := range receipts {
		if err := kept(check, name); err != nil {
			return nil, err
		}
	}
	if err := s.chain.Trust.Failed(); err != nil { // which is no finding about the node
		return nil, fmt.Errorf("the chain did not answer all questions, try again: %w", err)
	}
	check.End(uint64(len(runs)))
	if s.onWord {
		r.Notes = append(r.Notes, "chain and log are the node's own: ask a chain that you trust with --rpc, so that the node cannot choose what you see")
	}
	if s.onLog {
		r.Notes = append(r.Notes, "the Registry is the one that the log names, and whoever made that decides which models and keys it knows: name yours with --registry")
	}
	if len(anchored) == 0 {
		r.Notes = append(r.Notes, "the node has anchored no head of this log on the chain yet: it may show others another log")
	}
	r.Sort()
	return r, nil
}

// models reads what was committed, and what of it is public.
func (s *subject) models(ctx context.Context, check *audit.Runs, walk *audit.Walk, only graph.Hash) error {
	plugins, err := s.chain.Calls.Plugins(ctx)
	if err != nil {
		return err
	}
	var all []audit.Committed
	for _, p := range plugins {
		if p.Kind != chain.Ranker || only != (graph.Hash{}) && p.ID != only {
			continue
		}
		for v := uint32(1); v <= p.Versions; v++ {
			one, err := readCommitted(ctx, s.chain.Calls, p, v)
			if err != nil {
				return err
			}
			all = append(all, s.committedOf(ctx, check, one))
		}
	}
	check.Reveals(walk, all)
	return nil
}

// runs asks for the bundle of each run that is public.
func (s *subject) runs(ctx context.Context, check *audit.Runs, ids []graph.Hash, progress io.Writer) error {
	if s.node == "" {
		return nil
	}
	show, end := countBar(progress, "runs", int64(len(ids)))
	defer end()
	away := 0
	for i, id := range ids {
		show(uint64(i + 1))
		doc, err := get(ctx, strings.TrimSuffix(s.node, "/")+"/api/v1/runs/"+url.PathEscape(id.Hex())+"/bundle", zkcommit.MaxBundle+1)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if no := (refused{}); errors.As(err, &no) && no.code == http.StatusBadRequest {
			continue // opened by its reader only, and counted so
		} else if err != nil {
			away++
			continue
		}
		b, err := zkcommit.ParseBundle(doc)
		if err != nil {
			check.Broken(id, err)
			continue
		}
		check.Bundle(id, b)
	}
	if away > 0 {
		check.Report.Notes = append(check.Report.Notes, fmt.Sprintf("the node gives no bundle of %d runs of its log, and does not say that their readers have the openings: they are not checked", away))
	}
	return nil
}

// countBar shows a count going by: as a bar on a terminal, as a line every few
// seconds elsewhere.
func countBar(w io.Writer, what string, total int64) (show func(done uint64), end func()) {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		bar := progressbar.NewOptions64(total, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
			progressbar.OptionShowCount(), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetWidth(30))
		return func(done uint64) { _ = bar.Set64(int64(done)) }, func() { fmt.Fprintln(w) } // it only decorates
	}
	last := time.Now()
	return func(done uint64) {
		if time.Since(last) > 5*time.Second {
			last = time.Now()
			fmt.Fprintf(w, "%s: %d of %d\n", what, done, total)
		}
	}, func() {}
}

// kept checks a run that a reader kept: a bundle, whose receipt the node signed.
func kept(check *audit.Runs, name string) error {
	doc, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("the receipt %s cannot be read: %w", name, err)
	}
	b, err := zkcommit.ParseBundle(doc)
	if err != nil {
		return fmt.Errorf("%s is no bundle with a receipt: %w", name, err)
	}
	if err := check.Kept(b); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func writeReport(dir string, r *audit.Report) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("the report cannot be written: %w", err)
	}
	raw, err := r.JSON()
	if err != nil {
		return err
	}
	page, err := r.HTML()
	if err != nil {
		return err
	}
	for name, b := range map[string][]byte{"report.json": raw, "report.html": page} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			return fmt.Errorf("the report cannot be written: %w", err)
		}
	}
	return nil
}

func printReport(w io.Writer, r *audit.Report, dir string) error {
	var s strings.Builder
	fmt.Fprintf(&s, "node     %s\nchain    %d, up to block %d\nlog      %s, %d entries\n\n", r.Node, r.ChainID, r.Block, plain(r.Log.Origin), r.Log.Size)
	for _, name := range audit.ShareNames {
		if x, ok := r.Shares[name]; ok {
			fmt.Fprintf(&s, "%-10s %d of %d\n", name, x.Checked, x.Of)
		}
	}
	for _, m := range r.Models {
		fmt.Fprintf(&s, "model      %s version %d: %s, %d runs\n", m.Plugin.Hex()[:10], m.Version, m.State, m.Runs)
	}
	s.WriteString("\n")
	for _, f := range r.Findings {
		fmt.Fprintf(&s, "FOUND  %-14s %s\n", f.Rule, plain(f.Says))
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&s, "note   %s\n", n)
	}
	if r.Clean() {
		s.WriteString("Nothing was found. What was not checked stands above.\n")
	}
	if dir != "" {
		fmt.Fprintf(&s, "report in %s\n", filepath.Join(dir, "report.html"))
	}
	_, err := io.WriteString(w, s.String())
	return err
}

func auditTools(c *chain.Auditing) zkcommit.Tools {
	t := verify.Tools()
	t.Select, t.Chain, t.Root, t.Now = selection.Select, c.Trust, zkcommit.RootChain, uint64(time.Now().Unix())
	return t
}
