package sandbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"time"

	"golang.org/x/time/rate"
)

// rank is how far behind the node's other work a child comes, and so how long it may take.
type rank struct {
	idle        bool // only when a core has nothing else to do
	start, load time.Duration
}

var (
	behind = rank{false, 20 * time.Second, 10 * time.Second} // readers wait for it; a loaded machine is slow
	idly   = rank{true, time.Second, time.Second}            // nobody waits
)

// How many files are checked at once, one after the other, before each has to wait. To start
// a process takes some milliseconds of what all share: at this pace fewer than one question in
// a hundred meets that, however many files come.
const (
	atOnce    = 16
	restAfter = 2 * time.Second
)

// ErrNone is why nothing of strangers is run here.
var ErrNone = errors.New("this system cannot shut others' rankers in, which takes Linux with seccomp on amd64 or arm64")

// Box starts children.
type Box struct {
	way    way
	layers string
	within time.Duration // a question
	log    *slog.Logger
	idly   rank
	turn   chan struct{} // of the file that is checked: has room for one
	pace   *rate.Limiter // of files that are checked
}

// New finds out by starting a child what shuts children in here, and fails with ErrNone
// where nothing does.
func New(log *slog.Logger) (*Box, error) {
	why := fmt.Errorf("%s/%s", runtime.GOOS, runtime.GOARCH)
	if err := keepToSelf(); err != nil {
		return nil, err
	}
	for _, w := range ways() {
		c, err := w.launch(behind.idle)
		if err == nil {
			var inside string
			if inside, err = c.hello(behind.start); err == nil {
				c.kill()
				return &Box{w, strings.Join(append([]string{inside}, w.layers...), ", "), answerWithin, log, idly, make(chan struct{}, 1), rate.NewLimiter(rate.Every(restAfter), atOnce)}, nil
			}
			c.kill()
		}
		why = err
	}
	return nil, fmt.Errorf("%w (%w)", ErrNone, why)
}

// Layers names what shuts children in.
func (b *Box) Layers() string { return b.layers }

// child starts one of a rank and has it load the file.
func (b *Box) child(file []byte, r rank) (c *child, name string, err error) {
	if len(file) > MaxFile {
		return nil, "", Refusal(fmt.Sprintf("it has more than %d bytes", MaxFile))
	}
	if c, err = b.way.launch(r.idle); err != nil {
		return nil, "", fmt.Errorf("start a sandbox: %w", err)
	}
	switch inside, err := c.hello(r.start); {
	case err != nil:
		c.kill()
		return nil, "", fmt.Errorf("start a sandbox: %w", err)
	case !strings.HasPrefix(b.layers, inside):
		c.kill()
		return nil, "", fmt.Errorf("start a sandbox: it is shut in by %s, not by %s", inside, b.layers)
	}
	if name, err = c.load(file, r.load); err != nil {
		c.kill()
		return nil, "", err
	}
	return c, name, nil
}

// Check has a child load the file, and tells what the loader calls it. The error is a
// Refusal by the loader, or a Fault. One file is checked at a time, at a pace, when nothing else
// is to be done; a child that then does not come to its end is told from one that hangs by another,
// which has a rank.
func (b *Box) Check(ctx context.Context, file []byte) (name string, err error) {
	select {
	case b.turn <- struct{}{}:
		defer func() { <-b.turn }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	if err := b.pace.Wait(ctx); err != nil {
		return "", err
	}
	c, name, err := b.child(file, b.idly)
	if f := (Fault{}); errors.As(err, &f) && f.Late && ctx.Err() == nil {
		c, name, err = b.child(file, behind)
	}
	if err != nil {
		return "", err
	}
	c.kill()
	return name, ctx.Err()
}
