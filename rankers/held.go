package rankers

import (
	"context"
	"crypto/sha256"
	"fmt"

	"candor/graph"
	"candor/rankers/features"
	"candor/zkcommit"
)

// Held is a ranker whose model was published by somebody, and is at hand.
type Held struct {
	info  Info
	model *zkcommit.Model
}

// Fit says why a model of the shape cannot read rows of the feature schema; nil: it can.
func Fit(schema graph.Hash, s zkcommit.Shape) error {
	width, err := features.Width(schema)
	if err == nil && s.Inputs != width {
		err = fmt.Errorf("a model of shape %s does not read rows of the feature schema %s, which have %d", s, schema, width)
	}
	return err
}

// Hold takes a model that reads rows of the info's schema. The caller must not change it.
func Hold(info Info, m *zkcommit.Model) (*Held, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	if err := Fit(info.Schema, m.Shape); err != nil {
		return nil, err
	}
	return &Held{info, m}, nil
}

// Info implements Ranker.
func (h *Held) Info() Info { return h.info }

// Score implements Ranker with the reference evaluator.
func (h *Held) Score(ctx context.Context, rows []graph.Row) ([]graph.Score, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return h.model.Scores(rows)
}

// Fingerprint names the model: the SHA-256 of its canonical bytes, in hexadecimal.
func (h *Held) Fingerprint() string { return fingerprint(h.model) }

func fingerprint(m *zkcommit.Model) string { return fmt.Sprintf("%x", sha256.Sum256(m.Bytes())) }
