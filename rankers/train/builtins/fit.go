package main

import (
	"math"
	"slices"

	"candor/rankers/train"
)

// How pulls are fitted. docs/evaluation.md has the variants that were tried.
const (
	stiff  = 40.       // how hard pulls are drawn back to those by hand
	logit  = 1. / 2000 // what a pull's distance from the one by hand is measured by, for each point of it
	loose  = 2500.     // how hard the weights of what is no goal are drawn to nothing
	most   = 127.      // the largest pull
	stride = 0.02      // a weight moves by so much at once at most
	sweeps = 20
)

// Products are rounded by a conversion before they are added, so that no processor fuses
// them and all make the same models; a test looks into the machine code.

// column is one term of the fit: by how much more it fires, pair by pair, for the post that a
// person took than for one of the same page that it left.
type column struct {
	fires        []float64
	weight       float64
	prior, stiff float64
	least        float64
}

// learn fits the pulls of the units that are named, the ranker's goal, to what the people of
// pages took: logistic regression on pairs. All else that the ranker looks at is fitted along,
// so that it explains what it explains, and is thrown away: in what comes back it pulls as by
// hand. The goal as a whole counts as much as by hand, too (its pulls times how much their units
// tell the posts of a page apart); what is learnt is how its units share that.
func learn(all []page, units []unit, goal []string) []unit {
	fires, worth := compare(all, units)
	whole := &column{fires: make([]float64, len(worth)), stiff: 1, least: math.Inf(-1)}
	rest := []*column{whole}
	for k, u := range units {
		if !slices.Contains(goal, u.name) {
			rest = append(rest, &column{fires: fires[k], stiff: loose, least: math.Inf(-1)})
			continue
		}
		for i, x := range fires[k] {
			whole.fires[i] += float64(x * float64(u.pull))
		}
	}
	descend(rest, worth)
	scale, terms := max(whole.weight, logit/100), rest[1:]
	moved := map[int]*column{}
	for k, u := range units {
		if slices.Contains(goal, u.name) {
			by := float64(u.pull)
			near := float64(logit * max(10, by))
			moved[k] = &column{fires: fires[k], weight: float64(scale * by), prior: float64(scale * by), stiff: stiff / float64(near*near)}
			terms = append(terms, moved[k])
		}
	}
	descend(terms, worth)

	apart := spread(all, units)
	byHand := 0.
	for k, u := range units {
		if moved[k] != nil {
			byHand += float64(float64(u.pull) * apart[k])
		}
	}
	factor := 0.
	for range units { // what does not fit into an int8 the others take over
		full, open := 0., 0.
		for k := range units {
			c := moved[k]
			switch {
			case c == nil:
			case c.weight*factor > most:
				full += float64(most * apart[k])
			default:
				open += float64(c.weight * apart[k])
			}
		}
		factor = (byHand - full) / open
	}
	out := slices.Clone(units)
	for k, c := range moved {
		out[k].pull = int8(max(1, min(most, math.Round(c.weight*factor))))
	}
	return out
}

// compare pairs, in each page, what the person took with what it left, and says by how much more each
// unit fires for the first. Each page is worth as much as any other.
func compare(all []page, units []unit) (fires [][]float64, worth []float64) {
	fires = make([][]float64, len(units))
	for _, p := range all {
		from := len(worth)
		for i, took := range p.after {
			for j, later := range p.after {
				if !took || later || p.before[i] || p.before[j] {
					continue
				}
				for k, u := range units {
					fires[k] = append(fires[k], float64(u.fires(p.rows[i])-u.fires(p.rows[j])))
				}
				worth = append(worth, 1)
			}
		}
		for k := from; k < len(worth); k++ {
			worth[k] = 1 / float64(len(worth)-from)
		}
	}
	return fires, worth
}

// descend finds the weights by Newton's steps, one term after the other.
func descend(terms []*column, worth []float64) {
	margin := make([]float64, len(worth))
	for _, c := range terms {
		for i, x := range c.fires {
			margin[i] += float64(x * c.weight)
		}
	}
	for range sweeps {
		for _, c := range terms {
			slope, bend := float64(c.stiff*(c.weight-c.prior)), c.stiff
			for i, x := range c.fires {
				if x == 0 {
					continue
				}
				wrong := 1 / (1 + train.Exp(margin[i]))
				slope -= float64(float64(worth[i]*wrong) * x)
				bend += float64(float64(float64(worth[i]*wrong)*(1-wrong)) * float64(x*x))
			}
			to := max(c.least, c.weight-max(-stride, min(stride, slope/bend)))
			for i, x := range c.fires {
				margin[i] += float64(x * (to - c.weight))
			}
			c.weight = to
		}
	}
}

// spread says how much each unit tells the posts of a page apart: its mean distance from its
// mean in the page, over all pages.
func spread(all []page, units []unit) []float64 {
	out := make([]float64, len(units))
	for _, p := range all {
		for k, u := range units {
			sum, n := 0, len(p.rows)
			for _, r := range p.rows {
				sum += u.fires(r)
			}
			far := 0
			for _, r := range p.rows {
				far += max(n*u.fires(r)-sum, sum-n*u.fires(r))
			}
			out[k] += float64(far) / float64(n*n) / float64(len(all))
		}
	}
	return out
}
