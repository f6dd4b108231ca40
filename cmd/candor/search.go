package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"candor/graph"
	"candor/indexer/search"
	"candor/store/tables"
)

// spoken is the mirror as the indexer changes it: what is said goes into the index
// of words too.
type spoken struct {
	*tables.Mirror
	words *search.Index
	fill  chan struct{} // asks for the index to be filled
	log   *slog.Logger

	mu sync.Mutex // one change or settling at a time
}

func newSpoken(m *tables.Mirror, log *slog.Logger) *spoken {
	s := &spoken{Mirror: m, words: search.New(), fill: make(chan struct{}, 1), log: log}
	s.fill <- struct{}{}
	return s
}

// Commit takes a block in.
func (s *spoken) Commit(ctx context.Context, b graph.Batch) error {
	return s.CommitAll(ctx, []graph.Batch{b})
}

// CommitAll takes blocks in: their words first, so that what a snapshot shows is found.
func (s *spoken) CommitAll(ctx context.Context, bs []graph.Batch) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.words.Follow(bs)
	if err := s.Mirror.CommitAll(ctx, bs); err != nil {
		return err
	}
	// The blocks are in, whatever this says; the next ones bring it again.
	if err := s.settle(ctx); err != nil {
		s.log.Warn("the index of words waits for the mirror", "err", err)
	}
	return nil
}

// Rollback takes blocks back.
func (s *spoken) Rollback(ctx context.Context, to uint64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.Mirror.Rollback(ctx, to)
	if s.words.Rolled(to) {
		select {
		case s.fill <- struct{}{}:
		default:
		}
	}
	return err
}

// settle gives the index what it still needs of the mirror; under mu.
func (s *spoken) settle(ctx context.Context) error {
	head, ok, err := s.Head(ctx)
	if err != nil || !ok || !s.words.Unsettled(head.Number) {
		return err
	}
	snap, err := s.At(ctx, head.Number)
	if err != nil {
		return err
	}
	return s.words.Settle(snap)
}

// fillWords fills the index of words whenever it is asked for, until the context ends.
func (s *spoken) fillWords(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.fill:
		}
		began := time.Now()
		for err := s.fillOnce(ctx); err != nil && ctx.Err() == nil; err = s.fillOnce(ctx) {
			s.log.Warn("the index of words is filled again", "err", err)
			select {
			case <-ctx.Done():
			case <-time.After(time.Second):
			}
		}
		s.log.Debug("the index of words is filled", "took", time.Since(began))
	}
}

func (s *spoken) fillOnce(ctx context.Context) error {
	head, ok, err := s.Head(ctx)
	if err != nil {
		return err
	}
	if !ok {
		return s.words.Fill(ctx, nil)
	}
	snap, err := s.At(ctx, head.Number)
	if err != nil {
		return err
	}
	if err := s.words.Fill(ctx, snap); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.settle(ctx)
}

// searched is a snapshot in which words are looked for.
type searched struct {
	*tables.Snapshot
	words *search.Index
}

// SearchText implements web.Finder.
func (s searched) SearchText(q graph.TextQuery) ([]graph.PostID, error) {
	return s.words.Posts(s.Snapshot, q)
}

// SearchPeople implements web.Finder.
func (s searched) SearchPeople(q graph.TextQuery) ([]graph.Address, error) {
	return s.words.People(s.Snapshot, q)
}
