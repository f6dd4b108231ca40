package graph

import "github.com/ipfs/go-cid"

// Batch is one verified block on its way into a mirror.
type Batch struct {
	Block  Block
	Events []Event // in chain order
	// Contents are the checked raw documents that the block's events name; one
	// that is missing here is unavailable.
	Contents map[cid.Cid][]byte
	// Late are documents of earlier events that nobody served before: they are
	// present from this block on, so that no earlier snapshot changes.
	Late map[cid.Cid][]byte
	// Withhold are contents that the operator does not show from this block on,
	// whoever posted or posts them; Restore are those that it shows again. What
	// the chain says is in neither.
	Withhold, Restore []cid.Cid
}
