//go:build !js

package verify

import (
	"bytes"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	selection "candor/feeds/select"
	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/sumcheck"
)

func check(b *zkcommit.Bundle) zkcommit.Finding {
	t := Tools()
	t.Select = selection.Select
	return b.Check(t)
}

// Two unrelated proof systems agree on one run.
func TestGoldenBundle(t *testing.T) {
	f := check(goldenBundle(t))
	if !f.Valid || f.Keys != "development" || !slices.Equal(f.Proofs, []string{zkcommit.DigestProof, zkcommit.RunProof}) {
		t.Fatalf("%+v", f)
	}
}

// Every part of the proofs, changed in bundles whose digests and signatures fit.
func TestTamperedProofs(t *testing.T) {
	good, err := goldenBundle(t).Encode()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewSource(1))
	refuse := func(what string, change func(*zkcommit.Bundle)) {
		t.Helper()
		b, err := zkcommit.ParseBundle(good)
		if err != nil {
			t.Fatal(err)
		}
		change(b)
		if f := check(b); f.Valid {
			t.Errorf("a bundle with %s passes", what)
		}
	}
	b, err := zkcommit.ParseBundle(good)
	if err != nil {
		t.Fatal(err)
	}
	bytesOf := map[string]func(*zkcommit.Bundle) *[]byte{
		"run proof":        func(b *zkcommit.Bundle) *[]byte { return &b.Proof.Bytes },
		"registration":     func(b *zkcommit.Bundle) *[]byte { return &b.Registration },
		"registration key": func(b *zkcommit.Bundle) *[]byte { return &b.RegistrationKey.Key },
		"dispute proof":    func(b *zkcommit.Bundle) *[]byte { return &b.Dispute.Bytes },
		"dispute key":      func(b *zkcommit.Bundle) *[]byte { return &b.DisputeKey.Key },
	}
	for name, part := range bytesOf {
		n := len(*part(b))
		places := []int{0, n - 1}
		for range 20 {
			places = append(places, r.Intn(n))
		}
		for _, i := range places {
			refuse(fmt.Sprintf("byte %d of its %s changed", i, name), func(b *zkcommit.Bundle) { (*part(b))[i] ^= 1 << r.Intn(8) })
		}
		for _, i := range places[:6] {
			refuse(fmt.Sprintf("its %s cut off behind %d bytes", name, i), func(b *zkcommit.Bundle) { *part(b) = (*part(b))[:i] })
		}
		refuse("a longer "+name, func(b *zkcommit.Bundle) { *part(b) = append(*part(b), 0) })
		refuse("a "+name+" of nothing", func(b *zkcommit.Bundle) { *part(b) = nil })
	}
	// Parts of the registration, each a valid one in another's place or another's.
	other, err := sumcheck.NewWeights(randomModel(zkcommit.Provable, r), graph.Hash{0xab}, zkcommit.NewSalt([32]byte{8}))
	if err != nil {
		t.Fatal(err)
	}
	theirs, _, err := other.Registration()
	if err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string]func(*zkcommit.Registration){
		"another model's weights":          func(r *zkcommit.Registration) { r.Weights = theirs.Weights },
		"another model's link":             func(r *zkcommit.Registration) { r.Link = theirs.Link },
		"another model's weights and link": func(r *zkcommit.Registration) { r.Weights, r.Link = theirs.Weights, theirs.Link },
		"another model's commitment":       func(r *zkcommit.Registration) { r.Commitment = theirs.Commitment },
		"two rows of weights swapped": func(r *zkcommit.Registration) {
			w := bytes.Clone(r.Weights)
			copy(w, r.Weights[32:64])
			copy(w[32:], r.Weights[:32])
			r.Weights = w
		},
		"the dispute proof in it": func(r *zkcommit.Registration) { r.Proof = b.Dispute.Bytes },
		"the dispute proof's key": func(r *zkcommit.Registration) { r.Key = b.Dispute.Key },
		"another shift":           func(r *zkcommit.Registration) { r.Shape.Shift[0]++ },
		"another schema":          func(r *zkcommit.Registration) { r.Schema[0]++ },
	} {
		refuse("a registration with "+what, func(b *zkcommit.Bundle) {
			r, err := zkcommit.ParseRegistration(b.Registration)
			if err != nil {
				t.Fatal(err)
			}
			change(r)
			b.Registration = r.Bytes()
		})
	}
	refuse("keys swapped", func(b *zkcommit.Bundle) { b.RegistrationKey, b.DisputeKey = b.DisputeKey, b.RegistrationKey })
	refuse("the dispute proof as its run proof", func(b *zkcommit.Bundle) { b.Proof.Bytes = b.Dispute.Bytes })
	refuse("the run proof as its dispute proof", func(b *zkcommit.Bundle) { b.Dispute.Bytes = b.Proof.Bytes })
}

// The circuit of a registration's key must be that of its shape, whatever the
// registration says of the key's name.
func TestRegisterUnderAnotherCircuit(t *testing.T) {
	b := goldenBundle(t)
	r, err := zkcommit.ParseRegistration(b.Registration)
	if err != nil {
		t.Fatal(err)
	}
	k := *b.RegistrationKey
	if _, err := Register(r, &k); err != nil {
		t.Fatal(err)
	}
	k.Circuit = "registration-448x64x1/v1"
	r.Key = k.Hash()
	if _, err := Register(r, &k); err == nil || !strings.Contains(err.Error(), "circuit") {
		t.Errorf("a key of another circuit: %v", err)
	}
	k = *b.RegistrationKey
	k.Development = false
	if _, err := Register(r, &k); err == nil {
		t.Error("a development key passes for another one")
	}
}

// Longer runs of wider rows than any dispute proof takes.
func TestRun(t *testing.T) {
	shape := zkcommit.Shape{Inputs: 100, Hidden: [2]int{8, 4}, Shift: [2]uint{8, 7}}
	reg, st, p := proven(t, shape, 300)
	if err := Run(reg, st, p); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(st *zkcommit.Statement, p *zkcommit.Proof){
		"version":    func(_ *zkcommit.Statement, p *zkcommit.Proof) { p.Version = zkcommit.DigestProof },
		"kind":       func(_ *zkcommit.Statement, p *zkcommit.Proof) { p.Kind = "verdict" },
		"key":        func(_ *zkcommit.Statement, p *zkcommit.Proof) { p.Key[0] = 1 },
		"proof":      func(_ *zkcommit.Statement, p *zkcommit.Proof) { p.Bytes[2000] ^= 1 },
		"long proof": func(_ *zkcommit.Statement, p *zkcommit.Proof) { p.Bytes = make([]byte, 513<<10) },
		"run":        func(st *zkcommit.Statement, _ *zkcommit.Proof) { st.Run[20] ^= 1 },
		"salt":       func(st *zkcommit.Statement, _ *zkcommit.Proof) { st.RankingSalt[0]++ },
		"feature":    func(st *zkcommit.Statement, _ *zkcommit.Proof) { st.Rows[299][99]++ },
		"commitment": func(st *zkcommit.Statement, _ *zkcommit.Proof) { st.Commitment[31]++ },
		"order": func(st *zkcommit.Statement, _ *zkcommit.Proof) {
			st.Ranked[0], st.Ranked[1] = st.Ranked[1], st.Ranked[0]
		},
		"one less": func(st *zkcommit.Statement, _ *zkcommit.Proof) { st.Ranked, st.Rows = st.Ranked[:299], st.Rows[:299] },
		"empty":    func(st *zkcommit.Statement, _ *zkcommit.Proof) { st.Ranked, st.Rows = nil, nil },
	} {
		s, q := st, p
		s.Run, q.Bytes, s.Ranked = bytes.Clone(st.Run), bytes.Clone(p.Bytes), slices.Clone(st.Ranked)
		s.Rows = nil
		for _, row := range st.Rows {
			s.Rows = append(s.Rows, slices.Clone(row))
		}
		change(&s, &q)
		if Run(reg, s, q) == nil {
			t.Errorf("another %s passes", name)
		}
		switch name {
		case "salt", "feature", "commitment", "order", "one less", "empty": // what the run does not hold
			if _, err := Statement(s); err == nil {
				t.Errorf("another %s is proved", name)
			}
		}
	}
}
