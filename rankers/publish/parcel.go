package publish

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"candor/rankers"
	"candor/rankers/features"
	"candor/zkcommit"

	"github.com/ipfs/go-cid"
)

// Parcel is a published version of a ranker with its secret, for the nodes that are to
// serve it. Who has it has the model. Without its secret it is the manifest alone, of a
// ranker whose model workers hold.
type Parcel struct {
	Signed *zkcommit.SignedManifest
	CID    cid.Cid          // of the signed manifest
	Secret *zkcommit.Reveal // nil: workers hold the model
	Tower  *zkcommit.Tower  // of a tower; nil: its workers hold it

	doc []byte // the signed manifest's
}

const parcelMagic = "candor/parcel/v1\x00\x00\x00\x00\x00\x00\x00\x00"

// MaxParcel is the most bytes that a parcel has, of a tower; MaxHosted is the most of those
// that nodes serve, which hold none.
const (
	MaxParcel = len(parcelMagic) + 4 + zkcommit.MaxManifest + max(zkcommit.MaxReveal, zkcommit.MaxTower)
	MaxHosted = len(parcelMagic) + 4 + zkcommit.MaxManifest + zkcommit.MaxReveal
)

// Pack makes the parcel of a version; the secret may be nil.
func Pack(signed *zkcommit.SignedManifest, secret *zkcommit.Reveal) (*Parcel, error) {
	doc, name, err := signed.Encode()
	return &Parcel{Signed: signed, CID: name, Secret: secret, doc: doc}, err
}

// PackTower makes the parcel of a tower's version, for its workers.
func PackTower(signed *zkcommit.SignedManifest, secret *zkcommit.Tower) (*Parcel, error) {
	p, err := Pack(signed, nil)
	p.Tower = secret
	return p, err
}

// Document is the signed manifest as it is on IPFS.
func (p *Parcel) Document() []byte { return p.doc }

// Bytes is the canonical form: a 24-byte magic, the length of the manifest's document in
// four bytes, big-endian, the document, then the reveal's bytes; without a secret, the
// document alone.
func (p *Parcel) Bytes() []byte {
	var secret []byte
	switch {
	case p.Secret != nil:
		secret = p.Secret.Bytes()
	case p.Tower != nil:
		secret = p.Tower.Bytes()
	default:
		return p.doc
	}
	b := binary.BigEndian.AppendUint32([]byte(parcelMagic), uint32(len(p.doc)))
	return append(append(b, p.doc...), secret...)
}

// Parse reads canonical bytes and nothing else, and checks all that can be checked without
// the chain: the publisher's signature, that the secret opens the commitment, that nodes of
// this version make the features that the model reads, and that there is a fallback.
func Parse(b []byte) (*Parcel, error) {
	if len(b) > MaxParcel {
		return nil, fmt.Errorf("a parcel has at most %d bytes, this one %d", MaxParcel, len(b))
	}
	rest, ok := bytes.CutPrefix(b, []byte(parcelMagic))
	if Alone(b) {
		p := &Parcel{doc: bytes.Clone(b)}
		var err error
		if p.Signed, p.CID, err = zkcommit.ParseManifest(p.doc); err != nil {
			return nil, err
		}
		return p, p.check()
	}
	if !ok || len(rest) < 4 {
		return nil, errors.New("this is no parcel: candor ranker publish writes them")
	}
	size := int(binary.BigEndian.Uint32(rest))
	if rest = rest[4:]; size > zkcommit.MaxManifest || size > len(rest) {
		return nil, errors.New("the parcel is cut off: take it from its publisher again")
	}
	p := &Parcel{doc: bytes.Clone(rest[:size])}
	var err error
	if p.Signed, p.CID, err = zkcommit.ParseManifest(p.doc); err != nil {
		return nil, err
	}
	if p.Signed.Manifest.Kind == "tower" {
		p.Tower, err = zkcommit.ParseTower(rest[size:])
	} else {
		p.Secret, err = zkcommit.ParseReveal(rest[size:])
	}
	if err != nil {
		return nil, err
	}
	return p, p.check()
}

// Alone says whether the bytes are meant as a manifest without its model's secret.
func Alone(b []byte) bool { return bytes.HasPrefix(b, []byte("{")) && len(b) <= zkcommit.MaxManifest }

func (p *Parcel) check() error {
	m := &p.Signed.Manifest
	switch m.Kind {
	case "tower":
		return p.checkTower()
	case "ranker":
	default:
		return fmt.Errorf("it is a %s, and only rankers and towers are served from parcels", m.Kind)
	}
	if (m.Tower != nil) != (m.FeatureSchema == features.Towered()) {
		return errors.New("it names a tower and rows without its vector, or such rows and no tower")
	}
	if !builtin(m.Fallback) {
		return fmt.Errorf("its fallback %q is no built-in ranker of this version", m.Fallback)
	}
	if p.Secret == nil {
		_, err := features.Width(m.FeatureSchema)
		return err
	}
	if err := p.Secret.Opens(m.Commitment); err != nil {
		return fmt.Errorf("what the parcel holds is not the model that its manifest commits to: %w", err)
	}
	s := p.Secret.Model.Shape
	if s.ID() != m.ShapeID || s.String() != m.Shape || p.Secret.Schema != m.FeatureSchema {
		return fmt.Errorf("its model has the shape %s and the feature schema %s, and its manifest says %s and %s", s, p.Secret.Schema, m.Shape, m.FeatureSchema)
	}
	if err := rankers.Fit(m.FeatureSchema, s); err != nil {
		return fmt.Errorf("its publisher has to train a new version: %w", err)
	}
	return nil
}

// Info is what its ranker says of itself, under its plugin's id: slugs are not unique, and
// no publisher takes a built-in ranker's place.
func (p *Parcel) Info() rankers.Info {
	m := &p.Signed.Manifest
	return rankers.Info{ID: m.ID().Hex(), Version: m.Version, Name: m.Name, Description: m.Description, Goal: m.Goal,
		Training: m.Training, Personalised: m.Personalised, Rule: m.Rule, Schema: m.FeatureSchema, Parameters: m.Parameters}
}

// Ranker is that of a parcel with its secret.
func (p *Parcel) Ranker() (*rankers.Held, error) { return rankers.Hold(p.Info(), p.Secret.Model) }
