package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"candor/indexer/denylist"
	"candor/indexer/ipfs"
	"candor/web"

	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"
)

// contentOptions say where documents come from and what is kept of them.
type contentOptions struct {
	gateways, private []string
	denylist          string
	keepUploads       time.Duration
	collectEvery      time.Duration
}

func (o *contentOptions) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringArrayVar(&o.gateways, "gateway", nil, "URL of a trustless IPFS gateway to fetch posts from; may be repeated")
	f.StringArrayVar(&o.private, "gateway-private", nil, "as --gateway, for one that you run yourself: its address may be private")
	f.StringVar(&o.denylist, "denylist", "", "file of CIDs to withhold, one a line with an optional reason; read again when it changes")
	f.DurationVar(&o.keepUploads, "keep-uploads", 24*time.Hour, "how long an upload that no post names is kept")
	f.DurationVar(&o.collectEvery, "collect-every", 15*time.Minute, "how often content that nothing needs is removed; 0 is never")
}

func (o *contentOptions) check() error {
	if o.keepUploads < time.Minute {
		return fmt.Errorf("--keep-uploads %s is too short: an upload must wait for its post, send at least 1m", o.keepUploads)
	}
	if o.collectEvery < 0 || o.collectEvery > 0 && o.collectEvery < time.Second {
		return fmt.Errorf("--collect-every %s is too often: send at least 1s, or 0 for never", o.collectEvery)
	}
	return nil
}

func (n *node) openIPFS(ctx context.Context, o contentOptions) (err error) {
	if n.denied, err = denylist.Open(o.denylist, n.log); err != nil {
		return err
	}
	n.ipfs, err = ipfs.Open(ctx, ipfs.Config{Dir: filepath.Join(n.dir, "ipfs"), Failed: func(err error) { n.failed <- err },
		Gateways: o.gateways, PrivateGateways: o.private, Denylist: n.denied})
	if err != nil {
		return err
	}
	n.closers = append(n.closers, n.ipfs.Close)
	n.denied.Changed(func() {
		if err := n.ipfs.Withhold(context.Background()); err != nil {
			n.log.Error("withheld content is not served but still on disk", "err", err)
		}
	})
	return nil
}

// withheld is the answer of /api/v1/withheld.
func (n *node) withheld() []web.Withheld {
	entries := n.denied.Entries()
	out := make([]web.Withheld, len(entries))
	for i, e := range entries {
		out[i] = web.Withheld{ID: e.CID.String(), Reason: e.Reason}
	}
	slices.SortFunc(out, func(a, b web.Withheld) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// collect removes what no post needs any more.
func (s *services) collect(ctx context.Context, r *reveals, kept *reports) {
	if s.options.content.collectEvery > 0 {
		s.ipfs.Collect(ctx, ipfs.Collector{Names: keptNames{names{s.node}, r, kept}, Every: s.options.content.collectEvery,
			Unused: s.options.content.keepUploads, Log: s.log})
	}
}

// names tells the collector what posts, kept snapshots and registrations need. An index that lags knows too little.
type names struct{ *node }

// Named implements ipfs.Names.
func (n names) Named(ctx context.Context, docs []cid.Cid) (needed, withdrawn []cid.Cid, err error) {
	if err := n.ready(ctx); err != nil {
		return nil, nil, err
	}
	if needed, withdrawn, err = n.mirror.Named(ctx, docs); err != nil {
		return nil, nil, err
	}
	held := n.snapshots.holds()
	for _, c := range docs {
		if held[string(c.Hash())] || n.registered.names(c) {
			needed = append(needed, c)
		}
	}
	return needed, withdrawn, nil
}
