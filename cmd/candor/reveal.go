package main

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"candor/contracts"
	"candor/graph"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/parts"
	"candor/zkcommit/timelock"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/spf13/cobra"
)

// placeFlags say which Registry, and which of its plugins.
type placeFlags struct {
	rpc, registry, plugin string
	asJSON                bool
}

func (p *placeFlags) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&p.rpc, "rpc", "", "JSON-RPC endpoint of a chain node")
	f.StringVar(&p.registry, "registry", "", "address of the Registry contract (0x…)")
	f.StringVar(&p.plugin, "plugin", "", "id of a plugin (0x…)")
	f.BoolVar(&p.asJSON, "json", false, "print the answer as JSON")
}

// open connects to the Registry, with a key to write or without.
func (p *placeFlags) open(ctx context.Context, key *ecdsa.PrivateKey) (calls *registry.Client, done func(), err error) {
	if p.rpc == "" || !common.IsHexAddress(p.registry) {
		return nil, nil, errors.New("name the chain with --rpc and its Registry with --registry 0x…")
	}
	c, err := ethclient.DialContext(ctx, p.rpc)
	if err != nil {
		return nil, nil, fmt.Errorf("the endpoint cannot be used, check --rpc: %w", bare(err))
	}
	id, err := c.ChainID(ctx)
	if err != nil {
		c.Close()
		return nil, nil, fmt.Errorf("the endpoint does not answer, check --rpc: %w", bare(err))
	}
	at := contracts.Addresses{Registry: common.HexToAddress(p.registry)}
	r := contracts.NewRegistry()
	raw, err := call(ctx, c, at.Registry, r.PackVerifier())
	if err == nil {
		at.Verifier, err = r.UnpackVerifier(raw)
	}
	if err == nil {
		raw, err = call(ctx, c, at.Registry, r.PackRunLog())
	}
	if err == nil {
		at.RunLog, err = r.UnpackRunLog(raw)
	}
	if err != nil {
		c.Close()
		return nil, nil, fmt.Errorf("there is no Registry at %s on that chain: check --registry", at.Registry)
	}
	return registry.New(c, id, at, key), c.Close, nil
}

// plugins are those asked for: one, or all.
func (p *placeFlags) plugins(ctx context.Context, calls *registry.Client) ([]registry.Plugin, error) {
	if p.plugin == "" {
		return calls.Plugins(ctx)
	}
	id, err := parsePlugin(p.plugin)
	if err != nil {
		return nil, err
	}
	one, known, err := calls.Plugin(ctx, id)
	if err == nil && !known {
		err = fmt.Errorf("the Registry knows no plugin %s: candor reveal list shows those that it knows", id)
	}
	return []registry.Plugin{one}, err
}

func revealCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "reveal",
		Short: "Make committed models public on their dates, whoever published them",
		Long: `Make committed models public on their dates. A publisher that keeps its model secret
for a while locks it to the date when it commits to it: from then on anyone opens it, with
the chain and a drand beacon alone, whether the publisher and its node are still there or
not.`,
		Args: known, RunE: help,
	}
	c.AddCommand(revealListCommand(), revealFetchCommand(), revealSubmitCommand())
	return c
}

// listed is a version in candor reveal list.
type listed struct {
	Plugin     graph.Hash `json:"plugin"`
	Slug       string     `json:"slug"`
	Version    uint32     `json:"version"`
	Commitment graph.Hash `json:"commitment"`
	RevealBy   uint64     `json:"revealBy"` // seconds; 0: it has no secret
	In         int64      `json:"in"`       // seconds to the date, negative after it
	State      string     `json:"state"`    // open, locked, due, public
	OnChain    string     `json:"onChain"`  // none, due, checked, unchecked
	Bond       string     `json:"bond"`     // wei
	Round      uint64     `json:"round,omitempty"`
	Network    string     `json:"network,omitempty"` // of the beacon that opens it
	Says       string     `json:"says,omitempty"`    // what is wrong with the ciphertext
}

func revealListCommand() *cobra.Command {
	var p placeFlags
	c := &cobra.Command{
		Use:   "list",
		Short: "Show each committed model, with the time to its date",
		Long: `Show each committed model of a Registry: open (nothing is secret), locked (its date is
to come), due (anyone can open it: candor reveal fetch does) or public (the chain took its
bytes), with its bond and the drand network that opens it.`,
		Example: "  candor reveal list --rpc http://127.0.0.1:8545 --registry 0x…",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			calls, done, err := p.open(ctx, nil)
			if err != nil {
				return err
			}
			defer done()
			all, err := listReveals(ctx, calls, &p, time.Now())
			if err != nil {
				return err
			}
			if p.asJSON {
				return printJSON(c.OutOrStdout(), all)
			}
			return printReveals(c.OutOrStdout(), all)
		},
	}
	p.flags(c)
	return c
}

func listReveals(ctx context.Context, calls *registry.Client, p *placeFlags, now time.Time) ([]listed, error) {
	plugins, err := p.plugins(ctx, calls)
	all := []listed{}
	for _, one := range plugins {
		for version := uint32(1); version <= one.Versions && err == nil; version++ {
			var v committed
			if v, err = readCommitted(ctx, calls, one, version); err == nil && v.model.ShapeID != (graph.Hash{}) {
				all = append(all, v.listed(ctx, now))
			}
		}
	}
	return all, err
}

func (v committed) listed(ctx context.Context, now time.Time) listed {
	l := listed{Plugin: v.plugin.ID, Slug: v.plugin.Slug, Version: v.model.Version, Commitment: v.model.Commitment, RevealBy: v.model.RevealBy,
		State: v.state(now, false), OnChain: onChain(v.standing.Reveal), Bond: v.standing.Bond.String()}
	if v.model.RevealBy == 0 {
		return l
	}
	l.In = int64(v.date().Sub(now).Seconds())
	if v.sealed.CID.Defined() {
		return l
	}
	sealed, err := v.ciphertext(ctx, nil, false) // it stands in the event
	if err == nil {
		var network graph.Hash
		if network, l.Round, err = timelock.Inspect(sealed); err == nil {
			l.Network = network.Hex()[2:]
		}
	}
	if err != nil {
		l.Says = err.Error()
	}
	return l
}

func printReveals(w io.Writer, all []listed) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "RANKER\tVERSION\tSTATE\tPUBLIC BY\tIN\tBOND\tPLUGIN")
	for _, l := range all {
		date, in := "-", "-"
		if l.RevealBy != 0 {
			date = time.Unix(int64(l.RevealBy), 0).UTC().Format("2006-01-02 15:04:05")
			in = (time.Duration(l.In) * time.Second).String()
		}
		fmt.Fprintf(t, "%s\t%d\t%s\t%s\t%s\t%s\t%s\n", l.Slug, l.Version, l.State, date, in, l.Bond, l.Plugin)
		if l.Says != "" {
			fmt.Fprintf(t, "  %s\n", l.Says)
		}
	}
	return t.Flush()
}

func revealFetchCommand() *cobra.Command {
	var p placeFlags
	var version uint32
	var beacons []string
	var gateway, node, out string
	c := &cobra.Command{
		Use:   "fetch",
		Short: "Open a model whose date has come, without its publisher",
		Long: `Open a model whose date has come, without its publisher and without a node: the
ciphertext is read from the commit on the chain, or from IPFS, the round's signature from a
beacon of the network that it is locked to, and what opens is compared with the commitment.
Nobody's word is taken. What is written is the reveal document, from which candor and other
programs recompute the commitment and replay every run.

Models that were never secret have no ciphertext; --node names a node that serves them, and
what it sends is compared with the commitment as well.

Exit status: 0 opened, 1 it is not public yet, or its publisher broke its word, 2 it could
not be tried.`,
		Example: `  candor reveal fetch --rpc http://127.0.0.1:8545 --registry 0x… --plugin 0x… --out model.reveal
  candor reveal fetch --rpc URL --registry 0x… --plugin 0x… --version 2 --beacon http://127.0.0.1:8090`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			if p.plugin == "" {
				return errors.New("name a plugin with --plugin 0x…: candor reveal list shows them")
			}
			if err := checkEndpoints(beacons, "--beacon"); err != nil {
				return err
			}
			calls, done, err := p.open(ctx, nil)
			if err != nil {
				return err
			}
			defer done()
			plugins, err := p.plugins(ctx, calls)
			if err != nil {
				return err
			}
			if version == 0 {
				version = plugins[0].Versions
			}
			v, err := readCommitted(ctx, calls, plugins[0], version)
			if err != nil {
				return err
			}
			r, err := v.fetch(ctx, beacons, fromGateway(gateway), node)
			if errors.As(err, new(openError)) || errors.Is(err, timelock.ErrTooEarly) {
				fmt.Fprintf(c.ErrOrStderr(), "candor: %s\n", strings.ReplaceAll(err.Error(), "\n", "; "))
				return exit{1}
			}
			if err != nil {
				return err
			}
			if out == "" {
				out = fmt.Sprintf("%s-%d.reveal", v.plugin.Slug, version)
			}
			if err := os.WriteFile(out, r.Bytes(), 0o644); err != nil {
				return fmt.Errorf("the document cannot be written: %w", err)
			}
			return p.told(c.OutOrStdout(), v, r, out)
		},
	}
	p.flags(c)
	f := c.Flags()
	f.Uint32Var(&version, "version", 0, "version of the plugin; 0 is the newest")
	f.StringSliceVar(&beacons, "beacon", nil, "URL of a beacon of the network that the model is locked to; drand's quicknet needs none")
	f.StringVar(&gateway, "ipfs", "", "URL of an IPFS gateway, for ciphertexts that are too large for the chain")
	f.StringVar(&node, "node", "", "URL of a node to ask for models that were never secret")
	f.StringVar(&out, "out", "", "file to write; without one it is named after the plugin and the version")
	return c
}

// told says what was opened.
func (p *placeFlags) told(w io.Writer, v committed, s zkcommit.Secret, file string) error {
	name, err := parts.Name(s.Bytes())
	if err != nil {
		return err
	}
	facts := map[string]any{"plugin": v.plugin.ID, "version": v.model.Version, "commitment": v.model.Commitment, "cid": name.String(), "file": file}
	what := "a tower"
	if r, ok := s.(*zkcommit.Reveal); ok {
		what = "a model of shape " + r.Model.Shape.String()
		facts["schema"], facts["shape"] = r.Schema, r.Model.Shape.String()
	}
	if p.asJSON {
		return printJSON(w, facts)
	}
	_, err = fmt.Fprintf(w, "OPENED  %s: %s\ncommitment %s recomputed\nwritten to %s (%s)\n", v.name(), what, v.model.Commitment, file, name)
	return err
}

// fetch makes the version public for whoever asks.
func (v committed) fetch(ctx context.Context, endpoints []string, get parts.Get, node string) (zkcommit.Secret, error) {
	if v.model.RevealBy == 0 && node != "" {
		return v.undated(ctx, node, get)
	}
	sealed, err := v.ciphertext(ctx, get, false)
	if err != nil {
		return nil, err
	}
	v.sealed.Ciphertext = sealed
	network, _, err := timelock.Inspect(sealed)
	if err != nil {
		return nil, v.wrong("%w: %w", timelock.ErrCiphertext, err)
	}
	b, err := beaconOf(ctx, network, endpoints)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", v.name(), err)
	}
	return v.open(ctx, b, nil)
}

// beaconOf is the network that a ciphertext is locked to.
func beaconOf(ctx context.Context, network graph.Hash, endpoints []string) (b *timelock.Beacon, err error) {
	hash := network.Hex()[2:]
	if len(endpoints) == 0 {
		if hash != timelock.Quicknet.Hash {
			return nil, fmt.Errorf("it is locked to the network %s, which is not drand's quicknet: name one of its beacons with --beacon", hash)
		}
		return drand(ctx, nil, "")
	}
	b = &timelock.Beacon{Endpoints: endpoints}
	if b.Network, err = fetchNetwork(ctx, endpoints); err != nil {
		return nil, err
	}
	if b.Hash() != network {
		return nil, fmt.Errorf("it is locked to the network %s, and --beacon is of another: name one of its beacons", hash)
	}
	return b, nil
}
