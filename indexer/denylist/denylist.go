package denylist

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/ipfs/go-cid"
	mh "github.com/multiformats/go-multihash"
)

// Limits on the file.
const (
	maxFile   = 64 << 20
	maxReason = 300
)

// Entry is one line of the list.
type Entry struct {
	CID    cid.Cid // as the operator wrote it
	Reason string  // may be empty
}

// List is the list as last read well. Its methods may be called from any goroutine.
type List struct {
	path string
	log  *slog.Logger

	mu       sync.RWMutex
	seen     stamp // of the file that was last looked at, good or bad
	entries  []Entry
	docs     []cid.Cid
	hashes   map[string]bool
	watchers []func()
}

// stamp tells one state of a file from another.
type stamp struct {
	at   time.Time
	size int64
}

// Open reads the list; the path "" gives an empty one. Errors: the file cannot be
// read, or a line is bad; the error names it.
func Open(path string, log *slog.Logger) (*List, error) {
	l := &List{path: path, log: log}
	if path == "" {
		return l, nil
	}
	s, entries, err := read(path)
	if err != nil {
		return nil, err
	}
	l.set(s, entries)
	return l, nil
}

// Holds reports whether bytes of that hash are denied.
func (l *List) Holds(h mh.Multihash) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.hashes[string(h)]
}

// Hashes are the denied multihashes.
func (l *List) Hashes() []mh.Multihash {
	l.mu.RLock()
	defer l.mu.RUnlock()
	out := make([]mh.Multihash, len(l.entries))
	for i, e := range l.entries {
		out[i] = e.CID.Hash()
	}
	return out
}

// Documents are the denied CIDs in the one form in which posts and profiles name
// documents, whatever form the operator wrote. The caller must not change them.
func (l *List) Documents() []cid.Cid {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.docs
}

// Entries is the list in the order of its CIDs' bytes. The caller must not change it.
func (l *List) Entries() []Entry {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.entries
}

// Changed has f called after each change of the list, by the goroutine of Watch.
func (l *List) Changed(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.watchers = append(l.watchers, f)
}

// Watch looks at the file so often until ctx ends and takes changes over.
func (l *List) Watch(ctx context.Context, every time.Duration) {
	if l.path == "" {
		return
	}
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			l.Reload()
		}
	}
}

// Reload reads the file if it is another than before. What is bad is told once;
// the old list stays.
func (l *List) Reload() {
	s, err := look(l.path)
	l.mu.RLock()
	same := s == l.seen
	l.mu.RUnlock()
	if same {
		return
	}
	var entries []Entry
	if err == nil {
		s, entries, err = read(l.path)
	}
	if err != nil {
		l.mu.Lock()
		l.seen = s
		l.mu.Unlock()
		l.log.Error("the denylist is not taken over; the one read before stays in force", "err", err)
		return
	}
	l.set(s, entries)
	l.log.Info("the denylist was read again", "entries", len(entries))
	l.mu.RLock()
	watchers := l.watchers
	l.mu.RUnlock()
	for _, f := range watchers {
		f()
	}
}

func (l *List) set(s stamp, entries []Entry) {
	hashes := make(map[string]bool, len(entries))
	var docs []cid.Cid
	for _, e := range entries {
		hashes[string(e.CID.Hash())] = true
		if p := e.CID.Prefix(); p.MhType == mh.SHA2_256 && p.MhLength == 32 {
			docs = append(docs, cid.NewCidV1(cid.DagJSON, e.CID.Hash()))
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seen, l.entries, l.hashes, l.docs = s, entries, hashes, docs
}

// look gives the zero stamp for a file that is not there.
func look(path string) (stamp, error) {
	i, err := os.Stat(path)
	if err != nil {
		return stamp{}, fmt.Errorf("the denylist %s cannot be read: name a text file", path)
	}
	return stamp{i.ModTime(), i.Size()}, nil
}

func read(path string) (stamp, []Entry, error) {
	s, err := look(path)
	if err != nil {
		return s, nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return s, nil, fmt.Errorf("the denylist %s cannot be read: name a text file", path)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return s, nil, fmt.Errorf("the denylist %s cannot be read: name a text file", path)
	}
	entries, err := Parse(b)
	if err != nil {
		return s, nil, fmt.Errorf("the denylist %s is bad: %w", path, err)
	}
	return s, entries, nil
}

// Parse reads the text of a list: each hash once, in the order of their bytes.
func Parse(text []byte) ([]Entry, error) {
	if len(text) > maxFile {
		return nil, fmt.Errorf("it has more than %d bytes: shorten it", maxFile)
	}
	var out []Entry
	for i, line := range bytes.Split(text, []byte("\n")) {
		e, ok, err := parseLine(line)
		if err != nil {
			return nil, fmt.Errorf("line %d %w", i+1, err)
		}
		if ok {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b Entry) int { return bytes.Compare(a.CID.Hash(), b.CID.Hash()) })
	return slices.CompactFunc(out, func(a, b Entry) bool { return bytes.Equal(a.CID.Hash(), b.CID.Hash()) }), nil
}

func parseLine(line []byte) (e Entry, ok bool, err error) {
	if !utf8.Valid(line) {
		return e, false, errors.New("is not UTF-8: write a CID, or # and a comment")
	}
	s := strings.TrimSpace(string(line))
	if s == "" || s[0] == '#' {
		return e, false, nil
	}
	word, reason := s, ""
	if i := strings.IndexAny(s, " \t"); i >= 0 {
		word, reason = s[:i], strings.TrimSpace(s[i:])
	}
	if e.CID, err = cid.Decode(word); err != nil {
		return e, false, fmt.Errorf("begins with %.80q, which is no CID: write a CID, or # and a comment", word)
	}
	if e.CID.Prefix().MhType == mh.IDENTITY {
		return e, false, errors.New("names an identity CID, which no post can have: remove it")
	}
	if e.Reason = reason; len(reason) > maxReason {
		return e, false, fmt.Errorf("has a reason of %d bytes: write at most %d", len(reason), maxReason)
	}
	return e, true, nil
}
