package evm

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/graph"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"
)

// liar is a node of a made-up chain behind HTTP and WebSocket that has faults.
type liar struct {
	fam *family
	rpc *rpc.Server
	srv *httptest.Server
	ws  http.Handler

	mu     sync.Mutex
	rng    *rand.Rand
	branch []*made
	head   int
	other  []*made        // what a second node behind the same address believes
	rates  map[string]int // of 100
	which  int            // log that is spoilt; below zero: any
	once   bool           // each fault fires a single time
	fired  map[string]int
	forged map[graph.Hash]bool
	moved  chan struct{}
	conns  map[net.Conn]bool
}

func newLiar(fam *family, seed uint64) *liar {
	l := &liar{fam: fam, rng: rand.New(rand.NewPCG(seed, 2)), branch: fam.branches[0], other: fam.branches[0], rates: map[string]int{}, which: -1,
		fired: map[string]int{}, forged: map[graph.Hash]bool{}, moved: make(chan struct{}), conns: map[net.Conn]bool{}}
	l.rpc = rpc.NewServer()
	if err := l.rpc.RegisterName("eth", &answers{l}); err != nil {
		panic(err)
	}
	l.ws = l.rpc.WebsocketHandler([]string{"*"})
	l.srv = httptest.NewUnstartedServer(l)
	l.srv.Config.ConnState = func(c net.Conn, s http.ConnState) {
		l.mu.Lock()
		defer l.mu.Unlock()
		if s == http.StateHijacked {
			l.conns[c] = true
		}
	}
	l.srv.Start()
	return l
}

func (l *liar) close() {
	l.calm()
	l.cut()
	l.srv.CloseClientConnections()
	l.srv.Close()
	l.rpc.Stop()
}

// cut ends all WebSockets.
func (l *liar) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.conns {
		c.Close()
		delete(l.conns, c)
	}
}

func (l *liar) calm() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rates = map[string]int{}
}

// move has the node believe another head.
func (l *liar) move(branch []*made, head int) {
	l.mu.Lock()
	l.other, l.branch, l.head = l.branch, branch, head
	close(l.moved)
	l.moved = make(chan struct{})
	rate := l.rates["connection cut"]
	l.mu.Unlock()
	if rate > 0 && l.roll("connection cut") {
		l.cut()
	}
}

// roll says whether the fault fires now. Where it would change nothing it must
// not be asked.
func (l *liar) roll(fault string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	rate, ok := l.rates[fault]
	if !ok || l.rng.IntN(100) >= rate {
		return false
	}
	if l.fired[fault]++; l.once {
		delete(l.rates, fault)
	}
	return true
}

func (l *liar) chance(n int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.rng.IntN(n)
}

func (l *liar) source(t testing.TB, cfg Config) *Source {
	t.Helper()
	s := sourceOf(t, cfg, l.srv.URL)
	t.Cleanup(func() { s.Close(); l.close() })
	return s
}

func sourceOf(t testing.TB, cfg Config, urls ...string) *Source {
	t.Helper()
	cfg.Contract = social
	s, err := Dial(urls, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// answers are the methods that the node has.
type answers struct{ l *liar }

func (a *answers) view() ([]*made, int) {
	l := a.l
	l.mu.Lock()
	branch, other, head := l.branch, l.other, l.head
	l.mu.Unlock()
	if fork := other[min(head, len(other)-1)]; fork != branch[head] && l.roll("nodes disagree") {
		branch = other
	}
	if head > 8 && l.roll("head lags") {
		head -= 1 + l.chance(8)
	}
	return branch, head
}

func (a *answers) GetBlockByNumber(_ context.Context, number rpc.BlockNumber, _ bool) (json.RawMessage, error) {
	branch, head := a.view()
	n := int(number)
	switch number {
	case rpc.LatestBlockNumber:
		if n = head; n > 3 && a.l.roll("head goes back") {
			n -= 1 + a.l.chance(3)
		}
	case rpc.FinalizedBlockNumber:
		n = 0
	}
	if n < 0 || n > head {
		return json.RawMessage("null"), nil
	}
	m := branch[n]
	switch h := types.CopyHeader(m.header); {
	case a.l.roll("block absent"):
		return json.RawMessage("null"), nil
	case number > 0 && a.l.roll("another block"):
		return branch[n-1].headerJSON, nil
	case a.l.roll("header altered"):
		return json.RawMessage(strings.Replace(string(m.headerJSON), `"gasLimit":"0x`, `"gasLimit":"0x1`, 1)), nil
	case m.logs > 0 && a.l.roll("bloom emptied"):
		h.Bloom = types.Bloom{}
		return withHash(h, m.want.Hash), nil
	case m.logs > 0 && a.l.roll("block forged"):
		h.Bloom, h.ReceiptHash = types.Bloom{}, types.EmptyReceiptsHash
		a.l.mu.Lock()
		a.l.forged[h.Hash()] = true
		a.l.mu.Unlock()
		return withHash(h, h.Hash()), nil
	}
	return m.headerJSON, nil
}

func withHash(h *types.Header, hash graph.Hash) json.RawMessage {
	var fields map[string]any
	if err := json.Unmarshal(mustJSON(h), &fields); err != nil {
		panic(err)
	}
	fields["hash"] = hash
	return mustJSON(fields)
}

func (a *answers) GetBlockReceipts(_ context.Context, of struct {
	BlockHash graph.Hash `json:"blockHash"`
}) (json.RawMessage, error) {
	m, ok := a.l.fam.known[of.BlockHash]
	if !ok || a.l.roll("receipts absent") {
		return json.RawMessage("null"), nil
	}
	type receipt = map[string]any
	var rs []receipt
	if err := json.Unmarshal(m.receiptsJSON, &rs); err != nil {
		panic(err)
	}
	logs := func(r receipt) []any { return r["logs"].([]any) }
	type place struct {
		r   receipt
		log int
	}
	var ours []place // the contract's logs
	for _, r := range rs {
		for i, x := range logs(r) {
			if x.(receipt)["address"] == strings.ToLower(social.Hex()) {
				ours = append(ours, place{r, i})
			}
		}
	}
	if len(ours) == 0 {
		return m.receiptsJSON, nil
	}
	at := ours[a.l.chance(len(ours))]
	if a.l.which >= 0 {
		at = ours[a.l.which]
	}
	r, i := at.r, at.log
	log := logs(r)[i].(receipt)
	switch {
	case a.l.roll("log dropped"):
		r["logs"] = append(append([]any{}, logs(r)[:i]...), logs(r)[i+1:]...)
	case a.l.roll("log doubled"):
		r["logs"] = append([]any{log}, logs(r)...)
	case a.l.roll("log altered"):
		d := log["data"].(string)
		log["data"] = d[:len(d)-1] + string("10"[d[len(d)-1]&1])
	case a.l.roll("log added"):
		added := receipt{}
		for k, v := range log {
			added[k] = v
		}
		added["topics"] = []any{log["topics"].([]any)[0], graph.Hash{31: 9}}
		r["logs"] = append(logs(r), added)
	case a.l.roll("receipt dropped"):
		rs = rs[1:]
	case a.l.roll("all receipts dropped"):
		rs = []receipt{}
	case len(rs) > 1 && a.l.roll("receipts swapped"):
		rs[0], rs[1] = rs[1], rs[0]
	case a.l.roll("receipts of another block"):
		for _, other := range a.l.fam.branches[0] {
			if other.logs > 0 && other != m {
				return other.receiptsJSON, nil
			}
		}
	default:
		return m.receiptsJSON, nil
	}
	return mustJSON(rs), nil
}

func (a *answers) NewHeads(ctx context.Context) (*rpc.Subscription, error) {
	notifier, ok := rpc.NotifierFromContext(ctx)
	if !ok {
		return nil, rpc.ErrNotificationsUnsupported
	}
	sub := notifier.CreateSubscription()
	go func() {
		for {
			a.l.mu.Lock()
			moved := a.l.moved
			a.l.mu.Unlock()
			select {
			case <-sub.Err():
				return
			case <-moved:
			}
			if a.l.roll("subscription silent") {
				continue
			}
			branch, head := a.view()
			if notifier.Notify(sub.ID, branch[head].headerJSON) != nil {
				return
			}
		}
	}()
	return sub, nil
}

const hugeAnswer = 512 << 10

// ServeHTTP spoils answers on their way.
func (l *liar) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Upgrade") != "" {
		l.ws.ServeHTTP(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	var calls []json.RawMessage
	batch := json.Unmarshal(body, &calls) == nil && len(calls) > 1
	w.Header().Set("Content-Type", "application/json")
	refuse := func(code int, words string) {
		io.WriteString(w, `{"jsonrpc":"2.0","id":null,"error":{"code":`+strconv.Itoa(code)+`,"message":"`+words+`"}}`)
	}
	switch {
	case l.roll("asked too often"):
		w.Header().Set("Retry-After", "0")
		http.Error(w, "slow down", http.StatusTooManyRequests)
		return
	case l.roll("server error"):
		http.Error(w, "oops", http.StatusBadGateway)
		return
	case l.roll("no answer"):
		<-r.Context().Done()
		return
	case l.roll("connection reset"):
		if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
			c.Close()
		}
		return
	case l.roll("web page"):
		io.WriteString(w, "<html>Please log in</html>")
		return
	case l.roll("redirect"):
		http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusTemporaryRedirect)
		return
	case l.roll("huge answer"):
		io.WriteString(w, "[")
		w.Write(bytes.Repeat([]byte(" "), 2*hugeAnswer))
		io.WriteString(w, "]")
		return
	case batch && l.roll("batch refused"):
		refuse(-32600, "batches are not supported")
		return
	case len(calls) > 2 && l.roll("range too large"):
		l.eachError(w, calls)
		return
	}
	rec := httptest.NewRecorder()
	again := r.Clone(r.Context())
	again.Body, again.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	l.rpc.ServeHTTP(rec, again)
	raw := rec.Body.Bytes()
	switch {
	case l.roll("answer truncated"):
		w.Write(raw[:len(raw)/2])
		return
	case l.roll("answer drips"):
		for i := range raw {
			if r.Context().Err() != nil {
				return
			}
			w.Write(raw[i : i+1])
			w.(http.Flusher).Flush()
			time.Sleep(2 * time.Millisecond)
		}
		return
	case batch && l.roll("ids wrong"):
		raw = l.spoil(raw, func(as []map[string]json.RawMessage) []map[string]json.RawMessage {
			as[0]["id"], as[1]["id"] = as[1]["id"], as[0]["id"]
			as[len(as)-1]["id"] = json.RawMessage("987654321")
			return as
		})
	case batch && l.roll("batch cut"):
		raw = l.spoil(raw, func(as []map[string]json.RawMessage) []map[string]json.RawMessage { return as[:len(as)/2] })
	case batch && l.roll("answers doubled"):
		raw = l.spoil(raw, func(as []map[string]json.RawMessage) []map[string]json.RawMessage {
			first := map[string]json.RawMessage{}
			for k, v := range as[0] {
				first[k] = v
			}
			first["result"] = as[1]["result"] // contradicts the other one
			return append(append(as, first), as...)
		})
	}
	w.Write(raw)
}

func (l *liar) spoil(raw []byte, f func([]map[string]json.RawMessage) []map[string]json.RawMessage) []byte {
	var as []map[string]json.RawMessage
	if err := json.Unmarshal(raw, &as); err != nil || len(as) < 2 {
		return raw
	}
	return mustJSON(f(as))
}

// eachError answers every call of a batch with a limit's error.
func (l *liar) eachError(w http.ResponseWriter, calls []json.RawMessage) {
	var out []map[string]any
	for _, c := range calls {
		var call struct {
			ID json.RawMessage `json:"id"`
		}
		if err := json.Unmarshal(c, &call); err != nil {
			panic(err)
		}
		out = append(out, map[string]any{"jsonrpc": "2.0", "id": call.ID,
			"error": map[string]any{"code": -32005, "message": "query exceeds the limit"}})
	}
	w.Write(mustJSON(out))
}
