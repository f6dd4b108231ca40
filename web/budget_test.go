package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/zkcommit"
)

// TestCopiesAreThoseOfTheDocs: what the page says of copies is what was measured.
func TestCopiesAreThoseOfTheDocs(t *testing.T) {
	doc, err := os.ReadFile("../docs/threats.md")
	if err != nil {
		t.Fatal(err)
	}
	row := func(name string) []string {
		line := regexp.MustCompile(`(?m)^\| ` + name + ` \|(.*)\|$`).FindStringSubmatch(string(doc))
		if line == nil {
			t.Fatalf("docs/threats.md has no row %q", name)
		}
		return strings.Split(strings.ReplaceAll(line[1], " ", ""), "|")
	}
	var runs, taus []string
	for _, c := range copies {
		runs, taus = append(runs, fmt.Sprint(c.Runs)), append(taus, fmt.Sprintf("%.2f", c.Tau))
	}
	if fmt.Sprint(runs) != fmt.Sprint(row("runs seen")) || fmt.Sprint(taus) != fmt.Sprint(row("τ of the copy")) {
		t.Errorf("the page says %v and %v, the docs %v and %v", runs, taus, row("runs seen"), row("τ of the copy"))
	}
	for n, want := range map[uint64]float64{0: 0, 1: 0.51, 2: 0.51, 9: 0.72, 10: 0.77, 1 << 40: 0.80} {
		if got := copyOf(n); got.Tau != want || got.Runs != n {
			t.Errorf("%d runs give %+v", n, got)
		}
	}
}

type record struct{ p PluginRecord }

func (r record) Plugin(context.Context, graph.Hash) (PluginRecord, bool, error) {
	return r.p, true, nil
}
func (r record) Audits(context.Context) ([]Audit, error) { return nil, nil }

// TestBudgets: a secret model's page counts what it told and what it may still tell.
func TestBudgets(t *testing.T) {
	for name, c := range map[string]struct {
		date   time.Duration
		hourly uint64
		want   string
	}{
		"a secret":           {10*time.Hour + time.Minute, 6, `"budget":{"answered":12,"hourly":6,"network":7,"anyone":{"runs":9,"tau":0.72},"reader":{"runs":66,"tau":0.79}}`},
		"without bound":      {10 * time.Hour, 0, `"hourly":0,"network":7,"anyone":{"runs":9,"tau":0.72},"reader":null}`},
		"one that is public": {-time.Hour, 6, ``},
	} {
		s := server(t, nil)
		s.Access = Access{AsksHour: c.hourly, AnonymousAsksHour: 7}
		s.Runs = answers{counts{}}
		s.Plugins = record{PluginRecord{Kind: "ranker"}}
		s.Catalogue = func() Catalogue {
			return Catalogue{Rankers: []Plugin{{ID: "a", RevealBy: uint64(time.Now().Add(c.date).Unix()), Commitment: graph.Hash{4}, Signed: &zkcommit.SignedManifest{}}}}
		}
		status, body, _ := ask(t, s, "GET", "/api/v1/plugins/a", "", "")
		if status != 200 || !json.Valid([]byte(body)) || strings.Contains(body, `"budget"`) != (c.want != "") || !strings.Contains(body, c.want) {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
}

type answers struct{ counts }

func (answers) Answered(_ context.Context, model graph.Hash) (uint64, uint64, error) {
	if model != (graph.Hash{4}) {
		return 0, 0, nil
	}
	return 12, 9, nil
}

// TestTooOften: who asked too often is told so, and when to come again.
func TestTooOften(t *testing.T) {
	s := server(t, func(graph.Request) (*graph.Page, error) {
		return nil, fmt.Errorf("the hall: %w", graph.TooOften(17, "you have asked for 5 new orders: ask again in 17 seconds"))
	})
	status, body, h := ask(t, s, "GET", "/api/v1/feed", "", "")
	var p Problem
	if err := json.Unmarshal([]byte(body), &p); err != nil || status != http.StatusTooManyRequests || h.Get("Retry-After") != "17" ||
		p.Detail != "you have asked for 5 new orders: ask again in 17 seconds" || h.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%d %q %s", status, h.Get("Retry-After"), body)
	}
}
