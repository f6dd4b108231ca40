package audit

import (
	"bytes"
	"errors"
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
	r := &Report{Node: run.Node, Shares: map[string]Share{}}
	return b, run, &Runs{Report: r, Tools: tools, Index: map[graph.Hash]uint64{run.ID(): 4}, Now: run.Time + 60}
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
	r.Now = run.Time + 3600
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
		r.Index, r.Now = map[graph.Hash]uint64{}, run.Time+3600
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
		r.Broken(run.ID(), errors.New("no bundle"))
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
		r.Reveals(NewWalk(r.Report, &world{}, nil), []Committed{{Version: 1, Commitment: graph.Hash{1}, RevealBy: r.Now - 5, Untried: untried}})
		if f := r.Report.Findings; len(f) != 1 || f[0].Rule != RuleReveal || strings.Contains(f[0].Says, "could not be tried whether it opens: no beacon answers") != want {
			t.Errorf("%q: %+v", untried, f)
		}
	}
}
