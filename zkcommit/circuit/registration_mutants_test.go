package circuit

import (
	"bytes"
	"math/big"
	"math/rand"
	"runtime"
	"slices"
	"testing"

	"candor/graph"
	"candor/internal/torture"
	"candor/zkcommit"
	"candor/zkcommit/circuit/verifier"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// spellings are other bytes for the same number: the modulus added, as often as
// 32 bytes hold it.
func plusModulus(b []byte, modulus *big.Int) bool {
	v := new(big.Int).SetBytes(b)
	if v.Add(v, modulus).BitLen() > 256 {
		return false
	}
	v.FillBytes(b)
	return true
}

// mutants of a registration, given those of other models and of the same. Each
// changes the bytes, or there is nothing to refuse.
type mutant struct {
	name   string
	change func(r *rand.Rand, m *zkcommit.Registration, others []*zkcommit.Registration)
}

// points changes the points of the Groth16 proof.
func points(change func(r *rand.Rand, p *verifier.Proof, other *verifier.Proof)) func(*rand.Rand, *zkcommit.Registration, []*zkcommit.Registration) {
	return func(r *rand.Rand, m *zkcommit.Registration, others []*zkcommit.Registration) {
		p, err := verifier.ParseProof(m.Proof)
		if err != nil {
			panic(err)
		}
		o, err := verifier.ParseProof(others[r.Intn(len(others))].Proof)
		if err != nil {
			panic(err)
		}
		change(r, p, o)
		m.Proof = p.Bytes()
	}
}

func ones(p *verifier.Proof) []*bn254.G1Affine {
	return []*bn254.G1Affine{&p.A, &p.C, &p.Commitment, &p.Known}
}

// pointMutants is how many of the mutants concern the Groth16 proof's points alone.
const pointMutants = 8

var mutants = []mutant{
	{"a point moved", points(func(r *rand.Rand, p, _ *verifier.Proof) {
		_, _, g, _ := bn254.Generators()
		q := ones(p)[r.Intn(4)]
		q.Add(q, &g)
	})},
	{"a point negated", points(func(r *rand.Rand, p, _ *verifier.Proof) {
		if i := r.Intn(5); i < 4 {
			q := ones(p)[i]
			q.Neg(q)
		} else {
			p.B.Neg(&p.B)
		}
	})},
	{"a point multiplied", points(func(r *rand.Rand, p, _ *verifier.Proof) {
		x := big.NewInt(int64(2 + r.Intn(1000)))
		if i := r.Intn(5); i < 4 {
			q := ones(p)[i]
			q.ScalarMultiplication(q, x)
		} else {
			p.B.ScalarMultiplication(&p.B, x)
		}
	})},
	{"points swapped", points(func(r *rand.Rand, p, _ *verifier.Proof) {
		i := r.Intn(4)
		a, b := ones(p)[i], ones(p)[(i+1+r.Intn(3))%4]
		*a, *b = *b, *a
	})},
	{"a point of another proof", points(func(r *rand.Rand, p, o *verifier.Proof) {
		if i := r.Intn(5); i < 4 {
			*ones(p)[i] = *ones(o)[i]
		} else {
			p.B = o.B
		}
	})},
	{"a commitment with its knowledge of another proof", points(func(_ *rand.Rand, p, o *verifier.Proof) {
		p.Commitment, p.Known = o.Commitment, o.Known
	})},
	{"a commitment multiplied with its knowledge", points(func(r *rand.Rand, p, _ *verifier.Proof) {
		x := big.NewInt(int64(2 + r.Intn(1000)))
		p.Commitment.ScalarMultiplication(&p.Commitment, x)
		p.Known.ScalarMultiplication(&p.Known, x)
	})},
	{"the commitment moved into C", points(func(_ *rand.Rand, p, _ *verifier.Proof) {
		p.C.Add(&p.C, &p.Commitment)
		p.Commitment, p.Known = p.Known, p.Commitment
	})},
	{"a part of another registration", func(r *rand.Rand, m *zkcommit.Registration, others []*zkcommit.Registration) {
		o := others[r.Intn(len(others)-1)] // the last is a second one of the same model
		switch r.Intn(6) {
		case 0:
			m.Proof = o.Proof
		case 1:
			m.Link = o.Link
		case 2:
			m.Weights = o.Weights
		case 3:
			m.Commitment = o.Commitment
		case 4:
			m.Link, m.Proof = o.Link, o.Proof
		default:
			m.Weights, m.Link = o.Weights, o.Link
		}
	}},
	{"a row of the weight commitment", func(r *rand.Rand, m *zkcommit.Registration, others []*zkcommit.Registration) {
		i := 32 * r.Intn(len(m.Weights)/32)
		o := others[r.Intn(len(others))]
		if j := 32 * r.Intn(len(m.Weights)/32); i != j && r.Intn(2) == 0 {
			a, b := bytes.Clone(m.Weights[i:i+32]), bytes.Clone(m.Weights[j:j+32])
			copy(m.Weights[i:], b)
			copy(m.Weights[j:], a)
		} else if r.Intn(2) == 0 {
			m.Weights[i] ^= 0x40 // the negative
		} else {
			copy(m.Weights[i:i+32], o.Weights[i:])
		}
	}},
	{"a number of the link", func(r *rand.Rand, m *zkcommit.Registration, _ []*zkcommit.Registration) {
		n := r.Intn((len(m.Link) - 16) / 32)
		b := m.Link[16+32*n : 48+32*n]
		var x, d fr.Element
		if x.SetBytesCanonical(b) != nil { // its point
			b[0] ^= 0x40
			return
		}
		d.SetBigInt(new(big.Int).Rand(r, fr.Modulus()))
		if r.Intn(2) == 0 {
			d.SetOne()
		}
		x.Add(&x, &d)
		v := x.Bytes()
		copy(b, v[:])
	}},
	{"a number beyond the modulus", func(r *rand.Rand, m *zkcommit.Registration, _ []*zkcommit.Registration) {
		for {
			switch r.Intn(4) {
			case 0:
				if plusModulus(m.Commitment[:], fr.Modulus()) {
					return
				}
			case 1:
				n := r.Intn((len(m.Link) - 16) / 32)
				if plusModulus(m.Link[16+32*n:48+32*n], fr.Modulus()) {
					return
				}
			case 2: // x of a point, its flags aside
				b := m.Weights[32*r.Intn(len(m.Weights)/32):][:32]
				flags := b[0] & 0xc0
				b[0] &= 0x3f
				fits := plusModulus(b, fp.Modulus()) && b[0]&0xc0 == 0
				if !fits {
					v := new(big.Int).SetBytes(b)
					if b[0]&0xc0 != 0 {
						v.Sub(v, fp.Modulus()).FillBytes(b)
					}
				}
				b[0] |= flags
				if fits {
					return
				}
			default:
				b := m.Proof[32*[]int{0, 3, 4, 5}[r.Intn(4)]:][:32]
				flags := b[0] & 0xc0
				b[0] &= 0x3f
				fits := plusModulus(b, fp.Modulus()) && b[0]&0xc0 == 0
				if !fits && b[0]&0xc0 != 0 {
					v := new(big.Int).SetBytes(b)
					v.Sub(v, fp.Modulus()).FillBytes(b)
				}
				b[0] |= flags
				if fits {
					return
				}
			}
		}
	}},
	{"a word", func(r *rand.Rand, m *zkcommit.Registration, _ []*zkcommit.Registration) {
		part := [][]byte{m.Schema[:], m.Commitment[:], m.Key[:], m.Weights, m.Link, m.Proof}[r.Intn(6)]
		i := r.Intn(len(part) / 4)
		copy(part[4*i:], [][]byte{{0, 0, 0, 0}, {0xff, 0xff, 0xff, 0xff}, {0x80, 0, 0, 1}, {0x40, 0, 0, 0}}[r.Intn(4)])
	}},
	{"a bit", func(r *rand.Rand, m *zkcommit.Registration, _ []*zkcommit.Registration) {
		part := [][]byte{m.Schema[:], m.Commitment[:], m.Key[:], m.Weights, m.Link, m.Proof}[r.Intn(6)]
		part[r.Intn(len(part))] ^= 1 << r.Intn(8)
	}},
	{"the shape", func(r *rand.Rand, m *zkcommit.Registration, _ []*zkcommit.Registration) {
		switch r.Intn(3) {
		case 0:
			m.Shape.Shift[0] ^= 1
		case 1:
			m.Shape.Inputs--
		default:
			m.Shape.Inputs, m.Shape.Hidden[0] = 3, 5
		}
	}},
	{"the schema", func(r *rand.Rand, m *zkcommit.Registration, _ []*zkcommit.Registration) {
		m.Schema = graph.Hash{byte(r.Intn(256)), 200}
	}},
	{"the key's name", func(_ *rand.Rand, m *zkcommit.Registration, _ []*zkcommit.Registration) {
		k, err := tinyKeys()
		if err != nil {
			panic(err)
		}
		m.Key = zkcommit.KeyHash(ID, true, k.verifying) // that of another circuit with the same bytes
	}},
}

// No registration that was changed anywhere is accepted: neither a part, nor parts
// of another model's, of the same model's with another salt, or of a second proof.
func TestRegistrationMutants(t *testing.T) {
	seed := torture.Seed(t)
	r := rand.New(rand.NewSource(int64(seed)))
	x := newRegistered(t, 21)
	var others []*zkcommit.Registration
	for _, o := range []*registered{newRegistered(t, 22), newRegistered(t, 23), resalted(t, 21), newRegistered(t, 21)} {
		others = append(others, o.reg)
	}
	if err := accepted(t, x.reg); err != nil {
		t.Fatal(err)
	}
	told := map[string]int{}
	for n := range torture.Count(150, 20000) {
		m := *x.reg
		m.Weights, m.Link, m.Proof = bytes.Clone(m.Weights), bytes.Clone(m.Link), bytes.Clone(m.Proof)
		k := mutants[n%len(mutants)]
		k.change(r, &m, others)
		if bytes.Equal(m.Bytes(), x.reg.Bytes()) {
			continue
		}
		if accepted(t, &m) == nil {
			t.Errorf("number %d: %s: accepted", n, k.name)
		}
		told[k.name]++
		if d, err := verifier.ParseProof(m.Proof); err == nil && n%5 == 0 && !bytes.Equal(m.Proof, x.reg.Proof) && bytes.Equal(d.Bytes(), m.Proof) {
			// gnark's own verifier must not see more in it.
			if gnarkRegistered(t, &m, x.alpha, x.value) == nil {
				t.Errorf("number %d: %s: gnark accepts", n, k.name)
			}
		}
	}
	if len(told) != len(mutants) {
		t.Errorf("only these mutants were tried: %v", told)
	}
	if t.Failed() {
		return
	}
	torture.Say(t, "mutants of registrations, none accepted: %v", told)
}

// resalted is the same model under another salt.
func resalted(t testing.TB, seed int64) *registered {
	t.Helper()
	x := newRegistered(t, seed)
	return registerModel(t, x.model, zkcommit.NewSalt([32]byte{4, 4}))
}

// Any bytes may come as a registration: none ends the process, none takes much
// memory, none is accepted.
func TestFuzzedRegistrations(t *testing.T) {
	seed := torture.Seed(t)
	r := rand.New(rand.NewSource(int64(seed)))
	good := newRegistered(t, 31).reg.Bytes()
	n := torture.Count(500, 100000)
	var most, before, after uint64
	allocated := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.TotalAlloc
	}
	parsed := 0
	for i := range n {
		b := slices.Clone(good)
		for range 1 + r.Intn(4) {
			switch at := r.Intn(len(b)); r.Intn(5) {
			case 0:
				b[at] = byte(r.Uint32())
			case 1:
				b[r.Intn(min(len(b), 60))] = byte(r.Uint32()) // magic and shape
			case 2:
				b = b[:at+1]
			case 3:
				b = slices.Insert(b, at, byte(r.Uint32()))
			default:
				copy(b[at:], b[r.Intn(len(b)):])
			}
		}
		if bytes.Equal(b, good) {
			continue
		}
		if i%7 == 0 {
			before = allocated()
		}
		m, err := zkcommit.ParseRegistration(b)
		if err == nil {
			parsed++
			if !bytes.Equal(m.Bytes(), b) {
				t.Errorf("number %d: a registration has a second spelling", i)
			}
			if accepted(t, m) == nil {
				t.Errorf("number %d: accepted", i)
			}
		}
		if i%7 == 0 {
			after = allocated()
			most = max(most, after-before)
		}
	}
	if parsed < n/20 || most > 64<<20 {
		t.Errorf("%d of %d were read, the most that one allocated is %d bytes", parsed, n, most)
	}
	if t.Failed() {
		return
	}
	torture.Say(t, "%d fuzzed registrations, %d of them read, none accepted; the most memory for one: %d KiB", n, parsed, most>>10)
}
