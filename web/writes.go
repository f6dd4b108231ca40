package web

import (
	"bytes"
	"context"
	"strings"

	"candor/graph"

	"github.com/gofiber/fiber/v2"
)

// Writes carries content and intents out.
type Writes interface {
	// Blocks stores documents; the answers are in their order. An error says that
	// none is stored, and that the same may be sent again.
	Blocks(ctx context.Context, docs [][]byte) ([]BlockResult, error)
	// File keeps a picture of the media type. An *graph.ErrAsk says what to send instead.
	File(ctx context.Context, mime string, body []byte) (File, error)
	// Intents takes the JSON of one intent or an array of them, and answers
	// with one state for each, in their order.
	Intents(ctx context.Context, body []byte) (any, error)
	// Nonce is the next nonce that the contract takes from the author.
	Nonce(ctx context.Context, author graph.Address) (uint64, error)
}

// BlockResult is what became of one document.
type BlockResult struct {
	CID   string `json:"cid,omitempty"`
	Error string `json:"error,omitempty"`
}

// maxDocs is the most documents of one request.
const maxDocs = 500

func (s *Server) blocks(c *fiber.Ctx) error {
	if !strings.HasPrefix(c.Get(fiber.HeaderContentType), "application/x-ndjson") {
		if len(c.Body()) > graph.MaxDocument {
			return graph.Malformed("the document has %d bytes: send at most %d", len(c.Body()), graph.MaxDocument)
		}
		r, err := s.Writes.Blocks(c.UserContext(), [][]byte{bytes.Clone(c.Body())})
		if err != nil {
			return err
		}
		if r[0].Error != "" {
			return graph.Malformed("%s", r[0].Error)
		}
		return c.JSON(r[0])
	}
	lines := bytes.Split(bytes.TrimSuffix(bytes.Clone(c.Body()), []byte("\n")), []byte("\n"))
	if len(lines) > maxDocs {
		return graph.Malformed("there are %d documents: send at most %d at once", len(lines), maxDocs)
	}
	items, err := s.Writes.Blocks(c.UserContext(), lines)
	if err != nil {
		return err
	}
	return c.JSON(list{Items: items})
}

func (s *Server) intents(c *fiber.Ctx) error {
	items, err := s.Writes.Intents(c.UserContext(), bytes.Clone(c.Body()))
	if err != nil {
		return err
	}
	return c.JSON(list{Items: items})
}

func (s *Server) nonce(c *fiber.Ctx) error {
	who, err := address(c.Params("address"))
	if err != nil {
		return err
	}
	n, err := s.Writes.Nonce(c.UserContext(), who)
	if err != nil {
		return err
	}
	return c.JSON(struct {
		Address graph.Address `json:"address"`
		Nonce   uint64        `json:"nonce"`
	}{who, n})
}
