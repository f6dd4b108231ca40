package tlog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"candor/internal/crashpoint"
	"candor/zkcommit"
)

// ErrForked says that the log's entries and the ledger's runs and aborts differ: the log
// cannot be repaired, since its entries are public.
var ErrForked = errors.New("the log and the ledger do not agree, the node must stop and be examined")

// Ledger is where the entries come from.
type Ledger interface {
	// Unlogged are the oldest entries of the lane that are not marked as logged, in
	// the order of their seq, without gaps, at most limit.
	Unlogged(ctx context.Context, lane uint32, limit int) ([]zkcommit.EntryRow, error)
	// SetLogged marks an entry; doing it again changes nothing.
	SetLogged(ctx context.Context, lane uint32, seq, index uint64) error
}

// Appender takes the runs and aborts of one lane from the ledger to the log, each exactly
// once, in order.
type Appender struct {
	Log    *Log
	Ledger Ledger
	Lane   uint32
	Every  time.Duration     // how often the ledger is asked; 0 means 250 ms
	Wake   <-chan struct{}   // asks at once; may be nil
	Failed func(error)       // hears of failures that will be tried again; may be nil
	Logged func(upTo uint64) // hears that the log has that many entries; may be nil
}

// Run works until the context ends (its error is nil then) or the log and the
// ledger differ (ErrForked). Everything else is tried again.
func (a *Appender) Run(ctx context.Context) error {
	every := a.Every
	if every == 0 {
		every = 250 * time.Millisecond
	}
	for {
		n, err := a.Step(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, ErrForked):
			return err
		case err != nil && a.Failed != nil:
			a.Failed(err)
		case n == batch:
			continue
		}
		select {
		case <-ctx.Done():
			return nil
		case <-a.Wake:
		case <-time.After(every):
		}
	}
}

// Step logs what waits, at most one batch, and says how many entries it marked.
func (a *Appender) Step(ctx context.Context) (marked int, err error) {
	rows, err := a.Ledger.Unlogged(ctx, a.Lane, batch)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	size, err := a.Log.Size(ctx)
	if err != nil {
		return 0, err
	}
	// What a crash left between the log and the ledger is in the tree already.
	var fresh [][]byte
	for i, r := range rows {
		if r.Lane != a.Lane || r.Seq != rows[0].Seq+uint64(i) {
			return 0, fmt.Errorf("%w: the ledger gives entry %d of lane %d where entry %d of lane %d follows",
				ErrForked, r.Seq, r.Lane, rows[0].Seq+uint64(i), a.Lane)
		}
		if r.Seq >= size {
			fresh = append(fresh, r.Bytes)
			continue
		}
		if e, err := a.Log.Entry(ctx, r.Seq, size); err != nil {
			return 0, err
		} else if !bytes.Equal(e, r.Bytes) {
			return 0, fmt.Errorf("%w: entry %d of the log is not that of the ledger", ErrForked, r.Seq)
		}
	}
	if len(fresh) > 0 {
		if from := rows[len(rows)-len(fresh)].Seq; from != size {
			return 0, fmt.Errorf("%w: the log has %d entries, the ledger's next is %d", ErrForked, size, from)
		}
		crashpoint.Here("log.before-append")
		if first, err := a.Log.Append(ctx, fresh...); err != nil {
			return 0, err
		} else if first != size {
			return 0, fmt.Errorf("%w: another process appends to the log", ErrForked)
		}
		crashpoint.Here("log.after-append")
	}
	for _, r := range rows {
		if err := a.Ledger.SetLogged(ctx, a.Lane, r.Seq, r.Seq); err != nil {
			return marked, err
		}
		marked++
	}
	if a.Logged != nil {
		a.Logged(rows[len(rows)-1].Seq + 1)
	}
	return marked, nil
}
