package timelock

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"candor/graph"

	"filippo.io/age"
	"github.com/drand/drand/v2/crypto"
	"github.com/drand/kyber"
	"github.com/drand/tlock"
)

// Limits of what is locked: the largest tower, and what encryption adds, 16 bytes to each
// 64 KiB and a head. A ciphertext of up to MaxInEvent bytes fits into a commit's event; a
// larger one lies on IPFS. MaxHead is how much of it says which round opens it.
const (
	MaxPlain      = 64<<20 + 4<<10
	MaxCiphertext = MaxPlain + MaxPlain>>12 + 4<<10
	MaxInEvent    = 32 << 10
	MaxHead       = 4 << 10
)

// Lock encrypts plain so that it opens at the round.
func (n *Network) Lock(round uint64, plain []byte) ([]byte, error) {
	if len(plain) == 0 || len(plain) > MaxPlain {
		return nil, fmt.Errorf("what is locked has 1 to %d bytes, not %d", MaxPlain, len(plain))
	}
	if round == 0 {
		return nil, errors.New("rounds count from 1")
	}
	var b bytes.Buffer
	b.Grow(len(plain) + len(plain)>>12 + MaxHead) // or it would be copied while it grows
	if err := tlock.New(locked{n, nil}).Strict().Encrypt(&b, bytes.NewReader(plain), round); err != nil {
		return nil, fmt.Errorf("the model cannot be locked: %w", err)
	}
	return b.Bytes(), nil
}

// Open decrypts with the round's signature, which it checks first.
func (n *Network) Open(ciphertext, signature []byte) ([]byte, error) {
	if len(ciphertext) > MaxCiphertext {
		return nil, fmt.Errorf("a ciphertext has at most %d bytes, this one %d", MaxCiphertext, len(ciphertext))
	}
	network, round, err := Inspect(ciphertext)
	if err != nil {
		return nil, err
	}
	if network != n.hash {
		return nil, otherNetwork(network, n.hash)
	}
	if err := n.VerifySignature(round, signature); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Grow(min(len(ciphertext), MaxPlain))
	out := &limited{&b, MaxPlain}
	if err := tlock.New(locked{n, signature}).Strict().Decrypt(out, bytes.NewReader(ciphertext)); err != nil {
		return nil, fmt.Errorf("the ciphertext does not open: %w", err)
	}
	return b.Bytes(), nil
}

// Inspect reads which network's which round opens a ciphertext, of its first MaxHead bytes
// or more. It refuses what anything but that one round could open, and armoured spellings.
func Inspect(ciphertext []byte) (network graph.Hash, round uint64, err error) {
	var look stanzas
	_, err = age.Decrypt(bytes.NewReader(ciphertext[:min(len(ciphertext), MaxHead)]), &look)
	if err == nil || look.all == nil {
		return network, 0, errors.New("these bytes are no timelock ciphertext")
	}
	if len(look.all) != 1 || look.all[0].Type != "tlock" || len(look.all[0].Args) != 2 {
		return network, 0, errors.New("the ciphertext has another lock than one round's")
	}
	round, err = strconv.ParseUint(look.all[0].Args[0], 10, 64)
	if err != nil || round == 0 || strconv.FormatUint(round, 10) != look.all[0].Args[0] {
		return network, 0, errors.New("the ciphertext names no round")
	}
	h, err := hex.DecodeString(look.all[0].Args[1])
	if err != nil || len(h) != len(network) || hex.EncodeToString(h) != look.all[0].Args[1] {
		return network, 0, errors.New("the ciphertext names no network")
	}
	return graph.Hash(h), round, nil
}

func otherNetwork(got, want graph.Hash) error {
	return fmt.Errorf("it is for the network %s, not for %s", got, want)
}

// CheckDue refuses a ciphertext, of which the first MaxHead bytes are enough, that is not
// this network's or does not open between from and by. Nodes ask before they use a model, auditors whenever they like.
func (n *Network) CheckDue(ciphertext []byte, from, by time.Time) error {
	network, round, err := Inspect(ciphertext)
	if err != nil {
		return err
	}
	if network != n.hash {
		return otherNetwork(network, n.hash)
	}
	if at := n.Time(round); at.Before(from) || at.After(by) {
		return fmt.Errorf("it opens on %s, and must between %s and %s",
			at.UTC().Format(time.DateTime), from.UTC().Format(time.DateTime), by.UTC().Format(time.DateTime))
	}
	return nil
}

// Early is how long before its promised date a ciphertext may open.
const Early = time.Hour

// CheckPromise refuses a ciphertext that does not keep the promise to be open at the date.
func (n *Network) CheckPromise(ciphertext []byte, date time.Time) error {
	return n.CheckDue(ciphertext, date.Add(-Early), date)
}

// stanzas takes a file's locks down and opens none.
type stanzas struct{ all []*age.Stanza }

// Unwrap implements age.Identity.
func (s *stanzas) Unwrap(all []*age.Stanza) ([]byte, error) {
	s.all = all
	return nil, age.ErrIncorrectIdentity
}

// limited refuses to take more than so many bytes.
type limited struct {
	to   io.Writer
	left int
}

// Write implements io.Writer.
func (l *limited) Write(b []byte) (int, error) {
	if len(b) > l.left {
		return 0, fmt.Errorf("it holds more than %d bytes", MaxPlain)
	}
	l.left -= len(b)
	return l.to.Write(b)
}

// locked is a Network as tlock sees it, with the one signature at hand.
type locked struct {
	*Network
	signature []byte
}

var _ tlock.Network = locked{}

// ChainHash implements tlock.Network.
func (l locked) ChainHash() string { return hex.EncodeToString(l.hash[:]) }

// Current implements tlock.Network.
func (l locked) Current(at time.Time) uint64 { return l.Round(at) }

// PublicKey implements tlock.Network.
func (l locked) PublicKey() kyber.Point { return l.key }

// Scheme implements tlock.Network.
func (l locked) Scheme() crypto.Scheme { return *l.scheme }

// Signature implements tlock.Network.
func (l locked) Signature(uint64) ([]byte, error) {
	if l.signature == nil {
		return nil, tlock.ErrTooEarly
	}
	return l.signature, nil
}

// SwitchChainHash implements tlock.Network: one network is not another.
func (l locked) SwitchChainHash(string) error { return tlock.ErrWrongChainhash }
