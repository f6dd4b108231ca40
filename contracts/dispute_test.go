package contracts_test

import (
	"crypto/ecdsa"
	"math/big"
	"testing"

	"candor/contracts"
	"candor/graph"
	"candor/zkcommit"
	proofs "candor/zkcommit/circuit/verifier"
)

// disputedTown is a town whose node served the golden run, with the key loaded.
type disputedTown struct {
	*town
	d       disputed
	key     numbered
	receipt contracts.RunLogReceipt
}

func newDisputedTown(t testing.TB) *disputedTown {
	d := toDispute(t)
	w := &disputedTown{town: newTownOf(t, d.commitment), d: d, key: readGolden(t).Dispute.numbers(t, proofs.Digest)}
	w.loadKey(w.key)
	w.receipt = w.town.receipt(d.run)
	return w
}

func (w *disputedTown) demand() []byte {
	return runLog.PackDemandProof(w.receipt, w.d.run.Bytes(), 3, w.d.st.Hidden())
}

func (w *disputedTown) prove() []byte {
	return runLog.PackProveRun(w.d.run.Bytes(), w.key.name, w.key.proof)
}

func TestProveRunSettlesADemand(t *testing.T) {
	w := newDisputedTown(t)
	at, run, hidden := w.at.RunLog, w.d.run.Bytes(), w.d.st.Hidden()
	w.refuses("a proof that nobody asked for", "NoDemand", w.node, at, w.prove(), nil)
	for name, x := range map[string]struct {
		want    string
		receipt contracts.RunLogReceipt
		run     []byte
		posts   uint32
		hidden  graph.Hash
	}{
		"other posts":       {"BadEntry", w.receipt, run, 3, graph.Hash{}},
		"fewer posts":       {"BadEntry", w.receipt, run, 2, hidden},
		"no posts":          {"NotProvable", w.receipt, run, 0, hidden},
		"all posts":         {"BadEntry", w.receipt, run, 64, hidden},
		"too many posts":    {"NotProvable", w.receipt, run, 65, hidden},
		"another run":       {"BadEntry", w.receipt, w.entries[1], 3, hidden},
		"another's receipt": {"BadEntry", w.town.receipt(w.runs[1]), run, 3, hidden},
	} {
		w.refusesClaimed(name, x.want, w.reader, runLog.PackDemandProof(x.receipt, x.run, x.posts, x.hidden), wei(2))
	}
	long := *w.d.run // of more posts than the circuit takes, and says so
	long.Ranked = zkcommit.RankedDigest(65, hidden)
	w.refusesClaimed("a run of too many posts", "NotProvable", w.reader, runLog.PackDemandProof(w.town.receipt(&long), long.Bytes(), 65, hidden), wei(2))
	twin := *w.d.run // the same number and ranking, another run
	twin.Served[0]++
	w.refusesClaimed("a run like the receipt's", "BadEntry", w.reader, runLog.PackDemandProof(w.receipt, twin.Bytes(), 3, hidden), wei(2))
	other := *w.d.run
	other.Shape = graph.Hash{1}
	w.refusesClaimed("a run of another shape", "NotProvable", w.reader,
		runLog.PackDemandProof(w.town.receipt(&other), other.Bytes(), 3, hidden), wei(2))

	w.claimed("the demand", w.reader, w.demand(), wei(2))
	t.Logf("a demand for a proof of three posts: %d gas", w.gas)
	bad := w.key.proof
	bad[0] = new(big.Int).Add(bad[0], big.NewInt(1))
	w.refuses("a bad proof", "BadProof", w.node, at, runLog.PackProveRun(run, w.key.name, bad), nil)
	w.refuses("another key", "WrongKey", w.node, at, runLog.PackProveRun(run, [32]byte{1}, w.key.proof), nil)
	w.refuses("inclusion for a proof", "NoDemand", w.node, at, runLog.PackAnswerForeign(func() []byte { r := *w.d.run; r.ChainID++; return r.Bytes() }()), nil)
	before, _, _ := w.bond(w.node)
	w.does("the proof", w.node, at, w.prove(), nil)
	t.Logf("proveRun: %d gas", w.gas)
	if w.gas >= 350_000 {
		t.Errorf("proveRun takes %d gas, 350,000 or more", w.gas)
	}
	if after, open, _ := w.bond(w.node); new(big.Int).Sub(after, before).Cmp(wei(2)) != 0 || open != 0 {
		t.Errorf("the bond went from %s to %s, %d open", before, after, open)
	}
	w.refuses("the proof again", "NoDemand", w.node, at, w.prove(), nil)
	w.refusesClaimed("the demand again", "Exists", w.other, w.demand(), wei(2))

	// Nobody proves in time: the node's bond.
	w = newDisputedTown(t)
	w.claimed("the demand", w.reader, w.demand(), wei(2))
	w.block += 11
	w.refuses("a proof too late", "NoDemand", w.node, at, w.prove(), nil)
	w.does("the slash", w.other, at, runLog.PackSlashUnanswered(proofWanted, w.d.run.ID(), w.d.run.Node, 0, 5), nil)
	if amount, _, _ := w.bond(w.node); amount.Sign() != 0 || w.credit(w.reader).Cmp(wei(12)) != 0 || w.burnt().Cmp(wei(90)) != 0 {
		t.Errorf("bond %s, reward %s, burnt %s", amount, w.credit(w.reader), w.burnt())
	}
	w = newDisputedTown(t)
	w.time += 5001
	w.refusesClaimed("a demand too late", "BadTime", w.reader, w.demand(), wei(2))
}

// ranking is a worker's signature on the golden run's order.
func (w *disputedTown) ranking(k *ecdsa.PrivateKey, change func(plugin, commitment, inputs, order *graph.Hash)) []byte {
	r := w.d.run
	p, c, in, order := r.Plugin, r.Commitment, r.Features, r.Ranked
	if change != nil {
		change(&p, &c, &in, &order)
	}
	return w.signed(w.t, k, w.at.RunLog, "Candor RunLog", "Ranking(bytes32 plugin,uint32 version,bytes32 commitment,bytes32 inputs,bytes32 order)",
		p[:], word(uint64(r.Version)), c[:], in[:], order[:])
}

// A worker's signature on the order makes the publisher answer for it.
func TestBlamePassesToThePublisher(t *testing.T) {
	w := newDisputedTown(t)
	at, worker := w.at.RunLog, key("worker")
	pass := func(sig []byte) []byte { return runLog.PackPassOn(w.d.run.Bytes(), sig) }
	good := w.ranking(w.publisher, nil)
	w.refuses("a pass without a demand", "NoDemand", w.node, at, pass(good), nil)
	w.claimed("the demand", w.reader, w.demand(), wei(2))
	w.refuses("a stranger's signature", "BadSignature", w.node, at, pass(w.ranking(w.other, nil)), nil)
	w.refuses("a worker's of no publisher", "BadSignature", w.node, at, pass(w.ranking(worker, nil)), nil)
	w.refuses("a broken signature", "BadSignature", w.node, at, pass(good[:64]), nil)
	for name, change := range map[string]func(plugin, commitment, inputs, order *graph.Hash){
		"plugin": func(p, _, _, _ *graph.Hash) { p[0]++ }, "commitment": func(_, c, _, _ *graph.Hash) { c[0]++ },
		"inputs": func(_, _, in, _ *graph.Hash) { in[0]++ }, "order": func(_, _, _, o *graph.Hash) { o[0]++ },
	} {
		w.refuses("a signature on another "+name, "BadSignature", w.node, at, pass(w.ranking(w.publisher, change)), nil)
	}
	w.does("the pass", w.node, at, pass(good), nil)
	if _, open, _ := w.bond(w.node); open != 0 {
		t.Errorf("the node still answers for %d demands", open)
	}
	if m := w.model(w.plugin, 1); m.Disputes != 1 {
		t.Errorf("%d disputes hold the model's bond", m.Disputes)
	}
	w.refuses("a second pass", "NoDemand", w.node, at, pass(good), nil)
	w.refuses("the node's bond for it", "NoDemand", w.reader, at, runLog.PackSlashUnanswered(proofWanted, w.d.run.ID(), w.d.run.Node, 0, 5), nil)
	w.refuses("the publisher's bond too soon", "BadTime", w.reader, at, runLog.PackSlashPublisher(w.d.run.Bytes()), nil)
	w.does("the publisher's proof", w.publisher, at, w.prove(), nil)
	if m := w.model(w.plugin, 1); m.Disputes != 0 || m.Bond.Cmp(wei(20)) != 0 || w.credit(w.publisher).Cmp(wei(2)) != 0 {
		t.Errorf("%d disputes, bond %s, credit %s", m.Disputes, m.Bond, w.credit(w.publisher))
	}

	w = newDisputedTown(t)
	w.claimed("the demand", w.reader, w.demand(), wei(2))
	w.does("the pass", w.node, at, pass(w.ranking(w.publisher, nil)), nil)
	w.block += 11
	w.refuses("a proof too late", "NoDemand", w.publisher, at, w.prove(), nil)
	w.does("the publisher's bond", w.other, at, runLog.PackSlashPublisher(w.d.run.Bytes()), nil)
	reward := views(w.machine, w.at.Registry, registry.PackCredits(address(w.reader)), registry.UnpackCredits)
	if m := w.model(w.plugin, 1); m.Bond.Sign() != 0 || m.Disputes != 0 || reward.Cmp(wei(2)) != 0 || w.burnt().Cmp(wei(18)) != 0 {
		t.Errorf("bond %s, %d disputes, reward %s, burnt %s", m.Bond, m.Disputes, reward, w.burnt())
	}
	if w.credit(w.reader).Cmp(wei(2)) != 0 {
		t.Errorf("the stake is %s", w.credit(w.reader))
	}
	if amount, _, _ := w.bond(w.node); amount.Cmp(wei(100)) != 0 {
		t.Errorf("the node has %s", amount)
	}
	w.refuses("the publisher's bond again", "NoDemand", w.other, at, runLog.PackSlashPublisher(w.d.run.Bytes()), nil)
}

// A bond that is wanted elsewhere, or is gone, cannot be left or passed on to.
func TestHeldBondsStay(t *testing.T) {
	w := newDisputedTown(t)
	at := w.at.RunLog
	w.does("reveal", w.publisher, w.at.Registry, registry.PackRevealUnchecked(w.plugin, 1, towerShape, []byte("x")), nil)
	w.claimed("the demand", w.reader, w.demand(), wei(2))
	w.does("the pass", w.node, at, runLog.PackPassOn(w.d.run.Bytes(), w.ranking(w.publisher, nil)), nil)
	w.time += 300
	w.refuses("a bond that is held", "NoBond", w.publisher, w.at.Registry, registry.PackWithdrawBond(w.plugin, 1), nil)
	w.does("the proof", w.node, at, w.prove(), nil)
	w.does("the bond", w.publisher, w.at.Registry, registry.PackWithdrawBond(w.plugin, 1), nil)

	w = newDisputedTown(t)
	w.does("reveal", w.publisher, w.at.Registry, registry.PackRevealUnchecked(w.plugin, 1, towerShape, []byte("x")), nil)
	w.time += 300
	w.does("the bond", w.publisher, w.at.Registry, registry.PackWithdrawBond(w.plugin, 1), nil)
	w.claimed("the demand", w.reader, w.demand(), wei(2))
	w.refuses("a pass to a bond that is gone", "NoBond", w.node, at, runLog.PackPassOn(w.d.run.Bytes(), w.ranking(w.publisher, nil)), nil)
}
