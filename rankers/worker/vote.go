package worker

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"candor/graph"
)

// ballot is what one operator answered.
type ballot struct {
	operator *operator
	answer
	err error
}

// vote asks the operators the same at once, and takes what more than half of them answer
// alike, bit for bit, as soon as it is known. Who answers otherwise, then or until the
// deadline, is cut off; who does not answer is not. What comes back is what had come alike
// by then. It needs a deadline.
func (p *Pool) vote(ctx context.Context, q *question, ops []*operator) ([]answer, error) {
	end, _ := ctx.Deadline()
	within, cancel := context.WithDeadline(context.WithoutCancel(ctx), end) // the others' answers are wanted, too
	ballots := make(chan ballot, len(ops))
	for _, o := range ops {
		go func() {
			a, err := p.ask(within, q, o)
			ballots <- ballot{o, a, err}
		}()
	}
	var in []ballot
	for range ops {
		select {
		case b := <-ballots:
			in = append(in, b)
		case <-ctx.Done():
			go func() {
				defer cancel()
				for range len(ops) - len(in) { // until the deadline, which counts against the silent
					<-ballots
				}
			}()
			return nil, noMajority(ctx.Err(), in)
		}
		if alike := majority(in, len(ops)); alike != nil {
			won := alike[0].scores
			go func() {
				defer cancel()
				for _, b := range in {
					p.judge(b, won, q)
				}
				for range len(ops) - len(in) {
					p.judge(<-ballots, won, q)
				}
			}()
			return alike, nil
		}
	}
	cancel()
	return nil, noMajority(ErrDisagree, in)
}

// majority are the answers alike that more than half of all gave; nil: there are none yet.
func majority(in []ballot, of int) []answer {
	for _, a := range in {
		var alike []answer
		for _, b := range in {
			if a.err == nil && b.err == nil && slices.Equal(a.scores, b.scores) {
				alike = append(alike, b.answer)
			}
		}
		if 2*len(alike) > of {
			return alike
		}
	}
	return nil
}

func noMajority(why error, in []ballot) error {
	var names []string
	var errs []error
	for _, b := range in {
		if b.err == nil {
			names = append(names, b.operator.name)
		}
		errs = append(errs, b.err)
	}
	return fmt.Errorf("%w (answers came from: %s)", errors.Join(append([]error{why}, errs...)...), strings.Join(names, ", "))
}

// judge cuts off who answered otherwise than most.
func (p *Pool) judge(b ballot, won []graph.Score, q *question) {
	if b.err != nil || slices.Equal(b.scores, won) {
		return
	}
	i := 0
	for b.scores[i] == won[i] {
		i++
	}
	why := fmt.Sprintf("question %s: post %d of %d got %d, and %d from most operators", q.ID, i, len(won), b.scores[i], won[i])
	p.hub.log.Error("AN OPERATOR ANSWERED OTHERWISE THAN THE OTHERS and is cut off", "model", p.Model, "operator", b.operator.name, "why", why)
	if err := p.Cuts.Cut(p.Model, b.operator.name, why); err != nil {
		p.hub.log.Error("that an operator is cut off cannot be kept", "operator", b.operator.name, "err", err)
	}
}
