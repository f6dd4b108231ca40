package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"candor/graph"
	"candor/zkcommit"
)

// SetProof settles a run whose proof is pending, and says whether it did. A run
// that is settled stays as it is: what comes later changes nothing, so that a job
// done twice is done once, and a late proof is none. A proven state needs a proof
// and no other state keeps one; the reason is of one that failed.
func (l *Ledger) SetProof(ctx context.Context, id graph.Hash, proof []byte, state zkcommit.ProofState, reason string) (kept bool, err error) {
	if (state == zkcommit.Proven) != (len(proof) > 0) {
		return false, fmt.Errorf("run %s is to be %q with a proof of %d bytes: send bytes with %q and none otherwise", id, state, len(proof), zkcommit.Proven)
	}
	err = l.db.transact(ctx, func(tx *tx) error {
		var n int64
		var now zkcommit.ProofState
		err := tx.QueryRowContext(ctx, `SELECT n, proof FROM runs WHERE id = $1`, id[:]).Scan(&n, &now)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNoRun
		} else if err != nil || now != zkcommit.Pending {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE runs SET proof = $1, reason = $2 WHERE n = $3`, string(state), reason, n); err != nil {
			return err
		}
		if kept = true; state != zkcommit.Proven {
			return nil
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO proofs (n, proof) VALUES ($1, $2)`, n, proof)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("keep the proof of run %s: %w", id, err)
	}
	return kept, nil
}

// Proof is the run's proof; ok is false while there is none.
func (l *Ledger) Proof(ctx context.Context, id graph.Hash) (proof []byte, ok bool, err error) {
	err = l.db.Read.QueryRowContext(ctx, `SELECT p.proof FROM proofs p JOIN runs r ON r.n = p.n WHERE r.id = $1`, id[:]).Scan(&proof)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	} else if err != nil {
		return nil, false, fmt.Errorf("read the proof of run %s: %w", id, err)
	}
	return proof, true, nil
}

// KeyRow is a verifying key as the ledger keeps it.
type KeyRow struct {
	Hash        graph.Hash
	Circuit     string
	Development bool   // made on this machine: whoever made it can forge
	Key         []byte // nil in lists
}

// PutKey keeps a verifying key. The same key twice is fine; other bytes under a
// hash that is there are refused.
func (l *Ledger) PutKey(ctx context.Context, hash graph.Hash, circuit string, development bool, key []byte) error {
	n, err := l.change(ctx, `INSERT INTO keys (hash, circuit, development, key) VALUES ($1, $2, $3, $4)
		ON CONFLICT (hash) DO UPDATE SET hash = keys.hash WHERE keys.circuit = $2 AND keys.development = $3 AND keys.key = $4`,
		hash[:], circuit, development, blob(key))
	if err != nil {
		return fmt.Errorf("keep key %s: %w", hash, err)
	}
	if n == 0 {
		return fmt.Errorf("the ledger has another key under %s: a key's hash never changes its meaning", hash)
	}
	return nil
}

// Key is the verifying key with the hash; ok is false when there is none.
func (l *Ledger) Key(ctx context.Context, h graph.Hash) (KeyRow, bool, error) {
	rows, err := l.keys(ctx, `SELECT hash, circuit, development, key FROM keys WHERE hash = $1`, h[:])
	if err != nil || len(rows) == 0 {
		return KeyRow{}, false, err
	}
	return rows[0], true, nil
}

// ListKeys are all keys in the order of their coming, without their bytes.
func (l *Ledger) ListKeys(ctx context.Context) ([]KeyRow, error) {
	return l.keys(ctx, `SELECT hash, circuit, development, NULL FROM keys ORDER BY n`)
}

func (l *Ledger) keys(ctx context.Context, text string, args ...any) (out []KeyRow, err error) {
	rows, err := l.db.Read.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("read the keys: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var k KeyRow
		var h hash
		if err := rows.Scan(&h, &k.Circuit, &k.Development, &k.Key); err != nil {
			return nil, fmt.Errorf("read the keys: %w", err)
		}
		k.Hash = h.Hash
		out = append(out, k)
	}
	return out, rows.Err()
}
