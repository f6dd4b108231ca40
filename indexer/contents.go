package indexer

import (
	"context"
	"fmt"
	"sync"
	"time"

	"candor/graph"

	"github.com/ipfs/go-cid"
)

// hunt is the search for the documents of some blocks. All are asked for at the
// same time, so that those that nobody has delay none that somebody has. A block
// waits for them as long as documents mostly take to come, and hardly at all for
// those of authors who made it wait in vain; what comes afterwards rides in
// another block's batch.
type hunt struct {
	x       *Indexer
	cancel  context.CancelFunc
	want    map[cid.Cid]wanted
	begin   time.Time
	answers chan answer
	left    int // of those that are waited for

	mu       sync.Mutex
	open     int // not answered yet
	waited   bool
	released bool
	after    map[cid.Cid][]byte // came after the wait and before the release
}

type wanted struct {
	author  graph.Address // who names it, or one of them
	trusted bool          // it is waited for
}

type answer struct {
	cid cid.Cid
	doc []byte
	err error
}

func (x *Indexer) hunt(ctx context.Context, blocks []Block, denied map[cid.Cid]bool) *hunt {
	h := &hunt{x: x, want: map[cid.Cid]wanted{}, begin: time.Now()}
	for _, b := range blocks {
		for _, e := range b.Events {
			if !e.Names() || denied[e.CID] {
				continue
			}
			// Of several authors one with a good name speaks for the document.
			if w, ok := h.want[e.CID]; !ok || !w.trusted {
				h.want[e.CID] = wanted{e.Author, x.patience.trusts(e.Author)}
			}
		}
	}
	h.answers = make(chan answer, len(h.want))
	h.open = len(h.want)
	if h.open == 0 {
		return h
	}
	for _, w := range h.want {
		if w.trusted {
			h.left++
		}
	}
	limit, cancel := context.WithTimeout(ctx, x.cfg.FetchTimeout)
	h.cancel = cancel
	for c, w := range h.want {
		x.retry.working.Go(func() {
			doc, err := fetch(limit, x.cfg.Fetcher, c)
			if err == nil {
				x.patience.came(w.author, time.Since(h.begin))
			}
			h.answered(answer{c, doc, err})
		})
	}
	return h
}

// answered puts an answer where it belongs by now.
func (h *hunt) answered(a answer) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.open--; h.open == 0 {
		h.cancel()
	}
	if !h.waited {
		h.answers <- a // as many fit in as are asked for
		return
	}
	h.x.retry.straggling.Add(-1)
	switch {
	case a.err != nil:
	case h.released:
		h.x.retry.deliver(a.cid, a.doc)
	default:
		if h.after == nil {
			h.after = map[cid.Cid][]byte{}
		}
		h.after[a.cid] = a.doc
	}
}

// wait gives the documents that come in time.
func (h *hunt) wait(ctx context.Context) map[cid.Cid][]byte {
	docs := make(map[cid.Cid][]byte, len(h.want))
	answered := map[cid.Cid]bool{}
	take := func(a answer) {
		if answered[a.cid] = true; h.want[a.cid].trusted {
			h.left--
		}
		if a.err != nil {
			h.x.cfg.Log.Debug("a document is not there with its block", "cid", a.cid, "error", a.err)
			return
		}
		docs[a.cid] = a.doc
	}
	total, gap := h.x.patience.waits()
	end := h.begin.Add(total)
	for len(answered) < len(h.want) {
		if courtesy := h.begin.Add(grace); h.left == 0 && courtesy.Before(end) {
			end = courtesy // the others are not waited for
		}
		timer := time.NewTimer(time.Until(end))
		select {
		case a := <-h.answers:
			timer.Stop()
			take(a)
			if next := time.Now().Add(gap); a.err == nil && h.left > 0 && next.After(end) {
				end = next // they come: many take longer than one
			}
			continue
		case <-ctx.Done():
		case <-timer.C:
			h.x.patience.ranOut()
		}
		timer.Stop()
		break
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.waited = true; ; { // those that are there by now
		select {
		case a := <-h.answers:
			take(a)
			continue
		default:
		}
		break
	}
	for c, w := range h.want {
		if !answered[c] && ctx.Err() == nil { // a stop is not the document's absence
			h.x.patience.missed(w.author)
		}
	}
	if h.open > 0 && h.x.retry.straggling.Add(int64(h.open)) > mostStragglers {
		h.cancel() // they are tried again on the schedule
	}
	return docs
}

// since gives what came after the wait: its blocks waited for those before them.
func (h *hunt) since() map[cid.Cid][]byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	docs := h.after
	h.after = nil
	return docs
}

// release hands on what came while the blocks were committed: before, it would
// have been late for an event that the mirror did not know.
func (h *hunt) release() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.released = true
	for c, doc := range h.after {
		h.x.retry.deliver(c, doc)
	}
}

// fetch gets one document and checks it once more: a Fetcher may be anything.
// Whether it is a post or a profile is for the mirror to see, which remembers
// what is neither.
func fetch(ctx context.Context, f Fetcher, c cid.Cid) ([]byte, error) {
	doc, err := f.Get(ctx, c)
	if err != nil {
		return nil, err
	}
	if len(doc) > graph.MaxDocument {
		return nil, fmt.Errorf("the document %s has %d bytes: at most %d are taken", c, len(doc), graph.MaxDocument)
	}
	got, err := graph.DocumentCID(doc)
	if err != nil {
		return nil, err
	}
	if !got.Equals(c) {
		return nil, fmt.Errorf("the bytes fetched for %s hash to %s", c, got)
	}
	return doc, nil
}
