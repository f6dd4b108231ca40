package main

import (
	"context"
	"crypto/ecdsa"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"candor/graph"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/spf13/cobra"
)

func demandCommand() *cobra.Command {
	var node, opening, ticket, rpc, address, keyFile string
	var inclusion bool
	c := &cobra.Command{
		Use:   "demand FILE | demand --node URL RUN_ID | demand --ticket FILE",
		Short: "Demand on the chain that a node answers for a run or a ticket",
		Long: `Demand on the chain that a node proves a run's order there, or with --inclusion that it
shows the run in its anchored log, or with --ticket that it shows there how a ticket ended,
once the ticket's delay is over: as a run or as an abort. A node that does not answer in
time can lose its bond. The demand costs the contract's stake and gas, paid by the account
of --key; the stake goes to a node that answers, and back to you from one that does not.

A demand for a proof publishes how many posts the run ranked, and neither which nor for
whom. One for inclusion, or for a ticket's end, publishes nothing that the log has not.

The command waits until the node has answered or its time is over. Exit status: 0
answered, 1 not answered, 2 the demand could not be made.`,
		Example: `  candor demand run-0123456789ab.json --rpc http://127.0.0.1:8545 --registry 0x… --key my.key
  candor demand --node http://127.0.0.1:8080 0x5f… --inclusion --rpc http://127.0.0.1:8545 --registry 0x… --key my.key
  candor demand --ticket ticket.json --rpc http://127.0.0.1:8545 --registry 0x… --key my.key`,
		Args: func(c *cobra.Command, args []string) error {
			if ticket != "" && len(args) == 0 && !inclusion {
				return nil
			}
			return one("name one bundle file, one run id with --node URL, or one ticket with --ticket FILE alone")(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if rpc == "" || !common.IsHexAddress(address) || keyFile == "" {
				return errors.New("name the chain with --rpc, the Registry with --registry, and the account that pays with --key")
			}
			var w claim
			if ticket != "" && len(args) == 0 {
				x, err := readTicket(ticket)
				if err != nil {
					return err
				}
				w = claimEnd(x)
			} else {
				doc, err := readBundle(c.Context(), node, args[0], opening)
				if err != nil {
					return err
				}
				b, err := zkcommit.ParseBundle(doc)
				if err != nil {
					return err
				}
				if w, err = claimRun(b, inclusion); err != nil {
					return err
				}
			}
			return demand(c, w, rpc, common.HexToAddress(address), keyFile)
		},
	}
	f := c.Flags()
	f.StringVar(&node, "node", "", "URL of the node that made the run; the argument is then a run id")
	f.StringVar(&opening, "opening", "", "the run's opening, for a run that is not public (0x…)")
	f.StringVar(&ticket, "ticket", "", "file of a ticket that the node gave you, as /api/v1/feed answers it")
	f.StringVar(&rpc, "rpc", "", "JSON-RPC endpoint of the chain")
	f.StringVar(&address, "registry", "", "address of the Registry contract (0x…)")
	f.StringVar(&keyFile, "key", "", "file with the private key of the account that pays, 64 hexadecimal digits")
	f.BoolVar(&inclusion, "inclusion", false, "demand that the run is in the log, not that it is proven")
	return c
}

// claim is what is demanded, and the call that demands it.
type claim struct {
	demanded
	what string
	ask  func(ctx context.Context, calls *registry.Client, d zkcommit.Domain) error
}

func claimRun(b *zkcommit.Bundle, inclusion bool) (claim, error) {
	run, err := zkcommit.ParseRun(b.Run)
	if err != nil {
		return claim{}, err
	}
	if err := b.Receipt.Check(run.ID(), run); err != nil {
		return claim{}, err
	}
	w := claim{demanded: demanded{registry.Proof, run.ID(), run.Node, run.Lane, run.Seq}, what: "run"}
	w.ask = func(ctx context.Context, calls *registry.Client, _ zkcommit.Domain) error {
		return calls.DemandProof(ctx, &b.Receipt, zkcommit.Statement{Run: b.Run, RankingSalt: zkcommit.RankingSalt(b.Opening), Ranked: b.Ranked})
	}
	if inclusion {
		w.kind = registry.Inclusion
		w.ask = func(ctx context.Context, calls *registry.Client, _ zkcommit.Domain) error {
			return calls.DemandInclusion(ctx, &b.Receipt)
		}
	}
	return w, nil
}

func claimEnd(x *zkcommit.Ticket) claim {
	return claim{demanded: demanded{registry.TicketEnd, x.ID(), x.Node, x.Lane, x.Seq}, what: "ticket",
		ask: func(ctx context.Context, calls *registry.Client, d zkcommit.Domain) error {
			if err := x.Check(d); err != nil { // before anything is paid
				return err
			}
			return calls.DemandTicket(ctx, x)
		}}
}

func demand(c *cobra.Command, w claim, rpc string, at graph.Address, keyFile string) error {
	ctx := c.Context()
	calls, read, err := payer(ctx, rpc, at, keyFile)
	if err != nil {
		return err
	}
	defer read.Trust.Close()
	from, _, err := read.Head(ctx)
	if err != nil {
		return err
	}
	id, _, _ := read.Trust.Identity()
	if err := w.ask(ctx, calls, zkcommit.RunLogDomain(id, read.RunLog())); err != nil {
		return err
	}
	answered, _, err := await(c, read, calls, w.demanded, from)
	if err != nil {
		return err
	}
	if !answered {
		fmt.Fprintf(c.OutOrStdout(), "NOT ANSWERED  %s %s: the node's bond can be taken, or was\n", w.what, w.id)
		return exit{1}
	}
	_, err = fmt.Fprintf(c.OutOrStdout(), "answered  %s %s\n", w.what, w.id)
	return err
}

// demanded is what a node must show.
type demanded struct {
	kind registry.Demanded
	id   graph.Hash // of the run or the ticket
	node graph.Address
	lane uint32
	seq  uint64
}

// await waits until a demand that was made in the block from or later is answered, or its
// time is over. A demand that is neither was quickly used by somebody to take the bond.
func await(c *cobra.Command, read *registry.Auditing, calls *registry.Client, d demanded, from uint64) (answered, over bool, err error) {
	ctx := c.Context()
	for told := false; ; {
		w, open, err := calls.Waiting(ctx, d.kind, d.id, d.node, d.lane, d.seq)
		if err != nil {
			return false, false, err
		}
		if !open {
			answered, err := calls.Answered(ctx, d.kind, d.id, d.node, from)
			return answered, false, err
		}
		head, _, err := read.Head(ctx)
		if err != nil {
			return false, false, err
		}
		if head > w.Deadline {
			return false, true, nil
		}
		if !told {
			fmt.Fprintf(c.ErrOrStderr(), "demanded: the node has until block %d, now %d …\n", w.Deadline, head)
			told = true
		}
		select {
		case <-ctx.Done():
			return false, false, ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// payer opens the contracts at the Registry as the account whose key the file holds.
// The Auditing, which the caller closes, reads from the same endpoint.
func payer(ctx context.Context, rpc string, at graph.Address, keyFile string) (*registry.Client, *registry.Auditing, error) {
	key, err := readKey(keyFile)
	if err != nil {
		return nil, nil, err
	}
	read, err := registry.OpenAuditing(ctx, rpc, at)
	if err != nil {
		return nil, nil, err
	}
	return read.As(key), read, nil
}

// readKey reads an account's private key, 64 hexadecimal digits.
func readKey(file string) (*ecdsa.PrivateKey, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("the key cannot be read: %w", err)
	}
	raw, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, fmt.Errorf("%s does not hold 64 hexadecimal digits", file)
	}
	key, err := crypto.ToECDSA(raw)
	if err != nil {
		return nil, fmt.Errorf("%s holds no usable key", file)
	}
	return key, nil
}
