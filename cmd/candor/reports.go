package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"

	"candor/graph"
	"candor/indexer/ipfs"
	"candor/web"

	"github.com/ipfs/go-cid"
	mh "github.com/multiformats/go-multihash"
)

// maxReport is the most bytes of a report that a node keeps, and mostReports of all: each
// costs its auditor a transaction, and nobody else anything.
const (
	maxReport   = ipfs.MaxBlock
	mostReports = 64 << 20
)

// reportCID names a report: a raw block on IPFS.
func reportCID(report []byte) (cid.Cid, error) {
	return cid.Prefix{Version: 1, Codec: cid.Raw, MhType: mh.SHA2_256, MhLength: -1}.Sum(report)
}

// reports keeps auditors' reports that the chain names. Each is a block on IPFS, with a
// file under DIR/reports that holds it, too.
type reports struct {
	*publications

	mu   sync.Mutex
	held map[string]int64 // bytes, by the hash of the block
}

func openReports(p *publications) (*reports, error) {
	r := &reports{publications: p, held: map[string]int64{}}
	if err := os.MkdirAll(r.path(""), 0o755); err != nil {
		return nil, err
	}
	files, err := os.ReadDir(r.path(""))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if name, err := cid.Decode(f.Name()); err == nil {
			info, err := f.Info()
			if err != nil {
				return nil, err
			}
			r.held[string(name.Hash())] = info.Size()
		}
	}
	return r, nil
}

func (r *reports) path(name string) string { return filepath.Join(r.dir, "reports", name) }

// KeepReport implements web.Reports.
func (r *reports) KeepReport(ctx context.Context, report []byte) (name cid.Cid, err error) {
	if len(report) > maxReport {
		return name, graph.Malformed("the report has %d bytes: send at most %d", len(report), maxReport)
	}
	if name, err = reportCID(report); err != nil {
		return name, err
	}
	all, err := r.Audits(ctx)
	if err != nil {
		return name, err
	}
	published := false
	for _, a := range all {
		published = published || a.Report == name.String()
	}
	if !published {
		return name, graph.Malformed("the chain names no report %s: publish it first, or ask again in a moment", name)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.held[string(name.Hash())] > 0 {
		return name, nil
	}
	sum := int64(len(report))
	for _, n := range r.held {
		sum += n
	}
	if sum > mostReports {
		return name, &web.Refusal{Status: http.StatusInsufficientStorage, Detail: fmt.Sprintf("this node keeps %d MiB of reports and has no room for another: keep it on another node", mostReports>>20)}
	}
	if err := r.ipfs.PutBlock(ctx, name, report); errors.Is(err, ipfs.ErrWithheld) {
		return name, &web.Refusal{Status: http.StatusForbidden, Detail: "this node withholds that report: ask another"}
	} else if err != nil {
		return name, err
	}
	if err := writeFile(r.path(name.String()), report); err != nil {
		return name, err
	}
	r.held[string(name.Hash())] = int64(len(report))
	return name, nil
}

// names tells the collector of content which blocks are reports.
func (r *reports) names(c cid.Cid) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.held[string(c.Hash())] > 0
}
