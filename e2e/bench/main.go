// Command bench measures the whole node from outside, as a user would.
//
// What enters: a bench's name, its input files, and bin/candor. What leaves:
// progress on standard error and one JSON object on the last line of standard
// output, with units in the names of its figures.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	err := errors.New("say what to measure: bench import FILE..., bench ingest [HISTORY...], bench prove, bench rank, bench audit, or bench economics")
	if args := os.Args[1:]; len(args) > 0 {
		switch {
		case args[0] == "import" && len(args) > 1:
			err = benchImport(args[1:])
		case args[0] == "ingest":
			err = benchIngest(args[1:])
		case args[0] == "prove":
			err = benchProve()
		case args[0] == "rank":
			err = benchRank()
		case args[0] == "rank-worker" && len(args) == 3: // a part of rank, in a process of its own
			err = rankWorker(args[1], args[2])
		case args[0] == "audit":
			runs := "10000"
			if len(args) > 1 { // to try it
				runs = args[1]
			}
			err = benchAudit(runs)
		case args[0] == "economics": // no measurement: a simulation that draws docs/economics.svg
			err = benchEconomics()
		case args[0] == "prove-naive": // a part of prove, in a process of its own
			err = proveNaive()
		case args[0] == "prove-registration":
			err = proveRegistration()
		case args[0] == "ingest-whole" && len(args) == 4: // a part of ingest, in a process of its own
			err = ingestWhole(args[1], args[2], args[3])
		case args[0] == "ingest-bare" && len(args) == 4:
			err = ingestBare(args[1], args[3])
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// imported is what one import came to.
type imported struct {
	File            string  `json:"file"`
	Seconds         float64 `json:"seconds"`
	Events          int     `json:"events"`
	EventsPerSecond float64 `json:"events_per_s"`
	Profiles        int     `json:"profiles"`
	Posts           int     `json:"posts"`
	Replies         int     `json:"replies"`
	Follows         int     `json:"follows"`
	Reactions       int     `json:"reactions"`
	Unavailable     int     `json:"unavailable"`
}

// benchImport imports each file into a fresh node, through relay, chain, IPFS
// and index, and waits until the index shows all of it. The top figures are the
// first file's.
func benchImport(files []string) error {
	var all []imported
	for _, f := range files {
		r, err := importOne(f)
		if err != nil {
			return fmt.Errorf("%s: %w", f, err)
		}
		fmt.Fprintf(os.Stderr, "%s: %d events in %.1f s\n", r.File, r.Events, r.Seconds)
		all = append(all, r)
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{"bench": "import", "seconds": all[0].Seconds,
		"events_per_s": all[0].EventsPerSecond, "files": all})
}

func importOne(file string) (r imported, err error) {
	dir, err := os.MkdirTemp("", "candor-bench-")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(dir)
	// The proving keys would be made meanwhile and take a core: a node that
	// imports a history has them from its first start.
	url, stop, err := startNode(filepath.Join(dir, "node"), "--prove=false")
	if err != nil {
		return r, err
	}
	defer stop()
	began := time.Now()
	imp := exec.Command("bin/candor", "import", "jetstream", file, "--node", url, "--key", filepath.Join(dir, "importer.key"))
	imp.Stderr = os.Stderr
	if err := imp.Run(); err != nil {
		return r, err
	}
	// The importer returns when the relay's last answer says mined; the index
	// must show it, too.
	last := -1
	for range 600 {
		res, err := http.Get(url + "/api/v1/stats")
		if err != nil {
			return r, err
		}
		err = json.NewDecoder(res.Body).Decode(&r)
		res.Body.Close()
		if err != nil {
			return r, err
		}
		if sum := r.Profiles + r.Posts + r.Follows + r.Reactions; sum == last {
			break
		} else {
			last = sum
		}
		time.Sleep(50 * time.Millisecond)
	}
	r.Seconds = time.Since(began).Seconds()
	r.File = strings.TrimSuffix(filepath.Base(file), ".gz")
	r.Events = r.Profiles + r.Posts + r.Follows + r.Reactions
	r.EventsPerSecond = float64(r.Events) / r.Seconds
	return r, nil
}

// startNode starts bin/candor with an empty world and waits until it is ready.
func startNode(dir string, flags ...string) (url string, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	addr := l.Addr().String()
	l.Close()
	node := exec.Command("bin/candor", append([]string{"up", "--data", dir, "--listen", addr, "--seed", "none"}, flags...)...)
	node.Stderr = os.Stderr
	if err := node.Start(); err != nil {
		return "", nil, fmt.Errorf("bin/candor does not start (%w): run make build", err)
	}
	stop = func() {
		_ = node.Process.Signal(os.Interrupt)
		_ = node.Wait()
	}
	for range 600 {
		if res, err := http.Get("http://" + addr + "/readyz"); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return "http://" + addr, stop, nil
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	stop()
	return "", nil, errors.New("the node was not ready within a minute")
}
