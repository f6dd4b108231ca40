package worker

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"slices"
	"testing"
	"time"

	"candor/graph"
	"candor/rankers"
	"candor/rankers/features"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
)

// pair is a tower of two numbers: a row's first, and its second.
type pair struct{ lie int32 }

func (pair) Width() int     { return graph.Features }
func (pair) Engine() string { return "test" }

func (p pair) Scores(_ context.Context, rows []int8) (out []int32, err error) {
	for i := 0; i < len(rows); i += graph.Features {
		out = append(out, int32(rows[i])+p.lie, int32(rows[i+1]))
	}
	return out, nil
}

// tower is the node's side of one.
func (r *rig) tower(replicas int) *Pool {
	p := r.pool(replicas, false)
	r.hub.Forget(p)
	return r.hub.Pool(Terms{Info: rankers.Info{ID: "x", Version: 3, Schema: features.Schema()}, Model: r.model, Replicas: replicas, Cuts: r.cuts,
		Tower: &TowerTerms{Outputs: 2, Publisher: crypto.PubkeyToAddress(r.publisher.PublicKey)}})
}

// signing gives a server a delegate of the operator's, named by who, whose key signs.
func (r *rig) signing(operator string, who *ecdsa.PrivateKey) func(*Server) {
	return func(s *Server) {
		key, err := crypto.GenerateKey()
		if err != nil {
			r.t.Fatal(err)
		}
		s.Delegate = &zkcommit.Delegate{Tower: r.model, Operator: operator, Key: crypto.PubkeyToAddress(key.PublicKey)}
		if err := s.Delegate.Sign(who); err != nil {
			r.t.Fatal(err)
		}
		s.Sign = func(row []int8, v []int32) (hexutil.Bytes, error) {
			return zkcommit.SignVector(key, r.model, row, []int8{int8(v[0]), int8(v[1])})
		}
	}
}

func towerRows(n int) (rows []graph.Row) {
	for i := range n {
		row := make(graph.Row, graph.Features)
		row[0], row[1] = int8(i%100), int8(-i%100)
		rows = append(rows, row)
	}
	return rows
}

// TestTowersSignTheirVectors: a vector comes with its operator's signature, over the very
// tokens that were sent; without one, under another's delegate, or of a delegate that the
// publisher did not name, there is no vector.
func TestTowersSignTheirVectors(t *testing.T) {
	t.Parallel()
	stranger, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		change func(*rig) func(*Server)
		lie    int32
		good   bool
	}{
		"signed":                   {change: func(r *rig) func(*Server) { return r.signing("north", r.publisher) }, good: true},
		"not signed":               {change: func(*rig) func(*Server) { return func(*Server) {} }},
		"another's delegate":       {change: func(r *rig) func(*Server) { return r.signing("south", r.publisher) }},
		"a stranger's delegate":    {change: func(r *rig) func(*Server) { return r.signing("north", stranger) }},
		"a number that is no int8": {change: func(r *rig) func(*Server) { return r.signing("north", r.publisher) }, lie: 256},
		"another row's signature": {change: func(r *rig) func(*Server) {
			return func(s *Server) {
				r.signing("north", r.publisher)(s)
				sign := s.Sign
				s.Sign = func(row []int8, v []int32) (hexutil.Bytes, error) {
					other := slices.Clone(row)
					other[5]++
					return sign(other, v)
				}
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			p := r.tower(1)
			r.serve("north", pair{x.lie}, x.change(r))
			r.ready(p, 1)
			rows := towerRows(70)
			got, err := p.Vectors(within(t, time.Minute), rows)
			if !x.good {
				if err == nil || errors.Is(err, ErrNobody) {
					t.Errorf("%v", err)
				}
				return
			}
			if err != nil || len(got) != len(rows) {
				t.Fatal(len(got), err)
			}
			for i, v := range got {
				if !slices.Equal(v.Numbers, []int8{rows[i][0], rows[i][1]}) || len(v.Words) != 1 {
					t.Fatalf("row %d: %+v", i, v)
				}
				if err := v.Words[0].Check(r.model, crypto.PubkeyToAddress(r.publisher.PublicKey), rows[i], v.Numbers); err != nil {
					t.Fatal(err)
				}
			}
			if scores, err := p.Score(within(t, time.Minute), rows[:1]); err == nil && len(scores) == 1 {
				t.Error("a tower ranks")
			}
		})
	}
}

// TestOddTowerOut: of three operators who sign different vectors the odd one is cut off, and
// the words of those who agreed come along.
func TestOddTowerOut(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	p := r.tower(3)
	for operator, lie := range map[string]int32{"north": 0, "south": 0, "east": 1} {
		r.serve(operator, pair{lie}, r.signing(operator, r.publisher))
	}
	r.ready(p, 3)
	rows := towerRows(5)
	got, err := p.Vectors(within(t, time.Minute), rows)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range got {
		if v.Numbers[0] != rows[i][0] || len(v.Words) != 2 || v.Words[0].Delegate.Operator == v.Words[1].Delegate.Operator {
			t.Errorf("row %d: %+v", i, v)
		}
	}
	eventually(t, func() bool { _, cut := r.cuts.All(r.model)["east"]; return cut })
	if len(r.cuts.All(r.model)) != 1 {
		t.Errorf("%v", r.cuts.All(r.model))
	}
}
