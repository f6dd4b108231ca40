package qdrant

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	client "github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"candor/graph"
	"candor/store/qdrant/qdranttest"
	"candor/store/scan"
	"candor/store/storetest"
)

// server is where the tests' Qdrant is, and what may be done to it.
var server struct {
	config Config
	fake   *qdranttest.Server // nil: a real one
}

// TestMain says which Qdrant is tested.
func TestMain(m *testing.M) {
	if url := os.Getenv("QDRANT_URL"); url != "" {
		server.config = Config{URL: url, APIKey: os.Getenv("QDRANT_API_KEY")}
		fmt.Println("store/qdrant: tested against the Qdrant at", url, "(QDRANT_URL)")
		os.Exit(m.Run())
	}
	fake, err := qdranttest.Start("key of the test")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	server.fake, server.config = fake, Config{URL: fake.URL, APIKey: "key of the test"}
	fmt.Println("store/qdrant: tested against an in-process server (set QDRANT_URL for a real Qdrant)")
	os.Exit(m.Run())
}

// fresh is an empty index in collections of its own, which go with the test.
func fresh(t testing.TB) *Index {
	t.Helper()
	c := server.config
	c.Collection = "candor_test_" + strings.ToLower(rand.Text())
	return opened(t, c)
}

func opened(t testing.TB, c Config) *Index {
	t.Helper()
	x, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, name := range []string{x.name, x.marks()} {
			if err := x.c.DeleteCollection(context.Background(), name); err != nil && !errors.Is(err, context.Canceled) {
				t.Log(err)
			}
		}
		x.Close()
	})
	return x
}

// again is the index as another process finds it.
func again(t testing.TB, x *Index) *Index {
	t.Helper()
	y, err := Open(t.Context(), Config{URL: server.config.URL, APIKey: server.config.APIKey, Collection: x.name})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { y.Close() })
	return y
}

// spoil changes the first of the collection's points behind the index's back.
func spoil(change func(x *Index, p *client.RetrievedPoint) []*client.PointsUpdateOperation) func(testing.TB, storetest.Index) {
	return func(t testing.TB, i storetest.Index) {
		t.Helper()
		x := i.(*Index)
		ps, err := x.c.Scroll(t.Context(), &client.ScrollPoints{CollectionName: x.name, WithPayload: client.NewWithPayload(true), WithVectors: client.NewWithVectors(true)})
		if err != nil || len(ps) == 0 {
			t.Fatalf("%d points, %v", len(ps), err)
		}
		if err := x.write(t.Context(), change(x, ps[0])); err != nil {
			t.Fatal(err)
		}
	}
}

// set changes one field of the payload.
func set(field string, v *client.Value) func(testing.TB, storetest.Index) {
	return spoil(func(_ *Index, p *client.RetrievedPoint) []*client.PointsUpdateOperation {
		return []*client.PointsUpdateOperation{client.NewPointsUpdateSetPayload(&client.PointsUpdateOperation_SetPayload{
			Payload: map[string]*client.Value{field: v}, PointsSelector: client.NewPointsSelector(p.Id)})}
	})
}

// vector changes the first number of the vector.
func vector(by float32) func(testing.TB, storetest.Index) {
	return spoil(func(_ *Index, p *client.RetrievedPoint) []*client.PointsUpdateOperation {
		data := slices.Clone(p.GetVectors().GetVector().GetDenseVector().GetData())
		data[0] += by
		return []*client.PointsUpdateOperation{client.NewPointsUpdateUpsert(&client.PointsUpdateOperation_PointStructList{
			Points: []*client.PointStruct{{Id: p.Id, Payload: p.Payload, Vectors: client.NewVectorsDense(data)}}})}
	})
}

func TestConformance(t *testing.T) {
	// One pair of collections serves all histories: making one takes a real server long.
	shared := fresh(t)
	storetest.Vectors(t, storetest.Indexes{
		Open: func(t testing.TB) storetest.Index {
			if err := shared.Clear(t.Context()); err != nil {
				t.Fatal(err)
			}
			return shared
		},
		Reopen: func(t testing.TB, x storetest.Index) storetest.Index { return again(t, x.(*Index)) },
		Tamper: map[string]func(testing.TB, storetest.Index){
			"another value":     vector(1),
			"half a value":      vector(.5),
			"another post":      set("id", client.NewValueString(idText(graph.PostID{Block: 1, Log: 77}))),
			"another begin":     set("from", client.NewValueInt(2)),
			"another end":       set("to", client.NewValueInt(9)),
			"an end beyond all": set("to", client.NewValueInt(-1)),
			"another digest":    set("digest", client.NewValueString(strings.Repeat("0", 64))),
			"a missing field":   set("id", client.NewValueNull()),
			"a missing point": spoil(func(_ *Index, p *client.RetrievedPoint) []*client.PointsUpdateOperation {
				return []*client.PointsUpdateOperation{deletion([]*client.PointId{p.Id})}
			}),
			"one more point": spoil(func(*Index, *client.RetrievedPoint) []*client.PointsUpdateOperation {
				v := &graph.Vector{ID: graph.PostID{Block: 1, Log: 500}, Embedding: graph.Embedding{1}, From: 1, To: graph.NoEnd}
				return []*client.PointsUpdateOperation{client.NewPointsUpdateUpsert(&client.PointsUpdateOperation_PointStructList{
					Points: []*client.PointStruct{structOf(v, v.Entry().Embedding)}})}
			}),
			"another block": func(t testing.TB, i storetest.Index) {
				if err := i.(*Index).note(t.Context(), graph.VectorState{Block: 9}); err != nil {
					t.Fatal(err)
				}
			},
			"no mark": func(t testing.TB, i storetest.Index) {
				if err := i.(*Index).c.DeleteCollection(t.Context(), i.(*Index).marks()); err != nil {
					t.Fatal(err)
				}
			},
		},
	})
}

// A batch that ends, replaces and puts one post more than once, by the largest
// batches and over them.
func TestAnswersAreTheScans(t *testing.T) {
	x, y := fresh(t), scan.New()
	vs := make([]graph.Vector, 3*batch+7)
	for i := range vs {
		e := &vs[i].Embedding
		for d := range 12 {
			e[d*31] = int8((i*7+d*d)%9 - 4)
		}
		vs[i].ID, vs[i].From, vs[i].To = graph.PostID{Block: 1 + uint64(i%5), Log: uint32(i % 400)}, 1+uint64(i%5), graph.NoEnd
		vs[i].From += uint64(i / 400)
	}
	at := graph.Block{Number: 9, Hash: graph.Hash{9}}
	for _, i := range []storetest.Index{x, y} {
		if err := i.Follow(t.Context(), vs, at, 2); err != nil {
			t.Fatal(err)
		}
	}
	a, err1 := x.Audit(t.Context())
	b, err2 := y.Audit(t.Context())
	if a != b || err1 != nil || err2 != nil {
		t.Fatalf("%+v, %v and the scan's %+v, %v", a, err1, b, err2)
	}
	for n := range uint64(10) {
		got, err1 := x.Near(t.Context(), &vs[n*70].Embedding, 37, n)
		want, err2 := y.Near(t.Context(), &vs[n*70].Embedding, 37, n)
		if !slices.Equal(got, want) || err1 != nil || err2 != nil {
			t.Fatalf("near at %d: %v, %v, the scan's %v, %v", n, got, err1, want, err2)
		}
	}
}

func TestUnfitServersAreRefused(t *testing.T) {
	c := server.config
	c.Collection = "candor_test_" + strings.ToLower(rand.Text())
	for name, spoil := range map[string]func(*Config){
		"no address":    func(c *Config) { c.URL = "qdrant:6334" },
		"another word":  func(c *Config) { c.URL = "ftp://localhost:6334" },
		"a path":        func(c *Config) { c.URL += "/collections" },
		"no port":       func(c *Config) { c.URL = "http://localhost:99999" },
		"no collection": func(c *Config) { c.Collection = "" },
		"nobody there":  func(c *Config) { c.URL = "http://127.0.0.1:1" },
	} {
		c := c
		spoil(&c)
		if _, err := Open(t.Context(), c); err == nil {
			t.Errorf("%s: it opens", name)
		}
	}
	x := fresh(t)
	for name, params := range map[string]*client.VectorParams{
		"cosine":        {Size: dim, Distance: client.Distance_Cosine},
		"other numbers": {Size: dim - 1, Distance: client.Distance_Dot},
		"rounded": {Size: dim, Distance: client.Distance_Dot,
			QuantizationConfig: client.NewQuantizationScalar(&client.ScalarQuantization{Type: client.QuantizationType_Int8})},
		"half floats": {Size: dim, Distance: client.Distance_Dot, Datatype: client.PtrOf(client.Datatype_Float16)},
	} {
		if err := x.c.DeleteCollection(t.Context(), x.name); err != nil {
			t.Fatal(err)
		}
		if err := x.c.CreateCollection(t.Context(), &client.CreateCollection{CollectionName: x.name, VectorsConfig: client.NewVectorsConfig(params)}); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Audit(t.Context()); err == nil || !strings.Contains(err.Error(), "delete it") {
			t.Errorf("a collection of %s is taken: %v", name, err)
		}
	}
}

// What cannot be compared exactly is refused, not rounded.
func TestBlocksBeyondFloats(t *testing.T) {
	x := fresh(t)
	far := graph.Block{Number: forever}
	v := graph.Vector{ID: graph.PostID{Block: 1}, Embedding: graph.Embedding{1}, From: 1, To: forever + 1}
	if x.Follow(t.Context(), nil, far, 0) == nil || x.Follow(t.Context(), []graph.Vector{v}, graph.Block{Number: 1}, 0) == nil ||
		x.Rollback(t.Context(), far) == nil {
		t.Error("blocks beyond 2^53 are taken")
	}
	if _, err := x.Near(t.Context(), &graph.Embedding{1}, 1, forever); err == nil {
		t.Error("a block beyond 2^53 is searched")
	}
}

// A server that is busy for a moment is asked again; one that refuses is not.
func TestFaults(t *testing.T) {
	if server.fake == nil {
		t.Skip("a real server does not fail on demand")
	}
	defer server.fake.Fault(nil)
	x := fresh(t)
	x.pause = time.Millisecond
	v := []graph.Vector{{ID: graph.PostID{Block: 1}, Embedding: graph.Embedding{1}, From: 1, To: graph.NoEnd}}
	for _, method := range []string{"UpdateBatch", "Upsert", "Scroll", "Query", "Get"} {
		for _, code := range []codes.Code{codes.Unavailable, codes.ResourceExhausted, codes.InvalidArgument, codes.Internal} {
			left := attempts - 1
			server.fake.Fault(func(m string) error {
				if m == method && left > 0 {
					left--
					return status.Error(code, "a fault")
				}
				return nil
			})
			err1 := x.Follow(t.Context(), v, graph.Block{Number: 1}, 0)
			_, err2 := x.Near(t.Context(), &v[0].Embedding, 1, 1)
			_, err3 := x.Audit(t.Context())
			err := errors.Join(err1, err2, err3)
			if again := code == codes.Unavailable || code == codes.ResourceExhausted; (err == nil) != again {
				t.Errorf("%s fails with %s: %v", method, code, err)
			}
		}
	}
	server.fake.Fault(func(string) error { time.Sleep(300 * time.Millisecond); return nil })
	x.timeout = 20 * time.Millisecond
	if _, err := x.Near(t.Context(), &v[0].Embedding, 1, 1); err == nil {
		t.Error("a server that hangs is waited for")
	}
}

// Who does not know the key is refused, and is told so.
func TestKey(t *testing.T) {
	if server.config.APIKey == "" {
		t.Skip("this Qdrant asks for no key")
	}
	c := server.config
	c.APIKey, c.Collection = "another", "candor_test_key"
	if _, err := Open(t.Context(), c); err == nil || !strings.Contains(err.Error(), c.URL) {
		t.Errorf("without the key: %v", err)
	}
}
