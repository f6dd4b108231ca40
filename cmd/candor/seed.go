package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"candor/local/town"
	"candor/relay/jetstream"

	"github.com/spf13/cobra"
)

func checkSeed(seed string) error {
	if seed == "demo" || seed == "none" {
		return nil
	}
	info, err := os.Stat(seed)
	if err != nil || info.IsDir() {
		return fmt.Errorf("the seed %s is no file: send demo, none, or a Jetstream file", seed)
	}
	return nil
}

// seed publishes the first history through the node's own front door. It may
// have been done before, wholly or in part; the importer goes on.
func (s *services) seed(ctx context.Context, url string) error {
	var r io.ReadSeeker
	switch s.options.seed {
	case "none":
		return nil
	case "demo":
		b, err := sampleTown()
		if err != nil {
			return err
		}
		r = bytes.NewReader(b)
	default:
		f, err := os.Open(s.options.seed)
		if err != nil {
			return fmt.Errorf("the seed %s cannot be read: %w", s.options.seed, err)
		}
		defer f.Close()
		r = f
	}
	if err := waitFor(ctx, s.ready); err != nil {
		return nil
	}
	keys := filepath.Join(s.dir, "keys")
	key, err := jetstream.LoadKey(filepath.Join(keys, "importer.key"))
	if err != nil {
		return err
	}
	show, end := jetstream.Bar(os.Stderr)
	report, err := jetstream.Import(ctx, r, jetstream.Options{Node: url, Key: key, StateDir: keys, Progress: show})
	end()
	switch {
	case ctx.Err() != nil:
		return nil
	case errors.Is(err, jetstream.ErrSkipped):
		s.log.Warn("parts of the seed were skipped", "err", err)
	case err != nil:
		// A seed that fails is no reason to take the node away from its readers.
		s.log.Error("the seed is not published whole: start again to go on", "err", err)
		return nil
	}
	s.log.Info("seeded", "profiles", report.Profiles, "posts", report.Posts, "follows", report.Follows, "likes", report.Likes,
		"seconds", report.Took.Round(time.Millisecond).Seconds())
	return nil
}

func waitFor(ctx context.Context, ok func(context.Context) error) error {
	for ok(ctx) != nil {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
	return nil
}

func sampleTown() ([]byte, error) {
	var b bytes.Buffer
	err := town.Write(&b, town.Options{})
	return b.Bytes(), err
}

func importCommand() *cobra.Command {
	var node, key string
	var noShift, asJSON bool
	file := &cobra.Command{
		Use:   "jetstream FILE",
		Short: "Publish a Bluesky Jetstream file through a node",
		Long: `Publish a Bluesky Jetstream v1 file (.jsonl or .jsonl.gz): profiles, follows,
posts with replies, likes and reposts, through the node's relay, chain and IPFS.

Authors get keys derived from the secret in --key, which is made when it is not
there: keep it, the same secret gives the same authors. History is shifted so that
its last event is now, unless --no-shift. An import that was interrupted goes on
where it stopped when it is started again with the same file, key and node.

Exit status: 0 all published, 1 some lines were skipped (they are named), 2 not done.`,
		Example: `  candor import jetstream history.jsonl.gz --node http://127.0.0.1:8080`,
		Args:    one("name one Jetstream file"),
		RunE: func(c *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return fmt.Errorf("%s cannot be read: name a Jetstream file", args[0])
			}
			defer f.Close()
			secret, err := jetstream.LoadKey(key)
			if err != nil {
				return err
			}
			show, end := jetstream.Bar(os.Stderr)
			report, err := jetstream.Import(c.Context(), f, jetstream.Options{Node: node, Key: secret, NoShift: noShift,
				StateDir: filepath.Dir(key), Progress: show})
			end()
			return tell(c, report, err, asJSON)
		},
	}
	f := file.Flags()
	f.StringVar(&node, "node", "http://127.0.0.1:8080", "URL of the node")
	f.StringVar(&key, "key", "candor-importer.key", "file of the secret that authors' keys derive from")
	f.BoolVar(&noShift, "no-shift", false, "keep the times of the file")
	f.BoolVar(&asJSON, "json", false, "print the report as JSON")
	c := &cobra.Command{Use: "import", Short: "Publish a history from elsewhere", Args: known, RunE: help}
	c.AddCommand(file)
	return c
}

func tell(c *cobra.Command, r jetstream.Report, err error, asJSON bool) error {
	if err != nil && !errors.Is(err, jetstream.ErrSkipped) {
		return err
	}
	if asJSON {
		if err := printJSON(c.OutOrStdout(), r); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(c.OutOrStdout(), "%d profiles, %d posts (%d replies), %d follows, %d likes, %d reposts, %d deletions published in %.1f s\n",
			r.Profiles, r.Posts, r.Replies, r.Follows, r.Likes, r.Reposts, r.Deletions, r.Took.Seconds())
		for name, n := range r.Unsupported {
			fmt.Fprintf(c.OutOrStdout(), "%d events of %s are not for Candor\n", n, name)
		}
		if r.Unresolved > 0 {
			fmt.Fprintf(c.OutOrStdout(), "%d references name what the file does not hold\n", r.Unresolved)
		}
	}
	for _, s := range r.Skips {
		fmt.Fprintf(os.Stderr, "candor: line %d skipped: %s\n", s.Line, s.Why)
	}
	if err != nil {
		return exit{1}
	}
	return nil
}

func townCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "town",
		Short: "Write the sample town as a Jetstream file to standard output",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			b, err := sampleTown()
			if err == nil {
				_, err = c.OutOrStdout().Write(b)
			}
			return err
		},
	}
}
