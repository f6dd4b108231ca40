package ipfs

import (
	"fmt"
	"net/http"
	"time"

	"github.com/ipfs/boxo/blockservice"
	"github.com/ipfs/boxo/exchange/offline"
	serve "github.com/ipfs/boxo/gateway"
)

// serveGateway starts the trustless gateway: raw blocks and CARs, whose hashes
// the reader checks, and pictures for browsers, which do not check. It stands on an offline exchange: what is not kept here is
// 404, so that strangers cannot make the node fetch or keep anything.
func (n *Node) serveGateway(addr string) error {
	l, err := listen(addr)
	if err != nil {
		return err
	}
	backend, err := serve.NewBlocksBackend(blockservice.New(n.store, offline.Exchange(n.store)))
	if err != nil {
		l.Close()
		return fmt.Errorf("start the IPFS gateway: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("/ipfs/", open(n.images(serve.NewHandler(serve.Config{
		DisableHTMLErrors: true, NoDNSLink: true, MaxConcurrentRequests: 256,
	}, backend))))
	n.gateway = &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 8 << 10}
	n.url = "http://" + l.Addr().String()
	go n.gateway.Serve(l)
	return nil
}

// open lets pages of other origins read: all of it is public and checks itself.
func open(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		h.ServeHTTP(w, r)
	})
}

// Gateway is the gateway's address, such as http://127.0.0.1:8081. A document is
// at /ipfs/CID?format=raw.
func (n *Node) Gateway() string { return n.url }
