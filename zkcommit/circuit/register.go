package circuit

import (
	"context"
	"fmt"
	"sync"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/circuit/verifier"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
)

// RegistrationKeys are the proving and the verifying key of registrations for
// models of one shape's widths.
type RegistrationKeys struct {
	keyPair
	widths string
}

// systems are the registration circuits compiled so far, by their widths. A circuit
// is the same for all, so that two callers at most wait for each other.
var systems struct {
	sync.Mutex
	by map[string]*cs.R1CS
}

func registrationSystem(s zkcommit.Shape) (*cs.R1CS, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	systems.Lock()
	defer systems.Unlock()
	if r, ok := systems.by[s.String()]; ok {
		return r, nil
	}
	r, err := build(verifier.Registration(s), newRegistration(s))
	if err != nil {
		return nil, err
	}
	if systems.by == nil {
		systems.by = map[string]*cs.R1CS{}
	}
	systems.by[s.String()] = r
	return r, nil
}

// RegistrationHash names the constraint system of registrations for the shape.
func RegistrationHash(s zkcommit.Shape) (string, error) {
	r, err := registrationSystem(s)
	if err != nil {
		return "", err
	}
	return hashOf(r), nil
}

// DevelopmentRegistrationKeys is DevelopmentKeys for registrations of models of the
// shape's widths. Keys for 448x64x1 take some 50 MB of memory and as much on disk.
func DevelopmentRegistrationKeys(dir string, s zkcommit.Shape, progress func(stage string)) (*RegistrationKeys, error) {
	r, err := registrationSystem(s)
	if err != nil {
		return nil, err
	}
	k := &RegistrationKeys{keyPair: keyPair{circuit: verifier.Registration(s), system: r}, widths: s.String()}
	if err := k.develop(dir, "registration-"+s.String(), progress, (*keyPair).make); err != nil {
		return nil, err
	}
	return k, nil
}

// CeremonyRegistrationKeys reads the keys of registrations for models of the shape's
// widths that a ceremony has made.
func CeremonyRegistrationKeys(path string, s zkcommit.Shape) (*RegistrationKeys, error) {
	r, err := registrationSystem(s)
	if err != nil {
		return nil, err
	}
	k := &RegistrationKeys{keyPair: keyPair{circuit: verifier.Registration(s), system: r}, widths: s.String()}
	return k, k.seal(path)
}

// Register completes a registration, of which shape, schema, commitment, weight
// commitment and link are there, by the proof for its point alpha. It verifies
// its own proof before it lets it out.
func (k *RegistrationKeys) Register(ctx context.Context, r *zkcommit.Registration, alpha fr.Element, m *zkcommit.Model, salt zkcommit.Salt) error {
	proof, _, err := k.ProveValue(ctx, r.Schema, r.Commitment, alpha, m, salt)
	if err != nil {
		return err
	}
	r.Key, r.Proof = k.Hash(), proof
	return r.Validate()
}

// ProveValue proves what the polynomial of the model, committed to over the schema
// with the salt, and of its mask has as its value at alpha. Two values of a secret
// model tell of its weights: there is one point for its registration, and others
// only when it is revealed. It refuses what is not so with a sentence that holds no
// secret. The context ends it only before the work begins.
func (k *RegistrationKeys) ProveValue(ctx context.Context, schema, commitment graph.Hash, alpha fr.Element, m *zkcommit.Model, salt zkcommit.Salt) (proof []byte, value fr.Element, err error) {
	if err := ctx.Err(); err != nil {
		return nil, value, err
	}
	if m.Shape.String() != k.widths {
		return nil, value, fmt.Errorf("these keys are for models of shape %s, not %s", k.widths, m.Shape)
	}
	c, err := zkcommit.Commit(m, schema, salt)
	if err != nil {
		return nil, value, err
	}
	if c != commitment {
		return nil, value, zkcommit.ErrOpening
	}
	w, err := assignRegistration(schema, commitment, alpha, m, salt)
	if err != nil {
		return nil, value, err
	}
	if proof, err = k.prove(w); err != nil {
		return nil, value, err
	}
	value = w.Value.(fr.Element)
	r := &zkcommit.Registration{Shape: m.Shape, Schema: schema, Commitment: commitment, Key: k.Hash(), Proof: proof}
	if err := verifier.CheckValue(k.verifying, r, alpha, value); err != nil {
		return nil, value, fmt.Errorf("the proof just made does not verify: %w", err)
	}
	return proof, value, nil
}

// assignRegistration fills the circuit for a valid model.
func assignRegistration(schema, commitment graph.Hash, alpha fr.Element, m *zkcommit.Model, salt zkcommit.Salt) (*registration, error) {
	mask, err := zkcommit.Mask(salt, commitment)
	if err != nil {
		return nil, err
	}
	c := newRegistration(m.Shape)
	c.Commitment, c.Tag, c.Alpha, c.Value = commitment[:], zkcommit.ModelTag(m.Shape, schema), alpha, m.ValueAt(alpha, mask)
	c.Salt = salt[:]
	for i, b := range m.Body() {
		c.Body[i] = frontend.Variable(b)
	}
	return c, nil
}
