package fairness

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// Num is a figure in ten-thousandths; in JSON a decimal number.
type Num int64

// One is the figure 1.
const One Num = 10_000

// ratio is a/b, rounded half away from zero; 0 when b is 0. |a| stays below 9·10^14.
func ratio(a, b int64) Num {
	if b == 0 {
		return 0
	}
	return Num(divide(a*int64(One), b))
}

// divide is a/b, rounded half away from zero.
func divide(a, b int64) int64 {
	if b < 0 {
		a, b = -a, -b
	}
	if a < 0 {
		return -((-a + b/2) / b)
	}
	return (a + b/2) / b
}

// String is the shortest decimal.
func (n Num) String() string {
	sign, v := "", n
	if n < 0 {
		sign, v = "-", -n
	}
	s := fmt.Sprintf("%s%d.%04d", sign, v/One, v%One)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Places is the figure with so many digits behind the point, at most 4.
func (n Num) Places(digits int) string {
	unit := int64(1)
	for range 4 - digits {
		unit *= 10
	}
	v := divide(int64(n), unit) * unit
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	s := fmt.Sprintf("%s%d.%04d", sign, v/int64(One), v%int64(One))
	if digits == 0 {
		return s[:len(s)-5]
	}
	return s[:len(s)-4+digits]
}

// Percent is the figure as a percentage, below 10 % with one digit behind the point.
func (n Num) Percent() string {
	digits := 0
	if n < 1_000 && n > -1_000 && n%100 != 0 {
		digits = 1
	}
	return (100 * n).Places(digits) + " %"
}

// MarshalJSON writes String's form.
func (n Num) MarshalJSON() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalJSON reads a decimal number of at most four places and ten digits before them.
func (n *Num) UnmarshalJSON(b []byte) error {
	text, negative := strings.CutPrefix(string(b), "-")
	whole, part, _ := strings.Cut(text, ".")
	v, err := strconv.ParseUint(whole+(part + "0000")[:max(4, len(part))], 10, 48)
	if err != nil || whole == "" || len(part) > 4 {
		return fmt.Errorf("%.40q is no figure of at most four decimal places", b)
	}
	*n = Num(v)
	if negative {
		*n = -*n
	}
	return nil
}

// unit is an exposure of 1, that of the first place.
const unit = 1_000_000

// exposure is what the place of that rank, from 0, is worth: 1/log2(rank + 2), the
// discount of DCG (Järvelin and Kekäläinen 2002), in millionths.
func exposure(rank int) int64 {
	l := log2(uint64(rank) + 2)
	return int64((unit<<logBits + l/2) / l)
}

const logBits = 24

// log2 is the logarithm of n > 0, rounded down to logBits binary places.
func log2(n uint64) uint64 {
	e := bits.Len64(n) - 1
	x := n << (63 - e) // 1 ≤ x < 2, with 63 places
	r := uint64(e)
	for range logBits {
		r <<= 1
		if x, _ = bits.Mul64(x, x); x>>63 == 1 { // x² ≥ 2, with 62 places
			r |= 1
		} else {
			x <<= 1
		}
	}
	return r
}

// draw is a generator of chance (SplitMix64, Steele and others 2014).
type draw uint64

// newDraw is seeded by names.
func newDraw(names ...any) *draw {
	h := sha256.Sum256(fmt.Appendf(nil, "candor/fairness/v1 %v", names))
	d := draw(binary.BigEndian.Uint64(h[:]))
	return &d
}

func (d *draw) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below is a number from 0 to n - 1.
func (d *draw) below(n int) int {
	hi, _ := bits.Mul64(d.next(), uint64(n))
	return int(hi)
}

// order is the numbers from 0 to n - 1, shuffled.
func (d *draw) order(n int) []int {
	o := make([]int, n)
	for i := range o {
		j := d.below(i + 1)
		o[i], o[j] = o[j], i
	}
	return o
}
