package jetstream

import (
	"crypto/ecdsa"
	"errors"
	"io"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/relay"
)

// importer is the state of an import.
type importer struct {
	opts    Options
	now     time.Time
	facts   facts
	lines   *lines
	node    *node
	chain   chain
	journal *journal
	report  Report

	authors map[string]*author  // by DID
	posts   map[string]*post    // by URI
	follows map[string]string   // URI of a follow: the DID followed
	blocks  map[string]string   // URI of a block: the DID blocked
	people  map[string]bool     // the DIDs whose events the file has had so far
	reacts  map[string]reaction // URI of a like or repost
	active  map[[3]string]bool  // who follows or blocks whom, who reacted how to what
	queue   []*item             // read, and waiting for a batch
	again   []*item             // refused for no fault of their own
	gen     int                 // number of the batch that was filled last
	aloft   int                 // number of the batch on its way, 0 for none
	ended   bool                // the file is read
}

type author struct {
	key  *ecdsa.PrivateKey
	addr graph.Address
	// next is the nonce of its next intent, once it is known.
	next  uint64
	known bool
	// stranger says that the node had intents of the author that this run knows
	// nothing of, so that a post may be there already.
	stranger bool
	held     int // the batch in which the author's events wait from here on
}

// post is a post of the file.
type post struct {
	cid   cid.Cid // of its first content, by which all refer to it
	now   cid.Cid // of its content after the edits so far
	id    graph.PostID
	state state
	gen   int // the batch that it is in, 0 for none
}

type state uint8

const (
	waiting state = iota
	published
	dropped
)

type reaction struct {
	subject string
	kind    graph.ReactionKind
}

// item is an event on its way to the chain.
type item struct {
	act
	author *author
	nonce  uint64
	tries  int  // how often it was refused with the right nonce
	unsure bool // it may have arrived without an answer
	stored bool // its document is with the node
	intent graph.Intent
	wire   relay.WireIntent // signed intent, when signed
	signed bool
}

func (im *importer) author(did string) (*author, error) {
	if a := im.authors[did]; a != nil {
		return a, nil
	}
	k, err := authorKey(im.opts.Key, did)
	if err != nil {
		return nil, err
	}
	a := &author{key: k, addr: crypto.PubkeyToAddress(k.PublicKey)}
	im.authors[did] = a
	return a, nil
}

// read reads lines up to the next event that is to be published; nil at the end.
// What earlier runs settled is counted on the way.
func (im *importer) read() (*item, error) {
	for {
		line, err := im.lines.next()
		if err == io.EOF {
			im.ended = true
			return nil, nil
		} else if err != nil {
			return nil, err
		}
		n := im.lines.n
		if line == nil {
			im.report.skip(n, "it is longer than a megabyte")
			continue
		}
		a, err := parse(line)
		var u unsupported
		if errors.As(err, &u) {
			im.report.Unsupported[string(u)]++
			continue
		} else if err != nil {
			im.report.skip(n, err.Error())
			continue
		}
		a.line = n
		im.people[a.did] = true
		if !im.resolve(&a) {
			continue
		}
		was, ok := im.journal.done[n]
		if ok {
			im.report.Resumed++
			im.record(&a, was)
			continue
		}
		by, err := im.author(a.did)
		if err != nil {
			return nil, err
		}
		return &item{act: a, author: by}, nil
	}
}

// resolve completes an event by what the file said before, and says whether it is
// to be published. It depends on the file alone and on what the journal says of
// earlier lines, so that it decides the same in every run.
func (im *importer) resolve(a *act) bool {
	if a.delete {
		return im.resolveDelete(a)
	}
	switch a.action {
	case graph.ActPost:
		if _, again := im.posts[a.uri]; again {
			im.report.Repeated++
			return false
		}
		for _, ref := range []*string{&a.subject, &a.quote} {
			if *ref != "" && im.gone(*ref) {
				im.report.Unresolved++
				*ref = ""
			}
		}
		if !im.mention(a) {
			return false
		}
		im.posts[a.uri] = &post{cid: a.cid, now: a.cid}
	case graph.ActEdit:
		if im.gone(a.uri) {
			im.report.Unresolved++
			return false
		}
		if !im.mention(a) {
			return false
		}
		p := im.posts[a.uri]
		if p.now.Equals(a.cid) {
			im.report.Repeated++
			return false
		}
		p.now = a.cid
	case graph.ActFollow:
		im.follows[a.uri] = a.target
		if im.active[blocking(a.did, a.target)] || im.active[blocking(a.target, a.did)] {
			im.report.Unsupported[followCollection+" across a block"]++
			return false
		}
		return im.activate([3]string{a.did, a.target}, a.did != a.target)
	case graph.ActBlock:
		im.blocks[a.uri] = a.target
		if !im.activate(blocking(a.did, a.target), a.did != a.target) {
			return false
		}
		delete(im.active, [3]string{a.did, a.target}) // the contract ends both
		delete(im.active, [3]string{a.target, a.did})
	case graph.ActReact:
		if im.gone(a.subject) {
			im.report.Unresolved++
			return false
		}
		im.reacts[a.uri] = reaction{a.subject, a.kind}
		return im.activate([3]string{a.did, a.subject, string('0' + rune(a.kind))}, true)
	}
	return true
}

func blocking(who, whom string) [3]string { return [3]string{who, whom, "blocks"} }

// mention puts those whom a post names into its document: people whom the file
// knows by now. Others have no address here.
func (im *importer) mention(a *act) bool {
	for _, did := range a.mentions {
		if !im.people[did] || len(a.content.Mentions) == graph.MaxMentions {
			continue
		}
		who, err := im.author(did)
		if err != nil {
			im.report.skip(a.line, err.Error())
			return false
		}
		a.content.Mentions = append(a.content.Mentions, who.addr)
	}
	if len(a.content.Mentions) == 0 {
		return true
	}
	var err error
	if a.doc, a.cid, err = a.content.Encode(); err != nil {
		im.report.skip(a.line, err.Error())
	}
	return err == nil
}

func (im *importer) activate(key [3]string, possible bool) bool {
	if !possible || im.active[key] {
		im.report.Repeated++
		return false
	}
	im.active[key] = true
	return true
}

func (im *importer) resolveDelete(a *act) bool {
	var key [3]string
	if target, ok := im.follows[a.uri]; ok {
		a.action, a.target, key = graph.ActUnfollow, target, [3]string{a.did, target}
		delete(im.follows, a.uri)
	} else if target, ok := im.blocks[a.uri]; ok {
		a.action, a.target, key = graph.ActUnblock, target, blocking(a.did, target)
		delete(im.blocks, a.uri)
	} else if r, ok := im.reacts[a.uri]; ok {
		a.action, a.kind, a.subject = graph.ActUnreact, r.kind, r.subject
		key = [3]string{a.did, r.subject, string('0' + rune(r.kind))}
		delete(im.reacts, a.uri)
	} else if im.posts[a.uri] != nil && !im.gone(a.uri) {
		a.action, a.subject = graph.ActRemove, a.uri
		return true
	} else {
		im.report.Unresolved++
		return false
	}
	if !im.active[key] {
		im.report.Repeated++
		return false
	}
	delete(im.active, key)
	return true
}

// gone says that no post of that name will ever be published.
func (im *importer) gone(uri string) bool {
	p := im.posts[uri]
	return p == nil || p.state == dropped
}

// record takes note of what became of an event.
func (im *importer) record(a *act, s settled) {
	if p := im.posts[a.uri]; a.action == graph.ActPost && p != nil {
		p.state, p.gen = dropped, 0
		if s.ID != nil {
			p.state, p.id = published, *s.ID
		}
	}
	if s.No != "" {
		im.report.skip(a.line, s.No)
		return
	}
	im.report.count(a)
}

// fill takes what waits and then reads on, until the batch is full or too much
// waits for it. An event whose reference is in the batch itself waits, and so does
// all that its author did after it.
func (im *importer) fill() (batch []*item, err error) {
	im.gen++
	var later []*item
	postWaits, pairs := false, pairs{}
	take := func(it *item) {
		if len(batch) >= batchSize || it.author.held == im.gen || im.waits(it) || postWaits && it.action == graph.ActPost || pairs.hold(it) {
			it.author.held = im.gen
			pairs.held(it)
			later = append(later, it)
			postWaits = postWaits || it.action == graph.ActPost
			return
		}
		if it.action == graph.ActPost {
			im.posts[it.uri].gen = im.gen
		}
		batch = append(batch, it)
	}
	for _, it := range im.queue {
		take(it)
	}
	for !im.ended && len(batch) < batchSize && len(later) < laterEvents && !postWaits {
		it, err := im.read()
		if err != nil {
			return nil, err
		}
		if it != nil {
			take(it)
		}
	}
	im.queue = later
	return batch, nil
}

// pairs are pairs of people one of whom waits to do something about the other: a
// block and what it ends, or lets begin, keep their order.
type pairs map[[2]string]bool // true: to block or unblock

func (p pairs) of(it *item) [2]string {
	return [2]string{min(it.did, it.target), max(it.did, it.target)}
}

func (p pairs) blocks(it *item) bool {
	return it.action == graph.ActBlock || it.action == graph.ActUnblock
}

// hold says that the item must wait for one that waits.
func (p pairs) hold(it *item) bool {
	blocks, waits := p[p.of(it)]
	return it.target != "" && waits && (blocks || p.blocks(it))
}

// held takes note of an item that waits.
func (p pairs) held(it *item) {
	if it.target != "" {
		p[p.of(it)] = p[p.of(it)] || p.blocks(it)
	}
}

// waits says that a post that the event refers to is neither published nor on its
// way.
func (im *importer) waits(it *item) bool {
	for _, uri := range []string{it.subject, it.quote} {
		if p := im.posts[uri]; uri != "" && p.state == waiting && (p.gen == 0 || p.gen != im.aloft) {
			return true
		}
	}
	return false
}
