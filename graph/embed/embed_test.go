package embed

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"candor/graph"

	"pgregory.net/rapid"
)

func digest(e graph.Embedding) string {
	h := sha256.Sum256(e.Bytes())
	return hex.EncodeToString(h[:6])
}

// The values are the contract: a change here is a new Version.
func TestGolden(t *testing.T) {
	if got := Schema.Hex(); got != goldenSchema {
		t.Errorf("schema %s, want %s", got, goldenSchema)
	}
	for text, want := range golden {
		if got := digest(Text(text)); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	e := Text("bread")
	var first []int8
	for _, v := range e {
		if v != 0 {
			first = append(first, v)
		}
	}
	if len(first) < 8 || len(first) > 22 {
		t.Errorf("a word of five runes has 4 dimensions and 2 for each of 9 grams, got %v", first)
	}
}

const goldenSchema = "0xc7a38eacfd8bf3a2c42941e469aaf9c77751c791b258d58c9c9488b4b16be496"

var golden = map[string]string{
	"":             "a1a4f5721c1c",
	"Hello, world": "a9abc6ca00ae",
	"the of and":   "09b9b26f89bf",
	"Fresh sourdough from the bakery on Mill Lane": "592f4005fcc0",
	"Привет, мир":                                  "e5ae9982f254",
	"東京で寿司を食べる":                                    "f15fda06699d",
	"🚀🚀 launch":                                    "fce1e2b8c5cb",
	"1984 2024":                                    "3aa2c26c854b",
	strings.Repeat("spam and eggs ", 400):          "079ea174ac0b",
}

func TestSameWords(t *testing.T) {
	for _, c := range [][2]string{
		{"Crème Brûlée", "creme brulee"},
		{"Cre\u0300me", "Crème"},
		{"don't", "DON’T"},
		{"ｆｕｌｌ ｗｉｄｔｈ", "Full, width!"},
		{"𝗕𝗼𝗹𝗱 claims", "bold claims"},
		{"ﬁne", "fine"},
		{"Straße", "STRASSE"},
		{"ΣΊΣΥΦΟΣ", "Σίσυφος"},
		{"Чёрный", "черныи"},
		{"zero\u200bwidth", "zerowidth"},
		{"#golang", "golang"},
		{"☕\ufe0f", "☕"},
		{"bad\xffbytes", "bad bytes"},
	} {
		if Text(c[0]) != Text(c[1]) {
			t.Errorf("%q and %q differ", c[0], c[1])
		}
	}
	for _, c := range [][2]string{{"bread", "bred"}, {"東京", "京東"}, {"a b", "ab"}, {"☕", "🍵"}, {"12", "21"}} {
		if Text(c[0]) == Text(c[1]) {
			t.Errorf("%q and %q are the same", c[0], c[1])
		}
	}
}

func TestNothingToEmbed(t *testing.T) {
	for _, s := range []string{"", " \n\t", "!!! ... ---", "\xff\xfe\x00", "\u200b\u200d"} {
		if Text(s) != (graph.Embedding{}) {
			t.Errorf("%q has an embedding", s)
		}
	}
	long := strings.Repeat("word ", graph.MaxText/5)
	if Text(long) != Text(long+"another") {
		t.Error("bytes beyond the limit are read")
	}
}

// Texts of one topic lie nearer each other than to those of another, threefold on average.
func TestTopics(t *testing.T) {
	topics := [][]string{
		{"Fresh sourdough bread and rye from our bakery this morning", "My sourdough starter finally makes bread that rises", "Which bakery in town has good rye bread?"},
		{"The football match ended two goals to one", "What a goal! Best football match of the season", "Our team lost the match, no goals again this season"},
		{"Go 1.26 compiler speeds up garbage collection", "Profiling garbage collection in a Go program", "The Go compiler and its garbage collector explained"},
		{"Опубликован новый закон о выборах президента", "Выборы президента: что говорит закон", "Новые выборы и новый закон"},
		{"今日は東京で寿司を食べました", "東京の寿司はおいしい", "寿司を食べに東京へ行く"},
	}
	for i, a := range topics {
		for j, b := range topics {
			if i == j {
				continue
			}
			var same, other int32 // sums of six and of nine products
			for x := range a {
				for y := range a {
					if x != y {
						same += dot(a[x], a[y])
					}
				}
				for y := range b {
					other += dot(a[x], b[y])
				}
			}
			if same/6 <= 3*(other/9) {
				t.Errorf("topics %d and %d: mean inside %d, across %d", i, j, same/6, other/9)
			}
		}
	}
}

func dot(a, b string) int32 {
	x, y := Text(a), Text(b)
	return x.Dot(&y)
}

func TestAnyBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 4000), func(b []byte) string { return string(b) })).Draw(t, "text")
		e := Text(s)
		if e != Text(s) {
			t.Fatal("two calls differ")
		}
		if n := e.Dot(&e); n != 0 && (n < 110*110 || n > 140*140) {
			t.Fatalf("norm² %d", n)
		}
		for _, v := range e {
			if v < -127 {
				t.Fatal("-128 has no mirror image")
			}
		}
	})
}

// Order and case of words do not matter; a few changed letters matter little.
func TestNearness(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ws := rapid.SliceOfNDistinct(rapid.StringMatching(`[b-y]{5,9}`), 6, 20, rapid.ID).Draw(t, "words")
		s := strings.Join(ws, " ")
		if Text(s) != Text(strings.ToUpper(strings.Join(append(ws[1:], ws[0]), ", "))) {
			t.Fatal("order or case matters")
		}
		x, y := Text(s), Text(s+"z")
		if d := x.Dot(&y); d < 11000 {
			t.Fatalf("one letter more brings the product to %d", d)
		}
	})
}

func TestTablesAreSorted(t *testing.T) {
	for i := 1; i < len(special); i++ {
		if special[i].first <= special[i-1].last {
			t.Errorf("special[%d] is out of order", i)
		}
	}
	for i := 1; i < len(foldFrom); i++ {
		if foldFrom[i] <= foldFrom[i-1] {
			t.Errorf("foldFrom[%d] is out of order", i)
		}
	}
	for i := 1; i < len(wordRanges); i++ {
		if wordRanges[i] < wordRanges[i-1] {
			t.Errorf("wordRanges[%d] is out of order", i)
		}
	}
	if len(foldFrom) != len(foldTo) || len(foldFrom) < 2000 {
		t.Errorf("%d runes fold to %d", len(foldFrom), len(foldTo))
	}
}

func TestMean(t *testing.T) {
	if Mean(nil) != (graph.Embedding{}) {
		t.Error("the mean of nothing is something")
	}
	a, b, c := Text("bread and cheese"), Text("wine from the valley"), Text("goals in the league")
	m := Mean([]graph.Embedding{a, b, {}})
	if n := m.Dot(&m); n < 110*110 || n > 140*140 {
		t.Errorf("norm² %d", n)
	}
	if m.Dot(&a) < 3*m.Dot(&c) || m.Dot(&b) < 3*m.Dot(&c) {
		t.Errorf("the mean is as near to %d and %d as to %d", m.Dot(&a), m.Dot(&b), m.Dot(&c))
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "",
		"Don't PANIC, says Zoë!":    "dont|panic|says|zoe",
		"東京 tower 🗼2":               "東|京|tower|🗼|2",
		strings.Repeat("ab", 40):    strings.Repeat("ab", 32) + "|" + strings.Repeat("ab", 8),
		"https://a.example/x?y=1#z": "https|a|example|x|y|1|z",
	} {
		if got := strings.Join(Words(text), "|"); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
