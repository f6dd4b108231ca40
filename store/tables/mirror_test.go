package tables_test

import (
	"context"
	"path/filepath"
	"testing"

	"candor/graph"
	"candor/store/scan"
	"candor/store/sqlite"
	"candor/store/storetest"
	"candor/store/tables"
	"candor/store/vectors"
	"candor/zkcommit"

	"github.com/ipfs/go-cid"
)

// deaf does not hear of some changes.
type deaf struct {
	*scan.Index
	now bool
}

func (d *deaf) Follow(ctx context.Context, vs []graph.Vector, at graph.Block, floor uint64) error {
	if d.now {
		return nil
	}
	return d.Index.Follow(ctx, vs, at, floor)
}

// shelf is a book of one tower.
type shelf []zkcommit.TowerVector

func (b shelf) Vectors(context.Context, graph.Hash, []cid.Cid) ([]zkcommit.TowerVector, error) {
	return b, nil
}
func (b shelf) Begun(context.Context, graph.Hash, uint64) ([]cid.Cid, error) { return nil, nil }

// TestABlockTakenInUnheardIsFollowed: a block that is on disk though nobody said so is in the
// index of embeddings and in the spaces of towers once the mirror looks.
func TestABlockTakenInUnheardIsFollowed(t *testing.T) {
	ctx, x, y := t.Context(), &deaf{Index: scan.New()}, &deaf{Index: scan.New()}
	m, err := sqlite.OpenMirror(ctx, filepath.Join(t.TempDir(), "mirror.db"), tables.Options{Embed: storetest.Embed, Schema: graph.Hash{1}, Vectors: x,
		Spaces: vectors.Spaces{Open: func(context.Context, graph.Hash) (vectors.Index, error) { return y, nil }}})
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	w, d, of := storetest.NewWorld(), storetest.Text("one"), graph.Hash{9}
	if err := m.Serve(ctx, shelf{{Tower: of, Content: d.CID, From: 1, Vector: []int8{1}}}, []graph.Hash{of}); err != nil {
		t.Fatal(err)
	}
	first := graph.Batch{Block: w.Next(nil, 1)}
	if err := m.Commit(ctx, first); err != nil {
		t.Fatal(err)
	}
	second := graph.Batch{Block: w.Next(&first.Block, 2), Contents: map[cid.Cid][]byte{d.CID: d.Bytes},
		Events: []graph.Event{{ID: graph.Position{Block: 2}, BlockTime: 2, Action: graph.ActPost, Author: w.People[0], CID: d.CID}}}
	x.now, y.now = true, true
	if err := m.Commit(ctx, second); err != nil {
		t.Fatal(err)
	}
	x.now, y.now = false, false
	m.Unheard()
	if err := m.Hold(ctx, func(head graph.Block) error {
		if head != second.Block {
			t.Errorf("the head is block %d", head.Number)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	s, err := m.At(ctx, 2)
	if err != nil {
		t.Fatal(err)
	}
	e := storetest.Embed("one")
	if ids, err := s.Near(&e, 9); err != nil || len(ids) != 1 {
		t.Errorf("%d posts are near in meaning: %v", len(ids), err)
	}
	if ids, err := s.NearBy(of, &graph.Embedding{1}, 9); err != nil || len(ids) != 1 {
		t.Errorf("%d posts are near by the tower: %v", len(ids), err)
	}
}
