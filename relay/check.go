package relay

import (
	"errors"
	"fmt"
	"math/big"

	"candor/graph"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
)

// check says why the contract would refuse the intent whatever the chain's
// state, or that its fields do not fit its action; nil when neither is so.
func check(si SignedIntent, chainID *big.Int, contract graph.Address, development bool) error {
	if err := checkShape(si.Intent, development); err != nil {
		return err
	}
	return checkSignature(si, chainID, contract)
}

func checkShape(in graph.Intent, development bool) error {
	// What each action needs (n) or may have (m); everything else must be absent.
	rules := map[graph.Action]struct{ target, cid, subject, quote, reaction byte }{
		graph.ActProfile:  {cid: 'n'},
		graph.ActFollow:   {target: 'n'},
		graph.ActUnfollow: {target: 'n'},
		graph.ActPost:     {cid: 'n', subject: 'm', quote: 'm'},
		graph.ActReact:    {subject: 'n', reaction: 'n'},
		graph.ActUnreact:  {subject: 'n', reaction: 'n'},
		graph.ActRemove:   {subject: 'n'},
		graph.ActBlock:    {target: 'n'},
		graph.ActUnblock:  {target: 'n'},
		graph.ActOpen:     {},
		graph.ActApproval: {},
		graph.ActClosed:   {},
		graph.ActApprove:  {target: 'n'},
		graph.ActRefuse:   {target: 'n'},
		graph.ActEdit:     {cid: 'n', subject: 'n'},
	}
	rule, ok := rules[in.Action]
	if !ok {
		return fmt.Errorf("there is no action %d: send 1 to 15", in.Action)
	}
	for _, f := range []struct {
		name string
		rule byte
		here bool
	}{
		{"target", rule.target, in.Target != graph.Address{}},
		{"cid", rule.cid, len(in.CID) > 0},
		{"subject", rule.subject, !in.Subject.IsZero() || len(in.SubjectCID) > 0},
		{"quote", rule.quote, !in.Quote.IsZero() || len(in.QuoteCID) > 0},
		{"reaction", rule.reaction, in.Reaction != 0},
	} {
		if f.here && f.rule == 0 {
			return fmt.Errorf("the action %s has no %s: leave it out and sign again", in.Action, f.name)
		}
		if !f.here && f.rule == 'n' {
			return fmt.Errorf("the action %s needs a %s: add it and sign again", in.Action, f.name)
		}
	}
	switch {
	case in.Target == in.Author:
		return errors.New("nobody follows, blocks or answers itself: name another target")
	case in.Reaction > graph.Repost:
		return fmt.Errorf("there is no reaction %d: send 1 (like) or 2 (repost)", in.Reaction)
	case in.Imported && in.Action != graph.ActProfile:
		return errors.New("only profiles are marked as imported: leave it out and sign again")
	case in.Imported && !development:
		return errors.New("imported profiles exist on development chains only: publish as yourself")
	case in.Subject.IsZero() != (len(in.SubjectCID) == 0) || in.Quote.IsZero() != (len(in.QuoteCID) == 0):
		return errors.New("a reference names a post by both its id and its cid: send both")
	}
	for _, raw := range [][]byte{in.CID, in.SubjectCID, in.QuoteCID} {
		if err := checkCID(raw); err != nil {
			return err
		}
	}
	return nil
}

func checkCID(raw []byte) error {
	if len(raw) == 0 {
		return nil
	}
	if len(raw) > graph.MaxCID {
		return fmt.Errorf("the CID has %d bytes: the contract takes at most %d", len(raw), graph.MaxCID)
	}
	c, err := cid.Cast(raw)
	if err != nil {
		return fmt.Errorf("these bytes are no CID: %w", err)
	}
	if c.Version() != 1 {
		return fmt.Errorf("the CID is of version %d: send version 1", c.Version())
	}
	return nil
}

// halfOrder is secp256k1's order, halved: a larger s is the other spelling of a
// signature, which the contract refuses.
var halfOrder = new(big.Int).Rsh(crypto.S256().Params().N, 1)

func checkSignature(si SignedIntent, chainID *big.Int, contract graph.Address) error {
	sig := si.Signature
	if len(sig) != crypto.SignatureLength {
		return fmt.Errorf("the signature has %d bytes: send r, s and v, 65 bytes", len(sig))
	}
	if v := sig[64]; v != 27 && v != 28 {
		return fmt.Errorf("the signature's v is %d: send 27 or 28", v)
	}
	if new(big.Int).SetBytes(sig[32:64]).Cmp(halfOrder) > 0 {
		return errors.New("the signature's s is in the upper half: send the order minus s, and the other v")
	}
	plain := append([]byte{}, sig...)
	plain[64] -= 27
	digest := si.Intent.Digest(chainID, contract)
	pub, err := crypto.SigToPub(digest[:], plain)
	if err != nil || crypto.PubkeyToAddress(*pub) != si.Intent.Author {
		return fmt.Errorf("the signature is not by %s for this chain (%s) and contract (%s): sign the intent as it is sent",
			si.Intent.Author, chainID, contract)
	}
	return nil
}
