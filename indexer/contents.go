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
			if doc, ok := docs[e.CID]; ok && e.Names() {
				if batches[i].Contents == nil {
					batches[i].Contents = make(map[cid.Cid][]byte)
				}
				batches[i].Contents[e.CID] = doc
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

// contents asks for all documents of the blocks at once. Those that are not
// there in time are not in the answer; missed counts them.
func (x *Indexer) contents(ctx context.Context, blocks []Block) (docs map[cid.Cid][]byte, missed int) {
	want := make(map[cid.Cid]bool)
	for _, b := range blocks {
		for _, e := range b.Events {
			if e.Names() {
				want[e.CID] = true
			}
		}
	}
	docs = make(map[cid.Cid][]byte, len(want))
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
		docs[c] = got.doc
	}
	x.patience.learn(late == 0)
	return docs, missed
}

type fetched struct {
	doc    []byte
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
			doc, err := fetch(ctx, f, c)
			answers <- answer{c, fetched{doc, err, time.Since(begin)}}
		}()
	}
	out := make(map[cid.Cid]fetched, len(want))
	for range want {
		a := <-answers
		out[a.cid] = a.fetched
	}
	return out
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
