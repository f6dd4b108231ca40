package zkcommit

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"candor/graph"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden vectors anew")

// golden is shared with the browser's tests.
const golden = "testdata/claims.json"

func fill[T ~[32]byte](b byte) (h T) {
	for i := range h {
		h[i] = b + byte(i)
	}
	return h
}

func exampleRecord() *Record {
	id := func(b uint64, l uint32) graph.PostID { return graph.PostID{Block: b, Tx: 1, Log: l} }
	who := common.HexToAddress("0x00000000000000000000000000000000000000a1")
	r := &Record{Viewer: common.HexToAddress("0x1234"), Rule: "plain/v1",
		Candidates: []graph.Candidate{{Author: who, Post: id(7, 0), Source: graph.FromNewest}, {Author: who, Post: id(9, 2), Source: graph.FromTrending}, {Author: who, Post: id(8, 1), Source: graph.FromNear}},
		Verdicts:   []FilterVerdicts{{Filter: "flood", Version: 1, Verdicts: []graph.Verdict{{Post: id(7, 0), Decision: graph.Hide, Reason: "near-duplicate"}}}},
		Ranked:     []graph.PostID{id(9, 2), id(8, 1)}, Served: []graph.PostID{id(9, 2), id(8, 1)},
		Rows: make([]graph.FeatureVector, 2)}
	r.Rows[0][0], r.Rows[1][63] = -128, 127
	return r
}

func exampleRun(t testing.TB) (*Run, *Record, graph.Hash) {
	t.Helper()
	opening := fill[graph.Hash](9)
	m := &Model{Shape: Provable, W1: make([]int8, 64*32), B1: make([]int16, 32), W2: make([]int8, 32)}
	c, err := Commit(m, fill[graph.Hash](5), Salt(fill[graph.Hash](3)))
	if err != nil {
		t.Fatal(err)
	}
	key, err := crypto.ToECDSA(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	run := &Run{ChainID: 1337, Genesis: fill[graph.Hash](1), Registry: common.HexToAddress("0xbeef"),
		Node: crypto.PubkeyToAddress(key.PublicKey), Plugin: fill[graph.Hash](2), Version: 3, Lane: 0, Seq: 4,
		Previous: fill[graph.Hash](4), Block: 11, BlockHash: fill[graph.Hash](6), MirrorRoot: fill[graph.Hash](7), Time: 1_700_000_040,
		FeatureSchema: fill[graph.Hash](5), Commitment: c, Shape: Provable.ID()}
	rec := exampleRecord()
	if err := rec.Seal(run, opening); err != nil {
		t.Fatal(err)
	}
	return run, rec, opening
}

func TestGoldenClaims(t *testing.T) {
	run, _, opening := exampleRun(t)
	key, _ := crypto.ToECDSA(bytes.Repeat([]byte{7}, 32))
	receipt := Receipt{Run: run.ID(), Node: run.Node, Seq: run.Seq, Time: 1_700_000_044, MergeDelay: 60}
	if err := receipt.Sign(key); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{
		"run": hex.EncodeToString(run.Bytes()), "id": run.ID().Hex(), "opening": opening.Hex(),
		"viewer": common.HexToAddress("0x1234").Hex(), "viewerDigest": run.Viewer.Hex(),
		"plugin":  PluginID(run.Node, "latest").Hex(),
		"receipt": hex.EncodeToString(receipt.Signature), "event": hex.EncodeToString(graph.Event{ID: graph.Position{Block: 1, Tx: 2, Log: 3}, Action: graph.ActFollow, Author: run.Node, Target: run.Registry, Time: 5, BlockTime: 6}.Bytes()),
	}
	b, err := json.MarshalIndent(got, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, append(b, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(b)+"\n" {
		t.Errorf("the canonical bytes changed: every signature and log entry so far would be void\n%s", b)
	}
}

func TestRunRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.Byte(), RunSize-16, RunSize-16).Draw(t, "run")
		raw := append([]byte(runMagic), b...)
		run, err := ParseRun(raw)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(run.Bytes(), raw) {
			t.Fatal("a run has two encodings")
		}
		n := rapid.IntRange(0, RunSize*2).Draw(t, "length")
		if n != RunSize {
			if _, err := ParseRun(make([]byte, n)); err == nil {
				t.Fatal("a run of another length passes")
			}
		}
	})
}

// exampleBundle is valid but for its proof, which the tools in the test judge.
func exampleBundle(t testing.TB) (*Bundle, Tools) {
	t.Helper()
	run, rec, opening := exampleRun(t)
	key, _ := crypto.ToECDSA(bytes.Repeat([]byte{7}, 32))
	m := Manifest{Type: ManifestType, Circuit: "c", Commitment: run.Commitment, FeatureSchema: run.FeatureSchema, Kind: "ranker",
		Name: "Example", Publisher: run.Node, Rule: rec.Rule, Shape: "64x32x1", ShapeID: run.Shape, Slug: "example", Version: run.Version}
	signed, err := m.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	run.Plugin = m.ID()
	receipt := Receipt{Run: run.ID(), Node: run.Node, Seq: run.Seq, Time: 1, MergeDelay: 2}
	if err := receipt.Sign(key); err != nil {
		t.Fatal(err)
	}
	recJSON, err := json.Marshal(rec)
	if err != nil {
		t.Fatal(err)
	}
	receiptJSON, err := json.Marshal(receipt)
	if err != nil {
		t.Fatal(err)
	}
	k := &BundleKey{Circuit: "c", Development: true, Key: []byte("a verifying key")}
	row := &RunRow{ID: run.ID(), Run: run.Bytes(), Opening: opening, Record: recJSON, Receipt: receiptJSON}
	b, err := NewBundle(row, signed, &Proof{Version: "v", Kind: "k", Key: k.Hash(), Bytes: []byte("proof")}, k)
	if err != nil {
		t.Fatal(err)
	}
	return b, Tools{
		Verify: func(_ []byte, st Statement, p Proof) error {
			if string(p.Bytes) != "proof" || p.Version != "v" || p.Kind != "k" || !slices.Equal(st.Ranked, rec.Ranked) {
				return errors.New("no proof")
			}
			return nil
		},
		Select: func(_ string, ranked []graph.Candidate) (ids []graph.PostID, err error) {
			for _, c := range ranked {
				ids = append(ids, c.Post)
			}
			return ids, nil
		},
	}
}

func TestBundle(t *testing.T) {
	b, tools := exampleBundle(t)
	doc, err := b.Encode()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseBundle(doc)
	if err != nil {
		t.Fatal(err)
	}
	if f := again.Check(tools); !f.Valid || f.Keys != "development" || f.Root != RootBundle {
		t.Fatalf("an honest bundle: %+v", f)
	}
	for name, change := range map[string]func(*Bundle){
		"run":        func(b *Bundle) { b.Run[40]++ },
		"opening":    func(b *Bundle) { b.Opening[0]++ },
		"viewer":     func(b *Bundle) { b.Viewer[0]++ },
		"manifest":   func(b *Bundle) { b.Manifest.Manifest.Goal = "more clicks" },
		"signature":  func(b *Bundle) { b.Manifest.Signature[3]++ },
		"high s":     func(b *Bundle) { b.Manifest.Signature = malleate(b.Manifest.Signature) },
		"receipt s":  func(b *Bundle) { b.Receipt.Signature = malleate(b.Receipt.Signature) },
		"author":     func(b *Bundle) { b.Candidates[0].Author[0]++ },
		"source":     func(b *Bundle) { b.Candidates[0].Source++ },
		"candidate":  func(b *Bundle) { b.Candidates = append(b.Candidates, b.Candidates[0]) },
		"verdict":    func(b *Bundle) { b.Verdicts[0].Verdicts[0].Decision = graph.Warn },
		"reason":     func(b *Bundle) { b.Verdicts[0].Verdicts[0].Reason = "" },
		"no verdict": func(b *Bundle) { b.Verdicts = nil },
		"features":   func(b *Bundle) { b.Features[1][5]++ },
		"row":        func(b *Bundle) { b.Features = b.Features[:1] },
		"short row":  func(b *Bundle) { b.Features[0] = b.Features[0][:63] },
		"ranked":     func(b *Bundle) { slices.Reverse(b.Ranked) },
		"served":     func(b *Bundle) { slices.Reverse(b.Served) },
		"proof":      func(b *Bundle) { b.Proof.Bytes[0]++ },
		"no proof":   func(b *Bundle) { b.Proof, b.VerifyingKey = nil, nil },
		"proof only": func(b *Bundle) { b.VerifyingKey = nil },
		"key only":   func(b *Bundle) { b.Proof = nil },
		"key":        func(b *Bundle) { b.VerifyingKey.Key[0]++ },
		"grown up":   func(b *Bundle) { b.VerifyingKey.Development = false },
		"circuit":    func(b *Bundle) { b.VerifyingKey.Circuit = "d" },
		"receipt":    func(b *Bundle) { b.Receipt.MergeDelay++ },
		"seq":        func(b *Bundle) { b.Receipt.Seq++ },
	} {
		bad, err := ParseBundle(doc)
		if err != nil {
			t.Fatal(err)
		}
		change(bad)
		f := bad.Check(tools)
		if f.Valid || !slices.ContainsFunc(f.Checks, func(c Check) bool { return !c.OK && c.Detail != "" }) {
			t.Errorf("a bundle with a changed %s passes: %+v", name, f)
		}
	}
}

// malleate turns a signature into its twin with the other s, which curve
// arithmetic alone would accept.
func malleate(sig []byte) []byte {
	out := bytes.Clone(sig)
	n := crypto.S256().Params().N
	s := common.BytesToHash(sig[32:64]).Big()
	s.Sub(n, s).FillBytes(out[32:64])
	out[64] = 55 - out[64] // 27 and 28 change places
	return out
}

func TestBundleSpelling(t *testing.T) {
	b, _ := exampleBundle(t)
	doc, err := b.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]string{
		"unknown key":   strings.Replace(string(doc), `{"version"`, `{"extra":1,"version"`, 1),
		"repeated key":  strings.Replace(string(doc), `{"version":"candor/bundle/v1"`, `{"version":"x","version":"candor/bundle/v1"`, 1),
		"white space":   "\n " + string(doc) + "\t",
		"second value":  string(doc) + "{}",
		"other version": strings.Replace(string(doc), "bundle/v1", "bundle/v2", 1),
		"cut off":       string(doc[:len(doc)-1]),
	} {
		_, err := ParseBundle([]byte(s))
		if name == "white space" {
			if err != nil {
				t.Errorf("white space makes a bundle unreadable: %v", err)
			}
			continue
		}
		if err == nil {
			t.Errorf("%s passes", name)
		}
	}
	for _, s := range []string{"", "[]", "{}", "null", "1", `{"a":2}`} {
		if _, err := ParseBundle([]byte(s)); !errors.Is(err, ErrNoBundle) {
			t.Errorf("%q: %v", s, err)
		}
	}
	if _, err := ParseBundle(make([]byte, MaxBundle+1)); !errors.Is(err, ErrNoBundle) {
		t.Errorf("an endless file: %v", err)
	}
}

func TestManifestRules(t *testing.T) {
	ok := Manifest{Type: ManifestType, Kind: "ranker", Name: "N", Slug: "n", Version: 1}
	if err := ok.Validate(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Manifest){
		"type": func(m *Manifest) { m.Type = "x" }, "slug": func(m *Manifest) { m.Slug = "A b" },
		"name": func(m *Manifest) { m.Name = strings.Repeat("é", 25) }, "no name": func(m *Manifest) { m.Name = "" },
		"description": func(m *Manifest) { m.Description = strings.Repeat("x", 301) },
		"kind":        func(m *Manifest) { m.Kind = "oracle" }, "version": func(m *Manifest) { m.Version = 0 },
	} {
		m := ok
		change(&m)
		if m.Validate() == nil {
			t.Errorf("a manifest with a bad %s passes", name)
		}
	}
}

func TestSurvivors(t *testing.T) {
	r := &Record{}
	for i := range K + 6 {
		r.Candidates = append(r.Candidates, graph.Candidate{Post: graph.PostID{Block: uint64(i + 1)}})
	}
	judge := func(i int, d graph.Decision) graph.Verdict {
		return graph.Verdict{Post: r.Candidates[i].Post, Decision: d}
	}
	r.Verdicts = []FilterVerdicts{{Filter: "a", Verdicts: []graph.Verdict{judge(0, graph.Hide), judge(1, graph.Keep), judge(2, graph.Unknown)}},
		{Filter: "b", Verdicts: []graph.Verdict{judge(1, graph.Hide), judge(3, graph.Warn)}}}
	got := r.Survivors()
	if len(got) != K || got[0] != r.Candidates[2].Post || got[1] != r.Candidates[3].Post || got[K-1] != r.Candidates[K+1].Post {
		t.Errorf("%d survivors: %v", len(got), got)
	}
}
