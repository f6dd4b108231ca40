package web

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"candor/graph"
	"candor/zkcommit"
)

// counts stands for the node's proving.
type counts struct {
	runs
	row   *zkcommit.RunRow
	err   error
	asked *[]graph.Hash // run, holder
	mode  string
}

func (c counts) Standing() Standing {
	return Standing{Mode: cmp.Or(c.mode, "sampled"), Rate: 0.25, Rankers: map[string]Share{"b": {Runs: 4, Proven: 3, Share: 0.75}}, Whole: map[string]int{"all": 1}}
}

func (c counts) AskProof(_ context.Context, run, holder graph.Hash, now uint64) error {
	if now < 1_700_000_000 {
		panic("no clock")
	}
	*c.asked = append(*c.asked, run, holder)
	return c.err
}

func (c counts) RunByID(_ context.Context, id graph.Hash) (r zkcommit.RunRow, ok bool, err error) {
	if id != c.row.ID {
		return r, false, nil
	}
	return *c.row, true, nil
}

func TestSharesAreShown(t *testing.T) {
	s := server(t, nil)
	if _, body, _ := ask(t, s, "GET", "/api/v1/stats", "", ""); !strings.Contains(body, `"shareProven":0.5,"proving":"sampled","provingRate":0.25`) {
		t.Errorf("the stats are %s", body)
	}
	if _, body, _ := ask(t, s, "GET", "/api/v1/rankers", "", ""); !strings.Contains(body, `"proofs":{"runs":4,"proven":3,"failed":0,"sampledOut":0,"waiting":0,"shareProven":0.75}`) ||
		strings.Count(body, `"shareProven"`) != 3 {
		t.Errorf("the rankers are %s", body)
	}
	for mode, want := range map[string]string{"all": "proven", "sampled": "sampled", "asked": "committed", "off": "committed"} {
		s := server(t, func(graph.Request) (*graph.Page, error) {
			return &graph.Page{Run: graph.RunSummary{Proof: "pending", Assurance: "proven"}}, nil
		})
		s.Proving = counts{mode: mode}
		if _, body, _ := ask(t, s, "GET", "/api/v1/feed", "", ""); !strings.Contains(body, `"assurance":"`+want+`"`) {
			t.Errorf("in mode %s a pending run claims %s", mode, body)
		}
	}
	if _, body, _ := ask(t, s, "GET", "/api/v1/filters", "", ""); strings.Contains(body, "shareProven") {
		t.Errorf("filters prove nothing: %s", body)
	}
	if _, body, _ := ask(t, s, "GET", "/api/v1/proving", "", ""); body != `{"all":1}` {
		t.Errorf("proving is %s", body)
	}
}

// A proof is made for who holds the run; each viewer is one holder, and each
// anonymous run another.
func TestProofsAreAskedFor(t *testing.T) {
	run := zkcommit.Run{Seq: 1, Previous: graph.Hash{1}, Block: 5}
	row := &zkcommit.RunRow{ID: run.ID(), Run: run.Bytes(), Opening: graph.Hash{7}, Public: true, ProofState: zkcommit.Pending,
		Record: []byte(`{"viewer":"0x0000000000000000000000000000000000000000","ranked":[]}`)}
	var asked []graph.Hash
	c := counts{row: row, asked: &asked}
	s := server(t, nil)
	s.Runs, s.Proving = &c, &c
	s.Proofs = shows{e: zkcommit.Evidence{Proof: &zkcommit.Proof{Version: zkcommit.RunProof}, Registration: &zkcommit.Registration{}, RegistrationKey: &zkcommit.BundleKey{}}}
	path := "/api/v1/runs/" + row.ID.Hex() + "/proof"
	for _, x := range []struct {
		name, query string
		err         error
		state       zkcommit.ProofState
		status      int
		says        string
	}{
		{"without an opening", "", nil, zkcommit.Pending, 400, "an opening"},
		{"with another's", "?opening=" + graph.Hash{8}.Hex(), nil, zkcommit.Pending, 400, "does not open"},
		{"with a second word", "?opening=" + row.Opening.Hex() + "&x=1", nil, zkcommit.Pending, 400, "x"},
		{"well", "?opening=" + row.Opening.Hex(), nil, zkcommit.Pending, 202, `"proof":"pending"`},
		{"of a proven one", "?opening=" + row.Opening.Hex(), nil, zkcommit.Proven, 200, `"proof":"proven"`},
		{"too often", "?opening=" + row.Opening.Hex(), &Refusal{http.StatusTooManyRequests, "enough for now: ask later"}, zkcommit.Pending, 429, "enough for now"},
	} {
		before := len(asked)
		c.err, row.ProofState = x.err, x.state
		status, body, h := ask(t, s, "POST", path+x.query, "", "")
		if status != x.status || !strings.Contains(body, x.says) {
			t.Errorf("%s: %d %s, want %d", x.name, status, body, x.status)
		}
		if status >= 400 && (h.Get("Content-Type") != "application/problem+json" || !json.Valid([]byte(body))) {
			t.Errorf("%s: %s is no problem", x.name, body)
		}
		if status == 400 && len(asked) != before {
			t.Errorf("%s: the node is asked", x.name)
		}
	}
	if status, _, _ := ask(t, s, "POST", "/api/v1/runs/"+graph.Hash{3}.Hex()+"/proof?opening="+row.Opening.Hex(), "", ""); status != 404 {
		t.Errorf("a run that is not there: %d", status)
	}
	holder := func(viewer string, opening graph.Hash) graph.Hash {
		row.Record, row.Opening = []byte(`{"viewer":"`+viewer+`","ranked":[]}`), opening
		ask(t, s, "POST", path+"?opening="+opening.Hex(), "", "")
		return asked[len(asked)-1]
	}
	none, someone := "0x0000000000000000000000000000000000000000", "0x0000000000000000000000000000000000000001"
	if holder(someone, graph.Hash{1}) != holder(someone, graph.Hash{2}) {
		t.Error("a viewer is two holders")
	}
	if holder(none, graph.Hash{1}) == holder(none, graph.Hash{2}) {
		t.Error("all anonymous readers are one holder")
	}
}
