package audit

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/crypto"
)

// golden is a whole bundle, with tools that take its proofs.
func golden(t *testing.T) (*zkcommit.Bundle, *zkcommit.Run, *Runs) {
	t.Helper()
	doc, err := os.ReadFile("../zkcommit/verify/testdata/bundle.json")
	if err != nil {
		t.Fatal(err)
	}
	b, err := zkcommit.ParseBundle(doc)
	if err != nil {
		t.Fatal(err)
	}
	run, err := zkcommit.ParseRun(b.Run)
	if err != nil {
		t.Fatal(err)
	}
	served := slices.Clone(b.Served)
	tools := zkcommit.Tools{
		Register: func(*zkcommit.Registration, *zkcommit.BundleKey) (func(zkcommit.Statement, zkcommit.Proof) error, error) {
			return func(zkcommit.Statement, zkcommit.Proof) error { return nil }, nil
		},
		Dispute: func(*zkcommit.BundleKey, zkcommit.Statement, zkcommit.Proof) error { return nil },
		Select:  func(string, []graph.Candidate) ([]graph.PostID, error) { return served, nil },
	}
	r := &Report{Node: run.Node, Shares: map[string]Share{}, Time: run.Time + 60}
	return b, run, &Runs{Report: r, Tools: tools, Index: map[graph.Hash]uint64{run.ID(): 4}}
}

// A proof under a development key counts, and the report says what it is worth.
func TestDevelopmentKeysAreNoted(t *testing.T) {
	b, run, r := golden(t)
	if !b.RegistrationKey.Development {
		t.Fatal("the golden bundle has no development key")
	}
	r.Bundle(run.ID(), b)
	r.End(1)
	if !r.Report.Clean() || r.Report.Shares["proofs"] != (Share{Checked: 1, Of: 1}) || !slices.Contains(r.Report.Notes, NoteDevelopment) {
		t.Errorf("%+v", r.Report)
	}
	b, run, r = golden(t)
	b.Proof = nil // then nothing that is counted rests on it
	r.Bundle(run.ID(), b)
	r.End(1)
	if slices.Contains(r.Report.Notes, NoteDevelopment) || r.Report.Shares["proofs"].Checked != 0 {
		t.Errorf("%+v", r.Report)
	}
}

// Nobody is found at fault for what he did not sign.
func TestKeptBundlesAreTheNodesOwn(t *testing.T) {
	b, run, r := golden(t)
	delete(r.Index, run.ID())
	r.Report.Time = run.Time + 3600
	if err := r.Kept(b); err != nil || !slices.Equal(r.Report.Rules(), []Rule{RuleMerge}) {
		t.Errorf("a run left out: %v, %+v", err, r.Report.Findings)
	}
	other, err := crypto.ToECDSA(bytes.Repeat([]byte{9}, 32))
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*zkcommit.Bundle){
		"another node's run": func(b *zkcommit.Bundle) {
			run.Node = crypto.PubkeyToAddress(other.PublicKey)
			b.Run, b.Receipt.Run, b.Receipt.Node = run.Bytes(), run.ID(), run.Node
			if err := b.Receipt.Sign(other); err != nil {
				t.Fatal(err)
			}
		},
		"another's signature": func(b *zkcommit.Bundle) {
			if err := b.Receipt.Sign(other); err != nil {
				t.Fatal(err)
			}
		},
		"no signature": func(b *zkcommit.Bundle) { b.Receipt.Signature = nil },
		"no run":       func(b *zkcommit.Bundle) { b.Run = b.Run[1:] },
	} {
		b, _, r := golden(t)
		change(b)
		r.Index, r.Report.Time = map[graph.Hash]uint64{}, run.Time+3600
		if err := r.Kept(b); err == nil || !r.Report.Clean() {
			t.Errorf("%s: %v, found %+v", name, err, r.Report.Findings)
		}
	}
}

// However often a run is shown, it counts once, and one beside the log not at all.
func TestSharesCountRunsOnce(t *testing.T) {
	b, run, r := golden(t)
	for range 3 {
		r.Bundle(run.ID(), b)
		if err := r.Kept(b); err != nil {
			t.Fatal(err)
		}
		r.Take(Broken(run.ID(), errors.New("no bundle")))
	}
	r.End(1)
	if o, p := r.Report.Shares["openings"], r.Report.Shares["proofs"]; o.Checked != 1 || o.Of != 1 || p.Checked != 1 || p.Of != 1 {
		t.Errorf("openings %+v, proofs %+v", o, p)
	}
	if len(r.Report.Findings) != 3 || !strings.Contains(r.Report.Findings[0].Says, "cannot be read") {
		t.Errorf("%+v", r.Report.Findings)
	}
	b, run, r = golden(t)
	r.Index = map[graph.Hash]uint64{}
	r.Bundle(run.ID(), b)
	r.End(0)
	if o := r.Report.Shares["openings"]; o.Checked != 0 {
		t.Errorf("a run that is not logged counts: %+v", o)
	}
}

// Who could not ask a beacon does not say that a publisher broke its word.
func TestUntriedRevealsAreSaidToBe(t *testing.T) {
	for untried, want := range map[string]bool{"": false, "no beacon answers": true} {
		_, _, r := golden(t)
		w := NewWalk(r.Report, &world{}, nil)
		w.counts[model{version: 1}] = 1
		r.Reveals(w, []Committed{{Version: 1, Commitment: graph.Hash{1}, RevealBy: r.Report.Time - 5, Untried: untried}})
		if f := r.Report.Findings; len(f) != 1 || f[0].Rule != RuleReveal || strings.Contains(f[0].Says, "could not be tried whether it opens: no beacon answers") != want {
			t.Errorf("%q: %+v", untried, f)
		}
	}
}

// What is wrong with a model is a fault where the log used it, or where the audit is
// about its plugin, and a note elsewhere: nobody else's publisher fails a node's audit.
func TestOthersModelsAreNotes(t *testing.T) {
	bad := Committed{Version: 1, Commitment: graph.Hash{1}, Plugin: graph.Hash{7}, Wrong: "its ciphertext is bad", BadRegistration: "its registration is bad"}
	for _, x := range []struct {
		runs  uint64
		about graph.Hash
		fault bool
	}{{0, graph.Hash{}, false}, {1, graph.Hash{}, true}, {0, graph.Hash{7}, true}} {
		_, _, r := golden(t)
		r.Report.Plugin = x.about
		w := NewWalk(r.Report, &world{}, nil)
		w.counts[model{bad.Plugin, bad.Version}] = x.runs
		r.Reveals(w, []Committed{bad})
		if want := []Rule{RuleRegistered, RuleReveal}; x.fault && !slices.Equal(r.Report.Rules(), want) {
			t.Errorf("%+v: found %v", x, r.Report.Rules())
		}
		if !x.fault && (!r.Report.Clean() || len(r.Report.Notes) != 2 || !strings.Contains(r.Report.Notes[0], "bad; no run of this log used it")) {
			t.Errorf("%+v: found %v, noted %q", x, r.Report.Rules(), r.Report.Notes)
		}
	}
}

// A missing proof is a fault when it was promised and is late, by the node's own clock
// and the auditor's, whatever the chain's clock says.
func TestMissingProofsAreJudgedByThePromise(t *testing.T) {
	draw := func(hit bool, run *zkcommit.Run) []MadeDraw {
		d := MadeDraw{Draw: zkcommit.Draw{Size: run.Seq + 1, Root: graph.Hash{1}}, Made: run.Time}
		for i := byte(1); d.Beacon == (graph.Hash{}) || d.Drawn(run.Seq, 5000) != hit; i++ {
			d.Beacon = graph.Hash{i}
		}
		return []MadeDraw{d}
	}
	none := func(*zkcommit.Run) []MadeDraw { return nil }
	for name, x := range map[string]struct {
		mode  zkcommit.ProveMode
		rate  uint32
		draws func(*zkcommit.Run) []MadeDraw
		after uint64
		late  bool
	}{
		"all":                      {zkcommit.ProveAll, zkcommit.WholeRate, none, 61, true},
		"all, in time":             {zkcommit.ProveAll, zkcommit.WholeRate, none, 60, false},
		"asked":                    {zkcommit.ProveAsked, 0, none, 1e6, false},
		"off":                      {zkcommit.ProveOff, 0, none, 1e6, false},
		"sampled, not drawn yet":   {zkcommit.ProveSampled, 5000, none, 1e6, false},
		"sampled, drawn":           {zkcommit.ProveSampled, 5000, func(r *zkcommit.Run) []MadeDraw { return draw(true, r) }, 60 + ProofDelay + 1, true},
		"sampled, drawn, in time":  {zkcommit.ProveSampled, 5000, func(r *zkcommit.Run) []MadeDraw { return draw(true, r) }, 60 + ProofDelay, false},
		"sampled, not drawn":       {zkcommit.ProveSampled, 5000, func(r *zkcommit.Run) []MadeDraw { return draw(false, r) }, 1e6, false},
		"nothing was announced":    {"", 0, none, ProofDelay + 1, true},
		"nothing, not long enough": {"", 0, none, ProofDelay, false},
	} {
		b, run, r := golden(t)
		b.Proof, b.Registration, b.RegistrationKey, b.Dispute, b.DisputeKey = nil, nil, nil, nil, nil
		r.Report.ChainID, r.Report.Genesis = run.ChainID, run.Genesis
		r.Report.Time = run.Time + x.after
		r.Promises = &Promises{Report: r.Report, Draws: x.draws(run)}
		if x.mode != "" {
			e := zkcommit.Epoch{Lane: run.Lane, Mode: x.mode, Rate: x.rate, Due: 60}
			r.Promises.Entry(0, e.Bytes(run.ChainID, run.Genesis, run.Node))
		}
		r.Bundle(run.ID(), b)
		r.End(1)
		if got := slices.Equal(r.Report.Rules(), []Rule{RuleProof}); got != x.late || !got && !r.Report.Clean() {
			t.Errorf("%s: found %+v", name, r.Report.Findings)
		}
		owes := x.mode == zkcommit.ProveAll || x.mode == "" || strings.HasPrefix(name, "sampled, drawn")
		if why := r.Report.Shares["proofs"].Why; (why == "") != owes {
			t.Errorf("%s: the share says %q", name, why)
		}
	}
}

// A run that was drawn to be proved twice has two proofs that hold: without the second, or
// with one that does not, a report says so.
func TestCrossChecksAreAudited(t *testing.T) {
	without := func(b *zkcommit.Bundle) { b.Dispute, b.DisputeKey = nil, nil }
	for name, x := range map[string]struct {
		cross, after uint64
		change       func(*zkcommit.Bundle, *Runs)
		rules        []Rule
		share        Share
	}{
		"both hold":     {zkcommit.WholeRate, 1e6, func(*zkcommit.Bundle, *Runs) {}, nil, Share{Checked: 1, Of: 1}},
		"not yet":       {zkcommit.WholeRate, CrossDelay, func(b *zkcommit.Bundle, _ *Runs) { without(b) }, nil, Share{Of: 1}},
		"none":          {zkcommit.WholeRate, CrossDelay + 1, func(b *zkcommit.Bundle, _ *Runs) { without(b) }, []Rule{RuleCross}, Share{Of: 1}},
		"none is drawn": {0, 1e6, func(b *zkcommit.Bundle, _ *Runs) { without(b) }, nil, Share{}},
		"no chance":     {zkcommit.WholeRate, 1e6, func(b *zkcommit.Bundle, r *Runs) { without(b); r.Promises.Draws[1].Beacon = graph.Hash{} }, nil, Share{}},
		"it fails": {zkcommit.WholeRate, 10, func(_ *zkcommit.Bundle, r *Runs) {
			r.Tools.Dispute = func(*zkcommit.BundleKey, zkcommit.Statement, zkcommit.Proof) error { return errors.New("no proof") }
		}, []Rule{RuleCross}, Share{Of: 1}},
		"the first fails": {zkcommit.WholeRate, 10, func(_ *zkcommit.Bundle, r *Runs) {
			r.Tools.Register = func(*zkcommit.Registration, *zkcommit.BundleKey) (func(zkcommit.Statement, zkcommit.Proof) error, error) {
				return nil, errors.New("no registration")
			}
		}, []Rule{RuleProof}, Share{Of: 1}},
	} {
		b, run, r := golden(t)
		r.Report.ChainID, r.Report.Genesis, r.Report.Time = run.ChainID, run.Genesis, run.Time+x.after
		draw := func(size uint64) MadeDraw {
			return MadeDraw{Draw: zkcommit.Draw{Size: size, Beacon: graph.Hash{1}}, Made: run.Time}
		}
		r.Promises = &Promises{Report: r.Report, Draws: []MadeDraw{draw(run.Seq), draw(run.Seq + 1), draw(run.Seq + 9)}}
		e := zkcommit.Epoch{Mode: zkcommit.ProveAll, Rate: zkcommit.WholeRate, Due: 60, Network: graph.Hash{6}, Cross: uint32(x.cross)}
		r.Promises.Entry(0, e.Bytes(run.ChainID, run.Genesis, run.Node))
		if r.Promises.Network(run.Seq+1) != e.Network {
			t.Fatal("the draw is by another beacon than was announced")
		}
		x.change(b, r)
		for range 2 { // it counts once
			r.Bundle(run.ID(), b)
		}
		r.End(1)
		got := r.Report.Shares["crosses"]
		if got.Why = ""; got != x.share || !slices.Equal(r.Report.Rules(), x.rules) {
			t.Errorf("%s: %+v, %+v", name, got, r.Report.Findings)
		}
		if unknown := strings.Contains(strings.Join(r.Report.Notes, " "), "is not known"); unknown != (name == "no chance") {
			t.Errorf("%s: the notes say %v", name, r.Report.Notes)
		}
	}
}

// The log of epochs is the node's, of this chain, and goes forwards.
func TestPromisesAreTheNodesOwn(t *testing.T) {
	_, run, r := golden(t)
	r.Report.ChainID, r.Report.Genesis = run.ChainID, run.Genesis
	say := func(first uint64, node graph.Address) []byte {
		e := zkcommit.Epoch{Lane: run.Lane, First: first, Mode: zkcommit.ProveOff, Due: 60}
		return e.Bytes(run.ChainID, run.Genesis, node)
	}
	for name, x := range map[string]struct {
		entries [][]byte
		bad     bool
	}{
		"forwards":       {[][]byte{say(0, run.Node), say(256, run.Node)}, false},
		"backwards":      {[][]byte{say(256, run.Node), say(0, run.Node)}, true},
		"twice":          {[][]byte{say(0, run.Node), say(0, run.Node)}, true},
		"another node's": {[][]byte{say(0, graph.Address{1})}, true},
		"no boundary":    {[][]byte{say(7, run.Node)}, true},
		"cut":            {[][]byte{say(0, run.Node)[:90]}, true},
		"longer":         {[][]byte{append(say(0, run.Node), 0)}, true},
		"nothing":        {[][]byte{nil}, true},
	} {
		r.Report.Findings = nil
		p := &Promises{Report: r.Report}
		for i, e := range x.entries {
			p.Entry(uint64(i), e)
		}
		if slices.Equal(r.Report.Rules(), []Rule{RulePromise}) != x.bad || r.Report.Clean() == x.bad {
			t.Errorf("%s: found %+v", name, r.Report.Findings)
		}
	}
}

// ranksGolden is a model that ranks the golden run as it was: a unit knows each row by heart.
func ranksGolden(t *testing.T) *zkcommit.Model {
	b, _, _ := golden(t)
	m := zkcommit.NewModel(zkcommit.Provable)
	for j, row := range b.Features {
		for k, v := range row {
			m.Layers[0].Weights[j*len(row)+k] = int8(v) / 8
		}
		m.Layers[0].Bias[j], m.Layers[1].Weights[j] = -30_000, int8(120-10*j)
	}
	return m
}

// The tests of fairness hear of each run once, and only of those that fit together and
// that the revealed model ranks again.
func TestReplayedRunsAreHeardOf(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*zkcommit.Bundle)
		want   int
	}{
		"as it was":   {func(*zkcommit.Bundle) {}, 1},
		"unproved":    {func(b *zkcommit.Bundle) { b.Proof = nil }, 1},
		"another row": {func(b *zkcommit.Bundle) { b.Features[0] = slices.Clone(b.Features[1]) }, 0},
		"other words": {func(b *zkcommit.Bundle) { b.Manifest.Manifest.Description += "!" }, 0},
	} {
		b, run, r := golden(t)
		x.change(b)
		m, heard := ranksGolden(t), 0
		r.Models = map[graph.Hash]*zkcommit.Model{run.Commitment: m}
		r.Replayed = func(got *zkcommit.Model, of *zkcommit.Run, _ *zkcommit.Bundle) {
			if heard++; got != m || of.ID() != run.ID() {
				t.Errorf("%s: another run or model is heard of", name)
			}
		}
		r.Bundle(run.ID(), b)
		r.Bundle(run.ID(), b)
		if heard != x.want {
			t.Errorf("%s: heard of %d times, not %d", name, heard, x.want)
		}
	}
}

// TestReplaysOfEitherWidth: runs of narrow and of wide rows are ranked again, each by a
// model of its own width.
func TestReplaysOfEitherWidth(t *testing.T) {
	for _, inputs := range []int{graph.Features, graph.Features + graph.EmbeddingDim} {
		m := zkcommit.NewModel(zkcommit.Shape{Inputs: inputs, Hidden: [2]int{1}, Shift: [2]uint{8}})
		m.Layers[0].Weights[inputs-1], m.Layers[1].Weights[0] = 64, 1 // the last number decides
		b := &zkcommit.Bundle{}
		for i := range 5 {
			row := make([]byte, inputs)
			row[inputs-1] = byte(100 - 20*i)
			b.Features, b.Ranked = append(b.Features, row), append(b.Ranked, graph.PostID{Block: uint64(i + 1)})
		}
		if err := replay(m, b); err != nil {
			t.Errorf("%d inputs: %v", inputs, err)
		}
		slices.Reverse(b.Features)
		if err := replay(m, b); err == nil {
			t.Errorf("%d inputs: another order passes", inputs)
		}
		b.Features[3] = append(slices.Clone(b.Features[3]), 0)
		if err := replay(m, b); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("has %d features", inputs+1)) {
			t.Errorf("%d inputs and a wider row: %v", inputs, err)
		}
	}
}
