package zkcommit

import (
	"encoding/binary"
	"fmt"
	"slices"

	"candor/graph"
)

// One is the value of a parameter that leaves its columns as they are.
const One = 16

// mostTuned is the largest value of a parameter that tunes columns.
const mostTuned = 4 * One

// mostColumns is the most columns that one parameter tunes.
const mostColumns = 64

// tunes tells whether the parameter changes rows.
func (p *Parameter) tunes() bool { return len(p.Columns) > 0 }

func (p *Parameter) checkColumns() error {
	switch {
	case !p.tunes():
		return nil
	case p.Least < 0 || p.Most > mostTuned:
		return fmt.Errorf("the parameter %s goes from %d to %d: one that tunes columns stays within 0 to %d, and %d changes nothing", p.Name, p.Least, p.Most, mostTuned, One)
	case len(p.Columns) > mostColumns:
		return fmt.Errorf("the parameter %s tunes %d columns, more than %d", p.Name, len(p.Columns), mostColumns)
	}
	for i, c := range p.Columns {
		if c >= MaxInputs || i > 0 && c <= p.Columns[i-1] {
			return fmt.Errorf("the columns of the parameter %s are not numbers below %d that rise", p.Name, MaxInputs)
		}
	}
	return nil
}

// tunable are the parameters that change rows, in the manifest's order.
func (m *Manifest) tunable() (out []*Parameter) {
	for i := range m.Parameters {
		if m.Parameters[i].tunes() {
			out = append(out, &m.Parameters[i])
		}
	}
	return out
}

// Values are those of a run's parameters, in the manifest's order: what the reader asked
// for, and the defaults of the others. They are none when nothing can be tuned. An
// error says what to ask for instead.
func (m *Manifest) Values(asked map[string]int32) ([]int32, error) {
	var values []int32
	known := 0
	for _, p := range m.tunable() {
		v, ok := asked[p.Name]
		if !ok {
			v = p.Default
		} else if known++; v < p.Least || v > p.Most {
			return nil, fmt.Errorf("the parameter %s is %d, outside %d to %d", p.Name, v, p.Least, p.Most)
		}
		values = append(values, v)
	}
	if known < len(asked) {
		return nil, fmt.Errorf("the ranker %s has no parameter of that name that can be tuned: its manifest lists those that can", m.Slug)
	}
	return values, nil
}

// Named are a run's values by their parameters' names.
func (m *Manifest) Named(values []int32) map[string]int32 {
	ps := m.tunable()
	if len(ps) == 0 || len(ps) != len(values) {
		return nil
	}
	out := make(map[string]int32, len(ps))
	for i, p := range ps {
		out[p.Name] = values[i]
	}
	return out
}

// checkValues tells whether a run's values are ones that the manifest allows.
func (m *Manifest) checkValues(values []int32) error {
	ps := m.tunable()
	if len(ps) != len(values) {
		return fmt.Errorf("there are %d values of parameters, and the manifest has %d that can be tuned", len(values), len(ps))
	}
	for i, p := range ps {
		if values[i] < p.Least || values[i] > p.Most {
			return fmt.Errorf("the parameter %s is %d, outside %d to %d", p.Name, values[i], p.Least, p.Most)
		}
	}
	return nil
}

// Tune applies a run's values to a row, in place: each column of a parameter becomes
// ⌊column · value / 16⌋, kept within an int8. What is ranked, bound and proven is the
// tuned row.
func (m *Manifest) Tune(row graph.Row, values []int32) error {
	if err := m.checkValues(values); err != nil {
		return err
	}
	for i, p := range m.tunable() {
		for _, c := range p.Columns {
			if int(c) >= len(row) {
				return fmt.Errorf("the parameter %s tunes column %d of a row of %d", p.Name, c, len(row))
			}
			row[c] = int8(min(max(int32(row[c])*values[i]>>4, -128), 127))
		}
	}
	return nil
}

// Tuned tells whether the values change anything.
func Tuned(values []int32) bool {
	return slices.ContainsFunc(values, func(v int32) bool { return v != One })
}

// appendValues writes values, four bytes each.
func appendValues(b []byte, values []int32) []byte {
	for _, v := range values {
		b = binary.BigEndian.AppendUint32(b, uint32(v))
	}
	return b
}
