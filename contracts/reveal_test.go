package contracts_test

import (
	"bytes"
	"math/big"
	"math/rand"
	"testing"

	"candor/graph"
	"candor/internal/torture"
	"candor/zkcommit"
	"candor/zkcommit/chain"
	proofs "candor/zkcommit/circuit/verifier"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// The contract evaluates any model as Go does.
func TestModelsAreEvaluatedAlike(t *testing.T) {
	m := newMachine(t, testTerms())
	r := rand.New(rand.NewSource(int64(torture.Seed(t))))
	for range torture.Count(40, 2000) {
		s := zkcommit.Shape{Inputs: 1 + r.Intn(80), Hidden: [2]int{1 + r.Intn(40)}, Shift: [2]uint{4 + uint(r.Intn(9))}}
		if r.Intn(2) == 0 {
			s.Hidden[1], s.Shift[1] = 1+r.Intn(40), 4+uint(r.Intn(9))
		}
		model := seededModel(s, r.Int63())
		var mask fr.Element
		mask.SetUint64(r.Uint64()).Square(&mask)
		b, id := model.Bytes(), graph.Hash{byte(r.Uint32())}
		big := mask.BigInt(new(big.Int))
		out, err := m.apply(graph.Address{1}, &m.at.Verifier, verifier.PackEvaluate(id, big, b), nil)
		if err != nil {
			t.Fatalf("%s: %s", s, refusal(err))
		}
		got, err := verifier.UnpackEvaluate(out)
		if err != nil {
			t.Fatal(err)
		}
		point := chain.RevealPoint(id, big, b)
		var alpha fr.Element
		alpha.SetBigInt(point)
		want := model.ValueAt(alpha, mask)
		if got.Alpha.Cmp(point) != 0 || got.Value.Cmp(want.BigInt(point)) != 0 {
			t.Fatalf("a model of shape %s has another value on chain", s)
		}
		if views(m, m.at.Verifier, verifier.PackIsCheckable(s.Bytes()), verifier.UnpackIsCheckable) != true {
			t.Errorf("shape %s is said not to be checkable", s)
		}
	}
	for _, s := range [][]byte{nil, towerShape, zkcommit.Shape{Inputs: 512, Hidden: [2]int{256}, Shift: [2]uint{9}}.Bytes(), tinyShape.Bytes()[1:],
		append(tinyShape.Bytes(), 0)} {
		if views(m, m.at.Verifier, verifier.PackIsCheckable(s), verifier.UnpackIsCheckable) {
			t.Errorf("shape %x is said to be checkable", s)
		}
	}
}

// A model is revealed by whoever has its bytes and a proof, and by nothing else.
func TestReveal(t *testing.T) {
	for _, s := range revealShapes {
		t.Run(s.String(), func(t *testing.T) {
			m, ann, p := publisherWorld(t)
			at, r := m.at.Registry, toReveal(t, s)
			n := readGolden(t).Reveals[s.String()].numbers(t, proofs.Registration(s))
			m.loadKey(n)
			c := m.secret(p, 1, 1000)
			c.Commitment, c.ShapeId = r.commitment, s.ID()
			m.does("commit", ann, at, registry.PackCommitModel(c), wei(10))
			body := r.model.Bytes()
			reveal := func(schema graph.Hash, mask *big.Int, model []byte, name graph.Hash, proof [12]*big.Int) []byte {
				return registry.PackReveal(p, 1, schema, mask, model, name, proof)
			}
			for name, x := range map[string]struct {
				want string
				data []byte
			}{
				"another schema": {"BadProof", reveal(graph.Hash{}, r.mask, body, n.name, n.proof)},
				"another mask":   {"BadProof", reveal(goldenSchema, new(big.Int).Add(r.mask, big.NewInt(1)), body, n.name, n.proof)},
				"a mask beyond":  {"BadModel", reveal(goldenSchema, new(big.Int).Add(r.mask, fr.Modulus()), body, n.name, n.proof)},
				"a short model":  {"BadModel", reveal(goldenSchema, r.mask, body[:len(body)-1], n.name, n.proof)},
				"a long model":   {"BadModel", reveal(goldenSchema, r.mask, append(bytes.Clone(body), 0), n.name, n.proof)},
				"another magic":  {"BadModel", reveal(goldenSchema, r.mask, append([]byte("Candor"), body[6:]...), n.name, n.proof)},
				"another shape":  {"WrongShape", reveal(goldenSchema, r.mask, seededModel(zkcommit.Shape{Inputs: 4, Hidden: [2]int{3}, Shift: [2]uint{6}}, 1).Bytes(), n.name, n.proof)},
				"another key":    {"WrongKey", reveal(goldenSchema, r.mask, body, graph.Hash{1}, n.proof)},
				"no check":       {"MustCheck", registry.PackRevealUnchecked(p, 1, s.Bytes(), []byte("x"))},
			} {
				m.refuses(name, x.want, ann, at, x.data, nil)
			}
			rng := rand.New(rand.NewSource(int64(torture.Seed(t))))
			for range torture.Count(10, 500) {
				bad := bytes.Clone(body)
				bad[16+len(s.Bytes())+rng.Intn(s.BodySize())] ^= 1 << rng.Intn(8)
				m.refuses("a changed weight", "BadProof", ann, at, reveal(goldenSchema, r.mask, bad, n.name, n.proof), nil)
			}
			shown, err := registry.UnpackModelRevealedEvent(m.does("reveal", key("bob"), at, reveal(goldenSchema, r.mask, body, n.name, n.proof), nil)[0])
			t.Logf("a reveal of %d bytes (%s): %d gas", len(body), s, m.gas)
			if err != nil || !shown.IsChecked || !bytes.Equal(shown.Model, body) || shown.By != address(key("bob")) {
				t.Errorf("revealed: %v", err)
			}
			if got := m.model(p, 1); got.Reveal != 2 || got.RevealedAt != m.time {
				t.Errorf("the record is %+v", got)
			}
			m.refuses("a second reveal", "TooLate", ann, at, reveal(goldenSchema, r.mask, body, n.name, n.proof), nil)
			m.time += 200
			m.does("the bond back", ann, at, registry.PackWithdrawBond(p, 1), nil)
		})
	}
}

// A key of the registration circuit of other widths, or of the dispute circuit, is none for a reveal.
func TestKeysServeTheirCircuitOnly(t *testing.T) {
	m, ann, p := publisherWorld(t)
	g := readGolden(t)
	wide, digest := g.Reveals[twofoldShape.String()].numbers(t, proofs.Registration(twofoldShape)), g.Dispute.numbers(t, proofs.Digest)
	m.loadKey(wide)
	m.loadKey(digest)
	r := toReveal(t, tinyShape)
	c := m.secret(p, 1, 1000)
	c.Commitment, c.ShapeId = r.commitment, tinyShape.ID()
	m.does("commit", ann, m.at.Registry, registry.PackCommitModel(c), wei(10))
	for _, n := range []numbered{wide, digest} {
		m.refuses("a reveal under a key of "+n.circuit, "WrongKey", ann, m.at.Registry, registry.PackReveal(p, 1, goldenSchema, r.mask, r.model.Bytes(), n.name, n.proof), nil)
	}
	d := toDispute(t)
	m.refuses("a dispute under a key of reveals", "WrongKey", ann, m.at.Verifier, verifier.PackCheckDispute(wide.name, d.run.Bytes(), wide.proof), nil)
}
