package rebuild

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"candor/audit"
	"candor/feeds/candidates"
	"candor/graph"
	"candor/rankers/features"
	"candor/spamfilter"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

// Why a run's inputs could not be judged, as audit.Rebuilt says it.
const (
	Unread    = "on blocks that were not read"
	Orphaned  = "on orphaned blocks"
	Withdrawn = "from withdrawn inputs"
	Untold    = "from contents of which the node does not say when they came"
	Schema    = "by another feature schema"
	Filter    = "with filters that are not known here"
	Untowered = "over a tower whose vectors are not known"
)

// Rebuild compares a run with what follows from the chain and the contents: the
// mirror root, then each input with those before it as the run has them, so that
// one fault is found once. The bundle must open the run.
func (s *State) Rebuild(run *zkcommit.Run, b *zkcommit.Bundle) audit.Rebuilt {
	snap, err := s.At(run.Block)
	switch {
	case err != nil:
		return audit.Rebuilt{Untried: Unread}
	case snap.block.Hash != run.BlockHash:
		return audit.Rebuilt{Untried: Orphaned}
	case !made(run.FeatureSchema):
		return audit.Rebuilt{Untried: Schema}
	case s.roots[run.Block] != run.MirrorRoot && !s.told:
		return audit.Rebuilt{Untried: Untold}
	case s.roots[run.Block] != run.MirrorRoot: // and then the inputs are not known
		return audit.Rebuilt{Faults: []audit.Fault{{Rule: audit.RuleMirrorRoot, Says: s.whyRoot(run)}}}
	}
	c := comparison{snap: snap, bundle: b, schema: run.FeatureSchema, sources: map[graph.PostID]graph.Candidate{}}
	for _, x := range b.Candidates {
		c.sources[x.Post] = x
	}
	c.candidates()
	c.verdicts()
	c.features()
	if len(c.out.Faults) > 0 {
		c.out.Untried = ""
	}
	return c.out
}

func (s *State) whyRoot(run *zkcommit.Run) string {
	if n, ok := s.rootOf[run.MirrorRoot]; ok {
		return fmt.Sprintf("the run's mirror root is that of block %d, and its block is %d", n, run.Block)
	}
	if m := s.misread; m != nil && m.present <= run.Block {
		return fmt.Sprintf("the embedding that the node has for the content named at %s is not that of its text", m.at)
	}
	return fmt.Sprintf("what the node says of its contents at block %d does not give the run's mirror root", run.Block)
}

// comparison is one run beside what it must be.
type comparison struct {
	snap    *Snapshot
	bundle  *zkcommit.Bundle
	schema  graph.Hash                       // of its rows
	sources map[graph.PostID]graph.Candidate // the run's
	out     audit.Rebuilt
}

// differs notes what is wrong, unless it may follow from a withdrawn content.
func (c *comparison) differs(rule audit.Rule, withdrawn bool, says string) {
	if says == "" {
		return
	}
	if withdrawn {
		c.out.Untried = Withdrawn
		return
	}
	c.out.Faults = append(c.out.Faults, audit.Fault{Rule: rule, Says: says})
}

func (c *comparison) candidates() {
	want, err := c.snap.s.pool(c.snap, c.bundle.Viewer)
	if err != nil {
		c.out.Untried = err.Error()
		return
	}
	c.differs(audit.RuleCandidates, want.withdrawn, poolDiffers(want.candidates, c.bundle.Candidates, c.sources))
}

// pools remembers some of those that were gathered: one viewer asks several rankers.
type pools struct {
	mu sync.Mutex
	of map[poolKey]pool
}

type poolKey struct {
	block  uint64
	viewer graph.Address
}

type pool struct {
	candidates []graph.Candidate
	withdrawn  bool // a withdrawn content may make it another
}

const poolsKept = 512 // of some 10 kB each

func (s *State) pool(snap *Snapshot, viewer graph.Address) (p pool, err error) {
	key := poolKey{snap.block.Number, viewer}
	s.pools.mu.Lock()
	p, known := s.pools.of[key]
	s.pools.mu.Unlock()
	if known {
		return p, nil
	}
	snap.lost, snap.unsure = false, false
	if p.candidates, err = candidates.Gather(snap, viewer, candidates.Default()); err != nil {
		return p, err
	}
	// Without a viewer no embedding is asked for.
	p.withdrawn = snap.unsure || snap.lost && viewer != (graph.Address{})
	s.pools.mu.Lock()
	defer s.pools.mu.Unlock()
	if len(s.pools.of) >= poolsKept || s.pools.of == nil {
		s.pools.of = map[poolKey]pool{}
	}
	s.pools.of[key] = p
	return p, nil
}

// poolDiffers names the first candidate that is left out, put in, or not as it must be.
func poolDiffers(want, got []graph.Candidate, has map[graph.PostID]graph.Candidate) string {
	known := make(map[graph.PostID]bool, len(want))
	for i, w := range want {
		known[w.Post] = true
		if _, ok := has[w.Post]; !ok {
			return fmt.Sprintf("post %s, a candidate by %s at place %d, is left out", w.Post, by(w.Source), i+1)
		}
	}
	for i, g := range got {
		if !known[g.Post] {
			return fmt.Sprintf("post %s at place %d is no candidate of this viewer", g.Post, i+1)
		}
	}
	for i, w := range want {
		switch g := got[i]; { // as many, each once: the bundle's check saw to it
		case g.Post != w.Post:
			return fmt.Sprintf("post %s stands at place %d of the candidates, where post %s belongs", g.Post, i+1, w.Post)
		case g.Source != w.Source:
			return fmt.Sprintf("post %s is called a candidate by %s and is one by %s", g.Post, by(g.Source), by(w.Source))
		case g.Author != w.Author:
			return fmt.Sprintf("post %s is said to be by %s and is by %s", g.Post, g.Author, w.Author)
		}
	}
	return ""
}

func by(s graph.Source) string {
	if names := s.Reasons(); len(names) > 0 {
		return strings.Join(names, " and ")
	}
	return "nothing"
}

// there are the posts that the mirror has; what else is among the candidates was found.
func (c *comparison) there(all []graph.Candidate) []graph.Candidate {
	return slices.DeleteFunc(slices.Clone(all), func(x graph.Candidate) bool {
		p := c.snap.s.postAt[x.Post]
		return p == nil || p.id.Block > c.snap.block.Number
	})
}

func (c *comparison) verdicts() {
	pool := c.there(c.bundle.Candidates)
	for _, said := range c.bundle.Verdicts {
		i := slices.IndexFunc(spamfilter.Catalogue(), func(f spamfilter.Filter) bool {
			return f.Info().ID == said.Filter && f.Info().Version == said.Version
		})
		if i < 0 {
			c.out.Untried = cmp.Or(c.out.Untried, Filter)
			continue
		}
		c.snap.lost = false
		want, err := spamfilter.Catalogue()[i].Judge(c.snap, pool)
		if err != nil {
			c.out.Untried = err.Error()
			return
		}
		c.differs(audit.RuleVerdicts, c.snap.lost, verdictsDiffer(said, want))
	}
}

// verdictsDiffer names the first post of which the filter says something else.
func verdictsDiffer(said zkcommit.FilterVerdicts, want []graph.Verdict) string {
	at := make(map[graph.PostID]graph.Verdict, len(said.Verdicts))
	for _, v := range said.Verdicts {
		at[v.Post] = v
	}
	want = slices.DeleteFunc(want, func(v graph.Verdict) bool {
		_, told := at[v.Post]
		return v.Decision == graph.Keep && !told
	})
	for i, w := range want {
		g, told := at[w.Post]
		switch {
		case !told:
			return fmt.Sprintf("filter %s says %s of post %s, and the run does not have it", said.Filter, w.Decision, w.Post)
		case g.Decision != w.Decision || g.Reason != w.Reason:
			return fmt.Sprintf("filter %s says %s of post %s, and the run has %s", said.Filter, w.Decision, w.Post, g.Decision)
		case i >= len(said.Verdicts) || said.Verdicts[i].Post != w.Post:
			return fmt.Sprintf("the verdict of filter %s on post %s stands at another place", said.Filter, w.Post)
		}
	}
	return ""
}

func (c *comparison) features() {
	var ranked []graph.Candidate
	var rows []hexutil.Bytes
	for i, id := range c.bundle.Ranked {
		if x, ok := c.sources[id]; ok && i < len(c.bundle.Features) {
			ranked, rows = append(ranked, x), append(rows, c.bundle.Features[i])
		}
	}
	if there := c.there(ranked); len(there) < len(ranked) {
		return // candidates that are none were found
	}
	c.snap.lost = false
	want, err := features.Build(c.schema, c.snap, c.bundle.Viewer, ranked)
	if err != nil {
		c.out.Untried = err.Error()
		return
	}
	if c.schema == features.Towered() && !c.vectors(ranked, want) {
		return
	}
	lost := c.snap.lost
	for i := range want {
		if err := c.bundle.Manifest.Manifest.Tune(want[i], c.bundle.Parameters); err != nil {
			c.differs(audit.RuleFeatures, false, err.Error())
			return
		}
	}
	for i, x := range ranked {
		if len(rows[i]) != len(want[i]) {
			c.differs(audit.RuleFeatures, false, fmt.Sprintf("post %s has a row of %d, and those of the run's feature schema have %d", x.Post, len(rows[i]), len(want[i])))
			return
		}
		place := rowDiffers(want[i], rows[i], func(int) bool { return false })
		if place >= 0 && lost { // perhaps by a withdrawn content
			c.out.Untried = Withdrawn
			own := c.withdrawn(x.Post)
			place = rowDiffers(want[i], rows[i], func(k int) bool { return k >= graph.Features && own || k < graph.Features && bound[k] })
		}
		if place >= 0 {
			c.differs(audit.RuleFeatures, false, fmt.Sprintf("%s of post %s is %d, and must be %d", c.placeName(place), x.Post, int8(rows[i][place]), want[i][place]))
			return
		}
	}
}

// withdrawn says whether the post's own content is.
func (c *comparison) withdrawn(id graph.PostID) bool {
	c.snap.lost = false
	_, err := c.snap.Posts(graph.PostQuery{IDs: []graph.PostID{id}, Limit: 1})
	return err == nil && c.snap.lost
}

// bound are the features that follow from texts and embeddings.
var bound = [graph.Features]bool{features.SimilarMax: true, features.SimilarMean: true, features.SimilarRecent: true, features.SimilarOwn: true,
	features.TextLength: true, features.TextWords: true, features.TextLinks: true, features.LinkCard: true, features.Tags: true,
	features.Mentions: true, features.Capitals: true, features.Exclamations: true, features.Questions: true, features.Digits: true,
	features.Emoji: true, features.Language: true}

// rowDiffers is the first place, of those that are not excused, at which rows of one width
// differ; or -1.
func rowDiffers(want graph.Row, got hexutil.Bytes, excused func(place int) bool) int {
	for place, w := range want {
		if int8(got[place]) != w && !excused(place) {
			return place
		}
	}
	return -1
}

// made says whether this version makes rows of the feature schema.
func made(schema graph.Hash) bool {
	_, err := features.Width(schema)
	return err == nil
}
