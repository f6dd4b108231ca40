package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"os"
	"time"

	"candor/local/chain"
	registry "candor/zkcommit/chain"

	gethlog "github.com/ethereum/go-ethereum/log"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/spf13/cobra"
)

type upOptions struct {
	data, listen, seed string
	database           string
	chainPort          int
	prove, verbose     bool
	anchorEvery        time.Duration
	content            contentOptions
	index              indexOptions
	start              fromOptions
	vectors            vectorOptions
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
served page, its proving keys. These are development keys: whoever made them can
forge proofs, and wherever one is used it is said so.

With --from-snapshot an empty index starts from a snapshot, once that is checked:
its block is on the chain, every post and embedding is what its CID and text say,
its rows fit each other and its own mirror root, and a log holds it if you name
one. That its rows happened on the chain a snapshot cannot show: trust who gave
you its CID, or index the chain elsewhere and compare candor snapshot's CIDs.`,
		Example: `  candor up
  candor up --data /var/lib/candor --listen 127.0.0.1:9000 --seed none
  candor up --seed history.jsonl.gz
  candor up --database postgres://candor@127.0.0.1/candor`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return up(c.Context(), o) },
	}
	f := c.Flags()
	f.StringVar(&o.data, "data", "data", "directory of all that the node keeps")
	f.StringVar(&o.listen, "listen", "127.0.0.1:8080", "address of the page and the API")
	f.StringVar(&o.seed, "seed", "demo", "what to publish first: demo (the sample town), none, or a Jetstream file (.jsonl, .jsonl.gz)")
	f.StringVar(&o.database, "database", os.Getenv("CANDOR_DATABASE"), "PostgreSQL URL to keep index and ledger in, such as postgres://user@host/name, or CANDOR_DATABASE; without one they are files under --data")
	f.IntVar(&o.chainPort, "chain-port", 0, "port of the chain's JSON-RPC on 127.0.0.1; 0 takes a free one")
	f.BoolVar(&o.prove, "prove", true, "prove every run")
	f.BoolVar(&o.verbose, "verbose", false, "log more")
	f.DurationVar(&o.anchorEvery, "anchor-every", 15*time.Second, "how often the log is anchored on the chain, if it grew")
	o.content.flags(c)
	o.index.flags(c)
	o.start.flags(c)
	o.vectors.flags(c)
	return c
}

func up(ctx context.Context, o upOptions) error {
	if err := checkSeed(o.seed); err != nil {
		return err
	}
	if err := o.start.check(); err != nil {
		return err
	}
	if o.chainPort < 0 || o.chainPort > 65535 {
		return fmt.Errorf("--chain-port %d is no port: send 0 to 65535", o.chainPort)
	}
	if err := o.content.check(); err != nil {
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
	n.calls = registry.New(n.chain.Client(), big.NewInt(chain.ID), n.at, n.keys.node)
	if err := n.registerNode(ctx, "http://"+l.Addr().String()); err != nil {
		return interrupted(ctx, err)
	}
	p, err := n.publishPlugins(ctx)
	if err != nil {
		return interrupted(ctx, err)
	}
	metrics := prometheus.NewRegistry()
	metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	metrics.MustRegister(measures{n})
	s := &services{node: n, plugins: p, metrics: metrics, options: o}
	fmt.Fprintf(os.Stderr, "Candor is at http://%s (development chain at %s, data in %s)\n", l.Addr(), n.chain.HTTP(), o.data)
	return interrupted(ctx, s.serve(ctx, l))
}

// interrupted takes an error that only says that the user stopped the node.
func interrupted(ctx context.Context, err error) error {
	if ctx.Err() != nil || errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}
