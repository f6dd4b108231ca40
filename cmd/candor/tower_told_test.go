package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"candor/graph"
	"candor/rankers/tower"
	"candor/store/storetest"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
)

// TestVectorsThatANodeTells: what a node serves of a tower counts when the tower's own
// publisher is behind it, for the very words, and from its block on.
func TestVectorsThatANodeTells(t *testing.T) {
	publisher, _ := crypto.ToECDSA(bytes.Repeat([]byte{1}, 32))
	key, _ := crypto.ToECDSA(bytes.Repeat([]byte{2}, 32))
	stranger, _ := crypto.ToECDSA(bytes.Repeat([]byte{3}, 32))
	who, of := crypto.PubkeyToAddress(publisher.PublicKey), graph.Hash{5}
	id := zkcommit.PluginID(who, "spire").Hex() + "/1"
	type item struct {
		Content string                `json:"content"`
		From    uint64                `json:"from"`
		Vector  hexutil.Bytes         `json:"vector"`
		Words   []zkcommit.VectorWord `json:"words"`
	}
	one, two, three := storetest.Text("one"), storetest.Text("two"), storetest.Text("three")
	made := func(c cid.Cid, words string, from uint64, v ...int8) item {
		t.Helper()
		d := zkcommit.Delegate{Tower: of, Operator: "north", Key: crypto.PubkeyToAddress(key.PublicKey)}
		if err := d.Sign(publisher); err != nil {
			t.Fatal(err)
		}
		sig, err := zkcommit.SignVector(key, of, tower.Tokens(words), v)
		if err != nil {
			t.Fatal(err)
		}
		x := item{c.String(), from, nil, []zkcommit.VectorWord{{Delegate: d, Signature: sig}}}
		for _, n := range v {
			x.Vector = append(x.Vector, byte(n))
		}
		return x
	}
	served, maker, asked := []item{}, who, 0
	node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/v1/towers" {
			fmt.Fprintf(w, `{"items":[{"id":%q,"slug":"spire","publisher":%q,"commitment":%q}]}`, id, maker.Hex(), of.Hex())
			return
		}
		asked++
		if n := strings.Count(r.URL.Query().Get("content"), ",") + 1; r.URL.Path != "/api/v1/towers/"+id+"/vectors" || n > someContents {
			t.Errorf("it is asked for %d contents at %s", n, r.URL.Path)
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"items": served})
	}))
	defer node.Close()
	texts := map[cid.Cid]string{one.CID: "one", two.CID: "two", three.CID: "three"}
	over, err := findTower(t.Context(), node.URL, strings.ToUpper(id[2:4])+id[4:])
	if err == nil || over != nil {
		t.Fatal("a tower that is not served is found")
	}
	if over, err = findTower(t.Context(), node.URL, id); err != nil {
		t.Fatal(err)
	}
	served = []item{made(one.CID, "one", 7, 3, -4), made(two.CID, "two", 8, 5)}
	got, err := over.vectors(t.Context(), texts, 7)
	if err != nil || len(got) != 1 || got[one.CID] != (graph.Embedding{3, -4}) {
		t.Errorf("%d vectors at the block, %v", len(got), err)
	}
	forged := made(one.CID, "one", 7, 3)
	if err := forged.Words[0].Delegate.Sign(stranger); err != nil {
		t.Fatal(err)
	}
	changed := made(one.CID, "one", 7, 3)
	changed.Vector[0]++
	for name, bad := range map[string]item{
		"another's words":        made(one.CID, "two", 7, 3),
		"a changed vector":       changed,
		"a stranger's word":      forged,
		"no word":                {one.CID.String(), 7, hexutil.Bytes{3}, nil},
		"another's content":      made(storetest.Text("four").CID, "four", 7, 3),
		"a content that is none": {"x", 7, nil, nil},
	} {
		served = []item{bad}
		if got, err := over.vectors(t.Context(), texts, 7); err == nil {
			t.Errorf("%s is taken: %v", name, got)
		}
	}
	served, asked = nil, 0
	for i := range 70 {
		texts[storetest.Text(fmt.Sprint(i)).CID] = fmt.Sprint(i)
	}
	if _, err := over.vectors(t.Context(), texts, 7); err != nil || asked != 3 {
		t.Errorf("73 contents are asked for in %d questions: %v", asked, err)
	}
	maker = crypto.PubkeyToAddress(stranger.PublicKey)
	if _, err := findTower(t.Context(), node.URL, id); err == nil {
		t.Error("a node names another publisher of a tower")
	}
}
