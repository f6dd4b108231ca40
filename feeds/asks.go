package feeds

import (
	"context"
	"fmt"
	"time"

	"candor/graph"
	"candor/zkcommit"
)

// Asks bounds how many new runs of one ranker an asker gets in an hour, since each
// teaches something about its model; 0 is no bound. A run that is there costs nothing.
type Asks struct {
	Reader uint64 // who signed in and has done something on the chain: else keys are free, and many
	Place  uint64 // all others of one network together
}

// purse is who pays for what is asked.
type purse struct {
	asker  graph.Hash
	most   uint64 // 0: it pays nothing
	reader bool
}

// purse is that of the request's asker. Whose feed is asked for, and how, makes no other.
func (h *Hall) purse(snap Snapshot, req *graph.Request) (purse, error) {
	if req.Reader != (graph.Address{}) {
		known, err := snap.AuthorTallies([]graph.Address{req.Reader})
		if err != nil {
			return purse{}, fmt.Errorf("who asks: %w", err)
		}
		if known[req.Reader].FirstSeen != 0 {
			return purse{graph.Keccak([]byte("candor/asker/reader/v1"), req.Reader[:]), h.Asks.Reader, true}, nil
		}
	}
	return purse{graph.Keccak([]byte("candor/asker/place/v1"), []byte(req.Place)), h.Asks.Place, false}, nil
}

// charge is what a ticket costs now; nil: nothing.
func (p purse) charge() *zkcommit.Charge {
	if p.most == 0 {
		return nil
	}
	return &zkcommit.Charge{Asker: p.asker, Most: p.most, Now: uint64(time.Now().UnixMicro())}
}

// spent is why a flight ends before its ticket: who began it has none left. Others who
// wait for it may have.
type spent struct {
	asker graph.Hash
	error
}

func (s spent) Unwrap() error { return s.error }

// spent tells the asker what it may do.
func (p purse) spent(ranker string, why *zkcommit.Spent) error {
	wait, err := why.Seconds(), error(nil)
	if p.reader {
		err = graph.TooOften(wait, "you have asked for %d new orders by %s, which is all that one reader may in an hour: ask again in %d seconds, or choose another ranker", p.most, ranker, wait)
	} else {
		err = graph.TooOften(wait, "your network has asked for %d new orders by %s, which is all that readers may who did not sign in, or did nothing on the chain yet: sign in, or ask again in %d seconds", p.most, ranker, wait)
	}
	return spent{p.asker, err}
}

// left says on the page what the asker has left of the ranker that was asked for.
func (h *Hall) left(ctx context.Context, page *graph.Page, p purse, ranker string) error {
	c := p.charge()
	if c == nil {
		return nil
	}
	full, err := h.Ledger.FullAgain(ctx, ranker, p.asker)
	if err != nil {
		return err
	}
	page.Asks = &graph.Asks{Left: c.Left(full), Hourly: p.most, Reader: p.reader}
	return nil
}
