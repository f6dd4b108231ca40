package contracts_test

import (
	"testing"

	"candor/graph"
	"candor/zkcommit"
)

// Each fault that ends a node, with what looks like it and is none.

func TestTwoHeadsOfOneSize(t *testing.T) {
	w := newTown(t)
	node, good := address(w.node), root(w.entries)
	bad := [32]byte{9}
	heads := func(size uint64, a [32]byte, sa []byte, b [32]byte, sb []byte) []byte {
		return runLog.PackProveTwoHeads(node, origin, size, a, sa, b, sb)
	}
	w.refusesClaimed("one head twice", "NoFault", w.reader, heads(5, good, nil, good, w.checkpoint(w.node, 5, good)), nil)
	w.refusesClaimed("a head by a stranger", "BadSignature", w.reader, heads(5, good, nil, bad, w.checkpoint(w.other, 5, bad)), nil)
	w.refusesClaimed("a head of another size", "BadSignature", w.reader, heads(5, good, nil, bad, w.checkpoint(w.node, 6, bad)), nil)
	w.refusesClaimed("a head that was not anchored", "NotIncluded", w.reader, heads(5, bad, nil, good, nil), nil)
	w.refusesClaimed("an anchor of nothing", "NotIncluded", w.reader, heads(4, [32]byte{}, nil, bad, w.checkpoint(w.node, 4, bad)), nil)
	evidence := heads(5, good, nil, bad, w.checkpoint(w.node, 5, bad))
	w.claims(w.reader, evidence)
	w.refuses("copied evidence", "ClaimFirst", w.other, w.at.RunLog, evidence, nil)
	w.does("the evidence", w.reader, w.at.RunLog, evidence, nil)
	w.fell("two heads", twoHeads, w.reader)
	w.refuses("the evidence again", "Fallen", w.reader, w.at.RunLog, evidence, nil)
}

func TestTwoLeavesAtOneIndex(t *testing.T) {
	w := newTown(t)
	// The fork is larger than the anchored tree: no root of one size shows it.
	other := append(append([][]byte{}, w.entries...), w.entries[0], w.entries[1])
	other[2] = []byte("not what was anchored")
	node := address(w.node)
	a, b := anchored(w.entries, 2), w.checkpointed(w.node, other, 2)
	same := w.checkpointed(w.node, other, 1)
	w.refusesClaimed("one leaf twice", "NoFault", w.reader,
		runLog.PackProveFork(node, origin, 1, leaf(w.entries[1]), anchored(w.entries, 1), leaf(other[1]), same), nil)
	w.refusesClaimed("leaves at two indices", "NotIncluded", w.reader,
		runLog.PackProveFork(node, origin, 2, leaf(w.entries[2]), a, leaf(other[1]), same), nil)
	w.refusesClaimed("a stranger's tree", "NotIncluded", w.reader,
		runLog.PackProveFork(node, origin, 2, leaf(w.entries[2]), a, leaf(other[2]), w.checkpointed(w.other, other, 2)), nil)
	w.refusesClaimed("a leaf that is not in the signed tree", "NotIncluded", w.reader,
		runLog.PackProveFork(node, origin, 2, leaf(w.entries[2]), a, leaf([]byte("invented")), b), nil)
	elsewhere := b
	elsewhere.OriginHash = graph.Hash{1}
	w.refusesClaimed("another log", "NoFault", w.reader, runLog.PackProveFork(node, origin, 2, leaf(w.entries[2]), a, leaf(other[2]), elsewhere), nil)
	receipt := vouch(w.receipt(w.runs[2]))
	receipt.OriginHash = origin
	w.refusesClaimed("a receipt for a leaf", "NotIncluded", w.reader, runLog.PackProveFork(node, origin, 2, leaf(w.entries[2]), a, leaf(other[2]), receipt), nil)
	w.claimed("the evidence", w.reader, runLog.PackProveFork(node, origin, 2, leaf(w.entries[2]), a, leaf(other[2]), b), nil)
	w.fell("a fork", fork, w.reader)
}

func TestTwoRunsOfOneNumber(t *testing.T) {
	second := func(w *town) *zkcommit.Run {
		r := w.run(3)
		r.Served[5] = 9
		return r
	}
	w := newTown(t)
	r := second(w)
	mine, theirs := vouch(w.receipt(r)), anchored(w.entries, 3)
	w.refusesClaimed("one run twice", "NoFault", w.reader, runLog.PackProveTwoEntries(w.entries[3], vouch(w.receipt(w.runs[3])), w.entries[3], theirs), nil)
	w.refusesClaimed("two numbers", "NoFault", w.reader, runLog.PackProveTwoEntries(r.Bytes(), mine, w.entries[2], anchored(w.entries, 2)), nil)
	lane := second(w)
	lane.Lane = 1
	w.refusesClaimed("two lanes", "NoFault", w.reader, runLog.PackProveTwoEntries(lane.Bytes(), vouch(w.receipt(lane)), w.entries[3], theirs), nil)
	w.refusesClaimed("a receipt of another run", "BadSignature", w.reader, runLog.PackProveTwoEntries(r.Bytes(), vouch(w.receipt(w.runs[3])), w.entries[3], theirs), nil)
	invented := vouch(w.receiptBy(w.other, zkcommit.Receipt{Run: r.ID(), Node: r.Node, Seq: 3, Time: w.time}))
	w.refusesClaimed("a run of no voucher", "BadSignature", w.reader, runLog.PackProveTwoEntries(r.Bytes(), invented, w.entries[3], theirs), nil)
	foreign := second(w)
	foreign.ChainID++
	w.refusesClaimed("a run of another chain", "BadEntry", w.reader, runLog.PackProveTwoEntries(foreign.Bytes(), vouch(w.receipt(foreign)), w.entries[3], theirs), nil)
	w.claimed("the evidence", w.reader, runLog.PackProveTwoEntries(r.Bytes(), mine, w.entries[3], theirs), nil)
	w.fell("two runs", twoEntries, w.reader)

	// A run and an abort of one number, in a tree that was only signed.
	w = newTown(t)
	abort := w.abort(w.ticket(w.node, 1, 3, 1), w.runs[2].ID(), 1)
	other := append(append([][]byte{}, w.entries[:3]...), abort)
	w.claimed("the evidence", w.reader, runLog.PackProveTwoEntries(abort, w.checkpointed(w.node, other, 3), w.entries[3], anchored(w.entries, 3)), nil)
	w.fell("a run and an abort", twoEntries, w.reader)
}

func TestGaps(t *testing.T) {
	w := newTown(t)
	evidence := func(w *town, r *zkcommit.Run, previous []byte) []byte {
		return runLog.PackProveGap(r.Bytes(), vouch(w.receipt(r)), previous)
	}
	w.refusesClaimed("a run behind its predecessor", "NoFault", w.reader, evidence(w, w.runs[3], w.entries[2]), nil)
	w.refusesClaimed("a run and what it does not name", "BadEntry", w.reader, evidence(w, w.runs[3], w.entries[1]), nil)
	w.refusesClaimed("a predecessor left out", "NoFault", w.reader, evidence(w, w.runs[3], nil), nil)
	w.refusesClaimed("a first run", "NoFault", w.reader, evidence(w, w.runs[0], nil), nil)
	abort := w.abort(w.ticket(w.node, 1, 5, 1), w.runs[4].ID(), 1)
	behind := w.run(6)
	behind.Previous = sha(abort)
	w.refusesClaimed("a run behind an abort", "NoFault", w.reader, evidence(w, behind, abort), nil)
	odd := w.run(6)
	odd.Previous = sha([]byte("anything"))
	w.refusesClaimed("what is no entry", "BadEntry", w.reader, evidence(w, odd, []byte("anything")), nil)

	for name, bad := range map[string]func(w *town) []byte{
		"a number left out": func(w *town) []byte {
			r := w.run(4)
			r.Seq = 5
			return evidence(w, r, w.entries[3])
		},
		"a number again": func(w *town) []byte {
			r := w.run(3)
			r.Seq = 2
			return evidence(w, r, w.entries[2])
		},
		"no predecessor": func(w *town) []byte {
			r := w.run(3)
			r.Previous = graph.Hash{}
			return evidence(w, r, nil)
		},
		"a first with a predecessor": func(w *town) []byte {
			r := w.run(3)
			r.Seq = 0
			return evidence(w, r, nil)
		},
		"a predecessor of another lane": func(w *town) []byte {
			p, r := w.run(2), w.run(3)
			p.Lane = 1
			r.Previous = p.ID()
			return evidence(w, r, p.Bytes())
		},
		"a predecessor of another node": func(w *town) []byte {
			p, r := w.run(2), w.run(3)
			p.Node = address(w.other)
			r.Previous = p.ID()
			return evidence(w, r, p.Bytes())
		},
		"a predecessor of another chain": func(w *town) []byte {
			p, r := w.run(2), w.run(3)
			p.ChainID++
			r.Previous = p.ID()
			return evidence(w, r, p.Bytes())
		},
	} {
		w := newTown(t)
		w.claimed(name, w.reader, bad(w), nil)
		w.fell(name, gap, w.reader)
	}

	// Who took over another node's place may go on from its runs.
	w = newTown(t)
	w.does("register", w.other, w.at.Registry, registry.PackRegisterNode([32]byte{1}, ""), nil)
	w.does("claim", w.other, w.at.Registry, registry.PackClaimNode(address(w.node)), nil)
	w.does("rotate", w.node, w.at.Registry, registry.PackRotateNode(address(w.other)), nil)
	r := w.run(5)
	r.Node = address(w.other)
	v := vouch(w.receiptBy(w.other, zkcommit.Receipt{Run: r.ID(), Node: r.Node, Seq: 5, Time: w.time}))
	w.refusesClaimed("a successor's run", "NoFault", w.reader, runLog.PackProveGap(r.Bytes(), v, w.entries[4]), nil)
}

func TestMisplacedEntries(t *testing.T) {
	w := newTown(t)
	w.refusesClaimed("an entry at its place", "NoFault", w.reader, runLog.PackProveMisplaced(w.entries[2], 2, anchored(w.entries, 2)), nil)
	w.refusesClaimed("an entry where it is not", "NotIncluded", w.reader, runLog.PackProveMisplaced(w.entries[2], 3, anchored(w.entries, 3)), nil)
	// Of the last of five leaves the path alone does not say the place.
	w.refusesClaimed("the last entry as the one before it", "NotIncluded", w.reader, runLog.PackProveMisplaced(w.entries[4], 3, anchored(w.entries, 4)), nil)
	w.entries = append(w.entries, w.entries[1])
	w.anchor()
	w.claimed("the evidence", w.reader, runLog.PackProveMisplaced(w.entries[1], 5, anchored(w.entries, 5)), nil)
	w.fell("a misplaced run", misplaced, w.reader)
}

func TestWrongModels(t *testing.T) {
	w := newTown(t)
	evidence := func(w *town, r *zkcommit.Run) []byte {
		return runLog.PackProveWrongModel(r.Bytes(), vouch(w.receipt(r)))
	}
	w.refusesClaimed("the active model", "NoFault", w.reader, evidence(w, w.runs[3]), nil)
	early := w.run(5)
	early.Block = 1 << 40
	w.refusesClaimed("a block to come", "BadTime", w.reader, evidence(w, early), nil)
	for name, bad := range map[string]func(w *town, r *zkcommit.Run){
		"another commitment": func(w *town, r *zkcommit.Run) { r.Commitment[0]++ },
		"a version to come":  func(w *town, r *zkcommit.Run) { r.Version = 2 },
		"a plugin of nobody": func(w *town, r *zkcommit.Run) { r.Plugin[0]++ },
		"a block before it":  func(w *town, r *zkcommit.Run) { r.Block = 0 },
		"a version that is over": func(w *town, r *zkcommit.Run) {
			w.block, w.time = w.block+5, w.time+30
			c := w.secret(w.plugin, 8, 20_000)
			c.DueAfter = 1
			w.does("version 2", w.publisher, w.at.Registry, registry.PackCommitModel(c), wei(10))
			r.Block = w.block
		},
		"a withdrawn version": func(w *town, r *zkcommit.Run) {
			w.block += 5
			w.does("withdraw", w.publisher, w.at.Registry, registry.PackWithdrawModel(w.plugin, 1), nil)
			r.Block = w.block
		},
	} {
		w := newTown(t)
		r := w.run(5)
		bad(w, r)
		w.claimed(name, w.reader, evidence(w, r), nil)
		w.fell(name, wrongModel, w.reader)
	}
}

func TestTwoTicketsOfOneNumber(t *testing.T) {
	w := newTown(t)
	a, b := w.ticket(w.node, 1, 5, 9), w.ticket(w.node, 2, 5, 9)
	w.refusesClaimed("one ticket twice", "NoFault", w.reader, runLog.PackProveTwoTickets(a, a), nil)
	w.refusesClaimed("two numbers", "NoFault", w.reader, runLog.PackProveTwoTickets(a, w.ticket(w.node, 2, 6, 9)), nil)
	w.refusesClaimed("a forged ticket", "BadSignature", w.reader, runLog.PackProveTwoTickets(a, w.ticket(w.other, 2, 5, 9)), nil)
	w.claimed("the evidence", w.reader, runLog.PackProveTwoTickets(a, b), nil)
	w.fell("two tickets", twoTickets, w.reader)
}

// A claim is for its sender and its call, and counts from the next block.
func TestClaims(t *testing.T) {
	w := newTown(t)
	data := runLog.PackProveTwoTickets(w.ticket(w.node, 1, 5, 9), w.ticket(w.node, 2, 5, 9))
	at := w.at.RunLog
	w.refuses("no claim", "ClaimFirst", w.reader, at, data, nil)
	w.does("a claim", w.reader, at, runLog.PackClaim(claimOf(address(w.reader), data)), nil)
	w.refuses("in the block of its claim", "ClaimFirst", w.reader, at, data, nil)
	// Who sees the evidence in that block claims it, too, and is a block late; who
	// claims in another's name only helps.
	w.block++
	w.does("another's claim", w.other, at, runLog.PackClaim(claimOf(address(w.other), data)), nil)
	w.does("a claim in another's name", w.other, at, runLog.PackClaim(claimOf(address(w.reader), data)), nil)
	w.refuses("the copy", "ClaimFirst", w.other, at, data, nil)
	w.does("the evidence", w.reader, at, data, nil)
	w.fell("claimed", twoTickets, w.reader)
	w.block++
	w.refuses("the copy a block later", "Fallen", w.other, at, data, nil)
}
