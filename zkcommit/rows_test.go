package zkcommit

import (
	"math/big"
	"math/rand"
	"slices"
	"testing"

	"candor/graph"
)

func wideRows(r *rand.Rand, n, width int) ([]graph.PostID, Rows) {
	ids, rows := make([]graph.PostID, n), make(Rows, n)
	for i, p := range r.Perm(n) {
		ids[i] = graph.PostID{Block: uint64(p/5 + 1), Tx: uint32(p % 5)}
		rows[i] = make([]int8, width)
		for k := range rows[i] {
			rows[i][k] = int8(r.Uint32())
		}
	}
	return ids, rows
}

func TestRowsDigestBinds(t *testing.T) {
	// 248 ranks' ties fill one element; 64 rows of 64 are those of a dispute proof.
	for _, x := range []struct{ n, width int }{{12, 64}, {12, 1}, {12, 448}, {64, 64}, {65, 64}, {248, 3}, {249, 3}, {600, 31}} {
		testRowsDigest(t, x.n, x.width)
	}
}

func testRowsDigest(t *testing.T, n, width int) {
	r := rand.New(rand.NewSource(5))
	ids, rows := wideRows(r, n, width)
	seen := map[graph.Hash]string{}
	add := func(name string, salt, commitment graph.Hash, ids []graph.PostID, rows Rows) {
		h, err := RowsDigest(salt, commitment, ids, rows)
		if err != nil {
			t.Fatalf("%d × %d, %s: %v", n, width, name, err)
		}
		if other, ok := seen[h]; ok {
			t.Errorf("%d × %d: %s has the digest of %s", n, width, name, other)
		}
		seen[h] = name
	}
	add("itself", graph.Hash{}, graph.Hash{}, ids, rows)
	add("salt's head", graph.Hash{1}, graph.Hash{}, ids, rows)
	add("salt's tail", graph.Hash{31: 1}, graph.Hash{}, ids, rows)
	add("commitment", graph.Hash{}, graph.Hash{31: 1}, ids, rows)
	add("one post less", graph.Hash{}, graph.Hash{}, ids[:n-1], rows[:n-1])
	swapped := slices.Clone(rows)
	swapped[3], swapped[4] = swapped[4], swapped[3]
	add("two rows swapped", graph.Hash{}, graph.Hash{}, ids, swapped)
	last := slices.Clone(rows)
	last[n-1] = slices.Clone(last[n-1])
	last[n-1][width-1]++
	add("the last feature", graph.Hash{}, graph.Hash{}, ids, last)
	rev := slices.Clone(ids)
	slices.Reverse(rev)
	add("other ties", graph.Hash{}, graph.Hash{}, rev, rows)
	if pair := slices.Clone(ids); n > 2 {
		pair[n-2], pair[n-1] = pair[n-1], pair[n-2]
		add("another last tie", graph.Hash{}, graph.Hash{}, pair, rows)
	}
	zero := make([]int8, width) // its bytes are zero, as padding is
	for k := range zero {
		zero[k] = -128
	}
	add("a row of zero bytes", graph.Hash{}, graph.Hash{}, append(slices.Clone(ids), graph.PostID{Block: 999}), append(slices.Clone(rows), zero))
	if width > 1 && width%2 == 0 { // the same bytes in rows of another width
		var half Rows
		var more []graph.PostID
		for i, row := range rows {
			half = append(half, row[:width/2], row[width/2:])
			more = append(more, ids[i], graph.PostID{Block: uint64(5000 + i)})
		}
		add("narrow rows", graph.Hash{}, graph.Hash{}, more, half)
	}
}

func TestRowsDigestRefuses(t *testing.T) {
	ids, rows := wideRows(rand.New(rand.NewSource(6)), 12, 64)
	high := graph.Hash{}
	for i := range high {
		high[i] = 0xff
	}
	many := make([]graph.PostID, MaxPosts+1)
	for i := range many {
		many[i].Block = uint64(i)
	}
	short := slices.Clone(rows)
	short[5] = short[5][:63]
	for name, x := range map[string]struct {
		c    graph.Hash
		ids  []graph.PostID
		rows Rows
	}{
		"no post": {}, "too many": {ids: many, rows: RowsOf(make([]graph.FeatureVector, MaxPosts+1))}, "a row missing": {ids: ids, rows: rows[1:]},
		"twice": {ids: []graph.PostID{ids[0], ids[0]}, rows: rows[:2]}, "high commitment": {c: high, ids: ids, rows: rows},
		"a short row": {ids: ids, rows: short}, "empty rows": {ids: ids, rows: make(Rows, 12)},
		"too wide": {ids: ids[:1], rows: Rows{make([]int8, MaxInputs+1)}},
	} {
		if _, err := RowsDigest(graph.Hash{}, x.c, x.ids, x.rows); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// The digests of wider and longer runs are fixed as well.
func TestGoldenRows(t *testing.T) {
	for _, x := range []struct {
		n, width int
		want     string
	}{
		{64, 64, "0x09cca2d3f1653822380f0289bba4fd38be6d683135e07a351fa2269dedce5935"},
		{64, 448, "0x204df826d84cd7f8bdb6e88c34e7893491099dd305f0714fdf8f57d774c31e41"},
		{65, 64, "0x132a1c9e802aa201d8c4cfe87547a638aa27a4b7763fc41e5d3feee24f41ed32"},
		{300, 448, "0x19b5b730f9f0b8d2d9fc9030a6103c7676e0133d016d7204a81967a9e5b55d8c"},
	} {
		ids, rows := wideRows(rand.New(rand.NewSource(8)), x.n, x.width)
		h, err := RowsDigest(graph.Hash{1, 31: 2}, graph.Hash{3, 31: 4}, ids, rows)
		if err != nil || h.Hex() != x.want {
			t.Errorf("%d posts of %d features: %s, %v, want %s", x.n, x.width, h.Hex(), err, x.want)
		}
	}
}

// The ties' bits are those that the dispute circuit takes, and go on behind them.
func TestSteps(t *testing.T) {
	ids, _ := wideRows(rand.New(rand.NewSource(9)), 64, 1)
	one := steps(ids, K)
	if len(one) != 1 || !one[0].IsUint64() || one[0].Uint64() != Steps(ids) {
		t.Errorf("the steps are %v, not %b", one, Steps(ids))
	}
	rising := make([]graph.PostID, 500)
	for i := range rising {
		rising[i].Block = uint64(i)
	}
	all := steps(rising, len(rising))
	full := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), stepBits), big.NewInt(1))
	for j, want := range []*big.Int{full, full, big.NewInt(0b111)} { // 499 posts have a newer one behind them
		if got := all[j].BigInt(new(big.Int)); len(all) != 3 || got.Cmp(want) != 0 {
			t.Errorf("500 rising posts have %b in element %d of their steps", got, j)
		}
	}
}
