package qdrant

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	client "github.com/qdrant/go-client/qdrant"

	"candor/graph"
)

// maxTies is the most answers that are asked for to see where ties end.
const maxTies = 1 << 18

// Near implements vectors.Index. The server breaks ties as it likes, so it is
// asked for one more than is wanted, and for ever more while the last one scores
// as the last wanted one: then all that tie are there, and the newest are taken.
func (x *Index) Near(ctx context.Context, e *graph.Embedding, limit int, block uint64) ([]graph.PostID, error) {
	if limit <= 0 || *e == (graph.Embedding{}) {
		return nil, nil
	}
	if block >= forever {
		return nil, fmt.Errorf("block %d is beyond what Qdrant compares exactly", block)
	}
	query := floats(e)
	for n := uint64(limit) + 1; ; n *= 4 {
		hits, err := x.query(ctx, query, block, n)
		if err != nil {
			return nil, err
		}
		if all := uint64(len(hits)) < n; all || hits[len(hits)-1].score < hits[limit-1].score {
			slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(b.score, a.score), b.id.Compare(a.id)) })
			ids := make([]graph.PostID, min(limit, len(hits)))
			for i := range ids {
				ids[i] = hits[i].id
			}
			return ids, nil
		}
		if n >= maxTies {
			return nil, fmt.Errorf("more than %d vectors are equally near", maxTies)
		}
	}
}

type hit struct {
	id    graph.PostID
	score float32
}

// query gives the n best points that hold at the block, best first.
func (x *Index) query(ctx context.Context, query []float32, block, n uint64) (hits []hit, err error) {
	var found []*client.ScoredPoint
	err = x.call(ctx, func(ctx context.Context) (err error) {
		found, err = x.c.Query(ctx, &client.QueryPoints{CollectionName: x.name, Query: client.NewQueryDense(query), Limit: client.PtrOf(n),
			Filter: &client.Filter{Must: []*client.Condition{where("from", 0, block), where("to", block+1, forever)}},
			Params: &client.SearchParams{Exact: client.PtrOf(!x.approx)}, WithPayload: client.NewWithPayloadInclude("id")})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("search the collection %s: %w", x.name, err)
	}
	for i, p := range found {
		id, ok := postOf(p.GetPayload())
		if !ok || i > 0 && p.GetScore() > hits[i-1].score || p.GetScore() != float32(int32(p.GetScore())) {
			return nil, fmt.Errorf("search the collection %s: the answer is damaged", x.name)
		}
		hits = append(hits, hit{id, p.GetScore()})
	}
	return hits, nil
}
