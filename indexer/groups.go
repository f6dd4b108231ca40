package indexer

import (
	"context"
	"fmt"
	"maps"

	"candor/graph"
	"candor/internal/crashpoint"

	"github.com/ipfs/go-cid"
)

// A group is full at so many events, or documents named: it ends with the block
// that fills it. Its documents are in memory together (at most 16 KiB each) and
// asked for at the same time, and one transaction takes it all. In larger ones a
// page of the database is written fewer times.
const (
	groupEvents    = 8192
	groupDocuments = 4096
	groupsAStep    = 16 // after so many the head is read again
)

// group is some linked blocks on their way into the mirror.
type group struct {
	blocks  []Block
	rest    []Block // read with them, and next
	batches []graph.Batch
	hunt    *hunt
	docs    int // how many of the hunt's came in time
}

func (g *group) last() graph.Block { return g.blocks[len(g.blocks)-1].Block }

// ingest commits linked blocks in groups, and those that the source gives after
// them up to the head. While one group is committed, the next one is read, its
// documents are fetched and the mirror prepares it; it is committed after the one
// before it, or not at all.
func (x *Indexer) ingest(ctx context.Context, blocks []Block, head uint64) error {
	crashpoint.Here("indexer.block.fetched")
	ahead, cancel := context.WithCancel(ctx)
	defer cancel()
	g, err := x.prepare(ctx, ctx, blocks)
	for n := 1; err == nil && g != nil; n++ {
		var next *group
		var failed error // to prepare it
		done := make(chan struct{})
		go func() {
			defer close(done)
			if n < groupsAStep || len(g.rest) > 0 {
				next, failed = x.follow(ctx, ahead, g, head)
			}
		}()
		if err = x.commit(ctx, g); err != nil {
			cancel()
		}
		<-done // the source is asked one thing at a time
		if g = next; err == nil {
			err = failed
		}
	}
	return err
}

// follow prepares the group after this one; nil when there is none, or none that
// links to it: what the chain says now is for the next step to see. What it
// fetches goes on under run when ahead ends.
func (x *Indexer) follow(run, ahead context.Context, g *group, head uint64) (*group, error) {
	blocks, tip := g.rest, g.last()
	if len(blocks) == 0 {
		if tip.Number >= head {
			return nil, nil
		}
		var err error
		if blocks, err = x.cfg.Source.Blocks(ahead, tip.Number, head); err != nil {
			return nil, sourceError{fmt.Errorf("read the blocks after %d: %w", tip.Number, err)}
		}
		n, err := linked(tip, true, tip.Number, blocks)
		if err != nil || n == 0 {
			return nil, err
		}
		blocks = blocks[:n]
	}
	next, err := x.prepare(run, ahead, blocks)
	if p, ok := x.cfg.Mirror.(Preparer); ok && err == nil {
		p.Prepare(ahead, next.batches)
	}
	return next, err
}

// prepare takes the first group of the blocks and waits for its documents.
func (x *Indexer) prepare(run, ctx context.Context, blocks []Block) (*group, error) {
	n := 0
	for events, documents := 0, 0; n < len(blocks) && events < groupEvents && documents < groupDocuments; n++ {
		events += len(blocks[n].Events)
		for i := range blocks[n].Events {
			if blocks[n].Events[i].Names() {
				documents++
			}
		}
	}
	g := &group{blocks: blocks[:n], rest: blocks[n:], batches: make([]graph.Batch, n)}
	g.hunt = x.hunt(run, g.blocks, x.retry.denied())
	docs := g.hunt.wait(ctx)
	if err := ctx.Err(); err != nil {
		return nil, err // a stop is not the documents' absence
	}
	for i, b := range g.blocks {
		g.batches[i] = graph.Batch{Block: b.Block, Events: b.Events}
	}
	g.take(docs)
	return g, nil
}

// take puts documents into the batches of the blocks that name them.
func (g *group) take(docs map[cid.Cid][]byte) {
	if len(docs) == 0 {
		return
	}
	g.docs += len(docs)
	for i, b := range g.blocks {
		for _, e := range b.Events {
			if doc, ok := docs[e.CID]; ok && e.Names() {
				if g.batches[i].Contents == nil {
					g.batches[i].Contents = make(map[cid.Cid][]byte)
				}
				g.batches[i].Contents[e.CID] = doc
			}
		}
	}
}

func (x *Indexer) commit(ctx context.Context, g *group) error {
	crashpoint.Here("indexer.contents.fetched")
	g.take(g.hunt.since())
	denied := x.retry.denied()
	for _, b := range g.batches { // what was denied since it was fetched
		maps.DeleteFunc(b.Contents, func(c cid.Cid, _ []byte) bool { return denied[c] })
	}
	late := x.retry.take()
	g.batches[0].Late = late
	if err := x.withhold(ctx, denied, &g.batches[0]); err != nil {
		return err
	}
	if bulk, ok := x.cfg.Mirror.(Bulk); ok && len(g.batches) > 1 {
		if err := bulk.CommitAll(ctx, g.batches); err != nil {
			return fmt.Errorf("commit blocks %d to %d: %w", g.blocks[0].Number, g.last().Number, err)
		}
	} else {
		for _, b := range g.batches {
			if err := x.cfg.Mirror.Commit(ctx, b); err != nil {
				return fmt.Errorf("commit block %d: %w", b.Block.Number, err)
			}
		}
	}
	g.hunt.release()
	d := Status{Blocks: uint64(len(g.blocks)), Missed: uint64(len(g.hunt.want) - g.docs), Late: uint64(len(late))}
	for _, b := range g.blocks {
		d.Events += uint64(len(b.Events))
		d.Skipped += uint64(b.Skipped)
	}
	x.committed(g.last(), d)
	return nil
}
