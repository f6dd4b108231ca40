package year

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"

	"candor/graph"
	"candor/zkcommit"
)

// serve answers as a node, an IPFS gateway and a beacon do, and registers the node.
func (w *World) serve(ctx context.Context) error {
	if err := os.MkdirAll(filepath.Join(w.dir, "bundles"), 0o755); err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	m := http.NewServeMux()
	w.Node = "http://" + l.Addr().String()
	w.Log, w.Beacon, w.Gateway = w.Node+"/log/", w.Node+"/beacon", w.Node
	if err := w.openWitnesses(ctx, m, w.Node); err != nil {
		return errors.Join(err, l.Close())
	}
	m.HandleFunc("GET /api/v1/runs/{id}/bundle", w.serveBundle)
	m.HandleFunc("GET /api/v1/keys/{hash}", func(rw http.ResponseWriter, r *http.Request) {
		for s, k := range w.keys {
			if r.PathValue("hash") == k.Hash().Hex() {
				answer(rw, struct {
					ID graph.Hash `json:"id"`
					*zkcommit.BundleKey
				}{k.Hash(), w.bundleKey(s)})
				return
			}
		}
		http.NotFound(rw, r)
	})
	m.HandleFunc("GET /api/v1/chain", func(rw http.ResponseWriter, r *http.Request) {
		answer(rw, map[string]any{"rpc": w.RPC, "log": w.Log, "ipfs": w.Gateway, "block": 1, "contracts": map[string]any{"registry": w.Registry, "socialGraph": w.Graph}})
	})
	m.HandleFunc("GET /api/v1/contents", w.serveContents)
	m.HandleFunc("GET /ipfs/{cid}", func(rw http.ResponseWriter, r *http.Request) {
		if b := w.blocks[r.PathValue("cid")]; b != nil {
			rw.Header().Set("Content-Type", "application/vnd.ipld.raw")
			_, _ = rw.Write(b) // a reader that went away is no error
			return
		}
		http.NotFound(rw, r)
	})
	m.Handle("/log/epochs/", http.StripPrefix("/log/epochs", w.ofEpochs.Handler(w.epochs.Handler())))
	m.Handle("/log/", http.StripPrefix("/log", w.ofRuns.Handler(w.log.Handler())))
	m.Handle("/beacon/", http.StripPrefix("/beacon", w.beacon))
	w.server = &http.Server{Handler: m}
	go func() { _ = w.server.Serve(l) }() // until Close
	w.done = append(w.done, w.server.Close)
	return w.owner.EnsureNode(ctx, graph.Hash(w.log.Verifier().Key), w.Node)
}

func (w *World) serveBundle(rw http.ResponseWriter, r *http.Request) {
	var id graph.Hash
	if err := id.UnmarshalText([]byte(r.PathValue("id"))); err != nil {
		http.Error(rw, "no run's id", http.StatusNotFound)
		return
	}
	b, err := os.ReadFile(w.file(id))
	if errors.Is(err, os.ErrNotExist) {
		http.NotFound(rw, r)
		return
	} else if err != nil {
		http.Error(rw, "the bundle cannot be read", http.StatusInternalServerError)
		return
	}
	_, _ = rw.Write(b) // a reader that went away is no error
}

func answer(rw http.ResponseWriter, v any) {
	rw.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(rw).Encode(v) // a reader that went away is no error
}

// serveContents says what became of each content in the node's mirror, as web does.
func (w *World) serveContents(rw http.ResponseWriter, r *http.Request) {
	const page = 100
	var after graph.Position
	var err error
	if c := r.URL.Query().Get("cursor"); c != "" {
		if after, err = graph.ParsePosition(c); err != nil {
			http.Error(rw, "no cursor", http.StatusBadRequest)
			return
		}
	}
	block := func(n uint64) *uint64 {
		if n == graph.NoEnd {
			return nil
		}
		return &n
	}
	type span struct {
		From, To *uint64
	}
	type item struct {
		ID        graph.Position
		From      *uint64
		Embedding graph.Hash
		Withheld  []span
	}
	out := struct {
		Items  []item
		Cursor string
	}{}
	rows := w.town.mirror.Shown(after, page+1)
	if len(rows) > page {
		rows = rows[:page]
		out.Cursor = rows[page-1].ID.String()
	}
	for _, x := range rows {
		i := item{x.ID, block(x.From), x.Embedding, nil}
		for _, s := range x.Withheld {
			i.Withheld = append(i.Withheld, span{block(s.From), block(s.To)})
		}
		out.Items = append(out.Items, i)
	}
	answer(rw, out)
}
