package tables

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	hashes "hash"
	"strings"

	"candor/graph"
)

// digested are the tables under a digest, each with what orders its rows. Not
// under it are caches and what depends on the way to the head: documents that
// only the Window needs, contents that turned out to be invalid.
var digested = []struct {
	Table
	where, order string
}{
	{inBlocks, "", "number"}, {inAccounts, "", "address"}, {inProfiles, "", "id"}, {inPosts, "", "id"}, {inEdits, "", "id"},
	{inEdges, "", "id"}, {inPolicies, "", "id"}, {inReactions, "", "id"}, {inWithheld, "", "cid, from_block"},
	{inDocuments, ` WHERE EXISTS (SELECT 1 FROM posts p WHERE p.cid = documents.cid AND p.present_from < 9223372036854775807
			AND p.edited_at = 9223372036854775807 AND p.removed_at = 9223372036854775807)
		OR EXISTS (SELECT 1 FROM edits e WHERE e.cid = documents.cid AND e.present_from < 9223372036854775807 AND e.to_block = 9223372036854775807)
		OR EXISTS (SELECT 1 FROM profiles p WHERE p.cid = documents.cid AND p.present_from < 9223372036854775807 AND p.to_block = 9223372036854775807)`, "cid"},
}

// Digest is SHA-256 over every derived row at the head, in an order and a form of
// its own: two mirrors that took the same blocks have the same digest, in whatever
// database and by whatever way of rollbacks and restarts they came there.
func (m *Mirror) Digest(ctx context.Context) (graph.Hash, error) {
	m.writing.Lock()
	defer m.writing.Unlock()
	h := sha256.New()
	h.Write([]byte("candor/tables/v1"))
	for _, t := range digested {
		if err := m.digest(ctx, h, t.Name, "SELECT "+strings.Join(t.Columns, ", ")+" FROM "+t.Name+t.where+" ORDER BY "+t.order, len(t.Columns)); err != nil {
			return graph.Hash{}, fmt.Errorf("digest the table %s: %w", t.Name, err)
		}
	}
	return graph.Hash(h.Sum(nil)), nil
}

// digest takes in a table: its name, then each value behind its kind, bytes behind
// their length, then the number of rows.
func (m *Mirror) digest(ctx context.Context, h hashes.Hash, name, text string, columns int) error {
	put := func(kind byte, n uint64, b []byte) {
		h.Write(append(binary.BigEndian.AppendUint64([]byte{kind}, n), b...))
	}
	put('t', uint64(len(name)), []byte(name))
	rows, err := m.db.Read.QueryContext(ctx, text)
	if err != nil {
		return err
	}
	defer rows.Close()
	values, into := make([]any, columns), make([]any, columns)
	for i := range values {
		into[i] = &values[i]
	}
	count := uint64(0)
	for ; rows.Next(); count++ {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, v := range values {
			switch v := v.(type) {
			case nil:
				put('0', 0, nil)
			case int64:
				put('i', uint64(v), nil)
			case bool: // SQLite has whole numbers for these
				n := uint64(0)
				if v {
					n = 1
				}
				put('i', n, nil)
			case []byte:
				put('b', uint64(len(v)), v)
			default:
				return fmt.Errorf("column %d has a %T, which has no canonical form", i, v)
			}
		}
	}
	put('n', count, nil)
	return rows.Err()
}
