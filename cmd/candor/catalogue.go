package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"candor/feeds"
	"candor/graph"
	"candor/rankers"
	"candor/rankers/quality"
	"candor/web"
)

// served answers requests for feeds, and counts the pages of each ranker.
type served struct {
	hall    *feeds.Hall
	figures *figures
}

// Feed implements web.Feeds.
func (s *served) Feed(ctx context.Context, req graph.Request) (*graph.Page, error) {
	p, err := s.hall.Feed(ctx, req)
	if err == nil {
		s.figures.paged(p.Run.Ranker, p.Run.Version)
	}
	return p, err
}

// watched are the rankers that answer at the moment.
func (s *services) watched(h *hosting) map[edition]*rankers.Watch {
	all := map[edition]*rankers.Watch{}
	for _, p := range s.plugins.shown.Rankers {
		all[edition{p.ID, p.Version}] = s.plugins.watched[p.ID]
	}
	h.mu.RLock()
	defer h.mu.RUnlock()
	for id, g := range h.guests {
		if !g.gone {
			all[edition{id, g.shown.Version}] = g.watch
		}
	}
	return all
}

// catalogue is what this node offers at the moment: its own plugins, then those of others,
// each with how it answers and what was measured of it.
func (s *services) catalogue(h *hosting, m *measuring) web.Catalogue {
	c := web.Catalogue{Rankers: slices.Clone(s.plugins.shown.Rankers), Filters: s.plugins.shown.Filters}
	watched, prints := s.watched(h), maps.Clone(s.plugins.prints)
	h.mu.RLock()
	for id, g := range h.guests {
		if g.gone {
			c.Past = append(c.Past, g.shown)
			continue
		}
		shown := g.shown
		h.away.shown(&shown)
		c.Rankers = append(c.Rankers, shown)
		prints[id] = g.print
	}
	h.mu.RUnlock()
	own := len(s.plugins.shown.Rankers)
	slices.SortFunc(c.Rankers[own:], func(a, b web.Plugin) int { return cmp.Compare(a.ID, b.ID) })
	for i := range c.Rankers {
		p := &c.Rankers[i]
		v := edition{p.ID, p.Version}
		p.Quality, p.Unmeasured = m.of(v)
		if f, ok := s.quality[prints[p.ID]]; ok {
			p.Reported = &web.Quality{History: f.History, Slates: f.Slates, Label: f.Label, NDCG10: f.NDCG10, Interval: f.Interval, OverLatest: &f.OverLatest}
		}
		if w := watched[v]; w != nil {
			p.Serving = serving(w.Figures())
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

func serving(f rankers.Figures) *web.Serving {
	x := &web.Serving{Pages: f.Pages, Asked: f.Asked, Failed: f.Failed, Checked: f.Checked, Missed: f.Missed, Answers: uint64(f.Answers),
		MedianMS: float64(f.Median.Microseconds()) / 1000, SlowMS: float64(f.Slow.Microseconds()) / 1000}
	if !f.Since.IsZero() {
		x.Since = uint64(f.Since.Unix())
	}
	if f.Checked > 0 {
		up := float64(f.Checked-f.Missed) / float64(f.Checked)
		x.Up = &up
	}
	return x
}
