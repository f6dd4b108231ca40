package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/ipfs/go-cid"

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
// with one wait for the disk.
func (m *Mirror) CommitAll(ctx context.Context, bs []graph.Batch) error {
	if len(bs) == 0 {
		return nil
	}
	m.writing.Lock()
	defer m.writing.Unlock()
	if err := m.catchUp(ctx); err != nil {
		return err
	}
	head := m.head // changes under writing only
	w := &writer{ctx: ctx, embed: m.embed, prepared: map[string]*sql.Stmt{}}
	err := m.db.transact(ctx, func(tx *sql.Tx) error {
		w.tx = tx
		for _, b := range bs {
			if err := fold.Check(head, b); err != nil {
				return err
			}
			if err := w.batch(b); err != nil {
				return fmt.Errorf("write block %d: %w", b.Block.Number, err)
			}
			head = &b.Block
		}
		crashpoint.Here("store.commit.before")
		return nil
	})
	if err != nil {
		return err
	}
	crashpoint.Here("store.commit.after")
	for _, c := range w.forgotten {
		m.posts.Remove(c)
		m.profiles.Remove(c)
	}
	m.vectors.Follow(ctx, w.changes, *head)
	crashpoint.Here("vectors.after")
	m.publish(bs[0].Block.Number, head)
	return nil
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

// catchUp reads the head again when the last rollback could not.
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
	m.vectors.Rollback(ctx, m.at())
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
	m.forget(number)
	err := m.db.transact(ctx, func(tx *sql.Tx) error {
		w := &writer{ctx: ctx, tx: tx, block: number, prepared: map[string]*sql.Stmt{}}
		return w.rollback()
	})
	if err != nil {
		return fmt.Errorf("roll back to block %d: %w", number, err)
	}
	if number < m.first {
		m.head = nil
	} else {
		head, err := m.block(ctx, number)
		if err != nil {
			m.head, m.behind = nil, true
			return err
		}
		m.head = &head
	}
	m.vectors.Rollback(ctx, m.at())
	return nil
}

// forget drops the kept answers that a rollback makes doubtful; under mu.
func (m *Mirror) forget(number uint64) {
	m.roots.Purge()
	m.trends.Purge()
	m.stats = nil
	m.entries.mu.Lock()
	defer m.entries.mu.Unlock()
	if m.entries.block > number {
		m.entries.block, m.entries.rows = 0, nil
	}
}

// writer changes the tables by one block inside a transaction. It is also the
// fold.View of the state before each event.
type writer struct {
	ctx       context.Context
	tx        *sql.Tx
	embed     func(string) graph.Embedding
	block     uint64
	prepared  map[string]*sql.Stmt
	changes   []graph.Vector
	forgotten []string // CIDs whose document is gone
}

func (w *writer) stmt(text string) (*sql.Stmt, error) {
	if s := w.prepared[text]; s != nil {
		return s, nil
	}
	s, err := w.tx.PrepareContext(w.ctx, text) // the transaction's end closes it
	if err != nil {
		return nil, err
	}
	w.prepared[text] = s
	return s, nil
}

func (w *writer) exec(text string, args ...any) error {
	s, err := w.stmt(text)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(w.ctx, args...)
	return err
}

// one reads at most one row; ok is false when there is none.
func (w *writer) one(text string, args []any, into ...any) (ok bool, err error) {
	s, err := w.stmt(text)
	if err != nil {
		return false, err
	}
	err = s.QueryRowContext(w.ctx, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each reads rows of one column.
func each[T any](w *writer, text string, args []any, take func(T)) error {
	s, err := w.stmt(text)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(w.ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var v T
		if err := rows.Scan(&v); err != nil {
			return err
		}
		take(v)
	}
	return rows.Err()
}

// Post implements fold.View.
func (w *writer) Post(id graph.PostID) (graph.Address, string, bool, error) {
	var author address
	var content string
	ok, err := w.one(`SELECT author, cid FROM posts WHERE id = ? AND removed_at = 9223372036854775807`,
		[]any{pos(id)}, &author, &content)
	return author.Address, content, ok, err
}

// Earlier implements fold.View.
func (w *writer) Earlier(graph.PostID, string) (bool, error) { return false, nil }

// Policy implements fold.View.
func (w *writer) Policy(graph.Address) (graph.Policy, error) { return graph.PolicyOpen, nil }

// Edge implements fold.View.
func (w *writer) Edge(kind fold.Edge, from, to graph.Address) (bool, error) {
	if kind != fold.Follows {
		return false, nil
	}
	var one int
	return w.one(`SELECT 1 FROM follows WHERE from_addr = ? AND to_addr = ? AND to_block = 9223372036854775807`,
		[]any{from[:], to[:]}, &one)
}

// Reacted implements fold.View.
func (w *writer) Reacted(author graph.Address, subject graph.PostID, kind graph.ReactionKind) (bool, error) {
	var one int
	return w.one(`SELECT 1 FROM reactions WHERE author = ? AND subject = ? AND kind = ? AND to_block = 9223372036854775807`,
		[]any{author[:], pos(subject), kind}, &one)
}

func (w *writer) batch(b graph.Batch) error {
	w.block = b.Block.Number
	if err := w.exec(`INSERT INTO blocks (number, hash, parent, time) VALUES (?, ?, ?, ?)`,
		seconds(b.Block.Number), b.Block.Hash[:], b.Block.Parent[:], seconds(b.Block.Time)); err != nil {
		return err
	}
	for _, e := range b.Events {
		if e.Action > graph.ActRemove {
			continue // policies, blocks and edits have no tables yet
		}
		e, ok, err := fold.Effective(w, e)
		if err == nil && ok {
			err = w.take(e)
		}
		if err != nil {
			return fmt.Errorf("event %s: %w", e.ID, err)
		}
	}
	if err := w.contents(b); err != nil {
		return err
	}
	return w.sweep()
}

// take writes one effective event.
func (w *writer) take(e graph.Event) error {
	id, n, author := pos(e.ID), seconds(w.block), e.Author[:]
	if err := w.exec(`INSERT OR IGNORE INTO accounts (address, id, time) VALUES (?, ?, ?)`,
		author, id, seconds(e.Time)); err != nil {
		return err
	}
	switch e.Action {
	case graph.ActProfile:
		if err := w.replaceProfile(author, n); err != nil {
			return err
		}
		return w.exec(`INSERT INTO profiles (id, address, cid, imported, present_from, to_block)
			VALUES (?, ?, ?, ?, 9223372036854775807, 9223372036854775807)`, id, author, e.CID.Bytes(), e.Imported)
	case graph.ActFollow:
		return w.exec(`INSERT INTO follows (id, from_addr, to_addr, time, to_block)
			VALUES (?, ?, ?, ?, 9223372036854775807)`, id, author, e.Target[:], seconds(e.Time))
	case graph.ActUnfollow:
		return w.exec(`UPDATE follows SET to_block = ? WHERE from_addr = ? AND to_addr = ? AND to_block = 9223372036854775807`,
			n, author, e.Target[:])
	case graph.ActPost:
		parent, parentCID := ref(e.Subject)
		quote, quoteCID := ref(e.Quote)
		return w.exec(`INSERT INTO posts (id, author, cid, time, parent, parent_cid, quote, quote_cid, present_from, removed_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, 9223372036854775807, 9223372036854775807)`,
			id, author, e.CID.Bytes(), seconds(e.Time), parent, parentCID, quote, quoteCID)
	case graph.ActReact:
		return w.exec(`INSERT INTO reactions (id, author, subject, receiver, kind, time, to_block)
			SELECT ?, ?, p.id, p.author, ?, ?, 9223372036854775807 FROM posts p WHERE p.id = ?`,
			id, author, e.Reaction, seconds(e.Time), pos(e.Subject.ID))
	case graph.ActUnreact:
		return w.exec(`UPDATE reactions SET to_block = ? WHERE author = ? AND subject = ? AND kind = ? AND to_block = 9223372036854775807`,
			n, author, pos(e.Subject.ID), e.Reaction)
	case graph.ActRemove:
		w.changes = append(w.changes, graph.Vector{ID: e.Subject.ID, From: w.block, To: graph.NoEnd})
		if err := w.expire(e.Subject.CID.Bytes()); err != nil {
			return err
		}
		return w.exec(`UPDATE posts SET removed_at = ? WHERE id = ?`, n, pos(e.Subject.ID))
	}
	return fmt.Errorf("the store does not know the action %s", e.Action)
}

func (w *writer) replaceProfile(author []byte, n int64) error {
	var old []byte
	ok, err := w.one(`UPDATE profiles SET to_block = ? WHERE address = ? AND to_block = 9223372036854775807 RETURNING cid`,
		[]any{n, author}, &old)
	if err != nil || !ok {
		return err
	}
	return w.expire(old)
}

// expire notes that the text lost one that names it.
func (w *writer) expire(content []byte) error {
	return w.exec(`INSERT OR IGNORE INTO expiring (at_block, cid) VALUES (?, ?)`, seconds(w.block), content)
}

// contents makes present what the batch brings, and what stands beside a present
// twin, by the rule of fold.State.
func (w *writer) contents(b graph.Batch) error {
	touched := map[cid.Cid][]byte{}
	for _, e := range b.Events {
		if e.Action == graph.ActPost || e.Action == graph.ActProfile {
			touched[e.CID] = nil
		}
	}
	for _, docs := range []map[cid.Cid][]byte{b.Contents, b.Late} {
		for c, doc := range docs {
			touched[c] = doc
		}
	}
	for c, doc := range touched {
		if err := errors.Join(w.presentPosts(c, doc), w.presentProfiles(c, doc)); err != nil {
			return fmt.Errorf("content %s: %w", c, err)
		}
	}
	return nil
}

func (w *writer) presentPosts(c cid.Cid, doc []byte) error {
	var waiting []graph.PostID
	err := each(w, `SELECT id FROM posts WHERE cid = ? AND present_from = 9223372036854775807 AND removed_at = 9223372036854775807`,
		[]any{c.Bytes()}, func(id position) { waiting = append(waiting, id.Position) })
	if err != nil || len(waiting) == 0 {
		return err
	}
	var e embedding
	known, err := w.one(`SELECT embedding FROM documents WHERE cid = ?1 AND EXISTS (SELECT 1 FROM posts
		WHERE cid = ?1 AND present_from < 9223372036854775807 AND removed_at = 9223372036854775807)`, []any{c.Bytes()}, &e)
	if err != nil {
		return err
	}
	if !known {
		if doc == nil {
			return nil
		}
		content, err := graph.ParsePost(doc)
		if err != nil {
			return w.exec(`INSERT OR IGNORE INTO invalid (cid, kind) VALUES (?, 1)`, c.Bytes())
		}
		e.Embedding = w.embed(content.Text)
		if err := w.exec(`INSERT OR IGNORE INTO documents (cid, body, embedding) VALUES (?, ?, ?)`,
			c.Bytes(), doc, e.Bytes()); err != nil {
			return err
		}
	}
	for _, id := range waiting {
		w.changes = append(w.changes, graph.Vector{ID: id, Embedding: e.Embedding, From: w.block, To: graph.NoEnd})
	}
	digest := graph.EmbeddingDigest(&e.Embedding)
	return w.exec(`UPDATE posts SET present_from = ?, digest = ?
		WHERE cid = ? AND present_from = 9223372036854775807 AND removed_at = 9223372036854775807`,
		seconds(w.block), digest[:], c.Bytes())
}

func (w *writer) presentProfiles(c cid.Cid, doc []byte) error {
	var one int
	waiting, err := w.one(`SELECT 1 FROM profiles WHERE cid = ? AND present_from = 9223372036854775807 AND to_block = 9223372036854775807`,
		[]any{c.Bytes()}, &one)
	if err != nil || !waiting {
		return err
	}
	known, err := w.one(`SELECT 1 FROM profiles WHERE cid = ? AND present_from < 9223372036854775807 AND to_block = 9223372036854775807`,
		[]any{c.Bytes()}, &one)
	if err != nil {
		return err
	}
	if !known {
		if doc == nil {
			return nil
		}
		if _, err := graph.ParseProfile(doc); err != nil {
			return w.exec(`INSERT OR IGNORE INTO invalid (cid, kind) VALUES (?, 2)`, c.Bytes())
		}
		if err := w.exec(`INSERT OR IGNORE INTO documents (cid, body) VALUES (?, ?)`, c.Bytes(), doc); err != nil {
			return err
		}
	}
	return w.exec(`UPDATE profiles SET present_from = ?
		WHERE cid = ? AND present_from = 9223372036854775807 AND to_block = 9223372036854775807`, seconds(w.block), c.Bytes())
}
