package sumcheck

import (
	"crypto/rand"
	"crypto/sha3"
	"encoding/binary"
	"errors"
	"fmt"
)

// masks is one proof's stream of secret randomness. It is hedged: its seed holds
// fresh system randomness, the secret and the statement, so that no two proofs
// share a mask even if the system repeats itself, as after a fork or a snapshot.
// One goroutine draws all of it.
type masks struct {
	stream *sha3.SHAKE
	drawn  int
}

// newMasks seeds a stream: a purpose, then the pieces.
func newMasks(purpose string, pieces ...[]byte) (*masks, error) {
	var fresh [32]byte
	if _, err := rand.Read(fresh[:]); err != nil {
		return nil, fmt.Errorf("the system gives no randomness: %w", err)
	}
	defer clear(fresh[:])
	return seeded(fresh, purpose, pieces...), nil
}

// seeded absorbs each piece behind its length.
func seeded(fresh [32]byte, purpose string, pieces ...[]byte) *masks {
	s := sha3.NewSHAKE256()
	for _, p := range append([][]byte{[]byte("candor/sumcheck/masks/v1"), []byte(purpose), fresh[:]}, pieces...) {
		s.Write(binary.BigEndian.AppendUint64(nil, uint64(len(p))))
		s.Write(p)
	}
	return &masks{stream: s}
}

// element draws 64 bytes and reads them modulo the field.
func (m *masks) element() (x F) {
	var b [64]byte
	m.stream.Read(b[:])
	x.SetBytes(b[:])
	clear(b[:])
	m.drawn++
	return x
}

func (m *masks) vector(n int) Vec {
	v := make(Vec, n)
	for i := range v {
		v[i] = m.element()
	}
	return v
}

func (m *masks) wipe() { m.stream.Reset() }

// coin draws a verifier's coin from the system alone.
func coin() (x F, err error) {
	if _, err = x.SetRandom(); err != nil {
		return x, fmt.Errorf("the system gives no randomness: %w", err)
	}
	return x, nil
}

var errFault = errors.New("internal fault")

// recovered turns a panic, which is a bug, into the caller's error, so that no
// hostile proof can end a process.
func recovered(err *error) {
	if fault := recover(); fault != nil {
		*err = fmt.Errorf("%w: %v", errFault, fault)
	}
}
