package zkcommit

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

// TestCharges: whenever an asker asks, it gets its number at once and no more than as
// many again in each hour; who waits as told gets one; what is left is what it gets.
func TestCharges(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		most := rapid.Uint64Range(1, 50).Draw(r, "most")
		now, full := uint64(1_700_000_000_000_000), uint64(0)
		var taken []uint64
		for range rapid.IntRange(1, 150).Draw(r, "asks") {
			now += rapid.SampledFrom([]uint64{0, 0, 0, 1, Hour / most, Hour/most - 1, Hour / 7, Hour}).Draw(r, "pause")
			c := Charge{Most: most, Now: now}
			left := c.Left(full)
			next, err := c.Take(full)
			if (err == nil) != (left > 0) {
				r.Fatalf("with %d left: %v", left, err)
			}
			if err == nil {
				if taken, full = append(taken, now), next; c.Left(full) != left-1 {
					r.Fatalf("%d are left of %d after one", c.Left(full), left)
				}
				continue
			}
			var s *Spent
			if !errors.As(err, &s) || s.Seconds() < 1 || s.Seconds() > 3600 {
				r.Fatal(err)
			}
			c.Now += s.Wait
			if _, err := c.Take(full); err != nil {
				r.Fatalf("after the wait: %v", err)
			}
			c.Now--
			if _, err := c.Take(full); err == nil {
				r.Fatal("the wait is longer than it need be")
			}
		}
		for i := range taken { // in any hour at most twice as many: those saved up, and those that came back
			n := uint64(0)
			for _, at := range taken[i:] {
				if at-taken[i] < Hour {
					n++
				}
			}
			if n > 2*most {
				r.Fatalf("%d in an hour, of %d", n, most)
			}
		}
	})
	// A clock that was set back by a day holds nobody up for longer than an hour.
	c := Charge{Most: 10, Now: 1_700_000_000_000_000}
	if _, err := c.Take(c.Now + 24*Hour); err == nil {
		t.Error("a full debt lets one more")
	} else if c.Now += Hour / 10; c.Left(c.Now+24*Hour-Hour/10) != 0 {
		t.Error("it is forgiven")
	}
	next, err := Charge{Most: 10, Now: c.Now}.Take(c.Now - 5*Hour)
	if err != nil || next != c.Now+Hour/10 {
		t.Errorf("who asked long ago has more than all: %d, %v", next, err)
	}
}
