package circuit

import (
	"bytes"
	"context"
	"math/big"
	"math/rand"
	"testing"

	"candor/internal/torture"
	"candor/zkcommit"
	"candor/zkcommit/circuit/verifier"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
)

// hostile is another number than v: off by a byte, by a fraction, by a power of two,
// by anything; or, where v is a byte, -1.
func hostile(t testing.TB, r *rand.Rand, v frontend.Variable) fr.Element {
	t.Helper()
	e := numbers(t, v)[0]
	var d fr.Element
	switch r.Intn(6) {
	case 0:
		d.SetInt64(256)
	case 1:
		d.SetInt64(-256)
	case 2: // a fraction
		d.SetInt64(int64(2 + r.Intn(255)))
		d.Inverse(&d)
	case 3:
		d.SetBigInt(new(big.Int).Lsh(big.NewInt(1), uint(8+r.Intn(245))))
	case 4:
		d.SetInt64(-1 - int64(e.Uint64()&255))
	default:
		d.SetBigInt(new(big.Int).Rand(r, fr.Modulus()))
	}
	if d.IsZero() {
		d.SetOne()
	}
	return *d.Add(&d, &e)
}

// families are the parts of a dispute proof's witness. Each gives one number to lie
// about.
var families = map[string]func(r *rand.Rand, w *runOrder) *frontend.Variable{
	"weights of the hidden layer": func(r *rand.Rand, w *runOrder) *frontend.Variable { return &w.Body[r.Intn(inputs*hidden)] },
	"biases":                      func(r *rand.Rand, w *runOrder) *frontend.Variable { return &w.Body[inputs*hidden+r.Intn(2*hidden)] },
	"weights of the output":       func(r *rand.Rand, w *runOrder) *frontend.Variable { return &w.Body[w2At+r.Intn(hidden)] },
	"the output's bias":           func(r *rand.Rand, w *runOrder) *frontend.Variable { return &w.Body[w2At+hidden+r.Intn(2)] },
	"features":                    func(r *rand.Rand, w *runOrder) *frontend.Variable { return &w.Feature[r.Intn(posts)][r.Intn(inputs)] },
	"activations":                 func(r *rand.Rand, w *runOrder) *frontend.Variable { return &w.Act[r.Intn(posts)][r.Intn(hidden)] },
	"remainders":                  func(r *rand.Rand, w *runOrder) *frontend.Variable { return &w.Rem[r.Intn(posts)][r.Intn(hidden)] },
	"quotients above": func(r *rand.Rand, w *runOrder) *frontend.Variable {
		return &w.Over[r.Intn(posts)][r.Intn(hidden)][r.Intn(2)]
	},
	"quotients below": func(r *rand.Rand, w *runOrder) *frontend.Variable {
		return &w.Under[r.Intn(posts)][r.Intn(hidden)][r.Intn(2)]
	},
	"active ranks":       func(r *rand.Rand, w *runOrder) *frontend.Variable { return &w.Active[r.Intn(posts)] },
	"ties":               func(r *rand.Rand, w *runOrder) *frontend.Variable { return &w.Step[r.Intn(posts-1)] },
	"the count of posts": func(_ *rand.Rand, w *runOrder) *frontend.Variable { return &w.N },
	"both salts": func(r *rand.Rand, w *runOrder) *frontend.Variable {
		return []*frontend.Variable{&w.Salt, &w.Ranking[0], &w.Ranking[1]}[r.Intn(3)]
	},
	"what is public but the bind": func(r *rand.Rand, w *runOrder) *frontend.Variable {
		return []*frontend.Variable{&w.Rows, &w.Tag}[r.Intn(2)]
	},
	"multiplicities": nil, // hints
	"limbs":          nil,
}

// A prover that lies in any one number of its witness finds no proof; nor does one
// that moves what it took to a second number of the same family.
func TestLyingDisputes(t *testing.T) {
	seed := torture.Seed(t)
	r := rand.New(rand.NewSource(int64(seed)))
	ids, rows := randomPosts(r, 40)
	s := ranked(t, randomModel(r), ids, rows)
	honest := s.witness(t)
	if err := solve(t, bugs{}, honest); err != nil {
		t.Fatal(err)
	}
	each := torture.Count(3, 1000)
	for name, pick := range families {
		for n := range each {
			w := *honest
			var options []solver.Option
			switch {
			case pick != nil:
				v := pick(r, &w)
				before := numbers(t, *v)[0]
				*v = hostile(t, r, *v)
				if o := pick(r, &w); n%2 == 1 && o != v {
					moved := numbers(t, *v, *o)
					moved[1].Add(&moved[1], before.Sub(&before, &moved[0]))
					*o = moved[1]
				}
			case name == "limbs":
				at, d := r.Intn(2*posts-1), hostile(t, r, 0) // of as many hints
				options = append(options, solver.OverrideHint(solver.GetHintID(bytesHint), func(m *big.Int, in, out []*big.Int) error {
					if err := bytesHint(m, in, out); err != nil || at < 0 {
						return err
					}
					if at--; at < 0 { // some of one limb in another
						x := d.BigInt(new(big.Int))
						out[1].Sub(out[1], x).Mod(out[1], m)
						out[0].Add(out[0], x.Lsh(x, 8)).Mod(out[0], m)
					}
					return nil
				}))
				options = append(options, solver.WithNbTasks(1))
			default:
				at, d := r.Intn(64), hostile(t, r, 0)
				options = append(options, solver.OverrideHint(solver.GetHintID(countHint), func(m *big.Int, in, out []*big.Int) error {
					if err := countHint(m, in, out); err != nil {
						return err
					}
					out[at].Add(out[at], d.BigInt(new(big.Int))).Mod(out[at], m)
					return nil
				}))
			}
			if solve(t, bugs{}, &w, options...) == nil {
				t.Errorf("%s, number %d: the lie is accepted", name, n)
			}
		}
	}
	if t.Failed() {
		return
	}
	torture.Say(t, "%d lies in each of %d families of a dispute proof's witness, none accepted", each, len(families))
}

// No dispute proof that was changed is accepted, whatever valid points it is put
// together from, nor a true one for another run.
func TestDisputeMutants(t *testing.T) {
	seed := torture.Seed(t)
	r := rand.New(rand.NewSource(int64(seed)))
	prove := func(n int, like *sample) (sample, zkcommit.Proof) {
		s := sample{}
		if like != nil {
			s = *like
		} else {
			ids, rows := randomPosts(r, n)
			s = ranked(t, randomModel(r), ids, rows)
		}
		p, err := digestKeys().Prove(context.Background(), s.st, s.model, s.salt)
		if err != nil {
			t.Fatal(err)
		}
		return s, p
	}
	s, p := prove(3, nil)
	_, again := prove(0, &s)
	_, other := prove(2, nil)
	key := digestKeys().VerifyingKey()
	wrap := func(p zkcommit.Proof) *zkcommit.Registration {
		return &zkcommit.Registration{Proof: bytes.Clone(p.Bytes)}
	}
	others := []*zkcommit.Registration{wrap(again), wrap(other)}
	told := 0
	for n := range torture.Count(60, 10000) {
		m, k := wrap(p), mutants[n%pointMutants]
		k.change(r, m, others)
		if bytes.Equal(m.Proof, p.Bytes) {
			continue
		}
		told++
		q := p
		q.Bytes = m.Proof
		if Verify(key, s.st, q) == nil {
			t.Errorf("number %d: %s: accepted", n, k.name)
		}
		if d, err := verifier.ParseProof(m.Proof); err == nil && n%5 == 0 && bytes.Equal(d.Bytes(), m.Proof) && gnarkVerify(t, s.st, q) == nil {
			t.Errorf("number %d: %s: gnark accepts", n, k.name)
		}
	}
	for name, change := range map[string]func(run *zkcommit.Run){
		"chain": func(run *zkcommit.Run) { run.ChainID++ }, "node": func(run *zkcommit.Run) { run.Node[0]++ }, "number": func(run *zkcommit.Run) { run.Seq++ },
		"registry": func(run *zkcommit.Run) { run.Registry[3]++ }, "viewer": func(run *zkcommit.Run) { run.Viewer[0]++ }, "genesis": func(run *zkcommit.Run) { run.Genesis[1]++ },
		"schema": func(run *zkcommit.Run) { run.FeatureSchema[1]++ }, "block": func(run *zkcommit.Run) { run.Block++ },
	} {
		run, err := zkcommit.ParseRun(s.st.Run)
		if err != nil {
			t.Fatal(err)
		}
		change(run)
		st := s.st
		st.Run = run.Bytes()
		if Verify(key, st, p) == nil {
			t.Errorf("the proof holds for a run of another %s", name)
		}
	}
	if t.Failed() {
		return
	}
	torture.Say(t, "%d mutants of dispute proofs, none accepted", told)
}
