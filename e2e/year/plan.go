package year

import (
	"fmt"
	"slices"

	"candor/audit"
	"candor/graph"
	"candor/zkcommit"
)

// place is a publisher's version.
type place struct{ publisher, version int }

// share is how many of so many are tampered with in each way.
func (w *World) share(of int) int { return max(1, of*w.Size.Permille/1000) }

// plan draws which numbers of the log, versions and anchors are tampered with, and how. The
// log has as many numbers as there are runs, and one more for each abort.
func (w *World) plan() error {
	honest := w.share(w.Size.Runs)
	w.total = w.Size.Runs + honest
	for _, x := range ways {
		if x.abort != nil && !x.kept {
			w.total += w.share(w.Size.Runs)
		}
	}
	w.planned, w.aborts, w.lies, w.forks, w.unsaid = map[int]*way{}, map[int]bool{}, map[place]*way{}, map[int]*way{}, map[*way]int{}
	free := w.rand.Perm(w.total)
	first := w.total / w.Size.Versions // runs of which none lies: there is no older model, and nothing to copy
	abort := slices.IndexFunc(free, func(i int) bool { return i > 0 && i < first })
	for range honest { // of which the first is one that a lie may name
		w.aborts[free[abort]] = true
		free = slices.Delete(free, abort, abort+1)
		abort = 0
	}
	liars := w.rand.Perm(w.Size.Publishers)
	for _, x := range ways {
		switch {
		case x.once:
		case x.drawn != nil:
			w.unsaid[x] = w.share(w.Size.Runs)
		case x.fork:
			for _, part := range w.rand.Perm(w.Size.Versions)[:w.share(w.Size.Versions)] {
				w.forks[part] = x
			}
		case x.version != nil || x.register:
			for range w.share(w.Size.Publishers * w.Size.Versions) {
				if len(liars) == 0 {
					return fmt.Errorf("%d publishers are too few for all lies about models", w.Size.Publishers)
				}
				// The last version, since who owes a reveal commits to nothing new.
				w.lies[place{liars[0], w.Size.Versions - 1}] = x
				liars = liars[1:]
			}
		default:
			for range w.share(w.Size.Runs) {
				at := slices.IndexFunc(free, func(i int) bool { return w.fits(x, i) })
				if at < 0 {
					return fmt.Errorf("%d runs are too few for all lies", w.Size.Runs)
				}
				w.planned[free[at]] = x
				free = slices.Delete(free, at, at+1)
			}
		}
	}
	return nil
}

// fits says whether the way may be gone at number i: what a lie brings about in the
// entries beside it must hit no other, and stay within one part of the year.
func (w *World) fits(x *way, i int) bool {
	first := w.total / w.Size.Versions
	near := func(from, to int) bool {
		for k := from; k <= to; k++ {
			if w.planned[k] != nil || w.aborts[k] {
				return true
			}
		}
		return false
	}
	reach := func(k int) int {
		if y := w.planned[k]; y != nil && y.reach > 0 {
			return int(y.reach) + 1
		}
		return 0
	}
	if i <= first || i >= w.total-spacing || x.public && i >= w.Size.Runs/2 || x.all && w.epoch(uint64(i)).Mode != zkcommit.ProveAll {
		return false
	}
	if x.reach > 0 && (near(i-1, i+int(x.reach)+1) || w.part(i-1) != w.part(i+spacing)) {
		return false
	}
	for k := i - spacing; k <= i+1; k++ { // is it within reach of another's?
		if n := reach(k); n > 0 && i >= k-1 && i < k+n {
			return false
		}
	}
	return true
}

// spacing is more than any lie reaches.
const spacing = 4

// part is the part of the year in which number i is given.
func (w *World) part(i int) int {
	for p := range w.Size.Versions {
		if i < w.total*(p+1)/w.Size.Versions {
			return p
		}
	}
	return w.Size.Versions
}

// Tampering is one lie, and by what the audit may know it.
type Tampering struct {
	Way  string
	Rule audit.Rule
	May  []audit.Rule

	Run         graph.Hash
	First, Last uint64 // entries of the log; both zero: none
	Evidence    string // of the finding: a commitment, a root, an announcement
	Head        bool   // it is about the log's head, and the rule says all
	Found       bool
}

func (w *World) tampered(x *way, t *Tampering) {
	t.Way, t.Rule, t.May = x.Name, x.Rule, x.May
	w.Tampered = append(w.Tampered, t)
}

// explains says whether the finding is about what was tampered with.
func (t *Tampering) explains(f audit.Finding) bool {
	if f.Rule != t.Rule && !slices.Contains(t.May, f.Rule) {
		return false
	}
	switch {
	case t.Head:
		return true
	case t.Evidence != "":
		return f.Evidence == t.Evidence
	case f.Run == t.Run && f.HasRun():
		return true
	}
	return t.Last > 0 && f.Index != nil && t.First <= *f.Index && *f.Index <= t.Last
}

// Judge compares what an audit found with what was tampered with: it marks the lies that
// were found under their names, and gives the findings that nobody's lie explains.
func (w *World) Judge(r *audit.Report) (found int, alarms []audit.Finding) {
	for _, f := range r.Findings {
		explained := false
		for _, t := range w.Tampered {
			if t.explains(f) {
				explained = true
				t.Found = t.Found || f.Rule == t.Rule
			}
		}
		if !explained {
			alarms = append(alarms, f)
		}
	}
	for _, t := range w.Tampered {
		if t.Found {
			found++
		}
	}
	return found, alarms
}

// Ways is in how many ways somebody lied.
func (w *World) Ways() int {
	told := map[string]bool{}
	for _, t := range w.Tampered {
		told[t.Way] = true
	}
	return len(told)
}
