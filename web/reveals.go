package web

import (
	"context"

	"candor/graph"

	"github.com/gofiber/fiber/v2"
)

// Reveals is what this node knows of committed models and their dates.
type Reveals interface {
	// Reveals lists the versions of all plugins that have a model, in the chain's order.
	Reveals(context.Context) ([]Reveal, error)
	// Reveal is one of them, with its document when it is public.
	Reveal(ctx context.Context, plugin graph.Hash, version uint32) (r Reveal, ok bool, err error)
}

// Reveal is how a committed model stands to its date.
type Reveal struct {
	ID         string        `json:"id"` // plugin/version
	Plugin     graph.Hash    `json:"plugin"`
	Version    uint32        `json:"version"`
	Slug       string        `json:"slug"`
	Publisher  graph.Address `json:"publisher"`
	Commitment graph.Hash    `json:"commitment"`
	RevealBy   uint64        `json:"revealBy"`           // seconds; 0: it has no secret
	State      string        `json:"state"`              // open, locked, due, public, broken
	Says       string        `json:"says,omitempty"`     // what is wrong
	OnChain    string        `json:"onChain"`            // none, due, checked, unchecked
	CID        string        `json:"cid,omitempty"`      // of the document on IPFS
	Document   []byte        `json:"document,omitempty"` // candor/reveal/v1
}

// reveals lists committed models behind the one that the cursor names.
func (s *Server) reveals(c *fiber.Ctx) error {
	if err := known(c, "limit", "cursor"); err != nil {
		return err
	}
	n, err := limit(c)
	if err != nil {
		return err
	}
	all, err := s.Reveals.Reveals(c.UserContext())
	if err != nil {
		return err
	}
	if cur := c.Query("cursor"); cur != "" {
		i := 0
		for ; i < len(all) && all[i].ID != cur; i++ {
		}
		if i == len(all) {
			return graph.Malformed("the cursor %.120q is not one of this list: send the cursor of the page before, or none", cur)
		}
		all = all[i+1:]
	}
	out := list{Items: append([]Reveal{}, all[:min(n, len(all))]...)}
	if n < len(all) {
		out.Cursor = all[n-1].ID
	}
	return c.JSON(out)
}

// reveal is one committed model, with its document once it is public.
func (s *Server) reveal(c *fiber.Ctx) error {
	if err := known(c); err != nil {
		return err
	}
	plugin, err := hash(c.Params("plugin"), "a plugin's id")
	if err != nil {
		return err
	}
	version, err := number(c.Params("version"), "version")
	if err != nil {
		return err
	}
	if version != uint64(uint32(version)) {
		return graph.NotFound("plugin %s has no version %d", plugin, version)
	}
	r, ok, err := s.Reveals.Reveal(c.UserContext(), plugin, uint32(version))
	if err != nil {
		return err
	}
	if !ok {
		return graph.NotFound("the chain has no version %d of plugin %s, or this node has not seen it yet", version, plugin)
	}
	return c.JSON(r)
}
