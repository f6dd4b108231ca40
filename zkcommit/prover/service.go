package prover

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"candor/graph"
	"candor/zkcommit"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// Figures are how the proofs stand.
type Figures interface {
	ProofFigures(context.Context) ([]zkcommit.ProofFigures, error)
	ProofFailures(ctx context.Context, limit int) ([]zkcommit.ProofFailure, error)
	Epochs(ctx context.Context, lane uint32, limit int) ([]zkcommit.Epoch, error)
	Draws(ctx context.Context, lane uint32, limit int) ([]zkcommit.Draw, error)
	// Late settles what is overdue as failed.
	Late(ctx context.Context, now uint64) (int, error)
}

// Config is what a Service needs. All fields but Terms and Idle are required.
type Config struct {
	Ledger    Ledger
	Figures   Figures
	Board     Board
	Check     Checker
	Announcer *Announcer // its Load is the service's to fill in
	Sampler   *Sampler
	Crosses   CrossBook
	Metrics   prometheus.Registerer
	Logger    *slog.Logger
	Terms     Terms
	Idle      time.Duration // how long to wait before looking again; 500 ms when zero
}

// Service is the node's side of proving: it announces, draws, puts jobs up and
// takes answers.
type Service struct {
	Config
	*Desk
	wake chan struct{}

	mu     sync.Mutex
	status Status
	made   pace
	proved pace
}

// Status is how proving stands, for operators and readers.
type Status struct {
	Mode     zkcommit.ProveMode      `json:"mode"` // of the current epoch
	Rate     float64                 `json:"rate"` // drawn, of 1
	Share    float64                 `json:"shareProven"`
	Total    zkcommit.ProofFigures   `json:"total"`
	Rankers  []zkcommit.ProofFigures `json:"rankers"`
	InWork   int                     `json:"inWork"`
	OnBoard  int                     `json:"onBoard"`
	Made     float64                 `json:"runsPerMinute"`
	Proved   float64                 `json:"proofsPerMinute"`
	Cross    float64                 `json:"crossRate"` // proven runs that are drawn to be proved twice, of 1
	Crosses  zkcommit.CrossFigures   `json:"crossChecks"`
	Epochs   []zkcommit.Epoch        `json:"epochs"` // newest first; the first may not have begun
	Draws    []zkcommit.Draw         `json:"draws"`  // newest first
	Failures []zkcommit.ProofFailure `json:"failures"`
}

// maxBackoff is the longest pause after a ledger or a board that fails.
const maxBackoff = 5 * time.Second

// maxDrawPause is the longest pause after a beacon that fails.
const maxDrawPause = time.Minute

// lookEvery is how often figures are counted.
const lookEvery = 2 * time.Second

// New returns a service that Run sets to work.
func New(c Config) *Service {
	if c.Idle == 0 {
		c.Idle = 500 * time.Millisecond
	}
	s := &Service{Config: c, wake: make(chan struct{}, 1)}
	outcomes := promauto.With(c.Metrics).NewCounterVec(prometheus.CounterOpts{Name: "candor_proofs_total",
		Help: "What became of jobs: proven, failed and sampled-out settle a run; lie, silent and refused are tries."}, []string{"state"})
	last := promauto.With(c.Metrics).NewGauge(prometheus.GaugeOpts{Name: "candor_proof_seconds",
		Help: "Time from the lease to the kept proof of the last run, in seconds."})
	times := promauto.With(c.Metrics).NewHistogram(prometheus.HistogramOpts{Name: "candor_proof_time_seconds",
		Help: "Time from the lease to the kept proof.", Buckets: []float64{.02, .05, .1, .25, .5, 1, 2.5, 5, 15, 60}})
	s.Desk = &Desk{ledger: c.Ledger, board: c.Board, check: c.Check, log: c.Logger, terms: c.Terms.filled(), now: time.Now,
		jobs: map[graph.Hash]*job{}, turns: map[string]*uint64{}, told: func(outcome string, took time.Duration) {
			outcomes.WithLabelValues(outcome).Inc()
			if outcome == string(zkcommit.Proven) {
				last.Set(took.Seconds())
				times.Observe(took.Seconds())
				s.Wake()
			}
		}}
	c.Announcer.Load = s.load
	for name, g := range map[string]struct {
		help string
		of   func(Status) float64
	}{
		"candor_proofs_waiting":               {"Runs whose proof is owed and not there yet.", func(s Status) float64 { return float64(s.Total.Owed) }},
		"candor_proofs_undecided":             {"Runs whose draw is still to come.", func(s Status) float64 { return float64(s.Total.Undrawn) }},
		"candor_proofs_share":                 {"Proven runs of all runs.", func(s Status) float64 { return s.Share }},
		"candor_proofs_rate":                  {"Runs that are drawn in the current epoch, of 1.", func(s Status) float64 { return s.Rate }},
		"candor_cross_check_rate":             {"Proven runs that are drawn to be proved twice in the current epoch, of 1.", func(s Status) float64 { return s.Cross }},
		"candor_cross_checks_agree":           {"Drawn runs of which both proofs hold.", func(s Status) float64 { return float64(s.Crosses.Agree) }},
		"candor_cross_checks_differ":          {"Drawn runs of which one proof holds and the other does not: a proof system is broken.", func(s Status) float64 { return float64(s.Crosses.Differ) }},
		"candor_cross_checks_waiting":         {"Drawn runs that are proven and not yet proved twice.", func(s Status) float64 { return float64(s.Crosses.Owed) }},
		"candor_proofs_in_work":               {"Jobs that a worker has.", func(s Status) float64 { return float64(s.InWork) }},
		"candor_proofs_oldest_waiting_second": {"Time of the oldest run whose proof is owed, in seconds since 1970; 0 when none waits.", func(s Status) float64 { return float64(s.Total.Oldest) }},
	} {
		of := g.of
		promauto.With(c.Metrics).NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: g.help}, func() float64 { return of(s.Status()) })
	}
	return s
}

// Wake makes the service look at the ledger now. It never blocks.
func (s *Service) Wake() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Status is how proving stood a moment ago.
func (s *Service) Status() Status {
	s.Desk.mu.Lock()
	onBoard, inWork := 0, 0
	for _, j := range s.jobs {
		if j.lease == (graph.Hash{}) {
			onBoard++
		} else {
			inWork++
		}
	}
	s.Desk.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.status
	st.OnBoard, st.InWork = onBoard, inWork
	return st
}

// Prepare announces the first epoch and counts; it is for before the first run.
func (s *Service) Prepare(ctx context.Context) error {
	if _, err := s.Announcer.Step(ctx); err != nil {
		return err
	}
	return s.look(ctx)
}

// Run works until the context ends, whose error it returns. What fails makes it
// wait, longer each time.
func (s *Service) Run(ctx context.Context) error {
	var drawing sync.WaitGroup
	drawing.Go(func() { s.draw(ctx) })
	defer drawing.Wait()
	pause := s.Idle
	var looked time.Time
	for {
		err := s.step(ctx, &looked)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		wake := s.wake
		if err != nil {
			pause = min(2*pause, maxBackoff)
			wake = nil // new runs mend neither ledger nor board
			s.Logger.Error("the prover cannot go on and tries again", "in", pause, "error", err)
		} else {
			pause = s.Idle
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-wake:
		case <-time.After(pause):
		}
	}
}

// draw makes the draws, apart from all else: a beacon that does not answer takes its time.
func (s *Service) draw(ctx context.Context) {
	for pause := lookEvery; ctx.Err() == nil; sleep(ctx, pause) {
		if _, err := s.Sampler.Step(ctx); err == nil {
			pause = lookEvery
		} else if ctx.Err() == nil {
			pause = min(2*pause, maxDrawPause)
			s.Logger.Warn("a draw of proofs waits", "in", pause, "err", err)
		}
	}
}

// step does all that is to be done now. Announcing comes first: it must not wait
// for a board that is gone.
func (s *Service) step(ctx context.Context, looked *time.Time) error {
	if time.Since(*looked) >= lookEvery {
		if err := s.look(ctx); err != nil {
			return err
		}
		*looked = time.Now()
		if did, err := s.Announcer.Step(ctx); err != nil {
			s.Logger.Warn("an epoch of proofs is not announced yet", "err", err)
		} else if did {
			*looked = time.Time{}
		}
		if _, err := s.Figures.Late(ctx, seconds(time.Now())); err != nil {
			return err
		}
	}
	_, err := s.Sweep(ctx)
	return err
}

// look counts anew.
func (s *Service) look(ctx context.Context) error {
	fs, err := s.Figures.ProofFigures(ctx)
	if err != nil {
		return err
	}
	fails, err := s.Figures.ProofFailures(ctx, 20)
	if err != nil {
		return err
	}
	es, err := s.Figures.Epochs(ctx, 0, 20)
	if err != nil {
		return err
	}
	ds, err := s.Figures.Draws(ctx, 0, 20)
	if err != nil {
		return err
	}
	cs, err := s.Crosses.CrossFigures(ctx)
	if err != nil {
		return err
	}
	st := Status{Mode: zkcommit.ProveAll, Rate: 1, Rankers: fs, Epochs: es, Draws: ds, Failures: fails, Crosses: cs}
	if st.Rankers == nil {
		st.Rankers = []zkcommit.ProofFigures{}
	}
	if st.Epochs == nil {
		st.Epochs = []zkcommit.Epoch{}
	}
	if st.Draws == nil {
		st.Draws = []zkcommit.Draw{}
	}
	if st.Failures == nil {
		st.Failures = []zkcommit.ProofFailure{}
	}
	for _, f := range fs {
		t := &st.Total
		t.Runs, t.Proven, t.Failed, t.Out = t.Runs+f.Runs, t.Proven+f.Proven, t.Failed+f.Failed, t.Out+f.Out
		t.Owed, t.Undrawn = t.Owed+f.Owed, t.Undrawn+f.Undrawn
		if f.Oldest != 0 && (t.Oldest == 0 || f.Oldest < t.Oldest) {
			t.Oldest = f.Oldest
		}
	}
	st.Share = Share(st.Total)
	for _, e := range es { // the newest that has begun; lane 0 has all runs of this node
		if e.First <= st.Total.Runs {
			st.Mode, st.Rate, st.Cross = e.Mode, float64(e.Rate)/zkcommit.WholeRate, float64(e.Cross)/zkcommit.WholeRate
			break
		}
	}
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	st.Made, st.Proved = s.made.at(now, st.Total.Runs)*60, s.proved.at(now, st.Total.Proven)*60
	s.status = st
	return nil
}

// Share is how many of the runs are proven, of 1; it is 0 without runs.
func Share(f zkcommit.ProofFigures) float64 {
	if f.Runs == 0 {
		return 0
	}
	return float64(f.Proven) / float64(f.Runs)
}

func (s *Service) load() (waiting uint64, made, proved float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.status.Total.Owed, s.status.Made, s.status.Proved
}

// pace is how fast a count grows, a second, over about a minute.
type pace struct {
	last  uint64
	when  time.Time
	speed float64
}

func (p *pace) at(now time.Time, count uint64) float64 {
	if p.when.IsZero() {
		p.last, p.when = count, now
		return 0
	}
	if took := now.Sub(p.when).Seconds(); took > 0 && count >= p.last {
		weight := min(took/60, 1)
		p.speed += weight * (float64(count-p.last)/took - p.speed)
		p.last, p.when = count, now
	}
	return p.speed
}
