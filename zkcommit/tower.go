package zkcommit

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/sha256"
	"errors"
	"fmt"

	"candor/graph"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ipfs/go-cid"
)

// TowerName names one version of a tower on a chain's Registry.
type TowerName struct {
	Plugin  graph.Hash `json:"plugin"`
	Version uint32     `json:"version"` // from 1
}

// TowerShape is the size of a tower: int8 inputs of a post's tokens, and the int8 of its vector.
type TowerShape struct{ Inputs, Outputs int }

// MaxTowerInputs is the most tokens' int8 that a tower reads of a post.
const MaxTowerInputs = 1024

// String is such as "256x32".
func (s TowerShape) String() string { return fmt.Sprintf("%dx%d", s.Inputs, s.Outputs) }

// Bytes are what the Registry is told at the reveal: no provable shape has such.
func (s TowerShape) Bytes() []byte { return []byte("candor/tower/v1 " + s.String()) }

// ID names the shape, by the rule for those of models.
func (s TowerShape) ID() graph.Hash {
	return sha256.Sum256(append([]byte("candor/shape/v1"), s.Bytes()...))
}

// ParseTowerShape reads what String writes, within the bounds.
func ParseTowerShape(text string) (s TowerShape, err error) {
	_, err = fmt.Sscanf(text, "%dx%d", &s.Inputs, &s.Outputs)
	if err != nil || s.String() != text || s.Inputs < 1 || s.Inputs > MaxTowerInputs || s.Outputs < 1 || s.Outputs > graph.EmbeddingDim {
		return TowerShape{}, fmt.Errorf("%.40q is no tower's shape: 1 to %d inputs, and a vector of 1 to %d", text, MaxTowerInputs, graph.EmbeddingDim)
	}
	return s, nil
}

// Tower is a tower's secret: its ONNX file, and what hides it until its date.
type Tower struct {
	Salt [32]byte
	File []byte
}

const towerMagic = "candor/tower/v1\x00\x00\x00\x00\x00\x00\x00\x00\x00"

// MaxTowerFile is the most bytes of a tower's ONNX file: a transformer of some 16 million weights.
const MaxTowerFile = 64 << 20

// MaxTower is the most bytes that a Tower has.
const MaxTower = len(towerMagic) + 32 + MaxTowerFile

// Bytes is the canonical form: a 24-byte magic, the salt, the file.
func (t *Tower) Bytes() []byte {
	return bytes.Join([][]byte{[]byte(towerMagic), t.Salt[:], t.File}, nil)
}

// ParseTower reads canonical bytes, which the tower shares, and nothing else. The file may be anything.
func ParseTower(b []byte) (*Tower, error) {
	if len(b) > MaxTower {
		return nil, fmt.Errorf("a tower has at most %d bytes, this one %d", MaxTower, len(b))
	}
	rest, ok := bytes.CutPrefix(b, []byte(towerMagic))
	if !ok || len(rest) <= 32 {
		return nil, fmt.Errorf("these %d bytes are no tower, which begins with %q", len(b), towerMagic[:15])
	}
	return &Tower{Salt: [32]byte(rest[:32]), File: rest[32:]}, nil
}

// Commitment is SHA-256 of the canonical bytes: it hides the file behind the salt.
func (t *Tower) Commitment() (c graph.Hash, err error) {
	h := sha256.New()
	for _, part := range [][]byte{[]byte(towerMagic), t.Salt[:], t.File} { // without a copy
		h.Write(part)
	}
	return graph.Hash(h.Sum(nil)), nil
}

// Opens fails with ErrOpening unless this is the tower behind the commitment.
func (t *Tower) Opens(commitment graph.Hash) error {
	if got, _ := t.Commitment(); got != commitment {
		return ErrOpening
	}
	return nil
}

// Delegate is a key that speaks for a tower, in an operator's name: its publisher says so.
type Delegate struct {
	Tower     graph.Hash    `json:"tower"` // its commitment
	Operator  string        `json:"operator"`
	Key       graph.Address `json:"key"`
	Signature hexutil.Bytes `json:"signature"`
}

func (d *Delegate) digest() graph.Hash {
	return graph.Keccak([]byte("candor/delegate/v1"), d.Tower[:], d.Key[:], []byte(d.Operator))
}

// Sign makes it its publisher's.
func (d *Delegate) Sign(publisher *ecdsa.PrivateKey) (err error) {
	if !slugForm.MatchString(d.Operator) {
		return fmt.Errorf("the operator %.40q is not a small letter followed by at most 31 small letters, digits or dashes", d.Operator)
	}
	d.Signature, err = sign(publisher, d.digest())
	return err
}

// Check tells whether the publisher let this key speak for the tower.
func (d *Delegate) Check(tower graph.Hash, publisher graph.Address) error {
	who, err := signer(d.digest(), d.Signature)
	switch {
	case err != nil:
		return fmt.Errorf("the delegate: %w", err)
	case d.Tower != tower:
		return errors.New("the delegate speaks for another tower")
	case !slugForm.MatchString(d.Operator):
		return errors.New("the delegate's operator is no slug")
	case who != publisher:
		return fmt.Errorf("the delegate was named by %s, not by the tower's publisher %s", who, publisher)
	}
	return nil
}

// VectorWord is a delegate's word that the tower makes a vector of a post's tokens. The
// statement is about a committed function alone, so that it is true or false on any chain,
// and nobody can frame the tower with another post's text.
type VectorWord struct {
	Delegate  Delegate      `json:"delegate"`
	Signature hexutil.Bytes `json:"signature"`
}

// TowerVector is a vector of a content as a node keeps it, with who said so: of several
// words each is another operator's.
type TowerVector struct {
	N       uint64 // the order of keeping, from 1
	Tower   graph.Hash
	Content cid.Cid
	From    uint64 // block from which runs read it
	Vector  []int8
	Words   []VectorWord
}

func vectorDigest(tower graph.Hash, tokens, vector []int8) graph.Hash {
	b := make([]byte, len(tokens)+len(vector))
	for i, v := range tokens {
		b[i] = byte(v)
	}
	for i, v := range vector {
		b[len(tokens)+i] = byte(v)
	}
	read, gave := sha256.Sum256(b[:len(tokens)]), sha256.Sum256(b[len(tokens):])
	return graph.Keccak([]byte("candor/vector/v1"), tower[:], read[:], gave[:])
}

// SignVector signs what the tower behind the commitment made of the tokens.
func SignVector(key *ecdsa.PrivateKey, tower graph.Hash, tokens, vector []int8) (hexutil.Bytes, error) {
	return sign(key, vectorDigest(tower, tokens, vector))
}

// Check tells whether the delegate said this of the tower, and its publisher let it.
func (w *VectorWord) Check(tower graph.Hash, publisher graph.Address, tokens, vector []int8) error {
	if err := w.Delegate.Check(tower, publisher); err != nil {
		return err
	}
	return w.signed(tower, tokens, vector)
}

func (w *VectorWord) signed(tower graph.Hash, tokens, vector []int8) error {
	who, err := signer(vectorDigest(tower, tokens, vector), w.Signature)
	if err != nil {
		return fmt.Errorf("the vector: %w", err)
	}
	if who != w.Delegate.Key {
		return fmt.Errorf("the vector is signed by %s, not by the tower's delegate %s, or is another one", who, w.Delegate.Key)
	}
	return nil
}
