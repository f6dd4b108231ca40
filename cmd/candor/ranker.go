package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	selection "candor/feeds/select"
	"candor/rankers"
	"candor/rankers/publish"

	"github.com/spf13/cobra"
)

func rankerCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "ranker",
		Short: "Publish a ranker of your own, from a draft to its readers",
		Long: `Publish a ranker of your own. You train a model anywhere, on rows that candor features
export writes, and export it as ONNX; these commands do the rest, in this order:

  new        a directory with a draft to fill in
  quantise   a float ONNX perceptron becomes integers that can be proved
  check      what is missing, too long or out of range
  try        how it would order a node's posts now, beside the built-in rankers
  publish    on the chain: manifest, commitment, bond, the model locked to its date
  ask        a page by your ranker, as a reader asks, with its proof checked
  status     readers, runs, proofs and failures of your ranker on a node
  withdraw   no run uses the newest version from then on
  transfer   another publisher's ranker continues yours, and readers are told

docs/publish-a-ranker.md goes all the way.`,
		Args: known, RunE: help,
	}
	c.AddCommand(rankerNewCommand(), rankerQuantiseCommand(), rankerCheckCommand(), rankerTryCommand(),
		rankerPublishCommand(), rankerAskCommand(), rankerStatusCommand(), rankerWithdrawCommand(), rankerTransferCommand())
	return c
}

func rankerNewCommand() *cobra.Command {
	var slug string
	var embedding, vectors, tower bool
	c := &cobra.Command{
		Use:   "new DIR",
		Short: "Make a directory with a draft to fill in",
		Long: `Make a directory with ranker.toml, which says line by line what belongs there, and a
README with the next steps. Nothing is overwritten.

A ranker reads the 64 features of a post (docs/features.md); with --embedding also the 384
numbers of its text's embedding, so that its model has 448 inputs; with --vectors a tower's
vector in that place. With --tower the draft is a tower's own: a model that makes vectors of
posts (docs/towers.md), which goes the same way but for quantise and try.`,
		Example: "  candor ranker new kindling\n  candor ranker new work/kindling --slug kindling-news\n  candor ranker new meaning --embedding\n  candor ranker new spire --tower",
		Args:    one("name one new directory"),
		RunE: func(c *cobra.Command, args []string) error {
			reads, next := publish.Features, "put a model beside it with candor ranker quantise"
			switch {
			case tower:
				reads, next = publish.Tokens, "put the tower beside it as tower.onnx"
			case vectors:
				reads = publish.Vectors
			case embedding:
				reads = publish.Embedding
			}
			if err := publish.New(args[0], slug, reads); err != nil {
				return err
			}
			_, err := fmt.Fprintf(c.OutOrStdout(), "a draft is in %s/%s: fill it in, and %s\n", args[0], publish.File, next)
			return err
		},
	}
	c.Flags().StringVar(&slug, "slug", "", "the ranker's short name, for ever; without one the directory's name")
	c.Flags().BoolVar(&embedding, "embedding", false, "the model reads the post's embedding too")
	c.Flags().BoolVar(&vectors, "vectors", false, "the model reads a tower's vector too")
	c.Flags().BoolVar(&tower, "tower", false, "the draft is a tower's")
	c.MarkFlagsMutuallyExclusive("embedding", "vectors", "tower")
	return c
}

func rankerCheckCommand() *cobra.Command {
	var node string
	var asJSON bool
	c := &cobra.Command{
		Use:   "check DIR",
		Short: "Say what stands between a draft and its publication",
		Long: `Look at everything in a ranker's directory: the words that readers see and their lengths,
the selection rule, the fallback, the date, the parameters and their ranges, the schema of
the features, and the model, with the parser that nodes use: its shape, its shifts, its
weights, and whether it reads what the draft says. All that is wrong is told at once.

With --node the date is also compared with what that node's chain asks for.

Exit status: 0 it can be published, 1 something is to be changed, 2 it could not be read.`,
		Example: "  candor ranker check kindling\n  candor ranker check kindling --node http://127.0.0.1:8080",
		Args:    one("name one directory that candor ranker new made"),
		RunE: func(c *cobra.Command, args []string) error {
			d, err := publish.Read(args[0])
			if err != nil {
				return err
			}
			b, err := bounds(c.Context(), node)
			if err != nil {
				return err
			}
			r := d.Check(b)
			if asJSON {
				err = printJSON(c.OutOrStdout(), r)
			} else {
				err = printCheck(c.OutOrStdout(), d, r)
			}
			if err == nil && len(r.Problems) > 0 {
				err = exit{1}
			}
			return err
		},
	}
	c.Flags().StringVar(&node, "node", "", "URL of a node whose chain's terms count")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// bounds are what a draft is held to: the house's rules, and the terms of a node's chain.
func bounds(ctx context.Context, node string) (b publish.Bounds, err error) {
	b.Rule = func(rule string) error { _, err := selection.Select(rule, nil); return err }
	if node == "" {
		return b, nil
	}
	place, err := openPlace(ctx, node, nil)
	if err != nil {
		return b, err
	}
	defer place.close()
	terms, err := place.calls.Terms(ctx)
	b.MinDelay = leastDelay(terms.Registry)
	return b, err
}

func printCheck(w io.Writer, d *publish.Draft, r *publish.Report) error {
	for _, p := range r.Problems {
		fmt.Fprintf(w, "CHANGE  %-13s %s\n", p.At, p.Says)
	}
	for _, p := range r.Warnings {
		fmt.Fprintf(w, "NOTE    %-13s %s\n", p.At, p.Says)
	}
	if len(r.Problems) > 0 {
		return nil
	}
	when := "public at once"
	if d.Delay() > 0 {
		when = fmt.Sprintf("secret for %s", d.Delay())
	}
	if d.IsTower() {
		_, err := fmt.Fprintf(w, "READY   %s: a tower of shape %s; %s\n", d.Slug, r.Shape, when)
		return err
	}
	reads := fmt.Sprintf("%d features", len(r.Inputs))
	if r.Embedding {
		reads += " and " + map[bool]string{true: "a tower's vector", false: "the post's embedding"}[d.Tower != ""]
	}
	_, err := fmt.Fprintf(w, "READY   %s: a model of shape %s, %d weights, which reads %s; %s\n", d.Slug, r.Shape, r.Weights, reads, when)
	return err
}

// openDraft is a draft with its ranker, whatever else is to be changed about it.
func openDraft(dir string) (*publish.Draft, *rankers.Held, error) {
	d, err := publish.Read(dir)
	if err != nil {
		return nil, nil, err
	}
	m, err := d.OpenModel()
	if err != nil {
		return nil, nil, err
	}
	if d.Slug == "" {
		return nil, nil, errors.New("the draft has no slug: candor ranker check says what it lacks")
	}
	held, err := rankers.Hold(rankers.Info{ID: d.Slug, Name: d.Name, Rule: d.Rule, Schema: d.Schema, Parameters: d.Tunable()}, m)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", dir, err)
	}
	return d, held, nil
}
