package train

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"errors"
	"math"
	"slices"

	"candor/graph"
)

// Prior is what words, style and sites won on a site once, for histories too short to find
// it out by themselves. It holds no author.
type Prior struct {
	Until int64           // the time of the last post that it was made of
	says  map[uint32]int8 // by the upper half of a term's key, in 64ths of a deviation
}

// byPrior are the terms of a prior.
var byPrior = weights{word: 0.15, pair: 0.1, style: 0.3, path: 0.05, site: 0.5}

// priorTimes is how often a term must have been there to be kept.
const priorTimes = 3

const priorMagic = "candor/prior/v1\n"

// shipped was made of the Hacker News posts of docs/evaluation.md by package priortable.
//
//go:embed prior.bin
var shipped []byte

// MakePrior learns from posts in their order and the gain of each.
func MakePrior(posts []Post, gains []float64) (*Prior, error) {
	target, err := deviations(gains)
	if err != nil {
		return nil, err
	}
	p := &Prior{Until: posts[len(posts)-1].Time, says: map[uint32]int8{}}
	rows, weight, times := make([][]term, len(posts)), map[uint64]float64{}, map[uint64]int{}
	for i, l := range lookAll(posts) {
		rows[i] = l.terms(byPrior)
		for _, t := range rows[i] {
			weight[t.key] = max(weight[t.key], t.weight)
			times[t.key]++
		}
	}
	for key, w := range fitRidge(rows, target) {
		if v := scaled(mul(w, weight[key]), 64); v != 0 && times[key] >= priorTimes {
			p.says[uint32(key>>32)] = v
		}
	}
	return p, nil
}

// Bytes are the prior's: a magic, the time, then five bytes a term, rising.
func (p *Prior) Bytes() []byte {
	var keys []uint32
	for k := range p.says {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	b := binary.BigEndian.AppendUint64([]byte(priorMagic), uint64(p.Until))
	for _, k := range keys {
		b = append(binary.BigEndian.AppendUint32(b, k), byte(p.says[k]))
	}
	return b
}

// ParsePrior reads Bytes and nothing else.
func ParsePrior(b []byte) (*Prior, error) {
	b, ok := bytes.CutPrefix(b, []byte(priorMagic))
	if !ok || len(b) < 8 || (len(b)-8)%5 != 0 {
		return nil, errors.New("these bytes are no prior")
	}
	p := &Prior{Until: int64(binary.BigEndian.Uint64(b)), says: map[uint32]int8{}}
	last := int64(-1)
	for b = b[8:]; len(b) > 0; b = b[5:] {
		k, v := binary.BigEndian.Uint32(b), int8(b[4])
		if int64(k) <= last || v == 0 || v == math.MinInt8 {
			return nil, errors.New("the terms of a prior must rise, and say something")
		}
		last = int64(k)
		p.says[k] = v
	}
	return p, nil
}

// fill writes what the prior says of posts. It says nothing of posts among which some may be
// those that it was made of: a model would trust it too much.
func (p *Prior) fill(rows []graph.FeatureVector, posts []*looks) {
	for _, l := range posts {
		if l.Time < p.Until {
			return
		}
	}
	for i, l := range posts {
		sum := 0
		for _, t := range l.terms(byPrior) {
			sum += int(p.says[uint32(t.key>>32)])
		}
		rows[i][inPrior] = cut(sum)
	}
}
