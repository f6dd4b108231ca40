package zkcommit

import (
	"bytes"
	"errors"
	"fmt"

	"candor/graph"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

// Kinds and versions of proofs. A version fixes statement, proof system and
// encoding; the kind says what is proved.
const (
	RunProof     = "candor/sumcheck/v1"       // every run's; it rests on its model's Registration
	DigestProof  = "candor/digest-groth16/v1" // the dispute proof, which a contract can check
	KindRunOrder = "run-order"                // the committed model ranks these rows in this order
)

// Proof is a proof as it is kept and sent.
type Proof struct {
	Version string     // RunProof or DigestProof
	Kind    string     // KindRunOrder
	Key     graph.Hash // KeyHash of the verifying key; zero for a run proof, which needs none
	Bytes   []byte     // at most MaxProof(Version) of them
}

// MaxProof is the most bytes that a proof of the version has; zero for a version
// that is unknown.
func MaxProof(version string) int {
	switch version {
	case RunProof:
		return 512 << 10
	case DigestProof:
		return 192
	}
	return 0
}

// check refuses what is no proof of a known version, whatever it is about.
func (p *Proof) check() error {
	limit := MaxProof(p.Version)
	switch {
	case limit == 0:
		return fmt.Errorf("a proof of version %.40q is unknown: it is %q or %q", p.Version, RunProof, DigestProof)
	case len(p.Bytes) == 0 || len(p.Bytes) > limit:
		return fmt.Errorf("a proof of version %s has 1 to %d bytes, not %d", p.Version, limit, len(p.Bytes))
	case p.Kind != KindRunOrder:
		return fmt.Errorf("the proof is of kind %.40q, not %q", p.Kind, KindRunOrder)
	case (p.Version == RunProof) != (p.Key == graph.Hash{}):
		return errors.New("a run proof names no verifying key, and a dispute proof one")
	}
	return nil
}

const proofMagic = "candor/proof/v1\x00"

// Encode is the form in which a ledger keeps the proof: a 16-byte magic, version
// and kind, each behind its length in one byte, the key's hash, the proof's bytes.
func (p *Proof) Encode() ([]byte, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	b := make([]byte, 0, len(proofMagic)+2+len(p.Version)+len(p.Kind)+len(p.Key)+len(p.Bytes))
	b = append(b, proofMagic...)
	b = append(append(b, byte(len(p.Version))), p.Version...)
	b = append(append(b, byte(len(p.Kind))), p.Kind...)
	b = append(b, p.Key[:]...)
	return append(b, p.Bytes...), nil
}

// ParseProof reads what Encode wrote, and the JSON in which ledgers kept dispute
// proofs before. The version's limit holds before anything is copied.
func ParseProof(b []byte) (*Proof, error) {
	if len(b) > 0 && b[0] == '{' {
		return parseOldProof(b)
	}
	rest, ok := bytes.CutPrefix(b, []byte(proofMagic))
	if !ok {
		return nil, errors.New("this is no proof: it has another beginning")
	}
	short := func() (s string) {
		if len(rest) == 0 || len(rest) < 1+int(rest[0]) {
			rest, ok = nil, false
			return ""
		}
		end := 1 + int(rest[0])
		s, rest = string(rest[1:end]), rest[end:]
		return s
	}
	p := &Proof{Version: short(), Kind: short()}
	if !ok || len(rest) < len(p.Key) {
		return nil, errors.New("this is no proof: it is cut off")
	}
	rest = rest[copy(p.Key[:], rest):]
	p.Bytes = rest
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("this is no proof: %w", err)
	}
	p.Bytes = bytes.Clone(rest)
	return p, nil
}

func parseOldProof(b []byte) (*Proof, error) {
	var p struct {
		Version string        `json:"version"`
		Kind    string        `json:"kind"`
		Key     graph.Hash    `json:"key"`
		Bytes   hexutil.Bytes `json:"bytes"`
	}
	if len(b) > 1<<10 {
		return nil, fmt.Errorf("this is no proof: it has %d bytes, those of its form had at most %d", len(b), 1<<10)
	}
	if err := strictJSON(b, &p); err != nil {
		return nil, fmt.Errorf("this is no proof: %w", err)
	}
	out := &Proof{Version: p.Version, Kind: p.Kind, Key: p.Key, Bytes: p.Bytes}
	if p.Version != DigestProof {
		return nil, errors.New("this is no proof: only dispute proofs were kept in this form")
	}
	return out, out.check()
}
