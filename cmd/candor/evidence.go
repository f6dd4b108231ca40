package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"candor/audit"
	"candor/graph"
	registry "candor/zkcommit/chain"

	"github.com/ethereum/go-ethereum/common"
	"github.com/spf13/cobra"
	"github.com/transparency-dev/merkle/rfc6962"
)

// evidenceFlags say where a case is checked and brought to.
type evidenceFlags struct {
	rpc, registry, key string
	asJSON             bool
}

func evidenceCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "evidence",
		Short: "Check the proof of a node's fault, and bring it to the chain",
		Long: `Evidence is a file that proves a fault of a node: statements that its account signed or
anchored, and that contradict each other or the chain. candor audit --out and candor
receipts check write one for each fault that they find and the chain punishes.`,
		Example: `  candor evidence verify evidence-1-gap.json
  candor evidence submit evidence-1-gap.json --rpc http://127.0.0.1:8545 --key my.key`,
		Args: known, RunE: help,
	}
	c.AddCommand(evidenceVerifyCommand(), evidenceSubmitCommand())
	return c
}

func evidenceVerifyCommand() *cobra.Command {
	var fl evidenceFlags
	c := &cobra.Command{
		Use:   "verify FILE",
		Short: "Check that a file proves the fault that it names",
		Long: `Check that a file proves the fault that it names, by the rules of the contract.
Signatures and paths are checked here. What only the chain knows (anchored heads, active
models) is asked of it with --rpc, and named as assumed without.

Exit status: 0 it proves the fault, 1 it does not, 2 the file or the chain cannot be read.`,
		Example: `  candor evidence verify evidence-1-gap.json --rpc http://127.0.0.1:8545`,
		Args:    one("name one evidence file"),
		RunE: func(c *cobra.Command, args []string) error {
			x, err := readCase(args[0])
			if err != nil {
				return err
			}
			var chain audit.CaseChain
			if fl.rpc != "" {
				read, err := fl.open(c.Context(), x)
				if err != nil {
					return err
				}
				defer read.Trust.Close()
				chain = read
			}
			return judgeCase(c.OutOrStdout(), x, chain, fl.asJSON)
		},
	}
	fl.flags(c)
	c.Flags().BoolVar(&fl.asJSON, "json", false, "print the finding as JSON")
	return c
}

func evidenceSubmitCommand() *cobra.Command {
	var fl evidenceFlags
	c := &cobra.Command{
		Use:   "submit FILE",
		Short: "Bring evidence to the chain, where it costs the node its bond",
		Long: `Bring evidence to the chain, where it costs the node its bond: a tenth goes to the
account of --key, the rest is burnt. The call is claimed in one block and made in a later
one, so that nobody who sees it on its way can make it first.

For an unanswered promise (a receipt or a ticket) the entry is demanded, which costs the
contract's stake; the command waits until the node has shown the entry, which ends the
case and gives it the stake, or until its time is over, and then takes the bond.

Exit status: 0 the bond is taken, 1 the node is not at fault, 2 it could not be brought.`,
		Example: `  candor evidence submit evidence-1-gap.json --rpc http://127.0.0.1:8545 --key my.key`,
		Args:    one("name one evidence file"),
		RunE: func(c *cobra.Command, args []string) error {
			if fl.rpc == "" || fl.key == "" {
				return errors.New("name the chain with --rpc and the account that pays with --key")
			}
			x, err := readCase(args[0])
			if err != nil {
				return err
			}
			read, err := fl.open(c.Context(), x)
			if err != nil {
				return err
			}
			defer read.Trust.Close()
			key, err := readKey(fl.key)
			if err != nil {
				return err
			}
			return bring(c, read, read.As(key), x)
		},
	}
	fl.flags(c)
	c.Flags().StringVar(&fl.key, "key", "", "file with the private key of the account that pays, 64 hexadecimal digits")
	return c
}

func (fl *evidenceFlags) flags(c *cobra.Command) {
	c.Flags().StringVar(&fl.rpc, "rpc", "", "JSON-RPC endpoint of the chain")
	c.Flags().StringVar(&fl.registry, "registry", "", "address of the Registry that you trust (0x…); by default the one that the evidence names")
}

// open connects to the chain, and refuses one that the case is not about.
func (fl *evidenceFlags) open(ctx context.Context, x *audit.Case) (*registry.Auditing, error) {
	if fl.registry != "" && (!common.IsHexAddress(fl.registry) || common.HexToAddress(fl.registry) != x.Registry) {
		return nil, fmt.Errorf("the evidence is about the Registry %s, not %s: name that one, or none", x.Registry, fl.registry)
	}
	read, err := registry.OpenAuditing(ctx, fl.rpc, x.Registry)
	if err != nil {
		return nil, err
	}
	id, _, _ := read.Trust.Identity()
	if id != x.ChainID || read.RunLog() != x.RunLog {
		read.Trust.Close()
		return nil, fmt.Errorf("the evidence is for the chain %d and the RunLog %s, and the endpoint has the chain %d with %s: name another with --rpc", x.ChainID, x.RunLog, id, read.RunLog())
	}
	return read, nil
}

func readCase(name string) (*audit.Case, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: name an evidence file", name)
	}
	defer f.Close()
	doc, err := io.ReadAll(io.LimitReader(f, audit.MaxCase+1))
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", name, err)
	}
	return audit.ParseCase(doc)
}

// judgeCase says whether the case holds. Its own words are not repeated: nothing rests on them.
func judgeCase(w io.Writer, x *audit.Case, chain audit.CaseChain, asJSON bool) error {
	assumed, err := x.Check(chain)
	if errors.Is(err, audit.ErrNotAsked) {
		return err
	}
	why := ""
	if err != nil {
		why = err.Error()
	}
	if asJSON {
		if assumed == nil {
			assumed = []string{}
		}
		if err := printJSON(w, struct {
			Holds   bool            `json:"holds"`
			Fault   audit.NodeFault `json:"fault"`
			Node    graph.Address   `json:"node"`
			Why     string          `json:"why,omitempty"`
			Assumed []string        `json:"assumed"`
		}{why == "", x.Fault, x.Node, why, assumed}); err != nil {
			return err
		}
	} else {
		var s strings.Builder
		if why == "" {
			fmt.Fprintf(&s, "HOLDS  %s by node %s\n", x.Fault, x.Node)
		} else {
			fmt.Fprintf(&s, "DOES NOT HOLD  %s by node %s: %s\n", plain(string(x.Fault)), x.Node, plain(why))
		}
		for _, a := range assumed {
			fmt.Fprintf(&s, "assumed, ask a chain with --rpc: %s\n", plain(a))
		}
		if why == "" && x.Fault == audit.FaultUnanswered {
			s.WriteString("the promise is real; whether it was kept shows when it is demanded: candor evidence submit\n")
		}
		if _, err := io.WriteString(w, s.String()); err != nil {
			return err
		}
	}
	if why != "" {
		return exit{1}
	}
	return nil
}

// bring makes the call that ends the node's bond, or demands what it promised.
func bring(c *cobra.Command, read *registry.Auditing, calls *registry.Client, x *audit.Case) error {
	ctx := c.Context()
	if _, err := x.Check(read); errors.Is(err, audit.ErrNotAsked) {
		return err
	} else if err != nil {
		fmt.Fprintf(c.OutOrStdout(), "DOES NOT HOLD  %s: %s\n", x.Fault, plain(err.Error()))
		return exit{1}
	}
	before, err := calls.Bond(ctx, x.Node)
	if err != nil {
		return err
	}
	if before.Fallen {
		return fmt.Errorf("node %s has lost its bond already: there is nothing more to take", x.Node)
	}
	if x.Fault == audit.FaultUnanswered {
		answered, err := demandPromise(c, read, calls, x)
		if err != nil {
			return err
		}
		if answered {
			fmt.Fprintf(c.OutOrStdout(), "ANSWERED  node %s showed the entry: it is not at fault, and has your stake\n", x.Node)
			return exit{1}
		}
	} else if err := calls.Submit(ctx, callOf(calls, x)); err != nil {
		return err
	}
	fmt.Fprintf(c.OutOrStdout(), "TAKEN  node %s lost its bond of %s wei: %s\n", x.Node, before.Amount, x.Fault)
	return nil
}

// demandPromise demands the entry that the node promised, and takes its bond when it does
// not show it.
func demandPromise(c *cobra.Command, read *registry.Auditing, calls *registry.Client, x *audit.Case) (answered bool, err error) {
	ctx := c.Context()
	from, _, err := read.Head(ctx)
	if err != nil {
		return false, err
	}
	d := demanded{node: x.Node}
	if r := x.Receipt; r != nil {
		d.kind, d.id, d.lane, d.seq = registry.Inclusion, r.Run, r.Lane, r.Seq
		err = calls.DemandInclusion(ctx, r)
	} else {
		t := &x.Tickets[0]
		d.kind, d.id, d.lane, d.seq = registry.TicketEnd, t.ID(), t.Lane, t.Seq
		err = calls.DemandTicket(ctx, t)
	}
	if err != nil {
		return false, err
	}
	answered, over, err := await(c, read, calls, d, from)
	if err != nil || answered || !over {
		return answered, err
	}
	return false, calls.SlashUnanswered(ctx, d.kind, d.id, d.node, d.lane, d.seq)
}

// callOf is the contract's call for the case.
func callOf(calls *registry.Client, x *audit.Case) registry.Evidence {
	e := func(i int) []byte { return x.Entries[i].Entry }
	v := func(i int) registry.Voucher { return voucherOf(x.Origin, &x.Entries[i]) }
	switch x.Fault {
	case audit.FaultTwoHeads:
		a, b := x.Heads[0], x.Heads[1]
		return calls.TwoHeads(x.Node, x.Origin, a.Size, a.Root, a.Signature, b.Root, b.Signature)
	case audit.FaultFork:
		return calls.Fork(x.Node, x.Origin, x.Entries[0].Index, graph.Hash(rfc6962.DefaultHasher.HashLeaf(e(0))), v(0), graph.Hash(rfc6962.DefaultHasher.HashLeaf(e(1))), v(1))
	case audit.FaultTwoEntries:
		return calls.TwoEntries(e(0), v(0), e(1), v(1))
	case audit.FaultGap:
		return calls.Gap(e(0), v(0), x.Previous)
	case audit.FaultMisplaced:
		return calls.Misplaced(e(0), x.Entries[0].Index, v(0))
	case audit.FaultWrongModel:
		return calls.WrongModel(e(0), v(0))
	default:
		return calls.TwoTickets(&x.Tickets[0], &x.Tickets[1])
	}
}

func voucherOf(origin string, e *audit.CaseEntry) registry.Voucher {
	if e.Receipt != nil {
		return registry.ByReceipt(e.Receipt)
	}
	path := make([][]byte, len(e.Path))
	for i := range e.Path {
		path[i] = e.Path[i][:]
	}
	if e.Head.Signature == nil {
		return registry.ByAnchor(origin, e.Head.Size, path)
	}
	return registry.ByCheckpoint(origin, e.Head.Size, e.Head.Root, e.Head.Signature, path)
}
