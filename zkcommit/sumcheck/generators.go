package sumcheck

import (
	"fmt"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254"
)

// Generators are hashed to the curve (RFC 9380, SVDW, SHA-256), so nobody knows a
// relation between them: G_i from GeneratorMessage followed by i in decimal, H
// from GeneratorMessage followed by "blind".
const (
	GeneratorDomain  = "CANDOR-SUMCHECK-V1-BN254G1_XMD:SHA-256_SVDW_RO_"
	GeneratorMessage = "candor/sumcheck/v1/generator/"
)

// maxRow is the longest row that is committed to, maxGenerators what the longest
// list of messages needs.
const (
	maxRow        = 1024
	maxGenerators = 2048
)

type (
	point  = bn254.G1Affine
	points = []point
)

// generators are made as they are needed and then kept. They are the same in
// every process, so sharing them shares no secret.
type generators struct {
	mu     sync.Mutex
	g      points
	h      *point
	digits [digitCount]points // digits[d][k·digitRow+v] is v·256^d·G_k
	blinds *[32][256]point    // blinds[d][v] is v·256^d·H
	shifts points             // shifts[32k+j] is 256^j·G_k
}

const (
	digitCount = 3   // signed base-256 digits of an entry
	digitRow   = 129 // their absolute values, 0 to 128
	maxEntry   = 127 + 127<<8 + 127<<16
)

var shared generators

func hashed(name string) point {
	p, err := bn254.HashToG1([]byte(GeneratorMessage+name), []byte(GeneratorDomain))
	if err != nil {
		panic(err) // only a domain of over 255 bytes fails
	}
	return p
}

// first returns the first n generators.
func (s *generators) first(n int) points {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.grow(n)
}

func (s *generators) grow(n int) points {
	if have := len(s.g); have < n {
		more := make(points, n-have)
		parallel(len(more), 16, func(lo, hi int) {
			for i := lo; i < hi; i++ {
				more[i] = hashed(fmt.Sprint(have + i))
			}
		})
		s.g = append(s.g[:have:have], more...)
	}
	return s.g[:n:n]
}

// blind returns H.
func (s *generators) blind() point {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.h == nil {
		h := hashed("blind")
		s.h = &h
	}
	return *s.h
}

// tables returns what commitments to small integers on the first n generators
// look up: 25 KiB a generator.
func (s *generators) tables(n int) ([digitCount]points, *[32][256]point) {
	h := s.blind()
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.grow(n)
	if s.blinds == nil {
		b := new([32][256]point)
		for d := range b {
			multiples(&h, 256, b[d][:])
		}
		s.blinds = b
	}
	for have := len(s.digits[0]) / digitRow; have < n; have = len(s.digits[0]) / digitRow {
		var more [digitCount]points
		for d := range more {
			more[d] = make(points, (n-have)*digitRow)
		}
		parallel(n-have, 4, func(lo, hi int) {
			for i := lo; i < hi; i++ {
				p := g[have+i]
				for d := range more {
					multiples(&p, 256, more[d][i*digitRow:(i+1)*digitRow])
				}
			}
		})
		for d := range more {
			s.digits[d] = append(s.digits[d], more[d]...)
		}
	}
	return s.digits, s.blinds
}

// multiples writes 0·p, 1·p, 2·p … into out and takes p to next·p.
func multiples(p *point, next int, out points) {
	js := make([]bn254.G1Jac, next+1)
	for v := 1; v <= next; v++ {
		js[v] = js[v-1]
		js[v].AddMixed(p)
	}
	js = append(js[:len(out)], js[next])
	all := bn254.BatchJacobianToAffineG1(js)
	copy(out, all)
	*p = all[len(out)]
}
