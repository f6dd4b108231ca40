package sandbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"time"
)

// How long a child may take. A loaded machine is slow, and a child comes last on it.
const (
	startWithin = 20 * time.Second
	loadWithin  = 10 * time.Second
)

// ErrNone is why nothing of strangers is run here.
var ErrNone = errors.New("this system cannot shut others' rankers in, which takes Linux with seccomp on amd64 or arm64")

// Box starts children.
type Box struct {
	way    way
	layers string
	within time.Duration // a question
	log    *slog.Logger
}

// New finds out by starting a child what shuts children in here, and fails with ErrNone
// where nothing does.
func New(log *slog.Logger) (*Box, error) {
	why := fmt.Errorf("%s/%s", runtime.GOOS, runtime.GOARCH)
	if err := keepToSelf(); err != nil {
		return nil, err
	}
	for _, w := range ways() {
		c, err := w.launch()
		if err == nil {
			var inside string
			if inside, err = c.hello(startWithin); err == nil {
				c.kill()
				return &Box{w, strings.Join(append([]string{inside}, w.layers...), ", "), answerWithin, log}, nil
			}
			c.kill()
		}
		why = err
	}
	return nil, fmt.Errorf("%w (%w)", ErrNone, why)
}

// Layers names what shuts children in.
func (b *Box) Layers() string { return b.layers }

// child starts one and has it load the file.
func (b *Box) child(file []byte) (c *child, name string, err error) {
	if len(file) > MaxFile {
		return nil, "", Refusal(fmt.Sprintf("it has more than %d bytes", MaxFile))
	}
	if c, err = b.way.launch(); err != nil {
		return nil, "", fmt.Errorf("start a sandbox: %w", err)
	}
	switch inside, err := c.hello(startWithin); {
	case err != nil:
		c.kill()
		return nil, "", fmt.Errorf("start a sandbox: %w", err)
	case !strings.HasPrefix(b.layers, inside):
		c.kill()
		return nil, "", fmt.Errorf("start a sandbox: it is shut in by %s, not by %s", inside, b.layers)
	}
	if name, err = c.load(file, loadWithin); err != nil {
		c.kill()
		return nil, "", err
	}
	return c, name, nil
}

// Check has a child load the file, and tells what the loader calls it. The error is a
// Refusal by the loader, or a Fault.
func (b *Box) Check(ctx context.Context, file []byte) (name string, err error) {
	c, name, err := b.child(file)
	if err != nil {
		return "", err
	}
	c.kill()
	return name, ctx.Err()
}
