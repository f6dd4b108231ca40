package witness

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	cosign "github.com/transparency-dev/formats/note"

	"candor/zkcommit"
)

// Key is a witness's signing key, with its name.
type Key struct {
	zkcommit.Cosigner
	text   string
	signer *cosign.Signer
}

// NewKey makes a key. The name tells witnesses apart; a schema-less URL is usual.
// Without one it is made of the key.
func NewKey(name string) (Key, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return Key{}, err
	}
	if name == "" {
		h := sha256.Sum256(public)
		name = fmt.Sprintf("candor.local/witness/%x", h[:8])
	}
	return newKey(name, private.Seed())
}

func newKey(name string, seed []byte) (Key, error) {
	public := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	c, err := zkcommit.NewCosigner(name, public)
	if err != nil {
		return Key{}, err
	}
	// The usual form of a note's signing key has the id of a plain signature.
	h := sha256.Sum256(append([]byte(name+"\n\x01"), public...))
	text := fmt.Sprintf("PRIVATE+KEY+%s+%08x+%s", name, binary.BigEndian.Uint32(h[:]), base64.StdEncoding.EncodeToString(append([]byte{1}, seed...)))
	s, err := cosign.NewSignerForCosignatureV1(text)
	return Key{c, text, s}, err
}

// Secret is the key in the form of signed notes, to be kept.
func (k Key) Secret() string { return k.text }

// ParseKey reads Secret's form.
func ParseKey(text string) (Key, error) {
	bad := errors.New("this is no witness's key: put the right file back")
	parts := strings.SplitN(text, "+", 5)
	if len(parts) != 5 {
		return Key{}, bad
	}
	raw, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(raw) != 1+ed25519.SeedSize {
		return Key{}, bad
	}
	k, err := newKey(parts[2], raw[1:])
	if err != nil || k.text != text {
		return Key{}, bad
	}
	return k, nil
}
