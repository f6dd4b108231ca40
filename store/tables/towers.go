package tables

import (
	"context"
	"encoding/json"
	"fmt"

	"candor/graph"
	"candor/zkcommit"

	"github.com/ipfs/go-cid"
)

// PutVectors keeps what a tower made of contents, in one step. What is there of a content
// stays as it is.
func (l *Ledger) PutVectors(ctx context.Context, vs []zkcommit.TowerVector) error {
	err := l.db.transact(ctx, func(tx *tx) error {
		for _, v := range vs {
			words, err := json.Marshal(v.Words)
			if err != nil {
				return err
			}
			err = tx.exec(`INSERT INTO tower_vectors (tower, content, begins, vector, words) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
				v.Tower[:], v.Content.Bytes(), seconds(v.From), bytesOf(v.Vector), words)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep the vectors of a tower: %w", err)
	}
	return nil
}

func bytesOf(v []int8) []byte {
	b := make([]byte, len(v))
	for i, x := range v {
		b[i] = byte(x)
	}
	return b
}

// Vectors are what the tower made of the contents, of those that there are.
func (l *Ledger) Vectors(ctx context.Context, tower graph.Hash, contents []cid.Cid) ([]zkcommit.TowerVector, error) {
	keys := make([][]byte, len(contents))
	for i, c := range contents {
		keys[i] = c.Bytes()
	}
	set, arg := l.db.Dialect.Set(2, keys)
	return l.vectors(ctx, tower, `AND content `+set, arg)
}

// Begun are the contents whose vectors by the tower count from a later block than this.
func (l *Ledger) Begun(ctx context.Context, tower graph.Hash, after uint64) (out []cid.Cid, err error) {
	rows, err := l.db.Read.QueryContext(ctx, `SELECT content FROM tower_vectors WHERE tower = $1 AND begins > $2`, tower[:], seconds(after))
	if err != nil {
		return nil, fmt.Errorf("read the vectors of a tower: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var c name
		if err := rows.Scan(&c); err != nil {
			return nil, fmt.Errorf("read the vectors of a tower: %w", err)
		}
		out = append(out, c.Cid)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the vectors of a tower: %w", err)
	}
	return out, nil
}

// VectorsAfter pages through what the tower made, in the order in which it was kept: those
// behind the number, at most limit.
func (l *Ledger) VectorsAfter(ctx context.Context, tower graph.Hash, after uint64, limit int) ([]zkcommit.TowerVector, error) {
	return l.vectors(ctx, tower, `AND n > $2 ORDER BY n LIMIT $3`, seconds(after), max(limit, 0))
}

// CountVectors is how many the tower made.
func (l *Ledger) CountVectors(ctx context.Context, tower graph.Hash) (n uint64, err error) {
	if err = l.db.Read.QueryRowContext(ctx, `SELECT count(*) FROM tower_vectors WHERE tower = $1`, tower[:]).Scan(&n); err != nil {
		err = fmt.Errorf("count the vectors of a tower: %w", err)
	}
	return n, err
}

func (l *Ledger) vectors(ctx context.Context, tower graph.Hash, where string, args ...any) (out []zkcommit.TowerVector, err error) {
	rows, err := l.db.Read.QueryContext(ctx, `SELECT n, content, begins, vector, words FROM tower_vectors WHERE tower = $1 `+where, append([]any{tower[:]}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("read the vectors of a tower: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		v := zkcommit.TowerVector{Tower: tower}
		var content name
		var vector, words []byte
		err := rows.Scan(&v.N, &content, &v.From, &vector, &words)
		if err == nil {
			err = json.Unmarshal(words, &v.Words)
		}
		if err != nil {
			return nil, fmt.Errorf("read the vectors of a tower: %w", err)
		}
		v.Content, v.Vector = content.Cid, make([]int8, len(vector))
		for i, b := range vector {
			v.Vector[i] = int8(b)
		}
		out = append(out, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the vectors of a tower: %w", err)
	}
	return out, nil
}
