package tables

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/ipfs/go-cid"

	"candor/graph"
)

// parsed is what a document turned out to be.
type parsed struct {
	doc               []byte
	asPost, asProfile bool // it is asked for as one
	post, profile     bool // and it is one
	embedding         graph.Embedding
}

// parse reads the documents that the blocks' events name and that were not read
// yet: texts are embedded before the tables are locked, while they are read.
func (g *group) parse(bs []graph.Batch, workers int) {
	asked := [3]map[cid.Cid]bool{aPost: {}, aProfile: {}}
	for _, b := range bs {
		for _, e := range b.Events {
			switch e.Action {
			case graph.ActPost, graph.ActEdit:
				asked[aPost][e.CID] = true
			case graph.ActProfile:
				asked[aProfile][e.CID] = true
			}
		}
	}
	g.read(bs, workers, func(c cid.Cid) (post, profile bool) { return asked[aPost][c], asked[aProfile][c] })
}

// parseMore reads those that only rows of the tables wait for.
func (g *group) parseMore(bs []graph.Batch, workers int) {
	g.read(bs, workers, func(c cid.Cid) (post, profile bool) { return len(g.versions[c]) > 0, len(g.named[c]) > 0 })
}

func (g *group) read(bs []graph.Batch, workers int, asked func(cid.Cid) (post, profile bool)) {
	var work []*parsed
	for _, b := range bs {
		for _, docs := range []map[cid.Cid][]byte{b.Contents, b.Late} {
			for c, doc := range docs {
				post, profile := asked(c)
				old := g.parsed[c]
				if old != nil {
					post, profile = post && !old.asPost, profile && !old.asProfile
				}
				if !post && !profile {
					continue
				}
				if old == nil {
					old = &parsed{doc: doc}
					g.parsed[c] = old
				}
				old.asPost, old.asProfile = old.asPost || post, old.asProfile || profile
				work = append(work, old)
			}
		}
	}
	next := make(chan *parsed, len(work))
	for _, p := range work {
		next <- p
	}
	close(next)
	var wg sync.WaitGroup
	for range min(workers, len(work)) {
		wg.Go(func() {
			for p := range next {
				p.read(g.embed)
			}
		})
	}
	wg.Wait()
}

func (p *parsed) read(embed func(string) graph.Embedding) {
	if p.asPost {
		content, err := graph.ParsePost(p.doc)
		if p.post = err == nil; p.post {
			p.embedding = embed(content.Text)
		}
	}
	if p.asProfile {
		_, err := graph.ParseProfile(p.doc)
		p.profile = err == nil
	}
}

// contents makes present what the batch brings, and what stands beside a present
// twin, by the rule of fold.State.
func (g *group) contents(b graph.Batch) error {
	touched := map[cid.Cid]bool{}
	for _, e := range b.Events {
		if e.Names() {
			touched[e.CID] = false
		}
	}
	for _, docs := range []map[cid.Cid][]byte{b.Contents, b.Late} {
		for c := range docs {
			touched[c] = true
		}
	}
	for c, served := range touched {
		if err := g.presentPosts(b.Block.Number, c, served); err != nil {
			return err
		}
		g.presentProfiles(b.Block.Number, c, served)
	}
	return nil
}

func (g *group) presentPosts(n uint64, c cid.Cid, served bool) error {
	var waiting []*version
	known := g.twins[aPost][c]
	for _, v := range g.versions[c] {
		if v.to == never && v.present == never {
			waiting = append(waiting, v)
		}
		known = known || v.shown()
	}
	if len(waiting) == 0 {
		return nil
	}
	if !known {
		p := g.parsed[c]
		if !served {
			return nil
		}
		if !p.post {
			g.refuse(c, aPost)
			return nil
		}
		g.known[c] = p.embedding
		g.keep(c, p.doc, p.embedding.Bytes())
	}
	e, ok := g.known[c]
	if !ok {
		return fmt.Errorf("content %s is shown and has no embedding: delete the mirror, it is indexed again", c)
	}
	digest := graph.EmbeddingDigest(&e)
	for _, v := range waiting {
		v.present, v.digest, v.touched = n, &digest, true
		g.moved(v.post)
	}
	return nil
}

func (g *group) presentProfiles(n uint64, c cid.Cid, served bool) {
	var waiting []*profile
	known := g.twins[aProfile][c]
	for _, p := range g.named[c] {
		if p.to == never && p.present == never {
			waiting = append(waiting, p)
		}
		known = known || p.to == never && p.present != never
	}
	if len(waiting) == 0 {
		return
	}
	if !known {
		d := g.parsed[c]
		if !served {
			return
		}
		if !d.profile {
			g.refuse(c, aProfile)
			return
		}
		g.keep(c, d.doc, nil)
	}
	for _, p := range waiting {
		p.present, p.touched = n, true
	}
}

// keep stores the document if it is not there.
func (g *group) keep(c cid.Cid, doc, embedding []byte) {
	if !g.stored[c] {
		g.stored[c] = true
		g.newDocuments = append(g.newDocuments, []any{c.Bytes(), doc, embedding})
	}
}

// refuse notes that the content is no document of the kind.
func (g *group) refuse(c cid.Cid, kind int64) {
	g.invalid = append(g.invalid, []any{c.Bytes(), kind})
}

// curtain is what the operator withholds: the spans of blocks of each content,
// the last one open or not. It is never changed in place.
type curtain map[cid.Cid][]span

// span is a range of blocks [from, to).
type span struct{ from, to uint64 }

func (s span) has(block uint64) bool { return s.from <= block && block < s.to }

// hides reports whether the content is withheld at the block.
func (w curtain) hides(c cid.Cid, block uint64) bool {
	for _, s := range w[c] {
		if s.has(block) {
			return true
		}
	}
	return false
}

// all is every content that is or was withheld.
func (w curtain) all() []cid.Cid { return slices.Collect(maps.Keys(w)) }

// now is what is withheld at the newest block, in the order of the bytes.
func (w curtain) now() (out []cid.Cid) {
	for c, spans := range w {
		if spans[len(spans)-1].to == never {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b cid.Cid) int { return cmp.Compare(a.KeyString(), b.KeyString()) })
	return out
}

// veil withholds and restores what the batch says.
func (g *group) veil(b graph.Batch) {
	n := b.Block.Number
	if len(b.Withhold)+len(b.Restore) > 0 {
		g.withheld = maps.Clone(g.withheld)
		if g.withheld == nil {
			g.withheld = curtain{}
		}
	}
	for _, c := range b.Withhold {
		if !g.withheld.hides(c, n) {
			g.withheld[c] = append(slices.Clip(g.withheld[c]), span{n, never})
			g.turned(c)
		}
	}
	for _, c := range b.Restore {
		if g.withheld.hides(c, n) {
			spans := slices.Clone(g.withheld[c])
			spans[len(spans)-1].to = n
			g.withheld[c] = spans
			g.turned(c)
		}
	}
}

// turned notes that a content is withheld or restored.
func (g *group) turned(c cid.Cid) {
	g.veiled[c] = true
	for _, v := range g.versions[c] {
		if v.to == never {
			g.moved(v.post)
		}
	}
}

// moved notes that the post is seen otherwise after this block.
func (g *group) moved(p *post) { g.movers[p] = true }

// settle says what the block made of the posts that it moved: to the root and to
// the vectors.
func (g *group) settle(n uint64) {
	changes := make([]leaf, 0, len(g.movers))
	for p := range g.movers {
		e := graph.MirrorEntry{ID: p.id, Status: graph.Unavailable}
		v := graph.Vector{ID: p.id, From: n, To: never}
		switch {
		case p.to != never:
			e.Status = graph.Removed
		case g.withheld.hides(p.now.cid, n):
			e.Status = graph.Withheld
		case p.now.present != never:
			e.Status, e.Embedding, v.Embedding = graph.Present, *p.now.digest, g.known[p.now.cid]
		}
		changes = append(changes, leaf{e.ID, e.Leaf()})
		p.seen = p.seen || e.Status == graph.Present
		if p.seen { // else no index knows it
			g.vectors = append(g.vectors, v)
		}
	}
	clear(g.movers)
	slices.SortFunc(changes, func(a, b leaf) int { return a.id.Compare(b.id) })
	g.leaves = append(g.leaves, changes)
}
