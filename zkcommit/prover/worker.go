package prover

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"time"

	"candor/graph"
	"candor/internal/crashpoint"
	"candor/zkcommit"
)

// Backend is a proof system with the secret models that it proves runs of. Its
// errors hold no secret.
type Backend interface {
	// Prove proves the statement and checks the proof before it hands it out.
	Prove(ctx context.Context, st zkcommit.Statement) (zkcommit.Proof, error)
}

// ErrNotYet is what a proof system answers that misses something which will come,
// such as its keys. The run is given back, and it is nobody's fault.
var ErrNotYet = errors.New("the proof system is not ready yet")

// Queue is a worker's way to the board and the Desk of a node.
type Queue interface {
	// Next waits for a job of a model that the worker holds.
	Next(ctx context.Context) (Job, error)
	Lease(ctx context.Context, commitment, run graph.Hash, worker string) (Grant, error)
	Answer(ctx context.Context, commitment graph.Hash, a Answer) (refused string, err error)
}

// Job is a note on the board: which run is to be proved, and how to take the note
// off the board or hang it up again.
type Job struct {
	Commitment, Run graph.Hash
	Done            func() error
	Again           func(after time.Duration) error
}

// Worker proves what a board has to be proved. All fields are required.
type Worker struct {
	Name    string // tells the workers of one model apart
	Queue   Queue
	Backend Backend
	// Cores is how many processor cores it may use, on average: a proof takes all
	// that there are, and the worker rests after it.
	Cores  int
	Logger *slog.Logger
}

const (
	shortPause = 200 * time.Millisecond
	longPause  = 10 * time.Second
	lastWords  = 2 * time.Second
)

// Run works until the context ends. A proof under way is given back then.
func (w *Worker) Run(ctx context.Context) {
	pause := shortPause
	for ctx.Err() == nil {
		err := w.step(ctx)
		if err == nil {
			pause = shortPause
			continue
		}
		if ctx.Err() == nil {
			w.Logger.Warn("the prover cannot reach its node and tries again", "in", pause, "err", err)
		}
		sleep(ctx, pause)
		pause = min(2*pause, longPause)
	}
}

// rest is how long one that may use so many cores leaves the processors to others after
// it had all of them for so long.
func rest(cores int, took time.Duration) time.Duration {
	all := runtime.GOMAXPROCS(0)
	if cores < 1 || cores >= all {
		return 0
	}
	return took * time.Duration(all-cores) / time.Duration(cores)
}

// step does one job. Its error is that of the way to the node.
func (w *Worker) step(ctx context.Context) error {
	j, err := w.Queue.Next(ctx)
	if err != nil {
		return err
	}
	asked := time.Now()
	g, err := w.Queue.Lease(ctx, j.Commitment, j.Run, w.Name)
	if err != nil {
		return errors.Join(err, j.Again(shortPause))
	}
	switch g.Standing {
	case Go:
	case Wait:
		pause := min(max(g.For, shortPause), time.Hour)
		w.Logger.Warn("the node gives no job for now", "for", pause.Round(time.Second))
		err := j.Again(pause)
		sleep(ctx, min(pause, longPause))
		return err
	default:
		return j.Done()
	}
	a := Answer{Lease: g.Lease, Run: j.Run, Worker: w.Name}
	ends := asked.Add(g.For)
	if g.Statement.Commitment != j.Commitment {
		a.Reason = "the statement is of another model than the job"
	} else {
		within, done := context.WithDeadline(ctx, ends)
		began := time.Now()
		a.Proof, err = w.prove(within, g.Statement)
		pause := rest(w.Cores, time.Since(began))
		done()
		defer func() { sleep(ctx, pause) }()
		if err != nil {
			a.Reason = err.Error()
		}
	}
	late := errors.Is(err, ErrNotYet)
	if a.Stopped = late || ctx.Err() != nil; a.Stopped {
		a.Proof, a.Reason = nil, ""
	}
	if late {
		w.Logger.Warn("no proof can be made yet", "run", j.Run, "err", err)
		defer sleep(ctx, longPause)
	}
	return w.bring(ctx, j, a, ends)
}

// prove makes one proof. A proof system that panics costs one run, not the worker.
func (w *Worker) prove(ctx context.Context, st zkcommit.Statement) (encoded []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the proof system panicked: %v", p)
		}
	}()
	p, err := w.Backend.Prove(ctx, st)
	if err != nil {
		return nil, err
	}
	return p.Encode()
}

// bring takes the answer to the node, and only then the job off the board: a job
// whose answer is lost comes again.
func (w *Worker) bring(ctx context.Context, j Job, a Answer, ends time.Time) error {
	for pause := shortPause; ; pause *= 2 {
		use, done := ctx, func() {}
		if ctx.Err() != nil { // the worker ends, and has a moment to say so
			use, done = context.WithTimeout(context.WithoutCancel(ctx), lastWords)
		}
		refused, err := w.Queue.Answer(use, j.Commitment, a)
		ended := use != ctx || ctx.Err() != nil
		done()
		switch {
		case err == nil && refused != "":
			w.Logger.Warn("the node does not take an answer", "run", j.Run, "why", words(refused, maxReason))
			return j.Done()
		case err == nil && a.Stopped:
			return j.Again(0)
		case err == nil:
			crashpoint.Here("prover.answered")
			return j.Done()
		case ended || time.Now().After(ends):
			return errors.Join(err, j.Again(0))
		}
		sleep(ctx, pause)
	}
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
