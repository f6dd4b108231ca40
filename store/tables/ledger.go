package tables

import (
	"context"
	"errors"
	"fmt"

	"candor/graph"
	"candor/zkcommit"
)

// Errors that callers of the ledger tell apart.
var (
	// ErrGap says that another entry or ticket has the number, or that one before is missing.
	ErrGap = errors.New("the number is not the next of its lane: read the lane's last entry again")
	// ErrTaken says that the ledger has a run with this id or for this request.
	ErrTaken = errors.New("the ledger has a run for this request: use that one")
	// ErrNoRun says that the ledger does not have the run.
	ErrNoRun = errors.New("the ledger does not have this run")
)

// Ledger keeps what this node ranked. What a method has written is on disk when
// it returns. Its methods may be called by many at once, also from several
// processes.
type Ledger struct{ db *Database }

// NewLedger is the ledger in the database, which it closes in the end.
func NewLedger(db *Database) *Ledger { return &Ledger{db} }

// Close releases the database.
func (l *Ledger) Close() error { return l.db.Close() }

// AppendRun ends an open ticket by the lane's next entry: it fails with ErrGap if
// that has another number, with ErrNoTicket if no ticket has it, and with ErrTaken
// when there is a run with its ID or Key. Whether it names its predecessor is the caller's to check.
// Its epoch, as it is announced by then, says whether its proof is owed.
func (l *Ledger) AppendRun(ctx context.Context, r zkcommit.RunRow) error {
	if r.Seq > forever-1 || r.LogIndex != -1 {
		return fmt.Errorf("a new run has log index -1 and a number below 2^63: it has %d and %d", r.LogIndex, r.Seq)
	}
	err := l.db.transact(ctx, func(tx *tx) error {
		var next int64
		var taken, ticketed bool
		err := tx.QueryRowContext(ctx, `SELECT `+nextEntry+`, EXISTS (SELECT 1 FROM runs WHERE id = $2 OR key = $3),
			EXISTS (SELECT 1 FROM tickets WHERE lane = $1 AND seq = $4)`, r.Lane, r.ID[:], r.Key[:], seconds(r.Seq)).Scan(&next, &taken, &ticketed)
		switch {
		case err != nil:
			return err
		case taken:
			return ErrTaken
		case uint64(next) != r.Seq:
			return ErrGap
		case !ticketed:
			return ErrNoTicket
		}
		var n int64
		err = tx.QueryRowContext(ctx, `INSERT INTO runs (id, lane, seq, key, block, ranker, time, run, opening, public, receipt, proof, owed)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, coalesce((SELECT CASE mode WHEN 'all' THEN 1 ELSE 0 END
				FROM epochs WHERE lane = $2 AND first <= $3 ORDER BY first DESC LIMIT 1), 1)) RETURNING n`,
			r.ID[:], r.Lane, seconds(r.Seq), r.Key[:], seconds(r.Block), r.Ranker, seconds(r.Time),
			blob(r.Run), r.Opening[:], r.Public, blob(r.Receipt), string(r.ProofState)).Scan(&n)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO records (n, record) VALUES ($1, $2)`, n, blob(r.Record))
		return err
	})
	if err != nil {
		return fmt.Errorf("append run %d of lane %d: %w", r.Seq, r.Lane, err)
	}
	return nil
}

// blob keeps an empty slice from becoming NULL.
func blob(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

const (
	runColumns = `SELECT r.id, r.lane, r.seq, r.key, r.block, r.ranker, r.time, r.run, r.opening, r.public, r.receipt, r.proof, r.log_index`
	whole      = runColumns + `, b.record, t.ticket FROM runs r JOIN records b ON b.n = r.n LEFT JOIN tickets t ON t.lane = r.lane AND t.seq = r.seq `
	brief      = runColumns + `, NULL, NULL FROM runs r ` // lists do without record and ticket
)

// runs reads rows of whole or brief.
func (l *Ledger) runs(ctx context.Context, text string, args ...any) (out []zkcommit.RunRow, err error) {
	rows, err := l.db.Read.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var r zkcommit.RunRow
		var id, key, opening hash
		if err := rows.Scan(&id, &r.Lane, &r.Seq, &key, &r.Block, &r.Ranker, &r.Time, &r.Run, &opening,
			&r.Public, &r.Receipt, &r.ProofState, &r.LogIndex, &r.Record, &r.Ticket); err != nil {
			return nil, fmt.Errorf("read the ledger: %w", err)
		}
		r.ID, r.Key, r.Opening = id.Hash, key.Hash, opening.Hash
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	return out, nil
}

func (l *Ledger) run(ctx context.Context, where string, args ...any) (r zkcommit.RunRow, ok bool, err error) {
	rows, err := l.runs(ctx, whole+where, args...)
	if err != nil || len(rows) == 0 {
		return r, false, err
	}
	return rows[0], true, nil
}

// LastRun is the lane's newest run; ok is false when it has none.
func (l *Ledger) LastRun(ctx context.Context, lane uint32) (zkcommit.RunRow, bool, error) {
	return l.run(ctx, `WHERE r.lane = $1 ORDER BY r.seq DESC LIMIT 1`, lane)
}

// RunByID is the run with the digest; ok is false when there is none.
func (l *Ledger) RunByID(ctx context.Context, id graph.Hash) (zkcommit.RunRow, bool, error) {
	return l.run(ctx, `WHERE r.id = $1`, id[:])
}

// RunByKey is the run of the request; ok is false when there is none.
func (l *Ledger) RunByKey(ctx context.Context, key graph.Hash) (zkcommit.RunRow, bool, error) {
	return l.run(ctx, `WHERE r.key = $1`, key[:])
}

// RunBySeq is the lane's run with the number; ok is false when there is none.
func (l *Ledger) RunBySeq(ctx context.Context, lane uint32, seq uint64) (zkcommit.RunRow, bool, error) {
	return l.run(ctx, `WHERE r.lane = $1 AND r.seq = $2`, lane, seconds(seq))
}

// Runs pages through a lane's runs, newest first, at most limit: those with a
// number below before, or from the newest when before is 0. The rows have no Record and no Ticket.
func (l *Ledger) Runs(ctx context.Context, lane uint32, before uint64, limit int) ([]zkcommit.RunRow, error) {
	if before == 0 {
		before = forever
	}
	return l.runs(ctx, brief+`WHERE r.lane = $1 AND r.seq < $2 ORDER BY r.seq DESC LIMIT $3`, lane, seconds(before), max(limit, 0))
}

// CountRuns is how many runs there are and how many of them are proven.
func (l *Ledger) CountRuns(ctx context.Context) (total, proven uint64, err error) {
	err = l.db.Read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM runs WHERE proof = 'proven')`).
		Scan(&total, &proven)
	if err != nil {
		return 0, 0, fmt.Errorf("count the runs: %w", err)
	}
	return total, proven, nil
}

func (l *Ledger) change(ctx context.Context, text string, args ...any) (rows int64, err error) {
	err = l.db.transact(ctx, func(tx *tx) error {
		res, err := tx.ExecContext(ctx, text, args...)
		if err != nil {
			return err
		}
		rows, err = res.RowsAffected()
		return err
	})
	return rows, err
}
