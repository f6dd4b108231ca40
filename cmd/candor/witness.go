package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"candor/zkcommit/tlog"
	"candor/zkcommit/tlog/witness"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/spf13/cobra"
)

// witnessOptions say who a witness is and for whom.
type witnessOptions struct {
	data, name string
	logs       []string
}

func (o *witnessOptions) flags(c *cobra.Command, logs bool) {
	f := c.Flags()
	f.StringVar(&o.data, "data", "witness", "directory of the witness's key and of what it cosigned; put no older copy of it back")
	f.StringVar(&o.name, "name", "", "name of a witness whose key is made now, such as witness.example; by default made of the key")
	if logs {
		f.StringArrayVar(&o.logs, "log", nil, "key of a log to witness, as logKey of its node's /api/v1/chain says it; may be repeated")
	}
}

func witnessCommand() *cobra.Command {
	var o witnessOptions
	var listen string
	c := &cobra.Command{
		Use:   "witness",
		Short: "Cosign the heads of logs, so that nobody is shown another history",
		Long: `Run a witness (https://c2sp.org/tlog-witness). A log submits each new head with a proof
that it grew out of the one before; the witness cosigns it, or refuses. What it cosigned
is on the disk before the cosignature leaves, so that a witness that is killed and
started again never vouches for a second history. Monitors read the newest cosigned head
of a log at /HASH/checkpoint, HASH being the SHA-256 of the log's name.

Run it on another machine than the node's, better by somebody else. The node names it
with candor up --witness URL=KEY, auditors with candor audit --witness KEY.`,
		Example: `  candor witness key --data witness
  candor witness --data witness --listen 0.0.0.0:8090 --log candor.local/0x…+0a1b2c3d+AX…`,
		Args: known,
		RunE: func(c *cobra.Command, _ []string) error {
			w, close, err := o.open()
			if err != nil {
				return err
			}
			defer close()
			return serveWitness(c.Context(), listen, w.Handler())
		},
	}
	c.Flags().StringVar(&listen, "listen", "127.0.0.1:8090", "address to listen on")
	o.flags(c, true)
	c.AddCommand(witnessKeyCommand(), witnessOnceCommand())
	return c
}

func witnessKeyCommand() *cobra.Command {
	var o witnessOptions
	var asJSON bool
	c := &cobra.Command{
		Use:   "key",
		Short: "Print the witness's key, which nodes and auditors name",
		Long: `Print the key by which cosignatures of this witness are checked. The first time it is
made, in DATA/witness.key.`,
		Example: `  candor witness key --data witness --name witness.example`,
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			k, err := o.key()
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), struct {
					Name string `json:"name"`
					Key  string `json:"key"`
				}{k.Name, k.String()})
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), k)
			return err
		},
	}
	o.flags(c, false)
	c.Flags().BoolVar(&asJSON, "json", false, "print name and key as JSON")
	return c
}

func witnessOnceCommand() *cobra.Command {
	var o witnessOptions
	c := &cobra.Command{
		Use:   "once URL",
		Short: "Fetch a log's head, cosign it if the log only grew, and print it",
		Long: `Fetch the newest head of the log at the URL, check by the log's own tiles that it grew
out of the one that this witness cosigned last, cosign it, and print it. It needs no
server and no help of the node: run it now and then, and publish what it prints.

Exit status: 0 cosigned, 1 the log does not show the history that it showed before,
2 the head could not be read.`,
		Example: `  candor witness once http://127.0.0.1:8080/log/ --data witness --log candor.local/0x…+0a1b2c3d+AX…`,
		Args:    one("name one log by its URL, such as http://127.0.0.1:8080/log/"),
		RunE: func(c *cobra.Command, args []string) error {
			if len(o.logs) != 1 {
				return errors.New("name the key of the one log that is at the URL with --log")
			}
			w, close, err := o.open()
			if err != nil {
				return err
			}
			defer close()
			cp, err := witnessOnce(c.Context(), w, args[0], o.logs[0])
			if no := (witness.Refusal{}); errors.As(err, &no) {
				fmt.Fprintf(c.OutOrStdout(), "NOT COSIGNED  %s\n", plain(no.Says))
				return exit{1}
			} else if err != nil {
				return err
			}
			_, err = c.OutOrStdout().Write(cp)
			return err
		},
	}
	o.flags(c, true)
	return c
}

func witnessOnce(ctx context.Context, w *witness.Witness, url, key string) ([]byte, error) {
	v, err := tlog.ParseVerifier(key)
	if err != nil {
		return nil, err
	}
	log := tlog.Remote(url, v, nil)
	cp, err := log.Checkpoint(ctx)
	if err != nil {
		return nil, err
	}
	var path [][]byte
	old := w.Size(v.Origin)
	if old > 0 && old < cp.Size {
		if path, err = log.Consistency(ctx, old, cp.Size); err != nil {
			return nil, fmt.Errorf("the log does not show how it grew from %d to %d entries: %w", old, cp.Size, err)
		}
	}
	line, err := w.Add(min(old, cp.Size), path, cp.Note)
	return append(cp.Note, line...), err
}

// open reads key and memory of the witness, alone on its directory until close.
func (o *witnessOptions) open() (w *witness.Witness, close func(), err error) {
	if len(o.logs) == 0 {
		return nil, nil, errors.New("name each log to witness by its key with --log: logKey in /api/v1/chain of its node")
	}
	logs := make([]tlog.Verifier, len(o.logs))
	for i, s := range o.logs {
		if logs[i], err = tlog.ParseVerifier(s); err != nil {
			return nil, nil, err
		}
	}
	lock, err := lockDir(o.data)
	if err != nil {
		return nil, nil, err
	}
	k, err := o.key()
	if err == nil {
		w, err = witness.Open(o.data, k, logs, func(says string) { fmt.Fprintln(os.Stderr, "WARNING: "+plain(says)) })
	}
	if err != nil {
		lock.Close()
		return nil, nil, err
	}
	return w, func() { lock.Close() }, nil
}

// key reads the witness's key, or makes it.
func (o *witnessOptions) key() (witness.Key, error) {
	path := filepath.Join(o.data, "witness.key")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		k, err := witness.NewKey(o.name)
		if err == nil {
			err = os.MkdirAll(o.data, 0o755)
		}
		if err != nil {
			return k, err
		}
		return k, writeFile(path, []byte(k.Secret()+"\n"))
	} else if err != nil {
		return witness.Key{}, fmt.Errorf("the witness's key cannot be read: %w", err)
	}
	k, err := witness.ParseKey(strings.TrimSuffix(string(text), "\n"))
	if err != nil {
		return k, fmt.Errorf("%s: %w", path, err)
	}
	if o.name != "" && o.name != k.Name {
		return k, fmt.Errorf("the witness in %s is called %s: leave --name out, or name another directory with --data", o.data, k.Name)
	}
	return k, nil
}

// serveWitness answers until the context ends. Who is slow is cut off.
func serveWitness(ctx context.Context, addr string, h http.Handler) error {
	l, err := listen(addr)
	if err != nil {
		return err
	}
	s := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second,
		IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10}
	fmt.Fprintf(os.Stderr, "The witness is at http://%s\n", l.Addr())
	stop := context.AfterFunc(ctx, func() {
		last, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = s.Shutdown(last) // who still asks then is told by a closed connection
	})
	defer stop()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// witnessed begins to take the node's logs to its witnesses, if there are any.
func (s *services) witnessed(peers []string) error {
	if len(peers) == 0 {
		return nil
	}
	var all []witness.Peer
	for _, p := range peers {
		w, err := witness.ParsePeer(p)
		if err != nil {
			return err
		}
		all = append(all, w)
	}
	for _, l := range []*tlog.Log{s.runlog, s.epochs, s.snapshots.log} {
		c, err := witness.NewCollector(l, all)
		if err != nil {
			return err
		}
		c.Failed = func(name string, err error) {
			s.log.Warn("a witness did not cosign a log's head and is asked again later", "log", l.Verifier().Origin, "witness", name, "err", err)
		}
		s.witnesses = append(s.witnesses, c)
	}
	s.metrics.MustRegister(witnessMeasures{s})
	return nil
}

// checkWitnesses refuses a bad list before anything is opened.
func checkWitnesses(peers []string) error {
	for _, p := range peers {
		if _, err := witness.ParsePeer(p); err != nil {
			return err
		}
	}
	return nil
}

// standing is how each witness stands to each log, the log of runs first.
func (s *services) standing() []witness.Standing {
	all := []witness.Standing{}
	for _, c := range s.witnesses {
		all = append(all, c.Standing()...)
	}
	return all
}

// cosigned serves a log, with its witnesses' cosignatures if it has any.
func (s *services) cosigned(l *tlog.Log) http.Handler {
	h := l.Handler()
	for _, c := range s.witnesses {
		if c.Log == l {
			h = c.Handler(h)
		}
	}
	return h
}

// witnessMeasures shows how the witnesses do.
type witnessMeasures struct{ *services }

var (
	witnessedSize = measure("witnessed_size", "Entries under the newest head that the witness cosigned.", "log", "witness")
	witnessFails  = measure("witness_failing", "1 while a witness did not cosign when it was asked last.", "log", "witness")
)

func (m witnessMeasures) Describe(c chan<- *prometheus.Desc) { prometheus.DescribeByCollect(m, c) }

func (m witnessMeasures) Collect(c chan<- prometheus.Metric) {
	for _, s := range m.standing() {
		fails := 0.0
		if s.Trouble != "" {
			fails = 1
		}
		c <- prometheus.MustNewConstMetric(witnessedSize, prometheus.GaugeValue, float64(s.Size), s.Log, s.Name)
		c <- prometheus.MustNewConstMetric(witnessFails, prometheus.GaugeValue, fails, s.Log, s.Name)
	}
}
