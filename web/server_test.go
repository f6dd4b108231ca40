package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"candor/graph"
	"candor/graph/embed/embedtest"
	"candor/zkcommit"

	"github.com/prometheus/client_golang/prometheus"
)

type feeds func(graph.Request) (*graph.Page, error)

func (f feeds) Feed(_ context.Context, r graph.Request) (*graph.Page, error) { return f(r) }

type mirror struct{ Snapshot }

func (m mirror) Stats(context.Context) (graph.Stats, error) { return graph.Stats{Block: 7}, nil }
func (m mirror) Latest(context.Context) (Snapshot, error)   { return m.Snapshot, nil }
func (m mirror) Past(_ context.Context, n uint64) (Snapshot, error) {
	if n != m.Block().Number {
		return nil, graph.NotFound("there is no block %d: ask for the newest", n)
	}
	return m.Snapshot, nil
}

type runs struct{}

func (runs) RunByID(context.Context, graph.Hash) (r zkcommit.RunRow, ok bool, err error) { return }
func (runs) RunsBefore(context.Context, uint64, int) ([]zkcommit.RunRow, error)          { return nil, nil }
func (runs) CountRuns(context.Context) (uint64, uint64, error)                           { return 2, 1, nil }
func (runs) Answered(context.Context, graph.Hash) (uint64, uint64, error)                { return 0, 0, nil }
func (runs) Evidence(context.Context, graph.Hash) (e zkcommit.Evidence, err error)       { return }
func (runs) Key(context.Context, graph.Hash) (*zkcommit.BundleKey, error)                { return nil, nil }
func (runs) Registration(_ context.Context, commitment graph.Hash) (*zkcommit.Registration, error) {
	if commitment != (graph.Hash{1}) {
		return nil, nil
	}
	return &zkcommit.Registration{Shape: zkcommit.Provable, Commitment: commitment, Key: graph.Hash{2}}, nil
}

type tickets struct{}

func (tickets) CountAborts(context.Context) ([]zkcommit.AbortCount, error) {
	return []zkcommit.AbortCount{{Ranker: "a", Reason: zkcommit.TimedOut, Count: 1}, {Ranker: "b", Reason: zkcommit.TimedOut, Count: 1}}, nil
}

// TicketByID knows three tickets: one open, one ended by a run, one by an abort.
func (tickets) TicketByID(_ context.Context, id graph.Hash) (t zkcommit.TicketEnd, ok bool, err error) {
	t = zkcommit.TicketEnd{TicketRow: zkcommit.TicketRow{ID: id, Ranker: "a", Ticket: []byte(`{"nonce":"0x"}`)}, LogIndex: -1}
	switch id[0] {
	case 1:
	case 2:
		t.EntryID, t.Entry, t.LogIndex = graph.Hash{5}, (&zkcommit.Run{}).Bytes(), 4
	case 3:
		t.EntryID, t.Entry = graph.Hash{6}, (&zkcommit.Abort{Reason: zkcommit.Crashed}).Bytes()
	default:
		return t, false, nil
	}
	return t, true, nil
}

type writes struct{}

func (writes) Blocks(_ context.Context, docs [][]byte) ([]BlockResult, error) {
	out := make([]BlockResult, len(docs))
	for i, d := range docs {
		if string(d) == "full" {
			return nil, errors.New("a secret disk is full")
		}
		out[i].CID = string(d)
	}
	return out, nil
}
func (writes) File(_ context.Context, mime string, b []byte) (File, error) {
	if string(b) == "large" {
		return File{}, graph.Malformed("it is too large: send less")
	}
	return File{CID: "bafkreiccc", Size: len(b), MIME: mime}, nil
}
func (writes) Intents(_ context.Context, b []byte) (any, error) { return len(b), nil }
func (writes) Nonce(context.Context, graph.Address) (uint64, error) {
	return 0, errors.New("the chain at 10.0.0.1 is away")
}

func server(t *testing.T, f feeds) *Server {
	t.Helper()
	w := embedtest.New(t)
	w.Post(1, "Hello.")
	s := w.Snapshot()
	return New(Config{Feeds: f, Mirror: mirror{s}, History: history(w.Shown), Runs: runs{}, Proofs: runs{}, Tickets: tickets{}, Writes: writes{}, Catalogue: func() Catalogue {
		return Catalogue{Rankers: []Plugin{{ID: "a"}, {ID: "b"}, {ID: "c"}}, Filters: []Plugin{}}
	},
		Withheld: func() []Withheld { return denied }, Snapshots: func() []MirrorSnapshot { return written },
		Gateway: "http://127.0.0.1:8",
		Chain:   func(context.Context) (any, error) { return 1, nil }, Ready: func(context.Context) error { return errors.New("not yet") },
		Proving: counts{}, Log: http.NotFoundHandler(), Metrics: prometheus.NewRegistry(), Logger: slog.New(slog.DiscardHandler)})
}

// ask sends one request and reads the whole answer.
func ask(t *testing.T, s *Server, method, path, kind, body string) (int, string, http.Header) {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	res, err := s.app.Test(r, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b), res.Header
}

func TestErrorsAreProblems(t *testing.T) {
	s := server(t, func(r graph.Request) (*graph.Page, error) {
		switch r.Ranker {
		case "panic":
			panic("a secret")
		case "broken":
			return nil, errors.New("a secret")
		case "reorged":
			return nil, fmt.Errorf("the candidates, a secret: %w", graph.Later("the chain was reorganised: ask again"))
		case "slow":
			return nil, fmt.Errorf("read a secret: %w", context.DeadlineExceeded)
		case "nobody":
			return nil, graph.NotFound("there is no ranker %q: GET /api/v1/rankers lists them", r.Ranker)
		}
		return nil, graph.Malformed("the block is bad: send another")
	})
	newest := fmt.Sprintf("/api/v1/mirror/%d", s.Mirror.(mirror).Block().Number)
	for _, c := range []struct {
		method, path, body string
		status             int
	}{
		{"GET", "/api/v1/feed?ranker=panic", "", 500},
		{"GET", "/api/v1/feed?ranker=broken", "", 500},
		{"GET", "/api/v1/feed?ranker=nobody", "", 404},
		{"GET", "/api/v1/feed?ranker=reorged", "", 503},
		{"GET", "/api/v1/feed?ranker=slow", "", 503},
		{"POST", "/api/v1/blocks", "full", 500},
		{"GET", "/api/v1/feed", "", 400},
		{"GET", "/api/v1/feed?limit=0", "", 400},
		{"GET", "/api/v1/feed?limit=101", "", 400},
		{"GET", "/api/v1/feed?limit=9999999999999999999999", "", 400},
		{"GET", "/api/v1/feed?viewer=0x" + strings.Repeat("z", 40), "", 400},
		{"GET", "/api/v1/feed?block=1e3", "", 400},
		{"GET", "/api/v1/feed?x=1", "", 400},
		{"GET", "/api/v1/rankers?limit=0", "", 400},
		{"GET", "/api/v1/feed?limit=%zz", "", 400},
		{"GET", "/api/v1/profiles?cursor=0x1", "", 400},
		{"GET", "/api/v1/profiles/0x01", "", 400},
		{"GET", "/api/v1/profiles/" + graph.Address{1}.Hex() + "?viewer=0x1", "", 400},
		{"GET", "/api/v1/profiles/" + graph.Address{1}.Hex() + "?cursor=x", "", 400},
		{"GET", "/api/v1/requests/ann", "", 400},
		{"GET", "/api/v1/requests/" + graph.Address{1}.Hex() + "?cursor=0x1", "", 400},
		{"GET", "/api/v1/requests/" + graph.Address{1}.Hex() + "?limit=0", "", 400},
		{"GET", "/api/v1/requests/" + graph.Address{1}.Hex() + "?viewer=" + graph.Address{1}.Hex(), "", 400},
		{"GET", "/api/v1/posts/1-2", "", 400},
		{"GET", "/api/v1/search", "", 400},
		{"GET", "/api/v1/search?q=", "", 400},
		{"GET", "/api/v1/search?q=%20%22%27()", "", 400},
		{"GET", "/api/v1/search?q=a%ffb", "", 400},
		{"GET", "/api/v1/search?q=" + strings.Repeat("a", 257), "", 400},
		{"GET", "/api/v1/search?q=a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q", "", 400},
		{"GET", "/api/v1/search?q=a&kind=runs", "", 400},
		{"GET", "/api/v1/search?q=a&mode=sql", "", 400},
		{"GET", "/api/v1/search?q=a&kind=profiles&mode=near", "", 400},
		{"GET", "/api/v1/search?q=a&limit=0", "", 400},
		{"GET", "/api/v1/search?q=a&block=1", "", 400},
		{"GET", "/api/v1/search?q=a&cursor=5", "", 400},
		{"GET", "/api/v1/search?q=a&cursor=5.-1", "", 400},
		{"GET", "/api/v1/search?q=a&cursor=5.0", "", 400},
		{"GET", "/api/v1/search?q=a&cursor=05.1", "", 400},
		{"GET", "/api/v1/search?q=a&cursor=5.99999", "", 400},
		{"GET", "/api/v1/search?q=a&cursor=99.30", "", 404},
		{"GET", "/api/v1/mirror/x/2-0-0", "", 400},
		{"GET", "/api/v1/mirror/-1/2-0-0", "", 400},
		{"GET", "/api/v1/mirror/99999999999999999999/2-0-0", "", 400},
		{"GET", "/api/v1/mirror/2/02-0-0", "", 400},
		{"GET", "/api/v1/mirror/2/2-0", "", 400},
		{"GET", "/api/v1/mirror/2/" + strings.Repeat("9", 2000), "", 400},
		{"GET", "/api/v1/mirror/2/2-0-0?at=1", "", 400},
		{"GET", newest + "/1-0-0", "", 404},
		{"GET", newest + "/3-0-0", "", 404},
		{"GET", "/api/v1/mirror/99/2-0-0", "", 404},
		{"GET", "/api/v1/mirror/9223372036854775807/2-0-0", "", 404},
		{"GET", "/api/v1/mirror/2", "", 404},
		{"POST", "/api/v1/mirror/2/2-0-0", "", 404},
		{"GET", "/api/v1/contents?cursor=x", "", 400},
		{"GET", "/api/v1/contents?cursor=02-0-0", "", 400},
		{"GET", "/api/v1/contents?limit=101", "", 400},
		{"GET", "/api/v1/contents?block=1", "", 400},
		{"GET", "/api/v1/posts/01-0-0", "", 400},
		{"GET", "/api/v1/posts/99-0-0", "", 404},
		{"GET", "/api/v1/runs/0x00", "", 400},
		{"GET", "/api/v1/runs/" + graph.Hash{1}.Hex(), "", 404},
		{"GET", "/api/v1/runs/" + graph.Hash{1}.Hex() + "/bundle", "", 404},
		{"GET", "/api/v1/keys/" + graph.Hash{1}.Hex(), "", 404},
		{"GET", "/api/v1/nonces/" + graph.Address{1}.Hex(), "", 500},
		{"POST", "/api/v1/feed", "", 404},
		{"DELETE", "/api/v1/blocks", "", 404},
		{"GET", "/api", "", 404},
		{"GET", "/api/../etc/passwd", "", 404},
		{"POST", "/api/v1/blocks", strings.Repeat("x", graph.MaxDocument+1), 400},
	} {
		status, body, h := ask(t, s, c.method, c.path, "", c.body)
		var p Problem
		if err := json.Unmarshal([]byte(body), &p); err != nil || status != c.status || p.Status != status || len(p.Detail) < 15 ||
			h.Get("Content-Type") != "application/problem+json" {
			if c.path != "/api/../etc/passwd" || status != 404 { // the path is cleaned, and then it is not the API's
				t.Errorf("%s %.60s: %d %s, want %d and a problem", c.method, c.path, status, body, c.status)
			}
		}
		if strings.Contains(body, "secret") || strings.Contains(body, "10.0.0.1") {
			t.Errorf("%s tells a stranger the operator's secrets: %s", c.path, body)
		}
	}
}

func TestBlocksOneAndMany(t *testing.T) {
	s := server(t, nil)
	if status, body, _ := ask(t, s, "POST", "/api/v1/blocks", "application/json", "doc"); status != 200 || body != `{"cid":"doc"}` {
		t.Errorf("one document: %d %s", status, body)
	}
	if status, body, _ := ask(t, s, "POST", "/api/v1/blocks", "application/x-ndjson", "a\nb\n"); status != 200 || body != `{"items":[{"cid":"a"},{"cid":"b"}],"cursor":""}` {
		t.Errorf("two documents: %d %s", status, body)
	}
	if status, _, _ := ask(t, s, "POST", "/api/v1/blocks", "application/x-ndjson", strings.Repeat("a\n", 501)); status != 400 {
		t.Errorf("501 documents: %d", status)
	}
}

func TestPluginsPaged(t *testing.T) {
	s := server(t, nil)
	var got []string
	for cursor := ""; ; {
		var page struct {
			Items  []struct{ ID string }
			Cursor string
		}
		status, body, _ := ask(t, s, "GET", "/api/v1/rankers?limit=2&cursor="+cursor, "", "")
		if err := json.Unmarshal([]byte(body), &page); err != nil || status != 200 {
			t.Fatalf("%d %s", status, body)
		}
		for _, i := range page.Items {
			got = append(got, i.ID)
		}
		if cursor = page.Cursor; cursor == "" {
			break
		}
	}
	if strings.Join(got, "") != "abc" {
		t.Errorf("pages of two give %v", got)
	}
	if status, body, _ := ask(t, s, "GET", "/api/v1/filters", "", ""); body != `{"items":[],"cursor":""}` {
		t.Errorf("no filters: %d %s", status, body)
	}
	if status, _, _ := ask(t, s, "GET", "/api/v1/rankers?cursor=z", "", ""); status != 400 {
		t.Errorf("a cursor of another list: %d", status)
	}
}

func TestNotReady(t *testing.T) {
	s := server(t, nil)
	if status, body, _ := ask(t, s, "GET", "/readyz", "", ""); status != 503 || body != "not yet\n" {
		t.Errorf("/readyz: %d %q", status, body)
	}
	if status, body, _ := ask(t, s, "GET", "/metrics", "", ""); status != 200 || !strings.Contains(body, `candor_http_request_seconds_count{route="/readyz",status="503"} 1`) {
		t.Errorf("/metrics: %d %.2000s", status, body)
	}
	if status, _, h := ask(t, s, "GET", "/", "", ""); !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'self'") {
		t.Errorf("/: %d without a policy", status)
	}
}

// TestStringsOutliveTheirRequest shows that what a handler keeps is not
// overwritten by the next request, as Fiber's strings are by default.
func TestStringsOutliveTheirRequest(t *testing.T) {
	var mu sync.Mutex
	kept := map[string]bool{}
	s := server(t, func(r graph.Request) (*graph.Page, error) {
		mu.Lock()
		defer mu.Unlock()
		kept[r.Ranker+r.Filters[0]] = true
		return &graph.Page{}, nil
	})
	var wg sync.WaitGroup
	for i := range 64 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			ask(t, s, "GET", fmt.Sprintf("/api/v1/feed?ranker=r%03d&filter=f%03d", i, i), "", "")
		}()
	}
	wg.Wait()
	for i := range 64 {
		if !kept[fmt.Sprintf("r%03df%03d", i, i)] {
			t.Errorf("request %d was kept as another", i)
		}
	}
}

var denied = []Withheld{{"bafkreiaaa", ""}, {"bafkreibbb", "spam"}}

func TestWithheldIsPaged(t *testing.T) {
	s := server(t, nil)
	for _, c := range []struct {
		query  string
		status int
		want   string
	}{
		{"", 200, `{"items":[{"id":"bafkreiaaa","reason":""},{"id":"bafkreibbb","reason":"spam"}],"cursor":""}`},
		{"?limit=1", 200, `{"items":[{"id":"bafkreiaaa","reason":""}],"cursor":"bafkreiaaa"}`},
		{"?cursor=nonsense", 400, "send the cursor of the page before"},
		{"?page=2", 400, "unknown here"},
		// A cursor that has left the list is still good.
		{"?limit=1&cursor=bafkreicysg23kiwv34eg2d7qweipxwosdo2py4ldv42nbauguluen5v6am", 200, `{"items":[],"cursor":""}`},
	} {
		if status, body, _ := ask(t, s, "GET", "/api/v1/withheld"+c.query, "", ""); status != c.status || !strings.Contains(body, c.want) {
			t.Errorf("%s: %d %s", c.query, status, body)
		}
	}
}

var written = []MirrorSnapshot{{ID: "baguc", Index: 2, Block: 30, Posts: 9}, {ID: "bagub", Index: 1, Block: 20}, {ID: "bagua", Index: 0, Block: 10}}

func TestSnapshotsArePaged(t *testing.T) {
	s := server(t, nil)
	for _, c := range []struct {
		query  string
		status int
		want   string
	}{
		{"", 200, `"id":"bagua","index":0,"block":10`},
		{"?limit=1", 200, `"posts":9,"size":0}],"cursor":"2"}`},
		{"?limit=1&cursor=2", 200, `{"items":[{"id":"bagub"`},
		{"?cursor=1", 200, `{"items":[{"id":"bagua"`},
		{"?cursor=0", 200, `{"items":[],"cursor":""}`},
		{"?cursor=01", 400, "send the cursor of the page before"},
		{"?cursor=-1", 400, "send the cursor of the page before"},
		{"?page=2", 400, "unknown here"},
	} {
		if status, body, _ := ask(t, s, "GET", "/api/v1/snapshots"+c.query, "", ""); status != c.status || !strings.Contains(body, c.want) {
			t.Errorf("%s: %d %s", c.query, status, body)
		}
	}
}

func TestFilesOfPosts(t *testing.T) {
	s := server(t, nil)
	for _, c := range []struct {
		kind, body string
		status     int
		want       string
	}{
		{"image/png", "abc", 200, `{"cid":"bafkreiccc","size":3,"mime":"image/png"}`},
		{"IMAGE/PNG; x=1", "abc", 200, `"mime":"image/png"`},
		{"text/html", "abc", 400, "send one such as image/png"},
		{"", "abc", 400, "send one such as image/png"},
		{"image/png", "large", 400, "send less"},
	} {
		if status, body, _ := ask(t, s, "POST", "/api/v1/files", c.kind, c.body); status != c.status || !strings.Contains(body, c.want) {
			t.Errorf("%s %s: %d %s", c.kind, c.body, status, body)
		}
	}
}

func TestRegistrations(t *testing.T) {
	s := server(t, nil)
	one := "0x01" + strings.Repeat("00", 31)
	code, body, _ := ask(t, s, "GET", "/api/v1/registrations/"+one, "", "")
	var a struct {
		ID, CID, Shape, Key string
		Registration        []byte
	}
	if err := json.Unmarshal([]byte(body), &a); err != nil || code != 200 || a.ID != one || a.Shape != "64x32x1" || !strings.HasPrefix(a.CID, "bafk") || len(a.Registration) == 0 {
		t.Errorf("a registration answers %d: %s, %v", code, body, err)
	}
	for path, want := range map[string]int{"0x02" + one[4:]: 404, "0x01": 400} {
		if code, body, _ := ask(t, s, "GET", "/api/v1/registrations/"+path, "", ""); code != want {
			t.Errorf("%s answers %d: %s", path, code, body)
		}
	}
}
