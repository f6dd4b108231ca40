package tables

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"candor/graph"
)

// Shown is what became of the contents that events behind the position name, in
// chain order, at most limit. It says so after the texts are deleted, too.
func (m *Mirror) Shown(ctx context.Context, after graph.Position, limit int) ([]graph.Shown, error) {
	m.mu.RLock()
	head, seen, withheld := m.head, len(m.rollbacks), m.withheld
	m.mu.RUnlock()
	if head == nil {
		return nil, nil
	}
	s := &Snapshot{m: m, ctx: ctx, block: *head, rollbacks: seen, withheld: withheld}
	var all []graph.Shown
	for _, table := range []string{`id, cid, present_from, digest FROM posts`, `id, cid, present_from, digest FROM edits`, `id, cid, present_from, NULL FROM profiles`} {
		err := s.read(`SELECT `+table+` WHERE id > $1 ORDER BY id LIMIT $2`, []any{pos(after), max(limit, 0)}, func(r *sql.Rows) error {
			row, err := withheld.shown(r)
			all = append(all, row)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(a, b graph.Shown) int { return a.ID.Compare(b.ID) })
	return all[:min(max(limit, 0), len(all))], nil
}

func (w curtain) shown(r *sql.Rows) (row graph.Shown, err error) {
	var id position
	var c name
	var from int64
	var digest sql.RawBytes
	if err := r.Scan(&id, &c, &from, &digest); err != nil {
		return row, err
	}
	row.ID, row.From = id.Position, number(from)
	if len(digest) != 0 && len(digest) != len(row.Embedding) {
		return row, fmt.Errorf("the digest of %s has %d bytes", row.ID, len(digest))
	}
	copy(row.Embedding[:], digest)
	for _, h := range w[c.Cid] {
		row.Withheld = append(row.Withheld, graph.Span{From: h.from, To: h.to})
	}
	return row, nil
}
