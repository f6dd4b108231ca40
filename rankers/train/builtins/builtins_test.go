package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
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

// TestLearntIsTheGoal: what is fitted is there, adds to scores, and reads neither how new a post is nor
// how known its author; nothing else is moved, and the goal counts as much as by hand.
func TestLearntIsTheGoal(t *testing.T) {
	byHand, now := tables(t)
	all, err := pages(lessons[0])
	if err != nil {
		t.Fatal(err)
	}
	aside := []int{features.Fresh10m, features.Fresh1h, features.Fresh6h, features.Fresh1d, features.Fresh1w, features.Fresh30d, features.Fresh1y, features.Age,
		features.AuthorFollowers, features.AuthorBalance, features.AuthorPosts, features.AuthorLikes, features.AuthorLikesPerPost, features.AuthorAge, features.AuthorNew}
	for _, b := range rankers.Catalogue() {
		if said := strings.Contains(b.Info().Training, "learnt"); said != (learnt[b.Info().ID] != nil) {
			t.Errorf("%s says of itself: %s", b.Info().ID, b.Info().Training)
		}
	}
	for id, units := range byHand {
		goal, apart, found := learnt[id], spread(all, units), 0
		was, is := 0., 0.
		for k, u := range units {
			if !slices.Contains(goal, u.name) {
				if now[id][k].pull != u.pull {
					t.Errorf("%s: %q is no goal and pulls %d, by hand %d", id, u.name, now[id][k].pull, u.pull)
				}
				continue
			}
			found++
			was, is = was+float64(u.pull)*apart[k], is+float64(now[id][k].pull)*apart[k]
			for _, f := range aside {
				if u.in[f] != 0 {
					t.Errorf("%s: %q is fitted and reads %s", id, u.name, features.Table[f].Name)
				}
			}
			if u.pull <= 0 || now[id][k].pull <= 0 {
				t.Errorf("%s: %q is its goal and takes away", id, u.name)
			}
		}
		if found != len(goal) {
			t.Errorf("%s has %d of the units that it learns: %v", id, found, goal)
		}
		if is < 0.95*was || is > 1.05*was {
			t.Errorf("%s: its goal weighs %.0f, by hand %.0f", id, is, was)
		}
	}
}

// TestModelIsItsUnits: a built-in ranker's model computes what its table says.
func TestModelIsItsUnits(t *testing.T) {
	all := rankers.Catalogue()
	_, units := tables(t)
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SampledFrom(all).Draw(t, "ranker")
		var row graph.FeatureVector
		for i := range features.Used {
			row[i] = int8(rapid.IntRange(-127, 127).Draw(t, "feature"))
		}
		var want int
		for _, u := range units[b.Info().ID] {
			sum := -one * u.floor
			for f, w := range u.in {
				sum += int(w) * int(row[f])
			}
			want += int(u.pull) * max(0, min(127, sum>>6))
			if got := u.fires(row[:]); got != max(0, min(127, sum>>6)) {
				t.Fatalf("%s fires %d for %v", u.name, got, row)
			}
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
	_, units := tables(t)
	dir := t.TempDir()
	if err := write(dir, units); err != nil {
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
