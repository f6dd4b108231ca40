package main

import (
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/ethereum/go-ethereum/crypto"
)

// keyring is DIR/keys: one file a key, 32 bytes in hexadecimal, readable by its
// owner only. A key that is missing is made.
type keyring struct {
	node      *ecdsa.PrivateKey // signs receipts and anchors, owns the development contracts
	relayer   *ecdsa.PrivateKey // pays gas for readers' intents
	publisher *ecdsa.PrivateKey // signs the built-in plugins' manifests
}

func openKeys(dir string) (*keyring, error) {
	k := &keyring{}
	for name, p := range map[string]**ecdsa.PrivateKey{"node": &k.node, "relayer": &k.relayer, "publisher": &k.publisher} {
		s, err := secret(filepath.Join(dir, name+".key"))
		if err != nil {
			return nil, err
		}
		if *p, err = crypto.ToECDSA(s[:]); err != nil {
			return nil, fmt.Errorf("%s holds no usable key: put the right file back", filepath.Join(dir, name+".key"))
		}
	}
	return k, nil
}

// logSeed is the Ed25519 seed of the log's checkpoints, derived from the node's key.
func (k *keyring) logSeed() (seed [32]byte) {
	h := hmac.New(sha256.New, crypto.FromECDSA(k.node))
	h.Write([]byte("candor/log/v1"))
	h.Sum(seed[:0])
	return seed
}

// secret reads 32 secret bytes, or makes and keeps them. They are on the disk
// before they are used.
func secret(path string) (s [32]byte, err error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newSecret(path)
	}
	if err != nil {
		return s, err
	}
	b, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(b) != len(s) {
		return s, fmt.Errorf("%s does not hold 64 hexadecimal digits: put the right file back", path)
	}
	return [32]byte(b), nil
}

func newSecret(path string) (s [32]byte, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return s, err
	}
	// A key of secp256k1 is also a fine secret of any other kind.
	key, err := crypto.GenerateKey()
	if err != nil {
		return s, err
	}
	copy(s[:], crypto.FromECDSA(key))
	return s, writeFile(path, []byte(hex.EncodeToString(s[:])+"\n"))
}

// writeFile puts a whole file in place, or none: written aside, synced, renamed.
func writeFile(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if err2 := f.Close(); err == nil {
		err = err2
	}
	if err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
