package ceremony

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	gnark "github.com/consensys/gnark/backend/groth16"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/ipfs/go-cid"
	"pgregory.net/rapid"
)

// small is a circuit with one commitment, as Candor's have: Y = X^2 - 5 and a
// committed value that is tied to X.
type small struct {
	Y frontend.Variable `gnark:",public"`
	X [8]frontend.Variable
}

func (c *small) Define(api frontend.API) error {
	api.AssertIsEqual(c.Y, api.Sub(api.Mul(c.X[0], c.X[0]), 5))
	r, err := api.(frontend.Committer).Commit(c.X[:]...)
	if err != nil {
		return err
	}
	sum := frontend.Variable(0)
	for i := range c.X {
		sum = api.Add(api.Mul(sum, r), c.X[i])
	}
	api.AssertIsDifferent(sum, 0)
	return nil
}

var testCircuit = sync.OnceValue(func() Circuit {
	c, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &small{})
	if err != nil {
		panic(err)
	}
	return Circuit{"small", "0123", c.(*cs.R1CS)}
})

var beacon = bytes.Repeat([]byte{0xbe}, 32)

const ptauFile = "testdata/small.ptau"

func begin(t *testing.T, ptau string) *Ceremony {
	t.Helper()
	m, err := Init(t.TempDir(), testCircuit(), ptau, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func contribute(t *testing.T, m *Ceremony, times int) {
	t.Helper()
	for range times {
		if _, err := m.Contribute(); err != nil {
			t.Fatal(err)
		}
	}
}

func seal(t *testing.T, m *Ceremony) *Keys {
	t.Helper()
	k, err := m.Seal(beacon, "a test's beacon")
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// whole is a sealed ceremony with two pairs of hands a phase.
func whole(t *testing.T, ptau string) (*Ceremony, *Keys) {
	t.Helper()
	m := begin(t, ptau)
	if ptau == "" {
		contribute(t, m, 2)
		if k := seal(t, m); k != nil {
			t.Fatal("sealing the powers gave keys")
		}
	}
	contribute(t, m, 2)
	return m, seal(t, m)
}

// proves says whether the keys make proofs that verify.
func proves(t *testing.T, k *Keys) {
	t.Helper()
	var w small
	w.Y = 4
	for i := range w.X {
		w.X[i] = 3
	}
	full, err := frontend.NewWitness(&w, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	public, err := full.Public()
	if err != nil {
		t.Fatal(err)
	}
	proof, err := gnark.Prove(testCircuit().System, k.Proving, full)
	if err != nil {
		t.Fatal(err)
	}
	if err := gnark.Verify(proof, k.Verifying, public); err != nil {
		t.Fatal(err)
	}
}

func verifyingKey(t *testing.T, k *Keys) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := k.Verifying.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCeremony(t *testing.T) {
	for _, ptau := range []string{"", ptauFile} {
		m, keys := whole(t, ptau)
		proves(t, keys)
		again, err := Open(m.dir, testCircuit(), nil)
		if err != nil {
			t.Fatal(err)
		}
		r, k, err := again.Verify(ptau)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(verifyingKey(t, k), verifyingKey(t, keys)) {
			t.Error("verifying gives another key than sealing")
		}
		if want := 2 + 2*len(r.Seals) - 2; len(r.Contributions) != want || r.PtauChecked != (ptau != "") {
			t.Errorf("the report has %d contributions, not %d, and says %v of the file", len(r.Contributions), want, r.PtauChecked)
		}
		if _, err := again.Contribute(); err == nil {
			t.Error("a sealed ceremony took a contribution")
		}
		if _, err := again.Seal(beacon, "again"); err == nil {
			t.Error("a sealed ceremony was sealed")
		}
	}
}

func TestSealNeedsHandsAndBeacon(t *testing.T) {
	m := begin(t, ptauFile)
	if _, err := m.Seal(beacon, "none"); err == nil || !strings.Contains(err.Error(), "nobody has contributed") {
		t.Errorf("sealed without hands: %v", err)
	}
	contribute(t, m, 1)
	if _, err := m.Seal(beacon[:15], "short"); err == nil {
		t.Error("a short beacon was taken")
	}
	if _, err := m.Seal(beacon, ""); err == nil {
		t.Error("a beacon without a source was taken")
	}
	if _, _, err := m.Verify(""); err == nil || !strings.Contains(err.Error(), "not sealed") {
		t.Errorf("an open ceremony verified: %v", err)
	}
}

func TestOtherCircuit(t *testing.T) {
	m := begin(t, ptauFile)
	other := testCircuit()
	other.Hash = "4567"
	if _, err := Open(m.dir, other, nil); err == nil {
		t.Error("a ceremony for another constraint system was opened")
	}
	if _, err := Init(m.dir, testCircuit(), "", "", nil); err == nil {
		t.Error("a ceremony was begun on top of another")
	}
	if _, err := Init(t.TempDir(), testCircuit(), ptauFile, strings.Repeat("0", 64), nil); err == nil {
		t.Error("a file with another hash than the published one was taken")
	}
	p, err := PlanOf(m.dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Init(t.TempDir(), testCircuit(), ptauFile, p.Ptau.Blake2b, nil); err != nil {
		t.Errorf("the published hash was refused: %v", err)
	}
}

// Whatever a stranger does to a contribution: it is refused, and before its lengths
// are believed.
func TestTamperedContributions(t *testing.T) {
	for _, ptau := range []string{"", ptauFile} {
		m, _ := whole(t, ptau)
		files := []string{"keys-0001", "keys-0002", "keys.json"}
		if ptau == "" {
			files = append(files, "powers-0001", "powers-0002", "powers.json", "powers")
		} else {
			files = append(files, "powers")
		}
		good := map[string][]byte{}
		for _, name := range files {
			b, err := os.ReadFile(filepath.Join(m.dir, name))
			if err != nil {
				t.Fatal(err)
			}
			good[name] = b
		}
		rapid.Check(t, func(t *rapid.T) {
			name := rapid.SampledFrom(files).Draw(t, "file")
			b := bytes.Clone(good[name])
			at := rapid.IntRange(0, len(b)-1).Draw(t, "at")
			switch rapid.IntRange(0, 3).Draw(t, "how") {
			case 0:
				b[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
			case 1:
				b = append(b, 0)
			case 2:
				b = b[:at]
			case 3: // another point where one was
				_, _, p, _ := curve.Generators()
				p.ScalarMultiplication(&p, big.NewInt(int64(at)+2))
				e := p.Bytes()
				b = append(append(b[:at:at], e[:]...), b[min(len(b), at+len(e)):]...)
			}
			if bytes.Equal(b, good[name]) || harmless(name, b, good[name]) {
				t.Skip("nothing changed")
			}
			path := filepath.Join(m.dir, name)
			if err := os.WriteFile(path, b, 0o644); err != nil {
				t.Fatal(err)
			}
			_, _, err := m.Verify(ptau)
			if err := os.WriteFile(path, good[name], 0o644); err != nil {
				t.Fatal(err)
			}
			if err == nil {
				t.Fatalf("%s was changed at %d, and the ceremony verifies", name, at)
			}
		})
		if _, _, err := m.Verify(ptau); err != nil {
			t.Fatal(err)
		}
	}
}

// harmless says whether a seal's text means the same, or names another beacon or
// source: then the keys differ, which the caller sees.
func harmless(name string, b, good []byte) bool {
	return strings.HasSuffix(name, ".json") && len(b) == len(good)
}

func TestOtherBeaconOtherKeys(t *testing.T) {
	m, keys := whole(t, ptauFile)
	path := filepath.Join(m.dir, "keys.json")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := strings.Replace(string(b), hex.EncodeToString(beacon), hex.EncodeToString(bytes.Repeat([]byte{0xef}, 32)), 1)
	if err := os.WriteFile(path, []byte(other), 0o644); err != nil {
		t.Fatal(err)
	}
	_, k, err := m.Verify(ptauFile)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(verifyingKey(t, k), verifyingKey(t, keys)) {
		t.Error("the beacon does not enter the keys")
	}
}

func TestMissingAndForeignContributions(t *testing.T) {
	m, _ := whole(t, "")
	if err := os.Remove(filepath.Join(m.dir, "powers-0001")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := m.Verify(""); err == nil {
		t.Error("a ceremony with a hole verifies")
	}
	// A contribution that was dropped from the end, which a count in the seal shows.
	m, _ = whole(t, ptauFile)
	if err := os.Remove(filepath.Join(m.dir, "keys-0002")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := m.Verify(ptauFile); err == nil {
		t.Error("a ceremony without its last contribution verifies")
	}
	// Contributions of another ceremony.
	a, _ := whole(t, ptauFile)
	b, _ := whole(t, ptauFile)
	for _, name := range []string{"keys-0001", "keys-0002"} {
		raw, err := os.ReadFile(filepath.Join(b.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		old, err := os.ReadFile(filepath.Join(a.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(a.dir, name), raw, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, _, err := a.Verify(ptauFile); err == nil {
			t.Errorf("a ceremony with another's %s verifies", name)
		}
		if err := os.WriteFile(filepath.Join(a.dir, name), old, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Lengths inside a file are compared with the circuit's before anything is read by
// them: gnark's reader would allocate what they say.
func TestLengthsAreNotBelieved(t *testing.T) {
	m := begin(t, ptauFile)
	contribute(t, m, 1)
	path := filepath.Join(m.dir, "keys-0001")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	binary.BigEndian.PutUint32(b[2+g1:], 1<<32-1)
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Contribute(); err == nil || !strings.Contains(err.Error(), "lengths") {
		t.Errorf("not refused for its lengths: %v", err)
	}
	m = begin(t, "")
	contribute(t, m, 1)
	path = filepath.Join(m.dir, "powers-0001")
	if b, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	binary.BigEndian.PutUint64(b[3*(g1+g2):], 1<<40)
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Contribute(); err == nil || !strings.Contains(err.Error(), "domain") {
		t.Errorf("not refused for its domain: %v", err)
	}
}

func TestSizes(t *testing.T) {
	m := begin(t, "")
	var b bytes.Buffer
	p := groth16.NewPhase1(uint64(m.Domain))
	if _, err := p.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	if got := int64(b.Len() + challengeLen); got != phase1Size(m.Domain) {
		t.Errorf("a contribution to the powers has %d bytes, and phase1Size says %d", got, phase1Size(m.Domain))
	}
}

// A contribution without a secret of its own still has to build on the one before;
// each must change the keys.
func TestEveryHandCounts(t *testing.T) {
	m := begin(t, ptauFile)
	contribute(t, m, 1)
	one, err := os.ReadFile(filepath.Join(m.dir, "keys-0001"))
	if err != nil {
		t.Fatal(err)
	}
	contribute(t, m, 1)
	two, err := os.ReadFile(filepath.Join(m.dir, "keys-0002"))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(one, two) {
		t.Error("the second contribution changed nothing")
	}
	// The same contribution twice.
	if err := os.WriteFile(filepath.Join(m.dir, "keys-0002"), one, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Seal(beacon, "test"); err == nil {
		t.Error("a contribution counted twice")
	}
}

func TestPtau(t *testing.T) {
	good, err := os.ReadFile(ptauFile)
	if err != nil {
		t.Fatal(err)
	}
	read := func(b []byte, n int) error {
		_, err := readPtau(bytes.NewReader(b), int64(len(b)), n, func(string) {})
		return err
	}
	for n := 2; n <= 64; n *= 2 {
		if err := read(good, n); err != nil {
			t.Errorf("powers for %d: %v", n, err)
		}
	}
	if err := read(good, 128); err == nil {
		t.Error("a file of 64 gave powers for 128")
	}
	sections, err := ptauTable(bytes.NewReader(good), int64(len(good)))
	if err != nil {
		t.Fatal(err)
	}
	// Any change in what is read for the whole domain is found.
	rapid.Check(t, func(t *rapid.T) {
		b := bytes.Clone(good)
		s := sections[uint32(rapid.IntRange(1, 6).Draw(t, "section"))]
		at := s.at + int64(rapid.IntRange(0, int(s.size)-1).Draw(t, "at"))
		if s == sections[1] && at >= s.at+s.size-4 {
			t.Skip("the power of the whole ceremony informs only")
		}
		b[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		if err := read(b, 64); err == nil {
			t.Fatalf("byte %d was changed, and the powers are taken", at)
		}
	})
	// The head and the table.
	rapid.Check(t, func(t *rapid.T) {
		b := bytes.Clone(good)
		switch rapid.IntRange(0, 2).Draw(t, "how") {
		case 0:
			b = b[:rapid.IntRange(0, len(b)-1).Draw(t, "cut")]
		case 1:
			b = append(b, rapid.SliceOfN(rapid.Byte(), 1, 40).Draw(t, "more")...)
		case 2:
			b[rapid.IntRange(0, 23).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		}
		if err := read(b, 64); err == nil {
			t.Fatal("a damaged file is taken")
		}
	})
}

// A .ptau file in which beta differs between the groups, or the powers do not begin
// at the generators, would give keys that hold a trapdoor.
func TestHostilePowers(t *testing.T) {
	good, err := os.ReadFile(ptauFile)
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(c *groth16.SrsCommons){
		"other beta in G2": func(c *groth16.SrsCommons) { c.G2.Beta.Double(&c.G2.Beta) },
		"scaled tau": func(c *groth16.SrsCommons) {
			for i := range c.G1.Tau {
				c.G1.Tau[i].Double(&c.G1.Tau[i])
			}
		},
		"scaled tau in G2": func(c *groth16.SrsCommons) {
			for i := range c.G2.Tau {
				c.G2.Tau[i].Double(&c.G2.Tau[i])
			}
		},
		"one power": func(c *groth16.SrsCommons) { c.G1.AlphaTau[5].Double(&c.G1.AlphaTau[5]) },
		"last power": func(c *groth16.SrsCommons) {
			c.G1.Tau[len(c.G1.Tau)-1].Double(&c.G1.Tau[len(c.G1.Tau)-1])
		},
		"no alpha": func(c *groth16.SrsCommons) {
			for i := range c.G1.AlphaTau {
				c.G1.AlphaTau[i] = curve.G1Affine{}
			}
		},
	} {
		c, err := readPtau(bytes.NewReader(good), int64(len(good)), 32, func(string) {})
		if err != nil {
			t.Fatal(err)
		}
		spoil(c)
		if err := checkPowers(c); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func TestTranscript(t *testing.T) {
	m, keys := whole(t, "")
	tr, err := m.Transcript()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "unpacked")
	if err := Unpack(dir, tr.Root, tr.Get); err != nil {
		t.Fatal(err)
	}
	// Phase 2's beginning is not in it: it follows from the powers.
	again, err := Open(dir, testCircuit(), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, k, err := again.Verify("")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(verifyingKey(t, k), verifyingKey(t, keys)) {
		t.Error("the transcript gives other keys")
	}
	same, err := again.Transcript()
	if err != nil || same.Root != tr.Root {
		t.Errorf("an unpacked transcript has the CID %s, not %s (%v)", same.Root, tr.Root, err)
	}
	// A gateway that lies.
	for _, c := range append([]cid.Cid{tr.Root}, tr.Chunks...) {
		lie := func(of cid.Cid) ([]byte, error) {
			b, err := tr.Get(of)
			if of == c {
				b = append(bytes.Clone(b), ' ')
			}
			return b, err
		}
		if err := Unpack(filepath.Join(t.TempDir(), "lie"), tr.Root, lie); err == nil {
			t.Errorf("a false block %s was taken", c)
		}
	}
	for _, name := range []string{"", "../x", ".hidden", "a/b", "/etc/x"} {
		root := []byte(`{"$type":"candor.ceremony/v1","files":[{"chunks":[],"name":"` + name + `","size":0}]}`)
		c, err := address(cid.DagJSON, root)
		if err != nil {
			t.Fatal(err)
		}
		if err := Unpack(filepath.Join(t.TempDir(), "names"), c, func(cid.Cid) ([]byte, error) { return root, nil }); err == nil {
			t.Errorf("a file with the name %q was written", name)
		}
	}
	if _, err := begin(t, ptauFile).Transcript(); err == nil {
		t.Error("an open ceremony has a transcript")
	}
}
