package graph

// Span is the blocks [From, To); NoEnd as To: it lasts.
type Span struct{ From, To uint64 }

// Has reports whether the block is in the span.
func (s Span) Has(block uint64) bool { return s.From <= block && block < s.To }

// Shown is what became in a mirror of the content that an event names. With the
// chain's events it gives every post's and profile's status at every block.
type Shown struct {
	ID        Position // of the event: a post, an edit or a profile
	From      uint64   // the first block at which the content is there; NoEnd: it never came
	Embedding Hash     // EmbeddingDigest; zero for a profile's, and for what never came
	Withheld  []Span   // when the operator did not show it
}
