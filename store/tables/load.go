package tables

import (
	"context"
	"errors"
	"fmt"
	"io"

	"candor/graph"
	"candor/graph/snapshot"
	"candor/internal/crashpoint"
)

// Import fills an empty mirror with a snapshot, whose block is then its first and
// its head: all of it or, on an error, nothing. The rows are trusted as far as
// the reader checked them.
func (m *Mirror) Import(ctx context.Context, r *snapshot.Reader) error {
	m.writing.Lock()
	defer m.writing.Unlock()
	if err := m.catchUp(ctx); err != nil {
		return err
	}
	if m.head != nil {
		return fmt.Errorf("the mirror has blocks up to %d and a snapshot starts an empty one: %s first", m.head.Number, m.db.Again)
	}
	err := m.db.transact(ctx, func(t *tx) error {
		l := &loading{t: t, block: r.Root().At(), waiting: map[string][][]any{}}
		for {
			row, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err == nil {
				err = l.take(row)
			}
			if err != nil {
				return err
			}
		}
		root := r.Root().MirrorRoot
		l.add(inBlocks, seconds(l.block.Number), l.block.Hash.Bytes(), l.block.Parent.Bytes(), seconds(l.block.Time), root.Bytes())
		if err := l.flush(); err != nil {
			return err
		}
		crashpoint.Here("store.import.before")
		return nil
	})
	if err != nil {
		m.behind = true // see CommitAll
		return err
	}
	crashpoint.Here("store.import.after")
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forget()
	if err := m.load(ctx); err != nil {
		m.head, m.behind = nil, true
		return err
	}
	return m.checkSpaces(ctx, m.vectors.Check(ctx, m.at()))
}

// loading brings rows into the tables, some at once.
type loading struct {
	t       *tx
	block   graph.Block
	tables  []Table // of waiting, in the order of their first rows
	waiting map[string][][]any
	count   int
	err     error
}

const loadAtOnce = 2_000 // rows

func (l *loading) add(into Table, row ...any) {
	if l.waiting[into.Name] == nil {
		l.tables = append(l.tables, into)
	}
	l.waiting[into.Name] = append(l.waiting[into.Name], row)
	l.count++
}

func (l *loading) flush() error {
	for _, into := range l.tables {
		if err := l.t.insert(into, l.waiting[into.Name]); err != nil {
			return err
		}
	}
	l.tables, l.count = nil, 0
	clear(l.waiting)
	crashpoint.Here("store.import.rows")
	return nil
}

func (l *loading) take(row snapshot.Row) error {
	switch r := row.(type) {
	case snapshot.Account:
		l.add(inAccounts, r.Address.Bytes(), pos(r.First), seconds(r.Time))
	case snapshot.Withheld:
		l.add(inWithheld, r.CID.Bytes(), seconds(l.block.Number), int64(forever))
	case snapshot.Document:
		var e []byte
		if r.Embedding != nil {
			e = r.Embedding.Bytes()
		}
		l.add(inDocuments, r.CID.Bytes(), r.Body, e)
	case snapshot.Profile:
		l.add(inProfiles, pos(r.ID), r.Address.Bytes(), r.CID.Bytes(), r.Imported, l.present(r.Status), int64(forever))
	case snapshot.Post:
		l.post(r)
	case snapshot.Edge:
		l.add(inEdges, pos(r.ID), int64(r.Kind), r.From.Bytes(), r.To.Bytes(), seconds(r.Time), int64(forever))
	case snapshot.Policy:
		l.add(inPolicies, pos(r.ID), r.Address.Bytes(), int64(r.Policy), int64(forever))
	case snapshot.Reaction:
		l.add(inReactions, pos(r.ID), r.Author.Bytes(), pos(r.Subject), r.Receiver.Bytes(), int64(r.Kind), seconds(r.Time), int64(forever))
	default:
		return fmt.Errorf("the store does not know rows of %T", row)
	}
	if l.count >= loadAtOnce {
		return l.flush()
	}
	return nil
}

// present is the block from which content of the status is there.
func (l *loading) present(s graph.Status) int64 {
	if s == graph.Present {
		return seconds(l.block.Number)
	}
	return forever
}

// post adds a post with its edits. What no snapshot from here on shows has no
// content: an earlier version, a removed post.
func (l *loading) post(r snapshot.Post) {
	removed, present, digested := int64(forever), l.present(r.Status), any(nil)
	if r.Removed {
		removed = seconds(l.block.Number)
	}
	if r.Status == graph.Present {
		digested = r.Digest.Bytes()
	}
	ends := func(i int) int64 { // of version i
		if i < len(r.Edits) {
			return seconds(r.Edits[i].ID.Block)
		}
		return removed
	}
	shown := func(i int) (int64, any) {
		if i < len(r.Edits) {
			return forever, nil
		}
		return present, digested
	}
	parent, parentCID := ref(r.Parent)
	quote, quoteCID := ref(r.Quote)
	from, digest := shown(0)
	edited := int64(forever)
	if len(r.Edits) > 0 {
		edited = ends(0)
	}
	l.add(inPosts, pos(r.ID), r.Author.Bytes(), r.CID.Bytes(), seconds(r.Time), parent, parentCID, quote, quoteCID, from, digest, edited, removed)
	for i, e := range r.Edits {
		from, digest := shown(i + 1)
		l.add(inEdits, pos(e.ID), pos(r.ID), e.CID.Bytes(), from, digest, ends(i+1))
	}
}
