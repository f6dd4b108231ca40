package zkcommit

import (
	"crypto/ecdsa"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"candor/graph"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

// Permit lets an operator's workers serve one model on one node. The model's publisher
// signs it, so that a node needs to know nothing but the manifest.
type Permit struct {
	Node      graph.Address // on whose broker
	Model     graph.Hash    // its commitment
	Operator  string        // a slug that its publisher gives: one hand
	Expires   uint64        // seconds
	Signature hexutil.Bytes
}

var errPermit = errors.New("this is no permit of a worker")

func (p *Permit) digest() graph.Hash {
	return graph.Keccak([]byte("candor/permit/v1"), p.Node[:], p.Model[:],
		binary.BigEndian.AppendUint64(nil, p.Expires), []byte(p.Operator))
}

// Sign makes it its publisher's.
func (p *Permit) Sign(publisher *ecdsa.PrivateKey) (err error) {
	if !slugForm.MatchString(p.Operator) {
		return fmt.Errorf("the operator %.40q is not a small letter followed by at most 31 small letters, digits or dashes", p.Operator)
	}
	p.Signature, err = sign(publisher, p.digest())
	return err
}

// Check tells whether the publisher signed it, and whether it is good at that time, in seconds.
func (p *Permit) Check(publisher graph.Address, now uint64) error {
	who, err := signer(p.digest(), p.Signature)
	if err != nil {
		return fmt.Errorf("the permit: %w", err)
	}
	switch {
	case !slugForm.MatchString(p.Operator):
		return errPermit
	case who != publisher:
		return fmt.Errorf("the permit is signed by %s, not by the publisher %s", who, publisher)
	case now >= p.Expires:
		return errors.New("the permit has expired: its publisher makes another")
	}
	return nil
}

// User is the name under which its holder comes: MODEL.OPERATOR, in hexadecimal without 0x.
func (p *Permit) User() string { return hex.EncodeToString(p.Model[:]) + "." + p.Operator }

// Password is what its holder shows: EXPIRES.SIGNATURE, the signature in hexadecimal.
func (p *Permit) Password() string {
	return strconv.FormatUint(p.Expires, 10) + "." + hex.EncodeToString(p.Signature)
}

// ParsePermit reads a permit for the node from what its holder shows. Check says whether it counts.
func ParsePermit(node graph.Address, user, password string) (*Permit, error) {
	model, operator, ok := strings.Cut(user, ".")
	expires, sig, ok2 := strings.Cut(password, ".")
	if !ok || !ok2 || len(model) != 64 || len(sig) != 130 || len(expires) > 20 || !slugForm.MatchString(operator) {
		return nil, errPermit
	}
	m, err := hex.DecodeString(model)
	s, err2 := hex.DecodeString(sig)
	until, err3 := strconv.ParseUint(expires, 10, 64)
	if errors.Join(err, err2, err3) != nil {
		return nil, errPermit
	}
	p := &Permit{Node: node, Model: graph.Hash(m), Operator: operator, Expires: until, Signature: s}
	if p.User() != user || p.Password() != password {
		return nil, errPermit // another spelling
	}
	return p, nil
}
