package sandbox

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"
)

// child is a running child as its parent sees it. One goroutine at a time may talk to it.
type child struct {
	process *os.Process // its door
	out, in *os.File    // to it and from it
	number  uint64      // of questions

	ended chan struct{}
	state *os.ProcessState // once ended

	heard chan struct{}
	last  string // what it complained of first, once heard
}

// listen keeps the first line of its complaints and lets no more of them pile up.
func (c *child) listen(r *os.File) {
	go func() {
		defer r.Close()
		first, _ := bufio.NewReaderSize(io.LimitReader(r, maxText), maxText).ReadString('\n')
		c.last = line(first)
		close(c.heard)
		_, _ = io.Copy(io.Discard, r)
	}()
}

// Fault is how a child failed, so that it had to go.
type Fault struct {
	Says      string
	Forbidden bool // it made a system call that it has no right to
	Late      bool // it did not answer in time
}

func (f Fault) Error() string { return f.Says }

// within makes all talk until the next call fail after d.
func (c *child) within(d time.Duration) {
	end := time.Now().Add(d)
	_ = c.out.SetDeadline(end) // the pipes are the runtime's own, and have deadlines
	_ = c.in.SetDeadline(end)
}

// hello waits until the child is shut in.
func (c *child) hello(d time.Duration) (layers string, err error) {
	c.within(d)
	layers, err = readText(c.in)
	return layers, c.fault(err)
}

// load hands the file over and waits for its name.
func (c *child) load(file []byte, d time.Duration) (name string, err error) {
	c.within(d)
	if err = send(c.out, file); err == nil {
		name, err = readText(c.in)
	}
	return name, c.fault(err)
}

// ask has so many rows scored.
func (c *child) ask(rows []byte, n int, d time.Duration) (scores []int32, err error) {
	c.within(d)
	c.number++
	if err = send(c.out, binary.BigEndian.AppendUint64(nil, c.number), rows); err == nil {
		scores, err = readScores(c.in, c.number, n)
	}
	return scores, c.fault(err)
}

// fault ends the child that did not answer as it should, and tells why. A refusal is an
// answer.
func (c *child) fault(err error) error {
	if err == nil || errors.As(err, new(Refusal)) {
		return err
	}
	cut := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.EPIPE)
	if cut { // it ends by itself: see how
		select {
		case <-c.ended:
		case <-time.After(time.Second):
			cut = false
		}
	}
	c.kill()
	last := ""
	select {
	case <-c.heard: // at its end at the latest, when its side of the pipe is closed
		last = c.last
	case <-time.After(time.Second):
	}
	switch {
	case forbidden(c.state):
		return Fault{Says: "it tried what a sandbox forbids", Forbidden: true}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return Fault{Says: "it did not answer in time", Late: true}
	case cut && last != "":
		return Fault{Says: fmt.Sprintf("it ended (%s): %s", c.state, last)}
	case cut:
		return Fault{Says: fmt.Sprintf("it ended (%s)", c.state)}
	}
	return Fault{Says: line(err.Error())}
}

// kill ends the child and waits for its end. It may be called again.
func (c *child) kill() {
	_ = c.process.Signal(syscall.SIGTERM) // it may have ended
	<-c.ended
	c.out.Close()
	c.in.Close()
}
