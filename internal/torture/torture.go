// Package torture says how long the long tests run.
//
// What enters: CANDOR_TORTURE (empty: a sample, always the same; "full": the whole numbers; a
// number: so many samples) and CANDOR_SEED (one seed to run again). What leaves:
// counts and seeds for tests, and one line of figures for each, which goes to the
// test's log and to the file named by CANDOR_FIGURES, so that `make torture` can
// show them all at its end.
package torture

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
)

// T is what this package needs of a test.
type T interface {
	Helper()
	Name() string
	Logf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Full reports whether the whole numbers were asked for.
func Full() bool { return os.Getenv("CANDOR_TORTURE") == "full" }

// sampleSeed has no meaning but that every sample has it.
const sampleSeed uint64 = 20_260

// Count is how often a test repeats itself: sample times in `go test`, full times
// in `make torture`, and between them with a multiplier. It panics on a
// CANDOR_TORTURE that is neither "full" nor a positive number, so that no long
// run turns out to have been a short one.
func Count(sample, full int) int {
	switch v := os.Getenv("CANDOR_TORTURE"); v {
	case "":
		return sample
	case "full":
		return full
	default:
		times, err := strconv.ParseFloat(v, 64)
		if err != nil || !(times > 0 && times < 1e9) {
			panic(fmt.Sprintf("CANDOR_TORTURE is %q: set it to full, to a number of samples, or not at all", v))
		}
		return max(1, int(times*float64(sample)))
	}
}

// Seed is what the test draws its chances from. In a sample it is the same each
// time, so that a change is judged by what it changed; the longer runs draw another
// each time. It is in the test's log, so that a failure shows how it is run again.
// CANDOR_SEED sets it.
func Seed(t T) uint64 {
	t.Helper()
	seed := sampleSeed
	if os.Getenv("CANDOR_TORTURE") != "" {
		seed = rand.Uint64N(1 << 48)
	}
	if v := os.Getenv("CANDOR_SEED"); v != "" {
		var err error
		if seed, err = strconv.ParseUint(v, 10, 64); err != nil {
			t.Fatalf("CANDOR_SEED is %q: set it to a whole number, or not at all", v)
		}
	}
	t.Logf("run it again with CANDOR_SEED=%d CANDOR_TORTURE=%s go test -run '^%s$'", seed, os.Getenv("CANDOR_TORTURE"), t.Name())
	return seed
}

// Say notes the test's figures: in its log and in the file of all figures.
func Say(t T, format string, args ...any) {
	t.Helper()
	line := fmt.Sprintf(format, args...)
	t.Logf("%s", line)
	path := os.Getenv("CANDOR_FIGURES")
	if path == "" {
		return
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err == nil {
		_, err = fmt.Fprintf(f, "%s: %s\n", t.Name(), line) // one write: tests of other packages append, too
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatalf("note the figures in CANDOR_FIGURES: %v", err)
	}
}
