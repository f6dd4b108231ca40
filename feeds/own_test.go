package feeds

import (
	"testing"

	"candor/graph"
	"candor/graph/embed/embedtest"
)

// TestOwnRuns: who signed in gets a run of its own, which nobody else gets a page of,
// and whoever names a reader without its session gets the preview that all get.
func TestOwnRuns(t *testing.T) {
	h, l, _ := testHall(t)
	ann, bob := embedtest.Person(1), embedtest.Person(2)
	feed := func(req graph.Request) *graph.Page {
		t.Helper()
		req.Limit = 5
		p, err := h.Feed(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	own := feed(graph.Request{Viewer: ann, Reader: ann})
	if own.Run.Public || own.Run.Anonymous {
		t.Errorf("the run of a session is %+v", own.Run)
	}
	if again := feed(graph.Request{Viewer: ann, Reader: ann}); again.Run.ID != own.Run.ID || again.Run.Opening != own.Run.Opening {
		t.Error("the same reader's same request makes another run")
	}
	preview := feed(graph.Request{Viewer: ann})
	if !preview.Run.Public || preview.Run.ID == own.Run.ID || preview.Run.Opening == own.Run.Opening {
		t.Errorf("a stranger who names the reader gets %+v", preview.Run)
	}
	if others := feed(graph.Request{Viewer: ann, Reader: bob}); others.Run.ID != preview.Run.ID {
		t.Error("another reader's session makes another preview")
	}
	if nobody := feed(graph.Request{Reader: ann}); !nobody.Run.Public || !nobody.Run.Anonymous {
		t.Errorf("a reader who names nobody gets %+v", nobody.Run)
	}
	if zero := feed(graph.Request{Viewer: graph.Address{}, Reader: graph.Address{}}); !zero.Run.Public {
		t.Error("nobody's run is nobody's own")
	}
	if len(l.rows) != 3 || l.rows[0].Public || !l.rows[1].Public || !l.rows[2].Public {
		t.Errorf("the ledger has %d runs", len(l.rows))
	}
	// The log tells the ids of runs, so a cursor is easily made up.
	for _, reader := range []graph.Address{{}, bob} {
		req := graph.Request{Viewer: ann, Reader: reader, Limit: 5, Cursor: cursor{own.Run.ID, 0}.String()}
		if p, err := h.Feed(t.Context(), req); !asked(err, false) {
			t.Errorf("a made-up cursor opens another's run: %+v, %v", p, err)
		}
	}
	if next := feed(graph.Request{Viewer: ann, Reader: ann, Cursor: own.Cursor}); next.Run.ID != own.Run.ID {
		t.Error("the reader's own cursor leads elsewhere")
	}
}
