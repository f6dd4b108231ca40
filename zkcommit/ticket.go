package zkcommit

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/json"
	"errors"
	"fmt"

	"candor/graph"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

// Ticket is a node's signed promise, before it computes, that the lane's entry of
// this number is a run on this block, or an abort that says why there is none, and
// that it is in the log at the latest Delay seconds after Time.
type Ticket struct {
	Nonce     graph.Hash    `json:"nonce"` // the asker's; zero: none was sent
	Node      graph.Address `json:"node"`
	Lane      uint32        `json:"lane"`
	Seq       uint64        `json:"seq"`
	Block     uint64        `json:"block"`
	Time      uint64        `json:"time"`  // seconds
	Delay     uint32        `json:"delay"` // seconds
	Signature hexutil.Bytes `json:"signature"`
}

// TicketType is the EIP-712 type of a Ticket, as the RunLog contract spells it.
const TicketType = "Ticket(bytes32 nonce,address node,uint32 lane,uint64 seq,uint64 atBlock,uint64 time,uint32 delay)"

// MaxTicket is the most bytes that a ticket's document may have.
const MaxTicket = 4 << 10

// RunLogDomain is what a node's statements are signed for: the RunLog contract.
func RunLogDomain(chainID uint64, contract graph.Address) Domain {
	return Domain{Name: "Candor RunLog", ChainID: chainID, Contract: contract}
}

// ID names the ticket in demands and in aborts: its EIP-712 struct hash.
func (t *Ticket) ID() graph.Hash {
	var node graph.Hash
	copy(node[12:], t.Node[:])
	return StructHash(TicketType, t.Nonce, node, word(uint64(t.Lane)), word(t.Seq), word(t.Block), word(t.Time), word(uint64(t.Delay)))
}

// Due is the second after which the ticket's entry must be in the log.
func (t *Ticket) Due() uint64 { return t.Time + uint64(t.Delay) }

// Sign puts the node's signature on the ticket.
func (t *Ticket) Sign(node *ecdsa.PrivateKey, d Domain) (err error) {
	t.Signature, err = d.Sign(node, t.ID())
	return err
}

// Check tells whether the ticket is its node's, for the contract of the domain, and
// falls due.
func (t *Ticket) Check(d Domain) error {
	who, err := d.Signer(t.ID(), t.Signature)
	switch {
	case err != nil:
		return fmt.Errorf("the ticket: %w", err)
	case who != t.Node || t.Node == (graph.Address{}):
		return fmt.Errorf("the ticket is signed by %s, not by node %s: it is another's, or of another chain or RunLog contract", who, t.Node)
	case t.Delay > MaxMergeDelay || t.Time > 1<<62:
		return fmt.Errorf("the ticket promises a log entry within %d seconds of second %d, and a promise is for %d at most", t.Delay, t.Time, MaxMergeDelay)
	}
	return nil
}

// Encode writes the ticket in its canonical form.
func (t *Ticket) Encode() ([]byte, error) { return canonicalJSON(t) }

// ParseTicket reads a ticket in its one spelling; white space between its keys is free.
func ParseTicket(doc []byte) (*Ticket, error) {
	if len(doc) > MaxTicket {
		return nil, fmt.Errorf("this is no ticket: it has %d bytes, a ticket has at most %d", len(doc), MaxTicket)
	}
	var t Ticket
	if err := strictJSON(doc, &t); err != nil {
		return nil, fmt.Errorf("this is no ticket: %w", err)
	}
	again, err := t.Encode()
	if err != nil {
		return nil, err
	}
	var flat bytes.Buffer
	if err := json.Compact(&flat, doc); err != nil {
		return nil, err
	}
	if !bytes.Equal(flat.Bytes(), again) {
		return nil, errors.New("the ticket is not in canonical form: keys are missing, repeated or out of order, or a number or hex has a second spelling")
	}
	return &t, nil
}

// Ends says why the entry does not end the ticket; nil when it does.
func (t *Ticket) Ends(entry []byte) error {
	run, abort, err := ParseEntry(entry)
	switch {
	case err != nil:
		return err
	case run != nil && (run.Node != t.Node || run.Lane != t.Lane || run.Seq != t.Seq):
		return errors.New("the run has another number than the ticket")
	case run != nil && run.Block != t.Block:
		return fmt.Errorf("the run was made on block %d, and the ticket is for block %d", run.Block, t.Block)
	case abort != nil && (abort.Node != t.Node || abort.Lane != t.Lane || abort.Seq != t.Seq || abort.Ticket != t.ID()):
		return errors.New("the abort is of another ticket")
	}
	return nil
}
