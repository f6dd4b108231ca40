package format

import (
	"encoding/binary"
	"fmt"
	"math"

	"candor/zkcommit"
)

// ProfileOpset is the operator set of exported models.
const ProfileOpset = 17

// Names of an exported model's input and output: rows of int8, one int32 for each.
const (
	ProfileInput  = "features"
	ProfileOutput = "scores"
)

// exact is where float32 stops holding every integer.
const exact = 1 << 24

// Export writes a provable model as a graph in which every number is an integer held in
// float32: a sum of products as MatMul and Add, a shift as a product with a power of two
// and Floor, the activation as Clip. As long as no partial sum, in whatever order, reaches
// 2^24, each step is exact, so every processor gives the same bits. That holds for all
// valid shapes (512 inputs reach 2^23 + 2^15); Export checks the weights all the same.
func Export(m *zkcommit.Model) (*Graph, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	s := m.Shape
	g := &Graph{Opset: ProfileOpset,
		Inputs:  []Value{{ProfileInput, Int8, []int64{Batch, int64(s.Inputs)}}},
		Outputs: []Value{{ProfileOutput, Int32, []int64{Batch, 1}}},
		Consts:  []Tensor{float("zero", nil, 0), float("clamp", nil, zkcommit.Clamp)},
		Nodes:   []Node{castTo(ProfileInput, "x0", Float32)}}
	for l, layer := range m.Layers {
		width, units := s.Width(l), s.Units(l)
		if most := largest(&layer, width, l == 0); most >= exact {
			return nil, fmt.Errorf("a sum of layer %d may reach %d, more than float32 holds exactly: use fewer inputs", l+1, most)
		}
		name := func(what string) string { return fmt.Sprintf("%s%d", what, l+1) }
		weights, bias := make([]float32, width*units), make([]float32, units)
		for j := range units {
			for k := range width {
				weights[k*units+j] = float32(layer.Weights[j*width+k])
			}
			bias[j] = float32(layer.Bias[j])
		}
		g.Consts = append(g.Consts, float(name("w"), []int64{int64(width), int64(units)}, weights...),
			float(name("b"), []int64{int64(units)}, bias...))
		g.Nodes = append(g.Nodes,
			Node{Op: "MatMul", In: []string{fmt.Sprintf("x%d", l), name("w")}, Out: []string{name("p")}},
			Node{Op: "Add", In: []string{name("p"), name("b")}, Out: []string{name("z")}})
		if l == s.Layers() {
			g.Nodes = append(g.Nodes, castTo(name("z"), ProfileOutput, Int32))
			break
		}
		g.Consts = append(g.Consts, float(name("shift"), nil, float32(math.Ldexp(1, -int(s.Shift[l])))))
		g.Nodes = append(g.Nodes,
			Node{Op: "Mul", In: []string{name("z"), name("shift")}, Out: []string{name("s")}},
			Node{Op: "Floor", In: []string{name("s")}, Out: []string{name("q")}},
			Node{Op: "Clip", In: []string{name("q"), "zero", "clamp"}, Out: []string{name("x")}})
	}
	if err := g.check(DefaultLimits); err != nil {
		return nil, fmt.Errorf("export a model of shape %s: %w", s, err)
	}
	return g, nil
}

// largest bounds every partial sum of a layer, in any order.
func largest(l *zkcommit.Layer, width int, first bool) (most int64) {
	reach := int64(zkcommit.Clamp)
	if first {
		reach = 128
	}
	for j, b := range l.Bias {
		sum := abs(int64(b))
		for _, w := range l.Weights[j*width : (j+1)*width] {
			sum += reach * abs(int64(w))
		}
		most = max(most, sum)
	}
	return most
}

func abs(v int64) int64 { return max(v, -v) }

func castTo(from, to string, t DType) Node {
	return Node{Op: "Cast", In: []string{from}, Out: []string{to}, Attrs: []Attr{{Name: "to", Kind: AttrInt, I: int64(t)}}}
}

func float(name string, dims []int64, v ...float32) Tensor {
	raw := make([]byte, 0, 4*len(v))
	for _, x := range v {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(x))
	}
	return Tensor{Name: name, Type: Float32, Dims: dims, Raw: raw}
}
