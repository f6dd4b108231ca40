package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"candor/graph"
	"candor/internal/pinned"
	"candor/local/broker"
	"candor/rankers/publish"
	"candor/rankers/worker"
	"candor/web"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/circuit/verifier"
	"candor/zkcommit/verify"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/nats-io/nats.go"
	"github.com/spf13/cobra"
)

// workerOptions say who may serve rankers on this node from outside, and how they are held
// to each other.
type workerOptions struct {
	listen   string
	replicas int
}

func (o *workerOptions) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.listen, "workers", "", "address, such as 0.0.0.0:4222, at which publishers' workers on other machines reach this node, encrypted; without one only those on this machine do")
	f.IntVar(&o.replicas, "replicas", 3, "how many operators of a ranker are asked the same for each page, where it has so many: the one that answers otherwise is cut off")
}

func (o *workerOptions) check(p *proveOptions) error {
	if o.replicas < 1 || o.replicas > 16 {
		return fmt.Errorf("--replicas %d is no number of operators: send 1 to 16", o.replicas)
	}
	if o.listen == "" {
		return nil
	}
	if p.nats != "" {
		return errors.New("--workers is for the NATS server in this process: let workers into that of --nats by its own accounts")
	}
	_, port, err := net.SplitHostPort(o.listen)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return fmt.Errorf("--workers %q is no address: send one such as 0.0.0.0:4222", o.listen)
	}
	return nil
}

// at is where the broker listens.
func (o *workerOptions) at(port int) (string, int) {
	if o.listen == "" {
		return "", port
	}
	host, text, _ := net.SplitHostPort(o.listen) // check has read it
	n, _ := strconv.Atoi(text)
	return cmp.Or(host, "0.0.0.0"), n
}

// certificate is by which workers on other machines know this node, made once; nil where
// only this machine reaches it.
func (o *workerOptions) certificate(dir, node string) (*tls.Certificate, error) {
	if host, _ := o.at(0); host == "" || broker.Local(host) {
		return nil, nil
	}
	path := filepath.Join(dir, "keys", "workers.pem")
	file, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if file, err = pinned.New("candor-"+node, time.Now()); err == nil {
			err = writeFile(path, file)
		}
	}
	if err != nil {
		return nil, err
	}
	c, err := pinned.Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s holds no key and certificate: put the right file back, or remove it and have permits made anew: %w", path, err)
	}
	return &c, nil
}

// workers are the node's side of rankers whose models their workers hold.
type workers struct {
	*services
	hub  *worker.Hub
	cuts *worker.CutFiles

	mu     sync.RWMutex
	owners map[graph.Hash]*zkcommit.Manifest // of models that workers may serve
	pools  map[graph.Hash]*worker.Pool
}

func (s *services) newWorkers() *workers {
	w := &workers{services: s, owners: map[graph.Hash]*zkcommit.Manifest{}, pools: map[graph.Hash]*worker.Pool{}}
	w.cuts = &worker.CutFiles{Dir: filepath.Join(s.dir, "workers", "cut-off"), Log: func(err error) { s.log.Error("who was cut off cannot be read", "err", err) }}
	return w
}

// open connects to the broker.
func (w *workers) open(at string, b *broker.Server, more ...nats.Option) (err error) {
	if b != nil {
		w.cuts.Out = func(user string) {
			if err := b.Expel(user); err != nil {
				w.log.Error("an operator that was cut off stays connected", "user", user, "err", err)
			}
		}
	}
	w.hub, err = worker.Open(at, w.address(), w, w.log, more...)
	if err == nil {
		w.closers = append(w.closers, func() error { w.hub.Close(); return nil })
	}
	return err
}

func (n *node) address() graph.Address { return crypto.PubkeyToAddress(n.keys.node.PublicKey) }

// guest lets in whom a hosted ranker's publisher permits, if it was not cut off.
func (w *workers) guest(user, password string) (r broker.Rights, ok bool) {
	p, err := zkcommit.ParsePermit(w.address(), user, password)
	if err != nil {
		return r, false
	}
	w.mu.RLock()
	m := w.owners[p.Model]
	w.mu.RUnlock()
	if m == nil || p.Check(m.Publisher, uint64(time.Now().Unix())) != nil {
		return r, false
	}
	if _, cut := w.cuts.All(p.Model)[p.Operator]; cut {
		return r, false
	}
	r = broker.Jobs(lower(w.name()), p.Model.Hex()[2:])
	write, read := worker.Subjects(w.address(), p.Model, p.Operator)
	r.Publish, r.Subscribe = append(r.Publish, write...), append(r.Subscribe, read...)
	r.Until = time.Unix(int64(min(p.Expires, 1<<40)), 0)
	return r, true
}

// admit lets the workers of a model in: those of a version that was replaced, too, since
// its runs may wait for proofs.
func (w *workers) admit(p *publish.Parcel) *worker.Pool {
	m := &p.Signed.Manifest
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.pools[m.Commitment] == nil {
		w.owners[m.Commitment] = m
		w.pools[m.Commitment] = w.hub.Pool(worker.Terms{Info: p.Info(), Model: m.Commitment, Replicas: w.options.workers.replicas, Cuts: w.cuts, Tower: towerTerms(m),
			Unregistered: func() bool { return w.unregistered(m) }})
	}
	return w.pools[m.Commitment]
}

// unproven says whether runs of the ranker with this plugin's id are never proven.
func (w *workers) unproven(ranker string) bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	for _, m := range w.owners {
		if m.Unproven() && m.ID().Hex() == ranker {
			return true
		}
	}
	return false
}

// mayCome says whether workers of the model may, who could prove its runs.
func (w *workers) mayCome(model graph.Hash) bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.owners[model] != nil
}

// unregistered says whether the model's runs are to be proven and cannot be yet.
func (w *workers) unregistered(m *zkcommit.Manifest) bool {
	return !m.Unproven() && w.options.prove.makes() && w.registered.model(m.Commitment) == nil
}

// stand is the ranker of a manifest alone, once it can be served: its model is registered,
// where proofs are made, and a worker is there.
func (w *workers) stand(ctx context.Context, p *publish.Parcel) (*worker.Pool, error) {
	m, pool := &p.Signed.Manifest, w.admit(p)
	if w.unregistered(m) {
		if err := w.restore(ctx, m); err != nil {
			return nil, err
		}
	}
	if w.unregistered(m) {
		return nil, fmt.Errorf("its model is not registered yet: its publisher starts candor worker")
	}
	if !pool.Live() {
		return nil, fmt.Errorf("none of its workers is there: its publisher starts candor worker")
	}
	return pool, nil
}

// restore takes up a registration that this node keeps.
func (w *workers) restore(ctx context.Context, m *zkcommit.Manifest) error {
	r, err := w.registered.find(m.Commitment)
	if err != nil || r == nil {
		return err
	}
	key, err := w.runs().Key(ctx, r.Key)
	if err != nil || key == nil {
		return errors.Join(err, errors.New("this node lost the key of its registration"))
	}
	return w.take(ctx, r, key)
}

// Register implements worker.Registrar.
func (w *workers) Register(ctx context.Context, model graph.Hash, x worker.Register) error {
	w.mu.RLock()
	m := w.owners[model]
	w.mu.RUnlock()
	if m == nil || m.Unproven() || !w.options.prove.makes() {
		return errors.New("this node proves no runs of that model")
	}
	if w.registered.model(model) != nil {
		return nil
	}
	r, err := zkcommit.ParseRegistration(x.Registration)
	if err != nil {
		return err
	}
	key := &zkcommit.BundleKey{Circuit: x.Circuit, Development: x.Development, Key: x.Key}
	switch {
	case r.Commitment != model || r.Shape.ID() != m.ShapeID || r.Schema != m.FeatureSchema:
		return errors.New("the registration is of another model")
	case r.Key != key.Hash():
		return errors.New("the registration is under another key than the one beside it")
	case key.Circuit != verifier.Registration(r.Shape).ID:
		return errors.New("the key is of another circuit")
	}
	if err := w.allowed(ctx, r.Shape, key); err != nil {
		return err
	}
	if err := w.ledger.PutKey(ctx, key.Hash(), key.Circuit, key.Development, key.Key); err != nil {
		return err
	}
	if err := w.calls.EnsureKey(ctx, registry.Key{Hash: key.Hash(), Circuit: registry.CircuitID(key.Circuit), Development: key.Development}); err != nil {
		return err
	}
	if err := w.take(ctx, r, key); err != nil {
		return err
	}
	return w.registered.keep(r)
}

// allowed says whether registrations under the key count here: under development keys of
// the worker's own on a development chain whose node knows no ceremony of that circuit,
// else under the ceremony's alone.
func (w *workers) allowed(ctx context.Context, shape zkcommit.Shape, key *zkcommit.BundleKey) error {
	sealed, err := w.ceremonies.registration(shape)
	if err != nil {
		return err
	}
	switch {
	case sealed != nil && sealed.Hash() != key.Hash():
		return errors.New("this node takes registrations under its ceremony's key alone: name that ceremony with --ceremony")
	case sealed == nil && (!key.Development || !w.development):
		return errors.New("this node knows no ceremony for models of this shape, and development keys count on development chains alone")
	}
	return nil
}

// take checks a registration as a reader would, and lets proofs rest on it.
func (w *workers) take(ctx context.Context, r *zkcommit.Registration, key *zkcommit.BundleKey) error {
	checked, err := verify.Register(r, key)
	if err != nil {
		return fmt.Errorf("the registration does not hold: %w", err)
	}
	return w.spread(ctx, r, checked)
}

// shown fills in how a plugin's workers stand, and what they let its runs claim.
func (w *workers) shown(p *web.Plugin) {
	w.mu.RLock()
	pool := w.pools[p.Commitment]
	w.mu.RUnlock()
	if pool == nil {
		return
	}
	ready := 0
	for _, s := range pool.Standings(time.Now()) {
		if s.State == worker.Ready {
			ready++
		}
		p.Workers = append(p.Workers, web.Worker(s))
	}
	if p.Signed.Manifest.Unproven() {
		p.Assurance = "committed"
		if min(ready, w.options.workers.replicas) > 1 {
			p.Assurance = "replicated"
		}
	}
}

// reached is the address that workers are told, as this node knows it.
func (p *proving) reached() string {
	if p.broker == nil {
		return ""
	}
	return p.broker.Open().String()
}
