package verify

import (
	"errors"
	"fmt"

	"candor/zkcommit"
	"candor/zkcommit/circuit/verifier"
	"candor/zkcommit/sumcheck"
)

// Register checks a registration under the verifying key that it names, and gives
// what run proofs of its model are checked against. Who calls it decides whether
// that key is to be trusted.
func Register(r *zkcommit.Registration, k *zkcommit.BundleKey) (*sumcheck.RegisteredModel, error) {
	switch want := verifier.Registration(r.Shape).ID; {
	case k.Circuit != want:
		return nil, fmt.Errorf("the registration's key is for circuit %.40q, not %q", k.Circuit, want)
	case k.Hash() != r.Key:
		return nil, errors.New("the registration names another verifying key")
	}
	return sumcheck.Register(r, verifier.Registrar{Key: k.Key})
}
