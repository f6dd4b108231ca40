package zkcommit

import (
	"crypto/ecdsa"
	"errors"
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
