package verify

import (
	"errors"
	"fmt"

	"candor/zkcommit"
	"candor/zkcommit/circuit/verifier"
	"candor/zkcommit/sumcheck"
)

// Tools are all checks of proofs. Whoever checks bundles adds the selection rules,
// and a chain to trust.
func Tools() zkcommit.Tools {
	return zkcommit.Tools{
		Register: func(r *zkcommit.Registration, k *zkcommit.BundleKey) (func(zkcommit.Statement, zkcommit.Proof) error, error) {
			m, err := Register(r, k)
			if err != nil {
				return nil, err
			}
			return func(st zkcommit.Statement, p zkcommit.Proof) error {
				run, err := zkcommit.ParseRun(st.Run)
				if err != nil {
					return err
				}
				return order(m, run, st, p)
			}, nil
		},
		Dispute: Dispute,
	}
}

// Run checks a run proof of the statement against the registered model.
func Run(m *sumcheck.RegisteredModel, st zkcommit.Statement, p zkcommit.Proof) error {
	run, err := st.Check()
	if err != nil {
		return err
	}
	return order(m, run, st, p)
}

// order checks a run proof of a statement that its run is known to hold.
func order(m *sumcheck.RegisteredModel, run *zkcommit.Run, st zkcommit.Statement, p zkcommit.Proof) error {
	c, err := claim(m, run, st, p)
	if err != nil {
		return err
	}
	return sumcheck.Verify(c.Statement, c.Model, c.Proof)
}

// claim is what a run proof says, if it is one at all.
func claim(m *sumcheck.RegisteredModel, run *zkcommit.Run, st zkcommit.Statement, p zkcommit.Proof) (c sumcheck.Claim, err error) {
	switch {
	case p.Version != zkcommit.RunProof:
		return c, fmt.Errorf("the run proof has version %.40q, not %q", p.Version, zkcommit.RunProof)
	case p.Kind != zkcommit.KindRunOrder:
		return c, fmt.Errorf("the run proof is of kind %.40q, not %q", p.Kind, zkcommit.KindRunOrder)
	case p.Key != zkcommit.Proof{}.Key:
		return c, errors.New("the run proof names a verifying key, and needs none")
	case len(p.Bytes) > zkcommit.MaxProof(zkcommit.RunProof):
		return c, fmt.Errorf("the run proof has %d bytes, more than any", len(p.Bytes))
	}
	return sumcheck.Claim{Statement: statement(run, st), Model: m, Proof: p.Bytes}, nil
}

// Statement is what a run proof says of a run, which must hold it.
func Statement(st zkcommit.Statement) (*sumcheck.Statement, error) {
	run, err := st.Check()
	if err != nil {
		return nil, err
	}
	return statement(run, st), nil
}

func statement(run *zkcommit.Run, st zkcommit.Statement) *sumcheck.Statement {
	return &sumcheck.Statement{Kind: sumcheck.Order, Run: run, Posts: st.Ranked, Rows: st.Rows.Flat()}
}

// Dispute checks a dispute proof of the statement under the verifying key.
func Dispute(k *zkcommit.BundleKey, st zkcommit.Statement, p zkcommit.Proof) error {
	if k.Circuit != verifier.CircuitID {
		return fmt.Errorf("the verifying key is for circuit %.40q, not %q", k.Circuit, verifier.CircuitID)
	}
	return verifier.Verify(k.Key, st, p)
}
