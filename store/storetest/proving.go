package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"candor/graph"
	"candor/zkcommit"
)

// TaskBook knows which proofs are owed, and how they go.
type TaskBook interface {
	Waiting(ctx context.Context, now uint64, each int) ([]zkcommit.Waiting, error)
	Tried(ctx context.Context, id graph.Hash, by int) error
	Missed(ctx context.Context, id graph.Hash, reason string, retry uint64) error
	Late(ctx context.Context, now uint64) (int, error)
	ProofFigures(context.Context) ([]zkcommit.ProofFigures, error)
	ProofFailures(ctx context.Context, limit int) ([]zkcommit.ProofFailure, error)
}

// PromiseBook keeps what the node promised to prove, and what was drawn.
type PromiseBook interface {
	AddEpoch(context.Context, zkcommit.Epoch) error
	Epochs(ctx context.Context, lane uint32, limit int) ([]zkcommit.Epoch, error)
	UnloggedEpochs(ctx context.Context, lane uint32, limit int) ([]zkcommit.Epoch, error)
	SetEpochLogged(ctx context.Context, lane uint32, number uint64) error
	NoteAnchor(context.Context, zkcommit.Draw) error
	Undrawn(ctx context.Context, lane uint32) ([]zkcommit.Draw, error)
	Draws(ctx context.Context, lane uint32, limit int) ([]zkcommit.Draw, error)
	Draw(ctx context.Context, d zkcommit.Draw, now uint64) error
}

// CrossBook keeps which runs are drawn to be proved twice.
type CrossBook interface {
	Uncrossed(ctx context.Context, limit int) ([]graph.Hash, error)
	SetCross(ctx context.Context, run graph.Hash, state zkcommit.CrossState, reason string) error
	CrossFigures(context.Context) (zkcommit.CrossFigures, error)
}

var plenty = zkcommit.Quota{Each: 100, Total: 100}

func waitingSeqs(t testing.TB, l Ledger, now uint64, each int) (out []uint64) {
	t.Helper()
	ws, err := l.Waiting(context.Background(), now, each)
	must(t, err)
	for _, w := range ws {
		out = append(out, w.Number)
	}
	return out
}

// waiting: a superset of what is to be tried first of each ranker, whatever waits
// besides; what failed waits its time, and counts are kept.
func waiting(t *testing.T, refused Refusals, _ string, open func() Ledger) {
	ctx, l := context.Background(), open()
	rows := fill(t, l, 0, 12)
	for seq := uint64(12); seq < 15; seq++ {
		r := Run(0, seq, "")
		r.Ranker = "another"
		must(t, Append(ctx, l, r))
		rows = append(rows, r)
	}
	ws, err := l.Waiting(ctx, 100, 20)
	must(t, err)
	same(t, "how many wait", len(ws), 15)
	byID := map[graph.Hash]int{}
	for i, r := range rows {
		byID[r.ID] = i
	}
	seqs := func(now uint64, each int) (out []int) {
		ws, err := l.Waiting(ctx, now, each)
		must(t, err)
		for _, w := range ws {
			i, ok := byID[w.ID]
			if !ok || w.Ranker != rows[i].Ranker || string(w.Run) != string(rows[i].Run) || w.Time != rows[i].Time {
				t.Fatalf("%+v waits, and is not run %d", w, i)
			}
			out = append(out, i)
		}
		slices.Sort(out)
		return out
	}
	same(t, "newest and oldest of each ranker", seqs(100, 1), []int{0, 11, 12, 14})
	must(t, l.AskProof(ctx, rows[6].ID, graph.Hash{1}, 100, plenty))
	must(t, l.AskProof(ctx, rows[3].ID, graph.Hash{1}, 100, plenty))
	same(t, "the first asked for", seqs(100, 1), []int{0, 6, 11, 12, 14})
	ws, err = l.Waiting(ctx, 100, 2)
	must(t, err)
	asked := map[int]uint64{}
	for _, w := range ws {
		if w.Asked > 0 {
			asked[byID[w.ID]] = w.Asked
		}
	}
	if len(asked) != 2 || asked[6] >= asked[3] {
		t.Fatalf("the order of asking is lost: %v", asked)
	}
	for _, by := range []int{1, 1, 1, -1} {
		must(t, l.Tried(ctx, rows[6].ID, by))
	}
	must(t, l.Missed(ctx, rows[6].ID, "no luck", 200))
	same(t, "after a failure", seqs(199, 1), []int{0, 3, 11, 12, 14})
	must(t, l.Close())
	l = open()
	same(t, "when its time has come", seqs(200, 1), []int{0, 6, 11, 12, 14})
	ws, err = l.Waiting(ctx, 200, 1)
	must(t, err)
	for _, w := range ws {
		if w.ID == rows[6].ID {
			same(t, "counts", []int{w.Tries, w.Fails}, []int{2, 1})
		}
	}
	want(t, l.Tried(ctx, graph.Hash{9}, 1), refused.NoRun)
	want(t, l.Missed(ctx, graph.Hash{9}, "", 0), refused.NoRun)
	_, err = l.SetProof(ctx, rows[12].ID, nil, zkcommit.Failed, "never")
	must(t, err)
	_, err = l.SetProof(ctx, rows[13].ID, []byte("proof"), zkcommit.Proven, "")
	must(t, err)
	same(t, "settled", seqs(200, 5), []int{0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 14})
	fs, err := l.ProofFigures(ctx)
	must(t, err)
	same(t, "figures", fs, []zkcommit.ProofFigures{
		{Ranker: "another", Runs: 3, Proven: 1, Failed: 1, Owed: 1, Oldest: rows[14].Time},
		{Ranker: "latest", Runs: 12, Owed: 12, Oldest: rows[0].Time}})
	fails, err := l.ProofFailures(ctx, 5)
	must(t, err)
	same(t, "failures", fails, []zkcommit.ProofFailure{
		{Run: rows[12].ID, Seq: 12, Ranker: "another", Final: true, Reason: "never"},
		{Run: rows[6].ID, Seq: 6, Ranker: "latest", Fails: 1, Reason: "no luck"}})
}

// quotas: who asks too much is told so, an hour at most; to ask again is free.
func quotas(t *testing.T, refused Refusals, _ string, open func() Ledger) {
	ctx, l := context.Background(), open()
	must(t, l.AddEpoch(ctx, zkcommit.Epoch{Mode: zkcommit.ProveAsked, Due: 60}))
	rows := fill(t, l, 0, 8)
	q := zkcommit.Quota{Each: 2, Total: 3}
	a, b, c := graph.Hash{1}, graph.Hash{2}, graph.Hash{3}
	same(t, "nobody asked", waitingSeqs(t, l, 0, 9), []uint64{})
	must(t, l.AskProof(ctx, rows[0].ID, a, 10_000, q))
	must(t, l.AskProof(ctx, rows[0].ID, a, 10_000, q))
	must(t, l.AskProof(ctx, rows[0].ID, b, 10_000, q))
	must(t, l.AskProof(ctx, rows[1].ID, a, 10_001, q))
	want(t, l.AskProof(ctx, rows[2].ID, a, 10_002, q), refused.Each)
	must(t, l.AskProof(ctx, rows[2].ID, b, 10_003, q))
	want(t, l.AskProof(ctx, rows[3].ID, c, 10_004, q), refused.Total)
	must(t, l.AskProof(ctx, rows[2].ID, c, 10_004, q)) // is asked for
	must(t, l.Close())
	l = open()
	want(t, l.AskProof(ctx, rows[3].ID, c, 13_599, q), refused.Total)
	must(t, l.AskProof(ctx, rows[3].ID, c, 13_600, q))
	want(t, l.AskProof(ctx, graph.Hash{9}, c, 20_000, q), refused.NoRun)
	ws, err := l.Waiting(ctx, 20_000, 9)
	must(t, err)
	same(t, "asked for", len(ws), 4)
	same(t, "due", []uint64{ws[0].Due, ws[3].Due}, []uint64{10_060, 13_660})
	n, err := l.Late(ctx, 10_061)
	must(t, err)
	same(t, "late", n, 1) // the second is due at 10,061 and may come then
	want(t, l.AskProof(ctx, rows[0].ID, a, 30_000, q), refused.NotProved)
	r, _, err := l.RunByID(ctx, rows[0].ID)
	must(t, err)
	same(t, "a late proof", r.ProofState, zkcommit.Failed)
	kept, err := l.SetProof(ctx, rows[0].ID, []byte("late"), zkcommit.Proven, "")
	must(t, err)
	same(t, "a late proof is kept", kept, false)
}

// epochs: what is promised stands before the first run, at a fixed place, and not
// behind it; a run owes its proof by the epoch that it was made in.
func epochs(t *testing.T, refused Refusals, _ string, open func() Ledger) {
	ctx, l := context.Background(), open()
	all := func(first uint64) zkcommit.Epoch {
		return zkcommit.Epoch{First: first, Mode: zkcommit.ProveAll, Rate: zkcommit.WholeRate, Due: 60}
	}
	sampled := func(first uint64) zkcommit.Epoch {
		return zkcommit.Epoch{First: first, Mode: zkcommit.ProveSampled, Rate: 2_500, Due: 60}
	}
	must(t, l.AddEpoch(ctx, all(0)))
	want(t, l.AddEpoch(ctx, sampled(0)), refused.Begun)
	for what, bad := range map[string]zkcommit.Epoch{
		"inside an epoch": {First: 100, Mode: zkcommit.ProveOff, Due: 60},
		"without a rate":  {First: 256, Mode: zkcommit.ProveSampled, Due: 60},
		"all of some":     {First: 256, Mode: zkcommit.ProveAll, Rate: 5, Due: 60},
		"of no mode":      {First: 256, Mode: "some", Due: 60},
		"never late":      {First: 256, Mode: zkcommit.ProveOff},
	} {
		if l.AddEpoch(ctx, bad) == nil {
			t.Fatalf("an epoch %s is announced", what)
		}
	}
	fill(t, l, 0, 3)
	must(t, l.AddEpoch(ctx, sampled(256)))
	for seq := uint64(3); seq < 258; seq++ {
		must(t, Append(ctx, l, Run(0, seq, "")))
	}
	want(t, l.AddEpoch(ctx, all(256)), refused.Begun)
	want(t, l.AddEpoch(ctx, all(0)), refused.Begun)
	must(t, l.AddEpoch(ctx, zkcommit.Epoch{First: 512, Mode: zkcommit.ProveAsked, Due: 60, Network: graph.Hash{3}, Cross: 20}))
	must(t, Append(ctx, l, Run(7, 0, ""))) // a lane without epochs owes all
	late := all(0)
	late.Lane = 7
	want(t, l.AddEpoch(ctx, late), refused.Begun)
	fs, err := l.ProofFigures(ctx)
	must(t, err)
	same(t, "owed and undecided", []uint64{fs[0].Owed, fs[0].Undrawn}, []uint64{257, 2})
	must(t, l.Close())
	l = open()
	un, err := l.UnloggedEpochs(ctx, 0, 2)
	must(t, err)
	second := sampled(256)
	second.Order, second.Index = 1, -1
	same(t, "unlogged", un[1], second)
	must(t, l.SetEpochLogged(ctx, 0, 0))
	if l.SetEpochLogged(ctx, 0, 3) == nil {
		t.Fatal("an epoch that is not there is logged")
	}
	un, err = l.UnloggedEpochs(ctx, 0, 9)
	must(t, err)
	same(t, "unlogged", []uint64{un[0].First, un[1].First, uint64(len(un))}, []uint64{256, 512, 2})
	es, err := l.Epochs(ctx, 0, 1)
	must(t, err)
	same(t, "the newest epoch", es, []zkcommit.Epoch{{First: 512, Mode: zkcommit.ProveAsked, Due: 60, Network: graph.Hash{3}, Cross: 20, Order: 2, Index: -1}})
}

// draws: a draw decides what is under its anchor and not decided, once.
func draws(t *testing.T, _ Refusals, _ string, open func() Ledger) {
	ctx, l := context.Background(), open()
	must(t, l.AddEpoch(ctx, zkcommit.Epoch{Mode: zkcommit.ProveSampled, Rate: 5_000, Due: 60}))
	must(t, l.AddEpoch(ctx, zkcommit.Epoch{First: 256, Mode: zkcommit.ProveAsked, Due: 60}))
	rows := fill(t, l, 0, 40)
	must(t, l.AskProof(ctx, rows[3].ID, graph.Hash{1}, 100, plenty))
	anchor := zkcommit.Draw{Size: 30, Root: graph.Hash{5}, Block: 7}
	must(t, l.NoteAnchor(ctx, anchor))
	must(t, l.NoteAnchor(ctx, anchor))
	un, err := l.Undrawn(ctx, 0)
	must(t, err)
	same(t, "undrawn", un, []zkcommit.Draw{anchor})
	drawn := anchor
	drawn.Beacon, drawn.Source = graph.Hash{8}, "a test"
	must(t, l.Draw(ctx, zkcommit.Draw{Size: 40, Root: graph.Hash{5}, Block: 7, Beacon: graph.Hash{1}}, 1_000)) // not noted
	must(t, l.Draw(ctx, drawn, 1_000))
	other := drawn
	other.Beacon = graph.Hash{9}
	must(t, l.Draw(ctx, other, 2_000))
	must(t, l.Close())
	l = open()
	picked := 0
	for seq, r := range rows {
		got, _, err := l.RunByID(ctx, r.ID)
		must(t, err)
		want := zkcommit.SampledOut
		if seq == 3 || seq >= 30 || drawn.Drawn(uint64(seq), 5_000) {
			want = zkcommit.Pending
		}
		if seq < 30 && want == zkcommit.Pending {
			picked++
		}
		same(t, fmt.Sprint("state of ", seq), got.ProofState, want)
	}
	if picked < 5 || picked > 25 {
		t.Fatalf("%d of 30 runs are drawn at a rate of a half", picked)
	}
	ws, err := l.Waiting(ctx, 1_000, 99)
	must(t, err)
	same(t, "owed", len(ws), picked)
	for _, w := range ws {
		if w.ID != rows[3].ID {
			same(t, "due", w.Due, uint64(1_060))
		}
	}
	list, err := l.Draws(ctx, 0, 9)
	must(t, err)
	same(t, "draws", list, []zkcommit.Draw{drawn})
	un, err = l.Undrawn(ctx, 0)
	must(t, err)
	same(t, "undrawn", un, []zkcommit.Draw{})
	must(t, l.NoteAnchor(ctx, zkcommit.Draw{Size: 20, Root: graph.Hash{4}, Block: 6})) // nothing to draw below
	un, err = l.Undrawn(ctx, 0)
	must(t, err)
	same(t, "undrawn", un, []zkcommit.Draw{})
	for _, r := range rows {
		if got, _, _ := l.RunByID(ctx, r.ID); got.ProofState == zkcommit.SampledOut {
			must(t, l.AskProof(ctx, r.ID, graph.Hash{1}, 1_000, plenty)) // may still be asked for
			ws, err := l.Waiting(ctx, 1_000, 99)
			must(t, err)
			same(t, "owed", len(ws), picked+1)
			return
		}
	}
}

// crosses: a draw picks, of the runs that no anchor before held, those to be proved
// twice, whatever else is decided about them; each is settled once.
func crosses(t *testing.T, _ Refusals, _ string, open func() Ledger) {
	ctx, l := context.Background(), open()
	network := graph.Hash{6}
	all := zkcommit.Epoch{Mode: zkcommit.ProveAll, Rate: zkcommit.WholeRate, Due: 60}
	twice := all
	twice.First, twice.Network, twice.Cross = 256, network, 5_000
	must(t, l.AddEpoch(ctx, all))
	must(t, l.AddEpoch(ctx, twice))
	rows := fill(t, l, 0, 320)
	must(t, l.NoteAnchor(ctx, zkcommit.Draw{Size: 250, Root: graph.Hash{4}, Block: 6}))
	un, err := l.Undrawn(ctx, 0)
	must(t, err)
	same(t, "where nothing is drawn", un, []zkcommit.Draw{})
	must(t, l.NoteAnchor(ctx, zkcommit.Draw{Size: 290, Root: graph.Hash{4}, Block: 6}))
	must(t, l.NoteAnchor(ctx, zkcommit.Draw{Size: 290, Root: graph.Hash{5}, Block: 7})) // the chain took the block back
	first := zkcommit.Draw{Size: 290, Root: graph.Hash{5}, Block: 7, Network: network}
	un, err = l.Undrawn(ctx, 0)
	must(t, err)
	same(t, "undrawn", un, []zkcommit.Draw{first})
	second := zkcommit.Draw{Size: 310, Root: graph.Hash{8}, Block: 9, Network: network}
	must(t, l.NoteAnchor(ctx, second))
	must(t, l.NoteAnchor(ctx, second))
	for i, d := range []*zkcommit.Draw{&first, &second} {
		d.Beacon, d.Source, d.Time, d.Round, d.Signature = graph.Hash{byte(10 + i)}, "a test", 1_000, 77, "ab"
		must(t, l.Draw(ctx, *d, 1_000))
		must(t, l.Draw(ctx, *d, 1_000))
	}
	must(t, l.NoteAnchor(ctx, zkcommit.Draw{Size: 310, Root: graph.Hash{1}, Block: 11})) // it is drawn, and stays
	must(t, l.Close())
	l = open()
	list, err := l.Draws(ctx, 0, 9)
	must(t, err)
	same(t, "draws", list, []zkcommit.Draw{second, first})
	got, err := l.Uncrossed(ctx, 999)
	must(t, err)
	same(t, "before a run is proven", len(got), 0)
	want := []graph.Hash{}
	for seq, r := range rows {
		if seq != 300 {
			_, err := l.SetProof(ctx, r.ID, []byte("proof"), zkcommit.Proven, "")
			must(t, err)
		}
		if d := map[bool]zkcommit.Draw{true: first, false: second}[seq < 290]; seq >= 256 && seq < 310 && seq != 300 && d.Crossed(uint64(seq), 5_000) {
			want = append(want, r.ID)
		}
	}
	if len(want) < 10 || len(want) > 44 {
		t.Fatalf("%d of 53 runs are drawn at a rate of a half", len(want))
	}
	got, err = l.Uncrossed(ctx, 999)
	must(t, err)
	same(t, "to be proved twice", got, want)
	got, err = l.Uncrossed(ctx, 2)
	must(t, err)
	same(t, "the oldest", got, want[:2])
	must(t, l.SetCross(ctx, want[0], zkcommit.CrossAgrees, ""))
	must(t, l.SetCross(ctx, want[1], zkcommit.CrossDiffers, "they differ"))
	must(t, l.SetCross(ctx, want[2], zkcommit.CrossUnfit, "too long"))
	if l.SetCross(ctx, want[1], zkcommit.CrossAgrees, "") == nil {
		t.Fatal("what differed agrees later")
	}
	if l.SetCross(ctx, rows[3].ID, zkcommit.CrossAgrees, "") == nil {
		t.Fatal("a run that is not drawn is settled")
	}
	f, err := l.CrossFigures(ctx)
	must(t, err)
	same(t, "figures", f, zkcommit.CrossFigures{Agree: 1, Differ: 1, Unfit: 1, Owed: uint64(len(want) - 3)})
}
