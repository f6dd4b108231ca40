package relay

import (
	"context"
	"errors"
	"fmt"
	"time"

	"candor/graph"
)

// State says how far an intent came.
type State string

// The states of an intent.
const (
	Mined   State = "mined"   // its event is on the chain, at Result.ID
	Pending State = "pending" // its transaction was sent, and is not mined yet
	Refused State = "refused" // Result.Error says why
)

// Result is what became of one intent.
type Result struct {
	State State          `json:"state"`
	Tx    graph.Hash     `json:"tx,omitzero"`
	ID    graph.Position `json:"id,omitzero"`
	Error string         `json:"error,omitempty"`
	// Again says that the intent is not to blame: the same one may be sent again.
	// It may be on the chain all the same, which its nonce tells.
	Again bool `json:"again,omitempty"`
}

// flight is an author with intents under way: until they have landed, the chain's
// nonce is behind the one that the next intent must carry.
type flight struct {
	next   uint64
	aboard int
}

// parcel is an admitted intent on its way.
type parcel struct {
	SignedIntent
	result Result        // written once, before done is closed
	done   chan struct{} // closed when the intent is mined or refused
	sent   chan graph.Hash
}

// Submit carries intents to the chain and waits until they are mined, the wait is
// over or ctx ends; the results are in their order. Intents of one author must
// come in the order of their nonces. What Submit admitted is carried even when
// ctx ends.
func (r *Relay) Submit(ctx context.Context, intents []SignedIntent) []Result {
	out := make([]Result, len(intents))
	parcels := make([]*parcel, len(intents))
	for i, si := range intents {
		if i >= MaxIntents {
			out[i] = refused(fmt.Errorf("the request has %d intents: send at most %d", len(intents), MaxIntents))
		} else if err := check(si, r.cfg.ChainID, r.cfg.Contract, r.cfg.Development); err != nil {
			out[i] = refused(err)
		} else {
			parcels[i] = &parcel{SignedIntent: si, done: make(chan struct{}), sent: make(chan graph.Hash, 1)}
		}
	}
	admitted := r.admit(ctx, parcels, out)
	if len(admitted) == 0 {
		return out
	}
	timer := time.NewTimer(r.cfg.Wait)
	defer timer.Stop()
	select {
	case r.queue <- admitted:
	case <-timer.C:
		r.land(admitted, errors.New("the relay is busy: send this intent again"))
	case <-r.closing:
		r.land(admitted, errShutdown)
	case <-ctx.Done():
		r.land(admitted, errors.New("the request ended before the relay had time for it: send this intent again"))
	}
	over := false
	for i, p := range parcels {
		if p == nil {
			continue
		}
		if !over {
			select {
			case <-p.done:
			case <-timer.C:
				over = true
			case <-ctx.Done():
				over = true
			case <-r.closing:
				over = true
			}
		}
		out[i] = p.state()
	}
	return out
}

func (p *parcel) state() Result {
	select {
	case <-p.done:
		return p.result
	default:
	}
	select {
	case tx := <-p.sent:
		return Result{State: Pending, Tx: tx}
	default:
		return Result{State: Pending}
	}
}

var errShutdown = errors.New("the relay is shutting down: send this intent again later")

func refused(err error) Result { return Result{State: Refused, Error: err.Error()} }

// unlucky is refused for an intent that is not to blame.
func unlucky(err error) Result { return Result{State: Refused, Error: err.Error(), Again: true} }

// admit takes the parcels whose nonces come next, which are not over their time
// and not over the quota; it clears the others and writes why.
func (r *Relay) admit(ctx context.Context, parcels []*parcel, out []Result) (admitted []*parcel) {
	r.admission.Lock()
	defer r.admission.Unlock()
	var now uint64
	for i, p := range parcels {
		if p == nil {
			continue
		}
		if now == 0 {
			head, err := r.cfg.Chain.HeaderByNumber(ctx, nil)
			if err != nil {
				out[i], parcels[i] = unlucky(fmt.Errorf("the chain does not answer, try again: %w", err)), nil
				continue
			}
			now = max(head.Time+1, uint64(time.Now().Unix())) // the next block is no earlier
		}
		f, err := r.flight(ctx, p.Intent.Author)
		if err != nil {
			out[i], parcels[i] = unlucky(err), nil
			continue
		}
		if err := r.board(f, p.Intent, now); err != nil {
			out[i], parcels[i] = refused(err), nil
			continue
		}
		admitted = append(admitted, p)
	}
	return admitted
}

// flight is the author's, or a new one that begins where the chain is.
func (r *Relay) flight(ctx context.Context, author graph.Address) (*flight, error) {
	if f := r.authors[author]; f != nil {
		return f, nil
	}
	next, err := r.chainNonce(ctx, author)
	return &flight{next: next}, err
}

func (r *Relay) board(f *flight, in graph.Intent, now uint64) error {
	if in.Deadline < now {
		return fmt.Errorf("the intent expired %d s ago: sign it again with a later deadline", now-in.Deadline)
	}
	if in.Nonce < f.next {
		return fmt.Errorf("nonce %d is used already: the author's next is %d", in.Nonce, f.next)
	}
	if in.Nonce > f.next {
		return fmt.Errorf("nonce %d comes too early: the author's next is %d", in.Nonce, f.next)
	}
	if !r.cfg.Quota.TakeIntent(in.Author) {
		return errors.New("this relay carries no more of the author's intents this hour: try later, or call the contract yourself")
	}
	f.next++
	f.aboard++
	r.authors[in.Author] = f
	return nil
}

// land ends the parcels' flights: with err all are refused, else their results are
// written already.
func (r *Relay) land(parcels []*parcel, err error) {
	r.admission.Lock()
	for _, p := range parcels {
		f := r.authors[p.Intent.Author]
		if f.aboard--; f.aboard == 0 {
			delete(r.authors, p.Intent.Author) // the chain knows the nonce again
		}
	}
	r.admission.Unlock()
	for _, p := range parcels {
		if err != nil {
			p.result = unlucky(err)
		}
		close(p.done)
	}
}
