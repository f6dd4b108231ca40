package feeds

import (
	"encoding/json"
	"fmt"

	"candor/graph"
	"candor/internal/crashpoint"
	"candor/zkcommit"
)

// page slices a run. The run fixes which posts and in what order; how a post
// looks (tallies, names, whether its text is there) is read at the run's block.
func (h *Hall) page(snap graph.Shelf, row *zkcommit.RunRow, r *Ranker, from, limit int) (*graph.Page, error) {
	var rec zkcommit.Record
	if err := json.Unmarshal(row.Record, &rec); err != nil {
		return nil, fmt.Errorf("the ledger's record of run %s: %w", row.ID, err)
	}
	m := &r.Manifest.Manifest
	p := &graph.Page{Items: []graph.PageItem{}, Hidden: []graph.HiddenCount{}, Run: graph.RunSummary{
		ID: row.ID, Opening: row.Opening, Ranker: row.Ranker, Version: m.Version, Commitment: m.Commitment,
		Assurance: Assurance(row.ProofState, rec.Agreed), Proof: string(row.ProofState), Block: row.Block, Posts: len(rec.Ranked),
		Lane: row.Lane, Seq: row.Seq, Anonymous: rec.Viewer == (graph.Address{}), Public: row.Public, Receipt: row.Receipt, Ticket: row.Ticket}}
	p.Run.Parameters = m.Named(rec.Parameters)
	notices := map[graph.PostID][]graph.Notice{}
	for _, f := range rec.Verdicts {
		n := 0
		for _, v := range f.Verdicts {
			if v.Decision == graph.Hide {
				n++
			} else {
				notices[v.Post] = append(notices[v.Post], graph.Notice{Filter: f.Filter, Decision: v.Decision, Reason: v.Reason})
			}
		}
		p.Hidden = append(p.Hidden, graph.HiddenCount{Filter: f.Filter, Count: n})
	}
	if from > len(rec.Served) {
		return nil, graph.Malformed("the cursor is past the end of its run: ask without a cursor")
	}
	to := min(from+limit, len(rec.Served))
	if to < len(rec.Served) {
		p.Cursor = cursor{row.ID, uint32(to)}.String()
	}
	why := make(map[graph.PostID]graph.Source, len(rec.Candidates))
	for _, c := range rec.Candidates {
		why[c.Post] = c.Source
	}
	views, err := graph.Show(snap, rec.Served[from:to])
	if err != nil {
		return nil, err
	}
	for i, id := range rec.Served[from:to] {
		item := graph.PageItem{ID: id, Rank: from + i, Post: views[id], Reasons: why[id].Reasons(), Notices: notices[id]}
		if item.Notices == nil {
			item.Notices = []graph.Notice{}
		}
		p.Items = append(p.Items, item)
	}
	crashpoint.Here("page.before-send")
	return p, nil
}

// Assurance is the level that a run can claim, given its proof's state and how many
// independent workers gave its scores alike.
func Assurance(s zkcommit.ProofState, agreed int) string {
	switch {
	case s == zkcommit.Pending || s == zkcommit.Proven:
		return "proven"
	case agreed > 1:
		return "replicated"
	}
	return "committed"
}
