package relay

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"strings"
	"time"

	"candor/contracts"
	"candor/graph"
	"candor/internal/crashpoint"

	"github.com/ethereum/go-ethereum/core/types"
)

const (
	// maxInFlight is how many transactions wait to be mined at once: what comes
	// meanwhile shares the next one.
	maxInFlight = 8
	// maxTxBytes keeps a transaction under the 128 KiB that pools take.
	maxTxBytes = 120 << 10
	// maxTxGas is below EIP-7825's 2^24.
	maxTxGas = 16_000_000
	// gasPerIntent is more than an intent takes beside its calldata. The dearest is
	// an author's first follow: two new slots (44,200), the signature, the event.
	gasPerIntent = 75_000
	// gasPerTx is a transaction's own 21,000 and the contract's entry.
	gasPerTx = 30_000
	// patience is how long a sent transaction may take before its intents count as lost.
	patience = 2 * time.Minute
)

// send makes transactions of what is queued until ctx ends.
func (r *Relay) send(ctx context.Context) {
	var waiting []*parcel
	defer func() { r.abandon(waiting) }()
	s := &account{relay: r}
	for {
		if len(waiting) == 0 {
			select {
			case <-ctx.Done():
				return
			case more := <-r.queue:
				waiting = more
			}
		}
		select {
		case <-ctx.Done():
			return
		case r.slots <- struct{}{}:
		}
		waiting = r.drain(waiting, MaxIntents)
		load := pack(waiting)
		waiting = waiting[len(load):]
		tx, err := s.send(ctx, load)
		if err != nil {
			<-r.slots
			r.land(load, r.untaken(err))
			continue
		}
		for _, p := range load {
			p.sent <- tx.Hash()
		}
		r.work.Go(func() {
			r.watch(ctx, tx.Hash(), load)
			<-r.slots
		})
	}
}

// untaken says why the chain did not take a transaction. An account that has run dry
// is for the operator to fill: readers cannot, and need not know more.
func (r *Relay) untaken(err error) error {
	if !strings.Contains(strings.ToLower(err.Error()), "insufficient funds") {
		return fmt.Errorf("the chain did not take the transaction, send this intent again: %w", err)
	}
	r.cfg.Log.Error("the relay's account has too little left to pay for intents: send it funds", "account", r.from, "err", err)
	return fmt.Errorf("the relay's account %s has run out of funds: ask this node's operator to fill it, or call the contract yourself", r.from)
}

// drain takes from the queue until so many wait: what no transaction has room for
// stays there, so that a full queue says that the relay is busy.
func (r *Relay) drain(waiting []*parcel, enough int) []*parcel {
	for len(waiting) < enough {
		select {
		case p := <-r.queue:
			waiting = append(waiting, p...)
		default:
			return waiting
		}
	}
	return waiting
}

func (r *Relay) abandon(waiting []*parcel) {
	r.land(r.drain(waiting, math.MaxInt), errShutdown)
}

// pack takes from the front what one transaction holds, at least one parcel.
func pack(waiting []*parcel) []*parcel {
	size, gas := 1024, uint64(gasPerTx)
	for i, p := range waiting {
		n := calldataSize(p.SignedIntent)
		size += n
		gas += gasPerIntent + uint64(n)*16
		if i > 0 && (size > maxTxBytes || gas > maxTxGas) {
			return waiting[:i]
		}
	}
	return waiting
}

// calldataSize is how many bytes of ABI encoding an intent and its signature take.
func calldataSize(si SignedIntent) int {
	words := 1 + 13 + 1 + 1 + 3 // offset, fields; the signature's offset, length and words
	for _, b := range [][]byte{si.Intent.CID, si.Intent.SubjectCID, si.Intent.QuoteCID} {
		words += 1 + (len(b)+31)/32
	}
	return 32 * words
}

// gasLimit is what a transaction with this calldata may use: its price by the
// schedule, or the floor of EIP-7623 where that is more.
func gasLimit(data []byte, intents int) uint64 {
	tokens := uint64(0)
	for _, b := range data {
		tokens++
		if b != 0 {
			tokens += 3
		}
	}
	return max(gasPerTx+4*tokens+gasPerIntent*uint64(intents), gasPerTx+10*tokens)
}

// account keeps the nonce of the relay's own account; one goroutine uses it.
type account struct {
	relay *Relay
	next  uint64
	known bool
}

func (a *account) send(ctx context.Context, load []*parcel) (*types.Transaction, error) {
	tx, err := a.try(ctx, load)
	if err != nil && ctx.Err() == nil {
		// The nonce may be behind, after a transaction was lost: ask for it once more.
		a.known = false
		tx, err = a.try(ctx, load)
	}
	if err != nil {
		a.known = false
		return nil, err
	}
	a.next++
	return tx, nil
}

func (a *account) try(ctx context.Context, load []*parcel) (*types.Transaction, error) {
	r := a.relay
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if !a.known {
		next, err := r.cfg.Chain.PendingNonceAt(ctx, r.from)
		if err != nil {
			return nil, err
		}
		a.next, a.known = next, true
	}
	head, err := r.cfg.Chain.HeaderByNumber(ctx, nil)
	if err != nil {
		return nil, err
	}
	feeCap := new(big.Int).Set(r.cfg.Tip)
	if head.BaseFee != nil {
		feeCap.Add(feeCap, new(big.Int).Lsh(head.BaseFee, 1))
	}
	data, err := r.calldata(load)
	if err != nil {
		return nil, err
	}
	tx, err := types.SignNewTx(r.cfg.Key, r.signer, &types.DynamicFeeTx{
		ChainID: r.cfg.ChainID, Nonce: a.next, To: &r.cfg.Contract, Data: data,
		Gas:       min(gasLimit(data, len(load)), head.GasLimit),
		GasTipCap: r.cfg.Tip, GasFeeCap: feeCap,
	})
	if err != nil {
		return nil, err
	}
	crashpoint.Here("relay.intents.before-send")
	if err := r.cfg.Chain.SendTransaction(ctx, tx); err != nil && !strings.Contains(err.Error(), "already known") {
		return nil, err
	}
	crashpoint.Here("relay.intents.after-send")
	return tx, nil
}

func (r *Relay) calldata(load []*parcel) ([]byte, error) {
	intents, signatures := make([]contracts.SocialGraphIntent, len(load)), make([][]byte, len(load))
	for i, p := range load {
		intents[i], signatures[i] = contractIntent(p.Intent), p.Signature
	}
	return r.abi.TryPackSubmit(intents, signatures)
}

func contractIntent(in graph.Intent) contracts.SocialGraphIntent {
	return contracts.SocialGraphIntent{
		Author: in.Author, Action: uint8(in.Action), Nonce: in.Nonce, Deadline: in.Deadline, Time: in.Time,
		Target: in.Target, Cid: in.CID, Subject: in.Subject.Bytes(), SubjectCid: in.SubjectCID,
		Quote: in.Quote.Bytes(), QuoteCid: in.QuoteCID, Reaction: uint8(in.Reaction), Imported: in.Imported,
	}
}

// watch waits for the receipt and lands the load.
func (r *Relay) watch(ctx context.Context, tx graph.Hash, load []*parcel) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	receipt, err := contracts.Mined(ctx, r.cfg.Chain, tx)
	if err != nil {
		r.land(load, fmt.Errorf("the relay stopped waiting for transaction %s: ask for your nonce, then send what is not on the chain", tx))
		return
	}
	r.land(load, r.read(receipt, load))
}

// read writes the load's results from the receipt: the contract emits one log for
// each intent, in their order.
func (r *Relay) read(receipt *types.Receipt, load []*parcel) error {
	tx := receipt.TxHash
	if receipt.Status != types.ReceiptStatusSuccessful {
		return fmt.Errorf("transaction %s was reverted: send this intent again", tx)
	}
	var logs []*types.Log
	for _, l := range receipt.Logs {
		if l.Address == r.cfg.Contract {
			logs = append(logs, l)
		}
	}
	if len(logs) != len(load) {
		return fmt.Errorf("transaction %s has %d events for %d intents: is %s a SocialGraph?", tx, len(logs), len(load), r.cfg.Contract)
	}
	for i, l := range logs {
		if no, err := r.abi.UnpackIntentRefusedEvent(l); err == nil {
			load[i].result = Result{State: Refused, Tx: tx, Error: refusal(no.Reason, load[i].Intent.Action)}
			continue
		}
		load[i].result = Result{State: Mined, Tx: tx,
			ID: graph.Position{Block: l.BlockNumber, Tx: uint32(l.TxIndex), Log: uint32(l.Index)}}
	}
	return nil
}

func refusal(reason uint8, action graph.Action) string {
	switch reason {
	case 1:
		return "the contract refused the signature: sign the intent as it is sent"
	case 2:
		return "the contract refused the nonce: ask for the author's next one and sign again"
	case 3:
		return "the intent expired before it was mined: sign it again with a later deadline"
	case 4:
		switch action {
		case graph.ActFollow:
			return "the author follows the target already or asked to, the target takes no followers, or one blocks the other; the nonce is used up"
		case graph.ActUnfollow:
			return "the author does not follow the target, nor asked to; the nonce is used up"
		case graph.ActApprove:
			return "the target did not ask to follow the author; the nonce is used up"
		}
		return fmt.Sprintf("the contract refused this %s; the nonce is used up", action)
	}
	return fmt.Sprintf("the contract refused the intent for reason %d", reason)
}
