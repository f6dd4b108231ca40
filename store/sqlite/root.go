package sqlite

import (
	"database/sql"
	"fmt"
	"slices"
	"sync"

	"candor/graph"
)

// entries are the mirror's entries at the newest block whose root was asked for:
// the next root starts from them, since reading all posts takes longer than
// hashing them.
type entries struct {
	mu    sync.Mutex
	block uint64
	rows  []graph.MirrorEntry // never changed in place
}

// MirrorRoot is graph.MirrorRoot over all posts up to the block, removed ones too.
// It is hashed whole, once for each block that is asked for.
func (s *Snapshot) MirrorRoot() (graph.Hash, error) {
	if root, ok := s.m.roots.Get(s.block.Number); ok {
		return root, s.m.still(s)
	}
	e := &s.m.entries
	e.mu.Lock()
	from, known := e.block, e.rows
	e.mu.Unlock()
	if from > s.block.Number {
		from, known = 0, nil
	}
	rows, err := s.entries(from, known)
	if err != nil {
		return graph.Hash{}, err
	}
	root := graph.MirrorRoot(rows)
	return root, s.keep(func() {
		s.m.roots.Add(s.block.Number, root)
		e.mu.Lock()
		defer e.mu.Unlock()
		if s.block.Number > e.block {
			e.block, e.rows = s.block.Number, rows
		}
	})
}

// entries are the mirror's entries at the snapshot's block: known ones, which
// are those at an earlier block, and what happened since.
func (s *Snapshot) entries(since uint64, known []graph.MirrorEntry) ([]graph.MirrorEntry, error) {
	rows := slices.Clone(known)
	n := seconds(s.block.Number)
	text := `SELECT id, present_from, removed_at, digest FROM posts WHERE id >= ?1 AND id < ?2`
	if len(known) > 0 {
		text += ` UNION ALL
			SELECT id, present_from, removed_at, digest FROM posts INDEXED BY posts_present
				WHERE id < ?1 AND present_from > ?3 AND present_from <= ?4
			UNION ALL
			SELECT id, present_from, removed_at, digest FROM posts INDEXED BY posts_removed
				WHERE id < ?1 AND removed_at > ?3 AND removed_at <= ?4 AND removed_at < 9223372036854775807`
	}
	err := s.read(text,
		[]any{after(since), after(s.block.Number), seconds(since), n}, func(r *sql.Rows) error {
			var id position
			var present, gone int64
			var digest sql.RawBytes
			if err := r.Scan(&id, &present, &gone, &digest); err != nil {
				return err
			}
			e := graph.MirrorEntry{ID: id.Position, Status: graph.Unavailable}
			switch {
			case gone <= n:
				e.Status = graph.Removed
			case present <= n:
				e.Status = graph.Present
				if len(digest) != len(e.Embedding) {
					return fmt.Errorf("post %s has no embedding digest: delete the mirror's file, it is indexed again", e.ID)
				}
				copy(e.Embedding[:], digest)
			}
			if i, there := slices.BinarySearchFunc(rows, e.ID, func(e graph.MirrorEntry, id graph.PostID) int {
				return e.ID.Compare(id)
			}); there {
				rows[i] = e
			} else {
				rows = slices.Insert(rows, i, e)
			}
			return nil
		})
	return rows, err
}
