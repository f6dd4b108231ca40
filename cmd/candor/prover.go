package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"candor/graph"
	"candor/local/broker"
	"candor/rankers"
	"candor/rankers/features"
	"candor/rankers/sandbox"
	"candor/zkcommit"
	"candor/zkcommit/prover"
	"candor/zkcommit/prover/jobs"

	"github.com/nats-io/nats.go"
	"github.com/spf13/cobra"
)

func proverCommand() *cobra.Command {
	var data, at string
	var cores int
	var only []string
	var unsafe bool
	c := &cobra.Command{
		Use:   "prover",
		Short: "Prove a node's runs in a process of its own",
		Long: `Prove a node's runs in a process of its own, for the models whose secrets are in
--data, with at most --cores processor cores. It takes its jobs from the node's
broker and may be started, stopped and killed at any time: what it had begun is
given to another. What other publishers handed over is read in a sandbox first, as
candor up does; what that refuses is named and left out.

On the node's machine nothing else is to be said. Elsewhere --broker is the
address that candor prover invite printed on the node's machine: it lets in the
workers of one model, who can take its jobs and answer them and nothing else. The
node checks every proof before it keeps it.`,
		Example: `  candor prover --data /var/lib/candor --cores 4
  candor prover --data . --broker nats://…@127.0.0.1:4222/0x… --only chronological
  candor prover status --node http://127.0.0.1:8080`,
		Args: known,
		RunE: func(c *cobra.Command, _ []string) error {
			if cores < 1 || cores > 1024 {
				return fmt.Errorf("--cores %d is no number of cores: send 1 to 1024", cores)
			}
			return interrupted(c.Context(), runProver(c.Context(), data, at, cores, only, unsafe))
		},
	}
	f := c.Flags()
	f.StringVar(&data, "data", "data", "directory with the models' secrets, such as the node's own")
	f.StringVar(&at, "broker", "", "address of the node's broker; without one that of the node that runs on --data")
	f.IntVar(&cores, "cores", max(1, runtime.NumCPU()/2), "how many processor cores it may use")
	f.StringArrayVar(&only, "only", nil, "ranker to prove for; may be repeated; without it all whose secrets are there")
	unsafeFlag(c, &unsafe)
	c.AddCommand(proverStatusCommand(), proverInviteCommand())
	return c
}

// work proves what the board has for the models until the context ends.
func work(ctx context.Context, at string, models []graph.Hash, w *prover.Worker, more ...nats.Option) error {
	q, err := jobs.Join(at, models, w.Logger, more...)
	if err != nil {
		return err
	}
	defer q.Close()
	w.Queue = q
	w.Run(ctx)
	return ctx.Err()
}

func runProver(ctx context.Context, dir, at string, cores int, only []string, unsafe bool) error {
	runtime.GOMAXPROCS(cores)
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	p, err := heldModels(ctx, dir, only, newCells(sandbox.New, unsafe, log), log)
	if err != nil {
		return err
	}
	if at == "" {
		b, err := os.ReadFile(brokerURL(dir))
		if err != nil {
			return fmt.Errorf("no node has run on %s: name its directory with --data, or its broker with --broker", dir)
		}
		at = strings.TrimSpace(string(b))
	}
	models, err := p.provable()
	if err != nil {
		return err
	}
	host, _ := os.Hostname()
	log.Info("the prover is ready", "models", len(p.models), "cores", cores)
	return work(ctx, at, models.held(), &prover.Worker{Name: fmt.Sprintf("%.40s-%d", host, os.Getpid()), Backend: models, Cores: runtime.NumCPU(), Logger: log})
}

// heldModels opens the built-in models whose salts are in the directory, and those of the
// parcels in it that a sandbox took.
func heldModels(ctx context.Context, dir string, only []string, c cells, log *slog.Logger) (*plugins, error) {
	p := &plugins{models: map[graph.Hash]opened{}}
	found := map[string]bool{}
	for _, r := range rankers.Catalogue() {
		info := r.Info()
		if len(only) > 0 && !slices.Contains(only, info.ID) {
			continue
		}
		path := saltFile(dir, info.ID, info.Version)
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		s, err := secret(path)
		if err != nil {
			return nil, err
		}
		salt := zkcommit.NewSalt(s)
		commitment, err := zkcommit.Commit(r.Model(), features.Schema(), salt)
		if err != nil {
			return nil, err
		}
		p.models[commitment] = opened{r.Model(), features.Schema(), salt}
		found[info.ID] = true
	}
	files, err := filepath.Glob(filepath.Join(parcels(dir), "*"+parcelSuffix))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		parcel, _, err := c.read(ctx, file)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil: // one publisher's file must not end the proofs of all others
			log.Warn("a ranker's runs are not proved here", "why", err)
			continue
		}
		m := &parcel.Signed.Manifest
		if parcel.Secret == nil {
			continue // its workers prove
		}
		if id := m.ID().Hex(); len(only) == 0 || slices.Contains(only, id) {
			p.models[m.Commitment] = opened{parcel.Secret.Model, parcel.Secret.Schema, parcel.Secret.Salt}
			found[id] = true
		}
	}
	for _, o := range only {
		if !found[o] {
			return nil, fmt.Errorf("the secret of ranker %.40q is not in %s: name one that is, or another --data", o, dir)
		}
	}
	if len(p.models) == 0 {
		return nil, fmt.Errorf("no model's secret is in %s: name the directory of a node or a publisher with --data", dir)
	}
	return p, nil
}

func lower(s string) string { return strings.ToLower(s) }

// withNode makes a NATS server's URL name the node whose jobs are meant.
func withNode(at, name string) string {
	u, err := url.Parse(at)
	if err != nil {
		return at // the connection says so
	}
	u.Path = "/" + lower(name)
	return u.String()
}

func proverInviteCommand() *cobra.Command {
	var data string
	c := &cobra.Command{
		Use:   "invite MODEL",
		Short: "Print the address by which a publisher's worker of one model gets in",
		Long: `Print the address by which a publisher's worker of one model gets in. MODEL is the
model's commitment, as /api/v1/rankers shows it. Keep the address secret: it holds
the workers' password. Where the broker listens on 127.0.0.1 alone, lead a tunnel to it; with
candor up --workers put the node's host into the address, whose pin says which certificate it shows.`,
		Args: one("name one model by its commitment (0x…), as /api/v1/rankers shows it"),
		RunE: func(c *cobra.Command, args []string) error {
			var model graph.Hash
			if err := model.UnmarshalText([]byte(args[0])); err != nil {
				return fmt.Errorf("%.80q is no commitment: send 0x and 64 hexadecimal digits", args[0])
			}
			path := filepath.Join(data, "keys", "broker.key")
			if _, err := os.Stat(path); err != nil {
				return fmt.Errorf("no node with a broker of its own has run on %s: name its directory with --data", data)
			}
			key, err := secret(path)
			if err != nil {
				return err
			}
			raw, err := os.ReadFile(brokerURL(data))
			if err != nil {
				return fmt.Errorf("the broker of %s has not run: start the node", data)
			}
			u, err := url.Parse(strings.TrimSpace(string(raw)))
			if err != nil {
				return err
			}
			user := lower(model.Hex()[2:])
			u.User = url.UserPassword(user, broker.Password(key, user))
			_, err = fmt.Fprintln(c.OutOrStdout(), u)
			return err
		},
	}
	c.Flags().StringVar(&data, "data", "data", "the node's directory")
	return c
}

func proverStatusCommand() *cobra.Command {
	var node string
	var asJSON bool
	c := &cobra.Command{
		Use:   "status",
		Short: "Print how a node's proofs stand",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			b, err := fetch(c.Context(), node, "/api/v1/proving")
			if err != nil {
				return err
			}
			var s prover.Status
			if err := json.Unmarshal(b, &s); err != nil {
				return fmt.Errorf("the node at %s tells nothing of its proofs: it is of another version", node)
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), s)
			}
			_, err = fmt.Fprint(c.OutOrStdout(), statusText(s, time.Now()))
			return err
		},
	}
	c.Flags().StringVar(&node, "node", "http://127.0.0.1:8080", "URL of the node")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func statusText(s prover.Status, now time.Time) string {
	var b strings.Builder
	mode := string(s.Mode)
	if s.Mode == zkcommit.ProveSampled {
		mode = fmt.Sprintf("sampled, %.4g %% of the runs are drawn", 100*s.Rate)
	}
	oldest := "none waits"
	if s.Total.Oldest != 0 {
		oldest = "the oldest is of " + now.Sub(time.Unix(int64(s.Total.Oldest), 0)).Round(time.Second).String() + " ago"
	}
	fmt.Fprintf(&b, "proven       %d of %d runs, %.2f %%\n", s.Total.Proven, s.Total.Runs, 100*s.Share)
	fmt.Fprintf(&b, "mode         %s\n", mode)
	fmt.Fprintf(&b, "waiting      %d, %s; %d wait for their draw\n", s.Total.Owed, oldest, s.Total.Undrawn)
	fmt.Fprintf(&b, "in work      %d, and %d on the board\n", s.InWork, s.OnBoard)
	fmt.Fprintf(&b, "a minute     %.1f runs, %.1f proofs\n", s.Made, s.Proved)
	fmt.Fprintf(&b, "not proven   %d failed, %d sampled out or without a post\n", s.Total.Failed, s.Total.Out)
	fmt.Fprintf(&b, "proved twice %d agree, %d differ, %d wait; %.4g %% of the proven runs are drawn\n", s.Crosses.Agree, s.Crosses.Differ, s.Crosses.Owed, 100*s.Cross)
	if s.Crosses.Differ > 0 {
		b.WriteString("TWO PROOF SYSTEMS DIFFER: one of them is broken, or the node's data are damaged; its log names the runs\n")
	}
	for _, f := range s.Rankers {
		fmt.Fprintf(&b, "  %-24s %d of %d proven, %d waiting, %d failed\n", f.Ranker, f.Proven, f.Runs, f.Owed, f.Failed)
	}
	for _, f := range s.Failures {
		again := "is tried again"
		if f.Final {
			again = "failed"
		}
		fmt.Fprintf(&b, "run %s of %s %s: %s\n", f.Run, f.Ranker, again, f.Reason)
	}
	return b.String()
}
