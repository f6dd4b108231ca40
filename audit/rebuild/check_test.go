package rebuild_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"candor/audit"
	"candor/audit/rebuild"
	"candor/feeds/candidates"
	"candor/graph"
	"candor/graph/embed"
	"candor/graph/embed/embedtest"
	"candor/graph/fold"
	"candor/rankers/features"
	"candor/spamfilter"
	"candor/zkcommit"

	"github.com/ipfs/go-cid"
)

const nobody = -1

// village is a small graph with something of everything, and two snapshots of it.
type village struct {
	*embedtest.World
	older, newer *fold.Snapshot
	removed      graph.PostID // after the older snapshot
	quiet        graph.PostID // by one who hides from recommendation
}

func newVillage(t testing.TB) *village {
	w := embedtest.New(t)
	v := &village{World: w}
	said := []string{"Sourdough bread from our bakery oven is ready again today", "Who knows good running routes along the old canal", "The choir sings on Sunday in the church at the market",
		"My tomatoes are red and my beans climb up the fence", "A night train to Vienna, and snow on the mountains", "Which book would you read twice, and why that one"}
	for i := range 12 {
		w.Follow(0, 1+i%4)
		w.Follow(i, (i+3)%12)
	}
	w.Profile(9, graph.ProfileContent{DisplayName: "Quiet", HideFromAlgorithmicRecommendations: true})
	var ids []graph.PostID
	for i := range 90 {
		w.Now += 300
		by := i * 7 % 12
		switch {
		case i%5 == 4:
			ids = append(ids, w.Reply(by, ids[len(ids)-3], fmt.Sprintf("An answer, the number %d, about %s", i, said[i%6])))
		case i%11 == 10:
			ids = append(ids, w.Post(by, said[1]+" and the lake, says everybody since this morning")) // a copy
		case i%17 == 16:
			ids = append(ids, w.Missing(by))
		default:
			ids = append(ids, w.Publish(by, graph.PostContent{Text: fmt.Sprintf("%s, day %d", said[i%6], i), Langs: []string{"en"}}, graph.PostID{}, graph.PostID{}))
		}
		w.React((i+1)%12, ids[len(ids)/2], graph.Like)
		w.React((i+2)%12, ids[len(ids)-1], graph.ReactionKind(1+i%2))
	}
	v.quiet, v.removed = w.Post(9, "Hush"), ids[80]
	w.Block(0, 5)
	w.Edit(80*7%12, ids[80], "Said otherwise, of sourdough and canals")
	w.Withhold(ids[40], false)
	v.older = w.Snapshot()
	w.Now += 900
	w.Post(1, "The newest of all: bread, books and beans")
	w.React(2, ids[70], graph.Repost)
	w.Remove(80*7%12, v.removed)
	v.newer = w.Snapshot()
	return v
}

// audited is what an auditor makes of the village, but for the documents that lost names.
func (v *village) audited(t testing.TB, lost func(graph.PostContent) bool) *rebuild.State {
	t.Helper()
	s := rebuild.New(embed.Text, []uint64{v.older.Block().Number, v.newer.Block().Number})
	docs := map[cid.Cid][]byte{}
	for _, b := range v.Blocks() {
		if err := s.Apply(b.Block, b.Events); err != nil {
			t.Fatal(err)
		}
		for c, doc := range b.Contents {
			if p, err := graph.ParsePost(doc); err != nil || !lost(p) {
				docs[c] = doc
			}
		}
	}
	for c, doc := range docs {
		if err := s.Provide(c, doc); err != nil {
			t.Fatal(err)
		}
	}
	for _, w := range v.Shown(graph.Position{}, 1<<20) {
		s.Tell(w)
	}
	s.Seal()
	return s
}

func nothing(graph.PostContent) bool { return false }

// made is a run as a node makes it on the snapshot.
func made(t testing.TB, s *fold.Snapshot, viewer int) (*zkcommit.Run, *zkcommit.Bundle) {
	t.Helper()
	rec := zkcommit.Record{}
	if viewer != nobody {
		rec.Viewer = embedtest.Person(viewer)
	}
	var err error
	if rec.Candidates, err = candidates.Gather(s, rec.Viewer, candidates.Default()); err != nil {
		t.Fatal(err)
	}
	for _, f := range spamfilter.Catalogue() {
		all, err := f.Judge(s, rec.Candidates)
		if err != nil {
			t.Fatal(err)
		}
		rec.Verdicts = append(rec.Verdicts, zkcommit.FilterVerdicts{Filter: f.Info().ID, Version: f.Info().Version,
			Verdicts: slices.DeleteFunc(all, func(v graph.Verdict) bool { return v.Decision == graph.Keep })})
	}
	b := &zkcommit.Bundle{Viewer: rec.Viewer, Parameters: []int32{24}, Candidates: rec.Candidates, Verdicts: rec.Verdicts}
	b.Manifest.Manifest.Parameters = []zkcommit.Parameter{{Name: "fresh", Most: 32, Default: zkcommit.One, Columns: []uint16{features.Fresh1d, features.TextLength}}}
	rank(t, s, features.Schema(), b)
	root, err := s.MirrorRoot()
	if err != nil {
		t.Fatal(err)
	}
	return &zkcommit.Run{Block: s.Block().Number, BlockHash: s.Block().Hash, MirrorRoot: root, FeatureSchema: features.Schema()}, b
}

// rank fills what follows from candidates and verdicts, with rows of the schema.
func rank(t testing.TB, s *fold.Snapshot, schema graph.Hash, b *zkcommit.Bundle) {
	t.Helper()
	rec := zkcommit.Record{Candidates: b.Candidates, Verdicts: b.Verdicts}
	b.Ranked, b.Features = rec.Survivors(), nil
	var left []graph.Candidate
	for _, id := range b.Ranked {
		left = append(left, b.Candidates[slices.IndexFunc(b.Candidates, func(c graph.Candidate) bool { return c.Post == id })])
	}
	rows, err := features.Build(schema, s, b.Viewer, left)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := b.Manifest.Manifest.Tune(row, b.Parameters); err != nil {
			t.Fatal(err)
		}
		line := make([]byte, len(row))
		for i, v := range row {
			line[i] = byte(v)
		}
		b.Features = append(b.Features, line)
	}
}

func TestHonestRunsAreRebuilt(t *testing.T) {
	v := newVillage(t)
	s := v.audited(t, nothing)
	for _, snap := range []*fold.Snapshot{v.older, v.newer} {
		for viewer := nobody; viewer < 12; viewer++ {
			run, b := made(t, snap, viewer)
			if out := s.Rebuild(run, b); len(out.Faults) > 0 || out.Untried != "" {
				t.Errorf("the run of %d at block %d: %+v", viewer, run.Block, out)
			}
			run.FeatureSchema = features.Wide()
			rank(t, snap, run.FeatureSchema, b)
			if out := s.Rebuild(run, b); len(out.Faults) > 0 || out.Untried != "" {
				t.Errorf("the run of wide rows of %d at block %d: %+v", viewer, run.Block, out)
			}
			if viewer == 0 && (len(b.Candidates) < 60 || len(b.Verdicts[0].Verdicts) < 2) {
				t.Errorf("%d candidates and %d verdicts show too little", len(b.Candidates), len(b.Verdicts[0].Verdicts))
			}
		}
	}
}

// Whatever a node does to a run's inputs is found under its name, and nothing else is.
func TestTamperedInputs(t *testing.T) {
	v := newVillage(t)
	s := v.audited(t, nothing)
	for name, x := range map[string]struct {
		tamper func(run *zkcommit.Run, b *zkcommit.Bundle)
		rule   audit.Rule
		says   string
	}{
		"a candidate left out": {func(_ *zkcommit.Run, b *zkcommit.Bundle) {
			b.Candidates = slices.Delete(slices.Clone(b.Candidates), 3, 4)
			rejudge(t, v.newer, b)
		}, audit.RuleCandidates, "is left out"},
		"the last candidate left out": {func(_ *zkcommit.Run, b *zkcommit.Bundle) {
			b.Candidates = b.Candidates[:len(b.Candidates)-1]
			rejudge(t, v.newer, b)
		}, audit.RuleCandidates, "is left out"},
		"a candidate put in": {func(_ *zkcommit.Run, b *zkcommit.Bundle) {
			b.Candidates = slices.Insert(slices.Clone(b.Candidates), 2, graph.Candidate{Author: embedtest.Person(9), Post: v.quiet, Source: graph.FromTrending})
			rejudge(t, v.newer, b)
		}, audit.RuleCandidates, "is no candidate"},
		"a candidate that nobody posted": {func(_ *zkcommit.Run, b *zkcommit.Bundle) {
			b.Candidates = append(slices.Clone(b.Candidates), graph.Candidate{Author: embedtest.Person(9), Post: graph.PostID{Block: 2, Log: 7}, Source: graph.FromNewest})
		}, audit.RuleCandidates, "is no candidate"},
		"two candidates swapped": {func(_ *zkcommit.Run, b *zkcommit.Bundle) {
			b.Candidates = slices.Clone(b.Candidates)
			b.Candidates[4], b.Candidates[5] = b.Candidates[5], b.Candidates[4]
			rejudge(t, v.newer, b)
		}, audit.RuleCandidates, "stands at place 5"},
		"another source": {func(_ *zkcommit.Run, b *zkcommit.Bundle) {
			b.Candidates = slices.Clone(b.Candidates)
			b.Candidates[7].Source ^= graph.FromTrending
			rank(t, v.newer, features.Schema(), b)
		}, audit.RuleCandidates, "is called a candidate by"},
		"other values of parameters": {func(_ *zkcommit.Run, b *zkcommit.Bundle) {
			b.Parameters = []int32{25}
		}, audit.RuleFeatures, "and must be"},
		"no values of parameters": {func(_ *zkcommit.Run, b *zkcommit.Bundle) {
			b.Parameters = nil
		}, audit.RuleFeatures, "values of parameters"},
		"another author": {func(_ *zkcommit.Run, b *zkcommit.Bundle) {
			b.Candidates = slices.Clone(b.Candidates)
			b.Candidates[7].Author[3]++
		}, audit.RuleCandidates, "is said to be by"},
		"a verdict dropped": {func(_ *zkcommit.Run, b *zkcommit.Bundle) {
			b.Verdicts = slices.Clone(b.Verdicts)
			b.Verdicts[0].Verdicts = b.Verdicts[0].Verdicts[1:]
			rank(t, v.newer, features.Schema(), b)
		}, audit.RuleVerdicts, "filter flood says"},
		"a verdict made up": {func(_ *zkcommit.Run, b *zkcommit.Bundle) {
			b.Verdicts = slices.Clone(b.Verdicts)
			b.Verdicts[1].Verdicts = append(slices.Clone(b.Verdicts[1].Verdicts), graph.Verdict{Post: b.Candidates[0].Post, Decision: graph.Hide, Reason: "its author posted too much within an hour"})
			rank(t, v.newer, features.Schema(), b)
		}, audit.RuleVerdicts, "filter burst says keep"},
		"another reason": {func(_ *zkcommit.Run, b *zkcommit.Bundle) {
			b.Verdicts = slices.Clone(b.Verdicts)
			b.Verdicts[0].Verdicts = slices.Clone(b.Verdicts[0].Verdicts)
			b.Verdicts[0].Verdicts[0].Reason = "no words"
		}, audit.RuleVerdicts, "filter flood says"},
		"verdicts in another order": {func(_ *zkcommit.Run, b *zkcommit.Bundle) {
			b.Verdicts = slices.Clone(b.Verdicts)
			b.Verdicts[0].Verdicts = slices.Clone(b.Verdicts[0].Verdicts)
			slices.Reverse(b.Verdicts[0].Verdicts)
		}, audit.RuleVerdicts, "stands at another place"},
		"a false mirror root":       {func(run *zkcommit.Run, _ *zkcommit.Bundle) { run.MirrorRoot[9]++ }, audit.RuleMirrorRoot, "does not give"},
		"the block before's root":   {func(run *zkcommit.Run, _ *zkcommit.Bundle) { run.MirrorRoot = rootOf(t, v.older) }, audit.RuleMirrorRoot, "is that of block"},
		"a stale snapshot's inputs": {func(_ *zkcommit.Run, b *zkcommit.Bundle) { _, *b = stale(t, v) }, audit.RuleCandidates, "is left out"},
		"a stale snapshot": {func(run *zkcommit.Run, b *zkcommit.Bundle) {
			run.MirrorRoot, *b = stale(t, v)
		}, audit.RuleMirrorRoot, "is that of block"},
		"rows of another width": {func(_ *zkcommit.Run, b *zkcommit.Bundle) {
			for i := range b.Features {
				b.Features[i] = b.Features[i][:63]
			}
		}, audit.RuleFeatures, "has a row of 63"},
	} {
		run, b := made(t, v.newer, 0)
		x.tamper(run, b)
		expect(t, name, s.Rebuild(run, b), x.rule, x.says)
	}
	for place := range graph.Features {
		run, b := made(t, v.newer, 0)
		row := place % len(b.Features)
		b.Features[row] = slices.Clone(b.Features[row])
		b.Features[row][place]++
		name := features.Name(place)
		expect(t, name+" is one off", s.Rebuild(run, b), audit.RuleFeatures, fmt.Sprintf("%s of post %s is %d, and must be %d", name, b.Ranked[row], int8(b.Features[row][place]), int8(b.Features[row][place]-1)))
	}
}

func expect(t *testing.T, name string, out audit.Rebuilt, rule audit.Rule, says string) {
	t.Helper()
	if len(out.Faults) != 1 || out.Faults[0].Rule != rule || !strings.Contains(out.Faults[0].Says, says) || out.Untried != "" {
		t.Errorf("%s: %+v, want %s: %s", name, out, rule, says)
	}
}

func rootOf(t testing.TB, s *fold.Snapshot) graph.Hash { return must[graph.Hash](t)(s.MirrorRoot()) }

func stale(t testing.TB, v *village) (graph.Hash, zkcommit.Bundle) {
	run, b := made(t, v.older, 0)
	// What only the pool shows: the rest is as the newer snapshot has it.
	b.Candidates = slices.DeleteFunc(b.Candidates, func(c graph.Candidate) bool { return c.Post == v.removed })
	rejudge(t, v.newer, b)
	return run.MirrorRoot, *b
}

// rejudge filters and ranks the candidates that the bundle has.
func rejudge(t testing.TB, s *fold.Snapshot, b *zkcommit.Bundle) {
	t.Helper()
	for i, f := range spamfilter.Catalogue() {
		all, err := f.Judge(s, b.Candidates)
		if err != nil {
			t.Fatal(err)
		}
		b.Verdicts[i].Verdicts = slices.DeleteFunc(all, func(v graph.Verdict) bool { return v.Decision == graph.Keep })
	}
	rank(t, s, features.Schema(), b)
}

// What rests on contents that nobody serves any more is called so, never a fault;
// what does not rest on them is still found.
func TestWithdrawnInputs(t *testing.T) {
	v := newVillage(t)
	s := v.audited(t, func(p graph.PostContent) bool {
		return strings.Contains(p.Text, "day 30") || strings.Contains(p.Text, "number 84")
	})
	withdrawn := 0
	for viewer := nobody; viewer < 12; viewer++ {
		run, b := made(t, v.newer, viewer)
		out := s.Rebuild(run, b)
		if len(out.Faults) > 0 || out.Untried != "" && out.Untried != rebuild.Withdrawn {
			t.Errorf("the run of %d: %+v", viewer, out)
		}
		if out.Untried != "" {
			withdrawn++
		}
		for place, want := range map[int]bool{features.Likes: true, features.AuthorPosts: true, features.TextWords: false} {
			run, b := made(t, v.newer, viewer)
			b.Features[5] = slices.Clone(b.Features[5])
			b.Features[5][place]++
			if out := s.Rebuild(run, b); want && (len(out.Faults) != 1 || out.Faults[0].Rule != audit.RuleFeatures) {
				t.Errorf("feature %d of the run of %d: %+v", place, viewer, out)
			}
		}
		// Nobody without interests has candidates that rest on texts.
		if viewer == nobody {
			run, b := made(t, v.newer, viewer)
			b.Candidates = b.Candidates[1:]
			rejudge(t, v.newer, b)
			if out := s.Rebuild(run, b); len(out.Faults) != 1 || out.Faults[0].Rule != audit.RuleCandidates {
				t.Errorf("a candidate left out of nobody's run: %+v", out)
			}
		}
	}
	if withdrawn == 0 {
		t.Error("no run rested on what was withdrawn")
	}
}

// TestWideRowsAreRebuilt: of rows with the post's embedding every number counts, a run has
// the width of its schema, and an embedding is excused if its own post's text is withdrawn.
func TestWideRowsAreRebuilt(t *testing.T) {
	v := newVillage(t)
	wide := func() (*zkcommit.Run, *zkcommit.Bundle) {
		run, b := made(t, v.newer, 0)
		run.FeatureSchema = features.Wide()
		rank(t, v.newer, run.FeatureSchema, b)
		return run, b
	}
	const lost = 3 // place of the post whose text is withdrawn
	_, honest := wide()
	p, err := v.newer.Posts(graph.PostQuery{IDs: honest.Ranked[lost : lost+1], Limit: 1})
	if err != nil || p[0].Status != graph.Present {
		t.Fatal(p, err)
	}
	whole := v.audited(t, nothing)
	holed := v.audited(t, func(c graph.PostContent) bool { return c.Text == p[0].Content.Text })
	for _, place := range []int{0, 63, 64, 250, 447} {
		run, b := wide()
		row := (lost + 1) % len(b.Features)
		b.Features[row][place]++
		says := fmt.Sprintf("%s of post %s is", features.Name(place), b.Ranked[row])
		expect(t, "one off", whole.Rebuild(run, b), audit.RuleFeatures, says)
		expect(t, "one off beside withdrawn posts", holed.Rebuild(run, b), audit.RuleFeatures, says)
	}
	run, b := wide()
	b.Features[lost][100]++
	expect(t, "one off of a text at hand", whole.Rebuild(run, b), audit.RuleFeatures, "embedding_36")
	if out := holed.Rebuild(run, b); out.Untried != rebuild.Withdrawn || len(out.Faults) > 0 {
		t.Errorf("one off of a withdrawn text: %+v", out)
	}
	run, b = wide()
	run.FeatureSchema = features.Schema()
	expect(t, "wide rows under the other schema", whole.Rebuild(run, b), audit.RuleFeatures, "has a row of 448, and those of the run's feature schema have 64")
	run, b = made(t, v.newer, 0)
	run.FeatureSchema = features.Wide()
	expect(t, "narrow rows under the wide schema", whole.Rebuild(run, b), audit.RuleFeatures, "has a row of 64, and those of the run's feature schema have 448")
}

// What cannot be judged is told apart from what is wrong.
func TestUntriedRuns(t *testing.T) {
	v := newVillage(t)
	s := v.audited(t, nothing)
	for want, change := range map[string]func(*zkcommit.Run, *zkcommit.Bundle){
		rebuild.Unread:   func(r *zkcommit.Run, _ *zkcommit.Bundle) { r.Block++ },
		rebuild.Orphaned: func(r *zkcommit.Run, _ *zkcommit.Bundle) { r.BlockHash[1]++; r.MirrorRoot[2]++ },
		rebuild.Schema:   func(r *zkcommit.Run, _ *zkcommit.Bundle) { r.FeatureSchema[1]++ },
		rebuild.Filter: func(_ *zkcommit.Run, b *zkcommit.Bundle) {
			b.Verdicts = append(slices.Clone(b.Verdicts), zkcommit.FilterVerdicts{Filter: "manners", Version: 3})
		},
	} {
		run, b := made(t, v.newer, 1)
		change(run, b)
		if out := s.Rebuild(run, b); out.Untried != want || len(out.Faults) > 0 {
			t.Errorf("%s: %+v", want, out)
		}
	}
}

// A node that says wrongly what became of contents contradicts its runs.
func TestLiesAboutContents(t *testing.T) {
	v := newVillage(t)
	run, b := made(t, v.newer, 1)
	honest := v.Shown(graph.Position{}, 1<<20)
	at := slices.IndexFunc(honest, func(w graph.Shown) bool { return w.From == graph.NoEnd })
	for name, x := range map[string]struct {
		lie  func([]graph.Shown)
		says string
	}{
		"it had what it did not have": {func(w []graph.Shown) { w[at].From, w[at].Embedding = w[at].ID.Block, graph.Hash{1} }, "does not give"},
		"it did not have what it had": {func(w []graph.Shown) { w[10].From, w[10].Embedding = graph.NoEnd, graph.Hash{} }, "does not give"},
		"it had it later":             {func(w []graph.Shown) { w[10].From = run.Block + 1 }, "does not give"},
		"it withheld what it showed":  {func(w []graph.Shown) { w[10].Withheld = []graph.Span{{From: 3, To: graph.NoEnd}} }, "does not give"},
		"it embedded a text wrongly":  {func(w []graph.Shown) { w[10].Embedding[4]++ }, ""},
	} {
		told := slices.Clone(honest)
		x.lie(told)
		s := again2(t, v, told)
		out := s.Rebuild(run, b)
		if x.says == "" { // the run itself embeds it rightly
			if len(out.Faults) > 0 || out.Untried != "" {
				t.Errorf("%s: %+v", name, out)
			}
			lying := *run
			lying.MirrorRoot[3]++
			expect(t, name, s.Rebuild(&lying, b), audit.RuleMirrorRoot, "is not that of its text")
			continue
		}
		expect(t, name, out, audit.RuleMirrorRoot, x.says)
	}
	// Without a word, a root that does not come out is no proof of anything.
	s := again2(t, v, nil)
	if out := s.Rebuild(run, b); out.Untried != rebuild.Untold || len(out.Faults) > 0 {
		t.Errorf("without a word: %+v", out)
	}
}

func again2(t testing.TB, v *village, told []graph.Shown) *rebuild.State {
	t.Helper()
	s := rebuild.New(embed.Text, []uint64{v.newer.Block().Number})
	for _, b := range v.Blocks() {
		if err := s.Apply(b.Block, b.Events); err != nil {
			t.Fatal(err)
		}
	}
	for _, b := range v.Blocks() {
		for c, doc := range b.Contents {
			if err := s.Provide(c, doc); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, w := range told {
		s.Tell(w)
	}
	s.Seal()
	return s
}
