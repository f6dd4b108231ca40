package web

import (
	"context"
	"encoding/json"

	"candor/graph"
	"candor/zkcommit"

	"github.com/gofiber/fiber/v2"
)

// Tickets is what the node promised to run, and what came of it.
type Tickets interface {
	TicketByID(ctx context.Context, id graph.Hash) (zkcommit.TicketEnd, bool, error)
	CountAborts(context.Context) ([]zkcommit.AbortCount, error)
}

// ticketView is a ticket as anyone may see it.
type ticketView struct {
	ID       graph.Hash      `json:"id"`
	Ranker   string          `json:"ranker"`
	Ticket   json.RawMessage `json:"ticket"`
	State    string          `json:"state"`    // open, run or abort
	Entry    *graph.Hash     `json:"entry"`    // id of the run or the abort; null while it is open
	Reason   string          `json:"reason"`   // of an abort
	LogIndex int64           `json:"logIndex"` // of the entry; -1: not logged yet
}

func (s *Server) ticket(c *fiber.Ctx) error {
	if err := known(c); err != nil {
		return err
	}
	id, err := hash(c.Params("id"), "a ticket's id")
	if err != nil {
		return err
	}
	t, ok, err := s.Tickets.TicketByID(c.UserContext(), id)
	if err != nil {
		return err
	}
	if !ok {
		return graph.NotFound("this node gave no ticket %s", id)
	}
	v := ticketView{ID: t.ID, Ranker: t.Ranker, Ticket: t.Ticket, State: "open", LogIndex: t.LogIndex}
	if t.Entry != nil {
		_, abort, err := zkcommit.ParseEntry(t.Entry)
		if err != nil {
			return err
		}
		v.State, v.Entry = "run", &t.EntryID
		if abort != nil {
			v.State, v.Reason = "abort", abort.Reason.String()
		}
	}
	return c.JSON(v)
}

// Aborts is how many tickets came to nothing.
type Aborts struct {
	Count   uint64            `json:"count"`
	Share   float64           `json:"share"` // of runs and aborts, of 1
	Reasons map[string]uint64 `json:"reasons"`
}

// abortsOf are a ranker's aborts beside its runs, or all for "".
func abortsOf(all []zkcommit.AbortCount, ranker string, runs uint64) Aborts {
	a := Aborts{Reasons: map[string]uint64{}}
	for _, c := range all {
		if ranker != "" && c.Ranker != ranker || c.Count == 0 {
			continue
		}
		a.Count += c.Count
		a.Reasons[c.Reason.String()] += c.Count
		a.Share = float64(a.Count) / float64(a.Count+runs)
	}
	return a
}
