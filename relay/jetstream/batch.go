package jetstream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"candor/graph"
	"candor/relay"
)

// finding is how long the node's index may take to show what the chain has.
const finding = 60 * time.Second

// maxTries is how often an intent is sent that the node refuses for no fault of
// the intent's.
const maxTries = 8

// flight is a batch on its way.
type flight struct {
	items  []*item
	landed chan struct{} // closed when the rest is set
	states []intentAnswer
	unsure bool
	err    error
}

// prepare does what can be done before the batch ahead has landed: it learns the
// authors' nonces, looks for posts that are there already, sends documents and
// signs. It gives back what is still to be published.
func (im *importer) prepare(ctx context.Context, batch []*item) ([]*item, error) {
	if err := im.meet(ctx, batch); err != nil {
		return nil, err
	}
	batch, err := im.unpublished(ctx, batch)
	if err != nil {
		return nil, err
	}
	if batch, err = im.store(ctx, batch); err != nil {
		return nil, err
	}
	ahead := map[*author]uint64{}
	for _, it := range batch {
		it.nonce = it.author.next + ahead[it.author]
		ahead[it.author]++
		if _, err := im.sign(it); err != nil {
			return nil, err
		}
	}
	return batch, nil
}

// meet asks for the nonces of authors that appear for the first time.
func (im *importer) meet(ctx context.Context, batch []*item) error {
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(8)
	for _, it := range batch {
		a := it.author
		if a.known {
			continue
		}
		a.known = true
		g.Go(func() (err error) {
			a.next, err = im.node.nonce(gctx, a.addr)
			a.stranger = a.next > 0
			return err
		})
	}
	return g.Wait()
}

// unpublished takes out the posts that the node has already.
func (im *importer) unpublished(ctx context.Context, batch []*item) (rest []*item, err error) {
	var mu sync.Mutex
	there := map[*item]graph.PostID{}
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(8)
	for _, it := range batch {
		if it.action != graph.ActPost || !it.author.stranger {
			continue
		}
		g.Go(func() error {
			id, ok, err := im.node.post(gctx, it.author.addr, it.cid)
			if ok {
				mu.Lock()
				there[it] = id
				mu.Unlock()
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	for _, it := range batch {
		if id, ok := there[it]; ok {
			im.done(it, &id, "")
		} else {
			rest = append(rest, it)
		}
	}
	return rest, nil
}

// store sends the batch's documents.
func (im *importer) store(ctx context.Context, batch []*item) (rest []*item, err error) {
	var docs [][]byte
	for _, it := range batch {
		if it.doc != nil && !it.stored {
			docs = append(docs, it.doc)
		}
	}
	answers, err := im.node.blocks(ctx, docs)
	if err != nil {
		return nil, err
	}
	for _, it := range batch {
		if it.doc == nil || it.stored {
			rest = append(rest, it)
			continue
		}
		a := answers[0]
		answers = answers[1:]
		switch {
		case a.Error != "":
			im.done(it, nil, "the node refuses its document: "+a.Error)
		case a.CID != it.cid.String():
			return nil, fmt.Errorf("the node names a document %s that is %s: it is not to be trusted", a.CID, it.cid)
		default:
			it.stored = true
			rest = append(rest, it)
		}
	}
	return rest, nil
}

// sign makes the item's intent and signs it when that is not done yet; ok is false
// when one of its references is not published yet.
func (im *importer) sign(it *item) (ok bool, err error) {
	in := graph.Intent{
		Author: it.author.addr, Action: it.action, Nonce: it.nonce,
		Deadline: uint64(im.now.Add(deadline).Unix()),
		Time:     uint64(max(it.time+im.journal.header.Shift, 1)),
		Reaction: it.kind, Imported: it.action == graph.ActProfile,
	}
	if it.cid.Defined() {
		in.CID = it.cid.Bytes()
	}
	if it.target != "" {
		a, err := im.author(it.target)
		if err != nil {
			return false, err
		}
		in.Target = a.addr
	}
	for _, r := range []struct {
		uri string
		id  *graph.PostID
		cid *[]byte
	}{{it.subject, &in.Subject, &in.SubjectCID}, {it.quote, &in.Quote, &in.QuoteCID}} {
		if r.uri == "" {
			continue
		}
		p := im.posts[r.uri]
		if p.state != published {
			return false, nil
		}
		*r.id, *r.cid = p.id, p.cid.Bytes()
	}
	if it.signed && it.intent.Nonce == in.Nonce {
		return true, nil
	}
	sig, err := relay.Sign(in, im.chain.id, im.chain.contract, it.author.key)
	if err != nil {
		return false, err
	}
	if it.wire, err = relay.Wire(in, sig); err != nil {
		return false, err
	}
	it.intent, it.signed = in, true
	return true, nil
}

// plan gives nonces, signs what is not signed and tells the journal. What cannot
// be sent yet goes back to the queue, with all that its author did after it.
func (im *importer) plan(batch []*item) (ready []*item, err error) {
	held, pairs := map[*author]bool{}, pairs{}
	for _, it := range im.again {
		held[it.author] = true
		pairs.held(it)
	}
	var back []*item
	for _, it := range batch {
		if !im.possible(it) {
			continue
		}
		ok := !held[it.author] && !pairs.hold(it)
		if ok {
			it.nonce = it.author.next
			if ok, err = im.sign(it); err != nil {
				return nil, err
			}
		}
		if !ok {
			held[it.author] = true
			pairs.held(it)
			im.ground(it)
			back = append(back, it)
			continue
		}
		it.author.next++
		ready = append(ready, it)
		im.journal.pending.Plan = append(im.journal.pending.Plan, planned{it.line, it.nonce})
	}
	im.queue = append(append(im.again, back...), im.queue...)
	im.again = nil
	return ready, nil
}

// possible takes away references to posts that were refused meanwhile, and says
// whether the event can do without.
func (im *importer) possible(it *item) bool {
	for _, uri := range []*string{&it.subject, &it.quote} {
		if *uri == "" || !im.gone(*uri) {
			continue
		}
		im.report.Unresolved++
		if it.action != graph.ActPost {
			return false
		}
		*uri = ""
	}
	return true
}

// ground takes an item out of its batch.
func (im *importer) ground(it *item) {
	if it.action == graph.ActPost {
		im.posts[it.uri].gen = 0
	}
}

// send sends a planned batch; it has landed when all its states are known.
func (im *importer) send(ctx context.Context, batch []*item) (*flight, error) {
	wires := make([]relay.WireIntent, len(batch))
	for i, it := range batch {
		wires[i] = it.wire
	}
	body, err := json.Marshal(wires)
	if err != nil {
		return nil, err
	}
	f := &flight{items: batch, landed: make(chan struct{})}
	go func() {
		defer close(f.landed)
		f.states, f.unsure, f.err = im.node.intents(ctx, body, len(batch))
	}()
	return f, nil
}

// settle takes note of what became of a batch. What was not taken for no fault of
// its own is to be sent again.
func (im *importer) settle(ctx context.Context, f *flight) error {
	if f.err != nil {
		return f.err
	}
	used, wait := map[*author]uint64{}, false
	for i, it := range f.items {
		s := f.states[i]
		if s.State == "mined" {
			if err := im.mined(ctx, it, s.ID); err != nil {
				return err
			}
			continue
		}
		it.unsure = it.unsure || f.unsure || s.State == "pending" || s.Again
		next, ok := used[it.author]
		if !ok || s.State == "pending" && next <= it.nonce {
			var err error
			if next, err = im.next(ctx, it, s.State == "pending"); err != nil {
				return err
			}
			used[it.author] = next
		}
		if s.Error == "" {
			s.Error = "the node refuses it without a reason"
		}
		most := 1
		if s.Again {
			most, wait = maxTries, true
		}
		edge := it.target != ""
		switch {
		case next > it.nonce && (it.unsure || edge):
			// An answer that was lost; or the follow or block was there before the import.
			if err := im.mined(ctx, it, ""); err != nil {
				return err
			}
		case next > it.nonce:
			im.done(it, nil, s.Error)
		case next == it.nonce && it.tries >= most && s.Again:
			return fmt.Errorf("the node does not take line %d, see its log and run the import again to go on: %s", it.line, s.Error)
		case next == it.nonce && it.tries >= most:
			im.done(it, nil, s.Error)
			it.author.next = next
		default:
			if next == it.nonce {
				it.tries++
			}
			it.author.next = next
			im.ground(it)
			im.again = append(im.again, it)
			im.journal.pending.Done = append(im.journal.pending.Done, settled{Line: it.line, Again: true})
		}
	}
	if wait {
		return sleep(ctx, 250*time.Millisecond)
	}
	return nil
}

// next is the author's next nonce as the node has it; after a "pending" it waits
// until the item's own is used.
func (im *importer) next(ctx context.Context, it *item, pending bool) (uint64, error) {
	for end := time.Now().Add(finding); ; {
		n, err := im.node.nonce(ctx, it.author.addr)
		if err != nil || !pending || n > it.nonce {
			return n, err
		}
		if time.Now().After(end) {
			return 0, errors.New("the node's chain does not take the transactions, see its log and run the import again to go on")
		}
		if err := sleep(ctx, 250*time.Millisecond); err != nil {
			return 0, err
		}
	}
}

// mined settles an item that the chain took; a post's id is asked for when the
// answer does not have it.
func (im *importer) mined(ctx context.Context, it *item, position string) error {
	if it.action != graph.ActPost {
		im.done(it, nil, "")
		return nil
	}
	id, err := graph.ParsePosition(position)
	for end := time.Now().Add(finding); err != nil; {
		found, ok, ferr := im.node.post(ctx, it.author.addr, it.cid)
		if ferr != nil {
			return ferr
		}
		if ok {
			id = found
			break
		}
		if time.Now().After(end) {
			return fmt.Errorf("the chain took line %d but the node does not show its post %s: wait for its index and run the import again", it.line, it.cid)
		}
		if err := sleep(ctx, 250*time.Millisecond); err != nil {
			return err
		}
	}
	im.done(it, &id, "")
	return nil
}

// done settles an item: published, or refused for the reason.
func (im *importer) done(it *item, id *graph.PostID, no string) {
	s := settled{Line: it.line, ID: id, No: no}
	im.journal.pending.Done = append(im.journal.pending.Done, s)
	im.record(&it.act, s)
}

// recover settles what a run before this one had on its way when it ended.
func (im *importer) recover(ctx context.Context) error {
	plan := im.journal.plan
	var batch, rest []*item
	for len(batch) < len(plan) {
		it, err := im.read()
		if err != nil {
			return err
		}
		if it == nil {
			return errors.New("the import's journal names lines that the file does not publish: restore it, or move it away and import again")
		}
		if n, ok := plan[it.line]; ok {
			it.nonce, it.unsure = n, true
			batch = append(batch, it)
		} else {
			im.queue = append(im.queue, it)
		}
	}
	if err := im.meet(ctx, batch); err != nil {
		return err
	}
	for _, it := range batch {
		if it.nonce >= it.author.next {
			rest = append(rest, it)
		} else if err := im.mined(ctx, it, ""); err != nil {
			return err
		}
	}
	rest, err := im.store(ctx, rest)
	if err != nil {
		return err
	}
	for _, it := range rest {
		it.author.next = max(it.author.next, it.nonce+1)
		if ok, err := im.sign(it); err != nil {
			return err
		} else if !ok {
			return fmt.Errorf("the import's journal has line %d before the post that it refers to: restore it, or move it away and import again", it.line)
		}
	}
	if len(rest) > 0 {
		f, err := im.send(ctx, rest)
		if err != nil {
			return err
		}
		<-f.landed
		if err := im.settle(ctx, f); err != nil {
			return err
		}
	}
	im.queue = append(im.again, im.queue...)
	im.again = nil
	return im.journal.flush()
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
