package sandbox

import "golang.org/x/sys/unix"

const machine = unix.AUDIT_ARCH_X86_64

var machineCalls = []uint32{unix.SYS_EPOLL_WAIT}
