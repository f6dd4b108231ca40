package contracts_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"candor/contracts"
	"candor/graph"
	"candor/local/chain"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"
	"pgregory.net/rapid"
)

var (
	ctx     = context.Background()
	chainID = big.NewInt(chain.ID)
	social  = contracts.NewSocialGraph()

	registry = contracts.NewRegistry()
	runLog   = contracts.NewRunLog()
	verifier = contracts.NewVerifier()
)

func key(name string) *ecdsa.PrivateKey {
	k, err := crypto.ToECDSA(crypto.Keccak256([]byte("contracts test " + name)))
	if err != nil {
		panic(err)
	}
	return k
}

func address(k *ecdsa.PrivateKey) graph.Address { return crypto.PubkeyToAddress(k.PublicKey) }

type world struct {
	t   *testing.T
	dev *chain.Node
	c   *ethclient.Client
	at  contracts.Addresses
}

func newWorld(t *testing.T, development bool) *world {
	t.Helper()
	var fund []graph.Address
	for _, name := range []string{"deployer", "ann", "bob", "next"} {
		fund = append(fund, address(key(name)))
	}
	dev, err := chain.Start(chain.Config{Dir: t.TempDir(), Fund: fund})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = dev.Close() })
	at, err := contracts.Deploy(ctx, bind.NewKeyedTransactor(key("deployer"), chainID), dev.Client(), development)
	if err != nil {
		t.Fatal(err)
	}
	return &world{t, dev, dev.Client(), at}
}

// call sends a transaction and returns its logs, or the error that refused it.
func (w *world) call(from *ecdsa.PrivateKey, to graph.Address, data []byte, value int64) ([]*types.Log, error) {
	w.t.Helper()
	opts := bind.NewKeyedTransactor(from, chainID)
	opts.Value = big.NewInt(value)
	gas, err := w.c.EstimateGas(ctx, ethereum.CallMsg{From: opts.From, To: &to, Data: data, Value: opts.Value})
	if err != nil {
		return nil, err
	}
	opts.GasLimit = gas + 100_000
	tx, err := bind.Transact(social.Instance(w.c, to), opts, data)
	if err != nil {
		return nil, err
	}
	receipt, err := contracts.Mined(ctx, w.c, tx.Hash())
	if err != nil {
		w.t.Fatal(err)
	}
	if receipt.Status != types.ReceiptStatusSuccessful {
		return nil, errors.New("reverted")
	}
	return receipt.Logs, nil
}

// named is the name of the custom error that the call was refused with.
func named(err error) string {
	var data rpc.DataError
	if !errors.As(err, &data) {
		return fmt.Sprint(err)
	}
	raw, bad := hexutil.Decode(fmt.Sprint(data.ErrorData()))
	if bad != nil {
		return fmt.Sprint(err)
	}
	return errorName(raw)
}

// errorName is the name of a custom error of any of the contracts.
func errorName(raw []byte) string {
	for _, unpack := range []func([]byte) (any, error){social.UnpackError, registry.UnpackError, runLog.UnpackError, verifier.UnpackError} {
		if e, bad := unpack(raw); bad == nil {
			name := fmt.Sprintf("%T", e)
			for _, p := range []string{"SocialGraph", "Registry", "RunLog", "Verifier"} {
				name = strings.TrimPrefix(name, "*contracts."+p)
			}
			return name
		}
	}
	return hexutil.Encode(raw)
}

func (w *world) refuses(what, want string, from *ecdsa.PrivateKey, to graph.Address, data []byte, value int64) {
	w.t.Helper()
	logs, err := w.call(from, to, data, value)
	if err == nil {
		w.t.Errorf("%s went through with %d logs", what, len(logs))
	} else if got := named(err); got != want {
		w.t.Errorf("%s was refused with %q, expected %q", what, got, want)
	}
}

func (w *world) does(what string, from *ecdsa.PrivateKey, to graph.Address, data []byte) []*types.Log {
	w.t.Helper()
	logs, err := w.call(from, to, data, 0)
	if err != nil {
		w.t.Fatalf("%s: %s (%v)", what, named(err), err)
	}
	return logs
}

func solidity(in graph.Intent) contracts.SocialGraphIntent {
	return contracts.SocialGraphIntent{Author: in.Author, Action: uint8(in.Action), Nonce: in.Nonce, Deadline: in.Deadline,
		Time: in.Time, Target: in.Target, Cid: in.CID, Subject: in.Subject.Bytes(), SubjectCid: in.SubjectCID,
		Quote: in.Quote.Bytes(), QuoteCid: in.QuoteCID, Reaction: uint8(in.Reaction), Imported: in.Imported}
}

// Wallets, Go and the contract sign and check the same 32 bytes.
func TestDigestsAreEqualInGoAndSolidity(t *testing.T) {
	w := newWorld(t, true)
	rapid.Check(t, func(r *rapid.T) {
		raw := func(label string, n int) []byte { return rapid.SliceOfN(rapid.Byte(), n, n).Draw(r, label) }
		position := func(label string) (p graph.Position) {
			return graph.PositionFromBytes([16]byte(raw(label, 16)))
		}
		in := graph.Intent{
			Author: graph.Address(raw("author", 20)), Action: graph.Action(rapid.Byte().Draw(r, "action")),
			Nonce: rapid.Uint64().Draw(r, "nonce"), Deadline: rapid.Uint64().Draw(r, "deadline"), Time: rapid.Uint64().Draw(r, "time"),
			Target: graph.Address(raw("target", 20)), CID: rapid.SliceOfN(rapid.Byte(), 0, 70).Draw(r, "cid"),
			Subject: position("subject"), SubjectCID: rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(r, "subjectCid"),
			Quote: position("quote"), QuoteCID: rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(r, "quoteCid"),
			Reaction: graph.ReactionKind(rapid.Byte().Draw(r, "reaction")), Imported: rapid.Bool().Draw(r, "imported"),
		}
		out, err := w.c.CallContract(ctx, ethereum.CallMsg{To: &w.at.SocialGraph, Data: social.PackDigest(solidity(in))}, nil)
		if err != nil {
			r.Fatal(err)
		}
		if want := in.Digest(chainID, w.at.SocialGraph); !bytes.Equal(out, want[:]) {
			r.Fatalf("Solidity says %x, Go %x", out, want)
		}
	})
}

func TestDirectCallsEmitOrRefuse(t *testing.T) {
	w := newWorld(t, true)
	ann, bob, g := key("ann"), key("bob"), w.at.SocialGraph
	c, long, id := []byte("cid"), make([]byte, 65), [16]byte{15: 1}
	none := [16]byte{}

	logs := w.does("follow", ann, g, social.PackFollow(address(bob), 7))
	followed, err := social.UnpackFollowedEvent(logs[0])
	if err != nil || followed.Author != address(ann) || followed.Target != address(bob) || followed.Time != 7 {
		t.Errorf("followed: %+v %v", followed, err)
	}
	w.refuses("a second follow", "NothingChanges", ann, g, social.PackFollow(address(bob), 8), 0)
	w.refuses("an unfollow of nobody followed", "NothingChanges", bob, g, social.PackUnfollow(address(ann), 8), 0)
	w.refuses("a self-follow", "BadTarget", ann, g, social.PackFollow(address(ann), 8), 0)
	w.refuses("a follow of nobody", "BadTarget", ann, g, social.PackFollow(graph.Address{}, 8), 0)
	if _, err := social.UnpackUnfollowedEvent(w.does("unfollow", ann, g, social.PackUnfollow(address(bob), 9))[0]); err != nil {
		t.Error(err)
	}

	profile, err := social.UnpackProfileSetEvent(w.does("profile", ann, g, social.PackSetProfile(c, 3, true))[0])
	if err != nil || !profile.Imported || !bytes.Equal(profile.Cid, c) || profile.Time != 3 || profile.Author != address(ann) {
		t.Errorf("profile: %+v %v", profile, err)
	}
	w.refuses("a profile without CID", "BadCid", ann, g, social.PackSetProfile(nil, 3, false), 0)
	w.refuses("a profile with a long CID", "BadCid", ann, g, social.PackSetProfile(long, 3, false), 0)

	posted, err := social.UnpackPostedEvent(w.does("post", ann, g, social.PackPost(c, 4, id, []byte("p"), [16]byte{1}, []byte("q")))[0])
	if err != nil || posted.Parent != id || string(posted.ParentCid) != "p" || posted.Quote != [16]byte{1} ||
		string(posted.QuoteCid) != "q" || posted.Time != 4 || !bytes.Equal(posted.Cid, c) {
		t.Errorf("posted: %+v %v", posted, err)
	}
	w.refuses("a post without CID", "BadCid", ann, g, social.PackPost(nil, 4, none, nil, none, nil), 0)
	w.refuses("a post with a long CID", "BadCid", ann, g, social.PackPost(long, 4, none, nil, none, nil), 0)
	w.refuses("a post with half a parent", "BadReference", ann, g, social.PackPost(c, 4, id, nil, none, nil), 0)
	w.refuses("a post with the other half", "BadReference", ann, g, social.PackPost(c, 4, none, c, none, nil), 0)
	w.refuses("a post with a long quote", "BadReference", ann, g, social.PackPost(c, 4, none, nil, id, long), 0)

	reacted, err := social.UnpackReactedEvent(w.does("react", bob, g, social.PackReact(id, c, 2, 5))[0])
	if err != nil || reacted.Author != address(bob) || reacted.Subject != id || reacted.Reaction != 2 || reacted.Time != 5 {
		t.Errorf("reacted: %+v %v", reacted, err)
	}
	if _, err := social.UnpackUnreactedEvent(w.does("unreact", bob, g, social.PackUnreact(id, c, 2, 5))[0]); err != nil {
		t.Error(err)
	}
	w.refuses("reaction 3", "BadReaction", bob, g, social.PackReact(id, c, 3, 5), 0)
	w.refuses("reaction 0", "BadReaction", bob, g, social.PackUnreact(id, c, 0, 5), 0)
	w.refuses("a reaction to nothing", "BadReference", bob, g, social.PackReact(none, c, 1, 5), 0)
	removed, err := social.UnpackRemovedEvent(w.does("remove", ann, g, social.PackRemove(id, c, 6))[0])
	if err != nil || removed.Subject != id || removed.Author != address(ann) {
		t.Errorf("removed: %+v %v", removed, err)
	}
	w.refuses("a removal of nothing", "BadReference", ann, g, social.PackRemove(none, nil, 6), 0)
	w.refuses("intents without signatures", "LengthMismatch", ann, g, social.PackSubmit(make([]contracts.SocialGraphIntent, 1), nil), 0)
}

// One batch of everything that is wrong, among what is right.
func TestEachIntentStandsAlone(t *testing.T) {
	w := newWorld(t, false)
	ann, bob := key("ann"), key("bob")
	const far = 1 << 40
	sign := func(k *ecdsa.PrivateKey, in graph.Intent, id *big.Int, at graph.Address) (graph.Intent, []byte) {
		if in.Author == (graph.Address{}) {
			in.Author = address(k)
		}
		if in.Deadline == 0 {
			in.Deadline = far
		}
		d := in.Digest(id, at)
		sig, err := crypto.Sign(d[:], k)
		if err != nil {
			t.Fatal(err)
		}
		sig[64] += 27
		return in, sig
	}
	g, cid := w.at.SocialGraph, []byte("c")
	post := func(nonce uint64) graph.Intent {
		return graph.Intent{Action: graph.ActPost, Nonce: nonce, CID: cid}
	}
	high := func(sig []byte) []byte {
		s := new(big.Int).Sub(crypto.S256().Params().N, new(big.Int).SetBytes(sig[32:64]))
		out := bytes.Clone(sig)
		s.FillBytes(out[32:64])
		out[64] = 55 - out[64]
		return out
	}
	var intents []contracts.SocialGraphIntent
	var sigs [][]byte
	var want []uint8
	var names []string
	add := func(name string, reason uint8, in graph.Intent, sig []byte) {
		intents, sigs, want, names = append(intents, solidity(in)), append(sigs, sig), append(want, reason), append(names, name)
	}
	in, sig := sign(ann, post(0), chainID, g)
	add("good", 0, in, sig)
	add("replayed", 2, in, sig)
	in, sig = sign(bob, graph.Intent{Author: address(ann), Action: graph.ActPost, Nonce: 1, CID: cid}, chainID, g)
	add("forged", 1, in, sig)
	in, sig = sign(ann, post(1), big.NewInt(1), g)
	add("for another chain", 1, in, sig)
	in, sig = sign(ann, post(1), chainID, w.at.Registry)
	add("for another contract", 1, in, sig)
	in, sig = sign(ann, post(1), chainID, g)
	add("malleable", 1, in, high(sig))
	add("short", 1, in, sig[:64])
	add("long", 1, in, append(bytes.Clone(sig), 0))
	add("v of 0", 1, in, append(bytes.Clone(sig[:64]), sig[64]-27))
	changed := in
	changed.Time++
	add("changed", 1, changed, sig)
	add("by no one", 1, graph.Intent{Action: graph.ActPost, CID: cid, Deadline: far}, append(make([]byte, 64), 27))
	in, sig = sign(ann, post(5), chainID, g)
	add("too early", 2, in, sig)
	in, sig = sign(ann, graph.Intent{Action: graph.ActPost, Nonce: 1, CID: cid, Deadline: 1}, chainID, g)
	add("expired", 3, in, sig)
	nonce := uint64(1)
	for name, bad := range map[string]graph.Intent{
		"self-follow":       {Action: graph.ActFollow, Target: address(ann)},
		"void unfollow":     {Action: graph.ActUnfollow, Target: address(bob)},
		"long CID":          {Action: graph.ActPost, CID: make([]byte, 65)},
		"no CID":            {Action: graph.ActPost},
		"imported":          {Action: graph.ActProfile, CID: cid, Imported: true},
		"action 0":          {},
		"action 16":         {Action: graph.ActRequest, Target: address(bob)},
		"self-block":        {Action: graph.ActBlock, Target: address(ann)},
		"void unblock":      {Action: graph.ActUnblock, Target: address(bob)},
		"void approval":     {Action: graph.ActApprove, Target: address(bob)},
		"void refusal":      {Action: graph.ActRefuse, Target: address(bob)},
		"policy it has":     {Action: graph.ActOpen},
		"edit to naught":    {Action: graph.ActEdit, Subject: graph.Position{Block: 1}, SubjectCID: cid},
		"edit of naught":    {Action: graph.ActEdit, CID: cid},
		"reaction 3":        {Action: graph.ActReact, Subject: graph.Position{Block: 1}, SubjectCID: cid, Reaction: 3},
		"removal of naught": {Action: graph.ActRemove},
	} {
		bad.Nonce = nonce
		nonce++ // an action that is refused uses its nonce up
		in, sig = sign(ann, bad, chainID, g)
		add(name, 4, in, sig)
	}
	in, sig = sign(ann, post(nonce), chainID, g)
	add("good again", 0, in, sig)
	in, sig = sign(bob, post(0), chainID, g)
	add("another's", 0, in, sig)

	logs := w.does("submit", key("next"), g, social.PackSubmit(intents, sigs))
	if len(logs) != len(intents) {
		t.Fatalf("%d logs for %d intents", len(logs), len(intents))
	}
	for i, l := range logs {
		no, err := social.UnpackIntentRefusedEvent(l)
		switch {
		case want[i] == 0 && err == nil:
			t.Errorf("%s was refused for reason %d", names[i], no.Reason)
		case want[i] != 0 && err != nil:
			t.Errorf("%s was taken", names[i])
		case want[i] != 0 && (no.Reason != want[i] || no.Index.Int64() != int64(i) || no.Author != intents[i].Author):
			t.Errorf("%s: %+v, expected reason %d at %d", names[i], no, want[i], i)
		}
	}
	out, err := w.c.CallContract(ctx, ethereum.CallMsg{To: &g, Data: social.PackNonces(address(ann))}, nil)
	if next, bad := social.UnpackNonces(out); err != nil || bad != nil || next != nonce+1 {
		t.Errorf("ann's next nonce is %d, expected %d (%v %v)", next, nonce+1, err, bad)
	}
}

func TestRegistryKeepsWhatItHas(t *testing.T) {
	w := newWorld(t, true)
	r, at := contracts.NewRegistry(), w.at.Registry
	owner, ann, next := key("deployer"), key("ann"), key("next")
	id := crypto.Keccak256Hash(address(ann).Bytes(), []byte("latest"))
	w.does("publish", ann, at, r.PackPublishPlugin("latest", 1))
	w.refuses("a second plugin of the name", "Exists", ann, at, r.PackPublishPlugin("latest", 1), 0)
	w.does("the name by another", next, at, r.PackPublishPlugin("latest", 2))
	commit := func(c byte) []byte {
		return r.PackCommitModel(contracts.RegistryCommit{Plugin: id, Commitment: [32]byte{c}, ShapeId: [32]byte{2}, ManifestCid: []byte("m")})
	}
	committed, err := r.UnpackModelCommittedEvent(w.does("commit", ann, at, commit(1))[0])
	if err != nil || committed.Version != 1 || committed.Plugin != id || committed.Commitment != [32]byte{1} {
		t.Errorf("committed: %+v %v", committed, err)
	}
	w.refuses("the same commitment", "Exists", ann, at, commit(1), 0)
	w.refuses("the zero commitment", "Zero", ann, at, commit(0), 0)
	w.refuses("a bond", "BondRefused", ann, at, commit(3), 1)
	w.refuses("a stranger's model", "NotPublisher", next, at, commit(3), 0)

	w.does("key", owner, at, r.PackAddKey([32]byte{1}, [32]byte{2}, true, nil))
	w.refuses("the key again", "Exists", owner, at, r.PackAddKey([32]byte{1}, [32]byte{2}, true, nil), 0)
	w.refuses("the key for another circuit", "Exists", owner, at, r.PackAddKey([32]byte{9}, [32]byte{2}, false, []byte("t")), 0)
	w.refuses("a stranger's key", "NotOwner", ann, at, r.PackAddKey([32]byte{1}, [32]byte{3}, true, nil), 0)

	w.refuses("a rotation by no node", "NotNode", ann, at, r.PackRotateNode(address(next)), 0)
	w.does("register", ann, at, r.PackRegisterNode([32]byte{1}, "http://a"))
	w.refuses("a rotation to no node", "NotNode", ann, at, r.PackRotateNode(address(next)), 0)
	w.refuses("a claim by no node", "NotNode", next, at, r.PackClaimNode(address(ann)), 0)
	w.refuses("a node without log key", "Zero", next, at, r.PackRegisterNode([32]byte{}, ""), 0)
	w.refuses("a long URL", "BadUrl", next, at, r.PackRegisterNode([32]byte{1}, strings.Repeat("a", 257)), 0)
	w.does("register the next key", next, at, r.PackRegisterNode([32]byte{7}, "http://a"))
	w.refuses("a rotation to a node that did not ask", "NotClaimed", ann, at, r.PackRotateNode(address(next)), 0)
	w.refuses("a claim of oneself", "NotNode", next, at, r.PackClaimNode(address(next)), 0)
	w.refuses("a claim of no node", "NotNode", next, at, r.PackClaimNode(address(owner)), 0)
	claimed, err := r.UnpackNodeClaimedEvent(w.does("claim", next, at, r.PackClaimNode(address(ann)))[0])
	if err != nil || claimed.Node != address(next) || claimed.Previous != address(ann) {
		t.Errorf("claimed: %+v %v", claimed, err)
	}
	w.does("register a stranger", owner, at, r.PackRegisterNode([32]byte{8}, ""))
	w.refuses("a rotation by another than the one claimed", "NotClaimed", owner, at, r.PackRotateNode(address(next)), 0)
	rotated, err := r.UnpackNodeRotatedEvent(w.does("rotate", ann, at, r.PackRotateNode(address(next)))[0])
	if err != nil || rotated.Node != address(ann) || rotated.Successor != address(next) {
		t.Errorf("rotated: %+v %v", rotated, err)
	}
	w.refuses("the old key", "NotNode", ann, at, r.PackRegisterNode([32]byte{1}, ""), 0)
	w.refuses("a claim of the old key", "NotNode", next, at, r.PackClaimNode(address(ann)), 0)
	w.refuses("a rotation back", "NotNode", next, at, r.PackRotateNode(address(ann)), 0)

	l := contracts.NewRunLog()
	w.refuses("an anchor by the old key", "NotNode", ann, w.at.RunLog, l.PackAnchor([32]byte{1}, 1, [32]byte{}), 0)
	w.does("an anchor", next, w.at.RunLog, l.PackAnchor([32]byte{1}, 5, [32]byte{5}))
	w.refuses("an anchor of the same size", "MustGrow", next, w.at.RunLog, l.PackAnchor([32]byte{1}, 5, [32]byte{6}), 0)
	w.refuses("a smaller anchor", "MustGrow", next, w.at.RunLog, l.PackAnchor([32]byte{1}, 4, [32]byte{6}), 0)
	w.refuses("an empty log", "MustGrow", next, w.at.RunLog, l.PackAnchor([32]byte{2}, 0, [32]byte{}), 0)
	w.does("another log", next, w.at.RunLog, l.PackAnchor([32]byte{2}, 1, [32]byte{}))
}

func TestDeployMayBeCalledAgain(t *testing.T) {
	w := newWorld(t, true)
	before, err := w.c.BlockNumber(ctx)
	if err != nil {
		t.Fatal(err)
	}
	at, err := contracts.Deploy(ctx, bind.NewKeyedTransactor(key("deployer"), chainID), w.c, true)
	if err != nil || at != w.at {
		t.Fatalf("%+v %v", at, err)
	}
	if after, err := w.c.BlockNumber(ctx); err != nil || after != before {
		t.Errorf("a second deployment made %d blocks (%v)", after-before, err)
	}
	// One that stopped after its first contract goes on.
	opts := bind.NewKeyedTransactor(key("next"), chainID)
	args := social.PackConstructor(true)
	_, tx, err := bind.DeployContract(opts, hexutil.MustDecode(contracts.SocialGraphMetaData.Bin), w.c, args)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := contracts.Mined(ctx, w.c, tx.Hash()); err != nil {
		t.Fatal(err)
	}
	if at, err = contracts.Deploy(ctx, opts, w.c, true); err != nil || at != contracts.AddressesOf(opts.From) {
		t.Fatalf("%+v %v", at, err)
	}
	w.does("the finished registry", key("ann"), at.Registry, contracts.NewRegistry().PackPublishPlugin("a", 1))
	// A key that did something else before is told so.
	w.does("something", key("bob"), w.at.SocialGraph, social.PackFollow(address(key("ann")), 1))
	if _, err := contracts.Deploy(ctx, bind.NewKeyedTransactor(key("bob"), chainID), w.c, true); err == nil || !strings.Contains(err.Error(), "fresh key") {
		t.Errorf("a used key: %v", err)
	}
}

// late is a chain whose receipts are there before the head that holds them.
type late struct{ asked, head int64 }

func (l *late) TransactionReceipt(context.Context, common.Hash) (*types.Receipt, error) {
	l.asked++
	return &types.Receipt{BlockNumber: big.NewInt(7)}, nil
}

func (l *late) HeaderByNumber(context.Context, *big.Int) (*types.Header, error) {
	if l.asked > 2 {
		l.head = 7
	}
	return &types.Header{Number: big.NewInt(l.head)}, nil
}

// TestMinedWaitsForTheHead: whoever reads the state after Mined finds the transaction in it.
func TestMinedWaitsForTheHead(t *testing.T) {
	chain := &late{head: 6}
	if _, err := contracts.Mined(t.Context(), chain, common.Hash{1}); err != nil || chain.head != 7 {
		t.Errorf("mined at head %d, %v: the receipt's block is 7", chain.head, err)
	}
}
