package relay

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"

	"candor/graph"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
)

// Limits on one request.
const (
	MaxIntents = 500
	MaxBody    = 1 << 20 // bytes
)

// SignedIntent is an intent with its author's signature: r, s and v (27 or 28), 65 bytes.
type SignedIntent struct {
	Intent    graph.Intent
	Signature []byte
}

// WireIntent is a signed intent as JSON carries it.
type WireIntent struct {
	Intent    wireBody      `json:"intent"`
	Signature hexutil.Bytes `json:"signature"`
}

type wireBody struct {
	Author   *graph.Address `json:"author"`
	Action   string         `json:"action"`
	Nonce    *uint64        `json:"nonce"`
	Deadline *uint64        `json:"deadline"`
	Time     *uint64        `json:"time"`
	Target   *graph.Address `json:"target,omitempty"`
	CID      string         `json:"cid,omitempty"`
	Subject  *wireRef       `json:"subject,omitempty"`
	Quote    *wireRef       `json:"quote,omitempty"`
	Reaction string         `json:"reaction,omitempty"`
	Imported bool           `json:"imported,omitempty"`
}

type wireRef struct {
	ID  graph.PostID `json:"id"`
	CID string       `json:"cid"`
}

var reactionNames = map[graph.ReactionKind]string{graph.Like: "like", graph.Repost: "repost"}

// Sign makes the author's signature of the intent for the contract on the chain.
func Sign(in graph.Intent, chainID *big.Int, contract graph.Address, key *ecdsa.PrivateKey) ([]byte, error) {
	digest := in.Digest(chainID, contract)
	sig, err := crypto.Sign(digest[:], key)
	if err != nil {
		return nil, fmt.Errorf("cannot sign the intent: %w", err)
	}
	sig[64] += 27
	return sig, nil
}

// Wire is the JSON form of a signed intent, as POST /api/v1/intents takes it. It
// fails on bytes that are no CID.
func Wire(in graph.Intent, signature []byte) (WireIntent, error) {
	w := wireBody{Author: &in.Author, Action: in.Action.String(), Nonce: &in.Nonce, Deadline: &in.Deadline,
		Time: &in.Time, Reaction: reactionNames[in.Reaction], Imported: in.Imported}
	if in.Target != (graph.Address{}) {
		w.Target = &in.Target
	}
	var err error
	if w.CID, err = cidString(in.CID); err != nil {
		return WireIntent{}, err
	}
	if w.Subject, err = toWireRef(in.Subject, in.SubjectCID); err != nil {
		return WireIntent{}, err
	}
	if w.Quote, err = toWireRef(in.Quote, in.QuoteCID); err != nil {
		return WireIntent{}, err
	}
	return WireIntent{Intent: w, Signature: signature}, nil
}

func toWireRef(id graph.PostID, raw []byte) (*wireRef, error) {
	if id.IsZero() && len(raw) == 0 {
		return nil, nil
	}
	s, err := cidString(raw)
	return &wireRef{ID: id, CID: s}, err
}

func cidString(raw []byte) (string, error) {
	if len(raw) == 0 {
		return "", nil
	}
	c, err := cid.Cast(raw)
	if err != nil {
		return "", fmt.Errorf("the intent holds no CID: %w", err)
	}
	return c.String(), nil
}

// DecodeIntents reads one signed intent or an array of 1 to MaxIntents of them.
// What is no intent is a graph.ErrAsk that names the intent by its place, from 0.
func DecodeIntents(body []byte) ([]SignedIntent, error) {
	if len(body) > MaxBody {
		return nil, graph.Malformed("the request has %d bytes: send at most %d", len(body), MaxBody)
	}
	body = bytes.TrimSpace(body)
	raws := []json.RawMessage{body}
	if len(body) > 0 && body[0] == '[' {
		if err := strict(body, &raws); err != nil {
			return nil, graph.Malformed("the request is no JSON array of intents: %v", err)
		}
		if len(raws) == 0 || len(raws) > MaxIntents {
			return nil, graph.Malformed("the request has %d intents: send 1 to %d", len(raws), MaxIntents)
		}
	}
	out := make([]SignedIntent, len(raws))
	for i, raw := range raws {
		var err error
		if out[i], err = decodeIntent(raw); err != nil {
			return nil, graph.Malformed("intent %d: %v", i, err)
		}
	}
	return out, nil
}

func decodeIntent(raw []byte) (SignedIntent, error) {
	var w WireIntent
	if err := strict(raw, &w); err != nil {
		return SignedIntent{}, fmt.Errorf(`send {"intent":{…},"signature":"0x…"}: %w`, err)
	}
	b := w.Intent
	if b.Author == nil || b.Nonce == nil || b.Deadline == nil || b.Time == nil {
		return SignedIntent{}, errors.New("author, nonce, deadline and time must all be there")
	}
	in := graph.Intent{Author: *b.Author, Nonce: *b.Nonce, Deadline: *b.Deadline, Time: *b.Time, Imported: b.Imported}
	var err error
	if in.Action, err = parseAction(b.Action); err != nil {
		return SignedIntent{}, err
	}
	if in.Reaction, err = parseReaction(b.Reaction); err != nil {
		return SignedIntent{}, err
	}
	if b.Target != nil {
		in.Target = *b.Target
	}
	if b.CID != "" {
		if in.CID, err = parseCID(b.CID); err != nil {
			return SignedIntent{}, err
		}
	}
	if in.Subject, in.SubjectCID, err = parseRef(b.Subject); err != nil {
		return SignedIntent{}, err
	}
	if in.Quote, in.QuoteCID, err = parseRef(b.Quote); err != nil {
		return SignedIntent{}, err
	}
	return SignedIntent{Intent: in, Signature: w.Signature}, nil
}

func parseAction(s string) (graph.Action, error) {
	var names []string
	for a := graph.ActProfile; a.Signed(); a++ {
		if a.String() == s {
			return a, nil
		}
		names = append(names, a.String())
	}
	return 0, fmt.Errorf("there is no action %q to sign: send one of %s", s, strings.Join(names, ", "))
}

func parseReaction(s string) (graph.ReactionKind, error) {
	if s == "" {
		return 0, nil
	}
	for kind, name := range reactionNames {
		if name == s {
			return kind, nil
		}
	}
	return 0, fmt.Errorf("there is no reaction %q: send like or repost", s)
}

func parseRef(w *wireRef) (graph.PostID, []byte, error) {
	if w == nil {
		return graph.PostID{}, nil, nil
	}
	raw, err := parseCID(w.CID)
	return w.ID, raw, err
}

func parseCID(s string) ([]byte, error) {
	if len(s) > 4*graph.MaxCID {
		return nil, fmt.Errorf("the CID has %d characters: it is too long", len(s))
	}
	c, err := cid.Decode(s)
	if err != nil {
		return nil, fmt.Errorf("%q is no CID: %w", s, err)
	}
	return c.Bytes(), nil
}

// strict decodes one JSON value of known keys, and nothing after it.
func strict(raw []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("there is more after the end")
	}
	return nil
}
