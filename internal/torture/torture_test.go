package torture

import (
	"os"
	"path/filepath"
	"testing"
)

func TestCountAndSeed(t *testing.T) {
	for _, c := range []struct {
		env  string
		want int
	}{{"", 20}, {"full", 5000}, {"3", 60}, {"0.5", 10}, {"0.001", 1}} {
		t.Setenv("CANDOR_TORTURE", c.env)
		if got := Count(20, 5000); got != c.want || Full() != (c.env == "full") {
			t.Errorf("%q: %d, not %d", c.env, got, c.want)
		}
	}
	for _, bad := range []string{"Full", "0", "-1", "many", "NaN", "+Inf"} {
		t.Setenv("CANDOR_TORTURE", bad)
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q is taken", bad)
				}
			}()
			Count(1, 2)
		}()
	}
	t.Setenv("CANDOR_TORTURE", "")
	t.Setenv("CANDOR_SEED", "42")
	if Seed(t) != 42 {
		t.Error("CANDOR_SEED is not the seed")
	}
	t.Setenv("CANDOR_SEED", "")
	if Seed(t) != Seed(t) {
		t.Error("two samples differ")
	}
	t.Setenv("CANDOR_TORTURE", "2")
	if Seed(t) == Seed(t) {
		t.Error("two long runs are the same")
	}
}

func TestSayAppends(t *testing.T) {
	path := filepath.Join(t.TempDir(), "figures")
	t.Setenv("CANDOR_FIGURES", path)
	Say(t, "%d kills", 5)
	Say(t, "%d cuts", 6)
	got, err := os.ReadFile(path)
	if want := "TestSayAppends: 5 kills\nTestSayAppends: 6 cuts\n"; err != nil || string(got) != want {
		t.Errorf("the figures are %q, %v", got, err)
	}
}
