package zkcommit

import (
	"bytes"
	"testing"

	"candor/graph"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/transparency-dev/formats/log"
	"golang.org/x/mod/sumdb/note"
)

// The second signature on a checkpoint is the account's, for this log, head, contract
// and chain alone.
func TestHeadsCarryTheAccountsSignature(t *testing.T) {
	node, err := crypto.ToECDSA(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	who := crypto.PubkeyToAddress(node.PublicKey)
	mine := Heads{"log.example", who, RunLogDomain(1337, graph.Address{5})}
	root := graph.Hash{1, 2, 3}
	text := string(log.Checkpoint{Origin: "log.example", Size: 2, Hash: root[:]}.Marshal())
	cp, err := note.Sign(&note.Note{Text: text}, mine.Signer(node))
	if err != nil {
		t.Fatal(err)
	}
	size, got, sig, err := mine.Signature(cp)
	if err != nil || size != 2 || got != root || !mine.Signed(2, root, sig) {
		t.Fatalf("%d %s %x %v: %q", size, got, sig, err, cp)
	}
	for name, other := range map[string]Heads{
		"node":     {"log.example", graph.Address{1}, mine.Domain},
		"log":      {"other.example", who, mine.Domain},
		"chain":    {"log.example", who, RunLogDomain(1338, graph.Address{5})},
		"contract": {"log.example", who, RunLogDomain(1337, graph.Address{6})},
	} {
		if _, _, _, err := other.Signature(cp); err == nil || other.Signed(2, root, sig) {
			t.Errorf("it is taken for another %s", name)
		}
	}
	if mine.Signed(3, root, sig) || mine.Signed(2, graph.Hash{}, sig) {
		t.Error("it is taken for another head")
	}
	if _, err := note.Sign(&note.Note{Text: text + "more\n"}, mine.Signer(node)); err == nil {
		t.Error("what no contract reads is signed")
	}
}

// A cosignature is of its witness and its checkpoint alone.
func TestCosignaturesAreOfTheWitness(t *testing.T) {
	c, err := NewCosigner("witness.example", bytes.Repeat([]byte{1}, 32))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Cosigned(make([]byte, MaxCheckpoint+1)); err == nil {
		t.Error("a huge checkpoint is read")
	}
	// Source: https://c2sp.org/tlog-cosignature has an example of the form, with no key.
	cp := []byte("example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— witness.example AAAAAA==\n")
	if _, err := c.Cosigned(cp); err == nil {
		t.Error("another's line is taken")
	}
}
