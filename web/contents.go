package web

import (
	"context"

	"candor/graph"

	"github.com/gofiber/fiber/v2"
)

// History is what became of contents in the mirror, up to its head.
type History interface {
	// Shown is what became of the contents that events behind the position name, in
	// chain order, at most limit.
	Shown(ctx context.Context, after graph.Position, limit int) ([]graph.Shown, error)
}

// content is graph.Shown as JSON.
type content struct {
	ID        graph.Position `json:"id"`
	From      *uint64        `json:"from"`      // null: it never came
	Embedding graph.Hash     `json:"embedding"` // digest; zero for a profile's, and for what never came
	Withheld  []hidden       `json:"withheld"`
}

// hidden are the blocks at which a content was withheld.
type hidden struct {
	From uint64  `json:"from"`
	To   *uint64 `json:"to"` // the block from which it is shown again; null: it still is withheld
}

// contents lists what became of the content of each post, edit and profile, so that
// auditors can make the mirror root of every run again.
func (s *Server) contents(c *fiber.Ctx) error {
	if err := known(c, "limit", "cursor"); err != nil {
		return err
	}
	n, err := limit(c)
	if err != nil {
		return err
	}
	var after graph.Position
	if cur := c.Query("cursor"); cur != "" {
		if after, err = graph.ParsePosition(cur); err != nil {
			return graph.Malformed("the cursor %.80q is not one of this list: send the cursor of the page before, or none", cur)
		}
	}
	rows, err := s.History.Shown(c.UserContext(), after, n+1)
	if err != nil {
		return err
	}
	out := list{}
	if len(rows) > n {
		rows = rows[:n]
		out.Cursor = rows[n-1].ID.String()
	}
	items := make([]content, len(rows))
	for i, r := range rows {
		items[i] = content{ID: r.ID, From: ends(r.From), Embedding: r.Embedding, Withheld: make([]hidden, len(r.Withheld))}
		for j, w := range r.Withheld {
			items[i].Withheld[j] = hidden{w.From, ends(w.To)}
		}
	}
	out.Items = items
	return c.JSON(out)
}

// ends is the block, or nil for none.
func ends(block uint64) *uint64 {
	if block == graph.NoEnd {
		return nil
	}
	return &block
}
