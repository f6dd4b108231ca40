package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"time"

	"candor/contracts"
	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
)

// Demand is a demand that waits for an answer.
type Demand struct {
	Demander graph.Address
	Deadline uint64 // the last block in which it can be answered
	Passed   bool   // to the model's publisher
}

// Evidence is a call that ends a node's bond. Make one by the functions below.
type Evidence struct {
	Name string
	data []byte
}

// Voucher is how a node vouches for an entry of its log.
type Voucher struct{ call contracts.RunLogVoucher }

// ByReceipt vouches by the node's receipt for a run.
func ByReceipt(r *zkcommit.Receipt) Voucher {
	return Voucher{contracts.RunLogVoucher{Kind: 1, Time: r.Time, MergeDelay: r.MergeDelay, Signature: r.Signature}}
}

// ByAnchor vouches by the path to the root that the node anchored for the size.
func ByAnchor(origin string, size uint64, path [][]byte) Voucher {
	return Voucher{contracts.RunLogVoucher{Kind: 2, OriginHash: originHash(origin), Size: size, Path: hashes(path)}}
}

// ByCheckpoint vouches by the path to a root that the node signed with its account's key.
func ByCheckpoint(origin string, size uint64, root graph.Hash, signature []byte, path [][]byte) Voucher {
	return Voucher{contracts.RunLogVoucher{Kind: 3, OriginHash: originHash(origin), Size: size, Root: root, Signature: signature, Path: hashes(path)}}
}

// TwoHeads is evidence of two roots of one size of a log; a root without a
// signature is the anchored one.
func (c *Client) TwoHeads(node graph.Address, origin string, size uint64, root graph.Hash, sig []byte, other graph.Hash, otherSig []byte) Evidence {
	return Evidence{"two roots of one size", c.runLog.PackProveTwoHeads(node, originHash(origin), size, root, sig, other, otherSig)}
}

// Fork is evidence of two leaves, RFC 6962 leaf hashes, at one index of a log.
func (c *Client) Fork(node graph.Address, origin string, index uint64, leaf graph.Hash, v Voucher, other graph.Hash, w Voucher) Evidence {
	return Evidence{"two leaves at one index", c.runLog.PackProveFork(node, originHash(origin), index, leaf, v.call, other, w.call)}
}

// TwoEntries is evidence of two runs or aborts of one lane and number.
func (c *Client) TwoEntries(entry []byte, v Voucher, other []byte, w Voucher) Evidence {
	return Evidence{"two entries of one number", c.runLog.PackProveTwoEntries(entry, v.call, other, w.call)}
}

// Gap is evidence of a run whose previous entry is not the one before it; previous
// is empty where there is none.
func (c *Client) Gap(run []byte, v Voucher, previous []byte) Evidence {
	return Evidence{"a gap in the sequence", c.runLog.PackProveGap(run, v.call, previous)}
}

// Misplaced is evidence of an entry at another index than its number.
func (c *Client) Misplaced(entry []byte, index uint64, v Voucher) Evidence {
	return Evidence{"an entry at a wrong place", c.runLog.PackProveMisplaced(entry, index, v.call)}
}

// WrongModel is evidence of a run of another model than the one that was active.
func (c *Client) WrongModel(run []byte, v Voucher) Evidence {
	return Evidence{"a run of the wrong model", c.runLog.PackProveWrongModel(run, v.call)}
}

// TwoTickets is evidence of two tickets of one lane and number.
func (c *Client) TwoTickets(a, b *zkcommit.Ticket) Evidence {
	return Evidence{"two tickets of one number", c.runLog.PackProveTwoTickets(ticket(a), ticket(b))}
}

// Submit claims the evidence, waits for the next block, and submits it: so nobody
// who sees it on its way can take its reward.
func (c *Client) Submit(ctx context.Context, e Evidence) error {
	if err := c.claimedCall(ctx, e.data, nil); err != nil {
		return fmt.Errorf("evidence of %s: %w", e.Name, err)
	}
	return nil
}

// DemandInclusion demands that the receipt's run is shown in the node's log. It
// costs the stake, which the node gets for its answer, or the account gets back.
func (c *Client) DemandInclusion(ctx context.Context, r *zkcommit.Receipt) error {
	return c.demand(ctx, c.runLog.PackDemandInclusion(receipt(r)))
}

// DemandProof demands a proof of the statement. To show that the circuit takes the run
// it publishes how many posts are ranked, and nothing else.
func (c *Client) DemandProof(ctx context.Context, r *zkcommit.Receipt, st zkcommit.Statement) error {
	return c.demand(ctx, c.runLog.PackDemandProof(receipt(r), st.Run, uint32(len(st.Ranked)), st.Hidden()))
}

// DemandTicket demands that the ticket's run or abort is shown in the node's log.
func (c *Client) DemandTicket(ctx context.Context, t *zkcommit.Ticket) error {
	return c.demand(ctx, c.runLog.PackDemandTicket(ticket(t)))
}

func receipt(r *zkcommit.Receipt) contracts.RunLogReceipt {
	return contracts.RunLogReceipt{Run: r.Run, Node: r.Node, Lane: r.Lane, Seq: r.Seq, Time: r.Time, MergeDelay: r.MergeDelay, Signature: r.Signature}
}

func (c *Client) demand(ctx context.Context, data []byte) error {
	t, err := read(ctx, c, c.at.RunLog, c.runLog.PackTerms(), c.runLog.UnpackTerms)
	if err != nil {
		return err
	}
	return c.claimedCall(ctx, data, t.Stake)
}

// claimedCall makes a call that the account claimed in an earlier block.
func (c *Client) claimedCall(ctx context.Context, data []byte, value *big.Int) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	t, err := read(ctx, c, c.at.RunLog, c.runLog.PackTerms(), c.runLog.UnpackTerms)
	if err != nil {
		return err
	}
	claim := c.runLog.PackClaim(crypto.Keccak256Hash(address(c.opts.From).Bytes(), crypto.Keccak256(data)))
	if err := c.transact(ctx, c.at.RunLog, claim); err != nil {
		return err
	}
	// The call is tried on the newest block, which must be later than the claim's. A
	// development chain makes blocks for transactions alone, so there it takes another.
	if t.Development {
		if err := c.transact(ctx, c.at.RunLog, claim); err != nil {
			return err
		}
	}
	for {
		err := c.pay(ctx, c.at.RunLog, data, value)
		var refused refusal
		if !errors.As(err, &refused) || refused.name != "ClaimFirst" {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.Join(err, ctx.Err())
		case <-time.After(time.Second):
		}
	}
}

// Waiting is the demand that waits for an answer; known is false when there is none.
// The id is the run's or the ticket's.
func (c *Client) Waiting(ctx context.Context, kind Demanded, id graph.Hash, node graph.Address, lane uint32, seq uint64) (d Demand, known bool, err error) {
	key, err := read(ctx, c, c.at.RunLog, c.runLog.PackDemandKey(uint8(kind), id, node, lane, seq), c.runLog.UnpackDemandKey)
	if err != nil {
		return Demand{}, false, err
	}
	r, err := read(ctx, c, c.at.RunLog, c.runLog.PackDemands(key), c.runLog.UnpackDemands)
	return Demand{Demander: r.Demander, Deadline: r.Deadline, Passed: r.State == 2}, r.State != 0, err
}

// Answered says whether the node answered the demand, in the block from or later. A
// demand that waits no more may as well have cost the node its bond.
func (c *Client) Answered(ctx context.Context, kind Demanded, id graph.Hash, node graph.Address, from uint64) (yes bool, err error) {
	topics := [][]common.Hash{{crypto.Keccak256Hash([]byte("Answered(uint8,bytes32,address)"))},
		{common.BigToHash(big.NewInt(int64(kind)))}, {id}, {common.BytesToHash(node[:])}}
	_, err = c.historyFrom(ctx, from, c.at.RunLog, topics, func(*types.Log) error { yes = true; return nil })
	return yes, err
}

// SlashUnanswered takes the bond of a node that did not answer a demand in time.
func (c *Client) SlashUnanswered(ctx context.Context, kind Demanded, id graph.Hash, node graph.Address, lane uint32, seq uint64) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.RunLog, c.runLog.PackSlashUnanswered(uint8(kind), id, node, lane, seq))
}

// SlashPublisher takes the bond of a publisher that did not prove a run that was
// passed on to it.
func (c *Client) SlashPublisher(ctx context.Context, run []byte) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.RunLog, c.runLog.PackSlashPublisher(run))
}
