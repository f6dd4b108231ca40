package main

import (
	"context"
	"errors"
	"fmt"

	"candor/graph"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/spf13/cobra"
)

func rankerTransferCommand() *cobra.Command {
	var o ownFlags
	var from, to string
	var yes bool
	c := &cobra.Command{
		Use:   "transfer DIR",
		Short: "Hand a ranker on to another publisher's, which its readers are told",
		Long: `Hand a ranker on, in two steps, each by its own publisher: who carries it on publishes a
plugin of the same kind and asks for yours (--from); then you name that one (--to), once and
for good. Nothing moves under anybody's feet: your versions, bonds and dates stay yours, and
readers see on both pages who continues whose ranker, and choose.`,
		Example: "  candor ranker transfer ember --from 0x… --node http://127.0.0.1:8080\n  candor ranker transfer kindling --to 0x… --node http://127.0.0.1:8080 --yes",
		Args:    one("name one directory that candor ranker new made"),
		RunE: func(c *cobra.Command, args []string) error {
			if (from == "") == (to == "") {
				return errors.New("name the plugin that yours continues with --from, or the one that continues yours with --to")
			}
			other, err := pluginName(from + to)
			if err != nil {
				return err
			}
			d, w, err := o.open(args[0])
			if err != nil {
				return err
			}
			if to != "" && !yes {
				return errors.New("that cannot be undone: say so with --yes")
			}
			p, err := openPlace(c.Context(), o.node, w.key)
			if err != nil {
				return err
			}
			defer p.close()
			own := zkcommit.PluginID(w.address, d.Slug)
			if from != "" {
				err = p.claim(c.Context(), own, other)
			} else {
				err = p.handOn(c.Context(), own, other)
			}
			if err != nil {
				return err
			}
			if o.asJSON {
				s, err := p.calls.Succession(c.Context(), own)
				if err != nil {
					return err
				}
				return printJSON(c.OutOrStdout(), map[string]any{"plugin": own, "slug": d.Slug, "previous": s.Previous, "successor": s.Successor})
			}
			says := fmt.Sprintf("ASKED  that %s continue %s; its publisher agrees with candor ranker transfer DIR --to %s --yes", d.Slug, other, own)
			if to != "" {
				says = fmt.Sprintf("HANDED ON  %s to %s, which readers of both see", d.Slug, other)
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), says)
			return err
		},
	}
	o.flags(c)
	f := c.Flags()
	f.StringVar(&from, "from", "", "plugin that this directory's is to continue: its id, 0x and 64 digits")
	f.StringVar(&to, "to", "", "plugin that continues this directory's: its id, 0x and 64 digits")
	f.BoolVar(&yes, "yes", false, "go through with --to")
	return c
}

// pluginName reads a plugin's id.
func pluginName(text string) (id graph.Hash, err error) {
	b, err := hexutil.Decode(text)
	if err != nil || len(b) != len(id) {
		return id, fmt.Errorf("%.80q is no plugin's id: 0x and 64 hexadecimal digits, as candor ranker status prints it", text)
	}
	return graph.Hash(b), nil
}

// pair are both plugins, if one can continue the other.
func (p *place) pair(ctx context.Context, own, other graph.Hash) error {
	var kinds [2]registry.Kind
	for i, id := range []graph.Hash{own, other} {
		plugin, known, err := p.calls.Plugin(ctx, id)
		if err != nil {
			return err
		}
		if !known {
			return fmt.Errorf("the chain knows no plugin %s: candor ranker publish puts one there", id)
		}
		kinds[i] = plugin.Kind
	}
	switch {
	case own == other:
		return errors.New("a plugin does not continue itself: name another one")
	case kinds[0] != kinds[1]:
		return errors.New("the two are of different kinds: a ranker is continued by a ranker, a tower by a tower")
	}
	return nil
}

// claim asks that the account's plugin continue the other one.
func (p *place) claim(ctx context.Context, own, other graph.Hash) error {
	if err := p.pair(ctx, own, other); err != nil {
		return err
	}
	s, err := p.calls.Succession(ctx, own)
	if err != nil || s.Previous == other {
		return err
	}
	return p.calls.ClaimPlugin(ctx, own, other)
}

// handOn says that the other plugin, which asked, continues the account's.
func (p *place) handOn(ctx context.Context, own, other graph.Hash) error {
	if err := p.pair(ctx, own, other); err != nil {
		return err
	}
	mine, err := p.calls.Succession(ctx, own)
	if err != nil || mine.Successor == other {
		return err
	}
	if mine.Successor != (graph.Hash{}) {
		return fmt.Errorf("this ranker was handed on to %s, and that is for good", mine.Successor)
	}
	theirs, err := p.calls.Succession(ctx, other)
	if err != nil {
		return err
	}
	if theirs.Previous != own {
		return fmt.Errorf("%s has not asked for it: its publisher runs candor ranker transfer DIR --from %s first", other, own)
	}
	return p.calls.TransferPlugin(ctx, own, other)
}
