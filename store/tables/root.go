package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"candor/graph"
)

// plant makes sure that the tree is the head's: the one in memory if it goes back
// to it, else a new one from the tables; under writing and mu.
func (m *Mirror) plant(ctx context.Context) error {
	if m.head == nil {
		m.tree = newTree(0, nil)
		return nil
	}
	want, err := m.root(ctx, m.head.Number)
	if err != nil {
		return err
	}
	if m.tree != nil && m.tree.undo(m.head.Number) && m.tree.root() == want {
		return nil
	}
	s := &Snapshot{m: m, ctx: ctx, block: *m.head, withheld: m.withheld, own: true}
	var leaves []leaf
	if err := s.entries(func(e graph.MirrorEntry) { leaves = append(leaves, leaf{e.ID, e.Leaf()}) }); err != nil {
		return err
	}
	m.tree = newTree(m.head.Number, leaves)
	have := m.tree.root()
	if want == (graph.Hash{}) { // a rollback left the block with fewer texts
		_, err := m.db.Write.ExecContext(ctx, `UPDATE blocks SET root = $1 WHERE number = $2`, have[:], seconds(m.head.Number))
		if err != nil {
			return fmt.Errorf("keep the root of block %d: %w", m.head.Number, err)
		}
		return nil
	}
	if have != want {
		return fmt.Errorf("the mirror's posts give the root %s and its block %d has %s: it is damaged, %s, it is indexed again",
			have, m.head.Number, want, m.db.Again)
	}
	return nil
}

// root is the block's root as it was committed.
func (m *Mirror) root(ctx context.Context, number uint64) (graph.Hash, error) {
	var h hash
	err := m.db.Read.QueryRowContext(ctx, `SELECT root FROM blocks WHERE number = $1`, seconds(number)).Scan(&h)
	if errors.Is(err, sql.ErrNoRows) {
		return h.Hash, ErrNoBlock
	} else if err != nil {
		return h.Hash, fmt.Errorf("read the root of block %d: %w", number, err)
	}
	return h.Hash, nil
}

// MirrorRoot is graph.MirrorRoot over all posts up to the block, removed ones too.
// It was made when the block was committed.
func (s *Snapshot) MirrorRoot() (graph.Hash, error) {
	if root, ok := s.m.roots.Get(s.block.Number); ok {
		return root, s.m.still(s)
	}
	root, err := s.m.root(s.ctx, s.block.Number)
	if err != nil {
		return graph.Hash{}, errors.Join(s.m.still(s), err)
	}
	return root, s.keep(func() { s.m.roots.Add(s.block.Number, root) })
}

// MirrorProof shows that the post is under MirrorRoot, and with what status. It
// comes from memory for blocks of the last Window that were committed since the
// mirror was opened, and costs reading all posts for others.
func (s *Snapshot) MirrorProof(id graph.PostID) (graph.MirrorProof, error) {
	s.m.mu.RLock()
	err := s.m.stillLocked(s)
	tree := s.m.tree
	s.m.mu.RUnlock()
	if err != nil {
		return graph.MirrorProof{}, err
	}
	p, known, err := tree.proof(id, s.block.Number)
	if err == nil && !known {
		var leaves []leaf
		if err := s.entries(func(e graph.MirrorEntry) { leaves = append(leaves, leaf{e.ID, e.Leaf()}) }); err != nil {
			return p, err
		}
		p, _, err = newTree(s.block.Number, leaves).proof(id, s.block.Number)
	}
	if err != nil {
		return p, err
	}
	if p.Entry, err = s.entry(id); err != nil {
		return p, err
	}
	root, err := s.MirrorRoot()
	if err != nil {
		return p, err
	}
	if err := p.Verify(root); err != nil {
		return p, fmt.Errorf("the mirror's tree does not fit its posts at block %d: %w", s.block.Number, errors.Join(s.m.still(s), err))
	}
	return p, s.m.still(s)
}

// entryColumns are what entries are made of, with $at for the snapshot's block:
// the content that the post had then, or when it was removed.
const entryColumns = `SELECT p.id, p.removed_at,
		CASE WHEN e.id IS NULL THEN p.cid ELSE e.cid END,
		CASE WHEN e.id IS NULL THEN p.present_from ELSE e.present_from END,
		CASE WHEN e.id IS NULL THEN p.digest ELSE e.digest END
	FROM posts p LEFT JOIN edits e ON p.edited_at <= $2 AND e.post = p.id AND
		e.id = (SELECT x.id FROM edits x WHERE x.post = p.id AND x.id < $1 ORDER BY x.id DESC LIMIT 1) WHERE p.id < $1`

// entries gives the mirror's entries at the snapshot's block in chain order.
func (s *Snapshot) entries(take func(graph.MirrorEntry)) error {
	return s.readEntries(entryColumns+` ORDER BY p.id`, nil, take)
}

// entry is the post's entry.
func (s *Snapshot) entry(id graph.PostID) (e graph.MirrorEntry, err error) {
	found := false
	err = s.readEntries(entryColumns+` AND p.id = $3`, []any{pos(id)}, func(at graph.MirrorEntry) { e, found = at, true })
	if err == nil && !found {
		err = graph.NotFound("block %d of the index has no post %s: ask for one that was published by then", s.block.Number, id)
	}
	return e, err
}

func (s *Snapshot) readEntries(text string, more []any, take func(graph.MirrorEntry)) error {
	n := s.block.Number
	return s.read(text, append([]any{after(n), seconds(n)}, more...), func(r *sql.Rows) error {
		var id position
		var c name
		var present, gone int64
		var digest sql.RawBytes
		if err := r.Scan(&id, &gone, &c, &present, &digest); err != nil {
			return err
		}
		e := graph.MirrorEntry{ID: id.Position, Status: s.status(number(gone) > n, c.Cid, number(present))}
		if e.Status == graph.Present {
			if len(digest) != len(e.Embedding) {
				return fmt.Errorf("post %s has no embedding digest: %s, it is indexed again", e.ID, s.m.db.Again)
			}
			copy(e.Embedding[:], digest)
		}
		take(e)
		return nil
	})
}
