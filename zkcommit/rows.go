package zkcommit

import (
	"encoding/binary"
	"fmt"

	"candor/graph"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

const (
	// K is the most posts that a run freezes, and that a dispute proof covers.
	K = 64
	// MaxPosts is the most posts that a run proof covers.
	MaxPosts = 16384
)

// Rows are the features of a run's posts: a row a post, all of one width.
type Rows []graph.Row

// RowsOf are the rows of the vectors, which it does not copy.
func RowsOf(v []graph.FeatureVector) Rows {
	rows := make(Rows, len(v))
	for i := range v {
		rows[i] = v[i][:]
	}
	return rows
}

// Flat is all rows in one slice, one after another.
func (r Rows) Flat() []int8 {
	n := 0
	for _, row := range r {
		n += len(row)
	}
	out := make([]int8, 0, n)
	for _, row := range r {
		out = append(out, row...)
	}
	return out
}

// width is what all rows have in common.
func (r Rows) width() (int, error) {
	for _, row := range r {
		if d := len(r[0]); len(row) != d || d < 1 || d > MaxInputs {
			return 0, fmt.Errorf("a row of %d features stands behind one of %d: all must have the same 1 to %d", len(row), d, MaxInputs)
		}
	}
	if len(r) == 0 {
		return 0, nil
	}
	return len(r[0]), nil
}

// capacity is how many rows the digest of n rows holds: at least those of a
// dispute proof, which has room for K.
func capacity(n int) int { return max(n, K) }

// stepBits is how many of the ties' bits go into one element.
const stepBits = 8 * PackBytes

// RowsDigest is the digest of what a run's proofs are about: a salted Poseidon2
// digest of the model's commitment, the number of posts, the ties' rule and the
// features in ranked order. It refuses runs of no post or of more than MaxPosts, a
// post that is ranked twice, rows of several widths, and a commitment that is no
// field element.
func RowsDigest(salt, commitment graph.Hash, ranked []graph.PostID, rows Rows) (graph.Hash, error) {
	in, err := RowsElements(salt, commitment, ranked, rows)
	if err != nil {
		return graph.Hash{}, err
	}
	h := Sponge(rowsTag(capacity(len(rows)), len(rows[0])), in)
	return h.Bytes(), nil
}

// RowsTag is the tag of rows digests that a dispute proof can be about.
func RowsTag() fr.Element { return rowsTag(K, graph.Features) }

func rowsTag(posts, width int) fr.Element {
	dims := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(posts)), uint32(width))
	return tag("candor/rows/v1", rowsElements(posts, width), dims)
}

// rowsElements is the number of elements of a rows digest: two halves of the
// ranking salt, the commitment, n, the steps and the packed rows.
func rowsElements(posts, width int) int {
	return 4 + (posts+stepBits-1)/stepBits + (posts*width+PackBytes-1)/PackBytes
}

// RowsElements is what RowsDigest absorbs: the ranking salt's two halves (16 bytes
// each), the commitment, n, the steps, and rows of one byte a feature (a feature
// plus 128; zeros behind the last row, up to K rows), packed.
func RowsElements(salt, commitment graph.Hash, ranked []graph.PostID, rows Rows) ([]fr.Element, error) {
	n := len(ranked)
	if n < 1 || n > MaxPosts || len(rows) != n {
		return nil, fmt.Errorf("a run's digest takes 1 to %d posts with a row of features each, not %d posts and %d rows", MaxPosts, n, len(rows))
	}
	width, err := rows.width()
	if err != nil {
		return nil, err
	}
	seen := make(map[graph.PostID]bool, n)
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
	in := make([]fr.Element, 4, rowsElements(capacity(n), width))
	in[0].SetBytes(salt[:16])
	in[1].SetBytes(salt[16:])
	in[2] = c
	in[3].SetUint64(uint64(n))
	in = append(in, steps(ranked, capacity(n))...)
	b := make([]byte, capacity(n)*width)
	for i, row := range rows {
		for k, v := range row {
			b[i*width+k] = offset(v)
		}
	}
	return append(in, pack(b)...), nil
}

// older says whether the post of rank i is older than the next one, so that a tie
// between the two would be out of order: the score must drop there.
func older(ranked []graph.PostID, i int) bool {
	return i+1 < len(ranked) && ranked[i].Compare(ranked[i+1]) < 0
}

// steps are the ties' bits, bit i of element j standing for rank 248·j + i.
func steps(ranked []graph.PostID, posts int) []fr.Element {
	out := make([]fr.Element, (posts+stepBits-1)/stepBits)
	for j := range out {
		var b [PackBytes]byte
		for i := range stepBits {
			if older(ranked, stepBits*j+i) {
				b[PackBytes-1-i/8] |= 1 << (i % 8)
			}
		}
		out[j].SetBytes(b[:])
	}
	return out
}

// Steps are the ties' bits of at most K posts in one number.
func Steps(ranked []graph.PostID) (bits uint64) {
	for i := range ranked {
		if older(ranked, i) {
			bits |= 1 << i
		}
	}
	return bits
}
