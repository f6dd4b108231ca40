package sumcheck

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unsafe"

	"candor/graph"
	"candor/zkcommit"
)

// Kind is what a proof says about the scores, which stay secret.
type Kind uint8

const (
	// Order: the scores strictly decrease along the posts in (score, tie rank).
	Order Kind = 1
	// Verdict: each post's bit says whether its score is above the threshold.
	Verdict Kind = 2
)

// Statement is the public side of a proof.
type Statement struct {
	Kind  Kind
	Run   *zkcommit.Run
	Posts []graph.PostID // Order: in ranked order; distinct
	Rows  []int8         // the posts' features, Inputs each, in the order of Posts

	Threshold int32  // Verdict only
	Above     []bool // Verdict only: one a post
}

// ErrNothing is the answer for a run of no post: it has nothing to prove, hence no
// proof, and no proof of it is accepted.
var ErrNothing = errors.New("a run of no post has nothing to prove and no proof")

// check refuses statements that are not well formed, before any work.
func (s *Statement) check(r *RegisteredModel) error {
	if s == nil || s.Run == nil {
		return errors.New("there is no statement: name a run")
	}
	if r == nil || r.c == nil {
		return errors.New("there is no registered model to check the run against")
	}
	if err := r.shape.Validate(); err != nil {
		return err
	}
	n := len(s.Posts)
	switch {
	case n == 0 && len(s.Rows) == 0 && len(s.Above) == 0:
		return ErrNothing
	case n > MaxPosts:
		return fmt.Errorf("a run of %d posts cannot be proved: rank at most %d", n, MaxPosts)
	case len(s.Rows) != n*r.shape.Inputs:
		return fmt.Errorf("%d posts of %d features have %d features, not %d", n, r.shape.Inputs, n*r.shape.Inputs, len(s.Rows))
	}
	if c := cells(r.shape, n); c > MaxCells {
		return fmt.Errorf("%d posts under a model of shape %s have %d padded cells, more than %d", n, r.shape, c, MaxCells)
	}
	seen := make(map[graph.PostID]bool, n)
	for _, id := range s.Posts {
		if seen[id] {
			return fmt.Errorf("post %s stands in the run twice", id)
		}
		seen[id] = true
	}
	switch s.Kind {
	case Order:
		if s.Threshold != 0 || s.Above != nil {
			return errors.New("a statement of order has neither threshold nor verdicts")
		}
		if s.Run.Commitment != r.id {
			return fmt.Errorf("the run names the model %s, the registered one is %s", s.Run.Commitment.Hex(), r.id.Hex())
		}
		if s.Run.Shape != r.shape.ID() {
			return fmt.Errorf("the run names a shape that is not the registered model's, %s", r.shape)
		}
		if s.Run.FeatureSchema != r.schema {
			return fmt.Errorf("the run names a feature schema that is not the registered model's, %s", r.schema.Hex())
		}
	case Verdict:
		if len(s.Above) != n {
			return fmt.Errorf("%d posts have %d verdicts: give each one", n, len(s.Above))
		}
		if b := scoreBound(r.shape); s.Threshold < -b-1 || s.Threshold > b {
			return fmt.Errorf("a threshold of %d is outside of all scores: use %d to %d", s.Threshold, -b-1, b)
		}
	default:
		return fmt.Errorf("kind %d is unknown: state an order or verdicts", s.Kind)
	}
	return nil
}

// scoreBound is the largest absolute value of a score.
func scoreBound(s zkcommit.Shape) int32 { return int32(s.Bound(s.Layers())) }

// cells is the number of padded cells of all hidden layers.
func cells(s zkcommit.Shape, posts int) (c int) {
	for l := range s.Layers() {
		c += 1 << (postBits(posts) + log2(s.Hidden[l]))
	}
	return c
}

// postBits counts the padded posts, at least four.
func postBits(posts int) int { return max(2, log2(posts)) }

// bits are one byte a post. Order: 1 where the score must drop behind the post,
// because it is older than the next one. Verdict: 1 above the threshold.
func (s *Statement) bits() []byte {
	b := make([]byte, len(s.Posts))
	for i := range b {
		if s.Kind == Order && i+1 < len(b) && s.Posts[i].Compare(s.Posts[i+1]) < 0 || s.Kind == Verdict && s.Above[i] {
			b[i] = 1
		}
	}
	return b
}

// begin is the transcript of everything public, in the order of docs/run-proof.md.
func (s *Statement) begin(t *transcript, r *RegisteredModel, bits []byte) {
	t.absorb("kind", []byte{byte(s.Kind)})
	t.absorb("generators", []byte(GeneratorDomain+GeneratorMessage))
	t.absorb("shape", r.shape.Bytes())
	t.absorb("model", r.id[:])
	t.absorb("registered", r.digest[:])
	t.absorb("run", s.Run.Bytes())
	t.absorb("threshold", binary.BigEndian.AppendUint32(nil, uint32(s.Threshold)))
	ids := make([]byte, 0, 16*len(s.Posts))
	for _, id := range s.Posts {
		x := id.Bytes()
		ids = append(ids, x[:]...)
	}
	t.absorb("posts", ids)
	t.absorb("bits", bits)
	t.absorb("rows", unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s.Rows))), len(s.Rows)))
}

// chain is the relation between scores and digits: for every post i,
//
//	Σ_l 256^l·digit(i, l) = Σ_j coefficient(i, j)·S_j + constant(i).
//
// weighted returns it summed with the weights: the weight of each score, and the
// constant. Order: post i's digits hold S_i - S_{i+1} - bit_i, the last post's
// S_i + bound. Verdict: S_i - threshold - 1 above it, threshold - S_i below.
func (s *Statement) weighted(weights Vec, bits []byte, bound int32) (scores Vec, constant F) {
	n := len(s.Posts)
	scores = make(Vec, len(weights))
	threshold := integer(int64(s.Threshold))
	for i := range n {
		w := weights[i]
		switch {
		case s.Kind == Order && i+1 < n:
			scores[i].Add(&scores[i], &w)
			scores[i+1].Sub(&scores[i+1], &w)
			if bits[i] == 1 {
				constant.Sub(&constant, &w)
			}
		case s.Kind == Order:
			scores[i].Add(&scores[i], &w)
			constant = add(constant, mul(w, integer(int64(bound))))
		case bits[i] == 1:
			scores[i] = w
			constant = sub(constant, mul(w, add(threshold, one)))
		default:
			scores[i].Neg(&w)
			constant = add(constant, mul(w, threshold))
		}
	}
	return scores, constant
}

// differences are the integers that the digits hold; a negative one, of which the
// index is returned, means that the statement is false. The last is the top's,
// bound - S_0, in a statement of order.
func (s *Statement) differences(scores []int32, bits []byte, bound int32) (d []int32, bad int) {
	n := len(s.Posts)
	d = make([]int32, n, n+1)
	for i := range n {
		switch {
		case s.Kind == Order && i+1 < n:
			d[i] = scores[i] - scores[i+1] - int32(bits[i])
		case s.Kind == Order:
			d[i] = scores[i] + bound
		case bits[i] == 1:
			d[i] = scores[i] - s.Threshold - 1
		default:
			d[i] = s.Threshold - scores[i]
		}
	}
	if s.Kind == Order {
		d = append(d, bound-scores[0])
	}
	for i, v := range d {
		if v < 0 {
			return d, i
		}
	}
	return d, -1
}
