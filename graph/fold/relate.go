package fold

import "candor/graph"

// Relate tells what an event does between its author and its target: which relations it
// begins and ends, in this order. It is the one rule for whoever keeps relations.
func Relate(e graph.Event, begin, end func(kind Edge, from, to graph.Address)) {
	me, you := e.Author, e.Target
	switch e.Action {
	case graph.ActFollow:
		end(Requested, me, you)
		begin(Follows, me, you)
	case graph.ActRequest:
		begin(Requested, me, you)
	case graph.ActApprove:
		end(Requested, you, me)
		begin(Follows, you, me)
	case graph.ActUnfollow:
		end(Follows, me, you)
		end(Requested, me, you)
	case graph.ActRefuse:
		end(Follows, you, me)
		end(Requested, you, me)
	case graph.ActBlock:
		for _, kind := range []Edge{Follows, Requested} {
			end(kind, me, you)
			end(kind, you, me)
		}
		begin(Blocks, me, you)
	case graph.ActUnblock:
		end(Blocks, me, you)
	}
}
