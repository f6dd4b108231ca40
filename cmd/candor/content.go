package main

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"

	"candor/indexer/denylist"
	"candor/indexer/ipfs"
	"candor/web"

	"github.com/spf13/cobra"
)

// contentOptions say where documents come from and what is kept of them.
type contentOptions struct {
	gateways, private []string
	denylist          string
}

func (o *contentOptions) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringArrayVar(&o.gateways, "gateway", nil, "URL of a trustless IPFS gateway to fetch posts from; may be repeated")
	f.StringArrayVar(&o.private, "gateway-private", nil, "as --gateway, for one that you run yourself: its address may be private")
	f.StringVar(&o.denylist, "denylist", "", "file of CIDs to withhold, one a line with an optional reason; read again when it changes")
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
