package evm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"candor/graph"
	"candor/indexer"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"
	"github.com/ethereum/go-ethereum/trie"
)

// blocks reads the blocks (from, to], or the first of them, from one endpoint.
func (s *Source) blocks(ctx context.Context, e *endpoint, from, to uint64) ([]indexer.Block, error) {
	most, full := e.sizes()
	headers, err := e.readHeaders(ctx, from+1, min(to-from, most))
	if err != nil {
		return nil, err
	}
	out := make([]indexer.Block, 0, len(headers))
	for events := 0; len(out) < len(headers) && events < enoughEvents; {
		rest := headers[len(out):]
		n, asked := 0, 0 // the next blocks, with as many full ones as one request asks for
		for n < len(rest) && asked < full {
			if s.concerns(rest[n]) {
				asked++
			}
			n++
		}
		got, err := s.read(ctx, e, rest[:n])
		if err != nil && (len(out)+len(got) == 0 || kindOf(err) == Lied) {
			return nil, err
		}
		for _, b := range got {
			events += len(b.Events)
		}
		out = append(out, got...)
		if err != nil {
			e.note(err)
			break // an endpoint that cuts long answers: what came is whole, the rest is asked again
		}
	}
	return out, nil
}

// concerns reports whether the block may hold a log of the contract. A bloom has
// no false negatives and the header's hash covers it, so that no means no.
func (s *Source) concerns(h *header) bool { return types.BloomLookup(h.Bloom, s.cfg.Contract) }

// readHeaders reads count headers from number first on, or the first of them.
// Each is the next one's parent.
func (e *endpoint) readHeaders(ctx context.Context, first, count uint64) ([]*header, error) {
	batch := make([]rpc.BatchElem, count)
	answers := make([]header, count)
	for i := range batch {
		batch[i] = rpc.BatchElem{Method: "eth_getBlockByNumber", Result: &answers[i],
			Args: []any{hexutil.EncodeUint64(first + uint64(i)), false}}
	}
	if err := e.batch(ctx, batch); err != nil {
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
			err = lie("it gave block %d for it", answers[i].Number)
		}
		if err == nil && i > 0 && answers[i].ParentHash != answers[i-1].hash {
			// Two nodes behind one address, or the chain changed in between.
			err = failure{Failed, errors.New("it does not follow the block before it")}
		}
		if err != nil && (i == 0 || kindOf(err) == Lied) {
			return nil, fmt.Errorf("read header %d: %w", number, err)
		}
		if err != nil {
			e.note(err)
			return out, nil
		}
		out = append(out, &answers[i])
	}
	return out, nil
}

// read gives the blocks of the headers with their events. With an error it gives
// those before the first whose receipts did not come.
func (s *Source) read(ctx context.Context, e *endpoint, headers []*header) ([]indexer.Block, error) {
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
	if err := e.batch(ctx, batch); err != nil {
		return nil, fmt.Errorf("read receipts of blocks %d to %d: %w", headers[0].Number, headers[len(headers)-1].Number, err)
	}
	out := make([]indexer.Block, 0, len(headers))
	for i, h := range headers {
		b := indexer.Block{Block: h.block()}
		if at[i] >= 0 {
			err := batch[at[i]].Error
			if err == nil {
				err = h.checkReceipts(receipts[i])
			}
			if err != nil {
				return out, fmt.Errorf("read the receipts of block %d: %w", h.Number, err)
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

// header reads one header by its number or a word such as latest.
func (e *endpoint) header(ctx context.Context, number string) (*header, error) {
	var h header
	err := e.call(ctx, &h, "eth_getBlockByNumber", number, false)
	if err == nil {
		err = h.check()
	}
	if err != nil {
		return nil, fmt.Errorf("read header %s: %w", number, err)
	}
	return &h, nil
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
		return absent("it has no such block")
	}
	if !h.Number.IsInt64() {
		return lie("it gave a block with the number %d", h.Number)
	}
	if got := h.Hash(); got != h.hash {
		return lie("its header %d hashes to %s, not to %s as it says: it lies, or the chain's headers are of an unknown kind",
			h.Number, got, h.hash)
	}
	return nil
}

func (h *header) block() graph.Block {
	return graph.Block{Number: h.Number.Uint64(), Hash: h.hash, Parent: h.ParentHash, Time: h.Time}
}

// checkReceipts refuses receipts that are not all of the block's receipts.
func (h *header) checkReceipts(receipts []*types.Receipt) error {
	if receipts == nil {
		return absent("it does not have the receipts of block %d (%s), whose header it gave", h.Number, h.hash)
	}
	for _, r := range receipts {
		if r == nil {
			return lie("it left a receipt of block %d out", h.Number)
		}
		for _, l := range r.Logs {
			if l == nil {
				return lie("it left a log of block %d out", h.Number)
			}
		}
	}
	if got := types.DeriveSha(types.Receipts(receipts), trie.NewListHasher()); got != h.ReceiptHash {
		return lie("its receipts of block %d (%s) hash to %s, its header says %s: a log is missing, added or altered",
			h.Number, h.hash, got, h.ReceiptHash)
	}
	return nil
}
