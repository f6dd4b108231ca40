package prover

import (
	"candor/graph"
	"candor/zkcommit"
)

// For tests with a real broker, which live outside the package.
type (
	Book  = book
	Maker = maker
)

var (
	Row   = row
	Model = model
)

func (b *book) Add(rows ...zkcommit.RunRow) { b.add(rows...) }

func (b *book) State(id graph.Hash) (zkcommit.ProofState, string) { return b.state(id) }

func (b *book) Proven() (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range b.rows {
		if e.state == zkcommit.Proven {
			n++
		}
	}
	return n
}

func (m maker) Taking(f func(zkcommit.Statement) error) maker {
	m.fault = f
	return m
}

// House is a service on another board than the one in memory.
func House(b *book, board Board, terms Terms) *Service {
	s := house(b, &wall{}, terms)
	s.Desk.board = board
	return s
}
