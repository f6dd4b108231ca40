package worker

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"candor/graph"
	"candor/zkcommit"
)

// disputes is a node that waits for one dispute proof.
type disputes struct {
	mu   sync.Mutex
	st   zkcommit.Statement
	run  graph.Hash
	lent bool
	took []Disputed
	no   string // why it takes none
}

func (d *disputes) Wanted(model graph.Hash) (graph.Hash, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.run, len(d.took) == 0
}

func (d *disputes) Task(model, run graph.Hash) (*zkcommit.Statement, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if run != d.run {
		return nil, errors.New("another run")
	}
	if d.lent {
		return nil, nil
	}
	d.lent = true
	return &d.st, nil
}

func (d *disputes) Take(_ context.Context, model graph.Hash, x Disputed) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.no != "" {
		d.lent = false
		return errors.New(d.no)
	}
	d.took = append(d.took, x)
	return nil
}

func (d *disputes) taken() []Disputed {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.took)
}

// TestDisputes: a worker is told which run's dispute proof is wanted, one of several makes
// it, and a statement of another model is proved by none.
func TestDisputes(t *testing.T) {
	t.Parallel()
	for name, model := range map[string]graph.Hash{"its model": {0xbb}, "another model": {0xcc}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			run := &zkcommit.Run{Commitment: model}
			d := &disputes{run: run.ID(), st: zkcommit.Statement{Run: run.Bytes(), Commitment: model, Ranked: []graph.PostID{{Block: 7}}, Rows: zkcommit.Rows{{1, -2}}}}
			r.second = d
			p := r.pool(1, false)
			var mu sync.Mutex
			made := 0
			for _, operator := range []string{"north", "south"} {
				r.serve(operator, &long{}, func(s *Server) {
					s.Dispute = func(_ context.Context, st zkcommit.Statement) (Disputed, error) {
						mu.Lock()
						defer mu.Unlock()
						made++
						if !slices.Equal(st.Run, d.st.Run) || st.Rows[0][1] != -2 || st.Ranked[0].Block != 7 {
							t.Errorf("to be proved is %+v", st)
						}
						return Disputed{Proof: []byte("proof"), Circuit: "c", Development: true, Key: []byte("key")}, nil
					}
				})
			}
			r.ready(p, 2)
			eventually(t, func() bool { return len(d.taken()) > 0 })
			got := d.taken()[0]
			mu.Lock()
			defer mu.Unlock()
			if name == "another model" {
				if made != 0 || got.Proof != nil || !strings.Contains(got.Error, "another run or model") {
					t.Errorf("%d made; %+v", made, got)
				}
				return
			}
			if made != 1 || got.V != Protocol || got.Run != run.ID() || string(got.Proof) != "proof" || string(got.Key) != "key" || !got.Development || got.Error != "" {
				t.Errorf("%d made; %+v", made, got)
			}
		})
	}
}
