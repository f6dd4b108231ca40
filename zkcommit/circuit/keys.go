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
	"sync"

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

// ID names the circuit, as manifests and the chain's key table do.
const ID = verifier.CircuitID

// Keys are the proving and the verifying key of the circuit.
type Keys struct {
	system    *cs.R1CS
	proving   *groth16bn254.ProvingKey
	verifying []byte
}

// VerifyingKey is the verifying key's canonical bytes.
func (k *Keys) VerifyingKey() []byte { return bytes.Clone(k.verifying) }

// Hash names the verifying key as what it is, a development key of this circuit.
func (k *Keys) Hash() graph.Hash { return zkcommit.KeyHash(ID, true, k.verifying) }

// system is the compiled circuit, the same for all.
var system = sync.OnceValues(func() (*cs.R1CS, error) {
	solver.RegisterHint(countHint, bytesHint)
	c, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &runOrder{})
	if err != nil {
		return nil, fmt.Errorf("the circuit does not compile: %w", err)
	}
	r, ok := c.(*cs.R1CS)
	if !ok {
		return nil, errors.New("the circuit was compiled for another curve")
	}
	// The verifier's equation has exactly these inputs and one commitment to
	// secrets alone.
	commitments, ok := r.CommitmentInfo.(constraint.Groth16Commitments)
	if !ok || len(commitments) != 1 || len(commitments[0].PublicAndCommitmentCommitted) != 0 ||
		r.GetNbPublicVariables() != 1+verifier.PublicInputs {
		return nil, errors.New("the circuit has other public inputs or commitments than its verifier")
	}
	return r, nil
})

// Hash names the constraint system: SHA-256 over its constraints, the values of
// their coefficients and what is committed. Keys belong to one constraint system.
func Hash() (string, error) {
	r, err := system()
	if err != nil {
		return "", err
	}
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
	return hex.EncodeToString(h.Sum(nil)), nil
}

// DevelopmentKeys returns the keys kept in dir, and makes them first where there
// are none. Whoever made them could forge proofs, so results under them must say
// so. progress, which may be nil, hears what takes long and what was damaged.
func DevelopmentKeys(dir string, progress func(stage string)) (*Keys, error) {
	return developmentKeys(dir, progress, (*Keys).make)
}

func developmentKeys(dir string, progress func(stage string), fill func(*Keys) error) (*Keys, error) {
	if progress == nil {
		progress = func(string) {}
	}
	r, err := system()
	if err != nil {
		return nil, err
	}
	hash, err := Hash()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "run-order-"+hash[:16]+".keys")
	k := &Keys{system: r}
	err = k.load(path)
	if err == nil {
		return k, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		progress(fmt.Sprintf("the proving keys in %s are unusable (%v): making new ones", path, err))
	}
	progress("making development proving keys, once, which takes a quarter of a minute")
	if err := fill(k); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the proving keys cannot be kept: %w", err)
	}
	if err := k.save(path); err != nil {
		return nil, fmt.Errorf("the proving keys cannot be kept in %s: %w", path, err)
	}
	progress("development proving keys are ready")
	return k, nil
}

func (k *Keys) make() error {
	pk, vk, err := groth16.Setup(k.system)
	if err != nil {
		return fmt.Errorf("the proving keys cannot be made: %w", err)
	}
	v := vk.(*groth16bn254.VerifyingKey)
	key := verifier.Key{Alpha: v.G1.Alpha, Beta: v.G2.Beta, Gamma: v.G2.Gamma, Delta: v.G2.Delta,
		G: v.CommitmentKeys[0].G, SigmaNeg: v.CommitmentKeys[0].GSigmaNeg}
	if copy(key.K[:], v.G1.K) != len(v.G1.K) || len(v.G1.K) != len(key.K) {
		return fmt.Errorf("the verifying key has %d inputs, not %d", len(v.G1.K), len(key.K))
	}
	k.verifying = key.Bytes()
	// No infinity in it, which a parse refuses: every public input has a weight.
	if _, err := verifier.ParseKey(k.verifying); err != nil {
		return err
	}
	k.proving = pk.(*groth16bn254.ProvingKey)
	return nil
}

// A file of keys is the verifying key, the proving key and the SHA-256 of both.

func (k *Keys) save(path string) (err error) {
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

func (k *Keys) load(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if n := info.Size(); n > maxKeys || n < int64(verifier.KeySize+sha256.Size) {
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
	k.verifying = b[:verifier.KeySize:verifier.KeySize]
	if _, err := verifier.ParseKey(k.verifying); err != nil {
		return err
	}
	// The checksum vouches for the points, so that they need no check again.
	k.proving = &groth16bn254.ProvingKey{}
	_, err = k.proving.UnsafeReadFrom(bytes.NewReader(b[verifier.KeySize:]))
	return err
}
