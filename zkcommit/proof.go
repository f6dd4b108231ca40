package zkcommit

import (
	"fmt"

	"candor/graph"
)

// Kinds and versions of proofs. A version fixes statement, circuit family and
// encoding; the kind says what is proved.
const (
	DigestProof  = "candor/digest-groth16/v1"
	KindRunOrder = "run-order" // the committed model ranks these rows in this order
)

// Proof is a proof as it is kept and sent.
type Proof struct {
	Version string     // DigestProof
	Kind    string     // KindRunOrder
	Key     graph.Hash // KeyHash of the verifying key
	Bytes   []byte     // of the one length that the version fixes
}

// maxProof is the most bytes that an encoded proof may have.
const maxProof = 4 << 10

// Encode is the form in which a ledger keeps the proof: JSON with the keys that
// a bundle has.
func (p *Proof) Encode() ([]byte, error) {
	return canonicalJSON(BundleProof{Version: p.Version, Kind: p.Kind, Key: p.Key, Bytes: p.Bytes})
}

// ParseProof reads what Encode wrote.
func ParseProof(b []byte) (*Proof, error) {
	var p BundleProof
	if len(b) > maxProof {
		return nil, fmt.Errorf("this is no proof: it has %d bytes, a proof at most %d", len(b), maxProof)
	}
	if err := strictJSON(b, &p); err != nil {
		return nil, fmt.Errorf("this is no proof: %w", err)
	}
	return &Proof{Version: p.Version, Kind: p.Kind, Key: p.Key, Bytes: p.Bytes}, nil
}
