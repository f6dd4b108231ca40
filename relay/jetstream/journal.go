package jetstream

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"candor/graph"
)

// header is the first line of a journal: what must not change between runs.
type header struct {
	Version int    `json:"v"`
	File    string `json:"file"`    // SHA-256 of the file
	Genesis string `json:"genesis"` // of the node's chain
	Key     string `json:"key"`     // a fingerprint of the secret
	Shift   int64  `json:"shift"`   // seconds added to all times
}

// entry is a line of a journal: what was settled, and then what is about to be
// sent. It is on disk before the intents leave.
type entry struct {
	Done []settled `json:"done,omitempty"`
	Plan []planned `json:"plan,omitempty"`
}

// settled is what became of a line of the file.
type settled struct {
	Line  int           `json:"l"`
	ID    *graph.PostID `json:"id,omitempty"` // of a post
	No    string        `json:"no,omitempty"` // why it was refused
	Again bool          `json:"again,omitempty"`
	// Again takes a plan back: the nonce was not used and the line gets another.
}

// planned is a line of the file that may be on its way under a nonce.
type planned struct {
	Line  int    `json:"l"`
	Nonce uint64 `json:"n"`
}

// journal remembers an import, append-only.
type journal struct {
	f       *os.File
	header  header
	done    map[int]settled
	plan    map[int]uint64 // lines planned and not settled, with their nonces
	pending entry
}

const journalVersion = 1

// openJournal opens the journal of the import in the directory, or begins it with
// that header. The shift of a journal that exists wins.
func openJournal(dir string, h header) (*journal, error) {
	h.Version = journalVersion
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the import's journal cannot be kept: %w", err)
	}
	path := filepath.Join(dir, fmt.Sprintf("import-%.16s-%.16s.journal", h.File, trim0x(h.Genesis)))
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the import's journal cannot be kept: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, fmt.Errorf("another import of this file is running (it holds %s), wait for it", path)
	}
	j := &journal{f: f, done: map[int]settled{}, plan: map[int]uint64{}}
	if err := j.load(h); err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return j, nil
}

func (j *journal) load(h header) error {
	b, err := io.ReadAll(j.f)
	if err != nil {
		return err
	}
	// A crash may have cut the last line off; it was not acted upon.
	whole := bytes.LastIndexByte(b, '\n') + 1
	if err := j.f.Truncate(int64(whole)); err != nil {
		return err
	}
	if whole == 0 {
		j.header = h
		if err := j.append(h); err != nil {
			return err
		}
		return syncDir(filepath.Dir(j.f.Name()))
	}
	for i, line := range bytes.Split(b[:whole-1], []byte("\n")) {
		if i == 0 {
			if err := json.Unmarshal(line, &j.header); err != nil {
				return errors.New("it is no journal of an import: move it away")
			}
			if c := j.header; c.Version != h.Version || c.File != h.File || c.Genesis != h.Genesis {
				return errors.New("it is the journal of another import: move it away")
			} else if c.Key != h.Key {
				return errors.New("the import was begun with another key: pass the same --key file")
			}
			continue
		}
		var e entry
		if err := json.Unmarshal(line, &e); err != nil {
			return fmt.Errorf("line %d is damaged: restore the journal, or move it away and import again", i+1)
		}
		j.apply(e)
	}
	return nil
}

func (j *journal) apply(e entry) {
	for _, s := range e.Done {
		delete(j.plan, s.Line)
		if !s.Again {
			j.done[s.Line] = s
		}
	}
	for _, p := range e.Plan {
		j.plan[p.Line] = p.Nonce
	}
}

// flush makes what is pending durable.
func (j *journal) flush() error {
	if len(j.pending.Done)+len(j.pending.Plan) == 0 {
		return nil
	}
	e := j.pending
	j.pending = entry{}
	return j.append(e)
}

func (j *journal) append(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if _, err := j.f.Write(append(b, '\n')); err != nil {
		return fmt.Errorf("the import's journal cannot be written: %w", err)
	}
	if err := j.f.Sync(); err != nil {
		return fmt.Errorf("the import's journal cannot be written: %w", err)
	}
	return nil
}

func (j *journal) close() error { return j.f.Close() }

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func trim0x(s string) string {
	b, err := hex.DecodeString(string(bytes.TrimPrefix([]byte(s), []byte("0x"))))
	if err != nil {
		return "unknown"
	}
	return hex.EncodeToString(b)
}
