package chain_test

import (
	"math/big"
	"testing"

	"candor/graph"
	"candor/zkcommit/chain"
)

func TestVersionsAndReports(t *testing.T) {
	w := bonded(t)
	plugin, err := w.other.EnsurePlugin(ctx, "tower", chain.Tower)
	if err != nil {
		t.Fatal(err)
	}
	for i := range byte(3) {
		m := chain.Model{Plugin: plugin, Commitment: graph.Hash{i + 1}, ShapeID: graph.Keccak(), Manifest: document("m"), RevealBy: w.now(t) + 1000*uint64(i+1)}
		if _, err := w.other.EnsurePledged(ctx, m, chain.Pledge{Bond: big.NewInt(1000 + int64(i)), Ciphertext: []byte("sealed")}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.other.WithdrawModel(ctx, plugin, 3); err != nil {
		t.Fatal(err)
	}
	p, _, err := w.owner.Plugin(ctx, plugin)
	if err != nil {
		t.Fatal(err)
	}
	for most, first := range map[uint32]uint32{2: 2, 3: 1, 9: 1} {
		all, err := w.owner.Versions(ctx, p, most)
		if err != nil || len(all) != int(4-first) {
			t.Fatalf("%d versions, %v", len(all), err)
		}
		for i, v := range all {
			m, _, err := w.owner.Model(ctx, plugin, first+uint32(i))
			if err != nil || v.Model != m || v.Bond.Int64() != 999+int64(v.Model.Version) || v.Reveal != chain.RevealDue || v.Committed == 0 {
				t.Errorf("%+v, want %+v: %v", v, m, err)
			}
		}
		if last := all[len(all)-1]; last.Withdrawn == 0 {
			t.Error("the newest version was withdrawn")
		}
	}

	report := document("a report")
	for _, version := range []uint32{2, 1} {
		if err := w.owner.PublishReport(ctx, plugin, version, report); err != nil {
			t.Fatal(err)
		}
	}
	all, last, err := w.owner.ReportsFrom(ctx, plugin, 0)
	if err != nil || len(all) != 2 || last < all[1].Block {
		t.Fatalf("%+v up to %d, %v", all, last, err)
	}
	for i, a := range all {
		if a.Plugin != plugin || a.Version != uint32(2-i) || a.Auditor != address(key("owner")) || a.CID != report {
			t.Errorf("%+v", a)
		}
	}
	if again, _, err := w.owner.ReportsFrom(ctx, graph.Hash{}, all[1].Block); err != nil || len(again) != 1 || again[0] != all[1] {
		t.Errorf("from the second one on: %+v %v", again, err)
	}
}
