package indexer

import (
	"context"
	"fmt"
	"time"

	"candor/graph"
	"candor/internal/crashpoint"

	"github.com/ipfs/go-cid"
)

// groupEvents is how many events are worked on at once: their documents are in
// memory together (at most 16 KiB each) and asked for at the same time.
const groupEvents = 1024

// ingest fetches the documents of linked blocks and commits them in groups.
func (x *Indexer) ingest(ctx context.Context, blocks []Block) error {
	crashpoint.Here("indexer.block.fetched")
	for len(blocks) > 0 {
		n, events := 1, len(blocks[0].Events)
		for n < len(blocks) && events+len(blocks[n].Events) <= groupEvents {
			events += len(blocks[n].Events)
			n++
		}
		if err := x.commit(ctx, blocks[:n]); err != nil {
			return err
		}
		blocks = blocks[n:]
	}
	return nil
}

func (x *Indexer) commit(ctx context.Context, blocks []Block) error {
	docs, missed := x.contents(ctx, blocks)
	if err := ctx.Err(); err != nil {
		return err // a stop is not the documents' absence
	}
	crashpoint.Here("indexer.contents.fetched")
	batches := make([]graph.Batch, len(blocks))
	for i, b := range blocks {
		batches[i] = graph.Batch{Block: b.Block, Events: b.Events}
		for _, e := range b.Events {
			if doc, ok := docs[e.CID]; ok && doc.fits(e.Action) {
				if batches[i].Contents == nil {
					batches[i].Contents = make(map[cid.Cid][]byte)
				}
				batches[i].Contents[e.CID] = doc.bytes
			}
		}
	}
	late := x.retry.take()
	batches[0].Late = late
	if bulk, ok := x.cfg.Mirror.(Bulk); ok && len(batches) > 1 {
		if err := bulk.CommitAll(ctx, batches); err != nil {
			return fmt.Errorf("commit blocks %d to %d: %w", blocks[0].Number, blocks[len(blocks)-1].Number, err)
		}
	} else {
		for _, b := range batches {
			if err := x.cfg.Mirror.Commit(ctx, b); err != nil {
				return fmt.Errorf("commit block %d: %w", b.Block.Number, err)
			}
		}
	}
	d := Status{Blocks: uint64(len(blocks)), Missed: uint64(missed), Late: uint64(len(late))}
	for _, b := range blocks {
		d.Events += uint64(len(b.Events))
		d.Skipped += uint64(b.Skipped)
	}
	x.committed(blocks[len(blocks)-1].Block, d)
	return nil
}

// document is checked bytes, and as what they parse.
type document struct {
	bytes         []byte
	post, profile bool
}

func (d document) fits(a graph.Action) bool {
	return a == graph.ActPost && d.post || a == graph.ActProfile && d.profile
}

// contents asks for all documents of the blocks at once. Those that are not
// there in time, or are no documents, are not in the answer; missed counts them.
func (x *Indexer) contents(ctx context.Context, blocks []Block) (docs map[cid.Cid]document, missed int) {
	want := make(map[cid.Cid]bool)
	for _, b := range blocks {
		for _, e := range b.Events {
			if (e.Action == graph.ActPost || e.Action == graph.ActProfile) && e.CID.Defined() {
				want[e.CID] = true
			}
		}
	}
	docs = make(map[cid.Cid]document, len(want))
	if len(want) == 0 {
		return docs, 0
	}
	ctx, cancel := context.WithTimeout(ctx, x.patience.now)
	defer cancel()
	late := 0 // those that the clock cut off
	for c, got := range fetchAll(ctx, x.cfg.Fetcher, want) {
		if got.err != nil {
			x.cfg.Log.Debug("a document is not there with its block", "cid", c, "error", got.err)
			missed++
			if got.waited >= x.patience.now/2 {
				late++
			}
			continue
		}
		docs[c] = got.document
	}
	x.patience.learn(late == 0)
	return docs, missed
}

type fetched struct {
	document
	err    error
	waited time.Duration
}

// fetchAll asks for every document at the same time, so that those that nobody
// has delay none that somebody has.
func fetchAll(ctx context.Context, f Fetcher, want map[cid.Cid]bool) map[cid.Cid]fetched {
	type answer struct {
		cid cid.Cid
		fetched
	}
	answers := make(chan answer, len(want))
	for c := range want {
		go func() {
			begin := time.Now()
			d, err := fetch(ctx, f, c)
			answers <- answer{c, fetched{d, err, time.Since(begin)}}
		}()
	}
	out := make(map[cid.Cid]fetched, len(want))
	for range want {
		a := <-answers
		out[a.cid] = a.fetched
	}
	return out
}

// errInvalid means bytes that will never be a document.
type errInvalid struct{ error }

// fetch gets one document and checks it once more: a Fetcher may be anything.
func fetch(ctx context.Context, f Fetcher, c cid.Cid) (document, error) {
	raw, err := f.Get(ctx, c)
	if err != nil {
		return document{}, err
	}
	got, err := graph.DocumentCID(raw)
	if err != nil {
		return document{}, err
	}
	if !got.Equals(c) {
		return document{}, fmt.Errorf("the bytes fetched for %s hash to %s", c, got)
	}
	d := document{bytes: raw}
	_, noPost := graph.ParsePost(raw)
	_, noProfile := graph.ParseProfile(raw)
	d.post, d.profile = noPost == nil, noProfile == nil
	if !d.post && !d.profile {
		return document{}, errInvalid{fmt.Errorf("%s is neither post nor profile: %w; %w", c, noPost, noProfile)}
	}
	return d, nil
}

// patience is how long a block waits for its documents. It halves whenever some
// did not come and grows back slowly, so that someone who posts what nobody has
// cannot hold up every block.
type patience struct{ max, now time.Duration }

func (p *patience) learn(met bool) {
	if met {
		p.now = min(p.max, p.now+p.max/32)
	} else {
		p.now = max(p.max/32, p.now/2)
	}
}
