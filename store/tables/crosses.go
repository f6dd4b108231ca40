package tables

import (
	"context"
	"errors"
	"fmt"

	"candor/graph"
	"candor/zkcommit"
)

// drawCrosses notes which runs between the anchor before and this one are drawn to be
// proved twice.
func drawCrosses(tx *tx, d zkcommit.Draw, epochs []zkcommit.Epoch) error {
	before, err := drawnBefore(tx, d)
	if err != nil {
		return err
	}
	for i, e := range epochs {
		end := d.Size
		if i+1 < len(epochs) {
			end = min(end, epochs[i+1].First)
		}
		if e.Cross == 0 {
			continue
		}
		for seq := max(e.First, uint64(before)); seq < end; seq++ {
			if !d.Crossed(seq, e.Cross) {
				continue
			}
			if err := tx.exec(`INSERT INTO crosses (n) SELECT n FROM runs WHERE lane = $1 AND seq = $2`, d.Lane, seconds(seq)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Uncrossed are proven runs that are drawn to be proved twice and are not yet, oldest
// first, at most limit.
func (l *Ledger) Uncrossed(ctx context.Context, limit int) (out []graph.Hash, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("read which runs are to be proved twice: %w", err)
		}
	}()
	rows, err := l.db.Read.QueryContext(ctx, `SELECT r.id FROM crosses c JOIN runs r ON r.n = c.n
		WHERE c.state = 'drawn' AND r.proof = 'proven' ORDER BY c.n LIMIT $1`, max(limit, 0))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id hash
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id.Hash)
	}
	return out, rows.Err()
}

// SetCross settles a cross-check that was drawn. What differed once stays so.
func (l *Ledger) SetCross(ctx context.Context, run graph.Hash, state zkcommit.CrossState, reason string) error {
	n, err := l.change(ctx, `UPDATE crosses SET state = $2, reason = $3 WHERE n = (SELECT n FROM runs WHERE id = $1) AND state <> 'differs'`, run[:], string(state), reason)
	if err == nil && n == 0 {
		err = errors.New("no cross-check of it is open")
	}
	if err != nil {
		return fmt.Errorf("settle the cross-check of run %s: %w", run, err)
	}
	return nil
}

// CrossFigures are how the cross-checks stand.
func (l *Ledger) CrossFigures(ctx context.Context) (f zkcommit.CrossFigures, err error) {
	err = l.db.Read.QueryRowContext(ctx, `SELECT coalesce(sum(CASE WHEN c.state = 'agrees' THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN c.state = 'differs' THEN 1 ELSE 0 END), 0),
		coalesce(sum(CASE WHEN c.state = 'unfit' THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN c.state = 'drawn' AND r.proof = 'proven' THEN 1 ELSE 0 END), 0)
		FROM crosses c JOIN runs r ON r.n = c.n`).Scan(&f.Agree, &f.Differ, &f.Unfit, &f.Owed)
	if err != nil {
		return f, fmt.Errorf("count the cross-checks: %w", err)
	}
	return f, nil
}
