package witness

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"candor/zkcommit"
	"candor/zkcommit/tlog"
)

// Peer is a witness as a log knows it.
type Peer struct {
	URL string // the submission prefix
	zkcommit.Cosigner
}

// ParsePeer reads URL=KEY, the key as candor witness key prints it.
func ParsePeer(s string) (p Peer, err error) {
	at := strings.LastIndexByte(s, '=') // a key has none
	if at < 0 {
		return p, fmt.Errorf("%.200q names no witness: send URL=KEY, the key as candor witness key prints it", s)
	}
	u, err := url.Parse(s[:at])
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return p, fmt.Errorf("%.200q is no URL of a witness: send one such as https://witness.example", s[:at])
	}
	p.URL = strings.TrimSuffix(s[:at], "/")
	p.Cosigner, err = zkcommit.ParseCosigner(s[at+1:])
	return p, err
}

// Standing is how a witness stands to the log.
type Standing struct {
	Log     string `json:"log"` // its origin
	Name    string `json:"name"`
	URL     string `json:"url"`
	Key     string `json:"key"`
	Size    uint64 `json:"size"`              // entries of the newest checkpoint that it cosigned for this process
	Time    uint64 `json:"time"`              // when, in seconds
	Trouble string `json:"trouble,omitempty"` // why it did not cosign when it was asked last
}

// Log is what is witnessed.
type Log interface {
	Checkpoint(context.Context) (tlog.Checkpoint, error)
	Consistency(ctx context.Context, from, to uint64) ([][]byte, error)
	Verifier() tlog.Verifier
}

// Collector takes a log's newest checkpoint to its witnesses. It works beside the log: a
// witness that is slow, dead or lying delays neither an entry nor an anchor, and the
// checkpoint that is shown by Patience at most.
type Collector struct {
	Log      Log
	Patience time.Duration // for the answers to one checkpoint; 0 means 3 s
	Every    time.Duration // how often the log is looked at; 0 means 250 ms
	Failed   func(witness string, err error)

	client *http.Client
	now    func() time.Time

	mu    sync.Mutex
	peers []*peer
	head  tlog.Checkpoint // that was taken to the witnesses last
	shown []byte          // with the cosignatures; nil before the first
}

// peer is a witness with what was last heard of it. Only Step touches it.
type peer struct {
	Peer
	Standing
	line  []byte // its cosignature of the newest checkpoint; nil: not yet
	fails int
	rests time.Time // when it is asked again
}

// NewCollector makes a collector. Witnesses of one key twice are an error.
func NewCollector(l Log, witnesses []Peer) (*Collector, error) {
	c := &Collector{Log: l, now: time.Now, client: &http.Client{
		// A witness is where its operator said: it sends nobody elsewhere.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	seen := map[string]bool{}
	for _, w := range witnesses {
		if seen[w.String()] {
			return nil, fmt.Errorf("witness %s is named twice", w.Name)
		}
		seen[w.String()] = true
		c.peers = append(c.peers, &peer{Peer: w, Standing: Standing{Log: l.Verifier().Origin, Name: w.Name, URL: w.URL, Key: w.String()}})
	}
	return c, nil
}

// Run works until the context ends.
func (c *Collector) Run(ctx context.Context) {
	every := c.Every
	if every == 0 {
		every = 250 * time.Millisecond
	}
	for {
		if err := c.Step(ctx); err != nil && ctx.Err() == nil && c.Failed != nil {
			c.Failed("", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
	}
}

// Step takes the newest checkpoint to all witnesses that did not cosign it yet, at the
// same time, and shows it when they have answered or their time is over.
func (c *Collector) Step(ctx context.Context) error {
	cp, err := c.Log.Checkpoint(ctx)
	if err != nil || cp.Size == 0 {
		return err
	}
	fresh := !bytes.Equal(cp.Note, c.head.Note)
	var ask []*peer
	for _, p := range c.peers {
		if fresh {
			p.line = nil
		}
		if p.line == nil && !c.now().Before(p.rests) {
			ask = append(ask, p)
		}
	}
	if !fresh && len(ask) == 0 {
		return nil
	}
	patience := c.Patience
	if patience == 0 {
		patience = 3 * time.Second
	}
	within, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	answers := make([]answer, len(ask))
	var all sync.WaitGroup
	for i, p := range ask {
		all.Go(func() { answers[i] = c.ask(within, p.Peer, p.Size, cp) })
	}
	all.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, p := range ask {
		c.heard(p, cp, answers[i])
	}
	c.head, c.shown = cp, bytes.Clone(cp.Note)
	for _, p := range c.peers {
		c.shown = append(c.shown, p.line...)
	}
	return nil
}

// heard notes what a witness answered. One that fails rests, longer each time.
func (c *Collector) heard(p *peer, cp tlog.Checkpoint, a answer) {
	if a.err == nil {
		p.line, p.Size, p.Time, p.Trouble, p.fails = a.line, cp.Size, a.at, "", 0
		return
	}
	p.Trouble = a.err.Error()
	p.fails++
	p.rests = c.now().Add(min(time.Second<<min(p.fails, 10), 5*time.Minute))
	if c.Failed != nil {
		c.Failed(p.Peer.Name, a.err)
	}
}

// Checkpoint is the newest checkpoint with the cosignatures that were collected; nil
// before the first was taken to the witnesses.
func (c *Collector) Checkpoint() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shown
}

// Standing is how each witness stands to the log, in the order in which they were named.
func (c *Collector) Standing() []Standing {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := make([]Standing, len(c.peers))
	for i, p := range c.peers {
		all[i] = p.Standing
	}
	return all
}

// Handler serves the log as it would itself, with the cosigned checkpoint.
func (c *Collector) Handler(log http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cp := c.Checkpoint()
		if cp == nil || r.URL.Path != "/checkpoint" || r.Method != http.MethodGet {
			log.ServeHTTP(w, r)
			return
		}
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Type", "text/plain; charset=utf-8")
		h.Set("Cache-Control", "no-cache")
		_, _ = w.Write(cp) // a reader that hangs up is none of ours
	})
}

type answer struct {
	line []byte
	at   uint64
	err  error
}

// ask submits the checkpoint. A witness that knows another size than was thought is
// asked once more.
func (c *Collector) ask(ctx context.Context, p Peer, old uint64, cp tlog.Checkpoint) answer {
	if old > cp.Size {
		old = 0
	}
	a, size, err := c.submit(ctx, p, old, cp)
	if err == nil && a == nil {
		switch {
		case size > cp.Size:
			err = fmt.Errorf("it has cosigned %d entries of this log, which has %d: the log lost some, or another node has its key", size, cp.Size)
		case size == old:
			err = errors.New("it refuses the very size that it names")
		default:
			if a, _, err = c.submit(ctx, p, size, cp); err == nil && a == nil {
				err = errors.New("it names another size each time")
			}
		}
	}
	if err != nil {
		return answer{err: err}
	}
	return p.check(a, cp)
}

// check takes the witness's line out of its answer, and nothing else.
func (p Peer) check(body []byte, cp tlog.Checkpoint) answer {
	for line := range bytes.Lines(body) {
		if !bytes.HasPrefix(line, []byte("— "+p.Name+" ")) {
			continue
		}
		if at, err := p.Cosigned(append(bytes.Clone(cp.Note), line...)); err == nil {
			return answer{line: line, at: at}
		}
	}
	return answer{err: errors.New("its answer holds no cosignature of this checkpoint by its key")}
}

// submit is one request. Without an error and without a body, the witness has cosigned
// another size last.
func (c *Collector) submit(ctx context.Context, p Peer, old uint64, cp tlog.Checkpoint) (body []byte, size uint64, err error) {
	q := request{old: old, checkpoint: cp.Note}
	if old > 0 && old < cp.Size {
		if q.path, err = c.Log.Consistency(ctx, old, cp.Size); err != nil {
			return nil, 0, err
		}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.URL+"/add-checkpoint", bytes.NewReader(q.bytes()))
	if err != nil {
		return nil, 0, err
	}
	res, err := c.client.Do(req)
	if err != nil {
		return nil, 0, fmt.Errorf("it does not answer: %w", err)
	}
	defer res.Body.Close()
	if body, err = io.ReadAll(io.LimitReader(res.Body, zkcommit.MaxCheckpoint)); err != nil {
		return nil, 0, fmt.Errorf("its answer breaks off: %w", err)
	}
	switch {
	case res.StatusCode == http.StatusOK && len(body) > 0:
		return body, 0, nil
	case res.StatusCode == http.StatusConflict && res.Header.Get("Content-Type") == sizeType:
		if size, err = parseSize(strings.TrimSuffix(string(body), "\n")); err != nil {
			return nil, 0, errors.New("it names no size that can be read")
		}
		return nil, size, nil
	}
	return nil, 0, fmt.Errorf("it answers %s: %.200q", res.Status, body)
}
