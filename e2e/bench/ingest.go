package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"candor/graph"
	"candor/graph/embed"
	"candor/indexer"
	"candor/store/scan"
	"candor/store/sqlite"
	"candor/store/tables"
)

// measured is what one process says of its part.
type measured struct {
	Seconds float64 `json:"seconds"` // on the clock
	CPU     float64 `json:"cpu"`     // seconds of all cores
	Events  int     `json:"events"`
	Rows    int     `json:"rows"`
	Late    int     `json:"late"`    // documents that came after their block
	RSS     float64 `json:"rss_mib"` // the most that was resident
	Grown   float64 `json:"grown_mib"`
	Disk    float64 `json:"disk_mib"`
}

// benchIngest measures how quickly a history becomes durable through indexer and
// store, against the same rows put into a bare database in one transaction, and
// how soon a post is in a feed.
func benchIngest(histories []string) error {
	if len(histories) == 0 {
		histories = []string{"town:100000"}
	}
	out := map[string]any{"bench": "ingest",
		"peer": "the same rows inserted into an empty database with the same tables, indexes and pragmas, by multi-row INSERTs in one transaction, same process kind, same run"}
	var files []map[string]any
	for i, h := range histories {
		one, err := ingestBeside(h, backends[0])
		if err != nil {
			return fmt.Errorf("%s: %w", h, err)
		}
		one["history"] = strings.TrimSuffix(filepath.Base(h), ".gz")
		files = append(files, one)
		for k, v := range one {
			if i == 0 && k != "history" {
				out[k] = v
			}
		}
	}
	out["histories"] = files
	for _, b := range backends[1:] {
		var one map[string]any
		err := withPostgres(func() (err error) {
			one, err = ingestBeside(histories[0], b)
			return err
		})
		if err != nil {
			return fmt.Errorf("%s over %s: %w", histories[0], b, err)
		}
		for k, v := range one {
			out[b+"_"+k] = v
		}
	}
	visible, err := benchVisible(200)
	if err != nil {
		return fmt.Errorf("a post's way into a feed: %w", err)
	}
	for k, v := range visible {
		out[k] = v
	}
	for _, figures := range append(files, out) {
		for k, v := range figures {
			if f, ok := v.(float64); ok { // four digits are more than such a run knows
				figures[k], _ = strconv.ParseFloat(strconv.FormatFloat(f, 'g', 4, 64), 64)
			}
		}
	}
	return json.NewEncoder(os.Stdout).Encode(out)
}

// backends are the stores measured; the first one's figures have no prefix.
var backends = []string{"sqlite", "postgres"}

const ingestRounds = 3

// ingestBeside alternates rounds of ingest and of the bare database and gives
// the medians.
func ingestBeside(history, backend string) (map[string]any, error) {
	var whole, bare []measured
	for range ingestRounds {
		dir, err := os.MkdirTemp("", "candor-bench-")
		if err != nil {
			return nil, err
		}
		w, err := child("ingest-whole", backend, history, dir)
		var b measured
		if err == nil {
			b, err = child("ingest-bare", backend, history, dir)
		}
		os.RemoveAll(dir)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(os.Stderr, "%s, %s: %d events in %.2f s (%.2f s of CPU), %.0f MiB; bare %d rows in %.2f s (%.2f)\n",
			history, backend, w.Events, w.Seconds, w.CPU, w.RSS, b.Rows, b.Seconds, b.CPU)
		whole, bare = append(whole, w), append(bare, b)
	}
	median := func(ms []measured, of func(measured) float64) float64 {
		var vs []float64
		for _, m := range ms {
			vs = append(vs, of(m))
		}
		slices.Sort(vs)
		return vs[len(vs)/2]
	}
	seconds := func(m measured) float64 { return m.Seconds }
	cpu := func(m measured) float64 { return m.CPU }
	events := float64(whole[0].Events)
	return map[string]any{
		"events":                      whole[0].Events,
		"events_per_s":                events / median(whole, seconds),
		"bare_events_per_s":           events / median(bare, seconds),
		"ratio_bare_insert":           median(bare, seconds) / median(whole, seconds),
		"cpu_ratio_bare":              median(bare, cpu) / median(whole, cpu),
		"cpu_us_per_event":            1e6 * median(whole, cpu) / events,
		"rss_mib":                     median(whole, func(m measured) float64 { return m.RSS }),
		"disk_mib_per_million_events": 1e6 * median(whole, func(m measured) float64 { return m.Disk }) / events,
		"rss_mib_per_million_events":  1e6 * median(whole, func(m measured) float64 { return m.Grown }) / events,
	}, nil
}

// child runs a part in a process of its own, whose memory is then only its own.
func child(args ...string) (m measured, err error) {
	self, err := os.Executable()
	if err != nil {
		return m, err
	}
	cmd := exec.Command(self, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return m, fmt.Errorf("%s: %w", args[0], err)
	}
	return m, json.Unmarshal(out, &m)
}

// ingestWhole indexes the history into a new mirror in the directory.
func ingestWhole(backend, name, dir string) error {
	chain, events, err := openHistory(name)
	if err != nil {
		return err
	}
	ctx := context.Background()
	options := tables.Options{Embed: embed.Text, Schema: embed.Schema, Genesis: graph.Hash{1}, Vectors: scan.New()}
	var mirror *tables.Mirror
	if backend == "postgres" {
		mirror, err = openPostgres(ctx, dir, options)
	} else {
		mirror, err = sqlite.OpenMirror(ctx, filepath.Join(dir, "mirror.db"), options)
	}
	if err != nil {
		return err
	}
	m := measured{Events: events}
	_, before := resident()
	began, cpu := time.Now(), used()
	x := indexer.New(indexer.Config{Source: chain, Fetcher: chain, Mirror: mirror})
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan error, 1)
	go func() { done <- x.Run(ctx) }()
	if err := x.Synced(ctx, chain.last); err != nil {
		return err
	}
	// The history is made up meanwhile, on the index's account.
	m.Seconds, m.CPU = time.Since(began).Seconds(), used()-cpu
	m.RSS, _ = resident()
	m.Grown = m.RSS - before
	// On a busy machine a block does not wait for its slowest documents: they ride
	// in a later one. The last ones may find none, since this chain ends.
	s := x.Status()
	if m.Late = int(s.Missed); int(s.Events) != events || 50*m.Late > events {
		return fmt.Errorf("the index took %d of %d events and missed %d documents", s.Events, events, s.Missed)
	}
	stop()
	if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	if err := mirror.Close(); err != nil {
		return err
	}
	if backend == "postgres" {
		m.Disk, err = postgresDisk(dir)
	} else {
		m.Disk, err = sqliteDisk(dir)
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(m)
}

func sqliteDisk(dir string) (mib float64, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "mirror.db*"))
	if err != nil {
		return 0, err
	}
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			return 0, err
		}
		mib += float64(info.Size()) / (1 << 20)
	}
	return mib, nil
}

// used is the seconds of CPU that this process has had.
func used() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // cannot fail for the process itself
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// resident is the most and the present memory of this process, in MiB.
func resident() (peak, now float64) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, 0
	}
	read := func(key string) (kib float64) {
		if _, rest, ok := strings.Cut(string(status), key+":"); ok {
			fmt.Sscan(rest, &kib)
		}
		return kib / 1024
	}
	return read("VmHWM"), read("VmRSS")
}
