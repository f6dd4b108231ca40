package publish

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/rankers/features"
	"candor/zkcommit"
)

// known takes the one selection rule that these tests name.
var known = Bounds{Rule: func(rule string) error {
	if rule == "plain/v1" {
		return nil
	}
	return errUnknown
}}

var errUnknown = os.ErrInvalid

// write makes a ranker's directory: the draft that New writes, with these keys changed,
// and a model that weighs these inputs. It reads
// the embedding, too, if one of these is of it.
func write(t *testing.T, change map[string]string, weighs ...int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "kindling")
	shape := zkcommit.Provable
	if slices.ContainsFunc(weighs, func(k int) bool { return k >= graph.Features }) {
		shape = zkcommit.Shape{Inputs: 448, Hidden: [2]int{4}, Shift: [2]uint{9}}
	}
	if err := New(dir, "", map[bool]Reads{true: Embedding}[shape != zkcommit.Provable]); err != nil {
		t.Fatal(err)
	}
	set := map[string]string{"name": `"Kindling"`, "description": `"d"`, "goal": `"g"`, "training": `"t"`, "licence": `"l"`, "rule": `"plain/v1"`, "personalised": "false"}
	for k, v := range change {
		set[k] = v
	}
	path := filepath.Join(dir, File)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(b), "\n")
	for i, line := range lines {
		if key, _, ok := strings.Cut(line, " = "); ok && set[key] != "" {
			lines[i] = key + " = " + set[key]
			delete(set, key)
		}
	}
	for k, v := range set {
		lines = append(lines, k+" = "+v)
	}
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
	m := zkcommit.NewModel(shape)
	m.Layers[1].Weights[0] = 1
	for _, f := range weighs {
		m.Layers[0].Weights[f] = 5
	}
	if err := os.WriteFile(filepath.Join(dir, "model.bin"), m.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func check(t *testing.T, dir string, b Bounds) *Report {
	t.Helper()
	d, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return d.Check(b)
}

func TestWhatNewWritesPassesOnceFilledIn(t *testing.T) {
	r := check(t, write(t, nil, features.Likes, features.TextLength), known)
	if r.Err() != nil || len(r.Warnings) != 0 {
		t.Fatal(r.Err(), r.Warnings)
	}
	if r.Shape != "64x32x1" || !slices.Equal(r.Inputs, []string{"likes", "text_length"}) {
		t.Fatalf("%+v", r)
	}
	r = check(t, write(t, nil, features.Likes, graph.Features+7), known)
	if r.Err() != nil || len(r.Warnings) != 0 || r.Shape != "448x4x1" || !slices.Equal(r.Inputs, []string{"likes"}) || !r.Embedding {
		t.Fatalf("%+v", r)
	}
}

// A draft as it is made is not ready, and each empty line is named.
func TestAnEmptyDraftNamesAllThatIsMissing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "My Ranker")
	if err := New(dir, "", Features); err != nil {
		t.Fatal(err)
	}
	r := check(t, dir, Bounds{Rule: func(string) error { return nil }})
	var at []string
	for _, p := range r.Problems {
		at = append(at, p.At)
	}
	if !slices.Equal(at, []string{"name", "description", "goal", "training", "licence", "model"}) {
		t.Fatal(at)
	}
	if err := New(dir, "", Features); err == nil {
		t.Fatal("a draft is overwritten")
	}
	if d, err := Read(dir); err != nil || d.Slug != "my-ranker" {
		t.Fatal(d, err)
	}
}

func TestEachProblemIsFound(t *testing.T) {
	for name, x := range map[string]struct {
		change map[string]string
		weighs []int
		bounds Bounds
		at     string
		says   string
	}{
		"long name":        {change: map[string]string{"name": `"` + strings.Repeat("é", 25) + `"`}, at: "name", says: "25 characters"},
		"long description": {change: map[string]string{"description": `"` + strings.Repeat("x", 301) + `"`}, at: "description", says: "301 characters"},
		"slug":             {change: map[string]string{"slug": `"0x12"`}, at: "slug", says: "small letter"},
		"rule":             {change: map[string]string{"rule": `"loud/v1"`}, at: "rule", says: "invalid"},
		"fallback":         {change: map[string]string{"fallback": `"kindling"`}, at: "fallback", says: "no built-in ranker"},
		"no fallback":      {change: map[string]string{"fallback": `""`}, at: "fallback", says: "no built-in ranker"},
		"schema":           {change: map[string]string{"schema": `"0x` + strings.Repeat("00", 32) + `"`}, at: "schema", says: "train on those"},
		"wide rows":        {change: map[string]string{"schema": quoted(features.Wide())}, at: "model", says: "reads 64 inputs and rows of the draft's schema have 448"},
		"narrow rows":      {change: map[string]string{"schema": quoted(features.Schema())}, weighs: []int{graph.Features}, at: "model", says: "reads 448 inputs and rows of the draft's schema have 64"},
		"reads no reader":  {change: map[string]string{"personalised": "true"}, weighs: []int{graph.Features + 383}, at: "personalised", says: "personalised = false"},
		"late":             {change: map[string]string{"reveal_after": `"9601h"`}, at: "reveal_after", says: "400 days"},
		"soon":             {change: map[string]string{"reveal_after": `"1h"`}, bounds: Bounds{Rule: known.Rule, MinDelay: 7 * 24 * time.Hour}, at: "reveal_after", says: "168h"},
		"terms":            {change: map[string]string{"terms": `"ftp://a"`}, at: "terms", says: "https"},
		"parameter":        {change: map[string]string{"parameter": `[{name="a",meaning="b",least=2,most=1,default=1}]`}, at: "parameter", says: "from 2 to 1"},
		"model elsewhere":  {change: map[string]string{"model": `"../model.bin"`}, at: "model", says: "no file beside"},
		"other file":       {change: map[string]string{"model": `"ranker.toml"`}, at: "model", says: "no model"},
		"reads the reader": {weighs: []int{features.Likes, features.SimilarMax}, at: "personalised", says: "similar_max"},
		"reads nobody":     {change: map[string]string{"personalised": "true"}, weighs: []int{features.Likes}, at: "personalised", says: "personalised = false"},
	} {
		if x.weighs == nil {
			x.weighs = []int{features.Likes}
		}
		if x.bounds.Rule == nil {
			x.bounds = known
		}
		if name == "reads nobody" {
			x.change["personalised"] = "true"
		}
		r := check(t, write(t, x.change, x.weighs...), x.bounds)
		if len(r.Problems) != 1 || r.Problems[0].At != x.at || !strings.Contains(r.Problems[0].Says, x.says) {
			t.Errorf("%s: %+v", name, r.Problems)
		}
	}
}

func quoted(h graph.Hash) string { return `"` + h.Hex() + `"` }

func TestUnreadableDraftsSayWhy(t *testing.T) {
	for text, want := range map[string]string{
		"slug = ":                           "expected value",
		"slugg = \"a\"":                     `no key "slugg"`,
		"reveal_after = \"soon\"":           "no delay",
		"reveal_after = \"-1h\"":            "no delay",
		"#" + strings.Repeat("x", maxDraft): "more than 65536 bytes",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, File), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %v", text, err)
		}
	}
	if _, err := Read(t.TempDir()); err == nil || !strings.Contains(err.Error(), "candor ranker new") {
		t.Error(err)
	}
}

// A model that is cut off, or has a byte too many, is none.
func TestModelsAreReadStrictly(t *testing.T) {
	dir := write(t, nil, features.Likes)
	path := filepath.Join(dir, "model.bin")
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range [][]byte{good[:len(good)-1], append(slices.Clone(good), 0), nil, make([]byte, zkcommit.MaxModel+1)} {
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		if r := check(t, dir, known); len(r.Problems) != 1 || r.Problems[0].At != "model" {
			t.Errorf("%d bytes: %+v", len(b), r.Problems)
		}
	}
}
