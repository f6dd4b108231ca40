package zkcommit

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"unicode/utf8"

	"candor/graph"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ipfs/go-cid"
)

// Manifest is what a publisher signs about one version of a plugin: for people
// the name, description and goal, for machines the model that it commits to.
type Manifest struct {
	Type          string        `json:"$type"` // ManifestType
	Circuit       string        `json:"circuit"`
	Commitment    graph.Hash    `json:"commitment"`
	Description   string        `json:"description"` // at most 300 characters
	FeatureSchema graph.Hash    `json:"featureSchema"`
	Goal          string        `json:"goal"` // in plain words
	Kind          string        `json:"kind"` // ranker, filter
	Licence       string        `json:"licence"`
	Name          string        `json:"name"` // at most 24 characters
	Personalised  bool          `json:"personalised"`
	Publisher     graph.Address `json:"publisher"`
	Reasons       []string      `json:"reasons,omitempty"` // a filter's vocabulary
	RevealBy      uint64        `json:"revealBy"`          // seconds; 0 for what has no secret
	Rule          string        `json:"rule"`              // selection rule
	Shape         string        `json:"shape"`             // "64x32x1"
	ShapeID       graph.Hash    `json:"shapeId"`
	Slug          string        `json:"slug"` // short id, unique for its publisher
	Training      string        `json:"training"`
	Version       uint32        `json:"version"`
}

// ManifestType is the $type of a manifest.
const ManifestType = "candor.manifest/v1"

// SignedManifest is the document that a publisher puts on IPFS.
type SignedManifest struct {
	Manifest  Manifest      `json:"manifest"`
	Signature hexutil.Bytes `json:"signature"`
}

var slugForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)

// Validate checks lengths and forms.
func (m *Manifest) Validate() error {
	switch {
	case m.Type != ManifestType:
		return fmt.Errorf("the manifest's $type is %q, not %q", m.Type, ManifestType)
	case !slugForm.MatchString(m.Slug):
		return fmt.Errorf("the slug %q is not a small letter followed by at most 31 small letters, digits or dashes", m.Slug)
	case m.Name == "" || utf8.RuneCountInString(m.Name) > 24:
		return errors.New("the name must have 1 to 24 characters")
	case utf8.RuneCountInString(m.Description) > 300:
		return errors.New("the description must have at most 300 characters")
	case m.Kind != "ranker" && m.Kind != "filter":
		return fmt.Errorf("the kind %q is neither ranker nor filter", m.Kind)
	case m.Version == 0:
		return errors.New("versions count from 1")
	}
	return nil
}

// ID is the plugin's id on the chain.
func (m *Manifest) ID() graph.Hash { return PluginID(m.Publisher, m.Slug) }

func (m *Manifest) digest() (graph.Hash, error) {
	b, err := canonicalJSON(m)
	return graph.Keccak([]byte("candor/manifest/v1"), b), err
}

// Sign makes the document: the manifest with its publisher's signature.
func (m Manifest) Sign(publisher *ecdsa.PrivateKey) (*SignedManifest, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	d, err := m.digest()
	if err != nil {
		return nil, err
	}
	sig, err := sign(publisher, d)
	return &SignedManifest{Manifest: m, Signature: sig}, err
}

// Check tells whether the manifest is well-formed and its publisher's.
func (s *SignedManifest) Check() error {
	if err := s.Manifest.Validate(); err != nil {
		return err
	}
	d, err := s.Manifest.digest()
	if err != nil {
		return err
	}
	who, err := signer(d, s.Signature)
	if err != nil {
		return fmt.Errorf("the manifest: %w", err)
	}
	if who != s.Manifest.Publisher {
		return fmt.Errorf("the manifest is signed by %s, not by its publisher %s", who, s.Manifest.Publisher)
	}
	return nil
}

// Encode writes the document as dag-json and names it.
func (s *SignedManifest) Encode() ([]byte, cid.Cid, error) {
	b, err := canonicalJSON(s)
	if err != nil {
		return nil, cid.Undef, err
	}
	c, err := graph.DocumentCID(b)
	return b, c, err
}

// canonicalJSON writes keys in the order of the struct (sorted), without white space.
func canonicalJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// strictJSON reads one value of known keys and nothing after it.
func strictJSON(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("there is more after the end")
	}
	return nil
}
