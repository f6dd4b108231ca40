package web

import (
	"time"

	"github.com/gofiber/fiber/v2"
)

// Budget is what a model's answers may tell about it until its date. Its weights stay
// secret; its orders teach how it behaves.
type Budget struct {
	Answered uint64 `json:"answered"` // runs of this model here
	Hourly   uint64 `json:"hourly"`   // new runs of a reader who signed in; 0: no bound
	Network  uint64 `json:"network"`  // and of all others of a network together
	Anyone   Copy   `json:"anyone"`   // who reads all runs that are open to everybody
	Reader   *Copy  `json:"reader"`   // who asks as much as one reader may until the date; null: no bound
}

// Copy is how far somebody gets who trains one of so many runs.
type Copy struct {
	Runs uint64  `json:"runs"`
	Tau  float64 `json:"tau"` // Kendall's, of the copy's orders with the model's, as measured at the next smaller number of runs
}

// copies are the measurements of docs/threats.md, the extraction budget.
var copies = []Copy{{1, 0.51}, {3, 0.72}, {10, 0.77}, {30, 0.79}, {100, 0.80}}

func copyOf(runs uint64) Copy {
	c := Copy{Runs: runs}
	for _, m := range copies {
		if runs >= m.Runs {
			c.Tau = m.Tau
		}
	}
	return c
}

// budget is that of a ranker; nil when its model is no secret.
func (s *Server) budget(c *fiber.Ctx, p *Plugin, now time.Time) (*Budget, error) {
	if p.RevealBy <= uint64(now.Unix()) {
		return nil, nil
	}
	all, public, err := s.Runs.Answered(c.UserContext(), p.Commitment)
	if err != nil {
		return nil, err
	}
	b := &Budget{Answered: all, Hourly: s.Access.AsksHour, Network: s.Access.AnonymousAsksHour, Anyone: copyOf(public)}
	if b.Hourly > 0 {
		left := copyOf(b.Hourly + b.Hourly*(p.RevealBy-uint64(now.Unix()))/3600)
		b.Reader = &left
	}
	return b, nil
}
