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
	m.HandleFunc("GET /api/v1/runs/{id}/bundle", w.serveBundle)
	m.HandleFunc("GET /api/v1/keys/{hash}", func(rw http.ResponseWriter, r *http.Request) {
		if r.PathValue("hash") != w.keys.Hash().Hex() {
			http.NotFound(rw, r)
			return
		}
		answer(rw, struct {
			ID graph.Hash `json:"id"`
			*zkcommit.BundleKey
		}{w.keys.Hash(), w.bundleKey()})
	})
	m.HandleFunc("GET /api/v1/chain", func(rw http.ResponseWriter, r *http.Request) {
		answer(rw, map[string]any{"rpc": w.RPC, "log": w.Log, "ipfs": w.Gateway, "contracts": map[string]any{"registry": w.Registry}})
	})
	m.HandleFunc("GET /ipfs/{cid}", func(rw http.ResponseWriter, r *http.Request) {
		if b := w.blocks[r.PathValue("cid")]; b != nil {
			_, _ = rw.Write(b) // a reader that went away is no error
			return
		}
		http.NotFound(rw, r)
	})
	m.Handle("/log/epochs/", http.StripPrefix("/log/epochs", w.epochs.Handler()))
	m.Handle("/log/", http.StripPrefix("/log", w.log.Handler()))
	m.Handle("/beacon/", http.StripPrefix("/beacon", w.beacon))
	w.server = &http.Server{Handler: m}
	go func() { _ = w.server.Serve(l) }() // until Close
	w.done = append(w.done, w.server.Close)
	w.Node = "http://" + l.Addr().String()
	w.Log, w.Beacon, w.Gateway = w.Node+"/log/", w.Node+"/beacon", w.Node
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
