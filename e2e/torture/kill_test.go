package torture

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"candor/internal/torture"
)

// crashPoints are the named points on the way from the chain into the store, as
// the source tree has them. Those of starting from a snapshot are not on this
// way; the test of snapshots kills there.
func crashPoints(t *testing.T, rooms ...string) (points []string) {
	t.Helper()
	call := regexp.MustCompile(`crashpoint\.Here\("([^"]+)"\)`)
	for _, room := range rooms {
		err := filepath.WalkDir(filepath.Join("../..", room), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			for _, m := range call.FindAllStringSubmatch(string(text), -1) {
				if !strings.HasPrefix(m[1], "store.import.") {
					points = append(points, m[1])
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(points)
	return slices.Compact(points)
}

// life is one timeline on one directory, with its kills.
type life struct {
	kind, dir string
	seed      uint64
	at        int // the version that the child has seen
	acked     string
	undoing   bool
	kills     int
	starts    []time.Duration // from a child's start to its open mirror
}

// run starts the child and kills it at the point, or after the delay when there
// is none; with a strike that happens instead, and the child dies of it or not.
// It reports whether the child died or came to the end.
func (l *life) run(point string, delay time.Duration, strike func()) (killed bool, err error) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+l.dir, childKind+"="+l.kind,
		fmt.Sprintf("%s=%d", childSeed, l.seed), fmt.Sprintf("%s=%d", childAt, l.at), "CANDOR_CRASH="+point)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return false, err
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return false, err
	}
	struck, blow := make(chan struct{}), strike
	if blow == nil {
		blow = func() { _ = cmd.Process.Kill() }
	}
	timer := time.AfterFunc(max(delay, time.Hour), func() { defer close(struck); blow() })
	if point == "" && delay > 0 {
		timer.Reset(delay)
	}
	done := false
	for lines := bufio.NewScanner(pipe); lines.Scan(); {
		switch lines.Text() {
		case "ready":
			l.starts = append(l.starts, time.Since(began))
		case "done":
			done = true
		default:
			if err := l.hear(lines.Text()); err != nil {
				return false, err
			}
		}
	}
	err = cmd.Wait()
	fell := !timer.Stop()
	if fell {
		<-struck
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		if s, ok := exit.Sys().(syscall.WaitStatus); ok && s.Signaled() && s.Signal() == syscall.SIGKILL {
			l.kills++
			return true, nil
		}
	}
	if fell && strike != nil && err != nil { // it says that its database is gone
		l.kills++
		return true, nil
	}
	if err != nil || !done {
		return false, fmt.Errorf("the child ended by itself: %v\n%s", err, complaints.String())
	}
	return false, nil
}

// hear remembers what the child said.
func (l *life) hear(line string) error {
	what, rest, _ := strings.Cut(line, " ")
	switch what {
	case "version":
		_, err := fmt.Sscan(rest, &l.at)
		return err
	case "undoing":
		l.undoing = true
		return nil
	case "committed", "undone":
		l.acked, l.undoing = rest, false
		return nil
	}
	return fmt.Errorf("the child said %q", line)
}

// kept checks, after a kill, that what was acknowledged is there and that what
// is there is whole: rows and vectors are those of the chain that it names.
func (l *life) kept(line *timeline, rng *rand.Rand) (err error) {
	ctx := context.Background()
	m, err := openStore(ctx, l.kind, l.dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, m.Close()) }()
	head, ok, err := m.Head(ctx)
	if err != nil {
		return err
	}
	if l.acked != "" && !l.undoing {
		var n uint64
		var hash string
		if _, err := fmt.Sscan(l.acked, &n); err != nil {
			return err
		}
		_, hash, _ = strings.Cut(l.acked, " ")
		b, there, err := m.Block(ctx, n)
		if err != nil {
			return err
		}
		if n > 0 && (!there || hash != "" && b.Hash.String() != hash) {
			return fmt.Errorf("block %s was acknowledged and the mirror has %v, %v; its head is %d", l.acked, b, there, head.Number)
		}
	}
	if !ok {
		return nil
	}
	for v := l.end(line); v >= 0; v-- {
		chain := line.extended(v, head.Number)
		if head.Number > uint64(len(chain)) || chain[head.Number-1].Hash != head.Hash {
			continue
		}
		truth, err := scratch(line, chain[:head.Number], v)
		if err != nil {
			return err
		}
		return whole(ctx, m, truth)
	}
	return fmt.Errorf("the mirror's head %d %s is on no chain that ever was", head.Number, head.Hash)
}

// end is the newest version that the child may have seen: it may have moved on
// and not lived to say so.
func (l *life) end(line *timeline) int { return min(l.at+1, line.end()) }

// TestKilledIndexer kills the indexer at every named point and at random times,
// starts it again, and compares what is there with an index from scratch.
func TestKilledIndexer(t *testing.T) {
	killAll(t, "sqlite", torture.Count(20, 5000), "indexer", "store/sqlite", "store/tables", "store/scan")
}

func killAll(t *testing.T, kind string, total int, rooms ...string) {
	seed := torture.Seed(t)
	rng := rand.New(rand.NewPCG(seed, 1))
	points := crashPoints(t, rooms...)
	if len(points) < 5 {
		t.Fatalf("only %d crash points were found", len(points))
	}
	fired := map[string]int{}
	random, kills, lives, checks := 0, 0, 0, 0
	var unfired []string // points that are still to fire, in a sample, too
	unfired = append(unfired, points...)
	var starts []time.Duration
	began := time.Now()
	for kills < total || len(unfired) > 0 {
		l := &life{kind: kind, dir: t.TempDir(), seed: seed + uint64(lives)}
		lives++
		line := newTimeline(l.seed, versions)
		fail := func(err error) {
			t.Fatalf("timeline %d after %d kills, version %d: %v", l.seed, l.kills, l.at, err)
		}
		for dry := 0; ; {
			point, delay := "", time.Duration(0)
			switch {
			case l.kills >= 40 || dry > 8 || kills >= total && len(unfired) == 0:
				// let it come to its end
			case len(unfired) > 0:
				point = fmt.Sprint(unfired[0], ":", 1+rng.IntN(3))
			case rng.IntN(2) == 0:
				point = fmt.Sprint(points[rng.IntN(len(points))], ":", 1+rng.IntN(6))
			default:
				delay = time.Duration(rng.Int64N(int64(120 * time.Millisecond)))
			}
			if rng.IntN(4) == 0 && l.at < line.end() && l.kills > 0 {
				l.at++ // the chain went on while nobody looked
			}
			killed, err := l.run(point, delay, nil)
			if err != nil {
				fail(err)
			}
			if !killed {
				if point == "" && delay == 0 {
					break
				}
				dry++ // it came to its end first
				break
			}
			kills++
			if name, _, _ := strings.Cut(point, ":"); name != "" {
				fired[name]++
				unfired = slices.DeleteFunc(unfired, func(p string) bool { return p == name })
			} else {
				random++
			}
			if rng.IntN(4) == 0 || total < 100 {
				checks++
				if err := l.kept(line, rng); err != nil {
					fail(err)
				}
			}
		}
		if err := l.finished(line, rng); err != nil {
			fail(err)
		}
		starts = append(starts, l.starts...)
		if lives > total+100 {
			t.Fatalf("points that never fired: %v", unfired)
		}
	}
	for _, p := range points {
		if fired[p] == 0 {
			t.Errorf("%s never fired", p)
		}
	}
	slices.Sort(starts)
	torture.Say(t, "%d kills of the indexer over %s (%d at random, %d at %d named points, each of which fired), %d timelines equal to an index from scratch, %d checks between, 0 rows lost or doubled, in %.0f s; a child starts in %d ms",
		kills, kind, random, kills-random, len(points), lives, checks, time.Since(began).Seconds(), starts[len(starts)/2].Milliseconds())
}

// finished compares the index at the timeline's end with one from scratch.
func (l *life) finished(line *timeline, rng *rand.Rand) (err error) {
	ctx := context.Background()
	m, err := openStore(ctx, l.kind, l.dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, m.Close(), os.RemoveAll(l.dir)) }()
	head, _, err := m.Head(ctx)
	if err != nil {
		return err
	}
	chain := line.extended(line.end(), head.Number)
	truth, err := scratch(line, chain, line.end())
	if err != nil {
		return err
	}
	return same(ctx, m, truth, rng)
}
