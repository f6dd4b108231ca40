//go:build amd64 || arm64

package sandbox

import "golang.org/x/sys/unix"

// demand is what an argument's low half must be, under a mask.
type demand struct {
	arg        int
	mask, want uint32
}

// threads are a Go thread's flags of clone; none of a process, none of a namespace.
const (
	threadFlags = unix.CLONE_VM | unix.CLONE_SIGHAND | unix.CLONE_THREAD
	otherFlags  = unix.CLONE_NEWNS | unix.CLONE_NEWCGROUP | unix.CLONE_NEWUTS | unix.CLONE_NEWIPC | unix.CLONE_NEWUSER |
		unix.CLONE_NEWPID | unix.CLONE_NEWNET | unix.CLONE_PTRACE | unix.CLONE_VFORK | unix.CLONE_PIDFD
	setVMA = 0x53564d41 // prctl by which the runtime names its memory
)

// calls are what a process that computes needs: memory without machine code in it, shared
// with nobody and not grown by itself (the limit counts neither), threads, time, signals to itself, and the descriptors that it has.
func calls(pid int) map[uint32][]demand {
	c := map[uint32][]demand{
		unix.SYS_MMAP:     {{2, unix.PROT_EXEC, 0}, {3, unix.MAP_TYPE | unix.MAP_GROWSDOWN, unix.MAP_PRIVATE}},
		unix.SYS_MPROTECT: {{2, unix.PROT_EXEC, 0}},
		unix.SYS_CLONE:    {{0, threadFlags | otherFlags, threadFlags}},
		unix.SYS_TGKILL:   {{0, ^uint32(0), uint32(pid)}},
		unix.SYS_PRCTL:    {{0, ^uint32(0), setVMA}},
	}
	for _, nr := range append(machineCalls, unix.SYS_READ, unix.SYS_WRITE, unix.SYS_MUNMAP, unix.SYS_MADVISE, unix.SYS_FUTEX,
		unix.SYS_NANOSLEEP, unix.SYS_CLOCK_NANOSLEEP, unix.SYS_CLOCK_GETTIME, unix.SYS_SCHED_YIELD, unix.SYS_SCHED_GETAFFINITY,
		unix.SYS_RT_SIGPROCMASK, unix.SYS_RT_SIGACTION, unix.SYS_RT_SIGRETURN, unix.SYS_SIGALTSTACK, unix.SYS_RESTART_SYSCALL,
		unix.SYS_GETPID, unix.SYS_GETTID, unix.SYS_GETRANDOM, unix.SYS_SET_ROBUST_LIST, unix.SYS_RSEQ,
		unix.SYS_EPOLL_PWAIT, unix.SYS_EPOLL_CTL, unix.SYS_EXIT, unix.SYS_EXIT_GROUP) {
		c[nr] = nil
	}
	return c
}

// Places in the kernel's description of a call (struct seccomp_data).
const (
	atCall    = 0
	atMachine = 4
	atArgs    = 16
)

// assemble writes the filter.
func assemble(pid int) []unix.SockFilter {
	load := func(at int) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: uint32(at)}
	}
	end := func(action uint32) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: action}
	}
	equal := func(v uint32, yes, no int) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, Jt: uint8(yes), Jf: uint8(no), K: v}
	}
	kill, allow := end(unix.SECCOMP_RET_KILL_PROCESS), end(unix.SECCOMP_RET_ALLOW)
	p := []unix.SockFilter{load(atMachine), equal(machine, 1, 0), kill, load(atCall)}
	p = append(p, equal(unix.SYS_CLONE3, 0, 1), end(unix.SECCOMP_RET_ERRNO|uint32(unix.ENOSYS))) // libraries turn to clone
	for nr, demands := range calls(pid) {
		var block []unix.SockFilter
		for _, d := range demands {
			block = append(block, load(atArgs+8*d.arg),
				unix.SockFilter{Code: unix.BPF_ALU | unix.BPF_AND | unix.BPF_K, K: d.mask}, equal(d.want, 1, 0), kill)
		}
		block = append(block, allow)
		p = append(append(p, equal(nr, 0, len(block))), block...)
	}
	return append(p, kill) // also calls of the x32 ABI, whose numbers are others
}
