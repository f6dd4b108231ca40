package prover

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"candor/graph"
	"candor/internal/crashpoint"
	"candor/zkcommit"
)

// Ledger knows which proofs are owed and keeps what becomes of them.
type Ledger interface {
	// Waiting are runs whose proof is owed and may be tried now: of each ranker so
	// many of each kind that counts, in any order.
	Waiting(ctx context.Context, now uint64, each int) ([]zkcommit.Waiting, error)
	RunByID(ctx context.Context, id graph.Hash) (zkcommit.RunRow, bool, error)
	// SetProof settles a run and says whether it was not settled before.
	SetProof(ctx context.Context, id graph.Hash, proof []byte, state zkcommit.ProofState, reason string) (bool, error)
	// Tried counts a try that begins, or by -1 one that was given back.
	Tried(ctx context.Context, id graph.Hash, by int) error
	// Missed counts a failure; the run does not wait again before the second.
	Missed(ctx context.Context, id graph.Hash, reason string, retry uint64) error
}

// Board is where jobs are put up for the workers who hold the model.
type Board interface {
	// Put puts up a job. It fails with ErrFull when the board has no place.
	Put(ctx context.Context, commitment, run graph.Hash) error
}

// ErrFull says that a board takes no more jobs of a model for now.
var ErrFull = errors.New("the board of jobs is full")

// Checker checks the proofs that workers bring.
type Checker interface {
	Check(ctx context.Context, st zkcommit.Statement, p zkcommit.Proof) error
}

// Terms are how patient a Desk is. Zero fields mean the defaults.
type Terms struct {
	Shelf    int           // jobs of one ranker that hang on the board and nobody has taken; 4
	Leases   int           // jobs of one ranker that are in work at once; 64
	Lease    time.Duration // within which a worker must answer; a minute
	Shown    time.Duration // after which a job that nobody took is put up anew, since a board may lose it; 15 s
	Retry    []time.Duration
	Silences int // leases of one run that may end without an answer; 20
	Strikes  int // of one worker, after which it is cut off; 3. All workers of a model together may have four times as many
	CutOff   time.Duration
}

func (t Terms) filled() Terms {
	def := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	def(&t.Shelf, 4)
	def(&t.Leases, 64)
	def(&t.Silences, 20)
	def(&t.Strikes, 3)
	for v, d := range map[*time.Duration]time.Duration{&t.Lease: time.Minute, &t.Shown: 15 * time.Second, &t.CutOff: time.Minute} {
		if *v == 0 {
			*v = d
		}
	}
	if t.Retry == nil {
		t.Retry = []time.Duration{2 * time.Second, 10 * time.Second, time.Minute}
	}
	return t
}

// Desk is the node's side of the counter: it puts jobs on the board, leases them
// out, and takes the answers. Its methods may be called by many at once.
type Desk struct {
	ledger Ledger
	board  Board
	check  Checker
	log    *slog.Logger
	terms  Terms
	told   func(outcome string, took time.Duration) // for figures
	now    func() time.Time

	sweeping sync.Mutex
	turns    map[string]*uint64 // by ranker

	mu     sync.Mutex
	jobs   map[graph.Hash]*job // by run: on the board or in work
	blamed blame
}

// job is a run on the board, or in work once it has a lease.
type job struct {
	zkcommit.Waiting
	st        zkcommit.Statement
	put       time.Time
	lease     graph.Hash // zero: on the board
	worker    string
	began     time.Time
	until     time.Time
	answering bool
}

// Standing says what a worker may do with a job.
type Standing string

// The standings of a worker's request.
const (
	Go   Standing = "go"   // prove it
	Gone Standing = "gone" // done, or in another's hands: drop the job
	Wait Standing = "wait" // not now: put the job back
)

// Grant is the answer to a worker that asks for a lease.
type Grant struct {
	Standing  Standing           `json:"standing"`
	Lease     graph.Hash         `json:"lease"`
	Statement zkcommit.Statement `json:"statement"`
	For       time.Duration      `json:"for"` // until the lease ends, or until it is worth asking again
}

// Answer is what a worker brings.
type Answer struct {
	Lease   graph.Hash `json:"lease"`
	Run     graph.Hash `json:"run"`
	Worker  string     `json:"worker"`
	Proof   []byte     `json:"proof,omitempty"`   // encoded
	Reason  string     `json:"reason,omitempty"`  // why there is none
	Stopped bool       `json:"stopped,omitempty"` // the worker ends, or is not ready yet: nobody's fault
}

// maxWords is the most bytes of a worker's name or reason that are read.
const (
	maxName   = 64
	maxReason = 200
)

// Sweep ends leases that are overdue and puts up what the ledger has waiting, as
// far as there are places. It says how many jobs it put up.
func (d *Desk) Sweep(ctx context.Context) (put int, err error) {
	d.sweeping.Lock()
	defer d.sweeping.Unlock()
	if err := d.expire(ctx); err != nil {
		return 0, err
	}
	d.mu.Lock()
	each := d.terms.Shelf + len(d.jobs)
	d.mu.Unlock()
	rows, err := d.ledger.Waiting(ctx, seconds(d.now()), each)
	if err != nil {
		return 0, err
	}
	groups := map[string][]zkcommit.Waiting{}
	d.mu.Lock()
	room := map[string]int{}
	for _, w := range rows {
		if d.jobs[w.ID] == nil {
			groups[w.Ranker] = append(groups[w.Ranker], w)
			room[w.Ranker] = d.terms.Shelf
		}
	}
	for _, j := range d.jobs {
		if j.lease == (graph.Hash{}) {
			room[j.Ranker]--
		}
	}
	d.mu.Unlock()
	for _, ranker := range slices.Sorted(maps.Keys(groups)) {
		if d.turns[ranker] == nil {
			d.turns[ranker] = new(uint64)
		}
		for _, w := range pick(groups[ranker], room[ranker], d.turns[ranker]) {
			ok, err := d.putUp(ctx, w)
			if errors.Is(err, ErrFull) {
				break
			} else if err != nil {
				return put, err
			}
			if ok {
				put++
			}
		}
	}
	return put, nil
}

// putUp puts one run on the board, unless it can be settled at once.
func (d *Desk) putUp(ctx context.Context, w zkcommit.Waiting) (bool, error) {
	if w.Tries-w.Fails >= d.terms.Silences {
		return false, d.settle(ctx, w.ID, zkcommit.Failed, fmt.Sprintf("%d tries ended without an answer", w.Tries))
	}
	row, ok, err := d.ledger.RunByID(ctx, w.ID)
	if err != nil || !ok {
		return false, errors.Join(err, ctx.Err())
	}
	st, err := StatementOf(&row)
	if err != nil {
		return false, d.settle(ctx, w.ID, zkcommit.Failed, err.Error())
	}
	if len(st.Ranked) == 0 {
		return false, d.settle(ctx, w.ID, zkcommit.SampledOut, "")
	}
	d.mu.Lock()
	d.jobs[w.ID] = &job{Waiting: w, st: st, put: d.now()} // before its message: a worker may be quick
	d.mu.Unlock()
	crashpoint.Here("prover.put")
	if err := d.board.Put(ctx, st.Commitment, w.ID); err != nil {
		d.drop(w.ID)
		if !errors.Is(err, ErrFull) {
			d.forget()
		}
		return false, err
	}
	return true, nil
}

// expire takes the jobs back that nobody answers.
func (d *Desk) expire(ctx context.Context) error {
	now := d.now()
	var silent []*job
	d.mu.Lock()
	for id, j := range d.jobs {
		switch {
		case j.lease == (graph.Hash{}):
			if now.Sub(j.put) > d.terms.Shown {
				delete(d.jobs, id)
			}
		case now.After(j.until) && !j.answering:
			d.blamed.strike(j.st.Commitment, j.worker, now, d.terms)
			delete(d.jobs, id)
			silent = append(silent, j)
		}
	}
	d.mu.Unlock()
	for _, j := range silent {
		d.told("silent", 0)
		d.log.Warn("a worker took a job and does not answer", "run", j.ID, "worker", j.worker)
		if err := d.missed(ctx, j, "a worker took the job and did not answer in time"); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) drop(run graph.Hash) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.jobs, run)
}

// forget drops the jobs that nobody took: a board that fails may have lost them.
func (d *Desk) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for id, j := range d.jobs {
		if j.lease == (graph.Hash{}) {
			delete(d.jobs, id)
		}
	}
}

func (d *Desk) settle(ctx context.Context, id graph.Hash, state zkcommit.ProofState, reason string) error {
	kept, err := d.ledger.SetProof(ctx, id, nil, state, reason)
	if err != nil || !kept {
		return err
	}
	d.told(string(state), 0)
	if state == zkcommit.Failed {
		d.log.Error("a run cannot be proved", "run", id, "error", reason)
	}
	return nil
}

// missed counts a failure of the run, and gives it up after the last try.
func (d *Desk) missed(ctx context.Context, j *job, reason string) error {
	if j.Fails >= len(d.terms.Retry) {
		return d.settle(ctx, j.ID, zkcommit.Failed, reason)
	}
	at := d.now().Add(d.terms.Retry[j.Fails])
	return d.ledger.Missed(ctx, j.ID, reason, seconds(at)+1)
}

// Lease gives a worker the statement of a job that it saw on the board. It fails
// only when the ledger does.
func (d *Desk) Lease(ctx context.Context, commitment, run graph.Hash, worker string) (Grant, error) {
	if worker == "" || words(worker, maxName) != worker {
		return Grant{Standing: Gone}, nil
	}
	now := d.now()
	d.mu.Lock()
	if left := d.blamed.cut(commitment, worker, now); left > 0 {
		d.mu.Unlock()
		return Grant{Standing: Wait, For: left}, nil
	}
	j := d.jobs[run]
	if j == nil || j.lease != (graph.Hash{}) || j.st.Commitment != commitment {
		d.mu.Unlock()
		return Grant{Standing: Gone}, nil
	}
	busy := 0
	for _, other := range d.jobs {
		if other.Ranker == j.Ranker && other.lease != (graph.Hash{}) {
			busy++
		}
	}
	if busy >= d.terms.Leases {
		d.mu.Unlock()
		return Grant{Standing: Wait, For: time.Second}, nil
	}
	_, _ = rand.Read(j.lease[:]) // never fails
	j.worker, j.began, j.until = worker, now, now.Add(d.terms.Lease)
	g := Grant{Standing: Go, Lease: j.lease, Statement: j.st, For: d.terms.Lease}
	d.mu.Unlock()
	if err := d.ledger.Tried(ctx, run, 1); err != nil {
		d.drop(run)
		return Grant{}, err
	}
	crashpoint.Here("prover.before")
	return g, nil
}

// Answer takes what a worker brings. A refusal is a sentence for the worker; the
// error is the ledger's. Only when both are empty is the worker done with the job.
func (d *Desk) Answer(ctx context.Context, commitment graph.Hash, a Answer) (refused string, err error) {
	d.mu.Lock()
	j := d.jobs[a.Run]
	now := d.now()
	switch {
	case a.Lease == (graph.Hash{}) || j == nil || j.lease != a.Lease || j.worker != a.Worker || j.st.Commitment != commitment:
		if holder := d.holder(a.Lease, commitment); holder != "" { // an answer for another run than the lease's
			d.blamed.strike(commitment, holder, now, d.terms)
		}
		d.mu.Unlock()
		return "this lease is not yours, or has ended: take another job", nil
	case j.answering:
		d.mu.Unlock()
		return "this answer is being checked: send it once", nil
	}
	j.answering = true
	d.mu.Unlock()
	defer func() { // at the end of all, so that nobody else begins with the run meanwhile
		d.mu.Lock()
		defer d.mu.Unlock()
		if j.answering = false; err == nil { // else the worker may bring it again
			delete(d.jobs, a.Run)
		}
	}()
	if a.Stopped {
		d.mu.Lock()
		d.blamed.gift(commitment, j.worker, now, d.terms)
		d.mu.Unlock()
		return "", d.ledger.Tried(ctx, j.ID, -1)
	}
	if a.Reason != "" {
		d.told("refused", 0)
		return "", d.missed(ctx, j, "a worker cannot prove it: "+words(a.Reason, maxReason))
	}
	if err := d.sound(ctx, j, a.Proof); err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		d.mu.Lock()
		d.blamed.strike(commitment, j.worker, now, d.terms)
		d.mu.Unlock()
		d.told("lie", 0)
		d.log.Warn("a worker brings a proof that does not hold", "run", j.ID, "worker", j.worker, "error", err)
		return "the proof does not hold", d.missed(ctx, j, "a worker brought a proof that does not hold")
	}
	if j.Due != 0 && seconds(d.now()) > j.Due {
		return "", d.settle(ctx, j.ID, zkcommit.Failed, "the proof was not there when it was due")
	}
	crashpoint.Here("prover.made")
	kept, err := d.ledger.SetProof(ctx, j.ID, a.Proof, zkcommit.Proven, "")
	if err != nil {
		return "", err
	}
	crashpoint.Here("prover.stored")
	if kept {
		took := d.now().Sub(j.began)
		d.told(string(zkcommit.Proven), took)
		d.log.Info("a run is proved", "run", j.ID, "took", took.Round(time.Millisecond), "worker", j.worker)
	}
	return "", nil
}

// holder is the worker who has the lease on a job of the model, "" when nobody has.
func (d *Desk) holder(lease, commitment graph.Hash) string {
	for _, j := range d.jobs {
		if lease != (graph.Hash{}) && j.lease == lease && j.st.Commitment == commitment {
			return j.worker
		}
	}
	return ""
}

// sound checks an answer's proof. Whatever the bytes do to the checker costs this
// answer alone.
func (d *Desk) sound(ctx context.Context, j *job, encoded []byte) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the check of the proof panicked: %v", p)
		}
	}()
	p, err := zkcommit.ParseProof(encoded)
	if err != nil {
		return err
	}
	return d.check.Check(ctx, j.st, *p)
}

// words makes a worker's text fit for logs and the ledger.
func words(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s[:min(len(s), most)])
	return s
}

func seconds(t time.Time) uint64 { return uint64(max(t.Unix(), 0)) }

// StatementOf reads what is to be proved from the ledger's row. It goes to workers, so
// the opening is not in it.
func StatementOf(row *zkcommit.RunRow) (st zkcommit.Statement, err error) {
	run, err := zkcommit.ParseRun(row.Run)
	if err != nil {
		return st, err
	}
	if run.ID() != row.ID {
		return st, errors.New("the ledger's run has another id than its bytes")
	}
	var rec zkcommit.Record
	if err := json.Unmarshal(row.Record, &rec); err != nil {
		return st, fmt.Errorf("the ledger's record cannot be read: %w", err)
	}
	return zkcommit.Statement{Run: row.Run, RankingSalt: zkcommit.RankingSalt(row.Opening), Commitment: run.Commitment, Ranked: rec.Ranked, Rows: rec.Rows}, nil
}
