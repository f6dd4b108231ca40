package contracts_test

import (
	"bytes"
	"crypto/ecdsa"
	"math/rand/v2"
	"testing"

	"candor/contracts"
	"candor/graph"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/crypto"
)

// relation is what the contract says of one person and another.
type relation struct{ follows, requested, blocks bool }

func (w *world) relation(from, to graph.Address) (r relation) {
	w.t.Helper()
	for _, q := range []struct {
		into   *bool
		data   []byte
		unpack func([]byte) (bool, error)
	}{
		{&r.follows, social.PackFollows(from, to), social.UnpackFollows},
		{&r.requested, social.PackRequests(from, to), social.UnpackRequests},
		{&r.blocks, social.PackBlocks(from, to), social.UnpackBlocks},
	} {
		out, err := w.c.CallContract(ctx, ethereum.CallMsg{To: &w.at.SocialGraph, Data: q.data}, nil)
		if err == nil {
			*q.into, err = q.unpack(out)
		}
		if err != nil {
			w.t.Fatal(err)
		}
	}
	return r
}

func (w *world) policy(of graph.Address) uint8 {
	w.t.Helper()
	out, err := w.c.CallContract(ctx, ethereum.CallMsg{To: &w.at.SocialGraph, Data: social.PackPolicyOf(of)}, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	p, err := social.UnpackPolicyOf(out)
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// Each person controls who follows it: the way of a follow under each policy.
func TestPolicies(t *testing.T) {
	w := newWorld(t, false)
	ann, bob, g := key("ann"), key("bob"), w.at.SocialGraph
	a, b := address(ann), address(bob)
	is := func(what string, want relation) {
		t.Helper()
		if got := w.relation(a, b); got != want {
			t.Errorf("%s: ann to bob is %+v, expected %+v", what, got, want)
		}
	}
	if p := w.policy(b); p != 1 {
		t.Errorf("who never chose has policy %d, not open", p)
	}
	for _, p := range []uint8{0, 4, 255} {
		w.refuses("an unknown policy", "BadPolicy", bob, g, social.PackSetPolicy(p, 1), 0)
	}
	w.refuses("the policy that is", "NothingChanges", bob, g, social.PackSetPolicy(1, 1), 0)
	set, err := social.UnpackPolicySetEvent(w.does("approval", bob, g, social.PackSetPolicy(2, 5))[0])
	if err != nil || set.Author != b || set.Policy != 2 || set.Time != 5 || w.policy(b) != 2 {
		t.Errorf("policy: %+v %v", set, err)
	}
	w.refuses("approval again", "NothingChanges", bob, g, social.PackSetPolicy(2, 1), 0)

	w.refuses("an approval of nobody", "NothingChanges", bob, g, social.PackApprove(a, 1), 0)
	w.refuses("a refusal of nobody", "NothingChanges", bob, g, social.PackRefuse(a, 1), 0)
	asked, err := social.UnpackFollowRequestedEvent(w.does("ask", ann, g, social.PackFollow(b, 6))[0])
	if err != nil || asked.Author != a || asked.Target != b || asked.Time != 6 {
		t.Errorf("asked: %+v %v", asked, err)
	}
	is("asked", relation{requested: true})
	w.refuses("asking again", "NothingChanges", ann, g, social.PackFollow(b, 6), 0)
	w.refuses("approving oneself", "NothingChanges", ann, g, social.PackApprove(b, 6), 0)
	approved, err := social.UnpackApprovedEvent(w.does("approve", bob, g, social.PackApprove(a, 7))[0])
	if err != nil || approved.Author != b || approved.Target != a || approved.Time != 7 {
		t.Errorf("approved: %+v %v", approved, err)
	}
	is("approved", relation{follows: true})
	w.refuses("approving again", "NothingChanges", bob, g, social.PackApprove(a, 7), 0)
	w.refuses("asking while following", "NothingChanges", ann, g, social.PackFollow(b, 7), 0)
	refused, err := social.UnpackFollowerRefusedEvent(w.does("end a follower", bob, g, social.PackRefuse(a, 8))[0])
	if err != nil || refused.Author != b || refused.Target != a || refused.Time != 8 {
		t.Errorf("refused: %+v %v", refused, err)
	}
	is("ended", relation{})
	w.does("ask", ann, g, social.PackFollow(b, 9))
	w.does("refuse", bob, g, social.PackRefuse(a, 9))
	is("refused", relation{})
	w.does("ask", ann, g, social.PackFollow(b, 9))
	w.does("withdraw", ann, g, social.PackUnfollow(b, 9))
	is("withdrawn", relation{})
	w.refuses("withdrawing again", "NothingChanges", ann, g, social.PackUnfollow(b, 9), 0)

	w.does("ask", ann, g, social.PackFollow(b, 10))
	w.does("close", bob, g, social.PackSetPolicy(3, 10))
	is("asked before the closing", relation{requested: true})
	w.refuses("a follow of the closed", "FollowsClosed", ann, g, social.PackFollow(b, 10), 0)
	w.does("approve while closed", bob, g, social.PackApprove(a, 10))
	is("approved while closed", relation{follows: true})
	w.does("unfollow", ann, g, social.PackUnfollow(b, 11))
	w.does("approval", bob, g, social.PackSetPolicy(2, 11))
	w.does("ask", ann, g, social.PackFollow(b, 11))
	w.does("open", bob, g, social.PackSetPolicy(1, 11))
	if _, err := social.UnpackFollowedEvent(w.does("follow", ann, g, social.PackFollow(b, 11))[0]); err != nil {
		t.Error(err)
	}
	is("followed with a request open", relation{follows: true})
}

// A block ends what is between the two, in both directions, and lets nothing begin.
func TestBlocks(t *testing.T) {
	w := newWorld(t, false)
	ann, bob, g := key("ann"), key("bob"), w.at.SocialGraph
	a, b := address(ann), address(bob)
	is := func(what string, there, back relation) {
		t.Helper()
		if got := w.relation(a, b); got != there {
			t.Errorf("%s: ann to bob is %+v, expected %+v", what, got, there)
		}
		if got := w.relation(b, a); got != back {
			t.Errorf("%s: bob to ann is %+v, expected %+v", what, got, back)
		}
	}
	w.refuses("a block of oneself", "BadTarget", ann, g, social.PackBlockAccount(a, 1), 0)
	w.refuses("a block of nobody", "BadTarget", ann, g, social.PackBlockAccount(graph.Address{}, 1), 0)
	w.refuses("an unblock of who is not", "NothingChanges", ann, g, social.PackUnblockAccount(b, 1), 0)
	w.does("bob follows", bob, g, social.PackFollow(a, 1))
	w.does("bob asks to be asked", bob, g, social.PackSetPolicy(2, 1))
	w.does("ann asks", ann, g, social.PackFollow(b, 1))
	is("before", relation{requested: true}, relation{follows: true})
	logs := w.does("block", ann, g, social.PackBlockAccount(b, 3))
	blocked, err := social.UnpackBlockedEvent(logs[0])
	if err != nil || len(logs) != 1 || blocked.Author != a || blocked.Target != b || blocked.Time != 3 {
		t.Errorf("blocked: %d logs, %+v %v", len(logs), blocked, err)
	}
	is("blocked", relation{blocks: true}, relation{})
	w.refuses("a second block", "NothingChanges", ann, g, social.PackBlockAccount(b, 3), 0)
	w.refuses("a follow by the blocked", "BlockedBetween", bob, g, social.PackFollow(a, 3), 0)
	w.refuses("a follow of the blocked", "BlockedBetween", ann, g, social.PackFollow(b, 3), 0)
	w.refuses("an approval of what was asked before", "NothingChanges", bob, g, social.PackApprove(a, 3), 0)
	w.does("block back", bob, g, social.PackBlockAccount(a, 4))
	unblocked, err := social.UnpackUnblockedEvent(w.does("unblock", ann, g, social.PackUnblockAccount(b, 5))[0])
	if err != nil || unblocked.Author != a || unblocked.Target != b || unblocked.Time != 5 {
		t.Errorf("unblocked: %+v %v", unblocked, err)
	}
	is("one block is left", relation{}, relation{blocks: true})
	w.refuses("a follow while the other blocks", "BlockedBetween", ann, g, social.PackFollow(b, 5), 0)
	w.does("unblock back", bob, g, social.PackUnblockAccount(a, 6))
	w.does("ask anew", ann, g, social.PackFollow(b, 6))
	is("after", relation{requested: true}, relation{})
}

func TestEdits(t *testing.T) {
	w := newWorld(t, false)
	ann, g, id := key("ann"), w.at.SocialGraph, [16]byte{15: 1}
	old, cid, long := []byte("old"), []byte("new"), make([]byte, 65)
	edited, err := social.UnpackEditedEvent(w.does("edit", ann, g, social.PackEdit(id, old, cid, 6))[0])
	if err != nil || edited.Author != address(ann) || edited.Subject != id || edited.Time != 6 ||
		!bytes.Equal(edited.SubjectCid, old) || !bytes.Equal(edited.Cid, cid) {
		t.Errorf("edited: %+v %v", edited, err)
	}
	w.refuses("an edit of nothing", "BadReference", ann, g, social.PackEdit([16]byte{}, old, cid, 6), 0)
	w.refuses("an edit of half a reference", "BadReference", ann, g, social.PackEdit(id, nil, cid, 6), 0)
	w.refuses("an edit of a long reference", "BadReference", ann, g, social.PackEdit(id, long, cid, 6), 0)
	w.refuses("an edit to nothing", "BadCid", ann, g, social.PackEdit(id, old, nil, 6), 0)
	w.refuses("an edit to too much", "BadCid", ann, g, social.PackEdit(id, old, long, 6), 0)
}

// What a person does costs the same however many it knows: gas grows with nothing.
func TestPeopleCostTheSame(t *testing.T) {
	w := newWorld(t, false)
	ann, bob, next, g := key("ann"), key("bob"), key("next"), w.at.SocialGraph
	gas := func(from graph.Address, data []byte) uint64 {
		t.Helper()
		n, err := w.c.EstimateGas(ctx, ethereum.CallMsg{From: from, To: &g, Data: data})
		if err != nil {
			t.Fatal(named(err))
		}
		return n
	}
	// Addresses of equal calldata cost, so that only the state differs.
	stranger := func(i byte) graph.Address { return graph.Address{0: 9, 19: i} }
	cost := func(i byte) (all []uint64) {
		a := address(ann)
		all = append(all, gas(a, social.PackFollow(stranger(i), 1)), gas(a, social.PackBlockAccount(stranger(i), 1)),
			gas(a, social.PackSetPolicy(3, 1)))
		for _, k := range []struct {
			by   graph.Address
			data []byte
		}{{a, social.PackApprove(address(next), 1)}, {a, social.PackRefuse(address(next), 1)},
			{address(next), social.PackUnfollow(a, 1)}, {a, social.PackBlockAccount(address(next), 1)}} {
			all = append(all, gas(k.by, k.data))
		}
		return all
	}
	w.does("approval", ann, g, social.PackSetPolicy(2, 1))
	w.does("ask", next, g, social.PackFollow(address(ann), 1))
	before := cost(1)
	for i := byte(10); i < 50; i++ {
		w.does("follow", ann, g, social.PackFollow(stranger(i), 1))
		w.does("block", ann, g, social.PackBlockAccount(stranger(i+100), 1))
	}
	w.does("one more asks", bob, g, social.PackFollow(address(ann), 1))
	for i, n := range cost(2) {
		if n != before[i] {
			t.Errorf("action %d cost %d gas at first and %d among many", i, before[i], n)
		}
	}
}

// The contract and a plain model agree about any order of actions by three people,
// signed or called.
func TestPeopleModel(t *testing.T) {
	w := newWorld(t, false)
	g := w.at.SocialGraph
	names := []string{"ann", "bob", "next"}
	acts := []graph.Action{graph.ActFollow, graph.ActFollow, graph.ActUnfollow, graph.ActBlock, graph.ActUnblock,
		graph.ActOpen, graph.ActApproval, graph.ActClosed, graph.ActApprove, graph.ActRefuse}
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 1))
		// A fresh contract for each seed would cost more than its actions: go on from what is.
		type pair [2]int
		follows, requests, blocks, policy := map[pair]bool{}, map[pair]bool{}, map[pair]bool{}, map[int]uint8{0: 1, 1: 1, 2: 1}
		for i, n := range names {
			policy[i] = w.policy(address(key(n)))
			for j, m := range names {
				is := w.relation(address(key(n)), address(key(m)))
				follows[pair{i, j}], requests[pair{i, j}], blocks[pair{i, j}] = is.follows, is.requested, is.blocks
			}
		}
		for range 25 {
			me, you := r.IntN(3), r.IntN(3)
			act := acts[r.IntN(len(acts))]
			there, back := pair{me, you}, pair{you, me}
			target, ok := address(key(names[you])), true
			var data []byte
			switch act {
			case graph.ActFollow:
				data = social.PackFollow(target, 1)
				ok = me != you && !blocks[there] && !blocks[back] && !follows[there] && policy[you] != 3 && (policy[you] == 1 || !requests[there])
				if ok {
					follows[there], requests[there] = policy[you] == 1, policy[you] == 2
				}
			case graph.ActUnfollow:
				data = social.PackUnfollow(target, 1)
				ok = follows[there] || requests[there]
				follows[there], requests[there] = false, false
			case graph.ActBlock:
				data = social.PackBlockAccount(target, 1)
				if ok = me != you && !blocks[there]; ok {
					blocks[there] = true
					for _, p := range []pair{there, back} {
						follows[p], requests[p] = false, false
					}
				}
			case graph.ActUnblock:
				data = social.PackUnblockAccount(target, 1)
				ok = blocks[there]
				blocks[there] = false
			case graph.ActApprove:
				data = social.PackApprove(target, 1)
				if ok = requests[back]; ok {
					follows[back], requests[back] = true, false
				}
			case graph.ActRefuse:
				data = social.PackRefuse(target, 1)
				ok = follows[back] || requests[back]
				follows[back], requests[back] = false, false
			default:
				p, _ := act.Policy()
				data = social.PackSetPolicy(uint8(p), 1)
				ok = policy[me] != uint8(p)
				policy[me] = uint8(p)
			}
			if r.IntN(2) == 0 {
				if got := w.signed(key(names[me]), act, target); got != ok {
					t.Fatalf("seed %d: %s signed %s of %s: taken %v, expected %v", seed, names[me], act, names[you], got, ok)
				}
			} else if _, err := w.call(key(names[me]), g, data, 0); (err == nil) != ok {
				t.Fatalf("seed %d: %s called %s of %s: %v, expected %v", seed, names[me], act, names[you], err, ok)
			}
			if got, want := w.relation(address(key(names[me])), target), (relation{follows[there], requests[there], blocks[there]}); got != want {
				t.Fatalf("seed %d: after %s of %s by %s: %+v, expected %+v", seed, act, names[you], names[me], got, want)
			}
			if got, want := w.relation(target, address(key(names[me]))), (relation{follows[back], requests[back], blocks[back]}); got != want {
				t.Fatalf("seed %d: after %s of %s by %s, back: %+v, expected %+v", seed, act, names[you], names[me], got, want)
			}
		}
	}
}

// signed carries one signed intent and reports whether it was taken.
func (w *world) signed(by *ecdsa.PrivateKey, act graph.Action, target graph.Address) bool {
	w.t.Helper()
	out, err := w.c.CallContract(ctx, ethereum.CallMsg{To: &w.at.SocialGraph, Data: social.PackNonces(address(by))}, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	in := graph.Intent{Author: address(by), Action: act, Deadline: 1 << 40}
	if in.Nonce, err = social.UnpackNonces(out); err != nil {
		w.t.Fatal(err)
	}
	if _, sets := act.Policy(); !sets {
		in.Target = target
	}
	d := in.Digest(chainID, w.at.SocialGraph)
	sig, err := crypto.Sign(d[:], by)
	if err != nil {
		w.t.Fatal(err)
	}
	sig[64] += 27
	logs := w.does("submit", key("deployer"), w.at.SocialGraph,
		social.PackSubmit([]contracts.SocialGraphIntent{solidity(in)}, [][]byte{sig}))
	no, err := social.UnpackIntentRefusedEvent(logs[0])
	if err == nil && no.Reason != 4 {
		w.t.Fatalf("the intent was refused for reason %d", no.Reason)
	}
	return err != nil
}
