package publish

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"

	"candor/rankers/features"
	"candor/rankers/onnx/reference"
	"candor/rankers/tower"
	"candor/zkcommit"
)

// IsTower says whether it is a tower's draft.
func (d *Draft) IsTower() bool { return d.Kind == "tower" }

// tower is the version whose vectors the draft's ranker reads; nil: it reads none.
func (d *Draft) tower() (*zkcommit.TowerName, error) {
	if d.Tower == "" {
		return nil, nil
	}
	plugin, version, _ := strings.Cut(d.Tower, "/")
	n, err := strconv.ParseUint(version, 10, 32)
	name := &zkcommit.TowerName{Version: uint32(n)}
	if name.Plugin.UnmarshalText([]byte(plugin)) != nil || err != nil || n == 0 {
		return nil, fmt.Errorf("%.90q is no tower: write its plugin's id, a slash and the version, such as \"0x…/1\"", d.Tower)
	}
	return name, nil
}

// OpenTower reads the draft's ONNX file, as auditors will.
func (d *Draft) OpenTower() (file []byte, shape zkcommit.TowerShape, err error) {
	if d.Model == "" || d.Model != filepath.Base(d.Model) {
		return nil, shape, fmt.Errorf("model = %q is no file beside %s: write one such as \"tower.onnx\"", d.Model, File)
	}
	path := filepath.Join(d.dir, d.Model)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil, shape, fmt.Errorf("%s is not there: export the tower as ONNX", path)
	}
	if file, err = readFile(path, zkcommit.MaxTowerFile); err != nil {
		return nil, shape, err
	}
	m, err := openTower(file)
	if err != nil {
		return nil, shape, fmt.Errorf("%s: %w", path, err)
	}
	return file, zkcommit.TowerShape{Inputs: m.Width(), Outputs: m.Outputs()}, nil
}

// openTower reads a tower's file and holds it to what towers read and give.
func openTower(file []byte) (*reference.Model, error) {
	m, err := reference.Open(file)
	if err != nil {
		return nil, err
	}
	if m.Width() != tower.Width {
		return nil, fmt.Errorf("it reads %d numbers of a post, and there are %d tokens' int8", m.Width(), tower.Width)
	}
	_, err = zkcommit.ParseTowerShape(zkcommit.TowerShape{Inputs: m.Width(), Outputs: m.Outputs()}.String())
	return m, err
}

func (d *Draft) checkTower(r *Report) {
	if d.Schema != tower.Schema() {
		r.wrong("schema", "towers read tokens of the schema %s", tower.Schema())
	}
	if d.Tower != "" {
		r.wrong("tower", "a tower reads no tower: take it out")
	}
	file, shape, err := d.OpenTower()
	if err != nil {
		r.wrong("model", "%s", err)
		return
	}
	r.Shape = shape.String()
	if d.Delay() > 0 && len(file)+lockedExtra > MaxInEvent {
		r.warn("model", "locked to its date it has more than the %d bytes that the chain takes: name nodes that keep it with candor ranker publish --custodian", MaxInEvent)
	}
}

// checkReads compares the tower that a ranker names with the rows that it reads.
func (d *Draft) checkReads(r *Report) {
	name, err := d.tower()
	switch {
	case err != nil:
		r.wrong("tower", "%s", err)
	case (name != nil) != (d.Schema == features.Towered()):
		r.wrong("tower", "rows of the schema %s end with a tower's vector, and those of no other: name both or none", features.Towered())
	}
}

// checkTower holds a tower's manifest, and its file if it is here, to what nodes of this
// version serve.
func (p *Parcel) checkTower() error {
	m := &p.Signed.Manifest
	shape, err := zkcommit.ParseTowerShape(m.Shape)
	switch {
	case err != nil:
		return err
	case m.FeatureSchema != tower.Schema() || shape.Inputs != tower.Width:
		return fmt.Errorf("it reads tokens of the schema %s, and this version makes %s", m.FeatureSchema, tower.Schema())
	case m.ShapeID != shape.ID():
		return errors.New("its shape's id is another shape's")
	case p.Tower == nil:
		return nil
	}
	if err := p.Tower.Opens(m.Commitment); err != nil {
		return fmt.Errorf("what the parcel holds is not the tower that its manifest commits to: %w", err)
	}
	file, err := openTower(p.Tower.File)
	if err == nil && file.Outputs() != shape.Outputs {
		err = fmt.Errorf("its file gives vectors of %d, and its manifest says %s", file.Outputs(), m.Shape)
	}
	return err
}

var towerText = template.Must(template.New("").Parse(`# What readers and auditors are told of your tower, and when its file becomes public.
# candor ranker check says what is missing and what is too long.

kind = "tower"
slug = {{printf "%q" .Slug}} # your plugin's short name for ever: small letters, digits and dashes

name = "" # at most {{.MaxName}} characters
description = "" # what its vectors say of a post, at most {{.MaxDescription}} characters
goal = "" # what rankers may do with them, in plain words

training = "" # what the weights were trained on
licence = "" # under which licence the file is, once it is public
terms = "" # https:// URL, or nothing
privacy = "" # https:// URL, or nothing

# How long the file stays secret from its publication on, such as "720h"; "0s" publishes it
# at once, without a bond.
reveal_after = "720h"

model = "tower.onnx" # of the operators that docs/towers.md lists
schema = "` + tower.Schema().Hex() + `" # of the tokens that it reads: do not change it by hand
`))

const towerReadme = `# %[1]s, a tower for Candor

Next steps, each in this directory's parent:

    # train a model of the tokens in docs/towers.md, and export it as %[2]s/tower.onnx
    # fill in %[2]s/ranker.toml
    candor ranker check %[2]s
    candor ranker publish %[2]s --node http://127.0.0.1:8080
    candor worker %[2]s --node http://127.0.0.1:8080

"secrets/" appears when you publish. It holds your publisher's key and what hides the file until
its date: keep it, and show it to nobody.
`
