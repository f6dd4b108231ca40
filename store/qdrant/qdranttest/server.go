package qdranttest

import (
	"context"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"sync"

	qdrant "github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// Server is a Qdrant server with the API key that it asks for, if any.
type Server struct {
	URL string

	grpc *grpc.Server
	key  string

	mu          sync.Mutex
	collections map[string]*collection
	fault       func(method string) error
	calls       map[string]int
}

type collection struct {
	params  *qdrant.VectorParams
	indexed map[string]bool
	points  map[string]*stored
	order   []string // the points' ids, sorted; nil when they changed
}

type stored struct {
	id      *qdrant.PointId
	vector  []float32
	payload map[string]*qdrant.Value
}

// Start serves on a free port of 127.0.0.1 until Stop.
func Start(key string) (*Server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for the test's Qdrant: %w", err)
	}
	s := &Server{URL: "http://" + l.Addr().String(), key: key, collections: map[string]*collection{}, calls: map[string]int{}}
	s.grpc = grpc.NewServer(grpc.UnaryInterceptor(s.intercept))
	qdrant.RegisterCollectionsServer(s.grpc, collections{s: s})
	qdrant.RegisterPointsServer(s.grpc, points{s: s})
	go s.grpc.Serve(l) // ends with Stop; a test that runs on sees its calls fail
	return s, nil
}

// Stop ends the server at once.
func (s *Server) Stop() { s.grpc.Stop() }

// Fault is asked before each call, with the last part of its name; nil stops it.
func (s *Server) Fault(f func(method string) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = f
}

// Wipe loses all collections, as a server does whose disk is new.
func (s *Server) Wipe() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.collections = map[string]*collection{}
}

// Calls is how often the method was called.
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

func (s *Server) intercept(ctx context.Context, req any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	method := info.FullMethod[strings.LastIndexByte(info.FullMethod, '/')+1:]
	if md, _ := metadata.FromIncomingContext(ctx); s.key != "" && !slices.Contains(md.Get("api-key"), s.key) {
		return nil, status.Error(codes.PermissionDenied, "Invalid api-key")
	}
	s.mu.Lock()
	s.calls[method]++
	fault := s.fault
	s.mu.Unlock()
	if fault != nil {
		if err := fault(method); err != nil {
			return nil, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return next(ctx, req)
}

// get is a collection; under mu, as all below.
func (s *Server) get(name string) (*collection, error) {
	if c := s.collections[name]; c != nil {
		return c, nil
	}
	return nil, status.Errorf(codes.NotFound, "Collection `%s` doesn't exist!", name)
}

type collections struct {
	qdrant.UnimplementedCollectionsServer
	s *Server
}

func (c collections) Get(_ context.Context, r *qdrant.GetCollectionInfoRequest) (*qdrant.GetCollectionInfoResponse, error) {
	have, err := c.s.get(r.GetCollectionName())
	if err != nil {
		return nil, err
	}
	return &qdrant.GetCollectionInfoResponse{Result: &qdrant.CollectionInfo{Status: qdrant.CollectionStatus_Green,
		Config: &qdrant.CollectionConfig{Params: &qdrant.CollectionParams{VectorsConfig: qdrant.NewVectorsConfig(have.params)}}}}, nil
}

func (c collections) Create(_ context.Context, r *qdrant.CreateCollection) (*qdrant.CollectionOperationResponse, error) {
	if _, err := c.s.get(r.GetCollectionName()); err == nil {
		return nil, status.Errorf(codes.AlreadyExists, "Collection `%s` already exists!", r.GetCollectionName())
	}
	p := r.GetVectorsConfig().GetParams()
	if p.GetSize() == 0 {
		return nil, status.Error(codes.InvalidArgument, "only collections of one dense vector are built here")
	}
	c.s.collections[r.GetCollectionName()] = &collection{params: p, indexed: map[string]bool{}, points: map[string]*stored{}}
	return &qdrant.CollectionOperationResponse{Result: true}, nil
}

func (c collections) Delete(_ context.Context, r *qdrant.DeleteCollection) (*qdrant.CollectionOperationResponse, error) {
	_, there := c.s.collections[r.GetCollectionName()]
	delete(c.s.collections, r.GetCollectionName())
	return &qdrant.CollectionOperationResponse{Result: there}, nil
}

func (c collections) List(context.Context, *qdrant.ListCollectionsRequest) (*qdrant.ListCollectionsResponse, error) {
	out := &qdrant.ListCollectionsResponse{}
	for _, name := range slices.Sorted(maps.Keys(c.s.collections)) {
		out.Collections = append(out.Collections, &qdrant.CollectionDescription{Name: name})
	}
	return out, nil
}

func (c collections) CollectionExists(_ context.Context, r *qdrant.CollectionExistsRequest) (*qdrant.CollectionExistsResponse, error) {
	_, there := c.s.collections[r.GetCollectionName()]
	return &qdrant.CollectionExistsResponse{Result: &qdrant.CollectionExists{Exists: there}}, nil
}

// sorted is the collection's points by id, the order in which they are scrolled.
func (c *collection) sorted() []*stored {
	if c.order == nil {
		c.order = slices.Sorted(maps.Keys(c.points))
	}
	all := make([]*stored, len(c.order))
	for i, id := range c.order {
		all[i] = c.points[id]
	}
	return all
}

func key(id *qdrant.PointId) string {
	if u := id.GetUuid(); u != "" {
		return u
	}
	return fmt.Sprintf("%020d", id.GetNum())
}
