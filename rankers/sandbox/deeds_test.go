//go:build linux

package sandbox

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
	"unsafe"

	"candor/rankers/publish"

	"golang.org/x/sys/unix"
)

// load takes parcels, as the node does, and files that begin with "do": models that have a
// child taken over and do a deed when they are asked.
func load(file []byte) (Model, string, error) {
	if s, ok := strings.CutPrefix(string(file), "do "); ok {
		name, arg, _ := strings.Cut(s, " ")
		d, known := deeds[name]
		if !known {
			return nil, "", fmt.Errorf("no deed %q", name)
		}
		return evil{d, arg}, name, nil
	}
	p, err := publish.Parse(file)
	if err != nil {
		return nil, "", err
	}
	return p.Secret.Model, p.CID.String(), nil
}

type evil struct {
	deed func(arg string) error
	arg  string
}

// Evaluate does the deed for rows of which the first begins with a number but zero, and gives
// zeros.
func (e evil) Evaluate(rows []int8) ([]int32, error) {
	if len(rows) > 0 && rows[0] != 0 {
		if err := e.deed(e.arg); err != nil {
			return nil, err
		}
	}
	return make([]int32, len(rows)/64), nil
}

func raw(trap uintptr, a ...uintptr) error {
	a = append(a, 0, 0, 0, 0, 0, 0)
	if _, _, errno := syscall.RawSyscall6(trap, a[0], a[1], a[2], a[3], a[4], a[5]); errno != 0 {
		return errno
	}
	return nil
}

func mapped(size, prot, flags uintptr) error {
	return raw(unix.SYS_MMAP, 0, size, prot, flags|unix.MAP_ANONYMOUS, ^uintptr(0))
}

var sink [][]byte

// deeds are what a model might do that runs code of its own.
var deeds = map[string]func(arg string) error{
	"nothing": func(string) error { return nil },

	// Things that no system call of which may be made.
	"open":      func(arg string) error { _, err := os.ReadFile(arg); return err },
	"create":    func(arg string) error { return os.WriteFile(arg, []byte("x"), 0o600) },
	"connect":   func(arg string) error { _, err := net.Dial("tcp", arg); return err },
	"send":      func(arg string) error { _, err := net.Dial("udp", arg); return err },
	"unix":      func(string) error { return raw(unix.SYS_SOCKET, unix.AF_UNIX, unix.SOCK_STREAM) },
	"exec":      func(string) error { return exec.Command("/bin/true").Run() },
	"fork":      func(string) error { return raw(unix.SYS_CLONE, uintptr(unix.SIGCHLD)) },
	"namespace": func(string) error { return raw(unix.SYS_UNSHARE, unix.CLONE_NEWUSER) },
	"thread":    func(string) error { return raw(unix.SYS_CLONE, threadFlags|unix.CLONE_NEWUSER) },
	"ptrace":    func(string) error { return raw(unix.SYS_PTRACE, unix.PTRACE_TRACEME) },
	"peek":      func(string) error { return raw(unix.SYS_PROCESS_VM_READV, uintptr(os.Getppid())) },
	"kill":      func(string) error { return syscall.Kill(os.Getppid(), syscall.SIGTERM) },
	"killGroup": func(string) error { return raw(unix.SYS_TGKILL, uintptr(os.Getpid()+1), 1, uintptr(unix.SIGKILL)) },
	"proc":      func(string) error { _, err := os.ReadDir("/proc"); return err },
	"chdir":     func(string) error { return os.Chdir("/tmp") },
	"fd":        func(string) error { return raw(unix.SYS_MEMFD_CREATE, 0, 0) },
	"ring":      func(string) error { return raw(unix.SYS_IO_URING_SETUP, 8, 0) },
	"bpf":       func(string) error { return raw(unix.SYS_BPF) },
	"limit":     func(string) error { return unix.Setrlimit(unix.RLIMIT_NOFILE, &unix.Rlimit{Cur: 9, Max: 9}) },
	"dumpable":  func(string) error { return unix.Prctl(unix.PR_SET_DUMPABLE, 1, 0, 0, 0) },
	"nice":      func(string) error { return unix.Setpriority(unix.PRIO_PROCESS, 0, -5) },
	"code":      func(string) error { return mapped(4096, unix.PROT_READ|unix.PROT_EXEC, unix.MAP_PRIVATE) },
	"shared":    func(string) error { return mapped(4096, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED) },
	"growing": func(string) error {
		return mapped(4096, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_GROWSDOWN)
	},
	"executable": func(string) error {
		return raw(unix.SYS_MPROTECT, uintptr(unsafe.Pointer(&page[0])), 4096, unix.PROT_EXEC)
	},
	"x32": func(string) error { return raw(unix.SYS_GETPID | 1<<30) },

	// Things that computing alone can do.
	"allocate": func(string) error { sink = append(sink, make([]byte, 4<<30)); return nil },
	"leak": func(string) error {
		for {
			b := make([]byte, 1<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			sink = append(sink, b)
		}
	},
	"room": func(string) error { return mapped(8<<30, unix.PROT_NONE, unix.MAP_PRIVATE|unix.MAP_NORESERVE) },
	"spin": func(string) error {
		for {
			page[0]++
		}
	},
	"sleep": func(string) error { time.Sleep(time.Hour); return nil },
	"panic": func(string) error { panic("it\x1b[2J panics\n\n") },
	"exit":  func(string) error { os.Exit(0); return nil },
	"huge":  func(string) error { _, err := os.Stdout.Write([]byte{0x7f, 0xff, 0xff, 0xff}); return err },
	"flood": func(string) error {
		for b := make([]byte, 1<<16); ; {
			if _, err := os.Stdout.Write(b); err != nil {
				return err
			}
		}
	},
	"early":  func(string) error { return send(os.Stdout, make([]byte, 8), []byte{good}) },
	"status": func(string) error { return send(os.Stdout, []byte{0, 0, 0, 0, 0, 0, 0, 2, 9}) },
	"short":  func(string) error { return send(os.Stdout, []byte{0, 0, 0, 0, 0, 0, 0, 2, good, 1, 2, 3}) },
	"long":   func(string) error { return send(os.Stdout, []byte{0, 0, 0, 0, 0, 0, 0, 2, good}, make([]byte, 4*100)) },
	"complain": func(string) error {
		for range 1 << 12 {
			fmt.Fprintln(os.Stderr, strings.Repeat("complaint ", 100))
		}
		os.Exit(3)
		return nil
	},
	"threads": func(string) error {
		for range 20_000 {
			go func() {
				runtime.LockOSThread()
				_, _ = syscall.Read(0, make([]byte, 1)) // each in a thread of its own
			}()
		}
		time.Sleep(time.Hour)
		return nil
	},
}

var page = make([]byte, 8192)
