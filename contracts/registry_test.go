package contracts_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/sha256"
	"math/big"
	"slices"
	"testing"

	"candor/contracts"
	"candor/graph"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

func plugin(publisher *ecdsa.PrivateKey, slug string) graph.Hash {
	a := address(publisher)
	return crypto.Keccak256Hash(a[:], []byte(slug))
}

// towerShape is the shape of a model that no contract can check.
var towerShape = []byte("a tower, 300 MB")

func shapeID(shape []byte) [32]byte {
	return sha256.Sum256(append([]byte("candor/shape/v1"), shape...))
}

// secret is a commit of a model that is to be revealed in the given time.
func (m *machine) secret(p graph.Hash, commitment byte, in uint64) contracts.RegistryCommit {
	return contracts.RegistryCommit{Plugin: p, Commitment: [32]byte{31: commitment}, ShapeId: shapeID(towerShape), ManifestCid: []byte("m"),
		RevealBy: m.time + in, Ciphertext: []byte("sealed")}
}

func (m *machine) model(p graph.Hash, version uint32) contracts.RegistryModel {
	m.t.Helper()
	return views(m, m.at.Registry, registry.PackModels(p, version), registry.UnpackModels)
}

func publisherWorld(t *testing.T) (m *machine, ann *ecdsa.PrivateKey, p graph.Hash) {
	m, ann = newMachine(t, testTerms()), key("ann")
	for _, name := range []string{"ann", "bob", "cid", "dan"} {
		m.fund(address(key(name)))
	}
	m.does("publish", ann, m.at.Registry, registry.PackPublishPlugin("feed", 1), nil)
	return m, ann, plugin(ann, "feed")
}

func TestSecretModelsHaveBondDateAndCiphertext(t *testing.T) {
	m, ann, p := publisherWorld(t)
	at := m.at.Registry
	for name, x := range map[string]struct {
		want   string
		value  *big.Int
		change func(c *contracts.RegistryCommit)
	}{
		"no bond":              {"BondTooSmall", nil, func(c *contracts.RegistryCommit) {}},
		"a small bond":         {"BondTooSmall", new(big.Int).Sub(wei(10), big.NewInt(1)), func(c *contracts.RegistryCommit) {}},
		"an early date":        {"BadDelay", wei(10), func(c *contracts.RegistryCommit) { c.RevealBy = m.time + 99 }},
		"a past date":          {"BadDelay", wei(10), func(c *contracts.RegistryCommit) { c.RevealBy = 1 }},
		"a date beyond all":    {"BadDelay", wei(10), func(c *contracts.RegistryCommit) { c.RevealBy = 1<<64 - 1 }},
		"no ciphertext":        {"BadCiphertext", wei(10), func(c *contracts.RegistryCommit) { c.Ciphertext = nil }},
		"a large ciphertext":   {"BadCiphertext", wei(10), func(c *contracts.RegistryCommit) { c.Ciphertext = make([]byte, 32<<10+1) }},
		"two ciphertexts":      {"BadCiphertext", wei(10), func(c *contracts.RegistryCommit) { c.CiphertextCid = []byte("c") }},
		"custody of nothing":   {"BadCustody", wei(10), func(c *contracts.RegistryCommit) { c.Custody = [][]byte{{1}} }},
		"no shape":             {"Zero", wei(10), func(c *contracts.RegistryCommit) { c.ShapeId = [32]byte{} }},
		"a bond for no secret": {"BondRefused", wei(10), func(c *contracts.RegistryCommit) { c.RevealBy, c.Ciphertext = 0, nil }},
		"a seal of no secret":  {"BondRefused", nil, func(c *contracts.RegistryCommit) { c.RevealBy = 0 }},
		"a stranger's plugin":  {"NotPublisher", wei(10), func(c *contracts.RegistryCommit) { c.Plugin = plugin(key("bob"), "feed") }},
		"behind no model":      {"BadPlace", wei(10), func(c *contracts.RegistryCommit) { c.DueAfter = 7 }},
	} {
		c := m.secret(p, 1, 100)
		x.change(&c)
		m.refuses(name, x.want, ann, at, registry.PackCommitModel(c), x.value)
	}
	c := m.secret(p, 1, 100)
	c.Ciphertext = bytes.Repeat([]byte{7}, 32<<10)
	logs := m.does("commit", ann, at, registry.PackCommitModel(c), wei(11))
	t.Logf("a commit with 32 KiB of ciphertext: %d gas", m.gas)
	committed, err := registry.UnpackModelCommittedEvent(logs[0])
	if err != nil || committed.Version != 1 || committed.Bond.Cmp(wei(11)) != 0 || committed.RevealBy != c.RevealBy {
		t.Errorf("committed %+v %v", committed, err)
	}
	sealed, err := registry.UnpackCiphertextPublishedEvent(logs[1])
	if err != nil || !bytes.Equal(sealed.Ciphertext, c.Ciphertext) || sealed.Plugin != p {
		t.Errorf("ciphertext: %v", err)
	}
	got := m.model(p, 1)
	if got.Bond.Cmp(wei(11)) != 0 || got.Reveal != 1 || got.Id != 1 || got.CommittedAt != m.time || got.ActiveFrom != m.block {
		t.Errorf("the record is %+v", got)
	}
}

// custody signs that a node holds a ciphertext.
func (m *machine) custody(t *testing.T, node *ecdsa.PrivateKey, c contracts.RegistryCommit) []byte {
	return m.signed(t, node, m.at.Registry, "Candor Registry", "Custody(bytes32 plugin,bytes32 commitment,bytes32 ciphertext,uint64 revealBy)",
		c.Plugin[:], c.Commitment[:], crypto.Keccak256(c.CiphertextCid), word(c.RevealBy))
}

func word(v uint64) []byte { return new(big.Int).SetUint64(v).FillBytes(make([]byte, 32)) }

// signed is a key's EIP-712 signature under a contract's domain; fields are words.
func (m *machine) signed(t testing.TB, k *ecdsa.PrivateKey, contract graph.Address, name, typ string, fields ...[]byte) []byte {
	t.Helper()
	domain := crypto.Keccak256(crypto.Keccak256([]byte("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")),
		crypto.Keccak256([]byte(name)), crypto.Keccak256([]byte("1")), word(chainID.Uint64()), append(make([]byte, 12), contract[:]...))
	body := crypto.Keccak256(append([][]byte{crypto.Keccak256([]byte(typ))}, fields...)...)
	return sign(t, k, crypto.Keccak256([]byte("\x19\x01"), domain, body))
}

func sign(t testing.TB, k *ecdsa.PrivateKey, digest []byte) []byte {
	t.Helper()
	sig, err := crypto.Sign(digest, k)
	if err != nil {
		t.Fatal(err)
	}
	sig[64] += 27
	return sig
}

func TestLargeCiphertextsHaveCustodians(t *testing.T) {
	m, ann, p := publisherWorld(t)
	nodes := []*ecdsa.PrivateKey{key("bob"), key("cid")}
	for _, n := range nodes {
		m.does("register", n, m.at.Registry, registry.PackRegisterNode([32]byte{1}, ""), nil)
	}
	slices.SortFunc(nodes, func(a, b *ecdsa.PrivateKey) int { return address(a).Cmp(address(b)) })
	c := m.secret(p, 1, 100)
	c.Ciphertext, c.CiphertextCid = nil, []byte("cid of a ciphertext")
	first, second := m.custody(t, nodes[0], c), m.custody(t, nodes[1], c)
	other := c
	other.RevealBy++
	for name, sigs := range map[string][][]byte{
		"none":               nil,
		"one":                {first},
		"one twice":          {first, first},
		"the wrong order":    {second, first},
		"a stranger":         {first, m.custody(t, key("dan"), c)},
		"of another date":    {first, m.custody(t, nodes[1], other)},
		"of another chain":   {first, m.signed(t, nodes[1], m.at.Registry, "Candor", "Custody(bytes32 plugin,bytes32 commitment,bytes32 ciphertext,uint64 revealBy)", c.Plugin[:], c.Commitment[:], crypto.Keccak256(c.CiphertextCid), word(c.RevealBy))},
		"too many":           {first, second, second},
		"signatures cut off": {first[:64], second},
	} {
		c := c
		c.Custody = sigs
		m.refuses(name, "BadCustody", ann, m.at.Registry, registry.PackCommitModel(c), wei(10))
	}
	c.Custody = [][]byte{first, second}
	kept, err := registry.UnpackCiphertextKeptEvent(m.does("commit", ann, m.at.Registry, registry.PackCommitModel(c), wei(10))[1])
	if err != nil || len(kept.Custodians) != 2 || kept.Custodians[0] != address(nodes[0]) {
		t.Errorf("kept %+v %v", kept, err)
	}
}

// One version of a plugin is active at each block, and none comes back.
func TestOneVersionAtATime(t *testing.T) {
	m, ann, p := publisherWorld(t)
	at := m.at.Registry
	active := func(version uint32, block uint64) bool {
		raw, err := m.apply(graph.Address{1}, &at, registry.PackWasActive(p, version, block), nil)
		if err != nil {
			t.Fatal(err)
		}
		out, err := registry.UnpackWasActive(raw)
		if err != nil {
			t.Fatal(err)
		}
		return out.Active
	}
	m.block = 10
	m.does("version 1", ann, at, registry.PackCommitModel(m.secret(p, 1, 1000)), wei(10))
	m.refuses("the next too soon", "TooSoon", ann, at, registry.PackCommitModel(m.secret(p, 2, 1000)), wei(10))
	m.block, m.time = 20, m.time+20
	next := m.secret(p, 2, 1000)
	next.DueAfter = 1
	m.does("version 2", ann, at, registry.PackCommitModel(next), wei(10))
	m.refuses("withdrawal of one replaced", "TooLate", ann, at, registry.PackWithdrawModel(p, 1), nil)
	m.refuses("withdrawal by a stranger", "NotPublisher", key("bob"), at, registry.PackWithdrawModel(p, 2), nil)
	m.refuses("withdrawal of one to come", "TooLate", ann, at, registry.PackWithdrawModel(p, 3), nil)
	m.block = 30
	m.does("withdrawal", ann, at, registry.PackWithdrawModel(p, 2), nil)
	m.refuses("a second withdrawal", "TooLate", ann, at, registry.PackWithdrawModel(p, 2), nil)
	m.refuses("a version right behind a withdrawal", "TooSoon", ann, at, registry.PackCommitModel(m.secret(p, 3, 1000)), wei(10))
	m.block, m.time = 40, m.time+20
	third := m.secret(p, 3, 1000)
	third.DueAfter = 2
	m.does("version 3", ann, at, registry.PackCommitModel(third), wei(10))
	for block, want := range map[uint64]uint32{9: 0, 10: 1, 19: 1, 20: 2, 29: 2, 30: 0, 39: 0, 40: 3, 1000: 3} {
		for v := uint32(1); v <= 4; v++ {
			if got := active(v, block); got != (v == want) {
				t.Errorf("version %d at block %d: active %v, expected version %d", v, block, got, want)
			}
		}
	}
}

// A plugin is continued by another one when both publishers say so, once, and nothing
// else changes.
func TestPluginsAreHandedOn(t *testing.T) {
	m, ann, p := publisherWorld(t)
	at, bob := m.at.Registry, key("bob")
	m.does("a ranker", bob, at, registry.PackPublishPlugin("next", 1), nil)
	m.does("a filter", bob, at, registry.PackPublishPlugin("sieve", 2), nil)
	m.does("a second ranker", bob, at, registry.PackPublishPlugin("other", 1), nil)
	next, sieve, other := plugin(bob, "next"), plugin(bob, "sieve"), plugin(bob, "other")
	word := func(p graph.Hash) [2][32]byte {
		return [2][32]byte{views(m, at, registry.PackPreviousOf(p), registry.UnpackPreviousOf), views(m, at, registry.PackSuccessorOf(p), registry.UnpackSuccessorOf)}
	}
	before := views(m, at, registry.PackPlugins(p), registry.UnpackPlugins)

	m.refuses("a hand-over unasked", "NotClaimed", ann, at, registry.PackTransferPlugin(p, next), nil)
	m.refuses("a claim for a stranger's plugin", "NotPublisher", ann, at, registry.PackClaimPlugin(next, p), nil)
	m.refuses("a claim of another kind", "Unknown", bob, at, registry.PackClaimPlugin(sieve, p), nil)
	m.refuses("a claim of nothing", "Unknown", bob, at, registry.PackClaimPlugin(next, graph.Hash{1}), nil)
	m.refuses("a claim of itself", "Unknown", bob, at, registry.PackClaimPlugin(next, next), nil)
	claimed, err := registry.UnpackPluginClaimedEvent(m.does("claim", bob, at, registry.PackClaimPlugin(next, p), nil)[0])
	if err != nil || claimed.Plugin != next || claimed.Previous != p {
		t.Errorf("claimed %+v %v", claimed, err)
	}
	m.refuses("a hand-over by who asked", "NotPublisher", bob, at, registry.PackTransferPlugin(p, next), nil)
	m.refuses("a hand-over to none", "NotClaimed", ann, at, registry.PackTransferPlugin(p, graph.Hash{}), nil)
	m.refuses("a hand-over to one that did not ask", "NotClaimed", ann, at, registry.PackTransferPlugin(p, other), nil)
	if word(p) != [2][32]byte{} {
		t.Errorf("the first half alone gave a successor: %x", word(p))
	}
	handed, err := registry.UnpackPluginTransferredEvent(m.does("hand-over", ann, at, registry.PackTransferPlugin(p, next), nil)[0])
	if err != nil || handed.Plugin != p || handed.Successor != next {
		t.Errorf("handed on %+v %v", handed, err)
	}
	m.does("a second claim", bob, at, registry.PackClaimPlugin(other, p), nil)
	m.refuses("a second hand-over", "Exists", ann, at, registry.PackTransferPlugin(p, other), nil)
	if word(p) != [2][32]byte{1: next} || word(next) != [2][32]byte{0: p} {
		t.Errorf("%x and %x", word(p), word(next))
	}
	if after := views(m, at, registry.PackPlugins(p), registry.UnpackPlugins); after != before {
		t.Errorf("the plugin was %+v and is %+v", before, after)
	}
	m.does("a version all the same", ann, at, registry.PackCommitModel(m.secret(p, 1, 1000)), wei(10))
	m.refuses("a version by the new publisher", "NotPublisher", bob, at, registry.PackCommitModel(m.secret(p, 2, 1000)), wei(10))
}

// The publisher's reveal dates are a list in order; what is past holds up new commits.
func TestOverdueRevealsBlockNewModels(t *testing.T) {
	m, ann, p := publisherWorld(t)
	at := m.at.Registry
	m.does("publish", ann, at, registry.PackPublishPlugin("other", 1), nil)
	m.does("publish", key("bob"), at, registry.PackPublishPlugin("feed", 1), nil)
	q, bobs := plugin(ann, "other"), plugin(key("bob"), "feed")
	commit := func(p graph.Hash, c byte, in uint64, after uint32) []byte {
		x := m.secret(p, c, in)
		x.DueAfter = after
		return registry.PackCommitModel(x)
	}
	m.does("the later one", ann, at, commit(p, 1, 1000, 0), wei(10)) // model 1
	m.refuses("an earlier one behind it", "BadPlace", ann, at, commit(q, 2, 500, 1), wei(10))
	m.does("an earlier one before it", ann, at, commit(q, 2, 500, 0), wei(10)) // model 2
	m.does("another's", key("bob"), at, commit(bobs, 1, 2000, 0), wei(10))     // model 3
	m.time += 20
	m.refuses("a place in another's list", "BadPlace", ann, at, commit(q, 9, 2500, 3), wei(10))
	m.refuses("too late a place", "BadPlace", ann, at, commit(q, 9, 600, 1), wei(10))
	m.refuses("too early a place", "BadPlace", ann, at, commit(q, 9, 600, 0), wei(10))
	m.does("between the two", ann, at, commit(q, 3, 600, 2), wei(10)) // model 4
	if first := views(m, at, registry.PackFirstDue(address(ann)), registry.UnpackFirstDue); first != 2 {
		t.Fatalf("model %d is due first, not 2", first)
	}
	m.time += 481 // model 2 is overdue
	m.refuses("a commit of who is late", "Overdue", ann, at, commit(p, 5, 5000, 1), wei(10))
	m.refuses("a public model of who is late", "Overdue", ann, at, registry.PackCommitModel(contracts.RegistryCommit{Plugin: p, Commitment: [32]byte{9}, ManifestCid: []byte("m")}), nil)
	m.does("another's commit", key("bob"), at, commit(bobs, 2, 2000, 3), wei(10))
	reveal := func(p graph.Hash, v uint32) []byte {
		return registry.PackRevealUnchecked(p, v, towerShape, []byte("x"))
	}
	m.does("the reveal", ann, at, reveal(q, 1), nil)
	m.does("a commit of who is late no more", ann, at, commit(p, 5, 5000, 1), wei(10)) // model 6
	m.does("a reveal from the middle", ann, at, reveal(p, 1), nil)
	var order []uint32
	for id := views(m, at, registry.PackFirstDue(address(ann)), registry.UnpackFirstDue); id != 0; {
		order = append(order, id)
		id = views(m, at, registry.PackDues(id), registry.UnpackDues).Next
	}
	if !slices.Equal(order, []uint32{4, 6}) {
		t.Errorf("due are %v, expected 4 and 6", order)
	}
}

func TestUnrevealedBondsBurn(t *testing.T) {
	m, ann, p := publisherWorld(t)
	at, zero := m.at.Registry, graph.Address{}
	c := m.secret(p, 1, 100)
	m.does("commit", ann, at, registry.PackCommitModel(c), wei(10))
	slash := registry.PackSlashUnrevealed(p, 1)
	m.refuses("before the date", "NoBond", key("bob"), at, slash, nil)
	m.time = c.RevealBy + 50
	m.refuses("in the grace", "NoBond", key("bob"), at, slash, nil)
	m.refuses("the bond back unrevealed", "NoBond", ann, at, registry.PackWithdrawBond(p, 1), nil)
	m.time++
	before := m.balance(address(key("bob")))
	m.does("slash", key("bob"), at, slash, nil)
	if m.balance(zero).Cmp(wei(10)) != 0 || m.balance(at).Sign() != 0 || m.balance(address(key("bob"))).Cmp(before) != 0 {
		t.Errorf("burnt %s, held %s", m.balance(zero), m.balance(at))
	}
	m.refuses("a second time", "NoBond", key("bob"), at, slash, nil)
	m.does("a late reveal", ann, at, registry.PackRevealUnchecked(p, 1, towerShape, []byte("x")), nil)
	m.time += 1000
	m.refuses("a burnt bond back", "NoBond", ann, at, registry.PackWithdrawBond(p, 1), nil)
	m.refuses("no model", "Unknown", ann, at, registry.PackSlashUnrevealed(p, 2), nil)

	// A late reveal burns the bond by itself.
	c = m.secret(p, 2, 100)
	m.does("commit", ann, at, registry.PackCommitModel(c), wei(10))
	m.time = c.RevealBy + 51
	m.does("a late reveal", ann, at, registry.PackRevealUnchecked(p, 2, towerShape, []byte("x")), nil)
	if m.balance(zero).Cmp(wei(20)) != 0 {
		t.Errorf("a late reveal saved the bond: %s burnt", m.balance(zero))
	}
}

func TestRevealedBondsReturn(t *testing.T) {
	m, ann, p := publisherWorld(t)
	at := m.at.Registry
	m.does("commit", ann, at, registry.PackCommitModel(m.secret(p, 1, 100)), wei(15))
	reveal := registry.PackRevealUnchecked(p, 1, towerShape, []byte("x"))
	m.refuses("a reveal by a stranger without bytes", "NotPublisher", key("bob"), at, reveal, nil)
	m.refuses("a reveal of another shape", "WrongShape", ann, at, registry.PackRevealUnchecked(p, 1, []byte("other"), []byte("x")), nil)
	m.refuses("a reveal to nowhere", "BadCid", ann, at, registry.PackRevealUnchecked(p, 1, towerShape, nil), nil)
	shown, err := registry.UnpackModelRevealedEvent(m.does("reveal", ann, at, reveal, nil)[0])
	if err != nil || shown.IsChecked || string(shown.Cid) != "x" || shown.By != address(ann) {
		t.Errorf("revealed %+v %v", shown, err)
	}
	m.refuses("a second reveal", "TooLate", ann, at, reveal, nil)
	m.time += 199
	m.refuses("the bond in the window", "NoBond", ann, at, registry.PackWithdrawBond(p, 1), nil)
	m.time++
	m.refuses("the bond to a stranger", "NotPublisher", key("bob"), at, registry.PackWithdrawBond(p, 1), nil)
	before := m.balance(address(ann))
	m.does("the bond back", ann, at, registry.PackWithdrawBond(p, 1), nil)
	if got := new(big.Int).Sub(m.balance(address(ann)), before); got.Cmp(wei(15)) != 0 {
		t.Errorf("%s came back", got)
	}
	m.refuses("the bond again", "NoBond", ann, at, registry.PackWithdrawBond(p, 1), nil)
	for _, data := range [][]byte{registry.PackHoldBond(p, 1), registry.PackSettleBond(p, 1, true, address(ann))} {
		m.refuses("a stranger's judgement", "NotRunLog", ann, at, data, nil)
	}
	// What has no secret is never due.
	m.does("a public model", ann, at, registry.PackCommitModel(contracts.RegistryCommit{Plugin: p, Commitment: [32]byte{9}, ManifestCid: []byte("m")}), nil)
	m.refuses("its reveal", "TooLate", ann, at, registry.PackRevealUnchecked(p, 2, towerShape, []byte("x")), nil)
	m.refuses("its bond", "NoBond", ann, at, registry.PackWithdrawBond(p, 2), nil)
}

func TestRegistrationsReportsAndWorkersAreSaid(t *testing.T) {
	m, ann, p := publisherWorld(t)
	at := m.at.Registry
	m.does("commit", ann, at, registry.PackCommitModel(m.secret(p, 1, 100)), wei(10))
	m.refuses("a stranger's registration", "NotPublisher", key("bob"), at, registry.PackRegisterModel(p, 1, []byte("r")), nil)
	m.refuses("a registration of nothing", "Unknown", ann, at, registry.PackRegisterModel(p, 2, []byte("r")), nil)
	r, err := registry.UnpackModelRegisteredEvent(m.does("registration", ann, at, registry.PackRegisterModel(p, 1, []byte("r")), nil)[0])
	if err != nil || string(r.Cid) != "r" || r.Version != 1 {
		t.Errorf("%+v %v", r, err)
	}
	report, err := registry.UnpackReportPublishedEvent(m.does("report", key("bob"), at, registry.PackPublishReport(p, 1, []byte("x")), nil)[0])
	if err != nil || report.Auditor != address(key("bob")) {
		t.Errorf("%+v %v", report, err)
	}
	m.refuses("a report on nothing", "Unknown", key("bob"), at, registry.PackPublishReport(p, 2, []byte("x")), nil)

	worker := address(key("cid"))
	signs := func(block uint64) bool {
		raw, err := m.apply(graph.Address{1}, &at, registry.PackSignsFor(p, worker, block), nil)
		if err != nil {
			t.Fatal(err)
		}
		out, err := registry.UnpackSignsFor(raw)
		if err != nil || out.Publisher != address(ann) {
			t.Fatal(out, err)
		}
		return out.Signs
	}
	m.refuses("a stranger's worker", "NotPublisher", key("bob"), at, registry.PackSetWorker(p, worker, true), nil)
	m.refuses("an end of no worker", "Unknown", ann, at, registry.PackSetWorker(p, worker, false), nil)
	m.block = 10
	m.does("a worker", ann, at, registry.PackSetWorker(p, worker, true), nil)
	m.block = 20
	m.does("its end", ann, at, registry.PackSetWorker(p, worker, false), nil)
	m.refuses("a worker again", "Exists", ann, at, registry.PackSetWorker(p, worker, true), nil)
	for block, want := range map[uint64]bool{9: false, 10: true, 19: true, 20: false} {
		if signs(block) != want {
			t.Errorf("the worker signs at block %d: %v", block, !want)
		}
	}
}

func TestWeakTermsStayOnDevelopmentChains(t *testing.T) {
	m := newMachine(t, testTerms())
	for name, change := range map[string]func(*contracts.Terms){
		"a short life":    func(x *contracts.Terms) { x.Registry.MinLife-- },
		"no delay":        func(x *contracts.Terms) { x.Registry.MinDelay = 0 },
		"no bond":         func(x *contracts.Terms) { x.Registry.MinBond = new(big.Int) },
		"no custodian":    func(x *contracts.Terms) { x.Registry.Custodians = 0 },
		"an endless wait": func(x *contracts.Terms) { x.Registry.Grace = 1 << 63 },
		"a quick exit":    func(x *contracts.Terms) { x.RunLog.Unbonding = 60 },
		"no node's bond":  func(x *contracts.Terms) { x.RunLog.MinBond = new(big.Int) },
		"no stake":        func(x *contracts.Terms) { x.RunLog.Stake = new(big.Int) },
		"no time":         func(x *contracts.Terms) { x.RunLog.AnswerBlocks = 31 },
		"":                func(*contracts.Terms) {},
	} {
		terms := contracts.PublicTerms()
		change(&terms)
		refused := false
		for _, code := range [][]byte{
			append(common.FromHex(contracts.RegistryMetaData.Bin), registry.PackConstructor(terms.Registry, m.at.RunLog, m.at.Verifier)...),
			append(common.FromHex(contracts.RunLogMetaData.Bin), runLog.PackConstructor(terms.RunLog, m.at.Registry, m.at.Verifier)...),
		} {
			if _, err := m.apply(address(key("deployer")), nil, code, nil); err != nil {
				refused = true
				if refusal(err) != "BadTerms" {
					t.Errorf("%s: %s", name, refusal(err))
				}
			}
		}
		if refused != (name != "") {
			t.Errorf("terms with %q: refused %v", name, refused)
		}
	}
}
