package web

import (
	"context"
	"slices"
	"strings"
	"time"

	"candor/graph"
	"candor/zkcommit"

	"github.com/gofiber/fiber/v2"
)

// Plugins is what the chain says of plugins, and auditors of their versions.
type Plugins interface {
	// Plugin is one of them; ok is false when the chain has no such plugin.
	Plugin(ctx context.Context, id graph.Hash) (p PluginRecord, ok bool, err error)
	// Audits lists published reports, the newest first.
	Audits(context.Context) ([]Audit, error)
}

// PluginRecord is a plugin as the chain has it, with what this node knows beside.
type PluginRecord struct {
	ID        graph.Hash    `json:"id"`
	Slug      string        `json:"slug"`
	Kind      string        `json:"kind"` // ranker, filter, tower
	Publisher graph.Address `json:"publisher"`
	Block     uint64        `json:"block"`    // at which the chain was asked
	Time      uint64        `json:"time"`     // of that block, seconds
	Grace     uint64        `json:"grace"`    // seconds after a reveal date before the bond is lost
	Versions  []Version     `json:"versions"` // the oldest first
	Earlier   uint32        `json:"earlier"`  // versions before those

	Continues   *PluginName `json:"continues,omitempty"`   // the plugin that was handed on to this one
	ContinuedBy *PluginName `json:"continuedBy,omitempty"` // the plugin that this one was handed on to

	Here     *Plugin            `json:"here,omitempty"`     // as this node offers it; none when it does not
	Towers   []Tower            `json:"towers,omitempty"`   // versions of a tower that this node serves, the oldest first
	Manifest *zkcommit.Manifest `json:"manifest,omitempty"` // of the version that this node uses
}

// PluginName names a plugin and whose it is.
type PluginName struct {
	ID        graph.Hash    `json:"id"`
	Slug      string        `json:"slug"`
	Publisher graph.Address `json:"publisher"`
}

// Version is one version of a plugin.
type Version struct {
	Reveal
	Committed   uint64 `json:"committed"`   // seconds
	ActiveFrom  uint64 `json:"activeFrom"`  // block
	ActiveUntil uint64 `json:"activeUntil"` // block, not included; 0: no end yet
	Withdrawn   bool   `json:"withdrawn"`
	RevealedAt  uint64 `json:"revealedAt"` // seconds, on the chain; 0: not there
	Bond        string `json:"bond"`       // wei that are still held
	Manifest    string `json:"manifest"`   // CID, "" where its publisher gave none
}

// Audit is an auditor's report on a version. Anyone may publish one.
type Audit struct {
	ID      graph.Position `json:"id"` // of its event
	Plugin  graph.Hash     `json:"plugin"`
	Version uint32         `json:"version"`
	Auditor graph.Address  `json:"auditor"`
	Report  string         `json:"report"` // CID, "" where the auditor gave none
}

// plugin is one plugin, by its id on the chain or the id that this node offers it under.
func (s *Server) plugin(c *fiber.Ctx) error {
	if err := known(c); err != nil {
		return err
	}
	name := c.Params("id")
	offered := s.offered(name)
	var id graph.Hash
	switch {
	case offered != nil:
		id = offered.Plugin
	case strings.HasPrefix(name, "0x"):
		var err error
		if id, err = hash(name, "a plugin's id"); err != nil {
			return err
		}
	default:
		return graph.NotFound("this node offers no plugin %.80q: GET /api/v1/rankers and /filters list those that it offers", name)
	}
	p, ok, err := s.Plugins.Plugin(c.UserContext(), id)
	if err != nil {
		return err
	}
	if !ok {
		return graph.NotFound("the chain has no plugin %s", id)
	}
	if offered != nil {
		p.Here, p.Manifest = offered, &offered.Signed.Manifest
		if p.Kind == "ranker" {
			one, err := s.shares(c.UserContext(), []Plugin{*offered})
			if err != nil {
				return err
			}
			p.Here = &one[0]
			if p.Here.Budget, err = s.budget(c, p.Here, time.Now()); err != nil {
				return err
			}
		}
	}
	if p.Kind == "tower" {
		all, err := s.Towers.Towers(c.UserContext())
		if err != nil {
			return err
		}
		for _, t := range all {
			if t.Signed.Manifest.ID() == id {
				p.Towers, p.Manifest = append(p.Towers, t), &t.Signed.Manifest
			}
		}
	}
	return c.JSON(p)
}

// offered is the plugin of the catalogue with this id, its own or the chain's; nil when there is none.
func (s *Server) offered(name string) *Plugin {
	shown := s.Catalogue()
	for _, p := range slices.Concat(shown.Rankers, shown.Filters, shown.Past) {
		if p.ID == name || strings.EqualFold(p.Plugin.Hex(), name) {
			return &p
		}
	}
	return nil
}

// audits lists published reports behind the one that the cursor names.
func (s *Server) audits(c *fiber.Ctx) error {
	if err := known(c, "plugin", "limit", "cursor"); err != nil {
		return err
	}
	n, err := limit(c)
	if err != nil {
		return err
	}
	all, err := s.Plugins.Audits(c.UserContext())
	if err != nil {
		return err
	}
	if p := c.Query("plugin"); p != "" {
		id, err := hash(p, "a plugin's id")
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(slices.Clone(all), func(a Audit) bool { return a.Plugin != id })
	}
	if cur := c.Query("cursor"); cur != "" {
		i := slices.IndexFunc(all, func(a Audit) bool { return a.ID.String() == cur })
		if i < 0 {
			return graph.Malformed("the cursor %.80q is not one of this list: send the cursor of the page before, or none", cur)
		}
		all = all[i+1:]
	}
	out := list{Items: append([]Audit{}, all[:min(n, len(all))]...)}
	if n < len(all) {
		out.Cursor = all[n-1].ID.String()
	}
	return c.JSON(out)
}

// schema names the features that rows of this schema hold.
func (s *Server) schema(c *fiber.Ctx) error {
	if err := known(c); err != nil {
		return err
	}
	h, err := hash(c.Params("hash"), "a feature schema's hash")
	if err != nil {
		return err
	}
	features := s.Schema(h)
	if features == nil {
		return graph.NotFound("this node knows no feature schema %s", h)
	}
	return c.JSON(struct {
		ID       graph.Hash `json:"id"`
		Features []Feature  `json:"features"`
	}{h, features})
}

// Feature is one place in a row of features.
type Feature struct {
	Name    string `json:"name"` // "" for a place that is not used
	Meaning string `json:"meaning"`
	Unit    string `json:"unit"`
}
