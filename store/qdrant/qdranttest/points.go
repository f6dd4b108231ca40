package qdranttest

import (
	"context"
	"maps"
	"slices"

	qdrant "github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

type points struct {
	qdrant.UnimplementedPointsServer
	s *Server
}

var done = &qdrant.UpdateResult{Status: qdrant.UpdateStatus_Completed}

func waited(wait bool) error {
	if !wait {
		return status.Error(codes.InvalidArgument, "the write is not waited for")
	}
	return nil
}

func (p points) CreateFieldIndex(_ context.Context, r *qdrant.CreateFieldIndexCollection) (*qdrant.PointsOperationResponse, error) {
	c, err := p.s.get(r.GetCollectionName())
	if err == nil {
		err = waited(r.GetWait())
	}
	if err != nil {
		return nil, err
	}
	c.indexed[r.GetFieldName()] = true
	return &qdrant.PointsOperationResponse{Result: done}, nil
}

func (p points) Upsert(_ context.Context, r *qdrant.UpsertPoints) (*qdrant.PointsOperationResponse, error) {
	c, err := p.s.get(r.GetCollectionName())
	if err == nil {
		err = waited(r.GetWait())
	}
	if err == nil {
		err = c.upsert(r.GetPoints())
	}
	if err != nil {
		return nil, err
	}
	return &qdrant.PointsOperationResponse{Result: done}, nil
}

func (c *collection) upsert(ps []*qdrant.PointStruct) error {
	for _, p := range ps {
		v := p.GetVectors().GetVector().GetDense().GetData()
		if uint64(len(v)) != c.params.GetSize() {
			return status.Errorf(codes.InvalidArgument, "Vector dimension error: expected dim: %d, got %d", c.params.GetSize(), len(v))
		}
		c.points[key(p.GetId())] = &stored{p.GetId(), slices.Clone(v), maps.Clone(p.GetPayload())}
	}
	c.order = nil
	return nil
}

// selected are the points that a selector names; ids of none are passed over.
func (c *collection) selected(s *qdrant.PointsSelector) (out []*stored, err error) {
	if f := s.GetFilter(); f != nil {
		for _, p := range c.sorted() {
			ok, err := matches(p, f)
			if err != nil {
				return nil, err
			}
			if ok {
				out = append(out, p)
			}
		}
		return out, nil
	}
	for _, id := range s.GetPoints().GetIds() {
		if p := c.points[key(id)]; p != nil {
			out = append(out, p)
		}
	}
	return out, nil
}

func (c *collection) delete(s *qdrant.PointsSelector) error {
	gone, err := c.selected(s)
	for _, p := range gone {
		delete(c.points, key(p.id))
	}
	c.order = nil
	return err
}

func (c *collection) set(s *qdrant.PointsSelector, payload map[string]*qdrant.Value) error {
	ps, err := c.selected(s)
	for _, p := range ps {
		maps.Copy(p.payload, payload)
	}
	return err
}

func (p points) Delete(_ context.Context, r *qdrant.DeletePoints) (*qdrant.PointsOperationResponse, error) {
	c, err := p.s.get(r.GetCollectionName())
	if err == nil {
		err = waited(r.GetWait())
	}
	if err == nil {
		err = c.delete(r.GetPoints())
	}
	if err != nil {
		return nil, err
	}
	return &qdrant.PointsOperationResponse{Result: done}, nil
}

func (p points) SetPayload(_ context.Context, r *qdrant.SetPayloadPoints) (*qdrant.PointsOperationResponse, error) {
	c, err := p.s.get(r.GetCollectionName())
	if err == nil {
		err = waited(r.GetWait())
	}
	if err == nil {
		err = c.set(r.GetPointsSelector(), r.GetPayload())
	}
	if err != nil {
		return nil, err
	}
	return &qdrant.PointsOperationResponse{Result: done}, nil
}

func (p points) UpdateBatch(_ context.Context, r *qdrant.UpdateBatchPoints) (*qdrant.UpdateBatchResponse, error) {
	c, err := p.s.get(r.GetCollectionName())
	if err == nil {
		err = waited(r.GetWait())
	}
	if err != nil {
		return nil, err
	}
	answer := &qdrant.UpdateBatchResponse{}
	for _, o := range r.GetOperations() {
		switch o := o.GetOperation().(type) {
		case *qdrant.PointsUpdateOperation_Upsert:
			err = c.upsert(o.Upsert.GetPoints())
		case *qdrant.PointsUpdateOperation_DeletePoints_:
			err = c.delete(o.DeletePoints.GetPoints())
		case *qdrant.PointsUpdateOperation_SetPayload_:
			err = c.set(o.SetPayload.GetPointsSelector(), o.SetPayload.GetPayload())
		default:
			err = status.Errorf(codes.Unimplemented, "%T is not built here", o)
		}
		if err != nil {
			return nil, err
		}
		answer.Result = append(answer.Result, done)
	}
	return answer, nil
}

func (p points) Get(_ context.Context, r *qdrant.GetPoints) (*qdrant.GetResponse, error) {
	c, err := p.s.get(r.GetCollectionName())
	if err != nil {
		return nil, err
	}
	answer := &qdrant.GetResponse{}
	for _, id := range r.GetIds() {
		if p := c.points[key(id)]; p != nil {
			answer.Result = append(answer.Result, retrieved(p, false))
		}
	}
	return answer, nil
}

func retrieved(p *stored, vectors bool) *qdrant.RetrievedPoint {
	r := &qdrant.RetrievedPoint{Id: p.id, Payload: maps.Clone(p.payload)}
	if vectors {
		r.Vectors = &qdrant.VectorsOutput{VectorsOptions: &qdrant.VectorsOutput_Vector{Vector: &qdrant.VectorOutput{
			Vector: &qdrant.VectorOutput_Dense{Dense: &qdrant.DenseVector{Data: slices.Clone(p.vector)}}}}}
	}
	return r
}

func (p points) Scroll(_ context.Context, r *qdrant.ScrollPoints) (*qdrant.ScrollResponse, error) {
	c, err := p.s.get(r.GetCollectionName())
	if err != nil {
		return nil, err
	}
	if err := c.known(r.GetFilter()); err != nil {
		return nil, err
	}
	answer, limit := &qdrant.ScrollResponse{}, 10
	if r.Limit != nil {
		limit = int(r.GetLimit())
	}
	for _, p := range c.sorted() {
		if r.Offset != nil && key(p.id) < key(r.GetOffset()) {
			continue
		}
		ok, err := matches(p, r.GetFilter())
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		if len(answer.Result) == limit {
			answer.NextPageOffset = p.id
			break
		}
		answer.Result = append(answer.Result, retrieved(p, r.GetWithVectors().GetEnable()))
	}
	return answer, nil
}

func (p points) Query(_ context.Context, r *qdrant.QueryPoints) (*qdrant.QueryResponse, error) {
	c, err := p.s.get(r.GetCollectionName())
	if err != nil {
		return nil, err
	}
	if err := c.known(r.GetFilter()); err != nil {
		return nil, err
	}
	q := r.GetQuery().GetNearest().GetDense().GetData()
	if uint64(len(q)) != c.params.GetSize() || c.params.GetDistance() != qdrant.Distance_Dot {
		return nil, status.Error(codes.InvalidArgument, "only inner products with one dense vector are built here")
	}
	var hits []*qdrant.ScoredPoint
	for _, p := range c.sorted() {
		ok, err := matches(p, r.GetFilter())
		if err != nil {
			return nil, err
		}
		if ok {
			hits = append(hits, &qdrant.ScoredPoint{Id: p.id, Score: dot(q, p.vector), Payload: maps.Clone(p.payload)})
		}
	}
	// Ties as they come: nobody may lean on their order.
	slices.SortFunc(hits, func(a, b *qdrant.ScoredPoint) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	limit := uint64(10)
	if r.Limit != nil {
		limit = r.GetLimit()
	}
	return &qdrant.QueryResponse{Result: hits[:min(uint64(len(hits)), limit)]}, nil
}

// dot adds up in float32, in several lanes, as a server with vector units does.
func dot(a, b []float32) float32 {
	var lanes [8]float32
	for i := range a {
		lanes[i%8] += a[i] * b[i]
	}
	return (lanes[0] + lanes[4]) + (lanes[1] + lanes[5]) + (lanes[2] + lanes[6]) + (lanes[3] + lanes[7])
}

// known refuses filters on fields that have no index: they would be slow.
func (c *collection) known(f *qdrant.Filter) error {
	for _, m := range f.GetMust() {
		if !c.indexed[m.GetField().GetKey()] {
			return status.Errorf(codes.InvalidArgument, "Index required but not found for %q", m.GetField().GetKey())
		}
	}
	return nil
}

func matches(p *stored, f *qdrant.Filter) (bool, error) {
	if f == nil {
		return true, nil
	}
	if len(f.GetShould())+len(f.GetMustNot()) > 0 || f.GetMinShould() != nil {
		return false, status.Error(codes.Unimplemented, "only filters of conditions that must hold are built here")
	}
	for _, m := range f.GetMust() {
		c := m.GetField()
		v := p.payload[c.GetKey()]
		switch {
		case c.GetRange() != nil:
			i, ok := v.GetKind().(*qdrant.Value_IntegerValue)
			if !ok || !within(float64(i.IntegerValue), c.GetRange()) {
				return false, nil
			}
		case c.GetMatch().GetKeywords() != nil:
			s, ok := v.GetKind().(*qdrant.Value_StringValue)
			if !ok || !slices.Contains(c.GetMatch().GetKeywords().GetStrings(), s.StringValue) {
				return false, nil
			}
		default:
			return false, status.Errorf(codes.Unimplemented, "the condition %v is not built here", m)
		}
	}
	return true, nil
}

func within(v float64, r *qdrant.Range) bool {
	return (r.Gte == nil || v >= r.GetGte()) && (r.Lte == nil || v <= r.GetLte()) && (r.Gt == nil || v > r.GetGt()) && (r.Lt == nil || v < r.GetLt())
}
