package prover

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"candor/graph"
	"candor/zkcommit"

	"pgregory.net/rapid"
)

func TestDial(t *testing.T) {
	for text, want := range map[string]Dial{"all": {zkcommit.ProveAll, 10_000}, "true": {zkcommit.ProveAll, 10_000}, "off": {Mode: zkcommit.ProveOff},
		"false": {Mode: zkcommit.ProveOff}, "asked": {Mode: zkcommit.ProveAsked}, "sampled:0.1": {zkcommit.ProveSampled, 1000}, "sampled:0.0001": {zkcommit.ProveSampled, 1}} {
		if got, err := ParseDial(text); err != nil || got != want {
			t.Errorf("%s is %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "none", "sampled", "sampled:", "sampled:0", "sampled:1", "sampled:-0.1", "sampled:NaN", "sampled:0.00001", "sampled:x", "all:0.5", "ALL"} {
		if got, err := ParseDial(text); err == nil {
			t.Errorf("%q is %+v", text, got)
		}
	}
}

// lane is a lane of so many runs.
type lane struct{ runs uint64 }

func (l *lane) NextTicket(context.Context, uint32) (uint64, error) { return l.runs, nil }

// TestModeChangesBetweenEpochs: whatever the operator and the load do, what is
// promised of a run stands before it is made and does not change any more, and
// changes between runs only at the fixed places.
func TestModeChangesBetweenEpochs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, l := &book{}, &lane{}
		var waiting uint64
		a := &Announcer{Promises: b, Runs: l, Load: func() (uint64, float64, float64) { return waiting, 10, 3 }}
		promised := map[uint64]zkcommit.Epoch{} // by run, when it was made
		of := func(seq uint64) (e zkcommit.Epoch, ok bool) {
			for _, x := range b.epochs {
				if x.First <= seq {
					e, ok = x, true
				}
			}
			return e, ok
		}
		dials := []Dial{{zkcommit.ProveAll, 10_000}, {zkcommit.ProveSampled, 500}, {Mode: zkcommit.ProveAsked}, {Mode: zkcommit.ProveOff}}
		l.runs = rapid.SampledFrom([]uint64{0, 0, 0, 5, 255, 256, 300}).Draw(t, "runs before")
		start := l.runs
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			a.Dial = rapid.SampledFrom(dials).Draw(t, "dial")
			waiting = rapid.SampledFrom([]uint64{0, 100, 10_000}).Draw(t, "waiting")
			if rapid.Bool().Draw(t, "announces") {
				l := &lane{runs: l.runs - min(l.runs-start, rapid.SampledFrom([]uint64{0, 0, 0, 3}).Draw(t, "runs it does not see"))}
				a.Runs = l
				_, _ = a.Step(t.Context()) // may find that it is too late
			}
			for range rapid.IntRange(0, 90).Draw(t, "more runs") {
				if e, ok := of(l.runs); ok {
					promised[l.runs] = e
				}
				b.rows = append(b.rows, &entry{row: zkcommit.RunRow{Seq: l.runs}})
				l.runs++
			}
			for seq, e := range promised {
				if now, _ := of(seq); now != e {
					t.Fatalf("run %d was promised %+v, and now %+v", seq, e, now)
				}
			}
			for seq := start; seq+1 < l.runs; seq++ {
				if one, two := promised[seq], promised[seq+1]; one != two && (seq+1)%256 != 0 {
					t.Fatalf("the promise changes at run %d", seq+1)
				}
			}
		}
		if start == 0 && l.runs > 0 && len(promised) > 0 {
			if _, ok := promised[l.runs-1]; !ok {
				t.Fatalf("run %d has no promise", l.runs-1)
			}
		}
	})
}

// A node that falls behind promises a sample that it can keep, and all again later.
func TestFallsBackToSampled(t *testing.T) {
	b, l := &book{}, &lane{}
	var waiting uint64
	var made, proved float64
	a := &Announcer{Promises: b, Runs: l, Dial: Dial{zkcommit.ProveAll, 10_000}, Load: func() (uint64, float64, float64) { return waiting, made, proved }}
	for i, x := range []struct {
		runs, waiting uint64
		made, proved  float64
		mode          zkcommit.ProveMode
		rate          uint32
	}{
		{0, 0, 0, 0, zkcommit.ProveAll, 10_000},
		{200, 100, 50, 10, zkcommit.ProveAll, 10_000},
		{400, 513, 50, 10, zkcommit.ProveSampled, 1_600},
		{700, 600, 50, 0, zkcommit.ProveSampled, 500},
		{900, 600, 0, 0, zkcommit.ProveSampled, 500},
		{1_200, 600, 1, 90, zkcommit.ProveSampled, 9_999},
		{1_500, 512, 50, 10, zkcommit.ProveAll, 10_000},
	} {
		l.runs, waiting, made, proved = x.runs, x.waiting, x.made, x.proved
		if did, err := a.Step(t.Context()); !did || err != nil {
			t.Fatalf("epoch %d is not announced: %v", i, err)
		}
		if e := b.epochs[i]; e.Mode != x.mode || e.Rate != x.rate || e.First < x.runs {
			t.Errorf("epoch %d is %+v, want %s at %d", i, e, x.mode, x.rate)
		}
		if did, err := a.Step(t.Context()); did || err != nil {
			t.Errorf("epoch %d is announced twice: %v", i, err)
		}
	}
}

// chain anchors, and gives chance some time after.
type chain struct {
	newest Anchor
	chance map[uint64]graph.Hash // by block
	err    error
}

func (c *chain) Newest(context.Context) (Anchor, bool, error) {
	return c.newest, c.newest.Size > 0, c.err
}

func (c *chain) Chance(_ context.Context, d zkcommit.Draw) (zkcommit.Draw, bool, error) {
	h, ok := c.chance[d.Block]
	d.Beacon, d.Source = h, "a test"
	return d, ok, c.err
}

// TestDrawsFollowAnchors: nothing is drawn before its anchor is on the chain and the
// chance after it is there; no anchor loses its draw, and each has one.
func TestDrawsFollowAnchors(t *testing.T) {
	b, c := &book{}, &chain{chance: map[uint64]graph.Hash{}}
	s := &Sampler{Promises: b, Anchors: c, Beacon: c}
	step := func(want int, say string) {
		t.Helper()
		if n, err := s.Step(t.Context()); n != want || err != nil {
			t.Errorf("%s: %d draws, %v, want %d", say, n, err, want)
		}
	}
	step(0, "no anchor")
	c.newest = Anchor{Size: 10, Root: graph.Hash{1}, Block: 5}
	step(0, "no chance yet")
	c.newest = Anchor{Size: 20, Root: graph.Hash{2}, Block: 7}
	if err := s.Note(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.newest = Anchor{Size: 30, Root: graph.Hash{3}, Block: 9}
	c.chance[7] = graph.Hash{7}
	step(0, "the first waits, so the second does")
	c.chance[5] = graph.Hash{5}
	step(2, "both are there")
	step(0, "all is drawn")
	c.chance[9] = graph.Hash{9}
	step(1, "the third")
	want := []zkcommit.Draw{{Size: 10, Root: graph.Hash{1}, Block: 5, Beacon: graph.Hash{5}, Source: "a test"},
		{Size: 20, Root: graph.Hash{2}, Block: 7, Beacon: graph.Hash{7}, Source: "a test"},
		{Size: 30, Root: graph.Hash{3}, Block: 9, Beacon: graph.Hash{9}, Source: "a test"}}
	if !slices.Equal(b.drawn, want) {
		t.Errorf("drawn: %+v", b.drawn)
	}
	c.err = errors.New("the chain is away")
	if _, err := s.Step(t.Context()); err == nil {
		t.Error("a chain that is away is not told")
	}
}

// stuck is a beacon that never answers.
type stuck struct{ chain }

func (*stuck) Chance(ctx context.Context, d zkcommit.Draw) (zkcommit.Draw, bool, error) {
	<-ctx.Done()
	return d, false, ctx.Err()
}

// A beacon that does not answer keeps draws waiting, and nothing else.
func TestSilentBeaconsDelayNothing(t *testing.T) {
	b, w := &book{}, &wall{}
	s := house(b, w, Terms{})
	silent := &stuck{chain{newest: Anchor{Size: 1}}}
	s.Sampler = &Sampler{Promises: b, Anchors: silent, Beacon: silent}
	b.add(row(t, model, "latest", 0, 3))
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- s.Run(ctx) }()
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if _, ok := w.take(); ok {
			break
		}
		if time.Now().After(end) {
			t.Fatal("no job is put up while the beacon is silent")
		}
	}
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestDrawIsFair: the draw depends on the chance, the root and the run, and picks
// as many as the rate says.
func TestDrawIsFair(t *testing.T) {
	d := zkcommit.Draw{Size: 4096, Root: graph.Hash{1}, Beacon: graph.Hash{2}}
	picked := func(d zkcommit.Draw, rate uint32) (out []uint64) {
		for seq := range uint64(20_000) {
			if d.Drawn(seq, rate) {
				out = append(out, seq)
			}
		}
		return out
	}
	for rate, want := range map[uint32][2]int{0: {0, 0}, 1: {0, 12}, 2_500: {4_700, 5_300}, 9_999: {19_985, 20_000}, 10_000: {20_000, 20_000}} {
		if n := len(picked(d, rate)); n < want[0] || n > want[1] {
			t.Errorf("at a rate of %d of 10,000, %d of 20,000 runs are drawn", rate, n)
		}
	}
	base := picked(d, 1_000)
	for what, other := range map[string]zkcommit.Draw{"beacon": {Size: 4096, Root: graph.Hash{1}, Beacon: graph.Hash{3}},
		"root": {Size: 4096, Root: graph.Hash{2}, Beacon: graph.Hash{2}}, "size": {Size: 4097, Root: graph.Hash{1}, Beacon: graph.Hash{2}},
		"lane": {Lane: 1, Size: 4096, Root: graph.Hash{1}, Beacon: graph.Hash{2}}} {
		same := 0
		for _, seq := range picked(other, 1_000) {
			if _, ok := slices.BinarySearch(base, seq); ok {
				same++
			}
		}
		if same > 280 {
			t.Errorf("another %s draws %d of the same runs, want about 200", what, same)
		}
	}
	for _, seq := range base { // who is drawn at a rate is drawn at a higher one
		if !d.Drawn(seq, 2_000) {
			t.Errorf("run %d is drawn at a tenth and not at a fifth", seq)
		}
	}
}

// What is proved twice is another draw than what is proved, at its own rate, and fair.
func TestCrossesAreDrawnApart(t *testing.T) {
	d := zkcommit.Draw{Size: 4096, Root: graph.Hash{1}, Beacon: graph.Hash{2}}
	both, crossed := 0, 0
	for seq := range uint64(20_000) {
		if d.Crossed(seq, 1_000) {
			crossed++
			if d.Drawn(seq, 1_000) {
				both++
			}
			if !d.Crossed(seq, 2_000) {
				t.Errorf("run %d is drawn at a tenth and not at a fifth", seq)
			}
		}
	}
	if crossed < 1_800 || crossed > 2_200 || both > 280 {
		t.Errorf("%d of 20,000 runs are drawn to be proved twice at a tenth, %d of them are drawn to be proved at a tenth", crossed, both)
	}
}

// An announcement is read back from its bytes, in both versions, and nothing else is.
func TestEpochsAreRead(t *testing.T) {
	genesis, node := graph.Hash{7}, graph.Address{8}
	for _, e := range []zkcommit.Epoch{
		{Mode: zkcommit.ProveAll, Rate: zkcommit.WholeRate, Due: 600},
		{Lane: 3, First: 512, Mode: zkcommit.ProveSampled, Rate: 77, Due: 1, Network: graph.Hash{9}},
		{First: 256, Mode: zkcommit.ProveAsked, Due: 60, Network: graph.Hash{9}, Cross: 10},
	} {
		raw := e.Bytes(1337, genesis, node)
		if got, err := zkcommit.ParseEpoch(raw, 1337, genesis, node); err != nil || got != e {
			t.Errorf("%+v is read as %+v, %v", e, got, err)
		}
		for i := range raw {
			bad := slices.Clone(raw)
			bad[i] ^= 0x80
			if got, err := zkcommit.ParseEpoch(bad, 1337, genesis, node); err == nil && got == e {
				t.Errorf("byte %d is not read", i)
			}
			if _, err := zkcommit.ParseEpoch(raw[:i], 1337, genesis, node); err == nil {
				t.Errorf("%d of %d bytes are read", i, len(raw))
			}
		}
		if _, err := zkcommit.ParseEpoch(append(slices.Clone(raw), 0), 1337, genesis, node); err == nil {
			t.Error("a longer entry is read")
		}
		if _, err := zkcommit.ParseEpoch(raw, 1338, genesis, node); err == nil {
			t.Error("an entry of another chain is read")
		}
	}
	for what, bad := range map[string]zkcommit.Epoch{
		"without a beacon": {Mode: zkcommit.ProveAll, Rate: zkcommit.WholeRate, Due: 60, Cross: 1},
		"without proofs":   {Mode: zkcommit.ProveOff, Due: 60, Cross: 1, Network: graph.Hash{9}},
		"beyond all":       {Mode: zkcommit.ProveAll, Rate: zkcommit.WholeRate, Due: 60, Cross: zkcommit.WholeRate + 1, Network: graph.Hash{9}},
	} {
		if bad.Check() == nil {
			t.Errorf("runs are proved twice %s", what)
		}
	}
}
