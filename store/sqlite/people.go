package sqlite

import "candor/graph"

// Blocks, requests to follow and policies have no tables yet: writer.batch leaves
// out the events that make them, and so there are none.

// BlockEdges say who blocks whom, newest position first.
func (s *Snapshot) BlockEdges(graph.FollowQuery) ([]graph.Follow, error) { return nil, nil }

// Requests are the requests to follow that nobody has answered, newest position first.
func (s *Snapshot) Requests(graph.FollowQuery) ([]graph.Follow, error) { return nil, nil }

// Policies are the policies of those of the addresses that are not open.
func (s *Snapshot) Policies([]graph.Address) (map[graph.Address]graph.Policy, error) { return nil, nil }
