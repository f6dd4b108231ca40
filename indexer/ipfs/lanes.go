package ipfs

import (
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// lanes share a resource fairly among things that come quickly, slowly or never.
// What hangs cannot take the places of others: each has one among the fresh for a
// moment only, then one among the slow, and when all of those are taken it is
// given up, to be asked for again later. What did not come before has places apart.
type lanes struct {
	moment             time.Duration
	fresh, slow, again slots
}

func newLanes(moment time.Duration, fresh, slow, again int) lanes {
	return lanes{moment, make(slots, fresh), make(slots, slow), make(slots, again)}
}

// errSlow means that something was given up for others.
var errSlow = errors.New("it is slow and others wait")

// do runs f in a place. f must end soon after its context does.
func (l *lanes) do(ctx context.Context, again bool, f func(context.Context) error) error {
	if again {
		if err := l.again.take(ctx); err != nil {
			return err
		}
		defer l.again.free()
		return f(ctx)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if err := l.fresh.take(ctx); err != nil {
		return err
	}
	var mu sync.Mutex // guards place, which is freed once
	place := l.fresh
	later := time.AfterFunc(l.moment, func() {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case place == nil:
		case l.slow.try():
			place.free()
			place = l.slow
		default:
			cancel(errSlow)
		}
	})
	defer func() {
		later.Stop()
		mu.Lock()
		defer mu.Unlock()
		place.free()
		place = nil
	}()
	return f(ctx)
}

// slots are places; taking one may wait.
type slots chan struct{}

func (s slots) take(ctx context.Context) error {
	select {
	case s <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (s slots) try() bool {
	select {
	case s <- struct{}{}:
		return true
	default:
		return false
	}
}

func (s slots) free() { <-s }

// errFull means that too much is being read at once.
var errFull = errors.New("too much is read at once: ask again")

// reading counts the bytes of large blocks on their way, of all nodes of the
// process: what strangers send must not fill the memory.
var reading atomic.Int64

const (
	mostReading = 24 << 20
	piece       = 32 << 10
)

// readAll reads at most limit+1 bytes. What is larger than a piece counts while
// it is read, and errFull ends it when all together are too much.
func readAll(r io.Reader, limit int) ([]byte, error) {
	counted := int64(0)
	defer func() { reading.Add(-counted) }()
	b := make([]byte, 0, min(limit+1, piece/2+1))
	for {
		if len(b) == cap(b) {
			if cap(b) > limit {
				return b, nil
			}
			size := min(2*cap(b), limit+1)
			if size > piece {
				more := int64(size - cap(b))
				counted += more
				if reading.Add(more) > mostReading {
					return nil, errFull
				}
			}
			b = append(make([]byte, 0, size), b...)
		}
		n, err := r.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		switch {
		case err == io.EOF:
			return b, nil
		case err != nil:
			return b, err
		}
	}
}
