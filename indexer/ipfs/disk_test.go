package ipfs

import (
	"errors"
	"testing"
)

func TestFullDiskIsToldOnce(t *testing.T) {
	disk := errors.New("no space left on device")
	var told []error
	n := &Node{full: make(chan struct{})}
	l := n.listener(func(err error) { told = append(told, err) })
	l.BackgroundError(disk)
	l.BackgroundError(disk)
	if len(told) != 1 || !errors.Is(told[0], disk) {
		t.Errorf("told %v", told)
	}
	<-n.full // so that Close does not wait for room
}
