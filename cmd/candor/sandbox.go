package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"

	selection "candor/feeds/select"
	"candor/rankers"
	"candor/rankers/publish"
	"candor/rankers/sandbox"
	"candor/zkcommit"

	lru "github.com/hashicorp/golang-lru/v2"
)

// loadGuest is what a sandbox makes of a parcel, or of a model that became public: all that a
// node asks of one without the chain.
func loadGuest(b []byte) (sandbox.Model, string, error) {
	if zkcommit.IsReveal(b) {
		r, err := zkcommit.ParseReveal(b)
		if err != nil {
			return nil, "", err
		}
		c, err := r.Commitment()
		return r.Model, c.Hex(), err
	}
	p, err := parseParcel(b)
	if err != nil {
		return nil, "", err
	}
	switch {
	case p.Tower != nil:
		return nil, "", errors.New("it holds the tower itself, which stays with its workers: hand over the manifest alone")
	case p.Secret == nil:
		return nil, "", errors.New("a manifest alone has no model to run")
	}
	return p.Secret.Model, p.CID.String(), nil
}

func parseParcel(b []byte) (*publish.Parcel, error) {
	p, err := publish.Parse(b)
	if err == nil && p.Signed.Manifest.Kind == "ranker" {
		_, err = selection.Select(p.Signed.Manifest.Rule, nil)
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

// cells are where others' parcels and models are read first, and where their models run: each in
// a sandbox of its own. Without sandboxes they are refused, or, if the operator says so, taken
// into this process.
type cells struct {
	box    func() (*sandbox.Box, error) // nil: there is none, and that is all right
	judged *lru.Cache[[32]byte, judgement]
}

// judgement is what came of reading a file, by the hash of its bytes.
type judgement struct {
	err   error
	until time.Time // a file at which a sandbox failed is tried again
}

const (
	manyJudged = 1 << 14
	tryAgain   = time.Minute
)

func newCells(start func(*slog.Logger) (*sandbox.Box, error), unsafe bool, log *slog.Logger) cells {
	judged, err := lru.New[[32]byte, judgement](manyJudged)
	if err != nil {
		panic(err) // of its size alone
	}
	return cells{judged: judged, box: sync.OnceValues(func() (*sandbox.Box, error) {
		b, err := start(log)
		switch {
		case err == nil:
			log.Info("others' rankers are shut in", "by", b.Layers())
		case unsafe:
			log.Warn("others' rankers are taken into this process, as --unsafe-host says", "why", err)
			return nil, nil
		default:
			err = fmt.Errorf("%w: host none, or send --unsafe-host to take them into this process", err)
		}
		return b, err
	})}
}

// read takes a file that a publisher handed over. A sandbox parses it first, so that what
// ends or hangs that never comes near the node.
func (c cells) read(ctx context.Context, path string) (p *publish.Parcel, b []byte, err error) {
	err = reading(path, func(r io.Reader) (err error) {
		b, err = io.ReadAll(io.LimitReader(r, int64(publish.MaxHosted)+1))
		if err == nil && len(b) > publish.MaxHosted {
			err = fmt.Errorf("it has more than %d bytes, as parcels have that hold a tower, which stays with its workers: hand over the manifest alone", publish.MaxHosted)
		}
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	if !publish.Alone(b) { // a manifest is read as those of the chain are
		err = c.judge(ctx, b)
	}
	if err == nil {
		p, err = parseParcel(b)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return p, b, nil
}

// unlocked judges what the ciphertext of a stranger's model held. Where there are no sandboxes
// the node reads that all the same, or nothing would become public there.
func (c cells) unlocked(ctx context.Context, document []byte) error {
	if !zkcommit.IsReveal(document) {
		return nil // its first bytes are enough to refuse it
	}
	if err := c.judge(ctx, document); !errors.Is(err, sandbox.ErrNone) {
		return err
	}
	return nil
}

// judge has a sandbox read a file, unless one has.
func (c cells) judge(ctx context.Context, b []byte) error {
	box, err := c.box()
	if box == nil {
		return err
	}
	sum := sha256.Sum256(b)
	if j, ok := c.judged.Get(sum); ok && (j.until.IsZero() || time.Now().Before(j.until)) {
		return j.err
	}
	j := judgement{}
	_, j.err = box.Check(ctx, b)
	switch {
	case errors.As(j.err, new(sandbox.Fault)):
		j.err, j.until = fmt.Errorf("the sandbox that read it failed: %w", j.err), time.Now().Add(tryAgain)
	case j.err != nil && !errors.As(j.err, new(sandbox.Refusal)):
		return j.err // no judgement of the file
	}
	c.judged.Add(sum, j)
	return j.err
}

// open has a parcel's model answer, until it is closed.
func (c cells) open(p *publish.Parcel, b []byte) (r rankers.Ranker, print string, closing func(), err error) {
	held, err := p.Ranker()
	if err != nil {
		return nil, "", nil, err
	}
	box, err := c.box()
	if box == nil {
		return held, held.Fingerprint(), func() {}, err
	}
	g, err := box.Open(held.Info().ID, b, p.Secret.Model)
	if err != nil {
		return nil, "", nil, err
	}
	if name := p.CID.String(); g.Name() != name {
		g.Close()
		return nil, "", nil, fmt.Errorf("the sandbox read %q where the node reads %s", g.Name(), name)
	}
	return g.As(held.Info()), held.Fingerprint(), g.Close, nil
}

// sandbox says what shuts others' rankers in.
func (d *doctor) sandbox() {
	b, err := sandbox.New(slog.New(slog.DiscardHandler))
	if err != nil {
		d.say("warn", "sandbox", "others' rankers are not hosted here: %v", err)
		return
	}
	var missing []string
	for _, layer := range []string{"Landlock", "namespaces"} {
		if !strings.Contains(b.Layers(), layer) {
			missing = append(missing, layer)
		}
	}
	if len(missing) > 0 {
		d.say("warn", "sandbox", "others' rankers are shut in by %s, and not by %s, which this kernel or container does not let candor use", b.Layers(), strings.Join(missing, " and "))
		return
	}
	d.say("ok", "sandbox", "others' rankers are shut in by %s", b.Layers())
}
