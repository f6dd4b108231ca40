package rankers

import (
	"context"
	"slices"

	"candor/graph"
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

// Usual is a ranker at the defaults of its parameters, as readers meet it who tune nothing.
// Rows are not changed.
func Usual(r Ranker) Ranker {
	m := &zkcommit.Manifest{Slug: r.Info().ID, Parameters: r.Info().Parameters}
	if values, _ := m.Values(nil); !zkcommit.Tuned(values) {
		return r
	}
	return usual{r, m}
}

type usual struct {
	Ranker
	manifest *zkcommit.Manifest
}

// Score implements Ranker.
func (u usual) Score(ctx context.Context, rows []graph.Row) ([]graph.Score, error) {
	values, err := u.manifest.Values(nil)
	if err != nil {
		return nil, err
	}
	tuned := make([]graph.Row, len(rows))
	for i, row := range rows {
		tuned[i] = slices.Clone(row)
		if err := u.manifest.Tune(tuned[i], values); err != nil {
			return nil, err
		}
	}
	return u.Ranker.Score(ctx, tuned)
}
