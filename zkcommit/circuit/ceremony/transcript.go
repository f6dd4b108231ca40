package ceremony

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ipfs/go-cid"
	mh "github.com/multiformats/go-multihash"
)

// chunkSize is the length of a transcript's blocks, but each file's last.
const chunkSize = 1 << 20

// TranscriptType names the format of a transcript's root.
const TranscriptType = "candor.ceremony/v1"

// Transcript is a sealed ceremony under one CID: a dag-json root that lists the
// files, and their bytes in raw blocks. The chain's table of keys names the root.
type Transcript struct {
	Root   cid.Cid
	Chunks []cid.Cid // in the order of the root

	root []byte
	at   map[cid.Cid]chunk
}

type chunk struct {
	path string
	at   int64
	size int
}

type link struct {
	CID string `json:"/"`
}

type transcriptFile struct {
	Chunks []link `json:"chunks"`
	Name   string `json:"name"`
	Size   int64  `json:"size"`
}

type transcriptRoot struct {
	Type  string           `json:"$type"`
	Files []transcriptFile `json:"files"`
}

// Transcript addresses the ceremony's files, which Verify has found to be right:
// plan, contributions and seals. What follows from them, the keys, stays out.
func (m *Ceremony) Transcript() (*Transcript, error) {
	phase, err := m.Phase()
	if err != nil {
		return nil, err
	}
	if phase != "" {
		return nil, errors.New("the ceremony is not sealed yet: only a sealed one has a transcript")
	}
	names := []string{planName, powersName, sealName(KeysOf)}
	if m.Ptau == nil {
		names = append(names, sealName(Powers))
	}
	for _, p := range []string{Powers, KeysOf} {
		n, err := m.hands(p)
		if err != nil {
			return nil, err
		}
		for i := range n {
			names = append(names, fileName(p, i+1))
		}
	}
	slices.Sort(names)
	t := &Transcript{at: map[cid.Cid]chunk{}}
	root := transcriptRoot{Type: TranscriptType}
	for _, name := range names {
		f, err := t.add(filepath.Join(m.dir, name), name)
		if err != nil {
			return nil, err
		}
		root.Files = append(root.Files, f)
	}
	if t.root, err = json.Marshal(root); err != nil {
		return nil, err
	}
	t.Root, err = address(cid.DagJSON, t.root)
	return t, err
}

func (t *Transcript) add(path, name string) (f transcriptFile, err error) {
	file, err := os.Open(path)
	if err != nil {
		return f, err
	}
	defer file.Close()
	f.Name, f.Chunks = name, []link{}
	for b := make([]byte, chunkSize); ; {
		n, err := io.ReadFull(file, b)
		if n > 0 {
			c, err := address(cid.Raw, b[:n])
			if err != nil {
				return f, err
			}
			t.at[c] = chunk{path, f.Size, n}
			t.Chunks = append(t.Chunks, c)
			f.Chunks = append(f.Chunks, link{c.String()})
			f.Size += int64(n)
		}
		switch {
		case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
			return f, nil
		case err != nil:
			return f, err
		}
	}
}

// Get returns one of the transcript's blocks, which still has the bytes that its
// CID names.
func (t *Transcript) Get(c cid.Cid) ([]byte, error) {
	if c.Equals(t.Root) {
		return t.root, nil
	}
	at, ok := t.at[c]
	if !ok {
		return nil, fmt.Errorf("%s is no block of the transcript", c)
	}
	f, err := os.Open(at.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, at.size)
	if _, err := f.ReadAt(b, at.at); err != nil {
		return nil, err
	}
	if own, err := address(cid.Raw, b); err != nil || !own.Equals(c) {
		return nil, fmt.Errorf("%s changed while it was read", at.path)
	}
	return b, nil
}

func address(codec uint64, b []byte) (cid.Cid, error) {
	sum := sha256.Sum256(b)
	h, err := mh.Encode(sum[:], mh.SHA2_256)
	if err != nil {
		return cid.Undef, err
	}
	return cid.NewCidV1(codec, h), nil
}

// Unpack writes a transcript's files into a new directory, where Open and Verify
// find them. get gives a block; each is checked against its CID.
func Unpack(dir string, root cid.Cid, get func(cid.Cid) ([]byte, error)) (err error) {
	fetch := func(c cid.Cid, codec uint64) ([]byte, error) {
		b, err := get(c)
		if err != nil {
			return nil, err
		}
		if own, err := address(codec, b); err != nil || !own.Equals(c) {
			return nil, fmt.Errorf("the block %s has other bytes than its name says", c)
		}
		return b, nil
	}
	b, err := fetch(root, cid.DagJSON)
	if err != nil {
		return err
	}
	var r transcriptRoot
	if err := json.Unmarshal(b, &r); err != nil || r.Type != TranscriptType {
		return fmt.Errorf("%s is no ceremony's transcript", root)
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return fmt.Errorf("the transcript needs a new directory: %w", err)
	}
	for _, f := range r.Files {
		// Names come from a stranger.
		if f.Name == "" || strings.Trim(f.Name, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" || strings.HasPrefix(f.Name, ".") {
			return fmt.Errorf("the transcript has a file with the name %q, and no ceremony has one", f.Name)
		}
		if err := f.save(filepath.Join(dir, f.Name), fetch); err != nil {
			return err
		}
	}
	return nil
}

func (f transcriptFile) save(path string, fetch func(cid.Cid, uint64) ([]byte, error)) (err error) {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	var size int64
	for _, l := range f.Chunks {
		c, err := cid.Decode(l.CID)
		if err != nil {
			return err
		}
		b, err := fetch(c, cid.Raw)
		if err != nil {
			return err
		}
		size += int64(len(b))
		if _, err := out.Write(b); err != nil {
			return err
		}
	}
	if size != f.Size {
		return fmt.Errorf("%s has %d bytes, and the transcript says %d", f.Name, size, f.Size)
	}
	return nil
}
