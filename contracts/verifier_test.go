package contracts_test

import (
	"encoding/json"
	"math/big"
	"math/rand/v2"
	"os"
	"testing"

	"candor/graph"
	"candor/internal/torture"
	"candor/zkcommit"
	proofs "candor/zkcommit/circuit/verifier"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
)

// dispute is a proof that gnark made of a run, of the verifier's golden vector.
type dispute struct {
	name   graph.Hash // of the key
	key    *proofs.Key
	proof  [12]*big.Int
	run    []byte
	magic  [16]byte
	points []*big.Int
}

func readDispute(t testing.TB) (d dispute) {
	t.Helper()
	raw, err := os.ReadFile("../zkcommit/circuit/verifier/testdata/proof.json")
	if err != nil {
		t.Fatal(err)
	}
	var g struct{ Key, Run, Proof hexutil.Bytes }
	if err := json.Unmarshal(raw, &g); err != nil {
		t.Fatal(err)
	}
	d.name, d.run = zkcommit.KeyHash(proofs.CircuitID, true, g.Key), g.Run
	if d.key, err = proofs.Digest.ParseKey(g.Key); err != nil {
		t.Fatal(err)
	}
	p, err := proofs.ParseProof(g.Proof)
	if err != nil {
		t.Fatal(err)
	}
	d.proof, d.points = p.Numbers(), d.key.Numbers()
	copy(d.magic[:], g.Key)
	return d
}

// load puts the key into the table and gives its points to the Verifier.
func (m *machine) load(d dispute) {
	m.t.Helper()
	m.does("key", key("deployer"), m.at.Registry, registry.PackAddKey(crypto.Keccak256Hash([]byte(proofs.CircuitID)), d.name, true, nil), nil)
	loaded, err := verifier.UnpackKeyLoadedEvent(m.does("load", key("ann"), m.at.Verifier, verifier.PackLoad(proofs.CircuitID, true, d.magic, d.points), nil)[0])
	if err != nil || loaded.VkHash != d.name {
		m.t.Fatalf("loaded %x %v, expected %x", loaded.VkHash, err, d.name)
	}
}

var modulus = fp.Modulus()

func TestKeysAreLoadedAsTheirHashSays(t *testing.T) {
	m, d := newMachine(t, testTerms()), readDispute(t)
	ann := key("ann")
	m.fund(address(ann))
	load := func(points []*big.Int) []byte { return verifier.PackLoad(proofs.CircuitID, true, d.magic, points) }
	m.refuses("a key that is not in the table", "UnknownKey", ann, m.at.Verifier, load(d.points), nil)
	m.load(d)
	t.Logf("loading a key: %d gas", m.gas)
	m.refuses("a key again", "Exists", ann, m.at.Verifier, load(d.points), nil)
	changed := func(i int, to *big.Int) []byte {
		points := append([]*big.Int{}, d.points...)
		points[i] = to
		return load(points)
	}
	for i := range d.points {
		m.refuses("a number plus one", "BadPoints", ann, m.at.Verifier, changed(i, new(big.Int).Add(d.points[i], big.NewInt(1))), nil)
		m.refuses("a number plus the modulus", "BadPoints", ann, m.at.Verifier, changed(i, new(big.Int).Add(d.points[i], modulus)), nil)
	}
	// A point's negative is on the curve, too; the hash tells.
	for _, y := range []int{1, 15, 23} {
		m.refuses("a negated point", "UnknownKey", ann, m.at.Verifier, changed(y, new(big.Int).Sub(modulus, d.points[y])), nil)
	}
	m.refuses("infinity", "BadPoints", ann, m.at.Verifier, load(append([]*big.Int{new(big.Int), new(big.Int)}, d.points[2:]...)), nil)
	for _, n := range []int{0, 24, len(d.points) - 1} {
		m.refuses("too few points", "BadPoints", ann, m.at.Verifier, load(d.points[:n]), nil)
	}
	m.refuses("as another circuit's", "UnknownKey", ann, m.at.Verifier, verifier.PackLoad("digest-64x32x1/v2", true, d.magic, d.points), nil)
	m.refuses("as a ceremony's", "UnknownKey", ann, m.at.Verifier, verifier.PackLoad(proofs.CircuitID, false, d.magic, d.points), nil)
	m.refuses("under another magic", "UnknownKey", ann, m.at.Verifier, verifier.PackLoad(proofs.CircuitID, true, [16]byte{}, d.points), nil)
}

// The contract takes gnark's proof, and nothing that differs from it by anything.
func TestDisputeProofs(t *testing.T) {
	m, d := newMachine(t, testTerms()), readDispute(t)
	check := func(name graph.Hash, run []byte, proof [12]*big.Int) error {
		return m.send(key("ann"), m.at.Verifier, verifier.PackCheckDispute(name, run, proof), nil)
	}
	if err := check(d.name, d.run, d.proof); err == nil || refusal(err) != "WrongKey" {
		t.Errorf("a key that was not loaded: %v", err)
	}
	m.load(d)
	if err := check(d.name, d.run, d.proof); err != nil {
		t.Fatalf("gnark's proof is refused: %s", refusal(err))
	}
	t.Logf("checking a dispute proof alone: %d gas", m.gas)
	if err := check(graph.Hash{1}, d.run, d.proof); err == nil {
		t.Error("a proof under an unknown key is taken")
	}
	// Every field that the statement holds.
	for at, want := range map[int]string{0: "BadProof", 20: "BadProof", 60: "BadProof", 100: "BadProof", 143: "BadProof", 250: "BadProof",
		260: "BadProof", 300: "BadProof", 330: "WrongShape", 420: "BadProof", 447: "BadProof", 500: "BadProof", 543: "BadProof"} {
		run := append([]byte{}, d.run...)
		run[at] ^= 1
		if err := check(d.name, run, d.proof); err == nil || refusal(err) != want {
			t.Errorf("a run with byte %d changed: %v, expected %s", at, err, want)
		}
	}
	if err := check(d.name, d.run[:543], d.proof); err == nil {
		t.Error("a short run is taken")
	}
	features := append([]byte{}, d.run...) // the digest plus the scalar field's modulus
	r, _ := new(big.Int).SetString("30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001", 16)
	new(big.Int).Add(new(big.Int).SetBytes(d.run[416:448]), r).FillBytes(features[416:448])
	if err := check(d.name, features, d.proof); err == nil || refusal(err) != "BadProof" {
		t.Errorf("a digest beyond the field: %v", err)
	}
	taken, sent := 0, 0
	mutant := func(p [12]*big.Int) {
		sent++
		if check(d.name, d.run, p) == nil {
			taken++
			t.Errorf("a changed proof is taken: %x", p)
		}
	}
	for i := range d.proof {
		for _, to := range []*big.Int{new(big.Int), big.NewInt(1), new(big.Int).Add(d.proof[i], big.NewInt(1)), new(big.Int).Sub(modulus, d.proof[i]),
			new(big.Int).Add(d.proof[i], modulus), d.proof[(i+2)%12]} {
			p := d.proof
			p[i] = to
			mutant(p)
		}
	}
	points := [][2]int{{0, 2}, {2, 6}, {6, 8}, {8, 10}, {10, 12}}
	for _, a := range points { // each point at infinity, and those of one group swapped
		p := d.proof
		for i := a[0]; i < a[1]; i++ {
			p[i] = new(big.Int)
		}
		mutant(p)
		for _, b := range points {
			if a[0] < b[0] && a[1]-a[0] == 2 && b[1]-b[0] == 2 {
				p := d.proof
				p[a[0]], p[a[0]+1], p[b[0]], p[b[0]+1] = p[b[0]], p[b[0]+1], p[a[0]], p[a[0]+1]
				mutant(p)
			}
		}
	}
	rng := rand.New(rand.NewPCG(torture.Seed(t), 1))
	for range torture.Count(30, 2000) {
		p := d.proof
		i := rng.IntN(12)
		p[i] = new(big.Int).Xor(p[i], new(big.Int).Lsh(big.NewInt(1), uint(rng.IntN(256))))
		mutant(p)
	}
	torture.Say(t, "%d changed dispute proofs, %d taken", sent, taken)
}

// Two equations are checked as one, weighed by a hash of everything. A proof that
// breaks both by opposite amounts passes only where that weight is foreseen.
func TestTheTwoEquationsDoNotCancel(t *testing.T) {
	m, d := newMachine(t, testTerms()), readDispute(t)
	m.load(d)
	p := d.proof
	p[8], p[9], p[10], p[11] = d.proof[10], d.proof[11], d.proof[8], d.proof[9] // commitment and its proof swapped
	if err := m.send(key("ann"), m.at.Verifier, verifier.PackCheckDispute(d.name, d.run, p), nil); err == nil {
		t.Error("a commitment that nobody knows is taken")
	}
	for i, y := range []int{9, 11} {
		p := d.proof
		p[y] = new(big.Int).Sub(modulus, p[y])
		if err := m.send(key("ann"), m.at.Verifier, verifier.PackCheckDispute(d.name, d.run, p), nil); err == nil {
			t.Errorf("negation %d is taken", i)
		}
	}
}
