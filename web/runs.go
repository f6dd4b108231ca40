package web

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"candor/graph"
	"candor/zkcommit"

	"github.com/gofiber/fiber/v2"
)

// Runs is what the node ranked and proved.
type Runs interface {
	RunByID(ctx context.Context, id graph.Hash) (zkcommit.RunRow, bool, error)
	// RunsBefore lists runs, newest first; before 0 is from the newest.
	RunsBefore(ctx context.Context, before uint64, limit int) ([]zkcommit.RunRow, error)
	CountRuns(context.Context) (total, proven uint64, err error)
	// Answered counts the runs of a model, and those of them that anyone may open.
	Answered(ctx context.Context, commitment graph.Hash) (all, public uint64, err error)
}

// Proofs is what the node can show for its runs.
type Proofs interface {
	// Evidence is all that is proved about a run, which may be nothing.
	Evidence(ctx context.Context, id graph.Hash) (zkcommit.Evidence, error)
	// Registration is that of a model, by its commitment; nil when there is none.
	Registration(ctx context.Context, commitment graph.Hash) (*zkcommit.Registration, error)
	// Key is a verifying key by its hash; nil when there is none.
	Key(ctx context.Context, hash graph.Hash) (*zkcommit.BundleKey, error)
}

// Catalogue is what this node offers.
type Catalogue struct {
	Rankers []Plugin
	Filters []Plugin
	Past    []Plugin // rankers that rank no more, and explain their runs
}

// Plugin is a ranker or a filter as readers see it.
type Plugin struct {
	ID           string                   `json:"id"`                 // as the feed takes it
	Plugin       graph.Hash               `json:"plugin"`             // its id on the chain
	Slug         string                   `json:"slug"`               // unique for its publisher alone
	Guest        bool                     `json:"guest"`              // published by somebody else than this node
	Fallback     string                   `json:"fallback,omitempty"` // the ranker that stands in when it does not answer
	Name         string                   `json:"name"`
	Description  string                   `json:"description"`
	Goal         string                   `json:"goal"`
	Kind         string                   `json:"kind"`
	Publisher    graph.Address            `json:"publisher"`
	Version      uint32                   `json:"version"`
	Commitment   graph.Hash               `json:"commitment"`
	Shape        string                   `json:"shape"`
	Assurance    string                   `json:"assurance"`
	RevealBy     uint64                   `json:"revealBy"` // seconds
	Personalised bool                     `json:"personalised"`
	Reasons      []string                 `json:"reasons"`
	Default      bool                     `json:"default"`
	Parameters   []zkcommit.Parameter     `json:"parameters,omitempty"`
	Manifest     string                   `json:"manifest"`         // CID
	Proofs       *Share                   `json:"proofs,omitempty"` // of its runs; rankers only
	Aborts       *Aborts                  `json:"aborts,omitempty"` // of its tickets; rankers only
	Serving      *Serving                 `json:"serving,omitempty"`
	Quality      *Quality                 `json:"quality,omitempty"`    // on this node's posts
	Unmeasured   string                   `json:"unmeasured,omitempty"` // why there is no quality
	Reported     *Quality                 `json:"reported,omitempty"`   // of this very model, on a recorded history
	Workers      []Worker                 `json:"workers,omitempty"`    // where its model is, when it is not on this node
	Tower        string                   `json:"tower,omitempty"`      // PLUGIN/VERSION whose vectors it reads
	Budget       *Budget                  `json:"budget,omitempty"`     // on its own page; none when its model is public
	Signed       *zkcommit.SignedManifest `json:"-"`
}

// Worker is how the workers of one operator stand that serve a ranker.
type Worker struct {
	Operator string   `json:"operator"`
	State    string   `json:"state"` // ready, silent, resting, cut-off
	Why      string   `json:"why,omitempty"`
	Workers  []string `json:"workers"`
	Capacity int      `json:"capacity"` // requests at once
	Answered uint64   `json:"answered"`
	Failed   uint64   `json:"failed"`
}

// Serving is how a ranker answered in the last week, over restarts of the node.
type Serving struct {
	Since    uint64   `json:"since"`        // seconds: the hour of the first count; 0: there is none
	Pages    uint64   `json:"pages"`        // that readers got of it
	Asked    uint64   `json:"asked"`        // times it had to score for readers
	Failed   uint64   `json:"failed"`       // of those: with an error, or not in time
	Checked  uint64   `json:"checked"`      // times the node asked of its own accord, each minute
	Missed   uint64   `json:"missed"`       // of those
	Up       *float64 `json:"up,omitempty"` // share of 1 of the checks that were answered
	Answers  uint64   `json:"answers"`      // the last ones, of both kinds, that the times are of
	MedianMS float64  `json:"medianMs"`
	SlowMS   float64  `json:"slowMs"` // 99 of 100 answers take at most this
}

// Quality is how well a ranker orders posts, for readers without a name.
type Quality struct {
	History    string     `json:"history"` // what it was measured on
	Slates     int        `json:"slates"`
	Posts      int        `json:"posts,omitempty"` // judged, and
	Block      uint64     `json:"block,omitempty"` // up to which block, on this node
	Label      string     `json:"label"`           // what posts won: points or likes
	NDCG10     float64    `json:"ndcg10"`
	Interval   [2]float64 `json:"interval"`             // of 95 %
	OverLatest *float64   `json:"overLatest,omitempty"` // share of 1; none where latest won nothing
}

func (s *Server) rankers(c *fiber.Ctx) error {
	all, err := s.shares(c.UserContext(), s.Catalogue().Rankers)
	if err != nil {
		return err
	}
	return shown(c, all)
}

func (s *Server) filters(c *fiber.Ctx) error { return shown(c, s.Catalogue().Filters) }

// shown lists plugins behind the one that the cursor names.
func shown(c *fiber.Ctx, p []Plugin) error {
	if err := known(c, "limit", "cursor"); err != nil {
		return err
	}
	n, err := limit(c)
	if err != nil {
		return err
	}
	if cur := c.Query("cursor"); cur != "" {
		i := slices.IndexFunc(p, func(x Plugin) bool { return x.ID == cur })
		if i < 0 {
			return graph.Malformed("the cursor %.80q is not one of this list: send the cursor of the page before, or none", cur)
		}
		p = p[i+1:]
	}
	out := list{Items: p[:min(n, len(p))]}
	if n < len(p) {
		out.Cursor = p[n-1].ID
	}
	return c.JSON(out)
}

// runView is a run as anyone may see it: no viewer, no order.
type runView struct {
	ID         graph.Hash          `json:"id"`
	Lane       uint32              `json:"lane"`
	Seq        uint64              `json:"seq"`
	Block      uint64              `json:"block"`
	BlockHash  graph.Hash          `json:"blockHash"`
	Final      bool                `json:"final"` // the chain will not take that block back
	MirrorRoot graph.Hash          `json:"mirrorRoot"`
	Previous   graph.Hash          `json:"previous"`
	Ranker     string              `json:"ranker"`
	Version    uint32              `json:"version"`
	Commitment graph.Hash          `json:"commitment"`
	Posts      int                 `json:"posts"`  // how many it ranked
	Public     bool                `json:"public"` // anyone may have its bundle; false: who has its opening
	Proof      zkcommit.ProofState `json:"proof"`
	ProofKind  string              `json:"proofKind"`
	Keys       string              `json:"keys"`
	Time       uint64              `json:"time"`     // seconds
	LogIndex   int64               `json:"logIndex"` // -1: promised, not logged yet
}

func (s *Server) runs(c *fiber.Ctx) error {
	if err := known(c, "limit", "cursor"); err != nil {
		return err
	}
	n, err := limit(c)
	if err != nil {
		return err
	}
	var before uint64
	if cur := c.Query("cursor"); cur != "" {
		if before, err = number(cur, "cursor"); err != nil {
			return err
		}
	}
	rows, err := s.Runs.RunsBefore(c.UserContext(), before, n)
	if err != nil {
		return err
	}
	views := make([]runView, len(rows))
	for i := range rows {
		row, ok, err := s.Runs.RunByID(c.UserContext(), rows[i].ID) // a list has no records
		if err == nil && !ok {
			err = fmt.Errorf("run %s is listed and not there", rows[i].ID)
		}
		if err != nil {
			return err
		}
		if views[i], err = s.view(c, &row); err != nil {
			return err
		}
	}
	out := list{Items: views}
	if len(rows) == n && rows[n-1].Seq > 0 {
		out.Cursor = strconv.FormatUint(rows[n-1].Seq, 10)
	}
	return c.JSON(out)
}

func (s *Server) view(c *fiber.Ctx, row *zkcommit.RunRow) (v runView, err error) {
	run, err := zkcommit.ParseRun(row.Run)
	if err != nil {
		return v, err
	}
	var rec struct {
		Ranked []json.RawMessage `json:"ranked"`
	}
	if err := json.Unmarshal(row.Record, &rec); err != nil {
		return v, fmt.Errorf("the ledger's record of run %s: %w", row.ID, err)
	}
	v = runView{ID: row.ID, Lane: run.Lane, Seq: run.Seq, Block: run.Block, BlockHash: run.BlockHash, MirrorRoot: run.MirrorRoot,
		Previous: run.Previous, Ranker: row.Ranker, Version: run.Version, Commitment: run.Commitment, Posts: len(rec.Ranked), Public: row.Public,
		Proof: row.ProofState, Time: run.Time, LogIndex: row.LogIndex,
		Final: run.Block <= s.finalized() && s.Final.Holds(c.UserContext(), run.Block, run.BlockHash)}
	if row.ProofState == zkcommit.Proven {
		v.ProofKind, v.Keys, err = s.keyOf(c, row.ID)
		if v.ProofKind == "" { // its model is not registered now: then the proof is worth nothing
			v.Proof = zkcommit.Pending
		}
	}
	return v, err
}

// keyOf says by what proof, resting on what kind of key, a run is proven.
func (s *Server) keyOf(c *fiber.Ctx, id graph.Hash) (kind, keys string, err error) {
	e, err := s.Proofs.Evidence(c.UserContext(), id)
	if err != nil {
		return "", "", err
	}
	for _, k := range []*zkcommit.BundleKey{e.RegistrationKey, e.DisputeKey} {
		if k != nil && k.Development {
			keys = "development"
		}
	}
	switch {
	case e.Proof != nil && e.Registration != nil && e.RegistrationKey != nil:
		return e.Proof.Version, keys, nil
	case e.Dispute != nil && e.DisputeKey != nil:
		return e.Dispute.Version, keys, nil
	}
	return "", "", nil
}

func (s *Server) row(c *fiber.Ctx) (*zkcommit.RunRow, error) {
	id, err := hash(c.Params("id"), "a run's id")
	if err != nil {
		return nil, err
	}
	row, ok, err := s.Runs.RunByID(c.UserContext(), id)
	if err == nil && !ok {
		err = graph.NotFound("this node made no run %s", id)
	}
	return &row, err
}

func (s *Server) run(c *fiber.Ctx) error {
	row, err := s.row(c)
	if err != nil {
		return err
	}
	v, err := s.view(c, row)
	if err != nil {
		return err
	}
	return c.JSON(v)
}

func (s *Server) bundle(c *fiber.Ctx) error {
	if err := known(c, "opening"); err != nil {
		return err
	}
	row, err := s.row(c)
	if err != nil {
		return err
	}
	o := c.Query("opening")
	if o == "" && !row.Public {
		return graph.Malformed("run %s is its reader's own: send the opening that came with its page", row.ID)
	}
	if o != "" {
		opening, err := hash(o, "an opening")
		if err != nil {
			return err
		}
		if opening != row.Opening {
			return graph.Malformed("that opening does not open run %s: send the one that came with its page", row.ID)
		}
	}
	run, err := zkcommit.ParseRun(row.Run)
	if err != nil {
		return err
	}
	var signed *zkcommit.SignedManifest
	all := s.Catalogue()
	for _, p := range slices.Concat(all.Rankers, all.Past) {
		if p.Signed.Manifest.ID() == run.Plugin && p.Version == run.Version {
			signed = p.Signed
		}
	}
	if signed == nil {
		return graph.NotFound("this node no longer has the manifest of run %s", row.ID)
	}
	evidence, err := s.Proofs.Evidence(c.UserContext(), row.ID)
	if err != nil {
		return err
	}
	b, err := zkcommit.NewBundle(row, signed, evidence)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="run-`+row.ID.Hex()[2:14]+`.json"`)
	doc, err := b.Encode()
	if err != nil {
		return err
	}
	return c.Type("json").Send(doc)
}

func (s *Server) key(c *fiber.Ctx) error {
	h, err := hash(c.Params("hash"), "a key's hash")
	if err != nil {
		return err
	}
	k, err := s.Proofs.Key(c.UserContext(), h)
	if err != nil {
		return err
	}
	if k == nil {
		return graph.NotFound("this node has no verifying key %s", h)
	}
	return c.JSON(struct {
		ID graph.Hash `json:"id"`
		*zkcommit.BundleKey
	}{h, k})
}

// registration answers with a model's registration in its canonical bytes, which
// are on IPFS under the same CID.
func (s *Server) registration(c *fiber.Ctx) error {
	h, err := hash(c.Params("commitment"), "a model's commitment")
	if err != nil {
		return err
	}
	r, err := s.Proofs.Registration(c.UserContext(), h)
	if err != nil {
		return err
	}
	if r == nil {
		return graph.NotFound("this node has no registration of the model %s", h)
	}
	name, err := r.CID()
	if err != nil {
		return err
	}
	return c.JSON(struct {
		ID           graph.Hash `json:"id"`
		CID          string     `json:"cid"`
		Shape        string     `json:"shape"`
		Key          graph.Hash `json:"key"`
		Registration []byte     `json:"registration"` // base64
	}{h, name.String(), r.Shape.String(), r.Key, r.Bytes()})
}
