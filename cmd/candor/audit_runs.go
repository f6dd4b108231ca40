package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"strings"

	"candor/audit"
	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/verify"

	"golang.org/x/sync/errgroup"
)

// together is how many runs' proofs are checked in one go.
const together = 64

// share of an audit's runs: what each showed, in their order.
type lookedAt struct {
	seen []*audit.Seen
	away int // bundles that the node did not give
}

// runs asks for the bundle of each run that is public. Several are on their way at once;
// each is dropped once it was looked at, so that the audit holds a few at a time, however
// many there are.
func (s *subject) runs(ctx context.Context, check *audit.Runs, ids []graph.Hash, progress io.Writer) error {
	if s.node == "" {
		return nil
	}
	show, end := countBar(progress, "runs", int64(len(ids)))
	defer end()
	// Two workers a core, so that one checks while the other waits for the node.
	workers := 2 * runtime.GOMAXPROCS(0)
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = workers // else each bundle has a connection of its own
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: answerTime}

	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers + 1)
	queue := make(chan chan lookedAt, workers) // in the order of the log
	g.Go(func() error {
		defer close(queue)
		for at := 0; at < len(ids); at += together {
			part := ids[at:min(at+together, len(ids))]
			done := make(chan lookedAt, 1)
			select {
			case queue <- done:
			case <-ctx.Done():
				return ctx.Err()
			}
			g.Go(func() error {
				l, err := s.look(ctx, client, check, part)
				done <- l
				return err
			})
		}
		return nil
	})
	away, taken := 0, 0
	for done := range queue {
		l := <-done
		for _, x := range l.seen {
			check.Take(x)
		}
		away += l.away
		taken = min(taken+together, len(ids))
		show(uint64(taken))
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if away > 0 {
		check.Report.Notes = append(check.Report.Notes, fmt.Sprintf("the node gives no bundle of %d runs of its log, and does not say that their readers have the openings: they are not checked", away))
	}
	return nil
}

// look checks a few runs, their proofs together.
func (s *subject) look(ctx context.Context, client *http.Client, check *audit.Runs, ids []graph.Hash) (l lookedAt, err error) {
	batch := &verify.Batch{Models: &s.registered}
	tools := check.Tools
	tools.Register, tools.Dispute = batch.Tools().Register, batch.Tools().Dispute
	byRun := map[graph.Hash]*audit.Seen{}
	for _, id := range ids {
		doc, err := getBy(ctx, client, strings.TrimSuffix(s.node, "/")+"/api/v1/runs/"+url.PathEscape(id.Hex())+"/bundle", zkcommit.MaxBundle+1)
		if ctx.Err() != nil {
			return l, ctx.Err()
		}
		if no := (refused{}); errors.As(err, &no) && no.code == http.StatusBadRequest {
			continue // opened by its reader only, and counted so
		} else if err != nil {
			l.away++
			continue
		}
		seen := (*audit.Seen)(nil)
		if b, err := zkcommit.ParseBundle(doc); err != nil {
			seen = audit.Broken(id, err)
		} else {
			seen = check.Look(id, b, tools)
		}
		l.seen, byRun[id] = append(l.seen, seen), seen
	}
	for id, why := range batch.Settle() {
		if seen := byRun[id]; seen != nil {
			seen.Refuse(why)
		}
	}
	return l, nil
}
