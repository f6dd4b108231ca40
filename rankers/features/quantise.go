package features

import "math/bits"

const (
	tenMinutes = 600
	hour       = 3_600
	day        = 24 * hour
	week       = 7 * day
)

// fraction is 127·a/b, rounded down; 0 when b is 0. It needs a ≤ b < 2^56.
func fraction(a, b uint64) int8 {
	if b == 0 {
		return 0
	}
	return int8(127 * a / b)
}

// log8 is 8·log2(1+n), a straight line inside each octave, at most 127.
func log8(n uint64) int8 {
	m := min(n, 1<<40) + 1
	e := bits.Len64(m) - 1
	return clamp(int64(8*e) + int64(m<<3>>e) - 8)
}

// times16 is 16·n, at most 127.
func times16(n int) int8 { return clamp(16 * int64(n)) }

func clamp(v int64) int8 { return int8(max(-127, min(v, 127))) }

func truth(b bool) int8 {
	if b {
		return 127
	}
	return 0
}

// log8half is half of log8 before its cut at 127: 4·log2(1+n).
func log8half(n uint64) int8 {
	m := min(n, 1<<40) + 1
	e := bits.Len64(m) - 1
	return clamp((int64(8*e) + int64(m<<3>>e) - 8) / 2)
}
