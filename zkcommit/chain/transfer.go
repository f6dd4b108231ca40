package chain

import (
	"context"

	"candor/graph"
)

// Succession is what publishers said of who carries on whose plugin.
type Succession struct {
	Previous  graph.Hash // whose plugin this one asked to continue; it does when that one's Successor says so
	Successor graph.Hash // that continues this one, for good; zero for none
}

// Succession reads both sides' words on a plugin.
func (c *Client) Succession(ctx context.Context, plugin graph.Hash) (s Succession, err error) {
	if s.Previous, err = read(ctx, c, c.at.Registry, c.registry.PackPreviousOf(plugin), unpackHash(c.registry.UnpackPreviousOf)); err != nil {
		return s, err
	}
	s.Successor, err = read(ctx, c, c.at.Registry, c.registry.PackSuccessorOf(plugin), unpackHash(c.registry.UnpackSuccessorOf))
	return s, err
}

// Continued is whose plugin this one continues, as both publishers say, and which one
// continues it; zero for none.
func (c *Client) Continued(ctx context.Context, plugin graph.Hash) (before, after graph.Hash, err error) {
	s, err := c.Succession(ctx, plugin)
	if err != nil || s.Previous == (graph.Hash{}) {
		return before, s.Successor, err
	}
	other, err := c.Succession(ctx, s.Previous)
	if other.Successor == plugin {
		before = s.Previous
	}
	return before, s.Successor, err
}

// ClaimPlugin asks that the account's plugin continue another one.
func (c *Client) ClaimPlugin(ctx context.Context, plugin, previous graph.Hash) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.Registry, c.registry.PackClaimPlugin(plugin, previous))
}

// TransferPlugin says, for good, that a plugin which claimed it continues the account's.
func (c *Client) TransferPlugin(ctx context.Context, plugin, successor graph.Hash) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.Registry, c.registry.PackTransferPlugin(plugin, successor))
}
