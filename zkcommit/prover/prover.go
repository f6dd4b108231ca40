package prover

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"candor/graph"
	"candor/internal/crashpoint"
	"candor/zkcommit"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// Ledger knows which runs wait for a proof.
type Ledger interface {
	// Unproven are the pending runs, at most limit, in the order in which they
	// are to be proved.
	Unproven(ctx context.Context, limit int) ([]zkcommit.RunRow, error)
	// SetProof keeps what became of a proof: the encoded proof when the state is
	// proven, else nil.
	SetProof(ctx context.Context, id graph.Hash, proof []byte, state zkcommit.ProofState) error
}

// Backend is a proof system with the secret models that it proves runs of. Its
// errors hold no secret.
type Backend interface {
	// Prove proves the statement and checks the proof before it hands it out.
	Prove(ctx context.Context, st zkcommit.Statement) (zkcommit.Proof, error)
}

// Config is what a Service needs. All fields but Idle are required.
type Config struct {
	Ledger  Ledger
	Runs    Backend // makes every run's proof
	Metrics prometheus.Registerer
	Logger  *slog.Logger
	Idle    time.Duration // how long to wait before looking again; 2 s when zero
}

// Service proves what the ledger has waiting.
type Service struct {
	Config
	wake   chan struct{}
	states *prometheus.CounterVec
	last   prometheus.Gauge
}

// maxBackoff is the longest pause after a ledger that fails.
const maxBackoff = time.Minute

// New returns a service that Run sets to work.
func New(c Config) *Service {
	if c.Idle == 0 {
		c.Idle = 2 * time.Second
	}
	s := &Service{Config: c, wake: make(chan struct{}, 1)}
	s.states = promauto.With(c.Metrics).NewCounterVec(prometheus.CounterOpts{Name: "candor_proofs_total",
		Help: "Runs that the prover is done with, by the state of their proof."}, []string{"state"})
	s.last = promauto.With(c.Metrics).NewGauge(prometheus.GaugeOpts{Name: "candor_proof_seconds",
		Help: "Time that the last proof took, in seconds."})
	return s
}

// Wake makes the service look at the ledger now. It never blocks.
func (s *Service) Wake() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Run proves until the context ends, whose error it returns. A ledger that fails
// makes it wait, longer each time.
func (s *Service) Run(ctx context.Context) error {
	pause := s.Idle
	for {
		did, err := s.Step(ctx)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			pause = min(2*pause, maxBackoff)
			s.Logger.Error("the prover cannot use the ledger and tries again", "in", pause, "error", err)
		case did:
			pause = s.Idle
			continue
		default:
			pause = s.Idle
		}
		wake := s.wake
		if err != nil {
			wake = nil // new runs do not mend a ledger
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-wake:
		case <-time.After(pause):
		}
	}
}

// Step proves the first run that waits, and reports whether there was one. Its
// error is the ledger's or the context's; a run that cannot be proved is no error.
func (s *Service) Step(ctx context.Context) (did bool, err error) {
	rows, err := s.Ledger.Unproven(ctx, 1)
	if err != nil || len(rows) == 0 {
		return false, err
	}
	crashpoint.Here("prover.before")
	id := rows[0].ID
	began := time.Now()
	state, proof, err := s.prove(ctx, &rows[0])
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err != nil {
		state, proof = zkcommit.Failed, nil
		s.Logger.Error("a run cannot be proved", "run", id, "error", err)
	}
	crashpoint.Here("prover.made")
	if err := s.Ledger.SetProof(ctx, id, proof, state); err != nil {
		return false, err
	}
	crashpoint.Here("prover.stored")
	s.states.WithLabelValues(string(state)).Inc()
	if state == zkcommit.Proven {
		took := time.Since(began)
		s.last.Set(took.Seconds())
		s.Logger.Info("a run is proved", "run", id, "took", took.Round(time.Millisecond))
	}
	return true, nil
}

func (s *Service) prove(ctx context.Context, row *zkcommit.RunRow) (state zkcommit.ProofState, encoded []byte, err error) {
	// A proof system that panics costs one run, not the node.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the proof system panicked: %v", p)
		}
	}()
	st, err := statement(row)
	if err != nil {
		return "", nil, err
	}
	if len(st.Ranked) == 0 {
		return zkcommit.SampledOut, nil, nil
	}
	p, err := s.Runs.Prove(ctx, st)
	if err != nil {
		return "", nil, err
	}
	encoded, err = p.Encode()
	return zkcommit.Proven, encoded, err
}

// statement reads what is to be proved from the ledger's row.
func statement(row *zkcommit.RunRow) (st zkcommit.Statement, err error) {
	run, err := zkcommit.ParseRun(row.Run)
	if err != nil {
		return st, err
	}
	if run.ID() != row.ID {
		return st, errors.New("the ledger's run has another id than its bytes")
	}
	var rec zkcommit.Record
	if err := json.Unmarshal(row.Record, &rec); err != nil {
		return st, fmt.Errorf("the ledger's record cannot be read: %w", err)
	}
	return zkcommit.Statement{Run: row.Run, Opening: row.Opening, Commitment: run.Commitment, Ranked: rec.Ranked, Rows: rec.Rows}, nil
}
