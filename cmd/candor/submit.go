package main

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"

	"candor/graph"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/circuit"
	"candor/zkcommit/circuit/verifier"
	"candor/zkcommit/parts"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/spf13/cobra"
)

func revealSubmitCommand() *cobra.Command {
	var p placeFlags
	var data, key string
	c := &cobra.Command{
		Use:   "submit FILE",
		Short: "Put an opened model on the chain, which checks it",
		Long: `Put a model that candor reveal fetch opened on the chain: the Registry evaluates its
bytes at a point that they hash to, and checks by the registration circuit's proof that the
committed model has the same value there. Anyone may. From then on the publisher's bond is
free, unless the date and the grace after it are past: then it is lost.

The proof is made here, with the development keys in DATA/circuit; they are made when they
are not there, and the Registry's owner, whose key is in the data directory of the node
that deployed it, adds them to the table. The account in --key pays. A model too large for
the chain, and a tower, is named by its CID instead, which only its publisher can do.`,
		Example: "  candor reveal submit hybrid-1.reveal --rpc http://127.0.0.1:8545 --registry 0x… --data data",
		Args:    one("name one file that candor reveal fetch wrote"),
		RunE: func(c *cobra.Command, args []string) error {
			document, err := os.ReadFile(args[0])
			if err != nil {
				return fmt.Errorf("%s cannot be read: name a file that candor reveal fetch wrote", args[0])
			}
			s, err := readSecret(document)
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			said, err := submit(c.Context(), &p, s, data, key)
			if err != nil {
				return err
			}
			if p.asJSON {
				return printJSON(c.OutOrStdout(), said)
			}
			for _, s := range said {
				fmt.Fprintf(c.OutOrStdout(), "PUBLIC  version %d of %s: %s\n", s.Version, s.Slug, s.OnChain)
			}
			return nil
		},
	}
	p.flags(c)
	f := c.Flags()
	f.StringVar(&data, "data", "data", "directory with the proving keys, and with the owner's and the publisher's accounts")
	f.StringVar(&key, "key", "", "file of the account that pays; without one the publisher's in --data")
	return c
}

// submitted is a version that the chain took.
type submitted struct {
	Plugin  graph.Hash `json:"plugin"`
	Slug    string     `json:"slug"`
	Version uint32     `json:"version"`
	OnChain string     `json:"onChain"`
}

// readSecret reads a model's document, or a tower's.
func readSecret(document []byte) (zkcommit.Secret, error) {
	if zkcommit.IsReveal(document) {
		return zkcommit.ParseReveal(document)
	}
	return zkcommit.ParseTower(document)
}

// submit reveals each version that committed to this secret and is to be revealed.
func submit(ctx context.Context, p *placeFlags, r zkcommit.Secret, data, keyFile string) (done []submitted, err error) {
	commitment, err := r.Commitment()
	if err != nil {
		return nil, err
	}
	if keyFile == "" {
		keyFile = filepath.Join(data, "keys", "publisher.key")
	}
	if _, err := os.Stat(keyFile); err != nil {
		return nil, fmt.Errorf("there is no key in %s: name the paying account's with --key", keyFile)
	}
	seed, err := secret(keyFile)
	if err != nil {
		return nil, err
	}
	payer, err := crypto.ToECDSA(seed[:])
	if err != nil {
		return nil, fmt.Errorf("%s holds no usable key", keyFile)
	}
	calls, end, err := p.open(ctx, payer)
	if err != nil {
		return nil, err
	}
	defer end()
	plugins, err := p.plugins(ctx, calls)
	if err != nil {
		return nil, err
	}
	found := false
	for _, plugin := range plugins {
		version, err := calls.VersionOf(ctx, plugin.ID, commitment)
		if err != nil {
			return nil, err
		}
		if version == 0 {
			continue
		}
		found = true
		v, err := readCommitted(ctx, calls, plugin, version)
		if err != nil {
			return nil, err
		}
		if v.standing.Reveal != registry.RevealDue {
			continue
		}
		if err := v.submit(ctx, calls, r, func() (*registry.Client, func(), error) { return owner(ctx, p, data) }, filepath.Join(data, "circuit")); err != nil {
			return nil, fmt.Errorf("%s: %w", v.name(), err)
		}
		standing, _, err := calls.Standing(ctx, plugin.ID, version)
		if err != nil {
			return nil, err
		}
		done = append(done, submitted{plugin.ID, plugin.Slug, version, onChain(standing.Reveal)})
	}
	switch {
	case !found:
		return nil, fmt.Errorf("no version on the chain committed to %s: the model is another one's", commitment)
	case len(done) == 0:
		return nil, errors.New("the model is not to be revealed: the chain has it already, or it was never secret")
	}
	return done, nil
}

// owner calls as the node of the data directory, which owns a development Registry.
func owner(ctx context.Context, p *placeFlags, data string) (*registry.Client, func(), error) {
	path := filepath.Join(data, "keys", "node.key")
	if _, err := os.Stat(path); err != nil {
		return nil, nil, fmt.Errorf("the proving key is not in the chain's table, and the account that could add it is not in %s", path)
	}
	seed, err := secret(path)
	if err != nil {
		return nil, nil, err
	}
	key, err := crypto.ToECDSA(seed[:])
	if err != nil {
		return nil, nil, fmt.Errorf("%s holds no usable key", path)
	}
	return p.open(ctx, key)
}

// submit puts the version's model on the chain. owner, which adds keys to the chain's
// table, is asked for only when the key is not there.
func (v committed) submit(ctx context.Context, calls *registry.Client, s zkcommit.Secret, owner func() (*registry.Client, func(), error), keyDir string) error {
	r, ok := s.(*zkcommit.Reveal)
	if !ok {
		return v.submitTower(ctx, calls, s)
	}
	shape := r.Model.Shape
	checkable, err := calls.Checkable(ctx, shape.Bytes())
	if err != nil {
		return err
	}
	if !checkable {
		name, err := parts.Name(r.Bytes())
		if err != nil {
			return err
		}
		return calls.RevealUnchecked(ctx, v.plugin.ID, v.model.Version, shape.Bytes(), name)
	}
	keys, err := circuit.DevelopmentRegistrationKeys(keyDir, shape, nil)
	if err != nil {
		return err
	}
	mask, err := zkcommit.Mask(r.Salt, v.model.Commitment)
	if err != nil {
		return err
	}
	hidden, body := mask.BigInt(new(big.Int)), r.Model.Bytes()
	var alpha fr.Element
	alpha.SetBigInt(registry.RevealPoint(v.model.Commitment, hidden, body))
	proof, _, err := keys.ProveValue(ctx, r.Schema, v.model.Commitment, alpha, r.Model, r.Salt)
	if err != nil {
		return err
	}
	if err := ensureLoaded(ctx, calls, owner, keys, shape); err != nil {
		return err
	}
	parsed, err := verifier.ParseProof(proof)
	if err != nil {
		return err
	}
	return calls.Reveal(ctx, v.plugin.ID, v.model.Version, r.Schema, hidden, body, registry.Groth16{Key: keys.Hash(), Numbers: parsed.Numbers()})
}

// ensureLoaded sees to it that the contract can check proofs under the key.
func ensureLoaded(ctx context.Context, calls *registry.Client, owner func() (*registry.Client, func(), error), keys *circuit.RegistrationKeys, shape zkcommit.Shape) error {
	_, known, err := calls.Key(ctx, keys.Hash())
	if err != nil {
		return err
	}
	if !known {
		of, done, err := owner()
		if err != nil {
			return err
		}
		defer done()
		if err := of.EnsureKey(ctx, registry.Key{Hash: keys.Hash(), Circuit: registry.CircuitID(keys.Circuit()), Development: true}); err != nil {
			return err
		}
	}
	raw := keys.VerifyingKey()
	k, err := verifier.Registration(shape).ParseKey(raw)
	if err != nil {
		return err
	}
	return calls.EnsureLoaded(ctx, keys.Hash(), keys.Circuit(), true, [16]byte(raw[:16]), k.Numbers())
}
