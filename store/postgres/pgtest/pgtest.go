// Package pgtest starts real PostgreSQL servers for tests.
//
// What enters: nothing but the machine, which must have PostgreSQL's programs.
// What leaves: a server with data of its own, on a socket of its own, as durable
// as one is by default, until it is stopped.
package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Skip says whether the environment wants tests that need PostgreSQL to be left
// out: CANDOR_NO_POSTGRES=1. Whoever skips says so.
func Skip() bool { return os.Getenv("CANDOR_NO_POSTGRES") == "1" }

// Server is a running server.
type Server struct {
	dir   string
	as    *syscall.Credential
	bin   string
	cmd   *exec.Cmd
	ended chan struct{}
	log   string
}

// Start makes a database cluster in a temporary directory and serves it.
func Start() (*Server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "candor-pg-") // a socket's path must be short
	if err != nil {
		return nil, fmt.Errorf("make a directory for PostgreSQL: %w", err)
	}
	s := &Server{dir: dir, bin: bin, log: filepath.Join(dir, "log")}
	if s.as, err = servant(); err == nil {
		err = s.make()
	}
	if err == nil {
		err = s.Run()
	}
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	return s, nil
}

// programs is the directory of the newest initdb and postgres.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	slices.SortFunc(found, func(a, b string) int {
		version := func(p string) (n int) { n, _ = strconv.Atoi(strings.Split(p, "/")[4]); return n }
		return version(b) - version(a)
	})
	if len(found) > 0 {
		return filepath.Dir(found[0]), nil
	}
	if p, err := exec.LookPath("initdb"); err == nil {
		if p, err = filepath.EvalSymlinks(p); err == nil {
			return filepath.Dir(p), nil
		}
	}
	return "", errors.New("PostgreSQL's server is not installed: run `apt-get install -y postgresql`, or set CANDOR_NO_POSTGRES=1 to leave these tests out")
}

// servant is the user that the server runs as when this process is root, which
// the server refuses to be.
func servant() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL does not run as root and there is no user postgres or nobody: add one of them")
}

func (s *Server) command(program string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, program), args...)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "TZ=UTC")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.as, Pdeathsig: syscall.SIGKILL}
	return cmd
}

func (s *Server) make() error {
	if s.as != nil {
		if err := os.Chown(s.dir, int(s.as.Uid), int(s.as.Gid)); err != nil {
			return fmt.Errorf("give PostgreSQL its directory: %w", err)
		}
	}
	out, err := s.command("initdb", "--pgdata="+filepath.Join(s.dir, "data"), "--username=candor", "--auth=trust", "--encoding=UTF8", "--locale=C").CombinedOutput()
	if err != nil {
		return fmt.Errorf("make a PostgreSQL cluster: %w\n%s", err, bytes.TrimSpace(out))
	}
	return nil
}

// Run serves the cluster, again after Kill.
func (s *Server) Run() error {
	log, err := os.OpenFile(s.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open PostgreSQL's log: %w", err)
	}
	defer log.Close()
	s.cmd = s.command("postgres", "-D", filepath.Join(s.dir, "data"), "-k", s.dir, "-c", "listen_addresses=", "-c", "max_connections=200")
	s.cmd.Stdout, s.cmd.Stderr = log, log
	s.cmd.SysProcAttr.Pdeathsig = 0 // of the thread that started it, not of the process
	if err := s.cmd.Start(); err != nil {
		return fmt.Errorf("start PostgreSQL: %w", err)
	}
	ended := make(chan struct{})
	s.ended = ended
	go func(cmd *exec.Cmd) { cmd.Wait(); close(ended) }(s.cmd)
	ctx, stop := context.WithTimeout(context.Background(), 60*time.Second)
	defer stop()
	for {
		if out, err := s.command("pg_isready", "-h", s.dir, "-U", "candor").CombinedOutput(); err == nil {
			return nil
		} else if len(out) == 0 {
			return fmt.Errorf("ask whether PostgreSQL is ready: %w", err)
		}
		select {
		case <-ended:
			text, _ := os.ReadFile(s.log)
			return fmt.Errorf("PostgreSQL ended as it started:\n%s", bytes.TrimSpace(text))
		case <-ctx.Done():
			s.Stop()
			return errors.New("PostgreSQL was not ready within a minute: try again on a quieter machine")
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// URL is the address of the server's database; parameters are added to it.
func (s *Server) URL(parameters url.Values) string {
	v := url.Values{"host": {s.dir}, "user": {"candor"}}
	for k, p := range parameters {
		v[k] = p
	}
	return "postgres:///postgres?" + v.Encode()
}

// Kill ends the server as a power cut would end its processes.
func (s *Server) Kill() error {
	if err := s.command("pg_ctl", "stop", "-D", filepath.Join(s.dir, "data"), "-m", "immediate").Run(); err != nil {
		return fmt.Errorf("kill PostgreSQL: %w", err)
	}
	<-s.ended
	return nil
}

// Stop ends the server and deletes what it kept.
func (s *Server) Stop() error {
	s.cmd.Process.Signal(syscall.SIGQUIT) // immediate: nobody needs the data
	select {
	case <-s.ended:
	case <-time.After(20 * time.Second):
		s.cmd.Process.Kill()
		<-s.ended
	}
	return os.RemoveAll(s.dir)
}
