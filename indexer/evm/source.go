package evm

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"candor/graph"
	"candor/indexer"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"
)

const (
	headerBatch  = 256  // headers in one request, at most
	receiptBatch = 16   // blocks' receipts in one request, at most
	enoughEvents = 8192 // events after which Blocks stops
	lagSlack     = 3    // blocks that an endpoint may be behind another and stay preferred
)

// Config says which contract is read, and how eagerly. Zero means the default.
type Config struct {
	Contract graph.Address // SocialGraph
	Genesis  graph.Hash    // of the chain that is meant; zero takes any
	ChainID  uint64        // of the chain that is meant; zero takes any
	Poll     time.Duration // pause between looks at the head; 200 ms; brought into 50 to 500 ms
	Log      *slog.Logger

	Timeout   time.Duration // of one request; 20 s
	Pause     time.Duration // after an endpoint's first failure, doubled at each further one up to 300 of them; 100 ms
	Distrust  time.Duration // after an endpoint's first lie, doubled at each further one up to 60 of them; 1 min
	Survey    time.Duration // how often the heads of the other endpoints are looked at; 5 s
	MaxAnswer int64         // bytes of one answer that are read; 64 MiB
}

func (cfg *Config) fill() error {
	set := func(d *time.Duration, otherwise time.Duration) {
		if *d == 0 {
			*d = otherwise
		}
	}
	set(&cfg.Poll, 200*time.Millisecond)
	set(&cfg.Timeout, 20*time.Second)
	set(&cfg.Pause, 100*time.Millisecond)
	set(&cfg.Distrust, time.Minute)
	set(&cfg.Survey, 5*time.Second)
	cfg.Poll = min(max(cfg.Poll, 50*time.Millisecond), 500*time.Millisecond)
	if cfg.MaxAnswer == 0 {
		cfg.MaxAnswer = 64 << 20
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Contract == (graph.Address{}) {
		return errors.New("no contract is named: give the address of SocialGraph")
	}
	return nil
}

// Source reads one contract over one or more endpoints. Its methods may be called
// from any goroutine, but Wait from one at a time.
type Source struct {
	cfg       Config
	decode    *decoder
	endpoints []*endpoint

	current   atomic.Int64 // the endpoint that is asked first
	mu        sync.Mutex
	surveyed  time.Time
	surveying sync.WaitGroup
	open      context.Context
	shut      context.CancelFunc
}

var (
	_ indexer.Source   = (*Source)(nil)
	_ indexer.Finality = (*Source)(nil)
	_ indexer.Witness  = (*Source)(nil)
)

// Dial names the JSON-RPC endpoints (http, https, ws, wss) that answer for the
// chain. They are connected to when first asked.
func Dial(urls []string, cfg Config) (*Source, error) {
	if len(urls) == 0 {
		return nil, errors.New("no RPC endpoint is named: give at least one")
	}
	s, err := source(cfg)
	if err != nil {
		return nil, err
	}
	for i, u := range urls {
		name, err := parseEndpoint(u)
		if err != nil {
			return nil, err
		}
		if len(urls) > 1 {
			name = fmt.Sprintf("%s (number %d)", name, i+1)
		}
		s.endpoints = append(s.endpoints, newEndpoint(s.cfg, name, u, nil))
	}
	return s, nil
}

// New reads over a client that is connected already, such as an in-process one.
// Close closes it.
func New(client *rpc.Client, cfg Config) (*Source, error) {
	s, err := source(cfg)
	if err != nil {
		return nil, err
	}
	s.endpoints = []*endpoint{newEndpoint(s.cfg, "the endpoint", "", client)}
	return s, nil
}

func source(cfg Config) (*Source, error) {
	if err := cfg.fill(); err != nil {
		return nil, err
	}
	d, err := newDecoder()
	if err != nil {
		return nil, err
	}
	s := &Source{cfg: cfg, decode: d, surveyed: time.Now()}
	s.open, s.shut = context.WithCancel(context.Background())
	return s, nil
}

// Close ends the connections.
func (s *Source) Close() {
	s.mu.Lock() // no survey begins any more
	s.shut()
	s.mu.Unlock()
	s.surveying.Wait()
	for _, e := range s.endpoints {
		e.close()
	}
}

// ask puts a question to the endpoints, beginning with the one that answered
// last, until one answers well. Those that rest are passed over.
func (s *Source) ask(ctx context.Context, question func(*endpoint) error) error {
	var all []string
	var last error
	first := int(s.current.Load())
	for i := range s.endpoints {
		n := (first + i) % len(s.endpoints)
		e := s.endpoints[n]
		err := e.resting()
		if err == nil {
			if err = e.vet(ctx); err == nil {
				err = question(e)
			}
			if ctx.Err() != nil {
				return ctx.Err() // a stop is no failure of the endpoint
			}
			e.judge(err)
		}
		if err == nil {
			if i > 0 {
				s.prefer(n, "another one failed")
			}
			return nil
		}
		last = err
		all = append(all, fmt.Sprintf("%s %s", e.name, err))
	}
	return failure{kindOf(last), errors.New(strings.Join(all, "; "))}
}

func (s *Source) prefer(n int, why string) {
	if s.current.Swap(int64(n)) != int64(n) {
		s.cfg.Log.Info("another RPC endpoint is asked from now on", "endpoint", s.endpoints[n].name, "why", why)
	}
}

// Head is the newest block.
func (s *Source) Head(ctx context.Context) (graph.Block, error) {
	h, err := s.header(ctx, "latest")
	if err != nil {
		return graph.Block{}, err
	}
	s.survey(h.Number.Uint64())
	return h.block(), nil
}

// Header is the block of that number on the chain as it is now.
func (s *Source) Header(ctx context.Context, number uint64) (graph.Block, error) {
	h, err := s.header(ctx, hexutil.EncodeUint64(number))
	if err != nil {
		return graph.Block{}, err
	}
	return h.block(), nil
}

// Final is the newest block that the chain will not take back.
func (s *Source) Final(ctx context.Context) (graph.Block, error) {
	h, err := s.header(ctx, "finalized")
	if err != nil {
		return graph.Block{}, err
	}
	return h.block(), nil
}

func (s *Source) header(ctx context.Context, number string) (h *header, err error) {
	err = s.ask(ctx, func(e *endpoint) error {
		got, err := e.header(ctx, number)
		if err == nil && strings.HasPrefix(number, "0x") && hexutil.EncodeUint64(got.Number.Uint64()) != number {
			err = lie("it gave block %d for block %s", got.Number, number)
		}
		h = got
		return err
	})
	return h, err
}

// Blocks are the blocks (from, to], or the first of them: at most 256, and no
// more than hold some thousands of events. Errors: no endpoint gave an answer
// that fits its headers; nothing of the others is used.
func (s *Source) Blocks(ctx context.Context, from, to uint64) (out []indexer.Block, err error) {
	if to <= from {
		return nil, fmt.Errorf("blocks after %d up to %d are none: ask for later ones", from, to)
	}
	err = s.ask(ctx, func(e *endpoint) (err error) {
		out, err = s.blocks(ctx, e, from, to)
		return err
	})
	return out, err
}

// Doubt has the other endpoints say whether the block, which the one asked last
// denies, is on the chain. When one of them has it, they contradict each other,
// and the one asked last is not believed for a while.
func (s *Source) Doubt(ctx context.Context, b graph.Block) bool {
	denier := int(s.current.Load())
	for n, e := range s.endpoints {
		if n == denier || e.resting() != nil {
			continue
		}
		h, err := e.header(ctx, hexutil.EncodeUint64(b.Number))
		if err != nil || h.hash != b.Hash {
			continue
		}
		s.endpoints[denier].judge(lie("it denies block %d (%s), which %s has", b.Number, b.Hash, e.name))
		s.prefer(n, "it has the blocks that are indexed")
		return true
	}
	return false
}

// survey looks, now and then and behind the back of who asks, whether another
// endpoint is far ahead of the one that gave this head.
func (s *Source) survey(head uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.endpoints) == 1 || time.Since(s.surveyed) < s.cfg.Survey || s.open.Err() != nil {
		return
	}
	s.surveyed = time.Now()
	current := int(s.current.Load())
	for n, e := range s.endpoints {
		if n == current || e.resting() != nil {
			continue
		}
		s.surveying.Go(func() {
			err := e.vet(s.open)
			if err == nil {
				var h *header
				if h, err = e.header(s.open, "latest"); err == nil && h.Number.Uint64() > head+lagSlack {
					s.prefer(n, fmt.Sprintf("it is at block %d, the one asked so far at %d", h.Number, head))
				}
			}
			if s.open.Err() == nil {
				e.judge(err)
			}
		})
	}
}

// Health is what is known of an endpoint.
type Health struct {
	Name     string
	Current  bool  // it is asked first
	Resting  error // why it is not asked now; nil when it is
	Answers  uint64
	Failures map[string]uint64 // by kind
}

// Health tells how the endpoints do.
func (s *Source) Health() []Health {
	out := make([]Health, len(s.endpoints))
	for i, e := range s.endpoints {
		out[i] = Health{Name: e.name, Current: int64(i) == s.current.Load(), Resting: e.resting()}
		e.mu.Lock()
		out[i].Answers, out[i].Failures = e.answers, maps.Clone(e.failures)
		e.mu.Unlock()
	}
	return out
}
