package snapshot

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/ipfs/go-cid"

	"candor/graph"
)

// encode appends the row: its section, then its fields, fixed-width or behind
// their length, big-endian.
func encode(b []byte, row Row) []byte {
	b = append(b, byte(row.section()))
	switch r := row.(type) {
	case Account:
		b = append(b, r.Address[:]...)
		b = append(b, place(r.First)...)
		b = binary.BigEndian.AppendUint64(b, r.Time)
	case Withheld:
		b = appendCID(b, r.CID)
	case Document:
		b = appendCID(b, r.CID)
		b = binary.BigEndian.AppendUint16(b, uint16(len(r.Body)))
		b = append(b, r.Body...)
		b = appendFlag(b, r.Embedding != nil)
		if r.Embedding != nil {
			b = append(b, r.Embedding.Bytes()...)
		}
	case Profile:
		b = append(b, r.Address[:]...)
		b = append(b, place(r.ID)...)
		b = appendCID(b, r.CID)
		b = appendFlag(b, r.Imported)
	case Post:
		b = append(b, place(r.ID)...)
		b = append(b, r.Author[:]...)
		b = binary.BigEndian.AppendUint64(b, r.Time)
		b = appendRef(appendRef(b, r.Parent), r.Quote)
		b = appendFlag(b, r.Removed)
		b = appendCID(b, r.CID)
		b = binary.BigEndian.AppendUint32(b, uint32(len(r.Edits)))
		for _, e := range r.Edits {
			b = appendCID(append(b, place(e.ID)...), e.CID)
		}
	case Edge:
		b = append(b, byte(r.Kind))
		b = append(b, place(r.ID)...)
		b = append(b, r.From[:]...)
		b = append(b, r.To[:]...)
		b = binary.BigEndian.AppendUint64(b, r.Time)
	case Policy:
		b = append(b, r.Address[:]...)
		b = append(b, place(r.ID)...)
		b = append(b, byte(r.Policy))
	case Reaction:
		b = append(b, place(r.ID)...)
		b = append(b, r.Author[:]...)
		b = append(b, place(r.Subject)...)
		b = append(b, byte(r.Kind))
		b = binary.BigEndian.AppendUint64(b, r.Time)
	}
	return b
}

func appendFlag(b []byte, on bool) []byte {
	if on {
		return append(b, 1)
	}
	return append(b, 0)
}

func appendCID(b []byte, c cid.Cid) []byte {
	raw := c.Bytes()
	return append(append(b, byte(len(raw))), raw...)
}

func appendRef(b []byte, r graph.Ref) []byte {
	if r.IsZero() {
		return append(b, 0)
	}
	return appendCID(append(append(b, 1), place(r.ID)...), r.CID)
}

// parser reads fields until the first that is none; err says why.
type parser struct {
	r   io.Reader
	err error
}

var errShort = errors.New("the snapshot ends inside a row")

func (p *parser) fill(b []byte) []byte {
	if p.err != nil {
		clear(b)
		return b
	}
	if _, err := io.ReadFull(p.r, b); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		p.err = errShort
	} else if err != nil {
		p.err = err
	}
	return b
}

func (p *parser) byte() byte {
	var b [1]byte
	return p.fill(b[:])[0]
}

func (p *parser) flag() bool {
	b := p.byte()
	if b > 1 && p.err == nil {
		p.err = fmt.Errorf("a flag of the snapshot is %d: it is 0 or 1", b)
	}
	return b == 1
}

func (p *parser) number() uint64 {
	var b [8]byte
	return binary.BigEndian.Uint64(p.fill(b[:]))
}

func (p *parser) position() graph.Position {
	var b [16]byte
	return graph.PositionFromBytes([16]byte(p.fill(b[:])))
}

func (p *parser) address() (a graph.Address) {
	p.fill(a[:])
	return a
}

func (p *parser) cid() (c cid.Cid) {
	b := make([]byte, p.byte())
	if len(b) == 0 || len(b) > graph.MaxCID {
		if p.err == nil {
			p.err = fmt.Errorf("a CID of the snapshot has %d bytes: 1 to %d are allowed", len(b), graph.MaxCID)
		}
		return cid.Undef
	}
	if p.fill(b); p.err != nil {
		return cid.Undef
	}
	c, err := cid.Cast(b)
	if err != nil {
		p.err = fmt.Errorf("a CID of the snapshot is none: %w", err)
		return cid.Undef
	}
	return c
}

func (p *parser) ref() (r graph.Ref) {
	if p.flag() {
		r.ID, r.CID = p.position(), p.cid()
	}
	return r
}

// row reads the next row; io.EOF says that there is none.
func (p *parser) row() (Row, error) {
	var tag [1]byte
	if _, err := io.ReadFull(p.r, tag[:]); err != nil {
		return nil, err // io.EOF at the end of the last row
	}
	var row Row
	switch section(tag[0]) {
	case accounts:
		row = Account{Address: p.address(), First: p.position(), Time: p.number()}
	case withheld:
		row = Withheld{CID: p.cid()}
	case documents:
		row = p.document()
	case profiles:
		row = Profile{Address: p.address(), ID: p.position(), CID: p.cid(), Imported: p.flag()}
	case posts:
		row = p.post()
	case edges:
		row = Edge{Kind: EdgeKind(p.byte()), Follow: graph.Follow{ID: p.position(), From: p.address(), To: p.address(), Time: p.number()}}
	case policies:
		row = Policy{Address: p.address(), ID: p.position(), Policy: graph.Policy(p.byte())}
	case reactions:
		row = Reaction{Reaction: graph.Reaction{ID: p.position(), Author: p.address(), Subject: p.position(),
			Kind: graph.ReactionKind(p.byte()), Time: p.number()}}
	default:
		return nil, fmt.Errorf("the snapshot has rows of kind %d: this Candor knows 1 to 8", tag[0])
	}
	return row, p.err
}

func (p *parser) document() (d Document) {
	d.CID = p.cid()
	var size [2]byte
	n := binary.BigEndian.Uint16(p.fill(size[:]))
	if n > graph.MaxDocument && p.err == nil {
		p.err = fmt.Errorf("a document of the snapshot has %d bytes: at most %d are allowed", n, graph.MaxDocument)
	}
	if p.err != nil {
		return d
	}
	d.Body = p.fill(make([]byte, n))
	if p.flag() {
		d.Embedding = new(graph.Embedding)
		var raw [graph.EmbeddingDim]byte
		for i, v := range p.fill(raw[:]) {
			d.Embedding[i] = int8(v)
		}
	}
	return d
}

func (p *parser) post() (r Post) {
	r.ID, r.Author, r.Time = p.position(), p.address(), p.number()
	r.Parent, r.Quote = p.ref(), p.ref()
	r.Removed, r.CID = p.flag(), p.cid()
	var count [4]byte
	// The list grows by what was read, so that a false count takes no memory.
	for n := binary.BigEndian.Uint32(p.fill(count[:])); n > 0 && p.err == nil; n-- {
		r.Edits = append(r.Edits, Edit{ID: p.position(), CID: p.cid()})
	}
	return r
}
