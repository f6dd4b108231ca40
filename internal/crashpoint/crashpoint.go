// Package crashpoint lets a test kill the process at a named place, as a power
// cut would.
//
// What enters: a point's name, at the place in the code that it names. What
// leaves: nothing, unless the environment variable CANDOR_CRASH holds that name;
// then the process kills itself with SIGKILL, so that no deferred call and no
// buffer flush runs. CANDOR_CRASH=name:3 waits for the third passage.
package crashpoint

import (
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
)

var (
	armed string
	left  atomic.Int64
)

func init() {
	name, n, found := strings.Cut(os.Getenv("CANDOR_CRASH"), ":")
	armed = name
	left.Store(1)
	if found {
		if v, err := strconv.Atoi(n); err == nil {
			left.Store(int64(v))
		}
	}
}

// Here kills the process when name is the armed point and its passage has come.
func Here(name string) {
	if armed == "" || armed != name || left.Add(-1) > 0 {
		return
	}
	// SIGKILL cannot be caught: what is not on disk by now is lost, which is the point.
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}
