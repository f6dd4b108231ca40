package evm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"candor/graph"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"
)

// Kinds of failure, as Health counts them.
const (
	Lied      = "lied"      // an answer does not fit what it claims to be
	Throttled = "throttled" // asked too often
	TooLarge  = "too-large" // asked for too much at once
	TimedOut  = "timed-out"
	Cut       = "cut"    // an answer ends early, or leaves a part of a batch out
	Absent    = "absent" // it does not have what was asked for (yet)
	Failed    = "failed" // anything else
)

const (
	longestPause    = 300             // of an endpoint's first pauses
	longestDistrust = 60              // of the pauses after its first lie
	longestWait     = 5 * time.Minute // that a Retry-After is obeyed
)

// failure is an error of an endpoint with its kind.
type failure struct {
	kind string
	error
}

func (f failure) Unwrap() error { return f.error }

func lie(format string, args ...any) error { return failure{Lied, fmt.Errorf(format, args...)} }

func absent(format string, args ...any) error { return failure{Absent, fmt.Errorf(format, args...)} }

// endpoint is one place that answers for the chain, with what is known of it.
// It is asked for less at once after it failed at much, not at all for a while
// after it failed, and longer after it lied.
type endpoint struct {
	cfg   Config
	name  string // scheme and host: paths hold keys
	url   string // empty when the client was given
	heads heads

	dialling sync.Mutex
	client   *rpc.Client

	mu       sync.Mutex
	vetted   bool // it is on the chain that is meant
	until    time.Time
	pause    time.Duration
	why      error
	lies     int
	told     time.Duration // by Retry-After
	headers  uint64        // asked for at once
	receipts int           // blocks whose receipts are asked for at once
	answers  uint64
	failures map[string]uint64
}

func newEndpoint(cfg Config, name, url string, client *rpc.Client) *endpoint {
	return &endpoint{cfg: cfg, name: name, url: url, client: client, headers: headerBatch, receipts: receiptBatch,
		failures: map[string]uint64{}}
}

// parseEndpoint refuses what is no address of JSON-RPC.
func parseEndpoint(raw string) (name string, err error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return "", errors.New("an RPC endpoint's address does not parse: give http, https, ws or wss and a host")
	}
	switch u.Scheme {
	case "http", "https", "ws", "wss":
		return u.Scheme + "://" + u.Host, nil
	}
	return "", fmt.Errorf("RPC endpoints at %s: addresses are not known: give http, https, ws or wss", u.Scheme)
}

// connect gives the client; a WebSocket is dialled when first needed, so that
// one that is down holds up no other.
func (e *endpoint) connect(ctx context.Context) (*rpc.Client, error) {
	e.dialling.Lock()
	defer e.dialling.Unlock()
	if e.client != nil {
		return e.client, nil
	}
	// A redirect would send what the operator configured elsewhere.
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c, err := rpc.DialOptions(ctx, e.url, rpc.WithHTTPClient(&http.Client{Transport: capped{e}, CheckRedirect: stay}),
		rpc.WithWebsocketMessageSizeLimit(e.cfg.MaxAnswer))
	if err != nil {
		return nil, fmt.Errorf("cannot connect: %w", err)
	}
	e.client = c
	return c, nil
}

func (e *endpoint) close() {
	e.heads.stop()
	e.dialling.Lock()
	defer e.dialling.Unlock()
	if e.client != nil {
		e.client.Close()
	}
}

func (e *endpoint) call(ctx context.Context, result any, method string, args ...any) error {
	ctx, cancel := context.WithTimeout(ctx, e.cfg.Timeout)
	defer cancel()
	c, err := e.connect(ctx)
	if err == nil {
		err = c.CallContext(ctx, result, method, args...)
	}
	return classified(err)
}

func (e *endpoint) batch(ctx context.Context, batch []rpc.BatchElem) error {
	if len(batch) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, e.cfg.Timeout)
	defer cancel()
	c, err := e.connect(ctx)
	if err == nil {
		err = c.BatchCallContext(ctx, batch)
	}
	for i := range batch {
		batch[i].Error = classified(batch[i].Error)
	}
	return classified(err)
}

// vet sees once whether the endpoint is on the chain that is meant.
func (e *endpoint) vet(ctx context.Context) error {
	e.mu.Lock()
	vetted := e.vetted
	e.mu.Unlock()
	if vetted {
		return nil
	}
	if e.cfg.ChainID != 0 { // chains that parted share their first block
		var id hexutil.Uint64
		if err := e.call(ctx, &id, "eth_chainId"); err != nil {
			return err
		}
		if uint64(id) != e.cfg.ChainID {
			return lie("it is on another chain: its id is %d, not %d", uint64(id), e.cfg.ChainID)
		}
	}
	if e.cfg.Genesis != (graph.Hash{}) {
		h, err := e.header(ctx, "0x0")
		if err != nil {
			return err
		}
		if h.hash != e.cfg.Genesis || h.Number.Sign() != 0 {
			return lie("it is on another chain: its first block is %s, not %s", h.hash, e.cfg.Genesis)
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.vetted = true
	return nil
}

// resting is why the endpoint is not asked now; nil when it is.
func (e *endpoint) resting() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if left := time.Until(e.until); left > 0 {
		return fmt.Errorf("is not asked for another %s, since %w", left.Round(time.Millisecond), e.why)
	}
	return nil
}

// judge draws the consequences of an answer.
func (e *endpoint) judge(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err == nil {
		e.answers++
		e.pause = 0
		e.headers = min(headerBatch, e.headers+max(1, e.headers/8))
		e.receipts = min(receiptBatch, e.receipts+1)
		return
	}
	kind := e.count(err)
	switch kind {
	case Absent: // it may lag: others are asked, and it again
		return
	case Lied:
		e.lies++
		e.rest(err, e.cfg.Distrust*time.Duration(min(1<<min(e.lies-1, 16), longestDistrust)))
		e.cfg.Log.Error("an RPC endpoint lied and is not believed for a while", "endpoint", e.name, "error", err, "for", time.Until(e.until).Round(time.Millisecond))
		return
	}
	e.pause = min(max(2*e.pause, e.cfg.Pause), longestPause*e.cfg.Pause)
	e.rest(err, max(e.pause, min(e.told, longestWait)))
	e.told = 0
	e.cfg.Log.Debug("an RPC endpoint failed", "endpoint", e.name, "kind", kind, "error", err, "pause", e.pause)
}

func (e *endpoint) rest(why error, d time.Duration) { e.why, e.until = why, time.Now().Add(d) }

// note counts a failure inside an answer of which a part could be used.
func (e *endpoint) note(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.count(err)
}

// count asks for less next time where that may help. The caller holds the lock.
func (e *endpoint) count(err error) string {
	kind := kindOf(err)
	e.failures[kind]++
	if kind == TooLarge || kind == TimedOut || kind == Cut {
		e.headers, e.receipts = max(1, e.headers/2), max(1, e.receipts/2)
	}
	return kind
}

// sizes is how much is asked for at once.
func (e *endpoint) sizes() (headers uint64, receipts int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.headers, e.receipts
}

func kindOf(err error) string {
	var f failure
	if errors.As(err, &f) {
		return f.kind
	}
	return Failed
}

// classified gives an error of the connection its kind, and takes the address,
// which may hold a key, out of it.
func classified(err error) error {
	if err == nil {
		return nil
	}
	if u := (*url.Error)(nil); errors.As(err, &u) {
		err = u.Err
	}
	var status rpc.HTTPError
	if errors.As(err, &status) {
		err = fmt.Errorf("it answers with the status %d", status.StatusCode)
	}
	return failure{kindByWords(err, status.StatusCode), err}
}

func kindByWords(err error, status int) string {
	var coded rpc.Error
	code := 0
	if errors.As(err, &coded) {
		code = coded.ErrorCode()
	}
	words := strings.ToLower(err.Error())
	says := func(any ...string) bool {
		for _, w := range any {
			if strings.Contains(words, w) {
				return true
			}
		}
		return false
	}
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, context.DeadlineExceeded), code == -32002, status == http.StatusGatewayTimeout:
		return TimedOut
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable, says("rate limit", "too many requests"):
		return Throttled
	case status == http.StatusRequestEntityTooLarge, code == -32005, code == -32003,
		code != 0 && says("too large", "too many", "range", "limit", "exceed"):
		return TooLarge
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &syntax),
		errors.Is(err, rpc.ErrMissingBatchResponse), errors.Is(err, rpc.ErrNoResult):
		return Cut
	}
	return Failed
}

// capped ends answers that are longer than any honest one, and hears when the
// endpoint wants to be asked again.
type capped struct{ e *endpoint }

func (c capped) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(resp.Body, c.e.cfg.MaxAnswer), resp.Body}
	if resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode == http.StatusServiceUnavailable {
		c.e.mu.Lock()
		c.e.told = retryAfter(resp.Header.Get("Retry-After"), time.Now())
		c.e.mu.Unlock()
	}
	return resp, nil
}

// retryAfter reads the header's two forms: seconds, or a date.
func retryAfter(value string, now time.Time) time.Duration {
	if s, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(s) * time.Second
	}
	if t, err := http.ParseTime(value); err == nil {
		return max(0, t.Sub(now))
	}
	return 0
}
