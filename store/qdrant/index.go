package qdrant

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	client "github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"candor/graph"
)

const (
	dim = graph.EmbeddingDim
	// batch is how many vectors go in one request: some 400 KB.
	batch = 256
	// maxAnswer is the most bytes of an answer that are read.
	maxAnswer = 64 << 20
	// attempts is how often a call is made while the server is not there or busy.
	attempts = 3
)

// Config says where the server is and what is asked of it.
type Config struct {
	URL        string // http://host:port or https://host:port, of its gRPC port
	APIKey     string
	Collection string        // its name; another beside it ends in "_mark"
	Timeout    time.Duration // of one call; 0 means 10 s
	// Approximate lets the server search its graph instead of all vectors: faster
	// with millions of them, and it may miss some.
	Approximate bool
}

// Index is one pair of collections, and beside it such a pair for each tower. One process writes to it at a time. Its
// methods may be called by many at once.
type Index struct {
	c       *client.Client
	name    string
	timeout time.Duration
	approx  bool
	pause   time.Duration // before a call is made again, growing

	mu     sync.Mutex // one change or audit at a time
	at     graph.VectorState
	digest graph.VectorDigest // as noted, change by change
}

// Open connects to the server and makes the collections if they are missing. It
// refuses collections that would not give exact integers.
func Open(ctx context.Context, c Config) (*Index, error) {
	u, err := url.Parse(c.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.Path != "" && u.Path != "/" {
		return nil, fmt.Errorf("%.200q is no address of a Qdrant server: send http://host:6334 or https://host:6334", c.URL)
	}
	if c.Collection == "" {
		return nil, errors.New("the Qdrant collection has no name: give it one")
	}
	port := 6334
	if p := u.Port(); p != "" {
		if port, err = strconv.Atoi(p); err != nil || port < 1 || port > 65535 {
			return nil, fmt.Errorf("%.200q has no port: send http://host:6334", c.URL)
		}
	}
	host := u.Hostname()
	if ip := net.ParseIP(host); ip != nil && ip.To4() == nil {
		host = "[" + host + "]"
	}
	conn, err := client.NewClient(&client.Config{Host: host, Port: port, APIKey: c.APIKey, UseTLS: u.Scheme == "https",
		SkipCompatibilityCheck: true, PoolSize: 2,
		GrpcOptions: []grpc.DialOption{grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxAnswer))}})
	if err != nil {
		return nil, fmt.Errorf("connect to Qdrant at %s: %w", c.URL, err)
	}
	x := &Index{c: conn, name: c.Collection, timeout: c.Timeout, approx: c.Approximate, pause: 100 * time.Millisecond}
	if x.timeout <= 0 {
		x.timeout = 10 * time.Second
	}
	if err := x.ensure(ctx); err != nil {
		conn.Close()
		return nil, fmt.Errorf("use Qdrant at %s: %w", c.URL, err)
	}
	return x, nil
}

// Space is the index of a tower's vectors, in collections of its own beside this one's and
// over its connection.
func (x *Index) Space(ctx context.Context, tower graph.Hash) (*Index, error) {
	s := &Index{c: x.c, name: x.space(tower), timeout: x.timeout, approx: x.approx, pause: x.pause}
	return s, s.ensure(ctx)
}

func (x *Index) space(tower graph.Hash) string {
	return x.name + "_tower_" + hex.EncodeToString(tower[:16])
}

// Retain deletes the collections of all other towers, those too that an earlier process left.
func (x *Index) Retain(ctx context.Context, towers []graph.Hash) error {
	var all []string
	err := x.call(ctx, func(ctx context.Context) (err error) {
		all, err = x.c.ListCollections(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("list the collections: %w", err)
	}
	kept := map[string]bool{}
	for _, t := range towers {
		s := Index{name: x.space(t)}
		kept[s.name], kept[s.marks()] = true, true
	}
	for _, name := range all {
		if !strings.HasPrefix(name, x.name+"_tower_") || kept[name] {
			continue
		}
		if err := x.call(ctx, func(ctx context.Context) error { return x.c.DeleteCollection(ctx, name) }); err != nil {
			return fmt.Errorf("delete the collection %s: %w", name, err)
		}
	}
	return nil
}

// Close ends the connection.
func (x *Index) Close() error { return x.c.Close() }

func (x *Index) marks() string { return x.name + "_mark" }

// call makes one call within the timeout, again while the server is not there or
// busy: every call may be repeated.
func (x *Index) call(ctx context.Context, f func(context.Context) error) (err error) {
	for i := range attempts {
		if i > 0 {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(time.Duration(i*i) * x.pause):
			}
		}
		once, done := context.WithTimeout(ctx, x.timeout)
		err = f(once)
		done()
		if err == nil || !passing(err) || ctx.Err() != nil {
			return err
		}
	}
	return err
}

// passing reports whether a call may fare better when it is made again.
func passing(err error) bool {
	var busy *client.QdrantResourceExhaustedError
	if errors.As(err, &busy) {
		return true
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		switch status.Code(e) {
		case codes.Unavailable, codes.Aborted, codes.ResourceExhausted:
			return true
		}
	}
	return false
}

// ensure makes what collections are missing and refuses unfit ones.
func (x *Index) ensure(ctx context.Context) error {
	if err := x.ensureOne(ctx, x.name, dim); err != nil {
		return err
	}
	if err := x.ensureOne(ctx, x.marks(), 1); err != nil {
		return err
	}
	for field, kind := range map[string]client.FieldType{"id": client.FieldType_FieldTypeKeyword,
		"from": client.FieldType_FieldTypeInteger, "to": client.FieldType_FieldTypeInteger} {
		err := x.call(ctx, func(ctx context.Context) error {
			_, err := x.c.CreateFieldIndex(ctx, &client.CreateFieldIndexCollection{CollectionName: x.name, Wait: client.PtrOf(true),
				FieldName: field, FieldType: client.PtrOf(kind)})
			return err
		})
		if err != nil {
			return fmt.Errorf("index the field %s of the collection %s: %w", field, x.name, err)
		}
	}
	return nil
}

func (x *Index) ensureOne(ctx context.Context, name string, size uint64) error {
	var there bool
	err := x.call(ctx, func(ctx context.Context) (err error) {
		there, err = x.c.CollectionExists(ctx, name)
		return err
	})
	if err != nil {
		return fmt.Errorf("look for the collection %s: %w", name, err)
	}
	if !there {
		err := x.call(ctx, func(ctx context.Context) error {
			return x.c.CreateCollection(ctx, &client.CreateCollection{CollectionName: name,
				VectorsConfig: client.NewVectorsConfig(&client.VectorParams{Size: size, Distance: client.Distance_Dot,
					Datatype: client.PtrOf(client.Datatype_Float32)})})
		})
		if err != nil && status.Code(errors.Unwrap(err)) != codes.AlreadyExists { // an attempt before, whose answer was lost
			return fmt.Errorf("make the collection %s: %w", name, err)
		}
	}
	var info *client.CollectionInfo
	err = x.call(ctx, func(ctx context.Context) (err error) {
		info, err = x.c.GetCollectionInfo(ctx, name)
		return err
	})
	if err != nil {
		return fmt.Errorf("look at the collection %s: %w", name, err)
	}
	p := info.GetConfig().GetParams().GetVectorsConfig().GetParams()
	switch {
	case p.GetSize() != size, p.GetDistance() != client.Distance_Dot, p.GetMultivectorConfig() != nil:
		return fmt.Errorf("the collection %s is not one of %d numbers with inner products: name another, or delete it, it is filled again", name, size)
	case p.GetQuantizationConfig() != nil || info.GetConfig().GetQuantizationConfig() != nil,
		p.Datatype != nil && p.GetDatatype() != client.Datatype_Float32 && p.GetDatatype() != client.Datatype_Default:
		return fmt.Errorf("the collection %s keeps rounded vectors: switch its quantisation off, or delete it, it is filled again", name)
	}
	return nil
}

// Clear implements vectors.Index.
func (x *Index) Clear(ctx context.Context) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, name := range []string{x.marks(), x.name} {
		if err := x.call(ctx, func(ctx context.Context) error { return x.c.DeleteCollection(ctx, name) }); err != nil {
			return fmt.Errorf("delete the collection %s: %w", name, err)
		}
	}
	x.at, x.digest = graph.VectorState{}, graph.VectorDigest{}
	return x.ensure(ctx)
}
