package jetstream

import (
	"fmt"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// sayEvery is how often progress is written where there is no terminal.
const sayEvery = 5 * time.Second

// Bar shows progress with rate and time left: as a bar on a terminal, as a line
// now and then elsewhere. Call end once after the import.
func Bar(w *os.File) (show func(Progress), end func()) {
	if !term.IsTerminal(int(w.Fd())) {
		return says(w, time.Now), func() {}
	}
	bar := progressbar.NewOptions(1, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription("importing"),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString("lines"),
		progressbar.OptionSetPredictTime(true), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetWidth(30))
	// What earlier runs did is left out, or it would spoil the rate. The bar only
	// decorates: that it cannot be drawn is no reason to stop.
	show = func(p Progress) {
		bar.ChangeMax(max(p.Total-p.Resumed, 1))
		_ = bar.Set(p.Done - p.Resumed)
	}
	return show, func() { fmt.Fprintln(w) }
}

// says writes a line at most every sayEvery, and none in the first of them.
func says(w *os.File, now func() time.Time) func(Progress) {
	start := now()
	last := start
	return func(p Progress) {
		t := now()
		if t.Sub(last) < sayEvery {
			return
		}
		last = t
		done := p.Done - p.Resumed
		if done <= 0 || p.Total == 0 {
			return
		}
		took := t.Sub(start)
		left := time.Duration(int64(took) / int64(done) * int64(p.Total-p.Done))
		fmt.Fprintf(w, "importing: %d of %d lines (%d %%), %d a second, %s left\n",
			p.Done, p.Total, 100*p.Done/p.Total, int64(done)*int64(time.Second)/int64(took), left.Round(time.Second))
	}
}
