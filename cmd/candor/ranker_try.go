package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	selection "candor/feeds/select"
	"candor/graph"
	"candor/graph/embed"
	"candor/rankers"
	"candor/rankers/features"
	"candor/rankers/publish"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"
)

func rankerTryCommand() *cobra.Command {
	var t trial
	var asJSON bool
	c := &cobra.Command{
		Use:   "try DIR",
		Short: "Order a node's posts of this moment by a draft, before anything is published",
		Long: `Order the posts that a node considers now, for one reader or for nobody, by the model in
a ranker's directory, and show what would stand at the top beside the built-in rankers
latest and hybrid, with how much they have in common. All comes from the node's public
pages: candidates and features of its own runs at one block, and of a ranker over a tower
the vectors that the node serves, with the signatures checked. Nothing is published, and
the model stays on this machine. Parameters have their defaults, as for readers who tune
nothing.`,
		Example: `  candor ranker try kindling
  candor ranker try kindling --node https://node.example --viewer 0x… --top 20`,
		Args: one("name one directory that candor ranker new made"),
		RunE: func(c *cobra.Command, args []string) error {
			if t.top < 1 || t.top > zkcommit.K {
				return fmt.Errorf("--top %d is out of range: send 1 to %d", t.top, zkcommit.K)
			}
			if t.viewer != "" && !common.IsHexAddress(t.viewer) {
				return fmt.Errorf("--viewer %.60q is no address: send 0x and 40 hexadecimal digits", t.viewer)
			}
			d, r, err := openDraft(args[0])
			if err != nil {
				return err
			}
			f, err := t.run(c.Context(), r, d)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), f)
			}
			return f.print(c.OutOrStdout())
		},
	}
	f := c.Flags()
	f.StringVar(&t.node, "node", "http://127.0.0.1:8080", "URL of the node")
	f.StringVar(&t.viewer, "viewer", "", "address of the reader to rank for (0x…); without one for nobody in particular")
	f.IntVar(&t.top, "top", 10, "how many posts to show and to compare")
	f.BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// trial is what candor ranker try is asked.
type trial struct {
	node, viewer string
	top          int
}

// tried is what it answers.
type tried struct {
	Block    uint64        `json:"block"`
	Posts    int           `json:"posts"` // ranked
	Viewer   string        `json:"viewer,omitempty"`
	Own      orderOf       `json:"own"`
	Others   []orderOf     `json:"others"`
	Overlaps []overlapWith `json:"overlaps"`
	Scores   int           `json:"scores"`            // different ones: few mean that many posts tie
	Lacking  int           `json:"lacking,omitempty"` // posts of which the tower's vector is not there
}

type orderOf struct {
	Ranker string    `json:"ranker"`
	Top    []topPost `json:"top"`

	served []graph.PostID
}

type topPost struct {
	ID     graph.PostID `json:"id"`
	Author string       `json:"author"`
	Text   string       `json:"text"`
}

type overlapWith struct {
	Ranker  string  `json:"ranker"`
	Shared  int     `json:"shared"`  // posts that both have at the top
	Kendall float64 `json:"kendall"` // of the orders of all posts, from -1 to 1
}

// ranking is a node's run with its bundle.
type ranking struct {
	page   tryPage
	bundle *zkcommit.Bundle
	run    *zkcommit.Run
}

// tryPage is what is read of a feed's page.
type tryPage struct {
	Items []struct {
		ID   graph.PostID
		Post struct {
			AuthorName, Author, Text, CID string
			tally
		}
	}
	Run struct {
		ID, Opening graph.Hash
		Block       uint64
	}
}

// ask has the node rank, and reads what it ranked.
func (t trial) ask(ctx context.Context, ranker string, block uint64) (r ranking, err error) {
	q := url.Values{"ranker": {ranker}, "limit": {fmt.Sprint(graph.MaxLimit)}}
	if t.viewer != "" {
		q.Set("viewer", t.viewer)
	}
	if block != 0 {
		q.Set("block", fmt.Sprint(block))
	}
	raw, err := fetch(ctx, t.node, "/api/v1/feed?"+q.Encode())
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(raw, &r.page); err != nil {
		return r, fmt.Errorf("the node at %s gives no feed that can be read: it is of another version", t.node)
	}
	if raw, err = fetch(ctx, t.node, fmt.Sprintf("/api/v1/runs/%s/bundle?opening=%s", r.page.Run.ID, r.page.Run.Opening)); err != nil {
		return r, err
	}
	if r.bundle, err = zkcommit.ParseBundle(raw); err == nil {
		r.run, err = zkcommit.ParseRun(r.bundle.Run)
	}
	if err != nil {
		return r, fmt.Errorf("what the node at %s gives for its run: %w", t.node, err)
	}
	return r, nil
}

// rows are the ranked posts' rows of the schema: the features that the node's run has, and
// for wide ones the embedding of the text that its page shows, or what the tower over made
// of it, as far as it did.
func (r ranking) rows(ctx context.Context, schema graph.Hash, over *toldTower) (rows []graph.Row, lacking int, err error) {
	if made := features.Schema(); r.run.FeatureSchema != made {
		return nil, 0, fmt.Errorf("the node makes features of the schema %s and this version reads %s: use its version", r.run.FeatureSchema, made)
	}
	width, err := features.Width(schema)
	if err != nil {
		return nil, 0, err
	}
	if len(r.bundle.Features) != len(r.bundle.Ranked) {
		return nil, 0, errors.New("the node's bundle has not one row for each ranked post")
	}
	text, content, texts := map[graph.PostID]string{}, map[graph.PostID]cid.Cid{}, map[cid.Cid]string{}
	for i := range r.page.Items {
		p := &r.page.Items[i]
		text[p.ID] = p.Post.Text
		if c, err := cid.Decode(p.Post.CID); err == nil {
			content[p.ID], texts[c] = c, p.Post.Text
		}
	}
	var vectors map[cid.Cid]graph.Embedding
	if schema == features.Towered() {
		if vectors, err = over.vectors(ctx, texts, r.page.Run.Block); err != nil {
			return nil, 0, err
		}
	}
	for i, line := range r.bundle.Features {
		if len(line) != graph.Features {
			return nil, 0, fmt.Errorf("the node's rows have %d features and this version reads %d", len(line), graph.Features)
		}
		row := make(graph.Row, len(line))
		for k, b := range line {
			row[k] = int8(b)
		}
		if width > graph.Features {
			shown, ok := text[r.bundle.Ranked[i]]
			if !ok {
				return nil, 0, fmt.Errorf("the node's page does not show post %s, which its run ranks, so that there is no embedding of it", r.bundle.Ranked[i])
			}
			e := embed.Text(shown)
			if over != nil {
				if e, ok = vectors[content[r.bundle.Ranked[i]]]; !ok {
					lacking++
				}
			}
			row = features.Join(row, &e)
		}
		rows = append(rows, row)
	}
	return rows, lacking, nil
}

func (t trial) run(ctx context.Context, own *rankers.Held, d *publish.Draft) (*tried, error) {
	var over *toldTower
	if d.Schema == features.Towered() {
		var err error
		if over, err = findTower(ctx, t.node, d.Tower); err != nil {
			return nil, err
		}
	}
	var rs []ranking
	block := uint64(0)
	for _, name := range []string{"latest", "hybrid"} {
		r, err := t.ask(ctx, name, block)
		if err != nil {
			return nil, err
		}
		block = r.page.Run.Block
		rs = append(rs, r)
	}
	base := rs[0]
	rows, lacking, err := base.rows(ctx, d.Schema, over)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, errors.New("the node has no posts to rank for this reader yet: try another reader, or later")
	}
	scores, err := rankers.Usual(own).Score(ctx, rows)
	if err != nil {
		return nil, err
	}
	served, err := serve(base.bundle, own.Info().Rule, scores)
	if err != nil {
		return nil, err
	}
	f := &tried{Block: block, Posts: len(rows), Viewer: t.viewer, Scores: distinct(scores), Lacking: lacking,
		Own:    orderOf{Ranker: own.Info().ID + " (yours)", served: served},
		Others: []orderOf{{Ranker: "latest", served: rs[0].bundle.Served}, {Ranker: "hybrid", served: rs[1].bundle.Served}}}
	posts := map[graph.PostID]topPost{}
	for _, r := range rs {
		for _, i := range r.page.Items {
			name := i.Post.AuthorName
			if name == "" {
				name = fmt.Sprintf("%.8s…", i.Post.Author)
			}
			posts[i.ID] = topPost{i.ID, name, i.Post.Text}
		}
	}
	for _, o := range append([]*orderOf{&f.Own}, &f.Others[0], &f.Others[1]) {
		for _, id := range o.served[:min(t.top, len(o.served))] {
			p := posts[id]
			p.ID = id
			o.Top = append(o.Top, p)
		}
	}
	for _, o := range f.Others {
		f.Overlaps = append(f.Overlaps, overlapWith{o.Ranker, shared(f.Own.Top, o.Top), kendall(f.Own.served, o.served)})
	}
	return f, nil
}

// serve is what readers would see of a bundle's posts in the order of these scores.
func serve(b *zkcommit.Bundle, rule string, scores []graph.Score) ([]graph.PostID, error) {
	of := map[graph.PostID]graph.Candidate{}
	for _, c := range b.Candidates {
		of[c.Post] = c
	}
	var ranked []graph.Candidate
	for _, i := range zkcommit.Order(b.Ranked, scores) {
		ranked = append(ranked, of[b.Ranked[i]])
	}
	return selection.Select(rule, ranked)
}

func distinct(scores []graph.Score) int {
	s := slices.Clone(scores)
	slices.Sort(s)
	return len(slices.Compact(s))
}

func shared(a, b []topPost) (n int) {
	for _, p := range a {
		if slices.ContainsFunc(b, func(q topPost) bool { return q.ID == p.ID }) {
			n++
		}
	}
	return n
}

// kendall is the rank correlation of two orders of the posts that both hold.
func kendall(a, b []graph.PostID) float64 {
	place := map[graph.PostID]int{}
	for i, id := range b {
		place[id] = i
	}
	var at []int
	for _, id := range a {
		if i, ok := place[id]; ok {
			at = append(at, i)
		}
	}
	agree, pairs := 0, len(at)*(len(at)-1)/2
	for i := range at {
		for j := range i {
			if at[j] < at[i] {
				agree++
			}
		}
	}
	if pairs == 0 {
		return 0
	}
	return 2*float64(agree)/float64(pairs) - 1
}

func (f *tried) print(w io.Writer) error {
	who := "nobody in particular"
	if f.Viewer != "" {
		who = f.Viewer
	}
	fmt.Fprintf(w, "%d posts at block %d, for %s; %d different scores\n", f.Posts, f.Block, who, f.Scores)
	if f.Lacking > 0 {
		fmt.Fprintf(w, "of %d of them the tower has made no vector yet, so that they count with zeros in its place\n", f.Lacking)
	}
	for _, o := range append([]orderOf{f.Own}, f.Others...) {
		fmt.Fprintf(w, "\n%s\n", plain(o.Ranker))
		for i, p := range o.Top {
			fmt.Fprintf(w, "%3d  %-18s %s\n", i+1, cut(p.Author, 18), cut(p.Text, 90))
		}
	}
	fmt.Fprintln(w)
	for _, o := range f.Overlaps {
		fmt.Fprintf(w, "with %-7s %d of the first %d in common, Kendall τ %+.2f over all\n", o.Ranker, o.Shared, len(f.Own.Top), o.Kendall)
	}
	_, err := fmt.Fprintln(w, "nothing was published")
	return err
}

// cut shortens what others wrote to one line of so many characters.
func cut(s string, most int) string {
	r := []rune(plain(strings.Join(strings.Fields(s), " ")))
	if len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return string(r)
}
