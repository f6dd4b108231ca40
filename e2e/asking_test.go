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

// TestOwnFeeds: a reader's own run is proven and logged as any, and opened to nobody
// but who has its opening.
func TestOwnFeeds(t *testing.T) {
	n := town(t)
	a := newAuthor(t, n)
	s := a.signsIn()
	feed := "/api/v1/feed?ranker=latest&limit=5&viewer=" + a.address().Hex()
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
