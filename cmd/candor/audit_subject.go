package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"candor/audit"
	"candor/audit/fairness"
	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/chain"
	"candor/zkcommit/tlog"
	"candor/zkcommit/verify"

	"github.com/ethereum/go-ethereum/common"
)

// answerTime is how long a server may take for one answer.
const answerTime = 30 * time.Second

// subject is whom an audit is about, and where to ask.
type subject struct {
	node     string // URL; empty when nobody serves bundles
	logURL   string // with a slash at its end
	log      *tlog.Reader
	head     tlog.Checkpoint
	chain    *chain.Auditing
	book     *chain.Book
	at       time.Time // by which is due what the node promised
	address  graph.Address
	onWord   bool // chain and log are the node's own
	onLog    bool // the log itself named the Registry
	endpoint string
	beacons  []string            // that open models on their dates; none: drand's quicknet
	gateway  string              // of IPFS, for registrations, and for ciphertexts too large for the chain
	named    []zkcommit.Cosigner // witnesses
	quorum   int                 // of them

	registered verify.Models
	index      map[graph.Hash]uint64 // each entry's, once the log was read
	fair       fairness.Options
	towers     *auditTowers // nil: no row was made again
}

// openSubject finds chain, log and node. A log's first entry names the rest.
func openSubject(ctx context.Context, fl auditFlags) (*subject, error) {
	s := &subject{node: fl.node, beacons: fl.beacons, gateway: fl.gateway, at: time.Now()}
	var err error
	if s.fair, err = fl.fair.options(); err != nil {
		return nil, err
	}
	if fl.at != "" {
		if s.at, err = time.Parse(time.RFC3339, fl.at); err != nil {
			return nil, fmt.Errorf("--at %q is no time: send one such as 2026-01-31T12:00:00Z", fl.at)
		}
	}
	if fl.node != "" {
		b, err := fetch(ctx, fl.node, "/api/v1/chain")
		if err != nil {
			return nil, err
		}
		var facts struct {
			RPC, Log, IPFS string
			Contracts      struct{ Registry graph.Address }
		}
		if err := json.Unmarshal(b, &facts); err != nil {
			return nil, fmt.Errorf("the node's /api/v1/chain cannot be read: %w", err)
		}
		if fl.rpc == "" {
			fl.rpc, s.onWord = facts.RPC, true
			if s.beacons == nil {
				s.beacons = ownBeacons(b)
			}
			if s.gateway == "" { // what comes from it is checked by its name
				s.gateway = facts.IPFS
			}
			if fl.registry == "" {
				fl.registry = facts.Contracts.Registry.Hex()
			}
		}
		if fl.log == "" {
			fl.log = strings.TrimSuffix(fl.node, "/") + "/log/"
		}
	}
	if fl.rpc == "" || fl.log == "" {
		return nil, errors.New("name the chain with --rpc and the log with --log, or the node that has both with --node")
	}
	raw, origin, err := checkpointOf(ctx, fl.log)
	if err != nil {
		return nil, err
	}
	registry, node, err := firstEntry(ctx, fl.log, origin)
	if err != nil {
		return nil, err
	}
	s.onLog = fl.registry == ""
	if fl.registry != "" {
		if !common.IsHexAddress(fl.registry) {
			return nil, fmt.Errorf("%q is no address of a Registry: send 0x and 40 hexadecimal digits", fl.registry)
		}
		registry = common.HexToAddress(fl.registry)
	}
	s.endpoint = fl.rpc
	if s.chain, err = chain.OpenAuditing(ctx, fl.rpc, registry); err != nil {
		return nil, err
	}
	s.address = node
	if err := oneLog(origin, s.address); err != nil {
		s.chain.Trust.Close()
		return nil, err
	}
	n, known, err := s.chain.Calls.Node(ctx, s.address)
	if err == nil && !known {
		err = fmt.Errorf("the Registry at %s knows no node %s, whose runs the log holds: name your Registry with --registry", registry, s.address)
	}
	if err != nil {
		s.chain.Trust.Close()
		return nil, err
	}
	if s.node == "" {
		s.node = n.URL
	}
	// The key is the chain's, so that a log cannot bring its own.
	v := tlog.Verifier{Origin: origin, Key: n.LogKey[:]}
	s.logURL = strings.TrimSuffix(fl.log, "/") + "/"
	s.log = tlog.Remote(s.logURL, v, nil)
	if s.head, err = v.Open(raw); err != nil {
		s.chain.Trust.Close()
		return nil, fmt.Errorf("the log's head does not carry the signature of the key that the chain has for node %s: %w", s.address, err)
	}
	if err := s.stand(ctx, fl.again); err != nil {
		s.chain.Trust.Close()
		return nil, err
	}
	return s, nil
}

// stand opens the chain at its newest block or, with a report's name, puts log, chain
// and time to where that audit stood.
func (s *subject) stand(ctx context.Context, again string) (err error) {
	if again == "" {
		s.book, err = s.chain.Book(ctx, nil)
		return err
	}
	raw, err := os.ReadFile(again)
	if err != nil {
		return fmt.Errorf("the report cannot be read: %w", err)
	}
	var old audit.Report
	if err := json.Unmarshal(raw, &old); err != nil || old.Version != audit.ReportVersion {
		return fmt.Errorf("%s is no report of an audit: send the report.json that one wrote", again)
	}
	if _, _, registry := s.chain.Trust.Identity(); old.Node != s.address || old.Registry != registry || old.Log.Origin != s.head.Origin {
		return fmt.Errorf("%s is of another node or Registry than this audit", again)
	}
	head := tlog.Checkpoint{Origin: s.head.Origin, Size: old.Log.Size, Root: old.Log.Root}
	if old.Log.Size > s.head.Size {
		return fmt.Errorf("the report saw a log of %d entries, and the node shows one of %d: keep both, this is a rewritten log", old.Log.Size, s.head.Size)
	}
	path, err := s.log.Consistency(ctx, head.Size, s.head.Size)
	if err != nil {
		return err
	}
	if err := s.head.Extends(head, path); err != nil {
		return fmt.Errorf("the report saw another log than the node shows now, keep both, this is a rewritten log: %w", err)
	}
	s.head, s.at = head, time.Unix(int64(old.Time), 0)
	s.book, err = s.chain.Book(ctx, &old.Block)
	return err
}

// oneLog refuses a log of another name than the node's: a second log would have no
// anchors to contradict it.
func oneLog(origin string, node graph.Address) error {
	if want := originOf(node); origin != want {
		return fmt.Errorf("the log calls itself %.100q, and the log of node %s is %q: it may be one made for you, name the other with --log", origin, node, want)
	}
	return nil
}

// checkpointOf reads a log's newest head, unchecked, and the name that it gives itself.
func checkpointOf(ctx context.Context, log string) (raw []byte, origin string, err error) {
	raw, err = get(ctx, strings.TrimSuffix(log, "/")+"/checkpoint", 64<<10)
	if err != nil {
		return nil, "", err
	}
	origin, _, _ = strings.Cut(string(raw), "\n")
	return raw, origin, nil
}

// firstEntry says whose the log is, and of which Registry, by its first entry, unchecked.
func firstEntry(ctx context.Context, log, origin string) (registry, node graph.Address, err error) {
	raw, _, err := checkpointOf(ctx, log)
	if err != nil {
		return registry, node, err
	}
	var size uint64
	if lines := strings.SplitN(string(raw), "\n", 3); len(lines) == 3 {
		if _, err := fmt.Sscan(lines[1], &size); err != nil {
			return registry, node, errors.New("the log's head states no size")
		}
	}
	if size == 0 {
		return registry, node, errors.New("the log is empty: there is nothing to audit yet")
	}
	entry, err := tlog.Remote(log, tlog.Verifier{Origin: origin}, nil).Entry(ctx, 0, size)
	if err != nil {
		return registry, node, err
	}
	run, abort, err := zkcommit.ParseEntry(entry)
	if err != nil {
		return registry, node, fmt.Errorf("the log's first entry: %w", err)
	}
	if abort != nil {
		return abort.Registry, abort.Node, nil
	}
	return run.Registry, run.Node, nil
}

// refused is an answer of a server that is none.
type refused struct {
	url, status string
	code        int
}

func (r refused) Error() string { return fmt.Sprintf("%s answers %s", r.url, plain(r.status)) }

func get(ctx context.Context, url string, limit int64) ([]byte, error) {
	return getBy(ctx, http.DefaultClient, url, limit)
}

func getBy(ctx context.Context, client *http.Client, url string, limit int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, fmt.Errorf("%q is no URL", url)
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("%s does not answer: check the URL", url)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, refused{url, res.Status, res.StatusCode}
	}
	return io.ReadAll(io.LimitReader(res.Body, limit))
}
