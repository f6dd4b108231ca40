package web

import (
	"maps"
	"strings"
	"testing"

	"candor/graph"
)

// TestValuesOfParameters: what a reader sends for a ranker's parameters arrives by name.
func TestValuesOfParameters(t *testing.T) {
	var last graph.Request
	s := server(t, func(r graph.Request) (*graph.Page, error) {
		last = r
		return &graph.Page{}, nil
	})
	for query, want := range map[string]map[string]int32{"": nil, "?param.fresh=3": {"fresh": 3}, "?param.a=-1&limit=5&param.b=32": {"a": -1, "b": 32}, "?param.=1": {"": 1}} {
		if status, body, _ := ask(t, s, "GET", "/api/v1/feed"+query, "", ""); status != 200 || !maps.Equal(last.Values, want) {
			t.Errorf("%s: %d %s, asked %v", query, status, body, last.Values)
		}
	}
	for query, want := range map[string]string{"?param.a=1.5": "no whole number", "?param.a=": "no whole number", "?param.a=2147483648": "no whole number",
		"?param.a=1&param.a=1": "there twice", "?params.a=1": "unknown here", "?param=1": "unknown here"} {
		if status, body, _ := ask(t, s, "GET", "/api/v1/feed"+query, "", ""); status != 400 || !strings.Contains(body, want) {
			t.Errorf("%s: %d %s", query, status, body)
		}
	}
}
