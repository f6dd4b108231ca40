// Package tower is what nodes, towers and auditors agree on about towers: models that make
// an int8 vector of a post, on their publishers' machines, for rankers to read.
//
// What enters: the text of a post, or a vector of up to 384 int8. What leaves: the tokens
// that a tower reads, and the part of a wide row that a ranker reads. Both are pure, so
// that an auditor makes them again.
package tower

import (
	"crypto/sha256"
	"fmt"

	"candor/graph"
	"candor/graph/embed"
)

// Version of the function of tokens. Whatever changes a token changes it.
const Version = 1

// Tokens are so many a post, each of so many parts.
const (
	Count = 64
	Parts = 4
	Width = Count * Parts // int8 of a post
)

// rule is the words behind Tokens: part of its schema and of docs/towers.md.
const rule = "The first 64 words of the post's text, folded and cut as for the embedding. Of a word four parts: the bytes 0 to 3 of SHA-256(candor/tokens/v1 ‖ word), each 1 + byte mod 127. A place without a word is four zeros."

// Schema identifies the function, with that which cuts words.
var schema = graph.Hash(sha256.Sum256(fmt.Appendf(nil, "candor/tokens/v%d\x00%x\x00%s", Version, embed.Schema[:], rule)))

// Schema is that of the tokens that this version makes.
func Schema() graph.Hash { return schema }

// Tokens are what a tower reads of a text: Width int8, from 0 to 127, four for each word.
func Tokens(text string) []int8 {
	row := make([]int8, Width)
	words := embed.Words(text)
	for i, w := range words[:min(Count, len(words))] {
		sum := sha256.Sum256([]byte("candor/tokens/v1" + w))
		for k := range Parts {
			row[i*Parts+k] = int8(1 + sum[k]%127)
		}
	}
	return row
}

// Pad makes of a vector what a ranker's row holds: zeros behind it, up to 384.
func Pad(vector []int8) (e graph.Embedding) {
	copy(e[:], vector)
	return e
}
