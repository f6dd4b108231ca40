package chain

import (
	"context"
	"time"

	"candor/graph"
)

// patience with an endpoint that is asked one question.
const answerTime = 10 * time.Second

// AnchoredRoot is the root that the node anchored for the size of its log; zero for none.
func (a *Auditing) AnchoredRoot(node graph.Address, origin string, size uint64) (graph.Hash, error) {
	ctx, cancel := context.WithTimeout(a.Trust.ctx, answerTime)
	defer cancel()
	c := a.Calls
	return read(ctx, c, c.at.RunLog, c.runLog.PackRootAt(node, originHash(origin), size), unpackHash(c.runLog.UnpackRootAt))
}

// WasActive is whether the version was its plugin's active one at the block, and what it
// committed to, as the contract sees it.
func (a *Auditing) WasActive(plugin graph.Hash, version uint32, block uint64) (active bool, commitment graph.Hash, err error) {
	ctx, cancel := context.WithTimeout(a.Trust.ctx, answerTime)
	defer cancel()
	c := a.Calls
	r, err := read(ctx, c, c.at.Registry, c.registry.PackWasActive(plugin, version, block), c.registry.UnpackWasActive)
	return r.Active, r.Commitment, err
}

// Successor is who took the node's place; zero for nobody.
func (a *Auditing) Successor(node graph.Address) (graph.Address, error) {
	ctx, cancel := context.WithTimeout(a.Trust.ctx, answerTime)
	defer cancel()
	n, _, err := a.Calls.Node(ctx, node)
	return n.Successor, err
}

// RunLog is the address of the contract that judges evidence.
func (a *Auditing) RunLog() graph.Address { return a.Calls.at.RunLog }
