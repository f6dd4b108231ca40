package circuit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/big"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/circuit/verifier"
	"candor/zkcommit/sumcheck"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	groth16bn254 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/ethereum/go-ethereum/common/hexutil"
)

var (
	tiny    = zkcommit.Shape{Inputs: 4, Hidden: [2]int{4}, Shift: [2]uint{6}}
	twofold = zkcommit.Shape{Inputs: 3, Hidden: [2]int{5, 2}, Shift: [2]uint{6, 7}}
)

// tinyKeys are made once for the whole binary.
var tinyKeys = sync.OnceValues(func() (*RegistrationKeys, error) {
	return DevelopmentRegistrationKeys(keysDir, tiny, nil)
})

func filledModel(r *rand.Rand, s zkcommit.Shape) *zkcommit.Model {
	m := zkcommit.NewModel(s)
	for _, l := range m.Layers {
		for i := range l.Weights {
			l.Weights[i] = int8(r.Uint32())
		}
		for i := range l.Bias {
			l.Bias[i] = int16(r.Uint32())
		}
	}
	return m
}

// registered is a model with its registration.
type registered struct {
	model   *zkcommit.Model
	salt    zkcommit.Salt
	weights *sumcheck.Weights
	reg     *zkcommit.Registration
	alpha   fr.Element
	value   fr.Element
}

func newRegistered(t testing.TB, seed int64) *registered {
	t.Helper()
	return registerModel(t, filledModel(rand.New(rand.NewSource(seed)), tiny), zkcommit.NewSalt([32]byte{3, byte(seed)}))
}

func registerModel(t testing.TB, m *zkcommit.Model, salt zkcommit.Salt) *registered {
	t.Helper()
	k, err := tinyKeys()
	if err != nil {
		t.Fatal(err)
	}
	x := &registered{model: m, salt: salt}
	if x.weights, err = sumcheck.NewWeights(x.model, schema, x.salt); err != nil {
		t.Fatal(err)
	}
	if x.reg, x.alpha, err = x.weights.Registration(); err != nil {
		t.Fatal(err)
	}
	if err := k.Register(context.Background(), x.reg, x.alpha, x.model, x.salt); err != nil {
		t.Fatal(err)
	}
	mask, err := zkcommit.Mask(x.salt, x.reg.Commitment)
	if err != nil {
		t.Fatal(err)
	}
	x.value = x.model.ValueAt(x.alpha, mask)
	return x
}

// accepted says what Register says to the registration under the tiny keys.
func accepted(t testing.TB, r *zkcommit.Registration) error {
	t.Helper()
	k, err := tinyKeys()
	if err != nil {
		t.Fatal(err)
	}
	_, err = sumcheck.Register(r, verifier.Registrar{Key: k.verifying})
	return err
}

// A registration, read from its bytes, gives the model that its opening gives, and
// gnark's own verifier agrees.
func TestRegister(t *testing.T) {
	x := newRegistered(t, 1)
	k, err := tinyKeys()
	if err != nil {
		t.Fatal(err)
	}
	again, err := zkcommit.ParseRegistration(x.reg.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	model, err := sumcheck.Register(again, verifier.Registrar{Key: k.VerifyingKey()})
	if err != nil {
		t.Fatal(err)
	}
	opened, err := sumcheck.RegisterOpened(x.weights)
	if err != nil {
		t.Fatal(err)
	}
	rows := []int8{1, 2, 3, 4}
	st := &sumcheck.Statement{Kind: sumcheck.Order, Run: &zkcommit.Run{Commitment: model.ID(), Shape: tiny.ID(), FeatureSchema: schema}, Posts: []graph.PostID{{Block: 1}}, Rows: rows}
	proof, err := sumcheck.Prove(st, opened, x.weights)
	if err != nil {
		t.Fatal(err)
	}
	if err := sumcheck.Verify(st, model, proof); err != nil {
		t.Errorf("a proof under the opened model does not hold for the registered one: %v", err)
	}
	if err := gnarkRegistered(t, x.reg, x.alpha, x.value); err != nil {
		t.Errorf("gnark refuses: %v", err)
	}
	var one = fr.One()
	var other fr.Element
	other.Add(&x.value, &one)
	if gnarkRegistered(t, x.reg, x.alpha, other) == nil {
		t.Error("gnark accepts another value")
	}
	second := newRegistered(t, 1)
	if !bytes.Equal(second.reg.Weights, x.reg.Weights) {
		t.Error("a second registration has another weight commitment")
	}
	for at := 0; at < len(x.reg.Proof); at += 32 {
		if bytes.Equal(x.reg.Proof[at:at+32], second.reg.Proof[at:at+32]) {
			t.Errorf("two proofs of one registration share the 32 bytes at %d", at)
		}
	}
}

// gnarkRegistered asks gnark's own verifier.
func gnarkRegistered(t testing.TB, r *zkcommit.Registration, alpha, value fr.Element) error {
	t.Helper()
	keys, err := tinyKeys()
	if err != nil {
		t.Fatal(err)
	}
	k, err := verifier.Registration(r.Shape).ParseKey(keys.VerifyingKey())
	if err != nil {
		t.Fatal(err)
	}
	d, err := verifier.ParseProof(r.Proof)
	if err != nil {
		return err
	}
	id := fr.Element{}
	if err := id.SetBytesCanonical(r.Commitment[:]); err != nil {
		return err
	}
	vk := &groth16bn254.VerifyingKey{CommitmentKeys: []pedersen.VerifyingKey{{G: k.G, GSigmaNeg: k.SigmaNeg}}, PublicAndCommitmentCommitted: [][]int{{}}}
	vk.G1.Alpha, vk.G1.K = k.Alpha, k.K
	vk.G2.Beta, vk.G2.Gamma, vk.G2.Delta = k.Beta, k.Gamma, k.Delta
	if err := vk.Precompute(); err != nil {
		t.Fatal(err)
	}
	return groth16bn254.Verify(&groth16bn254.Proof{Ar: d.A, Bs: d.B, Krs: d.C, Commitments: []bn254.G1Affine{d.Commitment}, CommitmentPok: d.Known}, vk,
		fr.Vector{id, zkcommit.ModelTag(r.Shape, r.Schema), alpha, value})
}

// Register refuses what is not so with a reason.
func TestRegisterRefuses(t *testing.T) {
	x := newRegistered(t, 2)
	k, err := tinyKeys()
	if err != nil {
		t.Fatal(err)
	}
	spoilt := *k // another verifying key: what it makes is not let out
	key, err := verifier.Registration(tiny).ParseKey(k.verifying)
	if err != nil {
		t.Fatal(err)
	}
	key.K[1], key.K[2] = key.K[2], key.K[1]
	spoilt.verifying = key.Bytes()
	if err := spoilt.Register(context.Background(), &zkcommit.Registration{Shape: tiny, Schema: schema, Commitment: x.reg.Commitment}, x.alpha, x.model, x.salt); !errors.Is(err, verifier.ErrRegistration) {
		t.Errorf("a proof that does not verify is let out: %v", err)
	}
	done, cancel := context.WithCancel(context.Background())
	cancel()
	other := filledModel(rand.New(rand.NewSource(9)), tiny)
	for _, c := range []struct {
		name   string
		ctx    context.Context
		schema graph.Hash
		m      *zkcommit.Model
		salt   zkcommit.Salt
		want   string
	}{
		{"another model", context.Background(), schema, other, x.salt, "open the commitment"},
		{"another salt", context.Background(), schema, x.model, zkcommit.Salt{}, "open the commitment"},
		{"another schema", context.Background(), graph.Hash{}, x.model, x.salt, "open the commitment"},
		{"another shape", context.Background(), schema, filledModel(rand.New(rand.NewSource(1)), twofold), x.salt, "4x4x1"},
		{"no salt", context.Background(), schema, x.model, zkcommit.Salt(slices.Repeat([]byte{0xff}, 32)), "salt"},
		{"cancelled", done, schema, x.model, x.salt, "canceled"},
	} {
		r := *x.reg
		r.Schema = c.schema
		if err := k.Register(c.ctx, &r, x.alpha, c.m, c.salt); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want something about %q", c.name, err, c.want)
		}
	}
}

// A ceremony's keys have another name than development keys of the same bytes, and
// nobody takes one for the other.
func TestCeremonyKeysAreNamedSo(t *testing.T) {
	k, err := tinyKeys()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "sealed.keys")
	n, err := ByName(k.Circuit())
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Save(path, k.proving, k.verifying); err != nil {
		t.Fatal(err)
	}
	sealed, err := CeremonyRegistrationKeys(path, tiny)
	if err != nil {
		t.Fatal(err)
	}
	if sealed.Development() || !k.Development() || sealed.Hash() == k.Hash() || sealed.Hash() != zkcommit.KeyHash(k.Circuit(), false, k.verifying) {
		t.Error("a ceremony's keys are named like development keys")
	}
	x := newRegistered(t, 5)
	if err := sealed.Register(context.Background(), x.reg, x.alpha, x.model, x.salt); err != nil || x.reg.Key != sealed.Hash() {
		t.Errorf("a ceremony's keys do not register under their name: %v", err)
	}
	for _, bad := range []string{filepath.Join(t.TempDir(), "none"), os.DevNull} {
		if _, err := CeremonyRegistrationKeys(bad, tiny); err == nil {
			t.Errorf("%s holds keys", bad)
		}
	}
	if _, err := CeremonyRegistrationKeys(path, twofold); err == nil {
		t.Error("keys of another circuit are read")
	}
	if _, err := CeremonyKeys(path); err == nil {
		t.Error("keys of a registration are read as a dispute's")
	}
}

// The circuit takes whatever is a model, of one hidden layer or two.
func TestRegistrationIsComplete(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	for _, s := range []zkcommit.Shape{tiny, twofold, {Inputs: 1, Hidden: [2]int{1}, Shift: [2]uint{4}}, {Inputs: 31, Hidden: [2]int{2}, Shift: [2]uint{8}}, {Inputs: 2, Hidden: [2]int{1, 9}, Shift: [2]uint{4, 4}}} {
		for range 3 {
			if err := satisfy(t, compileRegistration(t, s, registrationBugs{}), truth(t, filledModel(r, s))); err != nil {
				t.Errorf("%s: %v", s, err)
			}
		}
		extreme := zkcommit.NewModel(s)
		for _, l := range extreme.Layers {
			for i := range l.Weights {
				l.Weights[i] = -128
			}
			for i := range l.Bias {
				l.Bias[i] = -32768
			}
		}
		if err := satisfy(t, compileRegistration(t, s, registrationBugs{}), truth(t, extreme)); err != nil {
			t.Errorf("%s, extreme: %v", s, err)
		}
	}
}

// truth is the honest witness for a point that stands for alpha.
func truth(t testing.TB, m *zkcommit.Model) *registration {
	t.Helper()
	salt := zkcommit.NewSalt([32]byte{5})
	id, err := zkcommit.Commit(m, schema, salt)
	if err != nil {
		t.Fatal(err)
	}
	var alpha fr.Element
	alpha.SetBigInt(new(big.Int).Exp(big.NewInt(7), big.NewInt(100), nil))
	w, err := assignRegistration(schema, id, alpha, m, salt)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

var registrationsWithBugs = map[string]*cs.R1CS{}

func compileRegistration(t testing.TB, s zkcommit.Shape, b registrationBugs) *cs.R1CS {
	t.Helper()
	key, err := json.Marshal([]any{s, b == registrationBugs{}, []bool{b.noBytes, b.noModel, b.noValue, b.noBias, b.noLookup, b.fixedChallenge, b.fixedAlpha, b.rowsMerge, b.looseEnd, b.freeMask, b.otherSalt, b.freeWeight}})
	if err != nil {
		t.Fatal(err)
	}
	if registrationsWithBugs[string(key)] == nil {
		solver.RegisterHint(countHint, bytesHint)
		c := newRegistration(s)
		c.bugs = b
		c.Body = append(c.Body, make([]frontend.Variable, b.more())...)
		r, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, c)
		if err != nil {
			t.Fatal(err)
		}
		registrationsWithBugs[string(key)] = r.(*cs.R1CS)
	}
	return registrationsWithBugs[string(key)]
}

// TestGoldenRegistration checks the vector with which other verifiers work; a proof
// is random, so it is not made again to compare.
func TestGoldenRegistration(t *testing.T) {
	const path = "verifier/testdata/registration.json"
	type golden struct {
		Key          hexutil.Bytes `json:"key"`
		Registration hexutil.Bytes `json:"registration"`
		Alpha        string        `json:"alpha"` // numbers in decimal
		Value        string        `json:"value"`
		Tag          string        `json:"tag"`
		Mask         string        `json:"mask"`
		Salt         hexutil.Bytes `json:"salt"`
		Model        hexutil.Bytes `json:"model"`
	}
	if *update {
		x := newRegistered(t, 11)
		k, err := tinyKeys()
		if err != nil {
			t.Fatal(err)
		}
		mask, err := zkcommit.Mask(x.salt, x.reg.Commitment)
		if err != nil {
			t.Fatal(err)
		}
		tag := zkcommit.ModelTag(tiny, schema)
		b, err := json.MarshalIndent(golden{k.verifying, x.reg.Bytes(), x.alpha.String(), x.value.String(), tag.String(), mask.String(), x.salt[:], x.model.Bytes()}, "", " ")
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
	var g golden
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatal(err)
	}
	r, err := zkcommit.ParseRegistration(g.Registration)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sumcheck.Register(r, verifier.Registrar{Key: g.Key}); err != nil {
		t.Errorf("an old registration no longer holds: %v", err)
	}
	m, err := zkcommit.ParseModel(g.Model)
	if err != nil {
		t.Fatal(err)
	}
	w, err := sumcheck.NewWeights(m, r.Schema, zkcommit.Salt(g.Salt))
	if err != nil {
		t.Fatal(err)
	}
	draft, alpha, err := w.Registration()
	if err != nil {
		t.Fatal(err)
	}
	mask, err := zkcommit.Mask(zkcommit.Salt(g.Salt), r.Commitment)
	value, tag := m.ValueAt(alpha, mask), zkcommit.ModelTag(r.Shape, r.Schema)
	if err != nil || string(draft.Weights) != string(r.Weights) || alpha.String() != g.Alpha || mask.String() != g.Mask || value.String() != g.Value || tag.String() != g.Tag {
		t.Errorf("weight commitment, alpha, mask, value or tag are others: %v", err)
	}
	flipped := slices.Clone(g.Key)
	flipped[len(flipped)-1] ^= 1
	if _, err := sumcheck.Register(r, verifier.Registrar{Key: flipped}); err == nil || errors.Is(err, verifier.ErrRegistration) {
		t.Errorf("another key: %v", err)
	}
}
