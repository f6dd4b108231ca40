package publish

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"candor/graph"
	"candor/rankers/features"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/crypto"
	"pgregory.net/rapid"
)

var publisher, _ = crypto.ToECDSA(bytes.Repeat([]byte{7}, 32))

// parcel is a good one, but for what change does to its manifest before it is signed and
// to its secret.
func parcel(t rapid.TB, change func(*zkcommit.Manifest, *zkcommit.Reveal)) *Parcel {
	t.Helper()
	m := zkcommit.NewModel(zkcommit.Provable)
	m.Layers[0].Weights[features.Likes], m.Layers[1].Weights[0] = 64, 1
	secret := &zkcommit.Reveal{Schema: features.Schema(), Salt: zkcommit.NewSalt([32]byte{1}), Model: m}
	commitment, err := secret.Commitment()
	if err != nil {
		t.Fatal(err)
	}
	d := &Draft{Slug: "kindling", Name: "Kindling", Schema: features.Schema(), Fallback: "latest", Rule: "plain/v1"}
	manifest := d.Manifest(crypto.PubkeyToAddress(publisher.PublicKey), 1, m.Shape, "c", commitment, 0)
	if change != nil {
		change(&manifest, secret)
	}
	signed, err := manifest.Sign(publisher)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Pack(signed, secret)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestParcelRoundTrip(t *testing.T) {
	want := parcel(t, nil)
	got, err := Parse(want.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want.Bytes()) || !got.CID.Equals(want.CID) {
		t.Fatal("it comes back otherwise")
	}
	r, err := got.Ranker()
	if err != nil {
		t.Fatal(err)
	}
	if id := got.Signed.Manifest.ID().Hex(); r.Info().ID != id {
		t.Fatalf("it is called %s, not by its plugin's id %s", r.Info().ID, id)
	}
	rows := make([]graph.FeatureVector, 2)
	rows[1][features.Likes] = 40
	scores, err := r.Score(t.Context(), zkcommit.RowsOf(rows))
	if err != nil || !slices.Equal(scores, []graph.Score{0, 40}) {
		t.Fatal(scores, err)
	}
}

// refit gives a parcel's model other inputs and the schema, so that all of its signatures
// and commitments hold.
func refit(inputs int, schema graph.Hash) func(*zkcommit.Manifest, *zkcommit.Reveal) {
	return func(m *zkcommit.Manifest, r *zkcommit.Reveal) {
		s := zkcommit.Shape{Inputs: inputs, Hidden: [2]int{4}, Shift: [2]uint{9}}
		r.Model, r.Schema = zkcommit.NewModel(s), schema
		r.Model.Layers[0].Weights[inputs-1], r.Model.Layers[0].Bias[0], r.Model.Layers[1].Weights[0] = 64, 511, 1
		m.Shape, m.ShapeID, m.FeatureSchema = s.String(), s.ID(), schema
		m.Commitment, _ = r.Commitment()
	}
}

// TestWideParcels: a model of the post's embedding is served as any other, on rows of its
// own width alone.
func TestWideParcels(t *testing.T) {
	p, err := Parse(parcel(t, refit(448, features.Wide())).Bytes())
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Ranker()
	if err != nil {
		t.Fatal(err)
	}
	loud := make(graph.Row, 448)
	loud[447] = 127
	scores, err := r.Score(t.Context(), []graph.Row{make(graph.Row, 448), loud})
	if err != nil || !slices.Equal(scores, []graph.Score{0, (64*127 + 511) / 512}) {
		t.Fatal(scores, err)
	}
	if _, err := r.Score(t.Context(), []graph.Row{loud, make(graph.Row, 64)}); err == nil || !strings.Contains(err.Error(), "does not read rows of 64") {
		t.Errorf("a narrow row: %v", err)
	}
}

// TestEveryByteOfAParcelCounts: whatever byte is changed, cut or added, it is refused.
func TestEveryByteOfAParcelCounts(t *testing.T) {
	good := parcel(t, nil).Bytes()
	rapid.Check(t, func(t *rapid.T) {
		b := slices.Clone(good)
		at := rapid.IntRange(0, len(b)-1).Draw(t, "at")
		switch rapid.IntRange(0, 2).Draw(t, "how") {
		case 0:
			b[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		case 1:
			b = b[:at]
		case 2:
			b = append(b, rapid.Byte().Draw(t, "more"))
		}
		if _, err := Parse(b); err == nil {
			t.Fatal("it is taken")
		}
	})
}

// TestUnfitParcelsAreRefused: what its publisher signed can be unfit too.
func TestUnfitParcelsAreRefused(t *testing.T) {
	for name, change := range map[string]func(*zkcommit.Manifest, *zkcommit.Reveal){
		"a filter":        func(m *zkcommit.Manifest, _ *zkcommit.Reveal) { m.Kind = "filter" },
		"no fallback":     func(m *zkcommit.Manifest, _ *zkcommit.Reveal) { m.Fallback = "" },
		"own fallback":    func(m *zkcommit.Manifest, _ *zkcommit.Reveal) { m.Fallback = m.Slug },
		"another salt":    func(_ *zkcommit.Manifest, r *zkcommit.Reveal) { r.Salt = zkcommit.NewSalt([32]byte{2}) },
		"another model":   func(_ *zkcommit.Manifest, r *zkcommit.Reveal) { r.Model.Layers[0].Bias[0] = 1 },
		"another shape":   func(m *zkcommit.Manifest, _ *zkcommit.Reveal) { m.Shape = "64x31x1" },
		"another shapeId": func(m *zkcommit.Manifest, _ *zkcommit.Reveal) { m.ShapeID[0]++ },
		"old features":    func(m *zkcommit.Manifest, _ *zkcommit.Reveal) { m.FeatureSchema[0]++ },
		"stale features": func(m *zkcommit.Manifest, r *zkcommit.Reveal) {
			r.Schema[0]++
			m.FeatureSchema = r.Schema
			m.Commitment, _ = r.Commitment()
		},
		"few inputs":      refit(8, features.Schema()),
		"wide inputs":     refit(448, features.Schema()),
		"narrow inputs":   refit(64, features.Wide()),
		"too wide inputs": refit(449, features.Wide()),
	} {
		if _, err := Parse(parcel(t, change).Bytes()); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	p := parcel(t, nil)
	p.Signed.Manifest.Name = "Tinder"
	p, _ = Pack(p.Signed, p.Secret)
	if _, err := Parse(p.Bytes()); err == nil {
		t.Error("a manifest that its publisher did not sign is taken")
	}
}
