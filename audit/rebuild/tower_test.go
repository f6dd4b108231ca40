package rebuild_test

import (
	"bytes"
	"crypto/ecdsa"
	"errors"
	"slices"
	"strings"
	"testing"

	"candor/audit"
	"candor/audit/rebuild"
	"candor/graph"
	"candor/rankers/features"
	"candor/rankers/tower"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
)

// spire is a tower whose vectors are the first eight numbers of the tokens.
type spire struct {
	name      zkcommit.TowerName
	known     *rebuild.Tower
	key       *ecdsa.PrivateKey
	delegate  zkcommit.Delegate
	texts     map[cid.Cid]string
	publisher *ecdsa.PrivateKey
}

// raise has the tower's vectors of all posts of the village, from the block on.
func raise(t testing.TB, v *village, from uint64) *spire {
	t.Helper()
	publisher, _ := crypto.ToECDSA(bytes.Repeat([]byte{1}, 32))
	key, _ := crypto.ToECDSA(bytes.Repeat([]byte{2}, 32))
	s := &spire{name: zkcommit.TowerName{Plugin: graph.Hash{4}, Version: 1}, key: key, publisher: publisher, texts: map[cid.Cid]string{},
		known: &rebuild.Tower{Commitment: graph.Hash{5}, Publisher: crypto.PubkeyToAddress(publisher.PublicKey), Vectors: map[cid.Cid]zkcommit.TowerVector{}}}
	s.delegate = zkcommit.Delegate{Tower: s.known.Commitment, Operator: "north", Key: crypto.PubkeyToAddress(key.PublicKey)}
	if err := s.delegate.Sign(publisher); err != nil {
		t.Fatal(err)
	}
	posts, err := v.newer.Posts(graph.PostQuery{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range posts {
		if p.Status == graph.Present {
			s.texts[p.CID] = p.Content.Text
			s.say(t, p.CID, p.Content.Text, from, slices.Clone(tower.Tokens(p.Content.Text)[:8]))
		}
	}
	return s
}

// say has the delegate sign a vector of a content.
func (s *spire) say(t testing.TB, c cid.Cid, text string, from uint64, vector []int8) {
	t.Helper()
	sig, err := zkcommit.SignVector(s.key, s.known.Commitment, tower.Tokens(text), vector)
	if err != nil {
		t.Fatal(err)
	}
	s.known.Vectors[c] = zkcommit.TowerVector{Content: c, From: from, Vector: vector, Words: []zkcommit.VectorWord{{Delegate: s.delegate, Signature: sig}}}
}

// over makes the run one of a ranker over the tower, as an honest node does.
func (s *spire) over(t testing.TB, v *village) (*zkcommit.Run, *zkcommit.Bundle, []cid.Cid) {
	t.Helper()
	run, b := made(t, v.newer, 1)
	run.FeatureSchema, b.Manifest.Manifest.Tower = features.Towered(), &s.name
	rank(t, v.newer, run.FeatureSchema, b)
	names := make([]cid.Cid, len(b.Ranked))
	for i, id := range b.Ranked {
		p, err := v.newer.Posts(graph.PostQuery{IDs: []graph.PostID{id}, Limit: 1})
		if err != nil || len(p) != 1 {
			t.Fatal(err)
		}
		if p[0].Status != graph.Present {
			continue
		}
		names[i] = p[0].CID
		if x, ok := s.known.Vectors[p[0].CID]; ok && x.From <= run.Block {
			for k, n := range x.Vector {
				b.Features[i][graph.Features+k] = byte(n)
			}
		}
	}
	return run, b, names
}

// Whatever a node does to the vectors of a tower is found under its name, and an honest one
// is not.
func TestRowsOverATower(t *testing.T) {
	v := newVillage(t)
	state := v.audited(t, nothing)
	const at, other = 2, 5 // places of two posts
	block := v.newer.Block().Number
	for name, x := range map[string]struct {
		change func(s *spire, b *zkcommit.Bundle, names []cid.Cid)
		rule   audit.Rule
		says   string
	}{
		"an honest node":     {},
		"a row's own number": {func(_ *spire, b *zkcommit.Bundle, _ []cid.Cid) { b.Features[at][graph.Features+3] += 2 }, audit.RuleFeatures, "vector_3 of post"},
		"behind the vector":  {func(_ *spire, b *zkcommit.Bundle, _ []cid.Cid) { b.Features[at][447] = 1 }, audit.RuleFeatures, "vector_383 of post"},
		"zeros for a vector that it had": {func(_ *spire, b *zkcommit.Bundle, _ []cid.Cid) {
			clear(b.Features[at][graph.Features:])
		}, audit.RuleFeatures, "vector_0 of post"},
		"a vector that it had later": {func(s *spire, _ *zkcommit.Bundle, names []cid.Cid) {
			x := s.known.Vectors[names[at]]
			x.From = block + 1
			s.known.Vectors[names[at]] = x
		}, audit.RuleFeatures, "vector_0 of post"},
		"two contents' vectors swapped": {func(s *spire, b *zkcommit.Bundle, names []cid.Cid) {
			m := s.known.Vectors
			m[names[at]], m[names[other]] = m[names[other]], m[names[at]]
			b.Features[at], b.Features[other] = slices.Concat(b.Features[at][:graph.Features], b.Features[other][graph.Features:]),
				slices.Concat(b.Features[other][:graph.Features], b.Features[at][graph.Features:])
		}, audit.RuleVector, "does not hold"},
		"another vector than was signed": {func(s *spire, b *zkcommit.Bundle, names []cid.Cid) {
			s.known.Vectors[names[at]].Vector[0]++
			b.Features[at][graph.Features]++
		}, audit.RuleVector, "does not hold"},
		"nobody's vector": {func(s *spire, _ *zkcommit.Bundle, names []cid.Cid) {
			x := s.known.Vectors[names[at]]
			x.Words = nil
			s.known.Vectors[names[at]] = x
		}, audit.RuleVector, "nobody signed it"},
		"a stranger's delegate": {func(s *spire, _ *zkcommit.Bundle, names []cid.Cid) {
			w := &s.known.Vectors[names[at]].Words[0]
			if err := w.Delegate.Sign(s.key); err != nil {
				t.Fatal(err)
			}
		}, audit.RuleVector, "not by the tower's publisher"},
		"one of two words that is false": {func(s *spire, _ *zkcommit.Bundle, names []cid.Cid) {
			x := s.known.Vectors[names[at]]
			x.Words = append(x.Words, zkcommit.VectorWord{Delegate: s.delegate, Signature: s.known.Vectors[names[other]].Words[0].Signature})
			s.known.Vectors[names[at]] = x
		}, audit.RuleVector, "does not hold"},
		"a manifest that names none": {func(_ *spire, b *zkcommit.Bundle, _ []cid.Cid) { b.Manifest.Manifest.Tower = nil }, audit.RuleFeatures, "names no tower"},
	} {
		s := raise(t, v, block)
		state.Towers = func(n zkcommit.TowerName) (*rebuild.Tower, error) {
			if n != s.name {
				t.Fatalf("%+v", n)
			}
			return s.known, nil
		}
		run, b, names := s.over(t, v)
		if x.change == nil {
			if out := state.Rebuild(run, b); len(out.Faults) > 0 || out.Untried != "" || s.known.Lacked() > 0 {
				t.Errorf("%s: %+v", name, out)
			}
			continue
		}
		x.change(s, b, names)
		expect(t, name, state.Rebuild(run, b), x.rule, x.says)
	}
}

// A tower that nobody knows leaves a run untried, and posts without a vector are counted.
func TestTowersThatAreNotKnown(t *testing.T) {
	v := newVillage(t)
	state := v.audited(t, nothing)
	s := raise(t, v, v.newer.Block().Number+1)
	run, b, _ := s.over(t, v)
	if out := state.Rebuild(run, b); out.Untried != rebuild.Untowered || len(out.Faults) > 0 {
		t.Errorf("%+v", out)
	}
	state.Towers = func(zkcommit.TowerName) (*rebuild.Tower, error) { return nil, errors.New("it is away") }
	if out := state.Rebuild(run, b); !strings.HasPrefix(out.Untried, rebuild.Untowered) || len(out.Faults) > 0 {
		t.Errorf("%+v", out)
	}
	state.Towers = func(zkcommit.TowerName) (*rebuild.Tower, error) { return s.known, nil }
	if out := state.Rebuild(run, b); out.Untried != "" || len(out.Faults) > 0 || s.known.Lacked() < 10 {
		t.Errorf("%+v, %d lacked", out, s.known.Lacked())
	}
}
