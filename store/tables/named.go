package tables

import (
	"context"
	"fmt"

	"github.com/ipfs/go-cid"
)

// Named sorts documents: needed are those that a post or profile names which
// stands in one of the last Window blocks, withdrawn those that some named and
// none of these does. The others were never named.
func (m *Mirror) Named(ctx context.Context, docs []cid.Cid) (needed, withdrawn []cid.Cid, err error) {
	if len(docs) == 0 {
		return nil, nil, nil
	}
	rows := make([][]any, len(docs))
	for i, c := range docs {
		rows[i] = []any{c.Bytes()}
	}
	q := &query{Dialect: m.db.Dialect}
	q.add(`SELECT cid, max(CASE WHEN ended > h.h THEN 1 ELSE 0 END)
		FROM (SELECT coalesce(max(number), 0) - ? AS h FROM blocks) AS h, (
			SELECT v.cid, v.to_block AS ended FROM `, int64(Window))
	q.rows("b", rows)
	q.add(` AS k CROSS JOIN ` + everyVersion + ` AS v WHERE v.cid = k.a
			UNION ALL SELECT p.cid, p.to_block FROM `)
	q.rows("b", rows)
	q.add(` AS k CROSS JOIN profiles p WHERE p.cid = k.a) AS n GROUP BY cid`)
	found, err := m.db.Read.QueryContext(ctx, q.text.String(), q.args...)
	if err != nil {
		return nil, nil, fmt.Errorf("read which documents are named: %w", err)
	}
	defer found.Close()
	for found.Next() {
		var c name
		var standing int64
		if err := found.Scan(&c, &standing); err != nil {
			return nil, nil, fmt.Errorf("read which documents are named: %w", err)
		}
		if standing == 1 {
			needed = append(needed, c.Cid)
		} else {
			withdrawn = append(withdrawn, c.Cid)
		}
	}
	return needed, withdrawn, found.Err()
}
