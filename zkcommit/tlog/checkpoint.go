package tlog

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/transparency-dev/formats/log"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"

	"candor/graph"
)

// algEd25519 is the algorithm byte of Ed25519 keys in signed notes.
// Source: https://c2sp.org/signed-note
const algEd25519 = 1

// maxCheckpoint is the most bytes that a checkpoint with its signatures may have.
const maxCheckpoint = 64 << 10

// Checkpoint is a signed statement of the log's head.
type Checkpoint struct {
	Origin string
	Size   uint64 // entries
	Root   graph.Hash
	Note   []byte // the signed note that says so
}

// Verifier is the log's public identity: what auditors pin.
type Verifier struct {
	Origin string
	Key    ed25519.PublicKey
}

// String is the verifier in the form of signed notes: name+hash+key.
func (v Verifier) String() string {
	key := append([]byte{algEd25519}, v.Key...)
	return fmt.Sprintf("%s+%08x+%s", v.Origin, keyHash(v.Origin, key), base64.StdEncoding.EncodeToString(key))
}

// ParseVerifier reads String's form.
func ParseVerifier(s string) (Verifier, error) {
	bad := fmt.Errorf("%.200q is no log's key: send name+hash+key as the log's node says it", s)
	parts := strings.SplitN(s, "+", 3)
	if len(parts) != 3 {
		return Verifier{}, bad
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != algEd25519 {
		return Verifier{}, bad
	}
	v := Verifier{Origin: parts[0], Key: key[1:]}
	if _, err := note.NewVerifier(s); err != nil || v.String() != s {
		return Verifier{}, bad
	}
	return v, nil
}

// Open checks a checkpoint's signature and origin and reads it. It fails on
// anything but exactly one well-formed checkpoint signed by the verifier's key.
func (v Verifier) Open(raw []byte) (Checkpoint, error) {
	if len(raw) > maxCheckpoint {
		return Checkpoint{}, fmt.Errorf("the checkpoint has %d bytes: at most %d are read", len(raw), maxCheckpoint)
	}
	if len(v.Key) != ed25519.PublicKeySize {
		return Checkpoint{}, fmt.Errorf("the log's key has %d bytes: an Ed25519 key has %d", len(v.Key), ed25519.PublicKeySize)
	}
	nv, err := note.NewVerifier(v.String())
	if err != nil {
		return Checkpoint{}, fmt.Errorf("the log's origin %q names no key: use one without spaces and plus signs: %w", v.Origin, err)
	}
	cp, rest, _, err := log.ParseCheckpoint(raw, v.Origin, nv)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("the checkpoint is not signed by %s: %w", v, err)
	}
	if len(rest) != 0 || len(cp.Hash) != len(graph.Hash{}) {
		return Checkpoint{}, errors.New("the checkpoint has extension lines or a root that is not 32 bytes")
	}
	return Checkpoint{Origin: cp.Origin, Size: cp.Size, Root: graph.Hash(cp.Hash), Note: raw}, nil
}

// Includes checks that the entry is at the index of the tree that the checkpoint
// commits to.
func (c Checkpoint) Includes(index uint64, entry []byte, path [][]byte) error {
	leaf := rfc6962.DefaultHasher.HashLeaf(entry)
	if err := proof.VerifyInclusion(rfc6962.DefaultHasher, index, c.Size, leaf, path, c.Root[:]); err != nil {
		return fmt.Errorf("the log's tree of %d entries does not hold this entry at %d: %w", c.Size, index, err)
	}
	return nil
}

// Extends checks that the checkpoint's tree begins with the whole tree of an
// older one: that the log only grew.
func (c Checkpoint) Extends(old Checkpoint, path [][]byte) error {
	if c.Origin != old.Origin {
		return fmt.Errorf("the checkpoints are of two logs, %q and %q", old.Origin, c.Origin)
	}
	err := proof.VerifyConsistency(rfc6962.DefaultHasher, old.Size, c.Size, path, old.Root[:], c.Root[:])
	if err != nil {
		return fmt.Errorf("the log's tree of %d entries is not the one of %d entries grown: %w", c.Size, old.Size, err)
	}
	return nil
}

func keyHash(name string, key []byte) uint32 {
	h := sha256.New()
	h.Write([]byte(name + "\n"))
	h.Write(key)
	return binary.BigEndian.Uint32(h.Sum(nil))
}

// Signer is the note signer of a seed, and the verifier that goes with it.
func Signer(origin string, seed [32]byte) (note.Signer, Verifier, error) {
	key := ed25519.NewKeyFromSeed(seed[:])
	v := Verifier{Origin: origin, Key: key.Public().(ed25519.PublicKey)}
	hash := keyHash(origin, append([]byte{algEd25519}, v.Key...))
	s, err := note.NewSigner(fmt.Sprintf("PRIVATE+KEY+%s+%08x+%s", origin, hash,
		base64.StdEncoding.EncodeToString(append([]byte{algEd25519}, seed[:]...))))
	if err != nil {
		return nil, v, fmt.Errorf("the log's origin %q cannot be signed: use one without spaces and plus signs", origin)
	}
	return s, v, nil
}
