package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"candor/contracts"
	"candor/graph"
	"candor/indexer/ipfs"
	"candor/web"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"

	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"
)

// custodyOptions say what this node keeps for others, and who keeps for it.
type custodyOptions struct {
	mib        int
	custodians []string
}

func (o *custodyOptions) flags(c *cobra.Command) {
	c.Flags().IntVar(&o.mib, "custody-mib", 64, "MiB of other publishers' ciphertexts that this node keeps until their models are public, where these are too large for the chain; 0 keeps none")
	c.Flags().StringArrayVar(&o.custodians, "custodian", nil, "URL of a node that keeps this node's ciphertexts, where the chain asks for custodians; may be repeated")
}

func (o custodyOptions) check() error {
	if o.mib < 0 || o.mib > 1<<20 {
		return fmt.Errorf("--custody-mib %d is no size: send 0 to %d", o.mib, 1<<20)
	}
	return nil
}

// custody keeps ciphertexts that are too large for their commit. Each is a block on
// IPFS, and a file under DIR/custody that says what for.
type custody struct {
	*node
	versionOf func(ctx context.Context, plugin, commitment graph.Hash) (uint32, error)
	most      int64    // bytes
	others    []string // nodes that keep this node's own

	mu   sync.Mutex
	held map[graph.Hash]charge // by what was asked for
}

// charge is a ciphertext in custody.
type charge struct {
	zkcommit.Custody
	Size  int64 `json:"size"`  // bytes
	Since int64 `json:"since"` // seconds
}

// What was never committed makes room after a day; what is public since long, too.
const (
	commitTime = 24 * time.Hour
	publicTime = 30 * 24 * time.Hour
)

// openCustody reads what this node keeps.
func (n *node) openCustody(calls *registry.Client, o custodyOptions) (c *custody, err error) {
	c = &custody{node: n, versionOf: calls.VersionOf, most: int64(o.mib) << 20, others: o.custodians, held: map[graph.Hash]charge{}}
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
			continue // one that was not finished
		}
		b, err := os.ReadFile(c.path(f.Name()))
		if err != nil {
			return nil, err
		}
		var k charge
		if err := json.Unmarshal(b, &k); err != nil {
			return nil, fmt.Errorf("%s is damaged, and says what this node signed to keep: put back a copy, or remove it and ask its publisher: %w", c.path(f.Name()), err)
		}
		c.held[id] = k
	}
	return c, nil
}

func (c *custody) path(name string) string { return filepath.Join(c.dir, "custody", name) }

func (n *node) registryDomain() zkcommit.Domain {
	return zkcommit.RegistryDomain(n.chainID, graph.Address(n.at.Registry))
}

// custodyID is what a word is for; the node gives each once.
func custodyID(c *zkcommit.Custody) graph.Hash {
	date := fmt.Sprintf("%020d", c.RevealBy)
	return graph.Keccak(c.Plugin[:], c.Commitment[:], []byte(date), c.Ciphertext.Bytes())
}

// Keep implements web.Custody. The word leaves when block and file are on the disk.
func (c *custody) Keep(ctx context.Context, ask zkcommit.Custody, ciphertext []byte) (word zkcommit.Custody, err error) {
	if len(ciphertext) <= registry.MaxCiphertext || len(ciphertext) > ipfs.MaxBlock {
		return word, graph.Malformed("the ciphertext has %d bytes: the chain takes up to %d itself, and nodes keep larger ones of up to %d", len(ciphertext), registry.MaxCiphertext, ipfs.MaxBlock)
	}
	if err := c.dates.CheckPromise(ciphertext, time.Unix(int64(min(ask.RevealBy, 1<<40)), 0)); err != nil {
		return word, graph.Malformed("the ciphertext breaks its promise: %v", err)
	}
	if ask.Ciphertext, err = zkcommit.CiphertextCID(ciphertext); err != nil {
		return word, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	id := custodyID(&ask)
	if old, ok := c.held[id]; ok {
		return old.Custody, nil
	}
	if err := c.room(ctx, int64(len(ciphertext))); err != nil {
		return word, err
	}
	if err := ask.Sign(c.keys.node, c.registryDomain()); err != nil {
		return word, err
	}
	k := charge{ask, int64(len(ciphertext)), time.Now().Unix()}
	b, err := json.Marshal(k)
	if err != nil {
		return word, err
	}
	c.held[id] = k // before the block comes, so that the collector leaves it
	if err = c.ipfs.PutBlock(ctx, ask.Ciphertext, ciphertext); err == nil {
		err = writeFile(c.path(id.Hex()), b)
	}
	if err != nil {
		delete(c.held, id)
		if errors.Is(err, ipfs.ErrWithheld) {
			err = &web.Refusal{Status: http.StatusForbidden, Detail: "this node withholds that ciphertext: ask another"}
		}
		return word, err
	}
	return ask, nil
}

// room makes room for so many bytes, or says that there is none. The lock is held.
func (c *custody) room(ctx context.Context, size int64) error {
	now := time.Now()
	for id, k := range c.held {
		if c.total()+size <= c.most {
			return nil
		}
		done := now.After(time.Unix(int64(k.RevealBy), 0).Add(publicTime))
		if !done && now.Sub(time.Unix(k.Since, 0)) > commitTime {
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
		delete(c.held, id)
	}
	if c.total()+size > c.most {
		return &web.Refusal{Status: http.StatusInsufficientStorage, Detail: fmt.Sprintf("this node keeps %d MiB of ciphertexts and has no room for another: ask another node", c.most>>20)}
	}
	return nil
}

func (c *custody) total() (sum int64) {
	for _, k := range c.held {
		sum += k.Size
	}
	return sum
}

// names tells the collector of content which blocks are kept.
func (c *custody) names(block cid.Cid) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, k := range c.held {
		if bytes.Equal(k.Ciphertext.Hash(), block.Hash()) {
			return true
		}
	}
	return false
}

// pledge is what goes with the commit of a secret model: the bond, and its ciphertext
// or, where that is too large, the word of as many nodes as the chain asks for.
func pledge(ctx context.Context, calls *registry.Client, terms contracts.Terms, m registry.Model, ciphertext []byte, domain zkcommit.Domain, nodes []string) (registry.Pledge, error) {
	p := registry.Pledge{Bond: terms.Registry.MinBond}
	if len(ciphertext) <= registry.MaxCiphertext {
		p.Ciphertext = ciphertext
		return p, nil
	}
	name, err := zkcommit.CiphertextCID(ciphertext)
	if err != nil {
		return p, err
	}
	p.CiphertextCID = name
	want := zkcommit.Custody{Plugin: m.Plugin, Commitment: m.Commitment, RevealBy: m.RevealBy, Ciphertext: name}
	seen := map[graph.Address]bool{}
	var refused []string
	for _, n := range nodes {
		if len(p.Custody) == int(terms.Registry.Custodians) {
			break
		}
		word, err := askCustody(ctx, n, want, ciphertext, domain)
		if err == nil {
			var known bool
			if _, known, err = calls.Node(ctx, word.Node); err == nil && (!known || seen[word.Node]) {
				err = fmt.Errorf("%s is no other registered node", word.Node)
			}
		}
		if err != nil {
			refused = append(refused, fmt.Sprintf("%s: %v", n, err))
			continue
		}
		seen[word.Node] = true
		p.Custody = append(p.Custody, word)
	}
	if missing := int(terms.Registry.Custodians) - len(p.Custody); missing > 0 {
		return p, fmt.Errorf("the ciphertext has %d bytes, too many for the chain, and %d of %d nodes keep it: name %d more with --custodian (%s)",
			len(ciphertext), len(p.Custody), terms.Registry.Custodians, missing, strings.Join(refused, "; "))
	}
	return p, nil
}

// askCustody has a node keep a ciphertext; its word is checked.
func askCustody(ctx context.Context, node string, want zkcommit.Custody, ciphertext []byte, domain zkcommit.Domain) (word zkcommit.Custody, err error) {
	q := url.Values{"plugin": {want.Plugin.Hex()}, "commitment": {want.Commitment.Hex()}, "revealBy": {fmt.Sprint(want.RevealBy)}}
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(node, "/")+"/api/v1/custody?"+q.Encode(), bytes.NewReader(ciphertext))
	if err != nil {
		return word, fmt.Errorf("%q is no URL of a node", node)
	}
	req.Header.Set("Content-Type", "application/octet-stream")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return word, fmt.Errorf("it does not answer: %w", bare(err))
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, 1<<16))
	if err != nil {
		return word, err
	}
	if res.StatusCode != http.StatusOK {
		var problem struct{ Detail string }
		_ = json.Unmarshal(b, &problem) // the status says enough without it
		return word, fmt.Errorf("it refuses (%s) %.200s", res.Status, problem.Detail)
	}
	if err := json.Unmarshal(b, &word); err != nil {
		return word, fmt.Errorf("its answer cannot be read: %w", err)
	}
	if word.Plugin != want.Plugin || word.Commitment != want.Commitment || word.RevealBy != want.RevealBy || !word.Ciphertext.Equals(want.Ciphertext) {
		return word, errors.New("its word is for something else")
	}
	return word, word.Check(domain)
}
