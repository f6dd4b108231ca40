package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"candor/graph"
	"candor/rankers"
)

const (
	answerWithin = 5 * time.Second  // a question
	wornAfter    = 5_000            // questions, long before a child has used up its time
	firstPause   = time.Second / 4  // before a child is replaced that ended twice
	longestPause = time.Minute      // at most
	steadyAfter  = 30 * time.Second // without a fault all is forgotten
)

// Guest is a stranger's file with a child that answers for it.
type Guest struct {
	box       *Box
	who       string
	file      []byte
	name      string
	reference Model
	questions chan *question
	closing   chan struct{}
	closed    sync.Once
	done      chan struct{}
	faults    atomic.Int64
}

type question struct {
	rows  []byte
	n     int
	reply chan reply // has room for one
}

type reply struct {
	scores []int32
	err    error
}

var (
	errClosed  = errors.New("the ranker is served no more")
	errResting = errors.New("the ranker's process ended and will be started again")
)

// Open starts a child for the file; who is told in the log. The reference, if there is
// one, is the same model as the caller understands it: of each answer one row, drawn by
// chance, is compared with it.
func (b *Box) Open(who string, file []byte, reference Model) (*Guest, error) {
	c, name, err := b.child(file, behind)
	if err != nil {
		return nil, err
	}
	return b.guest(who, file, name, reference, c), nil
}

func (b *Box) guest(who string, file []byte, name string, reference Model, c *child) *Guest {
	g := &Guest{box: b, who: who, file: file, name: name, reference: reference,
		questions: make(chan *question), closing: make(chan struct{}), done: make(chan struct{})}
	go g.keep(c)
	return g
}

// Name is what the loader calls the file.
func (g *Guest) Name() string { return g.name }

// Close ends the child.
func (g *Guest) Close() {
	g.closed.Do(func() { close(g.closing) })
	<-g.done
}

// As is the guest as a ranker.
func (g *Guest) As(info rankers.Info) rankers.Ranker { return ranker{g, info} }

type ranker struct {
	*Guest
	info rankers.Info
}

// Info implements rankers.Ranker.
func (r ranker) Info() rankers.Info { return r.info }

// Score implements rankers.Ranker. One question is asked at a time; it is asked to its end
// although who asked may have gone.
func (g *Guest) Score(ctx context.Context, rows []graph.Row) ([]graph.Score, error) {
	b, err := flat(rows)
	if err != nil {
		return nil, err
	}
	q := &question{rows: b, n: len(rows), reply: make(chan reply, 1)}
	select {
	case g.questions <- q:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-g.done:
		return nil, errClosed
	}
	select {
	case a := <-q.reply:
		if a.err != nil {
			return nil, a.err
		}
		scores := make([]graph.Score, len(a.scores))
		for i, s := range a.scores {
			scores[i] = graph.Score(s)
		}
		return scores, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func flat(rows []graph.Row) ([]byte, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	width := len(rows[0])
	if width*len(rows) > MaxBatch {
		return nil, fmt.Errorf("%d posts are more than a hosted ranker is asked for at once", len(rows))
	}
	b := make([]byte, 0, width*len(rows))
	for _, row := range rows {
		if len(row) != width {
			return nil, fmt.Errorf("a row has %d features, the first has %d", len(row), width)
		}
		for _, x := range row {
			b = append(b, byte(x))
		}
	}
	return b, nil
}

// keep asks the child what comes, and replaces it when it fails.
func (g *Guest) keep(c *child) {
	defer close(g.done)
	var pause time.Duration
	for c != nil {
		began := time.Now()
		err := g.serve(c)
		c.kill()
		if err == nil { // worn, or closed
			c = g.replace(0)
			continue
		}
		g.faults.Add(1)
		if time.Since(began) > steadyAfter {
			pause = 0
		}
		g.box.log.Warn("the process of a hosted ranker failed and is replaced", "ranker", g.who, "why", err, "in", pause)
		c = g.replace(pause)
		pause = min(max(2*pause, firstPause), longestPause)
	}
}

// serve ends with the fault of the child, or with nil when the guest is closed or the child
// has answered enough.
func (g *Guest) serve(c *child) error {
	for range wornAfter {
		select {
		case <-g.closing:
			return nil
		case <-c.ended:
			return c.fault(io.EOF)
		case q := <-g.questions:
			scores, err := c.ask(q.rows, q.n, g.box.within)
			if err == nil {
				err = g.compare(q, scores)
			}
			q.reply <- reply{scores, err}
			if err != nil && !errors.As(err, new(Refusal)) {
				return err
			}
		}
	}
	return nil
}

// compare holds one of the scores against the reference.
func (g *Guest) compare(q *question, scores []int32) error {
	if g.reference == nil || q.n == 0 {
		return nil
	}
	at, width := rand.IntN(q.n), len(q.rows)/q.n
	row := make([]int8, width)
	for i, x := range q.rows[at*width : (at+1)*width] {
		row[i] = int8(x)
	}
	want, err := g.reference.Evaluate(row)
	if err != nil {
		return err
	}
	if len(want) != 1 || want[0] != scores[at] {
		return Fault{Says: "a score is not its model's"}
	}
	return nil
}

// replace starts another child after a pause, and goes on trying. Who asks meanwhile is
// told. It is nil when the guest is closed.
func (g *Guest) replace(pause time.Duration) *child {
	for {
		if !g.rest(pause) {
			return nil
		}
		c, name, err := g.box.child(g.file, behind)
		if err == nil && name != g.name {
			c.kill()
			err = errors.New("its file was read otherwise than before")
		}
		if err == nil {
			return c
		}
		pause = min(max(2*pause, firstPause), longestPause)
		g.box.log.Warn("the process of a hosted ranker does not start", "ranker", g.who, "why", err, "in", pause)
	}
}

// rest waits, and turns away who asks meanwhile. It is false when the guest is closed.
func (g *Guest) rest(pause time.Duration) bool {
	select {
	case <-g.closing:
		return false
	default:
	}
	for end := time.After(pause); pause > 0; {
		select {
		case <-g.closing:
			return false
		case <-end:
			return true
		case q := <-g.questions:
			q.reply <- reply{nil, errResting}
		}
	}
	return true
}
