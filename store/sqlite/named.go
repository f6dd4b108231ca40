package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/ipfs/go-cid"
)

// Named sorts documents: needed are those that a post or profile names which
// stands in one of the last Window blocks, withdrawn those that some named and
// none of these does. The others were never named.
func (m *Mirror) Named(ctx context.Context, docs []cid.Cid) (needed, withdrawn []cid.Cid, err error) {
	rows, err := m.db.read.QueryContext(ctx, `WITH h AS (SELECT coalesce(max(number), 0) - ?2 AS h FROM blocks),
		k AS (SELECT unhex(value) AS cid FROM json_each(?1))
		SELECT cid, max(standing) FROM (
			SELECT p.cid, p.removed_at > h.h AS standing FROM k JOIN posts p ON p.cid = k.cid, h
			UNION ALL SELECT p.cid, p.to_block > h.h FROM k JOIN profiles p ON p.cid = k.cid, h)
		GROUP BY cid`, list(docs, func(c cid.Cid) []byte { return c.Bytes() }), Window)
	if err != nil {
		return nil, nil, fmt.Errorf("read which documents are named: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var raw sql.RawBytes
		var standing bool
		if err := rows.Scan(&raw, &standing); err != nil {
			return nil, nil, fmt.Errorf("read which documents are named: %w", err)
		}
		c, err := cid.Cast(append([]byte(nil), raw...))
		if err != nil {
			return nil, nil, fmt.Errorf("a CID in the mirror is damaged, delete the mirror's file, it is indexed again: %w", err)
		}
		if standing {
			needed = append(needed, c)
		} else {
			withdrawn = append(withdrawn, c)
		}
	}
	return needed, withdrawn, rows.Err()
}
