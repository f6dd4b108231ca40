package zkcommit

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"

	cosign "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
)

// algCosignature is the algorithm byte of cosignature/v1 keys in signed notes.
// Source: https://c2sp.org/tlog-cosignature
const algCosignature = 4

// MaxCheckpoint is the most bytes that a checkpoint with its signatures may have.
const MaxCheckpoint = 64 << 10

// Cosigner is a witness's public identity: what auditors pin.
type Cosigner struct {
	Name string
	Key  ed25519.PublicKey
	v    note.Verifier
}

// NewCosigner is the identity of a name and a key of 32 bytes.
func NewCosigner(name string, key ed25519.PublicKey) (Cosigner, error) {
	c := Cosigner{Name: name, Key: key}
	// The library computes the key's id from name and key; it does not read ours.
	v, err := cosign.NewVerifierForCosignatureV1(fmt.Sprintf("%s+00000000+%s", name, c.encoded()))
	if err != nil {
		return Cosigner{}, fmt.Errorf("%.200q is no witness's name: use one without spaces and plus signs", name)
	}
	c.v = v
	return c, nil
}

func (c Cosigner) encoded() string {
	return base64.StdEncoding.EncodeToString(append([]byte{algCosignature}, c.Key...))
}

// String is the witness in the form of signed notes: name+id+key.
func (c Cosigner) String() string {
	return fmt.Sprintf("%s+%08x+%s", c.Name, c.v.KeyHash(), c.encoded())
}

// ParseCosigner reads String's form.
func ParseCosigner(s string) (Cosigner, error) {
	bad := fmt.Errorf("%.200q is no witness's key: send name+id+key as candor witness key prints it", s)
	parts := strings.SplitN(s, "+", 3)
	if len(parts) != 3 {
		return Cosigner{}, bad
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != algCosignature {
		return Cosigner{}, bad
	}
	c, err := NewCosigner(parts[0], key[1:])
	if err != nil || c.String() != s {
		return Cosigner{}, bad
	}
	return c, nil
}

// Cosigned looks for the witness's cosignature among the signatures of a checkpoint,
// and says when it was made, in seconds. It does not check the log's own signature. An
// error says that there is none, or one that does not hold.
func (c Cosigner) Cosigned(checkpoint []byte) (at uint64, err error) {
	if len(checkpoint) > MaxCheckpoint {
		return 0, fmt.Errorf("the checkpoint has %d bytes: at most %d are read", len(checkpoint), MaxCheckpoint)
	}
	n, err := note.Open(checkpoint, note.VerifierList(c.v))
	if err != nil {
		return 0, fmt.Errorf("witness %s did not cosign the checkpoint: %w", c.Name, err)
	}
	raw, err := base64.StdEncoding.DecodeString(n.Sigs[0].Base64) // id, time, signature
	if err != nil || len(raw) != 4+8+ed25519.SignatureSize {
		return 0, fmt.Errorf("the cosignature of witness %s is damaged", c.Name)
	}
	if at = binary.BigEndian.Uint64(raw[4:]); at == 0 || at > 1<<63-1 {
		return 0, fmt.Errorf("the cosignature of witness %s says no time", c.Name)
	}
	return at, nil
}
