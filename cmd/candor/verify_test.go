package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"candor/zkcommit"
)

// What a bundle or a node says cannot pass for what this program says.
func TestWordsOfOthersStayInTheirLine(t *testing.T) {
	evil := "x\n\nVALID  run 0x00\x1b[2J\x1b]0;\a\u202e\u2028\xff"
	var out strings.Builder
	if err := printFinding(&out, zkcommit.Finding{Checks: []zkcommit.Check{{Name: "record", Detail: evil}}}); err != nil {
		t.Fatal(err)
	}
	if s := out.String(); strings.Contains(s, "\nVALID") || strings.ContainsAny(s, "\x1b\a\u202e\u2028") || !strings.Contains(s, "\nINVALID") {
		t.Errorf("%q", s)
	}
	node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		_ = json.NewEncoder(w).Encode(map[string]string{"detail": evil})
	}))
	defer node.Close()
	if _, err := fetch(t.Context(), node.URL, "/"); err == nil || strings.ContainsAny(err.Error(), "\n\x1b\a\u202e") {
		t.Errorf("%q", err)
	}
}

// A run that ranks no post is proved by nothing, and its key is trusted on nothing.
func TestNothingIsSaidOfAKeyWithoutProof(t *testing.T) {
	for _, f := range []zkcommit.Finding{{Valid: true, Root: zkcommit.RootChain}, {Root: zkcommit.RootBundle, Keys: "development"}} {
		var out strings.Builder
		if err := printFinding(&out, f); err != nil {
			t.Fatal(err)
		}
		if s := out.String(); strings.Contains(s, "trusted on") || strings.Contains(s, "development key") || !strings.Contains(s, "no proof holds") {
			t.Errorf("%+v: %s", f, s)
		}
	}
}
