//go:build linux

package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"candor/graph"
	"candor/internal/torture"
	"candor/rankers"
	"candor/rankers/sandbox/early"

	"golang.org/x/sys/unix"
)

// asked are rows that have a deed done.
func asked(n int) []graph.Row {
	rows := blank(n)
	rows[0][0] = 1
	return rows
}

// blank are rows of zeros.
func blank(n int) []graph.Row {
	rows := make([]graph.Row, n)
	for i := range rows {
		rows[i] = make(graph.Row, graph.Features)
	}
	return rows
}

func open(t *testing.T, b *Box, deed string) *Guest {
	t.Helper()
	g, err := b.Open(deed, []byte("do "+deed), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(g.Close)
	return g
}

// alive fails the test unless the guest answers again.
func alive(t *testing.T, g *Guest) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		scores, err := g.Score(ctx, blank(3))
		if err == nil && len(scores) == 3 {
			return
		}
		if !errors.Is(err, errResting) {
			t.Fatalf("it does not answer again: %v", err)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// TestForbidden: each thing that no model has business with ends the process that tries it,
// is noticed as what it is, and has no effect.
func TestForbidden(t *testing.T) {
	b := box(t)
	heard, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer heard.Close()
	go func() {
		for {
			c, err := heard.Accept()
			if err != nil {
				return
			}
			t.Error("it was reached by ", c.RemoteAddr())
		}
	}()
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	made := filepath.Join(dir, "made")
	for _, deed := range []string{"open /etc/passwd", "create " + made, "connect " + heard.Addr().String(), "send " + heard.Addr().String(), "unix", "exec", "fork",
		"namespace", "thread", "ptrace", "peek", "kill", "killGroup", "proc", "chdir", "fd", "ring", "bpf", "limit", "dumpable", "nice",
		"code", "shared", "growing", "executable", "x32"} {
		t.Run(strings.Fields(deed)[0], func(t *testing.T) {
			t.Parallel()
			g := open(t, b, deed)
			_, err := g.Score(t.Context(), asked(3))
			if f := new(Fault); !errors.As(err, f) || !f.Forbidden {
				t.Fatalf("%s: %v", deed, err)
			}
			alive(t, g)
		})
	}
	t.Cleanup(func() {
		if _, err := os.Stat(made); err == nil {
			t.Error("it wrote a file")
		}
	})
}

// TestMisbehaviour: whatever else a child does costs one question, and is noticed.
func TestMisbehaviour(t *testing.T) {
	b := box(t)
	for deed, says := range map[string]string{
		"allocate": "it ended (exit status 2): runtime: out of memory",
		"leak":     "it ended (exit status 2): ", // by whichever error the runtime dies where a page is refused
		"room":     "cannot allocate memory",
		"panic":    "it ended (exit status 2): panic: it [2J panics",
		"exit":     "it ended (exit status 0)",
		"complain": "it ended (exit status 3): complaint",
		"threads":  "it ", // ends; with cgo it tries to abort, which is forbidden
		"huge":     "more than was asked for",
		"flood":    "it answers what was not asked",
		"early":    "it answers what was not asked",
		"status":   "it answers what was not asked",
		"short":    "it gives 3 bytes of scores for 3 rows",
		"long":     "it gives 400 bytes of scores for 3 rows",
	} {
		t.Run(deed, func(t *testing.T) {
			t.Parallel()
			g := open(t, b, deed)
			alive(t, g) // the first question, so that the deed is done at the second
			if _, err := g.Score(t.Context(), asked(3)); err == nil || !strings.Contains(err.Error(), says) {
				t.Fatalf("%v, and not %q", err, says)
			}
			alive(t, g)
		})
	}
}

// TestHanging: a child that spins or sleeps is ended at the deadline, although who asked has
// gone long before.
func TestHanging(t *testing.T) {
	t.Parallel()
	for _, deed := range []string{"spin", "sleep"} {
		t.Run(deed, func(t *testing.T) {
			t.Parallel()
			b := box(t)
			b.within = 2 * time.Second
			g := open(t, b, deed)
			ctx, cancel := context.WithTimeout(t.Context(), time.Second/10)
			defer cancel()
			if _, err := g.Score(ctx, asked(1)); !errors.Is(err, context.DeadlineExceeded) {
				t.Fatal(err)
			}
			long, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			defer cancel()
			_, err := g.Score(long, asked(1)) // waits for the first to end, then hangs itself
			if f := new(Fault); !errors.As(err, f) || f.Says != "it did not answer in time" {
				t.Fatalf("it is not ended at the deadline: %v", err)
			}
			if g.faults.Load() < 1 {
				t.Error("the first question's hanging was no fault")
			}
			alive(t, g)
		})
	}
}

// wrong is a model with other scores.
type wrong struct{}

func (wrong) Evaluate(rows []int8) ([]int32, error) { return []int32{1}, nil }

// TestWrongScores: scores that are not the model's are no answer.
func TestWrongScores(t *testing.T) {
	t.Parallel()
	g, err := box(t).Open("x", []byte("do nothing"), wrong{})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	_, err = g.Score(t.Context(), blank(5))
	if f := new(Fault); !errors.As(err, f) || f.Says != "a score is not its model's" {
		t.Fatal(err)
	}
}

// TestManyAsk: the answers of those who ask at once are not mixed up.
func TestManyAsk(t *testing.T) {
	t.Parallel()
	g := open(t, box(t), "nothing")
	r := g.As(rankers.Info{ID: "x"})
	var wait sync.WaitGroup
	for n := range 40 {
		wait.Go(func() {
			if scores, err := r.Score(t.Context(), blank(n)); err != nil || len(scores) != n {
				t.Errorf("%d rows give %d scores: %v", n, len(scores), err)
			}
		})
	}
	wait.Wait()
	g.Close()
	if _, err := r.Score(t.Context(), blank(1)); !errors.Is(err, errClosed) {
		t.Errorf("a closed guest: %v", err)
	}
}

// TestReplacing: a child that somebody kills is replaced unasked; one that always fails,
// later each time, and others are not delayed by it.
func TestReplacing(t *testing.T) {
	t.Parallel()
	var log lines
	b := box(t)
	b.log = slog.New(slog.NewTextHandler(&log, nil))
	good, evil := open(t, b, "nothing"), open(t, b, "exit")
	for range 5 {
		for range 2 { // turned away once it rests
			_, _ = evil.Score(t.Context(), asked(1))
		}
		alive(t, good)
	}
	if n := evil.faults.Load(); n < 2 || n > 5 || good.faults.Load() != 0 {
		t.Errorf("%d faults, and %d of another guest's", n, good.faults.Load())
	}
	for _, want := range []string{"in=0s", "in=250ms"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("it was not replaced %s: %s", want, log.String())
		}
	}
}

// TestKilled: a child that somebody kills is replaced unasked, soon.
func TestKilled(t *testing.T) {
	t.Parallel()
	b := box(t)
	var took []time.Duration
	for range torture.Count(3, 100) {
		c, _, err := b.child([]byte("do nothing"), behind)
		if err != nil {
			t.Fatal(err)
		}
		g := b.guest("x", []byte("do nothing"), "nothing", nil, c)
		alive(t, g)
		began := time.Now()
		if err := syscall.Kill(inside(t, c), syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		<-c.ended
		alive(t, g)
		took = append(took, time.Since(began))
		g.Close()
	}
	slices.Sort(took)
	torture.Say(t, "%d killed processes were replaced and answered within %s, half of them within %s", len(took), took[len(took)-1], took[len(took)/2])
}

// TestNobodyStays: with what its parent started ends what stands behind it, although it spins;
// when its parent ends it, without leaving a zombie to whoever is the first process.
func TestNobodyStays(t *testing.T) {
	t.Parallel()
	b := box(t)
	for how, end := range map[string]func(*child){"ended": (*child).kill, "killed": func(c *child) { _ = c.process.Kill() }} {
		c, _, err := b.child([]byte("do spin"), behind)
		if err != nil {
			t.Fatal(err)
		}
		pid := inside(t, c)
		if err := send(c.out, make([]byte, 8), []byte{1}); err != nil {
			t.Fatal(err)
		}
		for end := time.Now().Add(time.Minute); !spins(t, pid) && time.Now().Before(end); {
			time.Sleep(10 * time.Millisecond)
		}
		end(c)
		for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
			status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			if err != nil || how == "killed" && strings.Contains(string(status), "\nState:\tZ") {
				break
			}
			if how == "ended" || time.Now().After(end) {
				_ = syscall.Kill(pid, syscall.SIGKILL) // or it would spin on
				t.Fatalf("%s: it is still there: %s", how, status)
			}
		}
		c.kill()
	}
}

// spins says whether a process has used some of the processor.
func spins(t *testing.T, pid int) bool {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(b), ") ")
	ticks, err := strconv.Atoi(strings.Fields(rest)[11]) // utime
	if err != nil {
		t.Fatal(err)
	}
	return ticks > 5
}

type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// TestRefusals: what the loader does not take is told in one printable line, and has no
// child afterwards.
func TestRefusals(t *testing.T) {
	t.Parallel()
	b := box(t)
	for _, file := range [][]byte{nil, []byte("do harm\x1b[2J"), make([]byte, MaxFile), make([]byte, MaxFile+1)} {
		_, err := b.Check(t.Context(), file)
		if r := Refusal(""); !errors.As(err, &r) || line(err.Error()) != err.Error() {
			t.Errorf("%d bytes: %v", len(file), err)
		}
		if _, err := b.Open("x", file, nil); !errors.As(err, new(Refusal)) {
			t.Errorf("%d bytes: %v", len(file), err)
		}
	}
	if name, err := b.Check(t.Context(), []byte("do nothing")); err != nil || name != "nothing" {
		t.Error(name, err)
	}
}

// TestShutIn: a child has what its layers say, an empty environment, and no descriptors but
// three pipes.
func TestShutIn(t *testing.T) {
	t.Parallel()
	b := box(t)
	c, _, err := b.child([]byte("do nothing"), behind)
	if err != nil {
		t.Fatal(err)
	}
	defer c.kill()
	dir := fmt.Sprintf("/proc/%d", inside(t, c))
	status, err := os.ReadFile(dir + "/status")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s; %s", b.Layers(), strings.Join(strings.Fields(string(status)), " "))
	for _, want := range []string{"NoNewPrivs:\t1", "Seccomp:\t2", "CapEff:\t0000000000000000"} {
		if !strings.Contains(string(status), want) {
			t.Errorf("it is not %q", want)
		}
	}
	if !strings.Contains(b.Layers(), "seccomp") {
		t.Error(b.Layers())
	}
	if os.Geteuid() != 0 {
		t.Skip("what it has open and around it root alone sees")
	}
	env, err := os.ReadFile(dir + "/environ")
	if err != nil || string(env) != "GODEBUG=containermaxprocs=0,updatemaxprocs=0\x00GOMAXPROCS=1\x00GOMEMLIMIT=64MiB\x00GOTRACEBACK=none\x00" {
		t.Errorf("its environment is %q (%v)", env, err)
	}
	fds, err := os.ReadDir(dir + "/fd")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fds {
		to, err := os.Readlink(dir + "/fd/" + f.Name())
		if err != nil || !strings.HasPrefix(to, "pipe:") && !strings.HasPrefix(to, "anon_inode:[event") {
			t.Errorf("it holds %s (%v)", to, err)
		}
	}
}

// layerAlone is what this binary is called to try one layer by itself.
const layerAlone = "candor-sandbox-layer"

// TestLayersAlone: each layer stops by itself what it is there for, so that one that fails
// does not open everything.
func TestLayersAlone(t *testing.T) {
	t.Parallel()
	heard, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer heard.Close()
	layers := box(t).Layers()
	for _, c := range []struct{ layer, deed, says string }{
		{"Landlock", "open /etc/passwd", "permission denied"},
		{"Landlock", "exec", "permission denied"},
		{"Landlock", "connect " + heard.Addr().String(), "permission denied"},
		{"limits", "open /etc/passwd", "too many open files"},
		{"limits", "allocate", "out of memory"},
		{"limits", "leak", "exit status 2"}, // the runtime dies where its next page is refused, by whichever error
		{"namespaces", "connect " + heard.Addr().String(), "unreachable"},
		{"namespaces", "parent", "no parent"},
		{"seccomp", "open /etc/passwd", "bad system call"},
		{"none", "open /etc/passwd", "done"},
		{"none", "connect " + heard.Addr().String(), "done"},
	} {
		if c.layer != "none" && !strings.Contains(layers, c.layer) {
			t.Logf("there is no %s here", c.layer)
			continue
		}
		cmd := exec.Command("/proc/self/exe")
		cmd.Args, cmd.Env = []string{layerAlone, c.layer, c.deed}, []string{"GOTRACEBACK=none"}
		if c.layer == "namespaces" {
			cmd.SysProcAttr = early.Attr(early.Spaces)
			cmd.SysProcAttr.Pdeathsig = 0
		}
		out, err := cmd.CombinedOutput()
		if says := string(out) + fmt.Sprint(err); !strings.Contains(says, c.says) {
			t.Errorf("%s does not stop %q: %s", c.layer, c.deed, says)
		}
		if used := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss; used > 300<<10 { // KiB
			t.Errorf("%s lets %q use %d MiB", c.layer, c.deed, used>>10)
		}
	}
}

// tryLayer puts one layer on and does a deed.
func tryLayer(layer, deed string) int {
	var err error
	switch layer {
	case "Landlock":
		if err = everywhere(unix.SYS_PRCTL, unix.PR_SET_NO_NEW_PRIVS, 1, 0); err == nil {
			_, err = landlock()
		}
	case "limits":
		time.Sleep(time.Millisecond)
		err = limits()
	case "seccomp":
		time.Sleep(time.Millisecond)
		if err = everywhere(unix.SYS_PRCTL, unix.PR_SET_NO_NEW_PRIVS, 1, 0); err == nil {
			err = filter()
		}
	}
	if err != nil {
		fmt.Println("the layer is not put on:", err)
		return 1
	}
	name, arg, _ := strings.Cut(deed, " ")
	if name == "parent" {
		if os.Getppid() == 0 {
			fmt.Println("no parent")
		}
		return 0
	}
	if err := deeds[name](arg); err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("done")
	return 0
}
