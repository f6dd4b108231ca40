package torture

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// disk is what happened to the files of one directory, in order, as a recording
// file system saw it: enough to say what a disk may hold after a power cut.
type disk struct {
	dir string
	ops []op
}

type op struct {
	kind opKind
	file string // its name in the directory
	at   int64  // write: where; truncate: the new size
	data []byte
	note string // what the mirror said
}

type opKind uint8

const (
	created   opKind = iota // a directory entry began
	deleted                 // and ended
	written                 // bytes, in the cache
	truncated               // a size, in the cache
	synced                  // the file's bytes and size are on disk
	dirSynced               // the directory's entries are on disk
	noted                   // the mirror said something
)

// content is a file with what is on disk and what only the cache has.
type content struct {
	disk    []byte
	pending []op
}

// sector is what a disk writes as a whole.
const sector = 512

// cut is one disk that a power cut after the first n operations may leave. Of
// what was not synced each write is there, or not, or in some of its sectors,
// whatever became of the writes before it; a size may have grown without the
// bytes; each directory entry that was not synced is as before or as after.
func (d *disk) cut(n int, rng *rand.Rand) map[string][]byte {
	files := map[string]*content{} // by number of creation, below
	now, safe := map[string]string{}, map[string]string{}
	made := 0
	for _, o := range d.ops[:n] {
		f := files[now[o.file]]
		switch o.kind {
		case created:
			if f == nil {
				made++
				id := o.file + "/" + string(rune(made))
				now[o.file], files[id] = id, &content{}
			}
		case deleted:
			delete(now, o.file)
		case written, truncated:
			f.pending = append(f.pending, o)
		case synced:
			for _, p := range f.pending {
				f.disk = p.apply(f.disk, nil)
			}
			f.pending = nil
		case dirSynced:
			safe = maps.Clone(now)
		}
	}
	image := map[string][]byte{}
	names := maps.Clone(now)
	for name, id := range safe {
		if now[name] != id && rng.IntN(2) == 0 {
			names[name] = id // its end, or its replacement, was not on disk
		}
	}
	for _, name := range slices.Sorted(maps.Keys(now)) {
		if safe[name] != now[name] && names[name] == now[name] && rng.IntN(2) == 0 {
			delete(names, name) // its beginning was not on disk
			if id, was := safe[name]; was {
				names[name] = id
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		f := files[names[name]]
		bytes := slices.Clone(f.disk)
		keep := rng.IntN(4) // all, none, or some of what the cache had
		for _, p := range f.pending {
			switch {
			case keep == 0 || keep > 1 && rng.IntN(3) == 0:
				bytes = p.apply(bytes, nil)
			case keep > 1 && rng.IntN(2) == 0:
				bytes = p.apply(bytes, rng)
			}
		}
		image[name] = bytes
	}
	return image
}

// apply makes the change to the bytes; with chance only some of its sectors.
func (o op) apply(b []byte, chance *rand.Rand) []byte {
	if o.kind == truncated {
		if int64(len(b)) > o.at {
			return b[:o.at:o.at]
		}
		return append(b, make([]byte, o.at-int64(len(b)))...)
	}
	if end := o.at + int64(len(o.data)); int64(len(b)) < end && (chance == nil || chance.IntN(2) == 0) {
		b = append(b, make([]byte, end-int64(len(b)))...) // the size alone
	}
	for from := o.at; from < o.at+int64(len(o.data)); {
		to := min((from/sector+1)*sector, o.at+int64(len(o.data)))
		if chance == nil || chance.IntN(2) == 0 {
			if int64(len(b)) < to {
				b = append(b, make([]byte, to-int64(len(b)))...)
			}
			copy(b[from:to], o.data[from-o.at:to-o.at])
		}
		from = to
	}
	return b
}

// notes are what the mirror said before the cut.
func (d *disk) notes(n int) (out []string) {
	for _, o := range d.ops[:n] {
		if o.kind == noted {
			out = append(out, o.note)
		}
	}
	return out
}

// lay writes the image into the directory.
func lay(image map[string][]byte, dir string) error {
	for name, bytes := range image {
		if err := os.WriteFile(filepath.Join(dir, name), bytes, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// name is the file's name in the recorded directory; false for other files and
// for those that no disk needs to keep.
func (d *disk) name(path string) (string, bool) {
	name, ok := strings.CutPrefix(path, d.dir+"/")
	return name, ok && !strings.HasSuffix(name, "-shm")
}
