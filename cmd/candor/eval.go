package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"

	"candor/graph"
	"candor/rankers"
	"candor/rankers/evaluate"
	"candor/rankers/features"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

type evalFlags struct {
	events, engagement, scores string
	rankers                    []string
	tower                      string
	seed                       uint64
	asJSON                     bool
}

func evalCommand() *cobra.Command {
	var fl evalFlags
	c := &cobra.Command{
		Use:   "eval --events FILE[.gz]",
		Short: "Replay recorded history and measure how well rankers order it",
		Long: `Replay recorded history and measure how well rankers order it.

The first four fifths of the posts in the file may be trained on, here and now; the rest is
judged in slates of 100 consecutive posts. A post's gain is log(1+points) by the engagement
file (uri,points,comments), or log(1+likes) by the events. No ranker sees what a judged post
won. The same files give the same output on every machine.

Printed are NDCG@10, averaged over the slates, and other measures with intervals of 95 %;
docs/evaluation.md has their formulas. --scores writes every ranking, so that you can
compute the measures yourself. --ranker judges a ranker of your own too, by the features
that a node would make for an anonymous reader; do not train it on the judged posts
(candor features export leaves them out). A ranker over a tower needs the tower's file, as
--tower, which makes the posts' vectors here.`,
		Example: `  candor eval --events hn.jetstream.jsonl.gz --engagement hn.engagement.csv.gz --json
  candor eval --events town.jsonl --scores scores.csv
  candor eval --events town.jsonl --ranker kindling
  candor eval --events town.jsonl --ranker head --tower spire/tower.onnx`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return runEval(c, fl) },
	}
	f := c.Flags()
	f.StringVar(&fl.events, "events", "", "Jetstream file, gzipped or not")
	f.StringVar(&fl.engagement, "engagement", "", "CSV file of uri,points,comments, gzipped or not; without it likes count")
	f.StringVar(&fl.scores, "scores", "", "file to write every ranking to, as CSV")
	f.StringArrayVar(&fl.rankers, "ranker", nil, "directory of a ranker to judge too, as candor ranker new makes it; may be repeated")
	f.StringVar(&fl.tower, "tower", "", "ONNX file of the tower that rankers over one read")
	f.Uint64Var(&fl.seed, "seed", 1, "seed of chance")
	f.BoolVar(&fl.asJSON, "json", false, "print JSON")
	return c
}

func runEval(c *cobra.Command, fl evalFlags) error {
	if fl.events == "" {
		return errors.New("name a history with --events FILE")
	}
	h, labels, err := readHistory(fl.events, fl.engagement)
	if err != nil {
		return err
	}
	guests, err := fl.guests(c.Context(), h)
	if err != nil {
		return err
	}
	r, err := evaluate.Evaluate(h, labels, fl.seed, guests...)
	if err != nil {
		return fmt.Errorf("%s: %w", fl.events, err)
	}
	if fl.scores != "" {
		if err := writeScores(fl.scores, r); err != nil {
			return err
		}
	}
	if fl.asJSON {
		return printJSON(c.OutOrStdout(), r)
	}
	return printEvaluation(c.OutOrStdout(), r)
}

// guests are the rankers to judge too. What those over a tower read of the history is made by
// the tower's file, of each judged post once.
func (fl *evalFlags) guests(ctx context.Context, h *evaluate.History) (all []rankers.Ranker, err error) {
	var over func(text string) (graph.Embedding, error)
	if fl.tower != "" {
		if over, err = openTower(ctx, fl.tower); err != nil {
			return nil, err
		}
	}
	judged := h.Posts[h.Cut():]
	made := sync.OnceValues(func() ([]graph.Embedding, error) {
		vs, g := make([]graph.Embedding, len(judged)), errgroup.Group{}
		g.SetLimit(runtime.NumCPU())
		for i := range judged {
			g.Go(func() (err error) { vs[i], err = over(judged[i].Text); return err })
		}
		return vs, g.Wait()
	})
	name := ""
	h.Over = map[string]evaluate.Vectors{}
	for _, dir := range fl.rankers {
		d, r, err := openDraft(dir)
		if err != nil {
			return nil, err
		}
		if all = append(all, r); d.Schema != features.Towered() || over == nil {
			continue
		}
		if name != "" && d.Tower != name {
			return nil, fmt.Errorf("the rankers read two towers, %.90s and %.90s: judge those of one at a time, with its file", name, d.Tower)
		}
		name = d.Tower
		h.Over[r.Info().ID] = func(i int) (graph.Embedding, error) {
			vs, err := made()
			if err != nil {
				return graph.Embedding{}, err
			}
			return vs[i-h.Cut()], nil
		}
	}
	if fl.tower != "" && name == "" {
		return nil, errors.New("--tower is read for rankers over a tower: name one with --ranker DIR")
	}
	return all, nil
}

// readHistory reads events and what became of their posts: points if there is a file of
// them, likes otherwise.
func readHistory(events, engagement string) (h *evaluate.History, labels *evaluate.Labels, err error) {
	if err := reading(events, func(r io.Reader) (err error) { h, err = evaluate.ReadEvents(r); return err }); err != nil {
		return nil, nil, err
	}
	labels = h.Likes()
	if engagement != "" {
		err = reading(engagement, func(r io.Reader) (err error) { labels, err = h.Points(r); return err })
	}
	return h, labels, err
}

// reading opens a file for f; errors name it.
func reading(name string, f func(io.Reader) error) error {
	in, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("cannot read %s: name a file that is there", name)
	}
	defer in.Close()
	if err := f(in); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func writeScores(name string, r *evaluate.Report) error {
	out, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("cannot write %s: name a file in a directory that is there", name)
	}
	err = errors.Join(r.WriteScores(out), out.Close())
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	return nil
}

func printEvaluation(w io.Writer, r *evaluate.Report) error {
	var s strings.Builder
	fmt.Fprintf(&s, "%d posts: %d to train on, %d judged in %d slates by %s", r.Posts, r.Trained, r.Judged, r.Slates+r.WithoutGain, r.Label)
	if r.WithoutGain > 0 {
		fmt.Fprintf(&s, ", %d of which have no gain and do not count", r.WithoutGain)
	}
	fmt.Fprintf(&s, "\n\n%-14s %-24s %8s %7s %7s %7s %8s %9s %8s %7s %7s\n", "ranker", "NDCG@10 (95 %)", "latest+", "MRR", "AUC", "rec.@10", "coverage", "diversity", "fairness", "novelty", "RCE")
	figure := func(width, digits int, v *float64) string {
		if v == nil {
			return fmt.Sprintf("%*s", width, "–")
		}
		return fmt.Sprintf("%*.*f", width, digits, *v)
	}
	for _, name := range r.Names() {
		x := r.Rankers[name]
		i := x.Intervals["ndcg10"]
		over := "–"
		if x.OverLatest != nil {
			over = fmt.Sprintf("%+.1f %%", 100**x.OverLatest)
		}
		fmt.Fprintf(&s, "%-14s %.4f (%.4f – %.4f) %8s %s %s %s %s %s %s %s %s\n", name, *x.NDCG10, i[0], i[1], over,
			figure(7, 3, x.MRR), figure(7, 3, x.AUC), figure(7, 3, x.Recall10), figure(8, 3, x.Coverage), figure(9, 3, x.Diversity),
			figure(8, 3, x.Fairness), figure(7, 2, x.Novelty), figure(7, 2, x.RCE))
	}
	q := r.Quantisation
	fmt.Fprintf(&s, "\nhybrid is a model of shape %s, trained on these posts; its integers lose %.2f %% of the NDCG@10 of the float model (%.4f for %.4f).\n",
		q.Shape, 100*q.Lost, q.NDCG10, q.FloatNDCG10)
	_, err := io.WriteString(w, s.String())
	return err
}
