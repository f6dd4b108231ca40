package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"

	"candor/graph"
	"candor/zkcommit"

	"github.com/spf13/cobra"
)

// maxSample is the most candidates whose place in the mirror is asked for at once.
const maxSample = 1000

// mirrorFlag adds the flag that membership reads.
func mirrorFlag(c *cobra.Command) {
	c.Flags().Int("mirror", 0, "have the node prove that so many of the run's candidates, drawn by chance, stood in its mirror; with --node, for runs of the last 256 blocks")
}

// membership checks that a sample of the run's candidates is under the mirror root
// that the run names, as the node proves it, and adds what it found. A node that
// gives no proof is no finding but an error: it may be too late to ask.
func membership(c *cobra.Command, b *zkcommit.Bundle, node string, f *zkcommit.Finding) error {
	n, err := c.Flags().GetInt("mirror")
	switch {
	case err != nil || n == 0:
		return err
	case n < 0 || n > maxSample:
		return fmt.Errorf("--mirror %d is out of range: send 1 to %d", n, maxSample)
	case node == "":
		return errors.New("--mirror goes with --node: the proofs are asked of the node that made the run")
	}
	run, err := zkcommit.ParseRun(b.Run)
	if err != nil {
		return nil // which was found already
	}
	drawn, err := draw(b.Candidates, n)
	if err != nil {
		return err
	}
	check := zkcommit.Check{Name: "mirror", OK: true}
	counts := map[string]int{}
	for _, id := range drawn {
		status, misfit, err := placed(c.Context(), node, run, id)
		if err != nil {
			return fmt.Errorf("the place of post %s in the mirror at block %d: %w", id, run.Block, err)
		}
		if misfit != nil {
			check.OK, check.Detail = false, fmt.Sprintf("post %s: %s", id, misfit)
			break
		}
		counts[status]++
	}
	if check.OK {
		check.Detail = fmt.Sprintf("%d of %d candidates, drawn by chance, are under the run's mirror root", len(drawn), len(b.Candidates))
		for _, s := range []graph.Status{graph.Present, graph.Unavailable, graph.Withheld, graph.Removed} {
			if k := counts[s.String()]; k > 0 {
				check.Detail += fmt.Sprintf(", %d %s", k, s)
			}
		}
		check.Detail += "; their texts were not compared"
	}
	f.Valid = f.Valid && check.OK
	f.Checks = append(f.Checks, check)
	return nil
}

// draw takes n of the candidates, or all, so that the node cannot know which.
func draw(all []graph.Candidate, n int) ([]graph.PostID, error) {
	ids := make([]graph.PostID, len(all))
	for i, c := range all {
		ids[i] = c.Post
	}
	n = min(n, len(ids))
	for i := range n {
		k, err := rand.Int(rand.Reader, big.NewInt(int64(len(ids)-i)))
		if err != nil {
			return nil, err
		}
		j := i + int(k.Int64())
		ids[i], ids[j] = ids[j], ids[i]
	}
	return ids[:n], nil
}

// placed asks for the proof of one post. A misfit is a proof that does not hold.
func placed(ctx context.Context, node string, run *zkcommit.Run, id graph.PostID) (status string, misfit, err error) {
	raw, err := fetch(ctx, node, fmt.Sprintf("/api/v1/mirror/%d/%s", run.Block, id))
	if err != nil {
		return "", nil, err
	}
	var a struct {
		Count, Index uint64
		Entry        struct {
			ID        graph.PostID
			Status    string
			Embedding graph.Hash
		}
		Proof []graph.Hash
	}
	if err := json.Unmarshal(raw, &a); err != nil {
		return "", fmt.Errorf("the node's proof cannot be read: %w", err), nil
	}
	p := graph.MirrorProof{Entry: graph.MirrorEntry{ID: a.Entry.ID, Embedding: a.Entry.Embedding}, Index: a.Index, Entries: a.Count, Path: a.Proof}
	known := false
	for _, s := range []graph.Status{graph.Present, graph.Unavailable, graph.Withheld, graph.Removed} {
		if s.String() == a.Entry.Status {
			p.Entry.Status, known = s, true
		}
	}
	switch {
	case !known:
		return "", fmt.Errorf("the node's proof has the status %.20q, which there is none of", a.Entry.Status), nil
	case a.Entry.ID != id:
		return "", fmt.Errorf("the node proved the place of %s instead", a.Entry.ID), nil
	}
	return a.Entry.Status, p.Verify(run.MirrorRoot), nil
}
