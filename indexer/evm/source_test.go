package evm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"candor/contracts"
	"candor/graph"
	"candor/indexer"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
	"pgregory.net/rapid"
)

func TestEveryEventIsRead(t *testing.T) {
	w := newTown(t, 3)
	start := w.head().Number
	profile, rawProfile := name("profile")
	post, rawPost := name("post")
	reply, rawReply := name("reply")
	w.call(0, w.graph.PackSetProfile(rawProfile, 100, true))
	w.sim.Commit()
	w.call(0, w.graph.PackPost(rawPost, 101, [16]byte{}, nil, [16]byte{}, nil))
	w.sim.Commit()
	id := graph.Position{Block: start + 2}
	w.call(0, w.graph.PackFollow(w.person(1), 102))
	w.sim.Commit()
	w.call(0, w.graph.PackPost(rawReply, 1<<62, id.Bytes(), rawPost, id.Bytes(), rawPost))
	w.sim.Commit()
	w.call(0, w.graph.PackReact(id.Bytes(), rawPost, 2, 103))
	w.sim.Commit()
	w.call(0, w.graph.PackUnreact(id.Bytes(), rawPost, 2, 104))
	w.sim.Commit()
	w.call(0, w.graph.PackUnfollow(w.person(1), 105))
	w.sim.Commit()
	w.call(0, w.graph.PackRemove(id.Bytes(), rawPost, 106))
	w.sim.Commit()
	more := func(by int, data []byte) {
		w.call(by, data)
		w.sim.Commit()
	}
	more(1, w.graph.PackSetPolicy(2, 107))
	more(0, w.graph.PackFollow(w.person(1), 108))
	more(1, w.graph.PackApprove(w.person(0), 109))
	more(1, w.graph.PackRefuse(w.person(0), 110))
	more(1, w.graph.PackSetPolicy(3, 111))
	more(1, w.graph.PackSetPolicy(1, 112))
	more(0, w.graph.PackBlockAccount(w.person(1), 113))
	more(0, w.graph.PackUnblockAccount(w.person(1), 114))
	more(0, w.graph.PackEdit(id.Bytes(), rawPost, rawReply, 115))

	blocks, err := w.source().Blocks(t.Context(), start, start+17)
	if err != nil || len(blocks) != 17 {
		t.Fatalf("%d blocks, %v", len(blocks), err)
	}
	me, you, ref := w.person(0), w.person(1), graph.Ref{ID: id, CID: post}
	want := []graph.Event{
		{Action: graph.ActProfile, Author: me, Time: 100, CID: profile, Imported: true},
		{Action: graph.ActPost, Author: me, Time: 101, CID: post},
		{Action: graph.ActFollow, Author: me, Time: 102, Target: w.person(1)},
		{Action: graph.ActPost, Author: me, CID: reply, Subject: ref, Quote: ref}, // the time is the block's
		{Action: graph.ActReact, Author: me, Time: 103, Subject: ref, Reaction: graph.Repost},
		{Action: graph.ActUnreact, Author: me, Time: 104, Subject: ref, Reaction: graph.Repost},
		{Action: graph.ActUnfollow, Author: me, Time: 105, Target: w.person(1)},
		{Action: graph.ActRemove, Author: me, Time: 106, Subject: ref},
		{Action: graph.ActApproval, Author: you, Time: 107},
		{Action: graph.ActRequest, Author: me, Time: 108, Target: you},
		{Action: graph.ActApprove, Author: you, Time: 109, Target: me},
		{Action: graph.ActRefuse, Author: you, Time: 110, Target: me},
		{Action: graph.ActClosed, Author: you, Time: 111},
		{Action: graph.ActOpen, Author: you, Time: 112},
		{Action: graph.ActBlock, Author: me, Time: 113, Target: you},
		{Action: graph.ActUnblock, Author: me, Time: 114, Target: you},
		{Action: graph.ActEdit, Author: me, Time: 115, Subject: ref, CID: reply},
	}
	for i, b := range blocks {
		e := want[i]
		e.ID, e.BlockTime = graph.Position{Block: start + 1 + uint64(i)}, b.Time
		if e.Time == 0 {
			e.Time = b.Time
		}
		if len(b.Events) != 1 || !reflect.DeepEqual(b.Events[0], e) || b.Skipped != 0 {
			t.Errorf("block %d: %+v (skipped %d)\nwant %+v", b.Number, b.Events, b.Skipped, e)
		}
		h, err := w.source().Header(t.Context(), b.Number)
		if err != nil || h != b.Block {
			t.Errorf("Header gives %+v, %v; Blocks %+v", h, err, b.Block)
		}
		if i > 0 && b.Parent != blocks[i-1].Hash {
			t.Errorf("block %d does not follow", b.Number)
		}
	}
}

// TestPositionsAndSkips has several transactions in a block, malformed CIDs and
// impossible references among them.
func TestPositionsAndSkips(t *testing.T) {
	w := newTown(t, 6)
	start := w.head().Number
	good, raw := name("good")
	for i, bad := range [][]byte{{1}, []byte("no cid at all"), append(raw, 0)} {
		w.call(i, w.graph.PackPost(bad, 1, [16]byte{}, nil, [16]byte{}, nil))
	}
	w.call(3, w.graph.PackPost(raw, 1, [16]byte{15: 1}, []byte{0xff}, [16]byte{}, nil))
	future := graph.Position{Block: 1 << 63, Tx: 1 << 31, Log: 9}
	w.call(4, w.graph.PackPost(raw, 1, future.Bytes(), raw, [16]byte{}, nil))
	past := graph.Position{Block: 1}
	w.call(5, w.graph.PackPost(raw, 1, past.Bytes(), raw, [16]byte{}, nil))
	w.sim.Commit()
	blocks, err := w.source().Blocks(t.Context(), start, start+1)
	if err != nil || blocks[0].Skipped != 4 || len(blocks[0].Events) != 2 {
		t.Fatalf("%+v, %v", blocks, err)
	}
	receipts := w.receipts(blocks[0].Hash)
	for _, e := range blocks[0].Events {
		l := receipts[e.ID.Tx].Logs[0]
		if uint32(l.Index) != e.ID.Log || common.BytesToAddress(l.Topics[1].Bytes()) != e.Author {
			t.Errorf("event %s by %s is log %d by %s", e.ID, e.Author, l.Index, l.Topics[1])
		}
		want := graph.Ref{}
		if e.Author == w.person(5) {
			want = graph.Ref{ID: past, CID: good}
		}
		if e.Subject != want {
			t.Errorf("%s answers %+v, want %+v", e.Author, e.Subject, want)
		}
	}
}

// TestOtherContractsAreNotHeard has a twin of SocialGraph log the same things in
// the same block: only positions tell that it was there.
func TestOtherContractsAreNotHeard(t *testing.T) {
	w := newTown(t, 3)
	_, raw := name("post")
	post := w.graph.PackPost(raw, 1, [16]byte{}, nil, [16]byte{}, nil)
	w.send(1, nil, w.deployment())
	w.sim.Commit()
	start := w.head().Number
	twin := crypto.CreateAddress(w.person(1), 0)
	w.send(1, &twin, post)
	w.send(1, &twin, post)
	w.call(2, post)
	w.call(2, post)
	w.sim.Commit()
	blocks, err := w.source().Blocks(t.Context(), start, start+1)
	if err != nil || len(blocks[0].Events) != 2 || blocks[0].Skipped != 0 {
		t.Fatalf("%+v, %v", blocks, err)
	}
	receipts, logs := w.receipts(blocks[0].Hash), 0
	for _, r := range receipts {
		logs += len(r.Logs)
	}
	if logs != 4 {
		t.Fatalf("the twin was silent: %d logs", logs)
	}
	for _, e := range blocks[0].Events {
		if l := receipts[e.ID.Tx].Logs[0]; e.Author != w.person(2) || uint32(l.Index) != e.ID.Log || l.Address != w.at {
			t.Errorf("event %s by %s is log %d of %s", e.ID, e.Author, l.Index, l.Address)
		}
	}
}

// busy is a town with one block of several logs, one transaction failed, between
// empty ones.
func busy(t *testing.T) (w *town, full uint64) {
	w = newTown(t, 5)
	w.sim.Commit()
	for i := range 4 {
		_, raw := name(fmt.Sprint("post ", i))
		w.call(i, w.graph.PackPost(raw, 1, [16]byte{}, nil, [16]byte{}, nil))
		w.call(i, w.graph.PackFollow(w.person(4), 1))
	}
	w.call(4, w.graph.PackFollow(w.person(4), 1)) // refused by the contract
	w.sim.Commit()
	full = w.head().Number
	w.sim.Commit()
	return w, full
}

func (w *town) mustRead(s *Source, to uint64) []indexer.Block {
	w.t.Helper()
	blocks, err := s.Blocks(w.t.Context(), 0, to)
	if err != nil || uint64(len(blocks)) != to {
		w.t.Fatalf("%d blocks, %v", len(blocks), err)
	}
	return blocks
}

func TestEveryDroppedOrAlteredLogIsCaught(t *testing.T) {
	w, full := busy(t)
	p := &proxy{}
	s := w.proxied(p)
	honest := w.mustRead(s, full+1)
	if n := len(honest[full-1].Events); n != 8 {
		t.Fatalf("%d events", n)
	}
	if !reflect.DeepEqual(honest, w.mustRead(w.source(), full+1)) {
		t.Fatal("HTTP and in-process answers differ")
	}
	type receipt = map[string]any
	edits := map[string]func(rs []receipt) []receipt{
		"last receipt dropped":  func(rs []receipt) []receipt { return rs[:len(rs)-1] },
		"first receipt dropped": func(rs []receipt) []receipt { return rs[1:] },
		"all dropped":           func(rs []receipt) []receipt { return nil },
		"receipt null":          func(rs []receipt) []receipt { rs[0] = nil; return rs },
		"receipts swapped":      func(rs []receipt) []receipt { rs[0], rs[1] = rs[1], rs[0]; return rs },
		"receipt doubled":       func(rs []receipt) []receipt { return append(rs, rs[0]) },
		"failed becomes good":   func(rs []receipt) []receipt { rs[8]["status"] = "0x1"; return rs },
		"unknown type":          func(rs []receipt) []receipt { rs[0]["type"] = "0x7f"; return rs },
		"log null":              func(rs []receipt) []receipt { rs[0]["logs"] = []any{nil}; return rs },
	}
	for i := range 8 {
		log := func(rs []receipt) map[string]any { return rs[i]["logs"].([]any)[0].(map[string]any) }
		edits[fmt.Sprint("log dropped ", i)] = func(rs []receipt) []receipt { rs[i]["logs"] = []any{}; return rs }
		edits[fmt.Sprint("log doubled ", i)] = func(rs []receipt) []receipt { rs[i]["logs"] = []any{log(rs), log(rs)}; return rs }
		edits[fmt.Sprint("log of another contract ", i)] = func(rs []receipt) []receipt {
			log(rs)["address"] = graph.Address{1}
			return rs
		}
		edits[fmt.Sprint("topic altered ", i)] = func(rs []receipt) []receipt {
			log(rs)["topics"].([]any)[1] = graph.Hash{31: 1}
			return rs
		}
		edits[fmt.Sprint("data altered ", i)] = func(rs []receipt) []receipt {
			d := log(rs)["data"].(string)
			log(rs)["data"] = d[:len(d)-1] + string("10"[d[len(d)-1]&1])
			return rs
		}
	}
	for name, edit := range edits {
		fired := false
		p.alter = func(method string, raw json.RawMessage) (json.RawMessage, error) {
			if method != "eth_getBlockReceipts" || !strings.Contains(string(raw), fmt.Sprintf(`"blockNumber":"0x%x"`, full)) {
				return raw, nil
			}
			var rs []receipt
			if err := json.Unmarshal(raw, &rs); err != nil {
				return nil, err
			}
			fired = true
			out, err := json.Marshal(edit(rs))
			if string(out) == string(raw) {
				t.Errorf("%s changed nothing", name)
			}
			return out, err
		}
		blocks, err := s.Blocks(t.Context(), full-1, full+1)
		if err == nil || len(blocks) != 0 || !fired {
			t.Errorf("%s: %d blocks, %v (fired: %v)", name, len(blocks), err, fired)
		}
	}
	// What the root does not cover is not used: positions that the endpoint makes up.
	p.alter = func(method string, raw json.RawMessage) (json.RawMessage, error) {
		s := strings.NewReplacer(`"logIndex":"0x0"`, `"logIndex":"0x63"`, `"transactionIndex":"0x1"`, `"transactionIndex":"0x63"`)
		return json.RawMessage(s.Replace(string(raw))), nil
	}
	if got := w.mustRead(s, full+1); !reflect.DeepEqual(got, honest) {
		t.Error("made-up positions were believed")
	}
}

func TestFalseHeadersAreCaught(t *testing.T) {
	w, full := busy(t)
	p := &proxy{}
	s := w.proxied(p)
	w.mustRead(s, full+1)
	zero := "0x" + strings.Repeat("0", 2*types.BloomByteLength)
	for name, edit := range map[string]func(h map[string]any){
		"bloom emptied":   func(h map[string]any) { h["logsBloom"] = zero },
		"time moved":      func(h map[string]any) { h["timestamp"] = "0x1" },
		"parent replaced": func(h map[string]any) { h["parentHash"] = graph.Hash{1} },
		"other receipts":  func(h map[string]any) { h["receiptsRoot"] = graph.Hash{1} },
		"other hash":      func(h map[string]any) { h["hash"] = graph.Hash{1} },
		"no hash":         func(h map[string]any) { delete(h, "hash") },
		"other number":    func(h map[string]any) { h["number"] = "0x63" },
		"huge number":     func(h map[string]any) { h["number"] = "0xffffffffffffffffff" },
		"no number":       func(h map[string]any) { delete(h, "number") },
	} {
		p.alter = func(_ string, raw json.RawMessage) (json.RawMessage, error) {
			var h map[string]any
			if err := json.Unmarshal(raw, &h); err != nil {
				return raw, nil // receipts
			}
			edit(h)
			return json.Marshal(h)
		}
		if blocks, err := s.Blocks(t.Context(), full-1, full+1); err == nil {
			t.Errorf("%s: Blocks gives %+v", name, blocks)
		}
		if b, err := s.Header(t.Context(), full); err == nil {
			t.Errorf("%s: Header gives %+v", name, b)
		}
		if name == "bloom emptied" {
			continue // the newest block is empty in truth
		}
		if b, err := s.Head(t.Context()); err == nil {
			t.Errorf("%s: Head gives %+v", name, b)
		}
	}
	// Another block of the chain, true in itself.
	other := json.RawMessage{}
	p.alter = func(method string, raw json.RawMessage) (json.RawMessage, error) {
		if method == "eth_getBlockByNumber" {
			if len(other) == 0 {
				other = raw
			}
			return other, nil
		}
		return raw, nil
	}
	if _, err := s.Header(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Header(t.Context(), full); err == nil || !strings.Contains(err.Error(), "gave block 1") {
		t.Errorf("another block gives %v", err)
	}
	if blocks, err := s.Blocks(t.Context(), 0, full); err == nil || len(blocks) != 0 {
		t.Errorf("only the first block is true, but Blocks gives %d, %v", len(blocks), err)
	}
}

func TestBrokenEndpoints(t *testing.T) {
	w, full := busy(t)
	for name, p := range map[string]*proxy{
		"null":      {alter: func(string, json.RawMessage) (json.RawMessage, error) { return json.RawMessage("null"), nil }},
		"an error":  {alter: func(string, json.RawMessage) (json.RawMessage, error) { return nil, errors.New("moody") }},
		"a string":  {alter: func(string, json.RawMessage) (json.RawMessage, error) { return json.RawMessage(`"x"`), nil }},
		"truncated": {whole: func(w http.ResponseWriter, b []byte) { w.Write(b[:len(b)/2]) }},
		"empty":     {whole: func(w http.ResponseWriter, b []byte) {}},
		"429":       {whole: func(w http.ResponseWriter, b []byte) { http.Error(w, "slow down", 429) }},
		"no receipts": {alter: func(m string, raw json.RawMessage) (json.RawMessage, error) {
			if m == "eth_getBlockReceipts" {
				return nil, errors.New("the method does not exist")
			}
			return raw, nil
		}},
	} {
		s := w.proxied(p)
		if blocks, err := s.Blocks(t.Context(), full-1, full+1); err == nil {
			t.Errorf("%s: Blocks gives %+v", name, blocks)
		}
		if name == "no receipts" {
			continue
		}
		if b, err := s.Head(t.Context()); err == nil {
			t.Errorf("%s: Head gives %+v", name, b)
		}
	}
	if _, err := w.source().Blocks(t.Context(), full, full); err == nil {
		t.Error("an empty range is no error")
	}
	if _, err := w.source().Blocks(t.Context(), full+1, full+5); err == nil {
		t.Error("blocks beyond the head are no error")
	}
	if got, err := w.source().Blocks(t.Context(), full, full+5); err != nil || len(got) != 1 {
		t.Errorf("a range that ends beyond the head gives %d blocks, %v", len(got), err)
	}
	if _, err := New(w.client(), Config{}); err == nil {
		t.Error("no contract is no error")
	}
}

// TestCutBatchesAreGoneOnWith has an endpoint that answers only the first of the
// receipts asked for at once, as some do when an answer gets long.
func TestCutBatchesAreGoneOnWith(t *testing.T) {
	w := newTown(t, 1)
	start := w.head().Number
	for i := range 6 {
		_, raw := name(fmt.Sprint(i))
		w.call(0, w.graph.PackPost(raw, 1, [16]byte{}, nil, [16]byte{}, nil))
		w.sim.Commit()
	}
	answered := 0
	p := &proxy{alter: func(m string, raw json.RawMessage) (json.RawMessage, error) {
		if m == "eth_getBlockReceipts" {
			if answered++; answered%3 == 0 {
				return nil, errors.New("response too large")
			}
		}
		return raw, nil
	}}
	s := w.proxied(p)
	var got []indexer.Block
	for calls := 0; len(got) < 6; calls++ {
		if calls > 10 {
			t.Fatal("no progress")
		}
		blocks, err := s.Blocks(t.Context(), start+uint64(len(got)), start+6)
		if err != nil {
			continue
		}
		got = append(got, blocks...)
	}
	want, err := w.source().Blocks(t.Context(), start, start+6)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("%+v\nwant %+v (%v)", got, want, err)
	}
}

func TestEmptyBlocksCostOneRequest(t *testing.T) {
	w := newTown(t, 1)
	for range 300 {
		w.sim.Commit()
	}
	requests := 0
	p := &proxy{whole: func(w http.ResponseWriter, b []byte) { requests++; w.Write(b) }}
	s := w.proxied(p)
	blocks, err := s.Blocks(t.Context(), 1, 301)
	if err != nil || len(blocks) != headerBatch || requests != 1 {
		t.Fatalf("%d blocks in %d requests, %v", len(blocks), requests, err)
	}
}

func TestWaitHearsOfNewHeads(t *testing.T) {
	w := newTown(t, 1)
	polled := w.proxied(&proxy{})
	subscribed := w.source()
	for name, s := range map[string]*Source{"polled": polled, "subscribed": subscribed} {
		for range 3 {
			head := w.head()
			done := make(chan error, 1)
			go func() {
				// A first word may come early; what counts is that the head is found.
				for {
					if err := s.Wait(t.Context(), head.Hash); err != nil {
						done <- err
						return
					}
					if now, err := s.Head(t.Context()); err != nil || now.Hash != head.Hash {
						done <- err
						return
					}
				}
			}()
			time.Sleep(30 * time.Millisecond)
			w.sim.Commit()
			select {
			case err := <-done:
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			case <-time.After(5 * time.Second):
				t.Fatalf("%s: the head was missed", name)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		var err error
		for err == nil {
			err = s.Wait(ctx, w.head().Hash)
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if subscribed.endpoints[0].heads.sub == nil || polled.endpoints[0].heads.sub != nil {
		t.Fatal("the subscription was not used where there is one")
	}
	subscribed.endpoints[0].heads.stop()
}

// TestHostileLogsDoNotPanic feeds the decoder with arbitrary bytes behind every
// known signature. What it takes has CIDs that are whole.
func TestHostileLogsDoNotPanic(t *testing.T) {
	d, err := newDecoder()
	if err != nil {
		t.Fatal(err)
	}
	signatures := []graph.Hash{{}, d.ignored}
	for id := range d.read {
		signatures = append(signatures, id)
	}
	if len(d.read) != 14 || d.ignored == (graph.Hash{}) {
		t.Fatalf("the ABI lacks an event: %d known", len(d.read))
	}
	_, whole := name("x")
	parsed, err := contracts.SocialGraphMetaData.ParseABI()
	if err != nil {
		t.Fatal(err)
	}
	posted, err := parsed.Events["Posted"].Inputs.NonIndexed().Pack(whole, [16]byte{7: 1}, whole, [16]byte{7: 2}, whole, uint64(7))
	if err != nil {
		t.Fatal(err)
	}
	honest := &types.Log{Data: posted, Topics: []graph.Hash{parsed.Events["Posted"].ID, {31: 1}}}
	if _, ok, err := d.event(honest, graph.Position{Block: 5}, 1000); err != nil || !ok {
		t.Fatalf("an honest log is not taken, so this test would see only refusals: %v", err)
	}
	rapid.Check(t, func(t *rapid.T) {
		l := &types.Log{Data: rapid.SliceOfN(rapid.Byte(), 0, 400).Draw(t, "data")}
		kind := rapid.IntRange(0, 2).Draw(t, "kind")
		switch kind {
		case 0: // an honest log with a few bytes altered
			l.Data, l.Topics = bytes.Clone(posted), honest.Topics
			for range rapid.IntRange(0, 4).Draw(t, "flips") {
				l.Data[rapid.IntRange(0, len(l.Data)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
			}
			l.Data = l.Data[:len(l.Data)-rapid.IntRange(0, 40).Draw(t, "cut")]
		case 1: // small words make offsets and lengths that nearly fit
			l.Data = nil
			for range rapid.IntRange(0, 12).Draw(t, "words") {
				l.Data = append(l.Data, common.LeftPadBytes([]byte{byte(rapid.IntRange(0, 7).Draw(t, "w") * 32)}, 32)...)
			}
			l.Data = append(l.Data, common.RightPadBytes(whole, 64)...)
		}
		for i := range rapid.IntRange(0, 5).Draw(t, "topics") {
			if kind == 0 {
				break
			}
			h := graph.Hash{31: byte(i)}
			if i == 0 {
				h = rapid.SampledFrom(signatures).Draw(t, "signature")
			}
			l.Topics = append(l.Topics, h)
		}
		at := graph.Position{Block: 5}
		e, ok, err := d.event(l, at, 1000)
		if err != nil || !ok {
			return
		}
		if e.ID != at || e.BlockTime != 1000 || e.Time > 1000 || !e.Action.Valid() ||
			e.Subject.ID.Compare(at) >= 0 || e.Quote.ID.Compare(at) >= 0 {
			t.Fatalf("%+v", e)
		}
		for _, c := range []cid.Cid{e.CID, e.Subject.CID, e.Quote.CID} {
			if !c.Defined() {
				continue
			}
			if again, err := cid.Cast(c.Bytes()); err != nil || !bytes.Equal(again.Bytes(), c.Bytes()) || c.ByteLen() > graph.MaxCID {
				t.Fatalf("%s: %v", c, err)
			}
		}
	})
}
