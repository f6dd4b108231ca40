package e2e

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// law is the house's import law: which of our packages each may import, besides
// those in everywhere. A prefix ending in /... stands for a package and all below it.
// cmd/candor and tests may import anything.
var law = map[string][]string{
	"graph":               {},
	"graph/embed":         {},
	"graph/embed/...":     {}, // its tables' generator and its tests' mirror
	"graph/fold":          {},
	"graph/snapshot":      {},
	"internal/crashpoint": {},
	"internal/pinned":     {},
	"internal/torture":    {}, // for tests

	"zkcommit":                  {},
	"zkcommit/circuit":          {"zkcommit", "zkcommit/circuit/verifier"},
	"zkcommit/circuit/verifier": {"zkcommit"},
	"zkcommit/circuit/ceremony": {},
	"zkcommit/circuit/naive":    {"zkcommit"}, // for a benchmark
	"zkcommit/prover":           {"zkcommit"},
	"zkcommit/prover/jobs":      {"zkcommit/prover", "internal/pinned"},
	"zkcommit/sumcheck":         {"zkcommit"},
	"zkcommit/parts":            {},
	"zkcommit/tlog":             {"zkcommit"},
	"zkcommit/tlog/witness":     {"zkcommit", "zkcommit/tlog"},
	"zkcommit/timelock":         {},
	"zkcommit/verify":           {"zkcommit", "zkcommit/circuit/verifier", "zkcommit/sumcheck"},
	"zkcommit/chain":            {"zkcommit", "contracts"},

	"rankers":                 {"zkcommit", "rankers/features"},
	"rankers/features":        {},
	"rankers/onnx":            {"rankers", "rankers/features", "zkcommit", "rankers/onnx/format", "rankers/onnx/reference"},
	"rankers/onnx/format":     {"zkcommit"},
	"rankers/onnx/reference":  {"rankers/onnx/format"},
	"rankers/tower":           {},
	"examples/tower":          {"rankers/onnx/format", "rankers/onnx/reference", "rankers/tower"}, // writes its file
	"rankers/quantise":        {"zkcommit", "rankers/onnx/format"},
	"rankers/worker":          {"rankers", "zkcommit", "internal/pinned"},
	"rankers/publish":         {"rankers", "zkcommit", "rankers/features", "rankers/onnx/reference", "rankers/tower"},
	"rankers/quality":         {},
	"rankers/sandbox":         {"rankers", "rankers/sandbox/early"},
	"rankers/sandbox/early":   {},                                                  // before all others
	"rankers/sandbox/hostile": {"rankers/features", "rankers/publish", "zkcommit"}, // for tests
	"rankers/samples":         {"rankers/features"},
	"rankers/train":           {"zkcommit", "rankers/onnx/format", "rankers/quantise"},
	"rankers/train/...":       {"rankers/train", "rankers/evaluate"}, // the generator of its prior
	"rankers/train/builtins":  {"rankers/features", "rankers/train", "zkcommit", "feeds/candidates", "local/town"},
	"rankers/evaluate":        {"rankers", "rankers/features", "rankers/train", "zkcommit"},
	"spamfilter":              {},
	"feeds":                   {"zkcommit", "feeds/candidates", "feeds/select"},
	"feeds/candidates":        {},
	"feeds/select":            {},

	"indexer":          {},
	"indexer/evm":      {"indexer", "contracts"},
	"indexer/denylist": {},
	"indexer/search":   {"indexer"},
	"indexer/ipfs":     {"indexer"},
	"relay":            {"contracts"},
	"relay/jetstream":  {"relay"},

	"store":                   {},
	"store/tables":            {"zkcommit", "store/vectors"},
	"store/sqlite":            {"store/tables"},
	"store/postgres":          {"store/tables"},
	"store/postgres/pgtest":   {}, // for tests
	"store/vectors":           {},
	"store/scan":              {},
	"store/qdrant":            {},
	"store/qdrant/qdranttest": {},
	"store/storetest":         {"zkcommit", "internal/torture"},

	"audit":          {"zkcommit", "audit/fairness"},
	"audit/fairness": {"zkcommit", "rankers/features"},
	"audit/rebuild":  {"audit", "zkcommit", "feeds/candidates", "rankers/features", "rankers/tower", "spamfilter"}, // the rules that the node runs

	"contracts":    {},
	"local/chain":  {"contracts"},
	"local/town":   {},
	"local/beacon": {"zkcommit/timelock"},
	"local/broker": {"internal/pinned"},

	"web":      {"zkcommit", "web/siwe"},
	"web/siwe": {"zkcommit"},
	"web/wasm": {"zkcommit", "zkcommit/verify", "feeds/select"},
}

// everywhere may be imported by all but graph itself and crashpoint.
var everywhere = []string{"graph", "graph/fold", "graph/embed", "graph/snapshot", "internal/crashpoint"}

// free packages may import anything: they only wire or test.
var free = []string{"cmd/candor", "e2e", "e2e/bench", "e2e/planted", "e2e/torture", "e2e/year"}

// pure packages decide what enters a Run: no I/O, no clock, no chance, no floats.
var pure = []string{"graph", "graph/fold", "graph/embed", "graph/snapshot", "rankers/features", "rankers/tower", "feeds/candidates", "feeds/select", "spamfilter", "zkcommit", "zkcommit/parts", "audit/rebuild", "audit/fairness"}

var impure = []string{"os", "net", "net/http", "time", "math/rand", "math/rand/v2", "database/sql", "C", "unsafe", "runtime", "syscall"}

// alone lists libraries that these rooms only may know.
var alone = map[string][]string{
	"github.com/consensys/gnark/":      {"zkcommit/circuit"},
	"github.com/yalue/onnxruntime_go":  {"rankers/onnx"},
	"github.com/gofiber/":              {"web"},
	"modernc.org/sqlite":               {"store/sqlite"},
	"github.com/jackc/pgx":             {"store/postgres"},
	"github.com/pressly/goose":         {"store"},
	"github.com/qdrant/":               {"store/qdrant"},
	"github.com/transparency-dev/tess": {"zkcommit/tlog"},
	"github.com/nats-io/nats-server/":  {"local/broker"},
	"github.com/nats-io/nats.go":       {"zkcommit/prover/jobs", "rankers/worker"},
}

type pkg struct {
	ImportPath, Dir  string
	GoFiles, Imports []string
}

func packages(t *testing.T) (all []pkg) {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		if p.ImportPath = strings.TrimPrefix(p.ImportPath, "candor/"); !strings.Contains(p.Dir, "node_modules") {
			all = append(all, p)
		}
	}
}

func allowed(from, to string) bool {
	if slices.Contains(free, from) {
		return true
	}
	edges, ok := law[from]
	if !ok {
		for prefix, e := range law {
			if dir, found := strings.CutSuffix(prefix, "/..."); found && strings.HasPrefix(from, dir+"/") {
				edges, ok = e, true
			}
		}
	}
	if !ok {
		return false
	}
	if slices.Contains(edges, to) {
		return true
	}
	return from != "graph" && from != "internal/crashpoint" && slices.Contains(everywhere, to)
}

func TestImportLaw(t *testing.T) {
	seen := 0
	for _, p := range packages(t) {
		seen++
		if _, ok := law[p.ImportPath]; !ok && !slices.Contains(free, p.ImportPath) && !allowed(p.ImportPath, "graph") {
			t.Errorf("package %s has no place in the house: give it a line in the law or a better home", p.ImportPath)
		}
		for _, i := range p.Imports {
			if to, ours := strings.CutPrefix(i, "candor/"); ours && !allowed(p.ImportPath, to) {
				t.Errorf("%s must not import %s: declare a small interface on the consumer's side", p.ImportPath, to)
			}
			for lib, rooms := range alone {
				in := func(room string) bool { return p.ImportPath == room || strings.HasPrefix(p.ImportPath, room+"/") }
				if strings.HasPrefix(i, lib) && !slices.ContainsFunc(rooms, in) && !slices.Contains(free, p.ImportPath) {
					t.Errorf("%s must not import %s: only %s know it", p.ImportPath, i, strings.Join(rooms, " and "))
				}
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d packages were seen: go list did not look at the house", seen)
	}
}

func TestPurePackages(t *testing.T) {
	byPath := map[string]pkg{}
	for _, p := range packages(t) {
		byPath[p.ImportPath] = p
	}
	for _, name := range pure {
		p, ok := byPath[name]
		if !ok {
			t.Errorf("pure package %s is gone", name)
			continue
		}
		for _, i := range p.Imports {
			if slices.Contains(impure, i) {
				t.Errorf("%s is pure and must not import %q", name, i)
			}
		}
		for _, f := range p.GoFiles {
			noFloats(t, filepath.Join(p.Dir, f))
		}
	}
}

func noFloats(t *testing.T, path string) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Ident:
			if x.Name == "float32" || x.Name == "float64" || x.Name == "complex128" {
				t.Errorf("%s: no floats in a pure package", fset.Position(x.Pos()))
			}
		case *ast.BasicLit:
			if x.Kind == token.FLOAT || x.Kind == token.IMAG {
				t.Errorf("%s: no floats in a pure package", fset.Position(x.Pos()))
			}
		}
		return true
	})
}

// TestDocs holds every package to a doc comment that says what enters and leaves.
func TestDocs(t *testing.T) {
	for _, p := range packages(t) {
		if strings.HasPrefix(p.ImportPath, "cmd/") || len(p.GoFiles) == 0 {
			continue
		}
		found := false
		for _, f := range p.GoFiles {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, f), nil, parser.ParseComments|parser.PackageClauseOnly)
			if err != nil {
				t.Fatal(err)
			}
			doc := file.Doc.Text()
			found = found || strings.Contains(doc, "nters") && strings.Contains(doc, "eaves")
		}
		if !found {
			t.Errorf("%s has no package comment that says what enters and what leaves", p.ImportPath)
		}
	}
}
