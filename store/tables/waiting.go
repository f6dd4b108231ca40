package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"candor/graph"
	"candor/zkcommit"
)

// Errors of those who ask for a proof.
var (
	// ErrEach says that the reader has asked for all that one may in an hour.
	ErrEach = errors.New("one reader may not ask for more proofs in this hour")
	// ErrTotal says that all readers together have.
	ErrTotal = errors.New("readers have asked for as many proofs as this node makes on demand in an hour")
	// ErrNotProving says that the run's epoch promises no proof.
	ErrNotProving = errors.New("the node announced before this run that it proves none of its epoch")
	// ErrNotProved says that the proof was tried and failed, or came too late.
	ErrNotProved = errors.New("the proof of this run failed")
)

// hour is how long an ask counts, in seconds.
const hour = 3600

// AskProof makes the proof of a run owed, before those that nobody asked for. To
// ask again changes nothing and costs nothing, as for a run that is proven. The
// holder is who asks, for the quota.
func (l *Ledger) AskProof(ctx context.Context, id graph.Hash, holder graph.Hash, now uint64, q zkcommit.Quota) error {
	err := l.db.transact(ctx, func(tx *tx) error {
		var n, seq int64
		var lane uint32
		var state zkcommit.ProofState
		var asked sql.NullInt64
		err := tx.QueryRowContext(ctx, `SELECT n, lane, seq, proof, asked FROM runs WHERE id = $1`, id[:]).Scan(&n, &lane, &seq, &state, &asked)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return ErrNoRun
		case err != nil:
			return err
		case state == zkcommit.Failed:
			return ErrNotProved
		case state == zkcommit.Proven || asked.Valid:
			return nil
		}
		mode, due := zkcommit.ProveAll, int64(0)
		err = tx.QueryRowContext(ctx, `SELECT mode, due FROM epochs WHERE lane = $1 AND first <= $2 ORDER BY first DESC LIMIT 1`, lane, seq).Scan(&mode, &due)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if mode == zkcommit.ProveOff {
			return ErrNotProving
		}
		var each, total int
		err = tx.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(CASE WHEN holder = $1 THEN 1 ELSE 0 END), 0) FROM asks WHERE at > $2`,
			holder[:], seconds(now)-hour).Scan(&total, &each)
		switch {
		case err != nil:
			return err
		case total >= q.Total:
			return ErrTotal
		case each >= q.Each:
			return ErrEach
		}
		var late any // every run of such an epoch is proved, however long it takes
		if mode != zkcommit.ProveAll {
			late = seconds(now) + due
		}
		_, err = tx.ExecContext(ctx, `UPDATE runs SET proof = 'pending', owed = 1, due = coalesce(due, $1),
			asked = (SELECT coalesce(max(asked), 0) + 1 FROM runs WHERE asked IS NOT NULL) WHERE n = $2`, late, n)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO asks (n, holder, at) VALUES ($1, $2, $3)`, n, holder[:], seconds(now))
		return err
	})
	if err != nil {
		return fmt.Errorf("ask for the proof of run %s: %w", id, err)
	}
	return nil
}

const waitingColumns = `SELECT id, n, ranker, run, coalesce(asked, 0), coalesce(due, 0), tries, fails, time FROM runs
	WHERE proof = 'pending' AND owed = 1 AND ranker = $1 AND retry <= $2 `

// Waiting are runs whose proof is owed and may be tried now: of each ranker the
// first that were asked for, the first that fall due, and the newest, so many of
// each, and the oldest.
func (l *Ledger) Waiting(ctx context.Context, now uint64, each int) (out []zkcommit.Waiting, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("read what waits for proofs: %w", err)
		}
	}()
	var rankers []string
	rows, err := l.db.Read.QueryContext(ctx, `SELECT DISTINCT ranker FROM runs WHERE proof = 'pending' AND owed = 1 ORDER BY ranker`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r string
		if err := rows.Scan(&r); err != nil {
			return nil, err
		}
		rankers = append(rankers, r)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	seen := map[graph.Hash]bool{}
	for _, r := range rankers {
		for _, order := range []struct {
			text  string
			limit int
		}{
			{`AND asked IS NOT NULL ORDER BY asked LIMIT $3`, each},
			{`AND due IS NOT NULL ORDER BY due LIMIT $3`, each},
			{`ORDER BY n DESC LIMIT $3`, each},
			{`ORDER BY n LIMIT $3`, each},
		} {
			if err := l.waiting(ctx, waitingColumns+order.text, seen, &out, r, seconds(now), order.limit); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func (l *Ledger) waiting(ctx context.Context, text string, seen map[graph.Hash]bool, out *[]zkcommit.Waiting, args ...any) error {
	rows, err := l.db.Read.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var w zkcommit.Waiting
		var id hash
		if err := rows.Scan(&id, &w.Number, &w.Ranker, &w.Run, &w.Asked, &w.Due, &w.Tries, &w.Fails, &w.Time); err != nil {
			return err
		}
		if w.ID = id.Hash; !seen[w.ID] {
			seen[w.ID] = true
			*out = append(*out, w)
		}
	}
	return rows.Err()
}

// Tried counts that a worker begins with the run's proof, or by -1 that one gave
// it back.
func (l *Ledger) Tried(ctx context.Context, id graph.Hash, by int) error {
	return l.noted(ctx, id, `UPDATE runs SET tries = tries + $2 WHERE id = $1`, id[:], by)
}

// Missed counts that the run could not be proved, why, and the second before
// which it is not to be tried again.
func (l *Ledger) Missed(ctx context.Context, id graph.Hash, reason string, retry uint64) error {
	return l.noted(ctx, id, `UPDATE runs SET fails = fails + 1, reason = $2, retry = $3 WHERE id = $1`, id[:], reason, seconds(retry))
}

func (l *Ledger) noted(ctx context.Context, id graph.Hash, text string, args ...any) error {
	n, err := l.change(ctx, text, args...)
	if err != nil {
		return fmt.Errorf("note how the proof of run %s goes: %w", id, err)
	}
	if n == 0 {
		return ErrNoRun
	}
	return nil
}

// Late settles the runs whose proof is overdue as failed, and says how many.
func (l *Ledger) Late(ctx context.Context, now uint64) (int, error) {
	n, err := l.change(ctx, `UPDATE runs SET proof = 'failed', reason = 'the proof was not there when it was due' WHERE proof = 'pending' AND due IS NOT NULL AND due < $1`, seconds(now))
	if err != nil {
		return 0, fmt.Errorf("settle what is overdue: %w", err)
	}
	return int(n), nil
}

// ProofFigures are how the runs of each ranker stand, by its name.
func (l *Ledger) ProofFigures(ctx context.Context) (out []zkcommit.ProofFigures, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("count the proofs: %w", err)
		}
	}()
	rows, err := l.db.Read.QueryContext(ctx, `SELECT ranker, proof, owed, count(*) FROM runs GROUP BY ranker, proof, owed ORDER BY ranker`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var ranker string
		var state zkcommit.ProofState
		var owed int
		var n uint64
		if err := rows.Scan(&ranker, &state, &owed, &n); err != nil {
			return nil, err
		}
		if len(out) == 0 || out[len(out)-1].Ranker != ranker {
			out = append(out, zkcommit.ProofFigures{Ranker: ranker})
		}
		f := &out[len(out)-1]
		f.Runs += n
		switch {
		case state == zkcommit.Proven:
			f.Proven += n
		case state == zkcommit.Failed:
			f.Failed += n
		case state == zkcommit.SampledOut:
			f.Out += n
		case owed == 1:
			f.Owed += n
		default:
			f.Undrawn += n
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for i := range out {
		if out[i].Owed == 0 {
			continue
		}
		err := l.db.Read.QueryRowContext(ctx, `SELECT time FROM runs WHERE proof = 'pending' AND owed = 1 AND ranker = $1 ORDER BY n LIMIT 1`,
			out[i].Ranker).Scan(&out[i].Oldest)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
	}
	return out, nil
}

// ProofFailures are the newest runs that could not be proved, at most limit:
// those that are tried again, and those that are not.
func (l *Ledger) ProofFailures(ctx context.Context, limit int) (out []zkcommit.ProofFailure, err error) {
	rows, err := l.db.Read.QueryContext(ctx, `SELECT id, seq, ranker, fails, proof, reason FROM runs
		WHERE reason <> '' AND proof IN ('pending', 'failed') ORDER BY n DESC LIMIT $1`, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("list the failed proofs: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var f zkcommit.ProofFailure
		var id hash
		var state zkcommit.ProofState
		if err := rows.Scan(&id, &f.Seq, &f.Ranker, &f.Fails, &state, &f.Reason); err != nil {
			return nil, fmt.Errorf("list the failed proofs: %w", err)
		}
		f.Run, f.Final = id.Hash, state == zkcommit.Failed
		out = append(out, f)
	}
	return out, rows.Err()
}
