package features

import (
	"crypto/sha256"
	"fmt"

	"candor/graph"
	"candor/graph/embed"
)

// WideVersion is that of wide rows. Whatever changes their second part changes it.
const WideVersion = 1

// wideRule is the words behind a wide row's second part: part of its schema and of its page.
const wideRule = "A wide row is the 64 features of this page and behind them the 384 int8 of the embedding of the post's text, in their order, from −127 to 127: all 0 where the content is not available or its text holds no word."

// wide identifies the function of wide rows: that of the features, and what stands behind them.
var wide = wideOf(schema)

func wideOf(features graph.Hash) graph.Hash {
	s := embed.Schema
	return sha256.Sum256(fmt.Appendf(nil, "candor/wide/v%d\x00%x\x00%x\x00%s", WideVersion, features[:], s[:], wideRule))
}

// Wide is the schema of rows that end with the post's embedding.
func Wide() graph.Hash { return wide }

// toweredRule is the words behind a row that ends with a tower's vector.
const toweredRule = "A row over a tower is the 64 features of this page and behind them 384 int8: the vector that the tower named in the ranker's manifest made of the post's tokens (docs/towers.md), zeros behind it; all 0 where the node had no vector of the post's content at the run's block, or the content is not available."

var towered = graph.Hash(sha256.Sum256(fmt.Appendf(nil, "candor/towered/v%d\x00%x\x00%s", WideVersion, schema[:], toweredRule)))

// Towered is the schema of rows that end with the vector of the tower which the ranker's
// manifest names. Build leaves that part zero: whoever has the vectors puts them there.
func Towered() graph.Hash { return towered }

// Width is how many int8 a row of the schema has. It fails for a schema of which this
// version makes no rows.
func Width(of graph.Hash) (int, error) {
	switch of {
	case schema:
		return graph.Features, nil
	case wide, towered:
		return graph.Features + graph.EmbeddingDim, nil
	}
	return 0, fmt.Errorf("rows of the feature schema %s are not made by this version, which makes %s, with the post's embedding %s, and with a tower's vector %s", of, schema, wide, towered)
}

// Join makes a wide row of its two parts.
func Join(v graph.Row, e *graph.Embedding) graph.Row {
	return append(append(make(graph.Row, 0, graph.Features+graph.EmbeddingDim), v[:graph.Features]...), e[:]...)
}

// Put puts a vector behind a wide row's features.
func Put(row graph.Row, e *graph.Embedding) { copy(row[graph.Features:], e[:]) }

// Name is that of a place in a row, such as "likes", "reserved_63" or "embedding_0".
func Name(place int) string {
	switch {
	case place >= graph.Features:
		return fmt.Sprintf("embedding_%d", place-graph.Features)
	case place < Used:
		return Table[place].Name
	}
	return fmt.Sprintf("reserved_%d", place)
}

// widePage is what the page of the features says of wide rows.
func widePage() string {
	return fmt.Sprintf(`## Wide rows, version %d

A ranker may read the post's embedding, too: its manifest then names the schema %s, which covers
that above and this rule. %s

A ranker may read a tower's vector instead: its manifest names the tower and the schema %s. %s
`, WideVersion, "`"+wide.Hex()+"`", wideRule, "`"+towered.Hex()+"`", toweredRule)
}
