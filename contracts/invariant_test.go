package contracts_test

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"candor/contracts"
	"candor/graph"
	"candor/internal/torture"
	"candor/zkcommit"
)

// The invariants, checked over random calls of many people, honest and not, calls
// copied and replayed among them:
//
//  1. What each contract holds is the sum of bonds, stakes of open demands and
//     credits; what went in is what is held, was paid out or was burnt.
//  2. Of each loss at least nine tenths are burnt, so no group of people gains by
//     accusing one of its own; money comes to nobody from nowhere.
//  3. Versions, withdrawals and reveals only go forward: no version comes back.
//  4. A publisher's list of dues has exactly its models that are to be revealed, in
//     the order of their dates.
//  5. Nodes' open demands and models' disputes are counted right.
//  6. Nothing is demanded twice, anchors only grow, the fallen stay fallen.
//  7. A claimed call by another than its claimer is refused.
func TestInvariants(t *testing.T) {
	const episode = 5_000 // calls on one chain
	seed := torture.Seed(t)
	var done, through, refused, models, demands int
	ok, tried := map[string]int{}, map[string]int{}
	for calls := torture.Count(episode, 1_000_000); done < calls; seed++ {
		f := newFuzz(t, seed)
		for f.done < episode {
			f.step()
			if f.done%100 == 0 {
				f.check()
			}
			if t.Failed() {
				t.Fatalf("after %d calls with CANDOR_SEED=%d", f.done, seed)
			}
		}
		f.check()
		done, through, refused, models, demands = done+f.done, through+f.through, refused+f.refused, models+f.models, demands+len(f.seen)
		for k, n := range f.tried {
			tried[k] += n
			ok[k] += f.ok[k]
		}
	}
	for _, k := range []string{"registerNode", "deposit", "anchor", "notice", "withdraw", "demandInclusion", "answer", "demandProof", "passOn", "slashUnanswered",
		"slashPublisher", "twoTickets", "publish", "commit", "public", "withdrawModel", "reveal", "slashUnrevealed", "withdrawBond", "collect", "claimPlugin", "transferPlugin"} {
		if ok[k] == 0 {
			t.Errorf("%s never went through in %d tries: the fuzzing proves nothing about it", k, tried[k])
		}
	}
	t.Logf("went through: %v", ok)
	torture.Say(t, "%d calls, %d went through, %d copied or replayed and refused, %d models, %d demands", done, through, refused, models, demands)
}

type fuzzDemand struct {
	kind uint8
	run  *zkcommit.Run
	id   graph.Hash
	at   uint64
}

type fuzz struct {
	*machine
	rng     *rand.Rand
	people  []*ecdsa.PrivateKey
	logs_   map[graph.Address][][]byte // entries of each node's log
	size    map[graph.Address]int      // anchored
	plugins []graph.Hash
	owner   map[graph.Hash]*ecdsa.PrivateKey
	latest  map[graph.Hash]uint32
	gone    map[string]bool // withdrawn or revealed versions
	open    []fuzzDemand
	passed  []fuzzDemand
	seen    map[[32]byte]bool
	fallen  map[graph.Address]bool
	old     [][2]any // calls that went through: to, data

	in, out                        *big.Int
	done, through, refused, models int
	ok, tried                      map[string]int
}

func newFuzz(t testing.TB, seed uint64) *fuzz {
	terms := testTerms()
	terms.RunLog.Unbonding = 30
	f := &fuzz{machine: newMachine(t, terms), rng: rand.New(rand.NewPCG(seed, 2)), logs_: map[graph.Address][][]byte{}, size: map[graph.Address]int{},
		owner: map[graph.Hash]*ecdsa.PrivateKey{}, latest: map[graph.Hash]uint32{}, gone: map[string]bool{},
		seen: map[[32]byte]bool{}, fallen: map[graph.Address]bool{}, in: new(big.Int), out: new(big.Int), ok: map[string]int{}, tried: map[string]int{}}
	for i := range 24 {
		k := key(fmt.Sprint("person ", i))
		f.people = append(f.people, k)
		for range 1000 {
			f.fund(address(k))
		}
	}
	return f
}

// call sends a call, counts the money that moves, and reads what its logs say.
func (f *fuzz) call(name string, from *ecdsa.PrivateKey, to graph.Address, data []byte, value *big.Int) bool {
	f.tried[name]++
	f.done++
	before := new(big.Int).Add(f.balance(f.at.RunLog), f.balance(f.at.Registry))
	burnt := f.balance(graph.Address{})
	if f.send(from, to, data, value) != nil {
		return false
	}
	f.ok[name]++
	f.through++
	if value != nil {
		f.in.Add(f.in, value)
		before.Add(before, value)
	}
	left := new(big.Int).Sub(before, new(big.Int).Add(f.balance(f.at.RunLog), f.balance(f.at.Registry)))
	lost := new(big.Int).Sub(f.balance(graph.Address{}), burnt)
	f.out.Add(f.out, left.Sub(left, lost))
	for _, l := range f.logs {
		if e, err := runLog.UnpackNodeSlashedEvent(l); err == nil {
			f.loss(e.Amount, e.Reward, lost)
			if e.Fault != unanswered {
				f.fallen[e.Node] = true
			}
		}
		if e, err := registry.UnpackBondLostEvent(l); err == nil {
			f.loss(e.Amount, e.Reward, lost)
		}
		if e, err := runLog.UnpackDemandedEvent(l); err == nil {
			k := sha256.Sum256(fmt.Append(nil, e.Kind, e.Id, e.Node, e.Lane, e.Seq))
			if f.seen[k] {
				f.t.Errorf("%x was demanded twice", e.Id)
			}
			f.seen[k] = true
		}
	}
	if len(f.old) < 500 {
		f.old = append(f.old, [2]any{to, data})
	} else {
		f.old[f.rng.IntN(500)] = [2]any{to, data}
	}
	return true
}

func (f *fuzz) loss(amount, reward, burnt *big.Int) {
	if new(big.Int).Mul(reward, big.NewInt(10)).Cmp(amount) > 0 || new(big.Int).Add(burnt, reward).Cmp(amount) != 0 {
		f.t.Errorf("of %s lost %s were burnt and %s paid", amount, burnt, reward)
	}
}

func (f *fuzz) someone() *ecdsa.PrivateKey { return f.people[f.rng.IntN(len(f.people))] }

// claimedCall claims and calls, and lets somebody else try the very same call first.
func (f *fuzz) claimedCall(name string, from *ecdsa.PrivateKey, data []byte, value *big.Int) bool {
	f.call("claim", from, f.at.RunLog, runLog.PackClaim(claimOf(address(from), data)), nil)
	f.block++
	if thief := f.someone(); thief != from {
		if f.call("copy", thief, f.at.RunLog, data, value) {
			f.t.Errorf("a copied %s went through", name)
		}
		f.refused++
	}
	return f.call(name, from, f.at.RunLog, data, value)
}

func (f *fuzz) run(node *ecdsa.PrivateKey, seq uint64) *zkcommit.Run {
	r := &zkcommit.Run{ChainID: chainID.Uint64(), Registry: f.at.Registry, Node: address(node), Seq: seq, Block: f.block, Shape: zkcommit.Provable.ID(), Version: 1,
		Ranked: zkcommit.RankedDigest(1, graph.Hash{})}
	if len(f.plugins) > 0 {
		r.Plugin = f.plugins[f.rng.IntN(len(f.plugins))]
		r.Version = f.latest[r.Plugin]
		r.Commitment = f.model(r.Plugin, r.Version).Commitment
	}
	return r
}

func (f *fuzz) step() {
	who := f.someone()
	a := address(who)
	R, L := f.at.Registry, f.at.RunLog
	tenths := wei(int64(f.rng.IntN(120)))
	switch f.rng.IntN(25) {
	case 0:
		f.call("registerNode", who, R, registry.PackRegisterNode([32]byte{1}, ""), nil)
	case 1:
		f.call("deposit", who, L, runLog.PackDeposit(), tenths)
	case 3:
		if f.rng.IntN(2) == 0 {
			f.call("notice", who, L, runLog.PackGiveNotice(), nil)
		}
	case 2, 4:
		f.call("withdraw", who, L, runLog.PackWithdraw(), nil)
	case 5, 6: // a run is logged and anchored
		if len(f.logs_[a]) >= 64 {
			break
		}
		f.logs_[a] = append(f.logs_[a], f.run(who, uint64(len(f.logs_[a]))).Bytes())
		if n := len(f.logs_[a]); f.call("anchor", who, L, runLog.PackAnchor(origin, uint64(n), root(f.logs_[a])), nil) {
			if n <= f.size[a] {
				f.t.Errorf("an anchor went from %d to %d", f.size[a], n)
			}
			f.size[a] = n
		}
	case 7, 8: // a demand for a run that may be in the log or not
		node := f.someone()
		r := f.run(node, 1<<30+uint64(f.done)) // hidden
		if l := f.logs_[address(node)]; len(l) > 0 && f.rng.IntN(4) > 0 {
			r, _ = zkcommit.ParseRun(l[f.rng.IntN(len(l))])
		}
		rc := zkcommit.Receipt{Run: r.ID(), Node: r.Node, Seq: r.Seq, Time: f.time - 10, MergeDelay: 10}
		if rc.Sign(node) != nil {
			f.t.Fatal("no signature")
		}
		call := contracts.RunLogReceipt{Run: rc.Run, Node: rc.Node, Seq: rc.Seq, Time: rc.Time, MergeDelay: rc.MergeDelay, Signature: rc.Signature}
		if f.rng.IntN(2) == 0 {
			if f.claimedCall("demandInclusion", who, runLog.PackDemandInclusion(call), wei(2)) {
				f.open = append(f.open, fuzzDemand{inclusion, r, r.ID(), f.block})
			}
		} else if f.claimedCall("demandProof", who, runLog.PackDemandProof(call, r.Bytes(), 1, [32]byte{}), wei(2)) {
			f.open = append(f.open, fuzzDemand{proofWanted, r, r.ID(), f.block})
		}
	case 9, 10, 11: // an answer, a pass or a slash
		if len(f.open) == 0 {
			break
		}
		i := f.rng.IntN(len(f.open))
		d := f.open[i]
		l := f.logs_[d.run.Node]
		ended := f.call("slashUnanswered", who, L, runLog.PackSlashUnanswered(d.kind, d.id, d.run.Node, 0, d.run.Seq), nil)
		if !ended && d.kind == inclusion && int(d.run.Seq) < f.size[d.run.Node] && len(l) >= f.size[d.run.Node] {
			ended = f.call("answer", who, L, runLog.PackAnswerInclusion(d.run.Bytes(), origin, uint64(f.size[d.run.Node]), path(l[:f.size[d.run.Node]], int(d.run.Seq))), nil)
		}
		if publisher := f.owner[d.run.Plugin]; !ended && d.kind == proofWanted && publisher != nil && f.rng.IntN(2) == 0 {
			sig := f.signed(f.t, publisher, L, "Candor RunLog", "Ranking(bytes32 plugin,uint32 version,bytes32 commitment,bytes32 inputs,bytes32 order)",
				d.run.Plugin[:], word(uint64(d.run.Version)), d.run.Commitment[:], d.run.Features[:], d.run.Ranked[:])
			if f.call("passOn", who, L, runLog.PackPassOn(d.run.Bytes(), sig), nil) {
				ended = true
				f.passed = append(f.passed, d)
			}
		}
		if ended {
			f.open = append(f.open[:i], f.open[i+1:]...)
		}
	case 12:
		if len(f.passed) > 0 {
			i := f.rng.IntN(len(f.passed))
			if f.call("slashPublisher", who, L, runLog.PackSlashPublisher(f.passed[i].run.Bytes()), nil) {
				f.passed = append(f.passed[:i], f.passed[i+1:]...)
			}
		}
	case 13: // evidence, rarely: it ends a node for good
		if f.rng.IntN(8) == 0 && len(f.fallen) < len(f.people)/3 {
			w := &town{machine: f.machine, node: who}
			x, y := w.ticket(who, 1, 5, 9), w.ticket(who, 2, 5, 9)
			if f.claimedCall("twoTickets", f.someone(), runLog.PackProveTwoTickets(x, y), nil) && f.fallen[a] == false {
				f.t.Error("evidence without a fall")
			}
		}
	case 14:
		if len(f.plugins) < 40 {
			slug := fmt.Sprint("p", f.rng.IntN(3))
			if f.call("publish", who, R, registry.PackPublishPlugin(slug, 1), nil) {
				p := plugin(who, slug)
				f.plugins, f.owner[p] = append(f.plugins, p), who
			}
		}
	case 15, 16, 17:
		f.commit()
	case 18:
		if p, v := f.version(); v != 0 {
			if f.call("withdrawModel", f.owner[p], R, registry.PackWithdrawModel(p, v), nil) {
				f.once("withdrawn", p, v)
			}
		}
	case 19:
		if p, v := f.version(); v != 0 {
			if f.call("reveal", f.owner[p], R, registry.PackRevealUnchecked(p, v, towerShape, []byte("x")), nil) {
				f.once("revealed", p, v)
			}
		}
	case 20:
		if p, v := f.version(); v != 0 {
			f.call("slashUnrevealed", who, R, registry.PackSlashUnrevealed(p, v), nil)
			f.call("withdrawBond", f.owner[p], R, registry.PackWithdrawBond(p, v), nil)
			f.call("stranger", who, R, registry.PackSettleBond(p, v, true, a), nil)
		}
	case 21:
		f.call("collect", who, []graph.Address{R, L}[f.rng.IntN(2)], runLog.PackCollect(), nil)
	case 22: // a call that went through before, by anyone
		if len(f.old) > 0 {
			c := f.old[f.rng.IntN(len(f.old))]
			f.replay(who, c[0].(graph.Address), c[1].([]byte))
		}
	case 23:
		if n := len(f.plugins); n > 1 {
			p, q := f.plugins[f.rng.IntN(n)], f.plugins[f.rng.IntN(n)]
			f.call("claimPlugin", f.owner[q], R, registry.PackClaimPlugin(q, p), nil)
			if f.call("transferPlugin", f.owner[p], R, registry.PackTransferPlugin(p, q), nil) {
				f.once("handed on", p, 0)
			}
		}
	case 24:
		f.block += uint64(f.rng.IntN(6))
		f.time += uint64(f.rng.IntN(60))
	}
}

// replay repeats a call. Those that a person may make anew change nothing that the
// model below does not see; all others must be refused.
func (f *fuzz) replay(who *ecdsa.PrivateKey, to graph.Address, data []byte) {
	for _, free := range [][]byte{registry.PackRegisterNode([32]byte{1}, ""), runLog.PackDeposit(), runLog.PackCollect(), runLog.PackGiveNotice(), runLog.PackWithdraw(),
		runLog.PackClaim([32]byte{}), registry.PackSlashUnrevealed([32]byte{}, 0), registry.PackWithdrawBond([32]byte{}, 0), registry.PackClaimPlugin([32]byte{}, [32]byte{})} {
		if string(data[:4]) == string(free[:4]) {
			return
		}
	}
	anchor := runLog.PackAnchor([32]byte{}, 0, [32]byte{})
	if string(data[:4]) == string(anchor[:4]) || string(data[:4]) == string(registry.PackPublishPlugin("", 0)[:4]) {
		return // another's anchor or plugin of the name is its own
	}
	if f.call("replay", who, to, data, nil) || f.call("replay", who, to, data, wei(2)) {
		f.t.Errorf("a replayed call %x went through", data[:4])
	}
	f.refused += 2
}

func (f *fuzz) once(what string, p graph.Hash, v uint32) {
	k := fmt.Sprint(what, p, v)
	if f.gone[k] {
		f.t.Errorf("version %d was %s twice", v, what)
	}
	f.gone[k] = true
}

func (f *fuzz) version() (graph.Hash, uint32) {
	if len(f.plugins) == 0 {
		return graph.Hash{}, 0
	}
	p := f.plugins[f.rng.IntN(len(f.plugins))]
	if f.latest[p] == 0 {
		return p, 0
	}
	return p, 1 + uint32(f.rng.IntN(int(min(f.latest[p], 5)))) + max(f.latest[p], 5) - 5
}

func (f *fuzz) commit() {
	if len(f.plugins) == 0 {
		return
	}
	p := f.plugins[f.rng.IntN(len(f.plugins))]
	who := f.owner[p]
	f.models++
	c := f.secret(p, 0, 90+uint64(f.rng.IntN(400)))
	c.Commitment = sha256.Sum256(fmt.Append(nil, f.models))
	name, value := "commit", wei(int64(9+f.rng.IntN(30)))
	if f.rng.IntN(5) == 0 {
		name, value, c.RevealBy, c.Ciphertext = "public", nil, 0, nil
	} else if f.rng.IntN(10) > 0 {
		for at := views(f.machine, f.at.Registry, registry.PackFirstDue(address(who)), registry.UnpackFirstDue); at != 0; {
			d := views(f.machine, f.at.Registry, registry.PackDues(at), registry.UnpackDues)
			if d.RevealBy > c.RevealBy {
				break
			}
			c.DueAfter, at = at, d.Next
		}
	} else {
		c.DueAfter = uint32(f.rng.IntN(20))
	}
	if f.call(name, who, f.at.Registry, registry.PackCommitModel(c), value) {
		f.latest[p]++
	}
}

// check compares what the contracts hold and say with what must be.
func (f *fuzz) check() {
	f.t.Helper()
	held, registryHolds := new(big.Int), new(big.Int)
	openOf, disputes := map[graph.Address]uint32{}, map[string]uint16{}
	for _, d := range f.open {
		openOf[d.run.Node]++
		held.Add(held, wei(2))
	}
	for _, d := range f.passed {
		disputes[fmt.Sprint(d.run.Plugin, d.run.Version)]++
		held.Add(held, wei(2))
	}
	w := &town{machine: f.machine}
	for _, k := range f.people {
		amount, open, fallen := w.bond(k)
		held.Add(held, amount)
		held.Add(held, w.credit(k))
		registryHolds.Add(registryHolds, views(f.machine, f.at.Registry, registry.PackCredits(address(k)), registry.UnpackCredits))
		if open != openOf[address(k)] || fallen != f.fallen[address(k)] {
			f.t.Errorf("%s has %d open demands, not %d; fallen %v", address(k), open, openOf[address(k)], fallen)
		}
		due := map[uint32]bool{}
		last := uint64(0)
		for at := views(f.machine, f.at.Registry, registry.PackFirstDue(address(k)), registry.UnpackFirstDue); at != 0; {
			d := views(f.machine, f.at.Registry, registry.PackDues(at), registry.UnpackDues)
			if d.RevealBy < last || due[at] || !d.Listed {
				f.t.Errorf("model %d is out of order among the dues", at)
				return
			}
			last, due[at], at = d.RevealBy, true, d.Next
		}
		for _, p := range f.plugins {
			if f.owner[p] != k {
				continue
			}
			active := 0
			for v := uint32(1); v <= f.latest[p]; v++ {
				m := f.model(p, v)
				registryHolds.Add(registryHolds, m.Bond)
				if (m.Reveal == 1) != due[m.Id] {
					f.t.Errorf("model %d: reveal %d, among the dues %v", m.Id, m.Reveal, due[m.Id])
				}
				delete(due, m.Id)
				if (m.Reveal > 1) != f.gone[fmt.Sprint("revealed", p, v)] || (m.WithdrawnAt != 0) != f.gone[fmt.Sprint("withdrawn", p, v)] {
					f.t.Errorf("version %d of %s went back: %+v", v, p, m)
				}
				if m.Disputes != disputes[fmt.Sprint(p, v)] {
					f.t.Errorf("version %d has %d disputes, not %d", v, m.Disputes, disputes[fmt.Sprint(p, v)])
				}
				raw, err := f.apply(graph.Address{1}, &f.at.Registry, registry.PackWasActive(p, v, f.block), nil)
				if err != nil {
					f.t.Fatal(err)
				}
				if o, err := registry.UnpackWasActive(raw); err != nil || o.Active && v != f.latest[p] {
					f.t.Errorf("version %d of %d is active", v, f.latest[p])
				} else if o.Active {
					active++
				}
			}
			if active > 1 {
				f.t.Errorf("%d versions are active", active)
			}
		}
		if len(due) > 0 {
			f.t.Errorf("among the dues are %v, which are no models of theirs", due)
		}
	}
	if got := f.balance(f.at.RunLog); got.Cmp(held) != 0 {
		f.t.Errorf("RunLog holds %s, owes %s", got, held)
	}
	if got := f.balance(f.at.Registry); got.Cmp(registryHolds) != 0 {
		f.t.Errorf("Registry holds %s, owes %s", got, registryHolds)
	}
	all := new(big.Int).Add(new(big.Int).Add(held, registryHolds), new(big.Int).Add(f.out, f.balance(graph.Address{})))
	if all.Cmp(f.in) != 0 {
		f.t.Errorf("%s went in, %s are accounted for", f.in, all)
	}
}
