package prover

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"candor/graph"
	"candor/zkcommit"

	"pgregory.net/rapid"
)

// TestOrder: whatever waits, three of four jobs are the most urgent, in the order
// that the package says, and the fourth is the oldest; so nothing waits for ever.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 30).Draw(t, "waiting")
		ws := make([]zkcommit.Waiting, n)
		for i := range ws {
			ws[i].Number = uint64(i + 1)
			if rapid.IntRange(0, 3).Draw(t, "asked") == 0 {
				ws[i].Asked = rapid.Uint64Range(1, 1000).Draw(t, "order")*100 + uint64(i)
			}
			if rapid.IntRange(0, 2).Draw(t, "drawn") == 0 {
				ws[i].Due = rapid.Uint64Range(1, 50).Draw(t, "due")
			}
		}
		shuffled := rapid.Permutation(ws).Draw(t, "ledger's order")
		turn := rapid.Uint64Range(0, 7).Draw(t, "turn")
		before := turn
		k := rapid.IntRange(0, 40).Draw(t, "places")
		got := pick(shuffled, k, &turn)
		if len(got) != min(k, n) || turn != before+uint64(len(got)) {
			t.Fatalf("%d of %d waiting for %d places, turn %d to %d", len(got), n, k, before, turn)
		}
		left := map[uint64]zkcommit.Waiting{}
		for _, w := range ws {
			left[w.Number] = w
		}
		for i, g := range got {
			if _, ok := left[g.Number]; !ok {
				t.Fatalf("run %d is picked twice", g.Number)
			}
			oldest := (before+uint64(i)+1)%4 == 0
			for _, w := range left {
				if oldest && w.Number < g.Number {
					t.Fatalf("job %d should be the oldest, %d, and is %d", i, w.Number, g.Number)
				}
				if !oldest && sooner(w, g) {
					t.Fatalf("job %d is %+v before %+v", i, g, w)
				}
			}
			delete(left, g.Number)
		}
	})
}

// sooner is the order in plain words.
func sooner(a, b zkcommit.Waiting) bool {
	switch {
	case a.Asked != 0 || b.Asked != 0:
		return a.Asked != 0 && (b.Asked == 0 || a.Asked < b.Asked)
	case a.Due != b.Due:
		return a.Due != 0 && (b.Due == 0 || a.Due < b.Due)
	}
	return a.Number > b.Number
}

// TestNothingIsLost: runs come, are asked for and fall due; workers are honest, lie,
// hang, answer twice and for other runs; messages are lost, the board is wiped and
// the node is killed. Whatever happens, no false proof is kept, no proof is kept
// twice, no run is in two hands, each ranker has its few places; and in the end an
// honest worker proves every run that was not given up by the rules.
func TestNothingIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		b, w := &book{}, &wall{most: 6}
		clock := time.Unix(1_700_000_000, 0)
		terms := Terms{Lease: 30 * time.Second, Leases: 3}
		var s *Service
		start := func() {
			s = house(b, w, terms)
			s.now = func() time.Time { return clock }
		}
		start()
		models := []graph.Hash{{1}, {2}}
		type held struct {
			job   Job
			grant Grant
			name  string
			until time.Time
		}
		var hands []held
		live := map[graph.Hash]held{} // leases that nobody gave back
		proofs := map[graph.Hash][]byte{}
		kept := map[graph.Hash]int{}
		b.settle = func(id graph.Hash) {
			if e := b.entry(id); e.state == zkcommit.Pending {
				kept[id]++
			}
		}
		sweep := func() {
			w.gone = w.gone && rapid.Bool().Draw(t, "the board stays away")
			if _, err := s.Sweep(ctx); err != nil && !w.gone {
				t.Fatal(err)
			}
			on := map[string]int{}
			for _, j := range s.jobs {
				if j.lease == (graph.Hash{}) {
					on[j.Ranker]++
				}
			}
			for r, n := range on {
				if n > 4 {
					t.Fatalf("ranker %s has %d places on the board", r, n)
				}
			}
		}
		take := func(name string) {
			j, ok := w.take()
			if !ok {
				return
			}
			g, err := s.Lease(ctx, j.Commitment, j.Run, name)
			if err != nil {
				t.Fatal(err)
			}
			if g.Standing != Go {
				return // the message is lost
			}
			if h, ok := live[j.Run]; ok && !clock.After(h.until) {
				t.Fatalf("run %s is in two hands", j.Run)
			}
			in := 0
			for _, o := range s.jobs {
				if o.st.Commitment == j.Commitment && o.lease != (graph.Hash{}) {
					in++
				}
			}
			if in > terms.Leases {
				t.Fatalf("%d jobs of one ranker are in work", in)
			}
			live[j.Run] = held{j, g, name, clock.Add(g.For)}
			hands = append(hands, live[j.Run])
		}
		answer := func(i int, spoil func(*Answer)) {
			h := hands[i]
			st := h.grant.Statement
			p, _ := maker{}.Prove(ctx, st)
			raw, _ := p.Encode()
			a := Answer{Lease: h.grant.Lease, Run: h.job.Run, Worker: h.name, Proof: raw}
			spoil(&a)
			if l := live[a.Run]; l.grant.Lease == a.Lease && l.name == a.Worker {
				delete(live, a.Run)
			}
			if _, err := s.Answer(ctx, h.job.Commitment, a); err != nil {
				t.Fatal(err)
			}
		}
		check := func() {
			for _, e := range b.rows {
				if e.state == zkcommit.Proven {
					p, err := zkcommit.ParseProof(e.proof)
					if err != nil {
						t.Fatal(err)
					}
					st, _ := StatementOf(&e.row)
					if (maker{}).Check(ctx, st, *p) != nil {
						t.Fatalf("run %d has a false proof", e.row.Seq)
					}
					if old := proofs[e.ID]; old != nil && !bytes.Equal(old, e.proof) {
						t.Fatalf("run %d changes its proof", e.row.Seq)
					}
					proofs[e.ID] = e.proof
				}
				if kept[e.ID] > 1 {
					t.Fatalf("run %d was settled %d times", e.row.Seq, kept[e.ID])
				}
			}
		}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch what := rapid.IntRange(0, 13).Draw(t, "what"); what {
			case 0, 1:
				m := rapid.SampledFrom(models).Draw(t, "model")
				if len(b.rows) < 25 {
					b.add(row(t, m, fmt.Sprint("ranker", m[0]), uint64(len(b.rows)), 2))
				}
			case 2:
				if len(b.rows) > 0 {
					rapid.SampledFrom(b.rows).Draw(t, "asked").Asked = uint64(len(b.rows))
				}
			case 3, 4, 5:
				sweep()
			case 6, 7:
				take(rapid.SampledFrom([]string{"honest", "odd"}).Draw(t, "worker"))
			case 8, 9:
				if len(hands) > 0 {
					answer(rapid.IntRange(0, len(hands)-1).Draw(t, "hand"), func(*Answer) {})
				}
			case 10:
				if len(hands) > 1 {
					i, k := rapid.IntRange(0, len(hands)-1).Draw(t, "hand"), rapid.IntRange(0, len(hands)-1).Draw(t, "other")
					answer(i, rapid.SampledFrom([]func(*Answer){
						func(a *Answer) { a.Proof = []byte("{}") },
						func(a *Answer) { a.Run = hands[k].job.Run },
						func(a *Answer) { a.Lease = hands[k].grant.Lease },
						func(a *Answer) { a.Proof, a.Stopped = nil, true },
						func(a *Answer) { a.Proof, a.Reason = nil, "no luck" },
					}).Draw(t, "spoilt"))
				}
			case 11:
				clock = clock.Add(time.Duration(rapid.IntRange(1, 100).Draw(t, "seconds")) * time.Second)
			case 12:
				w.jobs, w.gone = nil, rapid.Bool().Draw(t, "gone") // wiped
			case 13:
				live = map[graph.Hash]held{}
				start() // killed: the board and the hands outlive it
			}
			check()
		}
		// An honest worker, and time.
		w.gone = false
		for range 400 {
			clock = clock.Add(10 * time.Second)
			if _, err := s.Sweep(ctx); err != nil {
				t.Fatal(err)
			}
			for range 8 {
				hands = nil
				if take("honest2"); len(hands) == 1 {
					answer(0, func(*Answer) {})
				}
			}
			check()
			if !slices.ContainsFunc(b.rows, func(e *entry) bool { return e.state == zkcommit.Pending }) {
				break
			}
		}
		for _, e := range b.rows {
			switch {
			case e.state == zkcommit.Proven:
			case e.state == zkcommit.Failed && e.Fails >= 3:
			default:
				t.Fatalf("run %d is %q after %d tries and %d failures: %s", e.row.Seq, e.state, e.Tries, e.Fails, e.reason)
			}
		}
	})
}
