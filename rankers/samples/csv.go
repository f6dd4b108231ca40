package samples

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"candor/graph"
	"candor/rankers/features"
)

// MaxRows is the most rows that Read takes.
const MaxRows = 2_000_000

// Sample is a post as a ranker sees it.
type Sample struct {
	Post   string // an id of a node, or a URI of a history
	Viewer string // an address; empty: nobody
	Gain   float64
	Known  bool // that there is a gain
	Row    graph.FeatureVector
}

// Columns are the names of the features, in the order of a row.
func Columns() (names []string) {
	for i, n := range features.Names() {
		if n == "" {
			n = fmt.Sprintf("reserved_%d", i)
		}
		names = append(names, n)
	}
	return names
}

// Writer writes samples.
type Writer struct {
	b    *bufio.Writer
	rows int
}

// NewWriter writes the line of names.
func NewWriter(w io.Writer) *Writer {
	b := bufio.NewWriter(w)
	b.WriteString("post,viewer,gain")
	for _, c := range Columns() {
		b.WriteString("," + c)
	}
	b.WriteString("\n")
	return &Writer{b: b}
}

// Write adds a sample. Posts and viewers hold no commas, quotes or line ends.
func (w *Writer) Write(s *Sample) {
	w.rows++
	w.b.WriteString(s.Post + "," + s.Viewer + ",")
	if s.Known {
		w.b.WriteString(strconv.FormatFloat(s.Gain, 'g', -1, 64))
	}
	var buf [8]byte
	for _, v := range s.Row {
		w.b.WriteByte(',')
		w.b.Write(strconv.AppendInt(buf[:0], int64(v), 10))
	}
	w.b.WriteByte('\n')
}

// Close flushes what was written and says how many rows that were.
func (w *Writer) Close() (rows int, err error) { return w.rows, w.b.Flush() }

// Table is what Read finds.
type Table struct {
	Rows  []int8    // one after another
	Gains []float64 // one a row; nil when a row has none
}

// Read reads a file with the columns of the features, and of gain if it has one, in any
// order; other columns are passed over. inputs is how many features a row has to have: the
// first so many of Columns.
func Read(r io.Reader, inputs int) (*Table, error) {
	names := Columns()
	if inputs < 1 || inputs > len(names) {
		return nil, fmt.Errorf("a model of %d inputs does not read rows of %d features: train on those", inputs, len(names))
	}
	in := csv.NewReader(bufio.NewReader(r))
	in.ReuseRecord = true
	head, err := in.Read()
	if err != nil {
		return nil, fmt.Errorf("it has no line of names: %w", err)
	}
	at, gain, err := places(head, names[:inputs])
	if err != nil {
		return nil, err
	}
	t := &Table{}
	for n := 0; ; n++ {
		line, err := in.Read()
		if errors.Is(err, io.EOF) {
			if len(t.Gains) != n {
				t.Gains = nil
			}
			return t, nil
		}
		if err != nil {
			return nil, err
		}
		if n == MaxRows {
			return nil, fmt.Errorf("it has more than %d rows: give fewer", MaxRows)
		}
		if err := t.add(line, at, gain); err != nil {
			row, _ := in.FieldPos(0)
			return nil, fmt.Errorf("line %d: %w", row, err)
		}
	}
}

// places finds the columns.
func places(head, names []string) (at []int, gain int, err error) {
	column := map[string]int{}
	for i, name := range head {
		if _, twice := column[name]; twice {
			return nil, 0, fmt.Errorf("the column %q is there twice", name)
		}
		column[name] = i
	}
	for _, name := range names {
		i, ok := column[name]
		if !ok {
			return nil, 0, fmt.Errorf("it has no column %q: give a file that candor features export wrote", name)
		}
		at = append(at, i)
	}
	gain, ok := column["gain"]
	if !ok {
		gain = -1
	}
	return at, gain, nil
}

func (t *Table) add(line []string, at []int, gain int) error {
	for _, i := range at {
		v, err := strconv.ParseInt(line[i], 10, 8)
		if err != nil {
			return fmt.Errorf("%.40q is no feature, which is a whole number from -128 to 127", line[i])
		}
		t.Rows = append(t.Rows, int8(v))
	}
	if gain < 0 || line[gain] == "" {
		return nil
	}
	g, err := strconv.ParseFloat(line[gain], 64)
	if err != nil || !(g >= 0) || math.IsInf(g, 0) {
		return fmt.Errorf("%.40q is no gain, which is a number from 0", line[gain])
	}
	t.Gains = append(t.Gains, g)
	return nil
}
