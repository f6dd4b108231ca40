package worker

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"time"

	"candor/graph"
	"candor/internal/pinned"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/nats-io/nats.go"
)

// Credentials are what a worker needs to get in, in one file. Who has it may serve the
// model on that node.
type Credentials struct {
	URL      string        `json:"url"` // of the node's NATS server, such as tls://node.example:4222?pin=HEX
	Node     graph.Address `json:"node"`
	Model    graph.Hash    `json:"model"`
	Version  uint32        `json:"version"`
	Schema   graph.Hash    `json:"schema"`
	Operator string        `json:"operator"`
	Expires  uint64        `json:"expires"` // seconds
	User     string        `json:"user"`
	Password string        `json:"password"`
	// Of a tower: who signs its vectors here, by the publisher's word, and its key.
	Delegate *zkcommit.Delegate `json:"delegate,omitempty"`
	Key      hexutil.Bytes      `json:"key,omitempty"`
}

// MaxCredentials is the most bytes of such a file.
const MaxCredentials = 4 << 10

// NewCredentials puts a signed permit into a file's form.
func NewCredentials(at string, p *zkcommit.Permit, version uint32, schema graph.Hash) Credentials {
	return Credentials{URL: at, Node: p.Node, Model: p.Model, Version: version, Schema: schema, Operator: p.Operator, Expires: p.Expires,
		User: p.User(), Password: p.Password()}
}

// ParseCredentials reads a file's bytes.
func ParseCredentials(b []byte) (c Credentials, err error) {
	if err := parse(b, MaxCredentials, &c); err != nil {
		return c, fmt.Errorf("the credentials cannot be read: %w", err)
	}
	if p, err := zkcommit.ParsePermit(c.Node, c.User, c.Password); err != nil || p.Model != c.Model || p.Operator != c.Operator || p.Expires != c.Expires {
		return c, errors.New("the credentials do not fit each other: have candor worker permit write them again")
	}
	return c, nil
}

// Encode writes them.
func (c Credentials) Encode() ([]byte, error) {
	b, err := json.MarshalIndent(c, "", "  ")
	return append(b, '\n'), err
}

// Jobs is the address under which the model's jobs of proving are taken.
func (c Credentials) Jobs() (string, error) {
	u, err := url.Parse(c.URL)
	if err != nil || u.Host == "" {
		return "", errURL
	}
	u.User, u.Path = url.UserPassword(c.User, c.Password), "/"+nodeName(c.Node)
	return u.String(), nil
}

var errURL = errors.New("the address of the NATS server cannot be read: send one such as tls://node.example:4222?pin=HEX")

const (
	patience  = 5 * time.Second
	shortWait = 200 * time.Millisecond
)

// dial connects, and goes on trying for as long as the connection lives.
func dial(at, who string, log *slog.Logger, more ...nats.Option) (*nats.Conn, error) {
	u, err := url.Parse(at)
	if err != nil || u.Host == "" {
		return nil, errURL
	}
	u.Path = ""
	secure, err := pinned.Client(u)
	if err != nil {
		return nil, err
	}
	if secure != nil {
		more = append(more, nats.Secure(secure))
	}
	var mu sync.Mutex
	said := ""
	say := func(what string, err error) {
		mu.Lock()
		defer mu.Unlock()
		if text := strings.TrimPrefix(err.Error(), "nats: "); text != said {
			said = text
			log.Warn(what, "why", text)
		}
	}
	nc, err := nats.Connect(u.String(), append([]nats.Option{nats.Name(who), nats.MaxReconnects(-1), nats.ReconnectWait(shortWait),
		nats.ReconnectJitter(shortWait, shortWait), nats.RetryOnFailedConnect(true), nats.IgnoreAuthErrorAbort(), nats.Timeout(patience),
		nats.ReconnectBufSize(-1), nats.ReconnectErrHandler(func(_ *nats.Conn, err error) { say("the NATS server is not reached, and is tried again", err) }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { say("the NATS server says no", err) })}, more...)...)
	if err != nil {
		return nil, fmt.Errorf("the NATS server cannot be used: check its address: %w", err)
	}
	return nc, nil
}
