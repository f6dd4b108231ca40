package web

import (
	"sort"
	"strconv"

	"candor/graph"

	"github.com/gofiber/fiber/v2"
)

// MirrorSnapshot is a snapshot of the index that the node wrote and logged.
type MirrorSnapshot struct {
	ID         string     `json:"id"`    // CID
	Index      uint64     `json:"index"` // in the log of snapshots
	Block      uint64     `json:"block"`
	BlockHash  graph.Hash `json:"blockHash"`
	MirrorRoot graph.Hash `json:"mirrorRoot"`
	Posts      uint64     `json:"posts"`
	Size       uint64     `json:"size"`
}

// snapshots lists the snapshots of the index, newest first.
func (s *Server) snapshots(c *fiber.Ctx) error {
	if err := known(c, "limit", "cursor"); err != nil {
		return err
	}
	n, err := limit(c)
	if err != nil {
		return err
	}
	all := s.Snapshots()
	if cur := c.Query("cursor"); cur != "" {
		last, err := strconv.ParseUint(cur, 10, 63)
		if err != nil || strconv.FormatUint(last, 10) != cur {
			return graph.Malformed("the cursor %.80q is not one of this list: send the cursor of the page before, or none", cur)
		}
		all = all[sort.Search(len(all), func(i int) bool { return all[i].Index < last }):]
	}
	items := append([]MirrorSnapshot{}, all[:min(n, len(all))]...)
	out := list{Items: items}
	if len(all) > n {
		out.Cursor = strconv.FormatUint(items[n-1].Index, 10)
	}
	return c.JSON(out)
}
