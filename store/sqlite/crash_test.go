package sqlite_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"candor/store/storetest"
)

const (
	childJob = "CANDOR_STORE_CHILD" // what this binary is to do instead of testing
	childDir = "CANDOR_STORE_DIR"
	blocks   = 12
)

// TestMain lets this binary be the process that is killed.
func TestMain(m *testing.M) {
	switch os.Getenv(childJob) {
	case "mirror":
		indexAll(os.Getenv(childDir))
	case "import":
		importHistory(os.Getenv(childDir))
	case "ledger":
		appendForever(os.Getenv(childDir))
	default:
		os.Exit(m.Run())
	}
}

// die ends the child so that its parent shows why.
func die(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}

// indexAll commits what the mirror lacks of the history.
func indexAll(dir string) {
	m := openMirror(&testing.T{}, dir)
	head, _, err := m.Head(context.Background())
	die(err)
	for _, b := range storetest.History(1, blocks)[head.Number:] {
		die(m.Commit(context.Background(), b))
	}
	die(m.Close())
}

func child(t *testing.T, job, dir string, env ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childJob+"="+job, childDir+"="+dir)
	cmd.Env = append(cmd.Env, env...)
	return cmd
}

func killed(err error) bool {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return false
	}
	status, ok := exit.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == syscall.SIGKILL
}

// A kill -9 anywhere in a commit leaves the block whole or absent, the vectors
// with it, and the rest goes on from there.
func TestKilledMirror(t *testing.T) {
	history := storetest.History(1, blocks)
	for _, c := range []struct {
		point string
		kept  int // blocks on disk after the kill at the 5th passage
	}{{"store.commit.before", 4}, {"store.commit.after", 5}, {"vectors.after", 5}} {
		t.Run(c.point, func(t *testing.T) {
			dir := t.TempDir()
			out, err := child(t, "mirror", dir, "CANDOR_CRASH="+c.point+":5").CombinedOutput()
			if !killed(err) {
				t.Fatalf("the child was not killed: %v\n%s", err, out)
			}
			s := openStore(t, dir)
			head, _, err := s.Head(t.Context())
			if err != nil || head.Number != uint64(c.kept) {
				t.Fatalf("the head is %d, %v: want %d", head.Number, err, c.kept)
			}
			storetest.Compare(t, s, history[:c.kept])
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if out, err := child(t, "mirror", dir).CombinedOutput(); err != nil {
				t.Fatalf("the child could not go on: %v\n%s", err, out)
			}
			s = openStore(t, dir)
			defer s.Close()
			storetest.Compare(t, s, history)
		})
	}
}

// appendForever says each number once its run is appended.
func appendForever(dir string) {
	l := openLedger(&testing.T{}, dir)
	last, ok, err := l.LastRun(context.Background(), 0)
	die(err)
	seq := last.Seq
	if ok {
		seq++
	}
	for ; ; seq++ {
		open, err := l.OpenTickets(context.Background(), 0)
		die(err)
		if len(open) == 0 { // else it was killed in between
			die(l.AppendTicket(context.Background(), storetest.Ticket(0, seq, "")))
		}
		die(l.AppendRun(context.Background(), storetest.Run(0, seq, "")))
		fmt.Println(seq)
	}
}

// What AppendTicket and AppendRun have returned from survives a kill -9 at any moment, without gaps.
func TestKilledLedger(t *testing.T) {
	dir := t.TempDir()
	said := uint64(0)
	for round := range 3 {
		cmd := child(t, "ledger", dir)
		var complaints strings.Builder
		cmd.Stderr = &complaints
		pipe, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		stop := time.AfterFunc(30*time.Second, func() { cmd.Process.Kill() })
		lines := bufio.NewScanner(pipe)
		for n := 0; lines.Scan(); n++ {
			if _, err := fmt.Sscan(lines.Text(), &said); err != nil {
				t.Fatalf("the child said %q", lines.Text())
			}
			if n == 5+round {
				cmd.Process.Kill()
			}
		}
		if err := cmd.Wait(); !killed(err) {
			t.Fatalf("the child was not killed: %v\n%s", err, complaints.String())
		}
		stop.Stop()
		l := openLedger(t, dir)
		last, ok, err := l.LastRun(t.Context(), 0)
		if err != nil || !ok || last.Seq < said {
			t.Fatalf("run %d was promised and the last one kept is %d, %v", said, last.Seq, err)
		}
		total, _, err := l.CountRuns(t.Context())
		if err != nil || total != last.Seq+1 {
			t.Fatalf("%d runs up to number %d, %v", total, last.Seq, err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if said < 15 {
		t.Fatalf("the children appended up to %d only", said)
	}
}
