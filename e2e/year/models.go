package year

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"time"

	"candor/graph"
	"candor/rankers/features"
	"candor/zkcommit"
	"candor/zkcommit/chain"
	"candor/zkcommit/circuit/verifier"
	"candor/zkcommit/sumcheck"
	"candor/zkcommit/verify"

	selection "candor/feeds/select"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ipfs/go-cid"
)

// version is a committed model with all that its publisher knows.
type version struct {
	number       uint32
	shape        zkcommit.Shape
	secret       *zkcommit.Reveal
	commitment   graph.Hash
	manifest     *zkcommit.SignedManifest
	weights      *sumcheck.Weights
	checked      *sumcheck.RegisteredModel
	registration *zkcommit.Registration
	revealBy     time.Time
	from         uint64 // block
	honest       bool   // its ciphertext opens it on its date
	revealed     bool   // on the chain
}

// invent makes a model that nobody has seen.
func (w *World) invent(shape zkcommit.Shape) *zkcommit.Reveal {
	m := zkcommit.NewModel(shape)
	for _, l := range m.Layers {
		for i := range l.Weights {
			l.Weights[i] = int8(w.rand.Uint32())
		}
		for i := range l.Bias {
			l.Bias[i] = int16(w.rand.Uint32()) / 16
		}
	}
	var salt [32]byte
	for i := range salt {
		salt[i] = byte(w.rand.Uint32())
	}
	return &zkcommit.Reveal{Schema: features.Schema(), Salt: zkcommit.NewSalt(salt), Model: m}
}

// due is when the version is to be public: a quarter of a year later, and those of the
// last quarter spread over the rest of the year and the months after it. Lies come to
// light within the year.
func (w *World) due(v int, lie *way) time.Time {
	at := time.Duration(v)*w.period() + length/4
	if lie != nil {
		at = length - w.period()/2
	} else if last := time.Duration(w.Size.Versions-1) * w.period(); at > last && at < last+w.period()/4 {
		at = last + w.period()/4
	}
	return w.beacon.Time(w.beacon.Round(w.start.Add(at)))
}

// commit commits to a version, with its ciphertext, registers it and says so on the chain.
func (w *World) commit(ctx context.Context, p *publisher, number int, due time.Time, lie *way) error {
	v := &version{number: uint32(number + 1), shape: p.shape, secret: w.invent(p.shape), revealBy: due, honest: lie == nil || lie.version == nil}
	var err error
	if v.weights, err = sumcheck.NewWeights(v.secret.Model, features.Schema(), v.secret.Salt); err != nil {
		return err
	}
	v.commitment = v.weights.ID()
	if err := w.manifest(p, v); err != nil {
		return err
	}
	sealed, err := w.beacon.Lock(w.beacon.Round(v.revealBy), v.secret.Bytes())
	if err != nil {
		return err
	}
	if !v.honest {
		if sealed, err = lie.version(w, v); err != nil {
			return err
		}
	}
	doc, name, err := v.manifest.Encode()
	if err != nil {
		return err
	}
	w.blocks[name.String()] = doc
	got, err := p.calls.EnsurePledged(ctx, chain.Model{Plugin: p.plugin, Commitment: v.commitment, ShapeID: p.shape.ID(), Manifest: name,
		RevealBy: uint64(v.revealBy.Unix())}, chain.Pledge{Bond: big.NewInt(1e15), Ciphertext: sealed})
	if err != nil || got != v.number {
		return fmt.Errorf("it became version %d: %w", got, err)
	}
	m, _, err := p.calls.Model(ctx, p.plugin, got)
	if err != nil {
		return err
	}
	v.from = m.ActiveFrom
	p.versions = append(p.versions, v)
	if lie != nil {
		w.tampered(lie, &Tampering{Evidence: v.commitment.Hex()})
	}
	if err := w.register(ctx, v); err != nil {
		return err
	}
	name, err = v.registration.CID()
	if err != nil {
		return err
	}
	w.blocks[name.String()] = v.registration.Bytes()
	if lie != nil && lie.register {
		if name, err = w.misregister(v); err != nil {
			return err
		}
	}
	return p.calls.EnsureRegistered(ctx, m, name)
}

// commitLate commits to the model whose lie comes to light on a date of its own, by which
// the audit's delay is measured. No run uses it.
func (w *World) commitLate(ctx context.Context) error {
	lie := &way{Name: "late", version: another}
	date := w.beacon.Time(w.beacon.Round(w.start.Add(length + 24*time.Hour)))
	told := len(w.Tampered)
	err := w.commit(ctx, w.late, 0, date, lie)
	w.Tampered = w.Tampered[:told] // it is measured by itself
	return err
}

// misregister puts another model's registration where the version's should be.
func (w *World) misregister(v *version) (cid.Cid, error) {
	r := *v.registration
	other, err := sumcheck.NewWeights(w.invent(v.shape).Model, features.Schema(), v.secret.Salt)
	if err != nil {
		return cid.Undef, err
	}
	r.Weights = other.Commitment()
	name, err := r.CID()
	w.blocks[name.String()] = r.Bytes()
	return name, err
}

func (w *World) manifest(p *publisher, v *version) (err error) {
	publisher := address(p.key)
	m := zkcommit.Manifest{Type: zkcommit.ManifestType, Circuit: verifier.CircuitID, Commitment: v.commitment, Description: "A ranker of a simulated year.", FeatureSchema: features.Schema(),
		Goal: "To be audited.", Kind: "ranker", Licence: "none", Name: "Ranker", Publisher: publisher, RevealBy: uint64(v.revealBy.Unix()), Rule: selection.Diverse,
		Shape: p.shape.String(), ShapeID: p.shape.ID(), Slug: p.slug, Training: "Drawn by lot.", Version: v.number}
	v.manifest, err = m.Sign(p.key)
	return err
}

// register makes the model's registration, under the development key.
func (w *World) register(ctx context.Context, v *version) error {
	r, alpha, err := v.weights.Registration()
	if err != nil {
		return err
	}
	if err := w.keys[v.shape].Register(ctx, r, alpha, v.secret.Model, v.secret.Salt); err != nil {
		return err
	}
	v.registration = r
	v.checked, err = verify.Register(r, w.bundleKey(v.shape))
	return err
}

func (w *World) bundleKey(s zkcommit.Shape) *zkcommit.BundleKey {
	k := w.keys[s]
	return &zkcommit.BundleKey{Circuit: k.Circuit(), Development: k.Development(), Key: k.VerifyingKey()}
}

// pass moves the chain to the time since the year's beginning. On the way each publisher
// puts its models on the chain, which checks them, a minute before their dates: who owes a
// reveal commits to nothing new, and loses its bond.
func (w *World) pass(ctx context.Context, since time.Duration) error {
	type one struct {
		p *publisher
		v *version
	}
	var due []one
	for _, p := range w.makers {
		for _, v := range p.versions {
			if v.honest && !v.revealed && v.revealBy.Sub(w.start) <= since {
				due = append(due, one{p, v})
			}
		}
	}
	slices.SortStableFunc(due, func(a, b one) int { return a.v.revealBy.Compare(b.v.revealBy) })
	for _, x := range due {
		if err := w.until(x.v.revealBy.Sub(w.start) - time.Minute); err != nil {
			return err
		}
		if err := w.reveal(ctx, x.p, x.v); err != nil {
			return fmt.Errorf("reveal version %d of %s: %w", x.v.number, x.p.slug, err)
		}
		x.v.revealed = true
	}
	return w.until(since)
}

func (w *World) reveal(ctx context.Context, p *publisher, v *version) error {
	keys := w.keys[v.shape]
	raw := keys.VerifyingKey()
	k, err := verifier.Registration(v.shape).ParseKey(raw)
	if err != nil {
		return err
	}
	if err := w.owner.EnsureLoaded(ctx, keys.Hash(), keys.Circuit(), true, [16]byte(raw[:16]), k.Numbers()); err != nil {
		return err
	}
	mask, err := zkcommit.Mask(v.secret.Salt, v.commitment)
	if err != nil {
		return err
	}
	hidden, body := mask.BigInt(new(big.Int)), v.secret.Model.Bytes()
	var alpha fr.Element
	alpha.SetBigInt(chain.RevealPoint(v.commitment, hidden, body))
	proof, _, err := keys.ProveValue(ctx, features.Schema(), v.commitment, alpha, v.secret.Model, v.secret.Salt)
	if err != nil {
		return err
	}
	parsed, err := verifier.ParseProof(proof)
	if err != nil {
		return err
	}
	return p.calls.Reveal(ctx, p.plugin, v.number, features.Schema(), hidden, body, chain.Groth16{Key: keys.Hash(), Numbers: parsed.Numbers()})
}
