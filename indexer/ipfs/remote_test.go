package ipfs

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"candor/graph"
)

// A gateway that is asked without a node gives true bytes, or says what is wrong:
// that it does not have them is told apart from its failing.
func TestRemote(t *testing.T) {
	s := newStage(t, false)
	r, err := NewRemote(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	doc, c, err := graph.PostContent{Text: "Hello."}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	large := []byte(strings.Repeat("x", graph.MaxDocument+1))
	for name, x := range map[string]struct {
		act  http.HandlerFunc
		want func(error) bool
	}{
		"a good one":      {block200(doc), func(err error) bool { return err == nil }},
		"nothing":         {http.NotFound, func(err error) bool { return errors.Is(err, ErrUnavailable) }},
		"too much":        {block200(large), func(err error) bool { return errors.Is(err, ErrUnavailable) }},
		"other bytes":     {block200([]byte(`{"x":1}`)), func(err error) bool { return err != nil && strings.Contains(err.Error(), "other bytes") }},
		"a failure":       {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(502) }, func(err error) bool { return err != nil && !errors.Is(err, ErrUnavailable) }},
		"a page of words": {func(w http.ResponseWriter, _ *http.Request) { w.Write(doc) }, func(err error) bool { return err != nil && !errors.Is(err, ErrUnavailable) }},
	} {
		s.set(c, x.act)
		got, err := r.Get(t.Context(), c)
		if !x.want(err) || (err == nil) != (string(got) == string(doc)) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if _, other, err := (graph.ProfileContent{}).Encode(); err == nil {
		if _, err := r.Get(t.Context(), other); !errors.Is(err, ErrUnavailable) {
			t.Errorf("what nobody has: %v", err)
		}
	}
	for _, bad := range []string{"", "ftp://x", "http://", "http://u@x", "http://x?a=b"} {
		if _, err := NewRemote(bad); err == nil {
			t.Errorf("%q is taken for a gateway", bad)
		}
	}
}
