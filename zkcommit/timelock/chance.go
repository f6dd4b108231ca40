package timelock

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"time"

	"candor/graph"
)

// DrawDelay is how many seconds a round must come after a block to be chance for what
// the block holds: more than a slot of Ethereum, so that nobody who makes the block, or
// holds it back, sees the round first.
const DrawDelay = 15

// DrawRound is the round that is chance for what a block of that time (in seconds)
// holds: the first one that comes later than DrawDelay after it. Nobody chooses it.
func (n *Network) DrawRound(seconds uint64) uint64 {
	const far = 1 << 53
	return n.Round(time.Unix(int64(min(seconds, far))+DrawDelay+1, 0))
}

// Chance is the value of a round: the SHA-256 of its signature, which is checked and
// has one spelling, so that a round has one value.
func (n *Network) Chance(round uint64, signature []byte) (value graph.Hash, err error) {
	if err := n.VerifySignature(round, signature); err != nil {
		return value, err
	}
	p := n.scheme.SigGroup.Point()
	if err := p.UnmarshalBinary(signature); err != nil {
		return value, err
	}
	if again, err := p.MarshalBinary(); err != nil || !bytes.Equal(again, signature) {
		return value, fmt.Errorf("the signature of round %d has another spelling than its own", round)
	}
	return sha256.Sum256(signature), nil
}
