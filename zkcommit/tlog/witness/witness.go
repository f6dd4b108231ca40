package witness

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"sync"

	"github.com/transparency-dev/formats/log"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"

	"candor/internal/crashpoint"
	"candor/zkcommit"
	"candor/zkcommit/tlog"
)

// Witness cosigns the checkpoints of the logs that it knows. Its methods may be called
// from several goroutines; two processes must not open one directory.
type Witness struct {
	key  Key
	logs map[string]*record // by origin
	warn func(string)
}

// record is what a witness remembers of one log: the newest checkpoint that it cosigned.
type record struct {
	mu       sync.Mutex
	log      tlog.Verifier
	verifier note.Verifier
	dir      string
	head     head
	note     []byte // with the log's signature and the witness's; nil before the first
}

type head struct {
	size uint64
	root []byte
}

// Refusal is why a checkpoint is not cosigned, as the protocol says it.
type Refusal struct {
	Status int    // of the HTTP answer
	Size   uint64 // of the newest cosigned checkpoint, with StatusConflict
	Says   string
}

func (r Refusal) Error() string { return r.Says }

func refuse(status int, format string, a ...any) error {
	return Refusal{Status: status, Says: fmt.Sprintf(format, a...)}
}

// Open reads what the witness cosigned before, from the directory, and fails when that
// is damaged: a witness that forgets vouches for two histories. warn hears of logs that
// show two; nil discards that.
func Open(dir string, key Key, logs []tlog.Verifier, warn func(string)) (*Witness, error) {
	if warn == nil {
		warn = func(string) {}
	}
	w := &Witness{key: key, logs: map[string]*record{}, warn: warn}
	for _, v := range logs {
		if old, twice := w.logs[v.Origin]; twice {
			if old.log.String() != v.String() {
				return nil, fmt.Errorf("the log %s is named with two keys: name the one that signs it", v.Origin)
			}
			continue
		}
		nv, err := note.NewVerifier(v.String())
		if err != nil {
			return nil, err
		}
		r := &record{log: v, verifier: nv, dir: filepath.Join(dir, name(v.Origin)), head: head{root: rfc6962.DefaultHasher.EmptyRoot()}}
		if err := os.MkdirAll(r.dir, 0o755); err != nil {
			return nil, fmt.Errorf("the witness's directory cannot be made: %w", err)
		}
		if err := r.load(key); err != nil {
			return nil, err
		}
		w.logs[v.Origin] = r
	}
	return w, nil
}

// name is a log's name in paths: the SHA-256 of its origin.
func name(origin string) string {
	h := sha256.Sum256([]byte(origin))
	return hex.EncodeToString(h[:])
}

func (r *record) path() string { return filepath.Join(r.dir, "checkpoint") }

func (r *record) load(key Key) error {
	raw, err := os.ReadFile(r.path())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		r.head, _, err = r.open(raw)
	}
	if err == nil {
		_, err = key.Cosigned(raw)
	}
	if err != nil {
		return fmt.Errorf("%s is not what this witness cosigned last of %s, put it back: %w", r.path(), r.log.Origin, err)
	}
	r.note = raw
	return nil
}

// open reads a checkpoint of the log that carries the log's signature. Lines behind the
// root are the log's own affair.
func (r *record) open(raw []byte) (head, *note.Note, error) {
	if len(raw) > zkcommit.MaxCheckpoint {
		return head{}, nil, refuse(http.StatusBadRequest, "the checkpoint has %d bytes: at most %d are read", len(raw), zkcommit.MaxCheckpoint)
	}
	n, err := note.Open(raw, note.VerifierList(r.verifier))
	var none *note.UnverifiedNoteError
	var wrong *note.InvalidSignatureError
	if errors.As(err, &none) || errors.As(err, &wrong) {
		return head{}, nil, refuse(http.StatusForbidden, "the checkpoint is not signed by %s", r.log)
	}
	if err != nil {
		return head{}, nil, refuse(http.StatusBadRequest, "this is no signed note: %v", err)
	}
	var cp log.Checkpoint
	_, err = cp.Unmarshal([]byte(n.Text))
	if err != nil || len(cp.Hash) != sha256.Size || !bytes.HasPrefix([]byte(n.Text), cp.Marshal()) || cp.Origin != r.log.Origin {
		return head{}, nil, refuse(http.StatusBadRequest, "this is no checkpoint of %s in its one spelling", r.log.Origin)
	}
	return head{cp.Size, cp.Hash}, n, nil
}

// Add cosigns a checkpoint whose tree begins with the one that was cosigned last, which
// old names by its size and the path proves (RFC 6962). The cosignature is a line of a
// signed note; what it says is on the disk before it is returned. An error is a Refusal,
// or says that the disk failed.
func (w *Witness) Add(old uint64, path [][]byte, checkpoint []byte) (line []byte, err error) {
	origin, _, _ := bytes.Cut(checkpoint, []byte("\n"))
	r, ok := w.logs[string(origin)]
	if !ok {
		return nil, refuse(http.StatusNotFound, "this witness does not know the log %.200q", origin)
	}
	h, n, err := r.open(checkpoint)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.note != nil && h.size == r.head.size && !bytes.Equal(h.root, r.head.root) {
		w.fork(r, checkpoint)
	}
	if err := r.follows(old, path, h); err != nil {
		return nil, err
	}
	signed, line, err := w.sign(r, n)
	if err != nil {
		return nil, err
	}
	if err := writeFile(r.path(), signed); err != nil {
		return nil, fmt.Errorf("the witness cannot remember what it cosigns, and so does not: %w", err)
	}
	r.head, r.note = h, signed
	crashpoint.Here("witness.before-answer")
	return line, nil
}

// follows checks that the tree begins with the one that was cosigned last.
func (r *record) follows(old uint64, path [][]byte, h head) error {
	switch {
	case old > h.size:
		return refuse(http.StatusBadRequest, "the old size %d is larger than the checkpoint's %d", old, h.size)
	case old != r.head.size:
		return Refusal{http.StatusConflict, r.head.size, fmt.Sprintf("the newest checkpoint that was cosigned has %d entries, not %d", r.head.size, old)}
	case h.size == 0 && !bytes.Equal(h.root, rfc6962.DefaultHasher.EmptyRoot()):
		return refuse(http.StatusUnprocessableEntity, "the tree of no entry has another root")
	case old == 0 && len(path) > 0:
		return refuse(http.StatusUnprocessableEntity, "every tree begins with the empty one: send no proof of it")
	case old == 0:
		return nil
	}
	if err := proof.VerifyConsistency(rfc6962.DefaultHasher, old, h.size, path, r.head.root, h.root); err != nil {
		return refuse(http.StatusUnprocessableEntity, "the tree of %d entries is not the one of %d entries grown", h.size, old)
	}
	return nil
}

// sign cosigns the note. The log's own signatures stay on it, those too that only a
// contract reads; all others go.
func (w *Witness) sign(r *record, n *note.Note) (signed, line []byte, err error) {
	kept := note.Note{Text: n.Text, Sigs: n.Sigs}
	for _, s := range n.UnverifiedSigs {
		if s.Name == r.log.Origin {
			kept.UnverifiedSigs = append(kept.UnverifiedSigs, s)
		}
	}
	if signed, err = note.Sign(&kept, w.key.signer); err != nil {
		return nil, nil, err
	}
	at := bytes.LastIndexByte(signed[:len(signed)-1], '\n')
	return signed, signed[at+1:], nil
}

// fork keeps the first checkpoint that contradicts one of the same size: with the
// witness's own it proves that the log shows two histories.
func (w *Witness) fork(r *record, checkpoint []byte) {
	path := filepath.Join(r.dir, "fork")
	w.warn(fmt.Sprintf("the log %s signed two trees of %d entries: %s and %s prove it", r.log.Origin, r.head.size, r.path(), path))
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := writeFile(path, checkpoint); err != nil {
			w.warn("the proof of it cannot be kept: " + err.Error())
		}
	}
}

// Newest is the newest cosigned checkpoint of the log whose name in paths is given.
func (w *Witness) Newest(hash string) (checkpoint []byte, ok bool) {
	for origin, r := range w.logs {
		if name(origin) == hash {
			r.mu.Lock()
			defer r.mu.Unlock()
			return r.note, r.note != nil
		}
	}
	return nil, false
}

// Size is how many entries the newest cosigned checkpoint of the log has.
func (w *Witness) Size(origin string) uint64 {
	r, ok := w.logs[origin]
	if !ok {
		return 0
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.head.size
}

// writeFile puts a whole file in place, and returns once a power cut leaves it there.
func writeFile(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(b)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return err
	}
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
