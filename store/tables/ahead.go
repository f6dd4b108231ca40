package tables

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"sync"

	"github.com/ipfs/go-cid"

	"candor/graph"
)

// ahead is what is read for a group of blocks while the one before it is being
// written. The tables may have the earlier group by then or not, also between two
// queries. So what that group has in memory, which is every row that it changes,
// goes before what the tables say; of all other rows both states say the same.
// Contents that the earlier group may have changed are looked up once it is there.
type ahead struct {
	mu    sync.Mutex
	group *group        // the one that is being written, or nil
	head  *graph.Block  // its last block
	turn  chan struct{} // closed when there is another
	ready *readAhead

	swept []string // contents that the last commit deleted; under writing
}

// readAhead is a group that was read for the head after, and no other.
type readAhead struct {
	*prefetch
	contents map[cid.Cid]bool // that were looked up
	after    *graph.Block
}

// Prepare reads, parses and embeds what blocks ask for that may be committed after
// the head, or after those that are being committed. When that was done for
// nothing, or fails, the commit does it. It returns when it is done or ctx ends.
func (m *Mirror) Prepare(ctx context.Context, bs []graph.Batch) {
	if len(bs) == 0 {
		return
	}
	f := newPrefetch(m.db, m.embed, m.seen, slices.Clone(bs))
	f.workers = max(1, runtime.GOMAXPROCS(0)-1) // what is written now goes first
	f.parse(f.bs, f.workers)
	after, ok := m.before(ctx, f)
	if !ok {
		return
	}
	if f.over != nil {
		maps.DeleteFunc(f.touched, func(c cid.Cid, _ bool) bool { return f.over.concerns(c) })
	}
	contents := f.touched
	if err := f.gather(ctx); err != nil {
		return
	}
	f.over = nil
	m.ahead.mu.Lock()
	defer m.ahead.mu.Unlock()
	m.ahead.ready = &readAhead{f, contents, after}
}

// before waits until the blocks before those of f are committed or folded, and
// gives the last of them.
func (m *Mirror) before(ctx context.Context, f *prefetch) (*graph.Block, bool) {
	parent := f.bs[0].Block.Parent
	for {
		m.ahead.mu.Lock()
		g, last := m.ahead.group, m.ahead.head
		if m.ahead.turn == nil {
			m.ahead.turn = make(chan struct{})
		}
		turn := m.ahead.turn
		m.ahead.mu.Unlock()
		if last != nil && last.Hash == parent {
			f.over = g
			return last, true
		}
		m.mu.RLock()
		head := m.head
		m.mu.RUnlock()
		if head != nil && head.Hash == parent {
			return head, true
		}
		select {
		case <-ctx.Done():
			return nil, false
		case <-turn:
		}
	}
}

// writing says that the group is folded and about to be written, or, with nil,
// that none is.
func (a *ahead) writing(g *group, head *graph.Block) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.group, a.head = g, head
	if a.turn != nil {
		close(a.turn)
		a.turn = nil
	}
}

// take gives what was read for these very blocks after this very head, if it was:
// a head that was read again, after a rollback or a failure, is another one.
func (a *ahead) take(bs []graph.Batch, head *graph.Block) *readAhead {
	a.mu.Lock()
	defer a.mu.Unlock()
	r := a.ready
	if r == nil || head == nil || r.after != head || !slices.EqualFunc(r.bs, bs, func(x, y graph.Batch) bool {
		return x.Block == y.Block && len(x.Events) == len(y.Events) && (len(x.Events) == 0 || &x.Events[0] == &y.Events[0])
	}) {
		return nil
	}
	a.ready = nil
	return r
}

// finish reads what could not be read ahead: contents that the group before
// concerned, or deleted, and what the batches say besides by now.
func (f *readAhead) finish(ctx context.Context, bs []graph.Batch, swept []string) error {
	f.bs, f.ctx, f.workers = bs, ctx, runtime.GOMAXPROCS(0)
	f.list()
	for _, c := range swept {
		if id, err := cid.Cast([]byte(c)); err == nil {
			delete(f.contents, id)
			delete(f.stored, id)
		}
	}
	maps.DeleteFunc(f.touched, func(c cid.Cid, _ bool) bool { return f.contents[c] })
	f.parse(bs, f.workers)
	if len(f.touched)+len(f.veiled) == 0 {
		return nil
	}
	return inTurn(f.familiar, f.namesakes, f.waiting, f.documents)
}

// concerns reports whether the group may have changed what stands with the content.
func (g *group) concerns(c cid.Cid) bool {
	return len(g.versions[c])+len(g.named[c]) > 0
}

// adoptPost takes a post as the group before leaves it, if that has it.
func (f *prefetch) adoptPost(id graph.PostID) bool {
	if f.over == nil || f.over.posts[id] == nil {
		return false
	}
	old := f.over.posts[id]
	if old.to != never {
		return true
	}
	p := &post{row: row{id: id, to: never, stored: true}, author: old.author, edited: old.edited, seen: true}
	copied := func(v *version) *version {
		return &version{row: row{id: v.id, to: v.to, stored: true}, post: p, cid: v.cid, present: v.present, digest: v.digest}
	}
	p.first = *copied(&old.first)
	if p.now = &p.first; old.now != &old.first {
		p.now = copied(old.now)
		f.allEdits = append(f.allEdits, p.now)
	}
	f.posts[id] = p
	f.allPosts = append(f.allPosts, p)
	f.versions[p.now.cid] = append(f.versions[p.now.cid], p.now)
	return true
}

func (f *prefetch) adoptPolicy(of graph.Address) bool {
	if f.over == nil || f.over.policies[of] == nil {
		return false
	}
	old := f.over.policies[of]
	f.policies[of] = &policy{row{id: old.id, to: never, stored: true}, old.policy}
	return true
}

func (f *prefetch) adoptProfile(of graph.Address) {
	if f.over == nil || f.over.profiles[of] == nil || f.profiles[of] != nil {
		return
	}
	old := f.over.profiles[of]
	p := &profile{row: row{id: old.id, to: never, stored: true}, address: of, cid: old.cid, present: old.present}
	f.profiles[of] = p
	f.named[p.cid] = append(f.named[p.cid], p)
	f.allProfiles = append(f.allProfiles, p)
}

// adopt takes rows as the group before leaves them.
func adopt[K comparable](rows, over map[K]*row, asked func(K) bool) {
	for k, r := range over {
		switch {
		case !asked(k):
		case r.open():
			rows[k] = &row{id: r.id, to: never, stored: true}
		default:
			delete(rows, k)
		}
	}
}
