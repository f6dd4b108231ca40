package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"candor/graph"
	"candor/local/broker"
	"candor/rankers"
	"candor/rankers/features"
	"candor/rankers/onnx"
	"candor/rankers/worker"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/crypto"
)

// askers are how many questions are open at once, and for how long each figure is measured.
const (
	askers = 8
	asked  = 3 * time.Second
)

// workerShape is that of the worker's model.
var workerShape = zkcommit.Shape{Inputs: 64, Hidden: [2]int{64, 32}, Shift: [2]uint{7, 7}}

// throughWorker measures requests a second through a worker in a process of its own, over
// NATS on this machine, beside calls of the same model in this process. name ends the keys.
func throughWorker(m *zkcommit.Model, device onnx.Device, name string, out map[string]any) error {
	runtime.GOMAXPROCS(runtime.NumCPU())
	dir, err := os.MkdirTemp("", "candor-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	key, err := crypto.GenerateKey()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "model"), m.Bytes(), 0o600); err != nil {
		return err
	}
	permit := &zkcommit.Permit{Node: graph.Address{1}, Model: graph.Hash{2}, Operator: "bench", Expires: uint64(time.Now().Add(time.Hour).Unix())}
	if err := permit.Sign(key); err != nil {
		return err
	}
	quiet := slog.New(slog.DiscardHandler)
	b, err := broker.Start(broker.Config{Dir: filepath.Join(dir, "broker"), Secret: [32]byte{1}, Node: permit.Node.Hex()[2:], Logger: quiet,
		Guest: func(user, password string) (broker.Rights, bool) {
			write, read := worker.Subjects(permit.Node, permit.Model, permit.Operator)
			return broker.Rights{Publish: write, Subscribe: append(read, broker.Jobs("", permit.Model.Hex()[2:]).Subscribe...), Until: time.Now().Add(time.Hour)},
				user == permit.User() && password == permit.Password()
		}})
	if err != nil {
		return err
	}
	defer b.Close()
	doc, err := worker.NewCredentials("nats://"+b.Addr().String(), permit, 1, features.Schema()).Encode()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "credentials"), doc, 0o600); err != nil {
		return err
	}
	child := exec.Command(os.Args[0], "rank-worker", dir, string(device))
	child.Stderr = os.Stderr
	if err := child.Start(); err != nil {
		return err
	}
	defer func() { _ = child.Process.Kill(); _ = child.Wait() }()
	hub, err := worker.Open(b.URL(), permit.Node, nil, quiet)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	var serving sync.WaitGroup
	serving.Go(func() { err = errors.Join(err, hub.Serve(ctx)) })
	defer func() { cancel(); serving.Wait(); hub.Close() }()
	info := rankers.Info{ID: "bench", Version: 1, Schema: features.Schema()}
	pool := hub.Pool(worker.Terms{Info: info, Model: permit.Model, Cuts: &worker.CutFiles{Dir: filepath.Join(dir, "cuts")}})
	for end := time.Now().Add(30 * time.Second); !pool.Live(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			return errors.New("the worker does not come")
		}
	}
	here, err := rankers.Hold(info, m)
	if err != nil {
		return err
	}
	for suffix, n := range map[string]int{"": 1000, "_64": 64} {
		rows := make([]graph.Row, n)
		for i := range rows {
			rows[i] = make(graph.Row, graph.Features)
			for j := range rows[i] {
				rows[i][j] = int8(i*31 + j*7)
			}
		}
		through, half, err := perSecond(pool, here, rows)
		if err != nil {
			return err
		}
		engine := pool.Standings(time.Now())[0].Workers[0]
		fmt.Fprintf(os.Stderr, "%d posts: %.0f requests a second through a worker by %s\n", n, through, engine)
		out["worker_rps"+name+suffix], out["worker_median_ms"+name+suffix], out["worker_engine"+name] = through, half, engine
		if device != onnx.Go {
			continue
		}
		direct, _, err := perSecond(here, here, rows)
		if err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "%d posts: %.0f requests a second in process\n", n, direct)
		out["in_process_rps"+suffix] = direct
	}
	out["worker_askers"], out["worker_cores"], out["worker_shape"] = askers, runtime.NumCPU(), m.Shape.String()
	return nil
}

// perSecond is how many times a second r scores the rows, as the reference does, and the
// median of a question's time in milliseconds.
func perSecond(r, reference rankers.Ranker, rows []graph.Row) (rate, half float64, err error) {
	want, err := reference.Score(context.Background(), rows)
	if err != nil {
		return 0, 0, err
	}
	var n atomic.Int64
	var mu sync.Mutex
	var took []float64
	var failed error
	var all sync.WaitGroup
	began := time.Now()
	for range askers {
		all.Go(func() {
			for time.Since(began) < asked {
				start := time.Now()
				ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
				got, err := r.Score(ctx, rows)
				cancel()
				if err == nil && !slices.Equal(got, want) {
					err = errors.New("the scores differ from the reference's")
				}
				n.Add(1)
				mu.Lock()
				took, failed = append(took, time.Since(start).Seconds()*1000), errors.Join(failed, err)
				mu.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	all.Wait()
	slices.Sort(took)
	return float64(n.Load()) / time.Since(began).Seconds(), took[len(took)/2], failed
}

// rankWorker is the worker, until it is killed.
func rankWorker(dir, device string) error {
	raw, err := os.ReadFile(filepath.Join(dir, "model"))
	if err != nil {
		return err
	}
	m, err := zkcommit.ParseModel(raw)
	if err != nil {
		return err
	}
	doc, err := os.ReadFile(filepath.Join(dir, "credentials"))
	if err != nil {
		return err
	}
	c, err := worker.ParseCredentials(doc)
	if err != nil {
		return err
	}
	scorer := onnx.Serve(m, onnx.Wish{Device: device, Library: os.Getenv("CANDOR_ONNXRUNTIME"), Threads: 1,
		Batch: onnx.BatchOptions{Rows: worker.MaxRows, Queue: 2 * askers, Timeout: 10 * time.Second}, Log: func(l string) { fmt.Fprintln(os.Stderr, l) }})
	s := &worker.Server{Credentials: c, Scorer: scorer, Name: "bench", Capacity: 2 * askers, Log: slog.New(slog.DiscardHandler)}
	return s.Run(context.Background())
}
