package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"candor/audit"
	"candor/graph"
	"candor/zkcommit"

	"github.com/ipfs/go-cid"
)

// registration checks the proof on which all run proofs of a version rest: the one that
// its publisher names on the chain, or else the node's.
func (s *subject) registration(ctx context.Context, r *audit.Report, v committed, c *audit.Committed) error {
	if v.model.ShapeID == (graph.Hash{}) { // no model to register
		return nil
	}
	name, known, err := s.book.Calls().Registered(ctx, v.model)
	if err != nil {
		return err
	}
	if known && !name.Defined() {
		c.BadRegistration = v.name() + ": its publisher names no CID as its registration"
		return nil
	}
	b, err := s.registrationBytes(ctx, v, name)
	if err != nil {
		r.Notes = append(r.Notes, fmt.Sprintf("%s: its registration cannot be had: %v", v.name(), err))
		return nil
	}
	if b == nil {
		return nil
	}
	err = s.registers(ctx, v, b)
	switch {
	case errors.Is(err, errNoKey):
		r.Notes = append(r.Notes, fmt.Sprintf("%s: its registration cannot be checked: %v", v.name(), err))
	case err != nil:
		c.BadRegistration = fmt.Sprintf("%s: its registration does not hold: %v", v.name(), err)
	default:
		c.Registered = true
	}
	return s.book.Failed()
}

// registrationBytes are those under the name or, without one, the node's; nil where
// nobody claims to have any.
func (s *subject) registrationBytes(ctx context.Context, v committed, name cid.Cid) ([]byte, error) {
	const most = 256 << 10
	if name.Defined() && s.gateway != "" {
		b, err := fromGateway(s.gateway)(ctx, name, most)
		if err != nil {
			return nil, err
		}
		if got, err := name.Prefix().Sum(b); err != nil || !got.Equals(name) {
			return nil, fmt.Errorf("what came for %s is something else", name)
		}
		return b, nil
	}
	if s.node == "" {
		return nil, nil
	}
	raw, err := get(ctx, strings.TrimSuffix(s.node, "/")+"/api/v1/registrations/"+url.PathEscape(v.model.Commitment.Hex()), most)
	if no := (refused{}); errors.As(err, &no) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	var answer struct{ Registration []byte }
	if err := json.Unmarshal(raw, &answer); err != nil {
		return nil, errors.New("the node's answer cannot be read")
	}
	b := answer.Registration
	if name.Defined() {
		if got, err := name.Prefix().Sum(b); err != nil || !got.Equals(name) {
			return nil, fmt.Errorf("the node has another one than %s, which its publisher names on the chain", name)
		}
	}
	return b, nil
}

var errNoKey = errors.New("nobody gives its verifying key")

// registers says whether the bytes register the version's model under a key of the chain.
func (s *subject) registers(ctx context.Context, v committed, b []byte) error {
	r, err := zkcommit.ParseRegistration(b)
	if err != nil {
		return err
	}
	if r.Commitment != v.model.Commitment || r.Shape.ID() != v.model.ShapeID {
		return errors.New("it is of another model or shape")
	}
	known, development, err := s.book.Key(r.Key)
	if err != nil {
		return err
	}
	if !known {
		return errors.New("the chain's key table does not know its verifying key")
	}
	raw, err := get(ctx, strings.TrimSuffix(s.node, "/")+"/api/v1/keys/"+url.PathEscape(r.Key.Hex()), 1<<20)
	if err != nil {
		return fmt.Errorf("%w: %w", errNoKey, err)
	}
	var k zkcommit.BundleKey
	if err := json.Unmarshal(raw, &k); err != nil || k.Hash() != r.Key || k.Development != development {
		return fmt.Errorf("%w: the node gives another one", errNoKey)
	}
	_, err = s.registered.Register(r, &k)
	return err
}
