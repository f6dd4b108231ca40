package sqlite

import (
	"context"
	"errors"
	"fmt"

	"candor/graph"
	"candor/store/vectors"
)

// tables shows the keeper of the vectors what the mirror's last commit left.
type tables struct{ m *Mirror }

// Block implements vectors.Source.
func (t tables) Block(ctx context.Context, number uint64) (graph.Block, bool, error) {
	b, err := t.m.block(ctx, number)
	if errors.Is(err, ErrNoBlock) {
		return graph.Block{}, false, nil
	}
	return b, err == nil, err
}

// vectorsWhere takes Since, Floor and Until of a vectors.Query.
const vectorsWhere = ` FROM posts p JOIN documents d ON d.cid = p.cid
	WHERE p.present_from < p.removed_at AND p.removed_at > ?2 AND (?3 = 0 OR p.removed_at <= ?3)
	AND (?1 = 0 OR p.present_from > ?1 OR p.removed_at > ?1 AND p.removed_at < 9223372036854775807)`

// Vectors implements vectors.Source.
func (t tables) Vectors(ctx context.Context, q vectors.Query, take func(*graph.Vector) error) error {
	return t.read(ctx, `SELECT p.id, p.present_from, p.removed_at, d.embedding`+vectorsWhere+` ORDER BY p.id`, q,
		func(scan func(...any) error) error {
			var id position
			var from, to int64
			var e embedding
			if err := scan(&id, &from, &to, &e); err != nil {
				return err
			}
			return take(&graph.Vector{ID: id.Position, Embedding: e.Embedding, From: uint64(from), To: end(to)})
		})
}

// Entries implements vectors.Source.
func (t tables) Entries(ctx context.Context, q vectors.Query, take func(graph.VectorEntry) error) error {
	return t.read(ctx, `SELECT p.id, p.present_from, p.removed_at, p.digest`+vectorsWhere, q, func(scan func(...any) error) error {
		var id position
		var from, to int64
		var digest hash
		if err := scan(&id, &from, &to, &digest); err != nil {
			return err
		}
		return take(graph.VectorEntry{ID: id.Position, From: uint64(from), To: end(to), Embedding: digest.Hash})
	})
}

// end is the column's block as an index has it.
func end(to int64) uint64 {
	if to == forever {
		return graph.NoEnd
	}
	return uint64(to)
}

func (t tables) read(ctx context.Context, text string, q vectors.Query, take func(scan func(...any) error) error) error {
	rows, err := t.m.db.read.QueryContext(ctx, text, seconds(q.Since), seconds(q.Floor), seconds(q.Until))
	if err != nil {
		return fmt.Errorf("read the vectors: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := take(rows.Scan); err != nil {
			return fmt.Errorf("read the vectors: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read the vectors: %w", err)
	}
	return nil
}

// CheckVectors compares the index of vectors with the mirror, all of it, and
// repairs it.
func (m *Mirror) CheckVectors(ctx context.Context) error {
	m.writing.Lock()
	defer m.writing.Unlock()
	if err := m.catchUp(ctx); err != nil {
		return err
	}
	return m.vectors.Check(ctx, m.at())
}

// at is the head, zero when there is none; under writing.
func (m *Mirror) at() graph.Block {
	if m.head == nil {
		return graph.Block{}
	}
	return *m.head
}
