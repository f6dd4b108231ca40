package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"candor/audit"
	"candor/graph"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/tlog"
)

// headPatience is how long an audit waits for a head that the quorum cosigned.
const headPatience = 5 * time.Second

// cosigners reads the witnesses that an auditor named, and how many are needed: all of
// them, unless said otherwise.
func cosigners(keys []string, quorum int) (all []zkcommit.Cosigner, needed int, err error) {
	seen := map[string]bool{}
	for _, k := range keys {
		w, err := zkcommit.ParseCosigner(k)
		if err != nil {
			return nil, 0, err
		}
		if seen[w.String()] {
			return nil, 0, fmt.Errorf("the witness %s is named twice", w.Name)
		}
		seen[w.String()] = true
		all = append(all, w)
	}
	switch {
	case quorum < 0 || quorum > len(all):
		return nil, 0, fmt.Errorf("--quorum %d is no number of the %d witnesses that are named with --witness", quorum, len(all))
	case quorum == 0:
		quorum = len(all)
	}
	return all, quorum, nil
}

// cosigned counts the witnesses that cosigned a checkpoint.
func cosigned(checkpoint []byte, named []zkcommit.Cosigner) (n int) {
	for _, w := range named {
		if _, err := w.Cosigned(checkpoint); err == nil {
			n++
		}
	}
	return n
}

// witnessedHead takes a newer head of a log when the one at hand lacks cosignatures,
// which come a moment after it.
func (s *subject) witnessedHead(ctx context.Context, log *tlog.Reader, head tlog.Checkpoint) (tlog.Checkpoint, error) {
	for end := time.Now().Add(headPatience); cosigned(head.Note, s.named) < s.quorum && time.Now().Before(end); {
		select {
		case <-ctx.Done():
			return head, ctx.Err()
		case <-time.After(500 * time.Millisecond):
		}
		newer, err := log.Checkpoint(ctx)
		if err != nil {
			return head, err
		}
		head = newer
	}
	return head, nil
}

// logSource reads a log for evidence.
type logSource struct {
	ctx  context.Context
	log  *tlog.Reader
	size uint64
}

// Entry implements audit.Source.
func (s logSource) Entry(index uint64) ([]byte, error) { return s.log.Entry(s.ctx, index, s.size) }

// Path implements audit.Source.
func (s logSource) Path(index, size uint64) ([]graph.Hash, error) {
	raw, err := s.log.Inclusion(s.ctx, index, size)
	path := make([]graph.Hash, len(raw))
	for i := range raw {
		copy(path[i][:], raw[i])
	}
	return path, err
}

// cases are what makes evidence of a log's faults.
func (s *subject) cases(ctx context.Context, anchors []audit.Anchor) *audit.Cases {
	id, _, at := s.chain.Trust.Identity()
	c := &audit.Cases{Anchors: anchors, Chain: s.chain, Log: logSource{ctx, s.log, s.head.Size}, Promised: map[graph.Hash]audit.Promise{},
		About: audit.Case{ChainID: id, Registry: at, RunLog: s.chain.RunLog(), Node: s.address, Origin: s.head.Origin},
		Head:  audit.CaseHead{Size: s.head.Size, Root: s.head.Root}}
	heads := zkcommit.Heads{Origin: s.head.Origin, Node: s.address, Domain: zkcommit.RunLogDomain(id, s.chain.RunLog())}
	if size, root, sig, err := heads.Signature(s.head.Note); err == nil && size == s.head.Size && root == s.head.Root {
		c.Head.Signature = sig
	}
	return c
}

func anchorsOf(all []registry.Anchor) []audit.Anchor {
	out := make([]audit.Anchor, len(all))
	for i, a := range all {
		out[i] = audit.Anchor{Size: a.Size, Root: a.Root, Block: a.Block}
	}
	return out
}

// maxCases is how many evidence files an audit writes: one already ends the node's bond.
const maxCases = 100

// evidence writes, beside the report, a file for each finding that the chain punishes.
func (s *subject) evidence(ctx context.Context, r *audit.Report, receipts, tickets []string, dir string) error {
	if r.Clean() {
		return nil
	}
	all, err := s.book.Calls().Anchors(ctx, s.address, s.head.Origin)
	if err != nil {
		return err
	}
	c := s.cases(ctx, anchorsOf(all))
	c.Index = s.index
	for _, name := range receipts {
		if b, err := readKept(name); err == nil {
			c.Promised[b.Receipt.Run] = audit.Promise{Run: b.Run, Receipt: &b.Receipt}
		}
	}
	for _, name := range tickets {
		t, err := readTicket(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		c.Tickets = append(c.Tickets, *t)
	}
	written := map[string]string{} // by content
	for i := range r.Findings {
		f := &r.Findings[i]
		x, err := c.Of(*f)
		if errors.Is(err, audit.ErrNotAsked) || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		if err != nil {
			r.Notes = append(r.Notes, "evidence could not be made of a finding: "+err.Error())
			continue
		}
		if x == nil {
			continue
		}
		if len(written) == maxCases {
			r.Notes = append(r.Notes, fmt.Sprintf("evidence is written for the first %d faults only: one ends the node's bond", maxCases))
			break
		}
		doc, err := x.JSON()
		if err != nil {
			return err
		}
		name, twice := written[string(doc)]
		if !twice {
			name = fmt.Sprintf("evidence-%d-%s.json", len(written)+1, x.Fault)
			written[string(doc)] = name
			if err := writeEvidence(filepath.Join(dir, name), doc); err != nil {
				return err
			}
		}
		f.File = name
	}
	return nil
}

// writeEvidence never puts one file in another's place.
func writeEvidence(path string, doc []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("the evidence cannot be written: %w", err)
	}
	if old, err := os.ReadFile(path); err == nil && !bytes.Equal(old, doc) {
		return fmt.Errorf("%s is there already and holds other evidence: name an empty directory", path)
	}
	if err := os.WriteFile(path, doc, 0o644); err != nil {
		return fmt.Errorf("the evidence cannot be written: %w", err)
	}
	return nil
}

// readKept reads a bundle that a reader kept.
func readKept(name string) (*zkcommit.Bundle, error) {
	doc, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("the receipt %s cannot be read: %w", name, err)
	}
	b, err := zkcommit.ParseBundle(doc)
	if err != nil {
		return nil, fmt.Errorf("%s is no bundle with a receipt: %w", name, err)
	}
	return b, nil
}
