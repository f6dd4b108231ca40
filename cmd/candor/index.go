package main

import (
	"context"
	"errors"
	"fmt"

	"candor/graph"
	"candor/indexer"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/spf13/cobra"
)

// indexOptions say how the chain is followed.
type indexOptions struct {
	window uint64
}

func (o *indexOptions) flags(c *cobra.Command) {
	c.Flags().Uint64Var(&o.window, "reorg-window", 256, "deepest reorganisation of the chain, in blocks, that is followed; beyond it nothing is served")
}

func (n *node) openIndex(ctx context.Context, o indexOptions) error {
	cfg := indexer.Config{Source: n.source, Fetcher: n.ipfs, Mirror: n.mirror.spoken, Window: o.window,
		Start: n.from, Denied: n.denied.Documents, Log: n.log}
	if n.chain != nil { // it makes a block when it is asked to, and takes none back
		cfg.Instant, cfg.Knock = true, func() { n.chain.Commit() }
	}
	n.index = indexer.New(cfg)
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	filled := make(chan struct{})
	go func() {
		defer close(filled)
		n.mirror.fillWords(ctx)
	}()
	go func() {
		defer close(done)
		defer func() { stop(); <-filled }()
		switch err := n.index.Run(ctx); {
		case errors.Is(err, indexer.ErrBeyondWindow):
			// Runs and their proofs can still be read here; feeds, posts and people are refused.
			n.log.Error("nothing is served any more", "err", err)
		case err != nil:
			n.failed <- fmt.Errorf("the indexer stopped: %w", err)
		}
	}()
	n.closers = append(n.closers, func() error { stop(); <-done; return nil })
	return nil
}

// sound is nil when what is indexed may be served.
func (n *node) sound() error {
	if n.index == nil {
		return graph.Later("the index is being opened: ask again in a moment")
	}
	return n.index.Sound()
}

// ready is nil when the index is at the chain's head.
func (n *node) ready(context.Context) error {
	if err := n.sound(); err != nil {
		return err
	}
	if s := n.index.Status(); !s.Ready {
		return fmt.Errorf("the index is at block %d of %d", s.Indexed.Number, s.Head.Number)
	}
	return nil
}

// finality tells readers what the chain will not take back.
type finality struct{ *node }

func (f finality) Finalized() uint64 { return f.index.Status().Final.Number }

func (f finality) Holds(ctx context.Context, number uint64, hash graph.Hash) bool {
	b, ok, err := f.node.mirror.Block(ctx, number)
	return err == nil && ok && b.Hash == hash
}

// measures shows how the index and its endpoints do.
type measures struct{ *node }

func measure(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("candor_"+name, help, labels, nil)
}

var (
	indexedBlock  = measure("indexed_block", "Newest block in the index.")
	chainBlock    = measure("chain_block", "Newest block of the chain as last seen.")
	finalBlock    = measure("final_block", "Newest indexed block that the chain will not take back.")
	reorgs        = measure("reorgs_total", "Reorganisations of the chain that were followed.")
	sourceErrors  = measure("source_errors_total", "Times that no endpoint gave a good answer.")
	missedContent = measure("documents_missed_total", "Documents that were not there with their block.")
	lateContent   = measure("documents_late_total", "Documents that came later.")
	failures      = measure("endpoint_failures_total", "Failures of an RPC endpoint.", "endpoint", "kind")
	answers       = measure("endpoint_answers_total", "Good answers of an RPC endpoint.", "endpoint")
	resting       = measure("endpoint_resting", "1 while an RPC endpoint is not asked, because it failed or lied.", "endpoint")
)

func (m measures) Describe(c chan<- *prometheus.Desc) { prometheus.DescribeByCollect(m, c) }

func (m measures) Collect(c chan<- prometheus.Metric) {
	s := m.index.Status()
	put := func(d *prometheus.Desc, t prometheus.ValueType, v uint64, labels ...string) {
		c <- prometheus.MustNewConstMetric(d, t, float64(v), labels...)
	}
	put(indexedBlock, prometheus.GaugeValue, s.Indexed.Number)
	put(chainBlock, prometheus.GaugeValue, s.Head.Number)
	put(finalBlock, prometheus.GaugeValue, s.Final.Number)
	put(reorgs, prometheus.CounterValue, s.Reorgs)
	put(sourceErrors, prometheus.CounterValue, s.SourceErrors)
	put(missedContent, prometheus.CounterValue, s.Missed)
	put(lateContent, prometheus.CounterValue, s.Late)
	for _, h := range m.source.Health() {
		put(answers, prometheus.CounterValue, h.Answers, h.Name)
		rests := uint64(0)
		if h.Resting != nil {
			rests = 1
		}
		put(resting, prometheus.GaugeValue, rests, h.Name)
		for kind, n := range h.Failures {
			put(failures, prometheus.CounterValue, n, h.Name, kind)
		}
	}
}
