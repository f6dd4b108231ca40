package broker

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"candor/internal/pinned"

	"github.com/nats-io/nats-server/v2/server"
)

// Config says where the server is. All fields but Port, Host, Certificate and Guest are required.
type Config struct {
	Dir    string   // of what it keeps
	Host   string   // 127.0.0.1 when empty
	Port   int      // of it; 0 takes a free one
	Secret [32]byte // from which the passwords come
	Node   string   // the node's name in subjects, in lower-case hexadecimal
	Logger *slog.Logger
	// Certificate is by which clients know the server, and its connections are encrypted:
	// all but those in its process. nil: none is, which is refused but on this machine.
	Certificate *tls.Certificate
	// Guest says what one may do who is no user of the broker's own; ok is false when
	// nothing. nil: nobody may.
	Guest func(user, password string) (r Rights, ok bool)
}

// Rights are what a user may do until a time, besides answering what it is asked.
type Rights struct {
	Publish, Subscribe []string // subjects
	Until              time.Time
}

// Server is a running NATS server.
type Server struct {
	s *server.Server
	c Config
}

const (
	// MaxMessage is the most bytes of a message: a statement with its features.
	MaxMessage = 16 << 20
	maxDisk    = 256 << 20
	maxMemory  = 64 << 20

	maxConnections = 256
	// starts is how long the server may take to listen.
	starts = 20 * time.Second
	// handshake is how long a client may take to begin to encrypt.
	handshake = 15 * time.Second
)

// Start starts the server and returns once it takes connections.
func Start(c Config) (*Server, error) {
	b := &Server{c: c}
	err := b.start()
	if err == nil || errors.Is(err, errPort) || errors.Is(err, errOpen) {
		return b, err
	}
	// The ledger is the truth: what a damaged directory held is put up again.
	aside := c.Dir + ".damaged"
	c.Logger.Warn("the broker's directory cannot be used and is set aside", "to", aside, "err", err)
	if err := errors.Join(os.RemoveAll(aside), os.Rename(c.Dir, aside)); err != nil {
		return nil, fmt.Errorf("the broker's directory %s cannot be used: delete it: %w", c.Dir, err)
	}
	return b, b.start()
}

// Local says whether only this machine reaches a server on the host.
func Local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

var errPort = errors.New("choose another port for the broker with --nats-port, or 0 for a free one")

var errOpen = errors.New("it would be reached from other machines, and not be encrypted")

func (b *Server) start() error {
	port := b.c.Port
	host := cmp.Or(b.c.Host, local)
	if b.c.Certificate == nil && !Local(host) {
		return fmt.Errorf("the broker on %s needs a certificate: %w", host, errOpen)
	}
	if port == 0 {
		port = server.RANDOM_PORT
	} else if l, err := net.Listen("tcp", net.JoinHostPort(host, fmt.Sprint(port))); err != nil {
		return fmt.Errorf("port %d of %s is taken: %w", port, host, errPort)
	} else {
		l.Close()
	}
	if err := os.MkdirAll(b.c.Dir, 0o700); err != nil {
		return err
	}
	o := &server.Options{
		ServerName: "candor-" + b.c.Node, Host: host, Port: port, NoSigs: true, NoSystemAccount: true,
		JetStream: true, StoreDir: b.c.Dir, JetStreamMaxStore: maxDisk, JetStreamMaxMemory: maxMemory,
		MaxPayload: MaxMessage, MaxConn: maxConnections, MaxControlLine: 4096,
		CustomClientAuthentication: door{b.c},
	}
	if b.c.Certificate != nil {
		o.TLSConfig, o.TLSTimeout = pinned.Server(*b.c.Certificate), handshake.Seconds()
	}
	s, err := server.NewServer(o)
	if err != nil {
		return fmt.Errorf("the broker does not start: %w", err)
	}
	s.SetLoggerV2(logs{b.c.Logger}, false, false, false)
	go s.Start()
	if !s.ReadyForConnections(starts) || !s.JetStreamEnabled() {
		s.Shutdown()
		s.WaitForShutdown()
		return errors.New("the broker does not begin to work")
	}
	b.s = s
	return nil
}

// Close ends the server, and returns once it has written what it keeps.
func (b *Server) Close() error {
	b.s.Shutdown()
	b.s.WaitForShutdown()
	return nil
}

// InProcessConn connects without a socket; nats.InProcessServer uses it.
func (b *Server) InProcessConn() (net.Conn, error) { return b.s.InProcessConn() }

// URL is the address with the node's own name and password: it may do everything.
func (b *Server) URL() string { return b.url(nodeUser, Password(b.c.Secret, nodeUser)) }

// WorkerURL is the address with name and password of the workers of a model: they
// may take its jobs and answer them, and nothing else.
func (b *Server) WorkerURL(commitment string) string {
	commitment = strings.TrimPrefix(commitment, "0x")
	return b.url(commitment, Password(b.c.Secret, commitment))
}

// Addr is where it listens.
func (b *Server) Addr() net.Addr { return b.s.Addr() }

// Open is the address without a name, with what the server is known by.
func (b *Server) Open() *url.URL { return pinned.URL(b.s.Addr().String(), b.pin()) }

func (b *Server) pin() string {
	if b.c.Certificate == nil {
		return ""
	}
	return pinned.Pin(*b.c.Certificate)
}

// Expel ends the connections of a user. It may come back if Guest lets it in.
func (b *Server) Expel(user string) error {
	open, err := b.s.Connz(&server.ConnzOptions{Username: true, User: user, Limit: maxConnections})
	if err != nil {
		return err
	}
	for _, c := range open.Conns {
		err = errors.Join(err, b.s.DisconnectClientByID(c.Cid))
	}
	return err
}

// local is where a server that is reached on all addresses, or on this machine alone, is here.
const local = "127.0.0.1"

func (b *Server) url(user, password string) string {
	at := b.s.Addr().String()
	if host, port, err := net.SplitHostPort(at); err == nil && net.ParseIP(host).IsUnspecified() {
		at = net.JoinHostPort(local, port)
	}
	u := pinned.URL(at, b.pin())
	u.User, u.Path = url.UserPassword(user, password), "/"+b.c.Node
	return u.String()
}

const nodeUser = "node"

// Password is a user's password.
func Password(secret [32]byte, user string) string {
	h := hmac.New(sha256.New, secret[:])
	h.Write([]byte("candor/broker/v1/" + user))
	return hex.EncodeToString(h.Sum(nil))
}

// door lets in those who know their password, each with what they may do.
type door struct{ Config }

// Check implements server.Authentication.
func (d door) Check(c server.ClientAuthentication) bool {
	o := c.GetOpts()
	if d.Guest != nil && strings.Contains(o.Username, ".") {
		return d.guest(c, o.Username, o.Password)
	}
	if len(o.Username) > 64 || !hmac.Equal([]byte(o.Password), []byte(Password(d.Secret, o.Username))) {
		return false
	}
	switch {
	case o.Username == nodeUser:
		c.RegisterUser(&server.User{Username: nodeUser})
		return true
	case len(o.Username) == 64 && strings.Trim(o.Username, "0123456789abcdef") == "":
		c.RegisterUser(&server.User{Username: o.Username, Permissions: worker(d.Node, o.Username)})
		return true
	}
	return false
}

const (
	maxName     = 128
	maxPassword = 256
)

// guest lets in whom Guest knows, for as long as it says.
func (d door) guest(c server.ClientAuthentication, user, password string) bool {
	if len(user) > maxName || len(password) > maxPassword {
		return false
	}
	r, ok := d.Guest(user, password)
	if !ok {
		return false
	}
	c.RegisterUser(&server.User{Username: user, ConnectionDeadline: r.Until, Permissions: &server.Permissions{
		Publish:   &server.SubjectPermission{Allow: r.Publish},
		Subscribe: &server.SubjectPermission{Allow: r.Subscribe},
		Response:  &server.ResponsePermission{MaxMsgs: 1, Expires: answers},
	}})
	return true
}

// answers is how long a guest may take to answer what it is asked.
const answers = 30 * time.Second

// Jobs are the rights of one who takes and answers the jobs of a model, by its
// commitment in hexadecimal without 0x.
func Jobs(node, model string) (r Rights) {
	p := worker(node, model)
	return Rights{Publish: p.Publish.Allow, Subscribe: p.Subscribe.Allow}
}

// worker is what a worker of one model needs: to know and empty its own consumer,
// to acknowledge, to ask for leases and to answer. The names are those of package
// zkcommit/prover/jobs, whose tests run against this server.
func worker(node, model string) *server.Permissions {
	stream, consumer := "CANDOR_"+node, model
	return &server.Permissions{
		Publish: &server.SubjectPermission{Allow: []string{
			"$JS.API.CONSUMER.INFO." + stream + "." + consumer,
			"$JS.API.CONSUMER.MSG.NEXT." + stream + "." + consumer,
			"$JS.ACK." + stream + "." + consumer + ".>",
			"candor." + node + ".lease." + model,
			"candor." + node + ".answer." + model,
		}},
		Subscribe: &server.SubjectPermission{Allow: []string{"_INBOX_" + model + ".>"}},
	}
}

// logs takes the server's words to the node's log: what it does at debug level.
type logs struct{ to *slog.Logger }

func (l logs) Noticef(f string, v ...any) { l.to.Debug("broker: " + fmt.Sprintf(f, v...)) }
func (l logs) Warnf(f string, v ...any)   { l.to.Debug("broker: " + fmt.Sprintf(f, v...)) }
func (l logs) Fatalf(f string, v ...any)  { l.to.Error("broker: " + fmt.Sprintf(f, v...)) }
func (l logs) Errorf(f string, v ...any)  { l.to.Warn("broker: " + fmt.Sprintf(f, v...)) }
func (l logs) Debugf(string, ...any)      {}
func (l logs) Tracef(string, ...any)      {}
