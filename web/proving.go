package web

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"candor/graph"
	"candor/zkcommit"

	"github.com/gofiber/fiber/v2"
)

// Proving is how the node keeps its promises to prove.
type Proving interface {
	Standing() Standing
	// AskProof makes the run's proof owed, unless the holder's or the node's quota
	// is used up (Refusal). now is in seconds.
	AskProof(ctx context.Context, run, holder graph.Hash, now uint64) error
}

// Standing is how proofs stand, a moment ago.
type Standing struct {
	Mode    string  // of the current epoch
	Rate    float64 // of runs that are drawn, of 1
	Total   Share
	Rankers map[string]Share
	Whole   any // all of it, as /api/v1/proving shows it
}

// Share is how many runs are proven.
type Share struct {
	Runs       uint64  `json:"runs"`
	Proven     uint64  `json:"proven"`
	Failed     uint64  `json:"failed"`
	SampledOut uint64  `json:"sampledOut"`
	Waiting    uint64  `json:"waiting"`
	Share      float64 `json:"shareProven"` // of 1
}

// provingStatus is the answer of /api/v1/proving.
func (s *Server) provingStatus(c *fiber.Ctx) error { return c.JSON(s.Proving.Standing().Whole) }

// askProof takes a holder's wish for a proof. Who holds a run shows its opening.
func (s *Server) askProof(c *fiber.Ctx) error {
	if err := known(c, "opening"); err != nil {
		return err
	}
	row, err := s.row(c)
	if err != nil {
		return err
	}
	shown, err := hash(c.Query("opening"), "an opening")
	if err != nil {
		return err
	}
	if shown != row.Opening {
		return graph.Malformed("that opening does not open run %s: send the one that came with its page", row.ID)
	}
	var rec struct {
		Viewer graph.Address `json:"viewer"`
	}
	if err := json.Unmarshal(row.Record, &rec); err != nil {
		return err
	}
	// Readers without a name are told apart by nothing: the node's quota bounds them.
	holder := graph.Keccak([]byte("candor/holder/v1"), row.Opening[:])
	if rec.Viewer != (graph.Address{}) {
		holder = graph.Keccak([]byte("candor/holder/v1"), rec.Viewer[:])
	}
	if err := s.Proving.AskProof(c.UserContext(), row.ID, holder, uint64(time.Now().Unix())); err != nil {
		return err
	}
	if row, err = s.row(c); err != nil {
		return err
	}
	if row.ProofState != zkcommit.Proven {
		c.Status(http.StatusAccepted)
	}
	v, err := s.view(c, row)
	if err != nil {
		return err
	}
	return c.JSON(v)
}

// level is what a pending proof may claim: what is promised of it.
func (s *Server) level(proven string) string {
	switch mode := s.Proving.Standing().Mode; {
	case proven != "proven" || mode == string(zkcommit.ProveAll):
		return proven
	case mode == string(zkcommit.ProveSampled):
		return "sampled"
	}
	return "committed"
}

// shares adds to rankers how many of their runs are proven, and how many of their
// tickets came to nothing.
func (s *Server) shares(ctx context.Context, ps []Plugin) ([]Plugin, error) {
	aborts, err := s.Tickets.CountAborts(ctx)
	if err != nil {
		return nil, err
	}
	of := s.Proving.Standing().Rankers
	out := make([]Plugin, len(ps))
	for i, p := range ps {
		share := of[p.ID]
		none := abortsOf(aborts, p.ID, share.Runs)
		p.Proofs, p.Aborts, p.Assurance = &share, &none, s.level(p.Assurance)
		out[i] = p
	}
	return out, nil
}
