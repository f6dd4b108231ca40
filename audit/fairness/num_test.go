package fairness

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestNum(t *testing.T) {
	for _, x := range []struct {
		n              Num
		text, two, pct string
	}{
		{0, "0", "0.00", "0 %"}, {One, "1", "1.00", "100 %"}, {8_730, "0.873", "0.87", "87 %"}, {-5, "-0.0005", "-0.00", "-0.1 %"},
		{-12_345, "-1.2345", "-1.23", "-123 %"}, {49, "0.0049", "0.00", "0.5 %"}, {500, "0.05", "0.05", "5 %"},
	} {
		if x.n.String() != x.text || x.n.Percent() != x.pct {
			t.Errorf("%d: %s, %s", x.n, x.n, x.n.Percent())
		}
		if got := x.n.Places(2); got != x.two && "-"+got != x.two {
			t.Errorf("%d with two places: %s", x.n, got)
		}
	}
	for _, bad := range []string{`"1"`, `1.23456`, `1e3`, `.5`, `--1`, `1.2.3`, `+1`, `99999999999999999999`, `-`} {
		if n := Num(0); n.UnmarshalJSON([]byte(bad)) == nil {
			t.Errorf("%s is read as %s", bad, n)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := Num(rapid.Int64Range(-1<<40, 1<<40).Draw(t, "n"))
		b, err := json.Marshal(n)
		var again Num
		if err != nil || json.Unmarshal(b, &again) != nil || again != n {
			t.Fatalf("%d is written %s and read %d", n, b, again)
		}
	})
}

// The whole numbers are those that floats would give.
func TestExposure(t *testing.T) {
	for rank := range 5_000 {
		want := unit / math.Log2(float64(rank)+2)
		if got := exposure(rank); math.Abs(float64(got)-want) > 1 {
			t.Fatalf("rank %d is worth %d, not %f", rank, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(-1<<40, 1<<40).Draw(t, "a"), rapid.Int64Range(-1<<30, 1<<30).Filter(func(b int64) bool { return b != 0 }).Draw(t, "b")
		if got, want := divide(a, b), math.Round(float64(a)/float64(b)); float64(got) != want {
			t.Fatalf("%d/%d is %d, not %f", a, b, got, want)
		}
		n := rapid.Int64Range(0, 1<<40).Draw(t, "n")
		if r := root(n); r*r > n || (r+1)*(r+1) <= n {
			t.Fatalf("the root of %d is %d", n, r)
		}
	})
}

func TestDraw(t *testing.T) {
	// SplitMix64 as published: the first numbers of seed 1234567.
	d := draw(1234567)
	for _, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423} {
		if got := d.next(); got != want {
			t.Errorf("%d, want %d", got, want)
		}
	}
	counts := make([]int, 5)
	for range 10_000 {
		counts[newDraw("x", d.next()).below(5)]++
	}
	if slices.Min(counts) < 1_850 || slices.Max(counts) > 2_150 {
		t.Errorf("%v", counts)
	}
	o := newDraw("order").order(100)
	slices.Sort(o)
	for i, v := range o {
		if i != v {
			t.Fatal("an order is no permutation")
		}
	}
}

// Coins are thrown eight authors at a time, and fall as if they were thrown one by one.
func TestFlips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := groupSum{seed: newDraw("coins"), of: make([]sums, rapid.IntRange(1, 150).Draw(t, "authors"))}
		for i := range g.of {
			g.of[i].got = rapid.Int64Range(0, 3_000_000).Draw(t, "got")
			g.of[i].earned = rapid.Int64Range(0, 3_000_000).Draw(t, "earned")
		}
		all := g.total()
		d, as := newDraw("coins"), 1
		for range flips {
			var sum int64
			var coins uint64
			for a, s := range g.of {
				if a%64 == 0 {
					coins = d.next()
				}
				sum += (s.got - s.earned) * (1 - 2*int64(coins>>(a%64)&1))
			}
			if max(sum, -sum) >= max(all.got-all.earned, all.earned-all.got) {
				as++
			}
		}
		if got, want := g.flips(), ratio(int64(as), flips+1); got != want {
			t.Fatalf("%d authors: %s, want %s", len(g.of), got, want)
		}
	})
}

func TestHolm(t *testing.T) {
	ps := []*Num{}
	for _, p := range []Num{100, 400, 300, 50, 9_000} {
		ps = append(ps, &p)
	}
	holm(ps)
	var got []Num
	for _, p := range ps {
		got = append(got, *p)
	}
	if want := []Num{400, 900, 900, 250, 9_000}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Kendall's τ and RBO, against figures reckoned by hand.
func TestAgreement(t *testing.T) {
	for _, x := range []struct {
		order []int
		tau   Num
		rbo   Num
	}{
		{[]int{0, 1, 2, 3}, One, One},
		{[]int{3, 2, 1, 0}, -One, 7_830}, // (2/3·0.729 + 0.6561)/9 + 0.6561
		{[]int{1, 0, 2, 3}, 6_667, 9_000},
	} {
		tau, rbo := kendall(x.order), overlap(x.order)
		if tau != x.tau || rbo != x.rbo {
			t.Errorf("%v: τ = %s, RBO = %s", x.order, tau, rbo)
		}
		if want := rboByFloats(x.order); math.Abs(float64(rbo)/1e4-want) > 1e-4 {
			t.Errorf("%v: RBO = %s, want %f", x.order, rbo, want)
		}
	}
}

// rboByFloats is Webber's extrapolated measure, written from its definition.
func rboByFloats(order []int) float64 {
	p, sum, last := 0.9, 0.0, 0.0
	for d := 1; d <= len(order); d++ {
		both := 0.0
		for a := range d {
			if slices.Contains(order[:d], a) {
				both++
			}
		}
		last = both / float64(d)
		sum += last * math.Pow(p, float64(d))
	}
	return (1-p)/p*sum + last*math.Pow(p, float64(len(order)))
}
