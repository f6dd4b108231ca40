package zkcommit

import (
	"crypto/ecdsa"
	"encoding/binary"
	"errors"
	"fmt"

	"candor/graph"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

// Receipt is a node's signed promise that a run is in its log, at the latest
// MergeDelay seconds after Time. With it, a reader can show that a run was left out.
type Receipt struct {
	Run        graph.Hash    `json:"run"`
	Node       graph.Address `json:"node"`
	Lane       uint32        `json:"lane"`
	Seq        uint64        `json:"seq"`
	Time       uint64        `json:"time"`       // seconds
	MergeDelay uint32        `json:"mergeDelay"` // seconds
	Signature  hexutil.Bytes `json:"signature"`
}

// MaxMergeDelay is the longest merge delay, a day: a promise for later promises nothing.
const MaxMergeDelay = 24 * 3600

func (r *Receipt) digest() graph.Hash {
	b := []byte("candor/receipt/v1")
	b = append(b, r.Run[:]...)
	b = append(b, r.Node[:]...)
	b = binary.BigEndian.AppendUint32(b, r.Lane)
	b = binary.BigEndian.AppendUint64(b, r.Seq)
	b = binary.BigEndian.AppendUint64(b, r.Time)
	return graph.Keccak(binary.BigEndian.AppendUint32(b, r.MergeDelay))
}

// Sign puts the node's signature on the receipt.
func (r *Receipt) Sign(node *ecdsa.PrivateKey) (err error) {
	r.Signature, err = sign(node, r.digest())
	return err
}

// Check tells whether the receipt is the node's, for this run.
func (r *Receipt) Check(id graph.Hash, run *Run) error {
	if r.Run != id || r.Node != run.Node || r.Lane != run.Lane || r.Seq != run.Seq {
		return fmt.Errorf("the receipt is for another run than %s", id)
	}
	if r.Time/60*60 != run.Time {
		// A later time would put off the moment from which the node must have logged it.
		return errors.New("the receipt and the run are not of the same minute")
	}
	if r.MergeDelay > MaxMergeDelay {
		return fmt.Errorf("the receipt promises a log entry within %d seconds, and a promise is for %d at most", r.MergeDelay, MaxMergeDelay)
	}
	return r.Signed()
}

// Signed tells whether the receipt is its node's, whatever it promises.
func (r *Receipt) Signed() error {
	who, err := signer(r.digest(), r.Signature)
	if err != nil {
		return fmt.Errorf("the receipt: %w", err)
	}
	if who != r.Node || who == (graph.Address{}) {
		return fmt.Errorf("the receipt is signed by %s, not by node %s", who, r.Node)
	}
	return nil
}
