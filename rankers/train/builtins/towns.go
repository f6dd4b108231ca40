package main

import (
	"fmt"

	"candor/feeds/candidates"
	"candor/graph"
	"candor/graph/embed"
	"candor/graph/fold"
	"candor/local/town"
	"candor/rankers/features"
)

// lessons are the sample towns, by their seeds, whose people pulls are fitted to.
var lessons = []uint64{11, 12, 13}

// page is what a person could be shown at a moment, and what became of it.
type page struct {
	pool   []graph.Candidate
	rows   []graph.Row
	before []bool // the person liked, reposted or answered it already
	after  []bool // the person does so from that moment on
}

// every says of how many likes, reposts and answers one gives a page.
const every = 5

// pages are what people of the sample town could be shown just before they liked, reposted or
// answered a post. The first two fifths of the story are left to them to find out what they like.
func pages(seed uint64) (all []page, err error) {
	batches, people, err := town.Batches(town.Options{Seed: seed, People: 120, Posts: 900})
	if err != nil {
		return nil, err
	}
	folk := map[graph.Address]bool{}
	for _, p := range people {
		folk[p] = true
	}
	type act struct {
		who  graph.Address
		post graph.PostID
	}
	first := map[act]uint64{} // the block of the first such act
	for _, b := range batches {
		if e := b.Events[0]; !e.Subject.IsZero() && first[act{e.Author, e.Subject.ID}] == 0 {
			first[act{e.Author, e.Subject.ID}] = b.Block.Number
		}
	}
	state, acts := fold.New(embed.Text), 0
	for i, b := range batches {
		e, now := b.Events[0], b.Block.Number
		if i >= len(batches)*2/5 && folk[e.Author] && first[act{e.Author, e.Subject.ID}] == now {
			if acts++; acts%every == 0 {
				p, err := look(state, now-1, e.Author)
				if err != nil {
					return nil, fmt.Errorf("a page of town %d: %w", seed, err)
				}
				for _, c := range p.pool {
					at := first[act{e.Author, c.Post}]
					p.before = append(p.before, at > 0 && at < now)
					p.after = append(p.after, at >= now)
				}
				all = append(all, p)
			}
		}
		if err := state.Apply(b); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// look makes the rows that a node without filters would have ranked for the reader.
func look(state *fold.State, block uint64, reader graph.Address) (p page, err error) {
	s, err := state.At(block)
	if err != nil {
		return p, err
	}
	rule := candidates.Default()
	if p.pool, err = candidates.Gather(s, reader, rule); err != nil {
		return p, err
	}
	p.pool = p.pool[:min(rule.Run, len(p.pool))]
	p.rows, err = features.Build(features.Schema(), s, reader, p.pool)
	return p, err
}
