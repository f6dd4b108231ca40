package web

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"candor/graph"
	"candor/zkcommit"
)

// shelf is a chain with one plugin and three reports, two of them on it.
type shelf struct{ id graph.Hash }

func (s shelf) Plugin(_ context.Context, id graph.Hash) (PluginRecord, bool, error) {
	r := Reveal{ID: id.Hex() + "/1", Plugin: id, Version: 1, State: "locked", OnChain: "due", RevealBy: 9}
	return PluginRecord{ID: id, Slug: "a", Kind: "ranker", Versions: []Version{{Reveal: r, Bond: "7"}}}, id == s.id, nil
}

func (s shelf) Audits(context.Context) ([]Audit, error) {
	return []Audit{{ID: graph.Position{Block: 9}, Plugin: s.id, Version: 1}, {ID: graph.Position{Block: 8}, Plugin: graph.Hash{1}}, {ID: graph.Position{Block: 7}, Plugin: s.id}}, nil
}

func pluginServer(t *testing.T) (*Server, shelf) {
	s := server(t, nil)
	m := zkcommit.Manifest{Kind: "ranker", Name: "A", Slug: "a", Publisher: graph.Address{3}}
	s.Catalogue = func() Catalogue {
		return Catalogue{Rankers: []Plugin{{ID: "a", Plugin: m.ID(), Assurance: "proven", Signed: &zkcommit.SignedManifest{Manifest: m}}}}
	}
	on := shelf{m.ID()}
	s.Plugins = on
	s.Schema = func(h graph.Hash) []Feature {
		if h != (graph.Hash{5}) {
			return nil
		}
		return []Feature{{Name: "likes", Unit: "likes"}}
	}
	return s, on
}

func TestPluginByBothIDs(t *testing.T) {
	s, on := pluginServer(t)
	for _, name := range []string{"a", on.id.Hex(), "0x" + strings.ToUpper(on.id.Hex()[2:])} {
		status, body, _ := ask(t, s, "GET", "/api/v1/plugins/"+name, "", "")
		var p struct {
			ID       graph.Hash
			Here     *Plugin
			Manifest *struct{ Name string }
			Versions []map[string]any
		}
		if err := json.Unmarshal([]byte(body), &p); err != nil || status != 200 {
			t.Fatalf("%s gives %d: %s", name, status, body)
		}
		if p.ID != on.id || p.Here == nil || p.Here.Proofs == nil || p.Manifest == nil || p.Manifest.Name != "A" || len(p.Versions) != 1 ||
			p.Versions[0]["state"] != "locked" || p.Versions[0]["bond"] != "7" || p.Versions[0]["document"] != nil {
			t.Errorf("%s gives %s", name, body)
		}
	}
	for path, want := range map[string]int{"/api/v1/plugins/b": 404, "/api/v1/plugins/0x01": 400, "/api/v1/plugins/" + (graph.Hash{9}).Hex(): 404,
		"/api/v1/plugins/a?x=1": 400, "/api/v1/audits?plugin=a": 400, "/api/v1/audits?cursor=1": 400, "/api/v1/audits?limit=0": 400,
		"/api/v1/schemas/" + (graph.Hash{6}).Hex(): 404, "/api/v1/schemas/1": 400} {
		if status, body, _ := ask(t, s, "GET", path, "", ""); status != want {
			t.Errorf("%s gives %d, want %d: %s", path, status, want, body)
		}
	}
}

func TestAuditsPageByPage(t *testing.T) {
	s, on := pluginServer(t)
	var got []string
	for cursor, more := "", true; more; {
		status, body, _ := ask(t, s, "GET", fmt.Sprintf("/api/v1/audits?limit=1&plugin=%s&cursor=%s", on.id.Hex(), cursor), "", "")
		var page struct {
			Items  []struct{ ID string }
			Cursor string
		}
		if err := json.Unmarshal([]byte(body), &page); err != nil || status != 200 || len(page.Items) != 1 {
			t.Fatalf("%d: %s", status, body)
		}
		got = append(got, page.Items[0].ID)
		cursor, more = page.Cursor, page.Cursor != ""
	}
	if want := "9-0-0 7-0-0"; strings.Join(got, " ") != want {
		t.Errorf("the reports come as %v, want %s", got, want)
	}
}

func TestSchemaNamesFeatures(t *testing.T) {
	s, _ := pluginServer(t)
	status, body, _ := ask(t, s, "GET", "/api/v1/schemas/"+(graph.Hash{5}).Hex(), "", "")
	if status != 200 || !strings.Contains(body, `"name":"likes"`) {
		t.Errorf("%d: %s", status, body)
	}
}
