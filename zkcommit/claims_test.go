package zkcommit

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"math/big"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"candor/graph"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
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
		Rows: RowsOf(make([]graph.FeatureVector, 2))}
	r.Rows[0][0], r.Rows[1][63] = -128, 127
	return r
}

func exampleRun(t testing.TB) (*Run, *Record, graph.Hash) {
	t.Helper()
	opening := fill[graph.Hash](9)
	m := NewModel(Provable)
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
	run, rec, opening := exampleRun(t)
	st := Statement{RankingSalt: RankingSalt(opening), Ranked: rec.Ranked}
	key, _ := crypto.ToECDSA(bytes.Repeat([]byte{7}, 32))
	receipt := Receipt{Run: run.ID(), Node: run.Node, Seq: run.Seq, Time: 1_700_000_044, MergeDelay: 60}
	if err := receipt.Sign(key); err != nil {
		t.Fatal(err)
	}
	ticket, domain := exampleTicket(t)
	abort := Abort{ChainID: run.ChainID, Registry: run.Registry, Node: run.Node, Lane: ticket.Lane, Seq: ticket.Seq,
		Previous: run.Previous, Ticket: ticket.ID(), Reason: TimedOut}
	document, err := ticket.Encode()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{
		"ticket": string(document), "ticketID": ticket.ID().Hex(), "runLog": domain.Contract.Hex(),
		"abort": hex.EncodeToString(abort.Bytes()), "abortID": abort.ID().Hex(),
		"run": hex.EncodeToString(run.Bytes()), "id": run.ID().Hex(), "opening": opening.Hex(),
		"viewer": common.HexToAddress("0x1234").Hex(), "viewerDigest": run.Viewer.Hex(),
		"rankingSalt": st.RankingSalt.Hex(), "hidden": st.Hidden().Hex(), "rankedDigest": run.Ranked.Hex(),
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
		if _, err := ParseRun(append(raw, 0)); err == nil {
			t.Fatal("a run with a byte more passes")
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
	return lyingBundle(t, func(*lie) {})
}

// lie is what a node and a publisher together can say before they sign and seal.
type lie struct {
	run      *Run
	record   *Record
	manifest *Manifest
	receipt  *Receipt
}

// lyingBundle is signed and sealed anew after the lie, so that no digest and no
// signature gives it away.
func lyingBundle(t testing.TB, tell func(*lie)) (*Bundle, Tools) {
	t.Helper()
	run, rec, opening := exampleRun(t)
	key, _ := crypto.ToECDSA(bytes.Repeat([]byte{7}, 32))
	m := Manifest{Type: ManifestType, Circuit: "c", Commitment: run.Commitment, FeatureSchema: run.FeatureSchema, Kind: "ranker",
		Name: "Example", Publisher: run.Node, Rule: rec.Rule, Shape: "64x32x1", ShapeID: run.Shape, Slug: "example", Version: run.Version}
	run.Plugin = m.ID()
	receipt := Receipt{Time: run.Time + 59, MergeDelay: 2}
	tell(&lie{run, rec, &m, &receipt})
	signed, err := m.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	if err := rec.Seal(run, opening); err != nil {
		t.Fatal(err)
	}
	receipt.Run, receipt.Node, receipt.Lane, receipt.Seq = run.ID(), run.Node, run.Lane, run.Seq
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
	rk := BundleKey{Circuit: "r", Development: true, Key: []byte("a registration's key")}
	sent := rk
	sent.Key = bytes.Clone(rk.Key)
	registration := exampleRegistration()
	registration.Commitment, registration.Schema, registration.Key = run.Commitment, run.FeatureSchema, rk.Hash()
	row := &RunRow{ID: run.ID(), Run: run.Bytes(), Opening: opening, Record: recJSON, Receipt: receiptJSON}
	b, err := NewBundle(row, signed, Evidence{Registration: registration, RegistrationKey: &sent, DisputeKey: k,
		Proof:   &Proof{Version: RunProof, Kind: KindRunOrder, Bytes: []byte("run proof")},
		Dispute: &Proof{Version: DigestProof, Kind: KindRunOrder, Key: k.Hash(), Bytes: []byte("dispute")}})
	if err != nil {
		t.Fatal(err)
	}
	about := func(st Statement) bool {
		return slices.Equal(st.Ranked, rec.Ranked) && slices.EqualFunc(st.Rows, rec.Rows, slices.Equal) &&
			bytes.Equal(st.Run, run.Bytes()) && st.RankingSalt == RankingSalt(opening) && st.Commitment == run.Commitment
	}
	return b, Tools{
		Register: func(r *Registration, k *BundleKey) (func(Statement, Proof) error, error) {
			if k.Hash() != rk.Hash() || !reflect.DeepEqual(r, registration) {
				return nil, errors.New("no registration")
			}
			return func(st Statement, p Proof) error {
				if string(p.Bytes) != "run proof" || p.check() != nil || p.Version != RunProof || !about(st) {
					return errors.New("no proof")
				}
				return nil
			}, nil
		},
		Dispute: func(_ *BundleKey, st Statement, p Proof) error {
			if string(p.Bytes) != "dispute" || p.check() != nil || p.Version != DigestProof || !about(st) {
				return errors.New("no dispute proof")
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

// What a node signs must still make sense.
func TestLies(t *testing.T) {
	for name, tell := range map[string]func(*lie){
		"plugin":        func(l *lie) { l.run.Plugin[0]++ },
		"version":       func(l *lie) { l.run.Version++ },
		"commitment":    func(l *lie) { l.manifest.Commitment[31]++ },
		"schema":        func(l *lie) { l.run.FeatureSchema[0]++ },
		"shape":         func(l *lie) { l.run.Shape[0]++ },
		"another shape": func(l *lie) { l.run.Shape[0]++; l.manifest.ShapeID = l.run.Shape },
		"widths":        func(l *lie) { l.manifest.Shape = "448x64x1" },
		"wide rows": func(l *lie) {
			for i, row := range l.record.Rows {
				l.record.Rows[i] = append(slices.Clone(row), make(graph.Row, graph.EmbeddingDim)...)
			}
		},
		"narrow rows": func(l *lie) {
			for i, row := range l.record.Rows {
				l.record.Rows[i] = row[:6]
			}
		},
		"a filter's":       func(l *lie) { l.manifest.Kind = "filter" },
		"another circuit":  func(l *lie) { l.manifest.Circuit = "d" },
		"another's run":    func(l *lie) { l.run.Node[0]++ },
		"another's plugin": func(l *lie) { l.manifest.Publisher[0]++; l.run.Plugin = l.manifest.ID() },
		"first run":        func(l *lie) { l.run.Seq = 0 },
		"no previous run":  func(l *lie) { l.run.Previous = graph.Hash{} },
		"exact time":       func(l *lie) { l.run.Time++ },
		"receipt's time":   func(l *lie) { l.receipt.Time = l.run.Time + 60 },
		"receipt too soon": func(l *lie) { l.receipt.Time = l.run.Time - 1 },
		"candidate twice":  func(l *lie) { l.record.Candidates = append(l.record.Candidates, l.record.Candidates[0]) },
		"no source":        func(l *lie) { l.record.Candidates[0].Source = 0 },
		"unknown source":   func(l *lie) { l.record.Candidates[0].Source = graph.AnySource + 1 },
		"a stranger":       func(l *lie) { l.record.Verdicts[0].Verdicts[0].Post.Block = 99 },
		"filter twice":     func(l *lie) { l.record.Verdicts = append(l.record.Verdicts, l.record.Verdicts[0]) },
		"judged twice": func(l *lie) {
			v := &l.record.Verdicts[0].Verdicts
			*v = append(*v, graph.Verdict{Post: (*v)[0].Post, Decision: graph.Warn, Reason: "odd"})
		},
		"kept": func(l *lie) {
			v := &l.record.Verdicts[0].Verdicts
			*v = append(*v, graph.Verdict{Post: l.record.Candidates[1].Post, Decision: graph.Keep})
		},
		"no decision": func(l *lie) {
			v := &l.record.Verdicts[0].Verdicts
			*v = append(*v, graph.Verdict{Post: l.record.Candidates[1].Post, Decision: graph.Unknown + 1, Reason: "odd"})
		},
		"no reason":       func(l *lie) { l.record.Verdicts[0].Verdicts[0].Reason = "" },
		"hidden but seen": func(l *lie) { l.record.Verdicts[0].Verdicts[0].Post = l.record.Ranked[0] },
		"not hidden":      func(l *lie) { l.record.Verdicts[0].Verdicts[0].Decision = graph.Warn },
		"dropped": func(l *lie) {
			l.record.Ranked, l.record.Rows, l.record.Served = l.record.Ranked[:1], l.record.Rows[:1], l.record.Served[:1]
		},
		"slipped in":     func(l *lie) { l.record.Ranked[0].Log++; l.record.Served[0].Log++ },
		"served less":    func(l *lie) { l.record.Served = l.record.Served[:1] },
		"served another": func(l *lie) { slices.Reverse(l.record.Served) },
		"another rule":   func(l *lie) { l.record.Rule = "diverse/v1" },
	} {
		b, tools := lyingBundle(t, func(l *lie) {
			l.record.Served = slices.Clone(l.record.Served)
			tell(l)
		})
		if f := b.Check(tools); f.Valid {
			t.Errorf("a bundle with the lie %q passes: %+v", name, f)
		}
	}
}

// A well-signed receipt for something else is none for this run.
func TestReceiptBelongsToItsRun(t *testing.T) {
	run, _, _ := exampleRun(t)
	for name, change := range map[string]func(*Receipt){
		"":     func(*Receipt) {},
		"run":  func(r *Receipt) { r.Run[0]++ },
		"node": func(*Receipt) {}, // signed by another one below
		"lane": func(r *Receipt) { r.Lane++ },
		"seq":  func(r *Receipt) { r.Seq++ },
	} {
		seed := byte(7)
		r := Receipt{Run: run.ID(), Node: run.Node, Lane: run.Lane, Seq: run.Seq, Time: run.Time}
		change(&r)
		if name == "node" {
			seed = 8
		}
		key, err := crypto.ToECDSA(bytes.Repeat([]byte{seed}, 32))
		if err != nil {
			t.Fatal(err)
		}
		r.Node = crypto.PubkeyToAddress(key.PublicKey)
		if err := r.Sign(key); err != nil {
			t.Fatal(err)
		}
		if err := r.Check(run.ID(), run); (err == nil) != (name == "") {
			t.Errorf("a receipt of another %q: %v", name, err)
		}
	}
}

// A promise that never falls due is none.
func TestReceiptsFallDue(t *testing.T) {
	for name, x := range map[string]struct {
		delay uint32
		now   func(made uint64) uint64
		ok    bool
	}{
		"no clock":          {60, func(uint64) uint64 { return 0 }, true},
		"just now":          {60, func(made uint64) uint64 { return made }, true},
		"a clock behind":    {60, func(made uint64) uint64 { return made - 200 }, true},
		"long ago":          {60, func(made uint64) uint64 { return made + 1<<30 }, true},
		"of the future":     {60, func(made uint64) uint64 { return made - 3600 }, false},
		"a day":             {MaxMergeDelay, func(uint64) uint64 { return 0 }, true},
		"more than a day":   {MaxMergeDelay + 1, func(uint64) uint64 { return 0 }, false},
		"a hundred years":   {1<<32 - 1, func(uint64) uint64 { return 0 }, false},
		"beyond all clocks": {60, func(uint64) uint64 { return 1 }, false},
	} {
		b, tools := lyingBundle(t, func(l *lie) { l.receipt.MergeDelay = x.delay })
		tools.Now = x.now(b.Receipt.Time)
		f := b.Check(tools)
		for _, c := range f.Checks {
			if c.OK != (x.ok || c.Name != "receipt") {
				t.Errorf("%s: %+v", name, c)
			}
		}
		if f.Valid != x.ok {
			t.Errorf("%s: valid %v", name, f.Valid)
		}
	}
}

// A run of no post has nothing to prove, and says so.
func TestEmptyRun(t *testing.T) {
	b, tools := lyingBundle(t, func(l *lie) {
		r := l.record
		r.Candidates, r.Verdicts = []graph.Candidate{}, []FilterVerdicts{}
		r.Ranked, r.Rows, r.Served = []graph.PostID{}, nil, []graph.PostID{}
	})
	full := *b
	*b = bare(b)
	for what, put := range map[string]func(*Bundle){
		"a proof": func(b *Bundle) { b.Proof = full.Proof }, "a registration": func(b *Bundle) { b.Registration = full.Registration },
		"a registration's key": func(b *Bundle) { b.RegistrationKey = full.RegistrationKey },
		"a dispute proof":      func(b *Bundle) { b.Dispute = full.Dispute }, "a dispute proof's key": func(b *Bundle) { b.DisputeKey = full.DisputeKey },
		"everything": func(b *Bundle) { *b = full },
	} {
		c := *b
		if put(&c); c.Check(tools).Valid {
			t.Errorf("an empty run with %s passes", what)
		}
	}
	f := b.Check(tools)
	if last := f.Checks[len(f.Checks)-1]; !f.Valid || !strings.Contains(last.Detail, "nothing to prove") {
		t.Errorf("an honest empty run: %+v", f)
	}
	doc, err := b.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{"candidates", "verdicts", "features", "ranked", "served"} {
		null := strings.Replace(string(doc), `"`+list+`":[]`, `"`+list+`":null`, 1)
		if _, err := ParseBundle([]byte(null)); null == string(doc) || err == nil {
			t.Errorf("null %s pass for []", list)
		}
	}
}

// fakeChain is a chain that knows one run's plugin, key, node and block.
type fakeChain struct {
	run         Run
	keys        []graph.Hash
	development bool
	manifest    cid.Cid
	err         error
}

func (c *fakeChain) Identity() (uint64, graph.Hash, graph.Address) {
	return c.run.ChainID, c.run.Genesis, c.run.Registry
}

func (c *fakeChain) Model(plugin graph.Hash, version uint32, block uint64) (graph.Hash, graph.Hash, cid.Cid, error) {
	if plugin != c.run.Plugin || version != c.run.Version || block != c.run.Block {
		return graph.Hash{}, graph.Hash{}, cid.Undef, errors.New("no such version")
	}
	return c.run.Commitment, c.run.Shape, c.manifest, c.err
}

func (c *fakeChain) Key(hash graph.Hash) (bool, bool, error) {
	return slices.Contains(c.keys, hash), c.development, c.err
}

func (c *fakeChain) Node(node graph.Address) (bool, error) { return node == c.run.Node, c.err }

func (c *fakeChain) BlockHash(number uint64) (graph.Hash, error) {
	if number != c.run.Block {
		return graph.Hash{}, errors.New("no such block")
	}
	return c.run.BlockHash, c.err
}

// All that the chain says must be what the run says.
func TestBundleAgainstTheChain(t *testing.T) {
	for name, change := range map[string]func(*fakeChain){
		"":           func(*fakeChain) {},
		"chain id":   func(c *fakeChain) { c.run.ChainID++ },
		"genesis":    func(c *fakeChain) { c.run.Genesis[0]++ },
		"registry":   func(c *fakeChain) { c.run.Registry[0]++ },
		"node":       func(c *fakeChain) { c.run.Node[0]++ },
		"block":      func(c *fakeChain) { c.run.BlockHash[0]++ },
		"plugin":     func(c *fakeChain) { c.run.Plugin[0]++ },
		"version":    func(c *fakeChain) { c.run.Version++ },
		"commitment": func(c *fakeChain) { c.run.Commitment[0]++ },
		"shape":      func(c *fakeChain) { c.run.Shape[0]++ },
		"manifest":   func(c *fakeChain) { c.manifest = cid.Undef },
		"key":        func(c *fakeChain) { c.keys[0][0]++ },
		"dispute":    func(c *fakeChain) { c.keys = c.keys[:1] },
		"ceremony":   func(c *fakeChain) { c.development = false },
		"trouble":    func(c *fakeChain) { c.err = errors.New("no answer") },
	} {
		b, tools := exampleBundle(t)
		run, err := ParseRun(b.Run)
		if err != nil {
			t.Fatal(err)
		}
		_, manifest, err := b.Manifest.Encode()
		if err != nil {
			t.Fatal(err)
		}
		c := &fakeChain{*run, []graph.Hash{b.RegistrationKey.Hash(), b.DisputeKey.Hash()}, true, manifest, nil}
		change(c)
		tools.Chain, tools.Root = c, RootChain
		f := b.Check(tools)
		if f.Valid != (name == "") || f.Root != RootChain {
			t.Errorf("a chain with another %q: %+v", name, f)
		}
		for _, k := range f.Checks {
			if k.OK == (k.Name == "chain" && name != "") {
				t.Errorf("a chain with another %q: %s is %v", name, k.Name, k.OK)
			}
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

// Half of the order is the largest s; a top bit alone does not tell.
func TestLowS(t *testing.T) {
	half := new(big.Int).Rsh(crypto.S256().Params().N, 1)
	for s, low := range map[*big.Int]bool{half: true, new(big.Int).Add(half, big.NewInt(1)): false} {
		sig := append(make([]byte, 64), 27)
		sig[31] = 1 // r is the x of a point
		s.FillBytes(sig[32:64])
		if _, err := signer(graph.Hash{1}, sig); (err == nil) != low {
			t.Errorf("s = %x: %v", s, err)
		}
	}
}

func TestBundleSpelling(t *testing.T) {
	b, _ := exampleBundle(t)
	doc, err := b.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]string{
		"unknown key":   strings.Replace(string(doc), `{"version"`, `{"extra":1,"version"`, 1),
		"repeated key":  strings.Replace(string(doc), `{"version":"candor/bundle/v2"`, `{"version":"x","version":"candor/bundle/v2"`, 1),
		"white space":   "\n " + string(doc) + "\t",
		"second value":  string(doc) + "{}",
		"other version": strings.Replace(string(doc), "bundle/v2", "bundle/v1", 1),
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
	b.Verdicts[0].Verdicts = nil
	if doc, err = b.Encode(); err != nil {
		t.Fatal(err)
	}
	if _, err := ParseBundle(doc); err == nil {
		t.Error("null for a filter's verdicts passes")
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
	// A family and a flag are one character each to a reader, whatever they are made of.
	tuned := Parameter{Name: "freshness", Meaning: "how much new posts count", Least: -5, Most: 5}
	ok := Manifest{Type: ManifestType, Kind: "ranker", Name: strings.Repeat("👩‍👩‍👧🇨🇭", 7), Slug: "n", Version: 1,
		Fallback: "latest", Terms: "https://a.example/terms", Parameters: []Parameter{tuned}}
	if err := ok.Validate(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Manifest){
		"type": func(m *Manifest) { m.Type = "x" }, "slug": func(m *Manifest) { m.Slug = "A b" },
		"name": func(m *Manifest) { m.Name = strings.Repeat("é", 25) }, "no name": func(m *Manifest) { m.Name = "" },
		"stacked marks": func(m *Manifest) { m.Name = "e" + strings.Repeat("\u0301", 200) }, "no UTF-8": func(m *Manifest) { m.Goal = "\xff" },
		"goal": func(m *Manifest) { m.Goal = strings.Repeat("x", MaxText+1) }, "fallback": func(m *Manifest) { m.Fallback = "0x12" },
		"terms": func(m *Manifest) { m.Terms = "http://a.example" }, "privacy": func(m *Manifest) { m.Privacy = "https://a.example/\"x" },
		"empty range": func(m *Manifest) {
			m.Parameters = []Parameter{{Name: "a", Meaning: "x", Least: 3, Most: 3, Default: 3}}
		},
		"default": func(m *Manifest) {
			m.Parameters = []Parameter{{Name: "a", Meaning: "x", Least: 3, Most: 5, Default: 6}}
		},
		"twice":          func(m *Manifest) { m.Parameters = []Parameter{tuned, tuned} },
		"no meaning":     func(m *Manifest) { m.Parameters = []Parameter{{Name: "a", Most: 5}} },
		"parameter name": func(m *Manifest) { m.Parameters = []Parameter{{Name: "A", Meaning: "x", Most: 5}} },
		"many":           func(m *Manifest) { m.Parameters = make([]Parameter, MaxParameters+1) },
		"description":    func(m *Manifest) { m.Description = strings.Repeat("x", 301) },
		"kind":           func(m *Manifest) { m.Kind = "oracle" }, "version": func(m *Manifest) { m.Version = 0 },
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

// TestManifestsHaveOneSpelling: white space, another order of the keys, a key more or less
// and a second signature are other documents, and none.
func TestManifestsHaveOneSpelling(t *testing.T) {
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	m := Manifest{Type: ManifestType, Kind: "ranker", Name: "N", Slug: "n", Version: 1, Goal: "<b> & </b>", Publisher: crypto.PubkeyToAddress(key.PublicKey)}
	signed, err := m.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	doc, name, err := signed.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if got, cid, err := ParseManifest(doc); err != nil || !cid.Equals(name) || got.Manifest.Goal != m.Goal {
		t.Fatal(got, err)
	}
	text := string(doc)
	for what, other := range map[string]string{
		"white space":    strings.Replace(text, ",", ", ", 1),
		"a key more":     strings.Replace(text, `{"manifest"`, `{"a":1,"manifest"`, 1),
		"an empty list":  strings.Replace(text, `"personalised"`, `"parameters":[],"personalised"`, 1),
		"a key less":     strings.Replace(text, `"licence":"",`, ``, 1),
		"an escape":      strings.Replace(text, `<b>`, `\u003cb>`, 1),
		"another goal":   strings.Replace(text, `<b>`, `<i>`, 1),
		"something more": text + "\n",
		"too much":       text + strings.Repeat(" ", MaxManifest),
		"nothing":        "",
	} {
		if _, _, err := ParseManifest([]byte(other)); err == nil {
			t.Errorf("a manifest with %s is taken", what)
		}
	}
}
