package circuit

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/circuit/verifier"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/backend/groth16"
	groth16bn254 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
)

// keyPair are the proving and the verifying key of a circuit.
type keyPair struct {
	circuit   verifier.Circuit
	system    *cs.R1CS
	proving   *groth16bn254.ProvingKey
	verifying []byte
	sealed    bool // by a ceremony; else a development key
}

// VerifyingKey is the verifying key's canonical bytes.
func (k *keyPair) VerifyingKey() []byte { return bytes.Clone(k.verifying) }

// Circuit names the circuit, as the chain's key table does.
func (k *keyPair) Circuit() string { return k.circuit.ID }

// Hash names the verifying key as what it is, a key of its circuit that a ceremony
// has made, or a development key.
func (k *keyPair) Hash() graph.Hash {
	return zkcommit.KeyHash(k.circuit.ID, k.Development(), k.verifying)
}

// Development tells whether whoever made the keys could forge proofs.
func (k *keyPair) Development() bool { return !k.sealed }

// seal loads the keys that a ceremony has made from their file. That a ceremony has
// made them is the caller's word: the chain's table knows their name, or does not.
func (k *keyPair) seal(path string) error {
	if err := k.load(path); err != nil {
		return fmt.Errorf("the ceremony's keys in %s cannot be read: %w", path, err)
	}
	k.sealed = true
	return nil
}

// build compiles a circuit.
func build(c verifier.Circuit, circuit frontend.Circuit) (*cs.R1CS, error) {
	solver.RegisterHint(countHint, bytesHint)
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, circuit)
	if err != nil {
		return nil, fmt.Errorf("the circuit %s does not compile: %w", c.ID, err)
	}
	r, ok := compiled.(*cs.R1CS)
	if !ok {
		return nil, errors.New("the circuit was compiled for another curve")
	}
	// The verifier's equation has exactly these inputs and one commitment to
	// secrets alone.
	commitments, ok := r.CommitmentInfo.(constraint.Groth16Commitments)
	if !ok || len(commitments) != 1 || len(commitments[0].PublicAndCommitmentCommitted) != 0 ||
		r.GetNbPublicVariables() != 1+c.Inputs {
		return nil, fmt.Errorf("the circuit %s has other public inputs or commitments than its verifier", c.ID)
	}
	return r, nil
}

// hashOf names a constraint system: SHA-256 over its constraints, the values of
// their coefficients and what is committed. Keys belong to one constraint system.
func hashOf(r *cs.R1CS) string {
	h := sha256.New()
	number := func(v ...int) {
		for _, n := range v {
			h.Write(binary.BigEndian.AppendUint32(nil, uint32(n)))
		}
	}
	number(r.GetNbPublicVariables(), r.GetNbSecretVariables(), r.GetNbInternalVariables(), r.GetNbConstraints())
	for _, c := range r.GetR1Cs() {
		for _, side := range []constraint.LinearExpression{c.L, c.R, c.O} {
			number(len(side))
			for _, t := range side {
				number(t.WireID())
				v := r.Coefficients[t.CoeffID()].Bytes()
				h.Write(v[:])
			}
		}
	}
	for _, c := range r.CommitmentInfo.(constraint.Groth16Commitments) {
		number(c.CommitmentIndex, len(c.PrivateCommitted))
		number(c.PrivateCommitted...)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// develop fills k with the keys of that name kept in dir, and makes them first
// where there are none.
func (k *keyPair) develop(dir, name string, progress func(stage string), fill func(*keyPair) error) error {
	if progress == nil {
		progress = func(string) {}
	}
	path := filepath.Join(dir, name+"-"+hashOf(k.system)[:16]+".keys")
	err := k.load(path)
	if err == nil {
		return nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		progress(fmt.Sprintf("the proving keys in %s are unusable (%v): making new ones", path, err))
	}
	// Some 2,800 constraints a second of one core.
	progress(fmt.Sprintf("making development keys of circuit %s, once, which takes about %d s of processor time", k.circuit.ID, 1+k.system.GetNbConstraints()/2800))
	if err := fill(k); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("the proving keys cannot be kept: %w", err)
	}
	if err := k.save(path); err != nil {
		return fmt.Errorf("the proving keys cannot be kept in %s: %w", path, err)
	}
	progress(fmt.Sprintf("development keys of circuit %s are ready", k.circuit.ID))
	return nil
}

func (k *keyPair) make() error {
	pk, vk, err := groth16.Setup(k.system)
	if err != nil {
		return fmt.Errorf("the proving keys cannot be made: %w", err)
	}
	if k.verifying, err = encodeKey(k.circuit, vk.(*groth16bn254.VerifyingKey)); err != nil {
		return err
	}
	k.proving = pk.(*groth16bn254.ProvingKey)
	return nil
}

// A file of keys is the verifying key, the proving key and the SHA-256 of both.

func (k *keyPair) save(path string) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".keys-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	b := bytes.NewBuffer(bytes.Clone(k.verifying))
	if _, err = k.proving.WriteRawTo(b); err != nil {
		return errors.Join(err, f.Close())
	}
	sum := sha256.Sum256(b.Bytes())
	_, err = f.Write(append(b.Bytes(), sum[:]...))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// maxKeys is the most bytes that a file of keys may have.
const maxKeys = 256 << 20

func (k *keyPair) load(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	size := k.circuit.KeySize()
	if n := info.Size(); n > maxKeys || n < int64(size+sha256.Size) {
		return fmt.Errorf("the file has %d bytes", n)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	b, sum := b[:len(b)-sha256.Size], b[len(b)-sha256.Size:]
	if got := sha256.Sum256(b); !bytes.Equal(got[:], sum) {
		return errors.New("its checksum does not match")
	}
	k.verifying = b[:size:size]
	if _, err := k.circuit.ParseKey(k.verifying); err != nil {
		return err
	}
	// The checksum vouches for the points, so that they need no check again.
	k.proving = &groth16bn254.ProvingKey{}
	if _, err = k.proving.UnsafeReadFrom(bytes.NewReader(b[size:])); err != nil {
		return err
	}
	wires := k.system.GetNbPublicVariables() + k.system.GetNbSecretVariables() + k.system.GetNbInternalVariables()
	if len(k.proving.InfinityA) != wires || k.proving.Domain.Cardinality != ecc.NextPowerOfTwo(uint64(k.system.GetNbConstraints())) {
		return errors.New("the proving key is another circuit's")
	}
	return nil
}

// prove makes the proof of a filled circuit. Its errors hold no secret.
func (k *keyPair) prove(assignment frontend.Circuit) ([]byte, error) {
	w, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		return nil, errors.New("the secrets do not fit the circuit")
	}
	made, err := groth16.Prove(k.system, k.proving, w)
	if err != nil {
		// The solver's words may quote secret values.
		return nil, errors.New("the circuit refuses the secrets")
	}
	g, ok := made.(*groth16bn254.Proof)
	if !ok || len(g.Commitments) != 1 {
		return nil, errors.New("the proof has another form than its verifier expects")
	}
	proof := verifier.Proof{A: g.Ar, B: g.Bs, C: g.Krs, Commitment: g.Commitments[0], Known: g.CommitmentPok}
	return proof.Bytes(), nil
}
