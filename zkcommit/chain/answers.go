package chain

import (
	"context"
	"crypto/ecdsa"
	"math/big"

	"candor/contracts"
	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common"
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
func (c *Client) AnswerTicket(ctx context.Context, t *zkcommit.Ticket, entry []byte, origin string, size uint64, path [][]byte) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.RunLog, c.runLog.PackAnswerTicket(ticket(t), entry, originHash(origin), size, hashes(path)))
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

func ticket(t *zkcommit.Ticket) contracts.RunLogTicket {
	return contracts.RunLogTicket{Nonce: t.Nonce, Node: t.Node, Lane: t.Lane, Seq: t.Seq, AtBlock: t.Block, Time: t.Time, Delay: t.Delay, Signature: t.Signature}
}

// Signer signs what the contracts read, as one account on one chain.
type Signer struct {
	Key     *ecdsa.PrivateKey
	ChainID *big.Int
	At      contracts.Addresses
}

func (s Signer) runLog() zkcommit.Domain {
	return zkcommit.RunLogDomain(s.ChainID.Uint64(), s.At.RunLog)
}

// Checkpoint signs the head of a log, as a second signature beside the log's own,
// which no contract can check at a bearable price.
func (s Signer) Checkpoint(origin string, size uint64, root graph.Hash) ([]byte, error) {
	return zkcommit.Heads{Origin: origin, Domain: s.runLog()}.Sign(s.Key, size, root)
}

// Ranking signs, as a publisher or its worker, the order that the model gave the inputs.
func (s Signer) Ranking(run *zkcommit.Run) ([]byte, error) {
	return s.runLog().Sign(s.Key, zkcommit.StructHash("Ranking(bytes32 plugin,uint32 version,bytes32 commitment,bytes32 inputs,bytes32 order)",
		run.Plugin, number(uint64(run.Version)), run.Commitment, run.Features, run.Ranked))
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
