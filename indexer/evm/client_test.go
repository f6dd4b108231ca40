package evm

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"candor/graph"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"
)

// answering is an endpoint of the chain 7 that gives every other question one answer.
type answering struct {
	*httptest.Server
	answer atomic.Value // string: the answer's result or error, or a status
	asked  atomic.Int64
}

func newAnswering(t *testing.T, answer string) *answering {
	t.Helper()
	a := &answering{}
	a.answer.Store(answer)
	end := make(chan struct{})
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q struct {
			ID     json.RawMessage
			Method string
		}
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
			t.Error(err)
		}
		told := a.answer.Load().(string)
		if q.Method == "eth_chainId" {
			told = `"result":"0x7"`
			if strings.HasPrefix(a.answer.Load().(string), "chain ") {
				told = `"result":"0x8"`
			}
		} else {
			a.asked.Add(1)
			if strings.HasPrefix(told, "chain ") {
				told = one
			}
		}
		switch told {
		case "busy":
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		case "silent":
			select {
			case <-end:
			case <-r.Context().Done():
			}
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"jsonrpc":"2.0","id":` + string(q.ID) + `,` + told + `}`))
	}))
	t.Cleanup(func() { close(end); a.Close() })
	return a
}

const one = `"result":"0x1"`

// A client turns to the next endpoint when one fails, and to none when one says no.
func TestClientTurnsToTheNextEndpoint(t *testing.T) {
	revert := `"error":{"code":3,"message":"execution reverted","data":"0xab"}`
	for name, c := range map[string]struct {
		first  string
		second string
		says   string // of the error; empty: the answer is 1
		asked  int64  // how often the second one was asked
	}{
		"an answer":          {one, "busy", "", 0},
		"a busy one":         {"busy", one, "", 1},
		"a silent one":       {"silent", one, "", 1},
		"too many questions": {`"error":{"code":-32005,"message":"limit exceeded"}`, one, "", 1},
		"no such method":     {`"error":{"code":-32601,"message":"unknown"}`, one, "", 1},
		"an inner failure":   {`"error":{"code":-32603,"message":"disk"}`, one, "", 1},
		"another chain":      {"chain 8", one, "", 1},
		"rate limit":         {`"error":{"code":-32000,"message":"rate limit reached"}`, one, "", 1},
		"a revert":           {revert, one, "execution reverted", 0},
		"an inner revert":    {`"error":{"code":-32603,"message":"reverted","data":"0xab"}`, one, "reverted", 0},
		"no funds":           {`"error":{"code":-32000,"message":"insufficient funds for gas * price + value"}`, one, "insufficient funds", 0},
		"gas over a limit":   {`"error":{"code":-32000,"message":"exceeds block gas limit"}`, one, "block gas limit", 0},
		"both fail":          {"busy", "busy", "(number 2) ", 1},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := newAnswering(t, c.first), newAnswering(t, c.second)
			s := sourceOf(t, Config{ChainID: 7, Timeout: 300 * time.Millisecond, Pause: time.Minute, Distrust: time.Minute}, a.URL, b.URL)
			defer s.Close()
			raw, err := s.Client()
			if err != nil {
				t.Fatal(err)
			}
			client := ethclient.NewClient(raw)
			n, err := client.BlockNumber(t.Context())
			if c.says == "" && (err != nil || n != 1) || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
				t.Fatalf("%d %v", n, err)
			}
			if b.asked.Load() != c.asked {
				t.Errorf("the second endpoint was asked %d times, expected %d", b.asked.Load(), c.asked)
			}
			if c.asked == 0 { // an answer, even a no, costs the endpoint nothing
				if h := s.Health()[0]; !h.Current || h.Resting != nil || len(h.Failures) > 0 {
					t.Errorf("the first endpoint is %+v", h)
				}
				return
			}
			before := a.asked.Load()
			if _, err := client.BlockNumber(t.Context()); (err == nil) != (c.says == "") {
				t.Errorf("asked again: %v", err)
			}
			if a.asked.Load() != before || s.Health()[0].Resting == nil {
				t.Error("the endpoint that failed is asked again at once")
			}
		})
	}
}

func TestClientPassesOnWhatAnEndpointSays(t *testing.T) {
	a := newAnswering(t, `"error":{"code":3,"message":"execution reverted","data":"0xab"}`)
	s := sourceOf(t, Config{ChainID: 7}, a.URL)
	defer s.Close()
	raw, err := s.Client()
	if err != nil {
		t.Fatal(err)
	}
	client := ethclient.NewClient(raw)
	_, err = client.EstimateGas(t.Context(), ethereum.CallMsg{})
	var coded rpc.Error
	var data rpc.DataError
	if !errors.As(err, &coded) || coded.ErrorCode() != 3 || !errors.As(err, &data) || data.ErrorData() != "0xab" {
		t.Errorf("a revert is %v", err)
	}
	a.answer.Store(`"result":null`)
	if _, err := client.TransactionReceipt(t.Context(), graph.Hash{}); !errors.Is(err, ethereum.NotFound) {
		t.Errorf("nothing is %v", err)
	}
	a.answer.Store("silent")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := client.BlockNumber(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a question that was given up is %v", err)
	}
	if h := s.Health()[0]; h.Resting != nil {
		t.Errorf("who gives up a question makes its endpoint rest: %v", h.Resting)
	}
}
