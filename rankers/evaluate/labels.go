package evaluate

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"candor/rankers/train"
)

// Labels are what became of the posts of a history.
type Labels struct {
	Source     string // "points" or "likes"
	training   []int  // of each post to train on, as known before the first judged post
	judged     []int  // of each judged post
	unlabelled int    // posts without a line of points: they count as 0
}

// maxPoints bounds the points of a post.
const maxPoints = 1_000_000_000

// Gains are log(1+label) of all posts.
func (l *Labels) Gains() []float64 { return append(gains(l.training), gains(l.judged)...) }

// Cut is the number of posts that may be trained on: four fifths, rounded down.
func (h *History) Cut() int { return cmp.Or(h.cut, len(h.Posts)*8/10) }

// Keep is the history with those judged posts alone that are to be kept, to be judged by: what
// is trained on stays as it was.
func (h *History) Keep(l *Labels, kept func(i int) bool) (*History, *Labels) {
	cut := h.Cut()
	some := &History{Posts: slices.Clone(h.Posts[:cut]), URIs: slices.Clone(h.URIs[:cut]), place: map[string]int{}, cut: cut}
	labels := &Labels{Source: l.Source, training: l.training, unlabelled: l.unlabelled}
	for i := cut; i < len(h.Posts); i++ {
		if kept(i) {
			some.Posts, some.URIs = append(some.Posts, h.Posts[i]), append(some.URIs, h.URIs[i])
			labels.judged = append(labels.judged, l.judged[i-cut])
		}
	}
	return some, labels
}

// Likes are the labels that the events themselves hold. Of the posts to train on, likes
// count that stand before the first judged post; of the judged posts, all.
func (h *History) Likes() *Labels {
	cut := h.Cut()
	all := make([]int, len(h.Posts))
	for _, l := range h.likes {
		if l.post >= cut || l.after <= cut {
			all[l.post]++
		}
	}
	return &Labels{Source: "likes", training: all[:cut:cut], judged: all[cut:]}
}

// Points reads a CSV file of uri,points,comments, gzipped or not. Lines about other posts
// are passed over.
func (h *History) Points(r io.Reader) (*Labels, error) {
	all := make([]int, len(h.Posts))
	known := make([]bool, len(h.Posts))
	header, found := false, 0
	err := eachLine(r, func(line []byte) error {
		if !header {
			header = true
			if string(line) != "uri,points,comments" {
				return errors.New("it must be the header uri,points,comments")
			}
			return nil
		}
		uri, rest, _ := bytes.Cut(line, []byte(","))
		points, comments, _ := bytes.Cut(rest, []byte(","))
		p, err := whole(points)
		if _, other := whole(comments); err != nil || other != nil || !bytes.HasPrefix(uri, []byte("at://")) {
			return fmt.Errorf("it is no at:// URI and two whole numbers from 0 to %d", maxPoints)
		}
		i, ok := h.place[string(uri)]
		if !ok {
			return nil
		}
		if known[i] {
			return fmt.Errorf("the post %s had a line before", uri)
		}
		all[i], known[i] = p, true
		found++
		return nil
	})
	if err == nil && found == 0 {
		err = errors.New("none of its lines is about a post of the events: give both files of one history")
	}
	if err != nil {
		return nil, fmt.Errorf("engagement: %w", err)
	}
	cut := h.Cut()
	return &Labels{Source: "points", training: all[:cut:cut], judged: all[cut:], unlabelled: len(all) - found}, nil
}

func whole(b []byte) (int, error) {
	n, err := strconv.ParseUint(string(b), 10, 32)
	if err == nil && n > maxPoints {
		err = strconv.ErrRange
	}
	return int(n), err
}

// gains are log(1+label).
func gains(labels []int) []float64 {
	out := make([]float64, len(labels))
	for i, n := range labels {
		out[i] = train.Ln(1 + float64(n))
	}
	return out
}
