package main

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
)

// A cheat gains one unit with each cheated run until it is judged. Each cheated run
// is noticed with the probability p; from the notice to the judgement it goes on
// for delay runs; then the bond is lost, of which a tenth comes back to it when
// the finder is its friend. It may also stop by itself, after any number of runs.

const friend = 0.1 // of a bond goes to the finder: RunLog's and Registry's tenth

// leastBond is the bond, in gains of one cheated run, at which no way to cheat pays
// on average: the gains of 1/p runs until the notice and of those until judgement.
func leastBond(p, delay float64) float64 { return (1/p + delay) / (1 - friend) }

// cheat plays one cheat that stops after n runs, and returns what it has won.
func cheat(rng *rand.Rand, p, delay, bond float64, n int) float64 {
	// The first run that is noticed.
	caught := 1 + int(math.Log(1-rng.Float64())/math.Log1p(-p))
	if p >= 1 {
		caught = 1
	}
	if caught > n {
		return float64(n)
	}
	return float64(caught) + delay - float64((1-friend)*bond) // converted, so that no machine fuses it
}

// average is the mean of many cheats, with its standard error.
func average(rng *rand.Rand, p, delay, bond float64, n, games int) (mean, sigma float64) {
	var sum, squares float64
	for range games {
		x := cheat(rng, p, delay, bond, n)
		sum += x
		squares += x * x
	}
	mean = sum / float64(games)
	return mean, math.Sqrt((squares/float64(games) - mean*mean) / float64(games))
}

// point is what one rate of notices came to.
type point struct {
	Rate      float64 `json:"rate"`
	Delay     float64 `json:"delay_runs"`
	Bond      float64 `json:"least_bond_gains"` // by the formula
	Simulated float64 `json:"simulated_bond_gains"`
}

var economyRates = []float64{1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001}
var economyDelays = []float64{0, 100, 1000}

// economy looks, for each rate and delay, for the bond at which the best of many
// ways to cheat just breaks even, and compares it with the formula.
func economy(games int) (points []point, err error) {
	rng := rand.New(rand.NewPCG(2026, 11))
	for _, delay := range economyDelays {
		for _, p := range economyRates {
			want := leastBond(p, delay)
			low, high := want/4, want*4
			for high/low > 1.01 {
				mid := math.Sqrt(low * high)
				best := math.Inf(-1)
				for _, times := range []float64{0.1, 1, 10} {
					n := max(1, int(times/p))
					// What cheats win for each time they risk the bond: the sign is all that counts.
					if mean, _ := average(rng, p, delay, mid, n, games); mean > best {
						best = mean
					}
				}
				if best > 0 {
					low = mid
				} else {
					high = mid
				}
			}
			got := math.Sqrt(low * high)
			points = append(points, point{p, delay, want, got})
			if math.Abs(got/want-1) > 0.1 {
				return nil, fmt.Errorf("at a rate of %g and a delay of %g the simulation finds a least bond of %.1f, the formula %.1f", p, delay, got, want)
			}
			// At a fifth more, nothing pays, however often one cheats.
			for _, times := range []float64{0.01, 0.1, 0.5, 1, 3, 10} {
				n := max(1, int(times/p))
				if mean, sigma := average(rng, p, delay, 1.2*want, n, games); mean > 4*sigma {
					return nil, fmt.Errorf("at a rate of %g cheating %d times wins %.2f with a bond of %.1f", p, n, mean, 1.2*want)
				}
			}
		}
	}
	return points, nil
}

// benchEconomics simulates cheats and draws docs/economics.svg.
func benchEconomics() error {
	points, err := economy(20_000)
	if err != nil {
		return err
	}
	if err := os.WriteFile("docs/economics.svg", []byte(economySVG(points)), 0o644); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{"bench": "economics", "points": points,
		"bond_gains_rate_1_percent": leastBond(0.01, 0), "bond_gains_rate_1_percent_delay_1000": leastBond(0.01, 1000)})
}

// economySVG draws the least bond over the rate of notices, both logarithmic, a line
// for each delay by the formula and a dot for each simulated bond.
func economySVG(points []point) string {
	const width, height, left, top, plotW, plotH = 720, 420, 80, 30, 600, 330
	x := func(rate float64) float64 { return left + plotW*(math.Log10(rate)+3)/3 }
	y := func(bond float64) float64 { return top + plotH*(1-math.Log10(bond)/4) }
	colours := []string{"#0b6e4f", "#1d4e89", "#a63d40"}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">`+"\n", width, height)
	fmt.Fprintf(&b, `<title>The bond at which cheating no longer pays, over the share of cheated runs that are noticed</title>`+"\n")
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", width, height)
	for e := 0; e <= 4; e++ {
		v := math.Pow10(e)
		fmt.Fprintf(&b, `<path d="M%d %.1fH%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%.0f</text>`+"\n", left, y(v), left+plotW, left-8, y(v)+4, v)
	}
	for e := -3; e <= 0; e++ {
		v := math.Pow10(e)
		fmt.Fprintf(&b, `<path d="M%.1f %dV%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle">%g %%</text>`+"\n", x(v), top, top+plotH, x(v), top+plotH+20, 100*v)
	}
	for i, delay := range economyDelays {
		var line strings.Builder
		for k := range 61 {
			rate := math.Pow(10, -3+3*float64(k)/60)
			c := "L"
			if k == 0 {
				c = "M"
			}
			fmt.Fprintf(&line, "%s%.1f %.1f", c, x(rate), y(leastBond(rate, delay)))
		}
		fmt.Fprintf(&b, `<path d="%s" fill="none" stroke="%s" stroke-width="2"/>`+"\n", line.String(), colours[i])
		for _, p := range points {
			if p.Delay == delay {
				fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>`+"\n", x(p.Rate), y(p.Simulated), colours[i])
			}
		}
		fmt.Fprintf(&b, `<text x="%d" y="%d" fill="%s">judged %.0f runs after the notice</text>`+"\n", left+plotW-230, top+20+18*i, colours[i], delay)
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">share of cheated runs that are noticed</text>`+"\n", left+plotW/2, height-12)
	fmt.Fprintf(&b, `<text x="18" y="%d" text-anchor="middle" transform="rotate(-90 18 %d)">bond, in gains of one cheated run</text>`+"\n", top+plotH/2, top+plotH/2)
	b.WriteString("</svg>\n")
	return b.String()
}
