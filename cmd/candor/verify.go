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
	"slices"
	"strings"
	"time"
	"unicode"

	selection "candor/feeds/select"
	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/chain"
	"candor/zkcommit/verify"

	"github.com/ethereum/go-ethereum/common"
	"github.com/spf13/cobra"
)

func verifyCommand() *cobra.Command {
	var node, opening, rpc, registry string
	var asJSON bool
	c := &cobra.Command{
		Use:   "verify FILE | verify --node URL RUN_ID",
		Short: "Check a ranking: its run, its order and its proof",
		Long: `Check a ranking from a bundle file, or from a node that made it.

Every field of the bundle is checked: the digests under the run's opening, the
publisher's and the node's signatures, the selection rule, and the zero-knowledge
proofs that the committed model ranks these posts in this order. It does not say
that the ranking is fair or wise, nor that the candidates were complete.

The run proof needs no key. It rests on the model's registration, a proof made once
a model, whose verifying key is trusted on the chain's key table when --rpc and
--registry name yours; otherwise on the node's or the bundle's own word, which is
printed. A dispute proof, where there is one, says the same once more.

Exit status: 0 valid, 1 invalid, 2 unusable input.`,
		Example: `  candor verify run-0123456789ab.json
  candor verify --node http://127.0.0.1:8080 0x5f… --mirror 20
  candor verify run.json --rpc http://127.0.0.1:8545 --registry 0x…`,
		Args: one("name one bundle file, or one run id with --node URL"),
		RunE: func(c *cobra.Command, args []string) error {
			if opening != "" && node == "" {
				return errors.New("--opening goes with --node: a bundle file holds its own")
			}
			if (rpc == "") != (registry == "") {
				return errors.New("--rpc and --registry go together: name both or neither")
			}
			doc, err := readBundle(c.Context(), node, args[0], opening)
			if err != nil {
				return err
			}
			return judge(c, doc, verifyFlags{node, args[0], rpc, registry, asJSON})
		},
	}
	f := c.Flags()
	f.StringVar(&node, "node", "", "URL of the node that made the run; the argument is then a run id")
	f.StringVar(&opening, "opening", "", "the run's opening, for a run that is not public (0x…)")
	f.StringVar(&rpc, "rpc", "", "JSON-RPC endpoint of a chain node that you trust")
	f.StringVar(&registry, "registry", "", "address of the Registry contract that you trust (0x…)")
	f.BoolVar(&asJSON, "json", false, "print the finding as JSON")
	mirrorFlag(c)
	return c
}

type verifyFlags struct {
	node, name, rpc, registry string
	asJSON                    bool
}

func readBundle(ctx context.Context, node, name, opening string) ([]byte, error) {
	if node == "" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: name a bundle file, or a run id with --node URL", name)
		}
		defer f.Close()
		return io.ReadAll(io.LimitReader(f, zkcommit.MaxBundle+1))
	}
	q := ""
	if opening != "" {
		q = "?opening=" + url.QueryEscape(opening)
	}
	return fetch(ctx, node, "/api/v1/runs/"+url.PathEscape(name)+"/bundle"+q)
}

// refusal is a node's answer that is none.
type refusal struct {
	Detail string
	Ticket *zkcommit.Ticket // of a run that was aborted
}

func (r refusal) Error() string { return fmt.Sprintf("the node says: %.500s", plain(r.Detail)) }

// fetch GETs a path of a node; an error carries the node's own sentence.
func fetch(ctx context.Context, node, path string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(node, "/")+path, nil)
	if err != nil {
		return nil, fmt.Errorf("%q is no URL of a node: send one such as http://127.0.0.1:8080", node)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("the node at %s does not answer: check the URL and that it runs", node)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, zkcommit.MaxBundle+1))
	if err != nil {
		return nil, fmt.Errorf("the node at %s broke off its answer: try again", node)
	}
	if res.StatusCode != http.StatusOK {
		var p refusal
		if json.Unmarshal(b, &p) != nil || p.Detail == "" {
			p = refusal{Detail: res.Status}
		}
		return nil, p
	}
	return b, nil
}

// judge checks the bundle and prints what was found.
func judge(c *cobra.Command, doc []byte, fl verifyFlags) error {
	b, err := zkcommit.ParseBundle(doc)
	if errors.Is(err, zkcommit.ErrNoBundle) {
		return err
	}
	var f zkcommit.Finding
	if err != nil {
		f = zkcommit.Finding{Checks: []zkcommit.Check{{Name: "bundle", Detail: err.Error()}}, Proofs: []string{}, Root: zkcommit.RootBundle}
	} else {
		t := verify.Tools()
		t.Select, t.Now = selection.Select, uint64(time.Now().Unix())
		trust, err := rootOfTrust(c.Context(), &t, fl)
		if err != nil {
			return err
		}
		f = b.Check(t)
		if trust != nil {
			defer trust.Close()
			if err := trust.Failed(); err != nil { // which is no finding about the bundle
				return fmt.Errorf("the chain did not answer all questions, try again: %w", err)
			}
		}
		if fl.node != "" && f.Valid && f.Run != common.HexToHash(fl.name) {
			f.Valid = false
			f.Checks = append(f.Checks, zkcommit.Check{Name: "run", Detail: "the node sent another run than the one asked for"})
		}
	}
	if b != nil {
		if err := membership(c, b, fl.node, &f); err != nil {
			return err
		}
	}
	if fl.asJSON {
		err = printJSON(c.OutOrStdout(), f)
	} else {
		err = printFinding(c.OutOrStdout(), f)
	}
	if err == nil && !f.Valid {
		err = exit{1}
	}
	return err
}

// rootOfTrust asks the chain that the user named, or else the node's own; nil when
// there is neither.
func rootOfTrust(ctx context.Context, t *zkcommit.Tools, fl verifyFlags) (*chain.Trust, error) {
	rpc, registry := fl.rpc, fl.registry
	t.Root = zkcommit.RootChain
	if rpc == "" {
		if fl.node == "" {
			return nil, nil
		}
		b, err := fetch(ctx, fl.node, "/api/v1/chain")
		if err != nil {
			return nil, err
		}
		var facts struct {
			RPC       string
			Contracts struct{ Registry graph.Address }
		}
		if err := json.Unmarshal(b, &facts); err != nil {
			return nil, fmt.Errorf("the node's /api/v1/chain cannot be read: %w", err)
		}
		rpc, registry, t.Root = facts.RPC, facts.Contracts.Registry.Hex(), zkcommit.RootNode
	}
	if !common.IsHexAddress(registry) {
		return nil, fmt.Errorf("%q is no address of a Registry: send 0x and 40 hexadecimal digits", registry)
	}
	trust, err := chain.OpenTrust(ctx, rpc, common.HexToAddress(registry))
	if err != nil {
		return nil, err
	}
	t.Chain = trust
	return trust, nil
}

// plain makes one line of words that somebody else chose: no line of theirs may look
// like one of ours, and no terminal obeys them.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, s)
}

func printFinding(w io.Writer, f zkcommit.Finding) error {
	var s strings.Builder
	for _, k := range f.Checks {
		mark := "ok      "
		if !k.OK {
			mark = "MISFIT  "
		}
		fmt.Fprintf(&s, "%s%-11s %s\n", mark, k.Name, plain(k.Detail))
	}
	verdict := "VALID"
	if !f.Valid {
		verdict = "INVALID"
	}
	fmt.Fprintf(&s, "\n%s  run %s\n", verdict, f.Run)
	what := ""
	switch {
	case slices.Contains(f.Proofs, zkcommit.RunProof):
		what = "registration"
		s.WriteString("run proof: needs no key, so there is none to trust\n")
	case slices.Contains(f.Proofs, zkcommit.DigestProof):
		what = "dispute proof"
	}
	if what == "" {
		s.WriteString("no proof holds, so that nothing is proved\n")
	} else {
		fmt.Fprintf(&s, "%s's key: trusted on %s\n", what, f.Root)
	}
	if what != "" && f.Keys == "development" {
		fmt.Fprintf(&s, "development key: anyone can forge the %s\n", what)
	}
	s.WriteString("The proof systems are not yet externally reviewed. A valid run is not thereby fair, wise or complete.\n")
	_, err := io.WriteString(w, s.String())
	return err
}
