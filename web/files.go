package web

import (
	"bytes"
	"mime"
	"strings"

	"candor/graph"

	"github.com/gofiber/fiber/v2"
)

// File is a picture that was kept.
type File struct {
	CID  string `json:"cid"` // of a UnixFS file
	Size int    `json:"size"`
	MIME string `json:"mime"` // by its bytes
}

// files takes one picture. Its type is that which its bytes show; a header that
// says otherwise is refused, so that nobody is surprised later.
func (s *Server) files(c *fiber.Ctx) error {
	said, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || !strings.HasPrefix(said, "image/") {
		return graph.Malformed("the content type %.80q is no picture's: send one such as image/png", c.Get(fiber.HeaderContentType))
	}
	if e := c.Get(fiber.HeaderContentEncoding); e != "" {
		return graph.Malformed("the content encoding %.40q is not taken: send the bytes as they are", e)
	}
	f, err := s.Writes.File(c.UserContext(), said, bytes.Clone(c.Body()))
	if err != nil {
		return err
	}
	return c.JSON(f)
}
