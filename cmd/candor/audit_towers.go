package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"

	"candor/audit"
	"candor/audit/rebuild"
	"candor/graph"
	"candor/rankers/onnx/reference"
	"candor/rankers/tower"
	"candor/zkcommit"
	"candor/zkcommit/chain"

	"github.com/ipfs/go-cid"
)

const (
	towerSample    = 64 // vectors of a revealed tower that are made again
	towerTolerance = 1  // steps of an int8 by which runtimes may round apart
)

// auditTowers are the towers that the audited runs' rankers read. Each is read from the
// chain and the node when the first run names it.
type auditTowers struct {
	*subject
	state *rebuild.State
	ctx   context.Context // of the audit: rows are made again by a pure package, which passes none

	mu   sync.Mutex
	seen map[zkcommit.TowerName]*auditTower
}

type auditTower struct {
	version committed
	tower   *rebuild.Tower
	err     error
}

// find gives a tower as the chain and the node have it.
func (a *auditTowers) find(name zkcommit.TowerName) (*rebuild.Tower, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	x := a.seen[name]
	if x == nil {
		x = &auditTower{}
		x.tower, x.err = a.read(name, x)
		a.seen[name] = x
	}
	return x.tower, x.err
}

func (a *auditTowers) read(name zkcommit.TowerName, x *auditTower) (*rebuild.Tower, error) {
	calls := a.book.Calls()
	p, known, err := calls.Plugin(a.ctx, name.Plugin)
	if err == nil && (!known || p.Kind != chain.Tower || name.Version > p.Versions) {
		err = errors.New("the chain has no such tower")
	}
	if err != nil {
		return nil, err
	}
	if x.version, err = readCommitted(a.ctx, calls, p, name.Version); err != nil {
		return nil, err
	}
	t := &rebuild.Tower{Commitment: x.version.model.Commitment, Publisher: p.Publisher}
	t.Vectors, err = toldVectors(a.ctx, a.node, name, x.version.model, a.state.Names())
	return t, err
}

// toldVectors are those that a node serves of a tower, of at most so many contents.
func toldVectors(ctx context.Context, node string, name zkcommit.TowerName, m chain.Model, most int) (map[cid.Cid]zkcommit.TowerVector, error) {
	all := map[cid.Cid]zkcommit.TowerVector{}
	for cursor := ""; ; {
		raw, err := get(ctx, fmt.Sprintf("%s/api/v1/towers/%s/%d/vectors?limit=100&cursor=%s", strings.TrimSuffix(node, "/"), name.Plugin, name.Version, url.QueryEscape(cursor)), 4<<20)
		if err != nil {
			return nil, err
		}
		some, next, err := parseVectors(raw, m.Commitment)
		if err != nil {
			return nil, err
		}
		for _, v := range some {
			_, twice := all[v.Content]
			switch {
			case twice || len(all) == most:
				return nil, errors.New("its list of vectors names a content twice, or more than there are")
			case (zkcommit.TowerShape{Inputs: tower.Width, Outputs: len(v.Vector)}).ID() != m.ShapeID:
				return nil, fmt.Errorf("it serves vectors of %d, and the chain names another shape", len(v.Vector))
			}
			all[v.Content] = v
		}
		if cursor = next; cursor == "" {
			return all, nil
		}
	}
}

// report opens the towers that are due, and makes a sample of their vectors again.
func (a *auditTowers) report(ctx context.Context, r *audit.Report) error {
	if a == nil {
		return nil
	}
	names := slices.SortedFunc(maps.Keys(a.seen), func(x, y zkcommit.TowerName) int {
		return cmp.Or(bytes.Compare(x.Plugin[:], y.Plugin[:]), cmp.Compare(x.Version, y.Version))
	})
	for _, name := range names {
		x := a.seen[name]
		if x.err != nil {
			r.Notes = append(r.Notes, fmt.Sprintf("version %d of the tower %s was not audited: %s", name.Version, name.Plugin.Hex()[:10], x.err))
			continue
		}
		note := func(format string, args ...any) {
			r.Notes = append(r.Notes, x.version.name()+", a tower: "+fmt.Sprintf(format, args...))
		}
		if n := x.tower.Lacked(); n > 0 {
			note("%d rows hold zeros, as the node says that it had no vector of their posts yet; no root holds it to when it had one", n)
		}
		find := func(rule audit.Rule, says string) {
			r.Find(audit.Finding{Rule: rule, Says: says, Evidence: x.tower.Commitment.Hex()})
		}
		opened, err := a.published(ctx, x.version)
		switch {
		case errors.As(err, new(openError)):
			find(audit.RuleReveal, err.Error())
		case err != nil:
			note("it could not be tried whether it opens: %s", err)
		case opened == nil:
			note("its file is not public, so that no vector was made again")
		default:
			checked, says := a.again(ctx, x.tower, opened, r.Log.Root)
			if says != "" {
				find(audit.RuleTower, x.version.name()+": "+says)
			}
			note("%d of %d vectors that the node serves were made again", checked, len(x.tower.Vectors))
		}
	}
	return nil
}

// again runs a revealed tower on a sample that the log's root draws, so that nobody knew it
// before. It says what differs.
func (a *auditTowers) again(ctx context.Context, t *rebuild.Tower, opened zkcommit.Secret, root graph.Hash) (checked int, says string) {
	file, ok := opened.(*zkcommit.Tower)
	if !ok {
		return 0, "what was revealed is no tower"
	}
	model, err := reference.Open(file.File)
	if err != nil {
		return 0, fmt.Sprintf("its file cannot be run: %s", err)
	}
	if model.Width() != tower.Width {
		return 0, fmt.Sprintf("its file reads %d numbers of a post, and there are %d", model.Width(), tower.Width)
	}
	drawn := func(c cid.Cid) []byte {
		sum := sha256.Sum256(append(root.Bytes(), c.Bytes()...))
		return sum[:]
	}
	for _, c := range slices.SortedFunc(maps.Keys(t.Vectors), func(x, y cid.Cid) int { return bytes.Compare(drawn(x), drawn(y)) }) {
		text, known := a.state.Text(c)
		if !known {
			continue
		}
		if checked++; checked > towerSample || ctx.Err() != nil {
			return checked - 1, ""
		}
		got, err := model.Vectors(ctx, tower.Tokens(text))
		if err != nil {
			return checked, fmt.Sprintf("its file fails at the content %s: %s", c, err)
		}
		if k := apart(got, t.Vectors[c].Vector); k >= 0 {
			return checked, fmt.Sprintf("its file makes another vector of the content %s than its delegates signed, at place %d", c, k)
		}
	}
	return checked, ""
}

// apart is the first place at which vectors differ by more than runtimes do; or -1.
func apart(a, b []int8) int {
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) {
			return i
		}
		if d := int(a[i]) - int(b[i]); d < -towerTolerance || d > towerTolerance {
			return i
		}
	}
	return -1
}
