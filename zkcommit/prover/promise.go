package prover

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"candor/graph"
	"candor/zkcommit"
)

// Dial is the operator's wish: which runs are to be proved.
type Dial struct {
	Mode zkcommit.ProveMode
	Rate uint32 // of 10,000 runs; for sampled only
}

// ParseDial reads all, sampled:RATE (of 1, such as 0.1), asked or off; true and
// false stand for all and off.
func ParseDial(s string) (Dial, error) {
	bad := fmt.Errorf("--prove %.40q is no choice: send all, sampled:RATE with a rate between 0 and 1 such as sampled:0.1, asked or off", s)
	switch mode, rate, found := strings.Cut(s, ":"); {
	case found && mode == string(zkcommit.ProveSampled):
		r, err := strconv.ParseFloat(rate, 64)
		if err != nil || !(r >= 1.0/zkcommit.WholeRate && r <= 1-1.0/zkcommit.WholeRate) {
			return Dial{}, bad
		}
		return Dial{zkcommit.ProveSampled, uint32(math.Round(r * zkcommit.WholeRate))}, nil
	case found:
		return Dial{}, bad
	}
	switch s {
	case "all", "true":
		return Dial{zkcommit.ProveAll, zkcommit.WholeRate}, nil
	case "asked":
		return Dial{Mode: zkcommit.ProveAsked}, nil
	case "off", "false":
		return Dial{Mode: zkcommit.ProveOff}, nil
	}
	return Dial{}, bad
}

// Promises is where announcements, anchors and draws are kept.
type Promises interface {
	Epochs(ctx context.Context, lane uint32, limit int) ([]zkcommit.Epoch, error)
	// AddEpoch fails when a number of the epoch is given.
	AddEpoch(context.Context, zkcommit.Epoch) error
	NoteAnchor(context.Context, zkcommit.Draw) error
	Undrawn(ctx context.Context, lane uint32) ([]zkcommit.Draw, error)
	Draw(ctx context.Context, d zkcommit.Draw, now uint64) error
}

// Lane is where a lane's numbers are given.
type Lane interface {
	// NextTicket is the number of the next ticket, which becomes a run or an abort.
	NextTicket(ctx context.Context, lane uint32) (uint64, error)
}

// Due is how long after its draw, or after it was asked for, a proof is late.
const Due = 10 * time.Minute

// floor is the least rate that a node falls to by itself when it cannot keep up.
const floor = zkcommit.WholeRate / 20

// Announcer promises, before each epoch, what of it will be proved.
type Announcer struct {
	Promises Promises
	Runs     Lane
	Dial     Dial
	Network  graph.Hash // whose rounds draw
	Cross    uint32     // proven runs of 10,000 that are drawn to be proved twice
	// Load is how many proofs are owed now, and how many runs were made and proved
	// lately, in any one unit of time.
	Load func() (waiting uint64, made, proved float64)
	Due  time.Duration // Due when zero
}

// Step announces the lane's next epoch, once the current one is half over, and the
// first one at once. It says whether it did.
func (a *Announcer) Step(ctx context.Context) (bool, error) {
	next, err := a.Runs.NextTicket(ctx, 0)
	if err != nil {
		return false, err
	}
	es, err := a.Promises.Epochs(ctx, 0, 1)
	if err != nil {
		return false, err
	}
	first := (next + zkcommit.EpochRuns - 1) / zkcommit.EpochRuns * zkcommit.EpochRuns
	if len(es) > 0 && (es[0].First >= first || first-next > zkcommit.EpochRuns/2) {
		return false, nil
	}
	e := a.epoch(first)
	if err := a.Promises.AddEpoch(ctx, e); err != nil {
		return false, err
	}
	return true, nil
}

// epoch is what the dial says, or a sample of what the node manages when it has
// fallen behind by more than two epochs.
func (a *Announcer) epoch(first uint64) zkcommit.Epoch {
	due := a.Due
	if due == 0 {
		due = Due
	}
	e := zkcommit.Epoch{First: first, Mode: a.Dial.Mode, Rate: a.Dial.Rate, Due: uint32(due / time.Second), Network: a.Network, Cross: a.Cross}
	if e.Mode == zkcommit.ProveOff {
		e.Cross = 0
	}
	if waiting, made, proved := a.Load(); e.Mode == zkcommit.ProveAll && waiting > 2*zkcommit.EpochRuns {
		e.Mode, e.Rate = zkcommit.ProveSampled, floor
		if made > 0 { // four fifths of what it manages, so that the backlog shrinks
			e.Rate = uint32(min(max(0.8*proved/made*zkcommit.WholeRate, floor), zkcommit.WholeRate-1))
		}
	}
	return e
}

// Anchor is a head of the log that the chain holds.
type Anchor struct {
	Size  uint64
	Root  graph.Hash
	Block uint64
}

// Anchors tells which anchor the chain holds.
type Anchors interface {
	// Newest is the newest anchor of the log of runs; ok is false while there is none.
	Newest(ctx context.Context) (a Anchor, ok bool, err error)
}

// Beacon is public chance.
type Beacon interface {
	// Chance fills in what a noted draw lacks: the time of its block, the round that
	// this time fixes, and that round's value, which nobody could know when the anchor
	// was made. ok is false until it is there, and the anchor's block stands for good.
	Chance(ctx context.Context, noted zkcommit.Draw) (drawn zkcommit.Draw, ok bool, err error)
}

// Sampler draws, under each anchor, which of the runs must be proved.
type Sampler struct {
	Promises Promises
	Anchors  Anchors
	Beacon   Beacon
}

// Note keeps the newest anchor, so that its draw is not lost when another anchor
// takes its place on the chain.
func (s *Sampler) Note(ctx context.Context) error {
	a, ok, err := s.Anchors.Newest(ctx)
	if err != nil || !ok {
		return err
	}
	return s.Promises.NoteAnchor(ctx, zkcommit.Draw{Size: a.Size, Root: a.Root, Block: a.Block})
}

// Step makes the draws whose chance is there, in the order of their anchors, and
// says how many.
func (s *Sampler) Step(ctx context.Context) (drawn int, err error) {
	if err := s.Note(ctx); err != nil {
		return 0, err
	}
	ds, err := s.Promises.Undrawn(ctx, 0)
	if err != nil {
		return 0, err
	}
	for _, d := range ds {
		d, ok, err := s.Beacon.Chance(ctx, d)
		if err != nil || !ok {
			return drawn, err
		}
		if err := s.Promises.Draw(ctx, d, seconds(time.Now())); err != nil {
			return drawn, err
		}
		drawn++
	}
	return drawn, nil
}
