package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"candor/audit"
	selection "candor/feeds/select"
	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/chain"
	"candor/zkcommit/verify"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

type auditFlags struct {
	node, rpc, log, registry, plugin, out string
	receipts, tickets, beacons            []string
	gateway, at, again                    string
	rebuild                               rebuildOptions
	asJSON                                bool
	witnesses                             []string
	quorum                                int
	fair                                  fairFlags
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
date; once a model is revealed, the order of every such run by that model again; and the
candidates, verdicts of filters and features of each, made again from the chain and IPFS.
Runs of named viewers are opened by their readers: give their receipts with --receipt.
Tickets that the node gave you (in the answers of /api/v1/feed) go with --ticket: each must
have ended in the log, as a run or an abort.

The report says how much of each was checked. It goes to --out as report.json and
report.html; the same input gives the same bytes on every machine. The input is the log up
to its head, the chain up to a block, and a time, by which is due what the node promised by
its own clock; the report names all three, and --again REPORT makes an audit of the same.

Revealed models are tested for fairness (docs/fairness.md). What looks unfair there is no
fault of the node's; --fair makes it count for the exit status.

Exit status: 0 nothing found, 1 something found, 2 the audit could not be made.`,
		Example: `  candor audit --node http://127.0.0.1:8080 --out report
  candor audit --rpc http://127.0.0.1:8545 --registry 0x… --log http://127.0.0.1:8080/log/ --plugin 0x…
  candor audit --node http://127.0.0.1:8080 --again report.json --json | cmp - report.json`,
		Args: known,
		RunE: func(c *cobra.Command, _ []string) error { return runAudit(c, fl) },
	}
	c.AddCommand(auditPublishCommand(), auditReportsCommand())
	f := c.Flags()
	f.StringVar(&fl.node, "node", "", "URL of the node, which names its chain and log")
	f.StringVar(&fl.rpc, "rpc", "", "JSON-RPC endpoint of a chain node that you trust")
	f.StringVar(&fl.log, "log", "", "URL of the node's log")
	f.StringVar(&fl.registry, "registry", "", "address of the Registry that you trust (0x…); by default the one that the log's runs name, which the report says")
	f.StringVar(&fl.plugin, "plugin", "", "id of one plugin (0x…); by default all")
	f.StringVar(&fl.out, "out", "", "directory to write report.json and report.html to")
	f.StringArrayVar(&fl.receipts, "receipt", nil, "bundle file of a run that you were shown; may be repeated")
	f.StringArrayVar(&fl.tickets, "ticket", nil, "file of a ticket that you were given; may be repeated")
	f.StringSliceVar(&fl.beacons, "beacon", nil, "URL of a beacon of the network that models are locked to; drand's quicknet needs none")
	f.StringVar(&fl.gateway, "ipfs", "", "URL of an IPFS gateway, for posts, and for what is too large for the chain; what it sends is checked")
	f.StringVar(&fl.at, "at", "", "time by which is due what the node promised by its clock (2026-01-31T12:00:00Z); by default now")
	f.StringVar(&fl.again, "again", "", "file of a report, to audit the same log, chain and time as it did")
	fl.rebuild.flags(c)
	f.BoolVar(&fl.asJSON, "json", false, "print the report as JSON")
	f.StringArrayVar(&fl.witnesses, "witness", nil, "key of a witness that you trust, as candor witness key prints it; may be repeated")
	f.IntVar(&fl.quorum, "quorum", 0, "how many of them must have cosigned the log's head; by default all")
	fl.fair.register(f)
	return c
}

func runAudit(c *cobra.Command, fl auditFlags) error {
	ctx := c.Context()
	named, quorum, err := cosigners(fl.witnesses, fl.quorum)
	if err != nil {
		return err
	}
	if len(named) > 0 && fl.again != "" {
		return errors.New("--witness goes with the log's newest head, and --again takes the one of a report: send one of them")
	}
	s, err := openSubject(ctx, fl)
	if err != nil {
		return err
	}
	defer s.chain.Trust.Close()
	s.named, s.quorum = named, quorum
	if s.head, err = s.witnessedHead(ctx, s.log, s.head); err != nil {
		return err
	}
	var plugin graph.Hash
	if fl.plugin != "" {
		if err := plugin.UnmarshalText([]byte(fl.plugin)); err != nil {
			return fmt.Errorf("%q is no plugin's id: send 0x and 64 hexadecimal digits", fl.plugin)
		}
	}
	r, err := s.audit(ctx, plugin, fl.receipts, fl.tickets, fl.rebuild, c.ErrOrStderr())
	if err != nil {
		return err
	}
	r.Witnesses(audit.OfRuns, s.head.Note, named, quorum)
	r.Sort()
	if fl.out != "" {
		if err := s.evidence(ctx, r, fl.receipts, fl.tickets, fl.out); err != nil {
			return err
		}
		if err := writeReport(fl.out, r); err != nil {
			return err
		}
	}
	if fl.asJSON {
		err = printJSON(c.OutOrStdout(), r)
	} else {
		err = printReport(c.OutOrStdout(), r, fl.out)
	}
	if err == nil && (!r.Clean() || fl.fair.strict && r.Unfair()) {
		return exit{1}
	}
	return err
}

func (s *subject) audit(ctx context.Context, plugin graph.Hash, receipts, promised []string, o rebuildOptions, progress io.Writer) (*audit.Report, error) {
	r := &audit.Report{Version: audit.ReportVersion, Node: s.address, Plugin: plugin, Block: s.book.Block, Time: uint64(s.at.Unix()),
		Log: audit.Head{Origin: s.head.Origin, Size: s.head.Size, Root: s.head.Root}}
	anchored, err := s.book.Calls().Anchors(ctx, s.address, s.head.Origin)
	if err != nil {
		return nil, err
	}
	anchors := anchorsOf(anchored)
	walk := audit.NewWalk(r, s.book, anchors)
	tickets, err := s.tickets(r, promised)
	if err != nil {
		return nil, err
	}
	runs, err := s.walk(ctx, walk, tickets, plugin, progress)
	if err != nil {
		return nil, err
	}
	tickets.End()
	index, err := walk.End()
	if err != nil {
		return nil, err
	}
	s.index = index
	check := &audit.Runs{Report: r, Index: index, Models: map[graph.Hash]*zkcommit.Model{}, Tools: s.tools()}
	if check.Promises, err = s.promises(ctx, r, anchors); err != nil {
		return nil, err
	}
	if err := s.models(ctx, check, walk, plugin); err != nil {
		return nil, err
	}
	battery := newBattery(check)
	if check.Rebuild, err = s.rebuild(ctx, o, r, walk.Blocks(), progress); err != nil {
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
	if err := s.book.Failed(); err != nil { // which is no finding about the node
		return nil, fmt.Errorf("the chain did not answer all questions, try again: %w", err)
	}
	check.End(uint64(len(runs)))
	if err := s.towers.report(ctx, r); err != nil {
		return nil, err
	}
	if err := battery.report(ctx, s, r, progress); err != nil {
		return nil, err
	}
	s.caveats(r, len(anchored))
	r.Sort()
	return r, nil
}

// walk goes through the log and gives the plugin's runs, each once.
func (s *subject) walk(ctx context.Context, walk *audit.Walk, tickets *audit.Tickets, plugin graph.Hash, progress io.Writer) (runs []graph.Hash, err error) {
	show, end := countBar(progress, "log", int64(s.head.Size))
	defer end()
	seen := map[graph.Hash]bool{}
	err = s.log.Entries(ctx, s.head.Size, func(i uint64, entry []byte) error {
		show(i + 1)
		tickets.Entry(i, entry)
		if run, err := zkcommit.ParseRun(entry); err == nil && (plugin == graph.Hash{} || run.Plugin == plugin) && !seen[run.ID()] {
			seen[run.ID()] = true
			runs = append(runs, run.ID())
		}
		return walk.Entry(entry)
	})
	return runs, err
}

// caveats say on whose word the audit rests.
func (s *subject) caveats(r *audit.Report, anchors int) {
	if s.onWord {
		r.Notes = append(r.Notes, "chain and log are the node's own: ask a chain that you trust with --rpc, so that the node cannot choose what you see")
	}
	if s.onLog {
		r.Notes = append(r.Notes, "the Registry is the one that the log names, and whoever made that decides which models and keys it knows: name yours with --registry")
	}
	if anchors == 0 {
		r.Notes = append(r.Notes, "the node has anchored no head of this log on the chain yet: it may show others another log")
	}
}

// models reads what was committed, and what of it is public.
func (s *subject) models(ctx context.Context, check *audit.Runs, walk *audit.Walk, only graph.Hash) error {
	calls := s.book.Calls()
	plugins, err := calls.Plugins(ctx)
	if err != nil {
		return err
	}
	terms, err := calls.Terms(ctx)
	if err != nil {
		return err
	}
	var all []audit.Committed
	for _, p := range plugins {
		if p.Kind != chain.Ranker || only != (graph.Hash{}) && p.ID != only {
			continue
		}
		for v := uint32(1); v <= p.Versions; v++ {
			one, err := readCommitted(ctx, calls, p, v)
			if err != nil {
				return err
			}
			c := s.committedOf(ctx, check, one)
			if c.RevealBy != 0 {
				c.LostFrom = c.RevealBy + terms.Registry.Grace
			}
			if err := s.registration(ctx, check.Report, one, &c); err != nil {
				return err
			}
			all = append(all, c)
		}
	}
	check.Reveals(walk, all)
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
	b, err := readKept(name)
	if err != nil {
		return err
	}
	if err := check.Kept(b); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// tickets reads the tickets that the auditor was given.
func (s *subject) tickets(r *audit.Report, files []string) (*audit.Tickets, error) {
	id, _, _ := s.chain.Trust.Identity()
	t := &audit.Tickets{Report: r, Domain: zkcommit.RunLogDomain(id, s.chain.RunLog())}
	for _, name := range files {
		x, err := readTicket(name)
		if err == nil {
			err = t.Add(x)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return t, nil
}

// readTicket reads a ticket that a node gave.
func readTicket(name string) (*zkcommit.Ticket, error) {
	doc, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("the ticket cannot be read: %w", err)
	}
	return zkcommit.ParseTicket(doc)
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
		if f.File != "" {
			fmt.Fprintf(&s, "       %-14s for the chain: candor evidence submit %s\n", "", filepath.Join(dir, f.File))
		}
	}
	printFairness(&s, r)
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

func (s *subject) tools() zkcommit.Tools {
	t := verify.Tools()
	t.Select, t.Chain, t.Root, t.Now = selection.Select, s.book.Trust, zkcommit.RootChain, uint64(s.at.Unix())
	return t
}
