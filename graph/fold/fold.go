package fold

import "candor/graph"

// Edge is a kind of relation of one person to another.
type Edge uint8

// The kinds of edges.
const (
	Follows   Edge = 1 // from reads to
	Requested Edge = 2 // from asks to, who has not answered
	Blocks    Edge = 3 // from does not want to have to do with to
)

// View is what Effective must know of the state before an event: lookups by key,
// all of which the event itself names or which the author of a post that it
// names completes.
type View interface {
	// Post is the author and the current content of the post at the position; ok
	// is false when there is none or its author removed it.
	Post(id graph.PostID) (author graph.Address, contentID string, ok bool, err error)
	// Earlier reports whether the post had this content before an edit.
	Earlier(id graph.PostID, contentID string) (bool, error)
	// Edge reports whether the relation holds.
	Edge(kind Edge, from, to graph.Address) (bool, error)
	Reacted(author graph.Address, subject graph.PostID, kind graph.ReactionKind) (bool, error)
	// Policy is who may follow the person: graph.PolicyOpen unless it chose another.
	Policy(of graph.Address) (graph.Policy, error)
}

// Effective decides what an event changes in the state: ok is false when it
// changes nothing (a reference whose position and content do not match, a second
// follow, a removal by a stranger). The event that it returns has its time
// bounded by its block's, and the references of a post that name nothing, or
// somebody who blocks its author, are gone.
//
// What an effective event ends, besides what it says: a follow and an approval
// end the request between the two; a block ends follows and requests between the
// two in both directions; an unfollow and a refusal end whichever of follow and
// request there is.
func Effective(v View, e graph.Event) (out graph.Event, ok bool, err error) {
	e.Time = min(e.Time, e.BlockTime)
	if policy, sets := e.Action.Policy(); sets {
		now, err := v.Policy(e.Author)
		return e, now != policy && err == nil, err
	}
	switch e.Action {
	case graph.ActProfile:
		return e, e.CID.Defined(), nil
	case graph.ActPost:
		ok, err := refer(v, &e)
		return e, ok, err
	case graph.ActReact, graph.ActUnreact:
		ok, err := react(v, e)
		return e, ok, err
	case graph.ActRemove:
		author, _, ok, err := resolve(v, e.Subject)
		return e, ok && author == e.Author, err
	case graph.ActEdit:
		author, now, ok, err := resolve(v, e.Subject)
		return e, ok && author == e.Author && e.CID.Defined() && e.CID.KeyString() != now, err
	}
	if e.Target == e.Author {
		return e, false, nil
	}
	ok, err = relate(v, e)
	return e, ok, err
}

// relate decides what one person does about another.
func relate(v View, e graph.Event) (ok bool, err error) {
	ask := question{v: v}
	me, you := e.Author, e.Target
	switch e.Action {
	case graph.ActFollow:
		ok = !ask.edge(Follows, me, you) && !ask.edge(Blocks, me, you) && !ask.edge(Blocks, you, me)
	case graph.ActRequest:
		ok = !ask.edge(Requested, me, you) && !ask.edge(Follows, me, you) &&
			!ask.edge(Blocks, me, you) && !ask.edge(Blocks, you, me)
	case graph.ActUnfollow:
		ok = ask.edge(Follows, me, you) || ask.edge(Requested, me, you)
	case graph.ActApprove:
		ok = ask.edge(Requested, you, me)
	case graph.ActRefuse:
		ok = ask.edge(Follows, you, me) || ask.edge(Requested, you, me)
	case graph.ActBlock:
		ok = !ask.edge(Blocks, me, you)
	case graph.ActUnblock:
		ok = ask.edge(Blocks, me, you)
	}
	return ok && ask.err == nil, ask.err
}

// question asks a view for edges until the first error.
type question struct {
	v   View
	err error
}

func (q *question) edge(kind Edge, from, to graph.Address) (on bool) {
	if q.err == nil {
		on, q.err = q.v.Edge(kind, from, to)
	}
	return on
}

// refer drops what the post may not refer to.
func refer(v View, e *graph.Event) (bool, error) {
	if !e.CID.Defined() {
		return false, nil
	}
	for _, r := range []*graph.Ref{&e.Subject, &e.Quote} {
		author, _, ok, err := resolve(v, *r)
		if err != nil {
			return false, err
		}
		blocked := false
		if ok {
			if blocked, err = v.Edge(Blocks, author, e.Author); err != nil {
				return false, err
			}
		}
		if !ok || blocked {
			*r = graph.Ref{}
		}
	}
	return true, nil
}

func react(v View, e graph.Event) (bool, error) {
	if e.Reaction != graph.Like && e.Reaction != graph.Repost {
		return false, nil
	}
	author, _, ok, err := resolve(v, e.Subject)
	if err != nil || !ok {
		return false, err
	}
	on, err := v.Reacted(e.Author, e.Subject.ID, e.Reaction)
	if err != nil || on == (e.Action == graph.ActReact) {
		return false, err
	}
	if e.Action == graph.ActUnreact {
		return true, nil // whoever is blocked may still take back
	}
	blocked, err := v.Edge(Blocks, author, e.Author)
	return !blocked && err == nil, err
}

// resolve finds the post that the reference names by its current or an earlier content.
func resolve(v View, r graph.Ref) (author graph.Address, now string, ok bool, err error) {
	if r.ID.IsZero() || !r.CID.Defined() {
		return author, "", false, nil
	}
	author, now, ok, err = v.Post(r.ID)
	if err != nil || !ok {
		return author, "", false, err
	}
	if named := r.CID.KeyString(); named != now {
		ok, err = v.Earlier(r.ID, named)
	}
	return author, now, ok && err == nil, err
}
