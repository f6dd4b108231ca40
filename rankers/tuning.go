package rankers

import (
	"slices"

	f "candor/rankers/features"
	"candor/zkcommit"
)

// tuning is a parameter by which readers weigh some features more or less: 16 leaves
// them as they are, 0 takes them away, 32 doubles them.
func tuning(name, meaning string, columns ...int) zkcommit.Parameter {
	p := zkcommit.Parameter{Name: name, Meaning: meaning, Least: 0, Most: 2 * zkcommit.One, Default: zkcommit.One}
	slices.Sort(columns)
	for _, c := range columns {
		p.Columns = append(p.Columns, uint16(c))
	}
	return p
}

// balance are the parameters of hybrid.
func balance() []zkcommit.Parameter {
	return []zkcommit.Parameter{
		tuning("fresh", "How much it counts that a post is new or picks up speed now", f.Fresh1h, f.Fresh6h, f.Fresh1d, f.EngagementHour, f.EngagementDay, f.Velocity),
		tuning("friends", "How much it counts what the people you follow write and react to", f.Followed, f.Mutual, f.SecondDegree, f.CirclePeople, f.CircleLikes, f.CircleReposts, f.CircleReplies),
	}
}
