package main

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// lockDir makes the data directory this process's own until it ends, however it ends.
func lockDir(dir string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("the data directory %s cannot be made: name another with --data", dir)
	}
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the data directory %s cannot be written: name another with --data", dir)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, fmt.Errorf("another candor is running on %s: stop it, or name another directory with --data", dir)
	}
	return f, nil
}
