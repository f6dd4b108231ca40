package audit

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/crypto"
	"pgregory.net/rapid"
)

// bench is a chain that has one node's anchors and model.
type bench struct {
	key     *ecdsa.PrivateKey
	node    graph.Address
	roots   map[uint64]graph.Hash
	entries [][]byte
	fails   error
}

const benchOrigin = "candor.local/node"

func newBench(t fataler) *bench {
	key, err := crypto.ToECDSA(bytes.Repeat([]byte{3}, 32))
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{key: key, node: crypto.PubkeyToAddress(key.PublicKey), roots: map[uint64]graph.Hash{}}
	previous := graph.Hash{}
	for i := range uint64(5) {
		r := b.run(i)
		r.Previous = previous
		previous = r.ID()
		b.entries = append(b.entries, r.Bytes())
	}
	b.roots[5] = rootOf(b.entries)
	return b
}

func (b *bench) run(seq uint64) *zkcommit.Run {
	return &zkcommit.Run{ChainID: 1337, Registry: registry, Node: b.node, Plugin: plugins[0], Version: 1, Seq: seq, Block: 10, Commitment: graph.Hash{7}, Time: 1_800_000_000}
}

// AnchoredRoot, WasActive and Successor implement CaseChain.
func (b *bench) AnchoredRoot(node graph.Address, origin string, size uint64) (graph.Hash, error) {
	if node != b.node || origin != benchOrigin {
		return graph.Hash{}, b.fails
	}
	return b.roots[size], b.fails
}

func (b *bench) WasActive(plugin graph.Hash, version uint32, block uint64) (bool, graph.Hash, error) {
	return version == 1, graph.Hash{7}, b.fails
}

func (b *bench) Successor(node graph.Address) (graph.Address, error) {
	if node == (graph.Address{77}) {
		return b.node, b.fails
	}
	return graph.Address{}, b.fails
}

func (b *bench) domain() zkcommit.Domain { return zkcommit.RunLogDomain(1337, graph.Address{4}) }

func (b *bench) about(f NodeFault) *Case {
	return &Case{Version: CaseVersion, Fault: f, Says: "so it is", ChainID: 1337, Registry: registry, RunLog: graph.Address{4}, Node: b.node, Origin: benchOrigin}
}

// pathOf is RFC 6962's path, by its definition.
func pathOf(entries [][]byte, i int) []graph.Hash {
	if len(entries) == 1 {
		return nil
	}
	k := 1
	for 2*k < len(entries) {
		k *= 2
	}
	if i < k {
		return append(pathOf(entries[:k], i), rootOf(entries[k:]))
	}
	return append(pathOf(entries[k:], i-k), rootOf(entries[:k]))
}

func (b *bench) anchored(entries [][]byte, i int) CaseEntry {
	return CaseEntry{Entry: entries[i], Index: uint64(i), Head: &CaseHead{Size: uint64(len(entries)), Root: rootOf(entries)}, Path: pathOf(entries, i)}
}

func (b *bench) signed(t fataler, entries [][]byte, i int) CaseEntry {
	e := b.anchored(entries, i)
	e.Head.Signature = b.sign(t, e.Head.Size, e.Head.Root)
	return e
}

func (b *bench) sign(t fataler, size uint64, root graph.Hash) []byte {
	sig, err := zkcommit.Heads{Origin: benchOrigin, Node: b.node, Domain: b.domain()}.Sign(b.key, size, root)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

func (b *bench) receipt(t fataler, entry []byte, seq uint64) *zkcommit.Receipt {
	r := &zkcommit.Receipt{Run: EntryID(entry), Node: b.node, Seq: seq, Time: 1_800_000_000, MergeDelay: 60}
	if err := r.Sign(b.key); err != nil {
		t.Fatal(err)
	}
	return r
}

func (b *bench) ticket(t fataler, nonce byte) zkcommit.Ticket {
	k := zkcommit.Ticket{Nonce: graph.Hash{nonce}, Node: b.node, Seq: 4, Block: 1, Time: 1_800_000_000, Delay: 60}
	if err := k.Sign(b.key, b.domain()); err != nil {
		t.Fatal(err)
	}
	return k
}

// cases are one of each fault, with each way to vouch.
func (b *bench) cases(t fataler) map[string]*Case {
	other := slices.Clone(b.entries)
	changed := b.run(2)
	changed.Served[0]++
	other[2] = changed.Bytes()
	gap := b.run(3)
	gap.Previous = EntryID(b.entries[1])
	zero := b.run(3)
	wrong := b.run(1)
	wrong.Commitment[0]++
	abort := (&zkcommit.Abort{ChainID: 1337, Registry: registry, Node: b.node, Seq: 2, Reason: zkcommit.Crashed}).Bytes()
	misplaced := append(slices.Clone(b.entries), b.entries[1])
	vouched := func(r []byte, seq uint64) CaseEntry {
		return CaseEntry{Entry: r, Index: seq, Receipt: b.receipt(t, r, seq)}
	}
	make := func(f NodeFault, with func(*Case)) *Case {
		x := b.about(f)
		with(x)
		return x
	}
	return map[string]*Case{
		"unanswered receipt": make(FaultUnanswered, func(x *Case) { x.Receipt = b.receipt(t, b.entries[1], 1) }),
		"unanswered ticket":  make(FaultUnanswered, func(x *Case) { x.Tickets = []zkcommit.Ticket{b.ticket(t, 1)} }),
		"two heads": make(FaultTwoHeads, func(x *Case) {
			x.Heads = []CaseHead{{Size: 5, Root: b.roots[5]}, {Size: 5, Root: graph.Hash{1}, Signature: b.sign(t, 5, graph.Hash{1})}}
		}),
		"fork":                    make(FaultFork, func(x *Case) { x.Entries = []CaseEntry{b.anchored(b.entries, 2), b.signed(t, other, 2)} }),
		"two entries":             make(FaultTwoEntries, func(x *Case) { x.Entries = []CaseEntry{b.anchored(b.entries, 2), vouched(other[2], 2)} }),
		"a run and an abort":      make(FaultTwoEntries, func(x *Case) { x.Entries = []CaseEntry{b.anchored(b.entries, 2), vouched(abort, 2)} }),
		"gap":                     make(FaultGap, func(x *Case) { x.Entries, x.Previous = []CaseEntry{vouched(gap.Bytes(), 3)}, b.entries[1] }),
		"gap without predecessor": make(FaultGap, func(x *Case) { x.Entries = []CaseEntry{vouched(zero.Bytes(), 3)} }),
		"misplaced":               make(FaultMisplaced, func(x *Case) { x.Entries = []CaseEntry{b.signed(t, misplaced, 5)} }),
		"wrong model":             make(FaultWrongModel, func(x *Case) { x.Entries = []CaseEntry{vouched(wrong.Bytes(), 1)} }),
		"two tickets":             make(FaultTwoTickets, func(x *Case) { x.Tickets = []zkcommit.Ticket{b.ticket(t, 1), b.ticket(t, 2)} }),
	}
}

// Each fault is seen as one, is read as written, and says what rests on the chain.
func TestCasesHold(t *testing.T) {
	b := newBench(t)
	rests := map[string]int{"two heads": 1, "fork": 1, "two entries": 1, "a run and an abort": 1, "wrong model": 1}
	for name, x := range b.cases(t) {
		doc, err := x.JSON()
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseCase(doc)
		if err != nil {
			t.Fatalf("%s: %v: %s", name, err, doc)
		}
		if assumed, err := again.Check(b); err != nil || len(assumed) > 0 {
			t.Errorf("%s: %v, assumed %v", name, err, assumed)
		}
		if assumed, err := again.Check(nil); err != nil || len(assumed) != rests[name] {
			t.Errorf("%s without a chain: %v, assumed %v", name, err, assumed)
		}
		if rests[name] > 0 {
			down := *b
			down.fails = errors.New("no answer")
			if _, err := again.Check(&down); !errors.Is(err, ErrNotAsked) {
				t.Errorf("%s: a chain that is down gives %v", name, err)
			}
		}
	}
}

// What looks like a fault and is none.
func TestNoFault(t *testing.T) {
	b := newBench(t)
	other := slices.Clone(b.entries)
	changed := b.run(2)
	changed.Served[0]++
	other[2] = changed.Bytes()
	vouched := func(r []byte, seq uint64) CaseEntry {
		return CaseEntry{Entry: r, Index: seq, Receipt: b.receipt(t, r, seq)}
	}
	stranger := b.run(2)
	stranger.Node = graph.Address{77}
	successor := b.run(3)
	successor.Previous = stranger.ID()
	behindAbort := b.run(3)
	abort := (&zkcommit.Abort{ChainID: 1337, Registry: registry, Node: b.node, Seq: 2, Reason: zkcommit.Crashed}).Bytes()
	behindAbort.Previous = EntryID(abort)
	foreign := b.run(2)
	foreign.ChainID++
	behindJunk := b.run(3)
	behindJunk.Previous = EntryID([]byte("junk"))
	for name, x := range map[string]func(*Case){
		"one head twice": func(x *Case) {
			x.Fault, x.Heads = FaultTwoHeads, []CaseHead{{Size: 5, Root: b.roots[5]}, {Size: 5, Root: b.roots[5]}}
		},
		"heads of two sizes": func(x *Case) {
			x.Fault, x.Heads = FaultTwoHeads, []CaseHead{{Size: 5, Root: b.roots[5]}, {Size: 4, Root: graph.Hash{1}, Signature: b.sign(t, 4, graph.Hash{1})}}
		},
		"a head that was not anchored": func(x *Case) {
			x.Fault, x.Heads = FaultTwoHeads, []CaseHead{{Size: 5, Root: b.roots[5]}, {Size: 5, Root: graph.Hash{2}}}
		},
		"an anchor of nothing": func(x *Case) {
			x.Fault, x.Heads = FaultTwoHeads, []CaseHead{{Size: 4}, {Size: 4, Root: graph.Hash{1}, Signature: b.sign(t, 4, graph.Hash{1})}}
		},
		"one leaf twice": func(x *Case) {
			x.Fault, x.Entries = FaultFork, []CaseEntry{b.anchored(b.entries, 2), b.signed(t, b.entries, 2)}
		},
		"two leaves at two indices": func(x *Case) {
			x.Fault, x.Entries = FaultFork, []CaseEntry{b.anchored(b.entries, 1), b.signed(t, other, 2)}
		},
		"a fork that nobody signed": func(x *Case) {
			x.Fault, x.Entries = FaultFork, []CaseEntry{b.anchored(b.entries, 2), b.anchored(other, 2)}
		},
		"a receipt for a leaf": func(x *Case) {
			x.Fault, x.Entries = FaultFork, []CaseEntry{b.anchored(b.entries, 2), vouched(other[2], 2)}
		},
		"one entry twice": func(x *Case) {
			x.Fault, x.Entries = FaultTwoEntries, []CaseEntry{b.anchored(b.entries, 2), vouched(b.entries[2], 2)}
		},
		"entries of two numbers": func(x *Case) {
			x.Fault, x.Entries = FaultTwoEntries, []CaseEntry{b.anchored(b.entries, 3), vouched(other[2], 2)}
		},
		"another node's entry": func(x *Case) {
			x.Fault, x.Entries = FaultTwoEntries, []CaseEntry{b.anchored(b.entries, 2), vouched(stranger.Bytes(), 2)}
		},
		"another chain's entry": func(x *Case) {
			x.Fault, x.Entries = FaultTwoEntries, []CaseEntry{b.anchored(b.entries, 2), vouched(foreign.Bytes(), 2)}
		},
		"an index that is no number": func(x *Case) {
			x.Fault, x.Entries = FaultTwoEntries, []CaseEntry{b.anchored(b.entries, 2), vouched(other[2], 3)}
		},
		"a run behind its predecessor": func(x *Case) {
			x.Fault, x.Entries, x.Previous = FaultGap, []CaseEntry{b.anchored(b.entries, 3)}, b.entries[2]
		},
		"a run behind an abort": func(x *Case) {
			x.Fault, x.Entries, x.Previous = FaultGap, []CaseEntry{vouched(behindAbort.Bytes(), 3)}, abort
		},
		"a successor's run": func(x *Case) {
			x.Fault, x.Entries, x.Previous = FaultGap, []CaseEntry{vouched(successor.Bytes(), 3)}, stranger.Bytes()
		},
		"a run and what it names not": func(x *Case) {
			x.Fault, x.Entries, x.Previous = FaultGap, []CaseEntry{b.anchored(b.entries, 3)}, b.entries[1]
		},
		"a predecessor left out": func(x *Case) { x.Fault, x.Entries = FaultGap, []CaseEntry{b.anchored(b.entries, 3)} },
		"a first run":            func(x *Case) { x.Fault, x.Entries = FaultGap, []CaseEntry{b.anchored(b.entries, 0)} },
		"what is no entry": func(x *Case) {
			x.Fault, x.Entries, x.Previous = FaultGap, []CaseEntry{vouched(behindJunk.Bytes(), 3)}, []byte("junk")
		},
		"an entry at its place": func(x *Case) { x.Fault, x.Entries = FaultMisplaced, []CaseEntry{b.anchored(b.entries, 3)} },
		"an active model":       func(x *Case) { x.Fault, x.Entries = FaultWrongModel, []CaseEntry{b.anchored(b.entries, 3)} },
		"one ticket twice":      func(x *Case) { x.Fault, x.Tickets = FaultTwoTickets, []zkcommit.Ticket{b.ticket(t, 1), b.ticket(t, 1)} },
		"another node's receipt": func(x *Case) {
			x.Fault, x.Receipt = FaultUnanswered, b.receipt(t, b.entries[1], 1)
			x.Receipt.Node[0]++
		},
		"no fault":               func(x *Case) { x.Fault = "" },
		"parts of another fault": func(x *Case) { x.Fault, x.Entries = FaultTwoHeads, []CaseEntry{b.anchored(b.entries, 3)} },
		"a part too many": func(x *Case) {
			x.Fault, x.Tickets, x.Previous = FaultTwoTickets, []zkcommit.Ticket{b.ticket(t, 1), b.ticket(t, 2)}, []byte{1}
		},
	} {
		c := b.about("")
		x(c)
		if _, err := c.Check(b); err == nil || errors.Is(err, ErrNotAsked) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever byte of an evidence file is changed: it is no evidence any more, or it is about
// another chain or contract, which the command compares, or only its words changed, on
// which nothing rests.
func TestTamperedCases(t *testing.T) {
	b := newBench(t)
	all := b.cases(t)
	var docs [][]byte
	for _, x := range all {
		doc, err := x.JSON()
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, doc)
	}
	slices.SortFunc(docs, bytes.Compare)
	rapid.Check(t, func(t *rapid.T) {
		doc := bytes.Clone(docs[rapid.IntRange(0, len(docs)-1).Draw(t, "case")])
		i := rapid.IntRange(0, len(doc)-1).Draw(t, "byte")
		old := doc[i]
		doc[i] = rapid.SampledFrom([]byte("0123456789abcdef\"{}[],: x")).Draw(t, "with")
		x, err := ParseCase(doc)
		if doc[i] == old || err != nil {
			return
		}
		if _, err := x.Check(b); err != nil {
			return
		}
		if line := strings.TrimSpace(lineOf(doc, i)); line != "" && old != ' ' && doc[i] != ' ' && !loose.MatchString(line) {
			t.Fatalf("byte %d became %q in %s, and the case still holds", i, doc[i], line)
		}
	})
}

var loose = regexp.MustCompile(`^"(says|chainId|registry|runLog|origin)":`)

func lineOf(doc []byte, i int) string {
	a, z := bytes.LastIndexByte(doc[:i], '\n')+1, i+bytes.IndexByte(doc[i:], '\n')
	return string(doc[a:max(a, z)])
}

func TestCasesHaveOneSpelling(t *testing.T) {
	doc, err := newBench(t).cases(t)["gap"].JSON()
	if err != nil {
		t.Fatal(err)
	}
	var flat bytes.Buffer
	if err := json.Compact(&flat, doc); err != nil {
		t.Fatal(err)
	}
	if _, err := ParseCase(flat.Bytes()); err != nil {
		t.Errorf("white space is not free: %v", err)
	}
	for name, bad := range map[string][]byte{
		"nothing": nil, "no object": []byte("[]"), "another document": []byte(`{"version":"candor/bundle/v2"}`),
		"an unknown field": bytes.Replace(doc, []byte(`"fault"`), []byte(`"faults":1,"fault"`), 1),
		"a field twice":    bytes.Replace(doc, []byte(`"fault"`), []byte(`"fault":"gap","fault"`), 1),
		"upper case hex":   bytes.Replace(doc, []byte(`"entry": "0x63`), []byte(`"entry": "0X63`), 1),
		"words behind it":  append(bytes.Clone(doc), "{}"...),
		"a huge one":       append(bytes.Clone(doc), make([]byte, MaxCase)...),
	} {
		if _, err := ParseCase(bad); err == nil {
			t.Errorf("%s is read", name)
		}
	}
}

func FuzzCase(f *testing.F) {
	b := newBench(f)
	for _, x := range b.cases(f) {
		doc, err := x.JSON()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(doc)
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		if x, err := ParseCase(doc); err == nil {
			_, _ = x.Check(b) // must not fall over
			_, _ = x.Check(nil)
		}
	})
}

// Only witnesses that were named and did cosign count.
func TestWitnesses(t *testing.T) {
	r := &Report{}
	r.Witnesses(OfRuns, []byte("anything"), nil, 0)
	if _, said := r.Shares["witnesses"]; said || !r.Clean() {
		t.Error("something is said of witnesses that nobody named")
	}
	a, err := zkcommit.NewCosigner("witness.example/a", bytes.Repeat([]byte{1}, 32))
	if err != nil {
		t.Fatal(err)
	}
	r.Witnesses(OfEpochs, []byte("anything"), []zkcommit.Cosigner{a}, 0)
	if s := r.Shares[OfEpochs]; s.Of != 1 || !r.Clean() {
		t.Errorf("%+v %v, though nobody is needed", s, r.Rules())
	}
	r.Witnesses(OfRuns, []byte("anything"), []zkcommit.Cosigner{a}, 1)
	if s := r.Shares["witnesses"]; s.Checked != 0 || s.Of != 1 || !strings.Contains(s.Why, "witness.example/a") || !slices.Equal(r.Rules(), []Rule{RuleWitness}) {
		t.Errorf("%+v %v", s, r.Rules())
	}
}
