package qdrant

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	client "github.com/qdrant/go-client/qdrant"

	"candor/graph"
)

// forever stands for graph.NoEnd. The server compares blocks as float64, which
// holds integers up to here exactly.
const forever = 1 << 53

// point is a row as the server has it, without its vector.
type point struct {
	uuid  string
	entry graph.VectorEntry
}

// pointID is made of what no two rows share.
func pointID(id graph.PostID, from uint64) string {
	b := id.Bytes()
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(b[:], from))
	h := hex.EncodeToString(sum[:16])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

func idText(id graph.PostID) string {
	b := id.Bytes()
	return hex.EncodeToString(b[:])
}

func block(n uint64) *client.Value {
	if n == graph.NoEnd {
		n = forever
	}
	return client.NewValueInt(int64(n))
}

func unblock(v *client.Value) (uint64, bool) {
	i, ok := v.GetKind().(*client.Value_IntegerValue)
	switch {
	case !ok || i.IntegerValue < 0 || i.IntegerValue > forever:
		return 0, false
	case i.IntegerValue == forever:
		return graph.NoEnd, true
	}
	return uint64(i.IntegerValue), true
}

// structOf is the vector as a point.
func structOf(v *graph.Vector, digest graph.Hash) *client.PointStruct {
	return &client.PointStruct{Id: client.NewIDUUID(pointID(v.ID, v.From)), Vectors: client.NewVectorsDense(floats(&v.Embedding)),
		Payload: map[string]*client.Value{"id": client.NewValueString(idText(v.ID)), "from": block(v.From), "to": block(v.To),
			"digest": client.NewValueString(hex.EncodeToString(digest[:]))}}
}

func floats(e *graph.Embedding) []float32 {
	f := make([]float32, dim)
	for i, v := range e {
		f[i] = float32(v)
	}
	return f
}

func postOf(payload map[string]*client.Value) (id graph.PostID, ok bool) {
	var b [16]byte
	text := payload["id"].GetStringValue()
	if n, err := hex.Decode(b[:], []byte(text[:min(len(text), 32)])); err != nil || n != 16 || len(text) != 32 {
		return id, false
	}
	id = graph.PositionFromBytes(b)
	return id, idText(id) == text
}

// pointOf reads a point's payload.
func pointOf(p *client.RetrievedPoint) (point, error) {
	damaged := fmt.Errorf("the point %.60s is damaged: the index is filled anew", p.GetId().GetUuid())
	id, ok := postOf(p.GetPayload())
	from, ok1 := unblock(p.GetPayload()["from"])
	to, ok2 := unblock(p.GetPayload()["to"])
	digest, err := hex.DecodeString(p.GetPayload()["digest"].GetStringValue())
	if !ok || !ok1 || !ok2 || err != nil || len(digest) != 32 || p.GetId().GetUuid() != pointID(id, from) {
		return point{}, damaged
	}
	return point{p.GetId().GetUuid(), graph.VectorEntry{ID: id, From: from, To: to, Embedding: graph.Hash(digest)}}, nil
}

// embeddingOf reads a point's vector; false when it is none of integers.
func embeddingOf(p *client.RetrievedPoint) (e graph.Embedding, ok bool) {
	data := p.GetVectors().GetVector().GetDenseVector().GetData()
	if len(data) != dim {
		return e, false
	}
	for i, f := range data {
		if f != f || f < -128 || f > 127 || float32(int8(f)) != f {
			return e, false
		}
		e[i] = int8(f)
	}
	return e, true
}

// where are the filters' conditions on blocks, both ends included.
func where(field string, least, most uint64) *client.Condition {
	r := &client.Range{}
	if least > 0 {
		r.Gte = client.PtrOf(float64(least))
	}
	if most < forever {
		r.Lte = client.PtrOf(float64(most))
	}
	return client.NewRange(field, r)
}

// scroll gives the points that match, a page at a time.
func (x *Index) scroll(ctx context.Context, f *client.Filter, vectors bool, take func(*client.RetrievedPoint) error) error {
	var offset *client.PointId
	size := uint32(4 * batch)
	if vectors {
		size = 2 * batch
	}
	for {
		var page []*client.RetrievedPoint
		err := x.call(ctx, func(ctx context.Context) (err error) {
			q := &client.ScrollPoints{CollectionName: x.name, Filter: f, Limit: client.PtrOf(size), Offset: offset,
				WithPayload: client.NewWithPayload(true), WithVectors: client.NewWithVectors(vectors)}
			var next *client.PointId
			if page, next, err = x.c.ScrollAndOffset(ctx, q); err == nil {
				offset = next
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("read the collection %s: %w", x.name, err)
		}
		for _, p := range page {
			if err := take(p); err != nil {
				return err
			}
		}
		if offset == nil {
			return nil
		}
	}
}

// note writes how far the index is, and the digest.
func (x *Index) note(ctx context.Context, at graph.VectorState) error {
	state, _ := x.digest.AppendBinary(nil)
	err := x.call(ctx, func(ctx context.Context) error {
		_, err := x.c.Upsert(ctx, &client.UpsertPoints{CollectionName: x.marks(), Wait: client.PtrOf(true), Points: []*client.PointStruct{{
			Id: client.NewIDNum(1), Vectors: client.NewVectorsDense([]float32{1}), Payload: map[string]*client.Value{
				"block": client.NewValueInt(int64(at.Block)), "hash": client.NewValueString(hex.EncodeToString(at.Hash[:])),
				"floor": client.NewValueInt(int64(at.Floor)), "digest": client.NewValueString(base64.StdEncoding.EncodeToString(state))}}}})
		return err
	})
	if err != nil {
		return fmt.Errorf("note block %d in the collection %s: %w", at.Block, x.marks(), err)
	}
	x.at = at
	return nil
}

// noted reads what note wrote; what is missing or damaged is as if nothing was.
func (x *Index) noted(ctx context.Context) error {
	var found []*client.RetrievedPoint
	err := x.call(ctx, func(ctx context.Context) (err error) {
		found, err = x.c.Get(ctx, &client.GetPoints{CollectionName: x.marks(), Ids: []*client.PointId{client.NewIDNum(1)},
			WithPayload: client.NewWithPayload(true)})
		return err
	})
	if err != nil {
		return fmt.Errorf("read the collection %s: %w", x.marks(), err)
	}
	x.at, x.digest = graph.VectorState{}, graph.VectorDigest{}
	if len(found) == 0 {
		return nil
	}
	p := found[0].GetPayload()
	at, ok := unblock(p["block"])
	floor, ok1 := unblock(p["floor"])
	hash, err1 := hex.DecodeString(p["hash"].GetStringValue())
	state, err2 := base64.StdEncoding.DecodeString(p["digest"].GetStringValue())
	var d graph.VectorDigest
	if !ok || !ok1 || errors.Join(err1, err2) != nil || len(hash) != 32 || d.UnmarshalBinary(state) != nil {
		return nil
	}
	x.at, x.digest = graph.VectorState{Block: at, Hash: graph.Hash(hash), Floor: floor}, d
	return nil
}

// Audit implements vectors.Index: it makes what is missing and reads every point
// with its vector. A point that is not what it says spoils the digest.
func (x *Index) Audit(ctx context.Context) (graph.VectorState, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.ensure(ctx); err != nil {
		return graph.VectorState{}, err
	}
	if err := x.noted(ctx); err != nil {
		return graph.VectorState{}, err
	}
	var held graph.VectorDigest
	err := x.scroll(ctx, nil, true, func(r *client.RetrievedPoint) error {
		p, err := pointOf(r)
		e, ok := embeddingOf(r)
		if err != nil || !ok || graph.EmbeddingDigest(&e) != p.entry.Embedding {
			held.Add(graph.VectorEntry{}) // nothing that is kept has this entry
			return nil
		}
		held.Add(p.entry)
		return nil
	})
	if err != nil {
		return graph.VectorState{}, err
	}
	s := x.at
	s.Held, s.Noted, s.Rows = held.Sum(), x.digest.Sum(), held.Rows()
	return s, nil
}
