package evaluate

import (
	"slices"
)

// bins is in how many parts the scores of posts trained on are cut to learn chances.
const bins = 20

// calibration says how likely a post of some score is relevant, learnt from the posts
// trained on.
type calibration struct {
	usual  float64
	upper  []int64 // largest score of each bin, rising
	chance []float64
}

// calibrate takes the scores and gains of the posts trained on; it is nil without a full
// slate of them, or when none is relevant or all are.
func calibrate(past []int64, gains []float64) *calibration {
	type one struct {
		score    int64
		relevant bool
	}
	var all []one
	good := 0
	for from := 0; from+Slate <= len(past); from += Slate {
		for i, r := range relevantOf(gains[from : from+Slate]) {
			all = append(all, one{past[from+i], r})
			if r {
				good++
			}
		}
	}
	if good == 0 || good == len(all) {
		return nil
	}
	slices.SortStableFunc(all, func(a, b one) int {
		switch {
		case a.score < b.score:
			return -1
		case a.score > b.score:
			return 1
		}
		return 0
	})
	c := &calibration{usual: float64(good) / float64(len(all))}
	for at := 0; at < len(all); {
		to := min(len(all), at+(len(all)+bins-1)/bins)
		for to < len(all) && all[to].score == all[to-1].score {
			to++ // equal scores share a bin
		}
		hits := 0.
		for _, o := range all[at:to] {
			if o.relevant {
				hits++
			}
		}
		c.upper = append(c.upper, all[to-1].score)
		c.chance = append(c.chance, (hits+c.usual)/float64(to-at+1))
		at = to
	}
	return c
}

// of are the chances of posts by their scores.
func (c *calibration) of(scores []int64) []float64 {
	out := make([]float64, len(scores))
	for i, s := range scores {
		bin, _ := slices.BinarySearch(c.upper, s)
		out[i] = c.chance[min(bin, len(c.chance)-1)]
	}
	return out
}
