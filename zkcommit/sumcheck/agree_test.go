package sumcheck

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"

	"candor/internal/torture"
)

// second is the verifier that was written from docs/run-proof.md alone, in another
// language, by other hands. It reads cases as lines and answers each with a line.
type second struct {
	t       *testing.T
	in      io.WriteCloser
	out     *bufio.Reader
	asked   int
	accepts int
}

const clientDir = "../../web/client"

func newSecond(t *testing.T) *second {
	t.Helper()
	if _, err := os.Stat(clientDir + "/node_modules/@noble/curves"); err != nil {
		t.Fatal("the second verifier's packages are not there: run make client first")
	}
	cmd := exec.Command("node", "test/runproof-check.mjs")
	cmd.Dir, cmd.Stderr = clientDir, os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("the second verifier does not start, which takes Node: %v", err)
	}
	t.Cleanup(func() {
		if err := in.Close(); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("the second verifier ended badly: %v", err)
		}
	})
	return &second{t: t, in: in, out: bufio.NewReaderSize(out, 1<<20)}
}

type caseShape struct {
	Inputs int
	Hidden [2]int
	Shift  [2]uint
}

// verify is the second verifier's word, and its reason when it refuses.
func (v *second) verify(m mutant) (ok bool, reason string) {
	v.t.Helper()
	posts := make([]byte, 0, 16*len(m.s.Posts))
	for _, p := range m.s.Posts {
		b := p.Bytes()
		posts = append(posts, b[:]...)
	}
	rows := make([]byte, len(m.s.Rows))
	for i, x := range m.s.Rows {
		rows[i] = byte(x)
	}
	s := m.r.shape
	line, err := json.Marshal(map[string]any{
		"statement": map[string]any{"kind": int(m.s.Kind), "run": hex.EncodeToString(m.s.Run.Bytes()), "posts": hex.EncodeToString(posts),
			"rows": hex.EncodeToString(rows), "threshold": m.s.Threshold, "above": m.s.Above},
		"registered": map[string]any{"shape": caseShape{s.Inputs, s.Hidden, s.Shift}, "model": hex.EncodeToString(m.r.id[:]),
			"weights": hex.EncodeToString(appendPoints(nil, m.r.c...)), "schema": hex.EncodeToString(m.r.schema[:])},
		"proof": m.proof,
	})
	if err != nil {
		v.t.Fatal(err)
	}
	if _, err := v.in.Write(append(line, '\n')); err != nil {
		v.t.Fatal(err)
	}
	answer, err := v.out.ReadBytes('\n')
	if err != nil {
		v.t.Fatalf("the second verifier does not answer: %v", err)
	}
	var a struct {
		OK    bool
		Error string
	}
	if err := json.Unmarshal(answer, &a); err != nil {
		v.t.Fatal(err)
	}
	if len(a.Error) > 6 && a.Error[:6] == "Input:" {
		v.t.Fatalf("the second verifier was asked wrongly: %s", a.Error)
	}
	if v.asked++; a.OK {
		v.accepts++
	}
	return a.OK, a.Error
}

// agree fails the test unless both verifiers say the same.
func (v *second) agree(name string, m mutant) {
	v.t.Helper()
	first := Verify(m.s, m.r, m.proof)
	ok, reason := v.verify(m)
	if (first == nil) != ok {
		v.t.Errorf("%s: the verifiers disagree: Go says %v, TypeScript says %q", name, first, reason)
	}
}

// Both verifiers accept true proofs of every shape and kind, refuse the same
// mutants, and refuse what lying provers make.
func TestVerifiersAgree(t *testing.T) {
	v := newSecond(t)
	seed := torture.Seed(t)
	n := torture.Count(40, 50000)
	pairs := newMutables(t, seed)
	for _, x := range pairs {
		v.agree("a true proof", mutant{x.w.s, x.w.r, x.proof})
		v.agree("another true proof", mutant{x.w.s, x.w.r, x.other})
	}
	if v.accepts != v.asked || v.asked == 0 {
		t.Errorf("%d of %d true proofs are accepted", v.accepts, v.asked)
	}
	truths := v.accepts
	r := rand.New(rand.NewPCG(seed, 1))
	for i := 0; i < n; {
		m, name := mutate(t, r, pairs)
		if m.proof == nil {
			continue
		}
		i++
		v.agree(name, m)
	}
	lies := 0
	worlds := map[int]*world{1: distinct(t, seed, shallow, 5), 2: distinct(t, seed, twofold, 6)}
	for i := range max(1, n/500) {
		for _, f := range forgeries {
			layers := 1 + (i+lies)%2
			if f.layers != 0 {
				layers = f.layers
			}
			x := worlds[layers].liar(rand.New(rand.NewPCG(seed, uint64(i))))
			f.make(x)
			x.tell(t) // that Go refuses it is TestLyingProvers' to see
			v.agree("a lie about "+f.name, mutant{x.s, x.world.r, x.made})
			lies++
		}
	}
	if v.accepts != truths {
		t.Errorf("%d mutants or lies are accepted", v.accepts-truths)
	}
	torture.Say(t, "%d mutants, %d lies of %d kinds and %d true proofs: two verifiers agree on every one", n, lies, len(forgeries), truths)
}
