package tables

import (
	"fmt"

	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/graph/fold"
)

// The tables of a mirror that commits fill.
var (
	inBlocks    = Table{"blocks", []string{"number", "hash", "parent", "time", "root"}}
	inAccounts  = Table{"accounts", []string{"address", "id", "time"}}
	inProfiles  = Table{"profiles", []string{"id", "address", "cid", "imported", "present_from", "to_block"}}
	inPosts     = Table{"posts", []string{"id", "author", "cid", "time", "parent", "parent_cid", "quote", "quote_cid", "present_from", "digest", "edited_at", "removed_at"}}
	inEdits     = Table{"edits", []string{"id", "post", "cid", "present_from", "digest", "to_block"}}
	inEdges     = Table{"edges", []string{"id", "kind", "from_addr", "to_addr", "time", "to_block"}}
	inPolicies  = Table{"policies", []string{"id", "address", "policy", "to_block"}}
	inReactions = Table{"reactions", []string{"id", "author", "subject", "receiver", "kind", "time", "to_block"}}
	inWithheld  = Table{"withheld", []string{"cid", "from_block", "to_block"}}
	inDocuments = Table{"documents", []string{"cid", "body", "embedding"}}
	inExpiring  = Table{"expiring", []string{"at_block", "cid"}}
)

// changed is what a group of blocks does to the tables, the root and the vectors.
type changed struct {
	allPosts    []*post // new ones, and those of the tables that are in view
	allEdits    []*version
	allProfiles []*profile

	newAccounts  [][]any
	newEdges     []edge
	newPolicies  []newPolicy
	newReactions []reaction
	newDocuments [][]any
	invalid      [][]any

	endedEdges, endedPolicies, endedReactions []*row

	expiring map[expiry]bool
	veiled   map[cid.Cid]bool
	movers   map[*post]bool
	leaves   [][]leaf // of each block, by position
	vectors  []graph.Vector
}

type edge struct {
	*row
	kind     fold.Edge
	from, to graph.Address
	time     uint64
}

type newPolicy struct {
	*policy
	address graph.Address
}

type reaction struct {
	*row
	event    graph.Event
	receiver graph.Address
}

type expiry struct {
	block uint64
	cid   cid.Cid
}

// expire notes that the text lost one that names it.
func (g *group) expire(c cid.Cid, n uint64) { g.expiring[expiry{n, c}] = true }

// write brings the group into the tables.
func (g *group) write(t *tx, blocks []graph.Block, roots []graph.Hash) error {
	// What ends first: at most one row of its kind is open.
	ended := func(rows []*row) (out [][]any) {
		for _, r := range rows {
			out = append(out, []any{pos(r.id), seconds(r.to)})
		}
		return out
	}
	for _, u := range []struct {
		text, kinds string
		rows        [][]any
	}{
		{`UPDATE edges SET to_block = k.b FROM $rows AS k WHERE edges.id = k.a`, "bi", ended(g.endedEdges)},
		{`UPDATE policies SET to_block = k.b FROM $rows AS k WHERE policies.id = k.a`, "bi", ended(g.endedPolicies)},
		{`UPDATE reactions SET to_block = k.b FROM $rows AS k WHERE reactions.id = k.a`, "bi", ended(g.endedReactions)},
		{`UPDATE posts SET present_from = k.b, digest = k.c, edited_at = k.d, removed_at = k.e FROM $rows AS k WHERE posts.id = k.a`,
			"bibii", g.postRows(true)},
		{`UPDATE edits SET present_from = k.b, digest = k.c, to_block = k.d FROM $rows AS k WHERE edits.id = k.a`,
			"bibi", g.editRows(true)},
		{`UPDATE profiles SET present_from = k.b, to_block = k.c FROM $rows AS k WHERE profiles.id = k.a`, "bii", g.profileRows(true)},
		{`DELETE FROM withheld WHERE cid IN (SELECT a FROM $rows AS k)`, "b", g.veiledCIDs()},
		{`INSERT INTO invalid (cid, kind) SELECT k.a, k.b FROM $rows AS k WHERE true ON CONFLICT DO NOTHING`, "bi", g.invalid},
	} {
		if err := t.update(u.text, u.kinds, u.rows); err != nil {
			return err
		}
	}
	for _, i := range []struct {
		into Table
		rows [][]any
	}{
		{inBlocks, blockRows(blocks, roots)}, {inAccounts, g.newAccounts}, {inDocuments, g.newDocuments},
		{inProfiles, g.profileRows(false)}, {inPosts, g.postRows(false)}, {inEdits, g.editRows(false)},
		{inEdges, g.edgeRows()}, {inPolicies, g.policyRows()}, {inReactions, g.reactionRows()},
		{inWithheld, g.withheldRows()}, {inExpiring, g.expiringRows()},
	} {
		if err := t.insert(i.into, i.rows); err != nil {
			return err
		}
	}
	return nil
}

func blockRows(blocks []graph.Block, roots []graph.Hash) (out [][]any) {
	for i, b := range blocks {
		out = append(out, []any{seconds(b.Number), b.Hash.Bytes(), b.Parent.Bytes(), seconds(b.Time), roots[i].Bytes()})
	}
	return out
}

// postRows are the new posts, or the changes of those that the tables have.
func (g *group) postRows(stored bool) (out [][]any) {
	for _, p := range g.allPosts {
		present, to, edited := seconds(p.first.present), seconds(p.to), seconds(p.edited)
		switch {
		case p.stored != stored:
		case !stored:
			parent, parentCID := ref(p.parent)
			quote, quoteCID := ref(p.quote)
			out = append(out, []any{pos(p.id), p.author.Bytes(), p.cidOfFirst(), seconds(p.time), parent, parentCID, quote, quoteCID,
				present, digest(p.first.digest), edited, to})
		case p.touched || p.first.touched:
			out = append(out, []any{pos(p.id), present, digest(p.first.digest), edited, to})
		}
	}
	return out
}

func (p *post) cidOfFirst() []byte { return p.first.cid.Bytes() }

func (g *group) editRows(stored bool) (out [][]any) {
	for _, v := range g.allEdits {
		switch {
		case v.stored != stored:
		case !stored:
			out = append(out, []any{pos(v.id), pos(v.post.id), v.cid.Bytes(), seconds(v.present), digest(v.digest), seconds(v.to)})
		case v.touched:
			out = append(out, []any{pos(v.id), seconds(v.present), digest(v.digest), seconds(v.to)})
		}
	}
	return out
}

func (g *group) profileRows(stored bool) (out [][]any) {
	for _, p := range g.allProfiles {
		switch {
		case p.stored != stored:
		case !stored:
			out = append(out, []any{pos(p.id), p.address.Bytes(), p.cid.Bytes(), p.imported, seconds(p.present), seconds(p.to)})
		case p.touched:
			out = append(out, []any{pos(p.id), seconds(p.present), seconds(p.to)})
		}
	}
	return out
}

func (g *group) edgeRows() (out [][]any) {
	for _, e := range g.newEdges {
		out = append(out, []any{pos(e.id), int64(e.kind), e.from.Bytes(), e.to.Bytes(), seconds(e.time), seconds(e.row.to)})
	}
	return out
}

func (g *group) policyRows() (out [][]any) {
	for _, p := range g.newPolicies {
		out = append(out, []any{pos(p.id), p.address.Bytes(), int64(p.policy.policy), seconds(p.to)})
	}
	return out
}

func (g *group) reactionRows() (out [][]any) {
	for _, r := range g.newReactions {
		e := &r.event
		out = append(out, []any{pos(e.ID), e.Author.Bytes(), pos(e.Subject.ID), r.receiver.Bytes(), int64(e.Reaction), seconds(e.Time), seconds(r.to)})
	}
	return out
}

func (g *group) veiledCIDs() (out [][]any) {
	for c := range g.veiled {
		out = append(out, []any{c.Bytes()})
	}
	return out
}

func (g *group) withheldRows() (out [][]any) {
	for c := range g.veiled {
		for _, s := range g.withheld[c] {
			out = append(out, []any{c.Bytes(), seconds(s.from), seconds(s.to)})
		}
	}
	return out
}

func (g *group) expiringRows() (out [][]any) {
	for x := range g.expiring {
		out = append(out, []any{seconds(x.block), x.cid.Bytes()})
	}
	return out
}

// sweep deletes the texts that the last Window snapshots do not need, and says whose.
func sweep(t *tx, head uint64) (forgotten []string, err error) {
	end := seconds(horizon(head))
	if end == 0 {
		return nil, nil
	}
	err = column(t, `DELETE FROM documents WHERE cid IN (SELECT cid FROM expiring WHERE at_block <= $1)`+unnamed+` RETURNING cid`,
		[]any{end}, func(c []byte) { forgotten = append(forgotten, string(c)) })
	if err != nil {
		return nil, fmt.Errorf("delete texts: %w", err)
	}
	return forgotten, t.exec(`DELETE FROM expiring WHERE at_block <= $1`, end)
}
