package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"candor/graph"
	"candor/zkcommit"
)

// Ledger is what the suite needs of a ledger.
type Ledger interface {
	RunBook
	TicketBook
	AbortBook
	LogBook
	ProofBook
	TaskBook
	PromiseBook
	CrossBook
	ChargeBook
	VectorBook
	Close() error
}

// RunBook keeps runs.
type RunBook interface {
	AppendRun(context.Context, zkcommit.RunRow) error
	LastRun(ctx context.Context, lane uint32) (zkcommit.RunRow, bool, error)
	RunByID(ctx context.Context, id graph.Hash) (zkcommit.RunRow, bool, error)
	RunByKey(ctx context.Context, key graph.Hash) (zkcommit.RunRow, bool, error)
	Runs(ctx context.Context, lane uint32, before uint64, limit int) ([]zkcommit.RunRow, error)
}

// LogBook knows which runs and aborts the transparency log holds.
type LogBook interface {
	RunBySeq(ctx context.Context, lane uint32, seq uint64) (zkcommit.RunRow, bool, error)
	LastEntry(ctx context.Context, lane uint32) (zkcommit.EntryRow, bool, error)
	Unlogged(ctx context.Context, lane uint32, limit int) ([]zkcommit.EntryRow, error)
	SetLogged(ctx context.Context, lane uint32, seq, index uint64) error
	CountRuns(context.Context) (total, proven uint64, err error)
}

// ProofBook knows which runs are proved.
type ProofBook interface {
	AskProof(ctx context.Context, id, holder graph.Hash, now uint64, q zkcommit.Quota) error
	SetProof(ctx context.Context, id graph.Hash, proof []byte, state zkcommit.ProofState, reason string) (bool, error)
	Proof(ctx context.Context, id graph.Hash) ([]byte, bool, error)
}

// Refusals are the errors by which a ledger's callers know what happened.
type Refusals struct{ Gap, Taken, NoRun, NoTicket, Begun, Each, Total, NotProving, NotProved error }

// Run is a made-up run of the lane; salt tells runs of one number apart.
func Run(lane uint32, seq uint64, salt string) zkcommit.RunRow {
	h := func(what string) graph.Hash { return sha256.Sum256(fmt.Append(nil, what, lane, seq, salt)) }
	return zkcommit.RunRow{ID: h("id"), Lane: lane, Seq: seq, Key: h("key"), Block: 7 + seq, Ranker: "latest",
		Time: 1_700_000_000, Run: fmt.Append(nil, "run", seq), Opening: h("opening"), Public: seq%2 == 0,
		Record: bytes.Repeat([]byte{byte(seq)}, 300), Ticket: Ticket(lane, seq, "").Ticket, Receipt: []byte("{}"), ProofState: zkcommit.Pending, LogIndex: -1}
}

// Ledgers runs the suite. open opens the ledger in the directory.
func Ledgers(t *testing.T, refused Refusals, open func(t testing.TB, dir string) Ledger) {
	for name, f := range map[string]func(*testing.T, Refusals, string, func() Ledger){
		"appends": appends, "race": race, "tickets": tickets, "aborts": aborts, "ticket race": ticketRace, "log": logged, "proofs": proofs,
		"waiting": waiting, "quotas": quotas, "epochs": epochs, "draws": draws, "crosses": crosses, "charges": charges, "answered": answered, "tower vectors": towerVectors,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			f(t, refused, dir, func() Ledger {
				l := open(t, dir)
				t.Cleanup(func() { l.Close() })
				return l
			})
		})
	}
}

func fill(t testing.TB, l Ledger, lane uint32, n uint64) (rows []zkcommit.RunRow) {
	t.Helper()
	for seq := range n {
		r := Run(lane, seq, "")
		must(t, Append(context.Background(), l, r))
		rows = append(rows, r)
	}
	return rows
}

func want(t testing.TB, err, target error) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Fatalf("got the error %v, want %v", err, target)
	}
}

// appends: lanes are gapless, one request has one run, and a reopened ledger has it all.
func appends(t *testing.T, refused Refusals, _ string, open func() Ledger) {
	ctx, l := context.Background(), open()
	if _, ok, err := l.LastRun(ctx, 0); ok || err != nil {
		t.Fatalf("an empty lane has a last run: %v, %v", ok, err)
	}
	want(t, l.AppendRun(ctx, Run(0, 1, "")), refused.Gap)
	rows := fill(t, l, 0, 5)
	other := fill(t, l, 3, 2)
	want(t, l.AppendRun(ctx, Run(0, 5, "")), refused.NoTicket)
	must(t, l.AppendTicket(ctx, Ticket(0, 5, "")))
	want(t, l.AppendRun(ctx, Run(0, 4, "again")), refused.Gap)
	want(t, l.AppendRun(ctx, Run(0, 6, "")), refused.Gap)
	want(t, l.AppendRun(ctx, Run(0, 1<<62, "")), refused.Gap)
	for _, spoil := range []func(*zkcommit.RunRow){
		func(r *zkcommit.RunRow) { r.Key = rows[2].Key },
		func(r *zkcommit.RunRow) { r.ID = rows[2].ID },
	} {
		r := Run(0, 5, "")
		spoil(&r)
		want(t, l.AppendRun(ctx, r), refused.Taken)
	}
	for what, spoil := range map[string]func(*zkcommit.RunRow){
		"a log index":   func(r *zkcommit.RunRow) { r.LogIndex = 0 },
		"a wrong state": func(r *zkcommit.RunRow) { r.ProofState = "fine" },
		"a huge number": func(r *zkcommit.RunRow) { r.Seq = 1 << 63 },
	} {
		r := Run(0, 5, "")
		if spoil(&r); l.AppendRun(ctx, r) == nil {
			t.Fatalf("a new run with %s is taken", what)
		}
	}
	must(t, l.Close())
	l = open()
	for _, r := range append(slices.Clone(rows), other...) {
		got, ok, err := l.RunByID(ctx, r.ID)
		must(t, err)
		same(t, "run by id", []any{got, ok}, []any{r, true})
		got, ok, err = l.RunByKey(ctx, r.Key)
		must(t, err)
		same(t, "run by key", []any{got, ok}, []any{r, true})
		got, ok, err = l.RunBySeq(ctx, r.Lane, r.Seq)
		must(t, err)
		same(t, "run by seq", []any{got, ok}, []any{r, true})
	}
	last, ok, err := l.LastRun(ctx, 0)
	must(t, err)
	same(t, "last run", []any{last, ok}, []any{rows[4], true})
	if _, ok, err := l.RunByID(ctx, graph.Hash{9}); ok || err != nil {
		t.Fatalf("a run nobody appended: %v, %v", ok, err)
	}
	var seqs []uint64
	for before := uint64(0); ; before = seqs[len(seqs)-1] {
		page, err := l.Runs(ctx, 0, before, 2)
		must(t, err)
		for _, r := range page {
			if r.Record != nil && len(r.Record) > 0 {
				t.Fatalf("a list carries the record of run %d", r.Seq)
			}
			if r.Ticket != nil {
				t.Fatalf("a list carries the ticket of run %d", r.Seq)
			}
			r.Record, r.Ticket = rows[r.Seq].Record, rows[r.Seq].Ticket
			same(t, "listed run", r, rows[r.Seq])
			seqs = append(seqs, r.Seq)
		}
		if len(page) < 2 {
			break
		}
	}
	same(t, "pages", seqs, []uint64{4, 3, 2, 1, 0})
}

// race: of many who append the same number, also through another handle on the
// same files, one wins.
func race(t *testing.T, refused Refusals, _ string, open func() Ledger) {
	ctx := context.Background()
	handles := []Ledger{open(), open()}
	const rounds, rivals = 10, 6
	for seq := range uint64(rounds) {
		must(t, handles[0].AppendTicket(ctx, Ticket(0, seq, "")))
		var wg sync.WaitGroup
		errs := make([]error, rivals)
		for i := range rivals {
			wg.Go(func() { errs[i] = handles[i%2].AppendRun(ctx, Run(0, seq, fmt.Sprint(i))) })
		}
		wg.Wait()
		one(t, errs, refused.Gap)
	}
	total, _, err := handles[1].CountRuns(ctx)
	must(t, err)
	same(t, "runs", total, uint64(rounds))
}

func logged(t *testing.T, refused Refusals, _ string, open func() Ledger) {
	ctx, l := context.Background(), open()
	rows := fill(t, l, 0, 4)
	fill(t, l, 1, 1)
	seqs := func(limit int) (out []uint64) {
		un, err := l.Unlogged(ctx, 0, limit)
		must(t, err)
		for _, r := range un {
			same(t, "entry", r, zkcommit.EntryRow{Seq: r.Seq, ID: rows[r.Seq].ID, Bytes: rows[r.Seq].Run})
			out = append(out, r.Seq)
		}
		return out
	}
	same(t, "unlogged", seqs(10), []uint64{0, 1, 2, 3})
	must(t, l.SetLogged(ctx, 0, 0, 0))
	must(t, l.SetLogged(ctx, 0, 1, 5))
	must(t, l.SetLogged(ctx, 0, 1, 5)) // a crash in between makes the appender say it again
	same(t, "unlogged", seqs(1), []uint64{2})
	if l.SetLogged(ctx, 0, 1, 6) == nil {
		t.Fatal("a logged run moved")
	}
	if l.SetLogged(ctx, 0, 2, 5) == nil {
		t.Fatal("two runs of a lane have one log index")
	}
	if l.SetLogged(ctx, 0, 2, 1<<63) == nil {
		t.Fatal("a log index out of range is taken")
	}
	want(t, l.SetLogged(ctx, 0, 44, 9), refused.NoRun)
	must(t, l.Close())
	l = open()
	r, _, err := l.RunBySeq(ctx, 0, 1)
	must(t, err)
	same(t, "log index", r.LogIndex, int64(5))
	same(t, "unlogged", seqs(10), []uint64{2, 3})
}

func proofs(t *testing.T, refused Refusals, _ string, open func() Ledger) {
	ctx, l := context.Background(), open()
	rows := fill(t, l, 0, 6)
	set := func(seq int, proof string, state zkcommit.ProofState, kept bool) {
		t.Helper()
		var raw []byte
		if proof != "" {
			raw = []byte(proof)
		}
		got, err := l.SetProof(ctx, rows[seq].ID, raw, state, "")
		must(t, err)
		same(t, fmt.Sprint("kept the proof of ", seq), got, kept)
	}
	set(4, "proof", zkcommit.Proven, true)
	set(4, "another", zkcommit.Proven, false)
	set(4, "", zkcommit.Failed, false)
	set(0, "", zkcommit.Failed, true)
	set(0, "late", zkcommit.Proven, false) // what failed stays failed
	set(1, "in time", zkcommit.Proven, true)
	_, err := l.SetProof(ctx, graph.Hash{9}, []byte("x"), zkcommit.Proven, "")
	want(t, err, refused.NoRun)
	for what, bad := range map[string]struct {
		proof []byte
		state zkcommit.ProofState
	}{
		"proven without a proof": {nil, zkcommit.Proven},
		"failed with one":        {[]byte("x"), zkcommit.Failed},
		"an unknown state":       {nil, "fine"},
	} {
		if _, err := l.SetProof(ctx, rows[3].ID, bad.proof, bad.state, ""); err == nil {
			t.Fatalf("%s is taken", what)
		}
	}
	must(t, l.Close())
	l = open()
	for seq, proof := range map[int]string{4: "proof", 1: "in time", 0: "", 3: ""} {
		got, ok, err := l.Proof(ctx, rows[seq].ID)
		must(t, err)
		same(t, fmt.Sprint("proof of ", seq), []any{string(got), ok}, []any{proof, proof != ""})
	}
	for seq, state := range map[int]zkcommit.ProofState{4: zkcommit.Proven, 1: zkcommit.Proven, 0: zkcommit.Failed, 3: zkcommit.Pending} {
		r, _, err := l.RunByID(ctx, rows[seq].ID)
		must(t, err)
		same(t, fmt.Sprint("state of ", seq), r.ProofState, state)
	}
	total, proven, err := l.CountRuns(ctx)
	must(t, err)
	same(t, "counts", []uint64{total, proven}, []uint64{6, 2})
}
