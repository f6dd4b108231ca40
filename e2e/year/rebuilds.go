package year

import (
	"context"
	"fmt"
	"os"

	"candor/audit/rebuild"
	"candor/graph"
	"candor/graph/embed"
	"candor/zkcommit"
)

// Rebuilds is what it takes an auditor to make the inputs of one run again, in
// milliseconds of processor time: the mean of at most n honest runs, drawn from the log.
func (w *World) Rebuilds(ctx context.Context, n int) (ms float64, err error) {
	var runs []*run
	var blocks []uint64
	for _, i := range w.rand.Perm(len(w.runs)) {
		if r := w.runs[i]; r.version != nil && r.lie == nil && len(runs) < n {
			runs, blocks = append(runs, r), append(blocks, r.block)
		}
	}
	s, err := w.auditors(ctx, blocks)
	if err != nil {
		return 0, err
	}
	took := 0.0
	for _, r := range runs {
		run, err := zkcommit.ParseRun(r.raw)
		if err != nil {
			return 0, err
		}
		doc, err := os.ReadFile(w.file(r.id))
		if err != nil {
			return 0, err
		}
		b, err := zkcommit.ParseBundle(doc)
		if err != nil {
			return 0, err
		}
		began := spent()
		out := s.Rebuild(run, b)
		took += spent() - began
		if out.Untried != "" || len(out.Faults) > 0 {
			return 0, fmt.Errorf("run %d is not what an auditor makes again: %+v", r.seq, out)
		}
	}
	return took * 1e3 / float64(len(runs)), nil
}

// auditors is the graph at the blocks as an auditor makes it, of the chain and of what is
// served.
func (w *World) auditors(ctx context.Context, blocks []uint64) (*rebuild.State, error) {
	s := rebuild.New(embed.Text, blocks)
	for at := uint64(0); at < w.town.head.Number; {
		all, err := w.town.source.Blocks(ctx, at, w.town.head.Number)
		if err != nil {
			return nil, err
		}
		for _, b := range all {
			if err := s.Apply(b.Block, b.Events); err != nil {
				return nil, err
			}
			at = b.Number
		}
	}
	for _, c := range s.Contents() {
		if doc := w.blocks[c.String()]; doc != nil {
			if err := s.Provide(c, doc); err != nil {
				return nil, err
			}
		}
	}
	for _, x := range w.town.mirror.Shown(graph.Position{}, s.Names()) {
		s.Tell(x)
	}
	s.Seal()
	return s, nil
}
