package quality

import (
	"strings"
	"testing"

	"candor/rankers"
)

// TestEveryBuiltinIsMeasured: a ranker whose weights change is measured again, or this
// fails, since no figure is about its model.
func TestEveryBuiltinIsMeasured(t *testing.T) {
	book := Shipped()
	for _, r := range rankers.Catalogue() {
		f, ok := book[r.Fingerprint()]
		if !ok {
			t.Errorf("nobody measured %s: run candor eval --json on hn-2016a and keep its output", r.Info().ID)
		}
		if ok && (f.History != "hn-2016a" || f.Slates != 24 || f.Label != "points" || f.NDCG10 < 0.4) {
			t.Errorf("%s: %+v", r.Info().ID, f)
		}
	}
}

func TestOtherReportsAreRefused(t *testing.T) {
	const good = `{"label":"likes","slates":3,"rankers":{"a":{"model":"MODEL","ndcg10":0.5,"over_latest":0.1,"intervals":{"ndcg10":[0.4,0.6]}}}}`
	b := Book{}
	model := strings.Repeat("ab", 32)
	if err := b.Add("town", []byte(strings.ReplaceAll(good, "MODEL", model))); err != nil || b[model].NDCG10 != 0.5 || b[model].History != "town" {
		t.Fatal(b, err)
	}
	for old, new := range map[string]string{`"likes"`: `""`, `"slates":3`: `"slates":0`, `0.5`: `1.5`, `0.4`: `0.55`, `"MODEL"`: `"0x12"`,
		`"model":"MODEL",`: ``, `"over_latest":0.1,`: ``, `[0.4,0.6]`: `[]`, `{"label"`: `["label"`, `"rankers"`: `"ranker"`} {
		c := Book{}
		text := strings.Replace(good, old, new, 1)
		if err := c.Add("town", []byte(strings.ReplaceAll(text, "MODEL", model))); err == nil || len(c) != 0 {
			t.Errorf("%s is taken", text)
		}
	}
}
