package storetest

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"candor/graph"
)

// Index is an index of embeddings by block.
type Index interface {
	Put(id graph.PostID, e *graph.Embedding, from uint64) error
	End(id graph.PostID, at uint64) error
	Near(e *graph.Embedding, limit int, block uint64) ([]graph.PostID, error)
	Rollback(block uint64) error
	Forget(block uint64) error
}

type vector struct {
	id       graph.PostID
	e        graph.Embedding
	from, to uint64
}

// Vectors runs the suite for exact indexes: random changes against a plain list.
func Vectors(t *testing.T, open func() Index) {
	rapid.Check(t, func(t *rapid.T) {
		x := open()
		var truth []vector
		block := uint64(1)
		for i := range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch rapid.IntRange(0, 9).Draw(t, "step") {
			case 0:
				block++
			case 1:
				if len(truth) > 0 {
					v := &truth[rapid.IntRange(0, len(truth)-1).Draw(t, "which")]
					v.to = min(v.to, block)
					must(t, x.End(v.id, v.to))
				}
				must(t, x.End(graph.PostID{Block: 9_999}, block)) // nobody there
			case 2:
				if rapid.IntRange(0, 2).Draw(t, "rare") == 0 {
					block = rapid.Uint64Range(0, block).Draw(t, "back")
					must(t, x.Rollback(block))
					truth = slices.DeleteFunc(truth, func(v vector) bool { return v.from > block })
					for i := range truth {
						if truth[i].to > block {
							truth[i].to = ^uint64(0)
						}
					}
					block = max(block, 1)
				}
			case 3:
				if block > 3 {
					must(t, x.Forget(block-3))
					truth = slices.DeleteFunc(truth, func(v vector) bool { return v.to <= block-3 })
				}
			default:
				v := vector{graph.PostID{Block: 1 + uint64(i%7), Tx: uint32(i)},
					Embed(rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f", "mute"}).Draw(t, "text")), block, ^uint64(0)}
				must(t, x.Put(v.id, &v.e, v.from))
				truth = append(truth, v)
			}
			e := Embed(rapid.SampledFrom([]string{"a", "g", "h", "mute"}).Draw(t, "query"))
			limit := rapid.IntRange(0, 8).Draw(t, "limit")
			at := block
			got, err := x.Near(&e, limit, at)
			must(t, err)
			same(t, "near", got, exact(truth, &e, limit, at))
		}
	})
}

func exact(truth []vector, e *graph.Embedding, limit int, block uint64) (ids []graph.PostID) {
	var zero graph.Embedding
	var valid []vector
	for _, v := range truth {
		if v.from <= block && block < v.to && v.e != zero && *e != zero {
			valid = append(valid, v)
		}
	}
	slices.SortFunc(valid, func(a, b vector) int {
		return cmp.Or(cmp.Compare(e.Dot(&b.e), e.Dot(&a.e)), b.id.Compare(a.id))
	})
	for _, v := range valid[:min(limit, len(valid))] {
		ids = append(ids, v.id)
	}
	return ids
}
