package sumcheck

import "candor/zkcommit"

// Bounds of what can be proved, besides a shape's own. A run beyond them is refused
// before any work.
const (
	MaxPosts = 16384
	MaxCells = 1 << 21 // padded posts × padded hidden units, all layers

	clamp = zkcommit.Clamp
)
