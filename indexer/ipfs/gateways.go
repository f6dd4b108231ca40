package ipfs

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/ipfs/go-cid"
)

// Limits on one gateway.
const (
	headerBytes  = 16 << 10
	maxRedirects = 2
)

// rawType is the media type of one block's bytes.
const rawType = "application/vnd.ipld.raw"

// A gateway is one trustless HTTP gateway. It is asked for single raw blocks
// only, over HTTP/1.1: there no more is buffered than is read.
type gateway struct {
	base   string
	client *http.Client
	lanes  lanes

	mu     sync.Mutex
	faults int           // in a row
	lies   int           // ever
	rest   time.Time     // when it may be asked again
	usual  time.Duration // a moving average of the time that it takes
}

// fault says how much a failure speaks against the gateway. Whatever somebody who
// only publishes a CID can bring about must be no fault: or else a flood of such
// CIDs would take the gateway away from all others.
type fault int

const (
	noFault fault = iota
	broken        // the gateway fails
	lied          // it sent other bytes than those asked for
)

type gatewayError struct {
	fault
	pause time.Duration // that it asked for
	err   error
}

func (e *gatewayError) Error() string { return e.err.Error() }
func (e *gatewayError) Unwrap() error { return e.err }

func failed(f fault, format string, args ...any) error {
	return &gatewayError{fault: f, err: fmt.Errorf(format, args...)}
}

// errLost means that another source was quicker.
var errLost = errors.New("another source was quicker")

// errRedirect marks a redirect that is not followed.
var errRedirect = errors.New("it redirects elsewhere")

// newGateway reads a gateway's URL. private says that the operator vouches for
// its address, wherever that is.
func newGateway(raw string, private bool, cfg Config) (*gateway, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("the gateway %.200q is no URL of a gateway: send one such as https://ipfs.example.org", raw)
	}
	d := &dialer{resolve: cfg.resolve, dialled: cfg.dialled}
	if d.resolve == nil {
		d.resolve = resolve
	}
	if ip, err := netip.ParseAddr(u.Hostname()); !private && err == nil && !public(ip) {
		return nil, fmt.Errorf("the gateway %s is %w: use --gateway-private for your own", u.Host, errPrivate)
	}
	if private {
		if d.only = u.Host; u.Port() == "" {
			d.only += map[string]string{"http": ":80", "https": ":443"}[u.Scheme]
		}
	}
	t := &http.Transport{
		Proxy: nil, DialContext: d.dial, TLSClientConfig: &tls.Config{RootCAs: cfg.roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout: connectTime, DisableCompression: true, MaxResponseHeaderBytes: headerBytes,
		TLSNextProto:        map[string]func(string, *tls.Conn) http.RoundTripper{},
		MaxIdleConnsPerHost: 32, IdleConnTimeout: 30 * time.Second, WriteBufferSize: 2 << 10, ReadBufferSize: 4 << 10,
	}
	g := &gateway{base: strings.TrimSuffix(u.String(), "/"), usual: 100 * time.Millisecond,
		lanes: newLanes(cmp.Or(cfg.moment, 400*time.Millisecond), 512, 64, 32)}
	g.client = &http.Client{Transport: t, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects || r.URL.Scheme != "https" || r.URL.Host != u.Host || r.URL.User != nil {
			return errRedirect
		}
		return nil
	}}
	return g, nil
}

// fetch asks for one block of at most limit bytes. again says that it did not
// come before. The answer is not checked yet.
func (g *gateway) fetch(ctx context.Context, c cid.Cid, limit int, again bool) (b []byte, err error) {
	err = g.lanes.do(ctx, again, func(ctx context.Context) error {
		b, err = g.ask(ctx, c, limit)
		return err
	})
	return b, err
}

func (g *gateway) ask(ctx context.Context, c cid.Cid, limit int) ([]byte, error) {
	began := time.Now()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, g.base+"/ipfs/"+c.String()+"?format=raw", nil)
	if err != nil {
		return nil, err
	}
	r.Header = http.Header{"Accept": {rawType}, "Accept-Encoding": {"identity"}, "User-Agent": {"candor"}}
	res, err := g.client.Do(r)
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, failed(broken, "the gateway %s failed: %w", g.base, err)
	}
	defer res.Body.Close()
	if err := g.admit(res, limit, time.Since(began)); err != nil {
		return nil, err
	}
	b, err := readAll(res.Body, limit)
	switch {
	case errors.Is(err, errFull):
		return nil, err
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, failed(broken, "the gateway %s broke off: %w", g.base, err)
	case len(b) > limit:
		return nil, failed(noFault, "the gateway %s sends more than %d bytes for %s", g.base, limit, c)
	}
	return b, nil
}

// admit judges an answer by its head alone.
func (g *gateway) admit(res *http.Response, limit int, took time.Duration) error {
	switch code := res.StatusCode; {
	case code == http.StatusTooManyRequests:
		s, _ := strconv.Atoi(res.Header.Get("Retry-After"))
		return &gatewayError{broken, time.Duration(min(max(s, 1), 300)) * time.Second, fmt.Errorf("the gateway %s asks for a pause", g.base)}
	case code >= 500 && code != http.StatusGatewayTimeout && took < time.Second:
		return failed(broken, "the gateway %s answers %d", g.base, code)
	case code != http.StatusOK: // it does not have the block, or took its time to find out
		return failed(noFault, "the gateway %s answers %d", g.base, code)
	}
	if e := res.Header.Values("Content-Encoding"); len(e) > 0 && (len(e) > 1 || e[0] != "identity") {
		return failed(broken, "the gateway %s sends encoded bytes", g.base)
	}
	if kind, _, err := mime.ParseMediaType(res.Header.Get("Content-Type")); err != nil || kind != rawType {
		return failed(broken, "the gateway %s sends no raw block but %.80q", g.base, res.Header.Get("Content-Type"))
	}
	if res.ContentLength > int64(limit) {
		return failed(noFault, "the gateway %s has %d bytes: at most %d are taken", g.base, res.ContentLength, limit)
	}
	return nil
}

// judge learns from an answer: good ones and quick ones speak for the gateway.
func (g *gateway) judge(err error, took time.Duration, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	var ge *gatewayError
	switch {
	case err == nil:
		g.faults = 0
		g.usual = (7*g.usual + took) / 8
	case errors.Is(err, errLost):
		g.usual = max(g.usual, (7*g.usual+4*took)/8) // it would have taken longer
	case !errors.As(err, &ge): // too late: perhaps nobody has it
	case ge.fault == lied:
		g.lies++
		g.rest = now.Add(min(time.Minute<<min(g.lies-1, 6), time.Hour))
	case ge.fault == broken:
		g.faults++
		if ge.pause > 0 {
			g.rest = now.Add(ge.pause)
		} else if g.faults >= 3 {
			g.rest = now.Add(min(time.Second/2<<min(g.faults-3, 8), 30*time.Second))
		}
	}
}

// state is when it may be asked again, and how long it usually takes.
func (g *gateway) state() (rest time.Time, usual time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.rest, g.usual
}
