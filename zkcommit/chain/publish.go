package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"candor/contracts"
	"candor/graph"
	"candor/zkcommit"

	"github.com/ipfs/go-cid"
)

// MaxCiphertext is the most bytes of a ciphertext that a commit carries itself.
const MaxCiphertext = 32 << 10

// Pledge is what a publisher gives with a model that is to be revealed: a bond,
// and the model itself under a time lock.
type Pledge struct {
	Bond          *big.Int           // wei
	Ciphertext    []byte             // at most MaxCiphertext
	CiphertextCID cid.Cid            // instead of it, when it is larger
	Custody       []zkcommit.Custody // then, of as many nodes as the terms say
}

// Standing is how a committed model stands to its reveal.
type Standing struct {
	Bond       *big.Int // wei that are still held
	Reveal     Reveal
	RevealedAt uint64 // seconds
	Disputes   uint16 // that hold the bond
	ID         uint32 // its place among all models, from 1
}

// Reveal is whether a model was revealed. The numbers are the contract's.
type Reveal uint8

// The states of a reveal.
const (
	NoSecret        Reveal = 0
	RevealDue       Reveal = 1
	RevealChecked   Reveal = 2 // the contract checked the bytes
	RevealUnchecked Reveal = 3 // not checked on the chain
)

// Revealed says whether the model is public.
func (r Reveal) Revealed() bool { return r == RevealChecked || r == RevealUnchecked }

// EnsurePledged commits a model that is to be revealed at m.RevealBy, with its
// pledge, unless the plugin has a version with this commitment already, and
// returns the version.
func (c *Client) EnsurePledged(ctx context.Context, m Model, p Pledge) (uint32, error) {
	if err := c.mayWrite(); err != nil {
		return 0, err
	}
	if m.RevealBy == 0 || p.Bond == nil {
		return 0, errors.New("a secret model needs a reveal date and a bond: give both, or publish a model that has no secret")
	}
	version, err := c.VersionOf(ctx, m.Plugin, m.Commitment)
	if err != nil || version != 0 {
		return version, err
	}
	if err := c.commit(ctx, m, p); err != nil {
		return 0, err
	}
	return c.VersionOf(ctx, m.Plugin, m.Commitment)
}

func (c *Client) commit(ctx context.Context, m Model, p Pledge) error {
	call := contracts.RegistryCommit{Plugin: m.Plugin, Commitment: m.Commitment, ShapeId: m.ShapeID, ManifestCid: m.Manifest.Bytes(),
		RevealBy: m.RevealBy, DataRoot: m.DataRoot, Ciphertext: p.Ciphertext, CiphertextCid: p.CiphertextCID.Bytes()}
	for _, s := range sorted(p.Custody) {
		call.Custody = append(call.Custody, s.Signature)
	}
	if m.RevealBy != 0 {
		place, err := c.place(ctx, m.RevealBy)
		if err != nil {
			return err
		}
		call.DueAfter = place
	}
	return c.pay(ctx, c.at.Registry, c.registry.PackCommitModel(call), p.Bond)
}

// place is the account's unrevealed model after which one with this date comes.
func (c *Client) place(ctx context.Context, revealBy uint64) (before uint32, err error) {
	at, err := read(ctx, c, c.at.Registry, c.registry.PackFirstDue(c.opts.From), c.registry.UnpackFirstDue)
	for err == nil && at != 0 {
		var d contracts.RegistryDue
		if d, err = read(ctx, c, c.at.Registry, c.registry.PackDues(at), c.registry.UnpackDues); err != nil || d.RevealBy > revealBy {
			break
		}
		before, at = at, d.Next
	}
	return before, err
}

// Standing reads how a version stands to its reveal; known is false when there is
// no such version.
func (c *Client) Standing(ctx context.Context, plugin graph.Hash, version uint32) (s Standing, known bool, err error) {
	r, err := read(ctx, c, c.at.Registry, c.registry.PackModels(plugin, version), c.registry.UnpackModels)
	return Standing{Bond: r.Bond, Reveal: Reveal(r.Reveal), RevealedAt: r.RevealedAt, Disputes: r.Disputes, ID: r.Id},
		r.Commitment != (graph.Hash{}), err
}

// FirstDue is the model that the publisher must reveal first; known is false when
// it owes no reveal.
func (c *Client) FirstDue(ctx context.Context, publisher graph.Address) (plugin graph.Hash, revealBy uint64, known bool, err error) {
	id, err := read(ctx, c, c.at.Registry, c.registry.PackFirstDue(publisher), c.registry.UnpackFirstDue)
	if err != nil || id == 0 {
		return plugin, 0, false, err
	}
	d, err := read(ctx, c, c.at.Registry, c.registry.PackDues(id), c.registry.UnpackDues)
	if err != nil {
		return plugin, 0, false, err
	}
	p, err := read(ctx, c, c.at.Registry, c.registry.PackModelPlugin(id), c.registry.UnpackModelPlugin)
	return p, d.RevealBy, true, err
}

// Terms are those that the contracts were deployed with.
func (c *Client) Terms(ctx context.Context) (t contracts.Terms, err error) {
	if t.Registry, err = read(ctx, c, c.at.Registry, c.registry.PackTerms(), c.registry.UnpackTerms); err != nil {
		return t, err
	}
	t.RunLog, err = read(ctx, c, c.at.RunLog, c.runLog.PackTerms(), c.runLog.UnpackTerms)
	return t, err
}

// WithdrawModel takes a plugin's newest version out of service.
func (c *Client) WithdrawModel(ctx context.Context, plugin graph.Hash, version uint32) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.Registry, c.registry.PackWithdrawModel(plugin, version))
}

// SetWorker lets an address sign rankings for the account's plugin, or no longer.
func (c *Client) SetWorker(ctx context.Context, plugin graph.Hash, worker graph.Address, on bool) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.Registry, c.registry.PackSetWorker(plugin, worker, on))
}

// Reveal reveals a model: its canonical bytes, the mask of its registration, and
// the proof of the registration circuit at RevealPoint, under a loaded key. Anyone may.
func (c *Client) Reveal(ctx context.Context, plugin graph.Hash, version uint32, schema graph.Hash, mask *big.Int, model []byte, p Groth16) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.Registry, c.registry.PackReveal(plugin, version, schema, mask, model, p.Key, p.Numbers))
}

// RevealUnchecked says where a model is whose shape the chain does not check.
// Shape is what the shape's id hashes.
func (c *Client) RevealUnchecked(ctx context.Context, plugin graph.Hash, version uint32, shape []byte, model cid.Cid) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.Registry, c.registry.PackRevealUnchecked(plugin, version, shape, model.Bytes()))
}

// SlashUnrevealed burns the bond of a model that was not revealed in time.
func (c *Client) SlashUnrevealed(ctx context.Context, plugin graph.Hash, version uint32) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.Registry, c.registry.PackSlashUnrevealed(plugin, version))
}

// WithdrawBond takes back the bond of the account's revealed model.
func (c *Client) WithdrawBond(ctx context.Context, plugin graph.Hash, version uint32) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.Registry, c.registry.PackWithdrawBond(plugin, version))
}

// RevealPoint is where a revealed model is evaluated: a hash of its commitment,
// mask and canonical bytes. The contract reduces it by the modulus of BN254's
// scalar field.
func RevealPoint(commitment graph.Hash, mask *big.Int, model []byte) *big.Int {
	h := graph.Keccak([]byte("candor/reveal/v1"), commitment[:], mask.FillBytes(make([]byte, 32)), model)
	return new(big.Int).Mod(new(big.Int).SetBytes(h[:]), scalarField)
}

// Value is what the contract says of a revealed model: its point and the value there.
func (c *Client) Value(ctx context.Context, commitment graph.Hash, mask *big.Int, model []byte) (point, value *big.Int, err error) {
	out, err := read(ctx, c, c.at.Verifier, c.verifier.PackEvaluate(commitment, mask, model), c.verifier.UnpackEvaluate)
	if err != nil {
		return nil, nil, fmt.Errorf("the contract does not evaluate these %d bytes: %w", len(model), err)
	}
	return out.Alpha, out.Value, nil
}

// sorted puts custodians in the order in which the contract reads them.
func sorted(all []zkcommit.Custody) []zkcommit.Custody {
	return slices.SortedFunc(slices.Values(all), func(a, b zkcommit.Custody) int { return a.Node.Cmp(b.Node) })
}
