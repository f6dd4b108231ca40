package zkcommit

import (
	"crypto/sha256"
	"errors"
	"fmt"

	"candor/graph"

	"github.com/ipfs/go-cid"
	mh "github.com/multiformats/go-multihash"
)

// CID names the registration's bytes, which are one raw block on IPFS.
func (r *Registration) CID() (cid.Cid, error) {
	sum := sha256.Sum256(r.Bytes())
	h, err := mh.Encode(sum[:], mh.SHA2_256)
	if err != nil {
		return cid.Undef, err
	}
	return cid.NewCidV1(cid.Raw, h), nil
}

// What each proof says, in one sentence.
const (
	saysRegistration = "the model's weights are in range, and those under its commitment"
	saysProof        = "the committed model ranks these posts in this order; the run proof needs no key, and rests on the model's registration"
	saysDispute      = "a second proof system says the same of this run"
	saysNothing      = "the run ranks no post, so there is nothing to prove"
)

// checkProofs checks what the bundle proves: the model's registration and, by it,
// the run proof; and the dispute proof where there is one, which says all by
// itself. sealed says that the run's digests hold what is to be proved. It returns
// the versions of the proofs that hold.
func (b *Bundle) checkProofs(t Tools, rec *Record, run *Run, sealed bool, add func(name, good string, err error) bool) (hold []string) {
	st := Statement{Run: b.Run, RankingSalt: RankingSalt(b.Opening), Commitment: run.Commitment, Ranked: rec.Ranked, Rows: rec.Rows}
	if len(rec.Ranked) == 0 {
		add("proof", saysNothing, b.checkNothing())
		return nil
	}
	if !sealed {
		add("proof", "", errors.New("the ranked posts or their features are not those that the run's digests hold, so no proof is about them"))
		return nil
	}
	if b.Dispute != nil || b.DisputeKey != nil {
		if add("dispute", saysDispute, b.checkDispute(t, st)) {
			hold = append(hold, b.Dispute.Version)
		}
	}
	if b.Proof == nil && b.Registration == nil && b.RegistrationKey == nil {
		if b.Dispute != nil {
			// Ledgers from before the run proof hold dispute proofs only.
			err := errors.New("there is no run proof, and the dispute proof does not hold")
			if len(hold) > 0 {
				err = nil
			}
			add("proof", "the committed model ranks these posts in this order; only the dispute proof says so", err)
			return hold
		}
		add("proof", "", errors.New("there is no proof yet: ask again in a few seconds"))
		return nil
	}
	verify, err := b.checkRegistration(t, run)
	add("registration", saysRegistration, err)
	switch {
	case b.Proof == nil:
		err = errors.New("there is a registration and no run proof that rests on it")
	case err != nil:
		err = errors.New("the run proof rests on a registration that does not hold")
	default:
		err = verify(st, Proof{Version: b.Proof.Version, Kind: b.Proof.Kind, Bytes: b.Proof.Bytes})
	}
	if add("proof", saysProof, err) {
		hold = append(hold, b.Proof.Version)
	}
	return hold
}

// checkNothing holds a run of no post to having no proof.
func (b *Bundle) checkNothing() error {
	if b.Proof != nil || b.Registration != nil || b.Dispute != nil || len(b.keys()) > 0 {
		return errors.New("a run that ranks no post has neither proofs nor keys")
	}
	return nil
}

// checkRegistration checks that the registration is that of the run's model, under
// the key that stands beside it.
func (b *Bundle) checkRegistration(t Tools, run *Run) (verify func(Statement, Proof) error, err error) {
	k := b.RegistrationKey
	if b.Registration == nil || k == nil {
		return nil, errors.New("the model's registration or its verifying key is missing, and a run proof is worth nothing without")
	}
	r, err := ParseRegistration(b.Registration)
	switch {
	case err != nil:
		return nil, err
	case r.Commitment != run.Commitment || r.Schema != run.FeatureSchema:
		return nil, errors.New("the registration is of another model commitment or feature schema than the run's")
	case r.Shape.ID() != run.Shape || r.Shape.String() != b.Manifest.Manifest.Shape:
		return nil, errors.New("the registration is of another shape than the run's")
	case k.Hash() != r.Key:
		return nil, errors.New("the verifying key is not the one that the registration names")
	}
	return t.Register(r, k)
}

// checkDispute checks the dispute proof under the key that stands beside it.
func (b *Bundle) checkDispute(t Tools, st Statement) error {
	p, k := b.Dispute, b.DisputeKey
	switch {
	case p == nil:
		return errors.New("there is a verifying key and no dispute proof")
	case k == nil:
		return errors.New("the dispute proof's verifying key is missing")
	case k.Circuit != b.Manifest.Manifest.Circuit:
		return fmt.Errorf("the dispute proof's key is for circuit %.40q, the manifest names %q", k.Circuit, b.Manifest.Manifest.Circuit)
	case k.Hash() != p.Key || p.Key == graph.Hash{}:
		return errors.New("the verifying key is not the one that the dispute proof names")
	}
	return t.Dispute(k, st, Proof{Version: p.Version, Kind: p.Kind, Key: p.Key, Bytes: p.Bytes})
}
