package chain

import (
	"context"
	"crypto/ecdsa"
	"encoding/binary"
	"math/big"

	"candor/contracts"
	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
)

// Demanded is what a node must answer for. The numbers are the contract's.
type Demanded uint8

// The kinds of demands.
const (
	Inclusion Demanded = 1 // show the run in an anchored log
	Proof     Demanded = 2 // prove its order
	TicketEnd Demanded = 3 // show the run or the abort that a ticket promised
)

// Bond is what a node answers with.
type Bond struct {
	Amount   *big.Int // wei
	LeavesAt uint64   // seconds from which it may be withdrawn; 0: no notice was given
	Open     uint32   // demands that wait for an answer
	Fallen   bool     // it contradicted itself: this address is done
}

// Bond reads a node's bond.
func (c *Client) Bond(ctx context.Context, node graph.Address) (Bond, error) {
	r, err := read(ctx, c, c.at.RunLog, c.runLog.PackBonds(node), c.runLog.UnpackBonds)
	return Bond{Amount: r.Amount, LeavesAt: r.LeavesAt, Open: r.Open, Fallen: r.Fallen}, err
}

// EnsureBond raises the account's bond as a node to the amount; a notice to
// withdraw it ends.
func (c *Client) EnsureBond(ctx context.Context, amount *big.Int) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	b, err := c.Bond(ctx, c.opts.From)
	if err != nil || b.LeavesAt == 0 && b.Amount.Cmp(amount) >= 0 {
		return err
	}
	more := new(big.Int).Sub(amount, b.Amount)
	if more.Sign() < 0 {
		more.SetInt64(0)
	}
	return c.pay(ctx, c.at.RunLog, c.runLog.PackDeposit(), more)
}

// GiveNotice says that the account stops as a node and takes its bond later.
func (c *Client) GiveNotice(ctx context.Context) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.RunLog, c.runLog.PackGiveNotice())
}

// WithdrawNodeBond takes the account's bond after its notice.
func (c *Client) WithdrawNodeBond(ctx context.Context) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.RunLog, c.runLog.PackWithdraw())
}

// Owed is what the account may collect from the contracts.
func (c *Client) Owed(ctx context.Context, who graph.Address) (*big.Int, error) {
	a, err := read(ctx, c, c.at.RunLog, c.runLog.PackCredits(who), c.runLog.UnpackCredits)
	if err != nil {
		return nil, err
	}
	b, err := read(ctx, c, c.at.Registry, c.registry.PackCredits(who), c.registry.UnpackCredits)
	if err != nil {
		return nil, err
	}
	return a.Add(a, b), nil
}

// Collect takes all that the account is owed.
func (c *Client) Collect(ctx context.Context) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	// The two contracts share the way in which they say what they owe.
	for _, at := range []graph.Address{c.at.RunLog, c.at.Registry} {
		owed, err := read(ctx, c, at, c.runLog.PackCredits(c.opts.From), c.runLog.UnpackCredits)
		if err == nil && owed.Sign() > 0 {
			err = c.transact(ctx, at, c.runLog.PackCollect())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// AnswerInclusion shows a demanded run in a tree of the log with this origin that
// its node anchored at the size.
func (c *Client) AnswerInclusion(ctx context.Context, run []byte, origin string, size uint64, path [][]byte) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.RunLog, c.runLog.PackAnswerInclusion(run, originHash(origin), size, hashes(path)))
}

// AnswerForeign shows that a demanded run was made for another chain.
func (c *Client) AnswerForeign(ctx context.Context, run []byte) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.RunLog, c.runLog.PackAnswerForeign(run))
}

// AnswerTicket shows the run or the abort of a demanded ticket in an anchored tree.
func (c *Client) AnswerTicket(ctx context.Context, t Ticket, entry []byte, origin string, size uint64, path [][]byte) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.RunLog, c.runLog.PackAnswerTicket(t.call(), entry, originHash(origin), size, hashes(path)))
}

// ProveRun settles a demand for a run's proof.
func (c *Client) ProveRun(ctx context.Context, run []byte, p Groth16) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.RunLog, c.runLog.PackProveRun(run, p.Key, p.Numbers))
}

// PassOn passes a demand for a run's proof on to the publisher whose worker signed
// the order, with the signature of SignRanking.
func (c *Client) PassOn(ctx context.Context, run, signature []byte) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.RunLog, c.runLog.PackPassOn(run, signature))
}

// Ticket is a node's signed promise, before it computes, that a run or an abort follows.
type Ticket struct {
	Nonce     graph.Hash    `json:"nonce"` // the asker's
	Node      graph.Address `json:"node"`
	Lane      uint32        `json:"lane"`
	Seq       uint64        `json:"seq"`
	Block     uint64        `json:"block"`
	Time      uint64        `json:"time"`  // seconds
	Delay     uint32        `json:"delay"` // seconds until its end is in the log
	Signature hexutil.Bytes `json:"signature"`
}

func (t Ticket) call() contracts.RunLogTicket {
	return contracts.RunLogTicket{Nonce: t.Nonce, Node: t.Node, Lane: t.Lane, Seq: t.Seq, AtBlock: t.Block, Time: t.Time, Delay: t.Delay, Signature: t.Signature}
}

// ID names the ticket in demands and in aborts.
func (t Ticket) ID() graph.Hash {
	return statement("Ticket(bytes32 nonce,address node,uint32 lane,uint64 seq,uint64 atBlock,uint64 time,uint32 delay)",
		t.Nonce, address(t.Node), number(uint64(t.Lane)), number(t.Seq), number(t.Block), number(t.Time), number(uint64(t.Delay)))
}

// Abort are the bytes with which a ticket ends in the log when no run came of it,
// behind the lane's previous entry.
func (t Ticket) Abort(chainID uint64, registry graph.Address, previous graph.Hash, reason byte) []byte {
	b := binary.BigEndian.AppendUint64([]byte("candor/abort/v1\x00"), chainID)
	b = append(append(b, registry[:]...), t.Node[:]...)
	b = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(b, t.Lane), t.Seq)
	id := t.ID()
	return append(append(append(b, previous[:]...), id[:]...), reason)
}

// Signer signs what the contracts read, as one account on one chain.
type Signer struct {
	Key     *ecdsa.PrivateKey
	ChainID *big.Int
	At      contracts.Addresses
}

// Checkpoint signs the head of a log, as a second signature beside the log's own,
// which no contract can check at a bearable price.
func (s Signer) Checkpoint(origin string, size uint64, root graph.Hash) ([]byte, error) {
	return s.sign("Candor RunLog", s.At.RunLog, statement("Checkpoint(bytes32 originHash,uint64 size,bytes32 root)", originHash(origin), number(size), root))
}

// Ticket signs the ticket.
func (s Signer) Ticket(t *Ticket) (err error) {
	t.Signature, err = s.sign("Candor RunLog", s.At.RunLog, t.ID())
	return err
}

// Ranking signs, as a publisher or its worker, the order that the model gave the inputs.
func (s Signer) Ranking(run *zkcommit.Run) ([]byte, error) {
	return s.sign("Candor RunLog", s.At.RunLog, statement("Ranking(bytes32 plugin,uint32 version,bytes32 commitment,bytes32 inputs,bytes32 order)",
		run.Plugin, number(uint64(run.Version)), run.Commitment, run.Features, run.Ranked))
}

// Custody signs, as a node, that it holds the ciphertext of a model to be committed.
func (s Signer) Custody(m Model, ciphertext []byte) (Custody, error) {
	sig, err := s.sign("Candor Registry", s.At.Registry, statement("Custody(bytes32 plugin,bytes32 commitment,bytes32 ciphertext,uint64 revealBy)",
		m.Plugin, m.Commitment, crypto.Keccak256Hash(ciphertext), number(m.RevealBy)))
	return Custody{Node: crypto.PubkeyToAddress(s.Key.PublicKey), Signature: sig}, err
}

// sign makes an EIP-712 signature, r ‖ s ‖ v with v 27 or 28.
func (s Signer) sign(name string, contract graph.Address, statement graph.Hash) ([]byte, error) {
	domain := crypto.Keccak256(crypto.Keccak256([]byte("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")),
		crypto.Keccak256([]byte(name)), crypto.Keccak256([]byte("1")), common.LeftPadBytes(s.ChainID.Bytes(), 32), common.LeftPadBytes(contract[:], 32))
	sig, err := crypto.Sign(crypto.Keccak256([]byte("\x19\x01"), domain, statement[:]), s.Key)
	if err != nil {
		return nil, err
	}
	sig[64] += 27
	return sig, nil
}

// statement hashes an EIP-712 struct whose fields are one word each.
func statement(typ string, words ...graph.Hash) graph.Hash {
	b := crypto.Keccak256([]byte(typ))
	for _, w := range words {
		b = append(b, w[:]...)
	}
	return crypto.Keccak256Hash(b)
}

func number(v uint64) graph.Hash         { return common.BigToHash(new(big.Int).SetUint64(v)) }
func address(a graph.Address) graph.Hash { return common.BytesToHash(a[:]) }

func hashes(path [][]byte) [][32]byte {
	out := make([][32]byte, len(path))
	for i, h := range path {
		copy(out[i][:], h)
	}
	return out
}
