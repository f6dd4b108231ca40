package ceremony

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/big"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/mpcsetup"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
)

// A .ptau file, as snarkjs writes it (https://github.com/iden3/snarkjs): "ptau",
// version 1, the number of sections, then sections of a number (4 bytes), a length
// (8) and that many bytes; all little-endian. Section 1 has the length of a field
// element, the field's modulus, the power (log2 of the domain) and the power of the
// whole ceremony; 2 to 6 hold tau in G1, tau in G2, alpha·tau, beta·tau and beta in
// G2, points uncompressed, coordinates little-endian in Montgomery's form.
const (
	ptauMagic    = "ptau\x01\x00\x00\x00"
	ptauSections = 64 // the most that a file may have
	g1Size       = 64
	g2Size       = 128
)

type extent struct{ at, size int64 }

// readPtau takes the powers for a domain of n from a file of at least that many,
// and checks that they are the powers of one number, in the right groups.
func readPtau(f io.ReaderAt, size int64, n int, progress func(string)) (*groth16.SrsCommons, error) {
	sections, err := ptauTable(f, size)
	if err != nil {
		return nil, err
	}
	have, err := ptauHead(f, sections[1])
	if err != nil {
		return nil, err
	}
	if have < n {
		return nil, fmt.Errorf("the file holds powers for %d constraints and the circuit needs %d: take a larger one", have, n)
	}
	for id, want := range map[uint32]int64{2: int64(2*have-1) * g1Size, 3: int64(have) * g2Size, 4: int64(have) * g1Size, 5: int64(have) * g1Size, 6: g2Size} {
		if sections[id].size != want {
			return nil, fmt.Errorf("section %d of the file has %d bytes, not %d", id, sections[id].size, want)
		}
	}
	progress("reading the powers")
	c := &groth16.SrsCommons{}
	if c.G1.Tau, err = readG1(f, sections[2], 2*n-1); err != nil {
		return nil, err
	}
	if c.G2.Tau, err = readG2(f, sections[3], n); err != nil {
		return nil, err
	}
	if c.G1.AlphaTau, err = readG1(f, sections[4], n); err != nil {
		return nil, err
	}
	if c.G1.BetaTau, err = readG1(f, sections[5], n); err != nil {
		return nil, err
	}
	beta, err := readG2(f, sections[6], 1)
	if err != nil {
		return nil, err
	}
	c.G2.Beta = beta[0]
	progress("checking that they are the powers of one number")
	return c, checkPowers(c)
}

func ptauTable(f io.ReaderAt, size int64) (map[uint32]extent, error) {
	head := make([]byte, len(ptauMagic)+4)
	if _, err := f.ReadAt(head, 0); err != nil || string(head[:len(ptauMagic)]) != ptauMagic {
		return nil, errors.New("the file is no .ptau file of version 1")
	}
	count := binary.LittleEndian.Uint32(head[len(ptauMagic):])
	if count > ptauSections {
		return nil, fmt.Errorf("the file has %d sections, a .ptau file has at most %d", count, ptauSections)
	}
	at, sections := int64(len(head)), map[uint32]extent{}
	for range count {
		b := make([]byte, 12)
		if _, err := f.ReadAt(b, at); err != nil {
			return nil, fmt.Errorf("the file ends inside its table: %w", err)
		}
		id, length := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint64(b[4:])
		at += 12
		if length > uint64(size-at) {
			return nil, fmt.Errorf("section %d of the file is longer than the file", id)
		}
		if _, twice := sections[id]; twice {
			return nil, fmt.Errorf("the file has section %d twice", id)
		}
		sections[id] = extent{at, int64(length)}
		at += int64(length)
	}
	if at != size {
		return nil, errors.New("the file goes on behind its last section")
	}
	return sections, nil
}

// ptauHead returns the size of the file's domain.
func ptauHead(f io.ReaderAt, s extent) (int, error) {
	b := make([]byte, 4+fp.Bytes+8)
	if s.size != int64(len(b)) {
		return 0, errors.New("the file is not for BN254: its head has another length")
	}
	if _, err := f.ReadAt(b, s.at); err != nil {
		return 0, err
	}
	modulus := make([]byte, fp.Bytes)
	for i, v := range b[4 : 4+fp.Bytes] {
		modulus[len(modulus)-1-i] = v
	}
	power := binary.LittleEndian.Uint32(b[4+fp.Bytes:])
	switch {
	case binary.LittleEndian.Uint32(b) != fp.Bytes || new(big.Int).SetBytes(modulus).Cmp(fp.Modulus()) != 0:
		return 0, errors.New("the file is not for BN254: its field has another modulus")
	case power < 1 || power > 28:
		return 0, fmt.Errorf("the file says a power of %d, and there are 1 to 28", power)
	}
	return 1 << power, nil
}

// coordinate reads a field element: little-endian, in Montgomery's form, reduced.
func coordinate(b []byte) (e fp.Element, err error) {
	for i := range e {
		e[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	var raw [fp.Bytes]byte
	for i := range raw {
		raw[i] = b[fp.Bytes-1-i]
	}
	if new(big.Int).SetBytes(raw[:]).Cmp(fp.Modulus()) >= 0 {
		return e, errors.New("a coordinate is not below the modulus")
	}
	return e, nil
}

func readG1(f io.ReaderAt, s extent, n int) ([]curve.G1Affine, error) {
	b := make([]byte, n*g1Size)
	if _, err := f.ReadAt(b, s.at); err != nil {
		return nil, err
	}
	points := make([]curve.G1Affine, n)
	for i := range points {
		at := b[i*g1Size:]
		for k, to := range []*fp.Element{&points[i].X, &points[i].Y} {
			e, err := coordinate(at[k*fp.Bytes:])
			if err != nil {
				return nil, err
			}
			*to = e
		}
		if points[i].IsInfinity() || !points[i].IsInSubGroup() {
			return nil, fmt.Errorf("point %d in G1 is not on the curve", i)
		}
	}
	return points, nil
}

func readG2(f io.ReaderAt, s extent, n int) ([]curve.G2Affine, error) {
	b := make([]byte, n*g2Size)
	if _, err := f.ReadAt(b, s.at); err != nil {
		return nil, err
	}
	points := make([]curve.G2Affine, n)
	for i := range points {
		at, p := b[i*g2Size:], &points[i]
		for k, to := range []*fp.Element{&p.X.A0, &p.X.A1, &p.Y.A0, &p.Y.A1} {
			e, err := coordinate(at[k*fp.Bytes:])
			if err != nil {
				return nil, err
			}
			*to = e
		}
		if p.IsInfinity() || !p.IsInSubGroup() {
			return nil, fmt.Errorf("point %d in G2 is not in the group", i)
		}
	}
	return points, nil
}

// checkPowers refuses anything but alpha and beta times the powers of one number,
// from the generators on. Points must be in their groups.
func checkPowers(c *groth16.SrsCommons) error {
	_, _, g1, g2 := curve.Generators()
	if !c.G1.Tau[0].Equal(&g1) || !c.G2.Tau[0].Equal(&g2) {
		return errors.New("the powers do not begin at the generators")
	}
	if c.G2.Tau[1].IsInfinity() || c.G1.AlphaTau[0].IsInfinity() || c.G1.BetaTau[0].IsInfinity() {
		return errors.New("a secret of the powers is zero")
	}
	if err := mpcsetup.SameRatioMany(c.G1.Tau, c.G2.Tau, c.G1.AlphaTau, c.G1.BetaTau); err != nil {
		return errors.New("these are not the powers of one number")
	}
	// beta is the same in both groups: e(beta·G1, G2) = e(G1, beta·G2).
	var negative curve.G1Affine
	negative.Neg(&c.G1.BetaTau[0])
	same, err := curve.PairingCheck([]curve.G1Affine{negative, g1}, []curve.G2Affine{g2, c.G2.Beta})
	if err != nil || !same {
		return errors.New("beta differs between the groups")
	}
	return nil
}
