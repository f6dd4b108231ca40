package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"candor/audit"
	"candor/graph"
)

// Bundles that a node keeps back do not pass for those that only their readers have.
func TestKeptBackBundlesAreNoted(t *testing.T) {
	for code, want := range map[int]string{http.StatusBadRequest: "", http.StatusNotFound: "no bundle of 2 runs", http.StatusInternalServerError: "no bundle of 2 runs", http.StatusTooManyRequests: "no bundle of 2 runs"} {
		node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }))
		check := &audit.Runs{Report: &audit.Report{Shares: map[string]audit.Share{}}}
		err := (&subject{node: node.URL}).runs(t.Context(), check, []graph.Hash{{1}, {2}}, io.Discard)
		node.Close()
		if notes := strings.Join(check.Report.Notes, "\n"); err != nil || (notes == "") != (want == "") || !strings.Contains(notes, want) {
			t.Errorf("a node that answers %d: %v, noted %q", code, err, notes)
		}
	}
	check := &audit.Runs{Report: &audit.Report{Shares: map[string]audit.Share{}}}
	if err := (&subject{node: "http://127.0.0.1:1"}).runs(t.Context(), check, []graph.Hash{{1}}, io.Discard); err != nil || len(check.Report.Notes) != 1 {
		t.Errorf("a node that is away: %v, noted %q", err, check.Report.Notes)
	}
}

// A node has one log: what it signs under another name no anchor would contradict.
func TestANodeHasOneLog(t *testing.T) {
	node := graph.Address{1, 0xab}
	if err := oneLog("candor.local/"+node.Hex(), node); err != nil {
		t.Error(err)
	}
	for _, origin := range []string{"", "candor.local/" + node.Hex() + "/epochs", "candor.local/" + node.Hex() + "/2", "candor.local/" + graph.Address{2}.Hex(), strings.ToUpper("candor.local/" + node.Hex()), "log"} {
		if err := oneLog(origin, node); err == nil {
			t.Errorf("%q is taken for the log of %s", origin, node)
		}
	}
}
