package zkcommit

import (
	"encoding/binary"
	"fmt"

	"candor/graph"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// K is the most posts that a run ranks; the proof pads shorter runs.
const K = 64

// rowsElements is the number of elements of a rows digest: two halves of the
// opening, the commitment, n, the steps and the packed rows.
const rowsElements = 5 + (K*graph.Features+PackBytes-1)/PackBytes

// RowsDigest is the public side of a run's proof: a salted Poseidon2 digest of
// the model's commitment, the number of posts, the ties' rule and the features
// in ranked order. It refuses runs of no post or of more than K, a post that is
// ranked twice, and a commitment that is no field element.
func RowsDigest(opening, commitment graph.Hash, ranked []graph.PostID, rows []graph.FeatureVector) (graph.Hash, error) {
	in, err := RowsElements(opening, commitment, ranked, rows)
	if err != nil {
		return graph.Hash{}, err
	}
	h := Sponge(RowsTag(), in)
	return h.Bytes(), nil
}

// RowsTag is the tag of rows digests.
func RowsTag() fr.Element {
	dims := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, K), graph.Features)
	return tag("candor/rows/v1", rowsElements, dims)
}

// RowsElements is what RowsDigest absorbs: the opening's two halves (16 bytes
// each), the commitment, n, Steps, and K rows of one byte a feature (a feature
// plus 128; zeros behind the last row), packed.
func RowsElements(opening, commitment graph.Hash, ranked []graph.PostID, rows []graph.FeatureVector) ([]fr.Element, error) {
	if len(ranked) < 1 || len(ranked) > K || len(rows) != len(ranked) {
		return nil, fmt.Errorf("a run's digest takes 1 to %d posts with a row of features each, not %d posts and %d rows", K, len(ranked), len(rows))
	}
	seen := make(map[graph.PostID]bool, len(ranked))
	for _, id := range ranked {
		if seen[id] {
			return nil, fmt.Errorf("post %s is ranked twice", id)
		}
		seen[id] = true
	}
	c, err := element(commitment)
	if err != nil {
		return nil, fmt.Errorf("the commitment %w", err)
	}
	in := make([]fr.Element, 5, rowsElements)
	in[0].SetBytes(opening[:16])
	in[1].SetBytes(opening[16:])
	in[2] = c
	in[3].SetUint64(uint64(len(ranked)))
	in[4].SetUint64(Steps(ranked))
	b := make([]byte, K*graph.Features)
	for i := range rows {
		for k, v := range rows[i] {
			b[i*graph.Features+k] = offset(v)
		}
	}
	return append(in, pack(b)...), nil
}

// Steps says where the score must drop: bit i is set when the post of rank i is
// older than the next one, so that a tie between the two would be out of order.
// It takes at most K posts.
func Steps(ranked []graph.PostID) (steps uint64) {
	for i := 0; i+1 < len(ranked); i++ {
		if ranked[i].Compare(ranked[i+1]) < 0 {
			steps |= 1 << i
		}
	}
	return steps
}
