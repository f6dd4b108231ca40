package vectors

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"candor/graph"
)

// Window is how many blocks back an index answers exactly.
const Window = 256

// floor is the block up to which an index at the head drops what has ended.
func floor(head uint64) uint64 { return head - min(head, Window) }

// Index is an index of embeddings by block. What it holds may be durable. Near
// may be called by many at once, beside one of the others.
type Index interface {
	// Follow puts vectors, drops what ended at or before the floor and notes that
	// it followed up to the block. A vector ends its post's open one of an earlier
	// From, and takes the place of one with the same From. A zero embedding is
	// near to nothing and is not kept; it only ends what was there. Of a zero block
	// nothing is noted and nothing is dropped: more is to follow. After an error any
	// part of this may have happened, but the block is not noted.
	Follow(ctx context.Context, vs []graph.Vector, at graph.Block, floor uint64) error
	// Rollback notes the block, then forgets all that was said of those above it.
	// After an error the block may be noted, and a part of the rest forgotten.
	Rollback(ctx context.Context, to graph.Block) error
	// Clear forgets everything.
	Clear(ctx context.Context) error
	// Near gives the posts that hold at the block with the largest inner products,
	// then newest first; a zero embedding is near to nothing.
	Near(ctx context.Context, e *graph.Embedding, limit int, block uint64) ([]graph.PostID, error)
	// Audit reads all that the index holds and computes its digest anew.
	Audit(ctx context.Context) (graph.VectorState, error)
}

// Spaces are where the vectors of towers are, each tower's in an index of its own.
type Spaces struct {
	// Open is the tower's index, which is made if it is missing.
	Open func(ctx context.Context, tower graph.Hash) (Index, error)
	// Retain drops the indexes of all other towers; nil: nothing is there of an index that
	// nobody holds.
	Retain func(ctx context.Context, towers []graph.Hash) error
	// Most is how many posts each holds at a block, the newest; 0: 8,192.
	Most int
}

// Source is the mirror's tables, as of its last commit.
type Source interface {
	// Block is the block of that number; false when the mirror does not have it.
	Block(ctx context.Context, number uint64) (graph.Block, bool, error)
	// Vectors gives the vectors that the query asks for, by post and then From.
	Vectors(ctx context.Context, q Query, take func(*graph.Vector) error) error
	// Entries gives the same without embeddings, in any order.
	Entries(ctx context.Context, q Query, take func(graph.VectorEntry) error) error
}

// Query asks for the vectors that began or ended after one block, and end after
// another and, unless Until is 0, at or before a third.
type Query struct {
	Since, Floor, Until uint64
}

// batch is how many vectors are put at once when many are.
const batch = 1024

// pauses between attempts to repair an index.
const (
	firstPause = time.Second
	lastPause  = time.Minute
)

// Keeper keeps one index equal to its source. Its methods may be called by many
// at once, but for Open, Follow, Rollback and Check: the mirror calls those one
// at a time, with its tables at the block that it names.
type Keeper struct {
	index  Index
	source Source
	log    *slog.Logger
	sound  atomic.Bool // the index is what the source says
	floor  uint64      // of the index, while it is sound
	tried  time.Time   // when a repair failed
	pause  time.Duration
	asked  sync.RWMutex // held by questions: a repair waits for those under way
}

// errBroken is what readers get while the index is not sound.
var errBroken = graph.Later("the index of meanings is being repaired: ask again in a moment, or ask for what needs no likeness")

// Open compares the index with the source, whose head is given (zero when it has
// none), and repairs it.
func Open(ctx context.Context, index Index, source Source, head graph.Block, log *slog.Logger) (*Keeper, error) {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	k := &Keeper{index: index, source: source, log: log}
	if err := k.Check(ctx, head); err != nil {
		return nil, err
	}
	return k, nil
}

// Sound reports whether the index may be read.
func (k *Keeper) Sound() bool { return k.sound.Load() }

// Near asks the index, if it is sound.
func (k *Keeper) Near(ctx context.Context, e *graph.Embedding, limit int, block uint64) ([]graph.PostID, error) {
	k.asked.RLock()
	defer k.asked.RUnlock()
	if !k.sound.Load() {
		return nil, errBroken
	}
	ids, err := k.index.Near(ctx, e, limit, block)
	if err != nil && ctx.Err() == nil && !errors.As(err, new(*graph.ErrAsk)) {
		k.log.Error("the index of vectors does not answer", "err", err)
		return nil, errBroken
	}
	return ids, err
}

// Follow brings the index from the head before to this one. It does not fail: an
// index that cannot follow is not read until it is repaired.
func (k *Keeper) Follow(ctx context.Context, vs []graph.Vector, head graph.Block) {
	if !k.sound.Load() {
		k.retry(ctx, head)
		return
	}
	f := floor(head.Number)
	if err := k.index.Follow(ctx, vs, head, f); err != nil {
		k.broke(ctx, fmt.Errorf("follow to block %d: %w", head.Number, err), head)
		return
	}
	k.floor = f
}

// Advance is Follow for whoever has not the vectors at hand: they are read from the source,
// which says what began or ended since the block from.
func (k *Keeper) Advance(ctx context.Context, from uint64, head graph.Block) {
	if !k.sound.Load() {
		k.retry(ctx, head)
		return
	}
	f := floor(head.Number)
	if err := k.replay(ctx, Query{Since: from, Floor: f}, head); err != nil {
		k.broke(ctx, fmt.Errorf("follow to block %d: %w", head.Number, err), head)
		return
	}
	k.floor = f
}

// Rollback brings the index back to the block, zero for before the first. What
// had been dropped and is in the window again is put back.
func (k *Keeper) Rollback(ctx context.Context, head graph.Block) {
	if !k.sound.Load() {
		k.retry(ctx, head)
		return
	}
	err := k.index.Rollback(ctx, head)
	switch f := floor(head.Number); {
	case err != nil:
	case head.Number < k.floor:
		err = errors.New("what was dropped holds again")
	case f < k.floor:
		if err = k.replay(ctx, Query{Floor: f, Until: k.floor}, head); err == nil {
			k.floor = f
		}
	}
	if err != nil {
		k.broke(ctx, fmt.Errorf("roll back to block %d: %w", head.Number, err), head)
	}
}

// Doubt compares the index with the source, of which more may have changed than the keeper
// heard. It does not fail, as Follow does not.
func (k *Keeper) Doubt(ctx context.Context, head graph.Block) {
	k.broke(ctx, errors.New("the mirror changed unheard"), head)
}

// broke closes the index to readers and tries to repair it.
func (k *Keeper) broke(ctx context.Context, err error, head graph.Block) {
	k.close()
	if ctx.Err() != nil { // the node stops, or will not wait: the next block repairs it
		k.pause = 0
		return
	}
	k.log.Warn("the index of vectors cannot be read and is repaired", "err", err)
	k.tried, k.pause = time.Time{}, 0
	k.retry(ctx, head)
}

// close waits for the questions under way; later ones are refused.
func (k *Keeper) close() {
	k.sound.Store(false)
	k.asked.Lock()
	defer k.asked.Unlock()
}

// retry repairs an index that is not sound, not too often.
func (k *Keeper) retry(ctx context.Context, head graph.Block) {
	if time.Since(k.tried) < k.pause {
		return
	}
	if err := k.Check(ctx, head); err != nil {
		k.tried, k.pause = time.Now(), min(max(2*k.pause, firstPause), lastPause)
		k.log.Error("the index of vectors could not be repaired and is not read", "err", err, "again in", k.pause)
	}
}
