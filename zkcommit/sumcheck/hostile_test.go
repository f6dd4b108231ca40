package sumcheck

import (
	"errors"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"candor/graph"
	"candor/internal/torture"
)

// allocated is what f allocates, in bytes.
func allocated(f func()) uint64 {
	var a, b runtime.MemStats
	runtime.ReadMemStats(&a)
	f()
	runtime.ReadMemStats(&b)
	return b.TotalAlloc - a.TotalAlloc
}

// Any bytes may come as a proof: none of them ends the process, none takes much
// memory, none is accepted.
func TestFuzzedProofs(t *testing.T) {
	seed := torture.Seed(t)
	n := torture.Count(300, 100000)
	r := rand.New(rand.NewPCG(seed, 0))
	w := newWorld(t, seed, shallow, 4)
	true := w.prove(t)
	most := uint64(0)
	for i := range n {
		b := slices.Clone(true)
		switch r.IntN(5) {
		case 0: // some bytes
			for range 1 + r.IntN(40) {
				b[r.IntN(len(b))] = byte(r.Uint32())
			}
		case 1: // one bit
			b[r.IntN(len(b))] ^= 1 << r.IntN(8)
		case 2: // noise of the right length behind the right magic
			for k := len(magic); k < len(b); k++ {
				b[k] = byte(r.Uint32())
			}
		case 3: // any length
			b = b[:r.IntN(len(b))]
		default: // a stretch from elsewhere
			k := 1 + r.IntN(2000)
			copy(b[r.IntN(len(b)-k):], true[r.IntN(len(b)-k):][:k])
		}
		if slices.Equal(b, true) {
			continue
		}
		var err error
		most = max(most, allocated(func() { err = Verify(w.s, w.r, b) }))
		if err == nil || errors.Is(err, errFault) {
			t.Fatalf("number %d: %v", i, err)
		}
	}
	if most > 64<<20 {
		t.Errorf("a proof of %d bytes took %d bytes of memory", len(true), most)
	}
	huge := make([]byte, 200<<20)
	copy(huge, true)
	if used := allocated(func() { _ = Verify(w.s, w.r, huge) }); used > 1<<20 {
		t.Errorf("a proof of %d bytes took %d bytes of memory", len(huge), used)
	}
	torture.Say(t, "%d fuzzed proofs refused, %d KiB of memory at most", n, most>>10)
}

func FuzzVerify(f *testing.F) {
	w := newWorld(f, 1, shallow, 4)
	proof := w.prove(f)
	f.Add(proof)
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := Verify(w.s, w.r, b); err == nil && !slices.Equal(b, proof) || errors.Is(err, errFault) {
			t.Errorf("accepted or failed: %v", err)
		}
	})
}

// The group equations are checked one by one: what is wrong in one of them is not
// made good by another.
func TestEquationsDoNotCancel(t *testing.T) {
	w := newWorld(t, 8, shallow, 3)
	for i := range 3 {
		made, err := prove(w.s, w.r, w.w, lies{sigma: func(p *proof) {
			at := []*point{&p.maskPad, &p.maskOpened, &p.square}
			d := shared.first(8)[5]
			at[i].Add(at[i], &d)
			at[(i+1)%3].Sub(at[(i+1)%3], &d)
		}})
		if err != nil {
			t.Fatal(err)
		}
		if err := Verify(w.s, w.r, made.encode()); err != errRefused {
			t.Errorf("equations %d and %d cancel: %v", i, (i+1)%3, err)
		}
	}
}

// A panic on any goroutine is the caller's, and a public function's error.
func TestFaultsStayInside(t *testing.T) {
	for _, at := range []int{0, 99} {
		err := func() (err error) {
			defer recovered(&err)
			parallel(100, 1, func(lo, hi int) {
				if lo <= at && at < hi {
					panic("planted")
				}
			})
			return nil
		}()
		if !errors.Is(err, errFault) {
			t.Errorf("a panic at %d: %v", at, err)
		}
	}
}

type registrar struct {
	err          error
	alpha, value F
}

func (r *registrar) Registered(_ graph.Hash, _ Shape, alpha, value F) error {
	r.alpha, r.value = alpha, value
	return r.err
}

// A secret model registers through its link: the commitment's value at alpha is
// shown, and nothing else about it is told.
func TestLink(t *testing.T) {
	for _, s := range []Shape{shallow, twofold, small} {
		w := newWorld(t, 4, s, 3)
		id := w.r.id
		link, err := w.w.Link(id)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseLink(s, link.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		yes := &registrar{}
		r, err := Register(id, s, w.w.Commitment(), again, yes)
		if err != nil {
			t.Fatal(err)
		}
		if r.digest != w.r.digest {
			t.Error("registered as another model than by its opening")
		}
		if err := Verify(w.s, r, w.prove(t)); err != nil {
			t.Error(err)
		}
		// The value is the entries' polynomial, the mask among them.
		want, x := F{}, one
		for i, v := range w.w.rows.cells {
			entry := integer(int64(v))
			if i == w.w.rows.odd[0].at {
				entry = w.w.mask
			}
			want, x = add(want, mul(x, entry)), mul(x, yes.alpha)
		}
		if !want.Equal(&yes.value) {
			t.Error("the value is not that of the weights at alpha")
		}
		for name, spoil := range map[string]func(l *Link, c []byte) (graph.Hash, Shape, []byte){
			"value":  func(l *Link, c []byte) (graph.Hash, Shape, []byte) { l.Value.Add(&l.Value, &one); return id, s, c },
			"masked": func(l *Link, c []byte) (graph.Hash, Shape, []byte) { l.proof.masked.SetOne(); return id, s, c },
			"blind":  func(l *Link, c []byte) (graph.Hash, Shape, []byte) { l.proof.blind.SetOne(); return id, s, c },
			"answer": func(l *Link, c []byte) (graph.Hash, Shape, []byte) { l.proof.answer[1].SetOne(); return id, s, c },
			"short": func(l *Link, c []byte) (graph.Hash, Shape, []byte) {
				l.proof.answer = l.proof.answer[1:]
				return id, s, c
			},
			"mask": func(l *Link, c []byte) (graph.Hash, Shape, []byte) { l.proof.mask = shared.blind(); return id, s, c },
			"id":   func(l *Link, c []byte) (graph.Hash, Shape, []byte) { return graph.Hash{9}, s, c },
			"shape": func(l *Link, c []byte) (graph.Hash, Shape, []byte) {
				o := s
				o.Shift[0]++
				return id, o, c
			},
			"rows":  func(l *Link, c []byte) (graph.Hash, Shape, []byte) { copy(c, c[32:64]); return id, s, c },
			"fewer": func(l *Link, c []byte) (graph.Hash, Shape, []byte) { return id, s, c[32:] },
			"point": func(l *Link, c []byte) (graph.Hash, Shape, []byte) { c[0] ^= 0x80; return id, s, c },
		} {
			l, err := ParseLink(s, link.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			i, sh, c := spoil(l, w.w.Commitment())
			if _, err := Register(i, sh, c, l, yes); err == nil || errors.Is(err, errFault) {
				t.Errorf("%s: registered: %v", name, err)
			}
		}
		no := &registrar{err: errors.New("no such registration")}
		if _, err := Register(id, s, w.w.Commitment(), link, no); !errors.Is(err, no.err) {
			t.Errorf("registered against the registrar: %v", err)
		}
		if _, err := Register(id, s, w.w.Commitment(), link, nil); err == nil {
			t.Error("registered without a registrar")
		}
		b := link.Bytes()
		for _, bad := range [][]byte{nil, b[:len(b)-1], append(slices.Clone(b), 0), append([]byte("x"), b[1:]...), slices.Concat(b[:16], slices.Repeat([]byte{0xff}, len(b)-16))} {
			if _, err := ParseLink(s, bad); err == nil {
				t.Errorf("%d bytes are a link", len(bad))
			}
		}
		other, _ := register(t, w.model)
		if _, alpha := linkTranscript(id, s, other.c); alpha.Equal(&yes.alpha) {
			t.Error("alpha is the same for another commitment")
		}
		second, err := w.w.Link(id)
		if err != nil {
			t.Fatal(err)
		}
		if second.proof.mask == link.proof.mask || !second.Value.Equal(&link.Value) {
			t.Error("a link's mask is used twice, or its value is another")
		}
	}
}

// A commitment registers from its opening only when that is a model: 8-bit
// weights, 16-bit biases, nothing beside them. Any other number anywhere could
// prove any order.
func TestOnlyRangedWeightsRegister(t *testing.T) {
	seed := torture.Seed(t)
	r := rand.New(rand.NewPCG(seed, 0))
	for i := range torture.Count(40, 1000) {
		w := newWorld(t, seed, []Shape{shallow, twofold}[i%2], 2)
		at := r.IntN(len(w.w.rows.cells))
		if at == w.w.rows.odd[0].at {
			continue // the mask may be any number
		}
		d := []F{integer(256), integer(-256), integer(1), randomElement(r)}[r.IntN(4)]
		w.w.rows.odd = append(w.w.rows.odd, oddCell{at, d})
		w.w.c = w.w.rows.commit()
		if _, err := RegisterOpened(w.r.id, w.w); err == nil || errors.Is(err, errFault) {
			t.Errorf("number %d: entry %d is off, and registered: %v", i, at, err)
		}
	}
	w := newWorld(t, seed, shallow, 2)
	w.w.c = w.w.c[:len(w.w.c)-1]
	if _, err := RegisterOpened(w.r.id, w.w); err == nil {
		t.Error("a row fewer is registered")
	}
	if _, err := RegisterOpened(w.r.id, nil); err == nil {
		t.Error("nothing is registered")
	}
	if _, err := RegisterOpened(w.r.id, &Weights{}); err == nil {
		t.Error("empty weights are registered")
	}
}
