package zkcommit

import (
	"crypto/ecdsa"
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"

	"candor/graph"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
)

// signatures are 65 bytes, r ‖ s ‖ v with v 27 or 28 and s in the lower half of
// the order, so that each statement has one signature only (EIP-2).

func sign(key *ecdsa.PrivateKey, digest graph.Hash) (hexutil.Bytes, error) {
	sig, err := crypto.Sign(digest[:], key)
	if err != nil {
		return nil, err
	}
	sig[64] += 27
	return sig, nil
}

func signer(digest graph.Hash, sig []byte) (graph.Address, error) {
	bad := errors.New("the signature is not 65 bytes r ‖ s ‖ v with a low s")
	if len(sig) != 65 || (sig[64] != 27 && sig[64] != 28) {
		return graph.Address{}, bad
	}
	r, s := new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:64])
	if !crypto.ValidateSignatureValues(sig[64]-27, r, s, true) {
		return graph.Address{}, bad
	}
	raw := append(append([]byte{}, sig[:64]...), sig[64]-27)
	pub, err := crypto.SigToPub(digest[:], raw)
	if err != nil {
		return graph.Address{}, errors.New("the signature belongs to no key")
	}
	return crypto.PubkeyToAddress(*pub), nil
}

// TextSigner is who signed the text as wallets sign what people read (EIP-191).
func TextSigner(text string, signature []byte) (graph.Address, error) {
	return signer(textDigest(text), signature)
}

// SignText signs a text as wallets do (EIP-191).
func SignText(key *ecdsa.PrivateKey, text string) (hexutil.Bytes, error) {
	return sign(key, textDigest(text))
}

func textDigest(text string) graph.Hash {
	return graph.Keccak(fmt.Appendf(nil, "\x19Ethereum Signed Message:\n%d%s", len(text), text))
}

// Domain is the contract that a statement is signed for, which no other contract and
// no other chain reads (EIP-712).
type Domain struct {
	Name     string
	ChainID  uint64
	Contract graph.Address
}

func (d Domain) digest(statement graph.Hash) graph.Hash {
	var contract graph.Hash
	copy(contract[12:], d.Contract[:])
	name := graph.Keccak([]byte(d.Name))
	domain := StructHash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)",
		name, graph.Keccak([]byte("1")), word(d.ChainID), contract)
	return graph.Keccak([]byte("\x19\x01"), domain[:], statement[:])
}

// Sign signs a statement, of which StructHash gives the hash.
func (d Domain) Sign(key *ecdsa.PrivateKey, statement graph.Hash) (hexutil.Bytes, error) {
	return sign(key, d.digest(statement))
}

// Signer is who signed the statement.
func (d Domain) Signer(statement graph.Hash, signature []byte) (graph.Address, error) {
	return signer(d.digest(statement), signature)
}

// StructHash is the EIP-712 hash of a struct whose fields are one word each.
func StructHash(typ string, words ...graph.Hash) graph.Hash {
	kind := graph.Keccak([]byte(typ))
	b := kind[:]
	for _, w := range words {
		b = append(b, w[:]...)
	}
	return graph.Keccak(b)
}

func word(v uint64) (h graph.Hash) {
	binary.BigEndian.PutUint64(h[24:], v)
	return h
}
