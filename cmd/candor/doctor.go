package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/spf13/cobra"
)

// finding is what one look of the doctor found.
type finding struct {
	What string `json:"what"`
	How  string `json:"how"`  // ok, warn, bad
	Says string `json:"says"` // and what to do
}

// doctor looks at a data directory and at a node, and changes neither.
type doctor struct {
	data, node string
	running    bool // something holds the data directory
	found      []finding
}

func doctorCommand() *cobra.Command {
	var d doctor
	var asJSON bool
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Say what is wrong with a node, and what to do about it",
		Long: `Say what is wrong with a node, and what to do about it: its disk, its keys, its
databases when it is stopped, and what it answers when it runs. Nothing is changed.

Exit status: 0 nothing is bad, 1 something is.`,
		Example: `  candor doctor
  candor doctor --data /var/lib/candor --node http://127.0.0.1:9000 --json`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			d.look(c.Context())
			if asJSON {
				if err := printJSON(c.OutOrStdout(), struct {
					Checks []finding `json:"checks"`
				}{d.found}); err != nil {
					return err
				}
			} else {
				for _, f := range d.found {
					if _, err := fmt.Fprintf(c.OutOrStdout(), "%-4s  %s: %s\n", f.How, f.What, plain(f.Says)); err != nil {
						return err
					}
				}
			}
			for _, f := range d.found {
				if f.How == "bad" {
					return exit{1}
				}
			}
			return nil
		},
	}
	c.Flags().StringVar(&d.data, "data", "data", "the node's data directory")
	c.Flags().StringVar(&d.node, "node", "http://127.0.0.1:8080", "URL of the node")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func (d *doctor) say(how, what, format string, args ...any) {
	d.found = append(d.found, finding{what, how, fmt.Sprintf(format, args...)})
}

func (d *doctor) look(ctx context.Context) {
	d.say("ok", "program", "candor %s, %s on %s/%s, %d cores", version, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	d.sandbox()
	if d.directory() {
		d.disk()
		d.keys()
		d.databases(ctx)
	}
	d.ask(ctx)
}

// directory says whether there is one to look at.
func (d *doctor) directory() bool {
	info, err := os.Stat(d.data)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.say("warn", "data", "there is no %s yet: candor up --data %s makes it", d.data, d.data)
		return false
	case err != nil:
		d.say("bad", "data", "%s cannot be read: become its owner (%v)", d.data, err)
		return false
	case !info.IsDir():
		d.say("bad", "data", "%s is no directory: name another with --data", d.data)
		return false
	}
	lock, err := os.OpenFile(filepath.Join(d.data, "lock"), os.O_RDWR, 0)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.say("warn", "data", "%s was never a node's: name its directory with --data", d.data)
		return false
	case err != nil:
		d.say("bad", "data", "%s cannot be written: become its owner (%v)", d.data, err)
		return false
	}
	defer lock.Close()
	if d.running = syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil; d.running {
		d.say("ok", "data", "a node runs on %s", d.data)
	} else {
		d.say("ok", "data", "%s belongs to a node that is stopped", d.data)
	}
	return true
}

func (d *doctor) disk() {
	var s syscall.Statfs_t
	if err := syscall.Statfs(d.data, &s); err != nil {
		d.say("warn", "disk", "the free space cannot be told (%v)", err)
		return
	}
	switch free := s.Bavail * uint64(s.Bsize) >> 20; {
	case free < 256:
		d.say("bad", "disk", "%d MiB are free, and a node that cannot write stops: make room", free)
	case free < 2048:
		d.say("warn", "disk", "%d MiB are free: make room soon", free)
	default:
		d.say("ok", "disk", "%d MiB are free", free)
	}
}

// keys looks at the node's keys without showing any.
func (d *doctor) keys() {
	bad := 0
	for _, name := range []string{"node", "relayer", "publisher"} {
		path := filepath.Join(d.data, "keys", name+".key")
		info, err := os.Stat(path)
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			err = fmt.Errorf("others may read it: chmod 600 %s, and rotate it if they did", path)
		}
		if err == nil {
			_, err = crypto.LoadECDSA(path)
		}
		if err != nil {
			bad++
			d.say("bad", "keys", "%s.key is not usable, put the right file back: %v", name, err)
		}
	}
	if bad == 0 {
		d.say("ok", "keys", "three, readable by their owner alone")
	}
}

// databases checks the files of a node that is stopped.
func (d *doctor) databases(ctx context.Context) {
	for _, x := range []struct{ file, lost string }{
		{"mirror.db", "remove it, it is indexed again"},
		{"ledger.db", "put a copy back, nothing else holds what it held"},
	} {
		path := filepath.Join(d.data, x.file)
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			continue // it is in PostgreSQL, or not made yet
		}
		if d.running {
			d.say("ok", x.file, "is in use: stop the node to have it checked")
			continue
		}
		if says, err := quickCheck(ctx, path); err != nil || says != "ok" {
			d.say("bad", x.file, "is damaged, %s (%s %v)", x.lost, says, err)
			continue
		}
		d.say("ok", x.file, "is sound")
	}
}

func quickCheck(ctx context.Context, path string) (says string, err error) {
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		return "", err
	}
	defer db.Close()
	err = db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&says)
	return says, err
}

// ask looks at the node from outside.
func (d *doctor) ask(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	if _, err := fetch(ctx, d.node, "/healthz"); err != nil {
		if d.running {
			d.say("bad", "node", "one runs on %s, and not at %s: name its URL with --node (%v)", d.data, d.node, err)
		} else {
			d.say("warn", "node", "none runs at %s: start it with candor up", d.node)
		}
		return
	}
	if _, err := fetch(ctx, d.node, "/readyz"); err != nil {
		d.say("warn", "node", "it runs and is not ready: %v", err)
	} else {
		d.say("ok", "node", "its index is at the chain's head")
	}
	if _, err := fetch(ctx, d.node, "/log/checkpoint"); err != nil {
		d.say("bad", "log", "its head is not served: %v", err)
	}
	var stats struct{ Posts, Unavailable uint64 }
	var proofs struct{ Total zkcommit.ProofFigures }
	if err := d.read(ctx, "/api/v1/stats", &stats); err != nil {
		d.say("bad", "content", "cannot be counted: %v", err)
	} else if stats.Unavailable*10 > stats.Posts {
		d.say("warn", "content", "of %d posts %d are unavailable: name gateways with --gateway", stats.Posts, stats.Unavailable)
	} else {
		d.say("ok", "content", "of %d posts %d are unavailable", stats.Posts, stats.Unavailable)
	}
	if err := d.read(ctx, "/api/v1/proving", &proofs); err != nil {
		d.say("bad", "proofs", "cannot be counted: %v", err)
	} else if t := proofs.Total; t.Failed > 0 {
		d.say("warn", "proofs", "%d of %d failed: candor prover status says why", t.Failed, t.Runs)
	} else {
		d.say("ok", "proofs", "%d of %d runs are proven, and none failed", t.Proven, t.Runs)
	}
}

func (d *doctor) read(ctx context.Context, path string, v any) error {
	b, err := fetch(ctx, d.node, path)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}
