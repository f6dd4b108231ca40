package circuit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"math/big"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/circuit/verifier"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	groth16bn254 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	frontendcs "github.com/consensys/gnark/frontend/cs"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"pgregory.net/rapid"
)

// pin is what a circuit is.
type pin struct {
	Circuit     string `json:"circuit"`
	Constraints int    `json:"constraints"`
	Hash        string `json:"hash"` // of the constraint system
}

// A change of these makes keys useless: raise the circuits' versions with it.
func TestPinned(t *testing.T) {
	const path = "testdata/circuits.json"
	r, err := digestSystem()
	if err != nil {
		t.Fatal(err)
	}
	got := []pin{{ID, r.GetNbConstraints(), hashOf(r)}}
	for _, s := range []zkcommit.Shape{tiny, zkcommit.Provable, {Inputs: 64, Hidden: [2]int{64, 32}, Shift: [2]uint{9, 8}}, {Inputs: 448, Hidden: [2]int{64}, Shift: [2]uint{12}}} {
		r, err := registrationSystem(s)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, pin{verifier.Registration(s).ID, r.GetNbConstraints(), hashOf(r)})
	}
	if *update {
		b, err := json.MarshalIndent(got, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, append(b, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var want []pin
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the circuits are %+v, not those of %s", got, path)
	}
	if s := zkcommit.Provable; s.Hidden[0] != hidden || s.Shift[0] != shift {
		t.Errorf("the digest circuit is for another shape than %s", s)
	}
}

// Every public input has a wire on the left of a constraint where it stands
// alone, or a proof could be moved to another run.
func TestPublicInputsCount(t *testing.T) {
	alone := func(b bugs) (found [1 + 3]bool) {
		for _, c := range compile(t, b).GetR1Cs() {
			if len(c.L) == 1 && c.L[0].WireID() < len(found) && slices.Equal(c.L, c.R) {
				found[c.L[0].WireID()] = true
			}
		}
		return found
	}
	real := alone(bugs{})
	for i, ok := range real[1:] {
		if !ok {
			t.Errorf("public input %d has no weight of its own", i)
		}
	}
	if alone(bugs{noBind: true})[3] {
		t.Error("the test does not see that Bind is unused")
	}
}

func TestProve(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for _, n := range []int{1, 2, 63, 64} {
		ids, rows := randomPosts(r, n)
		s := ranked(t, randomModel(r), ids, rows)
		p, err := digestKeys().Prove(context.Background(), s.st, s.model, s.salt)
		if err != nil {
			t.Fatalf("%d posts: %v", n, err)
		}
		if err := Verify(digestKeys().VerifyingKey(), s.st, p); err != nil {
			t.Fatalf("%d posts: %v", n, err)
		}
		if err := gnarkVerify(t, s.st, p); err != nil {
			t.Fatalf("%d posts: gnark disagrees: %v", n, err)
		}
		if n == 2 {
			testTampering(t, s, p)
			testHiding(t, s, p)
		}
	}
}

// testHiding sees that a second proof of the statement shares no point with the
// first: one that were a function of the secrets alone could be guessed at.
func testHiding(t *testing.T, s sample, p zkcommit.Proof) {
	again, err := digestKeys().Prove(context.Background(), s.st, s.model, s.salt)
	if err != nil {
		t.Fatal(err)
	}
	a, err := verifier.ParseProof(p.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	b, err := verifier.ParseProof(again.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	if a.A == b.A || a.B == b.B || a.C == b.C || a.Commitment == b.Commitment || a.Known == b.Known {
		t.Error("two proofs of one statement share a point")
	}
}

// gnarkVerify asks gnark's own verifier.
func gnarkVerify(t *testing.T, st zkcommit.Statement, p zkcommit.Proof) error {
	t.Helper()
	public, err := verifier.Public(p.Key, st)
	if err != nil {
		return err
	}
	return gnarkCheck(t, public, p)
}

// gnarkCheck takes the public inputs as they come, as the contract does.
func gnarkCheck(t *testing.T, public [3]fr.Element, p zkcommit.Proof) error {
	t.Helper()
	k, err := verifier.Digest.ParseKey(digestKeys().VerifyingKey())
	if err != nil {
		t.Fatal(err)
	}
	vk := &groth16bn254.VerifyingKey{CommitmentKeys: []pedersen.VerifyingKey{{G: k.G, GSigmaNeg: k.SigmaNeg}}, PublicAndCommitmentCommitted: [][]int{{}}}
	vk.G1.Alpha, vk.G1.K = k.Alpha, k.K[:]
	vk.G2.Beta, vk.G2.Gamma, vk.G2.Delta = k.Beta, k.Gamma, k.Delta
	if err := vk.Precompute(); err != nil {
		t.Fatal(err)
	}
	d, err := verifier.ParseProof(p.Bytes)
	if err != nil {
		return err
	}
	return groth16bn254.Verify(&groth16bn254.Proof{Ar: d.A, Bs: d.B, Krs: d.C, Commitments: []bn254.G1Affine{d.Commitment}, CommitmentPok: d.Known}, vk, fr.Vector(public[:]))
}

// testTampering changes everything that Verify is given.
func testTampering(t *testing.T, s sample, p zkcommit.Proof) {
	key := digestKeys().VerifyingKey()
	refuse := func(name string, key []byte, st zkcommit.Statement, p zkcommit.Proof) {
		t.Helper()
		if Verify(key, st, p) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	flip := func(b []byte, i int) []byte { c := bytes.Clone(b); c[i] ^= 1; return c }
	for i := range s.st.Run { // every byte of the run, so every field
		st := s.st
		st.Run = flip(st.Run, i)
		refuse("run byte", key, st, p)
	}
	for name, change := range map[string]func(st *zkcommit.Statement){
		"no run":          func(st *zkcommit.Statement) { st.Run = nil },
		"a longer run":    func(st *zkcommit.Statement) { st.Run = append(bytes.Clone(st.Run), 0) },
		"ranking salt":    func(st *zkcommit.Statement) { st.RankingSalt[31] ^= 1 },
		"commitment":      func(st *zkcommit.Statement) { st.Commitment[31] ^= 1 },
		"order":           func(st *zkcommit.Statement) { slices.Reverse(st.Ranked); slices.Reverse(st.Rows) },
		"rows":            func(st *zkcommit.Statement) { slices.Reverse(st.Rows) },
		"ids":             func(st *zkcommit.Statement) { slices.Reverse(st.Ranked) },
		"another post":    func(st *zkcommit.Statement) { st.Ranked[0].Block += 100 },
		"a feature":       func(st *zkcommit.Statement) { st.Rows[1][63] ^= 1 },
		"one post":        func(st *zkcommit.Statement) { st.Ranked, st.Rows = st.Ranked[:1], st.Rows[:1] },
		"no post":         func(st *zkcommit.Statement) { st.Ranked, st.Rows = nil, nil },
		"a row too many":  func(st *zkcommit.Statement) { st.Rows = append(st.Rows, make([]int8, inputs)) },
		"a post repeated": func(st *zkcommit.Statement) { st.Ranked[1] = st.Ranked[0] },
	} {
		// As sent, and with the digests of a run that fits what was changed.
		c := sample{model: s.model, salt: s.salt, st: s.st}
		c.st.Ranked, c.st.Rows = slices.Clone(s.st.Ranked), copied(s.st.Rows)
		change(&c.st)
		refuse(name, key, c.st, p)
		if len(c.st.Rows) == len(c.st.Ranked) && len(c.st.Rows) > 0 && c.st.Ranked[0] != c.st.Ranked[len(c.st.Ranked)-1] && len(c.st.Run) == zkcommit.RunSize {
			c.seal(t)
			refuse(name+", run resealed", key, c.st, p)
		}
	}
	for name, change := range map[string]func(p *zkcommit.Proof){
		"version": func(p *zkcommit.Proof) { p.Version = "candor/digest-groth16/v2" }, "kind": func(p *zkcommit.Proof) { p.Kind = "" },
		"key": func(p *zkcommit.Proof) { p.Key[0] ^= 1 }, "no bytes": func(p *zkcommit.Proof) { p.Bytes = nil },
		"a byte less": func(p *zkcommit.Proof) { p.Bytes = p.Bytes[1:] }, "a byte more": func(p *zkcommit.Proof) { p.Bytes = append(bytes.Clone(p.Bytes), 0) },
		"zeros": func(p *zkcommit.Proof) { p.Bytes = make([]byte, verifier.ProofSize) },
		"infinity": func(p *zkcommit.Proof) {
			p.Bytes = bytes.Clone(p.Bytes)
			copy(p.Bytes, append([]byte{0x40}, make([]byte, 31)...))
		},
		"another commitment": func(p *zkcommit.Proof) {
			d, _ := verifier.ParseProof(p.Bytes)
			d.Commitment, d.Known = d.A, d.C
			p.Bytes = d.Bytes()
		},
		"a point negated": func(p *zkcommit.Proof) {
			d, _ := verifier.ParseProof(p.Bytes)
			d.C.Neg(&d.C)
			p.Bytes = d.Bytes()
		},
	} {
		q := p
		change(&q)
		refuse("proof: "+name, key, s.st, q)
	}
	for i := range p.Bytes {
		q := p
		q.Bytes = flip(p.Bytes, i)
		refuse("proof byte", key, s.st, q)
	}
	for i := range key {
		bad := flip(key, i)
		refuse("key byte", bad, s.st, p)
		q := p
		q.Key = zkcommit.KeyHash(ID, true, bad)
		refuse("key byte, hash too", bad, s.st, q)
	}
	if err := gnarkVerify(t, s.st, p); err != nil {
		t.Errorf("the proof itself was changed: %v", err)
	}
}

// Prove refuses what is not true with a reason.
func TestProveRefuses(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	ids, rows := randomPosts(r, 5)
	m := randomModel(r)
	good := ranked(t, m, ids, rows)
	slices.Reverse(ids)
	slices.Reverse(rows)
	order := zkcommit.Statement{}
	{
		is, xs := slices.Clone(good.st.Ranked), copied(good.st.Rows)
		slices.Reverse(is)
		slices.Reverse(xs)
		order = claimed(t, m, is, xs).st
	}
	done, cancel := context.WithCancel(context.Background())
	cancel()
	for _, x := range []struct {
		name string
		ctx  context.Context
		st   zkcommit.Statement
		m    *zkcommit.Model
		salt zkcommit.Salt
		want string
	}{
		{"wrong order", context.Background(), order, m, good.salt, "order"},
		{"another model", context.Background(), good.st, randomModel(r), good.salt, "commitment"},
		{"another salt", context.Background(), good.st, m, zkcommit.Salt{}, "commitment"},
		{"no run", context.Background(), zkcommit.Statement{}, m, good.salt, "no run"},
		{"cancelled", done, good.st, m, good.salt, "canceled"},
	} {
		if _, err := digestKeys().Prove(x.ctx, x.st, x.m, x.salt); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: got %v, want something about %q", x.name, err, x.want)
		}
	}
}

// The circuit accepts whatever the evaluator ranks: ties, saturation, extremes.
func TestComplete(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	ids, rows := randomPosts(r, 64)
	extreme := emptyModel()
	for i := range extreme.Layers[0].Weights {
		extreme.Layers[0].Weights[i] = int8(-128 + 255*(i/inputs%2))
	}
	for j := range extreme.Layers[1].Weights {
		extreme.Layers[1].Weights[j], extreme.Layers[0].Bias[j] = -128, -32768
	}
	extreme.Layers[1].Bias[0] = -32768
	for k := range rows[0] {
		rows[0][k], rows[1][k] = -128, 127
	}
	for name, m := range map[string]*zkcommit.Model{"all tied": emptyModel(), "extreme": extreme} {
		s := ranked(t, m, ids, rows)
		if err := solve(t, bugs{}, s.witness(t)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		r := rand.New(rand.NewSource(rapid.Int64().Draw(rt, "seed")))
		ids, rows := randomPosts(r, rapid.IntRange(1, 64).Draw(rt, "posts"))
		m := randomModel(r)
		if rapid.Bool().Draw(rt, "many ties") {
			for j := range m.Layers[1].Weights {
				m.Layers[1].Weights[j] = 0
			}
			m.Layers[1].Weights[0] = 1
		}
		s := ranked(t, m, ids, rows)
		if err := solve(t, bugs{}, s.witness(t)); err != nil {
			rt.Fatal(err)
		}
	})
}

// compiled keeps the circuits with planted faults.
var compiled = map[bugs]*cs.R1CS{}

func compile(t testing.TB, b bugs) *cs.R1CS {
	t.Helper()
	if compiled[b] == nil {
		c, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &runOrder{bugs: b})
		if err != nil {
			t.Fatal(err)
		}
		compiled[b] = c.(*cs.R1CS)
	}
	return compiled[b]
}

// solve says whether the witness satisfies the circuit with the faults.
func solve(t testing.TB, b bugs, w *runOrder, o ...solver.Option) error {
	t.Helper()
	return satisfy(t, compile(t, b), w, o...)
}

// satisfy solves a system. The challenge is a hash of what is committed, as in a
// proof.
func satisfy(t testing.TB, r *cs.R1CS, w frontend.Circuit, o ...solver.Option) error {
	t.Helper()
	solver.RegisterHint(countHint, bytesHint)
	full, err := frontend.NewWitness(w, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	challenge := func(_ *big.Int, in, out []*big.Int) error {
		h := sha256.New()
		for _, v := range in {
			h.Write(v.FillBytes(make([]byte, 32)))
		}
		out[0].SetBytes(h.Sum(nil)[:31])
		return nil
	}
	o = append(o, solver.OverrideHint(solver.GetHintID(frontendcs.Bsb22CommitmentComputePlaceholder), challenge))
	_, err = r.Solve(full, o...)
	return err
}

// Keys are made once, and made again when the file is damaged.
func TestCache(t *testing.T) {
	made := 0
	digestKeys()
	again := func(k *keyPair) error {
		made++
		k.proving, k.verifying = digestKeys().proving, digestKeys().verifying
		return nil
	}
	files, err := filepath.Glob(filepath.Join(keysDir, "run-order-*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("the keys' folder holds %v, %v", files, err)
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "new")
	path := filepath.Join(dir, filepath.Base(files[0]))
	for _, x := range []struct {
		name string
		file []byte
		made int
	}{
		{"no file", nil, 1}, {"a good file", b, 0}, {"an empty file", []byte{}, 1}, {"a cut file", b[:len(b)/2], 1},
		{"a changed byte", append(append(bytes.Clone(b[:5000]), b[5000]^1), b[5001:]...), 1},
	} {
		made = 0
		if x.file != nil {
			if err := os.WriteFile(path, x.file, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		var said []string
		k, err := developmentKeys(dir, func(s string) { said = append(said, s) }, again)
		if err != nil || made != x.made || k.Hash() != digestKeys().Hash() {
			t.Errorf("%s: made %d, want %d: %v", x.name, made, x.made, err)
		}
		if damaged := x.made == 1 && x.file != nil; damaged != strings.Contains(strings.Join(said, "\n"), "unusable") {
			t.Errorf("%s: progress said %q", x.name, said)
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, b) {
			t.Errorf("%s: the file is not whole again: %v", x.name, err)
		}
	}
	s := ranked(t, emptyModel(), []graph.PostID{{Block: 2}, {Block: 1}}, zkcommit.RowsOf(make([]graph.FeatureVector, 2)))
	k, err := DevelopmentKeys(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Prove(context.Background(), s.st, s.model, s.salt); err != nil {
		t.Errorf("keys from the file do not prove: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".keys-*")); err != nil || len(left) > 0 {
		t.Errorf("temporary files stay: %v, %v", left, err)
	}
}

func BenchmarkProve(b *testing.B) {
	r := rand.New(rand.NewSource(1))
	ids, rows := randomPosts(r, 64)
	s := ranked(b, randomModel(r), ids, rows)
	for b.Loop() {
		if _, err := digestKeys().Prove(context.Background(), s.st, s.model, s.salt); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	r := rand.New(rand.NewSource(1))
	ids, rows := randomPosts(r, 64)
	s := ranked(b, randomModel(r), ids, rows)
	p, err := digestKeys().Prove(context.Background(), s.st, s.model, s.salt)
	if err != nil {
		b.Fatal(err)
	}
	key := digestKeys().VerifyingKey()
	for b.Loop() {
		if err := Verify(key, s.st, p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := DevelopmentKeys(keysDir, nil); err != nil {
			b.Fatal(err)
		}
	}
}
