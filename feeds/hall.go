package feeds

import (
	"context"
	"crypto/ecdsa"
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
	Paces(ids []graph.PostID, since uint64) (map[graph.PostID]graph.Pace, error)
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

// Ledger keeps what this node promised and ranked; what it has appended survives a
// power cut. The hall is the only one that appends to its lane.
type Ledger interface {
	Runs
	Tickets
}

// Runs are the runs that were made.
type Runs interface {
	AppendRun(context.Context, zkcommit.RunRow) error
	RunByKey(ctx context.Context, key graph.Hash) (zkcommit.RunRow, bool, error)
	RunByID(ctx context.Context, id graph.Hash) (zkcommit.RunRow, bool, error)
}

// Tickets are the numbers of a lane that were given, and the lane's entries, each
// of which ends the ticket of its number.
type Tickets interface {
	AppendTicket(context.Context, zkcommit.TicketRow) error
	AppendAbort(context.Context, zkcommit.AbortRow) error
	OpenTickets(ctx context.Context, lane uint32) ([]zkcommit.TicketRow, error)
	FullAgain(ctx context.Context, ranker string, asker graph.Hash) (uint64, error)
	LastEntry(ctx context.Context, lane uint32) (zkcommit.EntryRow, bool, error)
}

// Ranker is a plugin that orders candidates.
type Ranker struct {
	ID       string // the slug
	Manifest *zkcommit.SignedManifest
	From     uint64 // block from which this version is the active one
	Features func(s Snapshot, viewer graph.Address, c []graph.Candidate) ([]graph.Row, error)
	// Score may say how many independent workers gave the same answer; 0: it was one.
	Score    func(ctx context.Context, rows []graph.Row) (scores []graph.Score, agreed int, err error)
	Fallback string // the one of Rankers that stands in when Score fails; "": none does
}

// usual are the defaults of the ranker's parameters.
func (r *Ranker) usual() []int32 {
	values, _ := r.Manifest.Manifest.Values(nil) // what is not asked for is in its range
	return values
}

// Filter is a plugin that judges candidates.
type Filter struct {
	ID      string
	Version uint32
	Judge   func(s Snapshot, c []graph.Candidate) ([]graph.Verdict, error)
}

// Hall answers requests. Its fields are set before Open.
type Hall struct {
	Mirror   Mirror
	Ledger   Ledger
	Rankers  []Ranker                        // the first is the default
	Guests   func(id string) (*Ranker, bool) // others' rankers, which come and go; nil: none do
	Filters  []Filter
	Select   func(rule string, ranked []graph.Candidate) ([]graph.PostID, error)
	Node     *ecdsa.PrivateKey // signs tickets and receipts
	Origin   Origin
	Final    Finality
	Asks     Asks
	Patience time.Duration // how long a run may take, and others wait behind it; Patience when zero
	Failed   func(error)   // hears of what is tried again; may be nil

	lane lane
	desk desk
	life context.Context // of what is computed; its end is errShutDown
	stop context.CancelCauseFunc
	ink  context.Context // of what is written, which goes on a little longer
	dry  context.CancelFunc
	work sync.WaitGroup
}

// Origin is what every run of this node begins with, and where its tickets count.
type Origin struct {
	ChainID  uint64
	Genesis  graph.Hash
	Registry graph.Address
	RunLog   graph.Address
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
	values, err := r.Manifest.Manifest.Values(req.Values)
	if err != nil {
		return nil, graph.Malformed("%s", err)
	}
	crashpoint.Here("feeds.request")
	if req.Cursor != "" {
		return h.next(ctx, req, r, values, filters)
	}
	snap, err := h.snapshot(ctx, req.Block, r.From)
	if err != nil {
		return nil, err
	}
	w := &wish{nonce: req.Nonce, block: snap.Block(), viewer: req.Viewer, own: req.Own(), ranker: r, values: values, filters: filters}
	if w.purse, err = h.purse(snap, &req); err != nil {
		return nil, err
	}
	page, err := h.first(ctx, snap, w, req.Limit)
	if err != nil {
		return nil, err
	}
	return page, h.left(ctx, page, w.purse, r.ID)
}

// first is the first page of the wished run, or of that of the ranker's stand-in.
func (h *Hall) first(ctx context.Context, snap Snapshot, w *wish, limit int) (*graph.Page, error) {
	r := w.ranker
	row, err := h.run(ctx, w)
	if stand := h.standIn(r); stand != nil && unanswered(err) && ctx.Err() == nil {
		var ended *graph.ErrAborted
		errors.As(err, &ended)
		other := *w
		other.ranker, other.values = stand, stand.usual()
		if row, err = h.run(ctx, &other); err == nil {
			p, err := h.instead(snap, row, stand, r, 0, limit)
			if err == nil && ended != nil {
				p.Fallback.Ticket = ended.Ticket
			}
			return p, err
		}
	}
	if err != nil {
		return nil, err
	}
	return h.page(snap, row, r, 0, limit)
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

// unanswered says whether it was for the ranker that there is no run.
func unanswered(err error) bool {
	return errors.As(err, new(unscored)) || errors.Is(err, errTimedOut)
}

// standIn is the ranker that takes r's place when r does not answer; nil: none does.
func (h *Hall) standIn(r *Ranker) *Ranker {
	i := slices.IndexFunc(h.Rankers, func(x Ranker) bool { return x.ID == r.Fallback })
	if i < 0 || r.Fallback == r.ID {
		return nil
	}
	return &h.Rankers[i]
}

// next continues a run that the reader has seen the beginning of.
func (h *Hall) next(ctx context.Context, req graph.Request, r *Ranker, values []int32, filters []Filter) (*graph.Page, error) {
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
	made := func(r *Ranker, values []int32) bool {
		return row.Key == key(req.Viewer, req.Own(), &r.Manifest.Manifest, values, filters, snap.Block().Hash)
	}
	if stand := h.standIn(r); stand != nil && made(stand, stand.usual()) && !made(r, values) {
		return h.instead(snap, &row, stand, r, int(c.rank), req.Limit)
	}
	if !made(r, values) {
		return nil, graph.Malformed("the cursor belongs to another viewer, ranker, parameters or filters: send those of the page before, or no cursor")
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

// rank computes a record: what was considered, hidden, ranked and served.
func (h *Hall) rank(ctx context.Context, snap Snapshot, w *wish) (*zkcommit.Record, error) {
	r := w.ranker
	rec := &zkcommit.Record{Viewer: w.viewer, Parameters: w.values, Rule: r.Manifest.Manifest.Rule,
		Candidates: []graph.Candidate{}, Verdicts: []zkcommit.FilterVerdicts{},
		Ranked: []graph.PostID{}, Rows: zkcommit.Rows{}, Served: []graph.PostID{}}
	cands, err := candidates.Gather(snap, w.viewer, candidates.Default())
	if err != nil {
		return nil, fmt.Errorf("candidates: %w", err)
	}
	rec.Candidates = append(rec.Candidates, cands...)
	crashpoint.Here("feeds.candidates")
	for _, f := range w.filters {
		all, err := f.Judge(snap, cands)
		if err != nil {
			return nil, unjudged{fmt.Errorf("filter %s: %w", f.ID, err)}
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
	rows, err := r.Features(snap, w.viewer, left)
	if err != nil {
		return nil, fmt.Errorf("features: %w", err)
	}
	for _, row := range rows {
		if err := r.Manifest.Manifest.Tune(row, w.values); err != nil {
			return nil, fmt.Errorf("features: %w", err)
		}
	}
	scores, agreed, err := r.Score(ctx, rows)
	if err != nil {
		return nil, unscored{fmt.Errorf("ranker %s: %w", r.ID, err)}
	}
	if len(scores) != len(left) || len(rows) != len(left) {
		return nil, unscored{fmt.Errorf("ranker %s gave %d scores for %d posts", r.ID, len(scores), len(left))}
	}
	rec.Agreed = agreed
	crashpoint.Here("feeds.scores")
	ranked := make([]graph.Candidate, len(left))
	for i, j := range zkcommit.Order(ids, scores) {
		ranked[i] = left[j]
		rec.Ranked = append(rec.Ranked, ids[j])
		rec.Rows = append(rec.Rows, rows[j])
	}
	served, err := h.Select(rec.Rule, ranked)
	if err != nil {
		return nil, err
	}
	rec.Served = append(rec.Served, served...)
	return rec, nil
}
