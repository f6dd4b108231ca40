package main

import (
	"errors"
	"net/http/httptest"
	"testing"
	"time"

	"candor/local/beacon"
	"candor/zkcommit/timelock"
)

// An audit knows the rounds that had come by its own time, whatever the machine's clock says.
func TestRoundsAreThoseOfTheAuditsTime(t *testing.T) {
	t.Parallel()
	now := time.Now().Add(365 * 24 * time.Hour)
	began := now
	b, err := beacon.Open(t.TempDir(), 1, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	served := httptest.NewServer(b)
	defer served.Close()
	now = now.Add(time.Hour)
	for _, x := range []struct {
		at    time.Duration
		known error
	}{{10 * time.Minute, nil}, {time.Minute, timelock.ErrTooEarly}} {
		s := &subject{beacons: []string{served.URL}, at: began.Add(x.at)}
		got, err := s.beacon(t.Context(), b.Hash())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := got.Signature(t.Context(), b.Round(began.Add(5*time.Minute))); !errors.Is(err, x.known) {
			t.Errorf("a round of 5 minutes is asked for by an audit of %s: %v, want %v", x.at, err, x.known)
		}
	}
}
