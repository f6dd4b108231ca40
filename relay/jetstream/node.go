package jetstream

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/ipfs/go-cid"

	"candor/graph"
)

// maxAnswer is the most bytes that an answer may have.
const maxAnswer = 16 << 20

// node is a node's HTTP API. Every call may be made again without harm, and is,
// while the node does not answer, for as long as patience says.
type node struct {
	url      string
	c        *http.Client
	patience time.Duration
}

func newNode(raw string, patience time.Duration) (*node, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("%q is no address of a node: send one such as http://127.0.0.1:8080", raw)
	}
	return &node{url: strings.TrimSuffix(raw, "/"), c: &http.Client{Timeout: 60 * time.Second}, patience: patience}, nil
}

// refusal is an answer that says no.
type refusal struct {
	status int
	detail string
}

func (r *refusal) Error() string { return fmt.Sprintf("the node answers %d: %s", r.status, r.detail) }

type chain struct {
	id       *big.Int
	genesis  string
	contract graph.Address
}

func (n *node) chain(ctx context.Context) (chain, error) {
	var a struct {
		ChainID   uint64 `json:"chainId"`
		Genesis   string `json:"genesis"`
		Contracts struct {
			SocialGraph graph.Address `json:"socialGraph"`
		} `json:"contracts"`
	}
	if _, err := n.call(ctx, http.MethodGet, "/api/v1/chain", "", nil, &a); err != nil {
		return chain{}, err
	}
	if a.ChainID == 0 || a.Genesis == "" || a.Contracts.SocialGraph == (graph.Address{}) {
		return chain{}, errors.New("the node's /api/v1/chain names no chain, genesis or contract: is it a Candor node?")
	}
	return chain{new(big.Int).SetUint64(a.ChainID), a.Genesis, a.Contracts.SocialGraph}, nil
}

// nonce is the number that the author's next intent must carry.
func (n *node) nonce(ctx context.Context, author graph.Address) (uint64, error) {
	var a struct {
		Nonce *uint64 `json:"nonce"`
	}
	if _, err := n.call(ctx, http.MethodGet, "/api/v1/nonces/"+author.Hex(), "", nil, &a); err != nil {
		return 0, err
	}
	if a.Nonce == nil {
		return 0, errors.New("the node's answer has no nonce")
	}
	return *a.Nonce, nil
}

type blockAnswer struct {
	CID   string `json:"cid"`
	Error string `json:"error"`
}

// blocks sends documents, in requests of bounded size.
func (n *node) blocks(ctx context.Context, docs [][]byte) ([]blockAnswer, error) {
	const most, size = 250, 512 << 10
	var all []blockAnswer
	for from := 0; from < len(docs); {
		var body bytes.Buffer
		to := from
		for ; to < len(docs) && to < from+most && (to == from || body.Len()+len(docs[to]) < size); to++ {
			body.Write(docs[to])
			body.WriteByte('\n')
		}
		var a struct {
			Items []blockAnswer `json:"items"`
		}
		if _, err := n.call(ctx, http.MethodPost, "/api/v1/blocks", "application/x-ndjson", body.Bytes(), &a); err != nil {
			return nil, err
		}
		if len(a.Items) != to-from {
			return nil, fmt.Errorf("the node answers %d documents with %d CIDs", to-from, len(a.Items))
		}
		all = append(all, a.Items...)
		from = to
	}
	return all, nil
}

type intentAnswer struct {
	State string `json:"state"`
	ID    string `json:"id"`
	Error string `json:"error"`
	Again bool   `json:"again"`
}

// intents sends signed intents; unsure says that an earlier try may have arrived,
// too, so that a refusal may be the echo of an acceptance.
func (n *node) intents(ctx context.Context, body []byte, count int) (items []intentAnswer, unsure bool, err error) {
	var a struct {
		Items []intentAnswer `json:"items"`
	}
	unsure, err = n.call(ctx, http.MethodPost, "/api/v1/intents", "application/json", body, &a)
	if err == nil && len(a.Items) != count {
		err = fmt.Errorf("the node answers %d intents with %d states", count, len(a.Items))
	}
	return a.Items, unsure, err
}

type postView struct {
	ID     graph.PostID  `json:"id"`
	CID    string        `json:"cid"`
	Author graph.Address `json:"author"`
}

// post finds the author's post of that content.
func (n *node) post(ctx context.Context, author graph.Address, c cid.Cid) (id graph.PostID, ok bool, err error) {
	var one struct {
		Post postView `json:"post"`
	}
	_, err = n.call(ctx, http.MethodGet, "/api/v1/posts/"+c.String(), "", nil, &one)
	var no *refusal
	if errors.As(err, &no) && no.status == http.StatusNotFound {
		return id, false, nil
	} else if err != nil {
		return id, false, err
	}
	if one.Post.Author == author && one.Post.CID == c.String() {
		return one.Post.ID, true, nil
	}
	// Someone else has posted the same content: look among the author's own.
	for cursor := ""; ; {
		var page struct {
			Items  []postView `json:"items"`
			Cursor string     `json:"cursor"`
		}
		_, err = n.call(ctx, http.MethodGet, "/api/v1/profiles/"+author.Hex()+"?limit=100&cursor="+url.QueryEscape(cursor), "", nil, &page)
		if errors.As(err, &no) && no.status == http.StatusNotFound {
			return id, false, nil
		} else if err != nil {
			return id, false, err
		}
		for _, p := range page.Items {
			if p.Author == author && p.CID == c.String() {
				return p.ID, true, nil
			}
		}
		if page.Cursor == "" || page.Cursor == cursor {
			return id, false, nil
		}
		cursor = page.Cursor
	}
}

// call makes a request until it is answered. again says that it was made before,
// without an answer.
func (n *node) call(ctx context.Context, method, path, contentType string, body []byte, v any) (again bool, err error) {
	var first time.Time
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		err := n.once(ctx, method, path, contentType, body, v)
		var no *refusal
		if err == nil || errors.As(err, &no) && no.status < 500 && no.status != http.StatusTooManyRequests {
			return again, err
		}
		if ctx.Err() != nil {
			return again, ctx.Err()
		}
		if first.IsZero() {
			first = time.Now()
		}
		if time.Since(first) > n.patience {
			return again, fmt.Errorf("the node at %s does not answer, start it and run the import again to go on: %w", n.url, err)
		}
		again = true
		select {
		case <-ctx.Done():
			return again, ctx.Err()
		case <-time.After(wait):
		}
	}
}

func (n *node) once(ctx context.Context, method, path, contentType string, body []byte, v any) error {
	req, err := http.NewRequestWithContext(ctx, method, n.url+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	res, err := n.c.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil {
		return err
	}
	if len(b) > maxAnswer {
		return fmt.Errorf("the node's answer to %s has more than %d bytes", path, maxAnswer)
	}
	if res.StatusCode/100 != 2 {
		var p struct {
			Detail string `json:"detail"`
			Title  string `json:"title"`
		}
		if json.Unmarshal(b, &p) != nil || p.Detail == "" {
			p.Detail = http.StatusText(res.StatusCode)
		}
		return &refusal{res.StatusCode, p.Detail}
	}
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("the node's answer to %s is no JSON of its API: %w", path, err)
	}
	return nil
}
