package tower

import (
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTokensGolden(t *testing.T) {
	got := Tokens("Bread, bread! 東")
	if !slices.Equal(got[:4], got[4:8]) || slices.Equal(got[:4], got[8:12]) || !slices.Equal(got[16:], make([]int8, Width-16)) {
		t.Errorf("%v", got[:20])
	}
	want := []int8{77, 31, 89, 98}
	if !slices.Equal(got[:4], want) {
		t.Errorf("bread is %v, and was %v in version 1", got[:4], want)
	}
	if h := Schema().Hex(); h != "0x6306c290b4e4e715d8967d32a9c50791a9a4a612cba398aac88035f4b562e58d" {
		t.Errorf("the schema is %s: a new version", h)
	}
}

// Nothing but the first words counts, and every number is in its range.
func TestTokensOfAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		row := Tokens(text)
		if len(row) != Width {
			t.Fatal(len(row))
		}
		for i := 0; i < Width; i += Parts {
			zero := row[i] == 0
			for _, v := range row[i : i+Parts] {
				if v < 0 || (v == 0) != zero {
					t.Fatal(row)
				}
			}
		}
	})
	long := strings.Repeat("word ", Count)
	if !slices.Equal(Tokens(long), Tokens(long+"another")) || slices.Equal(Tokens(long), Tokens("another "+long)) {
		t.Error("the words behind the first 64 count, or those do not")
	}
}

// The page says what the code does.
func TestPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/towers.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{rule, Schema().Hex()} {
		if !strings.Contains(strings.Join(strings.Fields(string(page)), " "), s) {
			t.Errorf("docs/towers.md does not say %q", s)
		}
	}
}
