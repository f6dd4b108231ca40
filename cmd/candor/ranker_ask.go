package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"candor/graph"
	"candor/zkcommit"

	"github.com/spf13/cobra"
)

func rankerAskCommand() *cobra.Command {
	var o ownFlags
	var wait time.Duration
	c := &cobra.Command{
		Use:   "ask DIR",
		Short: "Ask a node for a page by your ranker, as a reader does, and check its proof",
		Long: `Ask a node for a page by the published ranker of a directory, as a reader does who names
nobody, wait until its run is proven, and check the run and its proof on this machine as
candor verify does. A page that another ranker stood in for is no answer of yours.

Exit status: 0 proven and valid, 1 not, 2 it could not be asked.`,
		Example: "  candor ranker ask kindling --node http://127.0.0.1:8080",
		Args:    one("name one directory that candor ranker new made"),
		RunE: func(c *cobra.Command, args []string) error {
			d, w, err := o.open(args[0])
			if err != nil {
				return err
			}
			end := time.Now().Add(wait)
			id := zkcommit.PluginID(w.address, d.Slug)
			s, err := o.awaited(c.Context(), d.Slug, id, wait)
			if err != nil {
				return err
			}
			if s.Served == nil {
				return fmt.Errorf("the node at %s does not serve it: start candor worker, or have its operator host it", o.node)
			}
			a, err := o.ask(c.Context(), id)
			if err != nil {
				return err
			}
			began := time.Now()
			said, err := o.proven(c.Context(), a.Run.ID, end)
			if err != nil {
				return err
			}
			if !o.asJSON {
				fmt.Fprintf(c.OutOrStdout(), "PAGE    %d posts by %s, run %s\n", len(a.Items), d.Slug, a.Run.ID)
				fmt.Fprintf(c.OutOrStdout(), "PROOF   %s, after %.1f s\n", plain(said), time.Since(began).Seconds())
			}
			doc, err := readBundle(c.Context(), o.node, a.Run.ID.String(), a.Run.Opening.String())
			if err == nil {
				err = judge(c, doc, verifyFlags{node: o.node, name: a.Run.ID.String(), asJSON: o.asJSON})
			}
			if err == nil && said != "proven" {
				err = exit{1}
			}
			return err
		},
	}
	o.flags(c)
	mirrorFlag(c)
	c.Flags().DurationVar(&wait, "wait", 5*time.Minute, "how long to wait for the page and for the proof")
	return c
}

// asked is what is read of a feed's page.
type asked struct {
	Items []struct{ ID graph.PostID }
	Run   struct {
		ID, Opening graph.Hash
		Ranker      string
	}
	Fallback *struct{ Reason string }
}

// ask has the node rank by the plugin.
func (o *ownFlags) ask(ctx context.Context, id graph.Hash) (*asked, error) {
	b, err := fetch(ctx, o.node, "/api/v1/feed?"+url.Values{"ranker": {id.Hex()}}.Encode())
	if err != nil {
		return nil, err
	}
	var a asked
	if err := json.Unmarshal(b, &a); err != nil {
		return nil, fmt.Errorf("the node at %s gives no feed that can be read: it is of another version", o.node)
	}
	if a.Run.Ranker != id.Hex() {
		why := "the node does not say why"
		if a.Fallback != nil {
			why = plain(a.Fallback.Reason)
		}
		return nil, fmt.Errorf("%s ranked in its place (%s): candor ranker status says how its workers stand", plain(a.Run.Ranker), why)
	}
	return &a, nil
}

// proven waits until the run's proof is decided, or the end has come, and says how it stands.
func (o *ownFlags) proven(ctx context.Context, run graph.Hash, end time.Time) (string, error) {
	for {
		b, err := fetch(ctx, o.node, "/api/v1/runs/"+run.String())
		if err != nil {
			return "", err
		}
		var r struct{ Proof string }
		if err := json.Unmarshal(b, &r); err != nil {
			return "", fmt.Errorf("the node at %s gives no run that can be read: it is of another version", o.node)
		}
		if r.Proof != "pending" || time.Now().After(end) {
			return r.Proof, nil
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(300 * time.Millisecond):
		}
	}
}
