package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"candor/graph"
)

// A page that another ranker stood in for is no answer of the publisher's, and says who did.
func TestAskedInVain(t *testing.T) {
	id := graph.Hash{7}
	for name, x := range map[string]struct{ page, want string }{
		"a fallback":         {`{"items":[{"id":"1-0-0"}],"run":{"ranker":"latest"},"fallback":{"reason":"nobody answered"}}`, "latest ranked in its place (nobody answered)"},
		"one without a word": {`{"items":[],"run":{"ranker":"latest"}}`, "the node does not say why"},
		"no page":            {`[]`, "of another version"},
		"its own":            {fmt.Sprintf(`{"items":[],"run":{"ranker":%q}}`, id.Hex()), ""},
	} {
		node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, x.page) }))
		_, err := (&ownFlags{node: node.URL}).ask(t.Context(), id)
		node.Close()
		if (err == nil) != (x.want == "") || err != nil && !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The wait for a proof ends, and says that there is none yet.
func TestProofThatDoesNotCome(t *testing.T) {
	asked := 0
	node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		fmt.Fprint(w, `{"proof":"pending"}`)
	}))
	defer node.Close()
	said, err := (&ownFlags{node: node.URL}).proven(t.Context(), graph.Hash{7}, time.Now().Add(400*time.Millisecond))
	if err != nil || said != "pending" || asked < 2 {
		t.Errorf("%q after %d questions, %v", said, asked, err)
	}
}
