package qdrant

import (
	"context"
	"fmt"

	client "github.com/qdrant/go-client/qdrant"

	"candor/graph"
)

// Follow implements vectors.Index.
func (x *Index) Follow(ctx context.Context, vs []graph.Vector, at graph.Block, floor uint64) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if at.Number >= forever {
		return fmt.Errorf("block %d is beyond what Qdrant compares exactly", at.Number)
	}
	for i := range vs {
		if v := &vs[i]; v.From >= forever || v.To >= forever && v.To != graph.NoEnd {
			return fmt.Errorf("the vector of post %s is beyond what Qdrant compares exactly", v.ID)
		}
	}
	for len(vs) > 0 {
		n := min(batch, len(vs))
		if err := x.put(ctx, vs[:n]); err != nil {
			return err
		}
		vs = vs[n:]
	}
	if at.Number == 0 {
		return x.note(ctx, x.at)
	}
	if floor > 0 {
		if err := x.drop(ctx, where("to", 0, floor)); err != nil {
			return err
		}
	}
	return x.note(ctx, graph.VectorState{Block: at.Number, Hash: at.Hash, Floor: floor})
}

// plan is what a batch makes of the rows of its posts.
type plan struct {
	rows  map[graph.PostID][]*planned
	order []*planned // as they were first met
}

type planned struct {
	point
	vector *graph.Vector // to be written whole
	ended  bool          // to get another end
	gone   bool          // to be deleted
	there  bool          // the server has a point of its id
}

func (p *plan) add(id graph.PostID, r *planned) *planned {
	p.rows[id] = append(p.rows[id], r)
	p.order = append(p.order, r)
	return r
}

// put brings a batch into the collection: it reads the rows of the batch's posts,
// works out what becomes of them, and writes that in one request.
func (x *Index) put(ctx context.Context, vs []graph.Vector) error {
	seen, ids := map[graph.PostID]bool{}, []string(nil)
	for i := range vs {
		if !seen[vs[i].ID] {
			seen[vs[i].ID] = true
			ids = append(ids, idText(vs[i].ID))
		}
	}
	p := &plan{rows: map[graph.PostID][]*planned{}}
	f := &client.Filter{Must: []*client.Condition{client.NewMatchKeywords("id", ids...)}}
	err := x.scroll(ctx, f, false, func(r *client.RetrievedPoint) error {
		at, err := pointOf(r)
		if err != nil {
			return err
		}
		p.add(at.entry.ID, &planned{point: at, there: true})
		return nil
	})
	if err != nil {
		return err
	}
	for i := range vs {
		p.change(&vs[i], &x.digest)
	}
	return x.write(ctx, p.operations())
}

// change applies one vector to the plan and to the digest.
func (p *plan) change(v *graph.Vector, d *graph.VectorDigest) {
	var same *planned
	for _, r := range p.rows[v.ID] {
		switch {
		case r.entry.From == v.From:
			if same = r; !r.gone {
				d.Remove(r.entry)
				r.gone = true
			}
		case r.gone:
		case r.entry.From < v.From && r.entry.To == graph.NoEnd:
			d.Remove(r.entry)
			r.entry.To, r.ended = v.From, true
			d.Add(r.entry)
		}
	}
	if v.Embedding == (graph.Embedding{}) || v.From >= v.To {
		return
	}
	if same == nil {
		same = p.add(v.ID, &planned{})
	}
	same.point, same.vector, same.gone, same.ended = point{pointID(v.ID, v.From), v.Entry()}, v, false, false
	d.Add(same.entry)
}

func (p *plan) operations() (ops []*client.PointsUpdateOperation) {
	var gone []*client.PointId
	var whole []*client.PointStruct
	ends := map[uint64][]*client.PointId{}
	for _, r := range p.order {
		id := client.NewIDUUID(r.uuid)
		switch {
		case r.gone && r.there:
			gone = append(gone, id)
		case r.gone:
		case r.vector != nil:
			v := *r.vector
			v.To = r.entry.To // it may have ended in the same batch
			whole = append(whole, structOf(&v, r.entry.Embedding))
		case r.ended:
			ends[r.entry.To] = append(ends[r.entry.To], id)
		}
	}
	if len(gone) > 0 {
		ops = append(ops, deletion(gone))
	}
	for to, ids := range ends {
		ops = append(ops, ending(ids, to))
	}
	if len(whole) > 0 {
		ops = append(ops, client.NewPointsUpdateUpsert(&client.PointsUpdateOperation_PointStructList{Points: whole}))
	}
	return ops
}

func deletion(ids []*client.PointId) *client.PointsUpdateOperation {
	return client.NewPointsUpdateDeletePoints(&client.PointsUpdateOperation_DeletePoints{Points: client.NewPointsSelectorIDs(ids)})
}

func ending(ids []*client.PointId, to uint64) *client.PointsUpdateOperation {
	return client.NewPointsUpdateSetPayload(&client.PointsUpdateOperation_SetPayload{
		Payload: map[string]*client.Value{"to": block(to)}, PointsSelector: client.NewPointsSelectorIDs(ids)})
}

func (x *Index) write(ctx context.Context, ops []*client.PointsUpdateOperation) error {
	if len(ops) == 0 {
		return nil
	}
	err := x.call(ctx, func(ctx context.Context) error {
		_, err := x.c.UpdateBatch(ctx, &client.UpdateBatchPoints{CollectionName: x.name, Wait: client.PtrOf(true), Operations: ops,
			Ordering: &client.WriteOrdering{Type: client.WriteOrderingType_Strong}})
		return err
	})
	if err != nil {
		return fmt.Errorf("write to the collection %s: %w", x.name, err)
	}
	return nil
}

// found gives the points that meet the conditions.
func (x *Index) found(ctx context.Context, c ...*client.Condition) (ps []point, err error) {
	err = x.scroll(ctx, &client.Filter{Must: c}, false, func(r *client.RetrievedPoint) error {
		p, err := pointOf(r)
		ps = append(ps, p)
		return err
	})
	return ps, err
}

// each writes an operation for so many points at a time.
func (x *Index) each(ctx context.Context, ps []point, op func([]*client.PointId) *client.PointsUpdateOperation) error {
	for len(ps) > 0 {
		n := min(4*batch, len(ps))
		ids := make([]*client.PointId, n)
		for i, p := range ps[:n] {
			ids[i] = client.NewIDUUID(p.uuid)
		}
		if err := x.write(ctx, []*client.PointsUpdateOperation{op(ids)}); err != nil {
			return err
		}
		ps = ps[n:]
	}
	return nil
}

// drop deletes the points that meet the condition.
func (x *Index) drop(ctx context.Context, c *client.Condition) error {
	ps, err := x.found(ctx, c)
	if err != nil {
		return err
	}
	for _, p := range ps {
		x.digest.Remove(p.entry)
	}
	return x.each(ctx, ps, deletion)
}

// Rollback implements vectors.Index. The block is noted before anything goes, so
// that an index that was interrupted is not taken for one of the blocks above.
func (x *Index) Rollback(ctx context.Context, to graph.Block) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if to.Number >= forever {
		return fmt.Errorf("block %d is beyond what Qdrant compares exactly", to.Number)
	}
	at := graph.VectorState{Block: to.Number, Hash: to.Hash, Floor: x.at.Floor}
	if err := x.note(ctx, at); err != nil {
		return err
	}
	if err := x.drop(ctx, where("from", to.Number+1, forever)); err != nil {
		return err
	}
	ps, err := x.found(ctx, where("to", to.Number+1, forever-1))
	if err != nil {
		return err
	}
	for _, p := range ps {
		x.digest.Remove(p.entry)
		p.entry.To = graph.NoEnd
		x.digest.Add(p.entry)
	}
	if err := x.each(ctx, ps, func(ids []*client.PointId) *client.PointsUpdateOperation { return ending(ids, graph.NoEnd) }); err != nil {
		return err
	}
	return x.note(ctx, at)
}
