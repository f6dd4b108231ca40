package onnx

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"candor/rankers/onnx/format"
	"candor/rankers/onnx/reference"
	"candor/zkcommit"
)

// fake is an engine that evaluates in Go, and fails as it is told.
type fake struct {
	model  *zkcommit.Model
	wrong  bool
	late   atomic.Bool   // is wrong from now on
	hangs  chan struct{} // until it is closed, once run is called with a context that can end
	broken atomic.Pointer[error]
	gate   *sync.WaitGroup // when it is broken: so many callers fail together
	closed atomic.Bool
}

func (f *fake) run(ctx context.Context, rows []int8, _ int) (output, error) {
	if f.hangs != nil && ctx.Done() != nil {
		<-f.hangs
	}
	if f.closed.Load() {
		return output{}, errors.New("used after it was closed")
	}
	if err := f.broken.Load(); err != nil {
		if f.gate != nil {
			f.gate.Done()
			f.gate.Wait()
		}
		return output{}, *err
	}
	scores, err := f.model.Evaluate(rows)
	if f.wrong && len(scores) > 0 {
		scores[len(scores)-1]++
	}
	if f.late.Load() {
		for i := range scores {
			scores[i]++
		}
	}
	return output{ints: scores}, err
}

func (f *fake) close() { f.closed.Store(true) }

// givenBack waits until its memory is.
func (f *fake) givenBack(t *testing.T) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if f.closed.Load() {
			return
		}
	}
	t.Error("the card's memory is not given back")
}

// cards opens a session whose card and CPU are fakes; a nil card is absent.
func cards(t *testing.T, m *zkcommit.Model, card, cpu *fake) (s *Session, lines *[]string, err error) {
	t.Helper()
	g, err := format.Export(m)
	if err != nil {
		t.Fatal(err)
	}
	lines = new([]string)
	o := Options{Device: CUDA, Warm: []int{1, 8}, Log: func(l string) { *lines = append(*lines, l) }}
	s, err = open(g, o, m, func(_ *format.Graph, d Device, _ Options) (engine, error) {
		if d == CPU {
			return cpu, nil
		}
		if card == nil {
			return nil, errors.New("no\n\tcard")
		}
		return card, nil
	})
	return s, lines, err
}

func TestCardFails(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	m := drawModel(r, shapes[0], 4)
	x := drawRows(r, m, 0, 20)
	want, err := m.Evaluate(x)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		card *fake
		on   Device
		line string
	}{
		{"good", &fake{model: m}, CUDA, ""},
		{"absent", nil, CPU, "CUDA is not used, the CPU takes over: no card"},
		{"wrong", &fake{model: m, wrong: true}, CPU, "CUDA is not used, the CPU takes over: its scores differ from the evaluator's"},
	} {
		s, lines, err := cards(t, m, test.card, &fake{model: m})
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		got, err := s.Scores(context.Background(), x)
		if err != nil || !slices.Equal(got, want) || s.Device() != test.on || strings.Join(*lines, "|") != test.line {
			t.Errorf("%s: on %s, said %q (%v)", test.name, s.Device(), *lines, err)
		}
		if test.on == CPU && test.card != nil && !test.card.closed.Load() {
			t.Errorf("%s: the card's memory is not given back", test.name)
		}
		s.Close()
		if _, err := s.Scores(context.Background(), x); !errors.Is(err, errClosed) {
			t.Errorf("%s: a closed session says %v", test.name, err)
		}
	}
	if _, _, err := cards(t, m, nil, &fake{model: m, wrong: true}); err == nil {
		t.Error("a wrong CPU is taken")
	}
}

// A card that fails under way is left once, whoever notices; every caller has its answer.
func TestCardFailsUnderWay(t *testing.T) {
	const callers = 8
	r := rand.New(rand.NewPCG(2, 2))
	m := drawModel(r, shapes[0], 4)
	card := &fake{model: m, gate: new(sync.WaitGroup)}
	card.gate.Add(callers)
	s, lines, err := cards(t, m, card, &fake{model: m})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for round := range 2 {
		var wait sync.WaitGroup
		for i := range callers {
			x := drawRows(rand.New(rand.NewPCG(3, uint64(i))), m, 0, 5)
			wait.Go(func() {
				want, _ := m.Evaluate(x)
				if got, err := s.Scores(context.Background(), x); err != nil || !slices.Equal(got, want) {
					t.Errorf("round %d, caller %d: %v", round, i, err)
				}
			})
		}
		wait.Wait()
		full := errors.New("out of memory")
		card.broken.Store(&full)
	}
	if s.Device() != CPU || len(*lines) != 1 || (*lines)[0] != "CUDA failed, the CPU takes over: out of memory" {
		t.Errorf("on %s, said %q", s.Device(), *lines)
	}
	card.givenBack(t)
}

// A card whose scores become wrong is left before anybody gets one, and a CPU's are refused.
func TestWrongUnderWay(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	m := drawModel(r, shapes[0], 4)
	x := drawRows(r, m, 0, 5)
	want, err := m.Evaluate(x)
	if err != nil {
		t.Fatal(err)
	}
	card, cpu := &fake{model: m}, &fake{model: m}
	s, lines, err := cards(t, m, card, cpu)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	card.late.Store(true)
	if got, err := s.Scores(context.Background(), x); err != nil || !slices.Equal(got, want) || s.Device() != CPU {
		t.Errorf("a wrong card gives %v on %s (%v)", got, s.Device(), err)
	}
	if len(*lines) != 1 || (*lines)[0] != "CUDA failed, the CPU takes over: its scores differ from the evaluator's" {
		t.Errorf("said %q", *lines)
	}
	cpu.late.Store(true)
	if got, err := s.Scores(context.Background(), x); !errors.Is(err, errWrong) {
		t.Errorf("a wrong CPU gives %v (%v)", got, err)
	}
}

// A card that hangs costs who asked it their time; the CPU answers the next.
func TestCardHangs(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	m := drawModel(r, shapes[0], 4)
	x := drawRows(r, m, 0, 5)
	want, err := m.Evaluate(x)
	if err != nil {
		t.Fatal(err)
	}
	card := &fake{model: m, hangs: make(chan struct{})}
	s, lines, err := cards(t, m, card, &fake{model: m})
	if err != nil {
		t.Fatal(err)
	}
	s.stuck = 10 * time.Millisecond
	b := NewBatcher(s, BatchOptions{Rows: 100, Queue: 10, Timeout: 10 * time.Millisecond})
	if got, err := b.Scores(context.Background(), x); err == nil {
		t.Errorf("a card that hangs gives %v", got)
	}
	b.Close() // after its last run
	if got, err := s.Scores(context.Background(), x); err != nil || !slices.Equal(got, want) || s.Device() != CPU {
		t.Fatalf("after that: %v on %s (%v)", got, s.Device(), err)
	}
	if len(*lines) != 1 || (*lines)[0] != "CUDA failed, the CPU takes over: a run did not end when its time was over" {
		t.Errorf("said %q", *lines)
	}
	s.Close() // waits for no card
	if card.closed.Load() {
		t.Error("the card's memory is given back while it is used")
	}
	close(card.hangs)
	card.givenBack(t)
}

// Whatever fails, who asks gets the evaluator's scores, and each failure has its line.
func TestServedTakesOver(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	m := drawModel(r, shapes[0], 4)
	x := drawRows(r, m, 0, 5)
	want, err := m.Evaluate(x)
	if err != nil {
		t.Fatal(err)
	}
	card, cpu := &fake{model: m}, &fake{model: m}
	session, lines, err := cards(t, m, card, cpu)
	if err != nil {
		t.Fatal(err)
	}
	s := &Served{model: m, session: session, batch: NewBatcher(session, DefaultBatch), log: session.options.Log}
	engine := func(is string) {
		t.Helper()
		if got, err := s.Scores(context.Background(), x); err != nil || !slices.Equal(got, want) || s.Engine() != is {
			t.Errorf("%v by %s, not by %s (%v)", got, s.Engine(), is, err)
		}
	}
	engine("ONNX Runtime, cuda")
	full := errors.New("out\nof memory")
	card.broken.Store(&full)
	engine("ONNX Runtime, cpu")
	if got, err := s.Scores(context.Background(), x[1:]); err == nil {
		t.Errorf("no whole rows give %v", got)
	}
	engine("ONNX Runtime, cpu")
	cpu.late.Store(true)
	engine("pure Go")
	engine("pure Go")
	if want := []string{"CUDA failed, the CPU takes over: out of memory", "ONNX Runtime failed, pure Go takes over: its scores differ from the evaluator's"}; !slices.Equal(*lines, want) {
		t.Errorf("said %q", *lines)
	}
	s.Close()
}

// Without its library the runtime costs one line, and where nobody asks for it none.
func TestServeWithoutRuntime(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	m := drawModel(r, shapes[0], 4)
	x := drawRows(r, m, 0, 5)
	want, err := m.Evaluate(x)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		wish Wish
		says string
	}{
		{Wish{Device: "go", Library: "nowhere"}, ""},
		{Wish{Device: "auto"}, ""},
		{Wish{Device: "cuda"}, "name its library's file"},
		{Wish{Device: "cpu", Library: "/nowhere/libonnxruntime.so.1"}, "ONNX Runtime"},
		{Wish{Device: "auto", Library: "/nowhere/libonnxruntime.so.1"}, "ONNX Runtime"},
	} {
		var lines []string
		c.wish.Log = func(l string) { lines = append(lines, l) }
		s := Serve(m, c.wish)
		got, err := s.Scores(context.Background(), x)
		if err != nil || !slices.Equal(got, want) || s.Engine() != "pure Go" || s.Width() != m.Shape.Inputs {
			t.Errorf("%+v: %v by %s (%v)", c.wish, got, s.Engine(), err)
		}
		ok := len(lines) == 1 && strings.HasPrefix(lines[0], "ONNX Runtime is not used, pure Go ranks: ") && strings.Contains(lines[0], c.says) && !strings.Contains(lines[0], "\n")
		if c.says == "" {
			ok = len(lines) == 0
		}
		if !ok {
			t.Errorf("%+v: said %q", c.wish, lines)
		}
		s.Close()
	}
	if Known("gpu") || !Known("cuda") || !Known("auto") {
		t.Error("the wrong devices are known")
	}
}

func TestValues(t *testing.T) {
	nan := float32(math.NaN())
	for _, x := range []struct {
		v    float32
		want int32
	}{{0, 0}, {1, 65536}, {-1, -65536}, {1.5 / 65536, 2}, {2.5 / 65536, 2}, {1e30, 1 << 30}, {float32(math.Inf(-1)), -1 << 30}} {
		if got, err := score(x.v); err != nil || got != x.want {
			t.Errorf("the score of %g is %d (%v), want %d", x.v, got, err, x.want)
		}
	}
	for _, x := range []struct {
		v    float32
		want int8
	}{{0, 0}, {1, 127}, {-1, -127}, {9, 127}, {float32(math.Inf(-1)), -127}, {0.5, 64}} {
		if got, err := reference.Element(x.v); err != nil || got != x.want {
			t.Errorf("the element of %g is %d (%v), want %d", x.v, got, err, x.want)
		}
	}
	if _, err := score(nan); err == nil {
		t.Error("no number is a score")
	}
	if _, err := reference.Element(nan); err == nil {
		t.Error("no number is an element")
	}
}

// slow is a model that scores a row by its first feature, when it is let.
type slow struct {
	mu      sync.Mutex
	runs    []int // rows of each
	let     chan struct{}
	poison  int8
	started chan struct{}
}

func (s *slow) Width() int { return 2 }

func (s *slow) Scores(ctx context.Context, rows []int8) ([]int32, error) {
	s.mu.Lock()
	s.runs = append(s.runs, len(rows)/2)
	s.mu.Unlock()
	s.started <- struct{}{}
	select {
	case <-s.let:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	scores := make([]int32, len(rows)/2)
	for i := range scores {
		if s.poison != 0 && rows[2*i] == s.poison {
			return nil, errors.New("poisoned")
		}
		scores[i] = int32(rows[2*i])
	}
	return scores, nil
}

func newSlow() *slow { return &slow{let: make(chan struct{}), started: make(chan struct{}, 100)} }

// ask sends rows whose first features are those given and returns where the answer comes.
func ask(b *Batcher, first ...int8) chan answer {
	done := make(chan answer, 1)
	rows := make([]int8, 0, 2*len(first))
	for _, f := range first {
		rows = append(rows, f, 0)
	}
	go func() {
		s, err := b.Scores(context.Background(), rows)
		done <- answer{s, err}
	}()
	return done
}

// waiting waits until so many requests stand in the queue.
func waiting(t *testing.T, b *Batcher, n int) {
	t.Helper()
	for range 2000 {
		if len(b.queue) == n {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("%d requests wait, not %d", len(b.queue), n)
}

func TestBatcher(t *testing.T) {
	s := newSlow()
	s.poison = 99
	b := NewBatcher(s, BatchOptions{Rows: 6, Queue: 4, Timeout: time.Minute})
	defer b.Close()
	one := ask(b, 1, 2)
	<-s.started
	// While the first runs, four wait: two fit together, the third fails alone.
	var rest []chan answer
	for i, f := range [][]int8{{3}, {4, 99}, {5}, {6, 7, 8}} {
		rest = append(rest, ask(b, f...))
		waiting(t, b, i+1)
	}
	if _, err := b.Scores(context.Background(), []int8{9, 9}); !errors.Is(err, ErrBusy) {
		t.Errorf("a full queue says %v", err)
	}
	close(s.let)
	if a := <-one; a.err != nil || !slices.Equal(a.scores, []int32{1, 2}) {
		t.Errorf("the first: %v", a)
	}
	for i, want := range [][]int32{{3}, nil, {5}, {6, 7, 8}} {
		a := <-rest[i]
		if want == nil {
			if a.err == nil || a.err.Error() != "poisoned" {
				t.Errorf("the poisoned request: %v", a)
			}
		} else if a.err != nil || !slices.Equal(a.scores, want) {
			t.Errorf("request %d: %v, want %v", i, a, want)
		}
	}
	if want := []int{2, 4, 1, 2, 1, 3}; !slices.Equal(s.runs, want) {
		t.Errorf("runs of %v rows, want %v", s.runs, want)
	}
	if _, err := b.Scores(context.Background(), make([]int8, 14)); err == nil {
		t.Error("seven rows are taken")
	}
	if _, err := b.Scores(context.Background(), make([]int8, 3)); err == nil {
		t.Error("a row and a half is taken")
	}
}

// Requests that ran together get each its own scores.
func TestBatcherTogether(t *testing.T) {
	s := newSlow()
	b := NewBatcher(s, BatchOptions{Rows: 6, Queue: 4, Timeout: time.Minute})
	defer b.Close()
	all := []chan answer{ask(b, 1)}
	<-s.started
	for i, f := range [][]int8{{2}, {3, 4}, {5}} {
		all = append(all, ask(b, f...))
		waiting(t, b, i+1)
	}
	close(s.let)
	for i, want := range [][]int32{{1}, {2}, {3, 4}, {5}} {
		if a := <-all[i]; a.err != nil || !slices.Equal(a.scores, want) {
			t.Errorf("request %d: %v, want %v", i, a, want)
		}
	}
	if want := []int{1, 4}; !slices.Equal(s.runs, want) {
		t.Errorf("runs of %v rows, want %v", s.runs, want)
	}
}

// A model that hangs costs its callers their time and no more; later ones are served.
func TestBatcherTimeout(t *testing.T) {
	s := newSlow()
	b := NewBatcher(s, BatchOptions{Rows: 8, Queue: 8, Timeout: 400 * time.Millisecond})
	if a := <-ask(b, 1); !errors.Is(a.err, ErrTimeout) {
		t.Errorf("a hanging model: %v", a)
	}
	<-s.started
	// It hangs on two together, too, and then runs the next.
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		if _, err := b.Scores(ctx, []int8{1, 1}); !errors.Is(err, context.Canceled) {
			t.Errorf("a caller who gives up: %v", err)
		}
	}()
	<-s.started
	two := []chan answer{ask(b, 2), ask(b, 3)}
	waiting(t, b, 2)
	cancel()
	<-s.started
	for _, c := range two {
		if a := <-c; !errors.Is(a.err, ErrTimeout) {
			t.Errorf("two on a hanging model: %v", a)
		}
	}
	fourth := ask(b, 4)
	select {
	case <-s.started:
	case <-time.After(5 * time.Second):
		t.Fatal("nothing runs after a model that hung")
	}
	<-fourth
	close(s.let)
	if a := <-ask(b, 7); a.err != nil || !slices.Equal(a.scores, []int32{7}) {
		t.Errorf("after that: %v", a)
	}
	b.Close()
	if _, err := b.Scores(context.Background(), []int8{1, 1}); !errors.Is(err, errClosed) {
		t.Errorf("a closed batcher says %v", err)
	}
}

// Closing ends the run under way and whoever waits.
func TestBatcherCloses(t *testing.T) {
	s := newSlow()
	b := NewBatcher(s, BatchOptions{Rows: 1, Queue: 8, Timeout: time.Minute})
	first := ask(b, 1)
	<-s.started
	second := ask(b, 2)
	waiting(t, b, 1)
	b.Close()
	for _, c := range []chan answer{first, second} {
		if a := <-c; !errors.Is(a.err, errClosed) {
			t.Errorf("it says %v", a.err)
		}
	}
}
