package sumcheck

import (
	"crypto/sha256"
	"errors"
	"fmt"

	"candor/graph"
	"candor/zkcommit"
)

// Weights is a secret model with what opens its weight commitment. Whoever holds
// one can prove runs of the model and knows all of it.
type Weights struct {
	model  *zkcommit.Model
	schema graph.Hash
	id     graph.Hash
	rows   matrix
	mask   F // hides the value of the link
	c      points
	packed
}

// packed holds the weights in the form that the prover's evaluator reads.
type packed struct {
	pairs  [2][]int64
	output []int32
}

// NewWeights commits to a model of which the model commitment, over the feature
// schema and with the salt, is id: it makes the persistent weight commitment that
// all proofs of the model's runs share. It keeps the model.
//
// Mask and blinds derive from salt and commitment, which hide them, and not from
// fresh randomness. So whoever holds model and salt has the same weight commitment,
// at any time and anywhere; and there is one link value of a model, whose mask a
// second value would cancel.
func NewWeights(m *zkcommit.Model, schema graph.Hash, salt zkcommit.Salt) (w *Weights, err error) {
	defer recovered(&err)
	id, err := zkcommit.Commit(m, schema, salt)
	if err != nil {
		return nil, err
	}
	mask, err := zkcommit.Mask(salt, id)
	if err != nil {
		return nil, err
	}
	stream := seeded([32]byte{}, "weights", id[:], salt[:], m.Bytes())
	defer stream.wipe()
	w = &Weights{model: m, schema: schema, id: id, mask: mask}
	w.rows = layOut(m, mask)
	w.rows.blinds = stream.vector(w.rows.rows())
	w.c = w.rows.commit()
	w.packed = pack(m)
	return w, nil
}

// layOut lays the weights out; the mask, in the tail, is no small integer.
func layOut(m *zkcommit.Model, mask F) matrix {
	lay := m.Shape.WeightLayout()
	t := matrix{width: lay.Width, cells: make([]int32, lay.Rows*lay.Width)}
	for l := range m.Shape.Layers() {
		in := m.Shape.Width(l)
		for j := range m.Shape.Hidden[l] {
			for k, v := range m.Layers[l].Weights[j*in : (j+1)*in] {
				t.cells[(lay.Layer[l]+j)*lay.Width+k] = int32(v)
			}
			t.cells[lay.Bias[l]*lay.Width+j] = int32(m.Layers[l].Bias[j])
		}
	}
	last := m.Layers[m.Shape.Layers()]
	for k, v := range last.Weights {
		t.cells[lay.Output*lay.Width+k] = int32(v)
	}
	t.cells[lay.Tail*lay.Width] = int32(last.Bias[0])
	t.odd = []oddCell{{at: lay.Tail*lay.Width + 1, value: mask}}
	return t
}

// Commitment is the persistent weight commitment in canonical bytes.
func (w *Weights) Commitment() []byte { return appendPoints(nil, w.c...) }

// Shape is the model's.
func (w *Weights) Shape() zkcommit.Shape { return w.model.Shape }

// ID is the model commitment.
func (w *Weights) ID() graph.Hash { return w.id }

// RegisteredModel is a model whose weights are known to be in range and to be
// those under a model commitment. Its fields are set by this package alone: a
// proof is checked against nothing less.
type RegisteredModel struct {
	shape  zkcommit.Shape
	schema graph.Hash
	id     graph.Hash
	c      points
	digest graph.Hash
}

// Shape is the model's.
func (r *RegisteredModel) Shape() zkcommit.Shape { return r.shape }

// Schema is that of the features which the model reads.
func (r *RegisteredModel) Schema() graph.Hash { return r.schema }

// ID is the model commitment that runs name.
func (r *RegisteredModel) ID() graph.Hash { return r.id }

// newRegistered names the model by a digest; that of the schema is in the id.
func newRegistered(s zkcommit.Shape, schema, id graph.Hash, c points) *RegisteredModel {
	h := sha256.New()
	h.Write([]byte("candor/registered/v1"))
	h.Write([]byte{byte(s.Layers())})
	h.Write(s.Bytes())
	h.Write(id[:])
	h.Write(appendPoints(nil, c...))
	return &RegisteredModel{shape: s, schema: schema, id: id, c: c, digest: graph.Hash(h.Sum(nil))}
}

// RegisterOpened registers a model whose weights the caller holds: a publisher's
// own, or one that has been revealed. It checks that the commitment opens to the
// model, whose Go types keep the weights in range.
func RegisterOpened(w *Weights) (r *RegisteredModel, err error) {
	defer recovered(&err)
	if w == nil || w.model == nil {
		return nil, errors.New("there are no weights to register")
	}
	if err := w.model.Validate(); err != nil {
		return nil, err
	}
	own := layOut(w.model, w.mask)
	own.blinds = w.rows.blinds
	if len(own.blinds) != own.rows() || len(w.c) != own.rows() {
		return nil, errors.New("the weight commitment has another number of rows than the model")
	}
	for i, p := range own.commit() {
		if !p.Equal(&w.c[i]) {
			return nil, fmt.Errorf("row %d of the weight commitment does not open to the model", i)
		}
	}
	return newRegistered(w.model.Shape, w.schema, w.id, w.c), nil
}

// secrets is what blinds the weight commitment, for the seeds of masks.
func (w *Weights) secrets() []byte {
	return appendElements(appendElements(nil, w.rows.blinds...), w.mask)
}
