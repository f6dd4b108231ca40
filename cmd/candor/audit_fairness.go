package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"

	"candor/audit"
	"candor/audit/fairness"
	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common"
	"github.com/spf13/pflag"
	"golang.org/x/sync/errgroup"
)

// fairFlags are what an auditor asks of the tests of fairness.
type fairFlags struct {
	strict                 bool
	groups, authors, words string
	merits                 []string
}

func (fl *fairFlags) register(f *pflag.FlagSet) {
	f.BoolVar(&fl.strict, "fair", false, "exit with 1 on signs of unfairness, too")
	f.StringVar(&fl.groups, "groups", "", "file of authors and their groups to compare, a line each: 0x… GROUP")
	f.StringVar(&fl.authors, "authors", "", "file of authors whose posts to compare with others that earned as much, one 0x… a line")
	f.StringVar(&fl.words, "words", "", "file of words to do the same for, one a line")
	f.StringSliceVar(&fl.merits, "merit", nil, "name of a feature (docs/features.md) that counts as earned, beside the usual ones")
}

// Bounds of an auditor's lists. Each word is written into each post of the sample.
const (
	mostListed = 100_000
	mostWords  = 200
)

// options reads the files.
func (fl fairFlags) options() (o fairness.Options, err error) {
	o.Merits = fl.merits
	if err := fairness.CheckMerits(fl.merits); err != nil {
		return o, err
	}
	o.Groups = map[graph.Address]string{}
	for _, x := range []struct {
		file string
		take func(fields []string) bool
	}{
		{fl.groups, func(f []string) bool {
			if len(f) < 2 || !common.IsHexAddress(f[0]) {
				return false
			}
			o.Groups[common.HexToAddress(f[0])] = strings.Join(f[1:], " ")
			return true
		}},
		{fl.authors, func(f []string) bool {
			if len(f) != 1 || !common.IsHexAddress(f[0]) {
				return false
			}
			o.Authors = append(o.Authors, common.HexToAddress(f[0]))
			return true
		}},
		{fl.words, func(f []string) bool { o.Words = append(o.Words, strings.Join(f, " ")); return true }},
	} {
		if x.file == "" {
			continue
		}
		if err := readLines(x.file, x.take); err != nil {
			return o, err
		}
	}
	for _, l := range []struct{ has, most int }{{len(o.Groups), mostListed}, {len(o.Authors), mostListed}, {len(o.Words), mostWords}} {
		if l.has > l.most {
			return o, fmt.Errorf("a list of %d lines is too long: give at most %d", l.has, l.most)
		}
	}
	return o, nil
}

// readLines reads a file's lines without empty ones and those behind #.
func readLines(name string, take func(fields []string) bool) error {
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("the list cannot be read: %w", err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	for n := 1; s.Scan(); n++ {
		if fields := strings.Fields(s.Text()); len(fields) > 0 && fields[0][0] != '#' && !take(fields) {
			return fmt.Errorf("%s, line %d: %.60q is not what this list takes: see candor audit --help", name, n, s.Text())
		}
	}
	return s.Err()
}

// battery gathers runs of revealed models while the audit replays them.
type battery struct {
	revealed int
	versions map[versionID]*fairness.Version
}

// versionID has the commitment, too: a log may name two models for one version.
type versionID struct {
	plugin, commitment graph.Hash
	number             uint32
}

// newBattery listens to the runs that check will replay; its models are known by then.
func newBattery(check *audit.Runs) *battery {
	b := &battery{revealed: len(check.Models), versions: map[versionID]*fairness.Version{}}
	check.Replayed = b.take
	return b
}

func (b *battery) take(m *zkcommit.Model, run *zkcommit.Run, doc *zkcommit.Bundle) {
	if zkcommit.Tuned(doc.Parameters) {
		return // its rows are what its reader made of them
	}
	key := versionID{run.Plugin, run.Commitment, run.Version}
	v := b.versions[key]
	if v == nil {
		d := &doc.Manifest.Manifest
		v = &fairness.Version{Plugin: run.Plugin, Number: run.Version, Name: d.Name, Declared: d.Description, Schema: run.FeatureSchema, Model: m,
			Sample: fairness.NewSample(b.revealed)}
		b.versions[key] = v
	}
	v.Sample.Add(run.ID(), func() []fairness.Post { return postsOf(doc) })
}

func postsOf(b *zkcommit.Bundle) []fairness.Post {
	authors := make(map[graph.PostID]graph.Address, len(b.Candidates))
	for _, c := range b.Candidates {
		authors[c.Post] = c.Author
	}
	posts := make([]fairness.Post, len(b.Ranked))
	for i, id := range b.Ranked {
		row := make([]int8, len(b.Features[i]))
		for k, v := range b.Features[i] {
			row[k] = int8(v)
		}
		posts[i] = fairness.Post{ID: id, Author: authors[id], Row: row}
	}
	return posts
}

// report tests each version that has runs.
func (b *battery) report(ctx context.Context, s *subject, r *audit.Report, progress io.Writer) error {
	keys := make([]versionID, 0, len(b.versions))
	for k := range b.versions {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b versionID) int {
		return cmp.Or(slices.Compare(a.plugin[:], b.plugin[:]), cmp.Compare(a.number, b.number), slices.Compare(a.commitment[:], b.commitment[:]))
	})
	var err error
	if s.fair.Texts, err = b.texts(ctx, s.node, keys, r, progress); err != nil {
		return err
	}
	show, end := countBar(progress, "fairness", int64(len(keys)))
	defer end()
	r.Fairness = make([]*fairness.Section, len(keys))
	auditor := fairness.New(s.fair)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	var mu sync.Mutex
	done := uint64(0)
	for i, k := range keys {
		var before *fairness.Version
		if i > 0 && keys[i-1].plugin == k.plugin {
			before = b.versions[keys[i-1]]
		}
		g.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			r.Fairness[i] = auditor.Audit(b.versions[k], before)
			mu.Lock()
			defer mu.Unlock()
			done++
			show(done)
			return nil
		})
	}
	return g.Wait()
}

// mostTexts bounds how many posts a node is asked for.
const mostTexts = 1_000

// texts asks the node for posts of the samples. A test believes a text only as far as
// it gives the features that were ranked.
func (b *battery) texts(ctx context.Context, node string, keys []versionID, r *audit.Report, progress io.Writer) (map[graph.PostID]graph.PostContent, error) {
	ids := map[graph.PostID]bool{}
	for _, k := range keys {
		if !b.versions[k].Sample.Enough() {
			continue
		}
		for _, run := range b.versions[k].Sample.Runs() {
			for _, p := range run.Posts {
				if len(ids) < mostTexts {
					ids[p.ID] = true
				}
			}
		}
	}
	texts := map[graph.PostID]graph.PostContent{}
	if node == "" || len(ids) == 0 {
		return texts, nil
	}
	show, end := countBar(progress, "texts", int64(len(ids)))
	defer end()
	asked := uint64(0)
	for id := range ids {
		if asked++; ctx.Err() != nil {
			return nil, ctx.Err()
		}
		show(asked)
		doc, err := get(ctx, strings.TrimSuffix(node, "/")+"/api/v1/posts/"+url.PathEscape(id.String()), maxPostAnswer)
		var answer struct{ Post graph.PostView }
		if err != nil || json.Unmarshal(doc, &answer) != nil || answer.Post.ID != id {
			continue // it was removed, or the node does not say: the test goes without
		}
		v := answer.Post
		texts[id] = graph.PostContent{Text: v.Text, Langs: v.Langs, Tags: v.Tags, Link: v.Link}
	}
	r.Notes = append(r.Notes, fmt.Sprintf("the tests of fairness had the texts of %d of %d posts, on the node's word, and used those that give the features that were ranked", len(texts), len(ids)))
	return texts, nil
}

// maxPostAnswer is the most bytes that a node may answer with for a post and its replies.
const maxPostAnswer = 16 << 20

// printFairness writes what the tests say.
func printFairness(s *strings.Builder, r *audit.Report) {
	for _, f := range r.Fairness {
		fmt.Fprintf(s, "fair   %s version %d: %s, by %d runs\n", plain(f.Name), f.Version, f.Verdict, f.Runs)
		for _, t := range f.Signs() {
			fmt.Fprintf(s, "SIGN   %-14s %s\n", t.Name, plain(t.Says))
		}
	}
}
