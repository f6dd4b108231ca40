package quantise

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"candor/internal/torture"
	"candor/rankers/onnx/format"
	"candor/rankers/sandbox/hostile"

	pw "google.golang.org/protobuf/encoding/protowire"
)

// TestHostileONNX: whatever a file says, reading it and quantising what was understood ends
// with a model or a sentence, and keeps no memory.
func TestHostileONNX(t *testing.T) {
	seed := torture.Seed(t)
	lying, mutated := torture.Count(60, 1000), torture.Count(150, 10_000)
	var good [][]byte
	for _, f := range []string{"mlp-dynamo", "mlp-legacy", "clipped-dynamo", "clipped-legacy"} {
		b, err := os.ReadFile(filepath.Join("../onnx/format/testdata/pytorch", f+".onnx"))
		if err != nil {
			t.Fatal(err)
		}
		good = append(good, b)
	}
	parsed, fitted := 0, 0
	before, most := 0., 0.
	for i := range lying + mutated {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		file := hostile.Changed(r, good[i%len(good)])
		if i < lying {
			file = harmful(r, i, good[i%len(good)])
		}
		if g, err := format.Parse(file, format.Limits{}); err == nil {
			parsed++
			if m, err := g.MLP(); err == nil {
				if _, _, err := Quantise(m, world(r, MinRows, m.Inputs)); err == nil {
					fitted++
				}
			}
		} else if s := err.Error(); len(s) > 2000 || strings.Contains(s, "\n") {
			t.Fatalf("file %d: an error of %d bytes", i, len(s))
		}
		if every := (lying + mutated) / 20; i%every == every-1 {
			if now := memory(t); before == 0 {
				before = now // warm by then
			} else {
				most = max(most, now-before)
			}
		}
	}
	if most > 64 {
		t.Errorf("the memory has grown by %.0f MiB", most)
	}
	if fitted == 0 || parsed > (lying+mutated)*9/10 {
		t.Errorf("of %d files %d were understood and %d fitted", lying+mutated, parsed, fitted)
	}
	torture.Say(t, "%d hostile and %d mutated ONNX files: %d understood, %d quantised, memory grew by at most %.1f MiB", lying, mutated, parsed, fitted, most)
}

// Numbers of fields in onnx.proto.
const (
	modelGraph, modelOpset                  = 7, 8
	graphNode, graphInitializer, graphInput = 1, 5, 11
	tensorDims, tensorType, tensorName      = 1, 2, 8
	tensorRaw, tensorExternal               = 9, 13
)

func message(field pw.Number, parts ...[]byte) []byte {
	return pw.AppendBytes(pw.AppendTag(nil, field, pw.BytesType), bytes.Join(parts, nil))
}

func number(field pw.Number, v uint64) []byte {
	return pw.AppendVarint(pw.AppendTag(nil, field, pw.VarintType), v)
}

// harmful is a file that was made to do harm.
func harmful(r *rand.Rand, i int, good []byte) []byte {
	opset := message(modelOpset, number(2, 17))
	huge := []uint64{0, 1 << 28, 1 << 31, 1 << 40, 1<<63 - 1, 1 << 63, 1<<64 - 1}
	dim := func() []byte { return number(tensorDims, huge[r.IntN(len(huge))]) }
	switch i % 10 {
	case 0:
		b := make([]byte, r.IntN(1<<14))
		for k := range b {
			b[k] = byte(r.Uint32())
		}
		return b
	case 1:
		return good[:r.IntN(len(good))]
	case 2: // a length far behind the end
		return pw.AppendVarint(pw.AppendTag(bytes.Clone(opset), modelGraph, pw.BytesType), huge[1+r.IntN(len(huge)-1)])
	case 3: // messages in messages
		b := []byte{}
		for range 1 + r.IntN(2000) {
			b = message(pw.Number(1+r.IntN(12)), b)
		}
		return append(bytes.Clone(opset), message(modelGraph, b)...)
	case 4: // a tensor that is large by its own word
		return append(bytes.Clone(opset), message(modelGraph, message(graphInitializer, dim(), dim(), dim(), number(tensorType, 1), message(tensorName, []byte("w")), message(tensorRaw, make([]byte, r.IntN(64)))))...)
	case 5: // many of nothing
		return append(bytes.Clone(opset), message(modelGraph, bytes.Repeat(message(pw.Number([]int{graphNode, graphInitializer, graphInput}[r.IntN(3)])), 1+r.IntN(1<<17)))...)
	case 6: // another file's bytes
		return append(bytes.Clone(opset), message(modelGraph, message(graphInitializer, number(tensorDims, 4), number(tensorType, 1), message(tensorName, []byte("w")),
			message(tensorExternal, message(1, []byte("location")), message(2, []byte("/etc/passwd")))))...)
	case 7: // operators with programs in them, or none of that name
		op := []string{"Loop", "If", "Scan", "Gemm", "MatMul", strings.Repeat("x", 1<<16), "\x00"}[r.IntN(7)]
		return append(bytes.Clone(opset), message(modelGraph, bytes.Repeat(message(graphNode, message(1, []byte("a")), message(2, []byte("a")), message(4, []byte(op))), 1+r.IntN(5000)))...)
	case 8: // weights that are no numbers
		b := bytes.Clone(good)
		v := []float32{float32(math.NaN()), float32(math.Inf(1)), math.MaxFloat32, math.SmallestNonzeroFloat32}[r.IntN(4)]
		for at := len(b) / 2 &^ 3; at+4 <= len(b)-400; at += 4 * (1 + r.IntN(64)) {
			copy(b[at:], pw.AppendFixed32(nil, math.Float32bits(v)))
		}
		return b
	default: // twice the same graph
		return append(bytes.Clone(good), good...)
	}
}

// memory is what this process holds, in MiB, after what Go can give back.
func memory(t *testing.T) float64 {
	t.Helper()
	debug.FreeOSMemory()
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		if runtime.GOOS != "linux" {
			return 1
		}
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(b), "VmRSS:")
	var kib float64
	if _, err := fmt.Sscan(rest, &kib); err != nil {
		t.Fatal(err)
	}
	return kib / 1024
}
