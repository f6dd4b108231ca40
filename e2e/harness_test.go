package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// binary is bin/candor as this test run built it.
var binary string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "candor-e2e-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		binary = filepath.Join(dir, "candor")
		build := exec.Command("go", "build", "-o", binary, "./cmd/candor")
		build.Dir, build.Stderr = "..", os.Stderr
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if err := build.Run(); err != nil {
			fmt.Fprintln(os.Stderr, "go build ./cmd/candor:", err)
			return 1
		}
		defer stopShared()
		return m.Run()
	}())
}

// node is a running `candor up`.
type node struct {
	URL  string
	Dir  string
	cmd  *exec.Cmd
	out  *lockedBuffer
	done chan struct{}
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// launch starts a node without waiting for it.
func launch(dir, seed string, env ...string) (*node, error) {
	return launchWith(dir, seed, nil, env...)
}

// launchWith is launch with more flags.
func launchWith(dir, seed string, flags []string, env ...string) (*node, error) {
	addr, err := freePort()
	if err != nil {
		return nil, err
	}
	if err := lendKeys(dir); err != nil {
		return nil, err
	}
	n := &node{URL: "http://" + addr, Dir: dir, out: &lockedBuffer{}, done: make(chan struct{})}
	n.cmd = exec.Command(binary, append([]string{"up", "--data", dir, "--listen", addr, "--seed", seed, "--anchor-every", "1s"}, flags...)...)
	n.cmd.Env = append(os.Environ(), env...)
	n.cmd.Stdout, n.cmd.Stderr = n.out, n.out
	if err := n.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = n.cmd.Wait()
		close(n.done)
	}()
	return n, nil
}

// lendKeys gives a new data directory the proving keys of the town, which took it up to
// 20 s of processor time to make.
func lendKeys(dir string) error {
	if shared.node == nil || dir == shared.node.Dir {
		return nil
	}
	made, err := filepath.Glob(filepath.Join(shared.node.Dir, "circuit", "*.keys"))
	if err != nil {
		return err
	}
	to := filepath.Join(dir, "circuit")
	if _, err := os.Stat(to); err == nil || len(made) == 0 {
		return nil
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	for _, file := range made {
		if err := os.Link(file, filepath.Join(to, filepath.Base(file))); err != nil {
			return err
		}
	}
	return nil
}

// up starts a node and waits until it is ready; the test stops it.
func up(t *testing.T, dir, seed string, env ...string) *node {
	t.Helper()
	n, err := launch(dir, seed, env...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.stop)
	if err := n.waitReady(60 * time.Second); err != nil {
		t.Fatal(err)
	}
	return n
}

func (n *node) waitReady(d time.Duration) error {
	for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if n.dead() {
			return fmt.Errorf("the node ended before it was ready:\n%s", n.out)
		}
		if res, err := http.Get(n.URL + "/readyz"); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return nil
			}
		}
	}
	return fmt.Errorf("the node was not ready within %s:\n%s", d, n.out)
}

func (n *node) dead() bool {
	select {
	case <-n.done:
		return true
	default:
		return false
	}
}

// stop ends the node as Ctrl-C would.
func (n *node) stop() {
	if n.dead() {
		return
	}
	_ = n.cmd.Process.Signal(os.Interrupt)
	select {
	case <-n.done:
	case <-time.After(20 * time.Second):
		n.kill()
	}
}

func (n *node) kill() {
	_ = n.cmd.Process.Signal(syscall.SIGKILL)
	<-n.done
}

// get reads a JSON answer.
func (n *node) get(path string, v any) (int, error) {
	res, err := http.Get(n.URL + path)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return res.StatusCode, err
	}
	if res.StatusCode != http.StatusOK {
		return res.StatusCode, fmt.Errorf("%s: %d %s", path, res.StatusCode, b)
	}
	return res.StatusCode, json.Unmarshal(b, v)
}

func (n *node) post(path, kind string, body []byte, v any) error {
	res, err := http.Post(n.URL+path, kind, bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %d %s", path, res.StatusCode, b)
	}
	return json.Unmarshal(b, v)
}

func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// The words of the API that the tests read.
type (
	page struct {
		Items []struct {
			ID      string
			Rank    int
			Reasons []string
			Post    postView
		}
		Cursor string
		Hidden []struct {
			Filter string
			Count  int
		}
		Run struct {
			ID, Opening, Ranker, Proof, Keys, Commitment, Assurance string
			Block, Seq                                              uint64
			Posts                                                   int
			Anonymous, Public                                       bool
			Receipt, Ticket                                         json.RawMessage
			Parameters                                              map[string]int32
		}
		Asks *struct {
			Left   uint64
			Reader bool
		}
	}
	postView struct {
		ID, CID, Author, AuthorName, Text, Status, Source string
		Time                                              int64
		Likes, Replies                                    int
		Parent                                            *struct{ ID, CID string }
	}
	stats struct {
		Block, Profiles, Posts, Replies, Follows, Reactions, Unavailable, Runs, Proven uint64
		Aborts                                                                         struct {
			Count   uint64
			Reasons map[string]uint64
		}
	}
	runView struct {
		ID, Proof, Keys, Previous, ProofKind string
		Seq, Block                           uint64
		LogIndex                             int64
	}
	profileView struct {
		ID, Name         string
		Followers, Posts int
		Following        int
	}
)

func (p page) ids() (ids []string) {
	for _, i := range p.Items {
		ids = append(ids, i.ID)
	}
	return ids
}

func (n *node) feed(t *testing.T, query string) page {
	t.Helper()
	var p page
	if _, err := n.get("/api/v1/feed?"+query, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

func (n *node) stats(t *testing.T) (s stats) {
	t.Helper()
	if _, err := n.get("/api/v1/stats", &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// eventually waits for a condition that the node reaches by itself.
func eventually(t *testing.T, d time.Duration, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("not within %s: %s", d, what)
}

// run executes the binary; the exit status is part of the answer.
func run(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, args...)
	var o, e strings.Builder
	cmd.Stdout, cmd.Stderr = &o, &e
	err := cmd.Run()
	if _, isExit := err.(*exec.ExitError); err != nil && !isExit {
		t.Fatal(err)
	}
	return o.String(), e.String(), cmd.ProcessState.ExitCode()
}

var shared struct {
	once sync.Once
	node *node
	err  error
}

// town is one node with the whole sample town, for all tests that only read or
// add to it.
func town(t *testing.T) *node {
	t.Helper()
	shared.once.Do(func() {
		dir, err := os.MkdirTemp("", "candor-town-")
		if err != nil {
			shared.err = err
			return
		}
		if shared.node, shared.err = launch(dir, "demo"); shared.err != nil {
			return
		}
		if shared.err = shared.node.waitReady(60 * time.Second); shared.err != nil {
			return
		}
		shared.err = shared.node.waitSeeded(3 * time.Minute)
	})
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.node
}

// waitSeeded waits for the line that ends the seeding.
func (n *node) waitSeeded(d time.Duration) error {
	for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if strings.Contains(n.out.String(), "seeded") {
			return nil
		}
		if n.dead() {
			break
		}
	}
	return fmt.Errorf("the town did not move in:\n%s", n.out)
}

func stopShared() {
	if shared.node != nil {
		shared.node.stop()
		os.RemoveAll(shared.node.Dir)
	}
}
