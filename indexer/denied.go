package indexer

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"candor/graph"

	"github.com/ipfs/go-cid"
)

// denied is what the operator withholds at this moment.
func (r *retry) denied() map[cid.Cid]bool {
	if r.cfg.Denied == nil {
		return nil
	}
	out := map[cid.Cid]bool{}
	for _, c := range r.cfg.Denied() {
		out[c] = true
	}
	return out
}

// withhold has the batch bring the mirror's set to the operator's. It begins with
// what the mirror says that it withholds, so that nothing is lost between two
// lives of the process, nor by a rollback.
func (x *Indexer) withhold(ctx context.Context, denied map[cid.Cid]bool, b *graph.Batch) error {
	w, ok := x.cfg.Mirror.(Withholder)
	if !ok || x.cfg.Denied == nil {
		return nil
	}
	held, err := w.Withheld(ctx)
	if err != nil {
		return fmt.Errorf("read what the mirror withholds: %w", err)
	}
	known := make(map[cid.Cid]bool, len(held))
	for _, c := range held {
		if known[c] = true; !denied[c] {
			b.Restore = append(b.Restore, c)
		}
	}
	for c := range denied {
		if !known[c] {
			b.Withhold = append(b.Withhold, c)
		}
	}
	slices.SortFunc(b.Withhold, byBytes)
	slices.SortFunc(b.Restore, byBytes)
	return nil
}

func byBytes(a, b cid.Cid) int { return strings.Compare(a.KeyString(), b.KeyString()) }
