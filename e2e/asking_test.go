package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/web/siwe"
	"candor/zkcommit"
)

// session is an author who signed in.
type session struct {
	*author
	token string
}

func (a *author) signsIn() *session {
	a.t.Helper()
	var door struct {
		Nonce   string
		Domains []string
		ChainID uint64
	}
	if _, err := a.n.get("/api/v1/session", &door); err != nil || len(door.Domains) == 0 {
		a.t.Fatal(door, err)
	}
	m := siwe.Message{Domain: door.Domains[0], Address: a.address(), URI: "http://" + door.Domains[0] + "/", ChainID: door.ChainID, Nonce: door.Nonce, IssuedAt: time.Now().UTC().Format(time.RFC3339)}
	sig := must[[]byte](a.t)(zkcommit.SignText(a.key, m.String()))
	var got struct{ Token string }
	body := fmt.Appendf(nil, `{"message":%s,"signature":"0x%x"}`, must[[]byte](a.t)(json.Marshal(m.String())), sig)
	if err := a.n.post("/api/v1/session", "application/json", body, &got); err != nil {
		a.t.Fatal(err)
	}
	return &session{a, got.Token}
}

// asks is one request under the session.
func (s *session) asks(path string, v any) (int, http.Header, error) {
	s.t.Helper()
	req := must[*http.Request](s.t)(http.NewRequest("GET", s.n.URL+path, nil))
	req.Header.Set("Authorization", "Bearer "+s.token)
	res := must[*http.Response](s.t)(http.DefaultClient.Do(req))
	defer res.Body.Close()
	b := must[[]byte](s.t)(io.ReadAll(res.Body))
	if res.StatusCode != http.StatusOK {
		return res.StatusCode, res.Header, fmt.Errorf("%d %s", res.StatusCode, b)
	}
	return res.StatusCode, res.Header, json.Unmarshal(b, v)
}

// TestOwnFeeds: a reader's own run, tuned by it, is proven and logged as any, and opened to nobody
// but who has its opening.
func TestOwnFeeds(t *testing.T) {
	n := town(t)
	a := newAuthor(t, n)
	s := a.signsIn()
	feed := "/api/v1/feed?ranker=hybrid&param.fresh=0&limit=5&viewer=" + a.address().Hex()
	var own, preview page
	if _, _, err := s.asks(feed, &own); err != nil {
		t.Fatal(err)
	}
	if _, err := n.get(feed, &preview); err != nil {
		t.Fatal(err)
	}
	if own.Run.Public || !preview.Run.Public || own.Run.ID == preview.Run.ID {
		t.Fatalf("the reader's run is %+v, a stranger's %+v", own.Run, preview.Run)
	}
	if usual := n.feed(t, "ranker=hybrid&limit=100&viewer="+a.address().Hex()); usual.Run.ID == preview.Run.ID || preview.Run.Parameters["fresh"] != 0 || usual.Run.Parameters["fresh"] != 16 {
		t.Errorf("a tuned run is %+v, one as usual %+v", preview.Run, usual.Run)
	}
	bundle := "/api/v1/runs/" + own.Run.ID + "/bundle"
	if status, err := n.get(bundle, &struct{}{}); status != http.StatusBadRequest || !strings.Contains(err.Error(), "its reader's own") {
		t.Errorf("without its opening: %d, %v", status, err)
	}
	if body := n.body(t, bundle+"?opening="+own.Run.Opening); !bytes.Contains([]byte(body), []byte(strings.ToLower(a.address().Hex()))) {
		t.Errorf("with its opening: %.200s", body)
	}
	var r runView
	eventually(t, 2*time.Minute, "the reader's own run is proven", func() bool {
		_, err := n.get("/api/v1/runs/"+own.Run.ID, &r)
		return err == nil && r.Proof == "proven" && r.LogIndex >= 0
	})
	if out, err, code := run(t, "verify", "--node", n.URL, own.Run.ID, "--opening", own.Run.Opening); code != 0 {
		t.Errorf("verify: %d %s%s", code, out, err)
	}
	if _, _, code := run(t, "verify", "--node", n.URL, own.Run.ID); code == 0 {
		t.Error("anyone verifies it")
	}
}

// TestAsksAreBounded: readers and networks get their new runs of a ranker and then wait;
// neither a restart nor a fresh key gives more, and what is there stays.
func TestAsksAreBounded(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	flags := []string{"--asks-hour", "3", "--anonymous-asks-hour", "2"}
	start := func() *node {
		n := must[*node](t)(launchWith(dir, "none", flags))
		t.Cleanup(n.stop)
		if err := n.waitReady(2 * time.Minute); err != nil {
			t.Fatal(err)
		}
		return n
	}
	n := start()
	feed := func(i int) string { return fmt.Sprintf("/api/v1/feed?ranker=latest&limit=5&viewer=0x%040x", i+1) }
	for i := range 2 {
		n.feed(t, strings.TrimPrefix(feed(i), "/api/v1/feed?"))
	}
	if status, err := n.get(feed(2), &page{}); status != http.StatusTooManyRequests || !strings.Contains(err.Error(), "sign in, or ask again in") {
		t.Errorf("a third preview: %d, %v", status, err)
	}
	n.feed(t, strings.TrimPrefix(feed(1), "/api/v1/feed?"))
	a := newAuthor(t, n)
	fresh := a.signsIn()
	mine := "/api/v1/feed?ranker=latest&limit=5&viewer=" + a.address().Hex()
	if status, h, err := fresh.asks(mine, &page{}); status != http.StatusTooManyRequests || h.Get("Retry-After") == "" {
		t.Errorf("a fresh key: %d, %v", status, err)
	}
	a.mined(graph.Intent{Action: graph.ActApproval})
	var own page
	eventually(t, time.Minute, "who did something on the chain has a bound of its own", func() bool {
		_, _, err := fresh.asks(mine, &own)
		return err == nil
	})
	if own.Run.Public || own.Asks == nil || !own.Asks.Reader || own.Asks.Left != 2 {
		t.Errorf("the reader's first run of 3: %+v, %+v", own.Run, own.Asks)
	}
	for i := range 2 {
		if _, _, err := fresh.asks(feed(100+i), &own); err != nil || own.Asks.Left != uint64(1-i) {
			t.Errorf("%v, %+v", err, own.Asks)
		}
	}
	n.kill()
	n = start()
	a.n = n
	again := a.signsIn()
	if status, _, err := again.asks(feed(200), &page{}); status != http.StatusTooManyRequests {
		t.Errorf("after a restart: %d, %v", status, err)
	}
	if status, err := n.get(feed(201), &page{}); status != http.StatusTooManyRequests {
		t.Errorf("its network after a restart: %d, %v", status, err)
	}
	var p struct {
		Here struct {
			Budget struct {
				Answered, Hourly, Network uint64
				Anyone                    struct{ Runs uint64 }
			}
		}
	}
	if _, err := n.get("/api/v1/plugins/hybrid", &p); err != nil || p.Here.Budget.Hourly != 3 || p.Here.Budget.Network != 2 {
		t.Errorf("the plugin's page says %+v, %v", p, err)
	}
}
