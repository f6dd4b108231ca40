package year

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"candor/audit"
)

// Audited is an audit and what it took.
type Audited struct {
	audit.Report
	Seconds float64 // by the clock
	CPU     float64 // seconds of processor time
	RSSMiB  float64
}

// Audit has the binary audit the node, by the chain's clock, on two cores.
func (w *World) Audit(ctx context.Context, binary string, args ...string) (a Audited, err error) {
	out, err := os.MkdirTemp(w.dir, "report-")
	if err != nil {
		return a, err
	}
	all := []string{"audit", "--rpc", w.RPC, "--registry", w.Registry.Hex(), "--node", w.Node, "--log", w.Log, "--ipfs", w.Gateway, "--beacon", w.Beacon, "--graph", w.Graph.Hex(),
		"--at", w.Now().UTC().Format(time.RFC3339), "--out", out}
	cmd := exec.CommandContext(ctx, binary, append(all, args...)...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=2")
	var says bytes.Buffer
	cmd.Stderr = &says
	began := time.Now()
	err = cmd.Run()
	a.Seconds = time.Since(began).Seconds()
	if status := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &status) || status.ExitCode() != 1) {
		return a, fmt.Errorf("candor audit: %w: %s", err, says.String())
	}
	a.RSSMiB, a.CPU = peak(cmd.ProcessState), (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	raw, err := os.ReadFile(filepath.Join(out, "report.json"))
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal(raw, &a.Report)
}

// Known are the flags that show an audit what readers kept, and name the witnesses.
func (w *World) Known() (flags []string) {
	for flag, files := range map[string][]string{"--receipt": w.Kept, "--ticket": w.Tickets, "--witness": w.Witnesses} {
		for _, f := range files {
			flags = append(flags, flag, f)
		}
	}
	return flags
}

// Lateness lets the date of a model pass that turns out to be another than the committed
// one, and says how many blocks later an audit names it. Before the date none may.
func (w *World) Lateness(ctx context.Context, binary string, most int) (blocks int, err error) {
	v := w.late.versions[0]
	named := func() (bool, error) {
		a, err := w.Audit(ctx, binary, "--plugin", w.late.plugin.Hex(), "--no-rebuild")
		return slices.ContainsFunc(a.Findings, func(f audit.Finding) bool { return f.Rule == audit.RuleReveal && f.Evidence == v.commitment.Hex() }), err
	}
	if err := w.until(v.revealBy.Sub(w.start) - time.Second); err != nil {
		return 0, err
	}
	if early, err := named(); err != nil || early {
		return 0, errors.Join(err, errors.New("the model is named before its date"))
	}
	for blocks = 1; blocks <= most; blocks++ {
		w.chain.Commit()
		if ok, err := named(); err != nil || ok {
			return blocks, err
		}
	}
	return blocks, fmt.Errorf("no audit named the model within %d blocks of its date", most)
}

// LogChecks is what a check of one entry's inclusion in the log's head takes, and one of
// the head's consistency with an older one, in microseconds: the mean of so many, of
// proofs built from the served tiles.
func (w *World) LogChecks(ctx context.Context, n int) (inclusion, consistency float64, err error) {
	size := w.Head.Size
	var included, consistent time.Duration
	for range n {
		i := w.rand.Uint64N(size-1) + 1
		entry, err := w.log.Entry(ctx, i, size)
		if err != nil {
			return 0, 0, err
		}
		path, err := w.log.Inclusion(ctx, i, size)
		if err != nil {
			return 0, 0, err
		}
		began := time.Now()
		if err := w.Head.Includes(i, entry, path); err != nil {
			return 0, 0, err
		}
		included += time.Since(began)
		old := w.heads[w.rand.IntN(len(w.heads))]
		if path, err = w.log.Consistency(ctx, old.Size, size); err != nil {
			return 0, 0, err
		}
		began = time.Now()
		if err := w.Head.Extends(old, path); err != nil {
			return 0, 0, err
		}
		consistent += time.Since(began)
	}
	return micros(included, n), micros(consistent, n), nil
}

func micros(d time.Duration, n int) float64 { return float64(d.Nanoseconds()) / 1e3 / float64(n) }
