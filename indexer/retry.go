package indexer

import (
	"context"
	"sync"
	"time"

	"github.com/ipfs/go-cid"
)

const (
	retryList     = 4096 // missing documents looked at each time
	retryParallel = 64   // asked for at the same time
	retryKept     = 1024 // that wait in memory for their block
	retryKnown    = 1 << 16
)

// retry looks for documents that were not there with their blocks, each after
// growing pauses, and keeps what it found until a block takes it along.
type retry struct {
	cfg   Config
	mu    sync.Mutex
	tries map[cid.Cid]try
	found map[cid.Cid][]byte
}

type try struct {
	next  time.Time
	pause time.Duration
	over  bool // found: nothing more to ask
}

func newRetry(cfg Config) *retry {
	return &retry{cfg: cfg, tries: map[cid.Cid]try{}, found: map[cid.Cid][]byte{}}
}

func (r *retry) run(ctx context.Context) {
	for ctx.Err() == nil {
		sleep(ctx, r.cfg.RetryEvery)
		missing, err := r.cfg.Mirror.Missing(ctx, retryList)
		if err != nil {
			if ctx.Err() == nil {
				r.cfg.Log.Warn("the mirror could not list missing documents", "error", err)
			}
			continue
		}
		r.round(ctx, missing, time.Now())
	}
}

// round asks for those of the missing documents whose time has come.
func (r *retry) round(ctx context.Context, missing []cid.Cid, now time.Time) {
	due := r.due(missing, now)
	if len(due) == 0 {
		return
	}
	limit, cancel := context.WithTimeout(ctx, 5*r.cfg.FetchTimeout)
	defer cancel()
	got := fetchAll(limit, r.cfg.Fetcher, due)
	if ctx.Err() != nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for c, f := range got {
		t, known := r.tries[c]
		if !known {
			continue // reset meanwhile
		}
		if f.err == nil {
			r.found[c], t.over = f.doc, true
		} else {
			t.pause = min(max(2*t.pause, r.cfg.RetryEvery), r.cfg.RetryMax)
			t.next = now.Add(t.pause)
		}
		r.tries[c] = t
	}
}

func (r *retry) due(missing []cid.Cid, now time.Time) map[cid.Cid]bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(missing) < retryList || len(r.tries) > retryKnown {
		// The list is whole, or memory has its end: forget what it does not name.
		known := make(map[cid.Cid]try, len(missing))
		for _, c := range missing {
			known[c] = r.tries[c]
		}
		r.tries = known
	}
	due := make(map[cid.Cid]bool)
	for _, c := range missing {
		t := r.tries[c]
		r.tries[c] = t
		if !t.over && !t.next.After(now) && len(due) < retryParallel && len(r.found)+len(due) < retryKept {
			due[c] = true
		}
	}
	return due
}

// take hands over what was found; the caller commits it.
func (r *retry) take() map[cid.Cid][]byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.found) == 0 {
		return nil
	}
	found := r.found
	r.found = map[cid.Cid][]byte{}
	return found
}

// reset forgets everything: after a rollback documents that were handed on may
// be missing again.
func (r *retry) reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tries, r.found = map[cid.Cid]try{}, map[cid.Cid][]byte{}
}
