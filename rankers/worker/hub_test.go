package worker

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"candor/graph"
	"candor/rankers"

	"github.com/nats-io/nats.go"
)

// TestAnswersAreHeldToTheirQuestion: whatever an answer says otherwise, it is none.
func TestAnswersAreHeldToTheirQuestion(t *testing.T) {
	r := newRig(t)
	p := r.pool(1, false)
	rows, _ := posts(3)
	q, err := p.question(within(t, time.Minute), rows)
	if err != nil {
		t.Fatal(err)
	}
	good := Reply{V: Protocol, ID: q.ID, Model: q.Model, Version: q.Version, Scores: []int32{1, -2, 1<<31 - 1}}
	read := func(spoil func(*Reply)) ([]graph.Score, error) {
		a := good
		a.Scores = slices.Clone(a.Scores)
		spoil(&a)
		raw, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		got, err := q.read(raw)
		return got.scores, err
	}
	if got, err := read(func(*Reply) {}); err != nil || !slices.Equal(got, []graph.Score{1, -2, 1<<31 - 1}) {
		t.Fatal(got, err)
	}
	for name, spoil := range map[string]func(*Reply){
		"another protocol": func(a *Reply) { a.V++ },
		"another question": func(a *Reply) { a.ID = strings.Repeat("0", 32) },
		"another model":    func(a *Reply) { a.Model[5]++ },
		"another version":  func(a *Reply) { a.Version-- },
		"a score too few":  func(a *Reply) { a.Scores = a.Scores[1:] },
		"a score too many": func(a *Reply) { a.Scores = append(a.Scores, 1) },
		"none":             func(a *Reply) { a.Scores = nil },
		"an error beside":  func(a *Reply) { a.Error = "out of memory" },
	} {
		if _, err := read(spoil); err == nil {
			t.Errorf("%s: it is taken", name)
		}
	}
	raw, err := json.Marshal(good)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.read(append(raw, strings.Repeat(" ", 1<<20)...)); err == nil {
		t.Error("an answer of a mebibyte is read")
	}
	for _, raw := range []string{``, `null`, `[]`, `{"v":1}`, `{"v":1,"scores":[1.5]}`, `{"scores":[2147483648,0,0]}`, `{"extra":1}`, `{"scores":["1"]}`} {
		if _, err := q.read([]byte(raw)); err == nil {
			t.Errorf("%s: it is taken", raw)
		}
	}
}

// TestHellosAreChecked: what does not fit the model or the limits is refused with why.
func TestHellosAreChecked(t *testing.T) {
	r := newRig(t)
	p := r.pool(1, false)
	good := Hello{V: Protocol, Worker: "a", Version: p.Terms.Info.Version, Schema: p.Terms.Info.Schema, Capacity: 1, Rows: 64, State: Ready, Engine: "go"}
	now := time.Now()
	for name, spoil := range map[string]func(*Hello){
		"protocol": func(h *Hello) { h.V = 0 }, "name": func(h *Hello) { h.Worker = "" }, "version": func(h *Hello) { h.Version++ },
		"schema": func(h *Hello) { h.Schema[0]++ }, "capacity": func(h *Hello) { h.Capacity = maxCapacity + 1 }, "none": func(h *Hello) { h.Capacity = 0 },
		"rows": func(h *Hello) { h.Rows = MaxRows + 1 }, "state": func(h *Hello) { h.State = "asleep" },
	} {
		h := good
		spoil(&h)
		if p.hear("north", h, now) == nil || p.Live() {
			t.Errorf("%s: it is taken", name)
		}
	}
	for i := range maxProcesses + 5 {
		h := good
		h.Worker = strings.Repeat("w", i+1)[:min(i+1, maxName)] + string(rune('a'+i%26))
		_ = p.hear("north", h, now)
	}
	if n := len(p.operators["north"].live(now)); n > maxProcesses {
		t.Errorf("an operator has %d workers", n)
	}
	if len(p.pick(1, 65)) > 0 {
		t.Error("one is asked for more rows than it takes")
	}
	if len(p.operators["north"].live(now.Add(silence*Beat+time.Second))) != 0 {
		t.Error("a silent worker counts")
	}
}

// TestOnlyThePermittedComeIn: neither without a permit, nor under another's name, nor with
// another model's, and what is let in reads and writes nothing of others.
func TestOnlyThePermittedComeIn(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	p := r.pool(1, false)
	c := r.credentials("north")
	enter := func(user, password string) (*nats.Conn, chan error) {
		said := make(chan error, 16)
		nc, err := nats.Connect(c.URL, nats.UserInfo(user, password), nats.MaxReconnects(0), nats.CustomInboxPrefix(inbox(r.model)),
			nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { said <- err }))
		if err != nil {
			return nil, nil
		}
		t.Cleanup(nc.Close)
		return nc, said
	}
	for name, x := range map[string][2]string{
		"no password":   {c.User, ""},
		"another's":     {strings.Replace(c.User, "north", "south", 1), c.Password},
		"later":         {c.User, "9" + c.Password},
		"a jobs' name":  {modelName(r.model), c.Password},
		"the node's":    {"node", c.Password},
		"a long one":    {c.User + strings.Repeat("x", 500), c.Password},
		"another model": {modelName(graph.Hash{9}) + ".north", c.Password},
	} {
		if nc, _ := enter(x[0], x[1]); nc != nil {
			t.Errorf("%s: it is let in", name)
		}
	}
	nc, said := enter(c.User, c.Password)
	if nc == nil {
		t.Fatal("a permitted one is not let in")
	}
	node, model := nodeName(r.node), modelName(r.model)
	for _, s := range []string{subject(node, "hello", model, "south"), subject(node, "hello", modelName(graph.Hash{9}), "north"), "_INBOX.x", "$JS.API.INFO"} {
		if err := errors.Join(nc.Publish(s, []byte("{}")), nc.Flush()); err != nil {
			t.Fatal(err)
		}
		if err := heard(said); !errors.Is(err, nats.ErrPermissionViolation) {
			t.Errorf("%s is written: %v", s, err)
		}
	}
	for _, s := range []string{subject(node, "rank", model, "south"), subject(node, "rank", model, "*"), ">", "_INBOX.>"} {
		if _, err := nc.SubscribeSync(s); err != nil {
			t.Fatal(err)
		}
		if err := nc.Flush(); err != nil {
			t.Fatal(err)
		}
		if err := heard(said); !errors.Is(err, nats.ErrPermissionViolation) {
			t.Errorf("%s is read: %v", s, err)
		}
	}
	// Hostile hellos are answered, and the hub goes on.
	for _, raw := range []string{"", "{", strings.Repeat("[", 1<<16), strings.Repeat("x", 1<<20)} {
		msg, err := nc.Request(subject(node, "hello", model, "north"), []byte(raw), 10*time.Second)
		if err != nil {
			t.Fatal(err)
		}
		var w Welcome
		if err := parse(msg.Data, MaxHello, &w); err != nil || w.Refused == "" {
			t.Errorf("%.20q: %+v (%v)", raw, w, err)
		}
	}
	if p.Live() {
		t.Error("a worker of hostile hellos counts")
	}
}

// heard is what the server says next; nil: nothing.
func heard(said chan error) error {
	select {
	case err := <-said:
		return err
	case <-time.After(10 * time.Second):
		return nil
	}
}

// TestOddOneOut: of three operators the one that answers otherwise is named, cut off for
// good and not asked, and what most answer is served; two that differ are no answer, and
// one alone none where one does not count.
func TestOddOneOut(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	p := r.pool(3, true)
	models := map[string]*long{"east": {}, "north": {}, "south": {}}
	stops := map[string]func() error{}
	rows, want := posts(64)
	score := func() ([]graph.Score, error) { return p.Score(within(t, 10*time.Second), rows) }
	stops["east"] = r.serve("east", models["east"])
	r.ready(p, 1)
	if _, err := score(); !errors.Is(err, ErrAlone) {
		t.Errorf("one alone: %v", err)
	}
	for _, name := range []string{"north", "south"} {
		stops[name] = r.serve(name, models[name])
	}
	r.ready(p, 3)
	if got, err := score(); err != nil || !slices.Equal(got, want) {
		t.Fatal(got, err)
	}
	eventually(t, func() bool {
		return models["east"].asked.Load()*models["north"].asked.Load()*models["south"].asked.Load() == 1
	})

	models["north"].lie.Store(1)
	if got, err := score(); err != nil || !slices.Equal(got, want) {
		t.Fatal(got, err)
	}
	eventually(t, func() bool { return len(r.cuts.All(r.model)) == 1 })
	if why := r.cuts.All(r.model)["north"]; !strings.Contains(why, "post 0 of 64") {
		t.Errorf("%q", why)
	}
	models["north"].lie.Store(0) // it repents, and is not believed
	again := &CutFiles{Dir: r.cuts.Dir}
	if len(again.All(r.model)) != 1 {
		t.Error("who was cut off is forgotten")
	}
	asked := models["north"].asked.Load()
	for range 5 {
		if got, err := score(); err != nil || !slices.Equal(got, want) {
			t.Fatal(got, err)
		}
	}
	if models["north"].asked.Load() != asked {
		t.Error("who was cut off is asked")
	}
	s := p.Standings(time.Now())
	if len(s) != 3 || s[1].Operator != "north" || s[1].State != "cut-off" || s[0].State != Ready || s[2].State != Ready {
		t.Errorf("%+v", s)
	}

	models["south"].lie.Store(-5)
	if _, err := score(); !errors.Is(err, ErrDisagree) || !strings.Contains(err.Error(), "south") {
		t.Errorf("two that differ: %v", err)
	}
	if n := len(r.cuts.All(r.model)); n != 1 {
		t.Errorf("%d are cut off without a majority", n)
	}
	if err := os.Remove(filepath.Join(r.cuts.Dir, modelName(r.model)+"-north.json")); err != nil {
		t.Fatal(err)
	}
	r.ready(p, 3) // it is let in again
	if got, err := score(); err != nil || !slices.Equal(got, want) {
		t.Fatal(got, err)
	}
	eventually(t, func() bool { return r.cuts.All(r.model)["south"] != "" })
	for _, stop := range stops {
		if err := stop(); err != nil {
			t.Error(err)
		}
	}
}

// TestGroupSharesTheLoad: an operator's processes answer by turns, and one that is stopped
// while it works answers what it was asked.
func TestGroupSharesTheLoad(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	p := r.pool(1, false)
	a, b := &long{}, &long{}
	stop := r.serve("north", a)
	r.serve("north", b, func(s *Server) { s.Name = "north-2" })
	eventually(t, func() bool { s := p.Standings(time.Now()); return len(s) == 1 && len(s[0].Workers) == 2 })
	rows, _ := posts(2)
	for a.asked.Load() == 0 || b.asked.Load() == 0 {
		if _, err := p.Score(within(t, 10*time.Second), rows); err != nil {
			t.Fatal(err)
		}
	}
	a.slow.Store(int64(300 * time.Millisecond))
	b.slow.Store(int64(300 * time.Millisecond))
	errs := make(chan error, 8)
	before := a.asked.Load()
	for range cap(errs) {
		go func() {
			_, err := p.Score(within(t, 20*time.Second), rows)
			errs <- err
		}()
	}
	eventually(t, func() bool { return a.asked.Load() > before })
	if err := stop(); err != nil {
		t.Error(err)
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

// TestRegistrations: a worker registers its model when the node asks for it, once, and a
// registration that does not hold is refused with why.
func TestRegistrations(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	var taken, refused atomic.Int64
	r.registrar = registrar(func(model graph.Hash, x Register) error {
		if model != r.model || string(x.Registration) != "good" {
			refused.Add(1)
			return errors.New("it does not hold")
		}
		taken.Add(1)
		return nil
	})
	r.waits = func() bool { return taken.Load() == 0 }
	p := r.pool(1, false)
	bad := r.serve("south", &long{}, func(s *Server) {
		s.Registration = func(context.Context) (Register, error) { return Register{Registration: []byte("bad")}, nil }
	})
	eventually(t, func() bool { return refused.Load() > 0 })
	_ = bad()
	r.serve("north", &long{}, func(s *Server) {
		s.Registration = func(context.Context) (Register, error) { return Register{Registration: []byte("good")}, nil }
	})
	eventually(t, func() bool { return taken.Load() > 0 })
	r.ready(p, 1)
	if taken.Load() != 1 {
		t.Errorf("it was registered %d times", taken.Load())
	}
}

type registrar func(graph.Hash, Register) error

func (f registrar) Register(_ context.Context, model graph.Hash, x Register) error {
	return f(model, x)
}

// TestWatchedPoolFallsDue: whatever a worker does, an answer or an error is there by the
// deadline.
func TestWatchedPoolFallsDue(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	p := r.pool(1, false)
	m := &long{}
	r.serve("north", m, func(s *Server) { s.Capacity = 64 })
	r.ready(p, 1)
	w := rankers.NewWatch(p, 200*time.Millisecond, time.Now)
	rows, _ := posts(2)
	m.slow.Store(int64(3 * time.Second))
	for range misses {
		if _, err := w.Score(context.Background(), rows); !errors.Is(err, rankers.ErrLate) {
			t.Fatal(err)
		}
	}
	eventually(t, func() bool { s := p.Standings(time.Now()); return s[0].State == "resting" })
	if _, err := w.Score(context.Background(), rows); !errors.Is(err, ErrNobody) {
		t.Errorf("one that never answers is asked again at once: %v", err)
	}
	m.slow.Store(0)
	eventually(t, func() bool { _, err := w.Score(context.Background(), rows); return err == nil }) // after its rest
}
