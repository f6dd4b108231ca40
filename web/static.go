package web

import (
	"embed"
	"io/fs"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/compress"
	"github.com/gofiber/fiber/v2/middleware/filesystem"
)

// dist is what web/client and web/wasm build; a build without them serves the API alone.
//
//go:embed all:dist
var dist embed.FS

//go:embed openapi.json
var openapi []byte

// policy lets the page load its own files only; the verifier needs WASM.
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; " +
	"base-uri 'none'; frame-ancestors 'none'; form-action 'none'"

func (s *Server) static() {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the directory is embedded, or this would not compile
	}
	s.app.Use(func(c *fiber.Ctx) error {
		c.Set("Content-Security-Policy", policy)
		c.Set("X-Content-Type-Options", "nosniff")
		c.Set("Referrer-Policy", "no-referrer")
		if strings.HasPrefix(c.Path(), "/assets/") { // their names hold a hash of their content
			c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
		} else {
			c.Set(fiber.HeaderCacheControl, "no-cache")
		}
		return c.Next()
	}, compress.New(), filesystem.New(filesystem.Config{Root: http.FS(files)}))
	s.app.Use(func(c *fiber.Ctx) error {
		return c.Status(http.StatusNotFound).SendString("There is nothing here. The web client is at /, the API at /api/v1/openapi.json.\n")
	})
}
