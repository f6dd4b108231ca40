package web

import (
	"errors"
	"strings"
	"testing"

	"candor/graph"
)

func TestTicketsSayHowTheyEnd(t *testing.T) {
	s := server(t, nil)
	for id, want := range map[string]string{
		"01": `"ticket":{"nonce":"0x"},"state":"open","entry":null,"reason":"","logIndex":-1}`,
		"02": `"state":"run","entry":"0x0500`,
		"03": `"state":"abort","entry":"0x06` + strings.Repeat("00", 31) + `","reason":"crashed","logIndex":-1}`,
	} {
		status, body, _ := ask(t, s, "GET", "/api/v1/tickets/0x"+id+strings.Repeat("00", 31), "", "")
		if status != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: %d %s", id, status, body)
		}
	}
	for path, want := range map[string]int{"/api/v1/tickets/0x04" + strings.Repeat("00", 31): 404, "/api/v1/tickets/4": 400, "/api/v1/tickets/0x01" + strings.Repeat("00", 31) + "?x=1": 400} {
		if status, body, _ := ask(t, s, "GET", path, "", ""); status != want {
			t.Errorf("%s: %d %s, want %d", path, status, body, want)
		}
	}
}

// A reader of a run that was aborted gets the ticket, and what nobody should see stays inside.
func TestAbortsCarryTheirTicket(t *testing.T) {
	var nonce graph.Hash
	s := server(t, func(r graph.Request) (*graph.Page, error) {
		nonce = r.Nonce
		return nil, &graph.ErrAborted{Ticket: []byte(`{"seq":5}`), Reason: "timed-out", Cause: errors.New("a secret")}
	})
	status, body, h := ask(t, s, "GET", "/api/v1/feed?nonce=0x07"+strings.Repeat("00", 31), "", "")
	if status != 503 || h.Get("Content-Type") != "application/problem+json" || !strings.Contains(body, `"ticket":{"seq":5},"reason":"timed-out"}`) || strings.Contains(body, "secret") {
		t.Errorf("%d %s", status, body)
	}
	if nonce != (graph.Hash{7}) {
		t.Errorf("the nonce arrives as %s", nonce)
	}
	for _, bad := range []string{"7", "0x07", "0X" + strings.Repeat("00", 32)} {
		if status, body, _ := ask(t, s, "GET", "/api/v1/feed?nonce="+bad, "", ""); status != 400 {
			t.Errorf("nonce %s: %d %s", bad, status, body)
		}
	}
}

func TestAbortRates(t *testing.T) {
	s := server(t, nil)
	s.Proving = counts{}
	if _, body, _ := ask(t, s, "GET", "/api/v1/stats", "", ""); !strings.Contains(body, `"aborts":{"count":2,"share":0.5,"reasons":{"timed-out":2}}`) {
		t.Error(body)
	}
	_, body, _ := ask(t, s, "GET", "/api/v1/rankers", "", "")
	if strings.Count(body, `"aborts":{"count":1`) != 2 || !strings.Contains(body, `"aborts":{"count":0,"share":0,"reasons":{}}`) {
		t.Error(body)
	}
}
