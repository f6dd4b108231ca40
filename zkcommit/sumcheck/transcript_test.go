package sumcheck

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"testing"

	"candor/graph"
	"candor/internal/torture"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

var update = flag.Bool("update", false, "write the golden files anew: a change of version")

// golden is a proof with all that a second verifier needs, and every challenge.
type golden struct {
	Name       string        `json:"name"`
	Kind       Kind          `json:"kind"`
	Shape      Shape         `json:"shape"`
	Model      graph.Hash    `json:"model"`
	Weights    hexutil.Bytes `json:"weights"` // commitment
	Run        hexutil.Bytes `json:"run"`
	Posts      hexutil.Bytes `json:"posts"` // 16 bytes each
	Rows       hexutil.Bytes `json:"rows"`
	Threshold  int32         `json:"threshold"`
	Above      []bool        `json:"above"`
	Bits       hexutil.Bytes `json:"bits"`
	Digest     graph.Hash    `json:"registered"`
	Proof      hexutil.Bytes `json:"proof"`
	Challenges [][2]string   `json:"challenges"` // label, number
}

type goldenFile struct {
	Version    string          `json:"version"`
	Generators []hexutil.Bytes `json:"generators"` // the first four, then the blind's
	Cases      []golden        `json:"cases"`
}

const goldenPath = "testdata/golden.json"

func (g *golden) statement(t testing.TB) (*Statement, *RegisteredModel) {
	t.Helper()
	run, err := zkcommit.ParseRun(g.Run)
	if err != nil {
		t.Fatal(err)
	}
	s := &Statement{Kind: g.Kind, Run: run, Threshold: g.Threshold, Above: g.Above}
	for i := 0; i < len(g.Posts); i += 16 {
		var id graph.PostID
		b := g.Posts[i : i+16]
		for k := range 8 {
			id.Block = id.Block<<8 | uint64(b[k])
		}
		for k := range 4 {
			id.Tx, id.Log = id.Tx<<8|uint32(b[8+k]), id.Log<<8|uint32(b[12+k])
		}
		s.Posts = append(s.Posts, id)
	}
	for _, b := range g.Rows {
		s.Rows = append(s.Rows, int8(b))
	}
	c := make(points, len(g.Weights)/pointSize)
	if err := parsePoints(c, g.Weights); err != nil {
		t.Fatal(err)
	}
	return s, newRegistered(g.Shape, run.FeatureSchema, g.Model, c)
}

// challenges are those of a proof, with their labels.
func challenges(t testing.TB, s *Statement, r *RegisteredModel, proof *proof) (out [][2]string) {
	t.Helper()
	tr := newTranscript()
	tr.heard = func(label string, _ []byte, c *F) {
		if c != nil {
			b := c.Bytes()
			out = append(out, [2]string{label, hex.EncodeToString(b[:])})
		}
	}
	s.begin(tr, r, s.bits())
	proof.replay(tr, newLayout(s.Kind, r.shape, len(s.Posts)))
	proof.challenge(tr)
	return out
}

func writeGolden(t *testing.T) {
	f := goldenFile{Version: ProofVersion}
	for _, p := range append(slices.Clone(shared.first(4)), shared.blind()) {
		f.Generators = append(f.Generators, appendPoints(nil, p))
	}
	for i, c := range []struct {
		name string
		s    Shape
		n    int
		kind Kind
	}{{"order, one hidden layer", shallow, 5, Order}, {"order, two hidden layers", twofold, 33, Order},
		{"verdicts, one hidden layer", shallow, 4, Verdict}, {"verdicts, two hidden layers", twofold, 3, Verdict}, {"order, one post", shallow, 1, Order}} {
		w := newWorld(t, uint64(i), c.s, c.n)
		if c.kind == Verdict {
			w.s = verdicts(t, rand.New(rand.NewPCG(1, 1)), w.model, w.s)
		}
		g := golden{Name: c.name, Kind: c.kind, Shape: c.s, Model: w.r.id, Weights: w.w.Commitment(), Run: w.s.Run.Bytes(),
			Threshold: w.s.Threshold, Above: w.s.Above, Bits: w.s.bits(), Digest: w.r.digest, Proof: w.prove(t)}
		for _, id := range w.s.Posts {
			b := id.Bytes()
			g.Posts = append(g.Posts, b[:]...)
		}
		for _, x := range w.s.Rows {
			g.Rows = append(g.Rows, byte(x))
		}
		p, err := newLayout(c.kind, c.s, c.n).decode(g.Proof)
		if err != nil {
			t.Fatal(err)
		}
		g.Challenges = challenges(t, w.s, w.r, p)
		f.Cases = append(f.Cases, g)
	}
	b, err := json.MarshalIndent(f, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(goldenPath, append(b, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

func readGolden(t testing.TB) (f goldenFile) {
	t.Helper()
	b, err := os.ReadFile(goldenPath)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// The golden proofs, made once, hold for ever under this version, and lead to the
// challenges that are written beside them.
func TestGolden(t *testing.T) {
	if *update {
		writeGolden(t)
	}
	f := readGolden(t)
	if f.Version != ProofVersion || len(f.Cases) < 5 {
		t.Fatalf("these are proofs of version %s", f.Version)
	}
	for i, p := range append(slices.Clone(shared.first(4)), shared.blind()) {
		if !bytes.Equal(f.Generators[i], appendPoints(nil, p)) {
			t.Errorf("generator %d is another", i)
		}
	}
	for _, g := range f.Cases {
		s, r := g.statement(t)
		if err := Verify(s, r, g.Proof); err != nil {
			t.Errorf("%s: %v", g.Name, err)
			continue
		}
		if !bytes.Equal(s.bits(), g.Bits) || r.digest != g.Digest {
			t.Errorf("%s: bits or the registered model's digest are others", g.Name)
		}
		p, err := newLayout(s.Kind, r.shape, len(s.Posts)).decode(g.Proof)
		if err != nil {
			t.Fatal(err)
		}
		if got := challenges(t, s, r, p); !slices.Equal(got, g.Challenges) {
			t.Errorf("%s: challenges are others", g.Name)
		}
	}
}

// What a layout is, for a second verifier, and so that no change goes unseen.
type layoutPin struct {
	Kind     Kind  `json:"kind"`
	Shape    Shape `json:"shape"`
	Posts    int   `json:"posts"`
	Width    int   `json:"rowEntries"`
	Rows     int   `json:"rows"`
	Weights  int   `json:"weightRows"`
	Table    int   `json:"tableBits"`
	Tables   []int `json:"tables"` // entries
	Depth    []int `json:"depth"`
	Groups   int   `json:"openings"`
	Messages int   `json:"messages"`
	Size     int   `json:"proofBytes"`
}

func TestLayouts(t *testing.T) {
	var pins []layoutPin
	for _, s := range []Shape{small, large, deep, shallow, twofold, {Inputs: 512, Hidden: [2]int{256, 256}, Shift: [2]uint{12, 12}}} {
		for _, n := range []int{1, 5, 64, 1000, 1024, 4096, 16384} {
			for _, k := range []Kind{Order, Verdict} {
				if cells(s, n) > MaxCells {
					continue
				}
				l := newLayout(k, s, n)
				var tables []int
				for _, t := range l.tables {
					tables = append(tables, t.size)
				}
				pins = append(pins, layoutPin{k, s, n, l.width, l.rows, l.w.Rows, l.tableBits, tables, l.depth, l.groups, l.messages, l.size()})
			}
		}
	}
	const path = "testdata/layouts.json"
	if *update {
		var b bytes.Buffer
		b.WriteString("[\n")
		for i, p := range pins {
			line, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			b.Write(line)
			if i+1 < len(pins) {
				b.WriteString(",")
			}
			b.WriteString("\n")
		}
		b.WriteString("]\n")
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var want []layoutPin
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(pins, want) {
		t.Error("a layout is another than the pinned one")
	}
	for _, p := range pins {
		if p.Size > MaxProof || p.Messages > maxGenerators {
			t.Errorf("%+v is too large", p)
		}
	}
}

// Whatever a proof says changes every challenge that comes after it, and so does
// everything in the statement.
func TestChallengesAreBound(t *testing.T) {
	seed := torture.Seed(t)
	r := rand.New(rand.NewPCG(seed, 0))
	for _, s := range []Shape{shallow, twofold} {
		w := newWorld(t, seed, s, 5)
		l := newLayout(Order, s, 5)
		decode := func() *proof {
			p, err := l.decode(w.prove(t))
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		p := decode()
		was := challenges(t, w.s, w.r, p)
		compare := func(name string, from int, now [][2]string) {
			t.Helper()
			for i := range was {
				if changed := was[i][1] != now[i][1]; changed != (i >= from) {
					t.Errorf("%s: challenge %d of %d, %s: changed %v", name, i, len(was), was[i][0], changed)
				}
			}
		}
		// How many challenges are drawn before each message.
		var before []int
		drawn := 0
		tr := newTranscript()
		tr.heard = func(_ string, _ []byte, c *F) {
			if c != nil {
				drawn++
			}
		}
		l.replay(tr, func(n int) {
			for range n {
				before = append(before, drawn)
			}
		})
		last := drawn
		names, at := p.parts()
		message := 0
		for i, x := range at {
			from := 0
			switch names[i] {
			case "messages":
				from = before[message]
				message++
			case "maskPad", "maskOpened", "square", "cross", "linear":
				from = last
			case "answers", "opened", "blinds":
				continue
			}
			switch x := x.(type) {
			case *point:
				old := *x
				x.Add(x, &shared.first(8)[3])
				compare(fmt.Sprint(names[i], i), from, challenges(t, w.s, w.r, p))
				*x = old
			case *F:
				old := *x
				x.Add(x, &one)
				compare(fmt.Sprint(names[i], i), from, challenges(t, w.s, w.r, p))
				*x = old
			}
		}
		for range torture.Count(60, 5000) {
			m := mutant{w.s, w.r, nil}
			name := ""
			if r.IntN(3) == 0 {
				name = changeModel(r, &m, w.r)
			} else {
				name = changeStatement(r, w, &m)
			}
			if same(m, mutant{w.s, w.r, nil}) || len(m.s.Posts) != 5 || m.s.Kind != Order || m.r.shape != s {
				continue
			}
			if name == "two posts" && bytes.Equal(m.s.bits(), w.s.bits()) {
				name += ", the same ties"
			}
			compare(name, 0, challenges(t, m.s, m.r, p))
		}
	}
	// Labels and pieces cannot run into each other.
	a, b := newTranscript(), newTranscript()
	a.absorb("ab", []byte("c"))
	b.absorb("a", []byte("bc"))
	if a.challenge("x") == b.challenge("x") {
		t.Error("a label runs into its piece")
	}
	if c, d := a.challenge("x"), a.challenge("x"); c == d {
		t.Error("two challenges in a row are one")
	}
}
