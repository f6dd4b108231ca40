package graph

// TextQuery asks for what has all of the words; embed.Terms cuts them. No words
// find nothing.
type TextQuery struct {
	Words  []string
	Prefix bool // the last word may go on
	Limit  int  // at most so many, the newest; 0 means 1,000
}
