package main

import (
	"context"

	"candor/feeds"
	"candor/graph"
	"candor/web"
)

// mirror shows the index to the rooms that ask it, each in its own words.
type mirror struct {
	*spoken
	sound func() error // nil when what is indexed may be served
	final feeds.Finality
}

// Stats are the mirror's, and the newest block that runs may name.
func (m mirror) Stats(ctx context.Context) (graph.Stats, error) {
	s, err := m.spoken.Stats(ctx)
	s.Block = m.final.Newest(s.Block)
	return s, err
}

// At is the snapshot that the hall ranks on.
func (m mirror) At(ctx context.Context, block uint64) (feeds.Snapshot, error) {
	if err := m.sound(); err != nil {
		return nil, err
	}
	return m.Mirror.At(ctx, block)
}

// Latest is the snapshot that pages of posts and people are read from.
func (m mirror) Latest(ctx context.Context) (web.Snapshot, error) {
	if err := m.sound(); err != nil {
		return nil, err
	}
	head, ok, err := m.Head(ctx)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, graph.NotFound("the index holds no block yet: ask again in a moment")
	}
	return m.past(ctx, head.Number)
}

// Past is the snapshot that the further pages of a list and mirror proofs are read from.
func (m mirror) Past(ctx context.Context, block uint64) (web.Snapshot, error) {
	if err := m.sound(); err != nil {
		return nil, err
	}
	head, _, err := m.Head(ctx)
	if err != nil {
		return nil, err
	}
	if block > head.Number || block+graph.History < head.Number {
		return nil, graph.NotFound("block %d is not one of the last %d: ask for a newer one, or begin without a cursor", block, graph.History)
	}
	return m.past(ctx, block)
}

func (m mirror) past(ctx context.Context, block uint64) (web.Snapshot, error) {
	snap, err := m.Mirror.At(ctx, block)
	if err != nil {
		return nil, err
	}
	return searched{snap, m.words}, nil
}
