package web

import (
	"fmt"

	"candor/graph"

	"github.com/gofiber/fiber/v2"
)

// Prover shows what a snapshot's mirror root is over.
type Prover interface {
	MirrorRoot() (graph.Hash, error)
	// MirrorProof fails with graph.NotFound for a post that the snapshot has not.
	MirrorProof(graph.PostID) (graph.MirrorProof, error)
}

// atOnce is how many mirror proofs are made at a time: one at a block from before
// the node's start reads every post, and the others wait.
const atOnce = 2

// mirrorProof is the mirror's entry of a post at a block, with its audit path.
type mirrorProof struct {
	Block     uint64       `json:"block"`
	BlockHash graph.Hash   `json:"blockHash"`
	Root      graph.Hash   `json:"root"`
	Count     uint64       `json:"count"` // of the entries under the root
	Entry     mirrorEntry  `json:"entry"`
	Index     uint64       `json:"index"`
	Proof     []graph.Hash `json:"proof"` // from the leaf up
}

type mirrorEntry struct {
	ID        graph.PostID `json:"id"`
	Status    string       `json:"status"`
	Embedding graph.Hash   `json:"embedding"` // digest; zero unless present
}

func (s *Server) mirrorProof(c *fiber.Ctx) error {
	if err := known(c); err != nil {
		return err
	}
	block, err := number(c.Params("block"), "block")
	if err != nil {
		return err
	}
	id, err := graph.ParsePosition(c.Params("post"))
	if err != nil {
		return graph.Malformed("%.80q is no post id: send block-transaction-log, such as 12-0-3", c.Params("post"))
	}
	ctx := c.UserContext()
	select {
	case s.proving <- struct{}{}:
		defer func() { <-s.proving }()
	case <-ctx.Done():
		return ctx.Err()
	}
	snap, err := s.Mirror.Past(ctx, block)
	if err != nil {
		return err
	}
	p, err := snap.MirrorProof(id)
	if err != nil {
		return err
	}
	root, err := snap.MirrorRoot()
	if err != nil {
		return err
	}
	// What an auditor would find wrong is the operator's to hear first.
	if err := p.Verify(root); err != nil {
		return fmt.Errorf("the mirror's proof at block %d: %w", block, err)
	}
	if p.Entry.ID != id {
		return fmt.Errorf("the mirror's proof of post %s at block %d is of post %s", id, block, p.Entry.ID)
	}
	at := snap.Block()
	return c.JSON(mirrorProof{Block: at.Number, BlockHash: at.Hash, Root: root, Count: p.Entries, Index: p.Index,
		Entry: mirrorEntry{p.Entry.ID, p.Entry.Status.String(), p.Entry.Embedding}, Proof: append([]graph.Hash{}, p.Path...)})
}
