package web

import (
	"bytes"
	"context"
	"net/http"

	"candor/graph"
	"candor/zkcommit"

	"github.com/gofiber/fiber/v2"
)

// Custody keeps ciphertexts of models that are too large for a commit.
type Custody interface {
	// Keep keeps a ciphertext and fills in the node's word for it, unless the node has
	// no room left (Refusal) or the ciphertext is none that opens on its date.
	Keep(ctx context.Context, c zkcommit.Custody, ciphertext []byte) (zkcommit.Custody, error)
}

// keep takes a ciphertext into custody.
func (s *Server) keep(c *fiber.Ctx) error {
	if err := known(c, "plugin", "commitment", "revealBy"); err != nil {
		return err
	}
	if t := c.Get(fiber.HeaderContentType); t != fiber.MIMEOctetStream {
		return &Refusal{http.StatusUnsupportedMediaType, "the ciphertext comes as " + fiber.MIMEOctetStream + ": send that content type"}
	}
	var ask zkcommit.Custody
	var err error
	if ask.Plugin, err = hash(c.Query("plugin"), "a plugin's id"); err != nil {
		return err
	}
	if ask.Commitment, err = hash(c.Query("commitment"), "a commitment"); err != nil {
		return err
	}
	if ask.RevealBy, err = number(c.Query("revealBy"), "date in seconds"); err != nil {
		return err
	}
	if len(c.Body()) == 0 {
		return graph.Malformed("the body is empty: send the ciphertext")
	}
	word, err := s.Custody.Keep(c.UserContext(), ask, bytes.Clone(c.Body()))
	if err != nil {
		return err
	}
	return c.JSON(word)
}
