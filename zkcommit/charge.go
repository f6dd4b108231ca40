package zkcommit

import (
	"fmt"

	"candor/graph"
)

// Hour is an hour in the unit of charges, microseconds.
const Hour = 3_600_000_000

// Charge is what a ticket costs its asker, who has so many of each ranker at once and
// gets them back in the course of an hour, one after the other.
type Charge struct {
	Asker graph.Hash // who pays: a reader, or a network
	Most  uint64     // 1 to MaxCharge
	Now   uint64     // microseconds since 1970
}

// MaxCharge is the most tickets of an hour that are counted.
const MaxCharge = 1_000_000

// Take takes one ticket. full is when the asker has all of them again, 0 if it has; next
// is that from then on. It fails with *Spent when none is left.
func (c Charge) Take(full uint64) (next uint64, err error) {
	next = c.base(full) + c.every()
	if next > c.Now+c.all() {
		return 0, &Spent{Wait: next - c.Now - c.all()}
	}
	return next, nil
}

// Left is how many the asker has.
func (c Charge) Left(full uint64) uint64 { return (c.Now + c.all() - c.base(full)) / c.every() }

// every is the time in which one comes back, all that in which all do.
func (c Charge) every() uint64 { return Hour / c.Most }
func (c Charge) all() uint64   { return c.every() * c.Most }

// base is full, as far as it can be true: a clock that was set back holds nobody up for more than an hour.
func (c Charge) base(full uint64) uint64 { return min(max(full, c.Now), c.Now+c.all()) }

// Spent is why an asker gets no ticket.
type Spent struct {
	Wait uint64 // microseconds until it has one
}

func (s *Spent) Error() string {
	return fmt.Sprintf("the asker has had all its tickets: wait %d seconds", s.Seconds())
}

// Seconds is the wait in whole seconds, at least one.
func (s *Spent) Seconds() uint64 { return max(1, (s.Wait+999_999)/1_000_000) }
