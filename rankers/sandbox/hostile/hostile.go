package hostile

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"

	"candor/rankers/features"
	"candor/rankers/publish"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/crypto"
)

// Maker makes the files of one seed.
type Maker struct {
	seed      uint64
	publisher *ecdsa.PrivateKey
	good      [][]byte // parcels to change
}

// New makes a maker.
func New(seed uint64) (*Maker, error) {
	key, err := crypto.ToECDSA(bytes.Repeat([]byte{9}, 32))
	if err != nil {
		return nil, err
	}
	m := &Maker{seed: seed, publisher: key}
	for i, hidden := range [][2]int{{1}, {32}, {64, 32}, {zkcommit.MaxHidden}} {
		b, err := m.signed(rand.New(rand.NewPCG(seed, uint64(i))), hidden, nil, nil)
		if err != nil {
			return nil, err
		}
		m.good = append(m.good, b)
	}
	return m, nil
}

// Mutated is a good parcel with some bytes changed: afterwards, so that its signature does
// not hold; or, every other one, of its model before it was signed.
func (m *Maker) Mutated(i int) (file []byte, what string, err error) {
	r := rand.New(rand.NewPCG(m.seed, 1<<40+uint64(i)))
	if i%2 == 0 {
		file, err = m.signed(r, [2]int{1 + r.IntN(64), r.IntN(2) * r.IntN(33)}, func(model *zkcommit.Model) {
			for range 1 + r.IntN(6) {
				l := model.Layers[r.IntN(len(model.Layers))]
				l.Weights[r.IntN(len(l.Weights))] = int8(r.Uint32())
				l.Bias[r.IntN(len(l.Bias))] = int16(r.Uint32())
			}
		}, nil)
		return file, "a changed model, signed", err
	}
	return Changed(r, m.good[r.IntN(len(m.good))]), "changed bytes", nil
}

// Changed is a file with some bytes changed, lost or doubled, half of them in its first
// 1,500, where lengths and names stand.
func Changed(r *rand.Rand, file []byte) []byte {
	b := bytes.Clone(file)
	for range 1 + r.IntN(6) {
		at := r.IntN(len(b))
		if r.IntN(2) == 0 {
			at = r.IntN(min(len(b), 1500))
		}
		switch r.IntN(4) {
		case 0:
			b[at] = byte(r.Uint32())
		case 1:
			b[at] ^= 1 << r.IntN(8)
		case 2:
			b = append(b[:at:at], b[min(len(b), at+1+r.IntN(20)):]...)
		case 3:
			end := min(len(b), at+1+r.IntN(40))
			b = append(append(b[:end:end], b[at:end]...), b[end:]...)
		}
		if len(b) == 0 {
			break
		}
	}
	return b
}

// Hostile is a file that was made to do harm.
func (m *Maker) Hostile(i int) (file []byte, what string, err error) {
	r := rand.New(rand.NewPCG(m.seed, 1<<41+uint64(i)))
	good := m.good[r.IntN(len(m.good))]
	magic, rest := good[:24], good[28:]
	size := binary.BigEndian.Uint32(good[24:])
	switch i % 14 {
	case 0:
		return noise(r, r.IntN(1<<16)), "noise", nil
	case 1:
		return append(bytes.Clone(magic), noise(r, r.IntN(1<<12))...), "noise behind the magic", nil
	case 2:
		return good[:r.IntN(len(good))], "cut off", nil
	case 3: // the manifest's length lies
		lie := []uint32{0, 1, size - 1, size + 1, 1<<31 - 1, 1 << 31, 1<<32 - 1, r.Uint32()}[r.IntN(8)]
		return join(magic, be(lie), rest), "a length that lies", nil
	case 4:
		return append(bytes.Clone(good), noise(r, 1+r.IntN(2<<20))...), "more behind the end", nil
	case 5:
		n := r.IntN(zkcommit.MaxManifest)
		return join(magic, be(uint32(n)), []byte(strings.Repeat([]string{"[", `{"manifest":`, `"\u0000`, "{\"a\":[", "-"}[r.IntN(5)], n)[:n]), rest[size:]), "a manifest of many brackets", nil
	case 6: // a shape that lies about its model
		b := bytes.Clone(good)
		at := bytes.Index(b, []byte("candor/model/v1\x00"))
		if at < 0 {
			return nil, "", fmt.Errorf("a parcel without a model")
		}
		at += 16 + 4*r.IntN(6)
		copy(b[at:], be([]uint32{0, 1, 255, 512, 1 << 16, 1 << 30, 1 << 31, 1<<32 - 1}[r.IntN(8)]))
		return b, "a shape that lies", nil
	case 7:
		heads := []string{"\x7fELF\x02\x01\x01", "\x1f\x8b\x08", "PK\x03\x04", "\x89PNG\r\n\x1a\n", "\x08\x07\x12\x07pytorch", "#!/bin/sh\n", "candor/model/v1\x00", "candor/reveal/v1\x00\x00\x00\x00\x00\x00\x00\x00"}
		return append([]byte(heads[r.IntN(len(heads))]), noise(r, r.IntN(1<<14))...), "another kind of file", nil
	case 8: // a salt outside the field
		b := bytes.Clone(good)
		at := bytes.Index(b, []byte("candor/reveal/v1\x00"))
		if at < 0 {
			return nil, "", fmt.Errorf("a parcel without a reveal")
		}
		copy(b[at+24+32:], bytes.Repeat([]byte{0xff}, 32))
		return b, "a salt outside its field", nil
	case 9:
		file, err = m.signed(r, [2]int{1 + r.IntN(zkcommit.MaxHidden)}, func(model *zkcommit.Model) { extreme(r, model) }, nil)
		return file, "extreme weights, signed", err
	case 10:
		file, err = m.signed(r, [2]int{128, 1 + r.IntN(128)}, func(model *zkcommit.Model) { extreme(r, model) }, nil)
		return file, "two extreme layers, signed", err
	case 11:
		file, err = m.signed(r, [2]int{8}, nil, func(f *zkcommit.Manifest) {
			f.Rule = []string{"", "none/v0", strings.Repeat("a", 9000), "../../etc/passwd", "plain/v1\x00"}[r.IntN(5)]
		})
		return file, "a rule that is none, signed", err
	case 12:
		file, err = m.signed(r, [2]int{8}, nil, func(f *zkcommit.Manifest) {
			f.Goal = strings.Repeat([]string{"\u202e", "\u0301", "<script>", "\x1b[2J", "\u200d\U0001f468"}[r.IntN(5)], 1+r.IntN(1000))
			f.Name = strings.Repeat("\u0301", 1+r.IntN(80))
		})
		return file, "words that are none, signed", err
	default:
		file, err = m.signed(r, [2]int{8}, nil, func(f *zkcommit.Manifest) {
			f.Commitment[r.IntN(32)]++
			f.ShapeID[r.IntN(32)] += byte(r.IntN(2))
		})
		return file, "another commitment, signed", err
	}
}

// signed is a parcel of a random model, which is changed before it is committed to, with a
// manifest that is changed before it is signed, if our own code signs such a one.
func (m *Maker) signed(r *rand.Rand, hidden [2]int, model func(*zkcommit.Model), words func(*zkcommit.Manifest)) ([]byte, error) {
	s := zkcommit.Shape{Inputs: zkcommit.Provable.Inputs, Hidden: hidden, Shift: [2]uint{8}}
	if hidden[1] != 0 {
		s.Shift[1] = 8
	}
	if err := s.Validate(); err != nil {
		return nil, err
	}
	x := zkcommit.NewModel(s)
	for _, l := range x.Layers {
		for i := range l.Weights {
			l.Weights[i] = int8(r.Uint32())
		}
	}
	if model != nil {
		model(x)
	}
	secret := &zkcommit.Reveal{Schema: features.Schema(), Salt: zkcommit.NewSalt([32]byte{byte(r.Uint32())}), Model: x}
	commitment, err := secret.Commitment()
	if err != nil {
		return nil, err
	}
	d := &publish.Draft{Slug: "storm", Name: "Storm", Schema: features.Schema(), Fallback: "latest", Rule: "plain/v1"}
	manifest := d.Manifest(crypto.PubkeyToAddress(m.publisher.PublicKey), 1, x.Shape, "c", commitment, 0)
	spoilt := manifest
	if words != nil {
		words(&spoilt)
	}
	signed, err := spoilt.Sign(m.publisher)
	if err != nil { // our own code does not sign that: it is changed afterwards
		if signed, err = manifest.Sign(m.publisher); err != nil {
			return nil, err
		}
		signed.Manifest = spoilt
	}
	p, err := publish.Pack(signed, secret)
	if err != nil {
		return nil, err
	}
	return p.Bytes(), nil
}

// extreme sets all weights and biases to an end of their range.
func extreme(r *rand.Rand, m *zkcommit.Model) {
	for _, l := range m.Layers {
		for i := range l.Weights {
			l.Weights[i] = []int8{-128, 127}[r.IntN(2)]
		}
		for i := range l.Bias {
			l.Bias[i] = []int16{-32768, 32767}[r.IntN(2)]
		}
	}
}

func noise(r *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func be(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
