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
	Row    graph.Row
}

// MaxWidth is how many columns of numbers there can be: features and embedding.
const MaxWidth = graph.Features + graph.EmbeddingDim

// columns are the names of the first so many numbers of a row.
func columns(width int) []string {
	names := make([]string, width)
	for i := range names {
		names[i] = features.Name(i)
	}
	return names
}

// Writer writes samples.
type Writer struct {
	b     *bufio.Writer
	width int
	rows  int
}

// NewWriter writes the line of names of rows of one width, at most MaxWidth.
func NewWriter(w io.Writer, width int) *Writer {
	b := bufio.NewWriter(w)
	b.WriteString("post,viewer,gain")
	for _, c := range columns(width) {
		b.WriteString("," + c)
	}
	b.WriteString("\n")
	return &Writer{b: b, width: width}
}

// Write adds a sample. Posts and viewers hold no commas, quotes or line ends; the row has
// the writer's width.
func (w *Writer) Write(s *Sample) error {
	if len(s.Row) != w.width {
		return fmt.Errorf("a row of %d does not fit a file of rows of %d", len(s.Row), w.width)
	}
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
	return w.b.WriteByte('\n')
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
// first so many of a row, the embedding's behind the features.
func Read(r io.Reader, inputs int) (*Table, error) {
	if inputs < 1 || inputs > MaxWidth {
		return nil, fmt.Errorf("a model of %d inputs reads no rows of this version, which have %d or %d: train on those", inputs, graph.Features, MaxWidth)
	}
	names := columns(inputs)
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
			return nil, 0, fmt.Errorf("it has no column %q: give a file that candor features export wrote, with --embedding for a model of %d inputs", name, MaxWidth)
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
