//go:build amd64 || arm64

package sandbox

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"syscall"

	"candor/rankers/sandbox/early"

	"golang.org/x/sys/unix"
)

// way is how a child is started, and what that takes from it.
type way struct {
	layers []string
	name   string // to its door
}

// ways are those to try, the best first. What a kernel or a container does not let this
// process do fails at the start.
func ways() []way {
	if os.Geteuid() == 0 {
		return []way{{[]string{"namespaces", "another user"}, early.Spaces}, {[]string{"another user"}, early.Other}, {nil, early.Plain}}
	}
	return []way{{[]string{"namespaces"}, early.Spaces}, {nil, early.Plain}}
}

// launch starts a child this way.
func (w way) launch(idle bool) (*child, error) {
	var ends [6]*os.File
	for i := 0; i < len(ends); i += 2 {
		r, w, err := os.Pipe()
		if err != nil {
			closeAll(ends[:])
			return nil, err
		}
		ends[i], ends[i+1] = r, w
	}
	c := &child{out: ends[1], in: ends[2], ended: make(chan struct{}), heard: make(chan struct{})}
	cmd := exec.Command("/proc/self/exe")
	cmd.Args, cmd.Dir = []string{early.Door, w.name, early.Behind}, "/"
	if idle {
		cmd.Args[2] = early.Idle
	}
	cmd.Env = []string{"GODEBUG=containermaxprocs=0,updatemaxprocs=0", "GOMAXPROCS=1", "GOMEMLIMIT=64MiB", "GOTRACEBACK=none"}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = ends[0], ends[3], ends[5]
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL} // Ctrl-C is not for it
	started := make(chan error)
	onThread(func() { // it is the thread whose end ends the child
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait()
			c.state = cmd.ProcessState
			close(c.ended)
		}
	})
	err := <-started
	closeAll([]*os.File{ends[0], ends[3], ends[5]})
	if err != nil {
		closeAll([]*os.File{ends[1], ends[2], ends[4]})
		return nil, err
	}
	c.process = cmd.Process
	c.listen(ends[4])
	return c, nil
}

// onThread runs f on a thread of its own, which ends with it. The main thread would not: it
// is held meanwhile, so that another is taken.
func onThread(f func()) {
	locked := make(chan struct{})
	go func() {
		runtime.LockOSThread()
		if unix.Gettid() == os.Getpid() {
			onThread(f)
			runtime.UnlockOSThread()
			close(locked)
			return
		}
		close(locked)
		f()
	}()
	<-locked
}

// keepToSelf keeps what whoever started this process left open from its children.
func keepToSelf() error {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return fmt.Errorf("look for open files: %w", err)
	}
	for _, e := range entries {
		if fd, err := strconv.Atoi(e.Name()); err == nil && fd > 2 {
			syscall.CloseOnExec(fd) // it may be closed already
		}
	}
	return nil
}

func closeAll(files []*os.File) {
	for _, f := range files {
		if f != nil {
			f.Close()
		}
	}
}

// forbidden says whether a process ended because it made a system call that the filter
// does not let it make. It may say so itself, which does it no good.
func forbidden(s *os.ProcessState) bool { return s.ExitCode() == early.Signalled+int(syscall.SIGSYS) }
