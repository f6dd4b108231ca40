package worker

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"candor/feeds"
	selection "candor/feeds/select"
	"candor/graph"
	"candor/graph/embed/embedtest"
	"candor/internal/torture"
	"candor/rankers"
	"candor/rankers/features"
	"candor/store/sqlite"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/crypto"
)

// childCredentials names the file with which this binary is a worker that can be spoilt.
const childCredentials = "CANDOR_TEST_WORKER"

func TestMain(m *testing.M) {
	if file := os.Getenv(childCredentials); file != "" {
		if err := spoilt(file); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const (
	answerWithin = 5 * time.Second        // as a node gives a ranker
	takes        = 600 * time.Millisecond // for an answer; tenfold is too late
)

// spoilt serves as the file FILE.fault says, until it is killed.
func spoilt(file string) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	c, err := ParseCredentials(b)
	if err != nil {
		return err
	}
	s := &Server{Credentials: c, Scorer: faulty{file + ".fault"}, Name: "child", Capacity: 64, Log: slog.New(slog.DiscardHandler)}
	return s.Run(context.Background())
}

type faulty struct{ file string }

func (faulty) Width() int { return graph.Features }

func (faulty) Engine() string { return "test" }

func (f faulty) Scores(ctx context.Context, rows []int8) ([]int32, error) {
	how, _ := os.ReadFile(f.file) // none: it is well
	pause := takes
	if string(how) == "slow" {
		pause *= 10
	}
	time.Sleep(pause)
	out, err := (&long{}).Scores(ctx, rows)
	switch string(how) {
	case "short":
		out = out[1:]
	case "lie":
		out[len(out)/2] ^= 1
	}
	return out, err
}

// child is a worker in a process of its own.
type child struct {
	file string
	cmd  *exec.Cmd
}

func (r *rig) child(operator string) *child {
	r.t.Helper()
	doc, err := r.credentials(operator).Encode()
	if err != nil {
		r.t.Fatal(err)
	}
	c := &child{file: filepath.Join(r.t.TempDir(), operator)}
	if err := os.WriteFile(c.file, doc, 0o600); err != nil {
		r.t.Fatal(err)
	}
	c.start(r.t)
	r.t.Cleanup(c.kill)
	return c
}

func (c *child) start(t *testing.T) {
	t.Helper()
	c.cmd = exec.Command(os.Args[0])
	c.cmd.Env = append(os.Environ(), childCredentials+"="+c.file)
	c.cmd.Stderr = os.Stderr
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
}

func (c *child) kill() {
	_ = c.cmd.Process.Kill()
	_ = c.cmd.Wait()
}

// harm brings a fault about, and heal ends it.
func (c *child) harm(t *testing.T, fault string) {
	t.Helper()
	var err error
	switch fault {
	case "kill":
		c.kill()
	case "hang":
		err = c.cmd.Process.Signal(syscall.SIGSTOP)
	default:
		err = os.WriteFile(c.file+".fault", []byte(fault), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (c *child) heal(t *testing.T, fault string) {
	t.Helper()
	var err error
	switch fault {
	case "kill":
		c.start(t)
	case "hang":
		err = c.cmd.Process.Signal(syscall.SIGCONT)
	default:
		err = os.Remove(c.file + ".fault")
	}
	if err != nil {
		t.Fatal(err)
	}
}

// still is a mirror of one block.
type still struct{ feeds.Snapshot }

func (s still) Head(context.Context) (graph.Block, bool, error)    { return s.Block(), true, nil }
func (s still) At(context.Context, uint64) (feeds.Snapshot, error) { return s.Snapshot, nil }
func (s still) features(_ graph.Address, c []graph.Candidate) (rows []graph.Row, err error) {
	return features.Build(features.Schema(), s.Snapshot, graph.Address{}, c)
}

// hall serves three rankers of the same order: "here" in this process, "one" by one
// operator and "many" by several, both with "here" as their fallback.
func hall(t *testing.T, one, many *Pool) *feeds.Hall {
	t.Helper()
	e := embedtest.New(t)
	for i := range 40 {
		e.Post(1+i%7, strings.Repeat("bread and bicycles ", 1+i%11)+fmt.Sprint(i))
	}
	s := still{e.Snapshot()}
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	ledger, err := sqlite.OpenLedger(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	node := crypto.PubkeyToAddress(key.PublicKey)
	ranker := func(slug, fallback string, r rankers.Ranker) feeds.Ranker {
		m, err := zkcommit.Manifest{Type: zkcommit.ManifestType, Slug: slug, Name: slug, Kind: "ranker", Version: 1, Commitment: graph.Hash{31: slug[0]},
			Publisher: node, Rule: selection.Plain, Shape: "64x32x1"}.Sign(key)
		if err != nil {
			t.Fatal(err)
		}
		w := rankers.NewWatch(r, answerWithin, time.Now)
		return feeds.Ranker{ID: slug, Manifest: m, Score: w.Agreed, Fallback: fallback,
			Features: func(_ feeds.Snapshot, viewer graph.Address, c []graph.Candidate) ([]graph.Row, error) {
				return s.features(viewer, c)
			}}
	}
	h := &feeds.Hall{Mirror: s, Ledger: ledger, Node: key, Select: selection.Select, Final: feeds.Finality{Interval: 1, MergeDelay: 60},
		Origin:  feeds.Origin{ChainID: 1, Node: node},
		Rankers: []feeds.Ranker{ranker("here", "", here{}), ranker("one", "here", one), ranker("many", "here", noted{many, t})}}
	if err := h.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close(); _ = ledger.Close() })
	return h
}

// noted says in the test's log why its pool did not answer.
type noted struct {
	*Pool
	t *testing.T
}

func (n noted) Score(ctx context.Context, rows []graph.Row) ([]graph.Score, error) {
	began := time.Now()
	scores, err := n.Pool.Score(ctx, rows)
	if err != nil {
		n.t.Logf("after %s: %v", time.Since(began), err)
	}
	return scores, err
}

// here is the model in this process.
type here struct{}

func (here) Info() rankers.Info { return rankers.Info{ID: "here"} }

func (here) Score(ctx context.Context, rows []graph.Row) ([]graph.Score, error) {
	scores := make([]graph.Score, len(rows))
	for i, row := range rows {
		scores[i] = graph.Score(row[features.TextLength])
	}
	return scores, nil
}

// readers ask for pages, each as somebody whom the node has not seen.
type readers struct {
	t    *testing.T
	hall *feeds.Hall

	mu      sync.Mutex
	next    int
	slowest time.Duration
	pages   int
}

// most is the longest that a page may take: what the ranker has, what its fallback may
// wait for others' runs, and some for a machine that is busy with other tests.
const most = answerWithin + feeds.Patience + 15*time.Second

func (r *readers) page(ranker string) *graph.Page {
	r.mu.Lock()
	r.next++
	viewer := embedtest.Person(100 + r.next)
	r.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), most)
	defer cancel()
	began := time.Now()
	p, err := r.hall.Feed(ctx, graph.Request{Viewer: viewer, Ranker: ranker, Limit: 40})
	took := time.Since(began)
	if err != nil {
		r.t.Errorf("a reader of %q gets no page after %s: %v", ranker, took, err)
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pages, r.slowest = r.pages+1, max(r.slowest, took)
	return p
}

// TestFaults: whatever becomes of a worker under load, every page is there by its deadline:
// of the ranker that has one worker from its fallback, which is named, and of the one with
// three operators from the ranker itself, in the right order; who lied is cut off.
func TestFaults(t *testing.T) {
	t.Parallel()
	faults := []string{"kill", "hang", "slow", "short"}
	rounds := torture.Count(len(faults), 500)
	lanes := min(5, max(1, rounds/2)) // side by side, each with workers of its own
	var all sync.WaitGroup
	slowest, pages := make([]time.Duration, lanes), make([]int, lanes)
	for lane := range lanes {
		all.Go(func() {
			d := newDamage(t)
			for i := lane; i < rounds && !t.Failed(); i += lanes {
				d.round(faults[i%len(faults)], i)
			}
			slowest[lane], pages[lane] = d.readers.slowest, d.readers.pages
		})
	}
	all.Wait()
	if t.Failed() {
		return
	}
	sum := 0
	for _, n := range pages {
		sum += n
	}
	torture.Say(t, "%d faults of one worker and as many of one operator in three (killed, hung, ten times slower, wrong), %d pages under load, all by their deadline with the fallback named; the slowest took %s", rounds, sum, slices.Max(slowest).Round(time.Millisecond))
}

// damage is a hall whose workers are harmed.
type damage struct {
	*rig
	readers   *readers
	one, many *Pool
	single    *child
	group     []*child
}

var operators = []string{"east", "north", "south"}

func newDamage(t *testing.T) *damage {
	r, g := newRig(t), newRig(t)
	d := &damage{rig: g, one: r.pool(1, false), many: g.pool(3, true)}
	d.one.Rest, d.many.Rest = 50*time.Millisecond, 50*time.Millisecond
	d.single = r.child("north")
	for _, name := range operators {
		d.group = append(d.group, g.child(name))
	}
	d.readers = &readers{t: t, hall: hall(t, d.one, d.many)}
	return d
}

// round harms the one worker, and one of three operators in the like manner, and has
// readers ask meanwhile.
func (d *damage) round(fault string, i int) {
	t, r := d.t, d.readers
	eventually(t, func() bool { r.page("one"); r.page("many"); return well(d.one, 1) && well(d.many, len(operators)) })
	victim := d.group[i%len(operators)]
	lie := fault
	if fault == "short" && i%8 >= 4 {
		lie = "lie"
	}
	var all sync.WaitGroup
	ask := func(n int, ranker string, check func(*graph.Page)) {
		for range n {
			all.Go(func() {
				if p := r.page(ranker); p != nil {
					check(p)
				}
			})
		}
	}
	any := func(*graph.Page) {}
	ask(2, "one", any) // under way when it happens
	ask(2, "many", any)
	d.single.harm(t, fault)
	victim.harm(t, lie)
	ask(3, "one", func(p *graph.Page) {
		if p.Fallback == nil || p.Fallback.Ranker != "one" || p.Run.Ranker != "here" {
			t.Errorf("%s: a page does not name its fallback: %+v", fault, p.Fallback)
		}
	})
	ask(3, "many", func(p *graph.Page) {
		if p.Fallback != nil || p.Run.Ranker != "many" || p.Run.Assurance != "replicated" {
			t.Errorf("%s of one in three: %s ranked, and it is %s", lie, p.Run.Ranker, p.Run.Assurance)
			return
		}
		if !slices.Equal(d.order(p), d.order(r.page("here"))) {
			t.Errorf("%s of one in three changes the order", lie)
		}
	})
	ask(2, "here", func(p *graph.Page) {
		if p.Fallback != nil {
			t.Error("a ranker in this process falls back")
		}
	})
	all.Wait()
	if lie == "lie" {
		eventually(t, func() bool { return d.cuts.All(d.model)[operators[i%len(operators)]] != "" })
		if err := os.Remove(filepath.Join(d.cuts.Dir, modelName(d.model)+"-"+operators[i%len(operators)]+".json")); err != nil {
			t.Error(err)
		}
	}
	d.single.heal(t, fault)
	victim.heal(t, lie)
}

// well says whether so many operators may be asked, owe no answer, and answered last.
func well(p *Pool, n int) bool {
	if len(p.pick(n, 1)) < n {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, o := range p.operators {
		if o.open > 0 || o.misses > 0 {
			return false
		}
	}
	return true
}

func (d *damage) order(p *graph.Page) (ids []graph.PostID) {
	if p == nil {
		return nil
	}
	for _, i := range p.Items {
		ids = append(ids, i.ID)
	}
	return ids
}
