package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/store/vectors"
)

// source shows the keeper of the vectors what the mirror's last commit left.
type source struct{ m *Mirror }

// Block implements vectors.Source.
func (t source) Block(ctx context.Context, number uint64) (graph.Block, bool, error) {
	b, err := t.m.block(ctx, number)
	if errors.Is(err, ErrNoBlock) {
		return graph.Block{}, false, nil
	}
	return b, err == nil, err
}

// everyVersion is the contents of all posts, with the blocks between which they
// are there to be shown.
const everyVersion = `(SELECT id AS post, id, cid, present_from, digest,
		CASE WHEN edited_at < removed_at THEN edited_at ELSE removed_at END AS to_block FROM posts
	UNION ALL SELECT post, id, cid, present_from, digest, to_block FROM edits)`

// Vectors implements vectors.Source.
func (t source) Vectors(ctx context.Context, q vectors.Query, take func(*graph.Vector) error) error {
	var e embedding
	return t.spans(ctx, q, part{column: "d.embedding", join: documented, order: " ORDER BY v.post, v.id"}, &e, func(id graph.PostID, s span) error {
		if !s.asked(q) {
			return nil
		}
		return take(&graph.Vector{ID: id, Embedding: e.Embedding, From: s.from, To: s.to})
	})
}

// Entries implements vectors.Source.
func (t source) Entries(ctx context.Context, q vectors.Query, take func(graph.VectorEntry) error) error {
	var h hash
	return t.spans(ctx, q, part{column: "v.digest", join: documented}, &h, func(id graph.PostID, s span) error {
		if !s.asked(q) {
			return nil
		}
		return take(graph.VectorEntry{ID: id, From: s.from, To: s.to, Embedding: h.Hash})
	})
}

// asked says whether the query asks for what holds in the span.
func (s span) asked(q vectors.Query) bool {
	return s.to > q.Floor && (q.Until == 0 || s.to <= q.Until) && (q.Since == 0 || s.from > q.Since || s.to > q.Since && s.to < never)
}

// documented joins the texts.
const documented = " JOIN documents d ON d.cid = v.cid"

// part is which contents are read, and what of them.
type part struct {
	column, join, order string
	from                []byte         // of posts from this one on; nil: of all
	posts               []graph.PostID // of these, whatever happened to them since; nil: of all
}

// spans gives the blocks between which each content was shown, at least those that the
// query asks for; the column is read into each time before.
func (t source) spans(ctx context.Context, q vectors.Query, p part, each sql.Scanner, take func(graph.PostID, span) error) error {
	withheld := t.m.withheld // changes under writing only, which whoever asks holds
	s := &query{Dialect: t.m.db.Dialect}
	s.add("SELECT v.post, v.cid, v.present_from, v.to_block, " + p.column + " FROM " + everyVersion + " AS v" + p.join)
	s.and("v.present_from < v.to_block AND v.to_block > ?", seconds(q.Floor))
	if p.from != nil {
		s.and("v.post >= ?", p.from)
	}
	if p.posts != nil {
		s.in("v.post", positions(p.posts))
	} else if q.Since > 0 {
		since := seconds(q.Since)
		set, arg := s.Set(len(s.args)+3, cids(withheld.all()))
		s.and("(v.present_from > ? OR v.to_block > ? AND v.to_block < 9223372036854775807 OR v.cid "+set+")", since, since)
		s.args = append(s.args, arg)
	}
	s.add(p.order)
	rows, err := t.m.db.Read.QueryContext(ctx, s.text.String(), s.args...)
	if err != nil {
		return fmt.Errorf("read the vectors: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id position
		var c name
		var from, to int64
		if err := rows.Scan(&id, &c, &from, &to, each); err != nil {
			return fmt.Errorf("read the vectors: %w", err)
		}
		for _, s := range withheld.cut(c.Cid, span{number(from), number(to)}) {
			if err := take(id.Position, s); err != nil {
				return err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read the vectors: %w", err)
	}
	return nil
}

// cut is what is left of the span outside those in which the content is withheld.
func (w curtain) cut(c cid.Cid, s span) (left []span) {
	for _, hidden := range w[c] {
		if hidden.to <= s.from || hidden.from >= s.to {
			continue
		}
		if hidden.from > s.from {
			left = append(left, span{s.from, hidden.from})
		}
		if s.from = hidden.to; s.from >= s.to {
			return left
		}
	}
	return append(left, s)
}

// CheckVectors compares the index of vectors with the mirror, all of it and of its
// spaces, and repairs it.
func (m *Mirror) CheckVectors(ctx context.Context) error {
	m.writing.Lock()
	defer m.writing.Unlock()
	if err := m.catchUp(ctx); err != nil {
		return err
	}
	return m.checkSpaces(ctx, m.vectors.Check(ctx, m.at()))
}

// at is the head, zero when there is none; under writing.
func (m *Mirror) at() graph.Block {
	if m.head == nil {
		return graph.Block{}
	}
	return *m.head
}
