package jetstream

import (
	"errors"
	"fmt"
	"time"

	"candor/graph"
)

// ErrSkipped says that the import is done but some lines are not published,
// because they are corrupt or the node refused them; the Report names them.
var ErrSkipped = errors.New("some lines were skipped")

// maxSkips is how many skipped lines a Report names.
const maxSkips = 1000

// Report says what became of a file, over all the runs that it took.
type Report struct {
	Lines     int `json:"lines"`
	Profiles  int `json:"profiles"`
	Posts     int `json:"posts"` // replies are posts, too
	Replies   int `json:"replies"`
	Follows   int `json:"follows"`
	Likes     int `json:"likes"`
	Reposts   int `json:"reposts"`
	Blocks    int `json:"blocks"`
	Edits     int `json:"edits"`     // updates of posts
	Deletions int `json:"deletions"` // of follows, blocks, posts, likes and reposts

	// Repeated events change nothing: a second follow, a like given twice.
	Repeated int `json:"repeated"`
	// Unresolved references name what the file does not hold. A reply or quote is
	// published without it, a reaction or deletion is not published.
	Unresolved  int            `json:"unresolved"`
	Unsupported map[string]int `json:"unsupported,omitempty"` // by collection or kind

	Skipped int    `json:"skipped"`         // lines that are corrupt or were refused
	Skips   []Skip `json:"skips,omitempty"` // the first 1,000 of them

	Resumed int           `json:"resumed"` // lines that earlier runs had settled
	Shift   int64         `json:"shift"`   // seconds added to all times
	Took    time.Duration `json:"-"`       // this run
}

// Skip is a line that was not published.
type Skip struct {
	Line int    `json:"line"` // from 1
	Why  string `json:"why"`
}

// Events is the number of events that were published.
func (r *Report) Events() int {
	return r.Profiles + r.Posts + r.Follows + r.Likes + r.Reposts + r.Blocks + r.Edits + r.Deletions
}

func (r *Report) skip(line int, why string) {
	r.Skipped++
	if len(r.Skips) < maxSkips {
		r.Skips = append(r.Skips, Skip{line, why})
	}
}

// err is ErrSkipped with the first skipped line, or nil.
func (r *Report) err() error {
	if r.Skipped == 0 {
		return nil
	}
	return fmt.Errorf("%w: %d of %d, the first is line %d: %s", ErrSkipped, r.Skipped, r.Lines, r.Skips[0].Line, r.Skips[0].Why)
}

func (r *Report) count(a *act) {
	switch {
	case a.delete:
		r.Deletions++
	case a.action == graph.ActProfile:
		r.Profiles++
	case a.action == graph.ActFollow:
		r.Follows++
	case a.action == graph.ActBlock:
		r.Blocks++
	case a.action == graph.ActEdit:
		r.Edits++
	case a.action == graph.ActReact && a.kind == graph.Like:
		r.Likes++
	case a.action == graph.ActReact:
		r.Reposts++
	case a.action == graph.ActPost:
		r.Posts++
		if a.subject != "" {
			r.Replies++
		}
	}
}

// Progress is how far an import is.
type Progress struct {
	Done    int // lines settled, those of earlier runs included
	Total   int // lines of the file
	Resumed int // lines that earlier runs had settled
}
