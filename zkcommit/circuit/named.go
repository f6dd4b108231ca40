package circuit

import (
	"fmt"
	"regexp"
	"strconv"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/circuit/verifier"

	"github.com/consensys/gnark/backend/groth16"
	groth16bn254 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// Named is a circuit that keys are made for.
type Named struct {
	verifier.Circuit
	System *cs.R1CS
}

// registrationName is the name of a registration circuit: widths tell circuits
// apart, shifts do not.
var registrationName = regexp.MustCompile(`^registration-([1-9]\d{0,2})x([1-9]\d{0,2})(?:x([1-9]\d{0,2}))?x1/v1$`)

// ByName compiles the circuit that the chain's key table knows by the name.
func ByName(name string) (*Named, error) {
	if name == ID {
		r, err := digestSystem()
		return &Named{verifier.Digest, r}, err
	}
	m := registrationName.FindStringSubmatch(name)
	if m == nil {
		return nil, fmt.Errorf("there is no circuit %q: name %s, or registration-WxHx1/v1 with a model's widths", name, ID)
	}
	var w [3]int
	for i := range w {
		w[i], _ = strconv.Atoi(m[i+1]) // the third may be none
	}
	// The largest shifts: no sum takes too many values.
	s := zkcommit.Shape{Inputs: w[0], Hidden: [2]int{w[1], w[2]}, Shift: [2]uint{zkcommit.MaxShift}}
	if w[2] != 0 {
		s.Shift[1] = zkcommit.MaxShift
	}
	r, err := registrationSystem(s)
	if err != nil {
		return nil, err
	}
	return &Named{verifier.Registration(s), r}, nil
}

// Hash names the constraint system: SHA-256 over its constraints, the values of
// their coefficients and what is committed. Keys belong to one constraint system.
func (n *Named) Hash() string { return hashOf(n.System) }

// Encode is the verifying key's canonical bytes, and the name that it has in the
// chain's key table when a ceremony has made it.
func (n *Named) Encode(k groth16.VerifyingKey) ([]byte, graph.Hash, error) {
	v, ok := k.(*groth16bn254.VerifyingKey)
	if !ok {
		return nil, graph.Hash{}, fmt.Errorf("the verifying key is for another curve")
	}
	b, err := encodeKey(n.Circuit, v)
	if err != nil {
		return nil, graph.Hash{}, err
	}
	return b, zkcommit.KeyHash(n.ID, false, b), nil
}

// Save writes both keys to a file that a node reads.
func (n *Named) Save(path string, proving groth16.ProvingKey, verifying []byte) error {
	p, ok := proving.(*groth16bn254.ProvingKey)
	if !ok {
		return fmt.Errorf("the proving key is for another curve")
	}
	return (&keyPair{circuit: n.Circuit, system: n.System, proving: p, verifying: verifying}).save(path)
}

// encodeKey writes gnark's key in the form that our verifier reads.
func encodeKey(c verifier.Circuit, v *groth16bn254.VerifyingKey) ([]byte, error) {
	if len(v.G1.K) != 1+c.Inputs+1 || len(v.CommitmentKeys) != 1 {
		return nil, fmt.Errorf("the verifying key has %d inputs, not %d", len(v.G1.K), 1+c.Inputs+1)
	}
	key := verifier.Key{Circuit: c, Alpha: v.G1.Alpha, Beta: v.G2.Beta, Gamma: v.G2.Gamma, Delta: v.G2.Delta, K: v.G1.K,
		G: v.CommitmentKeys[0].G, SigmaNeg: v.CommitmentKeys[0].GSigmaNeg}
	b := key.Bytes()
	// No infinity in it, which a parse refuses: every public input has a weight.
	_, err := c.ParseKey(b)
	return b, err
}
