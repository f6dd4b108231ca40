package zkcommit

// Plain Go has no vectors, but one 64-bit multiplication of an input by three weights that
// lie 21 bits apart gives three products at once, and adding such products gives three sums
// at once. All of it is exact: the word is s0 + s1·2^21 + s2·2^42 as an integer, whatever
// the signs, and the sums can be told apart as long as each stays within ±(2^20 - 1).
// Where weights could take one further, the inputs are cut into chunks, and the lanes
// emptied after each: at the latest after 63 inputs, in most models never.
const (
	lanes    = 3
	laneBits = 21
	laneMost = 1<<(laneBits-1) - 1
	block    = 4 * lanes // units whose sums are made together
)

// packed evaluates like evaluator, three products at a time. Packing costs about as much
// as one row.
type packed struct {
	model  *Model
	layers [2][]packedBlock // of each hidden layer
	out    [2][]int8        // activations, padded to whole blocks
	last   []int8           // the output's weights
}

// packedBlock is twelve units of a layer, in chunks: for each input four words of weights.
type packedBlock [][][4]int64

func (m *Model) packed() *packed {
	p := &packed{model: m, last: m.Layers[len(m.Layers)-1].Weights}
	for l := range m.Shape.Layers() {
		width, units := m.Shape.Width(l), m.Shape.Units(l)
		n := (units + block - 1) / block
		p.out[l] = make([]int8, n*block)
		p.layers[l] = make([]packedBlock, n)
		for i := range p.layers[l] {
			first, most := i*block, min(units, (i+1)*block)
			p.layers[l][i] = packBlock(m.Layers[l].Weights[first*width:most*width], width)
		}
	}
	return p
}

// packBlock packs the weights of at most twelve units. An input is at most 128, whatever the layer.
func packBlock(weights []int8, width int) (chunks packedBlock) {
	words := make([][4]int64, width)
	var reach [block]int32 // how far a unit's sum may have gone in this chunk
	from := 0
	for k := range words {
		full := false
		for j := range len(weights) / width {
			w := int32(weights[j*width+k])
			words[k][j/lanes] += int64(w) << uint(j%lanes*laneBits)
			reach[j] += 128 * max(w, -w)
			full = full || reach[j] > laneMost
		}
		if full {
			chunks, from = append(chunks, words[from:k]), k
			for j := range len(weights) / width {
				w := int32(weights[j*width+k])
				reach[j] = 128 * max(w, -w)
			}
		}
	}
	return append(chunks, words[from:])
}

func (p *packed) score(row []int8) int32 {
	in := row
	for l := range p.model.Shape.Layers() {
		p.layer(l, in)
		in = p.out[l][:p.model.Shape.Units(l)]
	}
	z := int32(p.model.Layers[p.model.Shape.Layers()].Bias[0])
	w := p.last[:len(in)]
	for k, x := range in {
		z += int32(w[k]) * int32(x)
	}
	return z
}

// layer fills the activations of a hidden layer.
func (p *packed) layer(l int, in []int8) {
	bias, shift := p.model.Layers[l].Bias, p.model.Shape.Shift[l]&31
	for i, chunks := range p.layers[l] {
		var sums [block]int32
		rest := in
		for _, words := range chunks {
			a, b, c, d := multiply(rest, words)
			unpack((*[lanes]int32)(sums[0:]), a)
			unpack((*[lanes]int32)(sums[3:]), b)
			unpack((*[lanes]int32)(sums[6:]), c)
			unpack((*[lanes]int32)(sums[9:]), d)
			rest = rest[len(words):]
		}
		out := p.out[l][i*block : (i+1)*block]
		for j, b := range bias[i*block : min(len(bias), (i+1)*block)] {
			out[j] = int8(Activate((sums[j%block] + int32(b)) >> shift))
		}
	}
}

// multiply sums the products of the words with as many inputs.
func multiply(in []int8, words [][4]int64) (a, b, c, d int64) {
	in = in[:len(words)]
	for k := range words {
		x, w := int64(in[k]), &words[k]
		a += x * w[0]
		b += x * w[1]
		c += x * w[2]
		d += x * w[3]
	}
	return a, b, c, d
}

// unpack adds a word's three sums to those of their units.
func unpack(sums *[lanes]int32, word int64) {
	s := word << (64 - laneBits) >> (64 - laneBits)
	sums[0] += int32(s)
	word = (word - s) >> laneBits
	s = word << (64 - laneBits) >> (64 - laneBits)
	sums[1] += int32(s)
	sums[2] += int32((word - s) >> laneBits)
}
