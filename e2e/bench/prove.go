package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/sumcheck"
)

// proved is what the proofs of one size came to: medians, in milliseconds of wall
// time and of processor time.
type proved struct {
	Shape      string  `json:"shape"`
	Posts      int     `json:"posts"`
	ProveMs    float64 `json:"prove_ms"`
	ProveCPU   float64 `json:"prove_cpu_ms"`
	VerifyMs   float64 `json:"verify_ms"`
	VerifyCPU  float64 `json:"verify_cpu_ms"`
	InferCPU   float64 `json:"plain_inference_cpu_ms"`
	PostsPerS  float64 `json:"posts_per_s"`
	ProofBytes int     `json:"proof_bytes"`
}

// benchProve measures the run proof on two cores: secret scores, order proved,
// proofs encoded and checked by the prover, as a node would make them. Plain
// inference is the reference evaluator on one core. The memory is held to 224 MiB,
// as by GOMEMLIMIT. Its peers follow in processes of their own: a naive circuit and
// EZKL, whose time per post is compared with ours in runs of 1,024; with hashed weights
// EZKL takes the small model, and is compared with ours in runs of 64. A peer that
// cannot be had has no figure, and its reason instead. So does a model's registration,
// without its memory. Gas is that of the contracts' own test. The browser is measured by
// web/client/test.
func benchProve() error {
	runtime.GOMAXPROCS(2)
	debug.SetMemoryLimit(224 << 20)
	var all []proved
	for _, x := range []struct {
		shape zkcommit.Shape
		posts int
	}{{small, 64}, {large, 64}, {large, 256}, {large, 1024}, {large, 4096}, {large, 16384}} {
		p, err := proveOne(x.shape, x.posts)
		if err != nil {
			return fmt.Errorf("%d posts under %s: %w", x.posts, x.shape, err)
		}
		fmt.Fprintf(os.Stderr, "%d × %s: proved in %.1f ms, verified in %.1f ms, %d bytes\n", p.Posts, p.Shape, p.ProveMs, p.VerifyMs, p.ProofBytes)
		all = append(all, p)
	}
	batched, err := verifyBatched(large, 1024, 100)
	if err != nil {
		return err
	}
	peak, _ := resident()
	k, most := all[3], all[5]
	figures := map[string]any{"bench": "prove", "cores": 2,
		"posts_per_s_448": k.PostsPerS, "posts_per_s_448_16k": most.PostsPerS, "prove_ms_64_64": all[0].ProveMs,
		"prove_ms_1024_448": k.ProveMs, "ratio_plain_inference": k.ProveCPU / k.InferCPU, "proof_bytes": k.ProofBytes,
		"verify_ms_1024": k.VerifyMs, "verify_ms_batched": batched, "rss_mib": peak, "runs": all}
	registration, err := registered()
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s: registered in %.2f s, %d bytes\n", registration.Shape, registration.S, registration.Bytes)
	figures["registration_s"], figures["registration"] = registration.S, registration
	if figures["gas"], err = disputeGas(); err != nil {
		return err
	}
	ours := func(p proved) float64 { return p.ProveMs / float64(p.Posts) }
	beside := func(key string, p peer, ours float64, err error) {
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", key, err)
			figures[key+"_missing"] = err.Error()
			return
		}
		fmt.Fprintf(os.Stderr, "%s: %d posts proved in %.1f s with weights %s, %.0f times our time a post\n", key, p.Posts, p.ProveS, p.Weights, p.MsPerPost/ours)
		figures[key], figures["ratio_"+key] = p, p.MsPerPost/ours
	}
	p, err := part("prove-naive")
	beside("naive", p, ours(k), err)
	if p, err = proveEZKL(large, ezklPosts, "private"); err == nil {
		beside("ezkl", p, ours(k), nil)
		p, err = proveEZKL(small, ezklPosts, "hashed")
		beside("ezkl_hashed", p, ours(all[0]), err)
	} else {
		beside("ezkl", p, ours(k), err)
	}
	return json.NewEncoder(os.Stdout).Encode(figures)
}

// runOf makes a random registered model and a true statement of its order.
func runOf(shape zkcommit.Shape, posts int) (*zkcommit.Model, *sumcheck.Weights, *sumcheck.RegisteredModel, *sumcheck.Statement, error) {
	r := rand.New(rand.NewPCG(1, uint64(posts)))
	m := zkcommit.NewModel(shape)
	for _, layer := range m.Layers {
		for i := range layer.Weights {
			layer.Weights[i] = int8(r.Uint32())
		}
	}
	w, err := sumcheck.NewWeights(m, graph.Hash{}, zkcommit.NewSalt([32]byte{1}))
	if err != nil {
		return nil, nil, nil, nil, err
	}
	reg, err := sumcheck.RegisterOpened(w)
	if err != nil {
		return nil, nil, nil, nil, err
	}
	rows := make([]int8, posts*shape.Inputs)
	for i := range rows {
		rows[i] = int8(r.Uint32())
	}
	scores, err := m.Evaluate(rows)
	if err != nil {
		return nil, nil, nil, nil, err
	}
	order := r.Perm(posts) // a post's number is its block, so it is its age as well
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(b, a)) })
	s := &sumcheck.Statement{Kind: sumcheck.Order, Run: &zkcommit.Run{Commitment: reg.ID(), Shape: shape.ID()}}
	for _, i := range order {
		s.Posts = append(s.Posts, graph.PostID{Block: uint64(i + 1)})
		s.Rows = append(s.Rows, rows[i*shape.Inputs:(i+1)*shape.Inputs]...)
	}
	return m, w, reg, s, nil
}

func proveOne(shape zkcommit.Shape, posts int) (p proved, err error) {
	m, w, reg, s, err := runOf(shape, posts)
	if err != nil {
		return p, err
	}
	p.Shape, p.Posts = shape.String(), posts
	times := min(max(5, 20480/posts), 40)
	var proof []byte
	if p.ProveMs, p.ProveCPU, err = median(times, func() (err error) { proof, err = sumcheck.Prove(s, reg, w); return err }); err != nil {
		return p, err
	}
	if p.VerifyMs, p.VerifyCPU, err = median(times, func() error { return sumcheck.Verify(s, reg, proof) }); err != nil {
		return p, err
	}
	if _, p.InferCPU, err = median(times, func() error { _, err := m.Plain(s.Rows); return err }); err != nil {
		return p, err
	}
	p.PostsPerS, p.ProofBytes = float64(posts)/p.ProveMs*1e3, len(proof)
	return p, nil
}

// verifyBatched is the wall time a proof takes in a batch.
func verifyBatched(shape zkcommit.Shape, posts, n int) (ms float64, err error) {
	_, w, reg, s, err := runOf(shape, posts)
	if err != nil {
		return 0, err
	}
	var claims []sumcheck.Claim
	for range n {
		proof, err := sumcheck.Prove(s, reg, w)
		if err != nil {
			return 0, err
		}
		claims = append(claims, sumcheck.Claim{Statement: s, Model: reg, Proof: proof})
	}
	ms, _, err = median(5, func() error { return sumcheck.VerifyBatch(claims) })
	return ms / float64(n), err
}

// median runs f once to warm up, then so many times.
func median(times int, f func() error) (wall, cpu float64, err error) {
	var walls, cpus []float64
	for i := range times + 1 {
		began, from := time.Now(), used()
		if err := f(); err != nil {
			return 0, 0, err
		}
		if i > 0 {
			walls, cpus = append(walls, time.Since(began).Seconds()*1e3), append(cpus, (used()-from)*1e3)
		}
	}
	slices.Sort(walls)
	slices.Sort(cpus)
	return walls[times/2], cpus[times/2], nil
}
