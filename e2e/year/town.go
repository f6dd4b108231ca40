package year

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/big"

	"candor/contracts"
	"candor/graph"
	"candor/graph/embed"
	"candor/graph/fold"
	"candor/indexer/evm"
	devchain "candor/local/chain"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
)

// town is a few dozen people on the year's chain, whose posts the runs rank, and the
// node's mirror of what they did.
type town struct {
	address graph.Address // SocialGraph
	carrier *ecdsa.PrivateKey
	people  []*person
	source  *evm.Source
	mirror  *fold.State
	head    graph.Block
	root    graph.Hash     // of the mirror at the head
	before  graph.Hash     // the day before
	posts   []posted       // all that ever were
	waiting []graph.Intent // to be carried to the chain
	signed  [][]byte
	late    map[cid.Cid][]byte // documents that come with the next blocks
}

type person struct {
	key   *ecdsa.PrivateKey
	nonce uint64
}

type posted struct {
	graph.Ref
	by int
}

// openTown founds the town: everybody has a profile, follows some and has posted.
func (w *World) openTown(ctx context.Context, at graph.Address) (err error) {
	t := &town{address: at, carrier: key("carrier"), mirror: fold.New(embed.Text), late: map[cid.Cid][]byte{}}
	w.town = t
	if t.source, err = evm.Dial([]string{w.RPC}, evm.Config{Contract: at, Genesis: w.genesis, ChainID: devchain.ID}); err != nil {
		return err
	}
	w.done = append(w.done, func() error { t.source.Close(); return nil })
	for i := range w.Size.People {
		t.people = append(t.people, &person{key: key(fmt.Sprint("person", i))})
		quiet := i%9 == 8
		if err := w.say(graph.Intent{Action: graph.ActProfile}, i, graph.ProfileContent{DisplayName: fmt.Sprint("Person ", i), HideFromAlgorithmicRecommendations: quiet}); err != nil {
			return err
		}
	}
	for i := range t.people {
		for k := 1; k <= 4; k++ {
			t.act(graph.Intent{Action: graph.ActFollow, Target: t.person((i + k*k) % len(t.people))}, i)
		}
	}
	for range 2 {
		for i := range t.people {
			if err := w.post(i, w.sentence(), nil); err != nil {
				return err
			}
		}
	}
	return w.mirrored(ctx)
}

func (t *town) person(i int) graph.Address { return address(t.people[i].key) }

// day is what happens between two looks at the town: posts and copies of them, replies,
// likes, reposts, follows, an edit, a removal, a block, and an operator's whim.
func (w *World) day(ctx context.Context) error {
	t, n := w.town, len(w.town.people)
	someone := func() int { return w.rand.IntN(n) }
	recent := func() posted { return t.posts[max(0, len(t.posts)-1-w.rand.IntN(60))] }
	for range 3 {
		if err := w.post(someone(), w.sentence(), nil); err != nil {
			return err
		}
	}
	copied := w.sentence() + ", as everybody in town has heard by now"
	for k := range 2 { // a flood, for the filter to find
		if err := w.post((k+1)%n, copied, nil); err != nil {
			return err
		}
	}
	for range 2 {
		p := recent()
		if err := w.post(someone(), w.sentence(), &p); err != nil {
			return err
		}
	}
	for k := range 8 {
		p := recent()
		t.act(graph.Intent{Action: graph.ActReact, Subject: p.ID, SubjectCID: p.CID.Bytes(), Reaction: graph.ReactionKind(1 + k/6)}, someone())
	}
	t.act(graph.Intent{Action: graph.ActFollow, Target: t.person(someone())}, someone())
	t.act(graph.Intent{Action: graph.ActBlock, Target: t.person(someone())}, someone())
	if p := recent(); w.rand.IntN(3) == 0 {
		t.act(graph.Intent{Action: graph.ActRemove, Subject: p.ID, SubjectCID: p.CID.Bytes()}, p.by)
	} else if err := w.say(graph.Intent{Action: graph.ActEdit, Subject: p.ID, SubjectCID: p.CID.Bytes()}, p.by, graph.PostContent{Text: w.sentence()}); err != nil {
		return err
	}
	return w.mirrored(ctx)
}

// document is what a post or a profile says.
type document interface {
	Encode() (doc []byte, c cid.Cid, err error)
}

func (w *World) post(by int, text string, about *posted) error {
	in := graph.Intent{Action: graph.ActPost}
	if about != nil {
		in.Subject, in.SubjectCID = about.ID, about.CID.Bytes()
	}
	return w.say(in, by, graph.PostContent{Text: text, Langs: []string{"en"}})
}

// say does what names a document. One in fifteen is not there in time, and one of three of
// those never.
func (w *World) say(in graph.Intent, by int, d document) error {
	doc, c, err := d.Encode()
	if err != nil {
		return err
	}
	in.CID = c.Bytes()
	switch w.rand.IntN(45) {
	case 0:
	case 1, 2:
		w.town.late[c] = doc
	default:
		w.blocks[c.String()] = doc
	}
	w.town.act(in, by)
	return nil
}

// act has a person sign what is carried to the chain with the rest of the day. What changes
// nothing, such as a second follow, the chain refuses or the mirror passes over.
func (t *town) act(in graph.Intent, by int) {
	p := t.people[by]
	in.Author, in.Nonce, in.Deadline = address(p.key), p.nonce, 1<<62
	p.nonce++
	digest := in.Digest(big.NewInt(devchain.ID), t.address)
	sig, err := crypto.Sign(digest[:], p.key)
	if err != nil {
		panic(err) // the key is one and the digest has 32 bytes
	}
	sig[64] += 27
	t.waiting, t.signed = append(t.waiting, in), append(t.signed, sig)
}

// carried puts what waits onto the chain, in as many transactions as blocks have room for.
func (w *World) carried(ctx context.Context) error {
	t, social := w.town, contracts.NewSocialGraph()
	for len(t.waiting) > 0 {
		n := min(len(t.waiting), 120)
		intents := make([]contracts.SocialGraphIntent, n)
		for i, in := range t.waiting[:n] {
			intents[i] = contracts.SocialGraphIntent{Author: in.Author, Action: uint8(in.Action), Nonce: in.Nonce, Deadline: in.Deadline, Time: in.Time,
				Target: in.Target, Cid: in.CID, Subject: in.Subject.Bytes(), SubjectCid: in.SubjectCID, Quote: in.Quote.Bytes(), QuoteCid: in.QuoteCID,
				Reaction: uint8(in.Reaction), Imported: in.Imported}
		}
		opts := bind.NewKeyedTransactor(t.carrier, big.NewInt(devchain.ID))
		opts.GasLimit = devchain.GasLimit / 4
		tx, err := bind.Transact(social.Instance(w.chain.Client(), t.address), opts, social.PackSubmit(intents, t.signed[:n]))
		if err != nil {
			return err
		}
		receipt, err := contracts.Mined(ctx, w.chain.Client(), tx.Hash())
		if err != nil {
			return err
		}
		if receipt.Status != types.ReceiptStatusSuccessful {
			return errors.New("the chain did not take what the town did")
		}
		t.waiting, t.signed = t.waiting[n:], t.signed[n:]
	}
	return nil
}

// mirrored carries what waits to the chain and has the node index the chain, as candor
// does, up to its head.
func (w *World) mirrored(ctx context.Context) error {
	t := w.town
	late := t.late
	t.late = map[cid.Cid][]byte{}
	for _, in := range t.waiting { // what was said just now is late for the next time
		if c, err := cid.Cast(in.CID); err == nil && late[c] != nil {
			t.late[c] = late[c]
			delete(late, c)
		}
	}
	if err := w.carried(ctx); err != nil {
		return err
	}
	w.chain.Commit()
	head, err := w.chain.Client().BlockNumber(ctx)
	if err != nil {
		return err
	}
	for t.head.Number < head {
		blocks, err := t.source.Blocks(ctx, t.head.Number, head)
		if err != nil {
			return err
		}
		for _, b := range blocks {
			batch := graph.Batch{Block: b.Block, Events: b.Events, Contents: map[cid.Cid][]byte{}}
			if b.Number == head {
				batch.Late = late
				for c, doc := range late {
					w.blocks[c.String()] = doc
				}
				t.whim(w, &batch)
			}
			for _, e := range b.Events {
				if doc := w.blocks[e.CID.String()]; doc != nil {
					batch.Contents[e.CID] = doc
				}
				if e.Action == graph.ActPost {
					t.posts = append(t.posts, posted{graph.Ref{ID: e.ID, CID: e.CID}, t.who(e.Author)})
				}
			}
			if err := t.mirror.Apply(batch); err != nil {
				return fmt.Errorf("the node's mirror: %w", err)
			}
			t.head = b.Block
		}
	}
	w.seen = map[graph.Address]*considered{}
	snap, err := t.mirror.At(head)
	if err != nil {
		return err
	}
	t.before = t.root
	t.root, err = snap.MirrorRoot()
	return err
}

// whim has the operator withhold a post now and then, and show one again.
func (t *town) whim(w *World, b *graph.Batch) {
	if len(t.posts) == 0 || w.rand.IntN(2) == 0 {
		return
	}
	c := t.posts[w.rand.IntN(len(t.posts))].CID
	if w.rand.IntN(3) == 0 {
		b.Restore = []cid.Cid{c}
	} else {
		b.Withhold = []cid.Cid{c}
	}
}

func (t *town) who(a graph.Address) int {
	for i := range t.people {
		if t.person(i) == a {
			return i
		}
	}
	return 0
}

var words = [4][]string{
	{"The bakery at the corner", "Our choir", "A train from the north", "My neighbour's garden", "The old library", "Somebody's dog", "The market hall", "A teacher", "The river", "This year's harvest"},
	{"opens again", "sings louder", "arrived late", "lost a wheel", "needs helping hands", "gives away seedlings", "has a new roof", "was seen in the rain", "freezes over", "smells of bread"},
	{"on Sunday morning", "before the snow", "while nobody listens", "behind the church", "for the third time", "at the foot of the mountain", "near the canal", "after the long summer", "without any noise", "in the middle of the night"},
	{"and we liked it", "and nobody knows why", "which is good news", "so bring your friends", "says the newspaper", "but do not tell them", "as in every year", "and I have pictures", "if the weather holds", "or so they say"},
}

// sentence is one of ten thousand.
func (w *World) sentence() (s string) {
	for i, column := range words {
		if i > 0 {
			s += " "
		}
		s += column[w.rand.IntN(len(column))]
	}
	return fmt.Sprintf("%s, %d", s, w.rand.IntN(1000))
}
