package zkcommit

import (
	"crypto/ecdsa"
	"fmt"

	"candor/graph"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ipfs/go-cid"
)

// Custody is a node's signed word that it holds the ciphertext of a model which is
// too large to stand in the commit itself, and serves it until the model is public.
type Custody struct {
	Plugin     graph.Hash `json:"plugin"`
	Commitment graph.Hash `json:"commitment"`
	RevealBy   uint64     `json:"revealBy"` // seconds
	Ciphertext cid.Cid    `json:"ciphertext"`

	Node      graph.Address `json:"node"`
	Signature hexutil.Bytes `json:"signature"`
}

// RegistryDomain is what the Registry reads.
func RegistryDomain(chainID uint64, contract graph.Address) Domain {
	return Domain{Name: "Candor Registry", ChainID: chainID, Contract: contract}
}

func (c *Custody) statement() graph.Hash {
	return StructHash("Custody(bytes32 plugin,bytes32 commitment,bytes32 ciphertext,uint64 revealBy)",
		c.Plugin, c.Commitment, graph.Keccak(c.Ciphertext.Bytes()), word(c.RevealBy))
}

// Sign puts the node's word on it.
func (c *Custody) Sign(node *ecdsa.PrivateKey, d Domain) (err error) {
	if c.Signature, err = d.Sign(node, c.statement()); err != nil {
		return err
	}
	c.Node, err = d.Signer(c.statement(), c.Signature)
	return err
}

// Check tells whether the word is the node's.
func (c *Custody) Check(d Domain) error {
	who, err := d.Signer(c.statement(), c.Signature)
	if err == nil && who != c.Node {
		err = fmt.Errorf("it is signed by %s", who)
	}
	if err != nil {
		return fmt.Errorf("the word of node %s for ciphertext %s is not its own: %w", c.Node, c.Ciphertext, err)
	}
	return nil
}
