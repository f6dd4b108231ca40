package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/template"
	"time"

	"candor/graph"
	"candor/rankers/features"
	"candor/zkcommit"

	"github.com/BurntSushi/toml"
)

// File is the draft's name in a ranker's directory.
const File = "ranker.toml"

// maxDraft is the most bytes of a draft.
const maxDraft = 64 << 10

// Draft is what a publisher writes about its ranker.
type Draft struct {
	Kind         string      `toml:"kind"` // "tower"; else it is a ranker
	Slug         string      `toml:"slug"`
	Name         string      `toml:"name"`
	Description  string      `toml:"description"`
	Goal         string      `toml:"goal"`
	Personalised bool        `toml:"personalised"`
	Rule         string      `toml:"rule"`
	Training     string      `toml:"training"`
	Licence      string      `toml:"licence"`
	Fallback     string      `toml:"fallback"`
	Terms        string      `toml:"terms"`
	Privacy      string      `toml:"privacy"`
	RevealAfter  duration    `toml:"reveal_after"`
	Schema       graph.Hash  `toml:"schema"`
	Tower        string      `toml:"tower"` // whose vectors a ranker reads: PLUGIN/VERSION
	Unproven     bool        `toml:"unproven"`
	Model        string      `toml:"model"` // file, in the draft's directory
	Parameters   []Parameter `toml:"parameter"`

	dir string
}

// Parameter is a number that a reader may tune.
type Parameter struct {
	Columns []uint16 `toml:"columns"`
	Default int32    `toml:"default"`
	Least   int32    `toml:"least"`
	Meaning string   `toml:"meaning"`
	Most    int32    `toml:"most"`
	Name    string   `toml:"name"`
}

// duration is written as Go does: 720h, 30m.
type duration time.Duration

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *duration) UnmarshalText(b []byte) error {
	v, err := time.ParseDuration(string(b))
	if err != nil || v < 0 {
		return fmt.Errorf("%q is no delay: write one such as \"720h\", or \"0s\"", b)
	}
	*d = duration(v)
	return nil
}

// Delay is how long the model stays secret; 0: not at all.
func (d *Draft) Delay() time.Duration { return time.Duration(d.RevealAfter) }

// Read reads the draft of a directory. Keys that it does not know are an error: a
// misspelt one would be left out in silence.
func Read(dir string) (*Draft, error) {
	path := filepath.Join(dir, File)
	b, err := readFile(path, maxDraft)
	if err != nil {
		return nil, fmt.Errorf("%w: name a directory that candor ranker new made", err)
	}
	d := &Draft{dir: dir}
	meta, err := toml.NewDecoder(bytes.NewReader(b)).Decode(d)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("%s: there is no key %q: take it out, or see those that candor ranker new writes", path, unknown[0])
	}
	return d, nil
}

// readFile reads a file of at most so many bytes.
func readFile(path string, most int) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read", path)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, int64(most)+1))
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", path, err)
	}
	if len(b) > most {
		return nil, fmt.Errorf("%s has more than %d bytes", path, most)
	}
	return b, nil
}

// ErrNoModel is the answer while there is no model file.
var ErrNoModel = errors.New("there is no model yet: train one, export it as ONNX, and let candor ranker quantise make it")

// OpenModel reads the draft's model with the house's own parser.
func (d *Draft) OpenModel() (*zkcommit.Model, error) {
	if d.Model == "" || d.Model != filepath.Base(d.Model) {
		return nil, fmt.Errorf("model = %q is no file beside %s: write one such as \"model.bin\"", d.Model, File)
	}
	path := filepath.Join(d.dir, d.Model)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", path, ErrNoModel)
	}
	b, err := readFile(path, zkcommit.MaxModel)
	if err != nil {
		return nil, err
	}
	m, err := zkcommit.ParseModel(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: candor ranker quantise makes models of ONNX files", path, err)
	}
	return m, nil
}

// Shape is a model's size: a zkcommit.Shape, or a zkcommit.TowerShape.
type Shape interface {
	String() string
	ID() graph.Hash
}

// Manifest is the draft's, of a version that a publisher's key commits to.
func (d *Draft) Manifest(publisher graph.Address, version uint32, shape Shape, circuit string, commitment graph.Hash, revealBy uint64) zkcommit.Manifest {
	x := zkcommit.Manifest{Type: zkcommit.ManifestType, Circuit: circuit, Commitment: commitment, Description: d.Description, Fallback: d.Fallback,
		FeatureSchema: d.Schema, Goal: d.Goal, Kind: "ranker", Licence: d.Licence, Name: d.Name, Personalised: d.Personalised, Privacy: d.Privacy,
		Publisher: publisher, RevealBy: revealBy, Rule: d.Rule, Shape: shape.String(), ShapeID: shape.ID(), Slug: d.Slug, Terms: d.Terms,
		Training: d.Training, Version: version}
	x.Tower, _ = d.tower() // Check has read it
	if d.IsTower() {
		x.Kind = "tower"
	}
	if d.Unproven || d.IsTower() {
		x.Circuit = ""
	}
	x.Parameters = d.Tunable()
	return x
}

// Tunable are the draft's parameters as a manifest has them.
func (d *Draft) Tunable() (out []zkcommit.Parameter) {
	for _, p := range d.Parameters {
		out = append(out, zkcommit.Parameter(p))
	}
	return out
}

var draftText = template.Must(template.New("").Parse(`# What readers and auditors are told of your ranker, and when its model becomes public.
# candor ranker check says what is missing and what is too long.

slug = {{printf "%q" .Slug}} # your plugin's short name for ever: small letters, digits and dashes

# What readers see when they choose.
name = "" # at most {{.MaxName}} characters
description = "" # what comes first and what sinks, at most {{.MaxDescription}} characters
goal = "" # what it tries to do for them, in plain words
personalised = true # false: the model weighs nothing about who reads

# The selection rule behind your order: "diverse/v1" shows at most two posts of an author
# among ten, "single/v1" at most one among twenty, "plain/v1" shows the order as it is.
rule = "diverse/v1"

# The built-in ranker that stands in when yours does not answer.
fallback = "latest"

training = "" # what the weights were trained on
licence = "" # under which licence the model is, once it is public
terms = "" # https:// URL, or nothing
privacy = "" # https:// URL, or nothing

# How long the model stays secret from its publication on, such as "720h". It is locked to
# that date when you publish: then anyone opens it, whatever becomes of you, and a bond is
# lost if it does not open. "0s" publishes it at once, without a bond.
reveal_after = "720h"

# true: no run of it is proven. Readers see that its order is committed to and no more, or,
# where workers of several operators serve it, that they agree.
unproven = false

model = "model.bin" # what candor ranker quantise writes

# What the model reads of a post: {{.Rows}}. Do not change it by hand.
schema = "{{.Schema}}"

# The tower whose vectors the model reads, as PLUGIN/VERSION, where the schema says so (docs/towers.md).
tower = ""

# A number that a reader may tune, as often as you like: each column becomes column * value / 16
# before your model reads it, so that 16 changes nothing.
# [[parameter]]
# name = "freshness"
# meaning = "how much new posts count"
# least = 0
# most = 32
# default = 16
# columns = [2, 3] # of a row, by their places in docs/features.md
`))

const readmeText = `# %[1]s, a ranker for Candor

Next steps, each in this directory's parent:

    candor features export --events HISTORY.jsonl%[3]s --out features.csv   # rows to train on, with their gains
    # train on them, and export the model as model.onnx
    candor ranker quantise model.onnx --calibrate features.csv --out %[2]s/model.bin
    # fill in %[2]s/ranker.toml
    candor ranker check %[2]s
    candor ranker try %[2]s --node http://127.0.0.1:8080
    candor ranker publish %[2]s --node http://127.0.0.1:8080

"secrets/" appears when you publish. It holds your publisher's key and what hides the model until
its date: keep it, and show it to nobody.
`

// Reads is what a draft's model reads of a post.
type Reads int

// What models read.
const (
	Features  Reads = iota // 64 of them
	Embedding              // and the post's embedding
	Vectors                // and a tower's vector instead
	Tokens                 // a tower: the post's tokens
)

// New makes a directory with a draft to fill in, of a ranker or a tower. It overwrites nothing.
func New(dir, slug string, reads Reads) error {
	if slug == "" {
		slug = slugOf(dir)
	}
	probe := zkcommit.Manifest{Type: zkcommit.ManifestType, Kind: "ranker", Name: "x", Slug: slug, Version: 1}
	if err := probe.Validate(); err != nil {
		return fmt.Errorf("%w: choose one with --slug", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("the directory cannot be made: %w", err)
	}
	var b strings.Builder
	facts := map[string]any{"Slug": slug, "MaxName": zkcommit.MaxName, "MaxDescription": zkcommit.MaxDescription}
	text, flag := draftText, ""
	switch reads {
	case Features:
		facts["Rows"], facts["Schema"] = "the 64 features of docs/features.md", features.Schema().Hex()
	case Embedding:
		facts["Rows"], facts["Schema"], flag = "those 64 features and the post's embedding", features.Wide().Hex(), " --embedding"
	case Vectors:
		facts["Rows"], facts["Schema"], flag = "those 64 features and a tower's vector", features.Towered().Hex(), " --tower FILE"
	case Tokens:
		text = towerText
	}
	if err := text.Execute(&b, facts); err != nil {
		return err
	}
	readme := fmt.Sprintf(readmeText, slug, filepath.ToSlash(dir), flag)
	if reads == Tokens {
		readme = fmt.Sprintf(towerReadme, slug, filepath.ToSlash(dir))
	}
	for name, text := range map[string]string{File: b.String(), "README.md": readme} {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, os.ErrExist) {
			return fmt.Errorf("%s is there already: name a new directory", filepath.Join(dir, name))
		}
		if err != nil {
			return fmt.Errorf("the draft cannot be written: %w", err)
		}
		_, err = io.WriteString(f, text)
		if err = errors.Join(err, f.Close()); err != nil {
			return fmt.Errorf("the draft cannot be written: %w", err)
		}
	}
	return nil
}

// slugOf makes a slug of a directory's name.
func slugOf(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	s := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, filepath.Base(dir))
	return strings.Trim(s, "-")
}
