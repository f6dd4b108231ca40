package relay_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/graph"
	"candor/relay"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
	mh "github.com/multiformats/go-multihash"
)

func TestEveryActionIsCarriedToItsPosition(t *testing.T) {
	w := newWorld(t, nil)
	ann, bob := key("ann"), key("bob")
	c := document("hello")
	first := w.submit(
		w.sign(ann, graph.Intent{Action: graph.ActProfile, CID: document("ann").Bytes(), Imported: true}),
		w.sign(bob, graph.Intent{Action: graph.ActPost, CID: c.Bytes(), Time: 7}),
	)
	id := first[1].ID
	ref := func(in graph.Intent) graph.Intent {
		in.Subject, in.SubjectCID = id, c.Bytes()
		return in
	}
	rest := w.submit(
		w.sign(ann, graph.Intent{Action: graph.ActFollow, Nonce: 1, Target: address(bob)}),
		w.sign(ann, ref(graph.Intent{Action: graph.ActReact, Nonce: 2, Reaction: graph.Like})),
		w.sign(ann, ref(graph.Intent{Action: graph.ActUnreact, Nonce: 3, Reaction: graph.Like})),
		w.sign(ann, ref(graph.Intent{Action: graph.ActPost, Nonce: 4, CID: document("re").Bytes(), Quote: id, QuoteCID: c.Bytes()})),
		w.sign(ann, graph.Intent{Action: graph.ActUnfollow, Nonce: 5, Target: address(bob)}),
		w.sign(bob, ref(graph.Intent{Action: graph.ActRemove, Nonce: 1})),
		w.sign(bob, graph.Intent{Action: graph.ActApproval, Nonce: 2}),
		w.sign(ann, graph.Intent{Action: graph.ActFollow, Nonce: 6, Target: address(bob)}),
		w.sign(bob, graph.Intent{Action: graph.ActApprove, Nonce: 3, Target: address(ann)}),
		w.sign(bob, graph.Intent{Action: graph.ActRefuse, Nonce: 4, Target: address(ann)}),
		w.sign(bob, graph.Intent{Action: graph.ActBlock, Nonce: 5, Target: address(ann)}),
		w.sign(bob, graph.Intent{Action: graph.ActUnblock, Nonce: 6, Target: address(ann)}),
		w.sign(bob, graph.Intent{Action: graph.ActClosed, Nonce: 7}),
		w.sign(bob, graph.Intent{Action: graph.ActOpen, Nonce: 8}),
		w.sign(bob, ref(graph.Intent{Action: graph.ActEdit, Nonce: 9, CID: document("later").Bytes()})),
	)
	last := graph.Position{}
	for i, r := range append(first, rest...) {
		if r.State != relay.Mined {
			t.Fatalf("intent %d: %+v", i, r)
		}
		if r.ID.Compare(last) <= 0 {
			t.Errorf("intent %d is at %s, not after %s", i, r.ID, last)
		}
		last = r.ID
		receipt, err := w.chain.Client().TransactionReceipt(context.Background(), r.Tx)
		if err != nil || receipt.BlockNumber.Uint64() != r.ID.Block || uint32(receipt.TransactionIndex) != r.ID.Tx {
			t.Fatalf("intent %d: its transaction is not at %s: %v", i, r.ID, err)
		}
	}
}

// What the relay refuses before anyone pays. The contract's own refusals of the
// same are tested beside it.
func TestRefusesWhatTheContractWould(t *testing.T) {
	w := newWorld(t, nil)
	ann, eve := key("ann"), key("eve")
	c := document("hello").Bytes()
	here := graph.Position{Block: 1, Log: 1}
	v0 := cid.NewCidV0(sum([]byte("x"))).Bytes()
	long := cid.NewCidV1(cid.DagJSON, mhIdentity(t, 62)).Bytes()
	signed := func(in graph.Intent) relay.SignedIntent { return w.sign(ann, in) }
	with := func(si relay.SignedIntent, f func(*relay.SignedIntent)) relay.SignedIntent {
		si.Signature = bytes.Clone(si.Signature)
		f(&si)
		return si
	}
	good := signed(post(0))
	wrongChain, err := relay.Sign(good.Intent, big.NewInt(1), w.at.SocialGraph, ann)
	if err != nil {
		t.Fatal(err)
	}
	wrongContract, err := relay.Sign(good.Intent, chainID, w.at.Registry, ann)
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		si   relay.SignedIntent
		says string
	}{
		"forged":           {with(w.sign(eve, post(0)), func(s *relay.SignedIntent) { s.Intent.Author = address(ann) }), "not by"},
		"changed":          {with(good, func(s *relay.SignedIntent) { s.Intent.Time++ }), "not by"},
		"wrong chain":      {with(good, func(s *relay.SignedIntent) { s.Signature = wrongChain }), "not by"},
		"wrong contract":   {with(good, func(s *relay.SignedIntent) { s.Signature = wrongContract }), "not by"},
		"malleable s":      {with(good, malleate), "upper half"},
		"v of 0":           {with(good, func(s *relay.SignedIntent) { s.Signature[64] -= 27 }), "27 or 28"},
		"short signature":  {with(good, func(s *relay.SignedIntent) { s.Signature = s.Signature[:64] }), "65 bytes"},
		"no signature":     {with(good, func(s *relay.SignedIntent) { s.Signature = nil }), "65 bytes"},
		"zero signature":   {with(good, func(s *relay.SignedIntent) { s.Signature = append(make([]byte, 64), 27) }), "not by"},
		"expired":          {signed(graph.Intent{Action: graph.ActPost, CID: c, Deadline: 1}), "expired"},
		"nonce too high":   {signed(post(1)), "too early: the author's next is 0"},
		"self-follow":      {signed(graph.Intent{Action: graph.ActFollow, Target: address(ann)}), "itself"},
		"follow no one":    {signed(graph.Intent{Action: graph.ActFollow}), "needs a target"},
		"CID too long":     {signed(graph.Intent{Action: graph.ActPost, CID: long}), "at most 64"},
		"no CID":           {signed(graph.Intent{Action: graph.ActPost}), "needs a cid"},
		"bytes, no CID":    {signed(graph.Intent{Action: graph.ActPost, CID: []byte{1, 2, 3}}), "no CID"},
		"CID with a tail":  {signed(graph.Intent{Action: graph.ActPost, CID: append(bytes.Clone(c), 0)}), "no CID"},
		"CIDv0":            {signed(graph.Intent{Action: graph.ActPost, CID: v0}), "version 0"},
		"half a reference": {signed(graph.Intent{Action: graph.ActPost, CID: c, Subject: here}), "send both"},
		"other half":       {signed(graph.Intent{Action: graph.ActReact, SubjectCID: c, Reaction: graph.Like}), "send both"},
		"no reaction":      {signed(graph.Intent{Action: graph.ActReact, Subject: here, SubjectCID: c}), "needs a reaction"},
		"reaction 3":       {signed(graph.Intent{Action: graph.ActReact, Subject: here, SubjectCID: c, Reaction: 3}), "no reaction 3"},
		"action 0":         {signed(graph.Intent{}), "no action 0"},
		"a request":        {signed(graph.Intent{Action: graph.ActRequest, Target: address(eve)}), "no action 16"},
		"action 17":        {signed(graph.Intent{Action: 17}), "no action 17"},
		"self-block":       {signed(graph.Intent{Action: graph.ActBlock, Target: address(ann)}), "itself"},
		"refuse no one":    {signed(graph.Intent{Action: graph.ActRefuse}), "needs a target"},
		"an edit to none":  {signed(graph.Intent{Action: graph.ActEdit, Subject: here, SubjectCID: c}), "needs a cid"},
		"an edit of none":  {signed(graph.Intent{Action: graph.ActEdit, CID: c}), "needs a subject"},
		"targeted policy":  {signed(graph.Intent{Action: graph.ActClosed, Target: address(eve)}), "has no target"},
		"quoting edit":     {signed(graph.Intent{Action: graph.ActEdit, CID: c, Subject: here, SubjectCID: c, Quote: here}), "has no quote"},
		"imported post":    {signed(graph.Intent{Action: graph.ActPost, CID: c, Imported: true}), "only profiles"},
		"stray target":     {signed(graph.Intent{Action: graph.ActPost, CID: c, Target: address(eve)}), "has no target"},
		"stray quote":      {signed(graph.Intent{Action: graph.ActFollow, Target: address(eve), Quote: here}), "has no quote"},
	} {
		got := w.submit(tc.si)[0]
		if got.State != relay.Refused || !strings.Contains(got.Error, tc.says) {
			t.Errorf("%s: %+v, expected a refusal that says %q", name, got, tc.says)
		}
	}
	head, err := w.chain.Client().BlockNumber(context.Background())
	if err != nil || head != 4 { // the contracts
		t.Errorf("the head is %d, not 4: a refusal reached the chain (%v)", head, err)
	}
	if got := w.submit(good)[0]; got.State != relay.Mined {
		t.Fatalf("the good one: %+v", got)
	}
	if got := w.submit(good)[0]; got.State != relay.Refused || !strings.Contains(got.Error, "used already: the author's next is 1") {
		t.Errorf("replayed: %+v", got)
	}
	if got := w.submit(signed(post(1)), signed(post(1)))[1]; got.State != relay.Refused || !strings.Contains(got.Error, "used already") {
		t.Errorf("replayed within a batch: %+v", got)
	}
}

func malleate(s *relay.SignedIntent) {
	sHigh := new(big.Int).Sub(crypto.S256().Params().N, new(big.Int).SetBytes(s.Signature[32:64]))
	sHigh.FillBytes(s.Signature[32:64])
	s.Signature[64] = 27 + 28 - s.Signature[64]
}

func sum(b []byte) mh.Multihash {
	h, err := mh.Sum(b, mh.SHA2_256, -1)
	if err != nil {
		panic(err)
	}
	return h
}

func mhIdentity(t *testing.T, n int) mh.Multihash {
	t.Helper()
	h, err := mh.Sum(make([]byte, n), mh.IDENTITY, -1)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestImportedProfilesAreForDevelopmentChains(t *testing.T) {
	w := newWorld(t, func(c *relay.Config) { c.Development = false })
	got := w.submit(w.sign(key("ann"), graph.Intent{Action: graph.ActProfile, CID: document("a").Bytes(), Imported: true}))[0]
	if got.State != relay.Refused || !strings.Contains(got.Error, "development chains only") {
		t.Fatalf("%+v", got)
	}
}

// A void follow is refused by the contract, uses up its nonce, and holds up nothing.
func TestVoidFollowStandsAlone(t *testing.T) {
	w := newWorld(t, nil)
	ann, bob := key("ann"), address(key("bob"))
	got := w.submit(
		w.sign(ann, graph.Intent{Action: graph.ActFollow, Nonce: 0, Target: bob}),
		w.sign(ann, graph.Intent{Action: graph.ActFollow, Nonce: 1, Target: bob}),
		w.sign(ann, graph.Intent{Action: graph.ActUnfollow, Nonce: 2, Target: bob}),
	)
	if got[0].State != relay.Mined || got[2].State != relay.Mined {
		t.Fatalf("%+v", got)
	}
	if got[1].State != relay.Refused || !strings.Contains(got[1].Error, "follows the target already") {
		t.Errorf("the void follow: %+v", got[1])
	}
	if next, err := w.relay.Nonce(context.Background(), address(ann)); err != nil || next != 3 {
		t.Errorf("next nonce %d, %v", next, err)
	}
}

func TestManyRequestsAtOnce(t *testing.T) {
	w := newWorld(t, nil)
	const authors, each = 12, 6
	var wg sync.WaitGroup
	var mu sync.Mutex
	seen := map[graph.Position]bool{}
	for a := range authors {
		wg.Go(func() {
			k := key(fmt.Sprint("author ", a))
			for n := range each {
				r := w.submit(w.sign(k, post(uint64(n))))[0]
				mu.Lock()
				if r.State != relay.Mined || seen[r.ID] {
					t.Errorf("author %d, post %d: %+v", a, n, r)
				}
				seen[r.ID] = true
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}

// A relay that dies between two requests leaves an author who asks for its nonce
// and goes on; one that was restarted takes over its account.
func TestAnotherRelayGoesOn(t *testing.T) {
	var cfg relay.Config
	w := newWorld(t, func(c *relay.Config) { cfg = *c })
	ann := key("ann")
	if got := w.submit(w.sign(ann, post(0)))[0]; got.State != relay.Mined {
		t.Fatalf("%+v", got)
	}
	w.relay.Close()
	if got := w.submit(w.sign(ann, post(1)))[0]; got.State == relay.Mined {
		t.Fatalf("a closed relay carried: %+v", got)
	}
	again, err := relay.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	next, err := again.Nonce(context.Background(), address(ann))
	if err != nil || next != 1 {
		t.Fatalf("nonce %d, %v", next, err)
	}
	got := again.Submit(context.Background(), []relay.SignedIntent{w.sign(ann, post(0)), w.sign(ann, post(1))})
	if got[0].State != relay.Refused || got[1].State != relay.Mined {
		t.Fatalf("%+v", got)
	}
}

func TestQuotaHoldsOneAuthorBack(t *testing.T) {
	w := newWorld(t, func(c *relay.Config) {
		c.Quota = &relay.Hourly{PerAuthor: 2, Intents: 3, BlockBytes: 60}
	})
	ann, bob := key("ann"), key("bob")
	got := w.submit(w.sign(ann, post(0)), w.sign(ann, post(1)), w.sign(ann, post(2)), w.sign(bob, post(0)), w.sign(bob, post(1)))
	for i, want := range []relay.State{relay.Mined, relay.Mined, relay.Refused, relay.Mined, relay.Refused} {
		if got[i].State != want {
			t.Errorf("intent %d: %+v, expected %s", i, got[i], want)
		}
	}
	doc, _, err := graph.PostContent{Text: "twenty bytes or so"}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	blocks, err := w.relay.Blocks(context.Background(), [][]byte{doc, doc})
	if err != nil || blocks[0].Err != nil || blocks[1].Err == nil {
		t.Errorf("documents: %+v", blocks)
	}
}

func TestBlocksAreCheckedThenKept(t *testing.T) {
	w := newWorld(t, nil)
	postDoc, postCID, err := graph.PostContent{Text: "hello"}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	profileDoc, profileCID, err := graph.ProfileContent{DisplayName: "Ann"}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	bad := [][]byte{
		nil, []byte("{"), []byte("[]"), []byte(`{"$type":"candor.post/v1"}`), []byte(`{"$type":"candor.post/v1","text":"a","x":1}`),
		[]byte(`{"$type":"other","text":"a"}`), []byte(`{"$type":"candor.post/v1","text":"a"} {}`),
		[]byte(`{"$type":"candor.post/v1","text":"` + strings.Repeat("a", graph.MaxDocument) + `"}`),
	}
	got, err := w.relay.Blocks(context.Background(), append([][]byte{postDoc, profileDoc}, bad...))
	if err != nil || got[0].Err != nil || !got[0].CID.Equals(postCID) || got[1].Err != nil || !got[1].CID.Equals(profileCID) {
		t.Fatalf("good documents: %+v", got[:2])
	}
	for i, r := range got[2:] {
		if r.Err == nil {
			t.Errorf("document %.60q was kept", bad[i])
		}
	}
	if len(w.pins.kept) != 2 {
		t.Errorf("%d documents were kept, not 2", len(w.pins.kept))
	}
	w.pins.err = errors.New("the disk is full")
	// No document is to blame, or an importer would give it up for good.
	if got, err := w.relay.Blocks(context.Background(), [][]byte{postDoc}); err == nil || !strings.Contains(err.Error(), "disk is full") {
		t.Errorf("a failing pinner: %+v %v", got, err)
	}
}

// A burst of 200 an array, one array after the other, as an importer sends them.
func TestThroughput(t *testing.T) {
	w := newWorld(t, nil)
	const batches, size = 5, 200
	var all [][]relay.SignedIntent
	for b := range batches {
		batch := make([]relay.SignedIntent, size)
		for i := range batch {
			batch[i] = w.sign(key(fmt.Sprint(i%40)), post(uint64(b*size/40+i/40)))
		}
		all = append(all, batch)
	}
	began := time.Now()
	for _, batch := range all {
		for i, r := range w.submit(batch...) {
			if r.State != relay.Mined {
				t.Fatalf("intent %d: %+v", i, r)
			}
		}
	}
	rate := float64(batches*size) / time.Since(began).Seconds()
	t.Logf("%.0f intents a second", rate)
	if rate < 100 { // the aim is 400 on an idle machine; tests share theirs
		t.Errorf("%.0f intents a second", rate)
	}
}

// The dearest intents that there are: an author's first follow takes two new
// slots, a post with three long CIDs most bytes.
func TestGasIsEnough(t *testing.T) {
	w := newWorld(t, nil)
	long := cid.NewCidV1(cid.DagJSON, mhIdentity(t, 59)).Bytes()
	if len(long) != graph.MaxCID {
		t.Fatalf("the CID has %d bytes", len(long))
	}
	here := graph.Position{Block: 1 << 60, Tx: 1 << 30, Log: 1 << 30}
	var all []relay.SignedIntent
	for i := range 150 {
		k := key(fmt.Sprint("first ", i))
		all = append(all, w.sign(k, graph.Intent{Action: graph.ActFollow, Target: address(key("star")), Time: 1 << 60}),
			w.sign(k, graph.Intent{Action: graph.ActPost, Nonce: 1, Time: 1 << 60, CID: long, Subject: here, SubjectCID: long, Quote: here, QuoteCID: long}))
	}
	txs := map[graph.Hash]bool{}
	for i, r := range w.submit(all...) {
		if r.State != relay.Mined {
			t.Fatalf("intent %d: %+v", i, r)
		}
		txs[r.Tx] = true
	}
	for tx := range txs {
		receipt, err := w.chain.Client().TransactionReceipt(context.Background(), tx)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%d intents, %d gas each", len(receipt.Logs), receipt.GasUsed/uint64(len(receipt.Logs)))
	}
}
