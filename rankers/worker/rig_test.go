package worker

import (
	"context"
	"crypto/ecdsa"
	"crypto/tls"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"candor/graph"
	"candor/local/broker"
	"candor/rankers"
	"candor/rankers/features"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/crypto"
)

var quiet = slog.New(slog.DiscardHandler)

// rig is a node's side over a real NATS server, which lets in whom the publisher permits.
type rig struct {
	t         *testing.T
	publisher *ecdsa.PrivateKey
	node      graph.Address
	model     graph.Hash
	broker    *broker.Server
	hub       *Hub
	cuts      *CutFiles
	registrar Registrar
	second    Second
	waits     func() bool // for a registration
}

func newRig(t *testing.T) *rig {
	t.Helper()
	return newRigWith(t, nil)
}

// newRigWith has a server with the certificate.
func newRigWith(t *testing.T, certificate *tls.Certificate) *rig {
	t.Helper()
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{t: t, publisher: key, node: graph.Address{0xaa}, model: graph.Hash{0xbb}, cuts: &CutFiles{Dir: filepath.Join(t.TempDir(), "cut")}}
	r.broker, err = broker.Start(broker.Config{Dir: t.TempDir(), Secret: [32]byte{7}, Node: nodeName(r.node), Logger: quiet, Certificate: certificate, Guest: r.guest})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.broker.Close() })
	return r
}

func (r *rig) guest(user, password string) (broker.Rights, bool) {
	p, err := zkcommit.ParsePermit(r.node, user, password)
	if err != nil || p.Check(crypto.PubkeyToAddress(r.publisher.PublicKey), uint64(time.Now().Unix())) != nil {
		return broker.Rights{}, false
	}
	rights := broker.Jobs(nodeName(r.node), modelName(p.Model))
	write, read := Subjects(r.node, p.Model, p.Operator)
	rights.Publish, rights.Subscribe = append(rights.Publish, write...), append(rights.Subscribe, read...)
	rights.Until = time.Unix(int64(p.Expires), 0)
	return rights, true
}

// pool opens the node's side until the test ends.
func (r *rig) pool(replicas int, strict bool) *Pool {
	r.t.Helper()
	hub, err := Open(r.broker.URL(), r.node, r.registrar, quiet)
	if err != nil {
		r.t.Fatal(err)
	}
	r.hub, hub.Second = hub, r.second
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- hub.Serve(ctx) }()
	r.t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			r.t.Error(err)
		}
		hub.Close()
	})
	return hub.Pool(Terms{Info: rankers.Info{ID: "x", Version: 3, Schema: features.Schema()}, Model: r.model, Replicas: replicas, Strict: strict, Cuts: r.cuts, Unregistered: r.waits})
}

// credentials are those that the publisher gives an operator.
func (r *rig) credentials(operator string) Credentials {
	r.t.Helper()
	p := &zkcommit.Permit{Node: r.node, Model: r.model, Operator: operator, Expires: uint64(time.Now().Add(time.Hour).Unix())}
	if err := p.Sign(r.publisher); err != nil {
		r.t.Fatal(err)
	}
	return NewCredentials(r.broker.Open().String(), p, 3, features.Schema())
}

// long is the model of these tests: long posts first. Its answers can be spoilt.
type long struct {
	lie   atomic.Int32 // added to the first score
	slow  atomic.Int64 // so long
	short atomic.Bool  // leaves the last out
	panic atomic.Bool
	hang  atomic.Bool // answers nothing, ever
	asked atomic.Int64
}

func (*long) Width() int { return graph.Features }

func (*long) Engine() string { return "test" }

func (l *long) Scores(ctx context.Context, rows []int8) ([]int32, error) {
	l.asked.Add(1)
	if l.panic.Load() {
		panic("spoilt")
	}
	if l.hang.Load() {
		<-context.Background().Done()
	}
	time.Sleep(time.Duration(l.slow.Load()))
	out := make([]int32, len(rows)/graph.Features)
	for i := range out {
		out[i] = int32(rows[i*graph.Features+features.TextLength])
	}
	out[0] += l.lie.Load()
	if l.short.Load() {
		out = out[1:]
	}
	return out, nil
}

// serve runs a worker until stop, or the test's end.
func (r *rig) serve(operator string, m Scorer, change ...func(*Server)) (stop func() error) {
	r.t.Helper()
	s := &Server{Credentials: r.credentials(operator), Scorer: m, Name: operator + "-1", Capacity: 8, Log: quiet}
	for _, f := range change {
		f(s)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	var err error
	ended := false
	stop = func() error {
		if !ended {
			cancel()
			err, ended = <-done, true
		}
		return err
	}
	r.t.Cleanup(func() { _ = stop() })
	return stop
}

// ready waits until so many operators may be asked.
func (r *rig) ready(p *Pool, n int) {
	r.t.Helper()
	eventually(r.t, func() bool { return len(p.pick(maxOperators, 1)) == n })
}

func eventually(t *testing.T, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("it does not come about")
}

// posts are rows of posts of different lengths, with what they score.
func posts(n int) (rows []graph.Row, want []graph.Score) {
	rows, want = make([]graph.Row, n), make([]graph.Score, n)
	for i := range rows {
		rows[i] = make(graph.Row, graph.Features)
		for j := range rows[i] {
			rows[i][j] = int8(7*i + j)
		}
		rows[i][features.TextLength] = int8(i*37 - 127)
		want[i] = graph.Score(rows[i][features.TextLength])
	}
	return rows, want
}

func within(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	t.Cleanup(cancel)
	return ctx
}
