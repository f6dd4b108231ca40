package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
)

// dist is what web/client and web/wasm build; a build without them serves the API alone.
//
//go:embed all:dist
var dist embed.FS

//go:embed openapi.json
var openapi []byte

// policy lets the page load its own files only, and pictures from the gateway at
// that address; the verifier needs WASM.
func policy(gateway string) string {
	return "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' " + gateway + "; object-src 'none'; " +
		"base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
}

// asker begins the path of the worker that asks chains' endpoints, the reader's own among
// them, for the page, which may speak to this node alone. It loads nothing.
const (
	asker       = "/assets/ask.worker-"
	askerPolicy = "default-src 'none'; connect-src *"
)

// file is one of the client's files as readers get it.
type file struct {
	kind   string
	tag    string // changes with the content, so that nobody loads the verifier twice
	plain  []byte
	zipped func() []byte // made once, when first asked for
}

// files are all of the client's files, by the path of their URL.
func files(from fs.FS) (map[string]*file, error) {
	all := map[string]*file{}
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		b, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		all["/"+name] = &file{kind: mime.TypeByExtension(path.Ext(name)), tag: fmt.Sprintf(`W/"%.16x"`, sha256.Sum256(b)),
			plain: b, zipped: sync.OnceValue(func() []byte { return zip(b) })}
		return nil
	})
	if index, ok := all["/index.html"]; ok {
		all["/"] = index
	}
	return all, err
}

func zip(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b) // a buffer takes everything
	_ = z.Close()
	return out.Bytes()
}

// distRoot is the directory of the client's files.
func distRoot() fs.FS {
	root, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the directory is embedded, or this would not compile
	}
	return root
}

func (s *Server) static() {
	all, err := files(distRoot())
	if err != nil {
		panic(err) // what is embedded can be read
	}
	allowed := policy(s.Gateway)
	s.app.Use(func(c *fiber.Ctx) error {
		c.Set("Content-Security-Policy", allowed)
		if strings.HasPrefix(c.Path(), asker) {
			c.Set("Content-Security-Policy", askerPolicy)
		}
		c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
		c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
		f, ok := all[c.Path()]
		if !ok || c.Method() != http.MethodGet && c.Method() != http.MethodHead {
			return c.Status(http.StatusNotFound).SendString("There is nothing here. The web client is at /, the API at /api/v1/openapi.json.\n")
		}
		if strings.HasPrefix(c.Path(), "/assets/") { // their names hold a hash of their content
			c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
		} else {
			c.Set(fiber.HeaderCacheControl, "no-cache")
		}
		c.Set(fiber.HeaderETag, f.tag)
		c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
		if strings.Contains(c.Get(fiber.HeaderIfNoneMatch), f.tag) {
			return c.SendStatus(http.StatusNotModified)
		}
		c.Set(fiber.HeaderContentType, f.kind)
		if !strings.Contains(c.Get(fiber.HeaderAcceptEncoding), "gzip") {
			return c.Send(f.plain)
		}
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(f.zipped())
	})
}
