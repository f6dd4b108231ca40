package year

import (
	"context"
	"crypto/ecdsa"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"time"

	"candor/contracts"
	"candor/graph"
	"candor/local/beacon"
	devchain "candor/local/chain"
	"candor/zkcommit"
	"candor/zkcommit/chain"
	"candor/zkcommit/circuit"
	"candor/zkcommit/tlog"
	"candor/zkcommit/tlog/witness"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// Size is how much happens in a year.
type Size struct {
	Publishers int
	Versions   int              // of each publisher's ranker
	Runs       int              // of all rankers
	People     int              // of the town whose posts are ranked
	Days       int              // of the town in each part of the year, of which there is one a version
	Shapes     []zkcommit.Shape // of the publishers' models, in turn
	Permille   int              // of the runs are tampered with in each way, and so many versions and anchors
	Cross      uint32           // of 10,000 proven runs are drawn to be proved twice
	// Foreign has a second proof, of a run of another world, which lies may show. Nil: the
	// world makes second proofs itself, which takes half a minute for their keys.
	Foreign *zkcommit.Bundle
}

// Whole is the year of so many runs that docs/threats.md speaks of.
func Whole(runs int) Size {
	return Size{Publishers: 10, Versions: max(10, runs/500), Runs: runs, People: 40, Days: 4, Shapes: []zkcommit.Shape{zkcommit.Provable}, Permille: 10, Cross: 500}
}

// length is how long a year is.
const length = 365 * 24 * time.Hour

// World is the year's world. Close must be called.
type World struct {
	Size Size
	// Addresses for candor audit.
	RPC, Node, Log, Beacon, Gateway string
	Registry                        graph.Address
	Graph                           graph.Address
	Kept, Tickets                   []string // files with runs and with tickets that readers kept
	Witnesses                       []string // keys
	Tampered                        []*Tampering
	Head                            tlog.Checkpoint

	dir              string
	rand             *rand.Rand
	chain            *devchain.Node
	genesis          graph.Hash
	start            time.Time // of the year, by the chain
	owner            *chain.Client
	node             *ecdsa.PrivateKey
	log              *tlog.Log
	epochs           *tlog.Log
	beacon           *beacon.Beacon
	runLog           graph.Address
	town             *town
	seen             map[graph.Address]*considered // by viewers, of the newest block
	keys             map[zkcommit.Shape]*circuit.RegistrationKeys
	second           *circuit.Keys    // of second proofs; nil: the node makes none
	foreign          *zkcommit.Bundle // with a second proof of another run; nil: there is none yet
	makers           []*publisher
	late             *publisher        // whose one model turns out to be another on its date
	lies             map[place]*way    // of publishers
	total            int               // entries that the log gets in the year
	planned          map[int]*way      // of the node, by the number of the entry
	aborts           map[int]bool      // numbers that end in an honest abort
	ended            []graph.Hash      // their tickets, so far
	unsaid           map[*way]int      // how often each lie still is to be told of runs that are drawn
	forks            map[int]*way      // of the node's anchors, by the part of the year
	spare            *zkcommit.Bundle  // of an honest run, for lies
	heads            []tlog.Checkpoint // that were anchored
	runs             []*run
	ofRuns, ofEpochs *witness.Collector
	made             int // runs that were ranked, and their posts
	ranked           int
	server           *http.Server
	blocks           map[string][]byte // on IPFS, by name
	done             []func() error
}

// publisher has one ranker, of many versions.
type publisher struct {
	key      *ecdsa.PrivateKey
	calls    *chain.Client
	slug     string
	shape    zkcommit.Shape
	plugin   graph.Hash
	versions []*version
}

func key(name string) *ecdsa.PrivateKey {
	seed := sha256.Sum256([]byte("candor/year/" + name))
	k, err := crypto.ToECDSA(seed[:])
	if err != nil {
		panic(err) // one in 2^128
	}
	return k
}

// Open makes the world in the directory: contracts, a node, publishers, and the keys of
// registrations.
func Open(ctx context.Context, dir string, size Size, seed uint64) (w *World, err error) {
	w = &World{Size: size, dir: dir, rand: rand.New(rand.NewPCG(seed, 1)), node: key("node"), blocks: map[string][]byte{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.Close())
		}
	}()
	for i := range size.Publishers {
		w.makers = append(w.makers, &publisher{key: key(fmt.Sprint("publisher", i)), slug: fmt.Sprint("ranker-", i), shape: size.Shapes[i%len(size.Shapes)]})
	}
	w.late = &publisher{key: key("late"), slug: "late", shape: size.Shapes[len(size.Shapes)-1]}
	fund := []common.Address{crypto.PubkeyToAddress(w.node.PublicKey), crypto.PubkeyToAddress(key("carrier").PublicKey)}
	for _, p := range append(w.makers, w.late) {
		fund = append(fund, crypto.PubkeyToAddress(p.key.PublicKey))
	}
	if w.chain, err = devchain.Start(devchain.Config{Dir: filepath.Join(dir, "chain"), Fund: fund, Ahead: 2 * length}); err != nil {
		return w, err
	}
	w.done = append(w.done, w.chain.Close)
	first, err := w.chain.Client().HeaderByNumber(ctx, new(big.Int))
	if err != nil {
		return w, err
	}
	w.genesis, w.start, w.RPC = first.Hash(), time.Unix(int64(first.Time), 0), w.chain.HTTP()
	id := big.NewInt(devchain.ID)
	at, err := contracts.Deploy(ctx, bind.NewKeyedTransactor(w.node, id), w.chain.Client(), true)
	if err != nil {
		return w, err
	}
	w.Registry, w.Graph, w.runLog, w.owner = at.Registry, at.SocialGraph, at.RunLog, chain.New(w.chain.Client(), id, at, w.node)
	for _, p := range append(w.makers, w.late) {
		p.calls = chain.New(w.chain.Client(), id, at, p.key)
		if p.plugin, err = p.calls.EnsurePlugin(ctx, p.slug, chain.Ranker); err != nil {
			return w, err
		}
	}
	if w.beacon, err = beacon.Open(filepath.Join(dir, "beacon"), 1, w.Now); err != nil {
		return w, err
	}
	if err := w.openLogs(ctx); err != nil {
		return w, err
	}
	if err := w.openKeys(ctx); err != nil {
		return w, err
	}
	if err := w.serve(ctx); err != nil {
		return w, err
	}
	return w, w.openTown(ctx, at.SocialGraph)
}

func (w *World) openLogs(ctx context.Context) (err error) {
	origin := "candor.local/" + crypto.PubkeyToAddress(w.node.PublicKey).Hex()
	for name, at := range map[string]struct {
		log    **tlog.Log
		origin string
	}{"log": {&w.log, origin}, "log-epochs": {&w.epochs, origin + "/epochs"}} {
		if *at.log, err = tlog.Open(ctx, filepath.Join(w.dir, name), tlog.Options{Origin: at.origin, Seed: logSeed}); err != nil {
			return err
		}
		w.done = append(w.done, func() error { return (*at.log).Close(context.Background()) })
	}
	return nil
}

// openKeys makes development keys for registrations and for second proofs, which the
// chain's table knows.
func (w *World) openKeys(ctx context.Context) (err error) {
	dir := filepath.Join(w.dir, "circuit")
	w.keys = map[zkcommit.Shape]*circuit.RegistrationKeys{}
	for _, s := range w.Size.Shapes {
		k, err := circuit.DevelopmentRegistrationKeys(dir, s, nil)
		if err != nil {
			return err
		}
		w.keys[s] = k
		if err := w.owner.EnsureKey(ctx, chain.Key{Hash: k.Hash(), Circuit: chain.CircuitID(k.Circuit()), Development: true}); err != nil {
			return err
		}
	}
	var second *zkcommit.BundleKey
	if w.foreign = w.Size.Foreign; w.foreign != nil {
		second = w.foreign.DisputeKey
	} else {
		if w.second, err = circuit.DevelopmentKeys(dir, nil); err != nil {
			return err
		}
		second = w.secondKey()
	}
	return w.owner.EnsureKey(ctx, chain.Key{Hash: second.Hash(), Circuit: chain.CircuitID(second.Circuit), Development: true})
}

// Close ends all that runs.
func (w *World) Close() (err error) {
	for i := len(w.done) - 1; i >= 0; i-- {
		err = errors.Join(err, w.done[i]())
	}
	w.done = nil
	return err
}

// Now is the time of the newest block.
func (w *World) Now() time.Time {
	h, err := w.chain.Client().HeaderByNumber(context.Background(), nil)
	if err != nil {
		return time.Time{} // the beacon signs nothing then
	}
	return time.Unix(int64(h.Time), 0)
}

// until moves the chain to the time since the year's beginning, if it is not there yet.
func (w *World) until(since time.Duration) error {
	if d := w.start.Add(since).Sub(w.Now()); d > 0 {
		return w.chain.Advance(d.Truncate(time.Second))
	}
	return nil
}

// period is how long a version is the newest of its ranker.
func (w *World) period() time.Duration { return length / time.Duration(w.Size.Versions+1) }

// Live lets the year go by: in each of its parts every publisher commits to a version,
// the node ranks with all of them and anchors its log, and what is due is revealed.
func (w *World) Live(ctx context.Context, progress func(string)) error {
	if err := w.plan(); err != nil {
		return err
	}
	if err := w.commitLate(ctx); err != nil {
		return err
	}
	for v := range w.Size.Versions {
		if err := w.pass(ctx, time.Duration(v)*w.period()); err != nil {
			return err
		}
		for i, p := range w.makers {
			lie := w.lies[place{i, v}]
			if err := w.commit(ctx, p, v, w.due(v, lie), lie); err != nil {
				return fmt.Errorf("version %d of %s: %w", v+1, p.slug, err)
			}
		}
		if err := w.rank(ctx, v); err != nil {
			return err
		}
		progress(fmt.Sprintf("%d of %d versions of each ranker, %d entries of the log", v+1, w.Size.Versions, len(w.runs)))
	}
	for x, n := range w.unsaid {
		if n > 0 {
			return fmt.Errorf("%d runs are too few: of those that were drawn, %d more should have been %q", w.Size.Runs, n, x.Name)
		}
	}
	if err := errors.Join(w.forget(), w.recant(ctx), w.witnessed(ctx)); err != nil {
		return err
	}
	var err error
	if w.Head, err = w.log.Published(ctx, uint64(len(w.runs))); err != nil {
		return err
	}
	return w.pass(ctx, length)
}
