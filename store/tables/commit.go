package tables

import (
	"context"
	"fmt"

	"candor/graph"
	"candor/graph/fold"
	"candor/internal/crashpoint"
)

// Commit takes the block that follows the head: all of it or, on an error,
// nothing. When it returns, the block is on disk and snapshots may show it. A
// batch that fold.Check refuses is refused.
func (m *Mirror) Commit(ctx context.Context, b graph.Batch) error {
	return m.CommitAll(ctx, []graph.Batch{b})
}

// CommitAll is Commit for blocks that follow each other: all of them or nothing,
// with one wait for the disk. What the events ask for is read in a few queries,
// the events are folded in memory, and each table is written in bulk, the blocks'
// own rows, which are the cursor, in the same transaction.
func (m *Mirror) CommitAll(ctx context.Context, bs []graph.Batch) error {
	if len(bs) == 0 {
		return nil
	}
	m.writing.Lock()
	defer m.writing.Unlock()
	if err := m.catchUp(ctx); err != nil {
		return err
	}
	before := m.head // changes under writing only
	head := before
	blocks := make([]graph.Block, len(bs))
	for i, b := range bs {
		if err := fold.Check(head, b); err != nil {
			return err
		}
		blocks[i] = b.Block
		head = &blocks[i]
	}
	g, err := m.folded(ctx, bs)
	if err != nil {
		return err
	}
	m.ahead.writing(g, head)
	defer m.ahead.writing(nil, nil)
	roots := make([]graph.Hash, len(bs))
	for i, b := range blocks {
		if roots[i], err = m.tree.apply(b.Number, g.leaves[i]); err != nil {
			m.tree.undo(number0(before))
			return err
		}
	}
	var forgotten []string
	err = m.db.transact(ctx, func(t *tx) error {
		if err := g.write(t, blocks, roots); err != nil {
			return fmt.Errorf("write blocks %d to %d: %w", blocks[0].Number, head.Number, err)
		}
		if forgotten, err = sweep(t, head.Number); err != nil {
			return err
		}
		crashpoint.Here("store.commit.before")
		return nil
	})
	if err != nil {
		// Perhaps it is on disk all the same: the connection may have ended while
		// the commit was under way. The next call looks.
		m.behind = true
		m.tree.undo(number0(before))
		return err
	}
	crashpoint.Here("store.commit.after")
	for _, c := range forgotten {
		m.posts.Remove(c)
		m.profiles.Remove(c)
	}
	m.tree.forget(horizon(head.Number))
	for a := range g.accounts {
		m.seen.Add(a, struct{}{})
	}
	m.ahead.swept = forgotten
	m.hide(g.withheld)
	m.vectors.Follow(ctx, g.vectors, *head)
	m.followSpaces(ctx, number0(before), *head)
	crashpoint.Here("vectors.after")
	m.publish(blocks[0].Number, head)
	return nil
}

// number0 is the head's number, 0 when there is none.
func number0(head *graph.Block) uint64 {
	if head == nil {
		return 0
	}
	return head.Number
}

// folded is what the blocks make of the state.
func (m *Mirror) folded(ctx context.Context, bs []graph.Batch) (*group, error) {
	var f *prefetch
	var err error
	if read := m.ahead.take(bs, m.head); read != nil {
		f, err = read.prefetch, read.finish(ctx, bs, m.ahead.swept)
	} else {
		f = newPrefetch(m.db, m.embed, m.seen, bs)
		err = f.gather(ctx)
	}
	if err != nil {
		return nil, err
	}
	g := f.group
	g.parseMore(bs, f.workers)
	m.mu.RLock()
	g.withheld = m.withheld
	m.mu.RUnlock()
	for _, b := range bs {
		if err := g.block(b); err != nil {
			return nil, fmt.Errorf("fold block %d: %w", b.Block.Number, err)
		}
	}
	return g, nil
}

// hide lets snapshots know what is withheld.
func (m *Mirror) hide(w curtain) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.withheld = w
}

// publish lets snapshots show the head.
func (m *Mirror) publish(first uint64, head *graph.Block) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.head == nil {
		m.first = first
	}
	m.head, m.stats = head, nil
}

// catchUp reads the head again when the last change could not tell it.
func (m *Mirror) catchUp(ctx context.Context) error {
	if !m.behind {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.head, m.stats = nil, nil
	if err := m.load(ctx); err != nil {
		return err
	}
	m.behind = false
	m.vectors.Doubt(ctx, m.at()) // what was taken in unheard, no index followed
	for _, s := range m.spaces {
		s.at(m.at()).Doubt(ctx, m.at())
	}
	return nil
}

// Rollback forgets all blocks above number. Snapshots of those blocks fail from
// then on; those of number and below stay right.
func (m *Mirror) Rollback(ctx context.Context, number uint64) error {
	m.writing.Lock()
	defer m.writing.Unlock()
	if err := m.catchUp(ctx); err != nil {
		return err
	}
	m.mu.Lock() // no snapshot begins or ends a query meanwhile
	defer m.mu.Unlock()
	if m.head == nil || number >= m.head.Number {
		return nil
	}
	m.rollbacks = append(m.rollbacks, number)
	m.forget()
	m.behind = true // until all that follows has been done
	if err := m.db.transact(ctx, func(t *tx) error { return rollback(t, number) }); err != nil {
		return fmt.Errorf("roll back to block %d: %w", number, err)
	}
	m.head = nil
	if err := m.load(ctx); err != nil {
		return err
	}
	m.behind = false
	m.rollbackVectors(ctx)
	return nil
}

// forget drops the kept answers that a rollback makes doubtful; under mu.
func (m *Mirror) forget() {
	m.roots.Purge()
	m.trends.Purge()
	m.latest.Purge()
	m.seen.Purge()
	m.stats = nil
}
