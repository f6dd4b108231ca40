package web

import (
	"bytes"
	"context"

	"candor/graph"

	"github.com/gofiber/fiber/v2"
	"github.com/ipfs/go-cid"
)

// Reports keeps auditors' reports for whoever reads their names on the chain.
type Reports interface {
	// KeepReport keeps a report that the chain names, and gives its CID; a *Refusal or a
	// malformed request is its sender's.
	KeepReport(ctx context.Context, report []byte) (cid.Cid, error)
}

// keepReport takes the bytes of a published report.
func (s *Server) keepReport(c *fiber.Ctx) error {
	if len(c.Body()) == 0 {
		return graph.Malformed("the body is empty: send the report")
	}
	name, err := s.Reports.KeepReport(c.UserContext(), bytes.Clone(c.Body()))
	if err != nil {
		return err
	}
	return c.JSON(struct {
		CID string `json:"cid"`
	}{name.String()})
}
