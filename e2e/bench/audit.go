package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"time"

	"candor/e2e/year"
	"candor/zkcommit/circuit"
)

const (
	checks   = 1000 // proofs of the log that are checked for one figure
	rebuilds = 3000 // runs whose inputs are made again for another
)

// benchAudit audits a simulated year of 10 publishers, 200 models and 10,000 proven runs
// of 50 posts, of which 1 % are tampered with in each way, by the binary on two cores.
// Seconds and memory are the audit's alone. Fewer runs make a smaller year.
func benchAudit(number string) error {
	runs, err := strconv.Atoi(number)
	if err != nil {
		return fmt.Errorf("%.20q is no number of runs", number)
	}
	runtime.GOMAXPROCS(2)
	circuit.Silence()
	dir, err := os.MkdirTemp("", "candor-year-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	size := year.Whole(runs)
	began := time.Now()
	w, err := year.Open(ctx, dir, size, 1)
	if err != nil {
		return err
	}
	defer w.Close()
	if err := w.Live(ctx, func(s string) { fmt.Fprintln(os.Stderr, s) }); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "the year took %.0f s; now it is audited\n", time.Since(began).Seconds())
	a, err := w.Audit(ctx, "bin/candor", w.Known()...)
	if err != nil {
		return err
	}
	found, alarms := w.Judge(&a.Report)
	for _, f := range alarms {
		fmt.Fprintf(os.Stderr, "false alarm: %s: %s\n", f.Rule, f.Says)
	}
	for _, t := range w.Tampered {
		if !t.Found {
			fmt.Fprintf(os.Stderr, "not found: %+v\n", *t)
		}
	}
	inclusion, consistency, err := w.LogChecks(ctx, checks)
	if err != nil {
		return err
	}
	rebuild, err := w.Rebuilds(ctx, rebuilds)
	if err != nil {
		return err
	}
	blocks, err := w.Lateness(ctx, "bin/candor", 2)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{"bench": "audit", "cores": 2, "runs": size.Runs, "posts": w.Posts(), "shape": size.Shapes[0].String(),
		"publishers": size.Publishers, "versions": size.Publishers * size.Versions, "seconds": a.Seconds, "cpu_s": a.CPU, "rss_mib": a.RSSMiB,
		"runs_per_s": float64(size.Runs) / a.Seconds, "inclusion_us": inclusion, "consistency_us": consistency, "rebuild_ms_per_run": rebuild, "ways": w.Ways(), "rebuilt": a.Shares["rebuilt"].Checked,
		"tampered": len(w.Tampered), "flagged_tampered": found, "false_alarms": len(alarms), "lateness_blocks": blocks})
}
