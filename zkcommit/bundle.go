package zkcommit

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"candor/graph"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ipfs/go-cid"
)

// BundleVersion is the first key of every bundle.
const BundleVersion = "candor/bundle/v2"

// MaxBundle is the most bytes that a bundle may have: those of MaxPosts posts of
// 448 features, with their candidates.
const MaxBundle = 24 << 20

// Bundle is a run with all that is needed to check it: one self-contained JSON
// document. It has no field that Check does not check.
type Bundle struct {
	Version    string            `json:"version"`
	Run        hexutil.Bytes     `json:"run"` // canonical bytes
	Opening    graph.Hash        `json:"opening"`
	Viewer     graph.Address     `json:"viewer"` // zero: anonymous
	Parameters []int32           `json:"parameters,omitempty"`
	Manifest   SignedManifest    `json:"manifest"`
	Candidates []graph.Candidate `json:"candidates"`
	Verdicts   []FilterVerdicts  `json:"verdicts"`
	Features   []hexutil.Bytes   `json:"features"` // a row of int8 a post, in ranked order
	Ranked     []graph.PostID    `json:"ranked"`
	Served     []graph.PostID    `json:"served"`
	Proof      *BundleProof      `json:"proof"` // null: not proved yet
	// What the proof rests on, and the key of that; null without a proof.
	Registration    []byte     `json:"registration"` // Registration.Bytes, base64
	RegistrationKey *BundleKey `json:"registrationKey"`
	// The same statement by another proof system, for contracts; null: not demanded.
	Dispute    *BundleDispute `json:"dispute"`
	DisputeKey *BundleKey     `json:"disputeKey"`
	Receipt    Receipt        `json:"receipt"`
}

// BundleProof is a run proof as JSON.
type BundleProof struct {
	Version string `json:"version"`
	Kind    string `json:"kind"`
	Bytes   []byte `json:"bytes"` // base64
}

// BundleDispute is a dispute proof as JSON.
type BundleDispute struct {
	Version string     `json:"version"`
	Kind    string     `json:"kind"`
	Key     graph.Hash `json:"key"`   // hash of the verifying key
	Bytes   []byte     `json:"bytes"` // base64
}

// BundleKey is a verifying key that a registration or a dispute proof names.
type BundleKey struct {
	Circuit string `json:"circuit"`
	// Development says that the key was made on one machine: whoever made it can forge.
	Development bool   `json:"development"`
	Key         []byte `json:"key"` // base64
}

// Hash names the key: SHA-256 over the circuit, who made it, and its bytes, so
// that a development key cannot pass for another one.
func (k *BundleKey) Hash() graph.Hash { return KeyHash(k.Circuit, k.Development, k.Key) }

// KeyHash is the name of a verifying key, on the chain and in every proof.
func KeyHash(circuit string, development bool, key []byte) graph.Hash {
	b := appendString([]byte("candor/key/v1"), circuit)
	if development {
		b = append(b, 1)
	} else {
		b = append(b, 0)
	}
	return sha256.Sum256(append(b, key...))
}

// Evidence is all that a node can show for a run.
type Evidence struct {
	Proof           *Proof        // the run proof; nil: not proved yet
	Registration    *Registration // of the run's model; a run proof is worth nothing without
	RegistrationKey *BundleKey
	Dispute         *Proof // the dispute proof; nil: not demanded
	DisputeKey      *BundleKey
}

// NewBundle puts a ledger's row and what belongs to it into one document.
func NewBundle(row *RunRow, m *SignedManifest, e Evidence) (*Bundle, error) {
	var rec Record
	if err := strictJSON(row.Record, &rec); err != nil {
		return nil, fmt.Errorf("the ledger's record of run %s: %w", row.ID, err)
	}
	b := &Bundle{Version: BundleVersion, Run: row.Run, Opening: row.Opening, Viewer: rec.Viewer, Parameters: rec.Parameters, Manifest: *m,
		Candidates: rec.Candidates, Verdicts: rec.Verdicts, Ranked: rec.Ranked, Served: rec.Served,
		Features: []hexutil.Bytes{}}
	for _, r := range rec.Rows {
		line := make([]byte, len(r))
		for i, v := range r {
			line[i] = byte(v)
		}
		b.Features = append(b.Features, line)
	}
	if err := strictJSON(row.Receipt, &b.Receipt); err != nil {
		return nil, fmt.Errorf("the ledger's receipt of run %s: %w", row.ID, err)
	}
	if p := e.Proof; p != nil {
		b.Proof = &BundleProof{Version: p.Version, Kind: p.Kind, Bytes: p.Bytes}
		if e.Registration != nil {
			b.Registration, b.RegistrationKey = e.Registration.Bytes(), e.RegistrationKey
		}
	}
	if p := e.Dispute; p != nil {
		b.Dispute = &BundleDispute{Version: p.Version, Kind: p.Kind, Key: p.Key, Bytes: p.Bytes}
		b.DisputeKey = e.DisputeKey
	}
	return b, nil
}

// ErrNoBundle says that a document is not even a damaged bundle.
var ErrNoBundle = errors.New("this is no bundle")

// ParseBundle reads a bundle in its one spelling: known keys, in order, canonical
// hex and base64; white space between them is free. What is no bundle at all
// gives ErrNoBundle, a bundle that someone changed another error.
func ParseBundle(doc []byte) (*Bundle, error) {
	if len(doc) > MaxBundle {
		return nil, fmt.Errorf("%w: it has %d bytes, a bundle has at most %d", ErrNoBundle, len(doc), MaxBundle)
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(doc, &keys); err != nil {
		return nil, fmt.Errorf("%w: it is not a JSON object", ErrNoBundle)
	}
	if keys["run"] == nil && keys["proof"] == nil && keys["ranked"] == nil {
		return nil, fmt.Errorf("%w: it has neither run, proof nor ranked order", ErrNoBundle)
	}
	var b Bundle
	if err := strictJSON(doc, &b); err != nil {
		return nil, fmt.Errorf("the bundle cannot be read: %w", err)
	}
	if b.hasNull() {
		return nil, errors.New("the bundle has null where a list belongs: send [] for an empty one")
	}
	if b.Version != BundleVersion {
		return nil, fmt.Errorf("the bundle's version is %.40q, not %q", b.Version, BundleVersion)
	}
	again, err := canonicalJSON(&b)
	if err != nil {
		return nil, err
	}
	var flat bytes.Buffer
	if err := json.Compact(&flat, doc); err != nil {
		return nil, err
	}
	if !bytes.Equal(flat.Bytes(), again) {
		return nil, errors.New("the bundle is not in canonical form: keys are missing, repeated or out of order, or a number, hex or base64 has a second spelling")
	}
	return &b, nil
}

// hasNull says whether a list is null, the second spelling of an empty one.
func (b *Bundle) hasNull() bool {
	for _, f := range b.Verdicts {
		if f.Verdicts == nil {
			return true
		}
	}
	return b.Candidates == nil || b.Verdicts == nil || b.Features == nil || b.Ranked == nil || b.Served == nil
}

// Statement is what a run's proofs are about: the public side of it.
type Statement struct {
	Run         []byte     // canonical bytes
	RankingSalt graph.Hash // of the digests of Ranked and Rows
	Commitment  graph.Hash
	Ranked      []graph.PostID
	Rows        Rows // in ranked order
}

// Tools are the checks that live in other rooms.
type Tools struct {
	// Register checks a registration under the verifying key that it names, and
	// gives the check of run proofs of its model.
	Register func(r *Registration, k *BundleKey) (verify func(st Statement, p Proof) error, err error)
	// Dispute checks a dispute proof of the statement under the verifying key.
	Dispute func(k *BundleKey, st Statement, p Proof) error
	// Select applies the selection rule to the ranked candidates.
	Select func(rule string, ranked []graph.Candidate) ([]graph.PostID, error)
	// Now is the checker's clock in seconds; 0: no receipt is too early for it.
	Now uint64
	// Chain is a root of trust, and Root the words for it; without one, the
	// bundle vouches for itself.
	Chain Chain
	Root  string
}

// Chain answers what the contracts say.
type Chain interface {
	Identity() (chainID uint64, genesis graph.Hash, registry graph.Address)
	// Model is what the version committed to, and the name of its manifest; it
	// fails when another version was active at the block, or none.
	Model(plugin graph.Hash, version uint32, block uint64) (commitment, shape graph.Hash, manifest cid.Cid, err error)
	Key(hash graph.Hash) (known, development bool, err error)
	Node(node graph.Address) (registered bool, err error)
	BlockHash(number uint64) (graph.Hash, error)
}

// Check is one finding about a bundle.
type Check struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"` // one sentence
}

// Finding is all that was found about a bundle.
type Finding struct {
	Valid  bool       `json:"valid"`
	Run    graph.Hash `json:"run"`
	Checks []Check    `json:"checks"`
	Proofs []string   `json:"proofs"` // versions of the proofs that hold
	Keys   string     `json:"keys"`   // "development": anyone who has that key can forge; "" for a ceremony's
	Root   string     `json:"root"`   // what the keys of registration and dispute are trusted on
}

// Roots of trust. The run proof itself needs none.
const (
	RootBundle = "the bundle's own words: key not independently checked"
	RootNode   = "the node's own chain endpoint: key not independently checked"
	RootChain  = "the key table of the chain that you named"
)

// Check checks every field. It never stops at the first misfit, so that each is named.
func (b *Bundle) Check(t Tools) Finding {
	f := Finding{Valid: true, Proofs: []string{}, Root: RootBundle}
	add := func(name, good string, err error) bool {
		c := Check{Name: name, OK: err == nil, Detail: good}
		if err != nil {
			c.Detail, f.Valid = err.Error(), false
		}
		f.Checks = append(f.Checks, c)
		return err == nil
	}
	run, err := ParseRun(b.Run)
	if err == nil {
		err = run.check()
	}
	if !add("run", "the run's bytes are canonical", err) {
		return f
	}
	f.Run = run.ID()
	m := &b.Manifest.Manifest
	add("manifest", fmt.Sprintf("publisher %s signed version %d of %q", m.Publisher, m.Version, m.Name), b.Manifest.Check())
	add("model", "the run names the model, shape and features of the manifest, and values that it allows", b.checkModel(run))
	rec, sealed := b.record(), false
	err = rec.consistent()
	if add("record", fmt.Sprintf("%d candidates, %d of them ranked and served", len(b.Candidates), len(b.Ranked)), err) {
		sealed = b.checkDigests(rec, run, add)
		add("selection", fmt.Sprintf("the served order is %q of the ranked order", m.Rule), b.checkSelection(t, rec))
	}
	add("receipt", fmt.Sprintf("node %s promised to log the run as number %d of lane %d", run.Node, run.Seq, run.Lane),
		b.checkReceipt(t, run))
	if t.Chain != nil {
		f.Root = t.Root
		add("chain", "the chain knows the block, the node, the model and the key", b.checkChain(t.Chain, run))
	}
	for _, k := range b.keys() {
		if k.Development {
			f.Keys = "development"
		}
	}
	f.Proofs = append(f.Proofs, b.checkProofs(t, rec, run, sealed, add)...)
	return f
}

// keys are the verifying keys that the bundle brings along.
func (b *Bundle) keys() (all []*BundleKey) {
	for _, k := range []*BundleKey{b.RegistrationKey, b.DisputeKey} {
		if k != nil {
			all = append(all, k)
		}
	}
	return all
}

func (b *Bundle) record() *Record {
	rec := &Record{Viewer: b.Viewer, Parameters: b.Parameters, Candidates: b.Candidates, Verdicts: b.Verdicts,
		Ranked: b.Ranked, Rule: b.Manifest.Manifest.Rule, Served: b.Served}
	for _, line := range b.Features {
		row := make([]int8, len(line))
		for i, v := range line {
			row[i] = int8(v)
		}
		rec.Rows = append(rec.Rows, row)
	}
	return rec
}

func (b *Bundle) checkModel(run *Run) error {
	m := &b.Manifest.Manifest
	switch {
	case m.Kind != "ranker":
		return fmt.Errorf("the manifest is a %s's, and only rankers make runs", m.Kind)
	case run.Plugin != m.ID() || run.Version != m.Version:
		return errors.New("the run is of another plugin or version than the manifest")
	case run.Commitment != m.Commitment:
		return errors.New("the run's model commitment is not the manifest's")
	case run.Shape != m.ShapeID || run.FeatureSchema != m.FeatureSchema:
		return errors.New("the run's shape or feature schema is not the manifest's")
	}
	for _, row := range b.Features {
		if !strings.HasPrefix(m.Shape, fmt.Sprintf("%dx", len(row))) {
			return fmt.Errorf("a row of the bundle has %d features, and the manifest's model of shape %.40s does not read as many", len(row), m.Shape)
		}
	}
	return m.checkValues(b.Parameters)
}

// clockSkew is how far, in seconds, a node's clock may be ahead of the checker's.
const clockSkew = 300

func (b *Bundle) checkReceipt(t Tools, run *Run) error {
	if err := b.Receipt.Check(run.ID(), run); err != nil {
		return err
	}
	if t.Now != 0 && b.Receipt.Time > t.Now+clockSkew {
		return errors.New("the receipt is of the future, so that what it promises never falls due")
	}
	return nil
}

// checkDigests says whether what is to be proved, the ranked posts and their
// features, is what the run's digests hold.
func (b *Bundle) checkDigests(rec *Record, run *Run, add func(string, string, error) bool) (sealed bool) {
	d, err := rec.digests(run.Commitment, b.Opening)
	if err != nil {
		return add("features", "", err)
	}
	for _, x := range []struct {
		name      string
		got, want graph.Hash
	}{
		{"viewer", d.Viewer, run.Viewer}, {"candidates", d.Candidates, run.Candidates},
		{"features", d.Features, run.Features}, {"verdicts", d.Verdicts, run.Verdicts},
		{"ranked", d.Ranked, run.Ranked}, {"served", d.Served, run.Served},
	} {
		err := error(nil)
		if x.got != x.want {
			err = fmt.Errorf("what the bundle gives as %s, or its opening, does not match the run's digest", x.name)
		}
		add(x.name, "matches the run's digest", err)
	}
	return d.Features == run.Features && d.Ranked == run.Ranked
}

func (b *Bundle) checkSelection(t Tools, rec *Record) error {
	authors := make(map[graph.PostID]graph.Candidate, len(rec.Candidates))
	for _, c := range rec.Candidates {
		authors[c.Post] = c
	}
	ranked := make([]graph.Candidate, len(rec.Ranked))
	for i, id := range rec.Ranked {
		ranked[i] = authors[id]
	}
	want, err := t.Select(rec.Rule, ranked)
	if err == nil && !slices.Equal(want, rec.Served) {
		err = fmt.Errorf("the served order is not what the rule %q makes of the ranked order", rec.Rule)
	}
	return err
}

func (b *Bundle) checkChain(c Chain, run *Run) error {
	id, genesis, registry := c.Identity()
	if run.ChainID != id || run.Genesis != genesis || run.Registry != registry {
		return errors.New("the run is of another chain or registry")
	}
	if ok, err := c.Node(run.Node); err != nil || !ok {
		return errors.Join(err, fmt.Errorf("the chain knows no node %s", run.Node))
	}
	if hash, err := c.BlockHash(run.Block); err != nil {
		return err
	} else if hash != run.BlockHash {
		return fmt.Errorf("the chain has another block %d than the run: it was orphaned, or never there", run.Block)
	}
	commitment, shape, manifest, err := c.Model(run.Plugin, run.Version, run.Block)
	if err != nil {
		return err
	}
	// A publisher can sign two manifests for one version; the chain holds one.
	if _, name, err := b.Manifest.Encode(); err != nil || name != manifest {
		return errors.Join(err, fmt.Errorf("the chain has another manifest for version %d of the plugin", run.Version))
	}
	if commitment != run.Commitment || shape != run.Shape {
		return fmt.Errorf("the chain has another model for version %d of the plugin", run.Version)
	}
	for _, k := range b.keys() {
		known, development, err := c.Key(k.Hash())
		switch {
		case err != nil:
			return err
		case !known:
			return fmt.Errorf("the chain's key table does not know the verifying key of circuit %.40q", k.Circuit)
		case development != k.Development:
			return fmt.Errorf("the chain says otherwise whether the verifying key of circuit %.40q is a development key", k.Circuit)
		}
	}
	return nil
}

// Encode writes the bundle in its canonical form.
func (b *Bundle) Encode() ([]byte, error) { return canonicalJSON(b) }
