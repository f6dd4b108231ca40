package chain_test

import (
	"crypto/sha256"
	"math/big"
	"slices"
	"testing"
	"time"

	"candor/contracts"
	"candor/graph"
	devchain "candor/local/chain"
	"candor/zkcommit"
	"candor/zkcommit/chain"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/transparency-dev/merkle/rfc6962"
)

// bonded is a chain that asks for bonds: the owner is a node, other a publisher.
func bonded(t *testing.T) *world {
	t.Helper()
	owner, other := key("owner"), key("other")
	dev, err := devchain.Start(devchain.Config{Dir: t.TempDir(), Fund: []graph.Address{address(owner), address(other)}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = dev.Close() })
	terms := contracts.DevelopmentTerms()
	terms.Registry.MinBond, terms.Registry.MinDelay, terms.Registry.Grace, terms.Registry.DisputeWindow = big.NewInt(1000), 0, 0, 0
	terms.RunLog.MinBond, terms.RunLog.Stake, terms.RunLog.AnswerBlocks, terms.RunLog.Unbonding = big.NewInt(1000), big.NewInt(50), 4, 0
	at, err := contracts.DeployWith(ctx, bind.NewKeyedTransactor(owner, chainID), dev.Client(), terms)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{dev: dev, at: at, owner: chain.New(dev.Client(), chainID, at, owner), other: chain.New(dev.Client(), chainID, at, other)}
	if err := w.owner.EnsureNode(ctx, graph.Hash{1}, ""); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) now(t *testing.T) uint64 {
	t.Helper()
	h, err := w.dev.Client().HeaderByNumber(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	return h.Time
}

func TestPublishersOweReveals(t *testing.T) {
	w := bonded(t)
	plugin, err := w.other.EnsurePlugin(ctx, "tower", chain.Tower)
	if err != nil {
		t.Fatal(err)
	}
	shape := []byte("a tower")
	model := func(c byte, in uint64) chain.Model {
		return chain.Model{Plugin: plugin, Commitment: graph.Hash{c}, ShapeID: graph.Keccak(), Manifest: document("m"), RevealBy: w.now(t) + in}
	}
	_, err = w.other.EnsurePledged(ctx, chain.Model{Plugin: plugin, Commitment: graph.Hash{1}}, chain.Pledge{})
	says(t, "a secret without date and bond", err, "reveal date and a bond")
	_, err = w.other.EnsurePledged(ctx, model(1, 1000), chain.Pledge{Bond: big.NewInt(999), Ciphertext: []byte("x")})
	says(t, "a small bond", err, "BondTooSmall")

	// Each goes to its place among the dates.
	for i, in := range []uint64{5000, 1000, 3000, 9000, 2000} {
		m := model(byte(i+1), in)
		m.ShapeID = sha256Shape(shape)
		for range 2 {
			if v, err := w.other.EnsurePledged(ctx, m, chain.Pledge{Bond: big.NewInt(1000 + int64(i)), Ciphertext: []byte("sealed")}); err != nil || v != uint32(i+1) {
				t.Fatalf("model %d: version %d, %v", i, v, err)
			}
		}
	}
	var dues []uint32
	for {
		p, _, known, err := w.owner.FirstDue(ctx, address(key("other")))
		if err != nil {
			t.Fatal(err)
		}
		if !known {
			break
		}
		for v := uint32(1); v <= 5; v++ {
			s, known, err := w.owner.Standing(ctx, p, v)
			if err != nil || !known {
				t.Fatal(err)
			}
			m, _, err := w.owner.Model(ctx, p, v)
			if err != nil {
				t.Fatal(err)
			}
			_, by, _, err := w.owner.FirstDue(ctx, address(key("other")))
			if err != nil {
				t.Fatal(err)
			}
			if s.Reveal == chain.RevealDue && m.RevealBy == by {
				dues = append(dues, v)
				if err := w.other.RevealUnchecked(ctx, p, v, shape, document("model")); err != nil {
					t.Fatal(err)
				}
				break
			}
		}
	}
	if !slices.Equal(dues, []uint32{2, 5, 3, 1, 4}) {
		t.Errorf("the reveals were due in the order %v", dues)
	}
	s, _, err := w.owner.Standing(ctx, plugin, 3)
	if err != nil || s.Reveal != chain.RevealUnchecked || !s.Reveal.Revealed() || s.Bond.Int64() != 1002 {
		t.Errorf("%+v %v", s, err)
	}
	if err := w.other.WithdrawBond(ctx, plugin, 3); err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{
		"registration": w.other.EnsureRegistered(ctx, chain.Model{Plugin: plugin, Version: 5}, document("r")), "report": w.owner.PublishReport(ctx, plugin, 5, document("r")),
		"worker": w.other.SetWorker(ctx, plugin, address(key("w")), true), "withdrawal": w.other.WithdrawModel(ctx, plugin, 5),
	} {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, known, err := w.owner.Active(ctx, plugin, 1<<40); err != nil || known {
		t.Errorf("a withdrawn version is active: %v", err)
	}
	says(t, "a withdrawal again", w.other.WithdrawModel(ctx, plugin, 5), "TooLate")

	m := model(9, 2)
	m.ShapeID = sha256Shape(shape)
	if _, err := w.other.EnsurePledged(ctx, m, chain.Pledge{Bond: big.NewInt(1000), Ciphertext: []byte("x")}); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		// A call makes a block, and blocks move the chain's time.
		if err := w.owner.PublishReport(ctx, plugin, 6, document("r")); err != nil {
			t.Fatal(err)
		}
		if w.now(t) > m.RevealBy {
			break
		} else if time.Now().After(deadline) {
			t.Fatal("the chain's time stands still")
		}
	}
	if err := w.owner.SlashUnrevealed(ctx, plugin, 6); err != nil {
		t.Fatal(err)
	}
	if s, _, err := w.owner.Standing(ctx, plugin, 6); err != nil || s.Bond.Sign() != 0 {
		t.Errorf("the bond is still %s, %v", s.Bond, err)
	}
	next := model(10, 1000)
	next.ShapeID = m.ShapeID
	_, err = w.other.EnsurePledged(ctx, next, chain.Pledge{Bond: big.NewInt(1000), Ciphertext: []byte("x")})
	says(t, "a commit of who is late", err, "Overdue")
}

func TestNodesOweAnswers(t *testing.T) {
	w := bonded(t)
	node := key("owner")
	says(t, "an anchor without a bond", w.owner.Anchor(ctx, "log", 1, graph.Hash{1}), "BondTooSmall")
	if made := w.blocks(t, func() {
		for range 2 {
			if err := w.owner.EnsureBond(ctx, big.NewInt(5000)); err != nil {
				t.Fatal(err)
			}
		}
	}); made != 1 {
		t.Errorf("one bond took %d transactions", made)
	}
	run := &zkcommit.Run{ChainID: devchain.ID, Registry: w.at.Registry, Node: address(node)}
	root := graph.Hash(rfc6962.DefaultHasher.HashLeaf(run.Bytes()))
	if err := w.owner.Anchor(ctx, "log", 1, root); err != nil {
		t.Fatal(err)
	}
	r := &zkcommit.Receipt{Run: run.ID(), Node: address(node)}
	if err := r.Sign(node); err != nil {
		t.Fatal(err)
	}
	if err := w.other.DemandInclusion(ctx, r); err != nil {
		t.Fatal(err)
	}
	d, known, err := w.other.Waiting(ctx, chain.Inclusion, r.Run, r.Node, 0, 0)
	if err != nil || !known || d.Demander != address(key("other")) || d.Passed {
		t.Fatalf("%+v %v %v", d, known, err)
	}
	if err := w.owner.AnswerInclusion(ctx, run.Bytes(), "log", 1, nil); err != nil {
		t.Fatal(err)
	}
	if b, err := w.other.Bond(ctx, address(node)); err != nil || b.Amount.Int64() != 5050 || b.Open != 0 {
		t.Fatalf("%+v %v", b, err)
	}
	if yes, err := w.other.Answered(ctx, chain.Inclusion, r.Run, r.Node, 0); err != nil || !yes {
		t.Errorf("an answer is not seen: %v", err)
	}
	for name, ask := range map[string]func() (bool, error){
		"another kind": func() (bool, error) { return w.other.Answered(ctx, chain.Proof, r.Run, r.Node, 0) },
		"another run":  func() (bool, error) { return w.other.Answered(ctx, chain.Inclusion, graph.Hash{1}, r.Node, 0) },
		"another node": func() (bool, error) { return w.other.Answered(ctx, chain.Inclusion, r.Run, graph.Address{1}, 0) },
	} {
		if yes, err := ask(); err != nil || yes {
			t.Errorf("%s counts as answered: %v", name, err)
		}
	}

	// A checkpoint that the node signed beside its anchor.
	signer := chain.Signer{Key: node, ChainID: chainID, At: w.at}
	sig, err := signer.Checkpoint("log", 1, graph.Hash{9})
	if err != nil {
		t.Fatal(err)
	}
	says(t, "no contradiction", w.other.Submit(ctx, w.other.TwoHeads(address(node), "log", 1, root, nil, root, nil)), "NoFault")
	if err := w.other.Submit(ctx, w.other.TwoHeads(address(node), "log", 1, root, nil, graph.Hash{9}, sig)); err != nil {
		t.Fatal(err)
	}
	if b, err := w.other.Bond(ctx, address(node)); err != nil || b.Amount.Sign() != 0 || !b.Fallen {
		t.Errorf("%+v %v", b, err)
	}
	if owed, err := w.other.Owed(ctx, address(key("other"))); err != nil || owed.Int64() != 505 {
		t.Errorf("owed %s %v", owed, err)
	}
	if err := w.other.Collect(ctx); err != nil {
		t.Fatal(err)
	}
	says(t, "a bond of the fallen", w.owner.EnsureBond(ctx, big.NewInt(1)), "Fallen")
}

// What Go signs, the contract reads: each statement in a call that needs it.
func TestStatementsAreReadAsSigned(t *testing.T) {
	w := bonded(t)
	node := key("owner")
	signer := chain.Signer{Key: node, ChainID: chainID, At: w.at}
	if err := w.owner.EnsureBond(ctx, big.NewInt(1000)); err != nil {
		t.Fatal(err)
	}
	domain := zkcommit.RunLogDomain(devchain.ID, w.at.RunLog)
	a := &zkcommit.Ticket{Nonce: graph.Hash{1}, Node: address(node), Lane: 2, Seq: 3, Block: 4, Time: w.now(t) - 100, Delay: 5}
	if err := a.Sign(node, domain); err != nil {
		t.Fatal(err)
	}
	for what, spoil := range map[string]func(*zkcommit.Ticket){
		"another nonce": func(x *zkcommit.Ticket) { x.Nonce[9]++ },
		"another block": func(x *zkcommit.Ticket) { x.Block++ },
		"no signature":  func(x *zkcommit.Ticket) { x.Signature = nil },
	} {
		b := *a
		spoil(&b)
		says(t, what, w.other.DemandTicket(ctx, &b), "BadSignature")
		if b.Check(domain) == nil {
			t.Errorf("Go takes a ticket with %s, the contract does not", what)
		}
	}
	if err := w.other.DemandTicket(ctx, a); err != nil {
		t.Fatal(err)
	}
	if _, open, err := w.other.Waiting(ctx, chain.TicketEnd, a.ID(), a.Node, a.Lane, a.Seq); err != nil || !open {
		t.Fatalf("the contract knows the ticket by another id: %v", err)
	}
	abort := zkcommit.Abort{ChainID: devchain.ID, Registry: w.at.Registry, Node: a.Node, Lane: a.Lane, Seq: a.Seq,
		Previous: graph.Hash{7}, Ticket: a.ID(), Reason: zkcommit.TimedOut}
	entry := abort.Bytes()
	leaf := rfc6962.DefaultHasher.HashLeaf(entry)
	// The abort has number 3: three leaves before it, of which the tree needs two hashes.
	left, third := rfc6962.DefaultHasher.HashChildren(leaf, leaf), leaf
	root := rfc6962.DefaultHasher.HashChildren(left, rfc6962.DefaultHasher.HashChildren(third, leaf))
	if err := w.owner.Anchor(ctx, "log", 4, graph.Hash(root)); err != nil {
		t.Fatal(err)
	}
	if err := w.owner.AnswerTicket(ctx, a, entry, "log", 4, [][]byte{third, left}); err != nil {
		t.Fatal(err)
	}
	b := *a
	b.Nonce[0]++
	if err := b.Sign(node, domain); err != nil {
		t.Fatal(err)
	}
	says(t, "one ticket twice", w.other.Submit(ctx, w.other.TwoTickets(a, a)), "NoFault")
	if err := w.other.Submit(ctx, w.other.TwoTickets(a, &b)); err != nil {
		t.Fatal(err)
	}
	m := chain.Model{Commitment: graph.Hash{1}, ShapeID: graph.Hash{2}, Manifest: document("m"), RevealBy: w.now(t) + 100}
	var err error
	if m.Plugin, err = w.other.EnsurePlugin(ctx, "p", chain.Ranker); err != nil {
		t.Fatal(err)
	}
	_, err = w.other.EnsurePledged(ctx, m, chain.Pledge{Bond: big.NewInt(1000), CiphertextCID: document("c")})
	if err != nil { // this chain asks for no custodian
		t.Fatal(err)
	}
	m.Commitment = graph.Hash{2}
	custody := zkcommit.Custody{Plugin: m.Plugin, Commitment: m.Commitment, RevealBy: m.RevealBy, Ciphertext: document("c")}
	if err := custody.Sign(node, zkcommit.RegistryDomain(signer.ChainID.Uint64(), signer.At.Registry)); err != nil || custody.Node != address(node) {
		t.Fatal(err)
	}
	_, err = w.other.EnsurePledged(ctx, m, chain.Pledge{Bond: big.NewInt(1000), CiphertextCID: document("c"), Custody: []zkcommit.Custody{custody}})
	says(t, "a custodian too many", err, "BadCustody")
}

func sha256Shape(shape []byte) graph.Hash {
	return sha256.Sum256(append([]byte("candor/shape/v1"), shape...))
}

// A demand that ends with the node's bond was not answered, though it waits no more.
func TestSlashedIsNotAnswered(t *testing.T) {
	w := bonded(t)
	node := key("owner")
	if err := w.owner.EnsureBond(ctx, big.NewInt(5000)); err != nil {
		t.Fatal(err)
	}
	run := &zkcommit.Run{ChainID: devchain.ID, Registry: w.at.Registry, Node: address(node)}
	r := &zkcommit.Receipt{Run: run.ID(), Node: address(node)}
	if err := r.Sign(node); err != nil {
		t.Fatal(err)
	}
	if err := w.other.DemandInclusion(ctx, r); err != nil {
		t.Fatal(err)
	}
	for i := range byte(5) { // past the deadline
		if err := w.owner.EnsureKey(ctx, chain.Key{Circuit: graph.Hash{1}, Hash: graph.Hash{20 + i}, Development: true}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.other.SlashUnanswered(ctx, chain.Inclusion, r.Run, r.Node, 0, 0); err != nil {
		t.Fatal(err)
	}
	if _, open, err := w.other.Waiting(ctx, chain.Inclusion, r.Run, r.Node, 0, 0); err != nil || open {
		t.Fatalf("the demand still waits: %v", err)
	}
	if yes, err := w.other.Answered(ctx, chain.Inclusion, r.Run, r.Node, 0); err != nil || yes {
		t.Errorf("a node that lost its bond is said to have answered: %v", err)
	}
}
