package rankers

import (
	"testing"

	"candor/graph"
	"candor/rankers/features"
	"candor/zkcommit"

	"pgregory.net/rapid"
)

func TestUnitsFitTheShape(t *testing.T) {
	for _, b := range Catalogue() {
		if len(b.units) > zkcommit.Provable.Hidden[0] {
			t.Errorf("%s has %d units, the shape %d", b.info.ID, len(b.units), zkcommit.Provable.Hidden[0])
		}
		names := map[string]bool{}
		for _, u := range b.units {
			if names[u.name] || u.name == "" {
				t.Errorf("%s: unit %q has no name of its own", b.info.ID, u.name)
			}
			names[u.name] = true
			if u.floor < -511 || u.floor > 511 || u.pull == 0 || len(u.in) == 0 {
				t.Errorf("%s: unit %q cannot work: %+v", b.info.ID, u.name, u)
			}
			for f := range u.in {
				if f >= features.Used {
					t.Errorf("%s: unit %q reads reserved feature %d", b.info.ID, u.name, f)
				}
			}
		}
	}
	if 1<<zkcommit.Provable.Shift[0] != one {
		t.Errorf("the shape drops %d bits, the tables are in units of %d", zkcommit.Provable.Shift[0], one)
	}
}

// The model computes what the table of units says.
func TestModelIsItsUnits(t *testing.T) {
	all := Catalogue()
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SampledFrom(all).Draw(t, "ranker")
		var row graph.FeatureVector
		for i := range features.Used {
			row[i] = int8(rapid.IntRange(-127, 127).Draw(t, "feature"))
		}
		var want int
		for _, u := range b.units {
			sum := -one * u.floor
			for f, w := range u.in {
				sum += int(w) * int(row[f])
			}
			want += int(u.pull) * max(0, min(127, sum>>6))
		}
		got, err := b.model.Scores([]graph.Row{row[:]})
		if err != nil || int(got[0]) != want {
			t.Fatalf("score %v (%v), the units say %d", got, err, want)
		}
	})
}
