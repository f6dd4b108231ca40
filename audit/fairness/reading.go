package fairness

import (
	"slices"
	"sync"

	"candor/graph"
	"candor/graph/embed"
	"candor/rankers/features"
)

// reading is what the node's functions make of a text.
type reading struct {
	form      [graph.Features]int8 // those of byForm
	embedding []int8               // empty: not asked for
}

// read is a text's reading; wide: with its embedding.
func read(c *graph.PostContent, wide bool) *reading {
	r := &reading{}
	var v graph.FeatureVector
	features.Text(&v, *c)
	r.form = v
	if wide {
		e := embed.Text(c.Text)
		r.embedding = e[:]
	}
	return r
}

// fits says whether the row was made of the text.
func (r *reading) fits(row []int8) bool {
	for _, k := range byForm {
		if r.form[k] != row[k] {
			return false
		}
	}
	return slices.Equal(r.embedding, row[graph.Features:])
}

// into is the row if its text were this one.
func (r *reading) into(row []int8) []int8 {
	out := append(slices.Clone(row[:graph.Features]), r.embedding...)
	for _, k := range byForm {
		out[k] = r.form[k]
	}
	return out
}

// mostReadings bounds what is remembered, some half a kilobyte each.
const mostReadings = 30_000

// readings remembers those of posts and their touches, which many versions ask for.
type readings struct {
	mu    sync.Mutex
	known map[readingKey]*reading
}

type readingKey struct {
	post  graph.PostID
	touch string // its label; "": the post as it is
	wide  bool
}

// of is the reading of a post's text after a touch, if any.
func (r *readings) of(post graph.PostID, t *touch, c *graph.PostContent, wide bool) *reading {
	key := readingKey{post: post, wide: wide}
	if t != nil {
		key.touch = t.label
	}
	r.mu.Lock()
	known := r.known[key]
	r.mu.Unlock()
	if known != nil {
		return known
	}
	text := *c
	if t != nil {
		t.write(&text)
	}
	made := read(&text, wide)
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.known) < mostReadings {
		r.known[key] = made
	}
	return made
}
