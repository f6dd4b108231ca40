package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"candor/graph"
	"candor/indexer/ipfs"
	"candor/internal/crashpoint"
	"candor/web"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/parts"
	"candor/zkcommit/timelock"

	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"
)

// custodyOptions say what this node keeps for others, and who keeps for it.
type custodyOptions struct {
	mib        int
	custodians []string
}

func (o *custodyOptions) flags(c *cobra.Command) {
	c.Flags().IntVar(&o.mib, "custody-mib", 512, "MiB of other publishers' ciphertexts that this node keeps until their models are public, where these are too large for the chain; 0 keeps none")
	c.Flags().StringArrayVar(&o.custodians, "custodian", nil, "URL of a node that keeps this node's ciphertexts, where the chain asks for custodians; may be repeated")
}

func (o custodyOptions) check() error {
	if o.mib < 0 || o.mib > 1<<20 {
		return fmt.Errorf("--custody-mib %d is no size: send 0 to %d", o.mib, 1<<20)
	}
	return nil
}

// custody keeps ciphertexts that are too large for their commit, and documents of towers
// without a date. Each is blocks on IPFS, and a file under DIR/custody that says what for.
type custody struct {
	*node
	versionOf func(ctx context.Context, plugin, commitment graph.Hash) (uint32, error)
	model     func(ctx context.Context, plugin graph.Hash, version uint32) (registry.Model, bool, error)
	most      int64    // bytes
	others    []string // nodes that keep this node's own

	one    sync.Mutex         // what is asked is done one after the other
	coming map[string]*upload // by the CID of what comes

	mu    sync.RWMutex          // of the following, which the collector asks for
	held  map[graph.Hash]charge // by what was asked for
	named keptBlocks            // of what is held
}

// charge is a ciphertext in custody.
type charge struct {
	zkcommit.Custody
	Size  int64  `json:"size"`           // bytes
	Since int64  `json:"since"`          // seconds
	List  []byte `json:"list,omitempty"` // of its parts; none: it is one block
}

// blocks are the names of its blocks.
func (k *charge) blocks() ([]cid.Cid, error) {
	if k.List == nil {
		return []cid.Cid{k.Ciphertext}, nil
	}
	f, err := parts.Parse(k.List)
	if err != nil {
		return nil, err
	}
	return append(f.Parts, k.Ciphertext), nil
}

// What was never committed makes room after a day; what is public since long, too.
const (
	commitTime = 24 * time.Hour
	publicTime = 30 * 24 * time.Hour
)

// openCustody reads what this node keeps. What had not come whole is sent again.
func (n *node) openCustody(calls *registry.Client, o custodyOptions) (c *custody, err error) {
	c = &custody{node: n, versionOf: calls.VersionOf, model: calls.Model, most: int64(o.mib) << 20, others: o.custodians,
		coming: map[string]*upload{}, held: map[graph.Hash]charge{}, named: keptBlocks{}}
	if err := os.MkdirAll(c.path(""), 0o755); err != nil {
		return nil, err
	}
	files, err := os.ReadDir(c.path(""))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		var id graph.Hash
		if id.UnmarshalText([]byte(f.Name())) != nil {
			if err := os.Remove(c.path(f.Name())); err != nil { // one that was not finished
				return nil, err
			}
			continue
		}
		b, err := os.ReadFile(c.path(f.Name()))
		if err != nil {
			return nil, err
		}
		var k charge
		if err = json.Unmarshal(b, &k); err == nil {
			err = c.hold(id, k)
		}
		if err != nil {
			return nil, fmt.Errorf("%s is damaged, and says what this node signed to keep: put back a copy, or remove it and ask its publisher: %w", c.path(f.Name()), err)
		}
	}
	return c, nil
}

func (c *custody) path(name string) string { return filepath.Join(c.dir, "custody", name) }

// hold counts something as kept, so that the collector leaves its blocks.
func (c *custody) hold(id graph.Hash, k charge) error {
	all, err := k.blocks()
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held[id] = k
	c.named.add(k.Ciphertext, 1, all...)
	return nil
}

// forget is the end of hold.
func (c *custody) forget(id graph.Hash) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := c.held[id]
	delete(c.held, id)
	all, _ := k.blocks() // which hold read
	c.named.add(k.Ciphertext, -1, all...)
}

func (n *node) registryDomain() zkcommit.Domain {
	return zkcommit.RegistryDomain(n.chainID, graph.Address(n.at.Registry))
}

// custodyID is what a word is for; the node gives each once.
func custodyID(c *zkcommit.Custody) graph.Hash {
	date := fmt.Sprintf("%020d", c.RevealBy)
	return graph.Keccak(c.Plugin[:], c.Commitment[:], []byte(date), c.Ciphertext.Bytes())
}

// Keep implements web.Custody.
func (c *custody) Keep(ctx context.Context, ask zkcommit.Custody, block []byte, listed bool, place string) (word zkcommit.Custody, missing []int, err error) {
	var f *parts.File
	if listed {
		f, err = parts.Parse(block)
	} else if len(block) > parts.Size {
		err = fmt.Errorf("it has %d bytes: send the list of its parts, of %d bytes each", len(block), parts.Size)
	} else {
		f, _, err = parts.Cut(block)
	}
	if err != nil {
		return word, nil, graph.Malformed("the ciphertext: %v", err)
	}
	ask.Ciphertext = f.Name
	c.one.Lock()
	defer c.one.Unlock()
	if old, ok := c.has(&ask); ok {
		return old, nil, nil
	}
	if !listed {
		word, err = c.take(ctx, ask, f, func(int) ([]byte, error) { return block, nil })
		return word, nil, err
	}
	u, err := c.upload(ctx, ask, f, place)
	if err != nil {
		return word, nil, err
	}
	if missing = u.missing(); len(missing) > 0 {
		return word, missing, nil
	}
	word, err = c.take(ctx, ask, f, u.part)
	if bad := (*graph.ErrAsk)(nil); err == nil || errors.As(err, &bad) { // else it may be asked again
		c.drop(u)
	}
	return word, nil, err
}

// KeepOwn keeps a ciphertext of this node's own.
func (c *custody) KeepOwn(ctx context.Context, ask zkcommit.Custody, ciphertext []byte) (word zkcommit.Custody, err error) {
	f, blocks, err := parts.Cut(ciphertext)
	if err != nil {
		return word, err
	}
	ask.Ciphertext = f.Name
	c.one.Lock()
	defer c.one.Unlock()
	if old, ok := c.has(&ask); ok {
		return old, nil
	}
	return c.take(ctx, ask, f, func(i int) ([]byte, error) { return blocks[i], nil })
}

// has is the word that this node gave before.
func (c *custody) has(ask *zkcommit.Custody) (zkcommit.Custody, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	k, ok := c.held[custodyID(ask)]
	return k.Custody, ok
}

// meant refuses what is not to be kept whatever it holds.
func (c *custody) meant(ctx context.Context, ask *zkcommit.Custody, size int) error {
	switch {
	case size > timelock.MaxCiphertext || ask.RevealBy != 0 && size <= registry.MaxCiphertext:
		return graph.Malformed("the ciphertext has %d bytes: the chain takes up to %d itself, and nodes keep larger ones of up to %d", size, registry.MaxCiphertext, timelock.MaxCiphertext)
	case ask.RevealBy != 0:
		return nil
	}
	version, err := c.versionOf(ctx, ask.Plugin, ask.Commitment)
	if err != nil {
		return err
	}
	if version == 0 {
		return graph.Malformed("the chain has no version of that commitment, and what has no date is kept once it is there: commit first")
	}
	m, _, err := c.model(ctx, ask.Plugin, version)
	if err == nil && m.RevealBy != 0 {
		err = graph.Malformed("the chain names a date for that version: send its ciphertext, with that date")
	}
	return err
}

// holds refuses what does not open on its date, by its first part. What has no date must
// be the document that was committed: of a tower, whose commitment is its hash.
func (c *custody) holds(ask *zkcommit.Custody, f *parts.File, part func(i int) ([]byte, error)) error {
	if ask.RevealBy != 0 {
		head, err := part(0)
		if err != nil {
			return err
		}
		return c.promised(ask, head)
	}
	h := sha256.New()
	for i := range f.Parts {
		b, err := part(i)
		if err != nil {
			return err
		}
		h.Write(b)
	}
	if graph.Hash(h.Sum(nil)) != ask.Commitment {
		return graph.Malformed("the document is not the tower that was committed, and only towers' are taken")
	}
	return nil
}

func (c *custody) promised(ask *zkcommit.Custody, head []byte) error {
	if err := c.dates.CheckPromise(head, time.Unix(int64(min(ask.RevealBy, 1<<40)), 0)); err != nil {
		return graph.Malformed("the ciphertext breaks its promise: %v", err)
	}
	return nil
}

// take keeps what is at hand and signs for it. The word leaves when all blocks and the file
// are on the disk; a process that ends before leaves blocks without a name, which the
// collector removes.
func (c *custody) take(ctx context.Context, ask zkcommit.Custody, f *parts.File, part func(i int) ([]byte, error)) (word zkcommit.Custody, err error) {
	if err := c.meant(ctx, &ask, f.Size); err != nil {
		return word, err
	}
	if err := c.holds(&ask, f, part); err != nil {
		return word, err
	}
	if err := c.room(ctx, int64(f.Size), f.Name); err != nil {
		return word, err
	}
	if err := ask.Sign(c.keys.node, c.registryDomain()); err != nil {
		return word, err
	}
	id, k := custodyID(&ask), charge{ask, int64(f.Size), time.Now().Unix(), f.List}
	b, err := json.Marshal(k)
	if err != nil {
		return word, err
	}
	if err := c.hold(id, k); err != nil { // before the blocks come
		return word, err
	}
	if err = putParts(ctx, c.ipfs, f, part); err == nil {
		crashpoint.Here("custody.before-word")
		err = writeFile(c.path(id.Hex()), b)
	}
	if err != nil {
		c.forget(id)
		if errors.Is(err, ipfs.ErrWithheld) {
			err = &web.Refusal{Status: http.StatusForbidden, Detail: "this node withholds that ciphertext: ask another"}
		}
		return word, err
	}
	crashpoint.Here("custody.after-word")
	return ask, nil
}

// putParts puts a file's blocks on IPFS, the list of its parts first: where that is withheld
// they are not wanted either.
func putParts(ctx context.Context, to *ipfs.Node, f *parts.File, part func(i int) ([]byte, error)) error {
	if f.List != nil {
		if err := to.PutBlock(ctx, f.Name, f.List); err != nil {
			return err
		}
	}
	for i, c := range f.Parts {
		b, err := part(i)
		if err == nil {
			err = to.PutBlock(ctx, c, b)
		}
		if err != nil {
			return err
		}
		crashpoint.Here("custody.part")
	}
	return nil
}

// room makes room for so many bytes, or says that there is none. What comes under the name
// has its room already.
func (c *custody) room(ctx context.Context, size int64, name cid.Cid) error {
	now := time.Now()
	c.mu.RLock()
	all := make(map[graph.Hash]charge, len(c.held))
	for id, k := range c.held {
		all[id] = k
	}
	c.mu.RUnlock()
	for id, k := range all {
		if c.total(name)+size <= c.most {
			return nil
		}
		date := int64(k.RevealBy)
		if date == 0 {
			date = k.Since
		}
		done := now.After(time.Unix(date, 0).Add(publicTime))
		if !done && k.RevealBy != 0 && now.Sub(time.Unix(k.Since, 0)) > commitTime {
			version, err := c.versionOf(ctx, k.Plugin, k.Commitment)
			if err != nil {
				return err
			}
			done = version == 0
		}
		if !done {
			continue
		}
		if err := os.Remove(c.path(id.Hex())); err != nil {
			return err
		}
		c.forget(id)
	}
	if c.total(name)+size > c.most {
		return &web.Refusal{Status: http.StatusInsufficientStorage, Detail: fmt.Sprintf("this node keeps %d MiB of ciphertexts and has no room for another: ask another node", c.most>>20)}
	}
	return nil
}

// total is what is kept, and what was said to come under other names.
func (c *custody) total(but cid.Cid) (sum int64) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, k := range c.held {
		sum += k.Size
	}
	for name, u := range c.coming {
		if name != but.KeyString() {
			sum += int64(u.file.Size)
		}
	}
	return sum
}

// names tells the collector of content which blocks are kept.
func (c *custody) names(block cid.Cid) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.named.needed(block, c.withholds)
}

// public is the document of a version without a date, if it was handed over.
func (c *custody) public(plugin, commitment graph.Hash) (name cid.Cid, ok bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, k := range c.held {
		if k.RevealBy == 0 && k.Plugin == plugin && k.Commitment == commitment {
			return k.Ciphertext, true
		}
	}
	return cid.Undef, false
}
