package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"candor/graph"
	"candor/rankers/features"
	"candor/rankers/onnx/reference"
	"candor/rankers/samples"
	"candor/rankers/tower"
	"candor/rankers/train"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common"
	"github.com/spf13/cobra"
)

func featuresCommand() *cobra.Command {
	c := &cobra.Command{Use: "features", Short: "Features of posts, to train rankers on", Args: known, RunE: help}
	c.AddCommand(featuresExportCommand())
	return c
}

func featuresExportCommand() *cobra.Command {
	var e export
	var asJSON bool
	c := &cobra.Command{
		Use:   "export",
		Short: "Write features of posts as CSV, to train and calibrate rankers",
		Long: `Write the 64 features of posts as CSV: post, viewer, gain, then a column for each feature,
named as in docs/features.md, whole numbers from -127 to 127. With --embedding 384 more
follow, embedding_0 to embedding_383, for rankers that read the post's embedding too; with
--tower the vectors of a tower stand in those columns: of a history's posts by the tower's
file, of a node's as it serves them, signed by the tower's delegates.

--events reads a history (a Jetstream file) and gives each post the features that a node
would have made for an anonymous reader when it was new, and its gain, log(1+likes), or
log(1+points) by an --engagement file. Nothing in a row tells what became of its post. The
last fifth of the posts is left out, so that candor eval can judge on it; --all takes it
too.

--node reads a running node's own rows, for nobody and for --viewers people who read there,
out of the public bundles of its runs: what its rankers really see, reactions included. A
gain is there with --block alone: log(1 + the likes, replies, reposts and quotes that the
post has now and had not at that block).`,
		Example: `  candor features export --events town.jsonl --out features.csv
  candor features export --events hn.jetstream.jsonl.gz --engagement hn.engagement.csv.gz --out features.csv
  candor features export --node http://127.0.0.1:8080 --viewers 20 --out live.csv
  candor features export --events town.jsonl --embedding --out wide.csv`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := e.check(); err != nil {
				return err
			}
			rows, err := e.run(c.Context(), c.ErrOrStderr())
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), map[string]any{"rows": rows, "file": e.out})
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "%d rows written to %s\n", rows, e.out)
			return err
		},
	}
	f := c.Flags()
	f.StringVar(&e.events, "events", "", "Jetstream file, gzipped or not")
	f.StringVar(&e.engagement, "engagement", "", "CSV file of uri,points,comments, gzipped or not, with --events; without it likes count")
	f.BoolVar(&e.all, "all", false, "with --events: the last fifth too, which candor eval judges on")
	f.StringVar(&e.node, "node", "", "URL of a node")
	f.IntVar(&e.viewers, "viewers", 10, "with --node: how many people to rank for, besides nobody")
	f.Uint64Var(&e.block, "block", 0, "with --node: block of the rows, one of the last 256; without one the newest")
	f.BoolVar(&e.embedding, "embedding", false, "the posts' embeddings too")
	f.StringVar(&e.tower, "tower", "", "vectors of a tower follow: with --events its ONNX file, with --node its name there, PLUGIN/VERSION")
	c.MarkFlagsMutuallyExclusive("embedding", "tower")
	f.StringVar(&e.out, "out", "features.csv", "file to write")
	f.BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// export is what candor features export is asked.
type export struct {
	events, engagement, node, out, tower string
	all, embedding                       bool
	viewers                              int
	block                                uint64
}

func (e *export) check() error {
	switch {
	case (e.events == "") == (e.node == ""):
		return errors.New("name a history with --events FILE, or a node with --node URL")
	case e.events == "" && (e.engagement != "" || e.all):
		return errors.New("--engagement and --all go with --events")
	case e.node == "" && e.block != 0:
		return errors.New("--block goes with --node")
	case e.viewers < 0 || e.viewers > 1000:
		return fmt.Errorf("--viewers %d is out of range: send 0 to 1000", e.viewers)
	}
	return nil
}

// run writes the file whole, or leaves what was there.
func (e *export) run(ctx context.Context, progress io.Writer) (rows int, err error) {
	f, err := os.CreateTemp(filepath.Dir(e.out), ".features-*")
	if err != nil {
		return 0, fmt.Errorf("%s cannot be written: name a file in a directory that is there with --out", e.out)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	width, err := features.Width(e.schema())
	if err == nil && e.tower != "" {
		width, err = features.Width(features.Towered())
	}
	if err != nil {
		return 0, err
	}
	w := samples.NewWriter(f, width)
	if e.events != "" {
		err = e.fromHistory(ctx, w)
	} else {
		err = e.fromNode(ctx, w, progress)
	}
	if err != nil {
		return 0, err
	}
	if rows, err = w.Close(); err == nil {
		err = errors.Join(f.Chmod(0o644), f.Close())
	}
	if err == nil {
		err = os.Rename(f.Name(), e.out)
	}
	if err != nil {
		return 0, fmt.Errorf("%s cannot be written: %w", e.out, err)
	}
	return rows, nil
}

// schema is that of the rows to write.
func (e *export) schema() graph.Hash {
	if e.embedding {
		return features.Wide()
	}
	return features.Schema()
}

func (e *export) fromHistory(ctx context.Context, w *samples.Writer) error {
	h, labels, err := readHistory(e.events, e.engagement)
	if err != nil {
		return err
	}
	gains, most := labels.Gains(), h.Cut()
	if e.all {
		most = len(h.Posts)
	}
	var behind func(string) (graph.Embedding, error)
	if e.tower != "" {
		if behind, err = openTower(ctx, e.tower); err != nil {
			return err
		}
	}
	return h.Rows(e.schema(), func(i int, row graph.Row) error {
		if i >= most {
			return ctx.Err()
		}
		if behind != nil {
			v, err := behind(h.Posts[i].Text)
			if err != nil {
				return err
			}
			row = features.Join(row, &v)
		}
		return errors.Join(ctx.Err(), w.Write(&samples.Sample{Post: h.URIs[i], Gain: gains[i], Known: true, Row: row}))
	})
}

// openTower opens a tower's file, and gives what it makes of a text.
func openTower(ctx context.Context, path string) (func(text string) (graph.Embedding, error), error) {
	var file []byte
	err := reading(path, func(r io.Reader) (err error) {
		file, err = io.ReadAll(io.LimitReader(r, zkcommit.MaxTowerFile+1))
		return err
	})
	if err != nil {
		return nil, err
	}
	m, err := reference.Open(file)
	if err == nil && (m.Width() != tower.Width || m.Outputs() > graph.EmbeddingDim) {
		err = fmt.Errorf("a model from %d to %d numbers, where a tower reads %d and gives at most %d", m.Width(), m.Outputs(), tower.Width, graph.EmbeddingDim)
	}
	if err != nil {
		return nil, fmt.Errorf("%s is no tower: %w", path, err)
	}
	return func(text string) (graph.Embedding, error) {
		v, err := m.Vectors(ctx, tower.Tokens(text))
		return tower.Pad(v), err
	}, nil
}

func (e *export) fromNode(ctx context.Context, w *samples.Writer, progress io.Writer) error {
	var over *toldTower
	schema := e.schema()
	if e.tower != "" {
		var err error
		if over, err = findTower(ctx, e.node, e.tower); err != nil {
			return err
		}
		schema = features.Towered()
	}
	readers, err := e.readers(ctx)
	if err != nil {
		return err
	}
	won := map[graph.PostID]float64{}
	for i, who := range readers {
		fmt.Fprintf(progress, "\rreader %d of %d", i+1, len(readers))
		r, err := (trial{node: e.node, viewer: who}).ask(ctx, "latest", e.block)
		if err != nil {
			return err
		}
		rows, _, err := r.rows(ctx, schema, over)
		if err != nil {
			return err
		}
		for k, id := range r.bundle.Ranked {
			s := samples.Sample{Post: id.String(), Viewer: who, Row: rows[k]}
			if e.block != 0 {
				if s.Gain, s.Known, err = e.won(ctx, won, &r, id); err != nil {
					return err
				}
			}
			if err := w.Write(&s); err != nil {
				return err
			}
		}
	}
	fmt.Fprintln(progress)
	return nil
}

// readers are nobody, and the people whom the node lists first.
func (e *export) readers(ctx context.Context) ([]string, error) {
	all := []string{""}
	for cursor := ""; len(all) <= e.viewers; {
		b, err := fetch(ctx, e.node, fmt.Sprintf("/api/v1/profiles?limit=%d&cursor=%s", graph.MaxLimit, cursor))
		if err != nil {
			return nil, err
		}
		var l struct {
			Items  []struct{ Address string }
			Cursor string
		}
		if err := json.Unmarshal(b, &l); err != nil {
			return nil, fmt.Errorf("the node at %s lists no people that can be read: it is of another version", e.node)
		}
		for _, p := range l.Items {
			if !common.IsHexAddress(p.Address) {
				return nil, fmt.Errorf("the node at %s lists %.60q as an address", e.node, p.Address)
			}
			if len(all) <= e.viewers {
				all = append(all, p.Address)
			}
		}
		if cursor = l.Cursor; cursor == "" {
			break
		}
	}
	return all, nil
}

// tally is how often people reacted to a post.
type tally struct{ Likes, Replies, Reposts, Quotes int }

func (t tally) points() int { return t.Likes + t.Replies + t.Reposts + t.Quotes }

// won is a post's gain since the run's block.
func (e *export) won(ctx context.Context, known map[graph.PostID]float64, r *ranking, id graph.PostID) (float64, bool, error) {
	if g, ok := known[id]; ok {
		return g, true, nil
	}
	var then *tally
	for i := range r.page.Items {
		if r.page.Items[i].ID == id {
			then = &r.page.Items[i].Post.tally
		}
	}
	if then == nil {
		return 0, false, nil
	}
	b, err := fetch(ctx, e.node, "/api/v1/posts/"+id.String())
	if err != nil {
		return 0, false, err
	}
	var now struct{ Post tally }
	if err := json.Unmarshal(b, &now); err != nil {
		return 0, false, fmt.Errorf("the node at %s gives no post that can be read: it is of another version", e.node)
	}
	known[id] = train.Ln(1 + float64(max(0, now.Post.points()-then.points())))
	return known[id], true, nil
}
