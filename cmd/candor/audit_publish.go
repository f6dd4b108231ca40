package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"candor/audit"
	"candor/graph"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/parts"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"
)

func auditPublishCommand() *cobra.Command {
	var p placeFlags
	var version uint32
	var node, key string
	c := &cobra.Command{
		Use:   "publish REPORT",
		Short: "Put the name of an audit's report on the chain",
		Long: `Put the name of an audit's report on the chain, under the auditor's address, so that
everybody finds it and nobody can say that it read otherwise. The report is a report.json
that candor audit wrote; its name is the CID of its bytes. --node gives those to a node,
which keeps them on IPFS; another IPFS node keeps them as well as a raw block.

It is published for a version of a plugin: the one of which the report has the most
runs, or that of --plugin and --version. The account of --key pays for the transaction.`,
		Example: "  candor audit publish report/report.json --rpc http://127.0.0.1:8545 --registry 0x… --key my.key --node http://127.0.0.1:8080",
		Args:    one("name the report.json that candor audit wrote"),
		RunE: func(c *cobra.Command, args []string) error {
			if p.rpc == "" || !common.IsHexAddress(p.registry) || key == "" {
				return errors.New("name the chain with --rpc, the Registry with --registry, and the account that pays with --key")
			}
			raw, r, err := readReport(args[0])
			if err != nil {
				return err
			}
			of, err := p.subject(r, version)
			if err != nil {
				return err
			}
			name, err := publishReport(c.Context(), raw, r, of, p.rpc, common.HexToAddress(p.registry), key)
			if err != nil {
				return err
			}
			if node != "" {
				if err := giveReport(c.Context(), node, raw, name); err != nil {
					return fmt.Errorf("the chain has the report's name %s, and its bytes are not kept: %w", name, err)
				}
			}
			if p.asJSON {
				return printJSON(c.OutOrStdout(), map[string]any{"plugin": of.Plugin, "version": of.Version, "cid": name.String()})
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "PUBLISHED  %s on version %d of plugin %s\n", name, of.Version, of.Plugin)
			return err
		},
	}
	p.flags(c)
	f := c.Flags()
	f.Uint32Var(&version, "version", 0, "version of --plugin that the report is about; 0: of which it has the most runs")
	f.StringVar(&node, "node", "", "URL of a node that keeps the report's bytes on IPFS")
	f.StringVar(&key, "key", "", "file with the private key of the account that pays, 64 hexadecimal digits")
	return c
}

// readReport reads a report.json, and that it is one in its own spelling.
func readReport(name string) ([]byte, *audit.Report, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, fmt.Errorf("the report cannot be read: %w", err)
	}
	var r audit.Report
	if json.Unmarshal(raw, &r) != nil || r.Version != audit.ReportVersion {
		return nil, nil, fmt.Errorf("%s is no report of an audit: send the report.json that candor audit wrote", name)
	}
	if again, err := r.JSON(); err != nil || !bytes.Equal(again, raw) {
		return nil, nil, fmt.Errorf("%s was changed after candor audit wrote it: send it as it was", name)
	}
	if len(raw) > maxReport {
		return nil, nil, fmt.Errorf("%s has %d bytes: at most %d are published", name, len(raw), maxReport)
	}
	return raw, &r, nil
}

// subject is the version that a report is published for.
func (p *placeFlags) subject(r *audit.Report, version uint32) (m audit.Model, err error) {
	all := r.Models
	if p.plugin != "" {
		id, err := parsePlugin(p.plugin)
		if err != nil {
			return m, err
		}
		all = slices.DeleteFunc(slices.Clone(all), func(m audit.Model) bool {
			return m.Plugin != id || version != 0 && m.Version != version
		})
	}
	if len(all) == 0 {
		return m, errors.New("the report is about no such version: name one of its models with --plugin and --version")
	}
	return slices.MaxFunc(all, func(a, b audit.Model) int { return int(min(a.Runs, 1<<30)) - int(min(b.Runs, 1<<30)) }), nil
}

// publishReport puts the report's name on the chain, unless the account has done so.
func publishReport(ctx context.Context, raw []byte, r *audit.Report, of audit.Model, rpc string, at graph.Address, key string) (cid.Cid, error) {
	if r.Registry != at {
		return cid.Undef, fmt.Errorf("the report is about the Registry at %s, not %s", r.Registry, at)
	}
	name, err := reportCID(raw)
	if err != nil {
		return name, err
	}
	calls, read, err := payer(ctx, rpc, at, key)
	if err != nil {
		return name, err
	}
	defer read.Trust.Close()
	if id, genesis, _ := read.Trust.Identity(); id != r.ChainID || genesis != r.Genesis {
		return name, errors.New("the report is about another chain than --rpc has")
	}
	old, err := read.Calls.Reports(ctx, of.Plugin)
	if err != nil {
		return name, err
	}
	if slices.ContainsFunc(old, func(r registry.Report) bool {
		return r.CID.Equals(name) && r.Version == of.Version && r.Auditor == calls.Account()
	}) {
		return name, nil
	}
	return name, calls.PublishReport(ctx, of.Plugin, of.Version, name)
}

// giveReport has a node keep the bytes of a published report.
func giveReport(ctx context.Context, node string, raw []byte, name cid.Cid) error {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(node, "/")+"/api/v1/audits", bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("%q is no URL of a node", node)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("the node does not answer: %w", bare(err))
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, 1<<16))
	if err != nil {
		return err
	}
	var says struct{ CID, Detail string }
	if json.Unmarshal(b, &says) != nil || res.StatusCode != http.StatusOK || says.CID != name.String() {
		return fmt.Errorf("the node refuses (%s) %s", plain(res.Status), plain(says.Detail))
	}
	return nil
}

// publishedReport is a report in candor audit reports.
type publishedReport struct {
	Plugin  graph.Hash    `json:"plugin"`
	Version uint32        `json:"version"`
	Auditor graph.Address `json:"auditor"`
	Block   uint64        `json:"block"`
	CID     string        `json:"cid"`            // "" where the auditor gave none
	File    string        `json:"file,omitempty"` // where --out put it
	Says    string        `json:"says,omitempty"` // why not
}

func auditReportsCommand() *cobra.Command {
	var p placeFlags
	var gateway, out string
	c := &cobra.Command{
		Use:   "reports",
		Short: "List published reports, and fetch them",
		Long: `List the reports that auditors published on the chain, the newest last. Anyone may publish
one: what it is worth depends on who did. --ipfs and --out fetch them, each compared with
its name. candor audit --again REPORT makes the audit of a report once more: the same
input gives the same bytes.`,
		Example: `  candor audit reports --rpc http://127.0.0.1:8545 --registry 0x…
  candor audit reports --rpc http://127.0.0.1:8545 --registry 0x… --ipfs http://127.0.0.1:8081 --out reports`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if (gateway == "") != (out == "") {
				return errors.New("--ipfs and --out go together: name the gateway to fetch from, and the directory to write to")
			}
			all, err := listReports(c.Context(), &p)
			if err != nil {
				return err
			}
			for i := range all {
				if out != "" {
					all[i].fetch(c.Context(), gateway, out)
				}
			}
			if p.asJSON {
				return printJSON(c.OutOrStdout(), all)
			}
			return printReports(c.OutOrStdout(), all)
		},
	}
	p.flags(c)
	f := c.Flags()
	f.StringVar(&gateway, "ipfs", "", "URL of an IPFS gateway to fetch them from")
	f.StringVar(&out, "out", "", "directory to write them to, each under its CID")
	return c
}

func listReports(ctx context.Context, p *placeFlags) ([]publishedReport, error) {
	var only graph.Hash
	if p.plugin != "" {
		var err error
		if only, err = parsePlugin(p.plugin); err != nil {
			return nil, err
		}
	}
	calls, done, err := p.open(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer done()
	reports, err := calls.Reports(ctx, only)
	if err != nil {
		return nil, err
	}
	all := []publishedReport{}
	for _, x := range reports {
		r := publishedReport{Plugin: x.Plugin, Version: x.Version, Auditor: x.Auditor, Block: x.Block}
		if x.CID.Defined() {
			r.CID = x.CID.String()
		}
		all = append(all, r)
	}
	return all, nil
}

// fetch writes the report's bytes to the directory, if they are those of its name.
func (r *publishedReport) fetch(ctx context.Context, gateway, dir string) {
	name, err := cid.Decode(r.CID)
	if err != nil {
		r.Says = "its auditor gave no name"
		return
	}
	b, err := fromGateway(gateway)(ctx, name, parts.Size)
	if err == nil {
		var got cid.Cid
		if got, err = name.Prefix().Sum(b); err == nil && !got.Equals(name) {
			err = errors.New("the gateway gives something else")
		}
	}
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	file := filepath.Join(dir, r.CID+".json")
	if err == nil {
		err = os.WriteFile(file, b, 0o644)
	}
	if err != nil {
		r.Says = "it cannot be fetched: " + err.Error()
		return
	}
	r.File = file
}

func printReports(w io.Writer, all []publishedReport) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "BLOCK\tAUDITOR\tVERSION\tPLUGIN\tREPORT")
	for _, r := range all {
		fmt.Fprintf(t, "%d\t%s\t%d\t%s\t%s\n", r.Block, r.Auditor, r.Version, r.Plugin.Hex()[:10], r.CID)
		if r.Says != "" {
			fmt.Fprintf(t, "  %s\n", plain(r.Says))
		}
	}
	return t.Flush()
}
