package onnx

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"candor/rankers/onnx/format"
	"candor/zkcommit"
)

// Device is where a model runs.
type Device string

// The devices.
const (
	CPU  Device = "cpu"
	CUDA Device = "cuda"
)

// Options say how a model is run.
type Options struct {
	Device  Device            // CUDA falls back to the CPU; empty is the CPU
	Card    int               // number of the CUDA card
	Threads int               // of the CPU for one run; 0 is one
	Memory  int64             // bytes of the card's memory for this model; 0 is no limit
	Warm    []int             // numbers of rows to run before the first request
	Log     func(line string) // hears why a card is not used; nil is nobody

	// TF32 lets a card round the inputs of products to 11 bits: faster, and never right
	// for a provable model, for which it is refused.
	TF32 bool
}

// engine is a model loaded on one device.
type engine interface {
	// run gives the output for rows of int8; one at a time, or many at once.
	run(ctx context.Context, rows []int8, n int) (output, error)
	close()
}

// output is what a model gave: one of the two.
type output struct {
	ints   []int32
	floats []float32
}

// Session is a model that is loaded and warm. Many may call it at once.
type Session struct {
	graph   *format.Graph
	options Options
	width   int             // elements of a row
	model   *zkcommit.Model // whose scores these must be; nil: nobody knows them
	open    func(*format.Graph, Device, Options) (engine, error)
	stuck   time.Duration // how long a card may go on after the end of a run's time

	mu  sync.Mutex
	now *loaded // nil once it was closed
}

// loaded is an engine with the runs that it has open.
type loaded struct {
	engine
	device Device
	runs   sync.WaitGroup // begun under the session's lock
}

// retire gives the engine's memory back after its last run: never, if that hangs.
func (l *loaded) retire() {
	l.runs.Wait()
	l.close()
}

var (
	errStuck = errors.New("a run did not end when its time was over")
	errWrong = errors.New("its scores differ from the evaluator's")
)

// errClosed ends calls to a session that was closed.
var errClosed = errors.New("the model's session is closed")

// Open loads a model of one input and one output.
func Open(g *format.Graph, o Options) (*Session, error) {
	return open(g, o, nil, openEngine)
}

// OpenModel loads a provable model and compares it with the evaluator: on hostile rows, and
// then on one row of each run.
func OpenModel(m *zkcommit.Model, o Options) (*Session, error) {
	g, err := format.Export(m)
	if err != nil {
		return nil, err
	}
	if o.TF32 {
		return nil, errors.New("a provable model must not run with TF32")
	}
	return open(g, o, m, openEngine)
}

func open(g *format.Graph, o Options, m *zkcommit.Model, opener func(*format.Graph, Device, Options) (engine, error)) (*Session, error) {
	if len(g.Inputs) != 1 || len(g.Outputs) != 1 {
		return nil, fmt.Errorf("the model has %d inputs and %d outputs, where a ranker has one of each", len(g.Inputs), len(g.Outputs))
	}
	if t := g.Inputs[0].Type; t != format.Int8 && t != format.Float32 {
		return nil, fmt.Errorf("the model reads %s, where rows are int8, or float32 of the same values", t)
	}
	if t := g.Outputs[0].Type; t != format.Int32 && t != format.Float32 {
		return nil, fmt.Errorf("the model gives %s, where scores and vectors are int32 or float32", t)
	}
	if o.Log == nil {
		o.Log = func(string) {}
	}
	if o.Threads == 0 {
		o.Threads = 1
	}
	s := &Session{graph: g, options: o, width: g.Inputs[0].Row(), model: m, open: opener, stuck: 2 * time.Second}
	switch o.Device {
	case CUDA:
		err := s.start(CUDA)
		if err == nil {
			return s, nil
		}
		if errors.Is(err, ErrNotBuilt) {
			return nil, err
		}
		o.Log("CUDA is not used, the CPU takes over: " + line(err))
	case CPU, "":
	default:
		return nil, fmt.Errorf("no device %q: say cpu or cuda", o.Device)
	}
	if err := s.start(CPU); err != nil {
		return nil, err
	}
	return s, nil
}

// line is an error in one line: the runtime's may have many, and begin with a long list of
// its own source files, so that the end says more than the middle.
func line(err error) string {
	s := strings.Join(strings.Fields(err.Error()), " ")
	if len(s) > 300 {
		s = strings.ToValidUTF8(s[:60]+" … "+s[len(s)-220:], "")
	}
	return s
}

// start loads, checks and warms the model on a device.
func (s *Session) start(d Device) error {
	e, err := s.open(s.graph, d, s.options)
	if err != nil {
		return err
	}
	if s.model != nil {
		err = sameAsModel(e, s.model)
	}
	for _, n := range s.options.Warm {
		if err == nil {
			_, err = e.run(context.Background(), make([]int8, n*s.width), n)
		}
	}
	if err != nil {
		e.close()
		return err
	}
	s.now = &loaded{engine: e, device: d}
	return nil
}

// Device is where the model runs at this moment.
func (s *Session) Device() Device {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now == nil {
		return ""
	}
	return s.now.device
}

// Width is the number of int8 in a row.
func (s *Session) Width() int { return s.width }

// Close gives the model's memory back, after the calls that run.
func (s *Session) Close() {
	s.mu.Lock()
	l := s.now
	s.now = nil
	s.mu.Unlock()
	if l != nil {
		l.retire()
	}
}

// run runs the rows, on the CPU from then on if the card fails, hangs or is wrong.
func (s *Session) run(ctx context.Context, rows []int8) (output, error) {
	if s.width == 0 || len(rows)%s.width != 0 {
		return output{}, fmt.Errorf("%d values are no whole rows of %d", len(rows), s.width)
	}
	if len(rows) == 0 {
		return output{}, nil
	}
	s.mu.Lock()
	l := s.now
	if l == nil {
		s.mu.Unlock()
		return output{}, errClosed
	}
	l.runs.Add(1)
	s.mu.Unlock()
	out, err := s.on(ctx, l, rows)
	if err == nil || l.device == CPU || ctx.Err() != nil && !errors.Is(err, errStuck) {
		return out, err
	}
	if err := s.leaveCard(l, err); err != nil {
		return output{}, err
	}
	if ctx.Err() != nil {
		return output{}, context.Cause(ctx)
	}
	return s.run(ctx, rows)
}

// on runs the rows on one engine. A card may hang where nothing can end it: a while after
// the end of ctx the call then returns without it, and the rows stay the card's.
func (s *Session) on(ctx context.Context, l *loaded, rows []int8) (output, error) {
	type result struct {
		output
		err error
	}
	ended := make(chan result, 1)
	work := func() {
		defer l.runs.Done()
		out, err := l.run(ctx, rows, len(rows)/s.width)
		if err == nil {
			err = s.spot(rows, out)
		}
		ended <- result{out, err}
	}
	if l.device == CPU {
		work()
	} else {
		go work()
	}
	select {
	case r := <-ended:
		return r.output, r.err
	case <-ctx.Done():
	}
	select {
	case r := <-ended:
		return r.output, r.err
	case <-time.After(s.stuck):
		return output{}, errStuck
	}
}

// spot compares one of the rows with the evaluator: what a card gets wrong later costs no
// more than this, where a wrong answer would cost its operator the node.
func (s *Session) spot(rows []int8, out output) error {
	if s.model == nil {
		return nil
	}
	i := rand.IntN(len(rows) / s.width)
	want, err := s.model.Evaluate(rows[i*s.width : (i+1)*s.width])
	if err == nil && out.ints[i] != want[0] {
		err = errWrong
	}
	return err
}

// leaveCard moves the session to the CPU, once, however many runs failed.
func (s *Session) leaveCard(failed *loaded, why error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now != failed {
		return nil // another call did it, or closed the session
	}
	s.options.Log("CUDA failed, the CPU takes over: " + line(why))
	if err := s.start(CPU); err != nil {
		return fmt.Errorf("CUDA failed (%w), and the CPU does not take over: %w", why, err)
	}
	go failed.retire()
	return nil
}

// sameAsModel compares an engine with the evaluator: random rows, and those that make the
// sums largest.
func sameAsModel(e engine, m *zkcommit.Model) error {
	const n = 64
	d := m.Shape.Inputs
	r := rand.New(rand.NewPCG(1, uint64(d)))
	rows := make([]int8, n*d)
	for i := range rows {
		rows[i] = int8(r.IntN(256) - 128)
	}
	for j := range min(n/2, m.Shape.Hidden[0]) { // rows that drive unit j to its end
		for k := range d {
			rows[j*d+k] = 127
			if (m.Layers[0].Weights[j*d+k] < 0) != (j%2 == 1) {
				rows[j*d+k] = -128
			}
		}
	}
	want, err := m.Evaluate(rows)
	if err != nil {
		return err
	}
	got, err := e.run(context.Background(), rows, n)
	if err != nil {
		return err
	}
	if !slices.Equal(got.ints, want) {
		return errWrong
	}
	return nil
}
