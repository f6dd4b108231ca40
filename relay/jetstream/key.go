package jetstream

import (
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"strings"

	"github.com/ethereum/go-ethereum/crypto"

	"candor/graph"
)

// authorKey is the key of an author: HMAC-SHA256 of "candor/jetstream/v1" and the
// DID under the secret, brought into 1 … n-1. The reduction's bias is below 2^-127.
func authorKey(secret [32]byte, did string) (*ecdsa.PrivateKey, error) {
	h := hmac.New(sha256.New, secret[:])
	h.Write([]byte("candor/jetstream/v1" + did))
	max := new(big.Int).Sub(crypto.S256().Params().N, big.NewInt(1))
	d := new(big.Int).SetBytes(h.Sum(nil))
	d.Add(d.Mod(d, max), big.NewInt(1))
	return crypto.ToECDSA(d.FillBytes(make([]byte, 32)))
}

// Author is the address under which the importer with that secret publishes what
// the DID did.
func Author(secret [32]byte, did string) (graph.Address, error) {
	k, err := authorKey(secret, did)
	if err != nil {
		return graph.Address{}, err
	}
	return crypto.PubkeyToAddress(k.PublicKey), nil
}

// LoadKey reads the secret from a file of 64 hexadecimal digits, and makes the
// file, readable by its owner alone, when there is none.
func LoadKey(path string) (secret [32]byte, err error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKey(path)
	} else if err != nil {
		return secret, fmt.Errorf("the importer's key cannot be read: %w", err)
	}
	raw, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil || len(raw) != len(secret) {
		return secret, fmt.Errorf("%s is no importer's key: it must hold 64 hexadecimal digits", path)
	}
	return [32]byte(raw), nil
}

func makeKey(path string) (secret [32]byte, err error) {
	rand.Read(secret[:]) // never fails
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return secret, fmt.Errorf("the importer's key cannot be kept: %w", err)
	}
	// The key is written beside and linked into place, so that of two importers
	// that start at once both use the key of the first.
	f, err := os.CreateTemp(filepath.Dir(path), ".key-*")
	if err != nil {
		return secret, fmt.Errorf("the importer's key cannot be kept: %w", err)
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(hex.EncodeToString(secret[:]) + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return secret, fmt.Errorf("the importer's key cannot be kept: %w", err)
	}
	if err := os.Link(f.Name(), path); errors.Is(err, fs.ErrExist) {
		return LoadKey(path)
	} else if err != nil {
		return secret, fmt.Errorf("the importer's key cannot be kept: %w", err)
	}
	return secret, nil
}
