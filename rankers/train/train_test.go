package train

import (
	"crypto/sha256"
	"fmt"
	"math"
	"os"
	"os/exec"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"candor/graph"
	"candor/internal/torture"
	"candor/zkcommit"

	"pgregory.net/rapid"
)

// town makes posts whose gain hangs on a word, an author and a site, and on chance.
func town(n int, seed Chance) (posts []Post, gains []float64) {
	words := []string{"stone", "river", "engine", "garden", "window", "market", "signal", "bridge"}
	for i := range n {
		a, w, s := seed.Below(40), seed.Below(len(words)), seed.Below(12)
		posts = append(posts, Post{
			Author: fmt.Sprint("did:example:a", a), Time: 1_450_000_000 + int64(i)*997,
			Text: fmt.Sprintf("A %s and a %s %d", words[w], words[seed.Below(len(words))], seed.Below(1000)),
			Link: fmt.Sprintf("https://www.site%d.example/page/%d", s, i),
		})
		g := 1 + mul(0.3, seed.symmetric())
		if w == 2 {
			g++
		}
		if a%7 == 0 {
			g++
		}
		if s == 3 {
			g++
		}
		gains = append(gains, max(0, g))
	}
	return posts, gains
}

func TestLn(t *testing.T) {
	for _, x := range []float64{1e-300, 0.1, 0.5, math.Sqrt2 / 2, 0.999, 1, 1.001, 2, 3, 10, 1234567, 1e300} {
		if got, want := Ln(x), math.Log(x); math.Abs(got-want) > 4e-16*max(1, math.Abs(want)) {
			t.Errorf("Ln(%g) is %v, not %v", x, got, want)
		}
	}
	// Bits that every machine must give.
	for x, want := range map[float64]uint64{3: 0x3ff193ea7aad030a, 1e6: math.Float64bits(13.815510557964274)} {
		if got := math.Float64bits(Ln(x)); got != want && got != want+1 && got != want-1 {
			t.Errorf("Ln(%g) has the bits %#x", x, got)
		}
	}
}

// TestRidge compares with the solution of two normal equations.
func TestExp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-700, 700).Draw(t, "x")
		if got, want := Exp(x), math.Exp(x); math.Abs(got-want) > 1e-12*want { // x/ln 2 is rounded, too
			t.Fatalf("Exp(%v) = %v, not %v", x, got, want)
		}
	})
	if Exp(0) != 1 || !math.IsInf(Exp(1e4), 1) || Exp(-1e4) != 0 {
		t.Error(Exp(0), Exp(1e4), Exp(-1e4))
	}
}

func TestRidge(t *testing.T) {
	rows := [][]term{{{1, 1}}, {{1, 1}, {2, 0.5}}, {{2, 0.5}}, {{2, 0.5}}}
	y := []float64{1, 2, 0.5, -1}
	// (3 0.5; 0.5 1.75) w = (3, 0.75)
	det := 3*1.75 - 0.25
	want := []float64{(3*1.75 - 0.5*0.75) / det, (3*0.75 - 0.5*3) / det}
	r := fitRidge(rows, y)
	for k, key := range []uint64{1, 2} {
		if math.Abs(r[key]-want[k]) > 1e-9 {
			t.Errorf("weight %d is %v, not %v", key, r[key], want[k])
		}
	}
	if got := r.of([]term{{9, 1}}); got != 0 {
		t.Errorf("a term never seen says %v", got)
	}
}

// TestFindsWhatIsThere: on later posts of the same kind the integers order by quality.
func TestFindsWhatIsThere(t *testing.T) {
	posts, gains := town(1200, 7)
	f, err := Fit(posts[:900], gains[:900], 1)
	if err != nil {
		t.Fatal(err)
	}
	scores, err := f.Model.Scores(zkcommit.RowsOf(f.Rows(posts[900:])))
	if err != nil {
		t.Fatal(err)
	}
	if s := f.Model.Shape; s.String() != "64x32x1" {
		t.Errorf("the model has shape %s", s)
	}
	good, all := 0., 0.
	for i := range scores {
		for j := range i {
			if d := gains[900+i] - gains[900+j]; math.Abs(d) > 0.7 {
				all++
				if (d > 0) == (scores[i] > scores[j]) {
					good++
				}
			}
		}
	}
	if good/all < 0.9 {
		t.Errorf("of pairs of clearly unlike posts only %.3f are ordered rightly", good/all)
	}
}

// TestSameModelEverywhere pins a model's bytes.
func TestSameModelEverywhere(t *testing.T) {
	posts, gains := town(600, 3)
	f, err := Fit(posts[:500], gains[:500], 1)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Fit(slices.Clone(posts[:500]), slices.Clone(gains[:500]), 1)
	if err != nil || !reflect.DeepEqual(f.Model, again.Model) {
		t.Fatal("the same posts gave two models")
	}
	const want = "34aedb51fd37d18488ed3a09eefaf9a5c5f4f067a2d2f08691862607d97aef3f"
	if got := fmt.Sprintf("%x", sha256.Sum256(append(f.Model.Bytes(), bytesOf(f.Rows(posts[500:]))...))); got != want {
		t.Errorf("model and rows have the hash %s", got)
	}
}

func bytesOf(rows []graph.FeatureVector) (b []byte) {
	for _, v := range flat(rows) {
		b = append(b, byte(v))
	}
	return b
}

// TestNoFusedProducts looks into the machine code for a processor that fuses products with
// sums, in all packages that make a model's weights or measure it.
func TestNoFusedProducts(t *testing.T) {
	if torture.Count(0, 1) == 0 {
		return // it compiles for another processor, which takes a minute
	}
	fused := regexp.MustCompile(`\bFN?M(ADD|SUB)[DS]\b.*`)
	for _, p := range []string{".", "./builtins", "../evaluate", "../quantise", "../onnx/format"} {
		cmd := exec.Command("go", "build", "-o", os.DevNull, "-gcflags=-S", p)
		cmd.Env = append(os.Environ(), "GOARCH=arm64", "CGO_ENABLED=0")
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "FMULD") {
			t.Fatalf("%s gives no machine code with products: %v", p, err)
		}
		if at := fused.Find(out); at != nil {
			t.Errorf("%s fuses a product with a sum: %s", p, at)
		}
	}
}

// TestOwnGainStaysOut: what became of a post, and of those of its block, does not enter the
// row that it is trained on.
func TestOwnGainStaysOut(t *testing.T) {
	posts, gains := town(MinPosts, 5)
	target, err := deviations(gains)
	if err != nil {
		t.Fatal(err)
	}
	seen := lookAll(posts)
	want := surface(seen)
	crosswise(want, seen, target)
	for block := range blocks {
		from, to := block*len(posts)/blocks, (block+1)*len(posts)/blocks
		other := slices.Clone(target)
		for i := from; i < to; i++ {
			other[i] = -other[i] + 0.5
		}
		got := surface(seen)
		crosswise(got, seen, other)
		if !slices.Equal(got[from:to], want[from:to]) {
			t.Errorf("the rows of block %d changed with its gains", block)
		}
		if slices.Equal(got, want) {
			t.Errorf("no row of another block changed with the gains of block %d", block)
		}
	}
}

// TestRowsKnowOnlyThePast: a later post changes no earlier row.
func TestRowsKnowOnlyThePast(t *testing.T) {
	posts, gains := town(MinPosts+60, 9)
	f, err := Fit(posts[:MinPosts], gains[:MinPosts], 1)
	if err != nil {
		t.Fatal(err)
	}
	later := posts[MinPosts:]
	want := f.Rows(later)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, len(later)).Draw(t, "kept")
		changed := slices.Clone(later)
		for i := n; i < len(changed); i++ {
			changed[i].Author, changed[i].Text, changed[i].Time = later[0].Author, rapid.String().Draw(t, "text"), later[0].Time
		}
		if !slices.Equal(f.Rows(changed)[:n], want[:n]) {
			t.Fatal("an earlier row changed with a later post")
		}
	})
	repeat := append(slices.Clone(later), later[0])
	last := f.Rows(repeat)[len(later)]
	if last[inSeen] != 127 || last[inAuthorSoFar] <= want[0][inAuthorSoFar] {
		t.Error("a page that was linked before, by an author who was there before, is not known again")
	}
}

func TestSurface(t *testing.T) {
	noon := int64(1_450_000_000)/86400*86400 + 12*3600 // Sunday, 13 December 2015
	rows := surface(lookAll([]Post{
		{Author: "a", Text: "Show HN: What is 42? (2015)", Link: "https://www.Example.org:443/a.pdf?x", Time: noon, Followers: 3},
		{Author: "a", Text: "", Time: noon + 12*3600 + 1, Reply: true},
		{Author: "b", Text: "x", Link: "%%%", Time: noon - 6*3600},
	}))
	for _, c := range []struct{ row, input, want int }{
		{0, inNoon, 127}, {0, inMorning, 0}, {0, inWeekend, 127}, {0, inNoLink, 0}, {0, inLength, 48}, {0, inReply, 0},
		{0, inFollowers, 32}, {0, inQuestion, 127}, {0, inBracket, 127}, {0, inDigits, 96}, {0, inCapitals, 63},
		{0, inAuthorSoFar, 0}, {0, inAuthorGap, 127}, {0, inSiteSoFar, 0}, {0, inSeen, 0},
		{1, inNoon, -126}, {1, inWeekend, 0}, {1, inNoLink, 127}, {1, inReply, 127}, {1, inAuthorSoFar, 16}, {1, inAuthorGap, 76},
		{2, inMorning, 127}, {2, inNoLink, 127}, {2, inAuthorGap, 127},
	} {
		if got := int(rows[c.row][c.input]); got != c.want {
			t.Errorf("row %d: %s is %d, not %d", c.row, Inputs[c.input].Name, got, c.want)
		}
	}
	for i, in := range Inputs {
		if in.Name == "" || in.Meaning == "" || in.Quantisation == "" {
			t.Errorf("input %d is not described", i)
		}
	}
}

func TestLog256(t *testing.T) {
	for n, want := range map[uint64]int{0: 0, 1: 256, 2: 384, 3: 512, 1<<40 - 1: 40 * 256, 1<<63 - 1: 63 * 256, math.MaxUint64 - 1: 64*256 - 1, math.MaxUint64: 64 * 256} {
		if got := log256(n); got != want {
			t.Errorf("log256(%d) is %d, not %d", n, got, want)
		}
	}
}

func TestNothingToLearn(t *testing.T) {
	posts, gains := town(MinPosts, 1)
	flat := slices.Repeat([]float64{1}, MinPosts)
	bad := slices.Clone(gains)
	bad[3] = math.NaN()
	for name, c := range map[string]struct {
		posts []Post
		gains []float64
	}{
		"few posts": {posts[1:], gains[1:]}, "a gain too few": {posts, gains[1:]}, "one gain": {posts, flat}, "no number": {posts, bad},
	} {
		if _, err := Fit(c.posts, c.gains, 1); err == nil {
			t.Errorf("%s: fitted all the same", name)
		}
	}
}

// TestAnyPost: nothing that a post may hold breaks the rows.
func TestAnyPost(t *testing.T) {
	posts, gains := town(MinPosts, 2)
	f, err := Fit(posts, gains, 1)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		p := Post{Author: rapid.String().Draw(t, "author"), Text: rapid.String().Draw(t, "text"), Link: rapid.OneOf(rapid.String(),
			rapid.StringMatching(`https?://[a-z.]{0,20}(:[0-9]{1,6})?/[^ ]{0,20}`)).Draw(t, "link"),
			Time: rapid.Int64Range(1, 253402300799).Draw(t, "time"), Followers: rapid.IntRange(0, 1<<40).Draw(t, "followers")}
		if _, err := f.Model.Scores(zkcommit.RowsOf(f.Rows([]Post{p, p}))); err != nil {
			t.Fatal(err)
		}
	})
}
