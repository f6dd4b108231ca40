package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/graph/snapshot"
)

// standing is every content that a post or a profile shows at a block, if it is
// known by now: $1 is the lowest position behind the block, $2 the block.
const standing = `(SELECT v.cid, v.present_from FROM ` + everyVersion + ` AS v WHERE v.id < $1 AND v.to_block > $2
	UNION ALL SELECT cid, present_from FROM profiles WHERE id < $1 AND to_block > $2)`

// Export gives the rows of a snapshot at the block to take, in their order, while
// blocks go on being committed. Contents are those that are known and withheld as
// it begins. Error: ErrNoBlock for a block that the mirror does not have or that
// is, before the end, older than the Window; ErrReorged when it is rolled back.
func (m *Mirror) Export(ctx context.Context, block uint64, take func(snapshot.Row) error) error {
	s, err := m.At(ctx, block)
	if err != nil {
		return err
	}
	x := &export{Snapshot: s, take: take, hidden: map[cid.Cid]bool{}}
	for _, c := range s.withheld.now() {
		x.hidden[c] = true
	}
	for _, section := range []func() error{x.kept, x.accounts, x.withheldRows, x.documents, x.profiles, x.posts, x.edges, x.policies, x.reactions, x.kept} {
		if err := section(); err != nil {
			return err
		}
	}
	return nil
}

// kept makes sure that no text that the snapshot needs was deleted meanwhile.
func (x *export) kept() error {
	head, ok, err := x.m.Head(x.ctx)
	if err == nil && (!ok || x.block.Number < horizon(head.Number)) {
		err = ErrNoBlock
	}
	return errors.Join(err, x.m.still(x.Snapshot))
}

type export struct {
	*Snapshot
	take   func(snapshot.Row) error
	hidden map[cid.Cid]bool
}

// each runs a query for rows of the block; its $1 and $2 are those of standing.
func (x *export) each(text string, take func(*sql.Rows) error, more ...any) error {
	return x.read(text, append([]any{after(x.block.Number), seconds(x.block.Number)}, more...), take)
}

func (x *export) accounts() error {
	return x.read(`SELECT address, id, time FROM accounts WHERE id < $1 ORDER BY address`, []any{after(x.block.Number)}, func(r *sql.Rows) error {
		var a address
		var id position
		var time int64
		if err := r.Scan(&a, &id, &time); err != nil {
			return err
		}
		return x.take(snapshot.Account{Address: a.Address, First: id.Position, Time: uint64(time)})
	})
}

func (x *export) withheldRows() error {
	if len(x.hidden) == 0 {
		return nil
	}
	set, arg := x.m.db.Dialect.Set(3, cids(x.withheld.now()))
	return x.each(`SELECT DISTINCT k.cid FROM `+standing+` AS k WHERE k.cid `+set+` ORDER BY k.cid`, func(r *sql.Rows) error {
		var c name
		if err := r.Scan(&c); err != nil {
			return err
		}
		return x.take(snapshot.Withheld{CID: c.Cid})
	}, arg)
}

func (x *export) documents() error {
	return x.each(`SELECT k.cid, d.body, d.embedding FROM (SELECT DISTINCT k.cid FROM `+standing+` AS k
		WHERE k.present_from < 9223372036854775807) AS k LEFT JOIN documents d ON d.cid = k.cid ORDER BY k.cid`, func(r *sql.Rows) error {
		var c name
		var e sql.Null[embedding]
		d := snapshot.Document{}
		if err := r.Scan(&c, &d.Body, &e); err != nil {
			return err
		}
		if d.CID = c.Cid; x.hidden[d.CID] {
			return nil
		}
		if d.Body == nil {
			return errors.Join(x.kept(), fmt.Errorf("content %s is shown and is not kept: %s, it is indexed again", d.CID, x.m.db.Again))
		}
		if e.Valid {
			d.Embedding = &e.V.Embedding
		}
		return x.take(d)
	})
}

func (x *export) profiles() error {
	return x.each(`SELECT address, id, cid, imported FROM profiles WHERE id < $1 AND to_block > $2 ORDER BY address`, func(r *sql.Rows) error {
		var a address
		var id position
		var c name
		var imported bool
		if err := r.Scan(&a, &id, &c, &imported); err != nil {
			return err
		}
		return x.take(snapshot.Profile{Address: a.Address, ID: id.Position, CID: c.Cid, Imported: imported})
	})
}

// posts reads posts and their edits side by side.
func (x *export) posts() error {
	edits, err := x.m.db.Read.QueryContext(x.ctx, `SELECT post, id, cid FROM edits WHERE id < $1 ORDER BY post, id`, after(x.block.Number))
	if err != nil {
		return fmt.Errorf("read the edits up to block %d: %w", x.block.Number, err)
	}
	defer edits.Close()
	var of position
	var edit snapshot.Edit
	more := true
	next := func() error {
		if more = edits.Next(); !more {
			return edits.Err()
		}
		var id position
		var c name
		err := edits.Scan(&of, &id, &c)
		edit = snapshot.Edit{ID: id.Position, CID: c.Cid}
		return err
	}
	if err := next(); err != nil {
		return err
	}
	err = x.read(`SELECT id, author, time, parent, parent_cid, quote, quote_cid, removed_at, cid FROM posts WHERE id < $1 ORDER BY id`,
		[]any{after(x.block.Number)}, func(r *sql.Rows) error {
			var id, parent, quote position
			var author address
			var parentCID, quoteCID, c name
			var time, removed int64
			if err := r.Scan(&id, &author, &time, &parent, &parentCID, &quote, &quoteCID, &removed, &c); err != nil {
				return err
			}
			p := snapshot.Post{ID: id.Position, Author: author.Address, Time: uint64(time), Removed: removed <= seconds(x.block.Number), CID: c.Cid,
				Parent: graph.Ref{ID: parent.Position, CID: parentCID.Cid}, Quote: graph.Ref{ID: quote.Position, CID: quoteCID.Cid}}
			for more && of.Position == p.ID {
				p.Edits = append(p.Edits, edit)
				if err := next(); err != nil {
					return err
				}
			}
			return x.take(p)
		})
	if err == nil && more {
		err = fmt.Errorf("the edit %s is of no post: %s, it is indexed again", edit.ID, x.m.db.Again)
	}
	return err
}

func (x *export) edges() error {
	return x.each(`SELECT kind, id, from_addr, to_addr, time FROM edges WHERE id < $1 AND to_block > $2 ORDER BY kind, id`, func(r *sql.Rows) error {
		var id position
		var from, to address
		var kind, time int64
		if err := r.Scan(&kind, &id, &from, &to, &time); err != nil {
			return err
		}
		return x.take(snapshot.Edge{Kind: snapshot.EdgeKind(kind),
			Follow: graph.Follow{ID: id.Position, From: from.Address, To: to.Address, Time: uint64(time)}})
	})
}

func (x *export) policies() error {
	return x.each(`SELECT address, id, policy FROM policies WHERE id < $1 AND to_block > $2 AND policy > 1 ORDER BY address`, func(r *sql.Rows) error {
		var a address
		var id position
		var policy int64
		if err := r.Scan(&a, &id, &policy); err != nil {
			return err
		}
		return x.take(snapshot.Policy{Address: a.Address, ID: id.Position, Policy: graph.Policy(policy)})
	})
}

func (x *export) reactions() error {
	return x.each(`SELECT id, author, subject, kind, time FROM reactions WHERE id < $1 AND to_block > $2 ORDER BY id`, func(r *sql.Rows) error {
		var id, subject position
		var author address
		var kind, time int64
		if err := r.Scan(&id, &author, &subject, &kind, &time); err != nil {
			return err
		}
		return x.take(snapshot.Reaction{Reaction: graph.Reaction{ID: id.Position, Author: author.Address, Subject: subject.Position,
			Kind: graph.ReactionKind(kind), Time: uint64(time)}})
	})
}
