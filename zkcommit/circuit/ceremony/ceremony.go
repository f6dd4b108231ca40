package ceremony

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/consensys/gnark-crypto/ecc"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	cs "github.com/consensys/gnark/constraint/bn254"
	"golang.org/x/crypto/blake2b"
)

// Circuit is what keys are made for.
type Circuit struct {
	Name   string
	Hash   string // of the constraint system, as candor circuit hash prints it
	System *cs.R1CS
}

// domain is the number of rows of the circuit's constraint system, a power of two.
func (c Circuit) domain() int { return int(ecc.NextPowerOfTwo(uint64(c.System.GetNbConstraints()))) }

// Version of the ceremonies' directories.
const Version = "candor/ceremony/v1"

// Plan says what a ceremony makes. It is fixed by Init.
type Plan struct {
	Version string `json:"version"`
	Circuit string `json:"circuit"`
	Hash    string `json:"hash"` // of the constraint system
	Domain  int    `json:"domain"`
	Ptau    *Ptau  `json:"ptau,omitempty"` // phase 1, when it is not the ceremony's own
}

// Ptau names the file that phase 1 was read from.
type Ptau struct {
	SHA256  string `json:"sha256"`
	Blake2b string `json:"blake2b"` // 512 bits, as ceremonies publish it
	Size    int64  `json:"size"`
}

// Ceremony is an opened directory.
type Ceremony struct {
	Plan
	dir      string
	circuit  Circuit
	progress func(stage string)
}

const planName = "ceremony.json"

// Init begins a ceremony in a new directory. ptau is a file with phase 1, whose
// SHA-256 or BLAKE2b must be the one in want (hex) when that is given; without a
// file phase 1 is the ceremony's own. progress, which may be nil, hears what takes long.
func Init(dir string, c Circuit, ptau, want string, progress func(string)) (*Ceremony, error) {
	m := newCeremony(dir, c, progress)
	m.Plan = Plan{Version: Version, Circuit: c.Name, Hash: c.Hash, Domain: c.domain()}
	if _, err := os.Stat(filepath.Join(dir, planName)); !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is a ceremony in %s already: name another directory", dir)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if ptau == "" {
		if want != "" {
			return nil, errors.New("a hash is given and no file: name the file with --ptau")
		}
		return m, m.plan()
	}
	commons, facts, err := m.readPtau(ptau)
	if err != nil {
		return nil, err
	}
	if want != "" && want != facts.SHA256 && want != facts.Blake2b {
		return nil, fmt.Errorf("the file %s has the SHA-256 %s and the BLAKE2b %s, not %s: take the published one", ptau, facts.SHA256, facts.Blake2b, want)
	}
	m.Ptau = facts
	if err := m.write(powersName, commons.WriteTo); err != nil {
		return nil, err
	}
	if err := m.begin(commons); err != nil {
		return nil, err
	}
	return m, m.plan() // last: a directory with a plan is whole
}

// Open reads a ceremony of the circuit.
func Open(dir string, c Circuit, progress func(string)) (*Ceremony, error) {
	m := newCeremony(dir, c, progress)
	if err := m.readJSON(planName, &m.Plan); err != nil {
		return nil, err
	}
	want := Plan{Version: Version, Circuit: c.Name, Hash: c.Hash, Domain: c.domain(), Ptau: m.Ptau}
	if m.Plan != want {
		return nil, fmt.Errorf("the ceremony in %s is for the circuit %s with the constraints %s, and this program's %s has %s: use the program that it was begun with",
			dir, m.Circuit, m.Hash, c.Name, c.Hash)
	}
	return m, nil
}

// PlanOf reads what a directory's ceremony is for.
func PlanOf(dir string) (p Plan, err error) {
	m := Ceremony{dir: dir}
	return p, m.readJSON(planName, &p)
}

func newCeremony(dir string, c Circuit, progress func(string)) *Ceremony {
	if progress == nil {
		progress = func(string) {}
	}
	return &Ceremony{dir: dir, circuit: c, progress: progress}
}

func (m *Ceremony) plan() error { return m.writeJSON(planName, m.Plan) }

// readPtau reads powers and hashes from a .ptau file.
func (m *Ceremony) readPtau(path string) (*groth16.SrsCommons, *Ptau, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("the file with phase 1 cannot be read: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	m.progress("hashing " + path)
	sha := sha256.New()
	blake, err := blake2b.New512(nil)
	if err != nil {
		return nil, nil, err
	}
	if _, err := io.Copy(io.MultiWriter(sha, blake), f); err != nil {
		return nil, nil, err
	}
	commons, err := readPtau(f, info.Size(), m.Domain, m.progress)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return commons, &Ptau{hex.EncodeToString(sha.Sum(nil)), hex.EncodeToString(blake.Sum(nil)), info.Size()}, nil
}

// maxJSON is the most bytes of the small files.
const maxJSON = 64 << 10

func (m *Ceremony) readJSON(name string, to any) error {
	f, err := os.Open(filepath.Join(m.dir, name))
	if errors.Is(err, fs.ErrNotExist) && name == planName {
		return fmt.Errorf("there is no ceremony in %s: begin one with candor ceremony init", m.dir)
	}
	if err != nil {
		return err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxJSON))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, to); err != nil {
		return fmt.Errorf("%s cannot be read: %w", filepath.Join(m.dir, name), err)
	}
	// One spelling only, so that what nobody reads cannot stand in it.
	if own, err := canonical(to); err != nil || !bytes.Equal(own, b) {
		return fmt.Errorf("%s is not as this program writes it", filepath.Join(m.dir, name))
	}
	return nil
}

func canonical(v any) ([]byte, error) {
	b, err := json.MarshalIndent(v, "", "  ")
	return append(b, '\n'), err
}

func (m *Ceremony) writeJSON(name string, v any) error {
	b, err := canonical(v)
	if err != nil {
		return err
	}
	return m.write(name, bytes.NewReader(b).WriteTo)
}

// write makes a file: whole, or none.
func (m *Ceremony) write(name string, to func(io.Writer) (int64, error)) (err error) {
	f, err := os.CreateTemp(m.dir, ".new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if _, err = to(f); err != nil {
		return errors.Join(err, f.Close())
	}
	if err = errors.Join(f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(m.dir, name))
}

// read gives a file of exactly the length that it must have.
func (m *Ceremony) read(name string, size int64) ([]byte, error) {
	path := filepath.Join(m.dir, name)
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() != size {
		return nil, fmt.Errorf("%s has %d bytes and must have %d", path, info.Size(), size)
	}
	return os.ReadFile(path)
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
