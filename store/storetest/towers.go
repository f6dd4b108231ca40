package storetest

import (
	"context"
	"testing"

	"candor/graph"
	"candor/zkcommit"

	"github.com/ipfs/go-cid"
)

// VectorBook keeps what towers made of contents.
type VectorBook interface {
	PutVectors(context.Context, []zkcommit.TowerVector) error
	Vectors(ctx context.Context, tower graph.Hash, contents []cid.Cid) ([]zkcommit.TowerVector, error)
	VectorsAfter(ctx context.Context, tower graph.Hash, after uint64, limit int) ([]zkcommit.TowerVector, error)
	Begun(ctx context.Context, tower graph.Hash, after uint64) ([]cid.Cid, error)
	CountVectors(ctx context.Context, tower graph.Hash) (uint64, error)
}

// towerVectors: what was kept first of a content stays, and a reopened ledger has it all, in order.
func towerVectors(t *testing.T, _ Refusals, _ string, open func() Ledger) {
	ctx, l := context.Background(), open()
	one, other := graph.Hash{1}, graph.Hash{2}
	vector := func(tower graph.Hash, text string, v ...int8) zkcommit.TowerVector {
		return zkcommit.TowerVector{Tower: tower, Content: Text(text).CID, From: 7, Vector: v,
			Words: []zkcommit.VectorWord{{Delegate: zkcommit.Delegate{Tower: tower, Operator: text, Key: Person(1), Signature: []byte{1}}, Signature: []byte{2, 3}}}}
	}
	must(t, l.PutVectors(ctx, []zkcommit.TowerVector{vector(one, "a", 1, -127), vector(one, "b", 127)}))
	must(t, l.PutVectors(ctx, []zkcommit.TowerVector{vector(one, "a", 9), vector(other, "a", 3), vector(one, "c", 4)}))
	must(t, l.Close())
	l = open()
	all, err := l.VectorsAfter(ctx, one, 0, 10)
	must(t, err)
	if len(all) != 3 {
		t.Fatalf("%d vectors of three contents", len(all))
	}
	for i, w := range []zkcommit.TowerVector{vector(one, "a", 1, -127), vector(one, "b", 127), vector(one, "c", 4)} {
		if w.N = all[i].N; i > 0 && w.N <= all[i-1].N {
			t.Error("they are not in the order in which they were kept")
		}
		same(t, "vector", all[i], w)
	}
	rest, err := l.VectorsAfter(ctx, one, all[0].N, 1)
	must(t, err)
	same(t, "page", rest, all[1:2])
	found, err := l.Vectors(ctx, one, []cid.Cid{Text("c").CID, Text("x").CID})
	must(t, err)
	same(t, "by content", found, all[2:])
	begun, err := l.Begun(ctx, one, 7)
	must(t, err)
	same(t, "begun behind the block", len(begun), 0)
	begun, err = l.Begun(ctx, other, 6)
	must(t, err)
	same(t, "begun since the block before", begun, []cid.Cid{Text("a").CID})
	n, err := l.CountVectors(ctx, other)
	must(t, err)
	same(t, "count", n, uint64(1))
}
