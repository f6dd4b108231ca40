package zkcommit

import "candor/graph"

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
	Key     graph.Hash // SHA-256 of the verifying key's canonical bytes
	Bytes   []byte     // of the one length that the version fixes
}
