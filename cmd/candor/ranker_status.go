package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"candor/graph"
	"candor/rankers/publish"
	"candor/web"
	"candor/zkcommit"

	"github.com/spf13/cobra"
)

// ownFlags name a publisher's own ranker.
type ownFlags struct {
	node, key string
	asJSON    bool
}

func (o *ownFlags) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.node, "node", "http://127.0.0.1:8080", "URL of a node")
	f.StringVar(&o.key, "key", "", "file of the publisher's key; without one DIR/secrets/publisher.key")
	f.BoolVar(&o.asJSON, "json", false, "print JSON")
}

// open is the ranker of a directory with its publisher, who must have published before.
func (o *ownFlags) open(dir string) (d *publish.Draft, w wallet, err error) {
	if d, err = publish.Read(dir); err != nil {
		return nil, w, err
	}
	key := o.key
	if key == "" {
		key = filepath.Join(dir, "secrets", "publisher.key")
	}
	if _, err := os.Stat(key); err != nil {
		return nil, w, fmt.Errorf("there is no publisher's key in %s: name it with --key, or publish first", key)
	}
	w, err = openWallet(key)
	return d, w, err
}

func rankerStatusCommand() *cobra.Command {
	var o ownFlags
	var wait time.Duration
	c := &cobra.Command{
		Use:   "status DIR",
		Short: "Say how a ranker of yours stands: its versions, readers, proofs and failures",
		Long: `Say how the ranker of a directory stands: each version on the chain with its date and
bond, and on a node the pages that readers got of it, the runs and their proofs, how fast it
answers, how often it failed and is up, how well it orders that node's posts, and how its
workers stand: in the last week, over restarts of the node (docs/publish-a-ranker.md).`,
		Example: "  candor ranker status kindling --node http://127.0.0.1:8080",
		Args:    one("name one directory that candor ranker new made"),
		RunE: func(c *cobra.Command, args []string) error {
			d, w, err := o.open(args[0])
			if err != nil {
				return err
			}
			s, err := o.awaited(c.Context(), d.Slug, zkcommit.PluginID(w.address, d.Slug), wait)
			if err != nil {
				return err
			}
			if o.asJSON {
				return printJSON(c.OutOrStdout(), s)
			}
			return s.print(c.OutOrStdout())
		},
	}
	o.flags(c)
	c.Flags().DurationVar(&wait, "wait", 0, "how long to wait until the node serves it; 0 is not at all")
	return c
}

// rankerStatus is what candor ranker status says.
type rankerStatus struct {
	Plugin   graph.Hash      `json:"plugin"`
	Slug     string          `json:"slug"`
	Versions []versionStatus `json:"versions"`
	Served   *web.Plugin     `json:"served"` // by the node; null: it does not serve it
}

type versionStatus struct {
	listed
	From      uint64 `json:"from"` // block
	Withdrawn uint64 `json:"withdrawn,omitempty"`
}

// awaited is the status, once the newest version is served or the time is over.
func (o *ownFlags) awaited(ctx context.Context, slug string, id graph.Hash, wait time.Duration) (*rankerStatus, error) {
	for end := time.Now().Add(wait); ; {
		s, err := o.status(ctx, slug, id)
		if err != nil || s.Served != nil && int(s.Served.Version) == len(s.Versions) || time.Now().After(end) {
			return s, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(300 * time.Millisecond):
		}
	}
}

func (o *ownFlags) status(ctx context.Context, slug string, id graph.Hash) (*rankerStatus, error) {
	p, err := openPlace(ctx, o.node, nil)
	if err != nil {
		return nil, err
	}
	defer p.close()
	plugin, known, err := p.calls.Plugin(ctx, id)
	if err != nil {
		return nil, err
	}
	if !known {
		return nil, fmt.Errorf("the chain knows no ranker %s of this publisher: candor ranker publish puts it there", slug)
	}
	s := &rankerStatus{Plugin: id, Slug: slug, Versions: []versionStatus{}}
	for v := uint32(1); v <= plugin.Versions; v++ {
		c, err := readCommitted(ctx, p.calls, plugin, v)
		if err != nil {
			return nil, err
		}
		s.Versions = append(s.Versions, versionStatus{c.listed(ctx, time.Now()), c.model.ActiveFrom, c.model.Withdrawn})
	}
	s.Served, err = findRanker(ctx, o.node, id.Hex())
	return s, err
}

func (s *rankerStatus) print(w io.Writer) error {
	fmt.Fprintf(w, "%s, plugin %s\n\n", s.Slug, s.Plugin)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "VERSION\tSTATE\tPUBLIC BY\tBOND\tFROM BLOCK\tWITHDRAWN AT")
	for _, v := range s.Versions {
		date, gone := "-", "-"
		if v.RevealBy != 0 {
			date = time.Unix(int64(v.RevealBy), 0).UTC().Format("2006-01-02 15:04:05")
		}
		if v.Withdrawn != 0 {
			gone = fmt.Sprint(v.Withdrawn)
		}
		fmt.Fprintf(t, "%d\t%s\t%s\t%s\t%d\t%s\n", v.Version, v.State, date, v.Bond, v.From, gone)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if s.Served == nil {
		_, err := fmt.Fprintln(w, "\nthis node does not serve it")
		return err
	}
	x := s.Served.Serving
	if x == nil || s.Served.Proofs == nil {
		return errors.New("the node tells nothing of how it serves the ranker: it is of another version")
	}
	since := "; nothing is counted yet"
	if x.Since > 0 {
		since = " since " + time.Unix(int64(x.Since), 0).UTC().Format("2006-01-02 15:04:05")
	}
	fmt.Fprintf(w, "\nserved     version %d, %d pages to readers%s\n", s.Served.Version, x.Pages, since)
	fmt.Fprintf(w, "runs       %d in all, %d proven, %d waiting, %d failed to be proven\n", s.Served.Proofs.Runs, s.Served.Proofs.Proven, s.Served.Proofs.Waiting, s.Served.Proofs.Failed)
	fmt.Fprintf(w, "answers    %d of %d to readers; %d failures\n", x.Asked-x.Failed, x.Asked, x.Failed)
	fmt.Fprintf(w, "up         %d of %d checks, one a minute\n", x.Checked-x.Missed, x.Checked)
	fmt.Fprintf(w, "times      half within %.1f ms, 99 in 100 within %.1f ms, of the last %d answers\n", x.MedianMS, x.SlowMS, x.Answers)
	says := s.Served.Unmeasured
	if q := s.Served.Quality; q != nil {
		says = fmt.Sprintf("NDCG@10 %.4f (%.4f – %.4f) on %d of this node's posts", q.NDCG10, q.Interval[0], q.Interval[1], q.Posts)
	}
	_, err := fmt.Fprintf(w, "quality    %s\n", plain(says))
	for _, o := range s.Served.Workers {
		says := o.State
		if o.Why != "" {
			says += ": " + o.Why
		}
		fmt.Fprintf(w, "operator   %s, %d workers, %d answers, %d failures; %s\n", o.Operator, len(o.Workers), o.Answered, o.Failed, says)
	}
	return err
}

func rankerWithdrawCommand() *cobra.Command {
	var o ownFlags
	var yes bool
	c := &cobra.Command{
		Use:   "withdraw DIR",
		Short: "Take a ranker's newest version out of service, for good",
		Long: `Take the newest version of a directory's ranker out of service: from this block on no run
may use it, nodes stop serving it, and no earlier version comes back. Its model becomes
public on its date all the same, and its bond stays until then. A new version may follow.`,
		Example: "  candor ranker withdraw kindling --node http://127.0.0.1:8080 --yes",
		Args:    one("name one directory that candor ranker new made"),
		RunE: func(c *cobra.Command, args []string) error {
			d, w, err := o.open(args[0])
			if err != nil {
				return err
			}
			if !yes {
				return errors.New("that cannot be undone: say so with --yes")
			}
			p, err := openPlace(c.Context(), o.node, w.key)
			if err != nil {
				return err
			}
			defer p.close()
			version, at, err := p.withdraw(c.Context(), zkcommit.PluginID(w.address, d.Slug))
			if err != nil {
				return err
			}
			if o.asJSON {
				return printJSON(c.OutOrStdout(), map[string]any{"slug": d.Slug, "version": version, "withdrawn": at})
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "WITHDRAWN  version %d of %s, from block %d on\n", version, d.Slug, at)
			return err
		},
	}
	o.flags(c)
	c.Flags().BoolVar(&yes, "yes", false, "go through with it")
	return c
}

// withdraw takes the newest version out of service, if it still is in it.
func (p *place) withdraw(ctx context.Context, id graph.Hash) (version uint32, at uint64, err error) {
	plugin, known, err := p.calls.Plugin(ctx, id)
	if err != nil {
		return 0, 0, err
	}
	if !known || plugin.Versions == 0 {
		return 0, 0, errors.New("the chain has no version of this ranker: there is nothing to withdraw")
	}
	version = plugin.Versions
	m, _, err := p.calls.Model(ctx, id, version)
	if err == nil && m.Withdrawn == 0 {
		if err = p.calls.WithdrawModel(ctx, id, version); err == nil {
			m, _, err = p.calls.Model(ctx, id, version)
		}
	}
	return version, m.Withdrawn, err
}
