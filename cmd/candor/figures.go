package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"sync"
	"time"

	"candor/rankers"
)

// figures are how this node's rankers answered in the last week, by version. A file keeps
// them; it may be deleted, they begin anew.
type figures struct {
	path string
	log  *slog.Logger

	mu      sync.Mutex
	kept    map[edition]rankers.Record // of all that were ever watched, while the week lasts
	watched map[edition]*rankers.Watch
}

// edition names one of a ranker, whose figures are no other's.
type edition struct {
	id     string // as the feed takes it
	number uint32
}

// MarshalText implements encoding.TextMarshaler.
func (v edition) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%d %s", v.number, v.id), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (v *edition) UnmarshalText(b []byte) error {
	_, err := fmt.Sscanf(string(b), "%d %s", &v.number, &v.id)
	return err
}

// openFigures takes up what the file has; one that cannot be read is told of and left behind.
func openFigures(path string, log *slog.Logger) *figures {
	f := &figures{path: path, log: log, kept: map[edition]rankers.Record{}, watched: map[edition]*rankers.Watch{}}
	b, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(b, &f.kept)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		log.Warn("how rankers answered in the last week cannot be read, and is counted anew", "file", path, "err", err)
		f.kept = map[edition]rankers.Record{}
	}
	return f
}

// watch watches a version, and counts on where it was left.
func (f *figures) watch(r rankers.Ranker, id string, number uint32) *rankers.Watch {
	f.mu.Lock()
	defer f.mu.Unlock()
	v := edition{id, number}
	if was := f.watched[v]; was != nil {
		f.kept[v] = was.Record()
	}
	w := rankers.NewWatch(r, answerWithin, time.Now)
	w.Resume(f.kept[v])
	f.watched[v] = w
	return w
}

// paged counts a page that a reader got.
func (f *figures) paged(id string, number uint32) {
	f.mu.Lock()
	w := f.watched[edition{id, number}]
	f.mu.Unlock()
	if w != nil {
		w.Paged()
	}
}

// save writes them down.
func (f *figures) save() error {
	f.mu.Lock()
	for v, w := range f.watched {
		f.kept[v] = w.Record()
	}
	least := time.Now().Add(-rankers.Window).Unix()
	maps.DeleteFunc(f.kept, func(v edition, r rankers.Record) bool {
		return len(r.Hours) == 0 || r.Hours[len(r.Hours)-1].Began < least
	})
	b, err := json.Marshal(f.kept)
	f.mu.Unlock()
	if err == nil {
		err = writeFile(f.path, b)
	}
	return err
}
