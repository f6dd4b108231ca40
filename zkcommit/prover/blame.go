package prover

import (
	"time"

	"candor/graph"
)

// blame counts what workers did wrong: by worker, and by model, since a worker
// chooses its own name. What is an hour old is forgotten.
type blame struct {
	by    map[culprit]*record
	gifts map[culprit]int // jobs that were given back
}

type culprit struct {
	commitment graph.Hash
	worker     string // "": all of the model
}

type record struct {
	strikes int
	last    time.Time
	until   time.Time // cut off
}

const (
	forgiven     = time.Hour
	longestCut   = time.Hour
	modelsShare  = 4      // a model's workers together may have so many times the strikes of one
	mostBlamed   = 10_000 // names that are remembered
	giftsAStrike = 20
)

// strike counts a lie or a silence. From the limit on each cuts off, twice as long
// each time.
func (b *blame) strike(commitment graph.Hash, worker string, now time.Time, t Terms) {
	if b.by == nil {
		b.by = map[culprit]*record{}
	}
	if len(b.by) >= mostBlamed {
		for c, r := range b.by {
			if now.Sub(r.last) > forgiven || c.worker != "" {
				delete(b.by, c)
			}
		}
	}
	for c, limit := range map[culprit]int{{commitment, worker}: t.Strikes, {commitment, ""}: modelsShare * t.Strikes} {
		r := b.by[c]
		if r == nil || now.Sub(r.last) > forgiven && now.After(r.until) {
			r = &record{}
			b.by[c] = r
		}
		r.strikes++
		r.last = now
		if over := r.strikes - limit; over >= 0 {
			r.until = now.Add(min(t.CutOff<<min(over, 16), longestCut))
		}
	}
}

// gift counts a job that a worker took and gave back, which is no fault. So many
// are one.
func (b *blame) gift(commitment graph.Hash, worker string, now time.Time, t Terms) {
	if b.gifts == nil || len(b.gifts) >= mostBlamed {
		b.gifts = map[culprit]int{}
	}
	c := culprit{commitment, worker}
	if b.gifts[c]++; b.gifts[c]%giftsAStrike == 0 {
		b.strike(commitment, worker, now, t)
	}
}

// cut is how long the worker is cut off for, zero when it is not.
func (b *blame) cut(commitment graph.Hash, worker string, now time.Time) (left time.Duration) {
	for _, c := range []culprit{{commitment, worker}, {commitment, ""}} {
		if r := b.by[c]; r != nil {
			left = max(left, r.until.Sub(now))
		}
	}
	return left
}
