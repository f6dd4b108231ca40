package tlog

import (
	"errors"
	"io/fs"
	"net/http"
	"regexp"

	"github.com/transparency-dev/tessera/api/layout"
)

// served are the paths of the tlog-tiles API, and nothing else of the directory.
// Source: https://c2sp.org/tlog-tiles
var served = regexp.MustCompile(`^/tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/(x[0-9]{3}/){0,6}[0-9]{3}(\.p/([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?$`)

// Handler serves the log: /checkpoint, /tile/L/N and /tile/entries/N. Mount it
// behind http.StripPrefix.
func (l *Log) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "the log is read with GET", http.StatusMethodNotAllowed)
			return
		}
		checkpoint := r.URL.Path == "/"+layout.CheckpointPath
		if !checkpoint && !served.MatchString(r.URL.Path) {
			http.Error(w, "the log has checkpoint, tile/L/N and tile/entries/N", http.StatusNotFound)
			return
		}
		b, err := l.dir.ReadFile(r.URL.Path[1:])
		if errors.Is(err, fs.ErrNotExist) {
			http.Error(w, "the log has no such tile", http.StatusNotFound)
			return
		} else if err != nil {
			http.Error(w, "the log cannot be read now, try again", http.StatusInternalServerError)
			return
		}
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", "*") // readers' clients check the log from other pages
		h.Set("X-Content-Type-Options", "nosniff")
		if checkpoint {
			h.Set("Content-Type", "text/plain; charset=utf-8")
			h.Set("Cache-Control", "no-cache")
		} else {
			h.Set("Content-Type", "application/octet-stream")
			h.Set("Cache-Control", "public, max-age=604800, immutable")
		}
		if r.Method == http.MethodGet {
			_, _ = w.Write(b) // a reader that hangs up is none of ours
		}
	})
}
