package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

// The client's files are zipped once, not for every reader, and a reader who has
// one is not sent it again.
func TestFiles(t *testing.T) {
	body := bytes.Repeat([]byte("wasm "), 1000)
	all, err := files(fstest.MapFS{"index.html": {Data: []byte("<p>")}, "verify.wasm": {Data: body}, ".keep": {}})
	if err != nil || len(all) != 3 || all["/"] != all["/index.html"] {
		t.Fatalf("%v %v", all, err)
	}
	f := all["/verify.wasm"]
	a, b := f.zipped(), f.zipped()
	if &a[0] != &b[0] {
		t.Error("a file is zipped twice")
	}
	z, err := gzip.NewReader(bytes.NewReader(a))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, body) {
		t.Errorf("%d bytes come back: %v", len(got), err)
	}
	if f.kind != "application/wasm" || f.tag == all["/"].tag {
		t.Errorf("kind %q, tag %s", f.kind, f.tag)
	}
}

// One worker may ask any chain's endpoint, and it may do nothing else.
func TestTheAskersPolicy(t *testing.T) {
	s := server(t, nil)
	root, err := files(distRoot())
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for path := range root {
		res, err := s.app.Test(httptest.NewRequest("GET", path, nil), -1)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		want := policy("http://127.0.0.1:8")
		if strings.HasPrefix(path, "/assets/ask.worker-") {
			want, found = "default-src 'none'; connect-src *", true
		}
		if got := res.Header.Get("Content-Security-Policy"); got != want {
			t.Errorf("%s has the policy %q, want %q", path, got, want)
		}
	}
	if len(root) > 2 && !found {
		t.Error("the client has no worker of that name: its policy would keep it from asking")
	}
}

func TestFilesAreSent(t *testing.T) {
	s := server(t, nil)
	for _, c := range []struct {
		method, path, known string
		zip                 bool
		status              int
	}{
		{"GET", "/", "", false, 200}, {"GET", "/", "", true, 200}, {"HEAD", "/", "", true, 200}, {"GET", "/", "tag", true, 304},
		{"POST", "/", "", false, 404}, {"GET", "/assets", "", false, 404}, {"GET", "/.keep", "", false, 404}, {"GET", "/../go.mod", "", false, 404},
	} {
		root, err := files(distRoot())
		if err != nil {
			t.Fatal(err)
		}
		index, built := root["/"]
		if !built && c.path == "/" {
			continue // the client is not built
		}
		r := httptest.NewRequest(c.method, c.path, nil)
		if c.zip {
			r.Header.Set("Accept-Encoding", "gzip, br")
		}
		if c.known != "" {
			r.Header.Set("If-None-Match", index.tag)
		}
		res, err := s.app.Test(r, -1)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != c.status || res.Header.Get("Content-Security-Policy") != policy("http://127.0.0.1:8") {
			t.Errorf("%s %s: %d, want %d with a policy", c.method, c.path, res.StatusCode, c.status)
		}
		if got := res.Header.Get("Content-Encoding"); c.status == 200 && (got == "gzip") != c.zip {
			t.Errorf("%s %s: encoding %q", c.method, c.path, got)
		}
	}
}
