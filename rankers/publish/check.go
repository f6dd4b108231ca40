package publish

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"candor/graph"
	"candor/rankers"
	"candor/rankers/features"
	"candor/zkcommit"
)

// MaxDelay is the longest that a model may stay secret and its runs be called proven.
const MaxDelay = 400 * 24 * time.Hour

// MaxInEvent is the most bytes of a locked model that the chain takes.
const MaxInEvent = 32 << 10

// lockedExtra bounds what the time lock adds to a model's bytes.
const lockedExtra = 1 << 10

// Problem is what stands between a draft and its publication.
type Problem struct {
	At   string `json:"at"`   // a key of the draft, or "model"
	Says string `json:"says"` // what is wrong and what to change
}

// Report is what a check found.
type Report struct {
	Problems []Problem `json:"problems"` // none: it can be published
	Warnings []Problem `json:"warnings"` // what readers will see, and can be left
	Shape    string    `json:"shape,omitempty"`
	Inputs   []string  `json:"inputs,omitempty"` // features that the model weighs
	Weights  int       `json:"weights,omitempty"`
	// Embedding says that it weighs the post's embedding, too, or a tower's vector.
	Embedding bool `json:"embedding,omitempty"`
}

func (r *Report) wrong(at, format string, a ...any) {
	r.Problems = append(r.Problems, Problem{at, fmt.Sprintf(format, a...)})
}

func (r *Report) warn(at, format string, a ...any) {
	r.Warnings = append(r.Warnings, Problem{at, fmt.Sprintf(format, a...)})
}

// Bounds are what is asked from outside the draft.
type Bounds struct {
	Rule     func(rule string) error // nil when the selection rule is known
	MinDelay time.Duration           // from a commit to its date, as the chain's terms say; 0: not asked
}

// Check looks at everything, so that one round of changes is enough.
func (d *Draft) Check(b Bounds) *Report {
	r := &Report{Problems: []Problem{}, Warnings: []Problem{}}
	d.checkWords(r)
	d.checkDates(r, b)
	switch {
	case d.IsTower():
		d.checkTower(r)
		return r
	case d.Kind != "" && d.Kind != "ranker":
		r.wrong("kind", "%q is neither \"ranker\" nor \"tower\"", d.Kind)
	}
	d.checkRule(r, b)
	d.checkReads(r)
	if _, err := features.Width(d.Schema); err != nil {
		r.wrong("schema", "%s: train on those, and take the schema that candor ranker new writes", err)
	}
	m, err := d.OpenModel()
	if err != nil {
		r.wrong("model", "%s", err)
		return r
	}
	d.checkModel(r, m)
	return r
}

// checkWords asks the manifest's own rules about each field alone, so that all that is
// wrong is told at once.
func (d *Draft) checkWords(r *Report) {
	good := zkcommit.Manifest{Type: zkcommit.ManifestType, Kind: "ranker", Name: "x", Slug: "x", Version: 1}
	for _, f := range []struct {
		at    string
		empty bool
		set   func(*zkcommit.Manifest)
	}{
		{"slug", d.Slug == "", func(m *zkcommit.Manifest) { m.Slug = d.Slug }},
		{"name", d.Name == "", func(m *zkcommit.Manifest) { m.Name = d.Name }},
		{"description", d.Description == "", func(m *zkcommit.Manifest) { m.Description = d.Description }},
		{"goal", d.Goal == "", func(m *zkcommit.Manifest) { m.Goal = d.Goal }},
		{"training", d.Training == "", func(m *zkcommit.Manifest) { m.Training = d.Training }},
		{"licence", d.Licence == "", func(m *zkcommit.Manifest) { m.Licence = d.Licence }},
		{"terms", false, func(m *zkcommit.Manifest) { m.Terms = d.Terms }},
		{"privacy", false, func(m *zkcommit.Manifest) { m.Privacy = d.Privacy }},
	} {
		m := good
		f.set(&m)
		if f.empty {
			r.wrong(f.at, "it is empty: write it in %s", File)
		} else if err := m.Validate(); err != nil {
			r.wrong(f.at, "%s: change it in %s", err, File)
		}
	}
	m := good
	m.Parameters = d.Tunable()
	if err := m.Validate(); err != nil {
		r.wrong("parameter", "%s: change it in %s", err, File)
	}
	for _, p := range m.Parameters {
		if len(p.Columns) == 0 {
			r.warn("parameter", "%s names no columns, so that readers see it in the manifest and cannot tune it", p.Name)
		}
	}
}

func (d *Draft) checkRule(r *Report, b Bounds) {
	if err := b.Rule(d.Rule); err != nil {
		r.wrong("rule", "%s", err)
	}
	if !builtin(d.Fallback) {
		r.wrong("fallback", "%q is no built-in ranker: write one of %v", d.Fallback, builtins())
	}
	if d.Unproven {
		r.warn("unproven", "no run of it is proven: readers see the level committed, or replicated where several operators serve it")
	}
	if builtin(d.Slug) {
		r.warn("slug", "a built-in ranker is called %q too: readers tell them apart by publisher and id", d.Slug)
	}
}

func builtins() (ids []string) {
	for _, x := range rankers.Catalogue() {
		ids = append(ids, x.Info().ID)
	}
	return ids
}

func builtin(id string) bool { return slices.Contains(builtins(), id) }

func (d *Draft) checkDates(r *Report, b Bounds) {
	switch delay := d.Delay(); {
	case delay == 0:
	case delay > MaxDelay:
		r.wrong("reveal_after", "%s is more than 400 days, after which no run is called proven: write at most \"9600h\"", delay)
	case delay < b.MinDelay:
		r.wrong("reveal_after", "%s is too soon for this chain, which asks for %s from a commit to its date: write more than that", delay, b.MinDelay)
	}
}

func (d *Draft) checkModel(r *Report, m *zkcommit.Model) {
	r.Shape = m.Shape.String()
	for _, l := range m.Layers {
		r.Weights += len(l.Weights) + len(l.Bias)
	}
	if width, err := features.Width(d.Schema); err == nil && m.Shape.Inputs != width {
		r.wrong("model", "it reads %d inputs and rows of the draft's schema have %d: train on those, or take the schema %s", m.Shape.Inputs, width, otherSchema(d.Schema))
		return
	}
	secret := zkcommit.Reveal{Schema: d.Schema, Model: m}
	if n := len(secret.Bytes()) + lockedExtra; d.Delay() > 0 && n > MaxInEvent {
		r.warn("model", "locked to its date it has some %d bytes and the chain takes %d: name nodes that keep it with candor ranker publish --custodian, or use fewer hidden units", n, MaxInEvent)
	}
	if flat(m) {
		r.warn("model", "all weights of its score are zero: every post ties, and the newest stands first")
	}
	var viewers []string
	for k := range m.Shape.Inputs {
		switch {
		case !weighs(m, k):
		case k >= graph.Features:
			r.Embedding = true
		case k >= features.Used:
			r.warn("model", "it weighs feature %d, which is reserved and zero in every row", k)
		default:
			r.Inputs = append(r.Inputs, features.Name(k))
			if features.OfViewer(k) {
				viewers = append(viewers, features.Name(k))
			}
		}
	}
	if !d.Personalised && len(viewers) > 0 {
		r.wrong("personalised", "the model weighs %v, which depend on the reader: write personalised = true, or train without them", viewers)
	}
	if d.Personalised && len(viewers) == 0 && (len(r.Inputs) > 0 || r.Embedding) {
		r.wrong("personalised", "the model weighs nothing that depends on the reader: write personalised = false")
	}
}

// otherSchema is that of rows of the other width, with its words.
func otherSchema(s graph.Hash) string {
	if s != features.Schema() {
		return fmt.Sprintf("%s, of rows without the post's embedding", features.Schema())
	}
	return fmt.Sprintf("%s, of rows with the post's embedding", features.Wide())
}

// weighs says whether a first weight of the input is not zero.
func weighs(m *zkcommit.Model, input int) bool {
	for j := range m.Shape.Units(0) {
		if m.Layers[0].Weights[j*m.Shape.Inputs+input] != 0 {
			return true
		}
	}
	return false
}

// flat says whether every row gets one score.
func flat(m *zkcommit.Model) bool {
	for _, w := range m.Layers[len(m.Layers)-1].Weights {
		if w != 0 {
			return false
		}
	}
	return true
}

// Err is the report's problems as one error; nil when there are none.
func (r *Report) Err() error {
	var all []error
	for _, p := range r.Problems {
		all = append(all, fmt.Errorf("%s: %s", p.At, p.Says))
	}
	return errors.Join(all...)
}
