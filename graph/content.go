package graph

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/ipfs/go-cid"
	mh "github.com/multiformats/go-multihash"
)

// Limits on documents, in bytes. A larger or deeper one counts as unavailable.
const (
	MaxDocument    = 16 << 10
	MaxText        = 3000
	MaxDisplayName = 256
	MaxTags        = 16
	MaxMedia       = 4
	MaxAlt         = 2000
	MaxMIME        = 64
	MaxMentions    = 16
	maxPixels      = 1 << 16 // per side
)

// Types of documents.
const (
	PostType    = "candor.post/v1"
	ProfileType = "candor.profile/v1"
)

// PostContent is the document of a post: a dag-json map with these keys, sorted.
// When it happened and what it answers stand in its event.
type PostContent struct {
	Type     string    `json:"$type"`
	Langs    []string  `json:"langs,omitempty"` // BCP 47
	Link     *Link     `json:"link,omitempty"`  // a page that the post shows
	Media    []Media   `json:"media,omitempty"`
	Mentions []Address `json:"mentions,omitempty"` // whom the text names
	Source   string    `json:"source,omitempty"`   // where an imported post comes from
	Tags     []string  `json:"tags,omitempty"`
	Text     string    `json:"text"`
}

// Media is a file that a post shows.
type Media struct {
	Alt    string `json:"alt"` // what is to be seen, in words
	CID    string `json:"cid"` // of a UnixFS file, version 1
	Height uint32 `json:"height,omitempty"`
	MIME   string `json:"mime"`
	Size   uint64 `json:"size"` // bytes
	Width  uint32 `json:"width,omitempty"`
}

// Link is a page that a post shows.
type Link struct {
	Title string `json:"title,omitempty"`
	URI   string `json:"uri"`
}

// ProfileContent is the document of a profile: a dag-json map with these keys, sorted.
type ProfileContent struct {
	Type        string `json:"$type"`
	Description string `json:"description,omitempty"`
	DisplayName string `json:"displayName,omitempty"`
	// HideFromAlgorithmicRecommendations asks feeds to show the person's posts to
	// its followers only.
	HideFromAlgorithmicRecommendations bool   `json:"hideFromAlgorithmicRecommendations,omitempty"`
	Source                             string `json:"source,omitempty"`
}

// Encode writes the document as canonical dag-json (keys sorted, no white space)
// and names it. Source: https://ipld.io/specs/codecs/dag-json/spec/
func (p PostContent) Encode() ([]byte, cid.Cid, error) {
	p.Type = PostType
	if err := p.check(); err != nil {
		return nil, cid.Undef, err
	}
	return encode(p)
}

// Encode writes the document as canonical dag-json and names it.
func (p ProfileContent) Encode() ([]byte, cid.Cid, error) {
	p.Type = ProfileType
	if err := p.check(); err != nil {
		return nil, cid.Undef, err
	}
	return encode(p)
}

func encode(v any) ([]byte, cid.Cid, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, cid.Undef, err
	}
	doc := literal(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
	if len(doc) > MaxDocument {
		return nil, cid.Undef, fmt.Errorf("the document has %d bytes: send at most %d", len(doc), MaxDocument)
	}
	c, err := DocumentCID(doc)
	return doc, c, err
}

// literal writes as they are the three characters that encoding/json escapes and
// dag-json does not.
func literal(doc []byte) []byte {
	if !bytes.Contains(doc, []byte(`\u`)) {
		return doc
	}
	out := make([]byte, 0, len(doc))
	for i := 0; i < len(doc); i++ {
		if doc[i] == '\\' && i+1 < len(doc) {
			if i+6 <= len(doc) {
				if c, ok := unescaped[string(doc[i:i+6])]; ok {
					out, i = append(out, c...), i+5
					continue
				}
			}
			out, i = append(out, doc[i]), i+1
		}
		out = append(out, doc[i])
	}
	return out
}

var unescaped = map[string]string{`\u2028`: "\u2028", `\u2029`: "\u2029", `\ufffd`: "\ufffd"}

// canonical refuses a document that is not written as Encode writes it: keys that
// stand twice or in another case, or in another order, white space, empty values.
// One content then has one CID, and no two readers understand it differently.
func canonical(doc []byte, v any) error {
	again, _, err := encode(v)
	if err == nil && !bytes.Equal(again, doc) {
		err = errors.New("the document is not canonical dag-json: sort the keys, write each once, no white space, no empty values and no needless escapes")
	}
	return err
}

// DocumentCID is the CIDv1 (dag-json, sha2-256) of the bytes.
func DocumentCID(doc []byte) (cid.Cid, error) {
	sum := sha256.Sum256(doc)
	h, err := mh.Encode(sum[:], mh.SHA2_256)
	if err != nil {
		return cid.Undef, err
	}
	return cid.NewCidV1(cid.DagJSON, h), nil
}

// ParsePost reads a post's document and refuses what is no post: wrong type,
// unknown keys, over the limits, not UTF-8.
func ParsePost(doc []byte) (p PostContent, err error) {
	if err = decode(doc, &p); err != nil {
		return PostContent{}, err
	}
	if p.Type != PostType {
		return PostContent{}, fmt.Errorf("the document's $type is %q: a post has %q", p.Type, PostType)
	}
	if err = p.check(); err != nil {
		return PostContent{}, err
	}
	return p, canonical(doc, p)
}

// ParseProfile reads a profile's document and refuses what is none.
func ParseProfile(doc []byte) (p ProfileContent, err error) {
	if err = decode(doc, &p); err != nil {
		return ProfileContent{}, err
	}
	if p.Type != ProfileType {
		return ProfileContent{}, fmt.Errorf("the document's $type is %q: a profile has %q", p.Type, ProfileType)
	}
	if err = p.check(); err != nil {
		return ProfileContent{}, err
	}
	return p, canonical(doc, p)
}

func decode(doc []byte, v any) error {
	if len(doc) > MaxDocument {
		return fmt.Errorf("the document has %d bytes: send at most %d", len(doc), MaxDocument)
	}
	if !utf8.Valid(doc) {
		return errors.New("the document is not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(doc))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("the document is no dag-json of a known type: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("the document goes on after its end")
	}
	return nil
}

func (p PostContent) check() error {
	switch {
	case len(p.Text) > MaxText:
		return fmt.Errorf("the text has %d bytes: send at most %d", len(p.Text), MaxText)
	case p.Text == "" && p.Link == nil && len(p.Media) == 0:
		return errors.New("the post has neither text nor link nor media: send one of them")
	case len(p.Tags) > MaxTags || len(p.Langs) > MaxTags:
		return fmt.Errorf("the post has too many tags or languages: send at most %d", MaxTags)
	case len(p.Media) > MaxMedia:
		return fmt.Errorf("the post has %d media: send at most %d", len(p.Media), MaxMedia)
	case len(p.Mentions) > MaxMentions:
		return fmt.Errorf("the post mentions %d people: name at most %d", len(p.Mentions), MaxMentions)
	}
	for i, m := range p.Media {
		if err := m.check(); err != nil {
			return fmt.Errorf("medium %d: %w", i, err)
		}
	}
	return nil
}

func (m Media) check() error {
	if len(m.CID) > 2*MaxCID {
		return fmt.Errorf("the CID has %d characters: it is too long", len(m.CID))
	}
	c, err := cid.Decode(m.CID)
	if err != nil || c.Version() != 1 || c.String() != m.CID || c.ByteLen() > MaxCID {
		return fmt.Errorf("%q is not the CID of a file: send version 1 in base32", m.CID)
	}
	kind, sub, ok := strings.Cut(m.MIME, "/")
	switch {
	case len(m.MIME) > MaxMIME || !ok || !isToken(kind) || !isToken(sub):
		return fmt.Errorf("%.80q is no media type: send one such as image/png", m.MIME)
	case len(m.Alt) > MaxAlt:
		return fmt.Errorf("the alternative text has %d bytes: send at most %d", len(m.Alt), MaxAlt)
	case m.Size == 0 || m.Size > math.MaxInt64:
		return fmt.Errorf("a file of %d bytes is none: send its size", m.Size)
	case m.Width > maxPixels || m.Height > maxPixels:
		return fmt.Errorf("%d × %d is too large: a side has at most %d", m.Width, m.Height, maxPixels)
	}
	return nil
}

// isToken reports whether s is one half of a media type, lower-case.
func isToken(s string) bool {
	for _, c := range s {
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || strings.ContainsRune("+-.", c)) {
			return false
		}
	}
	return s != ""
}

func (p ProfileContent) check() error {
	if len(p.DisplayName) > MaxDisplayName || len(p.Description) > MaxText {
		return fmt.Errorf("the profile is too long: a name has at most %d bytes, a description %d", MaxDisplayName, MaxText)
	}
	return nil
}
