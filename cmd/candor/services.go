package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"candor/feeds"
	selection "candor/feeds/select"
	"candor/graph"
	"candor/rankers/quality"
	"candor/web"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/tlog"
	"candor/zkcommit/tlog/witness"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"golang.org/x/sync/errgroup"
)

// mergeDelay is what receipts promise: a run is in the log within so many seconds.
const mergeDelay = 60

// services are what runs on an open node until the context ends.
type services struct {
	*node
	plugins *plugins
	metrics *prometheus.Registry
	options upOptions
	quality quality.Book
	cells   cells

	witnesses []*witness.Collector // of each log; none: nobody cosigns
}

// serve runs everything; the first part that fails ends all.
func (s *services) serve(ctx context.Context, l net.Listener) error {
	proving, err := s.openProving(ctx)
	if err != nil {
		return err
	}
	if err := s.witnessed(s.options.witnesses); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	for _, c := range s.witnesses {
		g.Go(func() error { c.Run(ctx); return nil })
	}
	if s.beacon != nil {
		s.dates.Endpoints = []string{"http://" + l.Addr().String() + "/beacon"}
	}
	reveals := s.watchReveals(s.plugins, s.cells)
	hosted := s.newHosting(proving.workers)
	if s.options.prove.makes() {
		reveals.submit, hosted.prove = s.submitOwn, proving.take
	}
	hall := s.hall(hosted)
	if err := hall.Open(ctx); err != nil {
		return fmt.Errorf("the tickets of the ledger cannot be taken up: %w", err)
	}
	defer hall.Close() // when all that asks it has ended
	measured := newMeasuring(s, hosted)
	publications := s.publications(reveals)
	reports, err := openReports(publications)
	if err != nil {
		return err
	}
	access, err := s.options.access.access(s.chainID, l.Addr(), hall.Asks)
	if err != nil {
		return err
	}
	server := web.New(web.Config{Feeds: &served{hall, s.figures}, Mirror: s.mirror, History: s.mirror, Runs: s.runs(), Proofs: s.runs(), Tickets: s.ledger,
		Reveals: reveals, Plugins: publications, Towers: hosted.tower, Reports: reports, Schema: schema, Custody: s.custody, Access: access, Beacon: s.serveBeacon(),
		Writes: writes{s.relay, s.index}, Catalogue: func() web.Catalogue { return s.catalogue(hosted, measured) }, Withheld: s.withheld, Gateway: s.ipfs.Gateway(),
		Chain: s.facts(l, proving.reached()), Ready: s.ready, Proving: proving, Final: finality{s.node}, Log: s.logs(), Snapshots: s.snapshots.all, Metrics: s.metrics, Logger: s.log})
	g.Go(func() error { return server.Serve(ctx, l) })
	g.Go(func() error { // a node that serves a past is none: end, and say why
		select {
		case <-ctx.Done():
			return nil
		case err := <-s.failed:
			return err
		case err := <-s.mirror.Lost():
			return err
		}
	})
	g.Go(func() error {
		a := tlog.Appender{Log: s.runlog, Ledger: announced{s.ledger}, Failed: s.retried("the log did not take a run")}
		return a.Run(ctx)
	})
	if s.options.vectors.qdrant != "" {
		g.Go(func() error { s.watchVectors(ctx, s.options.vectors.check); return nil })
	}
	g.Go(func() error { s.denied.Watch(ctx, 2*time.Second); return nil })
	g.Go(func() error { s.collect(ctx, reveals, reports); return nil })
	g.Go(func() error { hosted.watch(ctx); proving.guests.Wait(); return nil })
	g.Go(func() error { measured.run(ctx); return nil })
	g.Go(func() error { hosted.tower.run(ctx); return nil })
	g.Go(func() error { reveals.watch(ctx); return nil })
	size := promauto.With(s.metrics).NewGauge(prometheus.GaugeOpts{Name: "candor_anchored_size", Help: "Runs under the newest anchor on the chain."})
	g.Go(func() error {
		a := tlog.Anchorer{Log: s.runlog, Chain: noted{registry.Anchorage{Client: s.calls, Origin: s.origin()}, proving.service.Sampler}, Every: s.options.anchorEvery,
			Failed: s.retried("the chain did not take an anchor"), Anchored: func(c tlog.Checkpoint) { size.Set(float64(c.Size)) }}
		a.Run(ctx)
		return nil
	})
	g.Go(func() error { return proving.serve(ctx) })
	g.Go(func() error { s.defend(ctx, proving.second); return nil })
	g.Go(func() error { return s.snapshots.operate(ctx) })
	g.Go(func() error {
		a := tlog.Anchorer{Log: s.snapshots.log, Chain: registry.Anchorage{Client: s.calls, Origin: s.snapshots.log.Verifier().Origin}, Every: s.options.anchorEvery,
			Failed: s.retried("the chain did not take an anchor of the snapshots")}
		a.Run(ctx)
		return nil
	})
	g.Go(func() error { return s.seed(ctx, "http://"+l.Addr().String()) })
	err = g.Wait()
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

func (s *services) retried(what string) func(error) {
	return func(err error) { s.log.Warn(what+" and is asked again", "err", err) }
}

func (n *node) runs() runs { return runs{n.ledger, n.registered, n.disputed} }

// logs serves the log of runs, and those of snapshots and epochs below it.
func (s *services) logs() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/snapshots/", http.StripPrefix("/snapshots", s.cosigned(s.snapshots.log)))
	mux.Handle("/epochs/", http.StripPrefix("/epochs", s.cosigned(s.epochs)))
	mux.Handle("/", s.cosigned(s.runlog))
	return mux
}

func (s *services) hall(h *hosting) *feeds.Hall {
	return &feeds.Hall{Mirror: s.mirror, Ledger: s.ledger, Rankers: s.plugins.rankers, Guests: h.find, Filters: s.plugins.filters,
		Select: selection.Select, Node: s.keys.node,
		Origin: feeds.Origin{ChainID: s.chainID, Genesis: s.genesis, Registry: s.at.Registry, RunLog: s.at.RunLog, Node: crypto.PubkeyToAddress(s.keys.node.PublicKey)},
		Final:  s.node.final, Asks: s.options.access.bounds(s.development), Failed: s.retried("the ledger did not take an entry")}
}

// facts is the answer of /api/v1/chain.
func (s *services) facts(l net.Listener, workers string) func(context.Context) (any, error) {
	type key struct {
		ID          graph.Hash `json:"id"`
		Circuit     string     `json:"circuit"`
		Development bool       `json:"development"`
	}
	return func(ctx context.Context) (any, error) {
		rows, err := s.ledger.ListKeys(ctx)
		if err != nil {
			return nil, err
		}
		keys := make([]key, len(rows))
		for i, r := range rows {
			keys[i] = key{r.Hash, r.Circuit, r.Development}
		}
		return struct {
			ChainID   uint64             `json:"chainId"`
			Genesis   graph.Hash         `json:"genesis"`
			Contracts contractAddresses  `json:"contracts"`
			Block     uint64             `json:"block"` // the contracts are in no earlier one
			Node      graph.Address      `json:"node"`
			Keys      []key              `json:"keys"`
			RPC       string             `json:"rpc"`
			IPFS      string             `json:"ipfs"`
			Beacon    beaconFacts        `json:"beacon"`
			Log       string             `json:"log"`
			LogKey    string             `json:"logKey"`
			Witnesses []witness.Standing `json:"witnesses"`
			Snapshots string             `json:"snapshotLog"`
			SnapKey   string             `json:"snapshotLogKey"`
			Epochs    string             `json:"epochLog"`
			EpochKey  string             `json:"epochLogKey"`
			Workers   string             `json:"workers"` // NATS server; "": none in this process
			Note      string             `json:"note"`
		}{s.chainID, s.genesis, contractAddresses(s.at), max(s.from, 1), crypto.PubkeyToAddress(s.keys.node.PublicKey), keys, s.rpc, s.ipfs.Gateway(), s.beaconFacts(),
			"http://" + l.Addr().String() + "/log/", s.runlog.Verifier().String(), s.standing(),
			"http://" + l.Addr().String() + "/log/snapshots/", s.snapshots.log.Verifier().String(),
			"http://" + l.Addr().String() + "/log/epochs/", s.epochs.Verifier().String(), workers, "as this node says"}, nil
	}
}

// registerNode tells the chain who this node is.
func (n *node) registerNode(ctx context.Context, url string) error {
	return n.calls.EnsureNode(ctx, graph.Hash(n.runlog.Verifier().Key), url)
}
