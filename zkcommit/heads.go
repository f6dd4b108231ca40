package zkcommit

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"

	"candor/graph"

	"github.com/transparency-dev/formats/log"
	"golang.org/x/mod/sumdb/note"
)

// CheckpointType is the EIP-712 type of a log's head, as the RunLog contract spells it.
const CheckpointType = "Checkpoint(bytes32 originHash,uint64 size,bytes32 root)"

// headKind stands before an account's address where signed notes have a key, behind
// the byte for kinds of signatures that nobody else uses.
// Source: https://c2sp.org/signed-note
const headKind = "\xffcandor/checkpoint/eip712/v1"

// Heads reads the second signature on a log's checkpoints, by the account of its node:
// the one that contracts can check. It is a note.Verifier.
type Heads struct {
	Origin string
	Node   graph.Address
	Domain Domain // RunLogDomain
}

// Name implements note.Verifier.
func (h Heads) Name() string { return h.Origin }

// KeyHash implements note.Verifier.
func (h Heads) KeyHash() uint32 {
	sum := sha256.Sum256(append([]byte(h.Origin+"\n"+headKind), h.Node[:]...))
	return binary.BigEndian.Uint32(sum[:])
}

// Verify implements note.Verifier.
func (h Heads) Verify(text, signature []byte) bool {
	size, root, err := h.head(text)
	return err == nil && h.Signed(size, root, signature)
}

// Signed says whether the node's account signed this head of the log.
func (h Heads) Signed(size uint64, root graph.Hash, signature []byte) bool {
	who, err := h.Domain.Signer(h.statement(size, root), signature)
	return err == nil && who == h.Node
}

func (h Heads) statement(size uint64, root graph.Hash) graph.Hash {
	return StructHash(CheckpointType, graph.Keccak([]byte(h.Origin)), word(size), root)
}

// Sign signs a head of the log as its node's account.
func (h Heads) Sign(node *ecdsa.PrivateKey, size uint64, root graph.Hash) ([]byte, error) {
	return h.Domain.Sign(node, h.statement(size, root))
}

// Signature is the account's signature on a checkpoint, with the head that it signs. An
// error says that there is none that holds.
func (h Heads) Signature(checkpoint []byte) (size uint64, root graph.Hash, signature []byte, err error) {
	if len(checkpoint) > MaxCheckpoint {
		return 0, root, nil, errors.New("the checkpoint is too large")
	}
	n, err := note.Open(checkpoint, note.VerifierList(h))
	if err != nil {
		return 0, root, nil, err
	}
	if size, root, err = h.head([]byte(n.Text)); err != nil {
		return 0, root, nil, err
	}
	raw, err := base64.StdEncoding.DecodeString(n.Sigs[0].Base64)
	if err != nil || len(raw) < 4 {
		return 0, root, nil, errors.New("the account's signature on the checkpoint is damaged")
	}
	return size, root, raw[4:], nil // behind the key's id
}

// head reads a checkpoint's text.
func (h Heads) head(text []byte) (size uint64, root graph.Hash, err error) {
	var c log.Checkpoint
	rest, err := c.Unmarshal(text)
	if err == nil && (len(rest) > 0 || c.Origin != h.Origin || len(c.Hash) != len(root)) {
		err = errors.New("it is no checkpoint of " + h.Origin)
	}
	if err != nil {
		return 0, root, err
	}
	return c.Size, graph.Hash(c.Hash), nil
}

// Signer signs the log's checkpoints as the account, beside the log's own key.
func (h Heads) Signer(node *ecdsa.PrivateKey) note.Signer { return headSigner{h, node} }

type headSigner struct {
	heads Heads
	key   *ecdsa.PrivateKey
}

// Name implements note.Signer.
func (s headSigner) Name() string { return s.heads.Name() }

// KeyHash implements note.Signer.
func (s headSigner) KeyHash() uint32 { return s.heads.KeyHash() }

// Sign implements note.Signer.
func (s headSigner) Sign(text []byte) ([]byte, error) {
	size, root, err := s.heads.head(text)
	if err != nil {
		return nil, err
	}
	return s.heads.Sign(s.key, size, root)
}
