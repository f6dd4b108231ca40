package feeds

import (
	"context"
	"crypto/ecdsa"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"candor/feeds/candidates"
	"candor/graph"
	"candor/internal/crashpoint"
	"candor/zkcommit"
)

// State names what a snapshot is of.
type State interface {
	Block() graph.Block
	MirrorRoot() (graph.Hash, error)
}

// Relations is the part about people that candidates, features and filters ask.
type Relations interface {
	Follows(graph.FollowQuery) ([]graph.Follow, error)
	BlockEdges(graph.FollowQuery) ([]graph.Follow, error)
	Reactions(graph.ReactionQuery) ([]graph.Reaction, error)
	AuthorTallies([]graph.Address) (map[graph.Address]graph.AuthorTally, error)
}

// Index is the part that they ask of all posts at once.
type Index interface {
	Trending(since uint64, limit int) ([]graph.PostID, error)
	Near(e *graph.Embedding, limit int) ([]graph.PostID, error)
}

// Snapshot is the mirror at one block.
type Snapshot interface {
	State
	graph.Shelf
	Relations
	Index
}

// Mirror gives snapshots.
type Mirror interface {
	Head(ctx context.Context) (graph.Block, bool, error)
	At(ctx context.Context, block uint64) (Snapshot, error)
}

// Ledger keeps runs; what it has appended survives a power cut.
type Ledger interface {
	AppendRun(context.Context, zkcommit.RunRow) error
	LastRun(ctx context.Context, lane uint32) (zkcommit.RunRow, bool, error)
	RunByKey(ctx context.Context, key graph.Hash) (zkcommit.RunRow, bool, error)
	RunByID(ctx context.Context, id graph.Hash) (zkcommit.RunRow, bool, error)
}

// Ranker is a plugin that orders candidates.
type Ranker struct {
	ID       string // the slug
	Manifest *zkcommit.SignedManifest
	From     uint64 // block from which this version is the active one
	Features func(s Snapshot, viewer graph.Address, c []graph.Candidate) ([]graph.FeatureVector, error)
	Score    func(ctx context.Context, rows []graph.FeatureVector) ([]graph.Score, error)
	Fallback string // the one of Rankers that stands in when Score fails; "": none does
}

// Filter is a plugin that judges candidates.
type Filter struct {
	ID      string
	Version uint32
	Judge   func(s Snapshot, c []graph.Candidate) ([]graph.Verdict, error)
}

// Hall answers requests. Its fields are set once, before the first request.
type Hall struct {
	Mirror  Mirror
	Ledger  Ledger
	Rankers []Ranker                        // the first is the default
	Guests  func(id string) (*Ranker, bool) // others' rankers, which come and go; nil: none do
	Filters []Filter
	Select  func(rule string, ranked []graph.Candidate) ([]graph.PostID, error)
	Node    *ecdsa.PrivateKey // signs receipts
	Origin  Origin
	Final   Finality

	lane sync.Mutex // one run at a time gets the next number
}

// Origin is what every run of this node begins with.
type Origin struct {
	ChainID  uint64
	Genesis  graph.Hash
	Registry graph.Address
	Node     graph.Address
}

// Finality says which blocks runs may name.
type Finality struct {
	Interval   uint64 // only multiples of it; 1 on a development chain
	Depth      uint64 // blocks behind the head; 0 on a development chain
	MergeDelay uint32 // seconds until a run is in the log, as receipts promise
}

// Feed answers a request with a page of a run that is durable.
func (h *Hall) Feed(ctx context.Context, req graph.Request) (*graph.Page, error) {
	if req.Limit < 1 || req.Limit > graph.MaxLimit {
		return nil, graph.Malformed("the limit %d is out of range: send 1 to %d", req.Limit, graph.MaxLimit)
	}
	r, filters, err := h.plugins(req)
	if err != nil {
		return nil, err
	}
	crashpoint.Here("feeds.request")
	if req.Cursor != "" {
		return h.next(ctx, req, r, filters)
	}
	snap, err := h.snapshot(ctx, req.Block, r.From)
	if err != nil {
		return nil, err
	}
	row, err := h.run(ctx, snap, req.Viewer, r, filters)
	if stand := h.standIn(r); stand != nil && errors.As(err, new(unscored)) && ctx.Err() == nil {
		if row, err = h.run(ctx, snap, req.Viewer, stand, filters); err == nil {
			return h.instead(snap, row, stand, r, 0, req.Limit)
		}
	}
	if err != nil {
		return nil, err
	}
	return h.page(snap, row, r, 0, req.Limit)
}

// instead is a page of the ranker that stood in for the one that was asked for.
func (h *Hall) instead(snap Snapshot, row *zkcommit.RunRow, stand, asked *Ranker, from, limit int) (*graph.Page, error) {
	p, err := h.page(snap, row, stand, from, limit)
	if err == nil {
		p.Fallback = &graph.Fallback{Ranker: asked.ID, Reason: "it did not answer"}
	}
	return p, err
}

// unscored is an error of the ranker's own: the feed goes on without it.
type unscored struct{ error }

func (u unscored) Unwrap() error { return u.error }

// standIn is the ranker that takes r's place when r does not answer; nil: none does.
func (h *Hall) standIn(r *Ranker) *Ranker {
	i := slices.IndexFunc(h.Rankers, func(x Ranker) bool { return x.ID == r.Fallback })
	if i < 0 || r.Fallback == r.ID {
		return nil
	}
	return &h.Rankers[i]
}

// next continues a run that the reader has seen the beginning of.
func (h *Hall) next(ctx context.Context, req graph.Request, r *Ranker, filters []Filter) (*graph.Page, error) {
	c, err := parseCursor(req.Cursor)
	if err != nil {
		return nil, err
	}
	row, ok, err := h.Ledger.RunByID(ctx, c.run)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, graph.Malformed("the cursor names a run that this node does not have: ask without a cursor")
	}
	snap, err := h.Mirror.At(ctx, row.Block)
	if err != nil {
		return nil, err
	}
	made := func(r *Ranker) bool {
		return row.Key == key(req.Viewer, &r.Manifest.Manifest, filters, snap.Block().Hash)
	}
	if stand := h.standIn(r); stand != nil && made(stand) && !made(r) {
		return h.instead(snap, &row, stand, r, int(c.rank), req.Limit)
	}
	if !made(r) {
		return nil, graph.Malformed("the cursor belongs to another viewer, ranker or filters: send those of the page before, or no cursor")
	}
	return h.page(snap, &row, r, int(c.rank), req.Limit)
}

// snapshot is the mirror at the wanted block, which must be one that runs of a
// ranker that is active from oldest on may name.
func (h *Hall) snapshot(ctx context.Context, want *uint64, oldest uint64) (Snapshot, error) {
	head, ok, err := h.Mirror.Head(ctx)
	if err != nil {
		return nil, err
	}
	newest := h.Final.Newest(head.Number)
	if !ok || newest < oldest {
		return nil, graph.NotFound("the index holds no final block of this ranker yet: ask again in a moment")
	}
	if want == nil {
		return h.Mirror.At(ctx, newest)
	}
	oldest = max(oldest, max(newest, graph.History-1)-(graph.History-1))
	if *want < oldest || *want > newest || *want%h.Final.Interval != 0 {
		return nil, graph.Malformed("block %d cannot be read: send one from %d to %d%s", *want, oldest, newest, h.Final.multiple())
	}
	return h.Mirror.At(ctx, *want)
}

// Newest is the newest block that runs may name while the head is this one; 0 for none.
func (f Finality) Newest(head uint64) uint64 {
	if head < f.Depth {
		return 0
	}
	return (head - f.Depth) / f.Interval * f.Interval
}

func (f Finality) multiple() string {
	if f.Interval == 1 {
		return ""
	}
	return fmt.Sprintf(" that is a multiple of %d", f.Interval)
}

// run finds the request's run or makes it.
func (h *Hall) run(ctx context.Context, snap Snapshot, viewer graph.Address, r *Ranker, filters []Filter) (*zkcommit.RunRow, error) {
	block := snap.Block()
	k := key(viewer, &r.Manifest.Manifest, filters, block.Hash)
	if row, ok, err := h.Ledger.RunByKey(ctx, k); err != nil || ok {
		return &row, err
	}
	rec, err := h.rank(ctx, snap, viewer, r, filters)
	if err != nil {
		return nil, err
	}
	root, err := snap.MirrorRoot()
	if err != nil {
		return nil, err
	}
	h.lane.Lock()
	defer h.lane.Unlock()
	if row, ok, err := h.Ledger.RunByKey(ctx, k); err != nil || ok {
		return &row, err // another request made it meanwhile
	}
	row, err := h.freeze(ctx, rec, r, block, root)
	if err != nil {
		return nil, err
	}
	row.Key = k
	crashpoint.Here("ledger.before")
	if err := h.Ledger.AppendRun(ctx, *row); err != nil {
		return nil, fmt.Errorf("the ledger did not take the run: %w", err)
	}
	crashpoint.Here("ledger.after")
	return row, nil
}

// rank computes a record: what was considered, hidden, ranked and served.
func (h *Hall) rank(ctx context.Context, snap Snapshot, viewer graph.Address, r *Ranker, filters []Filter) (*zkcommit.Record, error) {
	rec := &zkcommit.Record{Viewer: viewer, Rule: r.Manifest.Manifest.Rule,
		Candidates: []graph.Candidate{}, Verdicts: []zkcommit.FilterVerdicts{},
		Ranked: []graph.PostID{}, Rows: zkcommit.Rows{}, Served: []graph.PostID{}}
	cands, err := candidates.Gather(snap, viewer, candidates.Default())
	if err != nil {
		return nil, fmt.Errorf("candidates: %w", err)
	}
	rec.Candidates = append(rec.Candidates, cands...)
	crashpoint.Here("feeds.candidates")
	for _, f := range filters {
		all, err := f.Judge(snap, cands)
		if err != nil {
			return nil, fmt.Errorf("filter %s: %w", f.ID, err)
		}
		fv := zkcommit.FilterVerdicts{Filter: f.ID, Version: f.Version, Verdicts: []graph.Verdict{}}
		for _, v := range all {
			if v.Decision != graph.Keep {
				fv.Verdicts = append(fv.Verdicts, v)
			}
		}
		rec.Verdicts = append(rec.Verdicts, fv)
	}
	crashpoint.Here("feeds.verdicts")
	byID := make(map[graph.PostID]graph.Candidate, len(cands))
	for _, c := range cands {
		byID[c.Post] = c
	}
	ids := rec.Survivors()
	left := make([]graph.Candidate, len(ids))
	for i, id := range ids {
		left[i] = byID[id]
	}
	if len(left) == 0 {
		return rec, nil
	}
	rows, err := r.Features(snap, viewer, left)
	if err != nil {
		return nil, fmt.Errorf("features: %w", err)
	}
	scores, err := r.Score(ctx, rows)
	if err != nil {
		return nil, unscored{fmt.Errorf("ranker %s: %w", r.ID, err)}
	}
	if len(scores) != len(left) || len(rows) != len(left) {
		return nil, unscored{fmt.Errorf("ranker %s gave %d scores for %d posts", r.ID, len(scores), len(left))}
	}
	crashpoint.Here("feeds.scores")
	ranked := make([]graph.Candidate, len(left))
	for i, j := range zkcommit.Order(ids, scores) {
		ranked[i] = left[j]
		rec.Ranked = append(rec.Ranked, ids[j])
		rec.Rows = append(rec.Rows, rows[j][:])
	}
	served, err := h.Select(rec.Rule, ranked)
	if err != nil {
		return nil, err
	}
	rec.Served = append(rec.Served, served...)
	return rec, nil
}

// freeze makes the run of a record: the lane's next number, the digests under a
// fresh opening, the receipt.
func (h *Hall) freeze(ctx context.Context, rec *zkcommit.Record, r *Ranker, block graph.Block, root graph.Hash) (*zkcommit.RunRow, error) {
	m := &r.Manifest.Manifest
	last, ok, err := h.Ledger.LastRun(ctx, 0)
	if err != nil {
		return nil, err
	}
	now := uint64(time.Now().Unix())
	run := zkcommit.Run{ChainID: h.Origin.ChainID, Genesis: h.Origin.Genesis, Registry: h.Origin.Registry, Node: h.Origin.Node,
		Plugin: m.ID(), Version: m.Version, Block: block.Number, BlockHash: block.Hash, MirrorRoot: root,
		Time: now / 60 * 60, FeatureSchema: m.FeatureSchema, Commitment: m.Commitment, Shape: m.ShapeID}
	if ok {
		run.Seq, run.Previous = last.Seq+1, last.ID
	}
	var opening graph.Hash
	if _, err := rand.Read(opening[:]); err != nil {
		return nil, err
	}
	if err := rec.Seal(&run, opening); err != nil {
		return nil, err
	}
	id := run.ID()
	receipt := zkcommit.Receipt{Run: id, Node: run.Node, Lane: run.Lane, Seq: run.Seq, Time: now, MergeDelay: h.Final.MergeDelay}
	if err := receipt.Sign(h.Node); err != nil {
		return nil, err
	}
	row := &zkcommit.RunRow{ID: id, Lane: run.Lane, Seq: run.Seq, Block: block.Number, Ranker: r.ID, Time: now,
		Run: run.Bytes(), Opening: opening, Public: true, ProofState: zkcommit.Pending, LogIndex: -1}
	if len(rec.Ranked) == 0 {
		row.ProofState = zkcommit.SampledOut
	}
	if row.Record, err = json.Marshal(rec); err != nil {
		return nil, err
	}
	row.Receipt, err = json.Marshal(receipt)
	return row, err
}
