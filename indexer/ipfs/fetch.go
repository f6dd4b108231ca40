package ipfs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"candor/graph"

	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	format "github.com/ipfs/go-ipld-format"
)

const (
	hedge   = 150 * time.Millisecond // after which another source is asked besides
	probing = 16                     // every so many fetches another gateway than the best is asked as well
)

// Get gives the document that c names, from disk or else from connected peers and
// gateways, and keeps what they send. The bytes are checked on every way.
// Errors: ErrNotDocument when c can never name one, ErrWithheld when the operator
// denies it, ErrUnavailable when nobody served it before the deadline (ctx's or
// the configured one, whichever is first).
func (n *Node) Get(ctx context.Context, c cid.Cid) ([]byte, error) {
	if err := checkCID(c); err != nil {
		return nil, err
	}
	b, err := n.local(ctx, c)
	switch {
	case err == nil:
		return b.RawData(), checkBytes(c, b.RawData())
	case !format.IsNotFound(err):
		return nil, err
	}
	if b, err = n.fetch(ctx, c, graph.MaxDocument); err != nil {
		return nil, err
	}
	if err := checkBytes(c, b.RawData()); err != nil {
		return nil, err
	}
	if err := n.keep(ctx, b); err != nil {
		return nil, err
	}
	n.attached(b.RawData())
	return b.RawData(), nil
}

// local reads a block from disk.
func (n *Node) local(ctx context.Context, c cid.Cid) (blocks.Block, error) {
	if n.store.denied(c) {
		return nil, fmt.Errorf("%w: %s", ErrWithheld, c)
	}
	n.marks.touch(c)
	b, err := n.store.Get(ctx, c)
	if err != nil && !format.IsNotFound(err) {
		return nil, fmt.Errorf("read %s from disk: %w", c, err)
	}
	return b, err
}

// fetch asks for a block of at most limit bytes: one source first, then one more
// whenever one fails or time passes, and takes the first answer whose bytes hash
// to c. It keeps nothing.
func (n *Node) fetch(ctx context.Context, c cid.Cid, limit int) (blocks.Block, error) {
	if n.store.denied(c) {
		return nil, fmt.Errorf("%w: %s", ErrWithheld, c)
	}
	all, begin := n.sources(time.Now())
	if len(all) == 0 {
		return nil, fmt.Errorf("%w: %s is not here, no peer is connected and no gateway can be asked", ErrUnavailable, c)
	}
	again := n.lost.Contains(c)
	ctx, cancel := context.WithTimeout(ctx, n.timeout)
	defer cancel()
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	type answer struct {
		b   blocks.Block
		err error
	}
	answers := make(chan answer, len(all))
	started, out := 0, 0
	next := func() {
		if started == len(all) {
			return
		}
		s := all[started]
		started, out = started+1, out+1
		go func() {
			b, err := n.ask(ctx, s, c, limit, again)
			answers <- answer{b, err}
		}()
	}
	for range begin {
		next()
	}
	tick := time.NewTicker(hedge)
	defer tick.Stop()
	var last error
	for out > 0 {
		select {
		case <-tick.C:
			next()
		case a := <-answers:
			out--
			if a.err == nil {
				end(errLost)
				n.lost.Remove(c)
				return a.b, nil
			}
			if errors.Is(a.err, ErrNotDocument) {
				return nil, a.err
			}
			last = a.err
			next()
		}
	}
	n.lost.Add(c, struct{}{})
	return nil, fmt.Errorf("%w: no peer or gateway sent %s in time: %w", ErrUnavailable, c, last)
}

// sources are those that can be asked now, the best first, and how many of them
// to ask at once.
func (n *Node) sources(now time.Time) (all []*gateway, begin int) {
	type ranked struct {
		*gateway
		usual time.Duration
	}
	var ready []ranked
	if len(n.host.Network().Peers()) > 0 {
		_, usual := n.peers.state()
		ready = append(ready, ranked{n.peers, usual})
	}
	for _, g := range n.asked {
		if rest, usual := g.state(); !now.Before(rest) {
			ready = append(ready, ranked{g, usual})
		}
	}
	slices.SortStableFunc(ready, func(a, b ranked) int { return int(a.usual - b.usual) })
	begin = 1
	// One that was slow once may be the best by now: somebody has to try.
	if turn := int(n.turn.Add(1)); turn%probing == 0 && len(ready) > 1 {
		i := 1 + turn/probing%(len(ready)-1)
		r := ready[i]
		ready = slices.Insert(slices.Delete(ready, i, i+1), 1, r)
		begin = 2
	}
	for _, r := range ready {
		all = append(all, r.gateway)
	}
	return all, begin
}

// ask gets a block from one source and checks it against c.
func (n *Node) ask(ctx context.Context, g *gateway, c cid.Cid, limit int, again bool) (b blocks.Block, err error) {
	began := time.Now()
	defer func() {
		if err != nil && errors.Is(context.Cause(ctx), errLost) {
			err = errLost
		}
		g.judge(err, time.Since(began), time.Now())
	}()
	if g == n.peers {
		if b, err = n.swap.GetBlock(ctx, c); err != nil {
			return nil, fmt.Errorf("the connected peers: %w", err)
		}
		// Bitswap names a block by hashing it, so that this is certain.
		if len(b.RawData()) > limit {
			return nil, fmt.Errorf("%w: %s has %d bytes, at most %d are taken", ErrNotDocument, c, len(b.RawData()), limit)
		}
		return b, nil
	}
	raw, err := g.fetch(ctx, c, limit, again)
	if err != nil {
		return nil, err
	}
	got, err := c.Prefix().Sum(raw)
	if err != nil {
		return nil, err
	}
	if !got.Equals(c) {
		return nil, failed(lied, "the gateway %s sends other bytes for %s", g.base, c)
	}
	return blocks.NewBlockWithCid(raw, c)
}

// gateways reads the configured URLs.
func gateways(cfg Config) (out []*gateway, err error) {
	for i, raw := range slices.Concat(cfg.Gateways, cfg.PrivateGateways) {
		g, err := newGateway(raw, i >= len(cfg.Gateways), cfg)
		if err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}

// Withhold removes from disk what the denylist holds; to be called when it
// changed. Of a denied file the root goes at once, and the rest at the collector's
// next round unless another file consists of it.
func (n *Node) Withhold(ctx context.Context) error {
	if n.deny == nil {
		return nil
	}
	for _, h := range n.deny.Hashes() {
		var parts []string
		w := walker{most: maxVisit * maxBlock, get: func(ctx context.Context, c cid.Cid, _ int) (blocks.Block, error) {
			return guarded(n.store, func() (blocks.Block, error) { return n.store.Blockstore.Get(ctx, c) })
		}, read: func(b blocks.Block, _ []byte) error {
			if p := string(b.Cid().Hash()); p != string(h) {
				parts = append(parts, p)
			}
			return nil
		}}
		_, err := w.walk(ctx, cid.NewCidV1(cid.DagProtobuf, h), -1)
		if err != nil && !errors.Is(err, ErrNotFile) && !format.IsNotFound(err) {
			return fmt.Errorf("read withheld content: %w", err)
		}
		if err := n.marks.mark(ctx, parts, time.Unix(0, 0)); err != nil {
			return fmt.Errorf("mark withheld content: %w", err)
		}
		if err := n.store.DeleteBlock(ctx, cid.NewCidV1(cid.Raw, h)); err != nil && !format.IsNotFound(err) {
			return fmt.Errorf("remove withheld content: %w", err)
		}
	}
	return nil
}
