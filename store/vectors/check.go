package vectors

import (
	"context"
	"errors"
	"fmt"
	"time"

	"candor/graph"
)

// Check compares all that the index holds with the source, whose head is given
// (zero when it has none), and repairs it. After an error nobody reads the index.
func (k *Keeper) Check(ctx context.Context, head graph.Block) error {
	began := time.Now()
	have, err := k.index.Audit(ctx)
	if err != nil {
		k.close()
		return fmt.Errorf("read the index of vectors: %w", err)
	}
	want, err := k.want(ctx, head)
	if err != nil {
		k.close()
		return err
	}
	if have == want {
		k.opened(head)
		k.log.Debug("the index of vectors is the mirror's", "block", head.Number, "vectors", want.Rows, "digest", want.Held, "took", time.Since(began))
		return nil
	}
	k.close()
	if have == (graph.VectorState{Held: have.Held, Noted: have.Noted}) {
		k.log.Info("the index of vectors is empty and is filled from the mirror", "vectors", want.Rows)
	} else {
		k.log.Warn("the index of vectors differs from the mirror and is repaired", "cause", difference(have, want),
			"block", have.Block, "vectors", have.Rows, "digest", have.Held, "mirror's block", want.Block, "mirror's vectors", want.Rows, "mirror's digest", want.Held)
		if err := k.bring(ctx, have, head); err != nil {
			return err
		}
		if have, err = k.index.Audit(ctx); err != nil {
			return fmt.Errorf("read the index of vectors: %w", err)
		}
		if have == want {
			k.opened(head)
			k.log.Warn("the index of vectors was repaired by what had happened since", "block", head.Number, "took", time.Since(began))
			return nil
		}
		k.log.Warn("the index of vectors still differs from the mirror and is filled anew", "cause", difference(have, want))
	}
	if err := k.index.Clear(ctx); err != nil {
		return fmt.Errorf("empty the index of vectors: %w", err)
	}
	if err := k.replay(ctx, Query{Floor: want.Floor}, head); err != nil {
		return fmt.Errorf("fill the index of vectors: %w", err)
	}
	if have, err = k.index.Audit(ctx); err != nil {
		return fmt.Errorf("read the index of vectors: %w", err)
	}
	if have != want {
		return fmt.Errorf("the index of vectors does not keep what it is given: %w", difference(have, want))
	}
	k.opened(head)
	k.log.Info("the index of vectors is filled", "block", head.Number, "vectors", want.Rows, "took", time.Since(began))
	return nil
}

// opened lets readers ask.
func (k *Keeper) opened(head graph.Block) {
	k.floor, k.pause = floor(head.Number), 0
	k.sound.Store(true)
}

// want is the state that the index must have.
func (k *Keeper) want(ctx context.Context, head graph.Block) (graph.VectorState, error) {
	var d graph.VectorDigest
	zero := graph.EmbeddingDigest(&graph.Embedding{})
	f := floor(head.Number)
	err := k.source.Entries(ctx, Query{Floor: f}, func(e graph.VectorEntry) error {
		if e.Embedding != zero {
			d.Add(e)
		}
		return nil
	})
	if err != nil {
		return graph.VectorState{}, fmt.Errorf("read the mirror's vectors: %w", err)
	}
	return graph.VectorState{Block: head.Number, Hash: head.Hash, Floor: f, Held: d.Sum(), Noted: d.Sum(), Rows: d.Rows()}, nil
}

// difference says in what the index is not as it must be.
func difference(have, want graph.VectorState) error {
	switch {
	case have.Held != have.Noted:
		return errors.New("what it holds is not what it noted: it was interrupted or changed by somebody else")
	case have.Block < want.Block:
		return fmt.Errorf("it is behind, at block %d of %d", have.Block, want.Block)
	case have.Block > want.Block:
		return fmt.Errorf("it is ahead, at block %d and the mirror at %d", have.Block, want.Block)
	case have.Hash != want.Hash:
		return fmt.Errorf("its block %d is of another chain: %s, the mirror's is %s", have.Block, have.Hash, want.Hash)
	case have.Rows != want.Rows:
		return fmt.Errorf("it holds %d vectors, the mirror %d", have.Rows, want.Rows)
	case have.Floor != want.Floor:
		return fmt.Errorf("it dropped what ended by block %d, and should by %d", have.Floor, want.Floor)
	}
	return errors.New("it holds other vectors than the mirror")
}

// bring does what would make an index right that stopped somewhere and is not
// damaged: back to a block that both know, then forward. Whether it was right is
// for the caller to see.
func (k *Keeper) bring(ctx context.Context, have graph.VectorState, head graph.Block) error {
	from := head
	if have.Block <= head.Number {
		b, ok, err := k.source.Block(ctx, have.Block)
		if err != nil {
			return fmt.Errorf("look for the block of the index of vectors: %w", err)
		}
		if !ok || b.Hash != have.Hash {
			return nil
		}
		from = b
	}
	if err := k.index.Rollback(ctx, from); err != nil {
		return fmt.Errorf("bring the index of vectors back to block %d: %w", from.Number, err)
	}
	q := Query{Since: from.Number, Floor: floor(head.Number)}
	if err := k.replay(ctx, q, head); err != nil {
		return fmt.Errorf("bring the index of vectors to block %d: %w", head.Number, err)
	}
	return nil
}

// replay puts the source's vectors and notes the head.
func (k *Keeper) replay(ctx context.Context, q Query, head graph.Block) error {
	vs := make([]graph.Vector, 0, batch)
	flush := func(at graph.Block, floor uint64) error {
		err := k.index.Follow(ctx, vs, at, floor)
		vs = vs[:0]
		return err
	}
	err := k.source.Vectors(ctx, q, func(v *graph.Vector) error {
		if v.Embedding == (graph.Embedding{}) {
			return nil
		}
		if vs = append(vs, *v); len(vs) < batch {
			return nil
		}
		return flush(graph.Block{}, 0)
	})
	if err != nil {
		return err
	}
	return flush(head, floor(head.Number))
}
