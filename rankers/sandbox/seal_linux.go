//go:build amd64 || arm64

package sandbox

import (
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The most that a child may use.
const (
	maxMemory  = 192 << 20 // bytes that can be written
	maxRoom    = 4 << 30   // bytes of addresses, of which Go reserves more than it uses
	maxStack   = 8 << 20
	maxCPU     = 600 // seconds, all its questions together
	maxThreads = 64
)

// seal gives up for good what a model has no business with, and names what holds. It needs
// no right to do so, and fails rather than leave a gap.
func seal() (layers []string, err error) {
	runtime.LockOSThread()       // what the other threads do not get at once they get with the filter
	time.Sleep(time.Millisecond) // starts what sleeping needs, before nothing can be opened
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return nil, fmt.Errorf("give up being looked at: %w", err)
	}
	if err := everywhere(unix.SYS_PRCTL, unix.PR_SET_NO_NEW_PRIVS, 1, 0); err != nil {
		return nil, fmt.Errorf("give up new privileges: %w", err)
	}
	switch abi, err := landlock(); {
	case err == nil:
		layers = append(layers, fmt.Sprintf("Landlock %d", abi))
	case !errors.Is(err, errors.ErrUnsupported):
		return nil, fmt.Errorf("give up files: %w", err)
	}
	if err := limits(); err != nil {
		return nil, err
	}
	if err := filter(); err != nil {
		return nil, fmt.Errorf("give up system calls: %w", err)
	}
	return append(layers, "limits", "seccomp"), nil
}

func limits() error {
	for _, l := range []struct {
		what int
		most uint64
	}{
		{unix.RLIMIT_DATA, maxMemory},
		{unix.RLIMIT_AS, maxRoom},
		{unix.RLIMIT_STACK, maxStack},
		{unix.RLIMIT_CPU, maxCPU},
		{unix.RLIMIT_NOFILE, 0}, // what is open stays so
		{unix.RLIMIT_FSIZE, 0},
		{unix.RLIMIT_CORE, 0},
		{unix.RLIMIT_NPROC, maxThreads},
	} {
		if l.what == unix.RLIMIT_NPROC && !alone() {
			continue // others' processes would count, and threads would fail to start
		}
		if err := unix.Setrlimit(l.what, &unix.Rlimit{Cur: l.most, Max: l.most}); err != nil {
			return fmt.Errorf("limit what it may use: %w", err)
		}
	}
	return nil
}

// alone says whether the process is the first of its own namespace.
func alone() bool { return os.Getpid() == 1 }

// everywhere makes a system call on all threads; with cgo on this one.
func everywhere(trap, a1, a2, a3 uintptr) error {
	_, _, errno := syscall.AllThreadsSyscall6(trap, a1, a2, a3, 0, 0, 0)
	if errno == syscall.ENOTSUP {
		_, _, errno = syscall.RawSyscall6(trap, a1, a2, a3, 0, 0, 0)
	}
	if errno != 0 {
		return errno
	}
	return nil
}

// landlock gives up all files and what it knows of the network, and says its version.
func landlock() (abi int, err error) {
	if _, _, errno := syscall.AllThreadsSyscall(unix.SYS_GETPID, 0, 0, 0); errno == syscall.ENOTSUP {
		return 0, errors.ErrUnsupported // cgo's threads cannot be told; the filter has them all
	}
	v, _, errno := unix.RawSyscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	switch errno {
	case 0:
	case unix.ENOSYS, unix.EOPNOTSUPP, unix.EPERM: // older, not enabled, or hidden by a container
		return 0, errors.ErrUnsupported
	default:
		return 0, errno
	}
	rules := unix.LandlockRulesetAttr{Handled_access_fs: 1<<13 - 1}
	for _, later := range []struct {
		abi                uintptr
		files, net, scoped uint64
	}{
		{2, unix.LANDLOCK_ACCESS_FS_REFER, 0, 0},
		{3, unix.LANDLOCK_ACCESS_FS_TRUNCATE, 0, 0},
		{4, 0, unix.LANDLOCK_ACCESS_NET_BIND_TCP | unix.LANDLOCK_ACCESS_NET_CONNECT_TCP, 0},
		{5, unix.LANDLOCK_ACCESS_FS_IOCTL_DEV, 0, 0},
		{6, 0, 0, unix.LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | unix.LANDLOCK_SCOPE_SIGNAL},
	} {
		if v >= later.abi {
			rules.Handled_access_fs |= later.files
			rules.Handled_access_net |= later.net
			rules.Scoped |= later.scoped
		}
	}
	fd, _, errno := unix.RawSyscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&rules)), unsafe.Sizeof(rules), 0)
	if errno != 0 {
		return 0, errno
	}
	defer unix.Close(int(fd))
	return int(v), everywhere(unix.SYS_LANDLOCK_RESTRICT_SELF, fd, 0, 0)
}

// filter lets all threads make the system calls of a process that computes, and ends the
// process at any other.
func filter() error {
	program := assemble(os.Getpid())
	if len(program) > math.MaxUint16 {
		return errors.New("the filter is too long")
	}
	p := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	_, _, errno := unix.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&p)))
	runtime.KeepAlive(program)
	if errno != 0 {
		return errno
	}
	return nil
}
