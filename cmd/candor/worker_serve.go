package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"candor/rankers/onnx"
	"candor/rankers/publish"
	"candor/rankers/worker"
	"candor/zkcommit"
	"candor/zkcommit/circuit"
	"candor/zkcommit/prover"

	"golang.org/x/sync/errgroup"
)

// workerServe is what candor worker is asked, and has at hand.
type workerServe struct {
	access
	files, ceremonies []string
	operator          string
	capacity, cores   int
	device, library   string
	card              int
	proveOnly, asJSON bool

	keys string // directory of development keys
	out  io.Writer
	log  *slog.Logger
	mu   sync.Mutex // of out
}

// quietly is a log for people, on standard error.
func quietly() *slog.Logger { return slog.New(slog.NewTextHandler(os.Stderr, nil)) }

// versionAt is a version to be served, and how it gets in.
type versionAt struct {
	*publish.Parcel
	worker.Credentials
}

// find pairs versions with the credentials that let them in.
func (s *workerServe) find(ctx context.Context, path string) ([]versionAt, error) {
	if s.capacity < 1 || s.cores < 0 {
		return nil, errors.New("--capacity is a number of requests and --prove-cores of cores: send at least 1, and 0")
	}
	if !onnx.Known(s.device) || s.card < 0 {
		return nil, fmt.Errorf("--device %.20q or --card %d is none: send auto, go, cpu or cuda, and the number of a card", s.device, s.card)
	}
	if s.proveOnly && s.cores == 0 {
		return nil, errors.New("--prove-only with --prove-cores 0 leaves nothing to do: drop one of them")
	}
	parcels, err := publishedOf(path)
	if err != nil {
		return nil, err
	}
	s.keys = filepath.Join(filepath.Dir(path), "circuit")
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		s.keys = filepath.Join(path, "circuit")
	}
	var all []versionAt
	if len(s.files) == 0 {
		for _, p := range parcels {
			c, err := s.permit(ctx, path, s.operator, p, 365*24*time.Hour)
			if err != nil {
				return nil, err
			}
			all = append(all, versionAt{p, c})
		}
		return all, nil
	}
	for _, file := range s.files {
		c, err := readCredentials(file)
		if err != nil {
			return nil, err
		}
		if s.at != "" {
			c.URL = s.at
		}
		found := false
		for _, p := range parcels {
			if p.Signed.Manifest.Commitment == c.Model {
				all, found = append(all, versionAt{p, c}), true
			}
		}
		if !found {
			return nil, fmt.Errorf("%s is for the model %s, which is not in %s: name another", file, c.Model, path)
		}
	}
	return all, nil
}

// run serves all versions until the context ends.
func (s *workerServe) run(ctx context.Context, all []versionAt) error {
	ceremonies, err := openCeremonies(s.ceremonies)
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	for _, v := range all {
		if v.Tower != nil {
			w, done, err := s.tower(v)
			if err != nil {
				return err
			}
			defer done()
			g.Go(func() error { return w.Run(ctx) })
			continue
		}
		models := orders{}
		held, err := models.hold(v.Secret.Model, v.Secret.Schema, v.Secret.Salt)
		if err != nil {
			return err
		}
		proves := s.cores > 0 && !v.Signed.Manifest.Unproven()
		ranks := s.engine(v.Secret.Model)
		defer ranks.Close()
		w := s.server(v, ranks)
		if s.cores > 0 && v.Secret.Model.Shape == zkcommit.Provable { // whatever it promises: the chain may demand a proof
			w.Dispute = s.disputes(ceremonies, v)
		}
		if proves {
			var once sync.Mutex
			w.Registration = func(ctx context.Context) (worker.Register, error) {
				once.Lock()
				defer once.Unlock()
				return s.register(ctx, ceremonies, v, held)
			}
			at, err := v.Jobs()
			if err != nil {
				return err
			}
			g.Go(func() error {
				err := work(ctx, at, models.held(), &prover.Worker{Name: w.Name, Backend: models, Cores: s.cores, Logger: s.log})
				if ctx.Err() != nil {
					return nil
				}
				return err
			})
		}
		g.Go(func() error { return w.Run(ctx) })
	}
	return g.Wait()
}

// server is one version's side of the protocol.
func (s *workerServe) server(v versionAt, ranks worker.Scorer) *worker.Server {
	host, _ := os.Hostname()
	m := &v.Signed.Manifest
	return &worker.Server{Credentials: v.Credentials, Scorer: ranks, Name: worker.NameOf(host, os.Getpid()), Capacity: s.capacity, Log: s.log, ProveOnly: s.proveOnly,
		Told: func(refused string) { s.say(m, v.Operator, ranks.Engine(), refused) }}
}

// engine is what ranks, as near to what is wished as can be.
func (s *workerServe) engine(m *zkcommit.Model) *onnx.Served {
	return onnx.Serve(m, s.wish())
}

// wish is what is to run models.
func (s *workerServe) wish() onnx.Wish {
	return onnx.Wish{Device: s.device, Library: s.library, Card: s.card, Threads: runtime.NumCPU(),
		Batch: onnx.BatchOptions{Rows: worker.MaxRows, Queue: 2 * s.capacity, Timeout: answerWithin}, Log: func(line string) { s.log.Warn(line) }}
}

// say tells people, or a program, how the node takes a version.
func (s *workerServe) say(m *zkcommit.Manifest, operator, engine, refused string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.asJSON {
		_ = json.NewEncoder(s.out).Encode(map[string]any{"slug": m.Slug, "version": m.Version, "model": m.Commitment, "operator": operator,
			"engine": engine, "asked": refused == "", "why": refused})
		return
	}
	if refused == "" {
		fmt.Fprintf(s.out, "SERVING  version %d of %s, as operator %s, by %s\n", m.Version, m.Slug, operator, engine)
	} else {
		fmt.Fprintf(s.out, "WAITING  version %d of %s: %s\n", m.Version, m.Slug, refused)
	}
}

// register makes the registration of a version's model: under a ceremony's keys, or under
// development keys that are made here once.
func (s *workerServe) register(ctx context.Context, ceremonies ceremonyKeys, v versionAt, m provable) (out worker.Register, err error) {
	shape := v.Secret.Model.Shape
	keys, err := ceremonies.registration(shape)
	if err == nil && keys == nil {
		keys, err = circuit.DevelopmentRegistrationKeys(s.keys, shape, func(stage string) { s.log.Info(stage) })
	}
	if err != nil {
		return out, err
	}
	r, alpha, err := m.weights.Registration()
	if err != nil {
		return out, err
	}
	if err := keys.Register(ctx, r, alpha, v.Secret.Model, v.Secret.Salt); err != nil {
		return out, err
	}
	return worker.Register{Registration: r.Bytes(), Circuit: keys.Circuit(), Development: keys.Development(), Key: keys.VerifyingKey()}, nil
}

// disputes makes dispute proofs of a version's runs: under a ceremony's key, or under one for
// development that is made here once, at the first of them.
func (s *workerServe) disputes(ceremonies ceremonyKeys, v versionAt) func(context.Context, zkcommit.Statement) (worker.Disputed, error) {
	var keys *circuit.Keys
	return func(ctx context.Context, st zkcommit.Statement) (out worker.Disputed, err error) { // one at a time
		if keys == nil {
			if keys, err = ceremonies.dispute(); err == nil && keys == nil {
				keys, err = circuit.DevelopmentKeys(s.keys, func(stage string) { s.log.Info(stage) })
			}
			if err != nil {
				keys = nil
				return out, err
			}
		}
		p, err := keys.Prove(ctx, st, v.Secret.Model, v.Secret.Salt)
		if err != nil {
			return out, err
		}
		raw, err := p.Encode()
		return worker.Disputed{Proof: raw, Circuit: keys.Circuit(), Development: keys.Development(), Key: keys.VerifyingKey()}, err
	}
}
