package prover

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"candor/graph"
	"candor/zkcommit"
)

// CrossBook keeps what was drawn to be proved twice, and what came of it.
type CrossBook interface {
	// Uncrossed are proven runs that are drawn and not proved twice yet, oldest first.
	Uncrossed(ctx context.Context, limit int) ([]graph.Hash, error)
	SetCross(ctx context.Context, run graph.Hash, state zkcommit.CrossState, reason string) error
	CrossFigures(context.Context) (zkcommit.CrossFigures, error)
}

// Second is the other proof system.
type Second interface {
	// Cross proves a proven run once more, by another proof system, checks both proofs
	// against the same statement and keeps the second. Besides ErrDiffers and ErrUnfit
	// its errors say that it cannot be done now.
	Cross(ctx context.Context, run graph.Hash) error
}

// What a cross-check can come to.
var (
	// ErrDiffers says that one proof of a run holds and the other does not.
	ErrDiffers = errors.New("the two proof systems differ")
	// ErrUnfit says that the second proof system does not take such runs.
	ErrUnfit = errors.New("the run has no second proof")
)

// CrossChecker makes the cross-checks that are drawn, one after the other.
type CrossChecker struct {
	Book   CrossBook
	Second Second
	// Cores is how many processor cores it may use, on average, as a Worker.
	Cores  int
	Logger *slog.Logger
}

// crossPause is how long a CrossChecker waits when there is nothing to do, or nothing
// can be done.
const crossPause = 5 * time.Second

// Run works until the context ends.
func (c *CrossChecker) Run(ctx context.Context) {
	for ctx.Err() == nil {
		began := time.Now()
		did, err := c.Step(ctx)
		switch {
		case ctx.Err() != nil:
		case err != nil:
			c.Logger.Warn("a cross-check waits", "err", err)
			sleep(ctx, crossPause)
		case !did:
			sleep(ctx, crossPause)
		default:
			sleep(ctx, rest(c.Cores, time.Since(began)))
		}
	}
}

// Step makes the oldest cross-check that is due, and says whether there was one.
func (c *CrossChecker) Step(ctx context.Context) (did bool, err error) {
	due, err := c.Book.Uncrossed(ctx, 1)
	if err != nil || len(due) == 0 {
		return false, err
	}
	run := due[0]
	switch err := c.Second.Cross(ctx, run); {
	case err == nil:
		c.Logger.Info("both proof systems agree on a run", "run", run)
		return true, c.Book.SetCross(ctx, run, zkcommit.CrossAgrees, "")
	case errors.Is(err, ErrDiffers):
		c.Logger.Error("TWO PROOF SYSTEMS DIFFER on a run: one of them is broken, or this node's data are damaged; keep the data and tell the project", "run", run, "error", err)
		return true, c.Book.SetCross(ctx, run, zkcommit.CrossDiffers, words(err.Error(), maxReason))
	case errors.Is(err, ErrUnfit):
		return true, c.Book.SetCross(ctx, run, zkcommit.CrossUnfit, words(err.Error(), maxReason))
	default:
		return false, err
	}
}
