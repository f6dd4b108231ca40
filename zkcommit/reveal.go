package zkcommit

import (
	"bytes"
	"fmt"

	"candor/graph"
)

// Reveal is a committed model's published secret: all that recomputes the commitment.
// It is what a publisher locks to the date, and what lies on IPFS afterwards.
type Reveal struct {
	Schema graph.Hash // of the features that the model reads
	Salt   Salt
	Model  *Model
}

// Secret is what a version commits to: a Reveal, or a Tower.
type Secret interface {
	Bytes() []byte // canonical
	Commitment() (graph.Hash, error)
	// Opens fails with ErrOpening unless this is behind the commitment.
	Opens(commitment graph.Hash) error
}

const revealMagic = "candor/reveal/v1\x00\x00\x00\x00\x00\x00\x00\x00"

// MaxReveal is the most bytes that a Reveal has.
const MaxReveal = len(revealMagic) + 2*32 + MaxModel

// Bytes is the canonical form: a 24-byte magic, the schema, the salt, then the
// model's bytes. The model must be valid.
func (r *Reveal) Bytes() []byte {
	return bytes.Join([][]byte{[]byte(revealMagic), r.Schema[:], r.Salt[:], r.Model.Bytes()}, nil)
}

// IsReveal says whether bytes are meant as a reveal.
func IsReveal(b []byte) bool { return bytes.HasPrefix(b, []byte(revealMagic)) }

// ParseReveal reads canonical bytes and nothing else. Whether they open a commitment
// Opens says.
func ParseReveal(b []byte) (*Reveal, error) {
	if len(b) > MaxReveal {
		return nil, fmt.Errorf("a reveal has at most %d bytes, this one %d", MaxReveal, len(b))
	}
	rest, ok := bytes.CutPrefix(b, []byte(revealMagic))
	if !ok || len(rest) < 2*32 {
		return nil, fmt.Errorf("these %d bytes are no reveal, which begins with %q", len(b), revealMagic[:16])
	}
	r := &Reveal{Schema: graph.Hash(rest[:32]), Salt: Salt(rest[32:64])}
	if _, err := element(graph.Hash(r.Salt)); err != nil {
		return nil, fmt.Errorf("the reveal's salt %w", err)
	}
	var err error
	if r.Model, err = ParseModel(rest[64:]); err != nil {
		return nil, fmt.Errorf("the reveal's model: %w", err)
	}
	return r, nil
}

// Commitment is that of model, schema and salt.
func (r *Reveal) Commitment() (graph.Hash, error) { return Commit(r.Model, r.Schema, r.Salt) }

// Opens fails with ErrOpening unless this is the model behind the commitment.
func (r *Reveal) Opens(commitment graph.Hash) error {
	got, err := r.Commitment()
	if err != nil {
		return err
	}
	if got != commitment {
		return ErrOpening
	}
	return nil
}
