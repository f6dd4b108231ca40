package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"candor/rankers/sandbox/hostile"
)

// sandboxes are the node's processes for others' rankers, with what the system says of them.
func (n *node) sandboxes(t *testing.T) map[int]string {
	t.Helper()
	found := map[int]string{}
	dirs := must[[]string](t)(filepath.Glob("/proc/[0-9]*"))
	for _, dir := range dirs {
		name, err := os.ReadFile(dir + "/cmdline")
		if err != nil || string(name) != "candor-sandbox\x00" {
			continue
		}
		status, err := os.ReadFile(dir + "/status")
		if err != nil || !n.started(status) {
			continue // it has ended meanwhile, or is another test's
		}
		var pid int
		if _, err := fmt.Sscanf(dir, "/proc/%d", &pid); err != nil {
			t.Fatal(err)
		}
		found[pid] = string(status)
	}
	return found
}

// started says whether a process, by what the system says of it, stands behind a door of the
// node's.
func (n *node) started(status []byte) bool {
	_, rest, _ := strings.Cut(string(status), "\nPPid:\t")
	door, _, _ := strings.Cut(rest, "\n")
	name, err := os.ReadFile("/proc/" + door + "/cmdline")
	if err != nil || !strings.HasPrefix(string(name), "candor-sandbox-door\x00") {
		return false
	}
	above, err := os.ReadFile("/proc/" + door + "/status")
	return err == nil && strings.Contains(string(above), fmt.Sprintf("\nPPid:\t%d\n", n.cmd.Process.Pid))
}

// testShutIn: guests' models run in processes of their own, shut in; what a publisher hands over
// besides is refused by name and leaves the node as it is; and when the process hangs, the page
// comes from the fallback and says so, and the next one from a new process.
func testShutIn(t *testing.T, n *node, plugin string) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("this system does not show its processes")
	}
	hung := n.sandboxes(t) // the plugin's, and those of other guests of the node
	if len(hung) == 0 {
		t.Fatal("no guest has a process")
	}
	for pid, status := range hung {
		for _, want := range []string{"NoNewPrivs:\t1", "Seccomp:\t2"} {
			if !strings.Contains(status, want) {
				t.Errorf("process %d of a guest is not %q", pid, want)
			}
		}
	}
	m, err := hostile.New(1)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 14 {
		file, what, err := m.Hostile(i)
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("storm-%d.ranker", i)
		if err := os.WriteFile(filepath.Join(n.Dir, "hosted", name), file, 0o600); err != nil {
			t.Fatal(err)
		}
		defer os.Remove(filepath.Join(n.Dir, "hosted", name))
		eventually(t, time.Minute, what+" is refused", func() bool { return strings.Contains(n.out.String(), "file="+name) })
	}
	if n.dead() {
		t.Fatalf("the node ended:\n%s", n.out)
	}
	if !strings.Contains(n.out.String(), "shut in\" by=") {
		t.Error("the node does not say what shuts its guests in")
	}
	if strings.Contains(n.out.String(), "failed and is replaced") {
		t.Errorf("a guest's process failed unasked:\n%s", n.out)
	}

	for pid := range hung {
		if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		defer syscall.Kill(pid, syscall.SIGCONT) // of those that were not asked
	}
	ask := func(viewer int) (ranked, fellBack string) {
		var p struct {
			Run      struct{ Ranker string }
			Fallback *struct{ Ranker, Reason string }
		}
		if _, err := n.get(fmt.Sprintf("/api/v1/feed?limit=1&ranker=%s&viewer=0x%040x", plugin, viewer), &p); err != nil {
			t.Fatal(err)
		}
		if p.Fallback != nil {
			fellBack = p.Fallback.Ranker
		}
		return p.Run.Ranker, fellBack
	}
	if ranked, fellBack := ask(1); ranked != "latest" || fellBack != plugin {
		t.Errorf("a hanging guest: the page is by %s, for %q", ranked, fellBack)
	}
	viewer := 2
	eventually(t, 30*time.Second, "the guest ranks again", func() bool {
		viewer++
		ranked, fellBack := ask(viewer)
		return ranked == plugin && fellBack == ""
	})
	eventually(t, time.Minute, "one process has taken another's place", func() bool {
		now, gone := n.sandboxes(t), 0
		for pid := range hung {
			if now[pid] == "" {
				gone++
			}
		}
		return len(now) == len(hung) && gone == 1
	})
}
