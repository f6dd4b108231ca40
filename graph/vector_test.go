package graph

import (
	"testing"

	"pgregory.net/rapid"
)

func entry(t *rapid.T) VectorEntry {
	return VectorEntry{Position{Block: rapid.Uint64Range(1, 3).Draw(t, "block"), Log: rapid.Uint32Range(0, 2).Draw(t, "log")},
		rapid.Uint64Range(1, 4).Draw(t, "from"), rapid.SampledFrom([]uint64{5, 6, NoEnd}).Draw(t, "to"),
		Hash{rapid.Byte().Draw(t, "digest")}}
}

// The digest is that of the set: whatever was added and removed before, in
// whatever order; and another set has another one.
func TestVectorDigest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := rapid.SliceOfDistinct(rapid.Custom(entry), func(e VectorEntry) VectorEntry { return e }).Draw(t, "entries")
		var a, b VectorDigest
		for _, e := range entries {
			a.Add(e)
		}
		others := rapid.SliceOfN(rapid.Custom(entry), 0, 5).Draw(t, "others")
		for _, e := range others {
			b.Add(e)
		}
		for _, e := range rapid.Permutation(entries).Draw(t, "order") {
			b.Add(e)
		}
		for _, e := range others {
			b.Remove(e)
		}
		if a.Sum() != b.Sum() || a != b || a.Rows() != uint64(len(entries)) {
			t.Fatalf("one set, two digests: %s and %s", a.Sum(), b.Sum())
		}
		state, _ := a.AppendBinary(nil)
		var again VectorDigest
		if err := again.UnmarshalBinary(state); err != nil || again != a {
			t.Fatalf("the state does not come back: %v", err)
		}
		if len(entries) == 0 {
			return
		}
		e := rapid.SampledFrom(entries).Draw(t, "spoilt")
		changed := e
		switch rapid.IntRange(0, 4).Draw(t, "how") {
		case 0:
			changed.ID.Tx++
		case 1:
			changed.From++
		case 2:
			changed.To--
		case 3:
			changed.Embedding[31]++
		}
		b.Remove(e)
		if changed != e {
			b.Add(changed)
		}
		if a.Sum() == b.Sum() {
			t.Fatalf("%+v in the place of %+v is not seen", changed, e)
		}
	})
}

// The digest's bytes are part of what an index keeps: they do not change.
func TestVectorDigestIsFixed(t *testing.T) {
	var d VectorDigest
	const none = "0x526942eb98273cfef6c8b198c21d72231d213d077c256639ade430449bc9180a"
	if got := d.Sum().Hex(); got != none {
		t.Errorf("the digest of nothing is %s", got)
	}
	d.Add((&Vector{ID: Position{1, 2, 3}, Embedding: Embedding{1, -1, 127}, From: 4, To: NoEnd}).Entry())
	const one = "0xad661e1a40f0fbcb23a690e72914ec0e9b74bc9a62b8afff4e4740f4e41f4df5"
	if got := d.Sum().Hex(); got != one {
		t.Errorf("the digest of one vector is %s", got)
	}
	if err := d.UnmarshalBinary(make([]byte, 9)); err == nil {
		t.Error("a short state is taken")
	}
}

func BenchmarkVectorDigest(b *testing.B) {
	var d VectorDigest
	v := Vector{ID: Position{1, 2, 3}, From: 4, To: NoEnd}
	e := v.Entry()
	for b.Loop() {
		e.From++
		d.Add(e)
	}
}
