package ipfs

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/query"
	mh "github.com/multiformats/go-multihash"
)

// marks remember since when a kept block has had no name in the graph. Whoever
// uses a block takes its mark off, under the lock under which the collector
// removes marked ones: so a block that was just read or put stays.
type marks struct {
	mu    sync.Mutex
	ds    datastore.Batching
	since map[string]time.Time // by multihash
}

const markPrefix = "/unnamed"

func markKey(h string) datastore.Key {
	return datastore.NewKey(markPrefix + "/" + mh.Multihash(h).B58String())
}

func openMarks(ctx context.Context, ds datastore.Batching) (*marks, error) {
	m := &marks{ds: ds, since: map[string]time.Time{}}
	rows, err := ds.Query(ctx, query.Query{Prefix: markPrefix})
	if err != nil {
		return nil, fmt.Errorf("read what has no name: %w", err)
	}
	defer rows.Close()
	for row := range rows.Next() {
		h, err := mh.FromB58String(strings.TrimPrefix(row.Key, markPrefix+"/"))
		if err = errors.Join(err, row.Error); err != nil || len(row.Value) != 8 {
			return nil, fmt.Errorf("a mark of the IPFS blocks is damaged: %s: %w", row.Key, err)
		}
		m.since[string(h)] = time.Unix(int64(binary.BigEndian.Uint64(row.Value)), 0)
	}
	return m, nil
}

// touch takes the marks of blocks off, because they are used.
func (m *marks) touch(cs ...cid.Cid) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range cs {
		h := string(c.Hash())
		if _, ok := m.since[h]; ok {
			delete(m.since, h)
			// One that stays on disk comes back at the next start only, and marks
			// a block that the graph has named by then.
			_ = m.ds.Delete(context.Background(), markKey(h))
		}
	}
}

// age is how long a block has been marked; marked is false when it is not.
func (m *marks) age(h string, now time.Time) (age time.Duration, marked bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t, ok := m.since[h]
	return now.Sub(t), ok
}

// mark notes that the blocks have no name, on disk too.
func (m *marks) mark(ctx context.Context, hs []string, now time.Time) error {
	if len(hs) == 0 {
		return nil
	}
	b, err := m.ds.Batch(ctx)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, h := range hs {
		m.since[h] = now
		if err := b.Put(ctx, markKey(h), binary.BigEndian.AppendUint64(nil, uint64(now.Unix()))); err != nil {
			return err
		}
	}
	return b.Commit(ctx)
}

// remove runs f for a block that is still marked, and takes its mark off.
func (m *marks) remove(ctx context.Context, h string, f func() error) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.since[h]; !ok {
		return false, nil
	}
	if err := f(); err != nil {
		return false, err
	}
	delete(m.since, h)
	return true, m.ds.Delete(ctx, markKey(h))
}
