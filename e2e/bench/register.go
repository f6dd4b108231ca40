package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/circuit"
	"candor/zkcommit/circuit/verifier"
	"candor/zkcommit/sumcheck"
)

// registering is what the registration of one model took; the times are medians.
type registering struct {
	Shape    string  `json:"shape"`
	SetupS   float64 `json:"setup_s"` // of development keys, once
	SetupCPU float64 `json:"setup_cpu_s"`
	LoadMs   float64 `json:"load_ms"` // of keys from their file
	S        float64 `json:"registration_s"`
	CPU      float64 `json:"registration_cpu_s"`
	VerifyMs float64 `json:"verify_ms"`
	Bytes    int     `json:"bytes"`
	KeysMiB  float64 `json:"keys_mib"`
	RSSMiB   float64 `json:"rss_mib"`
}

// proveRegistration is the bench's part that registers models: from weights and
// salt to the encoded registration, its weight commitment and link among it. The
// last line is that of 448x64x1.
func proveRegistration() error {
	circuit.Silence()
	for _, shape := range []zkcommit.Shape{small, {Inputs: 64, Hidden: [2]int{64, 32}, Shift: [2]uint{9, 8}}, large} {
		r, err := register(shape)
		if err != nil {
			return err
		}
		if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
			return err
		}
	}
	return nil
}

// registered is that part's last line.
func registered() (r registering, err error) {
	own, err := os.Executable()
	if err != nil {
		return r, err
	}
	out, err := lastLine(exec.Command(own, "prove-registration"))
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(out, &r)
}

func register(shape zkcommit.Shape) (r registering, err error) {
	dir, err := os.MkdirTemp("", "candor-bench-")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(dir)
	r.Shape = shape.String()
	began, cpu := time.Now(), used()
	keys, err := circuit.DevelopmentRegistrationKeys(dir, shape, nil)
	if err != nil {
		return r, err
	}
	r.SetupS, r.SetupCPU = time.Since(began).Seconds(), used()-cpu
	began = time.Now()
	if keys, err = circuit.DevelopmentRegistrationKeys(dir, shape, nil); err != nil {
		return r, err
	}
	r.LoadMs = time.Since(began).Seconds() * 1e3
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 1 {
		return r, fmt.Errorf("the keys' folder holds %v: %w", files, err)
	}
	info, err := os.Stat(files[0])
	if err != nil {
		return r, err
	}
	r.KeysMiB = float64(info.Size()) / (1 << 20)
	m, _, _, _, err := runOf(shape, 1)
	if err != nil {
		return r, err
	}
	salt := zkcommit.NewSalt([32]byte{1})
	var reg *zkcommit.Registration
	wall, cpuMs, err := median(5, func() error {
		w, err := sumcheck.NewWeights(m, graph.Hash{}, salt)
		if err != nil {
			return err
		}
		draft, alpha, err := w.Registration()
		if err != nil {
			return err
		}
		reg = draft
		return keys.Register(context.Background(), reg, alpha, m, salt)
	})
	if err != nil {
		return r, err
	}
	r.S, r.CPU, r.Bytes = wall/1e3, cpuMs/1e3, len(reg.Bytes())
	if r.VerifyMs, _, err = median(11, func() error {
		_, err := sumcheck.Register(reg, verifier.Registrar{Key: keys.VerifyingKey()})
		return err
	}); err != nil {
		return r, err
	}
	r.RSSMiB, _ = resident()
	return r, nil
}
