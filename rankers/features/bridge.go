package features

import (
	"crypto/sha256"
	"encoding/binary"

	"candor/graph"
)

// How people stand to each other is read from the likes among the newest reactions. They
// are part of the schema.
const (
	maxLatest = 4_096 // reactions
	maxLikes  = 32    // likes of one person among them
	rounds    = 16
	fewLikers = 8 // what a few agree on counts little
	fewLikes  = 1
	unity     = 1 << 30
	person    = 16 // weight of a person who stands well on a side
)

// sides is where people stand on the one line that tells best who likes what others like,
// and what they like of late.
type sides struct {
	likers map[graph.PostID][]graph.Address
	weight map[graph.Address]int64 // negative on one side; at most a person
}

// readSides is the first axis of the likes, found by power iteration over whole numbers, as
// Community Notes finds one of ratings (Wojcik and others 2022, "Birdwatch"). It depends on
// the block alone.
func readSides(s Snapshot) (*sides, error) {
	reactions, err := s.Reactions(graph.ReactionQuery{Limit: maxLatest})
	if err != nil {
		return nil, err
	}
	out := &sides{likers: map[graph.PostID][]graph.Address{}, weight: map[graph.Address]int64{}}
	given := map[graph.Address]int{}
	for _, r := range reactions {
		if r.Kind == graph.Like && given[r.Author] < maxLikes {
			given[r.Author]++
			out.likers[r.Subject] = append(out.likers[r.Subject], r.Author)
		}
	}
	// Who likes alone says nothing of who agrees with whom, nor does one like.
	shared := map[graph.Address]int{}
	for _, who := range out.likers {
		if len(who) > 1 {
			for _, a := range who {
				shared[a]++
			}
		}
	}
	web := web{number: map[graph.Address]int{}}
	seen := map[graph.PostID]bool{}
	for _, r := range reactions { // in their order, which a map has not
		if who := out.likers[r.Subject]; len(who) > 1 && !seen[r.Subject] {
			seen[r.Subject] = true
			web.add(who, shared)
		}
	}
	var sum int64
	at := web.axis()
	for _, x := range at {
		sum += abs(x)
	}
	if sum == 0 {
		return out, nil
	}
	for a, i := range web.number {
		far := min(person, person*abs(at[i])*int64(len(at))/sum)
		if at[i] < 0 {
			far = -far
		}
		out.weight[a] = far
	}
	return out, nil
}

// bridge is what the side that likes the post less holds, the author left out, in
// sixteenths of a person.
func (s *sides) bridge(p *graph.Post) uint64 {
	var side [2]int64
	for _, a := range s.likers[p.ID] {
		switch w := s.weight[a]; {
		case a == p.Author:
		case w < 0:
			side[0] -= w
		default:
			side[1] += w
		}
	}
	return uint64(min(side[0], side[1]))
}

// web is who likes which posts, people and posts by numbers.
type web struct {
	number map[graph.Address]int
	starts []int64 // of the iteration, by person
	degree []int64 // of people
	posts  [][]int // likers
}

func (w *web) add(who []graph.Address, shared map[graph.Address]int) {
	var likers []int
	for _, a := range who {
		if shared[a] < 2 {
			continue
		}
		i, ok := w.number[a]
		if !ok {
			i = len(w.starts)
			w.number[a] = i
			h := sha256.Sum256(append([]byte("candor/bridge/v1"), a[:]...))
			w.starts, w.degree = append(w.starts, int64(int32(binary.BigEndian.Uint32(h[:])))), append(w.degree, 0)
		}
		w.degree[i]++
		likers = append(likers, i)
	}
	w.posts = append(w.posts, likers)
}

// axis is where people stand: the largest eigenvector, once what is common to all is taken
// off, of who likes the posts that one likes. No sum exceeds 2^43, so nothing overflows.
func (w *web) axis() []int64 {
	x, next := w.starts, make([]int64, len(w.starts))
	for range rounds {
		var sum int64
		for _, at := range x {
			sum += at
		}
		for i := range x {
			x[i] -= sum / int64(len(x))
		}
		clear(next)
		for _, likers := range w.posts {
			var y int64
			for _, i := range likers {
				y += x[i]
			}
			y /= int64(len(likers)) + fewLikers
			for _, i := range likers {
				next[i] += y
			}
		}
		var most int64
		for i := range next {
			next[i] /= w.degree[i] + fewLikes
			most = max(most, abs(next[i]))
		}
		if most == 0 {
			return next // nobody stands anywhere
		}
		for i := range next {
			x[i] = next[i] * unity / most
		}
	}
	return x
}

func abs(n int64) int64 { return max(n, -n) }
