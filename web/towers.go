package web

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/gofiber/fiber/v2"
	"github.com/ipfs/go-cid"
)

// Towers are those whose vectors this node's rankers read.
type Towers interface {
	// Towers lists them, by plugin and version.
	Towers(context.Context) ([]Tower, error)
	// Vectors are what a tower made of contents, in the order in which this node got them,
	// behind the number, at most limit; ok is false when this node has no such tower.
	Vectors(ctx context.Context, of zkcommit.TowerName, after uint64, limit int) (vs []zkcommit.TowerVector, ok bool, err error)
	// Made are those of these contents, of which there are some.
	Made(ctx context.Context, of zkcommit.TowerName, contents []cid.Cid) (vs []zkcommit.TowerVector, ok bool, err error)
	// Near are the posts present at the block, the given one too, of which the tower's vectors
	// have the largest inner products with that of the post, then newest first.
	Near(ctx context.Context, of zkcommit.TowerName, p graph.Post, block uint64, limit int) ([]graph.PostID, error)
}

// Tower is one version of a tower, as this node has it.
type Tower struct {
	ID          string        `json:"id"` // PLUGIN/VERSION
	Slug        string        `json:"slug"`
	Name        string        `json:"name"`
	Description string        `json:"description"`
	Publisher   graph.Address `json:"publisher"`
	Commitment  graph.Hash    `json:"commitment"`
	Shape       string        `json:"shape"`
	RevealBy    uint64        `json:"revealBy"`  // seconds; 0: nothing is secret
	Assurance   string        `json:"assurance"` // committed, or replicated while several operators are there
	Manifest    string        `json:"manifest"`  // CID
	Vectors     uint64        `json:"vectors"`   // of contents, so far
	Workers     []Worker      `json:"workers"`

	Signed *zkcommit.SignedManifest `json:"-"`
}

func (s *Server) towers(c *fiber.Ctx) error {
	if err := known(c); err != nil {
		return err
	}
	all, err := s.Towers.Towers(c.UserContext())
	if err != nil {
		return err
	}
	return c.JSON(list{Items: append([]Tower{}, all...)})
}

// vector is what a tower made of one content.
type vector struct {
	ID      string                `json:"id"`      // its place in this list
	Content string                `json:"content"` // CID
	From    uint64                `json:"from"`    // block from which runs read it
	Vector  hexutil.Bytes         `json:"vector"`  // int8, one a byte
	Words   []zkcommit.VectorWord `json:"words"`   // of those who made it alike
}

func towerName(plugin, version string) (of zkcommit.TowerName, err error) {
	if of.Plugin, err = hash(plugin, "a plugin's id"); err != nil {
		return of, err
	}
	n, err := number(version, "version")
	of.Version = uint32(min(n, math.MaxUint32))
	return of, err
}

// similar lists the posts that are nearest to one: by the meaning of its words, or by what a
// tower made of it.
func (s *Server) similar(c *fiber.Ctx) error {
	if err := known(c, "tower", "limit"); err != nil {
		return err
	}
	n, err := limit(c)
	if err != nil {
		return err
	}
	snap, err := s.Mirror.Latest(c.UserContext())
	if err != nil {
		return err
	}
	p, err := findPost(snap, c.Params("id"))
	if err != nil {
		return err
	}
	if p.Status != graph.Present {
		return graph.NotFound("post %s is there without its text, so that nothing is near to it", p.ID)
	}
	var ids []graph.PostID
	if name := c.Query("tower"); name == "" {
		ids, err = snap.Near(&p.Embedding, n+1)
	} else {
		plugin, version, _ := strings.Cut(name, "/")
		var of zkcommit.TowerName
		if of, err = towerName(plugin, version); err == nil {
			ids, err = s.Towers.Near(c.UserContext(), of, *p, snap.Block().Number, n+1)
		}
	}
	if err != nil {
		return err
	}
	ids = slices.DeleteFunc(ids, func(id graph.PostID) bool { return id == p.ID })
	posts, err := present(snap, ids[:min(n, len(ids))])
	if err != nil {
		return err
	}
	if c.Query("tower") == "" { // a tower's vectors have no measure of their own
		posts = slices.DeleteFunc(posts, func(q graph.Post) bool { return p.Embedding.Dot(&q.Embedding) < leastNear })
	}
	views, err := graph.Views(snap, posts)
	if err != nil {
		return err
	}
	s.labelled(views)
	return c.JSON(foundList{list{views, ""}, snap.Block().Number})
}

// maxContents is of how many contents vectors are asked for by name: a request's head is short.
const maxContents = 30

// contentNames are the contents that are asked for; nil: all.
func contentNames(c *fiber.Ctx) (out []cid.Cid, err error) {
	asked := c.Query("content")
	if asked == "" {
		return nil, nil
	}
	names := strings.Split(asked, ",")
	if len(names) > maxContents || c.Query("cursor") != "" {
		return nil, graph.Malformed("%d contents are asked for: name at most %d, without a cursor", len(names), maxContents)
	}
	for _, name := range names {
		k, err := cid.Decode(name)
		if err != nil {
			return nil, graph.Malformed("%.80q is no CID: send those of posts' contents, with commas between them", name)
		}
		if !slices.ContainsFunc(out, k.Equals) {
			out = append(out, k)
		}
	}
	return out, nil
}

// vectors lists a tower's vectors with who signed them, so that auditors can make rows again.
func (s *Server) vectors(c *fiber.Ctx) error {
	if err := known(c, "limit", "cursor", "content"); err != nil {
		return err
	}
	n, err := limit(c)
	if err != nil {
		return err
	}
	of, err := towerName(c.Params("plugin"), c.Params("version"))
	if err != nil {
		return err
	}
	contents, err := contentNames(c)
	if err != nil {
		return err
	}
	after := uint64(0)
	if cur := c.Query("cursor"); cur != "" {
		if after, err = strconv.ParseUint(cur, 10, 63); err != nil {
			return graph.Malformed("the cursor %.80q is not one of this list: send the cursor of the page before, or none", cur)
		}
	}
	var all []zkcommit.TowerVector
	var ok bool
	if contents != nil {
		n = len(contents)
		all, ok, err = s.Towers.Made(c.UserContext(), of, contents)
	} else {
		all, ok, err = s.Towers.Vectors(c.UserContext(), of, after, n+1)
	}
	if err != nil {
		return err
	}
	if !ok {
		return graph.NotFound("this node has no version %d of the tower %s: GET /api/v1/towers lists those that it has", of.Version, of.Plugin)
	}
	out := list{}
	if len(all) > n {
		all = all[:n]
		out.Cursor = strconv.FormatUint(all[n-1].N, 10)
	}
	items := make([]vector, len(all))
	for i, v := range all {
		b := make([]byte, len(v.Vector))
		for k, x := range v.Vector {
			b[k] = byte(x)
		}
		items[i] = vector{strconv.FormatUint(v.N, 10), v.Content.String(), v.From, b, v.Words}
	}
	out.Items = items
	return c.JSON(out)
}
