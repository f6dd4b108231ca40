package tlog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/api/layout"
	"github.com/transparency-dev/tessera/client"
)

// maxBundle is the most bytes of one entry bundle: 256 entries of 64 KiB.
const maxBundle = layout.EntryBundleWidth * (2 + 1<<16)

// source is where a log's files come from: its directory or its address.
type source interface {
	// file reads the log's file; fs.ErrNotExist says that there is none.
	file(ctx context.Context, path string) ([]byte, error)
}

// Reader reads a log and checks what it reads against the log's key.
type Reader struct {
	src source
	v   Verifier
}

// Remote reads a log over HTTP, at the address under which a node serves it (for
// example "http://127.0.0.1:8080/log/"). A nil client means one with a timeout of
// 30 seconds.
func Remote(url string, v Verifier, c *http.Client) *Reader {
	if c == nil {
		c = &http.Client{Timeout: 30 * time.Second}
	}
	return &Reader{src: remote{strings.TrimSuffix(url, "/") + "/", c}, v: v}
}

// Verifier is the log's public identity.
func (r *Reader) Verifier() Verifier { return r.v }

// Checkpoint is the newest published checkpoint, its signature checked.
func (r *Reader) Checkpoint(ctx context.Context) (Checkpoint, error) {
	raw, err := r.src.file(ctx, layout.CheckpointPath)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("the log's checkpoint could not be read: %w", err)
	}
	return r.v.Open(raw)
}

// Entry is the entry at the index of a tree of that size. It is unchecked: use
// Checkpoint.Includes with Inclusion's path.
func (r *Reader) Entry(ctx context.Context, index, size uint64) ([]byte, error) {
	if index >= size {
		return nil, fmt.Errorf("the log has no entry %d: it has %d", index, size)
	}
	raw, err := r.tile(ctx, layout.EntriesPath, index/layout.EntryBundleWidth, layout.PartialTileSize(0, index/layout.EntryBundleWidth, size))
	if err != nil {
		return nil, fmt.Errorf("entry %d could not be read: %w", index, err)
	}
	var b api.EntryBundle
	if err := b.UnmarshalText(raw); err != nil {
		return nil, fmt.Errorf("the entry bundle of entry %d is damaged: %w", index, err)
	}
	if i := index % layout.EntryBundleWidth; i < uint64(len(b.Entries)) {
		return b.Entries[i], nil
	}
	return nil, fmt.Errorf("the entry bundle of entry %d ends before it", index)
}

// Inclusion builds the path from the entry at the index to the root of a tree of
// that size.
func (r *Reader) Inclusion(ctx context.Context, index, size uint64) ([][]byte, error) {
	b, err := client.NewProofBuilder(ctx, size, r.hashes)
	if err != nil {
		return nil, err
	}
	return b.InclusionProof(ctx, index)
}

// Consistency builds the path that shows that the tree of size to begins with the
// tree of size from.
func (r *Reader) Consistency(ctx context.Context, from, to uint64) ([][]byte, error) {
	b, err := client.NewProofBuilder(ctx, to, r.hashes)
	if err != nil {
		return nil, err
	}
	return b.ConsistencyProof(ctx, from, to)
}

func (r *Reader) hashes(ctx context.Context, level, index uint64, p uint8) ([]byte, error) {
	return r.tile(ctx, func(n uint64, p uint8) string { return layout.TilePath(level, n, p) }, index, p)
}

// tile reads the partial file, or the full one that has taken its place since:
// logs may drop partial tiles once the full tile is there.
func (r *Reader) tile(ctx context.Context, path func(uint64, uint8) string, n uint64, p uint8) ([]byte, error) {
	b, err := r.src.file(ctx, path(n, p))
	if p > 0 && errors.Is(err, fs.ErrNotExist) {
		return r.src.file(ctx, path(n, 0))
	}
	return b, err
}

type local struct{ root *os.Root }

func (l local) file(_ context.Context, path string) ([]byte, error) { return l.root.ReadFile(path) }

type remote struct {
	url string
	c   *http.Client
}

func (s remote) file(ctx context.Context, path string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+path, nil)
	if err != nil {
		return nil, err
	}
	res, err := s.c.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	switch res.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound, http.StatusGone:
		return nil, fmt.Errorf("%s%s: %w", s.url, path, fs.ErrNotExist)
	default:
		return nil, fmt.Errorf("%s%s answers %s", s.url, path, res.Status)
	}
	b, err := io.ReadAll(io.LimitReader(res.Body, maxBundle+1))
	if err == nil && len(b) > maxBundle {
		return nil, fmt.Errorf("%s%s is larger than any file of a log", s.url, path)
	}
	return b, err
}
