package main

import (
	"context"

	"candor/feeds"
	"candor/graph"
	"candor/store/tables"
	"candor/web"
)

// mirror shows the index to the rooms that ask it, each in its own words.
type mirror struct {
	*tables.Mirror
	sound func() error // nil when what is indexed may be served
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
	return m.Mirror.At(ctx, head.Number)
}
