package tables

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/store/vectors"
)

// Window is how many blocks back readers may name a block: texts that were
// removed since then are still kept.
const Window = vectors.Window

// horizon is the newest block that is not in the Window that ends at the head:
// texts that were removed by then are deleted.
func horizon(head uint64) uint64 { return head - min(head, Window) }

// Errors that callers tell apart; readers get their words.
var (
	// ErrNoBlock says that the mirror does not have the block asked for.
	ErrNoBlock = graph.NotFound("the index does not have this block: ask for one from its first to its head")
	// ErrReorged says that a snapshot's block was rolled back while it was read.
	ErrReorged = graph.Later("the chain was reorganised while this was read: ask again")
)

// Options say how a mirror derives what it keeps.
type Options struct {
	Embed   func(string) graph.Embedding // pure: text to embedding
	Schema  graph.Hash                   // names Embed; a file made with another one is refused
	Genesis graph.Hash                   // of the chain; a file of another one is refused
	Vectors vectors.Index
	Spaces  vectors.Spaces // of towers; without any there are none
	Log     *slog.Logger   // nil: nothing is said
}

// Mirror keeps the graph and its texts in a database. One process opens a mirror
// at a time. Its methods may be called by many at once.
type Mirror struct {
	db       *Database
	embed    func(string) graph.Embedding
	index    vectors.Index
	vectors  *vectors.Keeper
	room     vectors.Spaces
	log      *slog.Logger
	posts    *lru.Cache[string, *postDocument]
	profiles *lru.Cache[string, graph.ProfileContent]
	roots    *lru.Cache[uint64, graph.Hash]
	trends   *lru.Cache[trend, []graph.PostID]
	latest   *lru.Cache[latest, []graph.Reaction]
	tree     *tree
	ahead    ahead
	seen     *lru.Cache[graph.Address, struct{}] // some of those who have an account

	writing sync.Mutex // one Commit or Rollback at a time
	behind  bool       // the head is not known; under writing
	missing []byte     // the CID at which Missing stopped; under writing

	mu        sync.RWMutex
	head      *graph.Block // what snapshots may show: set once the vectors followed
	first     uint64
	rollbacks []uint64 // every block rolled back to since the mirror was opened
	stats     *graph.Stats
	withheld  curtain
	spaces    map[graph.Hash]*space // of towers, by commitment; replaced whole, under writing too
}

// NewMirror is the mirror in the database, which it closes in the end. It makes
// sure that the index of vectors is what the mirror says.
func NewMirror(ctx context.Context, db *Database, o Options) (*Mirror, error) {
	m := &Mirror{db: db, embed: o.Embed, index: o.Vectors, room: o.Spaces, log: o.Log}
	m.posts, _ = lru.New[string, *postDocument](32_768) // fails for sizes below 1 only
	m.profiles, _ = lru.New[string, graph.ProfileContent](8_192)
	m.roots, _ = lru.New[uint64, graph.Hash](2 * Window)
	m.seen, _ = lru.New[graph.Address, struct{}](65_536)
	m.trends, _ = lru.New[trend, []graph.PostID](256)
	m.latest, _ = lru.New[latest, []graph.Reaction](8)
	for _, open := range []func() error{
		func() error { return m.made(ctx, "embedding", o.Schema, "with embedding schema") },
		func() error { return m.made(ctx, "genesis", o.Genesis, "of the chain with genesis") },
		func() error { return m.load(ctx) },
		func() (err error) {
			m.vectors, err = vectors.Open(ctx, m.index, source{m}, m.at(), m.log)
			return err
		},
	} {
		if err := open(); err != nil {
			db.Close()
			return nil, err
		}
	}
	return m, nil
}

// Lost says once why this process may not have the mirror alone any more; from then
// on nothing is written. It is nil where that cannot happen.
func (m *Mirror) Lost() <-chan error { return m.db.Lost }

// Close releases the database.
func (m *Mirror) Close() error { return m.db.Close() }

// made notes what a new file is made of, and refuses one that was made of
// something else.
func (m *Mirror) made(ctx context.Context, name string, want graph.Hash, what string) error {
	_, err := m.db.Write.ExecContext(ctx, `INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING`, name, want[:])
	if err != nil {
		return fmt.Errorf("note what the mirror is made of: %w", err)
	}
	var have hash
	if err := m.db.Write.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = $1`, name).Scan(&have); err != nil {
		return fmt.Errorf("read what the mirror is made of: %w", err)
	}
	if have.Hash != want {
		return fmt.Errorf("the mirror was made %s %s and here is %s: put back what it was made of, or %s, it is indexed again",
			what, have.Hash, want, m.db.Again)
	}
	return nil
}

// load reads the head and what is kept in memory of it; under writing and mu.
func (m *Mirror) load(ctx context.Context) (err error) {
	var first, last sql.NullInt64
	if err := m.db.Read.QueryRowContext(ctx, `SELECT min(number), max(number) FROM blocks`).Scan(&first, &last); err != nil {
		return fmt.Errorf("read the mirror's head: %w", err)
	}
	if last.Valid {
		head, err := m.block(ctx, uint64(last.Int64))
		if err != nil {
			return err
		}
		m.head, m.first = &head, uint64(first.Int64)
	}
	if m.withheld, err = m.curtain(ctx); err != nil {
		return err
	}
	return m.plant(ctx)
}

// curtain reads what is and was withheld.
func (m *Mirror) curtain(ctx context.Context) (curtain, error) {
	rows, err := m.db.Read.QueryContext(ctx, `SELECT cid, from_block, to_block FROM withheld ORDER BY cid, from_block`)
	if err != nil {
		return nil, fmt.Errorf("read what is withheld: %w", err)
	}
	defer rows.Close()
	w := curtain{}
	for rows.Next() {
		var c name
		var from, to int64
		if err := rows.Scan(&c, &from, &to); err != nil {
			return nil, fmt.Errorf("read what is withheld: %w", err)
		}
		w[c.Cid] = append(w[c.Cid], span{number(from), number(to)})
	}
	return w, rows.Err()
}

// Withheld are the contents that are withheld at the head, in the order of their bytes.
func (m *Mirror) Withheld(context.Context) ([]cid.Cid, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.withheld.now(), nil
}

func (m *Mirror) block(ctx context.Context, number uint64) (b graph.Block, err error) {
	var h, parent hash
	b.Number = number
	err = m.db.Read.QueryRowContext(ctx, `SELECT hash, parent, time FROM blocks WHERE number = $1`, seconds(number)).
		Scan(&h, &parent, &b.Time)
	b.Hash, b.Parent = h.Hash, parent.Hash
	if errors.Is(err, sql.ErrNoRows) {
		return b, ErrNoBlock
	} else if err != nil {
		return b, fmt.Errorf("read block %d: %w", number, err)
	}
	return b, nil
}

// Head is the newest block that snapshots may show; ok is false before the first.
func (m *Mirror) Head(context.Context) (b graph.Block, ok bool, err error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if m.head == nil {
		return b, false, nil
	}
	return *m.head, true, nil
}

// Block is the header of a block of the indexed chain; ok is false when the
// mirror does not have it.
func (m *Mirror) Block(ctx context.Context, number uint64) (graph.Block, bool, error) {
	s, err := m.At(ctx, number)
	if errors.Is(err, ErrNoBlock) || errors.Is(err, ErrReorged) {
		return graph.Block{}, false, nil
	} else if err != nil {
		return graph.Block{}, false, err
	}
	return s.block, true, nil
}

// At is the mirror as it was after the block. The snapshot's queries run under
// ctx. It fails with ErrNoBlock when the mirror does not have the block.
func (m *Mirror) At(ctx context.Context, block uint64) (*Snapshot, error) {
	m.mu.RLock()
	head, first, seen, withheld := m.head, m.first, len(m.rollbacks), m.withheld
	m.mu.RUnlock()
	if head == nil || block < first || block > head.Number {
		return nil, ErrNoBlock
	}
	s := &Snapshot{m: m, ctx: ctx, block: *head, gone: max(block, horizon(head.Number)), rollbacks: seen, withheld: withheld}
	if block != head.Number {
		var err error
		if s.block, err = m.block(ctx, block); err != nil {
			return nil, err
		}
	}
	return s, m.still(s)
}

// still fails when the snapshot's block was rolled back since it was taken.
func (m *Mirror) still(s *Snapshot) error {
	if s.own {
		return nil
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.stillLocked(s)
}

func (m *Mirror) stillLocked(s *Snapshot) error {
	for _, n := range m.rollbacks[s.rollbacks:] {
		if n < s.block.Number {
			return ErrReorged
		}
	}
	return nil
}

// Missing are CIDs of standing posts and profiles whose content nobody served,
// at most limit, to be tried again. Calls go round: each begins where the one
// before it stopped, so that a few lost contents do not hide the others.
func (m *Mirror) Missing(ctx context.Context, limit int) (out []cid.Cid, err error) {
	m.writing.Lock()
	defer m.writing.Unlock()
	if out, err = m.missingAfter(ctx, m.missing, nil, limit); err != nil {
		return nil, err
	}
	if rest := limit - len(out); rest > 0 && len(m.missing) > 0 {
		more, err := m.missingAfter(ctx, nil, m.missing, rest)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	m.missing = nil
	if len(out) == limit && limit > 0 {
		m.missing = bytes.Clone(out[limit-1].Bytes())
	}
	return out, nil
}

// missingAfter is the CIDs behind after and up to last (nil: to the end).
func (m *Mirror) missingAfter(ctx context.Context, after, last []byte, limit int) (out []cid.Cid, err error) {
	if after == nil {
		after = []byte{}
	}
	q := &query{Dialect: m.db.Dialect}
	q.add(`SELECT cid FROM (
		SELECT p.cid FROM posts p WHERE p.present_from = 9223372036854775807 AND p.edited_at = 9223372036854775807
			AND p.removed_at = 9223372036854775807 AND NOT EXISTS (SELECT 1 FROM invalid i WHERE i.cid = p.cid AND i.kind = 1)
		UNION
		SELECT e.cid FROM edits e WHERE e.present_from = 9223372036854775807 AND e.to_block = 9223372036854775807
			AND NOT EXISTS (SELECT 1 FROM invalid i WHERE i.cid = e.cid AND i.kind = 1)
		UNION
		SELECT p.cid FROM profiles p WHERE p.present_from = 9223372036854775807 AND p.to_block = 9223372036854775807
			AND NOT EXISTS (SELECT 1 FROM invalid i WHERE i.cid = p.cid AND i.kind = 2)
		) AS missing WHERE cid > ?`, after)
	if last != nil {
		q.add(" AND cid <= ?", last)
	}
	if hidden := m.withheld.now(); len(hidden) > 0 { // whoever withholds it does not want it
		set, arg := q.Set(len(q.args)+1, cids(hidden))
		q.add(" AND NOT cid " + set)
		q.args = append(q.args, arg)
	}
	q.add(" ORDER BY cid LIMIT ?", max(limit, 0))
	rows, err := m.db.Read.QueryContext(ctx, q.text.String(), q.args...)
	if err != nil {
		return nil, fmt.Errorf("read what is missing: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var c name
		if err := rows.Scan(&c); err != nil {
			return nil, fmt.Errorf("read what is missing: %w", err)
		}
		out = append(out, c.Cid)
	}
	return out, rows.Err()
}

// Stats counts the rows at the head; the count is kept until the next block.
func (m *Mirror) Stats(ctx context.Context) (graph.Stats, error) {
	m.mu.RLock()
	head, kept, seen, withheld := m.head, m.stats, len(m.rollbacks), m.withheld
	m.mu.RUnlock()
	if head == nil {
		return graph.Stats{}, nil
	}
	if kept != nil {
		return *kept, nil
	}
	s := &Snapshot{m: m, ctx: ctx, block: *head, rollbacks: seen}
	st := graph.Stats{Block: head.Number}
	b, n := after(head.Number), seconds(head.Number)
	q := &query{Dialect: m.db.Dialect}
	q.text.WriteString(`SELECT
		(SELECT count(*) FROM profiles WHERE id < $1 AND to_block > $2),
		(SELECT count(*) FROM posts WHERE id < $1 AND removed_at > $2),
		(SELECT count(*) FROM posts WHERE id < $1 AND removed_at > $2 AND parent IS NOT NULL),
		(SELECT count(*) FROM edges WHERE kind = 1 AND id < $1 AND to_block > $2),
		(SELECT count(*) FROM reactions WHERE id < $1 AND to_block > $2),
		(SELECT count(*) FROM posts WHERE id < $1 AND removed_at > $2 AND edited_at > $2 AND present_from > $2 AND NOT cid $set) +
		(SELECT count(*) FROM edits WHERE id < $1 AND to_block > $2 AND present_from > $2 AND NOT cid $set)`)
	set, arg := q.Set(3, cids(withheld.now()))
	err := s.read(strings.ReplaceAll(q.text.String(), "$set", set), []any{b, n, arg},
		func(r *sql.Rows) error {
			return r.Scan(&st.Profiles, &st.Posts, &st.Replies, &st.Follows, &st.Reactions, &st.Unavailable)
		})
	if err != nil {
		return graph.Stats{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.head == head {
		m.stats = &st
	}
	return st, nil
}
