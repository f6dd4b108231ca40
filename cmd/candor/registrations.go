package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"candor/graph"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/circuit"
	"candor/zkcommit/sumcheck"
	"candor/zkcommit/verify"

	"github.com/ipfs/go-cid"
)

// registrations are those of this node's models, each a file of canonical bytes
// under DIR/registrations. They can be made again: a model has one weight
// commitment, which derives from the model and its salt.
type registrations struct {
	dir string

	mu      sync.Mutex
	held    map[string]bool                          // hashes of their blocks on IPFS
	checked map[graph.Hash]*sumcheck.RegisteredModel // by commitment
}

func (r *registrations) path(commitment graph.Hash) string {
	return filepath.Join(r.dir, commitment.Hex()[2:])
}

// find is the registration of a model; nil when there is none.
func (r *registrations) find(commitment graph.Hash) (*zkcommit.Registration, error) {
	b, err := os.ReadFile(r.path(commitment))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	found, err := zkcommit.ParseRegistration(b)
	if err == nil && found.Commitment != commitment {
		err = errors.New("it is of another model")
	}
	if err != nil {
		return nil, fmt.Errorf("the registration in %s is damaged, remove it and start again: %w", r.path(commitment), err)
	}
	return found, nil
}

func (r *registrations) keep(made *zkcommit.Registration) error {
	if err := os.MkdirAll(r.dir, 0o755); err != nil {
		return err
	}
	return writeFile(r.path(made.Commitment), made.Bytes())
}

// model is what run proofs of a model are checked against; nil while it is not
// registered.
func (r *registrations) model(commitment graph.Hash) *sumcheck.RegisteredModel {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.checked[commitment]
}

// names tells the collector of content which blocks are registrations.
func (r *registrations) names(c cid.Cid) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.held[string(c.Hash())]
}

// register sees to it that each of the models is registered, by a registration
// that was checked under a key which ledger and chain know, and that IPFS has it.
// Only then may runs of these models be called proven.
func (s *services) register(ctx context.Context, models orders) error {
	made := map[string]*circuit.RegistrationKeys{} // by the widths of a shape
	for commitment, m := range models {
		o, ok := s.plugins.model(commitment)
		if !ok {
			return fmt.Errorf("the model %s is not at hand", commitment)
		}
		found, err := s.registered.find(commitment)
		if err != nil {
			s.log.Warn("a registration is made anew", "model", commitment, "err", err)
		}
		var checked *sumcheck.RegisteredModel
		if found != nil {
			if checked, err = s.holds(ctx, found, m, o.model.Shape); err != nil {
				s.log.Warn("a registration is made anew", "model", commitment, "err", err)
			}
		}
		if checked == nil {
			if made[o.model.Shape.String()] == nil {
				if made[o.model.Shape.String()], err = s.registrationKeys(ctx, o.model.Shape); err != nil {
					return err
				}
			}
			if found, checked, err = s.registerModel(ctx, made[o.model.Shape.String()], o, m); err != nil {
				return fmt.Errorf("register the model %s: %w", commitment, err)
			}
		}
		key, ok, err := s.ledger.Key(ctx, found.Key)
		if err == nil && !ok {
			err = fmt.Errorf("the ledger lost the key %s", found.Key)
		}
		if err != nil {
			return err
		}
		if err := s.calls.EnsureKey(ctx, registry.Key{Hash: key.Hash, Circuit: registry.CircuitID(key.Circuit), Development: key.Development}); err != nil {
			return err
		}
		if err := s.spread(ctx, found, checked); err != nil {
			return err
		}
		if err := s.announce(ctx, found); err != nil {
			return fmt.Errorf("say on the chain where the registration of model %s is: %w", commitment, err)
		}
	}
	return nil
}

// announce says on the chain where a model's registration is, so that auditors find it
// without asking this node.
func (s *services) announce(ctx context.Context, r *zkcommit.Registration) error {
	name, err := r.CID()
	if err != nil {
		return err
	}
	calls := registry.New(s.client, s.id(), s.at, s.keys.publisher)
	for _, x := range s.plugins.rankers {
		if m := &x.Manifest.Manifest; m.Commitment == r.Commitment {
			return calls.EnsureRegistered(ctx, registry.Model{Plugin: m.ID(), Version: m.Version, ActiveFrom: x.From}, name)
		}
	}
	return nil // its model is not in use
}

// holds checks that a registration is what proofs with these weights rest on.
func (s *services) holds(ctx context.Context, r *zkcommit.Registration, m provable, shape zkcommit.Shape) (*sumcheck.RegisteredModel, error) {
	key, err := s.runs().Key(ctx, r.Key)
	if err != nil {
		return nil, err
	}
	if key == nil {
		return nil, errors.New("this node does not have its verifying key")
	}
	if better, err := s.ceremonies.registration(shape); err != nil {
		return nil, err
	} else if better != nil && better.Hash() != r.Key {
		return nil, errors.New("a ceremony's key has taken its key's place")
	}
	if !bytes.Equal(r.Weights, m.weights.Commitment()) {
		return nil, errors.New("it is of another weight commitment than this node's")
	}
	return verify.Register(r, key)
}

// registrationKeys makes or loads the keys for models of the shape. That cannot be
// interrupted; a node that stops does not wait for it.
func (s *services) registrationKeys(ctx context.Context, shape zkcommit.Shape) (*circuit.RegistrationKeys, error) {
	type made struct {
		keys *circuit.RegistrationKeys
		err  error
	}
	done := make(chan made, 1)
	go func() {
		k, err := s.ceremonies.registration(shape)
		if k != nil || err != nil {
			done <- made{k, err}
			return
		}
		k, err = circuit.DevelopmentRegistrationKeys(filepath.Join(s.dir, "circuit"), shape, func(stage string) { s.log.Info(stage) })
		done <- made{k, err}
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case m := <-done:
		if m.err != nil {
			return nil, m.err
		}
		return m.keys, s.ledger.PutKey(ctx, m.keys.Hash(), m.keys.Circuit(), m.keys.Development(), m.keys.VerifyingKey())
	}
}

// registerModel makes the registration of a model, checks it as a reader would,
// and keeps it.
func (s *services) registerModel(ctx context.Context, keys *circuit.RegistrationKeys, o opened, m provable) (*zkcommit.Registration, *sumcheck.RegisteredModel, error) {
	r, alpha, err := m.weights.Registration()
	if err != nil {
		return nil, nil, err
	}
	if err := keys.Register(ctx, r, alpha, o.model, o.salt); err != nil {
		return nil, nil, err
	}
	key := &zkcommit.BundleKey{Circuit: keys.Circuit(), Development: keys.Development(), Key: keys.VerifyingKey()}
	checked, err := verify.Register(r, key)
	if err != nil {
		return nil, nil, fmt.Errorf("the registration just made does not hold: %w", err)
	}
	return r, checked, s.registered.keep(r)
}

// spread puts a registration on IPFS, so that whoever has its CID can have it, and
// lets proofs rest on it.
func (s *services) spread(ctx context.Context, r *zkcommit.Registration, checked *sumcheck.RegisteredModel) error {
	name, err := r.CID()
	if err != nil {
		return err
	}
	s.registered.note(name, r.Commitment, checked)
	return s.ipfs.PutBlock(ctx, name, r.Bytes())
}

func (r *registrations) note(name cid.Cid, commitment graph.Hash, checked *sumcheck.RegisteredModel) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.held == nil {
		r.held, r.checked = map[string]bool{}, map[graph.Hash]*sumcheck.RegisteredModel{}
	}
	r.held[string(name.Hash())], r.checked[commitment] = true, checked
}
