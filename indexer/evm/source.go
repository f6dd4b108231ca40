package evm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"candor/graph"
	"candor/indexer"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"
	"github.com/ethereum/go-ethereum/trie"
)

const (
	headerBatch  = 256      // headers in one request
	receiptBatch = 16       // blocks' receipts in one request
	enoughEvents = 4096     // events after which Blocks stops
	maxAnswer    = 64 << 20 // bytes of one answer that are read
	callTimeout  = 30 * time.Second
)

// Config says which contract is read, and how eagerly.
type Config struct {
	Contract graph.Address // SocialGraph
	Poll     time.Duration // pause between looks at the head; 0 is 200 ms; brought into 50 to 500 ms
	Log      *slog.Logger
}

// Source reads one contract over one endpoint. Its methods may be called from
// any goroutine, but Wait from one at a time.
type Source struct {
	cfg    Config
	client *rpc.Client
	decode *decoder
	heads  heads
}

var _ indexer.Source = (*Source)(nil)

// Dial connects to a JSON-RPC endpoint (http, https, ws, wss). Its answers are
// cut off at 64 MiB.
func Dial(ctx context.Context, url string, cfg Config) (*Source, error) {
	client, err := rpc.DialOptions(ctx, url, rpc.WithHTTPClient(&http.Client{Transport: capped{http.DefaultTransport}}),
		rpc.WithWebsocketMessageSizeLimit(maxAnswer))
	if err != nil {
		return nil, fmt.Errorf("connect to the chain at %s: %w", url, err)
	}
	s, err := New(client, cfg)
	if err != nil {
		client.Close()
	}
	return s, err
}

// New reads over a client that is connected already, such as an in-process one.
// Close closes it.
func New(client *rpc.Client, cfg Config) (*Source, error) {
	if cfg.Poll == 0 {
		cfg.Poll = 200 * time.Millisecond
	}
	cfg.Poll = min(max(cfg.Poll, 50*time.Millisecond), 500*time.Millisecond)
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Contract == (graph.Address{}) {
		return nil, errors.New("no contract is named: give the address of SocialGraph")
	}
	d, err := newDecoder()
	if err != nil {
		return nil, err
	}
	return &Source{cfg: cfg, client: client, decode: d}, nil
}

// Close ends the connection.
func (s *Source) Close() {
	s.heads.stop()
	s.client.Close()
}

// Head is the newest block.
func (s *Source) Head(ctx context.Context) (graph.Block, error) {
	h, err := s.header(ctx, "latest")
	if err != nil {
		return graph.Block{}, err
	}
	return h.block(), nil
}

// Header is the block of that number on the chain as it is now.
func (s *Source) Header(ctx context.Context, number uint64) (graph.Block, error) {
	h, err := s.header(ctx, hexutil.EncodeUint64(number))
	if err != nil {
		return graph.Block{}, err
	}
	if h.Number.Uint64() != number {
		return graph.Block{}, fmt.Errorf("the endpoint gave block %d for block %d", h.Number, number)
	}
	return h.block(), nil
}

// Blocks are the blocks (from, to], or the first of them: at most 256, and no
// more than hold some thousands of events. Errors: the endpoint failed, or its
// answer does not fit the header; nothing of such an answer is used.
func (s *Source) Blocks(ctx context.Context, from, to uint64) ([]indexer.Block, error) {
	if to <= from {
		return nil, fmt.Errorf("blocks after %d up to %d are none: ask for later ones", from, to)
	}
	headers, err := s.headers(ctx, from+1, min(to-from, headerBatch))
	if err != nil {
		return nil, err
	}
	out := make([]indexer.Block, 0, len(headers))
	for events := 0; len(out) < len(headers) && events < enoughEvents; {
		rest := headers[len(out):]
		n, full := 0, 0 // the next blocks, with as many full ones as one request asks for
		for n < len(rest) && full < receiptBatch {
			if s.concerns(rest[n]) {
				full++
			}
			n++
		}
		got, err := s.read(ctx, rest[:n])
		if len(got) == 0 || err != nil && !errors.Is(err, errUnanswered) {
			return nil, err
		}
		for _, b := range got {
			events += len(b.Events)
		}
		out = append(out, got...)
		if err != nil {
			break // an endpoint that cuts long answers: what came is whole, the rest is asked again
		}
	}
	return out, nil
}

// concerns reports whether the block may hold a log of the contract. A bloom has
// no false negatives and the header's hash covers it, so that no means no.
func (s *Source) concerns(h *header) bool { return types.BloomLookup(h.Bloom, s.cfg.Contract) }

// errUnanswered means that the endpoint left out a part of a batch.
var errUnanswered = errors.New("the endpoint did not answer")

// headers reads count headers from number first on, or the first of them.
func (s *Source) headers(ctx context.Context, first, count uint64) ([]*header, error) {
	batch := make([]rpc.BatchElem, count)
	answers := make([]header, count)
	for i := range batch {
		batch[i] = rpc.BatchElem{Method: "eth_getBlockByNumber", Result: &answers[i],
			Args: []any{hexutil.EncodeUint64(first + uint64(i)), false}}
	}
	if err := s.batch(ctx, batch); err != nil {
		return nil, fmt.Errorf("read %d headers from %d on: %w", count, first, err)
	}
	out := make([]*header, 0, count)
	for i := range answers {
		number := first + uint64(i)
		err := batch[i].Error
		if err == nil {
			err = answers[i].check()
		}
		if err == nil && answers[i].Number.Uint64() != number {
			err = fmt.Errorf("the endpoint gave block %d for it", answers[i].Number)
		}
		if err != nil && i == 0 {
			return nil, fmt.Errorf("read header %d: %w", number, err)
		}
		if err != nil {
			return out, nil
		}
		out = append(out, &answers[i])
	}
	return out, nil
}

// read gives the blocks of the headers with their events. With errUnanswered it
// gives those before the first that was left out.
func (s *Source) read(ctx context.Context, headers []*header) ([]indexer.Block, error) {
	var batch []rpc.BatchElem
	receipts := make([][]*types.Receipt, len(headers))
	at := make([]int, len(headers))
	for i, h := range headers {
		at[i] = -1
		if s.concerns(h) {
			at[i] = len(batch)
			batch = append(batch, rpc.BatchElem{Method: "eth_getBlockReceipts", Result: &receipts[i],
				Args: []any{map[string]any{"blockHash": h.hash}}})
		}
	}
	if err := s.batch(ctx, batch); err != nil {
		return nil, fmt.Errorf("read receipts of blocks %d to %d: %w", headers[0].Number, headers[len(headers)-1].Number, err)
	}
	out := make([]indexer.Block, 0, len(headers))
	for i, h := range headers {
		b := indexer.Block{Block: h.block()}
		if at[i] >= 0 {
			if err := batch[at[i]].Error; err != nil {
				return out, fmt.Errorf("%w for the receipts of block %d: %w", errUnanswered, h.Number, err)
			}
			if err := h.checkReceipts(receipts[i]); err != nil {
				return nil, err
			}
			b.Events, b.Skipped = s.events(b.Block, receipts[i])
		}
		out = append(out, b)
	}
	return out, nil
}

// events decodes the contract's logs of checked receipts. Positions come from
// the order of the receipts, which the receipts root covers, never from the
// numbers that the endpoint writes beside.
func (s *Source) events(b graph.Block, receipts []*types.Receipt) (events []graph.Event, skipped int) {
	at := graph.Position{Block: b.Number}
	for tx, r := range receipts {
		at.Tx = uint32(tx)
		for _, l := range r.Logs {
			if l.Address == s.cfg.Contract {
				e, ok, err := s.decode.event(l, at, b.Time)
				if err != nil {
					skipped++
					s.cfg.Log.Debug("a log is no valid event and is skipped", "at", at, "error", err)
				} else if ok {
					events = append(events, e)
				}
			}
			at.Log++
		}
	}
	return events, skipped
}

func (s *Source) batch(ctx context.Context, batch []rpc.BatchElem) error {
	if len(batch) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	return s.client.BatchCallContext(ctx, batch)
}

func (s *Source) header(ctx context.Context, number string) (*header, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	var h header
	if err := s.client.CallContext(ctx, &h, "eth_getBlockByNumber", number, false); err != nil {
		return nil, fmt.Errorf("read header %s: %w", number, err)
	}
	return &h, h.check()
}

// header is a header as the endpoint gives it, with the hash that it claims.
type header struct {
	*types.Header
	hash graph.Hash
}

// UnmarshalJSON reads the header's fields and its hash; null leaves h empty.
func (h *header) UnmarshalJSON(raw []byte) error {
	var claim struct {
		Hash graph.Hash `json:"hash"`
	}
	if err := json.Unmarshal(raw, &h.Header); err != nil || h.Header == nil {
		return err
	}
	err := json.Unmarshal(raw, &claim)
	h.hash = claim.Hash
	return err
}

func (h *header) check() error {
	if h.Header == nil {
		return errors.New("the endpoint has no such block")
	}
	if !h.Number.IsInt64() {
		return fmt.Errorf("the endpoint gave a block with the number %d", h.Number)
	}
	if got := h.Hash(); got != h.hash {
		return fmt.Errorf("the endpoint's header %d hashes to %s, not to %s as it says: it lies, or the chain's headers are of an unknown kind",
			h.Number, got, h.hash)
	}
	return nil
}

func (h *header) block() graph.Block {
	return graph.Block{Number: h.Number.Uint64(), Hash: h.hash, Parent: h.ParentHash, Time: h.Time}
}

// checkReceipts refuses receipts that are not all of the block's receipts.
func (h *header) checkReceipts(receipts []*types.Receipt) error {
	for _, r := range receipts {
		if r == nil {
			return fmt.Errorf("the endpoint left a receipt of block %d out", h.Number)
		}
		for _, l := range r.Logs {
			if l == nil {
				return fmt.Errorf("the endpoint left a log of block %d out", h.Number)
			}
		}
	}
	if got := types.DeriveSha(types.Receipts(receipts), trie.NewListHasher()); got != h.ReceiptHash {
		return fmt.Errorf("the endpoint's receipts of block %d (%s) hash to %s, its header says %s: a log is missing, added or altered",
			h.Number, h.hash, got, h.ReceiptHash)
	}
	return nil
}

// capped ends answers that are longer than any honest one.
type capped struct{ next http.RoundTripper }

func (c capped) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := c.next.RoundTrip(r)
	if err == nil {
		resp.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(resp.Body, maxAnswer), resp.Body}
	}
	return resp, err
}
