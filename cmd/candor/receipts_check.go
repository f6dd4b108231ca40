package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"time"

	"candor/audit"
	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/chain"
	"candor/zkcommit/tlog"

	"github.com/ethereum/go-ethereum/common"
	"github.com/spf13/cobra"
)

func receiptsCheckCommand() *cobra.Command {
	var dir string
	var fl auditFlags
	c := &cobra.Command{
		Use:   "check [FILE…]",
		Short: "Check that the runs of the kept receipts are in the log",
		Long: `Check that the run of each kept receipt is in its node's log, under a head that the node
cannot take back: one that it anchored on the chain, or that your witnesses cosigned. Of a
ticket, that an abort or a run ends it. Files that the web client exported are kept first.

Until then a receipt is "promised", then "logged". It is "broken" when the delay is over
and the run is not in the log, or when another entry has its number; then the file of
evidence says what to submit to the chain.

Exit status: 0 no promise is broken, 1 one is, 2 it could not be checked.`,
		Example: `  candor receipts check --node http://127.0.0.1:8080
  candor receipts check candor-receipts.jsonl --node http://127.0.0.1:8080
  candor receipts check --rpc http://127.0.0.1:8545 --registry 0x… --log http://127.0.0.1:8080/log/ --witness witness.example+0a1b2c3d+BP…`,
		RunE: func(c *cobra.Command, args []string) error {
			for _, name := range args {
				if err := keepFile(io.Discard, keptDir(dir), name); err != nil {
					return err
				}
			}
			states, notes, err := checkReceipts(c.Context(), keptDir(dir), fl)
			if err != nil {
				return err
			}
			if err := printStates(c.OutOrStdout(), states, notes, fl.asJSON); err != nil {
				return err
			}
			for _, s := range states {
				if s.State == broken {
					return exit{1}
				}
			}
			return nil
		},
	}
	dirFlag(c, &dir)
	f := c.Flags()
	f.StringVar(&fl.node, "node", "", "URL of the node, which names its chain and log")
	f.StringVar(&fl.rpc, "rpc", "", "JSON-RPC endpoint of a chain node that you trust")
	f.StringVar(&fl.registry, "registry", "", "address of the Registry that you trust (0x…)")
	f.StringVar(&fl.log, "log", "", "URL of the node's log")
	f.StringArrayVar(&fl.witnesses, "witness", nil, "key of a witness that you trust, as candor witness key prints it; may be repeated")
	f.IntVar(&fl.quorum, "quorum", 0, "how many of them must have cosigned a head; by default all")
	f.BoolVar(&fl.asJSON, "json", false, "print the states as JSON")
	return c
}

// promises holds receipts against one log.
type promises struct {
	*subject
	dir   keptDir
	cases *audit.Cases
	heads []audit.CaseHead // that the node cannot take back, the largest first
	now   uint64           // seconds

	domain zkcommit.Domain // of tickets
}

func (s *subject) promisesIn(dir keptDir) *promises {
	id, _, _ := s.chain.Trust.Identity()
	return &promises{subject: s, dir: dir, now: uint64(time.Now().Unix()), domain: zkcommit.RunLogDomain(id, s.chain.RunLog())}
}

func checkReceipts(ctx context.Context, dir keptDir, fl auditFlags) (states []state, notes []string, err error) {
	named, quorum, err := cosigners(fl.witnesses, fl.quorum)
	if err != nil {
		return nil, nil, err
	}
	all, err := dir.all()
	if err != nil || len(all) == 0 {
		return nil, nil, err
	}
	s, err := openLogOf(ctx, all, fl)
	if err != nil {
		return nil, nil, err
	}
	defer s.chain.Trust.Close()
	s.named, s.quorum = named, quorum
	if s.head, err = s.witnessedHead(ctx, s.log, s.head); err != nil {
		return nil, nil, err
	}
	p := s.promisesIn(dir)
	anchors, err := s.chain.Calls.Anchors(ctx, s.address, s.head.Origin)
	if err != nil {
		return nil, nil, err
	}
	p.cases = s.cases(ctx, anchorsOf(anchors))
	if len(named) > 0 && cosigned(s.head.Note, named) >= quorum {
		p.heads = append(p.heads, p.cases.Head)
	}
	if n := len(anchors); n > 0 {
		p.heads = append(p.heads, audit.CaseHead{Size: anchors[n-1].Size, Root: anchors[n-1].Root})
	}
	slices.SortFunc(p.heads, func(a, b audit.CaseHead) int { return cmp.Compare(b.Size, a.Size) })
	other := 0
	for i := range all {
		k := &all[i]
		if k.node() != s.address {
			other++
			states = append(states, dir.stateOf(k))
			continue
		}
		st, err := p.check(ctx, k)
		if err != nil {
			return nil, nil, err
		}
		states = append(states, st)
	}
	if err := p.tickets(all, states); err != nil {
		return nil, nil, err
	}
	if s.onWord {
		notes = append(notes, "chain and log are the node's own: name yours with --rpc, --registry and --log, so that the node cannot choose what you see")
	}
	if other > 0 {
		notes = append(notes, fmt.Sprintf("%d receipts are of other nodes than %s, whose log this is: they were not checked", other, s.address))
	}
	if len(p.heads) == 0 {
		notes = append(notes, "no head of the log is anchored, nor cosigned by witnesses that you named: until one is, nothing counts as logged")
	}
	return states, notes, nil
}

// openLogOf opens the log of the node whose receipts are at hand, by the key that the
// chain has for it.
func openLogOf(ctx context.Context, all []keptReceipt, fl auditFlags) (*subject, error) {
	s := &subject{}
	if fl.node != "" {
		var facts struct {
			RPC, Log  string
			Contracts struct{ Registry graph.Address }
		}
		b, err := fetch(ctx, fl.node, "/api/v1/chain")
		if err == nil {
			err = json.Unmarshal(b, &facts)
		}
		if err != nil {
			return nil, err
		}
		if fl.rpc == "" {
			fl.rpc, s.onWord = facts.RPC, true
			if fl.registry == "" {
				fl.registry = facts.Contracts.Registry.Hex()
			}
		}
		if fl.log == "" {
			fl.log = strings.TrimSuffix(fl.node, "/") + "/log/"
		}
	}
	if fl.rpc == "" || fl.log == "" || !common.IsHexAddress(fl.registry) {
		return nil, errors.New("name the chain with --rpc, the Registry with --registry and the log with --log, or the node that has all three with --node")
	}
	raw, origin, err := checkpointOf(ctx, fl.log)
	empty := refused{}
	if errors.As(err, &empty) && empty.code == http.StatusNotFound {
		raw, origin = nil, originOf(all[0].node()) // a log without a head has logged nothing
	} else if err != nil {
		return nil, err
	}
	for _, k := range all {
		if originOf(k.node()) == origin {
			s.address = k.node()
		}
	}
	if s.address == (graph.Address{}) {
		return nil, fmt.Errorf("the log calls itself %.100q, and no kept receipt is of that node: name the log of yours with --log", origin)
	}
	if s.chain, err = chain.OpenAuditing(ctx, fl.rpc, common.HexToAddress(fl.registry)); err != nil {
		return nil, err
	}
	n, known, err := s.chain.Calls.Node(ctx, s.address)
	if err == nil && !known {
		err = fmt.Errorf("the Registry at %s knows no node %s, whose receipts these are: name your Registry with --registry", fl.registry, s.address)
	}
	v := tlog.Verifier{Origin: origin, Key: n.LogKey[:]}
	s.log, s.head = tlog.Remote(fl.log, v, nil), tlog.Checkpoint{Origin: origin}
	if err == nil && raw != nil {
		s.head, err = v.Open(raw)
	}
	if err != nil {
		s.chain.Trust.Close()
		return nil, err
	}
	return s, nil
}

// check finds out what became of one promise.
func (p *promises) check(ctx context.Context, k *keptReceipt) (state, error) {
	s := p.dir.stateOf(k)
	seq := k.seq()
	if s.State == broken {
		s.Says = "found broken before"
		return s, nil
	}
	old, err := p.dir.foundBefore(k.id())
	if err != nil {
		return s, err
	}
	if old != nil {
		if x, err := p.cases.Fork(*old); err != nil {
			return s, p.away(err)
		} else if x != nil {
			return s, p.dir.breaks(&s, x, fmt.Sprintf("the node showed the run as entry %d before, and another entry there now", old.Index))
		}
	}
	if k.Receipt == nil {
		if err := k.Ticket.Check(p.domain); err != nil {
			s.Says = "it binds nobody here: " + err.Error()
			return s, nil
		}
	}
	over := p.now > k.due()
	for _, h := range p.heads {
		if h.Size <= seq {
			continue
		}
		e, err := p.entry(seq, h)
		switch {
		case errors.Is(err, fs.ErrNotExist), err == nil && e == nil: // the log does not show what it must
			if over {
				return s, p.unkept(&s, k, "the log does not show its entries under a head that the node vouched for")
			}
			s.Says = "the log does not show the entry yet"
			return s, nil
		case err != nil:
			return s, err
		case k.keeps(e.Entry):
			s.State = logged
			return s, p.dir.found(k.id(), *e)
		}
		return s, p.unkept(&s, k, fmt.Sprintf("the log has another entry of number %d", seq))
	}
	if p.head.Size > seq {
		e, err := p.entry(seq, p.cases.Head)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return s, err
		}
		if e != nil && k.keeps(e.Entry) {
			s.State, s.Says = promised, "it is in the log, under a head that is neither anchored nor witnessed yet"
			return s, nil
		}
	}
	if over {
		return s, p.unkept(&s, k, fmt.Sprintf("it is not in the log %d seconds after it was promised to be", p.now-k.due()))
	}
	return s, nil
}

// entry is the log's entry of the number under a head; nil when the log's path to it does
// not fit the head.
func (p *promises) entry(seq uint64, h audit.CaseHead) (*audit.CaseEntry, error) {
	if h.Size > p.head.Size { // it shows less than it vouched for
		return nil, nil
	}
	entry, err := p.cases.Log.Entry(seq)
	if err != nil {
		return nil, err
	}
	path, err := p.cases.Log.Path(seq, h.Size)
	if err != nil {
		return nil, err
	}
	e := &audit.CaseEntry{Entry: entry, Index: seq, Head: &h, Path: path}
	if e.Included() != nil {
		return nil, nil
	}
	return e, nil
}

// unkept writes the evidence of a promise that was not kept.
func (p *promises) unkept(s *state, k *keptReceipt, says string) error {
	f := audit.Finding{Rule: audit.RuleMerge, Run: s.Run}
	if k.Receipt == nil {
		p.cases.Tickets, f = []zkcommit.Ticket{*k.Ticket}, audit.Finding{Rule: audit.RuleTicket, Index: &k.Ticket.Seq}
	} else {
		p.cases.Promised[s.Run] = audit.Promise{Run: k.Run, Receipt: k.Receipt}
	}
	x, err := p.cases.Of(f)
	if err != nil {
		return p.away(err)
	}
	return p.dir.breaks(s, x, says)
}

// away lets pass what only says that the log does not show a tile.
func (p *promises) away(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// tickets finds two of one number among those that came with the receipts.
func (p *promises) tickets(all []keptReceipt, states []state) error {
	type number struct {
		lane uint32
		seq  uint64
	}
	first := map[number]*zkcommit.Ticket{}
	for i := range all {
		t := all[i].Ticket
		if t == nil || t.Node != p.address || t.Check(p.domain) != nil || states[i].State == broken {
			continue
		}
		n := number{t.Lane, t.Seq}
		if before := first[n]; before != nil && before.ID() != t.ID() {
			x := p.cases.About
			x.Version, x.Fault, x.Tickets = audit.CaseVersion, audit.FaultTwoTickets, []zkcommit.Ticket{*before, *t}
			if err := p.dir.breaks(&states[i], &x, fmt.Sprintf("the node gave two tickets of number %d", t.Seq)); err != nil {
				return err
			}
			continue
		}
		first[n] = t
	}
	return nil
}
