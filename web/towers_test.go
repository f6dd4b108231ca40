package web

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"candor/graph"
	"candor/graph/embed/embedtest"
	"candor/zkcommit"

	"github.com/ipfs/go-cid"
)

// spires is one tower that finds what it is told.
type spires struct {
	of    zkcommit.TowerName
	finds []graph.PostID
	asked *string
}

func (s spires) Towers(context.Context) (all []Tower, err error) {
	for _, slug := range []string{"other", "spire", "spire"} {
		m := &zkcommit.SignedManifest{Manifest: zkcommit.Manifest{Kind: "tower", Slug: slug, Version: uint32(1 + len(all))}}
		all = append(all, Tower{ID: slug, Signed: m})
	}
	return all, nil
}
func (spires) Vectors(context.Context, zkcommit.TowerName, uint64, int) ([]zkcommit.TowerVector, bool, error) {
	return nil, false, nil
}

func (s spires) Made(_ context.Context, of zkcommit.TowerName, contents []cid.Cid) (out []zkcommit.TowerVector, ok bool, err error) {
	for i, c := range contents {
		out = append(out, zkcommit.TowerVector{N: uint64(i + 1), Content: c, Vector: []int8{-1}})
	}
	return out, of == s.of, nil
}

func (s spires) Near(_ context.Context, of zkcommit.TowerName, p graph.Post, block uint64, limit int) ([]graph.PostID, error) {
	*s.asked = fmt.Sprintf("%s at %d for %d", p.Content.Text, block, limit)
	if of != s.of {
		return nil, graph.NotFound("there is no such tower")
	}
	return s.finds[:min(limit, len(s.finds))], nil
}

func TestSimilar(t *testing.T) {
	w := embedtest.New(t)
	bread := w.Post(1, "Sourdough bread wants a hot oven.")
	w.Post(2, "My café bakes bread in a hot oven.")
	sky := w.Post(3, "The telescope saw Saturn.")
	gone := w.Post(3, "Bread from a hot oven, never mind.")
	w.Remove(3, gone)
	lost := w.Missing(4)
	s, asked := showing(t, w), ""
	of := zkcommit.TowerName{Plugin: graph.Hash{7}, Version: 2}
	s.Towers = spires{of, []graph.PostID{bread, gone, sky}, &asked}
	get := func(path string, want int) (p foundPage) {
		t.Helper()
		status, body, _ := ask(t, s, "GET", "/api/v1/posts/"+path, "", "")
		if err := json.Unmarshal([]byte(body), &p); err != nil || status != want {
			t.Fatalf("%s: %d %s", path, status, body)
		}
		return p
	}
	if got := texts(get(bread.String()+"/similar", 200)); got != "My café bakes bread in a hot oven." {
		t.Errorf("near in meaning: %q", got)
	}
	byTower := bread.String() + "/similar?tower=" + of.Plugin.Hex() + "/2"
	p := get(byTower, 200)
	if got := texts(p); got != "The telescope saw Saturn." || p.Block == 0 { // what is removed is not shown, whatever an index says
		t.Errorf("near by the tower: %q at block %d", got, p.Block)
	}
	if want := fmt.Sprintf("Sourdough bread wants a hot oven. at %d for 2", p.Block); func() string { get(byTower+"&limit=1", 200); return asked }() != want {
		t.Errorf("the tower is asked %q, not %q", asked, want)
	}
	for path, want := range map[string]int{
		strings.Replace(byTower, "/2", "/3", 1):    404,
		bread.String() + "/similar?tower=7":        400,
		bread.String() + "/similar?tower=":         200,
		bread.String() + "/similar?of=x":           400,
		bread.String() + "/similar?limit=0":        400,
		lost.String() + "/similar":                 404,
		"9-9-9/similar":                            404,
		bread.String() + "/similar?tower=0x07/one": 400,
	} {
		get(path, want)
	}
}

// Vectors are asked for by the contents' names, each once, and not too many at once.
func TestVectorsByName(t *testing.T) {
	s, of := server(t, nil), zkcommit.TowerName{Plugin: graph.Hash{7}, Version: 2}
	s.Towers = spires{of: of}
	var names []string
	for i := range maxContents + 1 {
		c, err := graph.DocumentCID([]byte(fmt.Sprint(i)))
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, c.String())
	}
	for content, want := range map[string]string{
		names[0] + "," + names[1] + "," + names[0]: "200 2",
		strings.Join(names[:maxContents], ","):     "200 30",
		strings.Join(names, ","):                   "400 0",
		names[0] + "&cursor=3":                     "400 0",
		names[0] + ",":                             "400 0",
		"x":                                        "400 0",
	} {
		status, body, _ := ask(t, s, "GET", fmt.Sprintf("/api/v1/towers/%s/2/vectors?content=%s", of.Plugin, content), "", "")
		var l struct{ Items []struct{ Content string } }
		if err := json.Unmarshal([]byte(body), &l); err != nil || fmt.Sprint(status, len(l.Items)) != want {
			t.Errorf("%.80s: %d %.200s", content, status, body)
		}
	}
}

// onChain says that every plugin is a tower.
type onChain struct{}

func (onChain) Plugin(_ context.Context, id graph.Hash) (PluginRecord, bool, error) {
	return PluginRecord{ID: id, Kind: "tower"}, true, nil
}
func (onChain) Audits(context.Context) ([]Audit, error) { return nil, nil }

// A tower's page has its versions that the node serves, no other tower's, and what its
// publisher signed of the newest.
func TestTowersRecord(t *testing.T) {
	s := server(t, nil)
	s.Plugins, s.Towers = onChain{}, spires{}
	m := zkcommit.Manifest{Kind: "tower", Slug: "spire"}
	status, body, _ := ask(t, s, "GET", "/api/v1/plugins/"+m.ID().Hex(), "", "")
	var p struct {
		Towers   []struct{ ID string }
		Manifest struct {
			Slug    string
			Version int
		}
	}
	if err := json.Unmarshal([]byte(body), &p); err != nil || status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	if len(p.Towers) != 2 || p.Towers[0].ID != "spire" || p.Manifest.Slug != "spire" || p.Manifest.Version != 3 {
		t.Errorf("the record is %+v", p)
	}
}
