# Candor: two commands do everything, make run and make test.
# Go, Node and gcc are all that must be there; what is fetched is pinned.

export CGO_ENABLED ?= 0
DATA   ?= data
LISTEN ?= 127.0.0.1:8080
SEED   ?= demo
SHARED ?= ../shared/data

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
# The same compiler flags as the tests have, so that both share one build cache.
GOFLAGS_BUILD := -ldflags "-s -w -X main.version=$(VERSION)"
CLIENT := $(shell find web/client -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)

.PHONY: run build test client-test test-kubo torture bench-import bench-ingest bench-prove bench-rank bench-audit onnxruntime contracts check client vet clean

## run: set everything up and serve the node with the sample town (or SEED=FILE)
run: build
	bin/candor up --data $(DATA) --listen $(LISTEN) --seed $(SEED)

## build: bin/candor with the web client inside
build: client
	go build $(GOFLAGS_BUILD) -o bin/candor ./cmd/candor

client: web/dist/index.html web/dist/verify.wasm

web/client/node_modules/.package-lock.json: web/client/package-lock.json
	cd web/client && npm ci --no-audit --no-fund --loglevel=error

web/dist/index.html: web/client/node_modules/.package-lock.json $(CLIENT)
	cd web/client && npm run --silent build

WASM_GO := $(shell find graph zkcommit feeds/select web/wasm -name '*.go' -not -name '*_test.go' 2>/dev/null)
web/dist/verify.wasm: $(WASM_GO) go.mod
	GOOS=js GOARCH=wasm go build -trimpath -ldflags "-s -w" -o $@ ./web/wasm
	cp "$$(go env GOROOT)/lib/wasm/wasm_exec.js" web/dist/wasm_exec.js

## test: set everything up and run all tests
test: build
	$(MAKE) --no-print-directory -j 2 vet check client-test
	$(GOTEST) -timeout 10m $$(go list ./... | grep -v /e2e)
	$(GOTEST) -v -run '^TestKey$$' ./store/qdrant | grep '^store/qdrant:'
	$(GOTEST) -parallel 4 -timeout 15m ./e2e/...
	@if lib=$$($(ONNXRUNTIME)); then CANDOR_ONNXRUNTIME=$$lib CGO_ENABLED=1 $(GOTEST) -timeout 10m ./rankers/onnx; else test $$? = 2; fi
	CGO_ENABLED=1 $(GOTEST) -race -timeout 10m $(RACE)

# The whole tree is vetted first; each go test would do a part of it again, all libraries' included.
# Properties are sampled: make torture checks each of them 5,000 times.
GOTEST := RAPID_CHECKS=50 go test -vet=off

# Fetches the pinned library unless it is there; exits with 2 and a line where it cannot be had.
ONNXRUNTIME := rankers/onnx/fetch.sh $(CURDIR)/.cache/onnxruntime

## onnxruntime: fetch the pinned ONNX Runtime and print its library's path
onnxruntime:
	@$(ONNXRUNTIME)

# What shares memory between goroutines and is light enough for the race detector.
RACE := ./feeds/... ./web ./rankers ./rankers/onnx ./rankers/publish ./spamfilter ./store/scan ./store/vectors ./indexer/search ./zkcommit/prover

vet:
	test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); exit 1; }
	go vet ./...

client-test: client
	cd web/client && npm run --silent check && npm test --silent

## check: the committed contract bindings are those of the sources
check: contracts/node_modules/.package-lock.json
	contracts/check.sh

contracts/node_modules/.package-lock.json: contracts/package-lock.json
	cd contracts && npm ci --no-audit --no-fund --loglevel=error

## torture: the long forms of the tests, with all their figures at the end
torture: build
	rm -f $(FIGURES)
	@if lib=$$($(ONNXRUNTIME)); then CANDOR_TORTURE=full CANDOR_FIGURES=$(FIGURES) CANDOR_ONNXRUNTIME=$$lib \
		CGO_ENABLED=1 go test -count=1 -timeout 60m ./rankers/onnx; else test $$? = 2; fi
	CANDOR_TORTURE=full CANDOR_FIGURES=$(FIGURES) go test -count=1 -p 1 -timeout 3h $(TORTURED); \
		status=$$?; echo; echo "Figures:"; cat $(FIGURES); exit $$status
	go test -timeout 60m $(PROPERTIES) -rapid.checks=5000
	go test -timeout 60m -count=3 ./e2e -run TestCrashPoints
	$(MAKE) test-kubo

FIGURES = $(CURDIR)/bin/figures.txt
# Whatever counts by internal/torture: reorganisations, faults of endpoints, kills,
# power cuts, hostile content, planted bugs.
TORTURED = $(shell git grep -l '"candor/internal/torture"' -- '*_test.go' | xargs -n1 dirname | sort -u | sed 's|^|./|')

# The packages with property tests, whose checks torture multiplies.
PROPERTIES = ./store/sqlite ./store/postgres ./store/scan ./store/qdrant \
	$(shell git grep -l '"pgregory.net/rapid"' -- '*_test.go' | grep -v '^e2e/' | xargs -n1 dirname | sort -u | sed 's|^|./|')

## test-kubo: build kubo, pinned in a module of its own, and exchange content with it
test-kubo:
	cd e2e/kubo && go build -o ../../bin/kubo github.com/ipfs/kubo/cmd/ipfs
	CANDOR_KUBO=$(CURDIR)/bin/kubo go test -count=1 ./indexer/ipfs -run TestKubo -v

## bench-import: import real histories into a fresh node; one JSON object on the last line
bench-import: build
	go run ./e2e/bench import $(SHARED)/snb-sf0.003.jetstream.jsonl.gz $(SHARED)/hn-2016a.jetstream.jsonl.gz

## bench-ingest: events a second made durable, beside a bare database; one JSON object on the last line
bench-ingest: build
	go run ./e2e/bench ingest $(HISTORIES)

## bench-prove: the run proof's speed, size and memory on two cores; one JSON object on the last line
bench-prove:
	CGO_ENABLED=0 go run ./e2e/bench prove

## bench-rank: 1,000 posts scored in Go and in ONNX Runtime, on one core, and through a worker; one JSON object on the last line
bench-rank:
	if lib=$$($(ONNXRUNTIME)); then CANDOR_ONNXRUNTIME=$$lib CGO_ENABLED=1 go run ./e2e/bench rank; else CGO_ENABLED=0 go run ./e2e/bench rank; fi

## bench-audit: a simulated year of 10,000 proven runs, tampered with and audited; one JSON object on the last line
bench-audit: build
	CGO_ENABLED=0 go run ./e2e/bench audit

HISTORIES := town:200000 $(wildcard $(SHARED)/snb-sf0.003.jetstream.jsonl.gz)

clean:
	rm -rf bin web/dist/assets web/dist/index.html web/dist/verify.wasm web/dist/wasm_exec.js
