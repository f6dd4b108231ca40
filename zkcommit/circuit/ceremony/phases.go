package ceremony

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	"github.com/consensys/gnark/constraint"
)

// Names of a ceremony's files. Contribution 0 of phase 2 is what the circuit and
// the powers give, with nobody's secret.
const (
	powersName   = "powers"
	maxHands     = 9999
	challengeLen = 32
)

// Phases, as they are named in files and on the command line.
const (
	Powers = "powers" // phase 1
	KeysOf = "keys"   // phase 2
)

func fileName(phase string, n int) string { return fmt.Sprintf("%s-%04d", phase, n) }

const (
	g1 = curve.SizeOfG1AffineCompressed
	g2 = curve.SizeOfG2AffineCompressed
)

// powersSize is the length of the sealed phase 1 over a domain of n.
func powersSize(n int) int64 { return 8 + g2 + int64(2*n-2)*g1 + int64(n-1)*g2 + 2*int64(n)*g1 }

// phase1Size is the length of a contribution to phase 1: three proofs, the powers
// and the hash of the contribution before.
func phase1Size(n int) int64 { return 3*(g1+g2) + powersSize(n) + 1 + challengeLen }

// keysShape is what fixes the length of phase 2's files.
type keysShape struct {
	private, quotient int
	committed         []int
}

func (c Circuit) keysShape() (s keysShape, err error) {
	infos, ok := c.System.CommitmentInfo.(constraint.Groth16Commitments)
	if !ok {
		return s, errors.New("the circuit is none of Groth16's")
	}
	internal, secret, _ := c.System.GetNbVariables()
	s.private, s.quotient = internal+secret-len(infos), c.domain()-1
	for _, i := range infos {
		s.private -= len(i.PrivateCommitted)
		s.committed = append(s.committed, len(i.PrivateCommitted))
	}
	return s, nil
}

// size is the length of a file of phase 2.
func (s keysShape) size(challenge int) int64 {
	n := int64(2 + g1 + 4 + s.private*g1 + 4 + s.quotient*g1 + g2)
	for _, c := range s.committed {
		n += int64(4 + c*g1 + g2 + g1 + g2)
	}
	return n + g1 + g2 + 1 + int64(challenge)
}

// check refuses a file whose lengths, which its reader allocates by, are not those
// of the circuit. The file has the right size.
func (s keysShape) check(b []byte) error {
	bad := errors.New("the file's lengths are not those of the circuit")
	if int(binary.BigEndian.Uint16(b)) != len(s.committed) {
		return bad
	}
	at := 2 + g1
	next := func(n int) bool {
		ok := int(binary.BigEndian.Uint32(b[at:])) == n
		at += 4 + n*g1
		return ok
	}
	if !next(s.private) || !next(s.quotient) {
		return bad
	}
	at += g2
	for _, c := range s.committed {
		if !next(c) {
			return bad
		}
	}
	return nil
}

// hands is how many contributions a phase has. A gap is refused.
func (m *Ceremony) hands(phase string) (n int, err error) {
	files, err := filepath.Glob(filepath.Join(m.dir, phase+"-[0-9][0-9][0-9][0-9]"))
	if err != nil {
		return 0, err
	}
	for _, f := range files {
		if filepath.Base(f) == fileName(phase, 0) {
			continue
		}
		n++
	}
	if n > maxHands {
		return 0, errors.New("the phase is full: seal it")
	}
	for i := 1; i <= n; i++ {
		if _, err := os.Stat(filepath.Join(m.dir, fileName(phase, i))); err != nil {
			return 0, fmt.Errorf("contribution %d of the phase %s is missing", i, phase)
		}
	}
	return n, nil
}

// has says whether the ceremony has the file.
func (m *Ceremony) has(name string) (bool, error) {
	_, err := os.Stat(filepath.Join(m.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// commons reads the sealed phase 1.
func (m *Ceremony) commons() (*groth16.SrsCommons, []byte, error) {
	b, err := m.read(powersName, powersSize(m.Domain))
	if err != nil {
		return nil, nil, err
	}
	c := &groth16.SrsCommons{}
	return c, b, m.parse(b, c)
}

// parse reads sealed or contributed powers, whose first number is the domain.
func (m *Ceremony) parse(b []byte, c *groth16.SrsCommons) error {
	if binary.BigEndian.Uint64(b) != uint64(m.Domain) {
		return errors.New("the powers are for another domain than the circuit's")
	}
	_, err := c.ReadFrom(bytes.NewReader(b))
	return err
}

// phase1 reads contribution n; 0 is the beginning.
func (m *Ceremony) phase1(n int) (*groth16.Phase1, []byte, error) {
	if n == 0 {
		return groth16.NewPhase1(uint64(m.Domain)), nil, nil
	}
	b, err := m.read(fileName(Powers, n), phase1Size(m.Domain))
	if err != nil {
		return nil, nil, err
	}
	p := &groth16.Phase1{}
	if at := 3 * (g1 + g2); binary.BigEndian.Uint64(b[at:]) != uint64(m.Domain) || b[len(b)-1-challengeLen] != challengeLen {
		return nil, nil, fmt.Errorf("%s is for another domain than the circuit's", fileName(Powers, n))
	}
	if _, err := p.ReadFrom(bytes.NewReader(b)); err != nil {
		return nil, nil, fmt.Errorf("%s is damaged: %w", fileName(Powers, n), err)
	}
	return p, b, nil
}

// phase2 reads contribution n.
func (m *Ceremony) phase2(n int) (*groth16.Phase2, []byte, error) {
	s, err := m.circuit.keysShape()
	if err != nil {
		return nil, nil, err
	}
	challenge := challengeLen
	if n == 0 {
		challenge = 0
	}
	b, err := m.read(fileName(KeysOf, n), s.size(challenge))
	if err != nil {
		return nil, nil, err
	}
	if int(b[len(b)-1-challenge]) != challenge {
		return nil, nil, fmt.Errorf("%s names no contribution before it", fileName(KeysOf, n))
	}
	if err := s.check(b); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", fileName(KeysOf, n), err)
	}
	p := &groth16.Phase2{}
	if _, err := p.ReadFrom(bytes.NewReader(b)); err != nil {
		return nil, nil, fmt.Errorf("%s is damaged: %w", fileName(KeysOf, n), err)
	}
	return p, b, nil
}

// begin writes what phase 2 starts from.
func (m *Ceremony) begin(commons *groth16.SrsCommons) error {
	m.progress("putting the circuit into the powers")
	var p groth16.Phase2
	p.Initialize(m.circuit.System, commons)
	return m.write(fileName(KeysOf, 0), p.WriteTo)
}
