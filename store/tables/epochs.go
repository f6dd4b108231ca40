package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"candor/graph"
	"candor/zkcommit"
)

// ErrBegun says that the epoch's first ticket, or a later epoch, is there already: what
// is promised does not change behind it.
var ErrBegun = errors.New("the epoch has begun: announce the next one")

// AddEpoch announces an epoch, in one step with the check that none of its numbers
// is given. Its Order and Index are the ledger's to say.
func (l *Ledger) AddEpoch(ctx context.Context, e zkcommit.Epoch) error {
	if err := e.Check(); err != nil {
		return err
	}
	err := l.db.transact(ctx, func(tx *tx) error {
		var begun bool
		var number int64
		err := tx.QueryRowContext(ctx, `SELECT `+nextTicket+` > $2 OR EXISTS (SELECT 1 FROM epochs WHERE lane = $1 AND first >= $2),
			(SELECT count(*) FROM epochs WHERE lane = $1)`, e.Lane, seconds(e.First)).Scan(&begun, &number)
		if err != nil {
			return err
		}
		if begun {
			return ErrBegun
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO epochs (lane, first, number, mode, rate, due, network, crossed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			e.Lane, seconds(e.First), number, string(e.Mode), e.Rate, e.Due, e.Network[:], e.Cross)
		return err
	})
	if err != nil {
		return fmt.Errorf("announce the epoch from run %d: %w", e.First, err)
	}
	return nil
}

const epochColumns = `SELECT lane, first, number, mode, rate, due, network, crossed, log_index FROM epochs WHERE lane = $1 `

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
		var network hash
		if err := rows.Scan(&e.Lane, &e.First, &e.Order, &e.Mode, &e.Rate, &e.Due, &network, &e.Cross, &e.Index); err != nil {
			return nil, fmt.Errorf("read the epochs: %w", err)
		}
		e.Network = network.Hash
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

// NoteAnchor keeps an anchor under which runs are to be drawn, to be proved or to be
// proved twice, with the beacon that the epoch of its last run names. To note it twice
// is fine; noted again in another block, it is of that block.
func (l *Ledger) NoteAnchor(ctx context.Context, d zkcommit.Draw) error {
	err := l.db.transact(ctx, func(tx *tx) error {
		before, err := drawnBefore(tx, d)
		if err != nil {
			return err
		}
		var wanted bool
		err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM runs WHERE lane = $1 AND seq < $2 AND proof = 'pending' AND owed = 0)
			OR $2 > $3 AND EXISTS (SELECT 1 FROM epochs e WHERE lane = $1 AND crossed > 0 AND first < $2
				AND coalesce((SELECT min(first) FROM epochs WHERE lane = $1 AND first > e.first), $2) > $3)`,
			d.Lane, seconds(d.Size), before).Scan(&wanted)
		if err != nil || !wanted {
			return err
		}
		network := hash{d.Network}
		err = tx.QueryRowContext(ctx, `SELECT network FROM epochs WHERE lane = $1 AND first < $2 ORDER BY first DESC LIMIT 1`, d.Lane, seconds(d.Size)).Scan(&network)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO draws (lane, size, root, block, network) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (lane, size) DO UPDATE SET root = excluded.root, block = excluded.block WHERE draws.beacon IS NULL`,
			d.Lane, seconds(d.Size), d.Root[:], seconds(d.Block), network.Hash[:])
		return err
	})
	if err != nil {
		return fmt.Errorf("note the anchor of %d runs: %w", d.Size, err)
	}
	return nil
}

// drawnBefore is the size of the log at the anchor noted before this one: runs below it
// are that one's to draw.
func drawnBefore(tx *tx, d zkcommit.Draw) (size int64, err error) {
	err = tx.QueryRowContext(tx.ctx, `SELECT coalesce(max(size), 0) FROM draws WHERE lane = $1 AND size < $2`, d.Lane, seconds(d.Size)).Scan(&size)
	return size, err
}

const drawColumns = `SELECT lane, size, root, block, time, network, round, signature, coalesce(beacon, root), source FROM draws WHERE lane = $1 `

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
		var root, network, beacon hash
		if err := rows.Scan(&d.Lane, &d.Size, &root, &d.Block, &d.Time, &network, &d.Round, &d.Signature, &beacon, &d.Source); err != nil {
			return nil, fmt.Errorf("read the draws: %w", err)
		}
		d.Root, d.Network, d.Beacon = root.Hash, network.Hash, beacon.Hash
		out = append(out, d)
	}
	return out, rows.Err()
}

// Draw decides the undecided runs under a noted anchor, all in one step: the proof
// of those that are drawn is owed and falls due, the others are sampled out. It picks
// the runs to be proved twice, too. A second draw under one anchor changes nothing.
func (l *Ledger) Draw(ctx context.Context, d zkcommit.Draw, now uint64) error {
	err := l.db.transact(ctx, func(tx *tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE draws SET beacon = $1, source = $2, time = $3, round = $4, signature = $5
			WHERE lane = $6 AND size = $7 AND root = $8 AND block = $9 AND network = $10 AND beacon IS NULL`,
			d.Beacon[:], d.Source, seconds(d.Time), seconds(d.Round), d.Signature, d.Lane, seconds(d.Size), d.Root[:], seconds(d.Block), d.Network[:])
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
		if err := decide(tx, d, epochs, now); err != nil {
			return err
		}
		return drawCrosses(tx, d, epochs)
	})
	if err != nil {
		return fmt.Errorf("draw under the anchor of %d runs: %w", d.Size, err)
	}
	return nil
}

// decide settles which of the undecided runs are to be proved.
func decide(tx *tx, d zkcommit.Draw, epochs []zkcommit.Epoch, now uint64) error {
	var seqs []int64
	err := column(tx, `SELECT seq FROM runs WHERE lane = $1 AND seq < $2 AND proof = 'pending' AND owed = 0 ORDER BY seq`,
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
}
