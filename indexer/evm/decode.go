package evm

import (
	"errors"
	"fmt"

	"candor/contracts"
	"candor/graph"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ipfs/go-cid"
)

// decoder turns SocialGraph's logs into events.
type decoder struct {
	binding *contracts.SocialGraph
	read    map[graph.Hash]func(*types.Log) (graph.Event, error) // by the event's signature
	ignored graph.Hash                                           // IntentRefused: nothing happened
}

func newDecoder() (*decoder, error) {
	parsed, err := contracts.SocialGraphMetaData.ParseABI()
	if err != nil {
		return nil, fmt.Errorf("parse SocialGraph's ABI: %w", err)
	}
	d := &decoder{binding: contracts.NewSocialGraph()}
	id := func(name string) graph.Hash { return parsed.Events[name].ID }
	d.ignored = id("IntentRefused")
	d.read = map[graph.Hash]func(*types.Log) (graph.Event, error){
		id("ProfileSet"): d.profile,
		id("Followed"):   d.followed,
		id("Unfollowed"): d.unfollowed,
		id("Posted"):     d.posted,
		id("Reacted"):    d.reacted,
		id("Unreacted"):  d.unreacted,
		id("Removed"):    d.removed,
		id("Blocked"):    d.blocked,
		id("Unblocked"):  d.unblocked,
		id("PolicySet"):  d.policySet,
		id("Approved"):   d.approved,
		id("Edited"):     d.edited,

		id("FollowRequested"): d.followRequested,
		id("FollowerRefused"): d.followerRefused,
	}
	return d, nil
}

var errNotEvent = errors.New("no log of a known event")

// event is what the log at the position says; ok is false when it says nothing
// on purpose. Errors: it is no valid event.
func (d *decoder) event(l *types.Log, at graph.Position, blockTime uint64) (e graph.Event, ok bool, err error) {
	if len(l.Topics) == 0 {
		return e, false, errNotEvent
	}
	if l.Topics[0] == d.ignored {
		return e, false, nil
	}
	read, known := d.read[l.Topics[0]]
	if !known || len(l.Data) == 0 {
		return e, false, errNotEvent
	}
	if e, err = read(l); err != nil {
		return e, false, err
	}
	e.ID, e.BlockTime, e.Time = at, blockTime, min(e.Time, blockTime)
	for _, r := range []*graph.Ref{&e.Subject, &e.Quote} {
		// An author may write any 128 bits here. What is not earlier cannot be
		// meant, and stores need not cope with block 2^64.
		if r.ID.Compare(at) >= 0 {
			*r = graph.Ref{}
		}
	}
	return e, true, nil
}

func (d *decoder) profile(l *types.Log) (graph.Event, error) {
	v, err := d.binding.UnpackProfileSetEvent(l)
	if err != nil {
		return graph.Event{}, err
	}
	c, err := parseCID(v.Cid, true)
	return graph.Event{Action: graph.ActProfile, Author: v.Author, Time: v.Time, CID: c, Imported: v.Imported}, err
}

func (d *decoder) followed(l *types.Log) (graph.Event, error) {
	v, err := d.binding.UnpackFollowedEvent(l)
	if err != nil {
		return graph.Event{}, err
	}
	return graph.Event{Action: graph.ActFollow, Author: v.Author, Time: v.Time, Target: v.Target}, nil
}

func (d *decoder) unfollowed(l *types.Log) (graph.Event, error) {
	v, err := d.binding.UnpackUnfollowedEvent(l)
	if err != nil {
		return graph.Event{}, err
	}
	return graph.Event{Action: graph.ActUnfollow, Author: v.Author, Time: v.Time, Target: v.Target}, nil
}

func (d *decoder) posted(l *types.Log) (graph.Event, error) {
	v, err := d.binding.UnpackPostedEvent(l)
	if err != nil {
		return graph.Event{}, err
	}
	c, err := parseCID(v.Cid, true)
	parent, err1 := reference(v.Parent, v.ParentCid)
	quote, err2 := reference(v.Quote, v.QuoteCid)
	return graph.Event{Action: graph.ActPost, Author: v.Author, Time: v.Time, CID: c, Subject: parent, Quote: quote},
		errors.Join(err, err1, err2)
}

func (d *decoder) reacted(l *types.Log) (graph.Event, error) {
	v, err := d.binding.UnpackReactedEvent(l)
	if err != nil {
		return graph.Event{}, err
	}
	subject, err := reference(v.Subject, v.SubjectCid)
	return graph.Event{Action: graph.ActReact, Author: v.Author, Time: v.Time, Subject: subject,
		Reaction: graph.ReactionKind(v.Reaction)}, err
}

func (d *decoder) unreacted(l *types.Log) (graph.Event, error) {
	v, err := d.binding.UnpackUnreactedEvent(l)
	if err != nil {
		return graph.Event{}, err
	}
	subject, err := reference(v.Subject, v.SubjectCid)
	return graph.Event{Action: graph.ActUnreact, Author: v.Author, Time: v.Time, Subject: subject,
		Reaction: graph.ReactionKind(v.Reaction)}, err
}

func (d *decoder) removed(l *types.Log) (graph.Event, error) {
	v, err := d.binding.UnpackRemovedEvent(l)
	if err != nil {
		return graph.Event{}, err
	}
	subject, err := reference(v.Subject, v.SubjectCid)
	return graph.Event{Action: graph.ActRemove, Author: v.Author, Time: v.Time, Subject: subject}, err
}

func (d *decoder) blocked(l *types.Log) (graph.Event, error) {
	v, err := d.binding.UnpackBlockedEvent(l)
	if err != nil {
		return graph.Event{}, err
	}
	return graph.Event{Action: graph.ActBlock, Author: v.Author, Time: v.Time, Target: v.Target}, nil
}

func (d *decoder) unblocked(l *types.Log) (graph.Event, error) {
	v, err := d.binding.UnpackUnblockedEvent(l)
	if err != nil {
		return graph.Event{}, err
	}
	return graph.Event{Action: graph.ActUnblock, Author: v.Author, Time: v.Time, Target: v.Target}, nil
}

func (d *decoder) policySet(l *types.Log) (graph.Event, error) {
	v, err := d.binding.UnpackPolicySetEvent(l)
	if err != nil {
		return graph.Event{}, err
	}
	for a := graph.ActOpen; a <= graph.ActClosed; a++ {
		if p, _ := a.Policy(); p == graph.Policy(v.Policy) {
			return graph.Event{Action: a, Author: v.Author, Time: v.Time}, nil
		}
	}
	return graph.Event{}, fmt.Errorf("there is no policy %d: 1 to 3 are taken", v.Policy)
}

func (d *decoder) followRequested(l *types.Log) (graph.Event, error) {
	v, err := d.binding.UnpackFollowRequestedEvent(l)
	if err != nil {
		return graph.Event{}, err
	}
	return graph.Event{Action: graph.ActRequest, Author: v.Author, Time: v.Time, Target: v.Target}, nil
}

func (d *decoder) approved(l *types.Log) (graph.Event, error) {
	v, err := d.binding.UnpackApprovedEvent(l)
	if err != nil {
		return graph.Event{}, err
	}
	return graph.Event{Action: graph.ActApprove, Author: v.Author, Time: v.Time, Target: v.Target}, nil
}

func (d *decoder) followerRefused(l *types.Log) (graph.Event, error) {
	v, err := d.binding.UnpackFollowerRefusedEvent(l)
	if err != nil {
		return graph.Event{}, err
	}
	return graph.Event{Action: graph.ActRefuse, Author: v.Author, Time: v.Time, Target: v.Target}, nil
}

func (d *decoder) edited(l *types.Log) (graph.Event, error) {
	v, err := d.binding.UnpackEditedEvent(l)
	if err != nil {
		return graph.Event{}, err
	}
	subject, err := reference(v.Subject, v.SubjectCid)
	c, err1 := parseCID(v.Cid, true)
	return graph.Event{Action: graph.ActEdit, Author: v.Author, Time: v.Time, Subject: subject, CID: c}, errors.Join(err, err1)
}

func reference(id [16]byte, raw []byte) (graph.Ref, error) {
	c, err := parseCID(raw, false)
	return graph.Ref{ID: graph.PositionFromBytes(id), CID: c}, err
}

// parseCID reads exactly one binary CID of at most graph.MaxCID bytes, or none
// where none is needed.
func parseCID(raw []byte, needed bool) (cid.Cid, error) {
	switch {
	case len(raw) == 0 && !needed:
		return cid.Undef, nil
	case len(raw) == 0 || len(raw) > graph.MaxCID:
		return cid.Undef, fmt.Errorf("a CID has %d bytes: 1 to %d are taken", len(raw), graph.MaxCID)
	}
	c, err := cid.Cast(raw)
	if err != nil {
		return cid.Undef, fmt.Errorf("a CID does not parse: %w", err)
	}
	return c, nil
}
