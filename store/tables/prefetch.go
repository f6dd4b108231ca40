package tables

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"regexp"
	"runtime"
	"slices"
	"strings"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/ipfs/go-cid"
	"golang.org/x/sync/errgroup"

	"candor/graph"
	"candor/graph/fold"
)

// prefetch reads what the blocks' events may ask for: a few queries for all of
// them, each for a set of keys.
type prefetch struct {
	*group
	db  *Database
	ctx context.Context
	bs  []graph.Batch

	seen    *lru.Cache[graph.Address, struct{}] // who has an account
	over    *group                              // what the tables may not have yet; see ahead.go
	workers int

	touched, veiled map[cid.Cid]bool // contents
}

// newPrefetch has read nothing yet.
func newPrefetch(db *Database, embed func(string) graph.Embedding, seen *lru.Cache[graph.Address, struct{}], bs []graph.Batch) *prefetch {
	g := &group{
		embed: embed, posts: map[graph.PostID]*post{}, earlier: map[content]bool{}, versions: map[cid.Cid][]*version{},
		edges: map[edgeKey]*row{}, policies: map[graph.Address]*policy{}, reactions: map[reactionKey]*row{},
		profiles: map[graph.Address]*profile{}, named: map[cid.Cid][]*profile{}, accounts: map[graph.Address]bool{},
		twins: [3]map[cid.Cid]bool{aPost: {}, aProfile: {}}, stored: map[cid.Cid]bool{},
		parsed: map[cid.Cid]*parsed{}, known: map[cid.Cid]graph.Embedding{},
		changed: changed{expiring: map[expiry]bool{}, veiled: map[cid.Cid]bool{}, movers: map[*post]bool{}},
	}
	f := &prefetch{group: g, db: db, bs: bs, seen: seen, workers: runtime.GOMAXPROCS(0)}
	f.list()
	return f
}

// gather reads and parses all that the blocks ask for, from the tables as they are.
func (f *prefetch) gather(ctx context.Context) error {
	f.ctx = ctx
	wg := f.errgroup()
	wg.Go(func() error { f.parse(f.bs, f.workers); return nil })
	wg.Go(func() error { return f.people() })
	wg.Go(func() error {
		both := f.errgroup() // neither writes what the other reads
		both.Go(func() error { return inTurn(f.familiar, f.namesakes) })
		both.Go(func() error { return inTurn(f.subjects, f.relations, f.reacted) })
		return inTurn(both.Wait, f.waiting, f.documents)
	})
	if err := wg.Wait(); err != nil {
		return fmt.Errorf("read what the blocks ask for: %w", err)
	}
	return nil
}

func (f *prefetch) errgroup() *errgroup.Group {
	wg := new(errgroup.Group)
	wg.SetLimit(f.workers)
	return wg
}

// inTurn does one after the other until one fails.
func inTurn(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// list notes what contents the blocks touch.
func (f *prefetch) list() {
	f.touched, f.veiled = map[cid.Cid]bool{}, map[cid.Cid]bool{}
	for _, b := range f.bs {
		for _, docs := range []map[cid.Cid][]byte{b.Contents, b.Late} {
			for c := range docs {
				f.touched[c] = true
			}
		}
		for _, cs := range [][]cid.Cid{b.Withhold, b.Restore} {
			for _, c := range cs {
				f.veiled[c] = true
			}
		}
	}
	f.events(func(e *graph.Event) {
		if e.Names() {
			f.touched[e.CID] = true
		}
	})
}

// familiar leaves of the touched contents those that the tables know: most are new.
func (f *prefetch) familiar() error {
	known := map[cid.Cid]bool{}
	err := f.join(`SELECT k.a FROM $rows WHERE EXISTS (SELECT 1 FROM documents d WHERE d.cid = k.a)`, "b", set(f.touched, cid.Cid.Bytes), func(r *sql.Rows) error {
		var c name
		err := r.Scan(&c)
		f.stored[c.Cid], known[c.Cid] = true, true
		return err
	})
	if err != nil {
		return err
	}
	err = f.join(`SELECT k.a FROM $rows WHERE
		EXISTS (SELECT 1 FROM {posts p|posts_waiting} WHERE p.cid = k.a AND p.present_from = 9223372036854775807 AND p.edited_at = 9223372036854775807 AND p.removed_at = 9223372036854775807)
		OR EXISTS (SELECT 1 FROM {edits e|edits_waiting} WHERE e.cid = k.a AND e.present_from = 9223372036854775807 AND e.to_block = 9223372036854775807)
		OR EXISTS (SELECT 1 FROM {profiles p|profiles_waiting} WHERE p.cid = k.a AND p.present_from = 9223372036854775807 AND p.to_block = 9223372036854775807)`,
		"b", set(f.touched, cid.Cid.Bytes), func(r *sql.Rows) error {
			var c name
			err := r.Scan(&c)
			known[c.Cid] = true
			return err
		})
	f.touched = known
	return err
}

// named is a table in a query with the index that finds its rows: {posts p|posts_cid}.
var named = regexp.MustCompile(`\{[^}]*\}`)

// each runs a query over rows given as its first arguments, unless there are none.
func (f *prefetch) each(before, kinds string, rows [][]any, after string, take func(*sql.Rows) error, more ...any) error {
	if len(rows) == 0 {
		return nil
	}
	q := &query{Dialect: f.db.Dialect}
	q.add(before)
	q.rows(kinds, rows)
	q.add(" AS k " + named.ReplaceAllStringFunc(after, func(s string) string {
		table, index, _ := strings.Cut(s[1:len(s)-1], "|")
		return q.Using(table, index)
	}))
	q.args = append(q.args, more...)
	found, err := f.db.Read.QueryContext(f.ctx, q.text.String(), q.args...)
	if err != nil {
		return fmt.Errorf("run %.80q: %w", q.text.String(), err)
	}
	defer found.Close()
	for found.Next() {
		if err := take(found); err != nil {
			return err
		}
	}
	return found.Err()
}

func (f *prefetch) events(take func(*graph.Event)) {
	for i := range f.bs {
		for j := range f.bs[i].Events {
			take(&f.bs[i].Events[j])
		}
	}
}

// set is rows of one column from a set of keys.
func set[K comparable, V any](ks map[K]V, bytes func(K) []byte) [][]any {
	out := make([][]any, 0, len(ks))
	for k := range ks {
		out = append(out, []any{bytes(k)})
	}
	return out
}

// subjects are the posts that events name, with what they say now and said before.
func (f *prefetch) subjects() error {
	ids, named := map[graph.PostID]bool{}, map[content]bool{}
	f.events(func(e *graph.Event) {
		for _, r := range []graph.Ref{e.Subject, e.Quote} {
			if !r.ID.IsZero() && r.CID.Defined() && r.ID.Block < f.bs[0].Block.Number {
				ids[r.ID], named[content{r.ID, r.CID}] = true, true
			}
		}
	})
	if err := f.loadPosts(ids); err != nil {
		return err
	}
	var rows [][]any
	for c := range named {
		if p := f.posts[c.post]; p != nil && p.now != &p.first {
			if p.first.cid.Equals(c.cid) {
				f.earlier[c] = true
			}
			if f.over != nil && f.over.earlier[c] {
				f.earlier[c] = true
			}
			rows = append(rows, []any{pos(c.post), c.cid.Bytes()})
		}
	}
	return f.each("SELECT e.post, e.cid, e.to_block FROM ", "bb", rows, "CROSS JOIN {edits e|edits_content} WHERE e.post = k.a AND e.cid = k.b",
		func(r *sql.Rows) error {
			var id position
			var c name
			var to int64
			err := r.Scan(&id, &c, &to)
			if p := f.posts[id.Position]; err == nil && p.now.to != number(to) {
				f.earlier[content{id.Position, c.Cid}] = true
			}
			return err
		})
}

// loadPosts reads posts that stand, unless they are there.
func (f *prefetch) loadPosts(ids map[graph.PostID]bool) error {
	maps.DeleteFunc(ids, func(id graph.PostID, _ bool) bool { return f.posts[id] != nil || f.adoptPost(id) })
	edited := map[graph.PostID]bool{}
	err := f.each("SELECT p.id, p.author, p.cid, p.present_from, p.digest, p.edited_at FROM ", "b", set(ids, pos),
		"CROSS JOIN posts p WHERE p.id = k.a AND p.removed_at = 9223372036854775807", func(r *sql.Rows) error {
			var id position
			var author address
			var c name
			var present, at int64
			var digest sql.Null[hash]
			if err := r.Scan(&id, &author, &c, &present, &digest, &at); err != nil {
				return err
			}
			p := &post{row: row{id: id.Position, to: never, stored: true}, author: author.Address, edited: number(at), seen: true}
			p.first = version{row: row{id: p.id, to: number(at), stored: true}, post: p, cid: c.Cid, present: number(present), digest: hashOf(digest)}
			p.now = &p.first
			f.posts[p.id] = p
			f.allPosts = append(f.allPosts, p)
			if at == forever {
				f.versions[c.Cid] = append(f.versions[c.Cid], p.now)
			} else {
				edited[p.id] = true
			}
			return nil
		})
	if err != nil {
		return err
	}
	return f.each("SELECT e.id, e.post, e.cid, e.present_from, e.digest FROM ", "b", set(edited, pos),
		"CROSS JOIN {edits e|edits_open} WHERE e.post = k.a AND e.to_block = 9223372036854775807", func(r *sql.Rows) error {
			var id, of position
			var c name
			var present int64
			var digest sql.Null[hash]
			if err := r.Scan(&id, &of, &c, &present, &digest); err != nil {
				return err
			}
			p := f.posts[of.Position]
			v := &version{row: row{id: id.Position, to: never, stored: true}, post: p, cid: c.Cid, present: number(present), digest: hashOf(digest)}
			p.now = v
			f.allEdits = append(f.allEdits, v)
			f.versions[c.Cid] = append(f.versions[c.Cid], v)
			return nil
		})
}

func hashOf(h sql.Null[hash]) *graph.Hash {
	if !h.Valid {
		return nil
	}
	return &h.V.Hash
}

// waiting are the posts whose content may come with these blocks, and those that
// are withheld or restored; what twins of contents stand beside those in view.
func (f *prefetch) waiting() error {
	changing := map[graph.PostID]bool{}
	f.events(func(e *graph.Event) {
		if e.Action == graph.ActRemove || e.Action == graph.ActEdit {
			changing[e.Subject.ID] = true
		}
	})
	ids := map[graph.PostID]bool{}
	add := func(r *sql.Rows) error {
		var id position
		err := r.Scan(&id)
		ids[id.Position] = true
		return err
	}
	contents := set(f.touched, cid.Cid.Bytes)
	for _, q := range []struct {
		table string
		keys  [][]any
	}{
		{"SELECT p.id FROM $rows CROSS JOIN {posts p|posts_waiting} WHERE p.cid = k.a AND p.present_from = 9223372036854775807 AND p.edited_at = 9223372036854775807 AND p.removed_at = 9223372036854775807", contents},
		{"SELECT e.post FROM $rows CROSS JOIN {edits e|edits_waiting} WHERE e.cid = k.a AND e.present_from = 9223372036854775807 AND e.to_block = 9223372036854775807", contents},
		{"SELECT p.id FROM $rows CROSS JOIN {posts p|posts_cid} WHERE p.cid = k.a AND p.edited_at = 9223372036854775807 AND p.removed_at = 9223372036854775807", set(f.veiled, cid.Cid.Bytes)},
		{"SELECT e.post FROM $rows CROSS JOIN {edits e|edits_cid} WHERE e.cid = k.a AND e.to_block = 9223372036854775807", set(f.veiled, cid.Cid.Bytes)},
	} {
		if err := f.join(q.table, "b", q.keys, add); err != nil {
			return err
		}
	}
	if err := f.loadPosts(ids); err != nil {
		return err
	}
	none, arg := f.db.Dialect.Set(2, positions(slices.Collect(maps.Keys(changing))))
	return f.join("SELECT k.a FROM $rows WHERE EXISTS (SELECT 1 FROM {posts p|posts_cid} WHERE p.cid = k.a AND p.present_from < 9223372036854775807 AND p.edited_at = 9223372036854775807 AND p.removed_at = 9223372036854775807 AND NOT p.id "+none+
		") OR EXISTS (SELECT 1 FROM {edits e|edits_cid} WHERE e.cid = k.a AND e.present_from < 9223372036854775807 AND e.to_block = 9223372036854775807 AND NOT e.post "+none+")",
		"b", contents, f.twin(aPost), arg)
}

// twin notes contents that stand.
func (f *prefetch) twin(kind int) func(*sql.Rows) error {
	return func(r *sql.Rows) error {
		var c name
		err := r.Scan(&c)
		f.twins[kind][c.Cid] = true
		return err
	}
}

// join is each for a text with $rows in it.
func (f *prefetch) join(text, kinds string, rows [][]any, take func(*sql.Rows) error, more ...any) error {
	const mark = "$rows"
	i := len("SELECT ")
	for ; text[i:i+len(mark)] != mark; i++ {
	}
	return f.each(text[:i], kinds, rows, text[i+len(mark):], take, more...)
}

// people are the accounts, profiles and policies of those who act.
func (f *prefetch) people() error {
	authors, choosing := map[graph.Address]bool{}, map[graph.Address]bool{}
	f.events(func(e *graph.Event) {
		if f.seen.Contains(e.Author) || f.over != nil && f.over.accounts[e.Author] {
			f.accounts[e.Author] = true
		} else {
			authors[e.Author] = true
		}
		if _, ok := e.Action.Policy(); ok && !f.adoptPolicy(e.Author) {
			choosing[e.Author] = true
		}
	})
	err := f.join("SELECT a.address FROM $rows CROSS JOIN accounts a WHERE a.address = k.a", "b", set(authors, graph.Address.Bytes), func(r *sql.Rows) error {
		var a address
		err := r.Scan(&a)
		f.accounts[a.Address] = true
		return err
	})
	if err != nil {
		return err
	}
	return f.join("SELECT p.id, p.address, p.policy FROM $rows CROSS JOIN {policies p|policies_open} WHERE p.address = k.a AND p.to_block = 9223372036854775807", "b",
		set(choosing, graph.Address.Bytes), func(r *sql.Rows) error {
			var id position
			var a address
			p := &policy{}
			err := r.Scan(&id, &a, &p.policy)
			p.row = row{id: id.Position, to: never, stored: true}
			f.policies[a.Address] = p
			return err
		})
}

// namesakes are the profiles that are replaced, or whose content may come.
func (f *prefetch) namesakes() error {
	naming := map[graph.Address]bool{}
	f.events(func(e *graph.Event) {
		if e.Action == graph.ActProfile {
			naming[e.Author] = true
			f.adoptProfile(e.Author)
		}
	})
	load := func(r *sql.Rows) error {
		var id position
		var a address
		var c name
		var present int64
		if err := r.Scan(&id, &a, &c, &present); err != nil || f.profiles[a.Address] != nil {
			return err
		}
		p := &profile{row: row{id: id.Position, to: never, stored: true}, address: a.Address, cid: c.Cid, present: number(present)}
		f.profiles[p.address] = p
		f.named[p.cid] = append(f.named[p.cid], p)
		f.allProfiles = append(f.allProfiles, p)
		return nil
	}
	const columns = "SELECT p.id, p.address, p.cid, p.present_from FROM $rows CROSS JOIN "
	if err := f.join(columns+"{profiles p|profiles_open} WHERE p.to_block = 9223372036854775807 AND p.address = k.a", "b", set(naming, graph.Address.Bytes), load); err != nil {
		return err
	}
	if err := f.join(columns+"{profiles p|profiles_waiting} WHERE p.to_block = 9223372036854775807 AND p.cid = k.a AND p.present_from = 9223372036854775807", "b", set(f.touched, cid.Cid.Bytes), load); err != nil {
		return err
	}
	others, arg := f.db.Dialect.Set(2, addresses(slices.Collect(maps.Keys(naming))))
	return f.join("SELECT k.a FROM $rows WHERE EXISTS (SELECT 1 FROM {profiles p|profiles_cid} WHERE p.cid = k.a AND p.to_block = 9223372036854775807 AND p.present_from < 9223372036854775807 AND NOT p.address "+others+")",
		"b", set(f.touched, cid.Cid.Bytes), f.twin(aProfile), arg)
}

// relations are the edges between those who meet in the events.
func (f *prefetch) relations() error {
	authors := map[graph.PostID]graph.Address{}
	f.events(func(e *graph.Event) {
		if e.Action == graph.ActPost {
			authors[e.ID] = e.Author
		}
	})
	pairs := map[[2]graph.Address]bool{}
	f.events(func(e *graph.Event) {
		switch e.Action {
		case graph.ActPost, graph.ActReact:
			for _, r := range []graph.Ref{e.Subject, e.Quote} {
				who, ok := authors[r.ID]
				if p := f.posts[r.ID]; p != nil {
					who, ok = p.author, true
				}
				if ok && who != e.Author {
					pairs[[2]graph.Address{who, e.Author}] = true
				}
			}
		case graph.ActFollow, graph.ActUnfollow, graph.ActRequest, graph.ActApprove, graph.ActRefuse, graph.ActBlock, graph.ActUnblock:
			pairs[[2]graph.Address{e.Author, e.Target}], pairs[[2]graph.Address{e.Target, e.Author}] = true, true
		}
	})
	rows := make([][]any, 0, len(pairs))
	for p := range pairs {
		rows = append(rows, []any{p[0].Bytes(), p[1].Bytes()})
	}
	err := f.join("SELECT e.id, e.kind, e.from_addr, e.to_addr FROM $rows CROSS JOIN {edges e|edges_open} WHERE e.from_addr = k.a AND e.to_addr = k.b AND e.to_block = 9223372036854775807",
		"bb", rows, func(r *sql.Rows) error {
			var id position
			var kind fold.Edge
			var from, to address
			err := r.Scan(&id, &kind, &from, &to)
			f.edges[edgeKey{kind, from.Address, to.Address}] = &row{id: id.Position, to: never, stored: true}
			return err
		})
	if f.over != nil {
		adopt(f.edges, f.over.edges, func(k edgeKey) bool { return pairs[[2]graph.Address{k.from, k.to}] })
	}
	return err
}

// reacted are the reactions that events give again or take back.
func (f *prefetch) reacted() error {
	type pair struct {
		by graph.Address
		to graph.PostID
	}
	pairs := map[pair]bool{}
	f.events(func(e *graph.Event) {
		if (e.Action == graph.ActReact || e.Action == graph.ActUnreact) && f.posts[e.Subject.ID] != nil {
			pairs[pair{e.Author, e.Subject.ID}] = true
		}
	})
	rows := make([][]any, 0, len(pairs))
	for p := range pairs {
		rows = append(rows, []any{p.by.Bytes(), pos(p.to)})
	}
	err := f.join("SELECT r.id, r.author, r.subject, r.kind FROM $rows CROSS JOIN {reactions r|reactions_open} WHERE r.author = k.a AND r.subject = k.b AND r.to_block = 9223372036854775807",
		"bb", rows, func(r *sql.Rows) error {
			var id, subject position
			var author address
			var kind graph.ReactionKind
			err := r.Scan(&id, &author, &subject, &kind)
			f.reactions[reactionKey{author.Address, subject.Position, kind}] = &row{id: id.Position, to: never, stored: true}
			return err
		})
	if f.over != nil {
		adopt(f.reactions, f.over.reactions, func(k reactionKey) bool { return pairs[pair{k.author, k.subject}] })
	}
	return err
}

// documents are the embeddings of texts that posts may show without bringing them.
func (f *prefetch) documents() error {
	shown := maps.Clone(f.twins[aPost])
	maps.Copy(shown, f.veiled)
	for c := range f.touched { // what stands may become the twin of what comes
		if slices.ContainsFunc(f.versions[c], (*version).shown) {
			shown[c] = true
		}
	}
	return f.join("SELECT d.cid, d.embedding FROM $rows CROSS JOIN documents d WHERE d.cid = k.a AND d.embedding IS NOT NULL", "b",
		set(shown, cid.Cid.Bytes), func(r *sql.Rows) error {
			var c name
			var e embedding
			err := r.Scan(&c, &e)
			f.known[c.Cid] = e.Embedding
			return err
		})
}
