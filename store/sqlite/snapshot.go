package sqlite

import (
	"context"
	"database/sql"
	"fmt"

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
}

// Block is the block that the snapshot shows.
func (s *Snapshot) Block() graph.Block { return s.block }

// read runs a query and gives each row to take; then it makes sure that the rows
// were of this snapshot's chain.
func (s *Snapshot) read(text string, args []any, take func(*sql.Rows) error) error {
	rows, err := s.m.db.read.QueryContext(s.ctx, text, args...)
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

const postColumns = `id, author, cid, time, parent, parent_cid, quote, quote_cid, present_from, removed_at`

// Posts are the posts that the query asks for, newest position first. Removed
// ones are among them only when the query names IDs.
func (s *Snapshot) Posts(p graph.PostQuery) ([]graph.Post, error) {
	q := &query{}
	from := "posts"
	switch { // SQLite has no statistics: say which list is the short one
	case len(p.IDs) > 0:
	case len(p.Parents) > 0:
		from = "posts INDEXED BY posts_parent"
	case len(p.Authors) > 0:
		from = "posts INDEXED BY posts_author"
	}
	q.text.WriteString("SELECT " + postColumns + " FROM posts WHERE id IN (SELECT id FROM " + from)
	s.started(q)
	if len(p.IDs) > 0 {
		q.and(in("id"), list(p.IDs, pos))
	} else {
		q.and("removed_at > ?", seconds(s.gone))
	}
	if len(p.Parents) > 0 {
		q.and("parent IS NOT NULL AND "+in("parent"), list(p.Parents, pos))
	}
	if len(p.Authors) > 0 {
		q.and(in("author"), list(p.Authors, addressBytes))
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
	q.add(" ORDER BY id DESC LIMIT ?) ORDER BY id DESC", limited(p.Limit, fold.DefaultPosts))
	return s.posts(q)
}

// PostsByCID are the posts with this content, removed ones too, newest position
// first, at most limit (0 means 1,000).
func (s *Snapshot) PostsByCID(c cid.Cid, limit int) ([]graph.Post, error) {
	q := &query{}
	q.text.WriteString("SELECT " + postColumns + " FROM posts INDEXED BY posts_cid")
	s.started(q)
	q.and("cid = ?", c.Bytes())
	q.add(" ORDER BY id DESC LIMIT ?", limited(limit, fold.DefaultPosts))
	return s.posts(q)
}

// posts reads the query's rows with their texts.
func (s *Snapshot) posts(q *query) ([]graph.Post, error) {
	var out []graph.Post
	err := s.run(q, func(r *sql.Rows) error {
		var id, parent, quote position
		var author address
		var content, parentCID, quoteCID name
		var present, gone int64
		var p graph.Post
		if err := r.Scan(&id, &author, &content, &p.Time, &parent, &parentCID, &quote, &quoteCID, &present, &gone); err != nil {
			return err
		}
		p.ID, p.Author, p.CID = id.Position, author.Address, content.Cid
		p.Parent = graph.Ref{ID: parent.Position, CID: parentCID.Cid}
		p.Quote = graph.Ref{ID: quote.Position, CID: quoteCID.Cid}
		switch n := seconds(s.block.Number); {
		case gone <= seconds(s.gone):
			p.Status = graph.Removed
		case present <= n:
			p.Status = graph.Present
		default:
			p.Status = graph.Unavailable
		}
		out = append(out, p)
		return nil
	})
	if err != nil {
		return nil, err
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
func (s *Snapshot) Follows(f graph.FollowQuery) (out []graph.Follow, err error) {
	q := &query{}
	from := "follows"
	switch {
	case len(f.From) > 0:
		from = "follows INDEXED BY follows_from"
	case len(f.To) > 0:
		from = "follows INDEXED BY follows_to"
	}
	q.text.WriteString("SELECT id, from_addr, to_addr, time FROM " + from)
	s.standing(q, "to_block")
	if len(f.From) > 0 {
		q.and(in("from_addr"), list(f.From, addressBytes))
	}
	if len(f.To) > 0 {
		q.and(in("to_addr"), list(f.To, addressBytes))
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

// Reactions are the reactions that the query asks for, newest position first.
func (s *Snapshot) Reactions(f graph.ReactionQuery) (out []graph.Reaction, err error) {
	q := &query{}
	from := "reactions"
	switch {
	case len(f.Authors) > 0:
		from = "reactions INDEXED BY reactions_author"
	case len(f.Subjects) > 0:
		from = "reactions INDEXED BY reactions_subject"
	}
	q.text.WriteString("SELECT id, author, subject, kind, time FROM " + from)
	s.standing(q, "to_block")
	if len(f.Authors) > 0 {
		q.and(in("author"), list(f.Authors, addressBytes))
	}
	if len(f.Subjects) > 0 {
		q.and(in("subject"), list(f.Subjects, pos))
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
func (s *Snapshot) Profiles(addresses []graph.Address) ([]graph.Profile, error) {
	if len(addresses) == 0 {
		return nil, nil
	}
	return s.profiles("", in("address"), list(addresses, addressBytes))
}

// ProfilesAfter pages through all profiles in address order: at most limit (0
// means 1,000) of those behind the address.
func (s *Snapshot) ProfilesAfter(after graph.Address, limit int) ([]graph.Profile, error) {
	return s.profiles(fmt.Sprintf(" LIMIT %d", limited(limit, fold.DefaultPosts)), "address > ?", after[:])
}

func (s *Snapshot) profiles(end, condition string, arg any) ([]graph.Profile, error) {
	q := &query{}
	q.text.WriteString("SELECT id, address, cid, imported, present_from, to_block FROM profiles INDEXED BY profiles_address")
	s.standing(q, "to_block")
	q.and(condition, arg)
	q.add(" ORDER BY address" + end)
	var out []graph.Profile
	err := s.run(q, func(r *sql.Rows) error {
		var id position
		var who address
		var content name
		var present, gone int64
		p := graph.Profile{Status: graph.Unavailable}
		if err := r.Scan(&id, &who, &content, &p.Imported, &present, &gone); err != nil {
			return err
		}
		p.ID, p.Address, p.CID = id.Position, who.Address, content.Cid
		switch {
		case gone <= seconds(s.gone):
			p.Status = graph.Removed
		case present <= seconds(s.block.Number):
			p.Status = graph.Present
		}
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
