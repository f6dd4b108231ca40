package zkcommit

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"candor/graph"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ipfs/go-cid"
	"github.com/rivo/uniseg"
)

// Manifest is what a publisher signs about one version of a plugin: for people
// the name, description and goal, for machines the model that it commits to.
type Manifest struct {
	Type          string        `json:"$type"`   // ManifestType
	Circuit       string        `json:"circuit"` // of its dispute proofs; "": no run of it is proven
	Commitment    graph.Hash    `json:"commitment"`
	Description   string        `json:"description"`        // at most MaxDescription characters
	Fallback      string        `json:"fallback,omitempty"` // the built-in ranker that stands in when this one does not answer
	FeatureSchema graph.Hash    `json:"featureSchema"`
	Goal          string        `json:"goal"` // in plain words
	Kind          string        `json:"kind"` // ranker, filter, tower
	Licence       string        `json:"licence"`
	Name          string        `json:"name"` // at most MaxName characters
	Parameters    []Parameter   `json:"parameters,omitempty"`
	Personalised  bool          `json:"personalised"`
	Privacy       string        `json:"privacy,omitempty"` // URL of what the publisher says of readers' data
	Publisher     graph.Address `json:"publisher"`
	Reasons       []string      `json:"reasons,omitempty"` // a filter's vocabulary
	RevealBy      uint64        `json:"revealBy"`          // seconds; 0 for what has no secret
	Rule          string        `json:"rule"`              // selection rule
	Shape         string        `json:"shape"`             // "64x32x1"
	ShapeID       graph.Hash    `json:"shapeId"`
	Slug          string        `json:"slug"`            // short id, unique for its publisher
	Terms         string        `json:"terms,omitempty"` // URL of the publisher's terms
	Tower         *TowerName    `json:"tower,omitempty"` // whose vectors a ranker reads
	Training      string        `json:"training"`
	Version       uint32        `json:"version"`
}

// ManifestType is the $type of a manifest.
const ManifestType = "candor.manifest/v1"

// Parameter is a number that a reader may tune, from Least to Most.
type Parameter struct {
	Columns []uint16 `json:"columns,omitempty"` // of a row, that it tunes (Manifest.Tune), rising; none: it changes nothing
	Default int32    `json:"default"`
	Least   int32    `json:"least"`
	Meaning string   `json:"meaning"` // in plain words
	Most    int32    `json:"most"`
	Name    string   `json:"name"`
}

// Limits of what a manifest says, in characters as a reader counts them (grapheme
// clusters), of at most eight bytes each on average.
const (
	MaxName        = 24
	MaxDescription = 300
	MaxText        = 1000 // goal, licence, training
	MaxParameters  = 8
)

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
	case m.Name == "":
		return errors.New("the name is empty")
	case m.Kind != "ranker" && m.Kind != "filter" && m.Kind != "tower":
		return fmt.Errorf("the kind %q is none of ranker, filter and tower", m.Kind)
	case m.Tower != nil && (m.Kind != "ranker" || m.Tower.Version == 0):
		return errors.New("only rankers read a tower, a version of it from 1 on")
	case m.Version == 0:
		return errors.New("versions count from 1")
	case m.Fallback != "" && !slugForm.MatchString(m.Fallback):
		return fmt.Errorf("the fallback %q is no built-in ranker's name", m.Fallback)
	case len(m.Parameters) > MaxParameters:
		return fmt.Errorf("there are %d parameters, and %d at most", len(m.Parameters), MaxParameters)
	}
	for _, t := range []struct {
		what, text string
		most       int
	}{{"name", m.Name, MaxName}, {"description", m.Description, MaxDescription}, {"goal", m.Goal, MaxText},
		{"licence", m.Licence, MaxText}, {"training", m.Training, MaxText}} {
		if err := checkText(t.text, t.most); err != nil {
			return fmt.Errorf("the %s %w", t.what, err)
		}
	}
	for what, u := range map[string]string{"terms": m.Terms, "privacy": m.Privacy} {
		if u != "" && (!strings.HasPrefix(u, "https://") || len(u) > 512 || strings.ContainsAny(u, " \t\r\n\"<>")) {
			return fmt.Errorf("the %s are no https:// URL of at most 512 bytes", what)
		}
	}
	seen := map[string]bool{}
	for _, p := range m.Parameters {
		if err := p.validate(); err != nil {
			return err
		}
		if seen[p.Name] {
			return fmt.Errorf("the parameter %s is there twice", p.Name)
		}
		seen[p.Name] = true
	}
	return nil
}

// checkText bounds what people read.
func checkText(s string, most int) error {
	if !utf8.ValidString(s) {
		return errors.New("is no UTF-8")
	}
	if len(s) > 8*most {
		return fmt.Errorf("has %d bytes, more than %d", len(s), 8*most)
	}
	if n := uniseg.GraphemeClusterCount(s); n > most {
		return fmt.Errorf("has %d characters, more than %d", n, most)
	}
	return nil
}

func (p *Parameter) validate() error {
	switch {
	case !slugForm.MatchString(p.Name):
		return fmt.Errorf("the parameter's name %q is not a small letter followed by at most 31 small letters, digits or dashes", p.Name)
	case p.Least >= p.Most:
		return fmt.Errorf("the parameter %s goes from %d to %d: the first must be smaller", p.Name, p.Least, p.Most)
	case p.Default < p.Least || p.Default > p.Most:
		return fmt.Errorf("the parameter %s is %d by default, outside %d to %d", p.Name, p.Default, p.Least, p.Most)
	case p.Meaning == "":
		return fmt.Errorf("the parameter %s does not say what it means", p.Name)
	}
	if err := checkText(p.Meaning, MaxDescription); err != nil {
		return fmt.Errorf("what the parameter %s means %w", p.Name, err)
	}
	return p.checkColumns()
}

// Unproven says that its publisher promises no proofs: a ranker whose manifest names no
// circuit, or a tower, is committed, or replicated.
func (m *Manifest) Unproven() bool { return m.Kind != "filter" && m.Circuit == "" }

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

// MaxManifest is the most bytes of a signed manifest's document.
const MaxManifest = 16 << 10

// ParseManifest reads a signed manifest in its one spelling, and checks its publisher's
// signature. It names the document.
func ParseManifest(doc []byte) (*SignedManifest, cid.Cid, error) {
	if len(doc) > MaxManifest {
		return nil, cid.Undef, fmt.Errorf("the manifest has %d bytes, more than %d", len(doc), MaxManifest)
	}
	var s SignedManifest
	if err := strictJSON(doc, &s); err != nil {
		return nil, cid.Undef, fmt.Errorf("this is no signed manifest: %w", err)
	}
	again, name, err := s.Encode()
	if err != nil {
		return nil, cid.Undef, err
	}
	if !bytes.Equal(again, doc) {
		return nil, cid.Undef, errors.New("the manifest is not written in its one spelling: keys sorted, no white space")
	}
	return &s, name, s.Check()
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
