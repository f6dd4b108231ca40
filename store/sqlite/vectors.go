package sqlite

import (
	"context"
	"fmt"

	"candor/graph"
)

// Vectors is an index of embeddings, each valid for a range of blocks. It is
// derived from the mirror: OpenMirror fills it, Commit and Rollback follow it up.
type Vectors interface {
	// Put adds a post's embedding, valid from the block on.
	Put(id graph.PostID, e *graph.Embedding, from uint64) error
	// End makes the post's embedding invalid from the block on.
	End(id graph.PostID, at uint64) error
	// Near gives the posts valid at the block with the largest inner products,
	// then newest first; a zero embedding is near to nothing.
	Near(e *graph.Embedding, limit int, block uint64) ([]graph.PostID, error)
	// Rollback forgets all that was said of blocks above the one given.
	Rollback(block uint64) error
	// Forget drops what ended at or before the block.
	Forget(block uint64) error
}

// change is what a commit does to the vectors once its blocks are on disk.
type change struct {
	id        graph.PostID
	embedding *graph.Embedding // nil: it ends
	block     uint64
}

// follow brings the vectors from a commit's first block to its last.
func (m *Mirror) follow(changes []change, head uint64) error {
	for _, c := range changes {
		var err error
		if c.embedding != nil {
			err = m.vectors.Put(c.id, c.embedding, c.block)
		} else {
			err = m.vectors.End(c.id, c.block)
		}
		if err != nil {
			return fmt.Errorf("bring the vectors to block %d: %w", c.block, err)
		}
	}
	if err := m.vectors.Forget(horizon(head)); err != nil {
		return fmt.Errorf("drop old vectors at block %d: %w", head, err)
	}
	return nil
}

// fill makes the vectors anew from the tables.
func (m *Mirror) fill(ctx context.Context) error {
	if err := m.vectors.Rollback(0); err != nil {
		return fmt.Errorf("empty the vectors: %w", err)
	}
	if m.head == nil {
		return nil
	}
	rows, err := m.db.read.QueryContext(ctx, `SELECT p.id, p.present_from, p.removed_at, d.embedding
		FROM posts p JOIN documents d ON d.cid = p.cid
		WHERE p.present_from < p.removed_at AND p.removed_at > ? ORDER BY p.id`, seconds(horizon(m.head.Number)))
	if err != nil {
		return fmt.Errorf("read the embeddings: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id position
		var from, to int64
		var e embedding
		if err := rows.Scan(&id, &from, &to, &e); err != nil {
			return fmt.Errorf("read the embeddings: %w", err)
		}
		if err := m.vectors.Put(id.Position, &e.Embedding, uint64(from)); err != nil {
			return fmt.Errorf("fill the vectors: %w", err)
		}
		if to < forever {
			if err := m.vectors.End(id.Position, uint64(to)); err != nil {
				return fmt.Errorf("fill the vectors: %w", err)
			}
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read the embeddings: %w", err)
	}
	return nil
}
