package evm

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"sync"
	"testing"

	"candor/contracts"
	"candor/graph"
	"candor/indexer"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/trie"
)

// made is a block of a made-up chain: nobody executed it, but its header commits
// to its receipts as a true one's does.
type made struct {
	header   *types.Header
	receipts []*types.Receipt
	want     indexer.Block // what is to be read of it

	headerJSON, receiptsJSON json.RawMessage
	logs                     int // of the contract
}

var social = graph.Address{0x50, 0xc1, 0xa1}

// forge makes blocks that follow each other.
type forge struct {
	rng    *rand.Rand
	posted graph.Hash
	pack   func(...any) ([]byte, error)
	texts  int
}

func newForge(seed uint64) *forge {
	parsed, err := contracts.SocialGraphMetaData.ParseABI()
	if err != nil {
		panic(err)
	}
	return &forge{rng: rand.New(rand.NewPCG(seed, 1)), posted: parsed.Events["Posted"].ID,
		pack: parsed.Events["Posted"].Inputs.NonIndexed().Pack}
}

// block makes one that follows the parent, with some posts or none.
func (f *forge) block(parent *made) *made {
	h := &types.Header{UncleHash: types.EmptyUncleHash, Difficulty: new(big.Int), Number: new(big.Int), GasLimit: 30_000_000,
		Time: 1_000, BaseFee: big.NewInt(7), Extra: binary.BigEndian.AppendUint64(nil, f.rng.Uint64()), TxHash: types.EmptyTxsHash}
	if parent != nil {
		h.ParentHash = parent.want.Hash
		h.Number.Add(parent.header.Number, big.NewInt(1))
		h.Time = parent.header.Time + 12
	}
	m := &made{header: h, want: indexer.Block{Block: graph.Block{Number: h.Number.Uint64(), Parent: h.ParentHash, Time: h.Time}}}
	at := graph.Position{Block: m.want.Number}
	if parent != nil && f.rng.IntN(3) > 0 {
		for tx := range 1 + f.rng.IntN(4) {
			at.Tx = uint32(tx)
			f.receipt(m, &at)
		}
	}
	h.GasUsed = uint64(len(m.receipts)) * 50_000
	h.ReceiptHash = types.DeriveSha(types.Receipts(m.receipts), trie.NewListHasher())
	h.Bloom = types.MergeBloom(m.receipts)
	m.want.Hash = h.Hash()
	m.headerJSON, m.receiptsJSON = mustJSON(h), mustJSON(m.receipts)
	if m.receipts == nil {
		m.receiptsJSON = json.RawMessage("[]")
	}
	return m
}

func (f *forge) receipt(m *made, at *graph.Position) {
	r := &types.Receipt{Type: uint8(f.rng.IntN(3)), Status: 1, CumulativeGasUsed: uint64(len(m.receipts)+1) * 50_000, GasUsed: 50_000,
		EffectiveGasPrice: big.NewInt(1), BlockNumber: m.header.Number, TransactionIndex: uint(len(m.receipts)), Logs: []*types.Log{}}
	binary.BigEndian.PutUint64(r.TxHash[:], f.rng.Uint64())
	for range f.rng.IntN(4) {
		f.texts++
		c, raw := name(fmt.Sprint("text ", f.rng.Uint64()))
		data, err := f.pack(raw, [16]byte{}, []byte{}, [16]byte{}, []byte{}, uint64(5))
		if err != nil {
			panic(err)
		}
		l := &types.Log{Address: social, Topics: []graph.Hash{f.posted, {}}, Data: data, TxHash: r.TxHash, Index: uint(at.Log)}
		author := graph.Address{1, byte(f.rng.IntN(20))}
		copy(l.Topics[1][12:], author[:])
		if f.rng.IntN(4) == 0 {
			l.Address = graph.Address{0xee} // the same words of another contract
		} else {
			m.logs++
			m.want.Events = append(m.want.Events, graph.Event{ID: *at, Action: graph.ActPost, Author: author, Time: 5, BlockTime: m.want.Time, CID: c})
		}
		r.Logs = append(r.Logs, l)
		at.Log++
	}
	r.Bloom = types.CreateBloom(r)
	m.receipts = append(m.receipts, r)
}

func mustJSON(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return raw
}

// family is a chain with branches: what its nodes may believe.
type family struct {
	branches [][]*made // all from the genesis on
	known    map[graph.Hash]*made
}

// families are made once and used by many seeds.
var families = sync.OnceValue(func() (all []*family) {
	for i := range 12 {
		f := newForge(uint64(i))
		trunk := []*made{f.block(nil)}
		for range 70 {
			trunk = append(trunk, f.block(trunk[len(trunk)-1]))
		}
		fam := &family{branches: [][]*made{trunk}, known: map[graph.Hash]*made{}}
		for range 4 {
			from := fam.branches[f.rng.IntN(len(fam.branches))]
			branch := append([]*made(nil), from[:1+f.rng.IntN(60)]...)
			for len(branch) < 72 {
				branch = append(branch, f.block(branch[len(branch)-1]))
			}
			fam.branches = append(fam.branches, branch)
		}
		for _, b := range fam.branches {
			for _, m := range b {
				fam.known[m.want.Hash] = m
			}
		}
		all = append(all, fam)
	}
	return all
})

// TestMadeUpChainIsRead holds the made-up blocks to what they are said to hold:
// by an honest endpoint all of it is read.
func TestMadeUpChainIsRead(t *testing.T) {
	fam := families()[0]
	n := newLiar(fam, 1)
	n.move(fam.branches[0], 70)
	s := n.source(t, Config{})
	for from := uint64(0); from < 70; {
		blocks, err := s.Blocks(t.Context(), from, 70)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range blocks {
			from++
			if err := sameBlock(b.Block, b.Events, fam.branches[0][from]); err != nil || b.Skipped != 0 {
				t.Fatal(err, b.Skipped)
			}
		}
	}
}

func sameBlock(b graph.Block, events []graph.Event, m *made) error {
	if b != m.want.Block || len(events) != len(m.want.Events) {
		return fmt.Errorf("block %+v with %d events is not %+v with %d", b, len(events), m.want.Block, len(m.want.Events))
	}
	for i, e := range events {
		if w := m.want.Events[i]; string(e.Bytes()) != string(w.Bytes()) {
			return fmt.Errorf("event %+v is not %+v", e, w)
		}
	}
	return nil
}
