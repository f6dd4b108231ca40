package indexer_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"candor/graph"
	"candor/indexer"
	"candor/internal/torture"
	"candor/store/scan"
	"candor/store/sqlite"
	"candor/store/storetest"
	"candor/store/tables"

	"github.com/ipfs/go-cid"
)

// world makes blocks in which all kinds of things happen, sensible and not.
type world struct {
	rng   *rand.Rand
	docs  map[cid.Cid][]byte
	names []cid.Cid
	salt  uint64
}

func newWorld(seed uint64) *world {
	w := &world{rng: rand.New(rand.NewPCG(seed, 4)), docs: map[cid.Cid][]byte{}}
	all := []storetest.Document{storetest.Name("Ada"), storetest.Name("Bob"), storetest.Text("mute"), storetest.Broken("7")}
	for i := range 30 {
		all = append(all, storetest.Text(fmt.Sprint("text ", i)))
	}
	for i, d := range all {
		w.names = append(w.names, d.CID)
		if i%7 != 6 { // those nobody serves
			w.docs[d.CID] = d.Bytes
		}
	}
	return w
}

func (w *world) next(parent graph.Block) indexer.Block {
	w.salt++
	b := indexer.Block{Block: graph.Block{Number: parent.Number + 1, Parent: parent.Hash, Time: parent.Time + 1 + w.rng.Uint64N(20)}}
	b.Hash = sha256.Sum256(binary.BigEndian.AppendUint64(parent.Hash[:], w.salt))
	return b
}

func (w *world) add(b *indexer.Block, e graph.Event) {
	n := len(b.Events)
	e.ID = graph.Position{Block: b.Number, Tx: uint32(n / 3), Log: uint32(n)}
	e.BlockTime, e.Time = b.Time, b.Time-w.rng.Uint64N(50)
	b.Events = append(b.Events, e)
}

// block follows the chain's last one.
func (w *world) block(chain []indexer.Block) indexer.Block {
	b := w.next(chain[len(chain)-1].Block)
	for range w.rng.IntN(5) {
		e := graph.Event{Action: graph.Action(1 + w.rng.IntN(16)), Author: storetest.Person(w.rng.IntN(6))}
		if w.rng.IntN(3) == 0 {
			e.Action = graph.ActPost // there is no life without
		}
		switch e.Action {
		case graph.ActProfile, graph.ActPost:
			e.CID = w.names[w.rng.IntN(len(w.names))]
			if e.Action == graph.ActPost && w.rng.IntN(2) == 0 {
				e.Subject, _ = w.post(chain)
			}
			if e.Action == graph.ActPost && w.rng.IntN(4) == 0 {
				e.Quote, _ = w.post(chain)
			}
		case graph.ActReact, graph.ActUnreact, graph.ActRemove, graph.ActEdit:
			var author graph.Address
			e.Subject, author = w.post(chain)
			e.Reaction = graph.ReactionKind(1 + w.rng.IntN(2))
			if e.Action == graph.ActRemove || e.Action == graph.ActEdit {
				e.Author, e.Reaction = author, 0
			}
			if e.Action == graph.ActEdit {
				e.CID = w.names[w.rng.IntN(len(w.names))]
			}
		case graph.ActOpen, graph.ActApproval, graph.ActClosed:
		default:
			e.Target = storetest.Person(w.rng.IntN(6))
		}
		w.add(&b, e)
	}
	return b
}

// post is one of the last hundred blocks' posts.
func (w *world) post(chain []indexer.Block) (graph.Ref, graph.Address) {
	for range 20 {
		b := chain[max(len(chain)-1-w.rng.IntN(100), 0)]
		if n := len(b.Events); n > 0 {
			if e := b.Events[w.rng.IntN(n)]; e.Action == graph.ActPost {
				return graph.Ref{ID: e.ID, CID: e.CID}, e.Author
			}
		}
	}
	return graph.Ref{}, storetest.Person(0)
}

func (w *world) Get(_ context.Context, c cid.Cid) ([]byte, error) {
	if doc, ok := w.docs[c]; ok {
		return doc, nil
	}
	return nil, errors.New("nobody has it")
}

// branch is a source whose chain is exchanged.
type branch struct {
	mu    sync.Mutex
	chain []indexer.Block
	most  int                   // blocks in one answer
	soon  func([]indexer.Block) // told of each answer, outside of the lock
	wake  chan struct{}
}

func (s *branch) set(chain []indexer.Block) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chain = chain
	close(s.wake)
	s.wake = make(chan struct{})
}

func (s *branch) Head(context.Context) (graph.Block, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.chain[len(s.chain)-1].Block, nil
}

func (s *branch) Header(_ context.Context, n uint64) (graph.Block, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n == 0 || n > uint64(len(s.chain)) {
		return graph.Block{}, fmt.Errorf("no block %d", n)
	}
	return s.chain[n-1].Block, nil
}

func (s *branch) Blocks(_ context.Context, from, to uint64) ([]indexer.Block, error) {
	s.mu.Lock()
	to = min(to, uint64(len(s.chain)), from+uint64(s.most))
	if from >= to {
		s.mu.Unlock()
		return nil, fmt.Errorf("no blocks after %d", from)
	}
	out, soon := s.chain[from:to:to], s.soon
	s.mu.Unlock()
	if soon != nil {
		soon(out)
	}
	return out, nil
}

func (s *branch) Wait(ctx context.Context, head graph.Hash) error {
	s.mu.Lock()
	wake, now := s.wake, s.chain[len(s.chain)-1].Hash
	s.mu.Unlock()
	if now != head {
		return nil
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-wake:
		return nil
	}
}

// index is a mirror with its vectors and the loop that feeds it.
type index struct {
	*tables.Mirror
	vectors *scan.Index
	dir     string
	loop    *indexer.Indexer
	stop    func() error
	ended   chan struct{} // the loop is over

	fail atomic.Int32 // lost: what ends the loop next
}

// What happens to the process in the middle of a recovery.
const (
	nothing       = iota
	inRollback    // it ends while the rollback is written
	afterRollback // it ends between the rollback and the first block fetched again
	afterBlock    // it ends after the first blocks fetched again
)

var errLost = errors.New("the process is lost")

func (x *index) Rollback(ctx context.Context, n uint64) error {
	if x.fail.CompareAndSwap(inRollback, nothing) {
		ctx, cancel := context.WithTimeout(ctx, time.Duration(n%40)*50*time.Microsecond)
		defer cancel()
		if err := x.Mirror.Rollback(ctx, n); err != nil {
			return errors.Join(errLost, err)
		}
		return errLost
	}
	if err := x.Mirror.Rollback(ctx, n); err != nil {
		return err
	}
	if x.fail.CompareAndSwap(afterRollback, nothing) {
		return errLost
	}
	return nil
}

func (x *index) Commit(ctx context.Context, b graph.Batch) error {
	return x.CommitAll(ctx, []graph.Batch{b})
}

func (x *index) CommitAll(ctx context.Context, bs []graph.Batch) error {
	if err := x.Mirror.CommitAll(ctx, bs); err != nil {
		return err
	}
	if x.fail.CompareAndSwap(afterBlock, nothing) {
		return errLost
	}
	return nil
}

func openIndex(ctx context.Context, dir string, s *branch, w *world) (*index, error) {
	x := &index{vectors: scan.New(), dir: dir}
	var err error
	x.Mirror, err = sqlite.OpenMirror(ctx, filepath.Join(dir, "mirror.db"), tables.Options{Embed: storetest.Embed,
		Schema: graph.Hash{1}, Genesis: graph.Hash{2}, Vectors: x.vectors})
	if err != nil {
		return nil, err
	}
	x.loop = indexer.New(indexer.Config{Source: s, Fetcher: w, Mirror: x, SourcePause: 100 * time.Microsecond, RetryEvery: time.Hour,
		FetchPatience: time.Minute, FetchTimeout: time.Minute}) // its documents are there at once or never
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	x.ended = make(chan struct{})
	go func() { done <- x.loop.Run(ctx); close(x.ended) }()
	x.stop = sync.OnceValue(func() error { cancel(); return errors.Join(<-done, x.Mirror.Close()) })
	return x, nil
}

// reaches waits until the index has the block; lost is true when the process was.
func (x *index) reaches(ctx context.Context, b graph.Block) (lost bool, err error) {
	deadline := time.Now().Add(time.Minute)
	for time.Now().Before(deadline) {
		if s := x.loop.Status(); s.Indexed.Hash == b.Hash {
			return false, nil
		}
		select {
		case <-x.ended:
			err := x.loop.Synced(ctx, 1<<62)
			if errors.Is(err, errLost) {
				return true, nil
			}
			return false, err
		case <-time.After(200 * time.Microsecond):
		}
	}
	return false, fmt.Errorf("block %d is not reached: %+v", b.Number, x.loop.Status())
}

// rows are the contents of all tables, in an order of their own.
func (x *index) rows(ctx context.Context) (map[string]string, error) {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(x.dir, "mirror.db")+"?_pragma=query_only(1)")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	list := func(query string, n int) (out []string, err error) {
		rows, err := db.QueryContext(ctx, query)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			row, into := make([]any, n), make([]any, n)
			for i := range row {
				into[i] = &row[i]
			}
			if err := rows.Scan(into...); err != nil {
				return nil, err
			}
			var s []string
			for _, v := range row {
				if b, ok := v.([]byte); ok {
					v = fmt.Sprintf("%x", b)
				}
				s = append(s, fmt.Sprint(v))
			}
			out = append(out, strings.Join(s, "|"))
		}
		return out, rows.Err()
	}
	tables, err := list(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%goose%'`, 1)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, t := range tables {
		columns, err := list(fmt.Sprintf(`SELECT name FROM pragma_table_info('%s')`, t), 1)
		if err != nil {
			return nil, err
		}
		rows, err := list(fmt.Sprintf(`SELECT %s FROM %s ORDER BY %s`, strings.Join(columns, ","), t, strings.Join(columns, ",")), len(columns))
		if err != nil {
			return nil, err
		}
		out[t] = strings.Join(rows, "\n")
	}
	const forever = "9223372036854775807"
	named := func(where string) string {
		return `(EXISTS (SELECT 1 FROM posts p WHERE p.cid = d.cid AND min(p.removed_at, p.edited_at) > horizon AND p.present_from ` + where + `)
			OR EXISTS (SELECT 1 FROM edits e WHERE e.cid = d.cid AND e.to_block > horizon AND e.present_from ` + where + `)
			OR EXISTS (SELECT 1 FROM profiles p WHERE p.cid = d.cid AND p.to_block > horizon AND p.present_from ` + where + `))`
	}
	for what, query := range map[string]string{"leaked": "NOT " + named("<= "+forever), "needed": named("< " + forever)} {
		rows, err := list(`SELECT d.cid, d.body, d.embedding FROM documents d, (SELECT max(number) - 256 AS horizon FROM blocks) WHERE `+query+` ORDER BY d.cid`, 3)
		if err != nil {
			return nil, err
		}
		out[what] = strings.Join(rows, "\n")
	}
	return out, nil
}

// differs compares everything that two indexes hold.
func differs(ctx context.Context, got, want *index, sum *tally) error {
	a, err := got.rows(ctx)
	if err != nil {
		return err
	}
	b, err := want.rows(ctx)
	if err != nil {
		return err
	}
	if len(a) != len(b) || len(a) < 10 {
		return fmt.Errorf("tables are missing: %d and %d", len(a), len(b))
	}
	for t, rows := range b {
		sum.filled[t] = sum.filled[t] || rows != ""
	}
	// What was served and is no document stays known: a CID never changes its mind.
	known := map[string]bool{}
	for _, row := range strings.Split(a["invalid"], "\n") {
		known[row] = true
	}
	for _, row := range strings.Split(b["invalid"], "\n") {
		if !known[row] {
			return fmt.Errorf("it is forgotten that %s is no document", row)
		}
	}
	delete(b, "invalid")
	// A text may be kept while any row names it that readers may still ask for, also
	// one that cannot use it; but no longer.
	if a["leaked"] != "" {
		return fmt.Errorf("documents are left that nobody can ask for:\n%s", a["leaked"])
	}
	delete(b, "documents")
	for t := range b {
		if a[t] != b[t] {
			return fmt.Errorf("the table %s: too much is\n%s\nand lacking\n%s", t, without(a[t], b[t]), without(b[t], a[t]))
		}
	}
	va, err := got.vectors.Audit(ctx)
	if err != nil {
		return err
	}
	vb, err := want.vectors.Audit(ctx)
	if err != nil {
		return err
	}
	if va != vb || va.Rows == 0 {
		return fmt.Errorf("the vectors are %+v, not %+v", va, vb)
	}
	for _, text := range []string{"text 1", "text 2", "x"} {
		e := storetest.Embed(text)
		na, err := got.vectors.Near(ctx, &e, 1<<16, va.Block)
		if err != nil {
			return err
		}
		nb, err := want.vectors.Near(ctx, &e, 1<<16, va.Block)
		if err != nil {
			return err
		}
		if fmt.Sprint(na) != fmt.Sprint(nb) {
			return fmt.Errorf("near %q are %v, not %v", text, na, nb)
		}
	}
	return nil
}

// without is the lines of a that b has not.
func without(a, b string) string {
	have := map[string]bool{}
	for _, row := range strings.Split(b, "\n") {
		have[row] = true
	}
	var out []string
	for _, row := range strings.Split(a, "\n") {
		if !have[row] {
			out = append(out, row[:min(len(row), 300)])
		}
	}
	return strings.Join(out, "\n")
}

// tally counts what a run of reorganisations did.
type tally struct {
	reorgs, lost, midway, compared, deepest int
	filled                                  map[string]bool // tables that had rows at a comparison
}

// reorganise has an index follow so many forks of the depths and compares it now
// and then, and at the end, with one that saw only the chain as it is.
func reorganise(t *testing.T, seed uint64, forks, shallowest, deepest int, sum *tally) error {
	ctx := t.Context()
	w := newWorld(seed)
	dir, err := os.MkdirTemp(fastDir(), "reorgs")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	chain := []indexer.Block{w.next(graph.Block{Time: 1_000})}
	grow := func(n int) {
		chain = chain[:len(chain):len(chain)]
		for range n {
			chain = append(chain, w.block(chain))
		}
	}
	grow(deepest + w.rng.IntN(20) + w.rng.IntN(4)/3*220) // some are longer than texts are kept
	s := &branch{chain: chain, most: 1 + w.rng.IntN(64), wake: make(chan struct{})}
	x, err := openIndex(ctx, dir, s, w)
	if err != nil {
		return err
	}
	defer func() { _ = x.stop() }()
	if _, err := x.reaches(ctx, chain[len(chain)-1].Block); err != nil {
		return err
	}
	for i := range forks {
		depth := shallowest + w.rng.IntN(deepest-shallowest+1)
		sum.deepest = max(sum.deepest, depth)
		fork := func(depth int) {
			old := len(chain)
			chain = chain[:old-min(depth, old-1)]
			grow(old - len(chain) + w.rng.IntN(3)) // at times no higher than before
		}
		fork(depth)
		if w.rng.IntN(4) == 0 {
			x.fail.Store(int32(1 + w.rng.IntN(afterBlock)))
		}
		if w.rng.IntN(4) == 0 { // another fork while blocks are fetched again
			var once sync.Once
			first := chain
			fork(1 + w.rng.IntN(min(depth, 32)))
			second := chain
			s.mu.Lock()
			s.soon = func([]indexer.Block) {
				once.Do(func() {
					s.mu.Lock()
					s.soon = nil
					s.mu.Unlock()
					s.set(second)
				})
			}
			s.mu.Unlock()
			s.set(first)
			sum.midway++
			sum.reorgs++
		} else {
			s.set(chain)
		}
		sum.reorgs++
		for {
			// A head no higher than the tip and beside it is found by its hash alone.
			lost, err := x.reaches(ctx, chain[len(chain)-1].Block)
			if err != nil {
				return fmt.Errorf("fork %d of depth %d: %w", i, depth, err)
			}
			if !lost {
				break
			}
			sum.lost++
			if err := x.stop(); !errors.Is(err, errLost) {
				return err
			}
			if x, err = openIndex(ctx, dir, s, w); err != nil {
				return err
			}
		}
		if i == forks-1 || w.rng.IntN(5) == 0 {
			sum.compared++
			if err := scratch(ctx, x, w, chain, sum); err != nil {
				return fmt.Errorf("after fork %d of depth %d: %w", i, depth, err)
			}
		}
	}
	return nil
}

// scratch compares with an index that is made now.
func scratch(ctx context.Context, x *index, w *world, chain []indexer.Block, sum *tally) error {
	dir, err := os.MkdirTemp(fastDir(), "scratch")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fresh, err := openIndex(ctx, dir, &branch{chain: chain, most: 256, wake: make(chan struct{})}, w)
	if err != nil {
		return err
	}
	defer func() { _ = fresh.stop() }()
	if _, err := fresh.reaches(ctx, chain[len(chain)-1].Block); err != nil {
		return err
	}
	return differs(ctx, x, fresh, sum)
}

// fastDir is memory where there is some: what is tested here is not the disk.
func fastDir() string {
	if f, err := os.CreateTemp("/dev/shm", "candor"); err == nil {
		f.Close()
		os.Remove(f.Name())
		return "/dev/shm"
	}
	return ""
}

// TestReorgs is 10,000 reorganisations of depth 1 to 64 and 500 of 65 to 256 when
// whole, some while the index recovers from another or starts again: in the end
// rows and vectors are bit for bit those of an index made from the last chain.
func TestReorgs(t *testing.T) {
	seed := torture.Seed(t)
	for _, c := range []struct {
		name                       string
		sample, whole, each        int
		shallowest, deepest, seeds int
	}{
		{"shallow", 60, 10_000, 20, 1, 64, 0},
		{"deep", 4, 500, 4, 65, 256, 1 << 32},
	} {
		t.Run(c.name, func(t *testing.T) {
			sum := tally{filled: map[string]bool{}}
			n := torture.Count(c.sample, c.whole)
			runs := 0
			for ; sum.reorgs < n; runs++ {
				run := seed + uint64(c.seeds+runs)
				if err := reorganise(t, run, c.each, c.shallowest, c.deepest, &sum); err != nil {
					t.Fatalf("seed %d: %v", run, err)
				}
			}
			if n >= c.sample && (sum.lost == 0 || sum.midway == 0) && n >= 20 {
				t.Errorf("nothing happened during a recovery: %+v", sum)
			}
			for table, filled := range sum.filled {
				if !filled && table != "leaked" && table != "withheld" && n >= 20 {
					t.Errorf("the table %s was always empty", table)
				}
			}
			torture.Say(t, "%d reorganisations to depth %d in %d histories (%d during another one, %d starts in the middle): %d comparisons with an index from scratch, 0 differ",
				sum.reorgs, sum.deepest, runs, sum.midway, sum.lost, sum.compared)
		})
	}
}

// TestReorgSeeds runs again what once went wrong.
func TestReorgSeeds(t *testing.T) {
	for _, c := range []struct {
		what  string
		seed  uint64
		forks int
	}{
		{"a text whose turn to go came on a branch that lost was kept for ever", 151818158510214, 20},
	} {
		if err := reorganise(t, c.seed, c.forks, 1, 64, &tally{filled: map[string]bool{}}); err != nil {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}
