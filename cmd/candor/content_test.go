package main

import (
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"candor/graph"

	"github.com/ipfs/go-cid"
)

// TestFilesAndDenials takes a picture through the relay into the IPFS node and
// out of its gateway, and then has the operator withhold it.
func TestFilesAndDenials(t *testing.T) {
	deny := filepath.Join(t.TempDir(), "deny")
	if err := os.WriteFile(deny, []byte("# nothing yet\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	n, err := openNode(t.Context(), upOptions{data: t.TempDir(), content: contentOptions{denylist: deny}}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.close)
	w := writes{n.relay, n.index}
	png := []byte("\x89PNG\x0D\x0A\x1A\x0A and so on")
	f, err := w.File(t.Context(), "image/png", png)
	if err != nil || f.Size != len(png) || f.MIME != "image/png" {
		t.Fatalf("%+v, %v", f, err)
	}
	gateway := func() (int, string) {
		r, err := http.Get(n.ipfs.Gateway() + "/ipfs/" + f.CID)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		return r.StatusCode, r.Header.Get("Content-Type")
	}
	if code, kind := gateway(); code != 200 || kind != "image/png" {
		t.Fatalf("%d %s", code, kind)
	}
	refused := func(what, mime string, body []byte, want string) {
		t.Helper()
		var asked *graph.ErrAsk
		if _, err := w.File(t.Context(), mime, body); !errors.As(err, &asked) || !strings.Contains(asked.Detail, want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	refused("another type", "image/gif", png, "send the type that it has")
	refused("no picture", "image/png", []byte("<svg/>"), "send PNG, JPEG, GIF or WebP")

	if err := os.WriteFile(deny, []byte(f.CID+" a court's order\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	n.denied.Reload()
	if code, _ := gateway(); code != 410 {
		t.Errorf("withheld, it is answered %d", code)
	}
	refused("withheld", "image/png", png, "withholds")
	if got := n.withheld(); len(got) != 1 || got[0].ID != f.CID || got[0].Reason != "a court's order" {
		t.Errorf("%+v", got)
	}
	// Off the list again, it is not on disk any more.
	if err := os.WriteFile(deny, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	n.denied.Reload()
	if code, _ := gateway(); code != 404 {
		t.Errorf("after that, it is answered %d", code)
	}

	// The collector asks an index that is at the head.
	if err := n.index.Synced(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	c, err := cid.Decode(f.CID)
	if err != nil {
		t.Fatal(err)
	}
	if needed, withdrawn, err := (names{n}).Named(t.Context(), []cid.Cid{c}); err != nil || len(needed)+len(withdrawn) > 0 {
		t.Errorf("%v, %v, %v", needed, withdrawn, err)
	}
}
