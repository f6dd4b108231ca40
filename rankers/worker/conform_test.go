package worker

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"candor/graph"
)

// TestConformance: a worker in Go and one in Python are the same to a node, over a connection
// that is encrypted.
func TestConformance(t *testing.T) {
	t.Run("go", func(t *testing.T) {
		t.Parallel()
		conform(t, func(r *rig, operator string) (stop func() error) { return r.serve(operator, &long{}) })
	})
	t.Run("python", func(t *testing.T) {
		t.Parallel()
		python, err := exec.LookPath("python3")
		if err != nil {
			t.Skip("python3 is not here: the example worker is not tried")
		}
		conform(t, func(r *rig, operator string) (stop func() error) { return r.python(python, operator) })
	})
}

// python runs the example worker.
func (r *rig) python(python, operator string) (stop func() error) {
	r.t.Helper()
	doc, err := r.credentials(operator).Encode()
	if err != nil {
		r.t.Fatal(err)
	}
	file := filepath.Join(r.t.TempDir(), "credentials.json")
	if err := os.WriteFile(file, doc, 0o600); err != nil {
		r.t.Fatal(err)
	}
	var says bytes.Buffer
	cmd := exec.Command(python, "../../examples/worker-python/worker.py", file)
	cmd.Stdout, cmd.Stderr = &says, &says
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	ended := false
	stop = func() error {
		if ended {
			return nil
		}
		ended = true
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			return err
		}
		if err := cmd.Wait(); err != nil {
			return errors.Join(err, errors.New(says.String()))
		}
		return nil
	}
	r.t.Cleanup(func() { _ = cmd.Process.Kill(); _ = stop() })
	return stop
}

// conform is the suite that every worker passes, whatever it is written in. Its model puts
// long posts first.
func conform(t *testing.T, serve func(r *rig, operator string) (stop func() error)) {
	r := newRigWith(t, certificate(t, time.Now()))
	p := r.pool(1, false)
	stop := serve(r, "north")
	r.ready(p, 1)

	for _, n := range []int{1, 2, 64, 1000, MaxRows} {
		rows, want := posts(n)
		got, err := p.Score(within(t, time.Minute), rows)
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("%d posts: %.200v (%v)", n, got, err)
		}
	}
	s := p.Standings(time.Now())
	if len(s) != 1 || s[0].Operator != "north" || s[0].State != Ready || s[0].Answered != 5 || s[0].Failed != 0 || len(s[0].Workers) != 1 {
		t.Errorf("%+v", s)
	}

	rows, _ := posts(2)
	good, err := p.question(within(t, time.Minute), rows)
	if err != nil {
		t.Fatal(err)
	}
	nc := p.hub.nc
	rank := subject(nodeName(r.node), "rank", modelName(r.model), "north")
	for name, spoil := range map[string]func(*Ask){
		"another protocol": func(a *Ask) { a.V = 2 },
		"another model":    func(a *Ask) { a.Model[0]++ },
		"another version":  func(a *Ask) { a.Version++ },
		"another schema":   func(a *Ask) { a.Schema[0]++ },
		"a row too many":   func(a *Ask) { a.Count++ },
		"no row":           func(a *Ask) { a.Count, a.Rows = 0, []byte{} },
		"half a row":       func(a *Ask) { a.Rows = a.Rows[:100] },
		"its time is over": func(a *Ask) { a.Within = 0 },
	} {
		q := good.Ask
		q.Rows = slices.Clone(q.Rows)
		spoil(&q)
		raw, err := json.Marshal(q)
		if err != nil {
			t.Fatal(err)
		}
		msg, err := nc.Request(rank, raw, 10*time.Second)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var reply Reply
		if err := parse(msg.Data, 4<<10, &reply); err != nil || reply.Error == "" || reply.Scores != nil || reply.ID != q.ID || reply.V != Protocol {
			t.Errorf("%s: %+v (%v)", name, reply, err)
		}
	}
	if got, err := p.Score(within(t, time.Minute), rows); err != nil || len(got) != 2 {
		t.Errorf("after all that it ranks no more: %v", err)
	}

	if err := stop(); err != nil {
		t.Error(err)
	}
	r.ready(p, 0) // it said bye
	if _, err := p.Score(within(t, time.Minute), rows); !errors.Is(err, ErrNobody) {
		t.Errorf("a worker that has gone: %v", err)
	}
}

// TestSubjects: a subject names its model and operator, and a foreign one none.
func TestSubjects(t *testing.T) {
	m := graph.Hash{1, 2}
	s := subject("ab", "hello", modelName(m), "north")
	if got, operator, ok := parts(s); !ok || got != m || operator != "north" {
		t.Error(got, operator, ok)
	}
	for _, bad := range []string{"", "candor.ab.hello", "candor.ab.hello.00", "candor.ab.hello." + strings.Repeat("z", 64), s + ".x"} {
		if _, _, ok := parts(bad); ok {
			t.Errorf("%q is taken", bad)
		}
	}
}
