package sumcheck

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"candor/graph"
	"candor/internal/torture"
	"candor/zkcommit"
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

func (r *registrar) Registered(_ *zkcommit.Registration, alpha, value F) error {
	r.alpha, r.value = alpha, value
	return r.err
}

// A secret model registers through its link: the commitment's value at alpha is
// shown, and nothing else about it is told.
func TestLink(t *testing.T) {
	for _, s := range []Shape{shallow, twofold, small} {
		w := newWorld(t, 4, s, 3)
		draft, alpha, err := w.w.Registration()
		if err != nil {
			t.Fatal(err)
		}
		draft.Proof = make([]byte, zkcommit.RegistrationProof)
		yes := &registrar{}
		r, err := Register(draft, yes)
		if err != nil {
			t.Fatal(err)
		}
		if r.digest != w.r.digest || r.Schema() != schema || r.ID() != w.w.ID() {
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
		if got := w.model.ValueAt(alpha, w.w.mask); !want.Equal(&yes.value) || !want.Equal(&got) || alpha != yes.alpha {
			t.Error("the value is not that of the weights at alpha")
		}
		link, err := ParseLink(s, draft.Link)
		if err != nil {
			t.Fatal(err)
		}
		for name, spoil := range map[string]func(l *Link, r *zkcommit.Registration){
			"value":  func(l *Link, _ *zkcommit.Registration) { l.Value.Add(&l.Value, &one) },
			"masked": func(l *Link, _ *zkcommit.Registration) { l.proof.masked.SetOne() },
			"blind":  func(l *Link, _ *zkcommit.Registration) { l.proof.blind.SetOne() },
			"answer": func(l *Link, _ *zkcommit.Registration) { l.proof.answer[1].SetOne() },
			"short":  func(l *Link, _ *zkcommit.Registration) { l.proof.answer = l.proof.answer[1:] },
			"mask":   func(l *Link, _ *zkcommit.Registration) { l.proof.mask = shared.blind() },
			"id":     func(_ *Link, r *zkcommit.Registration) { r.Commitment = graph.Hash{9} },
			"shift":  func(_ *Link, r *zkcommit.Registration) { r.Shape.Shift[0]++ },
			"inputs": func(_ *Link, r *zkcommit.Registration) { r.Shape.Inputs-- },
			"units":  func(_ *Link, r *zkcommit.Registration) { r.Shape.Hidden[0]-- },
			"rows":   func(_ *Link, r *zkcommit.Registration) { copy(r.Weights, r.Weights[32:64]) },
			"fewer":  func(_ *Link, r *zkcommit.Registration) { r.Weights = r.Weights[32:] },
			"point":  func(_ *Link, r *zkcommit.Registration) { r.Weights[0] ^= 0x80 },
			"proof":  func(_ *Link, r *zkcommit.Registration) { r.Proof = r.Proof[1:] },
		} {
			l, err := ParseLink(s, draft.Link)
			if err != nil {
				t.Fatal(err)
			}
			bad := *draft
			bad.Weights = slices.Clone(draft.Weights)
			spoil(l, &bad)
			bad.Link = l.Bytes()
			if _, err := Register(&bad, yes); err == nil || errors.Is(err, errFault) {
				t.Errorf("%s: registered: %v", name, err)
			}
		}
		no := &registrar{err: errors.New("no such registration")}
		if _, err := Register(draft, no); !errors.Is(err, no.err) {
			t.Errorf("registered against the registrar: %v", err)
		}
		if _, err := Register(draft, nil); err == nil {
			t.Error("registered without a registrar")
		}
		if _, err := Register(nil, yes); err == nil {
			t.Error("nothing is registered")
		}
		b := link.Bytes()
		for _, bad := range [][]byte{nil, b[:len(b)-1], append(slices.Clone(b), 0), append([]byte("x"), b[1:]...), slices.Concat(b[:16], slices.Repeat([]byte{0xff}, len(b)-16))} {
			if _, err := ParseLink(s, bad); err == nil {
				t.Errorf("%d bytes are a link", len(bad))
			}
		}
		other, err := NewWeights(w.model, schema, zkcommit.NewSalt([32]byte{2}))
		if err != nil {
			t.Fatal(err)
		}
		if _, after := linkTranscript(w.r.id, s, other.c); after.Equal(&alpha) {
			t.Error("alpha is the same for another commitment")
		}
		second, err := w.w.Link()
		if err != nil {
			t.Fatal(err)
		}
		if second.proof.mask == link.proof.mask || !second.Value.Equal(&link.Value) {
			t.Error("a link's mask is used twice, or its value is another")
		}
	}
}

// A model has one weight commitment: a second one, under the same mask, would give a
// second value, and two values are an equation between weights. Salt, schema and
// weights each give another mask and other blinds.
func TestWeightCommitmentIsFixed(t *testing.T) {
	m := randomModel(rand.New(rand.NewPCG(1, 1)), shallow)
	weights := func(m *Model, schema graph.Hash, salt byte) *Weights {
		t.Helper()
		w, err := NewWeights(m, schema, zkcommit.NewSalt([32]byte{1, salt}))
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	w := weights(m, schema, 0)
	if !bytes.Equal(w.Commitment(), weights(m, schema, 0).Commitment()) {
		t.Error("a model has two weight commitments")
	}
	changed := randomModel(rand.New(rand.NewPCG(1, 1)), shallow)
	changed.Layers[0].Weights[0]++
	for name, o := range map[string]*Weights{"salt": weights(m, schema, 1), "schema": weights(m, graph.Hash{}, 0), "weight": weights(changed, schema, 0)} {
		if o.mask == w.mask {
			t.Errorf("another %s, and the same mask", name)
		}
		for i := range o.c {
			if o.c[i] == w.c[i] {
				t.Errorf("another %s, and the same commitment to row %d", name, i)
			}
		}
	}
	if mask, err := zkcommit.Mask(zkcommit.NewSalt([32]byte{1}), w.id); err != nil || mask != w.mask {
		t.Errorf("the mask is not the commitment's: %v", err)
	}
	if _, err := NewWeights(m, schema, zkcommit.Salt(slices.Repeat([]byte{0xff}, 32))); err == nil {
		t.Error("a salt above the modulus has weights")
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
		if _, err := RegisterOpened(w.w); err == nil || errors.Is(err, errFault) {
			t.Errorf("number %d: entry %d is off, and registered: %v", i, at, err)
		}
	}
	w := newWorld(t, seed, shallow, 2)
	w.w.c = w.w.c[:len(w.w.c)-1]
	if _, err := RegisterOpened(w.w); err == nil {
		t.Error("a row fewer is registered")
	}
	if _, err := RegisterOpened(nil); err == nil {
		t.Error("nothing is registered")
	}
	if _, err := RegisterOpened(&Weights{}); err == nil {
		t.Error("empty weights are registered")
	}
}
