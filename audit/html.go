package audit

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"strings"
	"time"

	"candor/audit/fairness"
	"candor/graph"
)

// ShareNames are the shares of a report in the order in which people read them.
var ShareNames = []string{"entries", "aborts", "tickets", "anchors", "openings", "proofs", "crosses", "registrations", "replays",
	"rebuilt", "contents", OfRuns, OfEpochs}

// JSON is the report's one spelling.
func (r *Report) JSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(r)
	return b.Bytes(), err
}

//go:embed report.tmpl
var page string

var report = template.Must(template.New("report").Funcs(template.FuncMap{
	"badge": func(v fairness.Verdict) string { return strings.ReplaceAll(string(v), " ", "-") },
}).Parse(page))

// section is one of fairness with its pictures.
type section struct {
	*fairness.Section
	Drawn []drawn
}

type drawn struct {
	*fairness.Test
	Plot *plot
}

func draw(s *fairness.Section) section {
	d := section{Section: s}
	for i := range s.Tests {
		d.Drawn = append(d.Drawn, drawn{&s.Tests[i], plotOf(&s.Tests[i])})
	}
	return d
}

// signs is one sentence on all versions; empty when none could be tested.
func (r *Report) signs() string {
	tested, bad := 0, 0
	for _, s := range r.Fairness {
		if s.Verdict == fairness.Sign {
			bad++
		}
		if s.Verdict == fairness.Sign || s.Verdict == fairness.NoSign {
			tested++
		}
	}
	switch {
	case tested == 0:
		return ""
	case bad == 0:
		return fmt.Sprintf("No sign of unfairness in %d tested versions of rankers.", tested)
	}
	return fmt.Sprintf("%d of %d tested versions of rankers show signs of unfairness.", bad, tested)
}

// row is a share as the page shows it.
type row struct {
	Name string
	Share
	Percent int
}

// HasRun says whether the finding is about one run.
func (f Finding) HasRun() bool { return f.Run != (graph.Hash{}) }

// Date is the day by which the model is public, in UTC.
func (m Model) Date() string { return date(m.RevealBy) }

// Lost is the day from which its bond is lost.
func (m Model) Lost() string { return date(m.LostFrom) }

// At is the time by the auditor's clock.
func (r *Report) At() string { return date(r.Time) }

func date(seconds uint64) string {
	return time.Unix(int64(seconds), 0).UTC().Format("2 January 2006 15:04 UTC")
}

func percent(s Share) int {
	if s.Of == 0 {
		return 0
	}
	return int(min(s.Checked, s.Of) * 100 / s.Of)
}

// HTML is the report as one page that needs nothing beside it.
func (r *Report) HTML() ([]byte, error) {
	var rows []row
	for _, name := range ShareNames {
		if s, ok := r.Shares[name]; ok {
			rows = append(rows, row{name, s, percent(s)})
		}
	}
	var sections []section
	for _, s := range r.Fairness {
		sections = append(sections, draw(s))
	}
	var b bytes.Buffer
	err := report.Execute(&b, struct {
		*Report
		Rows     []row
		Sections []section
		Signs    string
	}{r, rows, sections, r.signs()})
	return b.Bytes(), err
}
