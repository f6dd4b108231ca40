package ipfs

import (
	"net/http"
	"strconv"
	"strings"

	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	format "github.com/ipfs/go-ipld-format"
)

// drawing is how many pictures are read at once; each holds one block.
const drawing = 16

// images serves kept pictures to browsers as they are, and leaves everything else
// to the trustless gateway behind it. A picture is served as one of a few types
// that its bytes show, in a sandbox, so that it cannot be anything else.
func (n *Node) images(next http.Handler) http.Handler {
	places := make(slots, drawing)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, ok := picture(r)
		if !ok {
			next.ServeHTTP(w, r)
			return
		}
		if n.store.denied(c) {
			http.Error(w, "the operator withholds this content", http.StatusGone)
			return
		}
		if places.take(r.Context()) != nil {
			return
		}
		defer places.free()
		f, err := n.Stat(r.Context(), c)
		if format.IsNotFound(err) {
			http.Error(w, "this file is not kept here", http.StatusNotFound)
			return
		}
		if err != nil || f.MIME == "" {
			next.ServeHTTP(w, r)
			return
		}
		h := w.Header()
		h.Set("Etag", `"`+c.String()+`"`)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
		h.Set("Content-Type", f.MIME)
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		if r.Header.Get("If-None-Match") == h.Get("Etag") {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		h.Set("Content-Length", strconv.Itoa(f.Size))
		if r.Method == http.MethodHead {
			return
		}
		_, err = n.readFile(r.Context(), c, f.Size, func(_ blocks.Block, part []byte) error {
			_, err := w.Write(part)
			return err
		})
		if err != nil {
			panic(http.ErrAbortHandler) // half a picture must not look like a whole one
		}
	})
}

// picture gives the CID of a request that asks for a file as it is.
func picture(r *http.Request) (cid.Cid, bool) {
	name, ok := strings.CutPrefix(r.URL.Path, "/ipfs/")
	if !ok || r.Method != http.MethodGet && r.Method != http.MethodHead || r.URL.Query().Has("format") ||
		strings.Contains(r.Header.Get("Accept"), "application/vnd.ipld.") || strings.Contains(r.Header.Get("Accept"), "application/vnd.ipfs.") {
		return cid.Undef, false
	}
	c, err := cid.Decode(name)
	return c, err == nil && checkFileCID(c) == nil
}
