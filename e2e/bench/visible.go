package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"candor/graph"
	"candor/relay"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rpc"
)

// benchVisible sends posts one by one to a real node, proving as by default, and
// measures from each post's block to the first feed that shows the post. A block
// counts from the moment at which the chain's own RPC announces it; a feed is
// asked for again 2 ms after its last answer. from_send is the time from before
// the intent is sent, mining included.
func benchVisible(posts int) (map[string]any, error) {
	dir, err := os.MkdirTemp("", "candor-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	url, stop, err := startNode(filepath.Join(dir, "node"))
	if err != nil {
		return nil, err
	}
	defer stop()
	var facts struct {
		RPC       string
		Contracts struct{ SocialGraph common.Address }
	}
	if err := get(url+"/api/v1/chain", &facts); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	heads, err := watchHeads(ctx, strings.Replace(facts.RPC, "http://", "ws://", 1))
	if err != nil {
		return nil, err
	}
	key, err := crypto.GenerateKey()
	if err != nil {
		return nil, err
	}
	w := &writer{url: url, contract: facts.Contracts.SocialGraph, key: key}
	if err := get(url+"/api/v1/feed?ranker=latest&limit=3", &struct{}{}); err != nil {
		return nil, err
	}
	var fromBlock, fromSend []float64
	for i := range posts {
		text := fmt.Sprintf("Number %d, and nobody waits for the next one.", i)
		sent, id, seen, err := w.post(text)
		if err != nil {
			return nil, fmt.Errorf("post %d: %w", i, err)
		}
		block, err := heads.when(id.Block)
		if err != nil {
			return nil, err
		}
		// The index may hear of a block before this process does.
		fromBlock = append(fromBlock, max(0, seen.Sub(block).Seconds()*1000))
		fromSend = append(fromSend, seen.Sub(sent).Seconds()*1000)
	}
	at := func(vs []float64, share float64) float64 {
		slices.Sort(vs)
		return vs[min(len(vs)-1, int(share*float64(len(vs))))]
	}
	return map[string]any{"visible_posts": posts, "visible_p50_ms": at(fromBlock, 0.5), "visible_p99_ms": at(fromBlock, 0.99),
		"visible_max_ms": at(fromBlock, 1), "visible_from_send_p50_ms": at(fromSend, 0.5), "visible_from_send_p99_ms": at(fromSend, 0.99)}, nil
}

// headTimes are when blocks were announced.
type headTimes struct {
	mu sync.Mutex
	at map[uint64]time.Time
}

func watchHeads(ctx context.Context, url string) (*headTimes, error) {
	client, err := rpc.DialContext(ctx, url)
	if err != nil {
		return nil, err
	}
	news := make(chan struct{ Number string }, 64)
	sub, err := client.EthSubscribe(ctx, news, "newHeads")
	if err != nil {
		return nil, err
	}
	h := &headTimes{at: map[uint64]time.Time{}}
	go func() {
		defer client.Close()
		for {
			select {
			case <-ctx.Done():
				return
			case <-sub.Err():
				return
			case head := <-news:
				now := time.Now()
				var n uint64
				if _, err := fmt.Sscanf(head.Number, "0x%x", &n); err != nil {
					continue
				}
				h.mu.Lock()
				if h.at[n].IsZero() {
					h.at[n] = now
				}
				h.mu.Unlock()
			}
		}
	}()
	return h, nil
}

func (h *headTimes) when(n uint64) (time.Time, error) {
	for range 200 {
		h.mu.Lock()
		at := h.at[n]
		h.mu.Unlock()
		if !at.IsZero() {
			return at, nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	return time.Time{}, fmt.Errorf("the chain never announced block %d", n)
}

// writer posts as a reader's browser does.
type writer struct {
	url      string
	contract graph.Address
	key      *ecdsa.PrivateKey
	nonce    uint64
}

// post sends one and waits until a feed shows it.
func (w *writer) post(text string) (sent time.Time, id graph.PostID, seen time.Time, err error) {
	doc, c, err := graph.PostContent{Text: text}.Encode()
	if err != nil {
		return
	}
	if err = send(w.url+"/api/v1/blocks", doc, &struct{}{}); err != nil {
		return
	}
	now := uint64(time.Now().Unix())
	in := graph.Intent{Author: crypto.PubkeyToAddress(w.key.PublicKey), Action: graph.ActPost, CID: c.Bytes(),
		Nonce: w.nonce, Time: now, Deadline: now + 3600}
	sig, err := relay.Sign(in, big.NewInt(1337), w.contract, w.key)
	if err != nil {
		return
	}
	wire, err := relay.Wire(in, sig)
	if err != nil {
		return
	}
	body, err := json.Marshal([]relay.WireIntent{wire})
	if err != nil {
		return
	}
	shown := make(chan error, 1)
	sent = time.Now()
	go func() {
		var err error
		seen, err = w.watch(c.String())
		shown <- err
	}()
	var answer struct {
		Items []struct{ State, ID, Error string }
	}
	err = send(w.url+"/api/v1/intents", body, &answer)
	if e := <-shown; err == nil {
		err = e
	}
	if err == nil && (len(answer.Items) != 1 || answer.Items[0].State != "mined") {
		err = fmt.Errorf("the intent is %+v", answer.Items)
	}
	if err != nil {
		return
	}
	w.nonce++
	id, err = graph.ParsePosition(answer.Items[0].ID)
	return
}

// watch asks for the feed until it shows the content.
func (w *writer) watch(cid string) (time.Time, error) {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		var page struct {
			Items []struct{ Post struct{ CID string } }
		}
		if err := get(w.url+"/api/v1/feed?ranker=latest&limit=3", &page); err != nil {
			return time.Time{}, err
		}
		for _, i := range page.Items {
			if i.Post.CID == cid {
				return time.Now(), nil
			}
		}
	}
	return time.Time{}, errors.New("no feed showed the post within 20 s")
}

func get(url string, v any) error {
	res, err := http.Get(url)
	return answer(res, err, v)
}

func send(url string, body []byte, v any) error {
	res, err := http.Post(url, "application/json", bytes.NewReader(body))
	return answer(res, err, v)
}

func answer(res *http.Response, err error, v any) error {
	if err != nil {
		return err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %d %s", res.Request.URL.Path, res.StatusCode, b)
	}
	return json.Unmarshal(b, v)
}
