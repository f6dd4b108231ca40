package rankers

import (
	"context"
	"crypto/sha256"
	"fmt"

	"candor/graph"
	"candor/zkcommit"
)

// Held is a ranker whose model was published by somebody, and is at hand.
type Held struct {
	info  Info
	model *zkcommit.Model
}

// Hold takes a model of the features of this version. The caller must not change it.
func Hold(info Info, m *zkcommit.Model) (*Held, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	if m.Shape.Inputs != graph.Features {
		return nil, fmt.Errorf("a model of shape %s does not read the %d features that a node makes", m.Shape, graph.Features)
	}
	return &Held{info, m}, nil
}

// Info implements Ranker.
func (h *Held) Info() Info { return h.info }

// Score implements Ranker with the reference evaluator.
func (h *Held) Score(ctx context.Context, rows []graph.FeatureVector) ([]graph.Score, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return h.model.Scores(rows)
}

// Fingerprint names the model: the SHA-256 of its canonical bytes, in hexadecimal.
func (h *Held) Fingerprint() string { return fingerprint(h.model) }

func fingerprint(m *zkcommit.Model) string { return fmt.Sprintf("%x", sha256.Sum256(m.Bytes())) }
