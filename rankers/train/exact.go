package train

import "math"

// mul is the product, rounded: the conversion keeps the compiler from fusing it with a sum,
// which it does on some processors only.
func mul(a, b float64) float64 { return float64(a * b) }

// Ln is the natural logarithm of a positive finite number by a series in which every step is
// rounded, so that all machines agree on all bits; math.Log differs between them in the last.
func Ln(x float64) float64 {
	m, e := math.Frexp(x) // m in [0.5, 1)
	if m < math.Sqrt2/2 {
		m, e = 2*m, e-1
	}
	s := (m - 1) / (m + 1) // at most 0.172: ln m is 2·atanh s
	s2, term, sum := mul(s, s), s, 0.
	for k := 1.; k < 26; k += 2 {
		sum += term / k
		term = mul(term, s2)
	}
	return 2*sum + mul(float64(e), math.Ln2)
}

// Exp is e to the x by a series like that of Ln.
func Exp(x float64) float64 {
	k := math.Round(x / math.Ln2)
	r := x - mul(k, math.Ln2) // at most 0.35
	term, sum := 1., 1.
	for n := 1.; n < 14; n++ {
		term = mul(term, r) / n
		sum += term
	}
	return math.Ldexp(sum, int(k))
}

// Chance is a reproducible sequence of bits (SplitMix64).
type Chance uint64

// Next is the next 64 bits.
func (c *Chance) Next() uint64 {
	*c += 0x9e3779b97f4a7c15
	z := uint64(*c)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Below is a number from 0 to n-1.
func (c *Chance) Below(n int) int { return int(c.Next() % uint64(n)) }

// symmetric is a number from -1 to 1.
func (c *Chance) symmetric() float64 { return float64(float64(c.Next()>>11)/(1<<52)) - 1 }

// hashOf is a 64-bit hash of the parts: FNV-1a, a zero byte behind each.
func hashOf(parts ...string) uint64 {
	h := uint64(0xcbf29ce484222325)
	for _, s := range parts {
		for i := range len(s) {
			h = (h ^ uint64(s[i])) * 0x100000001b3
		}
		h *= 0x100000001b3
	}
	return h
}
