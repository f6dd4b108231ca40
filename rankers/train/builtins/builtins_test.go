package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"candor/graph"
	"candor/rankers"
	"candor/rankers/features"
	"candor/zkcommit"

	"pgregory.net/rapid"
)

func TestUnitsFitTheShape(t *testing.T) {
	for id, units := range goals() {
		if len(units) > zkcommit.Provable.Hidden[0] {
			t.Errorf("%s has %d units, the shape %d", id, len(units), zkcommit.Provable.Hidden[0])
		}
		names := map[string]bool{}
		for _, u := range units {
			if names[u.name] || u.name == "" {
				t.Errorf("%s: unit %q has no name of its own", id, u.name)
			}
			names[u.name] = true
			if u.floor < -511 || u.floor > 511 || u.pull == 0 || len(u.in) == 0 {
				t.Errorf("%s: unit %q cannot work: %+v", id, u.name, u)
			}
			for f := range u.in {
				if f >= features.Used {
					t.Errorf("%s: unit %q reads reserved feature %d", id, u.name, f)
				}
			}
		}
	}
	if 1<<zkcommit.Provable.Shift[0] != one {
		t.Errorf("the shape drops %d bits, the tables are in units of %d", zkcommit.Provable.Shift[0], one)
	}
}

// TestModelIsItsUnits: a built-in ranker's model computes what its table says.
func TestModelIsItsUnits(t *testing.T) {
	all, tables := rankers.Catalogue(), goals()
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SampledFrom(all).Draw(t, "ranker")
		var row graph.FeatureVector
		for i := range features.Used {
			row[i] = int8(rapid.IntRange(-127, 127).Draw(t, "feature"))
		}
		var want int
		for _, u := range tables[b.Info().ID] {
			sum := -one * u.floor
			for f, w := range u.in {
				sum += int(w) * int(row[f])
			}
			want += int(u.pull) * max(0, min(127, sum>>6))
		}
		got, err := b.Model().Scores([]graph.Row{row[:]})
		if err != nil || int(got[0]) != want {
			t.Fatalf("score %v (%v), the units say %d", got, err, want)
		}
	})
}

// TestModelsAreMadeAgain: the files that ship are those that the command makes, byte for
// byte, one for each built-in ranker.
func TestModelsAreMadeAgain(t *testing.T) {
	dir := t.TempDir()
	if err := write(dir); err != nil {
		t.Fatal(err)
	}
	shipped, err := filepath.Glob("../../models/*")
	if err != nil || len(shipped) != len(rankers.Catalogue()) {
		t.Fatalf("%d files ship for %d rankers (%v)", len(shipped), len(rankers.Catalogue()), err)
	}
	for _, b := range rankers.Catalogue() {
		made, err := os.ReadFile(filepath.Join(dir, b.Info().ID+".bin"))
		if err != nil || !bytes.Equal(made, b.Model().Bytes()) {
			t.Errorf("%s ships another model than its goal gives (%v): go run ./rankers/train/builtins rankers/models", b.Info().ID, err)
		}
	}
}
