package web

import (
	"sort"

	"candor/graph"

	"github.com/gofiber/fiber/v2"
	"github.com/ipfs/go-cid"
)

// Withheld is a content that the node's operator withholds.
type Withheld struct {
	ID     string `json:"id"` // its CID
	Reason string `json:"reason"`
}

// withheld lists what the operator withholds, so that an auditor can tell it from
// what nobody serves. The list may change between two pages: a cursor stays good.
func (s *Server) withheld(c *fiber.Ctx) error {
	if err := known(c, "limit", "cursor"); err != nil {
		return err
	}
	n, err := limit(c)
	if err != nil {
		return err
	}
	all := s.Withheld()
	if cur := c.Query("cursor"); cur != "" {
		if _, err := cid.Decode(cur); err != nil {
			return graph.Malformed("the cursor %.80q is not one of this list: send the cursor of the page before, or none", cur)
		}
		all = all[sort.Search(len(all), func(i int) bool { return all[i].ID > cur }):]
	}
	items := append([]Withheld{}, all[:min(n, len(all))]...)
	out := list{Items: items}
	if len(all) > n {
		out.Cursor = items[n-1].ID
	}
	return c.JSON(out)
}
