package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"candor/feeds"
	"candor/graph"
	"candor/rankers"
	"candor/rankers/quality"
	"candor/web"
)

// served answers requests for feeds, and counts the pages of each ranker.
type served struct {
	hall *feeds.Hall

	mu    sync.Mutex
	pages map[string]uint64
}

// Feed implements web.Feeds.
func (s *served) Feed(ctx context.Context, req graph.Request) (*graph.Page, error) {
	p, err := s.hall.Feed(ctx, req)
	if err == nil {
		s.mu.Lock()
		s.pages[p.Run.Ranker]++
		s.mu.Unlock()
	}
	return p, err
}

// catalogue is what this node offers at the moment: its own plugins, then those of others,
// each with how it answers and what was measured of it.
func (s *services) catalogue(h *hosting, served *served) web.Catalogue {
	c := web.Catalogue{Rankers: slices.Clone(s.plugins.shown.Rankers), Filters: s.plugins.shown.Filters}
	watched, prints := maps.Clone(s.plugins.watched), maps.Clone(s.plugins.prints)
	h.mu.RLock()
	for id, g := range h.guests {
		if g.gone {
			c.Past = append(c.Past, g.shown)
			continue
		}
		shown := g.shown
		h.away.shown(&shown)
		c.Rankers = append(c.Rankers, shown)
		watched[id], prints[id] = g.watch, g.print
	}
	h.mu.RUnlock()
	own := len(s.plugins.shown.Rankers)
	slices.SortFunc(c.Rankers[own:], func(a, b web.Plugin) int { return cmp.Compare(a.ID, b.ID) })
	for i := range c.Rankers {
		p := &c.Rankers[i]
		if f, ok := s.quality[prints[p.ID]]; ok {
			p.Quality = &web.Quality{History: f.History, Slates: f.Slates, Label: f.Label, NDCG10: f.NDCG10, Interval: f.Interval, OverLatest: f.OverLatest}
		}
		if w := watched[p.ID]; w != nil {
			served.mu.Lock()
			pages := served.pages[p.ID]
			served.mu.Unlock()
			p.Serving = serving(w.Figures(), pages)
		}
	}
	return c
}

// readQuality is what ships, and what the operator had measured.
func readQuality(flags []string) (quality.Book, error) {
	book := quality.Shipped()
	for _, flag := range flags {
		history, file, ok := strings.Cut(flag, "=")
		if !ok || history == "" || len(history) > 40 {
			return nil, fmt.Errorf("--quality %.60q is not HISTORY=FILE: send a name of at most 40 bytes and a file", flag)
		}
		if err := reading(file, func(r io.Reader) error {
			b, err := io.ReadAll(io.LimitReader(r, 1<<20))
			if err == nil {
				err = book.Add(history, b)
			}
			return err
		}); err != nil {
			return nil, err
		}
	}
	return book, nil
}

func serving(f rankers.Figures, pages uint64) *web.Serving {
	up := 1.0
	if f.Asked > 0 {
		up = float64(f.Asked-f.Failed) / float64(f.Asked)
	}
	return &web.Serving{Since: uint64(f.Since.Unix()), Pages: pages, Asked: f.Asked, Failed: f.Failed, Up: up,
		MedianMS: float64(f.Median.Microseconds()) / 1000, SlowMS: float64(f.Slow.Microseconds()) / 1000}
}
