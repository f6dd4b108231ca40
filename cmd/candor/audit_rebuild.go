package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"candor/audit"
	"candor/audit/rebuild"
	"candor/graph"
	"candor/graph/embed"
	"candor/indexer"
	"candor/indexer/evm"
	"candor/indexer/ipfs"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

const (
	fetchesAtOnce = 16
	fetchTime     = 10 * time.Second // for a document that a gateway has to look for
	triesOfOne    = 4
)

// rebuildOptions say from what the inputs of runs are made again.
type rebuildOptions struct {
	graph string
	skip  bool
}

func (o *rebuildOptions) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.graph, "graph", "", "address of the SocialGraph that you trust (0x…); by default the one that the node names, which the report says")
	f.BoolVar(&o.skip, "no-rebuild", false, "do not read the graph again: candidates, features, verdicts and mirror roots are then not checked")
}

// places are where the graph that runs were made on is read.
type places struct {
	at      graph.Address // SocialGraph
	from    uint64        // it is in no earlier block
	gateway string
	onWord  bool // the node named SocialGraph
}

// places finds SocialGraph and a gateway; why says that it cannot.
func (s *subject) places(ctx context.Context, o rebuildOptions) (g places, why string, err error) {
	var facts struct {
		IPFS      string
		Block     uint64
		Contracts struct{ SocialGraph graph.Address }
	}
	if s.node != "" {
		if b, err := fetch(ctx, s.node, "/api/v1/chain"); err == nil {
			if err := json.Unmarshal(b, &facts); err != nil {
				return g, "", fmt.Errorf("the node's /api/v1/chain cannot be read: %w", err)
			}
		}
	}
	g = places{at: facts.Contracts.SocialGraph, from: facts.Block, gateway: s.gateway, onWord: true}
	if g.gateway == "" { // what comes from it is checked by its name
		g.gateway = facts.IPFS
	}
	if o.graph != "" {
		if !common.IsHexAddress(o.graph) {
			return g, "", fmt.Errorf("%q is no address of a SocialGraph: send 0x and 40 hexadecimal digits", o.graph)
		}
		g.at, g.onWord = common.HexToAddress(o.graph), false
	}
	switch {
	case o.skip:
		return g, "--no-rebuild was sent", nil
	case g.at == graph.Address{}:
		return g, "nobody names the SocialGraph, send --graph", nil
	case g.gateway == "":
		return g, "nobody names an IPFS gateway, send --ipfs", nil
	}
	return g, "", nil
}

// rebuild reads the graph again, up to the newest of the blocks that runs name. It
// gives nil where it cannot, and the report says why.
func (s *subject) rebuild(ctx context.Context, o rebuildOptions, r *audit.Report, blocks []uint64, progress io.Writer) (audit.Rebuild, error) {
	g, why, err := s.places(ctx, o)
	if err != nil {
		return nil, err
	}
	blocks = slices.DeleteFunc(slices.Sorted(slices.Values(blocks)), func(n uint64) bool { return n > r.Block })
	if why == "" && len(blocks) == 0 {
		why = "no run names a block of this chain"
	}
	if why != "" {
		r.Notes = append(r.Notes, "the inputs of runs were not made again: "+why)
		return nil, nil
	}
	if g.onWord && !s.onWord {
		r.Notes = append(r.Notes, "the SocialGraph is the one that the node names: name yours with --graph")
	}
	state, last := rebuild.New(embed.Text, blocks), blocks[len(blocks)-1]
	if err := s.readGraph(ctx, g, r, state, last, progress); err != nil {
		return nil, err
	}
	failed, err := readContents(ctx, g.gateway, state, progress)
	if err != nil {
		return nil, err
	}
	if failed > 0 {
		r.Notes = append(r.Notes, fmt.Sprintf("the IPFS gateway failed at %d contents, which count as not served: try another with --ipfs", failed))
	}
	told, err := toldContents(ctx, s.node, last, state.Names())
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		r.Notes = append(r.Notes, fmt.Sprintf("the node does not say when it had the contents, so that all that is served now counts as having been there: %v", err))
	}
	for _, w := range told {
		state.Tell(w)
	}
	state.Seal()
	state.Describe(r, last)
	s.towers = &auditTowers{subject: s, state: state, ctx: ctx, seen: map[zkcommit.TowerName]*auditTower{}}
	state.Towers = s.towers.find
	return state.Rebuild, nil
}

// readGraph applies the blocks up to the last one.
func (s *subject) readGraph(ctx context.Context, g places, r *audit.Report, state *rebuild.State, last uint64, progress io.Writer) error {
	source, err := evm.Dial([]string{s.endpoint}, evm.Config{Contract: g.at, Genesis: r.Genesis, ChainID: r.ChainID})
	if err != nil {
		return err
	}
	defer source.Close()
	at := max(g.from, 1) - 1
	if at >= last {
		return nil
	}
	show, end := countBar(progress, "blocks", int64(last-at))
	defer end()
	for first := at; at < last; show(at - first) {
		blocks, err := insist(ctx, func() ([]indexer.Block, error) { return source.Blocks(ctx, at, last) })
		if err != nil {
			return fmt.Errorf("the blocks after %d cannot be read, check --rpc: %w", at, err)
		}
		for _, b := range blocks {
			if err := state.Apply(b.Block, b.Events); err != nil {
				return fmt.Errorf("the chain changed while it was read, start again: %w", err)
			}
			at = b.Number
		}
	}
	return nil
}

// insist asks until it is answered, a few times with growing pauses.
func insist[T any](ctx context.Context, ask func() (T, error)) (answer T, err error) {
	for n := range triesOfOne {
		if answer, err = ask(); err == nil {
			return answer, nil
		}
		select {
		case <-ctx.Done():
			return answer, ctx.Err()
		case <-time.After(200 * time.Millisecond << n):
		}
	}
	return answer, err
}

// readContents fetches what the events name. What the gateway does not have is left
// out, and so is what it fails at, as whoever posts may name what makes gateways fail;
// one that fails at most of it is an error. failed counts those, and why is the last.
func readContents(ctx context.Context, gateway string, state *rebuild.State, progress io.Writer) (failed uint64, why error) {
	remote, err := ipfs.NewRemote(gateway)
	if err != nil {
		return 0, err
	}
	all := state.Contents()
	show, end := countBar(progress, "contents", int64(len(all)))
	defer end()
	var mu sync.Mutex // guards the counts and the bar
	done := uint64(0)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(fetchesAtOnce)
	for _, c := range all {
		g.Go(func() error {
			doc, err := document(ctx, remote, c)
			missing := errors.Is(err, ipfs.ErrUnavailable)
			broken := err != nil && !missing && !errors.Is(err, ipfs.ErrNotDocument)
			if !missing && !broken { // of what names no document it is nothing
				if err := state.Provide(c, doc); err != nil {
					return err
				}
			}
			mu.Lock()
			defer mu.Unlock()
			done++
			show(done)
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case broken:
				failed, why = failed+1, err
				if failed >= fetchesAtOnce && 2*failed > done {
					return fmt.Errorf("the gateway fails at most contents, check --ipfs: %w", err)
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return failed, err
	}
	if 2*failed > done {
		return failed, fmt.Errorf("the gateway fails at most contents, check --ipfs: %w", why)
	}
	return failed, nil
}

// document fetches one; what the gateway does not find in time it does not have.
func document(ctx context.Context, remote *ipfs.Remote, c cid.Cid) (doc []byte, err error) {
	settled := error(nil) // that asking again does not change
	doc, err = insist(ctx, func() ([]byte, error) {
		one, cancel := context.WithTimeout(ctx, fetchTime)
		defer cancel()
		doc, err := remote.Get(one, c)
		switch {
		case one.Err() != nil && ctx.Err() == nil:
			settled = fmt.Errorf("%w: %s took too long", ipfs.ErrUnavailable, c)
		case errors.Is(err, ipfs.ErrUnavailable), errors.Is(err, ipfs.ErrNotDocument):
			settled = err
		default:
			return doc, err
		}
		return nil, nil
	})
	if settled != nil {
		return nil, settled
	}
	return doc, err
}

// toldContents is what the node says became of the contents that events up to the
// block name, of which there are at most so many.
func toldContents(ctx context.Context, node string, last uint64, most int) (all []graph.Shown, err error) {
	if node == "" {
		return nil, errors.New("no node is named")
	}
	var after graph.Position
	for cursor := ""; ; {
		raw, err := get(ctx, strings.TrimSuffix(node, "/")+"/api/v1/contents?limit=100&cursor="+url.QueryEscape(cursor), 1<<20)
		if err != nil {
			return nil, err
		}
		var page struct {
			Items []struct {
				ID        graph.Position
				From      *uint64
				Embedding graph.Hash
				Withheld  []struct{ From, To *uint64 }
			}
			Cursor string
		}
		if err := json.Unmarshal(raw, &page); err != nil {
			return nil, fmt.Errorf("its list of contents cannot be read: %w", err)
		}
		for _, x := range page.Items {
			switch {
			case x.ID.Compare(after) <= 0:
				return nil, fmt.Errorf("its list of contents has %s after %s", x.ID, after)
			case x.ID.Block > last:
				return all, nil
			case len(all) == most:
				return nil, fmt.Errorf("its list of contents has more than the %d that the chain names", most)
			}
			after = x.ID
			w := graph.Shown{ID: x.ID, From: blockOr(x.From), Embedding: x.Embedding}
			for _, h := range x.Withheld {
				w.Withheld = append(w.Withheld, graph.Span{From: blockOr(h.From), To: blockOr(h.To)})
			}
			all = append(all, w)
		}
		if cursor = page.Cursor; cursor == "" {
			return all, nil
		}
		if len(page.Items) == 0 {
			return nil, errors.New("its list of contents has an empty page with another behind it")
		}
	}
}

// blockOr is the block, or graph.NoEnd for none.
func blockOr(n *uint64) uint64 {
	if n == nil {
		return graph.NoEnd
	}
	return *n
}
