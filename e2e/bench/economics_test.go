package main

import (
	"os"
	"testing"
)

// The figure in docs is the program's, and its claims hold in the simulation.
func TestEconomics(t *testing.T) {
	points, err := economy(20_000)
	if err != nil {
		t.Fatal(err)
	}
	committed, err := os.ReadFile("../../docs/economics.svg")
	if err != nil {
		t.Fatal(err)
	}
	if string(committed) != economySVG(points) {
		t.Error("docs/economics.svg is not what the simulation draws: run go run ./e2e/bench economics")
	}
	if len(points) != len(economyRates)*len(economyDelays) {
		t.Errorf("%d points", len(points))
	}
}
