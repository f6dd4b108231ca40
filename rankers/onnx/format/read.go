package format

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	pw "google.golang.org/protobuf/encoding/protowire"
)

// Small counts keep each list of a file short.
const (
	maxName  = 256
	maxRank  = 6
	maxPorts = 64      // inputs or outputs of the model or of a node
	maxDim   = 1 << 28 // of a tensor
)

// The opsets whose listed operators mean the same here and in the runtime.
const minOpset, maxOpset = 13, 23

// Parse reads a model within the limits.
func Parse(b []byte, l Limits) (*Graph, error) {
	if l == (Limits{}) {
		l = DefaultLimits
	}
	if len(b) > l.Bytes {
		return nil, fmt.Errorf("the model has %d bytes: %d are allowed", len(b), l.Bytes)
	}
	g, err := readModel(b, l)
	if err == nil {
		err = g.check(l)
	}
	if err != nil {
		return nil, fmt.Errorf("read the ONNX model: %w", err)
	}
	return g, nil
}

// field is one field of a message: a number or bytes.
type field struct {
	num   pw.Number
	typ   pw.Type
	value uint64
	bytes []byte
}

func (f field) int() (int64, error) {
	if f.typ != pw.VarintType {
		return 0, fmt.Errorf("field %d is no number", f.num)
	}
	return int64(f.value), nil
}

func (f field) message() ([]byte, error) {
	if f.typ != pw.BytesType {
		return nil, fmt.Errorf("field %d has no bytes", f.num)
	}
	return f.bytes, nil
}

func (f field) name() (string, error) {
	b, err := f.message()
	if err == nil && (len(b) > maxName || !utf8.Valid(b) || strings.ContainsRune(string(b), 0)) {
		err = fmt.Errorf("a name of %d bytes is too long or no text", len(b))
	}
	return string(b), err
}

// ints appends the numbers of a repeated field, packed or not.
func (f field) ints(to []int64, most int) ([]int64, error) {
	if f.typ == pw.VarintType {
		to = append(to, int64(f.value))
	} else if f.typ != pw.BytesType {
		return nil, fmt.Errorf("field %d holds no list of numbers", f.num)
	}
	for b := f.bytes; len(b) > 0 && len(to) <= most; {
		v, n := pw.ConsumeVarint(b)
		if n < 0 {
			return nil, fmt.Errorf("field %d holds a broken number", f.num)
		}
		to, b = append(to, int64(v)), b[n:]
	}
	if len(to) > most {
		return nil, fmt.Errorf("field %d holds more than %d numbers", f.num, most)
	}
	return to, nil
}

// each calls see for every field of a message.
func each(b []byte, see func(field) error) error {
	for len(b) > 0 {
		num, typ, n := pw.ConsumeTag(b)
		if n < 0 {
			return errors.New("the bytes are no protocol buffer")
		}
		b = b[n:]
		f := field{num: num, typ: typ}
		switch typ {
		case pw.VarintType:
			f.value, n = pw.ConsumeVarint(b)
		case pw.Fixed32Type:
			var v uint32
			v, n = pw.ConsumeFixed32(b)
			f.value = uint64(v)
		case pw.BytesType:
			f.bytes, n = pw.ConsumeBytes(b)
		default:
			return fmt.Errorf("field %d has a wire type that ONNX does not use", num)
		}
		if n < 0 {
			return errors.New("the bytes end inside a field")
		}
		b = b[n:]
		if err := see(f); err != nil {
			return err
		}
	}
	return nil
}

func readModel(b []byte, l Limits) (*Graph, error) {
	g := &Graph{}
	var graph []byte
	err := each(b, func(f field) (err error) {
		switch f.num {
		case 1, 5: // ir_version, model_version
			_, err = f.int()
		case 2, 3, 4, 6, 14: // producer, domain, doc_string, metadata_props
			_, err = f.message()
		case 7:
			if graph != nil {
				return errors.New("it holds two graphs")
			}
			graph, err = f.message()
		case 8:
			err = readOpset(f, g)
		default:
			err = fmt.Errorf("its field %d is not allowed: export without functions and training", f.num)
		}
		return err
	})
	if err == nil && graph == nil {
		err = errors.New("it holds no graph")
	}
	if err == nil && (g.Opset < minOpset || g.Opset > maxOpset) {
		err = fmt.Errorf("it uses operator set %d: export with one of %d to %d", g.Opset, minOpset, maxOpset)
	}
	if err == nil {
		err = readGraph(graph, g, l)
	}
	if err != nil {
		return nil, err
	}
	return g, nil
}

func readOpset(f field, g *Graph) error {
	b, err := f.message()
	if err != nil {
		return err
	}
	var domain string
	var version int64
	err = each(b, func(f field) (err error) {
		switch f.num {
		case 1:
			domain, err = f.name()
		case 2:
			version, err = f.int()
		default:
			err = fmt.Errorf("an operator set has a field %d", f.num)
		}
		return err
	})
	switch {
	case err != nil:
		return err
	case domain != "" && domain != "ai.onnx":
		return nil // of no use: a node that names it is refused
	case g.Opset != 0:
		return errors.New("it names two operator sets")
	}
	g.Opset = version
	return nil
}

func readGraph(b []byte, g *Graph, l Limits) error {
	return each(b, func(f field) error {
		m, err := f.message()
		if err != nil {
			return err
		}
		switch f.num {
		case 1:
			if len(g.Nodes)+len(g.Consts) >= l.Nodes {
				return fmt.Errorf("it has more than %d operations and constants", l.Nodes)
			}
			err = readNode(m, g)
		case 5:
			if len(g.Nodes)+len(g.Consts) >= l.Nodes {
				return fmt.Errorf("it has more than %d operations and constants", l.Nodes)
			}
			var t Tensor
			t, err = readTensor(m)
			g.Consts = append(g.Consts, t)
		case 11, 12:
			list := &g.Inputs
			if f.num == 12 {
				list = &g.Outputs
			}
			if len(*list) >= maxPorts {
				return fmt.Errorf("it has more than %d inputs or outputs", maxPorts)
			}
			var v Value
			v, err = readValue(m)
			*list = append(*list, v)
		case 2, 10, 13, 16: // name, doc_string, value_info (worked out here), metadata_props
		default:
			err = fmt.Errorf("the graph's field %d is not allowed: export plain float tensors", f.num)
		}
		return err
	})
}

func readNode(b []byte, g *Graph) error {
	var n Node
	var constant *Tensor
	err := each(b, func(f field) error {
		m, err := f.message()
		if err != nil {
			return err
		}
		switch f.num {
		case 1, 2:
			list := &n.In
			if f.num == 2 {
				list = &n.Out
			}
			if len(*list) >= maxPorts {
				return fmt.Errorf("an operation has more than %d inputs or outputs", maxPorts)
			}
			var s string
			s, err = f.name()
			*list = append(*list, s)
		case 4:
			n.Op, err = f.name()
		case 5:
			if len(n.Attrs) >= maxPorts {
				return fmt.Errorf("an operation has more than %d attributes", maxPorts)
			}
			var a Attr
			var t *Tensor
			if a, t, err = readAttr(m); t != nil {
				constant = t
			} else {
				n.Attrs = append(n.Attrs, a)
			}
		case 7:
			if s := string(m); s != "" && s != "ai.onnx" {
				err = fmt.Errorf("an operation of domain %.40q is not allowed", s)
			}
		case 3, 6, 9: // name, doc_string, metadata_props
		default:
			err = fmt.Errorf("an operation's field %d is not allowed", f.num)
		}
		return err
	})
	if err != nil {
		return err
	}
	if n.Op == "Constant" {
		if constant == nil || len(n.Attrs) != 0 || len(n.In) != 0 || len(n.Out) != 1 {
			return errors.New("a Constant without one tensor as its value is not allowed")
		}
		constant.Name = n.Out[0]
		g.Consts = append(g.Consts, *constant)
		return nil
	}
	if constant != nil {
		return fmt.Errorf("%.40q has a tensor as its attribute, which is not allowed", n.Op)
	}
	g.Nodes = append(g.Nodes, n)
	return nil
}

func readAttr(b []byte) (a Attr, t *Tensor, err error) {
	err = each(b, func(f field) (err error) {
		switch f.num {
		case 1:
			a.Name, err = f.name()
		case 2:
			if f.typ != pw.Fixed32Type {
				return errors.New("an attribute's float has another wire type")
			}
			a.F = math.Float32frombits(uint32(f.value))
		case 3:
			a.I, err = f.int()
		case 5:
			var m []byte
			if m, err = f.message(); err == nil {
				var tensor Tensor
				tensor, err = readTensor(m)
				t = &tensor
			}
		case 8:
			a.Ints, err = f.ints(a.Ints, maxPorts)
		case 13:
			_, err = f.message()
		case 20:
			var kind int64
			kind, err = f.int()
			a.Kind = AttrKind(kind)
		default:
			err = fmt.Errorf("attribute field %d is not allowed: no subgraphs and no strings", f.num)
		}
		return err
	})
	if err != nil {
		return a, nil, err
	}
	switch a.Kind {
	case AttrFloat, AttrInt, AttrInts:
		if t != nil {
			return a, nil, fmt.Errorf("attribute %.40q is a tensor and something else", a.Name)
		}
		return a, nil, nil
	case attrTensor:
		if t == nil || a.Name != "value" {
			return a, nil, fmt.Errorf("attribute %.40q is no constant's value", a.Name)
		}
		return a, t, nil
	}
	return a, nil, fmt.Errorf("attribute %.40q has type %d, which is not allowed", a.Name, a.Kind)
}

func readTensor(b []byte) (t Tensor, err error) {
	var raw []byte
	var packed [][]byte // float_data, int32_data or int64_data
	var kind pw.Number
	err = each(b, func(f field) (err error) {
		switch f.num {
		case 1:
			t.Dims, err = f.ints(t.Dims, maxRank)
		case 2:
			var v int64
			v, err = f.int()
			t.Type = DType(v)
		case 8:
			t.Name, err = f.name()
		case 9:
			if raw != nil {
				return errors.New("a tensor has two contents")
			}
			if raw, err = f.message(); raw == nil {
				raw = []byte{}
			}
		case 4, 5, 7:
			if f.typ != pw.BytesType || kind != 0 {
				return errors.New("a tensor's numbers are not packed")
			}
			kind, packed = f.num, append(packed, f.bytes)
		case 12, 16: // doc_string, metadata_props
			_, err = f.message()
		case 14:
			var where int64
			if where, err = f.int(); err == nil && where != 0 {
				err = errors.New("a tensor lies in another file: export one file")
			}
		default:
			err = fmt.Errorf("a tensor's field %d is not allowed: no external, string or 64-bit float data", f.num)
		}
		return err
	})
	if err != nil {
		return t, err
	}
	size := t.Type.Size()
	if size == 0 {
		return t, fmt.Errorf("tensor %.40q has %s: float32, int8, uint8, int32 and int64 are allowed", t.Name, t.Type)
	}
	count, err := elements(t.Dims)
	if err != nil {
		return t, fmt.Errorf("tensor %.40q: %w", t.Name, err)
	}
	if raw == nil && kind != 0 {
		if raw, err = unpack(packed[0], kind, t.Type, count); err != nil {
			return t, fmt.Errorf("tensor %.40q: %w", t.Name, err)
		}
	} else if kind != 0 {
		return t, fmt.Errorf("tensor %.40q has two contents", t.Name)
	}
	if int64(len(raw)) != count*int64(size) {
		return t, fmt.Errorf("tensor %.40q has %d bytes, its shape %d", t.Name, len(raw), count*int64(size))
	}
	t.Raw = raw
	return t, nil
}

// elements is the product of a constant's sizes.
func elements(dims []int64) (int64, error) {
	n := int64(1)
	for _, d := range dims {
		if d < 0 || d > maxDim || n*d > maxDim {
			return 0, fmt.Errorf("the shape %v is too large", dims)
		}
		n *= d
	}
	return n, nil
}

// unpack turns packed numbers into little-endian bytes. Every number takes at least one
// byte in the file, so that what is allocated stays within eight times the file.
func unpack(b []byte, kind pw.Number, t DType, count int64) ([]byte, error) {
	if count > int64(len(b)) {
		return nil, fmt.Errorf("%d bytes cannot hold %d numbers", len(b), count)
	}
	if kind == 4 {
		if t != Float32 {
			return nil, fmt.Errorf("floats in a tensor of %s", t)
		}
		return b, nil // fixed 32 bits, little-endian already
	}
	if t == Float32 || (kind == 7) != (t == Int64) {
		return nil, fmt.Errorf("numbers of field %d in a tensor of %s", kind, t)
	}
	raw := make([]byte, 0, int(count)*t.Size())
	for len(b) > 0 {
		v, n := pw.ConsumeVarint(b)
		if n < 0 || len(raw) >= int(count)*t.Size() {
			return nil, errors.New("the numbers are broken or too many")
		}
		b = b[n:]
		s := int64(v)
		switch t {
		case Int64:
			raw = binary.LittleEndian.AppendUint64(raw, v)
			continue
		case Int32:
			raw = binary.LittleEndian.AppendUint32(raw, uint32(v))
			if s == int64(int32(s)) {
				continue
			}
		case Int8:
			raw = append(raw, byte(v))
			if s == int64(int8(s)) {
				continue
			}
		case Uint8:
			raw = append(raw, byte(v))
			if s == int64(uint8(s)) {
				continue
			}
		}
		return nil, fmt.Errorf("%d is no %s", s, t)
	}
	return raw, nil
}

func readValue(b []byte) (v Value, err error) {
	var typ []byte
	err = each(b, func(f field) (err error) {
		switch f.num {
		case 1:
			v.Name, err = f.name()
		case 2:
			typ, err = f.message()
		case 3, 4: // doc_string, metadata_props
			_, err = f.message()
		default:
			err = fmt.Errorf("an input or output has a field %d", f.num)
		}
		return err
	})
	var tensor []byte
	if err == nil {
		err = each(typ, func(f field) (err error) {
			switch f.num {
			case 1:
				tensor, err = f.message()
			case 6: // denotation
			default:
				err = errors.New("an input or output is no tensor")
			}
			return err
		})
	}
	if err == nil {
		err = each(tensor, func(f field) (err error) {
			switch f.num {
			case 1:
				var t int64
				t, err = f.int()
				v.Type = DType(t)
			case 2:
				var m []byte
				if m, err = f.message(); err == nil {
					v.Dims, err = readDims(m)
				}
			default:
				err = fmt.Errorf("a tensor's type has a field %d", f.num)
			}
			return err
		})
	}
	if err == nil && v.Type.Size() == 0 {
		err = fmt.Errorf("%.40q has %s: float32, int8, uint8, int32 and int64 are allowed", v.Name, v.Type)
	}
	return v, err
}

func readDims(b []byte) (dims []int64, err error) {
	err = each(b, func(f field) error {
		m, err := f.message()
		if err != nil || f.num != 1 || len(dims) >= maxRank {
			return fmt.Errorf("a shape has more than %d sizes or a field %d that is none", maxRank, f.num)
		}
		dim := int64(Batch)
		err = each(m, func(f field) (err error) {
			switch f.num {
			case 1:
				if dim, err = f.int(); err == nil && (dim < 0 || dim > maxDim) {
					err = fmt.Errorf("a size of %d", dim)
				}
			case 2, 3: // a name of the size, denotation
				_, err = f.message()
			default:
				err = fmt.Errorf("a size has a field %d", f.num)
			}
			return err
		})
		dims = append(dims, dim)
		return err
	})
	return dims, err
}
