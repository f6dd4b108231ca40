package evm

import (
	"context"
	"sync"
	"time"

	"candor/graph"

	"github.com/ethereum/go-ethereum/rpc"
)

// Wait returns when the head may be another than the one given: after a
// subscription's word where the endpoint has subscriptions, after a look at the
// head otherwise. Errors: ctx ended, or the endpoint failed.
func (s *Source) Wait(ctx context.Context, head graph.Hash) error {
	for {
		e := s.endpoints[s.current.Load()]
		wake, ended := e.heads.subscribe(ctx, e)
		pause := s.cfg.Poll
		if wake != nil {
			// Subscriptions are cut silently by proxies: look now and then all the same.
			pause *= 10
		}
		t := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			t.Stop()
			return ctx.Err()
		case <-wake:
			t.Stop()
			return nil
		case <-ended:
			t.Stop()
		case <-t.C:
		}
		now, err := s.Head(ctx)
		if err != nil || now.Hash != head {
			return err
		}
	}
}

// heads is the subscription to new heads, made when first waited for.
type heads struct {
	mu    sync.Mutex
	sub   *rpc.ClientSubscription
	wake  chan struct{} // holds one word: there was a new head
	ended chan struct{}
	tried time.Time
}

// subscribe gives the running subscription's channels; nil ones when the
// endpoint has none. A new one says at once that there may be a new head.
func (h *heads) subscribe(ctx context.Context, e *endpoint) (wake, ended <-chan struct{}) {
	if e.resting() != nil {
		return nil, nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.sub != nil {
		select {
		case <-h.ended:
			h.sub = nil
		default:
			return h.wake, h.ended
		}
	}
	if time.Since(h.tried) < 5*time.Second {
		return nil, nil
	}
	h.tried = time.Now()
	news := make(chan struct {
		Hash graph.Hash `json:"hash"`
	}, 16)
	ctx, cancel := context.WithTimeout(ctx, e.cfg.Timeout)
	defer cancel()
	c, err := e.connect(ctx)
	if err != nil || !c.SupportsSubscriptions() {
		return nil, nil
	}
	sub, err := c.EthSubscribe(ctx, news, "newHeads")
	if err != nil {
		return nil, nil
	}
	h.sub, h.wake, h.ended = sub, make(chan struct{}, 1), make(chan struct{})
	h.wake <- struct{}{}
	go func(wake, ended chan struct{}) {
		defer close(ended)
		for {
			select {
			case <-sub.Err():
				return
			case <-news:
				select {
				case wake <- struct{}{}:
				default:
				}
			}
		}
	}(h.wake, h.ended)
	return h.wake, h.ended
}

func (h *heads) stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.sub != nil {
		h.sub.Unsubscribe()
		<-h.ended
		h.sub = nil
	}
}
