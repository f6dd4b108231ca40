package quality

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"regexp"
)

// Figure is what a model reached on a history.
type Figure struct {
	History    string
	Label      string // what posts won there: points or likes
	Slates     int
	NDCG10     float64
	Interval   [2]float64 // of 95 %
	OverLatest float64    // NDCG@10 gained over latest, as a share of its
}

// Book holds figures by the fingerprints of models.
type Book map[string]Figure

// shipped is the output of candor eval --json on hn-2016a.
//
//go:embed hn-2016a.json
var shipped []byte

// Shipped is what was measured of the built-in rankers.
func Shipped() Book {
	b := Book{}
	if err := b.Add("hn-2016a", shipped); err != nil {
		panic("rankers/quality: " + err.Error()) // a test reads it
	}
	return b
}

var fingerprint = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Add takes a report about a history. Figures that the book had of its models go.
func (b Book) Add(history string, report []byte) error {
	var r struct {
		Label   string `json:"label"`
		Slates  int    `json:"slates"`
		Rankers map[string]struct {
			Model      string                `json:"model"`
			NDCG10     *float64              `json:"ndcg10"`
			OverLatest *float64              `json:"over_latest"`
			Intervals  map[string][2]float64 `json:"intervals"`
		} `json:"rankers"`
	}
	if err := json.Unmarshal(report, &r); err != nil || r.Label == "" || r.Slates < 1 || len(r.Rankers) == 0 {
		return errors.New("this is no report: give what candor eval --json prints")
	}
	found := Book{}
	for name, x := range r.Rankers {
		if x.Model == "" {
			continue // no node can serve it
		}
		i, ok := x.Intervals["ndcg10"]
		if !fingerprint.MatchString(x.Model) || x.NDCG10 == nil || x.OverLatest == nil || !ok || !within(*x.NDCG10, i) {
			return fmt.Errorf("what the report says of %.60q is no measure: give what candor eval --json prints", name)
		}
		if old, twice := found[x.Model]; twice && old.NDCG10 != *x.NDCG10 {
			return fmt.Errorf("the report has two figures for the model of %.60q", name)
		}
		found[x.Model] = Figure{history, r.Label, r.Slates, *x.NDCG10, i, *x.OverLatest}
	}
	if len(found) == 0 {
		return errors.New("the report has no model that a node can serve: it is of an older version, measure again")
	}
	for m, f := range found {
		b[m] = f
	}
	return nil
}

// within says whether v is a share of 1 inside its interval.
func within(v float64, i [2]float64) bool {
	return v >= 0 && v <= 1 && i[0] <= v && v <= i[1] && !math.IsNaN(i[0])
}
