package main

import (
	"context"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"candor/store/sqlite"
	"candor/store/storetest"
	"candor/zkcommit"
	"candor/zkcommit/prover"
)

// A run is not logged before what its epoch promises is.
func TestRunsWaitForTheirEpoch(t *testing.T) {
	ctx := context.Background()
	l, err := sqlite.OpenLedger(ctx, filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, first := range []uint64{0, 256} {
		if err := l.AddEpoch(ctx, zkcommit.Epoch{First: first, Mode: zkcommit.ProveAll, Rate: zkcommit.WholeRate, Due: 60}); err != nil {
			t.Fatal(err)
		}
	}
	for seq := range uint64(258) {
		if err := storetest.Append(ctx, l, storetest.Run(0, seq, "")); err != nil {
			t.Fatal(err)
		}
	}
	for number, want := range []int{0, 256, 258} {
		if number > 0 {
			if err := l.SetEpochLogged(ctx, 0, uint64(number-1)); err != nil {
				t.Fatal(err)
			}
		}
		if rows, err := (announced{l}).Unlogged(ctx, 0, 1000); err != nil || len(rows) != want {
			t.Errorf("with %d epochs logged, %d runs may be: %v, want %d", number, len(rows), err, want)
		}
	}
}

func TestProveOptions(t *testing.T) {
	ok := proveOptions{dial: "all", cores: 1}
	if err := ok.check(); err != nil || !ok.makes() {
		t.Error(err)
	}
	for _, o := range []proveOptions{{dial: "some"}, {dial: "all", cores: -1}, {dial: "all", natsPort: 70_000}, {dial: "all", each: -1}, {dial: "all", cross: -0.1}, {dial: "all", cross: 1.1}, {dial: "all", cross: math.NaN()}} {
		if o.check() == nil {
			t.Errorf("%+v is taken", o)
		}
	}
	for share, want := range map[float64]uint32{0: 0, 0.001: 10, 0.00001: 1, 1: zkcommit.WholeRate} {
		if got := (&proveOptions{cross: share}).crossRate(); got != want {
			t.Errorf("a share of %v is %d of 10,000, want %d", share, got, want)
		}
	}
	if (&proveOptions{dial: "off"}).makes() {
		t.Error("off makes proofs")
	}
}

func TestStatusText(t *testing.T) {
	now := time.Unix(1_700_000_100, 0)
	text := statusText(prover.Status{Mode: zkcommit.ProveSampled, Rate: 0.125, Share: 0.5, Made: 3, Proved: 2, InWork: 1, Cross: 0.001, Crosses: zkcommit.CrossFigures{Agree: 7, Differ: 1, Owed: 2}, OnBoard: 4,
		Total:    zkcommit.ProofFigures{Runs: 10, Proven: 5, Failed: 1, Out: 2, Owed: 1, Undrawn: 1, Oldest: 1_700_000_000},
		Rankers:  []zkcommit.ProofFigures{{Ranker: "latest", Runs: 10, Proven: 5}},
		Failures: []zkcommit.ProofFailure{{Ranker: "latest", Fails: 1, Reason: "no luck"}, {Ranker: "latest", Final: true, Reason: "late"}}}, now)
	for _, want := range []string{"5 of 10 runs, 50.00 %", "12.5 % of the runs are drawn", "1m40s ago", "1 wait for their draw", "latest", "is tried again: no luck", "failed: late", "7 agree, 1 differ, 2 wait; 0.1 % of", "TWO PROOF SYSTEMS DIFFER"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}
