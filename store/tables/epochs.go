package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"candor/graph"
	"candor/zkcommit"
)

// ErrBegun says that the epoch's first run, or a later epoch, is there already: what
// is promised does not change behind it.
var ErrBegun = errors.New("the epoch has begun: announce the next one")

// AddEpoch announces an epoch, in one step with the check that none of its runs
// is there. Its Order and Index are the ledger's to say.
func (l *Ledger) AddEpoch(ctx context.Context, e zkcommit.Epoch) error {
	if err := e.Check(); err != nil {
		return err
	}
	err := l.db.transact(ctx, func(tx *tx) error {
		var begun bool
		var number int64
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM runs WHERE lane = $1 AND seq >= $2) OR EXISTS (SELECT 1 FROM epochs WHERE lane = $1 AND first >= $2),
			(SELECT count(*) FROM epochs WHERE lane = $1)`, e.Lane, seconds(e.First)).Scan(&begun, &number)
		if err != nil {
			return err
		}
		if begun {
			return ErrBegun
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO epochs (lane, first, number, mode, rate, due) VALUES ($1, $2, $3, $4, $5, $6)`,
			e.Lane, seconds(e.First), number, string(e.Mode), e.Rate, e.Due)
		return err
	})
	if err != nil {
		return fmt.Errorf("announce the epoch from run %d: %w", e.First, err)
	}
	return nil
}

const epochColumns = `SELECT lane, first, number, mode, rate, due, log_index FROM epochs WHERE lane = $1 `

// Epochs are the lane's newest epochs, newest first, at most limit.
func (l *Ledger) Epochs(ctx context.Context, lane uint32, limit int) ([]zkcommit.Epoch, error) {
	return l.epochs(ctx, l.db.Read, epochColumns+`ORDER BY first DESC LIMIT $2`, lane, max(limit, 0))
}

// UnloggedEpochs are the lane's epochs that their log does not hold yet, in the
// order of their announcement.
func (l *Ledger) UnloggedEpochs(ctx context.Context, lane uint32, limit int) ([]zkcommit.Epoch, error) {
	return l.epochs(ctx, l.db.Read, epochColumns+`AND log_index = -1 ORDER BY number LIMIT $2`, lane, max(limit, 0))
}

type asker interface {
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}

func (l *Ledger) epochs(ctx context.Context, of asker, text string, args ...any) (out []zkcommit.Epoch, err error) {
	rows, err := of.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("read the epochs: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var e zkcommit.Epoch
		if err := rows.Scan(&e.Lane, &e.First, &e.Order, &e.Mode, &e.Rate, &e.Due, &e.Index); err != nil {
			return nil, fmt.Errorf("read the epochs: %w", err)
		}
		out = append(out, e)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the epochs: %w", err)
	}
	return out, nil
}

// SetEpochLogged notes the place of the lane's epoch in the log of epochs, which
// is its number.
func (l *Ledger) SetEpochLogged(ctx context.Context, lane uint32, number uint64) error {
	n, err := l.change(ctx, `UPDATE epochs SET log_index = $2 WHERE lane = $1 AND number = $2`, lane, seconds(number))
	if err == nil && n == 0 {
		err = errors.New("there is no such epoch")
	}
	if err != nil {
		return fmt.Errorf("note that epoch %d is logged: %w", number, err)
	}
	return nil
}

// NoteAnchor keeps an anchor whose runs are to be drawn, if there are such runs.
// To note it twice is fine.
func (l *Ledger) NoteAnchor(ctx context.Context, d zkcommit.Draw) error {
	err := l.db.transact(ctx, func(tx *tx) error {
		var wanted bool
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM runs WHERE lane = $1 AND seq < $2 AND proof = 'pending' AND owed = 0)`,
			d.Lane, seconds(d.Size)).Scan(&wanted)
		if err != nil || !wanted {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO draws (lane, size, root, block) VALUES ($1, $2, $3, $4) ON CONFLICT (lane, size) DO NOTHING`,
			d.Lane, seconds(d.Size), d.Root[:], seconds(d.Block))
		return err
	})
	if err != nil {
		return fmt.Errorf("note the anchor of %d runs: %w", d.Size, err)
	}
	return nil
}

const drawColumns = `SELECT lane, size, root, block, coalesce(beacon, root), source FROM draws WHERE lane = $1 `

// Undrawn are the anchors that wait for their draw, oldest first.
func (l *Ledger) Undrawn(ctx context.Context, lane uint32) ([]zkcommit.Draw, error) {
	out, err := l.draws(ctx, drawColumns+`AND beacon IS NULL ORDER BY size`, lane)
	for i := range out {
		out[i].Beacon = graph.Hash{}
	}
	return out, err
}

// Draws are the lane's newest draws, newest first, at most limit.
func (l *Ledger) Draws(ctx context.Context, lane uint32, limit int) ([]zkcommit.Draw, error) {
	return l.draws(ctx, drawColumns+`AND beacon IS NOT NULL ORDER BY size DESC LIMIT $2`, lane, max(limit, 0))
}

func (l *Ledger) draws(ctx context.Context, text string, args ...any) (out []zkcommit.Draw, err error) {
	rows, err := l.db.Read.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("read the draws: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var d zkcommit.Draw
		var root, beacon hash
		if err := rows.Scan(&d.Lane, &d.Size, &root, &d.Block, &beacon, &d.Source); err != nil {
			return nil, fmt.Errorf("read the draws: %w", err)
		}
		d.Root, d.Beacon = root.Hash, beacon.Hash
		out = append(out, d)
	}
	return out, rows.Err()
}

// Draw decides the undecided runs under a noted anchor, all in one step: the proof
// of those that are drawn is owed and falls due, the others are sampled out. A
// second draw under one anchor changes nothing.
func (l *Ledger) Draw(ctx context.Context, d zkcommit.Draw, now uint64) error {
	err := l.db.transact(ctx, func(tx *tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE draws SET beacon = $1, source = $2 WHERE lane = $3 AND size = $4 AND root = $5 AND block = $6 AND beacon IS NULL`,
			d.Beacon[:], d.Source, d.Lane, seconds(d.Size), d.Root[:], seconds(d.Block))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		epochs, err := l.epochs(ctx, tx, epochColumns+`ORDER BY first`, d.Lane)
		if err != nil {
			return err
		}
		var seqs []int64
		err = column(tx, `SELECT seq FROM runs WHERE lane = $1 AND seq < $2 AND proof = 'pending' AND owed = 0 ORDER BY seq`,
			[]any{d.Lane, seconds(d.Size)}, func(seq int64) { seqs = append(seqs, seq) })
		if err != nil {
			return err
		}
		at := 0
		for _, seq := range seqs {
			for at+1 < len(epochs) && epochs[at+1].First <= uint64(seq) {
				at++
			}
			if len(epochs) == 0 || epochs[at].First > uint64(seq) {
				return fmt.Errorf("run %d waits for a draw and is of no epoch: restore the ledger", seq)
			}
			if e := epochs[at]; d.Drawn(uint64(seq), e.Rate) {
				err = tx.exec(`UPDATE runs SET owed = 1, due = $1 WHERE lane = $2 AND seq = $3`, seconds(now)+int64(e.Due), d.Lane, seq)
			} else {
				err = tx.exec(`UPDATE runs SET proof = 'sampled-out' WHERE lane = $1 AND seq = $2`, d.Lane, seq)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("draw under the anchor of %d runs: %w", d.Size, err)
	}
	return nil
}
