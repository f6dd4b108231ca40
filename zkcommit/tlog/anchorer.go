package tlog

import (
	"context"
	"errors"
	"time"

	"candor/graph"
	"candor/internal/crashpoint"
)

// Anchorage is where checkpoints are made known to all: the chain's RunLog.
type Anchorage interface {
	// Anchored is the size that was anchored last, 0 when none was.
	Anchored(ctx context.Context) (size uint64, err error)
	// Anchor makes the size and root known and returns once that is final enough
	// for Anchored to tell.
	Anchor(ctx context.Context, size uint64, root graph.Hash) error
}

// Anchorer takes the log's newest checkpoint to the chain whenever it grew.
type Anchorer struct {
	Log interface {
		Checkpoint(context.Context) (Checkpoint, error)
	}
	Chain  Anchorage
	Every  time.Duration // how often; 0 means 30 s
	Failed func(error)   // hears of failures that will be tried again; may be nil
	// Anchored hears of each anchored checkpoint; may be nil.
	Anchored func(Checkpoint)
}

// Run works until the context ends.
func (a *Anchorer) Run(ctx context.Context) {
	every := a.Every
	if every == 0 {
		every = 30 * time.Second
	}
	for {
		if _, err := a.Step(ctx); err != nil && ctx.Err() == nil && a.Failed != nil {
			a.Failed(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
	}
}

// Step anchors the newest checkpoint when the chain does not have it yet, and
// says whether it did. What was anchored is asked of the chain each time, so that
// a crash or a reorganisation in between is made good here.
func (a *Anchorer) Step(ctx context.Context) (bool, error) {
	cp, err := a.Log.Checkpoint(ctx)
	if err != nil || cp.Size == 0 {
		return false, err
	}
	last, err := a.Chain.Anchored(ctx)
	if err != nil {
		return false, err
	}
	if last > cp.Size {
		return false, errors.Join(ErrForked, errors.New("the chain holds a larger checkpoint of this log than the log itself"))
	}
	if last == cp.Size {
		return false, nil
	}
	crashpoint.Here("anchor.before-send")
	if err := a.Chain.Anchor(ctx, cp.Size, cp.Root); err != nil {
		return false, err
	}
	crashpoint.Here("anchor.after-send")
	if a.Anchored != nil {
		a.Anchored(cp)
	}
	return true, nil
}
