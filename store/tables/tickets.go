package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"candor/graph"
	"candor/zkcommit"
)

// ErrNoTicket says that the entry ends no open ticket.
var ErrNoTicket = errors.New("no open ticket has this number: take one before computing")

// nextEntry is the number behind the lane's last run or abort.
const nextEntry = `(SELECT coalesce(max(seq) + 1, 0) FROM (SELECT max(seq) AS seq FROM runs WHERE lane = $1
	UNION ALL SELECT max(seq) FROM aborts WHERE lane = $1) AS entries)`

// nextTicket is the number behind the lane's last run, abort or ticket.
const nextTicket = `(SELECT coalesce(max(seq) + 1, 0) FROM (SELECT max(seq) AS seq FROM runs WHERE lane = $1
	UNION ALL SELECT max(seq) FROM aborts WHERE lane = $1 UNION ALL SELECT max(seq) FROM tickets WHERE lane = $1) AS numbers)`

// AppendTicket takes the lane's next number for a run that is to be computed: it
// fails with ErrGap if the ticket has another, and with *zkcommit.Spent, and nothing
// taken, if its asker has had all.
func (l *Ledger) AppendTicket(ctx context.Context, t zkcommit.TicketRow) error {
	if t.Seq > forever-1 {
		return fmt.Errorf("a ticket's number is below 2^63: it has %d", t.Seq)
	}
	err := l.db.transact(ctx, func(tx *tx) error {
		var next int64
		if err := tx.QueryRowContext(ctx, `SELECT `+nextTicket, t.Lane).Scan(&next); err != nil {
			return err
		}
		if uint64(next) != t.Seq {
			return ErrGap
		}
		if err := pay(ctx, tx, t.Ranker, t.Charge); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO tickets (id, lane, seq, ranker, ticket) VALUES ($1, $2, $3, $4, $5)`,
			t.ID[:], t.Lane, seconds(t.Seq), t.Ranker, blob(t.Ticket))
		return err
	})
	if err != nil {
		return fmt.Errorf("take ticket %d of lane %d: %w", t.Seq, t.Lane, err)
	}
	return nil
}

const fullAgain = `SELECT fresh FROM askers WHERE ranker = $1 AND asker = $2`

// pay takes a ticket's price from its asker. Who has all again is forgotten.
func pay(ctx context.Context, tx *tx, ranker string, c *zkcommit.Charge) error {
	if c == nil {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM askers WHERE fresh <= $1`, seconds(c.Now)); err != nil {
		return err
	}
	var full uint64
	if err := tx.QueryRowContext(ctx, fullAgain, ranker, c.Asker[:]).Scan(&full); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	next, err := c.Take(full)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO askers (ranker, asker, fresh) VALUES ($1, $2, $3)
		ON CONFLICT (ranker, asker) DO UPDATE SET fresh = excluded.fresh`, ranker, c.Asker[:], seconds(next))
	return err
}

// FullAgain is when the asker has all its tickets of the ranker again, in microseconds
// since 1970; 0 when it has.
func (l *Ledger) FullAgain(ctx context.Context, ranker string, asker graph.Hash) (full uint64, err error) {
	err = l.db.Read.QueryRowContext(ctx, fullAgain, ranker, asker[:]).Scan(&full)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("read what an asker has left: %w", err)
	}
	return full, nil
}

// Answered counts the runs of a model, and those of them that anyone may open.
func (l *Ledger) Answered(ctx context.Context, commitment graph.Hash) (all, public uint64, err error) {
	err = l.db.Read.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(CASE WHEN public THEN 1 ELSE 0 END), 0) FROM runs WHERE substr(run, 289, 32) = $1`,
		commitment[:]).Scan(&all, &public)
	if err != nil {
		return 0, 0, fmt.Errorf("count the runs of a model: %w", err)
	}
	return all, public, nil
}

// AppendAbort ends an open ticket by the lane's next entry: it fails with ErrGap if
// that has another number, and with ErrNoTicket if the ticket is not that number's.
func (l *Ledger) AppendAbort(ctx context.Context, a zkcommit.AbortRow) error {
	err := l.db.transact(ctx, func(tx *tx) error {
		var next int64
		var ticketed bool
		err := tx.QueryRowContext(ctx, `SELECT `+nextEntry+`, EXISTS (SELECT 1 FROM tickets WHERE id = $2 AND lane = $1 AND seq = $3)`,
			a.Lane, a.Ticket[:], seconds(a.Seq)).Scan(&next, &ticketed)
		switch {
		case err != nil:
			return err
		case uint64(next) != a.Seq:
			return ErrGap
		case !ticketed:
			return ErrNoTicket
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO aborts (id, lane, seq, reason, abort) VALUES ($1, $2, $3, $4, $5)`,
			a.ID[:], a.Lane, seconds(a.Seq), int64(a.Reason), blob(a.Abort))
		return err
	})
	if err != nil {
		return fmt.Errorf("abort ticket %d of lane %d: %w", a.Seq, a.Lane, err)
	}
	return nil
}

// NextTicket is the number of the lane's next ticket.
func (l *Ledger) NextTicket(ctx context.Context, lane uint32) (next uint64, err error) {
	if err := l.db.Read.QueryRowContext(ctx, `SELECT `+nextTicket, lane).Scan(&next); err != nil {
		return 0, fmt.Errorf("read the tickets: %w", err)
	}
	return next, nil
}

// OpenTickets are the lane's tickets without a run or an abort, in the order of
// their numbers.
func (l *Ledger) OpenTickets(ctx context.Context, lane uint32) ([]zkcommit.TicketRow, error) {
	rows, err := l.db.Read.QueryContext(ctx, `SELECT id, lane, seq, ranker, ticket FROM tickets WHERE lane = $1 AND seq >= `+nextEntry+` ORDER BY seq`, lane)
	if err != nil {
		return nil, fmt.Errorf("read the tickets: %w", err)
	}
	defer rows.Close()
	var out []zkcommit.TicketRow
	for rows.Next() {
		var t zkcommit.TicketRow
		var id hash
		if err := rows.Scan(&id, &t.Lane, &t.Seq, &t.Ranker, &t.Ticket); err != nil {
			return nil, fmt.Errorf("read the tickets: %w", err)
		}
		t.ID = id.Hash
		out = append(out, t)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the tickets: %w", err)
	}
	return out, nil
}

// TicketByID is the ticket with its end; ok is false when there is none.
func (l *Ledger) TicketByID(ctx context.Context, id graph.Hash) (t zkcommit.TicketEnd, ok bool, err error) {
	rows, err := l.db.Read.QueryContext(ctx, `SELECT t.lane, t.seq, t.ranker, t.ticket, coalesce(r.id, a.id), coalesce(r.run, a.abort), coalesce(r.log_index, a.log_index, -1)
		FROM tickets t LEFT JOIN runs r ON r.lane = t.lane AND r.seq = t.seq LEFT JOIN aborts a ON a.lane = t.lane AND a.seq = t.seq WHERE t.id = $1`, id[:])
	if err != nil {
		return t, false, fmt.Errorf("read the tickets: %w", err)
	}
	defer rows.Close()
	if !rows.Next() {
		return t, false, rows.Err()
	}
	var entry []byte
	t.ID = id
	if err := rows.Scan(&t.Lane, &t.Seq, &t.Ranker, &t.Ticket, &entry, &t.Entry, &t.LogIndex); err != nil {
		return t, false, fmt.Errorf("read the tickets: %w", err)
	}
	copy(t.EntryID[:], entry)
	return t, true, nil
}

// CountAborts counts the aborts by ranker and reason.
func (l *Ledger) CountAborts(ctx context.Context) ([]zkcommit.AbortCount, error) {
	rows, err := l.db.Read.QueryContext(ctx, `SELECT t.ranker, a.reason, count(*) FROM aborts a JOIN tickets t ON t.lane = a.lane AND t.seq = a.seq
		GROUP BY t.ranker, a.reason ORDER BY t.ranker, a.reason`)
	if err != nil {
		return nil, fmt.Errorf("count the aborts: %w", err)
	}
	defer rows.Close()
	var out []zkcommit.AbortCount
	for rows.Next() {
		var c zkcommit.AbortCount
		if err := rows.Scan(&c.Ranker, &c.Reason, &c.Count); err != nil {
			return nil, fmt.Errorf("count the aborts: %w", err)
		}
		out = append(out, c)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("count the aborts: %w", err)
	}
	return out, nil
}

const entries = `SELECT lane, seq, id, run FROM runs WHERE lane = $1 %[1]s UNION ALL SELECT lane, seq, id, abort FROM aborts WHERE lane = $1 %[1]s `

func (l *Ledger) entries(ctx context.Context, where, rest string, args ...any) (out []zkcommit.EntryRow, err error) {
	rows, err := l.db.Read.QueryContext(ctx, fmt.Sprintf(entries, where)+rest, args...)
	if err != nil {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var e zkcommit.EntryRow
		var id hash
		if err := rows.Scan(&e.Lane, &e.Seq, &id, &e.Bytes); err != nil {
			return nil, fmt.Errorf("read the ledger: %w", err)
		}
		e.ID = id.Hash
		out = append(out, e)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	return out, nil
}

// LastEntry is the lane's newest run or abort; ok is false when it has none.
func (l *Ledger) LastEntry(ctx context.Context, lane uint32) (e zkcommit.EntryRow, ok bool, err error) {
	es, err := l.entries(ctx, ``, `ORDER BY seq DESC LIMIT 1`, lane)
	if err != nil || len(es) == 0 {
		return e, false, err
	}
	return es[0], true, nil
}

// Unlogged are the lane's runs and aborts that the transparency log does not hold
// yet, at most limit, in the order of their numbers.
func (l *Ledger) Unlogged(ctx context.Context, lane uint32, limit int) ([]zkcommit.EntryRow, error) {
	return l.entries(ctx, `AND log_index = -1`, `ORDER BY seq LIMIT $2`, lane, max(limit, 0))
}

// SetLogged notes the entry's index in the log, which for an abort is its number.
// Saying the same twice is fine; another index for a logged entry, or one that
// another run has, is refused.
func (l *Ledger) SetLogged(ctx context.Context, lane uint32, seq, index uint64) error {
	if index >= forever {
		return fmt.Errorf("log index %d is out of range", index)
	}
	err := l.db.transact(ctx, func(tx *tx) error {
		for _, table := range []string{"runs", "aborts"} {
			n, err := tx.change(`UPDATE `+table+` SET log_index = $1 WHERE lane = $2 AND seq = $3 AND log_index IN (-1, $1)`,
				seconds(index), lane, seconds(seq))
			if err != nil || n > 0 {
				return err
			}
		}
		var there bool
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM runs WHERE lane = $1 AND seq = $2) OR EXISTS (SELECT 1 FROM aborts WHERE lane = $1 AND seq = $2)`,
			lane, seconds(seq)).Scan(&there)
		switch {
		case err != nil:
			return err
		case !there:
			return ErrNoRun
		}
		return errors.New("it is in the log at another index")
	})
	if err != nil {
		return fmt.Errorf("note log index %d of entry %d of lane %d: %w", index, seq, lane, err)
	}
	return nil
}
