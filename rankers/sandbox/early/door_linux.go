//go:build amd64 || arm64

package early

import (
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"
)

// nobody is a user who owns nothing.
const nobody = 65534

// Spaces has a process be nobody in namespaces of its own.
func Spaces() *syscall.SysProcAttr {
	root := os.Geteuid() == 0
	uid, gid := os.Geteuid(), os.Getegid()
	if root {
		uid, gid = nobody, nobody
	}
	return &syscall.SysProcAttr{
		Pdeathsig:                  syscall.SIGKILL,
		Cloneflags:                 syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET | syscall.CLONE_NEWPID | syscall.CLONE_NEWIPC | syscall.CLONE_NEWUTS,
		UidMappings:                []syscall.SysProcIDMap{{ContainerID: nobody, HostID: uid, Size: 1}},
		GidMappings:                []syscall.SysProcIDMap{{ContainerID: nobody, HostID: gid, Size: 1}},
		GidMappingsEnableSetgroups: root,
		Credential:                 &syscall.Credential{Uid: nobody, Gid: nobody, NoSetGroups: !root},
	}
}

// door starts a sandbox in namespaces, waits for its end and tells how it ended. A SIGTERM ends
// the sandbox first, so that it is nobody's orphan.
func door() int {
	runtime.LockOSThread() // the sandbox ends with the thread that started it
	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGTERM)
	pid, err := syscall.ForkExec("/proc/self/exe", []string{Name}, &syscall.ProcAttr{Dir: "/", Env: os.Environ(), Files: []uintptr{0, 1, 2}, Sys: Spaces()})
	if err != nil {
		fmt.Fprintln(os.Stderr, "no namespaces:", err)
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
