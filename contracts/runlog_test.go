package contracts_test

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"encoding/binary"
	"math/big"
	"testing"

	"candor/contracts"
	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/transparency-dev/merkle/rfc6962"
)

// Kinds of demands, vouchers and faults, as RunLog numbers them.
const (
	inclusion, proofWanted, ticketEnd            = 1, 2, 3
	byReceipt, byAnchor, byCheckpoint            = 1, 2, 3
	unanswered, twoHeads, fork, twoEntries       = 1, 2, 3, 4
	gap, misplaced, wrongModel, twoTickets uint8 = 5, 6, 7, 8
)

var origin = crypto.Keccak256Hash([]byte("node.example/log"))

// town is a machine with a bonded node, a publisher with a model, and readers.
type town struct {
	*machine
	node, publisher, reader, other *ecdsa.PrivateKey
	plugin                         graph.Hash
	runs                           []*zkcommit.Run // the node's log
	entries                        [][]byte
}

func newTown(t testing.TB) *town { return newTownOf(t, graph.Hash{31: 7}) }

// newTownOf is a town whose publisher committed to the model.
func newTownOf(t testing.TB, commitment graph.Hash) *town {
	w := &town{machine: newMachine(t, testTerms()), node: key("ann"), publisher: key("bob"), reader: key("cid"), other: key("dan")}
	for _, k := range []*ecdsa.PrivateKey{w.node, w.publisher, w.reader, w.other} {
		w.fund(address(k))
	}
	w.does("register", w.node, w.at.Registry, registry.PackRegisterNode([32]byte{1}, ""), nil)
	w.does("deposit", w.node, w.at.RunLog, runLog.PackDeposit(), wei(100))
	w.does("publish", w.publisher, w.at.Registry, registry.PackPublishPlugin("feed", 1), nil)
	w.plugin = plugin(w.publisher, "feed")
	c := w.secret(w.plugin, 7, 10_000)
	c.Commitment = commitment
	w.does("commit", w.publisher, w.at.Registry, registry.PackCommitModel(c), wei(20))
	w.block++
	for range 5 {
		w.add(w.run(uint64(len(w.runs))))
	}
	w.anchor()
	return w
}

// run is the node's next run as it should be, of number seq.
func (w *town) run(seq uint64) *zkcommit.Run {
	r := &zkcommit.Run{ChainID: chainID.Uint64(), Registry: w.at.Registry, Node: address(w.node), Plugin: w.plugin, Version: 1,
		Seq: seq, Block: w.block - 1, Time: w.time / 60 * 60, Commitment: graph.Hash{31: 7}, Shape: zkcommit.Provable.ID(), Served: graph.Hash{1}}
	if seq > 0 && int(seq) <= len(w.runs) {
		r.Previous = w.runs[seq-1].ID()
	}
	return r
}

func (w *town) add(r *zkcommit.Run) {
	w.runs, w.entries = append(w.runs, r), append(w.entries, r.Bytes())
}

func (w *town) anchor() {
	w.t.Helper()
	w.does("anchor", w.node, w.at.RunLog, runLog.PackAnchor(origin, uint64(len(w.entries)), root(w.entries)), nil)
}

// root and path are RFC 9162's, by their definition.
func root(entries [][]byte) (h [32]byte) {
	if len(entries) == 1 {
		return [32]byte(rfc6962.DefaultHasher.HashLeaf(entries[0]))
	}
	k := split(len(entries))
	l, r := root(entries[:k]), root(entries[k:])
	return [32]byte(rfc6962.DefaultHasher.HashChildren(l[:], r[:]))
}

func split(n int) int {
	k := 1
	for 2*k < n {
		k *= 2
	}
	return k
}

func path(entries [][]byte, i int) [][32]byte {
	if len(entries) == 1 {
		return nil
	}
	if k := split(len(entries)); i < k {
		return append(path(entries[:k], i), root(entries[k:]))
	} else {
		return append(path(entries[k:], i-k), root(entries[:k]))
	}
}

func leaf(entry []byte) [32]byte { return [32]byte(rfc6962.DefaultHasher.HashLeaf(entry)) }

// receipt is the node's for a run, as the contract reads it.
func (w *town) receipt(r *zkcommit.Run) contracts.RunLogReceipt {
	return w.receiptBy(w.node, zkcommit.Receipt{Run: r.ID(), Node: r.Node, Lane: r.Lane, Seq: r.Seq, Time: w.time, MergeDelay: 30})
}

func (w *town) receiptBy(k *ecdsa.PrivateKey, r zkcommit.Receipt) contracts.RunLogReceipt {
	w.t.Helper()
	if err := r.Sign(k); err != nil {
		w.t.Fatal(err)
	}
	return contracts.RunLogReceipt{Run: r.Run, Node: r.Node, Lane: r.Lane, Seq: r.Seq, Time: r.Time, MergeDelay: r.MergeDelay, Signature: r.Signature}
}

func vouch(r contracts.RunLogReceipt) contracts.RunLogVoucher {
	return contracts.RunLogVoucher{Kind: byReceipt, Time: r.Time, MergeDelay: r.MergeDelay, Signature: r.Signature}
}

// anchored vouches for entry i of a log by its anchor.
func anchored(entries [][]byte, i int) contracts.RunLogVoucher {
	return contracts.RunLogVoucher{Kind: byAnchor, OriginHash: origin, Size: uint64(len(entries)), Path: path(entries, i)}
}

// checkpointed vouches for entry i of any log by the node's signed checkpoint.
func (w *town) checkpointed(k *ecdsa.PrivateKey, entries [][]byte, i int) contracts.RunLogVoucher {
	v := anchored(entries, i)
	v.Kind, v.Root = byCheckpoint, root(entries)
	v.Signature = w.checkpoint(k, v.Size, v.Root)
	return v
}

func (w *town) checkpoint(k *ecdsa.PrivateKey, size uint64, root [32]byte) []byte {
	return w.signed(w.t, k, w.at.RunLog, "Candor RunLog", "Checkpoint(bytes32 originHash,uint64 size,bytes32 root)", origin[:], word(size), root[:])
}

// claimed sends a call that was claimed a block before.
func (w *town) claimed(what string, from *ecdsa.PrivateKey, data []byte, value *big.Int) {
	w.t.Helper()
	w.claims(from, data)
	w.does(what, from, w.at.RunLog, data, value)
}

func (w *town) refusesClaimed(what, want string, from *ecdsa.PrivateKey, data []byte, value *big.Int) {
	w.t.Helper()
	w.claims(from, data)
	w.refuses(what, want, from, w.at.RunLog, data, value)
}

func (w *town) bond(k *ecdsa.PrivateKey) (amount *big.Int, open uint32, fallen bool) {
	w.t.Helper()
	raw, err := w.apply(graph.Address{1}, &w.at.RunLog, runLog.PackBonds(address(k)), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	b, err := runLog.UnpackBonds(raw)
	if err != nil {
		w.t.Fatal(err)
	}
	return b.Amount, b.Open, b.Fallen
}

func (w *town) credit(k *ecdsa.PrivateKey) *big.Int {
	w.t.Helper()
	return views(w.machine, w.at.RunLog, runLog.PackCredits(address(k)), runLog.UnpackCredits)
}

func (w *town) burnt() *big.Int { return w.balance(graph.Address{}) }

// fell checks that evidence ended the node's bond of 10 ether: a tenth to the
// finder, the rest burnt.
func (w *town) fell(what string, fault uint8, finder *ecdsa.PrivateKey) {
	w.t.Helper()
	last := w.logs[len(w.logs)-1]
	e, err := runLog.UnpackNodeSlashedEvent(last)
	if err != nil || e.Fault != fault || e.Node != address(w.node) || e.Finder != address(finder) {
		w.t.Fatalf("%s: %+v %v", what, e, err)
	}
	amount, _, fallen := w.bond(w.node)
	if amount.Sign() != 0 || !fallen || w.burnt().Cmp(wei(90)) != 0 || w.credit(finder).Cmp(wei(10)) != 0 {
		w.t.Errorf("%s: bond %s, fallen %v, burnt %s, reward %s", what, amount, fallen, w.burnt(), w.credit(finder))
	}
	w.refuses("an anchor of the fallen", "Fallen", w.node, w.at.RunLog, runLog.PackAnchor(origin, 1000, [32]byte{1}), nil)
	w.refuses("a bond of the fallen", "Fallen", w.node, w.at.RunLog, runLog.PackDeposit(), wei(10))
	before := w.balance(address(finder))
	w.does("collect", finder, w.at.RunLog, runLog.PackCollect(), nil)
	if new(big.Int).Sub(w.balance(address(finder)), before).Cmp(wei(10)) != 0 {
		w.t.Errorf("%s: the reward was not paid", what)
	}
	w.refuses("collecting again", "NothingOwed", finder, w.at.RunLog, runLog.PackCollect(), nil)
}

func TestNodesAnswerWithABond(t *testing.T) {
	w := newTown(t)
	at := w.at.RunLog
	w.refuses("a stranger's bond", "NotNode", w.other, at, runLog.PackDeposit(), wei(10))
	w.does("register", w.other, w.at.Registry, registry.PackRegisterNode([32]byte{1}, ""), nil)
	w.refuses("an anchor without a bond", "BondTooSmall", w.other, at, runLog.PackAnchor(origin, 1, [32]byte{1}), nil)
	w.refuses("leaving with nothing", "NotYet", w.other, at, runLog.PackGiveNotice(), nil)
	w.does("a small bond", w.other, at, runLog.PackDeposit(), wei(49))
	w.refuses("an anchor with a small bond", "BondTooSmall", w.other, at, runLog.PackAnchor(origin, 1, [32]byte{1}), nil)
	w.does("the rest of it", w.other, at, runLog.PackDeposit(), wei(1))
	w.does("an anchor", w.other, at, runLog.PackAnchor(origin, 1, [32]byte{1}), nil)
	w.refuses("withdrawal without notice", "NotYet", w.other, at, runLog.PackWithdraw(), nil)
	w.does("notice", w.other, at, runLog.PackGiveNotice(), nil)
	w.refuses("notice again", "NotYet", w.other, at, runLog.PackGiveNotice(), nil)
	w.refuses("an anchor after notice", "BondTooSmall", w.other, at, runLog.PackAnchor(origin, 2, [32]byte{1}), nil)
	w.time += 999
	w.refuses("withdrawal too soon", "NotYet", w.other, at, runLog.PackWithdraw(), nil)
	w.time++
	before := w.balance(address(w.other))
	w.does("withdrawal", w.other, at, runLog.PackWithdraw(), nil)
	if got := new(big.Int).Sub(w.balance(address(w.other)), before); got.Cmp(wei(50)) != 0 {
		t.Errorf("%s came back", got)
	}
	w.refuses("withdrawal again", "NotYet", w.other, at, runLog.PackWithdraw(), nil)
	w.does("a new bond", w.other, at, runLog.PackDeposit(), wei(50))
	w.does("notice", w.other, at, runLog.PackGiveNotice(), nil)
	w.does("a change of mind", w.other, at, runLog.PackDeposit(), nil)
	w.does("an anchor after that", w.other, at, runLog.PackAnchor(origin, 2, [32]byte{1}), nil)

	// What is demanded is answered first.
	r := w.receipt(w.run(2))
	w.time += 30
	w.claimed("a demand", w.reader, runLog.PackDemandInclusion(r), wei(2))
	w.does("notice", w.node, at, runLog.PackGiveNotice(), nil)
	w.time += 5000
	w.refuses("withdrawal before an answer", "NotYet", w.node, at, runLog.PackWithdraw(), nil)
}

func TestDemandsForInclusion(t *testing.T) {
	w := newTown(t)
	at := w.at.RunLog
	good := w.runs[3]
	r := w.receipt(good)
	data := runLog.PackDemandInclusion(r)
	w.claims(w.reader, data)
	w.refuses("a demand before the merge delay", "BadTime", w.reader, at, data, wei(2))
	w.time += 30
	w.refuses("a demand without stake", "WrongStake", w.reader, at, data, nil)
	w.refuses("a demand with too much", "WrongStake", w.reader, at, data, wei(3))
	w.refuses("a copied demand", "ClaimFirst", w.other, at, data, wei(2))
	forged := w.receiptBy(w.other, zkcommit.Receipt{Run: good.ID(), Node: good.Node, Seq: good.Seq, Time: w.time - 100})
	w.refusesClaimed("a forged receipt", "BadSignature", w.reader, runLog.PackDemandInclusion(forged), wei(2))
	stranger := w.receiptBy(w.other, zkcommit.Receipt{Run: good.ID(), Node: address(w.other), Seq: good.Seq, Time: w.time - 100})
	w.refusesClaimed("a receipt of no node", "NotNode", w.reader, runLog.PackDemandInclusion(stranger), wei(2))
	for name, change := range map[string]func(*contracts.RunLogReceipt){
		"run": func(r *contracts.RunLogReceipt) { r.Run[0] ^= 1 }, "lane": func(r *contracts.RunLogReceipt) { r.Lane++ },
		"seq": func(r *contracts.RunLogReceipt) { r.Seq++ }, "time": func(r *contracts.RunLogReceipt) { r.Time-- },
		"delay": func(r *contracts.RunLogReceipt) { r.MergeDelay-- }, "node": func(r *contracts.RunLogReceipt) { r.Node = graph.Address{} },
	} {
		r := r
		change(&r)
		w.refusesClaimed("a receipt with another "+name, "BadSignature", w.reader, runLog.PackDemandInclusion(r), wei(2))
	}
	w.does("the demand", w.reader, at, data, wei(2))
	t.Logf("a demand: %d gas", w.gas)
	w.refuses("the demand again", "Exists", w.reader, at, data, wei(2))
	w.refusesClaimed("another's demand of it", "Exists", w.other, data, wei(2))

	answer := func(run []byte, size int, p [][32]byte) []byte {
		return runLog.PackAnswerInclusion(run, origin, uint64(size), p)
	}
	p := path(w.entries, 3)
	w.refuses("a path of another entry", "NotIncluded", w.node, at, answer(w.entries[3], 5, path(w.entries, 2)), nil)
	w.refuses("a size that was not anchored", "NotIncluded", w.node, at, answer(w.entries[3], 4, path(w.entries[:4], 3)), nil)
	w.refuses("a path too long", "NotIncluded", w.node, at, answer(w.entries[3], 5, append(p, [32]byte{})), nil)
	w.refuses("a path too short", "NotIncluded", w.node, at, answer(w.entries[3], 5, p[1:]), nil)
	w.refuses("another run", "NoDemand", w.node, at, answer(w.entries[2], 5, path(w.entries, 2)), nil)
	w.refuses("no run", "BadEntry", w.node, at, answer(w.entries[3][1:], 5, p), nil)
	w.refuses("a foreign run that is not", "BadEntry", w.node, at, runLog.PackAnswerForeign(w.entries[3]), nil)
	before, _, _ := w.bond(w.node)
	w.block += 9 // a claim took one
	w.refuses("a slash in time for an answer", "BadTime", w.reader, at, runLog.PackSlashUnanswered(inclusion, good.ID(), good.Node, 0, 3), nil)
	w.does("the answer, in the last block", w.other, at, answer(w.entries[3], 5, p), nil)
	t.Logf("an answer in a log of 5: %d gas", w.gas)
	after, open, _ := w.bond(w.node)
	if new(big.Int).Sub(after, before).Cmp(wei(2)) != 0 || open != 0 {
		t.Errorf("the bond went from %s to %s, %d open", before, after, open)
	}
	w.refuses("the answer again", "NoDemand", w.other, at, answer(w.entries[3], 5, p), nil)
	w.refuses("the demand anew", "Exists", w.reader, at, data, wei(2))
	w.block += 100
	w.refuses("a slash after the answer", "NoDemand", w.reader, at, runLog.PackSlashUnanswered(inclusion, good.ID(), good.Node, 0, 3), nil)

	// A run that is not in the log.
	hidden := w.run(5)
	hidden.Served[7] = 1
	r = w.receipt(hidden)
	w.time += 31
	w.claimed("a demand for a hidden run", w.reader, runLog.PackDemandInclusion(r), wei(2))
	slash := runLog.PackSlashUnanswered(inclusion, hidden.ID(), hidden.Node, 0, 5)
	w.block += 10
	w.refuses("a slash too soon", "BadTime", w.other, at, slash, nil)
	w.block++
	w.entries = append(w.entries, hidden.Bytes())
	w.anchor()
	w.refuses("an answer too late", "NoDemand", w.node, at, answer(w.entries[5], 6, path(w.entries, 5)), nil)
	w.does("the slash", w.other, at, slash, nil)
	amount, open, fallen := w.bond(w.node)
	// 10.2 ether: 1.02 and the stake of 0.2 to who demanded, the rest burnt.
	if reward := wei(12); amount.Sign() != 0 || open != 0 || fallen || w.credit(w.reader).Cmp(new(big.Int).Add(reward, big.NewInt(2e16))) != 0 {
		t.Errorf("bond %s, %d open, reward %s, burnt %s", amount, open, w.credit(w.reader), w.burnt())
	}
	if w.credit(w.other).Sign() != 0 {
		t.Error("who merely called has a reward")
	}
	w.refuses("the slash again", "NoDemand", w.other, at, slash, nil)
}

// A receipt for a run on another chain can be answered by the run alone.
func TestForeignReceiptsHarmNobody(t *testing.T) {
	w := newTown(t)
	for name, change := range map[string]func(*zkcommit.Run){"chain": func(r *zkcommit.Run) { r.ChainID++ }, "registry": func(r *zkcommit.Run) { r.Registry[0]++ }} {
		run := w.run(3)
		change(run)
		r := w.receipt(run)
		w.time += 30
		w.claimed("a demand for a run of another "+name, w.reader, runLog.PackDemandInclusion(r), wei(2))
		w.does("the answer", w.node, w.at.RunLog, runLog.PackAnswerForeign(run.Bytes()), nil)
	}
	if amount, open, _ := w.bond(w.node); amount.Cmp(wei(104)) != 0 || open != 0 {
		t.Errorf("bond %s, %d open", amount, open)
	}
}

func (w *town) ticket(k *ecdsa.PrivateKey, nonce byte, seq, block uint64) contracts.RunLogTicket {
	x := contracts.RunLogTicket{Nonce: [32]byte{nonce}, Node: address(w.node), Seq: seq, AtBlock: block, Time: w.time, Delay: 20}
	x.Signature = w.signed(w.t, k, w.at.RunLog, "Candor RunLog", ticketType, ticketWords(x)...)
	return x
}

const ticketType = "Ticket(bytes32 nonce,address node,uint32 lane,uint64 seq,uint64 atBlock,uint64 time,uint32 delay)"

func ticketWords(x contracts.RunLogTicket) [][]byte {
	return [][]byte{x.Nonce[:], append(make([]byte, 12), x.Node[:]...), word(uint64(x.Lane)), word(x.Seq), word(x.AtBlock), word(x.Time), word(uint64(x.Delay))}
}

func ticketID(x contracts.RunLogTicket) [32]byte {
	return crypto.Keccak256Hash(append([][]byte{crypto.Keccak256([]byte(ticketType))}, ticketWords(x)...)...)
}

// abort are the bytes of a logged abort.
func (w *town) abort(x contracts.RunLogTicket, previous graph.Hash, reason byte) []byte {
	b := append([]byte("candor/abort/v1\x00"), word(chainID.Uint64())[24:]...)
	b = append(append(b, w.at.Registry[:]...), x.Node[:]...)
	b = binary.BigEndian.AppendUint32(b, x.Lane)
	b = binary.BigEndian.AppendUint64(b, x.Seq)
	id := ticketID(x)
	return append(append(append(b, previous[:]...), id[:]...), reason)
}

func TestEveryTicketEnds(t *testing.T) {
	w := newTown(t)
	at := w.at.RunLog
	x := w.ticket(w.node, 1, 5, w.block)
	data := runLog.PackDemandTicket(x)
	w.claims(w.reader, data)
	w.refuses("a demand before the delay", "BadTime", w.reader, at, data, wei(2))
	w.time += 20
	forged := w.ticket(w.other, 1, 5, w.block)
	w.time += 20
	w.refusesClaimed("a forged ticket", "BadSignature", w.reader, runLog.PackDemandTicket(forged), wei(2))
	w.does("the demand", w.reader, at, data, wei(2))
	answer := func(x contracts.RunLogTicket, i int) []byte {
		return runLog.PackAnswerTicket(x, w.entries[i], origin, uint64(len(w.entries)), path(w.entries, i))
	}
	w.refuses("another run", "BadEntry", w.node, at, answer(x, 4), nil)
	run := w.run(5)
	run.Block = x.AtBlock
	w.add(run)
	w.anchor()
	w.does("the run", w.node, at, answer(x, 5), nil)

	y := w.ticket(w.node, 2, 6, w.block)
	w.time += 20
	w.claimed("a demand", w.reader, runLog.PackDemandTicket(y), wei(2))
	w.entries = append(w.entries, w.abort(y, run.ID(), 1))
	w.anchor()
	z := y
	z.Nonce[5] = 1
	w.refuses("the end of another ticket", "BadEntry", w.node, at, answer(z, 6), nil)
	w.does("the abort", w.node, at, answer(y, 6), nil)

	v := w.ticket(w.node, 3, 7, w.block)
	w.time += 20
	w.claimed("a demand", w.reader, runLog.PackDemandTicket(v), wei(2))
	w.block += 11
	w.does("the slash of who dropped it", w.reader, at, runLog.PackSlashUnanswered(ticketEnd, ticketID(v), v.Node, 0, 7), nil)
	if amount, _, _ := w.bond(w.node); amount.Sign() != 0 {
		t.Errorf("the bond is still %s", amount)
	}
	old := w.ticket(w.node, 4, 8, w.block)
	w.time += 5021
	w.refusesClaimed("a demand too late", "BadTime", w.reader, runLog.PackDemandTicket(old), wei(2))
}

func sha(b []byte) graph.Hash { return sha256.Sum256(b) }
