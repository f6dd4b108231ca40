package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"candor/audit"
	"candor/graph"
	"candor/zkcommit"

	"github.com/spf13/cobra"
)

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
		Use:   "keep --node URL | keep FILE…",
		Short: "Ask a node for a page and keep its receipt, or keep those of files",
		Long: `Ask a node for a page and keep its receipt, with the run, its opening and the bundle that
candor verify checks; or keep the receipts of bundle files that you have, or of a file that
the web client exported. One file each, and none is ever written anew.`,
		Example: `  candor receipts keep --node http://127.0.0.1:8080 --ranker latest
  candor receipts keep run-0123456789ab.json candor-receipts.jsonl --dir receipts`,
		RunE: func(c *cobra.Command, args []string) error {
			if (node == "") == (len(args) == 0) {
				return errors.New("name a node with --node URL, or bundle files or what the web client exported")
			}
			if node == "" {
				for _, name := range args {
					if err := keepFile(c.OutOrStdout(), keptDir(dir), name); err != nil {
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
	if no := (refusal{}); errors.As(err, &no) && no.Ticket != nil {
		return errors.Join(err, keepTicket(c.OutOrStdout(), dir, no.Ticket))
	}
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
		Fallback struct { // another ranker was asked for first
			Ticket *zkcommit.Ticket `json:"ticket"`
		} `json:"fallback"`
	}
	if err := json.Unmarshal(doc, &page); err != nil {
		return fmt.Errorf("the node's page cannot be read: %w", err)
	}
	if t := page.Fallback.Ticket; t != nil {
		if err := keepTicket(c.OutOrStdout(), dir, t); err != nil {
			return err
		}
	}
	r := page.Run.Receipt
	if r == nil || r.Run != page.Run.ID {
		return errors.New("the page comes without a receipt for its run: the node promises nothing, do not trust it")
	}
	k := keptReceipt{Version: keptVersion, Kept: uint64(time.Now().Unix()), Opening: page.Run.Opening, Receipt: r, Ticket: page.Run.Ticket}
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

// keepTicket keeps the promise of a run that was aborted: the log must say so.
func keepTicket(w io.Writer, dir keptDir, t *zkcommit.Ticket) error {
	k := keptReceipt{Version: keptVersion, Kept: uint64(time.Now().Unix()), Ticket: t}
	if err := k.check(); err != nil {
		return fmt.Errorf("the ticket binds nobody, do not trust the node: %w", err)
	}
	return keepReceipt(w, dir, k)
}

// keepFile keeps what a bundle file promises, or a file of kept promises.
func keepFile(w io.Writer, dir keptDir, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("the receipt %s cannot be read: %w", name, err)
	}
	defer f.Close()
	doc, err := io.ReadAll(io.LimitReader(f, mostBytes+1))
	if err != nil {
		return fmt.Errorf("the receipt %s cannot be read: %w", name, err)
	}
	if len(doc) > mostBytes {
		return fmt.Errorf("%s is too large for receipts: more than %d bytes", name, mostBytes)
	}
	if !isKept(doc) {
		return keepBundle(w, dir, name, doc)
	}
	all, err := parseExport(doc)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, k := range all {
		if err := keepReceipt(w, dir, k); err != nil {
			return err
		}
	}
	return nil
}

func keepBundle(w io.Writer, dir keptDir, name string, doc []byte) error {
	b, err := zkcommit.ParseBundle(doc)
	if err != nil {
		return fmt.Errorf("%s is no bundle with a receipt: %w", name, err)
	}
	k := keptReceipt{Version: keptVersion, Kept: uint64(time.Now().Unix()), Opening: b.Opening, Receipt: &b.Receipt, Run: b.Run}
	if err := k.check(); err != nil {
		return fmt.Errorf("%s: its receipt binds nobody: %w", name, err)
	}
	if err := keepReceipt(w, dir, k); err != nil {
		return err
	}
	_, err = dir.put(b.Receipt.Run, "bundle", doc)
	return err
}

func keepReceipt(w io.Writer, dir keptDir, k keptReceipt) error {
	doc, err := json.MarshalIndent(k, "", "  ")
	if err != nil {
		return err
	}
	fresh, err := dir.put(k.id(), k.kind(), append(doc, '\n'))
	if err != nil {
		return err
	}
	what := "kept"
	if !fresh {
		what = "kept before"
	}
	_, err = fmt.Fprintf(w, "%s  %s %s, number %d, promised by %s\n", what, promiseOf(k.Receipt != nil), k.id(), k.seq(), date(k.due()))
	return err
}

func promiseOf(run bool) string {
	if run {
		return "run"
	}
	return "ticket"
}

func date(seconds uint64) string {
	return time.Unix(int64(seconds), 0).UTC().Format("2006-01-02 15:04:05 UTC")
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
		fmt.Fprintf(&s, "%-8s  %s %s, number %d, promised by %s\n", strings.ToUpper(x.State), promiseOf(x.Run == x.id()), x.id(), x.Seq, date(x.Due))
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
