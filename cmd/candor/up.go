package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"candor/rankers/sandbox"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"

	gethlog "github.com/ethereum/go-ethereum/log"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/spf13/cobra"
)

type upOptions struct {
	data, listen, seed string
	database           string
	verbose            bool
	prove              proveOptions
	anchorEvery        time.Duration
	chain              chainOptions
	content            contentOptions
	index              indexOptions
	start              fromOptions
	vectors            vectorOptions
	beacon             beaconOptions
	reveal             revealOptions
	access             accessOptions
	workers            workerOptions
	hosts              []string
	unsafeHost         bool
	quality            []string
	witnesses          []string
}

func upCommand() *cobra.Command {
	var o upOptions
	c := &cobra.Command{
		Use:   "up",
		Short: "Run the all-in-one node",
		Long: `Run the all-in-one node: a development chain, an IPFS node, the index, the
ledger, the transparency log, the rankers, the prover and the web client, all in
this process. What it keeps is under --data, and survives a power cut.

The first start deploys the contracts, makes the node's keys and, behind the
served page, the keys under which its models are registered. Run proofs need none,
but rest on those registrations. These are development keys: whoever made them can
forge registrations, and wherever one is used it is said so.

With --rpc it follows an EVM chain outside instead, over as many endpoints as you
name: one that fails or lies is left for another and named in the log. Whatever an
endpoint says of blocks is checked against their headers; which chain is the true one
is the endpoints' word. candor deploy puts the contracts there and writes the file
for --contracts, which names the chain by its id and first block: endpoints of
another are refused. The node pays from accounts of its own (keys in DATA/keys) and
says which to fund. Development keys are taken on development chains only, so
elsewhere runs are not proved yet.

With --from-snapshot an empty index starts from a snapshot, once that is checked:
its block is on the chain, every post and embedding is what its CID and text say,
its rows fit each other and its own mirror root, and a log holds it if you name
one. That its rows happened on the chain a snapshot cannot show: trust who gave
you its CID, or index the chain elsewhere and compare candor snapshot's CIDs.`,
		Example: `  candor up
  candor up --data /var/lib/candor --listen 127.0.0.1:9000 --seed none
  candor up --seed history.jsonl.gz
  candor up --rpc https://a.example --rpc https://b.example --contracts contracts.json
  candor up --database postgres://candor@127.0.0.1/candor`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if len(o.chain.rpc) > 0 && !c.Flags().Changed("seed") {
				o.seed = "none" // nobody's funds are spent on a sample town unasked
			}
			if len(o.chain.rpc) > 0 && !c.Flags().Changed("reveal-after") {
				o.reveal.after = 0 // nor on a bond
			}
			return up(c.Context(), o)
		},
	}
	f := c.Flags()
	f.StringVar(&o.data, "data", "data", "directory of all that the node keeps")
	f.StringVar(&o.listen, "listen", "127.0.0.1:8080", "address of the page and the API")
	f.StringVar(&o.seed, "seed", "demo", "what to publish first: demo (the sample town), none, or a Jetstream file (.jsonl, .jsonl.gz)")
	f.StringVar(&o.database, "database", os.Getenv("CANDOR_DATABASE"), "PostgreSQL URL to keep index and ledger in, such as postgres://user@host/name, or CANDOR_DATABASE; without one they are files under --data")
	f.BoolVar(&o.verbose, "verbose", false, "log more")
	f.DurationVar(&o.anchorEvery, "anchor-every", 15*time.Second, "how often the log is anchored on the chain, if it grew")
	f.StringArrayVar(&o.witnesses, "witness", nil, "a witness of the log, as URL=KEY with the key that candor witness key prints; may be repeated")
	o.chain.flags(c)
	o.prove.flags(c)
	o.content.flags(c)
	o.index.flags(c)
	o.start.flags(c)
	o.vectors.flags(c)
	o.beacon.flags(c)
	o.reveal.flags(c)
	o.access.flags(c)
	o.workers.flags(c)
	hostFlag(c, &o.hosts, &o.unsafeHost)
	f.StringArrayVar(&o.quality, "quality", nil, "HISTORY=FILE, a name and what candor eval --json printed, to show beside the rankers that it measured; may be repeated")
	return c
}

func up(ctx context.Context, o upOptions) error {
	if err := checkSeed(o.seed); err != nil {
		return err
	}
	if err := o.start.check(); err != nil {
		return err
	}
	if err := o.chain.check(); err != nil {
		return err
	}
	if err := o.prove.check(); err != nil {
		return err
	}
	if err := o.content.check(); err != nil {
		return err
	}
	if err := o.beacon.check(); err != nil {
		return err
	}
	if err := o.reveal.check(); err != nil {
		return err
	}
	if err := o.access.check(); err != nil {
		return err
	}
	if err := o.workers.check(&o.prove); err != nil {
		return err
	}
	if err := checkWitnesses(o.witnesses); err != nil {
		return err
	}
	l, err := listen(o.listen)
	if err != nil {
		return err
	}
	defer l.Close()
	level := slog.LevelInfo
	if o.verbose {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
	// go-ethereum ends the process by itself when its disk fails: let it say so.
	gethlog.SetDefault(gethlog.NewLogger(gethlog.NewTerminalHandlerWithLevel(os.Stderr, gethlog.LevelCrit, false)))
	n, err := openNode(ctx, o, log)
	if err != nil {
		return interrupted(ctx, err)
	}
	defer n.close()
	cells := newCells(sandbox.New, o.unsafeHost, log)
	for _, file := range o.hosts {
		p, _, err := cells.read(ctx, file)
		if err == nil {
			err = host(n.dir, p)
		}
		if err != nil {
			return interrupted(ctx, err)
		}
	}
	if !n.development && o.seed != "none" {
		return fmt.Errorf("the people of --seed %s are imported, which only development chains take: send --seed none", o.seed)
	}
	if n.ceremonies, err = openCeremonies(o.prove.ceremonies); err != nil {
		return err
	}
	if o.prove.makes() {
		if may, err := n.mayProve(ctx); err != nil {
			return interrupted(ctx, err)
		} else if !may {
			o.prove.dial = string(zkcommit.ProveOff)
		}
	}
	n.calls = registry.New(n.client, n.id(), n.at, n.keys.node)
	if n.custody, err = n.openCustody(n.calls, o.reveal.custodyOptions); err != nil {
		return err
	}
	if err := n.registerNode(ctx, "http://"+l.Addr().String()); err != nil {
		return interrupted(ctx, err)
	}
	if err := n.deposit(ctx, o.chain.bond); err != nil {
		return interrupted(ctx, err)
	}
	p, err := n.publishPlugins(ctx)
	if err != nil {
		return interrupted(ctx, err)
	}
	metrics := prometheus.NewRegistry()
	metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	metrics.MustRegister(measures{n}, ends{n})
	measured, err := readQuality(o.quality)
	if err != nil {
		return err
	}
	s := &services{node: n, plugins: p, metrics: metrics, options: o, quality: measured, cells: cells}
	fmt.Fprintf(os.Stderr, "Candor is at http://%s (%s, data in %s)\n", l.Addr(), n.where(), o.data)
	return interrupted(ctx, s.serve(ctx, l))
}

// interrupted takes an error that only says that the user stopped the node.
func interrupted(ctx context.Context, err error) error {
	if ctx.Err() != nil || errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}
