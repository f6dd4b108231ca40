package web

import (
	"bytes"
	"context"
	"net/http"

	"candor/graph"
	"candor/zkcommit"

	"github.com/gofiber/fiber/v2"
	"github.com/ipfs/go-cid"
)

// Custody keeps ciphertexts of models that are too large for a commit, and documents of
// towers that never were secret.
type Custody interface {
	// Keep keeps what one block holds, or, if it is listed, what the block lists, and fills
	// in the node's word for it; of a list missing are the numbers of parts to be sent
	// before. It fails when the node has no room left (Refusal), or what comes is none that
	// opens on its date. Whoever asks at that place has one upload at a time.
	Keep(ctx context.Context, ask zkcommit.Custody, block []byte, listed bool, place string) (word zkcommit.Custody, missing []int, err error)
	// Part takes a part of what Keep was asked for.
	Part(ctx context.Context, of cid.Cid, number int, part []byte) error
}

// listType is the media type of a block that lists a file's parts.
const listType = "application/vnd.ipld.dag-pb"

// keep takes a ciphertext into custody, or what lists its parts.
func (s *Server) keep(c *fiber.Ctx) error {
	if err := known(c, "plugin", "commitment", "revealBy"); err != nil {
		return err
	}
	kind := c.Get(fiber.HeaderContentType)
	if kind != fiber.MIMEOctetStream && kind != listType {
		return &Refusal{http.StatusUnsupportedMediaType, "the ciphertext comes as " + fiber.MIMEOctetStream + ", the list of a larger one's parts as " + listType + ": send that content type"}
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
	word, missing, err := s.Custody.Keep(c.UserContext(), ask, bytes.Clone(c.Body()), kind == listType, s.place(c))
	if err != nil {
		return err
	}
	if len(missing) > 0 {
		return c.Status(http.StatusAccepted).JSON(fiber.Map{"missing": missing})
	}
	return c.JSON(word)
}

// keepPart takes a part of a ciphertext.
func (s *Server) keepPart(c *fiber.Ctx) error {
	if err := known(c, "ciphertext", "part"); err != nil {
		return err
	}
	if t := c.Get(fiber.HeaderContentType); t != fiber.MIMEOctetStream {
		return &Refusal{http.StatusUnsupportedMediaType, "a part comes as " + fiber.MIMEOctetStream + ": send that content type"}
	}
	of, err := cid.Decode(c.Query("ciphertext"))
	if err != nil {
		return graph.Malformed("ciphertext=%.80q is no CID: send that of the list of parts", c.Query("ciphertext"))
	}
	n, err := number(c.Query("part"), "number of a part")
	if err != nil {
		return err
	}
	if err := s.Custody.Part(c.UserContext(), of, int(min(n, 1<<20)), c.Body()); err != nil {
		return err
	}
	return c.SendStatus(http.StatusNoContent)
}
