package audit

import (
	"slices"
	"strings"

	"candor/audit/fairness"
)

// plot is a test's lines as a picture. All places are whole tenths of a pixel, so that
// every machine draws the same.
type plot struct {
	Width, Height  int
	Bottom, LabelX int
	FigureX        int
	Zero           int   // where no effect is
	Band           *span // what is too small for a sign
	Ticks          []tick
	Rows           []plotRow
	Dots           bool // dots with intervals instead of bars
	Alt            string
	Unit, Beside   string
}

type span struct{ X, Width int }

// End is where it ends.
func (s span) End() int { return s.X + s.Width }

type tick struct {
	X, Y int
	Text string
}

// plotRow is a heading or a line.
type plotRow struct {
	Y, Text       int // the mark's middle, the words' base line
	Head          string
	Label, Figure string
	Sign, Faint   bool
	Dot           int
	Bar           span
	Whisker       *span
	Ring          *int // the figure beside
}

// Top is the upper edge of a bar.
func (r plotRow) Top() int { return r.Y - 65 }

// The drawing, in tenths of a pixel.
const (
	plotLeft, plotRange = 2_900, 3_750
	plotFull            = 7_400
	rowHeight           = 230
	axisHeight          = 280
)

// plotOf draws a test; nil: it has no lines.
func plotOf(t *fairness.Test) *plot {
	if len(t.Lines) == 0 {
		return nil
	}
	p := &plot{Width: plotFull, LabelX: plotLeft - 120, FigureX: plotFull - 20, Dots: t.Neutral == fairness.One, Alt: t.Says, Unit: t.Unit}
	if compares(t) {
		p.Beside = t.Beside
	}
	lo, hi, step := scale(t)
	at := func(v fairness.Num) int {
		return plotLeft + int(int64(max(lo, min(hi, v))-lo)*plotRange/int64(hi-lo))
	}
	p.Zero = at(t.Neutral)
	if p.Dots {
		p.Band = &span{at(fairness.Low), at(fairness.High) - at(fairness.Low)}
	}
	y, group := 80, ""
	for _, l := range t.Lines {
		if l.Group != group {
			group = l.Group
			p.Rows = append(p.Rows, plotRow{Head: group, Text: y + 160})
			y += rowHeight
		}
		p.Rows = append(p.Rows, rowOf(t, l, y, at))
		y += rowHeight
	}
	p.Bottom, p.Height = y, y+axisHeight
	for v := lo; v <= hi; v += step {
		p.Ticks = append(p.Ticks, tick{at(v), y + 190, percentOf(v, step)})
	}
	return p
}

func rowOf(t *fairness.Test, l fairness.Line, y int, at func(fairness.Num) int) plotRow {
	r := plotRow{Y: y + rowHeight/2, Text: y + rowHeight/2 + 42, Label: cut(l.Label), Sign: l.Sign, Figure: figure(t, l.Value), Dot: at(l.Value),
		Faint: t.Neutral == fairness.One && l.P == nil}
	if l.Low != nil && l.High != nil {
		from, to := at(*l.Low), at(*l.High)
		r.Whisker = &span{from, to - from}
	}
	zero := at(t.Neutral)
	from, to := min(zero, r.Dot), max(zero, r.Dot)
	r.Bar = span{from, max(to-from, 10)}
	if l.Beside != nil && compares(t) {
		x := at(*l.Beside)
		r.Ring = &x
	}
	return r
}

// compares says whether the figures beside a test's are of the same kind, and so belong
// into the picture.
func compares(t *fairness.Test) bool {
	return t.Name == "exposure" || t.Name == "drift" || t.Name == "triggers"
}

// scale is a range that holds all figures, and the distance of its ticks.
func scale(t *fairness.Test) (lo, hi, step fairness.Num) {
	values := []fairness.Num{t.Neutral}
	if t.Neutral == fairness.One {
		values = append(values, 6_000, 14_000)
	}
	for _, l := range t.Lines {
		values = append(values, l.Value)
		for _, v := range []*fairness.Num{l.Low, l.High, l.Beside} {
			if v != nil && (v != l.Beside || compares(t)) {
				values = append(values, *v)
			}
		}
	}
	lo, hi = slices.Min(values), min(slices.Max(values), 3*fairness.One)
	for _, step = range []fairness.Num{10, 20, 50, 100, 200, 500, 1_000, 2_000, 2_500, 5_000} {
		if hi-lo <= 6*step {
			break
		}
	}
	down, up := lo/step*step, hi/step*step
	if down > lo {
		down -= step
	}
	if up < hi || up == down {
		up += step
	}
	return down, up, step
}

// percentOf is a tick's percentage, with as many digits as the ticks need.
func percentOf(v, step fairness.Num) string {
	digits := 0
	if step < 100 {
		digits = 1
	}
	return minus((100 * v).Places(digits)) + " %"
}

// figure is a line's value as people read it.
func figure(t *fairness.Test, v fairness.Num) string {
	digits := 0
	if t.Neutral == 0 && v < 1_000 && v > -1_000 {
		digits = 1
	}
	text := minus((100 * v).Places(digits))
	if t.Name == "touch" && v >= 5 {
		text = "+" + text
	}
	return text + " %"
}

func minus(s string) string { return strings.Replace(s, "-", "−", 1) }

// cut shortens a label to what the drawing holds.
func cut(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
}
