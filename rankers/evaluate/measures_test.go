package evaluate

import (
	"math"
	"testing"

	"candor/graph/embed"
	"candor/rankers/train"
)

func near(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) < 1e-12
}

// TestMeasures compares with figures worked out by hand.
func TestMeasures(t *testing.T) {
	s := &slate{gains: make([]float64, 14)}
	for i := range s.gains {
		s.authors = append(s.authors, string(rune('a'+i%7)))
		s.texts = append(s.texts, embed.Text(""))
		s.popular = append(s.popular, i%2 == 0)
		s.surprise = append(s.surprise, float64(i))
	}
	s.gains[0], s.gains[5], s.gains[13] = 3, 1, 2
	s.relevant = relevantOf(s.gains)
	// Newest first: 13, 12, 11 … 0. Relevant are 13, 5 and 0, at the places 1, 9 and 14.
	chance := make([]float64, 14)
	for i := range chance {
		chance[i] = 0.25
	}
	chance[0] = 0.5
	v := s.measure(order(make([]int64, 14)), chance, 0.125)
	ideal := 3 + 2/math.Log2(3) + 1/math.Log2(4)
	exposure, little := 0., 0.
	for place := range 10 {
		exposure += 1 / math.Log2(float64(place+2))
		if (13-place)%2 == 1 {
			little += 1 / math.Log2(float64(place+2))
		}
	}
	naive := 3*math.Log(8) + 11*math.Log(8./7)
	model := math.Log(2) + 2*math.Log(4) + 11*math.Log(4./3)
	want := [measures]float64{
		ndcg: (2 + 1/math.Log2(10)) / ideal, mrr: 1, auc: (11 + 4 + 0) / 33., recall: 2. / 3,
		diversity: 1, fairness: little / exposure / 0.5, novelty: (13 + 4) / 2., rce: 100 * (1 - model/naive),
	}
	for m, x := range want {
		if !near(v[m], x) {
			t.Errorf("%s is %v, not %v", measureNames[m], v[m], x)
		}
	}
}

func TestMeasuresWithoutGain(t *testing.T) {
	s := &slate{gains: make([]float64, 20), relevant: make([]bool, 20)}
	ranked := order(make([]int64, 20))
	if v := s.ndcg(ranked); !math.IsNaN(v) {
		t.Errorf("without any gain NDCG is %v", v)
	}
	if a, b, c := s.binary(ranked); !math.IsNaN(a) || !math.IsNaN(b) || !math.IsNaN(c) {
		t.Errorf("without a relevant post there are %v, %v and %v", a, b, c)
	}
	for i := range s.relevant {
		s.relevant[i] = true
	}
	if a, b, c := s.binary(ranked); a != 1 || !math.IsNaN(b) || c != 0.5 {
		t.Errorf("with relevant posts alone there are %v, %v and %v", a, b, c)
	}
}

func TestDiversityOfOneText(t *testing.T) {
	s := &slate{}
	for range 10 {
		s.gains, s.popular, s.surprise = append(s.gains, 0), append(s.popular, true), append(s.surprise, 0)
		s.texts = append(s.texts, embed.Text("the same words about rivers and bridges"))
	}
	d, f, _ := s.shown(order(make([]int64, 10)))
	if !near(d, 0) {
		t.Errorf("ten equal texts have a diversity of %v", d)
	}
	if !math.IsNaN(f) {
		t.Errorf("without a lesser-known author fairness is %v", f)
	}
}

// TestRelevant: ties with the tenth count, posts without gain do not.
func TestRelevant(t *testing.T) {
	gains := []float64{0, 5, 5, 5, 5, 5, 5, 5, 5, 2, 2, 2, 1}
	n := 0
	for i, r := range relevantOf(gains) {
		if r {
			n++
		}
		if r != (gains[i] >= 2) {
			t.Errorf("post %d of gain %v: relevant is %v", i, gains[i], r)
		}
	}
	if n != 11 {
		t.Errorf("%d are relevant", n)
	}
	for _, r := range relevantOf([]float64{0, 1, 0}) {
		n -= map[bool]int{true: 1}[r]
	}
	if n != 10 {
		t.Error("of three posts one has a gain and is relevant")
	}
}

func TestCalibration(t *testing.T) {
	past, won := make([]int64, 1000), make([]float64, 1000)
	for i := range past {
		past[i] = int64(i % 100)
		if i%100 >= 90 {
			won[i] = 1
		}
	}
	c := calibrate(past, won)
	if !near(c.usual, 0.1) {
		t.Errorf("usually %v are relevant", c.usual)
	}
	got := c.of([]int64{-5, 0, 89, 90, 99, 1000})
	for i, want := range []float64{0.1 / 51, 0.1 / 51, 0.1 / 51, 50.1 / 51, 50.1 / 51, 50.1 / 51} {
		if !near(got[i], want) {
			t.Errorf("chance %d is %v, not %v", i, got[i], want)
		}
	}
	if calibrate(past, make([]float64, 1000)) != nil || calibrate(past[:99], won[:99]) != nil {
		t.Error("nothing was learnt, and is used")
	}
}

func TestMiddle(t *testing.T) {
	v := []float64{math.NaN()}
	for i := range 1000 {
		v = append(v, float64((i*7)%1000))
	}
	if b, ok := middle(v); !ok || b != [2]float64{25, 974} {
		t.Errorf("the middle of 0 … 999 is %v", b)
	}
	if _, ok := middle([]float64{math.NaN()}); ok {
		t.Error("no number has a middle")
	}
}

// TestMeans: what is not defined does not count, nor do slates without a gain.
func TestMeans(t *testing.T) {
	v := []float64{1, math.NaN(), 4}
	if x := mean(v, []int{0, 1, 2, 2}); x != 3 {
		t.Errorf("the mean is %v", x)
	}
	if x := mean(v, []int{1}); !math.IsNaN(x) {
		t.Errorf("the mean of nothing is %v", x)
	}
}

// TestDraws: with replacement, and each time the same.
func TestDraws(t *testing.T) {
	a, b := draws(24, 1), draws(24, 1)
	seen, missed := [24]int{}, 0
	for i := range a {
		there := [24]bool{}
		for k, s := range a[i] {
			if b[i][k] != s {
				t.Fatal("the same seed draws otherwise")
			}
			seen[s]++
			there[s] = true
		}
		for _, is := range there {
			if !is {
				missed++
			}
		}
	}
	for s, n := range seen {
		if n < resamples*9/10 || n > resamples*11/10 {
			t.Errorf("slate %d was drawn %d times", s, n)
		}
	}
	// A slate is left out of a draw with a chance of (23/24)^24 = 0.36.
	if share := float64(missed) / (24 * resamples); share < 0.34 || share > 0.38 {
		t.Errorf("%.3f of the slates are left out", share)
	}
}

// TestNovelty: bits by how often the author was there before.
func TestNovelty(t *testing.T) {
	h := &History{}
	for i := range 500 {
		author := "often"
		if i >= 400 && i%2 == 0 {
			author = "never"
		}
		h.Posts = append(h.Posts, train.Post{Author: author})
	}
	s := slatesOf(h, &Labels{training: make([]int, 400), judged: make([]int, 100)})
	if len(s) != 1 || !near(s[0].surprise[0], math.Log2(402)) || !near(s[0].surprise[1], math.Log2(402./401)) {
		t.Errorf("the surprises are %v and %v", s[0].surprise[0], s[0].surprise[1])
	}
}
