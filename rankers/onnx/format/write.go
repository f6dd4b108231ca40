package format

import (
	"math"

	pw "google.golang.org/protobuf/encoding/protowire"
)

// irVersion is what the runtime asks of files with our operator sets.
const irVersion = 8

// message is a protocol buffer being written.
type message []byte

func (m message) str(n pw.Number, s string) message {
	return pw.AppendString(pw.AppendTag(m, n, pw.BytesType), s)
}

func (m message) msg(n pw.Number, b []byte) message {
	return pw.AppendBytes(pw.AppendTag(m, n, pw.BytesType), b)
}

func (m message) int(n pw.Number, v int64) message {
	return pw.AppendVarint(pw.AppendTag(m, n, pw.VarintType), uint64(v))
}

// Bytes writes the graph, and nothing that Parse did not understand.
func (g *Graph) Bytes() []byte {
	var b message
	for _, n := range g.Nodes {
		b = b.msg(1, n.bytes())
	}
	b = b.str(2, "candor")
	for _, t := range g.Consts {
		b = b.msg(5, t.bytes())
	}
	for _, v := range g.Inputs {
		b = b.msg(11, v.bytes())
	}
	for _, v := range g.Outputs {
		b = b.msg(12, v.bytes())
	}
	return message(nil).int(1, irVersion).str(2, "candor").msg(7, b).msg(8, message(nil).str(1, "").int(2, g.Opset))
}

func (n *Node) bytes() message {
	var b message
	for _, s := range n.In {
		b = b.str(1, s)
	}
	for _, s := range n.Out {
		b = b.str(2, s)
	}
	b = b.str(4, n.Op)
	for _, a := range n.Attrs {
		m := message(nil).str(1, a.Name)
		switch a.Kind {
		case AttrFloat:
			m = pw.AppendFixed32(pw.AppendTag(m, 2, pw.Fixed32Type), math.Float32bits(a.F))
		case AttrInt:
			m = m.int(3, a.I)
		case AttrInts:
			for _, v := range a.Ints {
				m = m.int(8, v)
			}
		}
		b = b.msg(5, m.int(20, int64(a.Kind)))
	}
	return b
}

func (t *Tensor) bytes() message {
	var b message
	for _, d := range t.Dims {
		b = b.int(1, d)
	}
	return b.int(2, int64(t.Type)).str(8, t.Name).msg(9, t.Raw)
}

func (v *Value) bytes() message {
	var shape message
	for _, d := range v.Dims {
		if d == Batch {
			shape = shape.msg(1, message(nil).str(2, "rows"))
		} else {
			shape = shape.msg(1, message(nil).int(1, d))
		}
	}
	typ := message(nil).msg(1, message(nil).int(1, int64(v.Type)).msg(2, shape))
	return message(nil).str(1, v.Name).msg(2, typ)
}
