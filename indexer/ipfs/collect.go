package ipfs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"candor/graph"

	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	format "github.com/ipfs/go-ipld-format"
	mh "github.com/multiformats/go-multihash"
)

// Names tells what the graph needs of documents.
type Names interface {
	// Named sorts documents: needed are those that a post or profile names which
	// stands in one of the blocks that readers may still ask for, withdrawn those
	// that some named and none of these does. The others were never named.
	Named(ctx context.Context, docs []cid.Cid) (needed, withdrawn []cid.Cid, err error)
}

// Collector says how the node tidies up. Zero values mean their defaults.
type Collector struct {
	Names  Names         // nil: nothing is ever removed
	Every  time.Duration // how often; 15 min
	Unused time.Duration // how long an upload that nothing names is kept; 24 h
	Log    *slog.Logger
}

// Collected counts what one round of the collector found.
type Collected struct {
	Blocks  int // that were kept before
	Needed  int
	Marked  int // found without a name for the first time
	Removed int
	Missing int // files of standing posts that are not here whole
}

const (
	asking = 512         // documents that the graph is asked about at once
	settle = time.Minute // for which withdrawn content must have been seen so
)

// Collect removes, until ctx ends and every so often, what the graph does not
// need: withdrawn documents and their files once no block that readers may ask
// for shows them, and uploads that nothing has named for a while. It is called once.
func (n *Node) Collect(ctx context.Context, c Collector) {
	if c.Names == nil {
		return
	}
	if c.Every == 0 {
		c.Every = 15 * time.Minute
	}
	if c.Unused == 0 {
		c.Unused = 24 * time.Hour
	}
	t := time.NewTicker(c.Every)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-n.life.Done():
			return
		case <-t.C:
		}
		done, err := n.collect(ctx, c, time.Now())
		switch {
		case err == nil:
			c.Log.Debug("unneeded content was collected", "blocks", done.Blocks, "removed", done.Removed, "missing", done.Missing)
		case ctx.Err() == nil:
			c.Log.Warn("unneeded content could not be collected; it is tried again", "err", err)
		}
	}
}

// collect is one round. A block goes only when it carries a mark of an earlier
// round: whoever has used it since then has taken the mark off.
func (n *Node) collect(ctx context.Context, c Collector, now time.Time) (done Collected, err error) {
	n.collecting.Lock()
	defer n.collecting.Unlock()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(n.life, cancel)()
	keys, err := n.store.AllKeysChan(ctx)
	if err != nil {
		return done, fmt.Errorf("list the kept blocks: %w", err)
	}
	r := round{node: n, names: c.Names, now: now, needed: map[string]bool{}, withdrawn: map[string]bool{}}
	batch := make([]cid.Cid, 0, asking)
	for k := range keys {
		done.Blocks++
		if batch = append(batch, cid.NewCidV1(cid.DagJSON, k.Hash())); len(batch) == asking {
			if err := r.sort(ctx, batch); err != nil {
				return done, err
			}
			batch = batch[:0]
		}
	}
	if err := ctx.Err(); err != nil {
		return done, err // the list may be short
	}
	if err := r.sort(ctx, batch); err != nil {
		return done, err
	}
	var fresh []string
	for _, h := range r.rest {
		if r.needed[h] {
			n.marks.touch(cid.NewCidV1(cid.Raw, mh.Multihash(h)))
			continue
		}
		age, marked := n.marks.age(h, now)
		limit := c.Unused
		if r.withdrawn[h] {
			limit = settle
		}
		switch {
		case !marked:
			fresh = append(fresh, h)
		case age >= limit:
			gone, err := n.marks.remove(ctx, h, func() error {
				return n.store.DeleteBlock(ctx, cid.NewCidV1(cid.Raw, mh.Multihash(h)))
			})
			if err != nil {
				return done, fmt.Errorf("remove a block: %w", err)
			}
			if gone {
				done.Removed++
			}
		}
	}
	done.Marked, done.Missing = len(fresh), r.missing
	done.Needed = done.Blocks - done.Removed - done.Marked
	return done, n.marks.mark(ctx, fresh, now)
}

// round is what one round knows of the blocks.
type round struct {
	node      *Node
	names     Names
	now       time.Time
	needed    map[string]bool // blocks of files that standing posts name
	withdrawn map[string]bool // documents, and blocks of files, that withdrawn ones name
	rest      []string        // all but needed documents
	missing   int
}

// sort asks the graph about blocks as if each were a document's. Whatever is
// needed but was read wrongly or cannot be asked about ends the round: nothing is
// removed on half knowledge.
func (r *round) sort(ctx context.Context, batch []cid.Cid) error {
	if len(batch) == 0 {
		return nil
	}
	needed, withdrawn, err := r.names.Named(ctx, batch)
	if err != nil {
		return fmt.Errorf("ask which documents are needed: %w", err)
	}
	named := make(map[string]bool, len(needed))
	for _, c := range needed {
		named[string(c.Hash())] = true
		if err := r.files(ctx, c, true); err != nil {
			return err
		}
	}
	for _, c := range withdrawn {
		r.withdrawn[string(c.Hash())] = true
		if err := r.files(ctx, c, false); err != nil {
			return err
		}
	}
	for _, c := range batch {
		if h := string(c.Hash()); !named[h] {
			r.rest = append(r.rest, h)
		} else {
			r.node.marks.touch(c)
		}
	}
	return nil
}

// files notes the blocks of the files that a document names.
func (r *round) files(ctx context.Context, doc cid.Cid, needed bool) error {
	b, err := r.node.store.Get(ctx, doc)
	if format.IsNotFound(err) {
		return nil // gone meanwhile, or denied
	} else if err != nil {
		return fmt.Errorf("read %s from disk: %w", doc, err)
	}
	if len(b.RawData()) > graph.MaxDocument {
		return nil
	}
	set := r.withdrawn
	if needed {
		set = r.needed
	}
	for _, a := range media(b.RawData()) {
		var parts []string
		w := walker{get: func(ctx context.Context, c cid.Cid, _ int) (blocks.Block, error) {
			// Not by local, which would take the marks off.
			b, err := r.node.store.Get(ctx, c)
			if err == nil {
				parts = append(parts, string(c.Hash()))
			}
			return b, err
		}, read: func(blocks.Block, []byte) error { return nil }}
		switch _, err := w.walk(ctx, a.cid, a.size); {
		case errors.Is(err, ErrNotFile):
			continue // what came of it before that was seen is not needed
		case format.IsNotFound(err) && needed:
			r.missing++
			r.node.want(a, r.now)
		case err != nil && needed:
			return fmt.Errorf("read a file that %s names: %w", doc, err)
		}
		for _, h := range parts {
			set[h] = true
		}
	}
	return nil
}
