package verify

import (
	"crypto/sha256"
	"sync"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/sumcheck"
)

// Models remembers what came of registrations, since all runs of a model rest on one.
// It may be used by many goroutines at once.
type Models struct {
	mu   sync.Mutex
	seen map[graph.Hash]registered
}

type registered struct {
	model *sumcheck.RegisteredModel
	err   error
}

// Register is the package's Register, of each registration once.
func (m *Models) Register(r *zkcommit.Registration, k *zkcommit.BundleKey) (*sumcheck.RegisteredModel, error) {
	// The key's hash binds its bytes; the registration names it, but the caller may
	// have brought another.
	name := k.Hash()
	id := graph.Hash(sha256.Sum256(append(name[:], r.Bytes()...)))
	m.mu.Lock()
	defer m.mu.Unlock()
	if old, ok := m.seen[id]; ok {
		return old.model, old.err
	}
	model, err := Register(r, k)
	if m.seen == nil {
		m.seen = map[graph.Hash]registered{}
	}
	m.seen[id] = registered{model, err}
	return model, err
}

// Batch takes run proofs in good faith and checks them together, at about half the
// cost of each by itself. Until Settle has been asked, nothing is known about them.
type Batch struct {
	Models *Models

	claims []sumcheck.Claim
}

// Tools are all checks of proofs, of which those of run proofs wait for Settle.
func (b *Batch) Tools() zkcommit.Tools {
	t := Tools()
	t.Register = func(r *zkcommit.Registration, k *zkcommit.BundleKey) (func(zkcommit.Statement, zkcommit.Proof) error, error) {
		m, err := b.Models.Register(r, k)
		if err != nil {
			return nil, err
		}
		return func(st zkcommit.Statement, p zkcommit.Proof) error { return b.take(m, st, p) }, nil
	}
	return t
}

func (b *Batch) take(m *sumcheck.RegisteredModel, st zkcommit.Statement, p zkcommit.Proof) error {
	run, err := zkcommit.ParseRun(st.Run)
	if err != nil {
		return err
	}
	c, err := claim(m, run, st, p)
	if err == nil {
		b.claims = append(b.claims, c)
	}
	return err
}

// Settle checks the proofs that were taken, and says of each run whose proof does not
// hold why. The batch is empty then.
func (b *Batch) Settle() (refused map[graph.Hash]error) {
	claims := b.claims
	b.claims = nil
	if sumcheck.VerifyBatch(claims) == nil {
		return nil
	}
	refused = map[graph.Hash]error{}
	for _, c := range claims {
		if err := sumcheck.Verify(c.Statement, c.Model, c.Proof); err != nil {
			refused[c.Statement.Run.ID()] = err
		}
	}
	return refused
}
