//go:build amd64 || arm64

package early

import (
	"runtime"
	"syscall"
	"unsafe"
)

// From linux/prctl.h, linux/seccomp.h and linux/filter.h.
const (
	noNewPrivileges = 38
	modeFilter      = 1
	allThreads      = 1
	allow           = 0x7fff0000
	fail            = 0x50000
	load            = 0x20
	jumpIfEqual     = 0x15
	end             = 0x06
)

// closeFiles has each attempt to open a file fail.
func closeFiles() error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if _, _, errno := syscall.RawSyscall6(syscall.SYS_PRCTL, noNewPrivileges, 1, 0, 0, 0, 0); errno != 0 {
		return errno
	}
	p := []syscall.SockFilter{{Code: load}} // the call's number
	for _, nr := range opening {
		p = append(p, syscall.SockFilter{Code: jumpIfEqual, Jf: 1, K: nr}, syscall.SockFilter{Code: end, K: fail | uint32(syscall.EACCES)})
	}
	p = append(p, syscall.SockFilter{Code: end, K: allow})
	program := syscall.SockFprog{Len: uint16(len(p)), Filter: &p[0]}
	_, _, errno := syscall.RawSyscall(seccomp, modeFilter, allThreads, uintptr(unsafe.Pointer(&program)))
	runtime.KeepAlive(p)
	if errno != 0 {
		return errno
	}
	return nil
}
