package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"candor/graph"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/parts"
	"candor/zkcommit/timelock"

	"github.com/ipfs/go-cid"
)

// committed is a version of a plugin as the chain has it.
type committed struct {
	plugin   registry.Plugin
	model    registry.Model
	standing registry.Standing
	sealed   registry.Sealed // nothing when the version has no secret
}

// openError says why a version is not public; it is the publisher's fault and not a
// passing one.
type openError struct{ error }

func (e openError) Unwrap() error { return e.error }

// readCommitted reads a version, with its ciphertext when it has a secret.
func readCommitted(ctx context.Context, calls *registry.Client, p registry.Plugin, version uint32) (v committed, err error) {
	v.plugin = p
	var known bool
	if v.model, known, err = calls.Model(ctx, p.ID, version); err == nil && !known {
		err = fmt.Errorf("plugin %s has no version %d: it has 1 to %d", p.ID, version, p.Versions)
	}
	if err != nil {
		return v, err
	}
	if v.standing, _, err = calls.Standing(ctx, p.ID, version); err != nil || v.model.RevealBy == 0 {
		return v, err
	}
	v.sealed, _, err = calls.Sealed(ctx, v.model)
	return v, err
}

// name is the version in a sentence.
func (v committed) name() string {
	return fmt.Sprintf("version %d of %s (%s)", v.model.Version, v.plugin.Slug, v.plugin.ID.Hex()[:10])
}

// date is when it was promised to be public.
func (v committed) date() time.Time { return time.Unix(int64(v.model.RevealBy), 0) }

func (v committed) wrong(format string, args ...any) error {
	return openError{fmt.Errorf(v.name()+": "+format, args...)}
}

// lacks says why the version's ciphertext is not there: what its name lists can be none, or
// nobody gives it now.
func (v committed) lacks(err error) error {
	if errors.Is(err, parts.ErrFile) {
		return v.wrong("its ciphertext %s: %w", v.sealed.CID, err)
	}
	return fmt.Errorf("%s: its ciphertext on IPFS cannot be had: %w", v.name(), err)
}

// ciphertext is the version's, from its commit's event or from where that says. Of a
// large one its head is the first part alone.
func (v committed) ciphertext(ctx context.Context, get parts.Get, head bool) ([]byte, error) {
	switch {
	case v.model.RevealBy == 0:
		return nil, fmt.Errorf("%s was never secret, so that it has no ciphertext: name a node that serves it with --node", v.name())
	case v.sealed.Ciphertext != nil:
		return v.sealed.Ciphertext, nil
	case !v.sealed.CID.Defined():
		return nil, v.wrong("its commit came with no ciphertext")
	case get == nil:
		return nil, fmt.Errorf("%s: its ciphertext is on IPFS as %s: name a gateway", v.name(), v.sealed.CID)
	}
	f, err := parts.Open(ctx, v.sealed.CID, timelock.MaxCiphertext, get)
	if err != nil {
		return nil, v.lacks(err)
	}
	var b []byte
	if head {
		b, err = f.Part(ctx, 0, get)
	} else {
		b, err = f.Bytes(ctx, get)
	}
	if err != nil {
		return nil, v.lacks(err)
	}
	return b, nil
}

// keepsPromise checks before its date that the version's ciphertext is for the
// network and opens when it must. What it holds nobody can know yet.
func (v committed) keepsPromise(ctx context.Context, n *timelock.Network, get parts.Get) error {
	b, err := v.ciphertext(ctx, get, true)
	if err != nil {
		return err
	}
	if err := n.CheckPromise(b, v.date()); err != nil {
		return v.wrong("its ciphertext breaks the promise: %w", err)
	}
	return nil
}

// open makes the version public, once its ciphertext's round has come. Nobody is
// believed: what opens must be the committed model.
func (v committed) open(ctx context.Context, b *timelock.Beacon, get parts.Get) (zkcommit.Secret, error) {
	plain, err := v.unlock(ctx, b, get)
	if err != nil {
		return nil, err
	}
	return v.read(plain)
}

// unlock is what the version's ciphertext holds, once its round has come. It may be anything.
func (v committed) unlock(ctx context.Context, b *timelock.Beacon, get parts.Get) ([]byte, error) {
	sealed, err := v.ciphertext(ctx, get, false)
	if err != nil {
		return nil, err
	}
	plain, err := b.OpenDue(ctx, sealed)
	if errors.Is(err, timelock.ErrTooEarly) {
		_, round, _ := timelock.Inspect(sealed) // which OpenDue has read
		return nil, fmt.Errorf("%s is locked until %s UTC: %w", v.name(), b.Time(round).UTC().Format(time.DateTime), timelock.ErrTooEarly)
	}
	if errors.Is(err, timelock.ErrCiphertext) {
		return nil, v.wrong("%w", err)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: the beacon cannot be asked, try again later: %w", v.name(), err)
	}
	return plain, nil
}

// read takes a document for the version's model, if it is that; of a tower, for its file.
func (v committed) read(document []byte) (zkcommit.Secret, error) {
	if v.plugin.Kind == registry.Tower {
		return v.readTower(document)
	}
	r, err := zkcommit.ParseReveal(document)
	if err != nil {
		return nil, v.wrong("what it holds is no model: %w", err)
	}
	if err := r.Opens(v.model.Commitment); err != nil {
		return nil, v.wrong("what it holds is another model than the committed one: %w", err)
	}
	if r.Model.Shape.ID() != v.model.ShapeID {
		return nil, v.wrong("what it holds is a model of shape %s, and the chain names another", r.Model.Shape)
	}
	return r, nil
}

// fromGateway asks an IPFS gateway for raw blocks, whose bytes may be anything.
func fromGateway(gateway string) parts.Get {
	if gateway == "" {
		return nil
	}
	return func(ctx context.Context, c cid.Cid, limit int) ([]byte, error) {
		ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
		defer cancel()
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(gateway, "/")+"/ipfs/"+c.String()+"?format=raw", nil)
		if err != nil {
			return nil, fmt.Errorf("%q is no URL of a gateway", gateway)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			return nil, fmt.Errorf("the gateway does not answer: %w", bare(err))
		}
		defer res.Body.Close()
		if res.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("the gateway answers %s", res.Status)
		}
		return io.ReadAll(io.LimitReader(res.Body, int64(limit)+1))
	}
}

// undated is the document of a version without a date, as a node has it: in its answer, or
// on IPFS if it is larger than a block.
func (v committed) undated(ctx context.Context, node string, get parts.Get) (zkcommit.Secret, error) {
	b, err := getBy(ctx, http.DefaultClient, fmt.Sprintf("%s/api/v1/reveals/%s/%d", strings.TrimSuffix(node, "/"), v.plugin.ID, v.model.Version), 4*parts.Size)
	if err != nil {
		return nil, err
	}
	var answer struct {
		Document []byte
		CID      string
	}
	if err := json.Unmarshal(b, &answer); err != nil || answer.Document == nil && answer.CID == "" {
		return nil, fmt.Errorf("the node at %s does not have the model", node)
	}
	if answer.Document != nil {
		return v.read(answer.Document)
	}
	if get == nil {
		return nil, fmt.Errorf("%s: its document is on IPFS as %.80s: name a gateway with --ipfs", v.name(), answer.CID)
	}
	name, err := cid.Decode(answer.CID)
	if err == nil {
		b, err = parts.Read(ctx, name, max(zkcommit.MaxTower, zkcommit.MaxReveal), get)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: its document on IPFS cannot be had: %w", v.name(), err)
	}
	return v.read(b)
}

// state is how a version stands to its date, in the words of the API.
func (v committed) state(now time.Time, opened bool) string {
	switch {
	case v.model.RevealBy == 0:
		return "open"
	case opened || v.standing.Reveal.Revealed():
		return "public"
	case now.Before(v.date()):
		return "locked"
	}
	return "due"
}

// onChain says in a word what the contract knows of a reveal.
func onChain(r registry.Reveal) string {
	return map[registry.Reveal]string{registry.NoSecret: "none", registry.RevealDue: "due", registry.RevealChecked: "checked", registry.RevealUnchecked: "unchecked"}[r]
}

// parsePlugin reads a plugin's id.
func parsePlugin(s string) (id graph.Hash, err error) {
	if err := id.UnmarshalText([]byte(s)); err != nil {
		return id, fmt.Errorf("%q is no plugin's id: send 0x and 64 hexadecimal digits", s)
	}
	return id, nil
}
