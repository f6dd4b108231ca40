package tables

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/store/vectors"
	"candor/zkcommit"
)

// spacious is how many posts a tower's space holds at a block unless something else is said:
// the newest, whatever became of them. A post leaves it with the block in which so many have
// come behind it.
const spacious = 8192

// spaceBatch is of how many contents vectors are looked up at once.
const spaceBatch = 512

// Book is where the vectors of towers are kept: a Ledger.
type Book interface {
	Vectors(ctx context.Context, tower graph.Hash, contents []cid.Cid) ([]zkcommit.TowerVector, error)
	Begun(ctx context.Context, tower graph.Hash, after uint64) ([]cid.Cid, error)
}

// space is an index of what one tower made of the newest posts, beside that of the
// embeddings, and kept by the same rules.
type space struct {
	source *towerSource
	keeper *vectors.Keeper
}

// at has what the source says be that of the head; under writing.
func (s *space) at(head graph.Block) *vectors.Keeper {
	s.source.head = head.Number
	return s.keeper
}

// Serve has a space for each of these towers, by their commitments, with the vectors that
// are in the book, and for no other tower.
func (m *Mirror) Serve(ctx context.Context, book Book, towers []graph.Hash) error {
	if m.room.Open == nil {
		return errors.New("this mirror has no place for the vectors of towers")
	}
	m.writing.Lock()
	defer m.writing.Unlock()
	if err := m.catchUp(ctx); err != nil {
		return err
	}
	served := map[graph.Hash]*space{}
	var failed []error
	for _, t := range towers {
		if s := m.spaces[t]; s != nil {
			served[t] = s
			continue
		}
		s, err := m.open(ctx, book, t)
		if err != nil {
			failed = append(failed, fmt.Errorf("the index of the vectors of the tower %s cannot be opened: %w", t, err))
			continue
		}
		served[t] = s
	}
	m.mu.Lock()
	m.spaces = served
	m.mu.Unlock()
	if m.room.Retain != nil {
		failed = append(failed, m.room.Retain(ctx, towers))
	}
	return errors.Join(failed...)
}

func (m *Mirror) open(ctx context.Context, book Book, of graph.Hash) (*space, error) {
	index, err := m.room.Open(ctx, of)
	if err != nil {
		return nil, err
	}
	s := &space{source: &towerSource{source: source{m}, book: book, tower: of, head: m.at().Number, most: cmp.Or(m.room.Most, spacious)}}
	log := m.log
	if log != nil {
		log = log.With("tower", of)
	}
	s.keeper, err = vectors.Open(ctx, index, s.source, m.at(), log)
	return s, err
}

// Hold runs f with the head, while no block is taken in or back: what f keeps to be read
// from the next block on is there when that comes.
func (m *Mirror) Hold(ctx context.Context, f func(head graph.Block) error) error {
	m.writing.Lock()
	defer m.writing.Unlock()
	if err := m.catchUp(ctx); err != nil {
		return err
	}
	return f(m.at())
}

// followSpaces brings the spaces from a block to the head; under writing.
func (m *Mirror) followSpaces(ctx context.Context, from uint64, head graph.Block) {
	for _, s := range m.spaces {
		s.at(head).Advance(ctx, from, head)
	}
}

// rollbackVectors brings the index and the spaces back to the head; under writing.
func (m *Mirror) rollbackVectors(ctx context.Context) {
	m.vectors.Rollback(ctx, m.at())
	for _, s := range m.spaces {
		s.at(m.at()).Rollback(ctx, m.at())
	}
}

// checkSpaces compares the spaces with the mirror, too; under writing.
func (m *Mirror) checkSpaces(ctx context.Context, err error) error {
	all := []error{err}
	for _, s := range m.spaces {
		all = append(all, s.at(m.at()).Check(ctx, m.at()))
	}
	return errors.Join(all...)
}

// ErrNoSpace is the answer for a tower that is not served.
var ErrNoSpace = graph.NotFound("this node has no vectors of this tower: GET /api/v1/towers lists those that it has")

// NearBy are the present posts of which the tower's vectors have the largest inner products
// with e, then newest first, among the newest that its space holds.
func (s *Snapshot) NearBy(tower graph.Hash, e *graph.Embedding, limit int) ([]graph.PostID, error) {
	s.m.mu.RLock()
	in := s.m.spaces[tower]
	s.m.mu.RUnlock()
	if in == nil {
		return nil, ErrNoSpace
	}
	ids, err := in.keeper.Near(s.ctx, e, limit, s.block.Number)
	if err != nil {
		return nil, fmt.Errorf("ask the vectors of the tower %s at block %d: %w", tower, s.block.Number, err)
	}
	return ids, s.m.still(s)
}

// towerSource shows a keeper what a tower made of the posts that the mirror's last commit
// left: of each content from the block on from which its vector counts, while the post
// shows that content and is one of the newest.
type towerSource struct {
	source
	book  Book
	tower graph.Hash
	head  uint64 // under writing
	most  int
}

// Vectors implements vectors.Source.
func (t *towerSource) Vectors(ctx context.Context, q vectors.Query, take func(*graph.Vector) error) error {
	w, err := t.window(ctx, max(q.Since, q.Floor))
	if err != nil {
		return fmt.Errorf("read the newest posts: %w", err)
	}
	p := part{column: "v.cid", order: " ORDER BY v.post, v.id", from: w.from}
	if q.Since > 0 {
		begun, err := t.book.Begun(ctx, t.tower, q.Since)
		if err != nil {
			return err
		}
		if p.posts, err = t.moved(ctx, q.Since, append(t.m.withheld.all(), begun...)); err != nil {
			return fmt.Errorf("read what posts changed: %w", err)
		}
		p.posts = append(p.posts, slices.Collect(maps.Keys(w.leave))...)
	}
	type shown struct {
		post    graph.PostID
		content cid.Cid
		span
	}
	var all []shown
	var content name
	err = t.spans(ctx, q, p, &content, func(id graph.PostID, s span) error {
		if out, leaves := w.leave[id]; leaves {
			s.to = min(s.to, out)
		}
		all = append(all, shown{id, content.Cid, s})
		return nil
	})
	if err != nil {
		return err
	}
	for some := range slices.Chunk(all, spaceBatch) {
		asked := map[cid.Cid]bool{}
		for _, s := range some {
			asked[s.content] = true
		}
		made, err := t.book.Vectors(ctx, t.tower, slices.Collect(maps.Keys(asked)))
		if err != nil {
			return err
		}
		of := make(map[cid.Cid]*zkcommit.TowerVector, len(made))
		for i := range made {
			of[made[i].Content] = &made[i]
		}
		for _, s := range some {
			v := of[s.content]
			if v == nil || v.From > t.head {
				continue
			}
			if s.from = max(s.from, v.From); s.from >= s.to || !s.asked(q) {
				continue
			}
			at := graph.Vector{ID: s.post, From: s.from, To: s.to}
			copy(at.Embedding[:], v.Vector)
			if err := take(&at); err != nil {
				return err
			}
		}
	}
	return nil
}

// Entries implements vectors.Source.
func (t *towerSource) Entries(ctx context.Context, q vectors.Query, take func(graph.VectorEntry) error) error {
	return t.Vectors(ctx, q, func(v *graph.Vector) error { return take(v.Entry()) })
}

// moved are the posts to which something may have happened since the block: those that began
// or ceased to show a content, and those of the contents. It asks by what is indexed.
func (t *towerSource) moved(ctx context.Context, since uint64, contents []cid.Cid) ([]graph.PostID, error) {
	s := &query{Dialect: t.m.db.Dialect, args: []any{seconds(since)}}
	for i, at := range []string{"id FROM posts WHERE present_from", "id FROM posts WHERE removed_at", "id FROM posts WHERE edited_at",
		"post FROM edits WHERE present_from", "post FROM edits WHERE to_block"} {
		if i > 0 {
			s.add(" UNION ")
		}
		_, column, _ := strings.Cut(at, "WHERE ")
		s.add("SELECT " + at + " > $1 AND " + column + " < 9223372036854775807")
	}
	set, arg := s.Set(2, cids(contents))
	s.add(" UNION SELECT id FROM posts WHERE cid " + set + " UNION SELECT post FROM edits WHERE cid " + set)
	return t.posts(ctx, s.text.String(), append(s.args, arg)...)
}

// window is which posts are among the newest at a block or later.
type window struct {
	from  []byte // the first of them
	leave map[graph.PostID]uint64
}

// window says which posts are among the newest at the block or behind it, and which of them
// leave behind it: each with the block of the post that is so many places further on.
func (t *towerSource) window(ctx context.Context, at uint64) (w window, err error) {
	came, err := t.posts(ctx, `SELECT id FROM posts WHERE id >= $1 ORDER BY id`, after(at))
	if err != nil {
		return w, err
	}
	first, err := t.posts(ctx, `SELECT id FROM posts WHERE id < $1 ORDER BY id DESC LIMIT 1 OFFSET $2`, after(at), t.most-1)
	if err != nil {
		return w, err
	}
	there := t.most
	if w.from = pos(graph.Position{}); len(first) > 0 {
		w.from = pos(first[0])
	} else if err := t.m.db.Read.QueryRowContext(ctx, `SELECT count(*) FROM posts WHERE id < $1`, after(at)).Scan(&there); err != nil {
		return w, err
	}
	n := there + len(came) - t.most
	if n <= 0 {
		return w, nil
	}
	leaving, err := t.posts(ctx, `SELECT id FROM posts WHERE id >= $1 ORDER BY id LIMIT $2`, w.from, n)
	if err != nil {
		return w, err
	}
	w.leave = make(map[graph.PostID]uint64, n)
	for i, id := range leaving {
		w.leave[id] = came[i+t.most-there].Block
	}
	return w, nil
}

func (t *towerSource) posts(ctx context.Context, of string, args ...any) (ids []graph.PostID, err error) {
	rows, err := t.m.db.Read.QueryContext(ctx, of, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id position
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id.Position)
	}
	return ids, rows.Err()
}
