package indexer

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ipfs/go-cid"
)

const (
	retryList      = 4096 // missing documents looked at each time
	retryParallel  = 64   // asked for at the same time that were hardly asked for yet
	retryOld       = 64   // and others: what nobody has for long delays nothing new
	retryLong      = 8    // each so many-th try waits long
	retryYoung     = 4    // tries after which a document is old
	retryKept      = 1024 // that wait in memory for their block
	retryKnown     = 1 << 16
	mostStragglers = 1024 // documents still asked for though their blocks no longer wait
)

// retry looks for documents that were not there with their blocks, each after
// growing pauses, and keeps what it found until a block takes it along.
type retry struct {
	cfg        Config
	working    sync.WaitGroup
	straggling atomic.Int64

	mu    sync.Mutex
	life  int // counts resets: what an earlier life asked for is forgotten
	tries map[cid.Cid]try
	busy  map[cid.Cid]bool // being asked for, and whether old
	found map[cid.Cid][]byte
}

type try struct {
	since time.Time // first missed
	next  time.Time
	pause time.Duration
	count int
}

func newRetry(cfg Config) *retry {
	return &retry{cfg: cfg, tries: map[cid.Cid]try{}, busy: map[cid.Cid]bool{}, found: map[cid.Cid][]byte{}}
}

func (r *retry) run(ctx context.Context) {
	for ctx.Err() == nil {
		before := r.waiting()
		sleep(ctx, r.cfg.RetryEvery)
		if before && r.cfg.Knock != nil && r.waiting() && ctx.Err() == nil {
			r.cfg.Knock()
		}
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

// round begins to ask for those of the missing documents whose time has come,
// and does not wait for the answers.
func (r *retry) round(ctx context.Context, missing []cid.Cid, now time.Time) {
	due, life := r.due(missing, now)
	for c, t := range due {
		r.working.Go(func() { r.again(ctx, c, t, life, now) })
	}
}

// again asks for one document. Now and then a try is a long one, for those that
// take their time; were all of them long, what nobody has would block the way.
func (r *retry) again(ctx context.Context, c cid.Cid, t try, life int, now time.Time) {
	wait := r.cfg.FetchTimeout / 2
	if t.count%retryLong == retryLong-1 {
		wait *= 10
	}
	limit, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	doc, err := fetch(limit, r.cfg.Fetcher, c)
	r.mu.Lock()
	defer r.mu.Unlock()
	if life != r.life {
		return
	}
	delete(r.busy, c)
	if ctx.Err() != nil && err != nil {
		return // a stop is not the document's absence
	}
	if t, known := r.tries[c]; known {
		t.pause = min(max(2*t.pause, r.cfg.RetryEvery), r.cfg.RetryMax)
		t.next = now.Add(t.pause)
		t.count++
		r.tries[c] = t
	}
	if err == nil {
		r.keep(c, doc)
	}
}

// due are the documents to ask for now, those that were hardly asked for first.
func (r *retry) due(missing []cid.Cid, now time.Time) (map[cid.Cid]try, int) {
	denied := r.denied()
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
	free := map[bool]int{false: retryParallel, true: retryOld}
	for _, old := range r.busy {
		free[old]--
	}
	for _, c := range missing {
		t := r.tries[c]
		if t.since.IsZero() {
			t.since = now
		}
		r.tries[c] = t
	}
	// Places are few: those asked for least come first, and of these the newest.
	queue := slices.Clone(missing)
	slices.SortStableFunc(queue, func(a, b cid.Cid) int {
		x, y := r.tries[a], r.tries[b]
		return cmp.Or(cmp.Compare(x.count, y.count), y.since.Compare(x.since))
	})
	due := make(map[cid.Cid]try)
	for _, c := range queue {
		t := r.tries[c]
		_, busy := r.busy[c]
		_, found := r.found[c]
		old := t.count >= retryYoung
		if busy || found || denied[c] || t.next.After(now) || free[old] <= 0 || len(r.found)+len(r.busy) >= retryKept {
			continue
		}
		free[old]--
		r.busy[c], due[c] = old, t
	}
	return due, r.life
}

// deliver takes a document that came after its block.
func (r *retry) deliver(c cid.Cid, doc []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keep(c, doc)
}

func (r *retry) keep(c cid.Cid, doc []byte) {
	if len(r.found) < retryKept {
		r.found[c] = doc
	}
}

// waiting reports whether something that was found waits for a block.
func (r *retry) waiting() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.found) > 0
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
	for c := range found {
		// The mirror may still list it in an answer that is under way.
		t := r.tries[c]
		t.next = time.Now().Add(r.cfg.RetryMax)
		r.tries[c] = t
	}
	return found
}

// reset forgets everything: after a rollback documents that were handed on may
// be missing again.
func (r *retry) reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.life++
	r.tries, r.busy, r.found = map[cid.Cid]try{}, map[cid.Cid]bool{}, map[cid.Cid][]byte{}
}
