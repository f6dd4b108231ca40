package web

import (
	"context"

	"candor/graph"
)

// Finality tells what the chain will not take back.
type Finality interface {
	// Finalized is the newest such block of the index.
	Finalized() uint64
	// Holds reports whether the block of that number has the hash.
	Holds(ctx context.Context, number uint64, hash graph.Hash) bool
}

// finalized is 0 where nothing is known to be final.
func (s *Server) finalized() uint64 {
	if s.Final == nil {
		return 0
	}
	return s.Final.Finalized()
}

// labelled says of each post whether the chain may still take it, or its last
// edit, back.
func (s *Server) labelled(views []graph.PostView) []graph.PostView {
	final := s.finalized()
	for i := range views {
		v := &views[i]
		v.Final = v.ID.Block <= final && (v.Edited == nil || v.Edited.Block <= final)
	}
	return views
}
