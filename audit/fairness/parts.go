package fairness

import (
	"fmt"

	"candor/graph"
	"candor/rankers/features"
)

// part is one of the four things that features tell of a post.
type part int

const (
	merit  part = iota // what it earned, its age, its place, what ties it to the viewer
	author             // who wrote it
	form               // how it is written
	says               // what it says: its embedding
	parts
)

// partNames are for people.
var partNames = [parts]string{"what the post earned", "who wrote it", "how it is written", "what it says"}

var byAuthor = []int{features.AuthorFollowers, features.AuthorBalance, features.AuthorPosts, features.AuthorLikes,
	features.AuthorLikesPerPost, features.AuthorAge, features.AuthorNew, features.AuthorRate, features.AuthorLater}

var byForm = []int{features.TextLength, features.TextWords, features.TextLinks, features.LinkCard, features.Tags, features.Mentions,
	features.Capitals, features.Exclamations, features.Questions, features.Digits, features.Emoji}

// partsOf says of each of a model's inputs which part it belongs to. Features named in
// merits count as earned.
func partsOf(inputs int, merits []string) []part {
	kinds := make([]part, inputs)
	for _, k := range byAuthor {
		kinds[k] = author
	}
	for _, k := range byForm {
		kinds[k] = form
	}
	for k := graph.Features; k < inputs; k++ {
		kinds[k] = says
	}
	for _, name := range merits {
		if k, ok := place(name); ok {
			kinds[k] = merit
		}
	}
	return kinds
}

// place is where a feature stands.
func place(name string) (int, bool) {
	for k, f := range features.Table {
		if f.Name == name {
			return k, true
		}
	}
	return 0, false
}

// CheckMerits refuses names of no feature.
func CheckMerits(names []string) error {
	for _, n := range names {
		if _, ok := place(n); !ok {
			return fmt.Errorf("%.40q is no feature: docs/features.md has their names", n)
		}
	}
	return nil
}

func featureName(k int) string {
	if k < features.Used {
		return features.Table[k].Name
	}
	return fmt.Sprintf("input %d", k)
}

// reach is the least and largest value of an input.
func reach(k int) (lo, hi int8) {
	if k < features.Used {
		return features.Table[k].Min, features.Table[k].Max
	}
	if k < graph.Features {
		return 0, 0 // reserved
	}
	return -127, 127
}

// isFlag says whether an input is yes or no.
func isFlag(k int) bool {
	return k < features.Used && features.Table[k].Quantum == features.Table[features.AuthorNew].Quantum
}

// Bounds of ages in AuthorAge's log8 of hours.
const (
	monthOld = 75  // log8(720)
	yearOld  = 104 // log8(8760)
)

// ageBand is the age of the author's account.
func ageBand(row []int8) string {
	switch age := row[features.AuthorAge]; {
	case row[features.AuthorNew] != 0:
		return "under a week"
	case age < monthOld:
		return "a week to a month"
	case age < yearOld:
		return "a month to a year"
	}
	return "over a year"
}
