package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"candor/zkcommit"
	"candor/zkcommit/circuit"
	"candor/zkcommit/circuit/naive"
)

// The peers of the run proof, each measured in a process of its own, since they
// take gigabytes: a circuit of the same statement written the plain way, and EZKL.

// naivePosts is the length of the run that the naive circuit proves: its proving key
// for eight posts under 448x64x1 fits in a few gigabytes.
const naivePosts = 8

// ezklPatience is how long one of EZKL's proofs may take with all that comes before.
const ezklPatience = 20 * time.Minute

// ezklPosts is the batch in which EZKL is measured.
const ezklPosts = 64

// peer is what one proof took.
type peer struct {
	Shape       string  `json:"shape"`
	Posts       int     `json:"posts"`
	Constraints int     `json:"constraints,omitempty"`
	LogRows     int     `json:"logrows,omitempty"`
	Weights     string  `json:"weights"` // private, or hashed: bound to a hash
	SetupS      float64 `json:"setup_s"`
	ProveS      float64 `json:"prove_s"`
	VerifyMs    float64 `json:"verify_ms"`
	ProofBytes  int     `json:"proof_bytes"`
	RSSMiB      float64 `json:"rss_mib"`
	MsPerPost   float64 `json:"ms_per_post"`
}

// proveNaive is the bench's part that the naive circuit runs in.
func proveNaive() error {
	circuit.Silence()
	m, _, _, s, err := runOf(large, naivePosts)
	if err != nil {
		return err
	}
	f, err := naive.Measure(m, s.Rows)
	if err != nil {
		return err
	}
	rss, _ := resident()
	return json.NewEncoder(os.Stdout).Encode(peer{Shape: large.String(), Posts: naivePosts, Constraints: f.Constraints, Weights: "hashed",
		SetupS: f.Setup.Seconds(), ProveS: f.Prove.Seconds(), VerifyMs: f.Verify.Seconds() * 1e3, ProofBytes: f.ProofBytes,
		RSSMiB: rss, MsPerPost: f.Prove.Seconds() * 1e3 / naivePosts})
}

// part runs another part of this bench and reads its last line.
func part(name string) (p peer, err error) {
	own, err := os.Executable()
	if err != nil {
		return p, err
	}
	return last(exec.Command(own, name))
}

func last(cmd *exec.Cmd) (p peer, err error) {
	out, err := lastLine(cmd)
	if err != nil {
		return p, err
	}
	return p, json.Unmarshal(out, &p)
}

func lastLine(cmd *exec.Cmd) ([]byte, error) {
	cmd.Stderr = nil
	out, err := cmd.Output()
	if err != nil {
		var e *exec.ExitError
		if errors.As(err, &e) {
			lines := strings.Split(strings.TrimSpace(string(e.Stderr)), "\n")
			err = fmt.Errorf("%w: %s", err, lines[len(lines)-1])
		}
		return nil, fmt.Errorf("%s: %w", filepath.Base(cmd.Path), err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return []byte(lines[len(lines)-1]), nil
}

//go:embed ezkl.py
var ezklScript string

// ezklPackages are pinned, and installed into a folder of their own.
var ezklPackages = []string{"ezkl==23.0.5", "numpy==2.4.6", "onnx==1.19.1"}

const ezklHome = "bin/ezkl"

// proveEZKL measures EZKL with so many posts; weights are private or hashed. Hashing takes
// some 41 rows a weight, so that those of 448x64x1 alone need 2²¹.
func proveEZKL(shape zkcommit.Shape, posts int, weights string) (p peer, err error) {
	python := filepath.Join(ezklHome, "bin", "python")
	if _, err := os.Stat(filepath.Join(ezklHome, "ready")); err != nil {
		fmt.Fprintln(os.Stderr, "installing EZKL into "+ezklHome)
		for _, c := range [][]string{{"python3", "-m", "venv", ezklHome},
			append([]string{python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"}, ezklPackages...)} {
			if out, err := exec.Command(c[0], c[1:]...).CombinedOutput(); err != nil {
				return p, fmt.Errorf("EZKL cannot be installed, which takes Python 3 with venv and pip: %w: %s", err, strings.TrimSpace(string(out)))
			}
		}
		if err := os.WriteFile(filepath.Join(ezklHome, "ready"), nil, 0o644); err != nil {
			return p, err
		}
	}
	dir, err := os.MkdirTemp("", "candor-ezkl-")
	if err != nil {
		return p, err
	}
	defer os.RemoveAll(dir)
	ctx, cancel := context.WithTimeout(context.Background(), ezklPatience)
	defer cancel()
	out, err := lastLine(exec.CommandContext(ctx, python, "-c", ezklScript, dir, strconv.Itoa(posts),
		strconv.Itoa(shape.Inputs), strconv.Itoa(shape.Hidden[0]), weights))
	if ctx.Err() != nil {
		return p, fmt.Errorf("EZKL did not end within %v, the last that it did: %w", ezklPatience, err)
	}
	if err != nil {
		return p, err
	}
	var r struct {
		LogRows int `json:"logrows"`
		Seconds struct{ Setup, Witness, Prove, Verify float64 }
		RSS     float64 `json:"rss_mib"`
		Bytes   int     `json:"proof_bytes"`
	}
	if err := json.Unmarshal(out, &r); err != nil {
		return p, err
	}
	prove := r.Seconds.Witness + r.Seconds.Prove
	return peer{Shape: shape.String(), Posts: posts, LogRows: r.LogRows, Weights: weights, SetupS: r.Seconds.Setup, ProveS: prove, VerifyMs: r.Seconds.Verify * 1e3,
		ProofBytes: r.Bytes, RSSMiB: r.RSS, MsPerPost: prove * 1e3 / float64(posts)}, nil
}

var proveRunGas = regexp.MustCompile(`proveRun: (\d+) gas`)

// disputeGas is what settling a demand for a proof takes on the chain, as the
// contracts' test measures it with a real proof.
func disputeGas() (int, error) {
	out, err := exec.Command("go", "test", "-count=1", "-v", "-run", "^TestProveRunSettlesADemand$", "./contracts").CombinedOutput()
	m := proveRunGas.FindSubmatch(out)
	if err != nil || m == nil {
		return 0, fmt.Errorf("the contracts' test tells no gas: %w: %s", err, out)
	}
	return strconv.Atoi(string(m[1]))
}

// The shapes that are measured.
var (
	small = zkcommit.Shape{Inputs: 64, Hidden: [2]int{32}, Shift: [2]uint{6}}
	large = zkcommit.Shape{Inputs: 448, Hidden: [2]int{64}, Shift: [2]uint{12}}
)
