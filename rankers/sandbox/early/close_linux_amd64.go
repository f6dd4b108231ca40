package early

import "syscall"

const seccomp = 317

var opening = []uint32{syscall.SYS_OPEN, syscall.SYS_OPENAT, 437} // the last is openat2
