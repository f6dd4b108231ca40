package fold

import "candor/graph"

// View is what Effective must know of the state before an event.
type View interface {
	// Post is the author and content of the post at the position; ok is false
	// when there is none or its author removed it.
	Post(id graph.PostID) (author graph.Address, contentID string, ok bool, err error)
	Following(from, to graph.Address) (bool, error)
	Reacted(author graph.Address, subject graph.PostID, kind graph.ReactionKind) (bool, error)
}

// Effective decides what an event changes in the state: ok is false when it
// changes nothing (a reference whose position and content do not match, a second
// follow, a removal by a stranger). The event that it returns has its time
// bounded by its block's, and the references of a post that name nothing are gone.
func Effective(v View, e graph.Event) (out graph.Event, ok bool, err error) {
	e.Time = min(e.Time, e.BlockTime)
	switch e.Action {
	case graph.ActProfile:
		return e, e.CID.Defined(), nil
	case graph.ActFollow, graph.ActUnfollow:
		if e.Target == e.Author {
			return e, false, nil
		}
		on, err := v.Following(e.Author, e.Target)
		return e, on == (e.Action == graph.ActUnfollow), err
	case graph.ActPost:
		if !e.CID.Defined() {
			return e, false, nil
		}
		for _, r := range []*graph.Ref{&e.Subject, &e.Quote} {
			if _, ok, err := resolve(v, *r); err != nil {
				return e, false, err
			} else if !ok {
				*r = graph.Ref{}
			}
		}
		return e, true, nil
	case graph.ActReact, graph.ActUnreact:
		if e.Reaction != graph.Like && e.Reaction != graph.Repost {
			return e, false, nil
		}
		if _, ok, err := resolve(v, e.Subject); err != nil || !ok {
			return e, false, err
		}
		on, err := v.Reacted(e.Author, e.Subject.ID, e.Reaction)
		return e, on == (e.Action == graph.ActUnreact), err
	case graph.ActRemove:
		author, ok, err := resolve(v, e.Subject)
		return e, ok && author == e.Author, err
	}
	return e, false, nil
}

func resolve(v View, r graph.Ref) (author graph.Address, ok bool, err error) {
	if r.ID.IsZero() || !r.CID.Defined() {
		return author, false, nil
	}
	author, content, ok, err := v.Post(r.ID)
	return author, ok && content == r.CID.KeyString(), err
}
