package fold

import (
	"maps"
	"slices"

	"candor/graph"
	"candor/graph/snapshot"
)

// Export gives the rows of a snapshot at the block to take, in their order: what
// package snapshot writes, and what every mirror must give.
func (s *State) Export(block uint64, take func(snapshot.Row) error) error {
	at, err := s.At(block)
	if err != nil {
		return err
	}
	x := &export{Snapshot: at, head: s.blocks[len(s.blocks)-1].Number}
	for _, rows := range [][]snapshot.Row{x.accounts(), x.contents(), x.profiles(), x.posts(), x.edges(), x.policies(), x.reactions()} {
		for _, row := range rows {
			if err := take(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// export is a snapshot whose contents are those known at the head.
type export struct {
	*Snapshot
	head uint64
}

func (x *export) accounts() []snapshot.Row {
	var rows []snapshot.Account
	for a, f := range x.s.seen {
		if f.id.Block <= x.block.Number {
			rows = append(rows, snapshot.Account{Address: a, First: f.id, Time: f.time})
		}
	}
	return sorted(rows, func(r snapshot.Account) graph.Address { return r.Address })
}

func sorted[R snapshot.Row](rows []R, key func(R) graph.Address) (out []snapshot.Row) {
	slices.SortFunc(rows, func(a, b R) int { return key(a).Cmp(key(b)) })
	for _, r := range rows {
		out = append(out, r)
	}
	return out
}

// contents are the withheld ones, then the documents.
func (x *export) contents() []snapshot.Row {
	hidden, docs := map[string]snapshot.Row{}, map[string]snapshot.Row{}
	for _, p := range x.s.posts {
		if !x.stands(p) {
			continue
		}
		v := x.content(p)
		if x.s.hidden(v.cid, x.head) {
			hidden[v.cid.KeyString()] = snapshot.Withheld{CID: v.cid}
		} else if v.present != never {
			docs[v.cid.KeyString()] = snapshot.Document{CID: v.cid, Body: v.doc, Embedding: &v.embedding}
		}
	}
	for _, p := range x.s.profiles {
		if !p.has(x.block.Number) {
			continue
		}
		if x.s.hidden(p.CID, x.head) {
			hidden[p.CID.KeyString()] = snapshot.Withheld{CID: p.CID}
		} else if p.present != never {
			docs[p.CID.KeyString()] = snapshot.Document{CID: p.CID, Body: p.doc}
		}
	}
	var rows []snapshot.Row
	for _, m := range []map[string]snapshot.Row{hidden, docs} {
		for _, key := range slices.Sorted(maps.Keys(m)) {
			rows = append(rows, m[key])
		}
	}
	return rows
}

func (x *export) profiles() []snapshot.Row {
	var rows []snapshot.Profile
	for _, p := range x.s.profiles {
		if p.has(x.block.Number) {
			rows = append(rows, snapshot.Profile{Address: p.Address, ID: p.ID, CID: p.CID, Imported: p.Imported})
		}
	}
	return sorted(rows, func(r snapshot.Profile) graph.Address { return r.Address })
}

func (x *export) posts() (rows []snapshot.Row) {
	for _, p := range x.s.posts {
		if !x.exists(p) {
			continue
		}
		row := snapshot.Post{ID: p.ID, Author: p.Author, Time: p.Time, Parent: p.Parent, Quote: p.Quote,
			Removed: !x.stands(p), CID: p.versions[0].cid}
		for _, v := range p.versions[1:] {
			if v.from <= x.block.Number {
				row.Edits = append(row.Edits, snapshot.Edit{ID: v.edited, CID: v.cid})
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func (x *export) edges() (rows []snapshot.Row) {
	for _, kind := range []Edge{Follows, Requested, Blocks} {
		for _, e := range x.s.edges[kind] {
			if e.has(x.block.Number) {
				rows = append(rows, snapshot.Edge{Kind: snapshot.EdgeKind(kind), Follow: e.Follow})
			}
		}
	}
	return rows
}

func (x *export) policies() []snapshot.Row {
	var rows []snapshot.Policy
	for a, set := range x.s.policies {
		var now policy
		for _, p := range set {
			if p.id.Block <= x.block.Number {
				now = p
			}
		}
		if now.Policy > graph.PolicyOpen {
			rows = append(rows, snapshot.Policy{Address: a, ID: now.id, Policy: now.Policy})
		}
	}
	return sorted(rows, func(r snapshot.Policy) graph.Address { return r.Address })
}

func (x *export) reactions() (rows []snapshot.Row) {
	for _, r := range x.s.reactions {
		if r.has(x.block.Number) {
			rows = append(rows, snapshot.Reaction{Reaction: r.Reaction})
		}
	}
	return rows
}
