package main

import (
	"candor/graph"
	"candor/rankers/features"
	"candor/zkcommit"
)

// one is the weight that passes a feature on unchanged: the shape drops six bits
// from a hidden sum.
const one = 64

// unit is one hidden unit, a detector with a name. Its activation is the
// weighted sum of its inputs, in sixty-fourths, minus floor, cut to 0 … 127; the
// score is the sum of the activations times their pull.
type unit struct {
	name  string
	in    map[int]int8 // weight of a feature, 64 is one
	floor int          // activation that the sum must exceed; negative adds
	pull  int8         // weight of the activation in the score
}

// fires is the unit's activation for a row.
func (u unit) fires(row graph.Row) int {
	sum := -one * u.floor
	for f, w := range u.in {
		sum += int(w) * int(row[f])
	}
	return max(0, min(127, sum>>6))
}

// build lays the units out as a model of the provable shape; what is left over
// stays zero. A test holds the tables to the limits.
func build(units []unit) *zkcommit.Model {
	s := zkcommit.Provable
	m := zkcommit.NewModel(s)
	hidden, output := m.Layers[0], m.Layers[1]
	for j, u := range units {
		for f, w := range u.in {
			hidden.Weights[j*s.Inputs+f] = w
		}
		hidden.Bias[j] = int16(-one * u.floor)
		output.Weights[j] = u.pull
	}
	return m
}

// The detectors that several rankers share.

// lost fires for a post whose content nobody serves.
func lost(pull int8) unit {
	return unit{"lost", map[int]int8{features.Available: -one}, -127, pull}
}

// shouting fires when more than half of the letters are capitals or with many
// exclamation marks.
func shouting(pull int8) unit {
	return unit{"shouting", map[int]int8{features.Capitals: one, features.Exclamations: one}, 64, pull}
}

// peddling fires for a text full of links, tags, mentions and digits.
func peddling(pull int8) unit {
	return unit{"peddling", map[int]int8{features.TextLinks: one, features.Tags: one, features.Mentions: one / 2, features.Digits: one}, 80, pull}
}

// scales are detectors of freshness on four scales: together they tell ages apart
// from minutes to years, so that few posts tie.
func scales(minutes, hours, days, months int8) []unit {
	return []unit{
		{"minutes", map[int]int8{features.Fresh10m: one / 2, features.Fresh1h: one / 2}, 0, minutes},
		{"hours", map[int]int8{features.Fresh6h: one}, 0, hours},
		{"days", map[int]int8{features.Fresh1d: one / 2, features.Fresh1w: one / 2}, 0, days},
		{"months", map[int]int8{features.Fresh30d: one / 2, features.Fresh1y: one / 2}, 0, months},
	}
}
