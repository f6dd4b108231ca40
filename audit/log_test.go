package audit

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"

	"candor/graph"
	"candor/zkcommit"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"
	"pgregory.net/rapid"
)

// world is a chain with two rankers, of which the first has a second version from
// block 50 on, and a node's honest log over it, in which each tenth ticket was aborted.
type world struct {
	entries [][]byte
	anchors []Anchor
}

func hash(parts ...any) graph.Hash { return sha256.Sum256([]byte(fmt.Sprint(parts...))) }

var (
	node     = graph.Address{1}
	registry = graph.Address{2}
	genesis  = hash("genesis")
	plugins  = []graph.Hash{hash("a"), hash("b")}
	shape    = zkcommit.Provable.ID()
)

const blocks = 100

// Identity implements Chain.
func (*world) Identity() (uint64, graph.Hash, graph.Address) { return 1337, genesis, registry }

// BlockHash implements Chain.
func (*world) BlockHash(n uint64) (graph.Hash, bool, error) {
	return hash("block", n), n <= blocks, nil
}

// Active implements Chain.
func (*world) Active(plugin graph.Hash, block uint64) (uint32, graph.Hash, graph.Hash, bool, error) {
	if !slices.Contains(plugins, plugin) {
		return 0, graph.Hash{}, graph.Hash{}, false, nil
	}
	v := uint32(1)
	if plugin == plugins[0] && block >= 50 {
		v = 2
	}
	return v, hash(plugin, v), shape, true, nil
}

func (w *world) run(seq uint64, previous graph.Hash) *zkcommit.Run {
	r := &zkcommit.Run{ChainID: 1337, Genesis: genesis, Registry: registry, Node: node, Plugin: plugins[seq%2], Seq: seq, Previous: previous,
		Block: 1 + seq%blocks, Time: 1_700_000_040 + seq/10*60, Viewer: hash("viewer", seq)}
	r.BlockHash = hash("block", r.Block)
	r.Version, r.Commitment, r.Shape, _, _ = w.Active(r.Plugin, r.Block)
	return r
}

func abortOf(seq uint64, previous graph.Hash) *zkcommit.Abort {
	return &zkcommit.Abort{ChainID: 1337, Registry: registry, Node: node, Seq: seq, Previous: previous, Ticket: hash("ticket", seq), Reason: zkcommit.TimedOut}
}

func honest(n int) *world {
	w := &world{}
	previous := graph.Hash{}
	for i := range uint64(n) {
		e := w.run(i, previous).Bytes()
		if i%10 == 5 {
			e = abortOf(i, previous).Bytes()
		}
		previous = sha256.Sum256(e)
		w.entries = append(w.entries, e)
		if i%17 == 16 {
			w.anchors = append(w.anchors, Anchor{Size: i + 1, Root: rootOf(w.entries), Block: 10 + i})
		}
	}
	return w
}

func rootOf(entries [][]byte) graph.Hash {
	t := (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
	for _, e := range entries {
		if err := t.Append(rfc6962.DefaultHasher.HashLeaf(e), nil); err != nil {
			panic(err)
		}
	}
	root, err := t.GetRootHash(nil)
	if err != nil {
		panic(err)
	}
	return graph.Hash(root)
}

// audit walks entries whose head the node has signed.
func (w *world) audit(t fataler) *Report {
	r := &Report{Node: node, Log: Head{Origin: "log", Size: uint64(len(w.entries)), Root: rootOf(w.entries)}}
	walk := NewWalk(r, w, w.anchors)
	for _, e := range w.entries {
		if err := walk.Entry(e); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := walk.End(); err != nil {
		t.Fatal(err)
	}
	r.Sort()
	return r
}

type fataler interface{ Fatal(...any) }

// reseal makes the node go on honestly behind a change: later runs follow what is
// there, the tree and its anchors from now on are those of the changed log.
func (w *world) reseal(from int) {
	for i := max(from, 1); i < len(w.entries); i++ {
		w.rewrite(i, func(r *zkcommit.Run) { r.Previous = sha256.Sum256(w.entries[i-1]) },
			func(a *zkcommit.Abort) { a.Previous = sha256.Sum256(w.entries[i-1]) })
	}
	for k := range w.anchors {
		if w.anchors[k].Size > uint64(from) {
			w.anchors[k].Root = rootOf(w.entries[:w.anchors[k].Size])
		}
	}
}

// rewrite changes an entry; what is none stays.
func (w *world) rewrite(i int, run func(*zkcommit.Run), abort func(*zkcommit.Abort)) {
	r, a, err := zkcommit.ParseEntry(w.entries[i])
	switch {
	case err != nil:
	case r != nil:
		run(r)
		w.entries[i] = r.Bytes()
	default:
		abort(a)
		w.entries[i] = a.Bytes()
	}
}

func TestHonestLog(t *testing.T) {
	w := honest(300)
	r := w.audit(t)
	if !r.Clean() {
		t.Errorf("an honest log: %+v", r.Findings)
	}
	if s := r.Shares["anchors"]; s.Checked != uint64(len(w.anchors)) || s.Of != s.Checked || s.Of == 0 {
		t.Errorf("%d of %d anchors were checked", s.Checked, s.Of)
	}
	if s := r.Shares["entries"]; s.Checked != 300 {
		t.Errorf("%d entries were checked", s.Checked)
	}
	if s := r.Shares["aborts"]; s.Checked != 30 || s.Of != 300 || s.Why != "30 timed-out" {
		t.Errorf("the aborts are %+v", s)
	}
	if r := honest(0); !(&world{}).emptyIsClean(t) {
		t.Errorf("an empty log: %+v", r)
	}
}

func (w *world) emptyIsClean(t *testing.T) bool {
	r := &Report{Node: node, Log: Head{Root: graph.Hash(rfc6962.DefaultHasher.EmptyRoot())}}
	if _, err := NewWalk(r, w, nil).End(); err != nil {
		t.Fatal(err)
	}
	return r.Clean()
}

// Each way of cheating in a log is found under its name, and nothing else is.
func TestTamperedLogs(t *testing.T) {
	change := func(w *world, i int, f func(*zkcommit.Run)) {
		r, err := zkcommit.ParseRun(w.entries[i])
		if err != nil {
			t.Fatal(err)
		}
		f(r)
		w.entries[i] = r.Bytes()
	}
	for name, x := range map[string]struct {
		tamper func(w *world, i int)
		want   []Rule
	}{
		"a run left out":             {func(w *world, i int) { w.entries = slices.Delete(w.entries, i, i+1); w.cut(); w.anchorsOf() }, []Rule{RuleSequence}},
		"a run left out, renumbered": {func(w *world, i int) { w.entries = slices.Delete(w.entries, i, i+1); w.cut(); w.renumber(i) }, []Rule{RuleEquivocates}},
		"two runs swapped":           {func(w *world, i int) { w.entries[i], w.entries[i-1] = w.entries[i-1], w.entries[i]; w.anchorsOf() }, []Rule{RuleSequence}},
		"a run twice":                {func(w *world, i int) { w.entries[i] = w.entries[i-1]; w.anchorsOf() }, []Rule{RuleEntry, RuleSequence}},
		"log rewritten after an anchor": {func(w *world, i int) {
			change(w, i, func(r *zkcommit.Run) { r.Viewer = hash("other") })
			anchors := slices.Clone(w.anchors)
			w.reseal(i + 1)
			w.anchors = anchors
		}, []Rule{RuleEquivocates}},
		"another node's run": {func(w *world, i int) {
			change(w, i, func(r *zkcommit.Run) { r.Node[19]++ })
			w.reseal(i + 1)
			w.anchorsOf()
		}, []Rule{RuleEntry}},
		"another chain's run": {func(w *world, i int) {
			change(w, i, func(r *zkcommit.Run) { r.ChainID++ })
			w.reseal(i + 1)
			w.anchorsOf()
		}, []Rule{RuleEntry}},
		"an orphaned block": {func(w *world, i int) {
			change(w, i, func(r *zkcommit.Run) { r.BlockHash[0]++ })
			w.reseal(i + 1)
			w.anchorsOf()
		}, []Rule{RuleBlock}},
		"a block of the future": {func(w *world, i int) {
			change(w, i, func(r *zkcommit.Run) { r.Block = blocks + 1; r.BlockHash = hash("x") })
			w.reseal(i + 1)
			w.anchorsOf()
		}, []Rule{RuleBlock}},
		"another model": {func(w *world, i int) {
			change(w, i, func(r *zkcommit.Run) { r.Commitment[0]++ })
			w.reseal(i + 1)
			w.anchorsOf()
		}, []Rule{RuleModel}},
		"an unknown ranker": {func(w *world, i int) {
			change(w, i, func(r *zkcommit.Run) { r.Plugin[0]++ })
			w.reseal(i + 1)
			w.anchorsOf()
		}, []Rule{RuleModel}},
		"another version": {func(w *world, i int) {
			change(w, i, func(r *zkcommit.Run) { r.Version += 5 })
			w.reseal(i + 1)
			w.anchorsOf()
		}, []Rule{RuleModel}},
		"time backwards": {func(w *world, i int) {
			change(w, i, func(r *zkcommit.Run) { r.Time -= 6000 })
			w.reseal(i + 1)
			w.anchorsOf()
		}, []Rule{RuleSequence}},
		"no run":                  {func(w *world, i int) { w.entries[i] = []byte("junk"); w.anchorsOf() }, []Rule{RuleEntry, RuleSequence}},
		"an anchor that shrinks":  {func(w *world, i int) { w.anchors = append(w.anchors, w.anchors[0]) }, []Rule{RuleAnchor}},
		"an anchor of a fork":     {func(w *world, i int) { w.anchors[len(w.anchors)/2].Root[0]++ }, []Rule{RuleEquivocates}},
		"an anchored end cut off": {func(w *world, i int) { w.entries = w.entries[:w.anchors[len(w.anchors)-1].Size-1] }, []Rule{RuleEquivocates}},
	} {
		for _, i := range []int{1, 17, 120, 240} {
			w := honest(300)
			x.tamper(w, i)
			r := w.audit(t)
			if got := r.Rules(); !slices.Equal(got, x.want) {
				t.Errorf("%s at %d: found %v, not %v: %+v", name, i, got, x.want, r.Findings)
			}
		}
	}
}

// Each way of cheating with aborts, too.
func TestTamperedAborts(t *testing.T) {
	for name, x := range map[string]struct {
		tamper func(w *world, i int, a *zkcommit.Abort)
		want   []Rule
	}{
		"another node's":        {func(_ *world, _ int, a *zkcommit.Abort) { a.Node[3]++ }, []Rule{RuleEntry}},
		"another chain's":       {func(_ *world, _ int, a *zkcommit.Abort) { a.ChainID++ }, []Rule{RuleEntry}},
		"another Registry's":    {func(_ *world, _ int, a *zkcommit.Abort) { a.Registry[3]++ }, []Rule{RuleEntry}},
		"a number skipped":      {func(_ *world, _ int, a *zkcommit.Abort) { a.Seq++ }, []Rule{RuleSequence}},
		"another entry before":  {func(_ *world, _ int, a *zkcommit.Abort) { a.Previous[3]++ }, []Rule{RuleSequence}},
		"a ticket twice":        {func(_ *world, i int, a *zkcommit.Abort) { a.Ticket = hash("ticket", uint64(i-10)) }, []Rule{RuleEntry}},
		"a reason that is none": {func(_ *world, _ int, a *zkcommit.Abort) { a.Reason = 77 }, []Rule{RuleEntry, RuleSequence}},
	} {
		for _, i := range []int{15, 125, 245} {
			w := honest(300)
			w.rewrite(i, nil, func(a *zkcommit.Abort) { x.tamper(w, i, a) })
			w.reseal(i + 1)
			w.anchorsOf()
			r := w.audit(t)
			if got := r.Rules(); !slices.Equal(got, x.want) {
				t.Errorf("%s at %d: found %v, not %v: %+v", name, i, got, x.want, r.Findings)
			}
		}
	}
}

// cut drops anchors beyond the log's end.
func (w *world) cut() {
	w.anchors = slices.DeleteFunc(w.anchors, func(a Anchor) bool { return a.Size > uint64(len(w.entries)) })
}

// anchorsOf anchors what is in the log now, so that the log itself must tell.
func (w *world) anchorsOf() {
	w.cut()
	for k := range w.anchors {
		w.anchors[k].Root = rootOf(w.entries[:w.anchors[k].Size])
	}
}

// renumber hides a gap, as far as the log alone shows.
func (w *world) renumber(from int) {
	for i := from; i < len(w.entries); i++ {
		w.rewrite(i, func(r *zkcommit.Run) { r.Seq = uint64(i) }, func(a *zkcommit.Abort) { a.Seq = uint64(i) })
	}
	anchors := slices.Clone(w.anchors)
	w.reseal(from)
	w.anchors = anchors
}

// A checkpoint that signs another tree than the one that is served.
func TestOtherTree(t *testing.T) {
	w := honest(50)
	for name, head := range map[string]Head{
		"root": {Size: 50, Root: hash("x")}, "size": {Size: 51, Root: rootOf(w.entries)},
	} {
		r := &Report{Node: node, Log: head}
		walk := NewWalk(r, w, nil)
		for _, e := range w.entries {
			if err := walk.Entry(e); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := walk.End(); err != nil {
			t.Fatal(err)
		}
		if got := r.Rules(); !slices.Equal(got, []Rule{RuleCheckpoint}) {
			t.Errorf("%s: found %v", name, got)
		}
	}
}

// Whatever bytes a log holds: an audit ends, and a changed entry never stays unseen.
func TestAnyLog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := honest(40)
		i := rapid.IntRange(0, 39).Draw(t, "entry")
		old := w.entries[i]
		if rapid.Bool().Draw(t, "junk") {
			w.entries[i] = rapid.SliceOfN(rapid.Byte(), 0, 2*zkcommit.RunSize).Draw(t, "bytes")
		} else {
			b := bytes.Clone(old)
			b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
			w.entries[i] = b
		}
		if bytes.Equal(old, w.entries[i]) {
			t.Skip("nothing changed")
		}
		if r := w.audit(t); r.Clean() && i < 39 {
			t.Fatal("a changed entry is not seen")
		}
	})
}
