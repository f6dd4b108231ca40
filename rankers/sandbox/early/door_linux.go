//go:build amd64 || arm64

package early

import (
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"unsafe"
)

// nobody is a user who owns nothing.
const nobody = 65534

// Attr has a process be started one of the ways.
func Attr(way string) *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	root := os.Geteuid() == 0
	uid, gid := os.Geteuid(), os.Getegid()
	if root {
		uid, gid = nobody, nobody
	}
	switch way {
	case Spaces:
		a.Cloneflags = syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET | syscall.CLONE_NEWPID | syscall.CLONE_NEWIPC | syscall.CLONE_NEWUTS
		a.UidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: uid, Size: 1}}
		a.GidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: gid, Size: 1}}
		a.GidMappingsEnableSetgroups = root
		a.Credential = &syscall.Credential{Uid: nobody, Gid: nobody, NoSetGroups: !root}
	case Other:
		a.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
	}
	return a
}

// yield has this thread, and what it starts, come after others: at a tenth of what they get,
// or, idle, when a core has nothing else to do, which it leaves at once.
func yield(idle bool) {
	nice := 10
	if idle {
		const policy = 5 // SCHED_IDLE, from linux/sched.h
		var priority int32
		if _, _, errno := syscall.RawSyscall(syscall.SYS_SCHED_SETSCHEDULER, 0, policy, uintptr(unsafe.Pointer(&priority))); errno == 0 {
			return
		}
		nice = 19 // nearly the same, where a container forbids that
	}
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, nice) // fails where the node comes later still
}

// door starts a sandbox, waits for its end and tells how it ended. A SIGTERM ends the sandbox
// first, so that it is nobody's orphan.
func door(way string, idle bool) int {
	runtime.LockOSThread() // the sandbox ends with the thread that started it, and has its rank
	yield(idle)
	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGTERM)
	pid, err := syscall.ForkExec("/proc/self/exe", []string{Name}, &syscall.ProcAttr{Dir: "/", Env: os.Environ(), Files: []uintptr{0, 1, 2}, Sys: Attr(way)})
	if err != nil {
		fmt.Fprintln(os.Stderr, "no process "+way+":", err)
		return 1
	}
	go func() {
		<-told
		_ = syscall.Kill(pid, syscall.SIGKILL) // it may have ended; its number is kept until it is waited for
	}()
	for _, f := range []*os.File{os.Stdin, os.Stdout, os.Stderr} {
		f.Close() // who reads learns of its end
	}
	var s syscall.WaitStatus
	for {
		switch _, err := syscall.Wait4(pid, &s, 0, nil); {
		case err == syscall.EINTR:
		case err != nil:
			return 1
		case s.Signaled():
			return Signalled + int(s.Signal())
		default:
			return s.ExitStatus()
		}
	}
}
