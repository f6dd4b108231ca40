package prover_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"candor/graph"
	"candor/local/broker"
	"candor/zkcommit"
	"candor/zkcommit/prover"
	"candor/zkcommit/prover/jobs"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const node = "00000000000000000000000000000000000000aa"

var quiet = slog.New(slog.DiscardHandler)

func startBroker(t *testing.T, dir string, port int) *broker.Server {
	t.Helper()
	b, err := broker.Start(broker.Config{Dir: dir, Port: port, Secret: [32]byte{7}, Node: node, Logger: quiet})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func portOf(t *testing.T, at string) (port int) {
	t.Helper()
	u, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscan(u.Port(), &port); err != nil {
		t.Fatal(err)
	}
	return port
}

// works has the node's side and the workers work until the test ends.
func works(t *testing.T, at string, b *prover.Book, backend prover.Backend, workers int) *prover.Service {
	t.Helper()
	board, err := jobs.Open(at, node, quiet)
	if err != nil {
		t.Fatal(err)
	}
	s := prover.House(b, board, prover.Terms{Retry: []time.Duration{0, 0, 0}})
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	all.Go(func() { _ = s.Run(ctx) })
	all.Go(func() {
		if err := board.Serve(ctx, s); err != nil {
			t.Error(err)
		}
	})
	for i := range workers {
		q, err := jobs.Join(at, []graph.Hash{prover.Model, {2}}, quiet)
		if err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			defer q.Close()
			w := &prover.Worker{Name: fmt.Sprint("w", i), Queue: q, Backend: backend, Logger: quiet}
			w.Run(ctx)
		})
	}
	t.Cleanup(func() {
		cancel()
		all.Wait()
		board.Close()
	})
	return s
}

func eventually(t *testing.T, within time.Duration, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(within); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not within %s: %s", within, what)
		}
	}
}

// Runs are proved over a real broker, while it is ended and begins anew with an
// empty directory; nothing is lost, and nothing is proved into the ledger twice.
func TestBrokerWiped(t *testing.T) {
	dir := t.TempDir()
	br := startBroker(t, dir, 0)
	at := br.URL()
	b := &prover.Book{}
	var proofs atomic.Int64
	s := works(t, at, b, prover.Maker{}.Taking(func(zkcommit.Statement) error { proofs.Add(1); return nil }), 2)
	for i := range 30 {
		b.Add(prover.Row(t, prover.Model, "a", uint64(i), 2))
	}
	s.Wake()
	eventually(t, 10*time.Second, "ten runs are proven", func() bool { return b.Proven() >= 10 })
	if err := br.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	for i := range 30 {
		b.Add(prover.Row(t, graph.Hash{2}, "b", uint64(100+i), 2))
		b.Add(prover.Row(t, prover.Model, "a", uint64(200+i), 2))
	}
	time.Sleep(300 * time.Millisecond) // it finds out
	br = startBroker(t, dir, portOf(t, at))
	defer br.Close()
	eventually(t, 30*time.Second, "all 90 runs are proven", func() bool { return b.Proven() == 90 })
	t.Logf("90 runs took %d proofs", proofs.Load())
}

// A broker's directory that is damaged is set aside.
func TestBrokerDamaged(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "broker")
	br := startBroker(t, dir, 0)
	b := &prover.Book{}
	b.Add(prover.Row(t, prover.Model, "a", 1, 2))
	board, err := jobs.Open(br.URL(), node, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if err := board.Put(t.Context(), prover.Model, graph.Hash{1}); err != nil {
		t.Fatal(err)
	}
	board.Close()
	br.Close()
	err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			err = os.WriteFile(path, []byte("damaged"), 0o600)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	br = startBroker(t, dir, 0)
	defer br.Close()
	works(t, br.URL(), b, prover.Maker{}, 1)
	eventually(t, 20*time.Second, "the run is proven", func() bool { return b.Proven() == 1 })
}

// What hangs on the board when the broker is ended is there when it starts.
func TestBrokerKeepsJobs(t *testing.T) {
	dir := t.TempDir()
	br := startBroker(t, dir, 0)
	board, err := jobs.Open(br.URL(), node, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if err := board.Put(t.Context(), prover.Model, graph.Hash{5}); err != nil {
		t.Fatal(err)
	}
	board.Close()
	br.Close()
	br = startBroker(t, dir, 0)
	defer br.Close()
	q, err := jobs.Join(br.URL(), []graph.Hash{prover.Model}, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	ctx, done := context.WithTimeout(t.Context(), 10*time.Second)
	defer done()
	if j, err := q.Next(ctx); err != nil || j.Run != (graph.Hash{5}) || j.Commitment != prover.Model {
		t.Fatalf("the job is %+v, %v", j, err)
	}
}

// The board takes so many jobs of a model and no more, and another model's still.
func TestBoardIsBounded(t *testing.T) {
	br := startBroker(t, t.TempDir(), 0)
	defer br.Close()
	board, err := jobs.Open(br.URL(), node, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer board.Close()
	n := 0
	for ; n < 1000 && err == nil; n++ {
		err = board.Put(t.Context(), prover.Model, graph.Hash{byte(n), byte(n >> 8)})
	}
	if !errors.Is(err, prover.ErrFull) || n != 65 {
		t.Errorf("after %d jobs: %v", n, err)
	}
	if err := board.Put(t.Context(), graph.Hash{2}, graph.Hash{1}); err != nil {
		t.Error(err)
	}
}

// desk notes who asks what.
type desk struct {
	mu     sync.Mutex
	leases []graph.Hash // commitments
	big    int
}

func (d *desk) Lease(_ context.Context, c, run graph.Hash, worker string) (prover.Grant, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.leases = append(d.leases, c)
	return prover.Grant{Standing: prover.Gone}, nil
}

func (d *desk) Answer(_ context.Context, _ graph.Hash, a prover.Answer) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.big = max(d.big, len(a.Proof))
	if a.Reason == "ledger" {
		return "", errors.New("a secret disk is full")
	}
	return "", nil
}

// A worker that was invited for one model can work for it, and do nothing else.
func TestInvitedWorkers(t *testing.T) {
	br := startBroker(t, t.TempDir(), 0)
	defer br.Close()
	board, err := jobs.Open(br.URL(), node, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer board.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	d := &desk{}
	go board.Serve(ctx, d)
	other := graph.Hash{2}
	for _, c := range []graph.Hash{prover.Model, other} {
		if err := board.Put(ctx, c, graph.Hash{9}); err != nil {
			t.Fatal(err)
		}
	}
	invited := br.WorkerURL(prover.Model.Hex())
	q, err := jobs.Join(invited, []graph.Hash{prover.Model}, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	j, err := q.Next(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.Lease(ctx, j.Commitment, j.Run, "w"); err != nil {
		t.Error(err)
	}
	if _, err := q.Answer(ctx, j.Commitment, prover.Answer{Reason: "ledger"}); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("a ledger that fails is told as %v", err)
	}
	if err := j.Done(); err != nil {
		t.Error(err)
	}
	// Beyond its model.
	u, _ := url.Parse(invited)
	u.Path = ""
	denied := make(chan error, 100)
	nc, err := nats.Connect(u.String(), nats.CustomInboxPrefix("_INBOX_"+prover.Model.Hex()[2:]),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { denied <- err }))
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	theirs := other.Hex()[2:]
	for _, subject := range []string{
		"candor." + node + ".lease." + theirs, "candor." + node + ".answer." + theirs, "candor." + node + ".job." + theirs,
		"candor." + node + ".job." + prover.Model.Hex()[2:],
		"$JS.API.CONSUMER.MSG.NEXT.CANDOR_" + node + "." + theirs, "$JS.API.STREAM.PURGE.CANDOR_" + node,
		"$JS.API.STREAM.DELETE.CANDOR_" + node, "$JS.API.STREAM.MSG.GET.CANDOR_" + node, "$SYS.REQ.SERVER.PING",
	} {
		if err := nc.Publish(subject, []byte("{}")); err != nil {
			t.Fatal(err)
		}
		_ = nc.Flush()
		select {
		case err := <-denied:
			if !strings.Contains(err.Error(), "ermission") {
				t.Errorf("%s: %v", subject, err)
			}
		case <-time.After(5 * time.Second):
			t.Errorf("an invited worker may publish to %s", subject)
		}
	}
	for _, subject := range []string{">", "candor.>", "_INBOX.>", "_INBOX_" + theirs + ".>"} {
		if _, err := nc.SubscribeSync(subject); err != nil {
			continue
		}
		_ = nc.Flush()
		select {
		case <-denied:
		case <-time.After(5 * time.Second):
			t.Errorf("an invited worker may listen to %s", subject)
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range d.leases {
		if c != prover.Model {
			t.Error("a worker of one model asked for a lease on another's")
		}
	}
	// Without the password nobody gets in.
	for _, at := range []string{strings.Replace(br.URL(), "node:", "nobody:", 1), "nats://" + u.Host, "nats://node:wrong@" + u.Host,
		strings.Replace(u.String(), prover.Model.Hex()[2:]+":", theirs+":", 1)} {
		v, _ := url.Parse(at)
		v.Path = ""
		if c, err := nats.Connect(v.String(), nats.MaxReconnects(0)); err == nil {
			c.Close()
			t.Errorf("%s gets in", at)
		}
	}
}

// Whatever a worker sends, the node answers or drops it and goes on.
func TestHostileMessages(t *testing.T) {
	br := startBroker(t, t.TempDir(), 0)
	defer br.Close()
	board, err := jobs.Open(br.URL(), node, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer board.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	d := &desk{}
	go board.Serve(ctx, d)
	u, _ := url.Parse(br.URL())
	u.Path = ""
	nc, err := nats.Connect(u.String())
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	m := prover.Model.Hex()[2:]
	huge := append([]byte(`{"proof":"`), append([]byte(strings.Repeat("A", 5<<20)), `"}`...)...)
	for _, raw := range [][]byte{nil, []byte("{"), []byte(`{"run":7}`), []byte(`[` + strings.Repeat("[", 1000)), huge} {
		for _, to := range []string{"candor." + node + ".lease." + m, "candor." + node + ".answer." + m, "candor." + node + ".lease.zz"} {
			if err := nc.PublishRequest(to, nc.NewRespInbox(), raw); err != nil {
				t.Fatal(err)
			}
		}
	}
	eventually(t, 10*time.Second, "the node answers after all that", func() bool {
		raw, _ := json.Marshal(prover.Answer{Worker: "w"})
		msg, err := nc.Request("candor."+node+".answer."+m, raw, time.Second)
		return err == nil && strings.Contains(string(msg.Data), `"refused":""`)
	})
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.big > 4<<20 {
		t.Errorf("an answer of %d bytes was read", d.big)
	}
	// A message on the board that names no run is dropped, and does not stop the next.
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	if err := board.Put(ctx, prover.Model, graph.Hash{1}); err != nil {
		t.Fatal(err)
	}
	if _, err := js.Publish(ctx, "candor."+node+".job."+m, []byte("no run")); err != nil {
		t.Fatal(err)
	}
	if err := board.Put(ctx, prover.Model, graph.Hash{2}); err != nil {
		t.Fatal(err)
	}
	q, err := jobs.Join(br.URL(), []graph.Hash{prover.Model}, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	for i := range 2 {
		if j, err := q.Next(ctx); err != nil || j.Run != (graph.Hash{byte(i + 1)}) {
			t.Fatalf("job %d is %+v, %v", i, j, err)
		}
	}
}

// BenchmarkQueue is what a run costs besides its proof: board, lease, answer,
// check and ledger (in memory), over a real broker on a socket.
func BenchmarkQueue(b *testing.B) {
	br, err := broker.Start(broker.Config{Dir: b.TempDir(), Secret: [32]byte{7}, Node: node, Logger: quiet})
	if err != nil {
		b.Fatal(err)
	}
	defer br.Close()
	book := &prover.Book{}
	for i := range b.N {
		book.Add(prover.Row(b, prover.Model, "a", uint64(i), 64))
	}
	board, err := jobs.Open(br.URL(), node, quiet)
	if err != nil {
		b.Fatal(err)
	}
	defer board.Close()
	s := prover.House(book, board, prover.Terms{})
	q, err := jobs.Join(br.URL(), []graph.Hash{prover.Model}, quiet)
	if err != nil {
		b.Fatal(err)
	}
	defer q.Close()
	ctx, cancel := context.WithCancel(b.Context())
	var all sync.WaitGroup
	b.ResetTimer()
	all.Go(func() { _ = s.Run(ctx) })
	all.Go(func() { _ = board.Serve(ctx, s) })
	all.Go(func() {
		w := &prover.Worker{Name: "w", Queue: q, Backend: prover.Maker{}, Logger: quiet}
		w.Run(ctx)
	})
	for book.Proven() < b.N {
		time.Sleep(time.Millisecond)
	}
	b.StopTimer()
	cancel()
	all.Wait()
}
