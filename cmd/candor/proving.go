package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"path/filepath"
	"runtime"
	"sync"

	"candor/graph"
	"candor/local/broker"
	"candor/store/tables"
	"candor/web"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/circuit/verifier"
	"candor/zkcommit/prover"
	"candor/zkcommit/prover/jobs"
	"candor/zkcommit/tlog"
	"candor/zkcommit/verify"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/nats-io/nats.go"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

// proveOptions are the operator's dial for proofs and their cost.
type proveOptions struct {
	dial     string
	cores    int
	nats     string
	natsPort int
	each     int
	total    int
	cross    float64

	ceremonies []string // directories of sealed ones, whose keys take the place of development keys
}

func (o *proveOptions) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.dial, "prove", "all", "which runs to prove: all, sampled:RATE (such as sampled:0.1), asked or off; a change begins with the next epoch of runs")
	f.Float64Var(&o.cross, "cross-check", 0.001, "share of the proven runs, of 1, that are drawn to be proved a second time, by the dispute circuit (2 s of CPU each); 0 for none; a change begins with the next epoch of runs")
	f.StringArrayVar(&o.ceremonies, "ceremony", nil, "directory of a sealed ceremony, whose keys are used in place of development keys; may be repeated")
	f.IntVar(&o.cores, "prove-cores", max(1, runtime.NumCPU()/2), "how many processor cores this process gives to proofs; 0 leaves them to candor prover")
	f.IntVar(&o.each, "prove-asked-each", 20, "proofs that one reader may ask for in an hour")
	f.IntVar(&o.total, "prove-asked-total", 120, "proofs that all readers may ask for in an hour")
	f.StringVar(&o.nats, "nats", "", "URL of a NATS cluster with JetStream (nats://user:password@host:4222) to hand out proofs over; without one it runs in this process")
	f.IntVar(&o.natsPort, "nats-port", 0, "port of the NATS server in this process, on 127.0.0.1; 0 takes a free one")
}

func (o *proveOptions) check() error {
	if _, err := prover.ParseDial(o.dial); err != nil {
		return err
	}
	switch {
	case !(o.cross >= 0 && o.cross <= 1):
		return fmt.Errorf("--cross-check %v is no share: send 0 to 1, such as 0.001", o.cross)
	case o.cores < 0 || o.cores > 1024:
		return fmt.Errorf("--prove-cores %d is no number of cores: send 0 to 1024", o.cores)
	case o.natsPort < 0 || o.natsPort > 65535:
		return fmt.Errorf("--nats-port %d is no port: send 0 to 65535", o.natsPort)
	case o.each < 0 || o.total < 0:
		return errors.New("--prove-asked-each and --prove-asked-total are numbers of proofs: send 0 or more")
	}
	return nil
}

// makes says whether this node makes proofs, or has them made.
func (o *proveOptions) makes() bool {
	d, err := prover.ParseDial(o.dial)
	return err == nil && d.Mode != zkcommit.ProveOff
}

// crossRate is how many of 10,000 proven runs are to be proved twice.
func (o *proveOptions) crossRate() uint32 { return uint32(math.Ceil(o.cross * zkcommit.WholeRate)) }

// proving is what has runs proved.
type proving struct {
	*services
	second  *second
	service *prover.Service
	board   *jobs.Board
	broker  *broker.Server // nil: an outside one
	url     string         // of the broker, for this node
	workers *workers

	begun  chan struct{} // closed once the built-in models are registered
	guests sync.WaitGroup
}

// brokerURL is the file that tells a worker on this machine where the broker is.
func brokerURL(dir string) string { return filepath.Join(dir, "keys", "broker.url") }

func (n *node) name() string {
	return crypto.PubkeyToAddress(n.keys.node.PublicKey).Hex()[2:]
}

// openEpochs opens the log of what the node promised to prove.
func (n *node) openEpochs(ctx context.Context) (err error) {
	n.epochs, err = tlog.Open(ctx, filepath.Join(n.dir, "log-epochs"),
		tlog.Options{Origin: n.origin() + "/epochs", Seed: n.keys.logSeed(), Logger: n.log})
	if err == nil {
		n.closers = append(n.closers, func() error { return n.epochs.Close(context.Background()) })
	}
	return err
}

// openProving starts the broker and announces the first epoch, before anything is
// ranked.
func (s *services) openProving(ctx context.Context) (*proving, error) {
	p := &proving{services: s, second: &second{services: s}, begun: make(chan struct{}), workers: s.newWorkers()}
	o := s.options.prove
	var within []nats.Option
	if p.url = o.nats; p.url == "" {
		secret, err := secret(filepath.Join(s.dir, "keys", "broker.key"))
		if err != nil {
			return nil, err
		}
		host, port := s.options.workers.at(o.natsPort)
		certificate, err := s.options.workers.certificate(s.dir, lower(s.name()))
		if err != nil {
			return nil, err
		}
		p.broker, err = broker.Start(broker.Config{Dir: filepath.Join(s.dir, "broker"), Host: host, Port: port, Secret: secret, Node: lower(s.name()), Logger: s.log,
			Certificate: certificate, Guest: p.workers.guest})
		if err != nil {
			return nil, err
		}
		s.closers = append(s.closers, p.broker.Close)
		p.url = p.broker.URL()
		within = append(within, nats.InProcessServer(p.broker))
	} else {
		p.url = withNode(p.url, s.name())
	}
	if err := writeFile(brokerURL(s.dir), []byte(p.url+"\n")); err != nil {
		return nil, err
	}
	var err error
	if p.board, err = jobs.Open(p.url, s.name(), s.log, within...); err != nil {
		return nil, err
	}
	s.closers = append(s.closers, func() error { p.board.Close(); return nil })
	if err := p.workers.open(p.url, p.broker, within...); err != nil {
		return nil, err
	}
	p.second.away.serves, p.workers.hub.Second = p.workers.mayCome, p.second
	dial, err := prover.ParseDial(o.dial)
	if err != nil {
		return nil, err
	}
	a := &prover.Announcer{Promises: s.ledger, Runs: s.ledger, Dial: dial, Network: s.dates.Hash(), Cross: o.crossRate()}
	if why := p.second.able(); a.Cross > 0 && why != nil {
		s.log.Warn("no run is proved twice", "why", why)
		a.Cross = 0
	}
	p.service = prover.New(prover.Config{Ledger: s.ledger, Figures: s.ledger, Board: p.board, Check: checks{s.registered}, Announcer: a,
		Sampler: &prover.Sampler{Promises: s.ledger, Anchors: anchors{s.node}, Beacon: chance{s.node}}, Crosses: s.ledger, Metrics: s.metrics, Logger: s.log})
	return p, p.service.Prepare(ctx)
}

// serve has runs proved until the context ends.
func (p *proving) serve(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return p.service.Run(ctx) })
	g.Go(func() error { return p.workers.hub.Serve(ctx) })
	g.Go(func() error {
		// A run proof is worth nothing without its model's registration: until that is
		// there, no worker gets a statement, and no run is called proven.
		models := orders{}
		if p.options.prove.makes() {
			var err error
			if models, err = p.plugins.provable(); err != nil {
				return err
			}
			if err := p.register(ctx, models); err != nil {
				return err
			}
			keys := "development: whoever made them can forge registrations"
			if _, sealed := p.ceremonies[verifier.Registration(zkcommit.Provable).ID]; sealed {
				keys = "a ceremony's"
			}
			p.log.Info("the prover is ready", "models", len(models), "keys", keys)
		}
		close(p.begun)
		g.Go(func() error { return p.board.Serve(ctx, p.service) })
		g.Go(func() error {
			c := prover.CrossChecker{Book: p.ledger, Second: p.second, Cores: max(1, p.options.prove.cores), Logger: p.log}
			c.Run(ctx)
			return ctx.Err()
		})
		return p.work(ctx, models)
	})
	g.Go(func() error {
		a := tlog.Appender{Log: p.epochs, Ledger: epochBook{p.node}, Failed: p.retried("the log did not take an epoch")}
		return a.Run(ctx)
	})
	g.Go(func() error {
		a := tlog.Anchorer{Log: p.epochs, Chain: registry.Anchorage{Client: p.calls, Origin: p.epochs.Verifier().Origin}, Every: p.options.anchorEvery,
			Failed: p.retried("the chain did not take an anchor of the epochs")}
		a.Run(ctx)
		return nil
	})
	return g.Wait()
}

// work proves in this process, with the cores that it may use.
func (p *proving) work(ctx context.Context, b orders) error {
	if p.options.prove.cores == 0 || len(b) == 0 {
		return nil
	}
	var within []nats.Option
	if p.broker != nil {
		within = append(within, nats.InProcessServer(p.broker))
	}
	return work(ctx, p.url, b.held(), &prover.Worker{Name: "node", Backend: b, Cores: p.options.prove.cores, Logger: p.log}, within...)
}

// take registers a guest's model and has its runs proved until the context ends.
func (p *proving) take(ctx context.Context, o opened) error {
	select {
	case <-p.begun:
	case <-ctx.Done():
		return ctx.Err()
	}
	models := orders{}
	m, err := models.hold(o.model, o.schema, o.salt)
	if err != nil {
		return err
	}
	p.plugins.add(m.weights.ID(), o)
	if err := p.register(ctx, models); err != nil {
		return err
	}
	p.guests.Go(func() {
		if err := p.work(ctx, models); err != nil && ctx.Err() == nil {
			p.log.Error("the runs of a hosted ranker are not proved: start the node again", "model", m.weights.ID(), "err", err)
		}
	})
	return nil
}

// checks checks run proofs of registered models. It implements prover.Checker.
type checks struct{ *registrations }

func (c checks) Check(_ context.Context, st zkcommit.Statement, p zkcommit.Proof) error {
	m := c.model(st.Commitment)
	if m == nil {
		return fmt.Errorf("the model %s is not registered", st.Commitment)
	}
	return verify.Run(m, st, p)
}

// anchors tells the prover what the chain holds.
type anchors struct{ *node }

// Newest implements prover.Anchors.
func (a anchors) Newest(ctx context.Context) (prover.Anchor, bool, error) {
	r, ok, err := a.calls.LatestOf(ctx, crypto.PubkeyToAddress(a.keys.node.PublicKey), a.origin())
	return prover.Anchor{Size: r.Size, Root: r.Root, Block: r.Block}, ok, err
}

// noted is the run log's way to the chain: an anchor's draw is noted before the
// next anchor takes its place.
type noted struct {
	registry.Anchorage
	sampler *prover.Sampler
}

// Anchor implements tlog.Anchorage.
func (n noted) Anchor(ctx context.Context, size uint64, root graph.Hash) error {
	if err := n.sampler.Note(ctx); err != nil {
		return err
	}
	return n.Anchorage.Anchor(ctx, size, root)
}

// epochBook shows the epochs to the appender of their log, as if they were a lane's:
// entry n is epoch n.
type epochBook struct{ *node }

// Unlogged implements tlog.Ledger.
func (b epochBook) Unlogged(ctx context.Context, lane uint32, limit int) ([]zkcommit.EntryRow, error) {
	es, err := b.ledger.UnloggedEpochs(ctx, lane, limit)
	rows := make([]zkcommit.EntryRow, len(es))
	for i, e := range es {
		rows[i] = zkcommit.EntryRow{Lane: e.Lane, Seq: e.Order, Bytes: e.Bytes(b.chainID, b.genesis, crypto.PubkeyToAddress(b.keys.node.PublicKey))}
	}
	return rows, err
}

// SetLogged implements tlog.Ledger.
func (b epochBook) SetLogged(ctx context.Context, lane uint32, number, _ uint64) error {
	return b.ledger.SetEpochLogged(ctx, lane, number)
}

// announced shows runs and aborts to the appender of their log, those of an epoch only
// once its announcement is logged.
type announced struct{ *tables.Ledger }

// Unlogged implements tlog.Ledger.
func (a announced) Unlogged(ctx context.Context, lane uint32, limit int) ([]zkcommit.EntryRow, error) {
	es, err := a.UnloggedEpochs(ctx, lane, 1)
	if err != nil {
		return nil, err
	}
	rows, err := a.Ledger.Unlogged(ctx, lane, limit)
	if len(es) > 0 {
		for i := range rows {
			if rows[i].Seq >= es[0].First {
				return rows[:i], err
			}
		}
	}
	return rows, err
}

// Standing implements web.Proving.
func (p *proving) Standing() web.Standing {
	s := p.service.Status()
	out := web.Standing{Mode: string(s.Mode), Rate: s.Rate, Total: share(s.Total), Rankers: map[string]web.Share{}, Whole: s}
	for _, f := range s.Rankers {
		out.Rankers[f.Ranker] = share(f)
	}
	return out
}

func share(f zkcommit.ProofFigures) web.Share {
	return web.Share{Runs: f.Runs, Proven: f.Proven, Failed: f.Failed, SampledOut: f.Out, Waiting: f.Owed + f.Undrawn, Share: prover.Share(f)}
}

// AskProof implements web.Proving.
func (p *proving) AskProof(ctx context.Context, run, holder graph.Hash, now uint64) error {
	q := zkcommit.Quota{Each: p.options.prove.each, Total: p.options.prove.total}
	refuse := func(status int, format string, a ...any) error {
		return &web.Refusal{Status: status, Detail: fmt.Sprintf(format, a...)}
	}
	row, ok, err := p.ledger.RunByID(ctx, run)
	if err == nil && ok && p.workers.unproven(row.Ranker) {
		return refuse(http.StatusConflict, "the publisher of this ranker promises no proofs: ask for a run of another")
	}
	if err == nil {
		err = p.ledger.AskProof(ctx, run, holder, now, q)
	}
	switch {
	case err == nil:
		p.service.Wake()
		return nil
	case errors.Is(err, tables.ErrEach):
		return refuse(http.StatusTooManyRequests, "you have asked for %d proofs in an hour, which is all that one reader may: ask again later", q.Each)
	case errors.Is(err, tables.ErrTotal):
		return refuse(http.StatusTooManyRequests, "readers have asked for %d proofs in an hour, which is all that this node makes on demand: ask again later", q.Total)
	case errors.Is(err, tables.ErrNotProving):
		return refuse(http.StatusConflict, "the node announced before this run that it proves none of its epoch: ask for a run of another epoch")
	case errors.Is(err, tables.ErrNotProved):
		return refuse(http.StatusConflict, "the proof of this run failed or came too late, and stays so: ask for another run")
	}
	return err
}
