package tables

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/graph/fold"
)

// Snapshot is the mirror as it was after one block. Its answers are those of
// fold.Snapshot. It holds no resources and may be used by many at once; a query
// fails with ErrReorged once the block was rolled back, and when the context
// that it was taken with ends. A text in an answer is shared: do not change it.
type Snapshot struct {
	m         *Mirror
	ctx       context.Context
	block     graph.Block
	gone      uint64 // what was removed at this block or before shows no text: the block itself, or the end of the Window
	rollbacks int    // how many the mirror had seen
	withheld  curtain
	own       bool // of whoever holds the mirror's lock: nothing is rolled back meanwhile
}

// Block is the block that the snapshot shows.
func (s *Snapshot) Block() graph.Block { return s.block }

// read runs a query and gives each row to take; then it makes sure that the rows
// were of this snapshot's chain.
func (s *Snapshot) read(text string, args []any, take func(*sql.Rows) error) error {
	rows, err := s.m.db.Read.QueryContext(s.ctx, text, args...)
	if err != nil {
		return fmt.Errorf("read block %d of the mirror: %w", s.block.Number, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := take(rows); err != nil {
			return fmt.Errorf("read block %d of the mirror: %w", s.block.Number, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read block %d of the mirror: %w", s.block.Number, err)
	}
	return s.m.still(s)
}

// run is read for a query that was put together.
func (s *Snapshot) run(q *query, take func(*sql.Rows) error) error {
	return s.read(q.text.String(), q.args, take)
}

// started and standing are a query's first conditions: rows that began at the
// snapshot's block or before, and had not ended.
func (s *Snapshot) started(q *query) { q.and("id < ?", after(s.block.Number)) }
func (s *Snapshot) standing(q *query, end string) {
	s.started(q)
	q.and(end+" > ?", seconds(s.block.Number))
}

func limited(limit, fallback int) int {
	if limit <= 0 {
		return fallback
	}
	return limit
}

// status is the status at the block of what stands or not.
func (s *Snapshot) status(stands bool, c cid.Cid, present uint64) graph.Status {
	switch {
	case !stands:
		return graph.Removed
	case s.withheld.hides(c, s.block.Number):
		return graph.Withheld
	case present <= s.block.Number:
		return graph.Present
	}
	return graph.Unavailable
}

const postColumns = `id, author, cid, time, parent, parent_cid, quote, quote_cid, present_from, edited_at, removed_at`

func (s *Snapshot) query() *query { return &query{Dialect: s.m.db.Dialect} }

// Posts are the posts that the query asks for, newest position first. Removed
// ones are among them only when the query names IDs.
func (s *Snapshot) Posts(p graph.PostQuery) ([]graph.Post, error) {
	q := s.query()
	from := "posts"
	switch {
	case len(p.IDs) > 0:
	case len(p.Parents) > 0:
		from = q.Using("posts", "posts_parent")
	case len(p.Authors) > 0:
		from = q.Using("posts", "posts_author")
	}
	q.text.WriteString("SELECT id FROM " + from)
	s.started(q)
	if len(p.IDs) > 0 {
		q.in("id", positions(p.IDs))
	} else {
		q.and("removed_at > ?", seconds(s.gone))
	}
	if len(p.Parents) > 0 {
		q.and("parent IS NOT NULL")
		q.in("parent", positions(p.Parents))
	}
	if len(p.Authors) > 0 {
		q.in("author", addresses(p.Authors))
	}
	if !p.Before.IsZero() {
		q.and("id < ?", pos(p.Before))
	}
	if p.Since > 0 {
		q.and("time >= ?", seconds(p.Since))
	}
	if p.Roots {
		q.and("parent IS NULL")
	}
	q.add(" ORDER BY id DESC LIMIT ?", limited(p.Limit, fold.DefaultPosts))
	return s.posts("SELECT "+postColumns+" FROM posts WHERE id IN ("+q.text.String()+") ORDER BY id DESC", q.args)
}

// PostsByCID are the posts whose content this is, or was when they were removed,
// newest position first, at most limit (0 means 1,000).
func (s *Snapshot) PostsByCID(c cid.Cid, limit int) ([]graph.Post, error) {
	n := s.block.Number
	posts, edits := s.m.db.Dialect.Using("posts", "posts_cid"), s.m.db.Dialect.Using("edits e", "edits_cid")
	return s.posts("SELECT "+postColumns+` FROM posts WHERE id IN (
			SELECT id FROM `+posts+` WHERE cid = $1 AND id < $2 AND edited_at > $3
		UNION ALL
			SELECT e.post FROM `+edits+` WHERE e.cid = $1 AND e.id < $2
				AND NOT EXISTS (SELECT 1 FROM edits x WHERE x.post = e.post AND x.id > e.id AND x.id < $2)
		) ORDER BY id DESC LIMIT $4`, []any{c.Bytes(), after(n), seconds(n), limited(limit, fold.DefaultPosts)})
}

// posts reads the query's rows, with the edits that took the first content's
// place by the block, and the texts.
func (s *Snapshot) posts(text string, args []any) ([]graph.Post, error) {
	type state struct{ present, edited, gone uint64 }
	var out []graph.Post
	var states []state
	edited := map[graph.PostID]int{}
	n := s.block.Number
	err := s.read(text, args, func(r *sql.Rows) error {
		var id, parent, quote position
		var author address
		var content, parentCID, quoteCID name
		var present, at, gone int64
		var p graph.Post
		if err := r.Scan(&id, &author, &content, &p.Time, &parent, &parentCID, &quote, &quoteCID, &present, &at, &gone); err != nil {
			return err
		}
		p.ID, p.Author, p.CID = id.Position, author.Address, content.Cid
		p.Parent = graph.Ref{ID: parent.Position, CID: parentCID.Cid}
		p.Quote = graph.Ref{ID: quote.Position, CID: quoteCID.Cid}
		if number(at) <= n {
			edited[p.ID] = len(out)
		}
		out = append(out, p)
		states = append(states, state{number(present), number(at), number(gone)})
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(edited) > 0 {
		q := s.query()
		q.add("SELECT e.id, e.post, e.cid, e.present_from, e.to_block FROM ")
		q.rows("b", set(edited, pos))
		q.add(` AS k CROSS JOIN edits e WHERE e.id = (SELECT x.id FROM edits x WHERE x.post = k.a AND x.id < ? ORDER BY x.id DESC LIMIT 1)`, after(n))
		err := s.run(q, func(r *sql.Rows) error {
			var id, of position
			var c name
			var present, to int64
			err := r.Scan(&id, &of, &c, &present, &to)
			i := edited[of.Position]
			out[i].CID, out[i].Edited = c.Cid, id.Position
			states[i].present, states[i].edited = number(present), number(to)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	for i := range out {
		p, st := &out[i], states[i]
		// A content that was replaced before the Window has no text any more.
		p.Status = s.status(st.gone > s.gone && st.edited > s.gone, p.CID, st.present)
		if st.edited <= n && st.gone > n {
			return nil, fmt.Errorf("post %s has no content at block %d: %s, it is indexed again", p.ID, n, s.m.db.Again)
		}
	}
	docs, err := s.postDocuments(out)
	if err != nil {
		return nil, err
	}
	for i := range out {
		if p := &out[i]; p.Status == graph.Present {
			if d := docs[p.CID.KeyString()]; d != nil {
				p.Content, p.Embedding = d.content, d.embedding
			} else {
				p.Status = graph.Removed // the Window moved on while we read
			}
		}
	}
	return out, nil
}

// Follows are the edges that the query asks for, newest position first.
func (s *Snapshot) Follows(f graph.FollowQuery) ([]graph.Follow, error) {
	return s.edges(fold.Follows, f)
}

// Requests are the requests to follow that nobody has answered, newest position first.
func (s *Snapshot) Requests(f graph.FollowQuery) ([]graph.Follow, error) {
	return s.edges(fold.Requested, f)
}

// BlockEdges say who blocks whom, newest position first.
func (s *Snapshot) BlockEdges(f graph.FollowQuery) ([]graph.Follow, error) {
	return s.edges(fold.Blocks, f)
}

func (s *Snapshot) edges(kind fold.Edge, f graph.FollowQuery) (out []graph.Follow, err error) {
	q := s.query()
	from := "edges"
	switch {
	case len(f.From) > 0:
		from = q.Using("edges", "edges_from")
	case len(f.To) > 0:
		from = q.Using("edges", "edges_to")
	}
	q.text.WriteString("SELECT id, from_addr, to_addr, time FROM " + from)
	s.standing(q, "to_block")
	q.and("kind = ?", int64(kind))
	if len(f.From) > 0 {
		q.in("from_addr", addresses(f.From))
	}
	if len(f.To) > 0 {
		q.in("to_addr", addresses(f.To))
	}
	q.add(" ORDER BY id DESC LIMIT ?", limited(f.Limit, fold.DefaultRows))
	err = s.run(q, func(r *sql.Rows) error {
		var id position
		var from, to address
		var f graph.Follow
		if err := r.Scan(&id, &from, &to, &f.Time); err != nil {
			return err
		}
		f.ID, f.From, f.To = id.Position, from.Address, to.Address
		out = append(out, f)
		return nil
	})
	return out, err
}

// Policies are the policies of those of the addresses that are not open.
func (s *Snapshot) Policies(of []graph.Address) (map[graph.Address]graph.Policy, error) {
	out := map[graph.Address]graph.Policy{}
	if len(of) == 0 {
		return out, nil
	}
	q := s.query()
	q.text.WriteString("SELECT address, policy FROM " + q.Using("policies", "policies_address"))
	s.standing(q, "to_block")
	q.and("policy <> ?", int64(graph.PolicyOpen))
	q.in("address", addresses(of))
	return out, s.run(q, func(r *sql.Rows) error {
		var a address
		var p graph.Policy
		err := r.Scan(&a, &p)
		out[a.Address] = p
		return err
	})
}

// Reactions are the reactions that the query asks for, newest position first. The
// newest of all are kept, since every reader of a block asks for the same.
func (s *Snapshot) Reactions(f graph.ReactionQuery) ([]graph.Reaction, error) {
	if len(f.Authors)+len(f.Subjects) > 0 || f.Since > 0 {
		return s.reactions(f)
	}
	key := latest{s.block.Number, f.Limit}
	if kept, ok := s.m.latest.Get(key); ok {
		return slices.Clone(kept), s.m.still(s)
	}
	out, err := s.reactions(f)
	if err != nil {
		return nil, err
	}
	return slices.Clone(out), s.keep(func() { s.m.latest.Add(key, out) })
}

// latest names an answer about the newest reactions.
type latest struct {
	block uint64
	limit int
}

func (s *Snapshot) reactions(f graph.ReactionQuery) (out []graph.Reaction, err error) {
	q := s.query()
	from := "reactions"
	switch {
	case len(f.Authors) > 0:
		from = q.Using("reactions", "reactions_author")
	case len(f.Subjects) > 0:
		from = q.Using("reactions", "reactions_subject")
	}
	q.text.WriteString("SELECT id, author, subject, kind, time FROM " + from)
	s.standing(q, "to_block")
	if len(f.Authors) > 0 {
		q.in("author", addresses(f.Authors))
	}
	if len(f.Subjects) > 0 {
		q.in("subject", positions(f.Subjects))
	}
	if f.Since > 0 {
		q.and("time >= ?", seconds(f.Since))
	}
	q.add(" ORDER BY id DESC LIMIT ?", limited(f.Limit, fold.DefaultRows))
	err = s.run(q, func(r *sql.Rows) error {
		var id, subject position
		var author address
		var f graph.Reaction
		if err := r.Scan(&id, &author, &subject, &f.Kind, &f.Time); err != nil {
			return err
		}
		f.ID, f.Author, f.Subject = id.Position, author.Address, subject.Position
		out = append(out, f)
		return nil
	})
	return out, err
}

// Profiles are the profiles of those of the addresses that have one, in address order.
func (s *Snapshot) Profiles(of []graph.Address) ([]graph.Profile, error) {
	if len(of) == 0 {
		return nil, nil
	}
	return s.profiles(func(q *query) { q.in("address", addresses(of)) }, 0)
}

// ProfilesAfter pages through all profiles in address order: at most limit (0
// means 1,000) of those behind the address.
func (s *Snapshot) ProfilesAfter(after graph.Address, limit int) ([]graph.Profile, error) {
	return s.profiles(func(q *query) { q.and("address > ?", after[:]) }, limited(limit, fold.DefaultPosts))
}

// profiles are those that the condition picks, at most limit (0: all).
func (s *Snapshot) profiles(condition func(*query), limit int) ([]graph.Profile, error) {
	q := s.query()
	q.text.WriteString("SELECT id, address, cid, imported, present_from, to_block FROM " + q.Using("profiles", "profiles_address"))
	s.standing(q, "to_block")
	condition(q)
	q.add(" ORDER BY address")
	if limit > 0 {
		q.add(" LIMIT ?", limit)
	}
	var out []graph.Profile
	err := s.run(q, func(r *sql.Rows) error {
		var id position
		var who address
		var content name
		var present, gone int64
		var p graph.Profile
		if err := r.Scan(&id, &who, &content, &p.Imported, &present, &gone); err != nil {
			return err
		}
		p.ID, p.Address, p.CID = id.Position, who.Address, content.Cid
		p.Status = s.status(number(gone) > s.gone, p.CID, number(present))
		out = append(out, p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	docs, err := s.profileDocuments(out)
	if err != nil {
		return nil, err
	}
	for i := range out {
		if p := &out[i]; p.Status == graph.Present {
			var ok bool
			if p.Content, ok = docs[p.CID.KeyString()]; !ok {
				p.Status = graph.Removed // the Window moved on while we read
			}
		}
	}
	return out, nil
}

// keep runs add, which remembers an answer of this snapshot, unless the block was
// rolled back; Rollback empties what is remembered under the same lock.
func (s *Snapshot) keep(add func()) error {
	s.m.mu.RLock()
	defer s.m.mu.RUnlock()
	if err := s.m.stillLocked(s); err != nil {
		return err
	}
	add()
	return nil
}

// Near are the present posts whose embedding has the largest inner product with
// e, then newest first. A zero embedding is near to nothing.
func (s *Snapshot) Near(e *graph.Embedding, limit int) ([]graph.PostID, error) {
	ids, err := s.m.vectors.Near(s.ctx, e, limit, s.block.Number)
	if err != nil {
		return nil, fmt.Errorf("ask the vectors at block %d: %w", s.block.Number, err)
	}
	return ids, s.m.still(s)
}
