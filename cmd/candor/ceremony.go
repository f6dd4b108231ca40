package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"candor/graph/snapshot"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/circuit"
	"candor/zkcommit/circuit/ceremony"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"
)

// Files that sealing adds to a ceremony's directory.
const (
	verifyingKeyFile = "verifying.key"
	provingKeyFile   = "proving.keys"
)

func circuitCommand() *cobra.Command {
	c := &cobra.Command{Use: "circuit", Short: "Rebuild a circuit from this program's source", Args: known, RunE: help}
	var asJSON bool
	hash := &cobra.Command{
		Use:   "hash NAME",
		Short: "Print the hash of a circuit's constraint system",
		Long: `Compile a circuit and print the hash of its constraints, so that anyone with the
source sees that keys and ceremonies are for this circuit and no other.

Names are ` + circuit.ID + ` for disputes and registration-64x32x1/v1, with the
widths of a model's layers, for registrations.`,
		Example: "  candor circuit hash registration-64x32x1/v1",
		Args:    one("name a circuit, such as registration-64x32x1/v1"),
		RunE: func(c *cobra.Command, args []string) error {
			n, err := circuit.ByName(args[0])
			if err != nil {
				return err
			}
			if asJSON {
				return json.NewEncoder(c.OutOrStdout()).Encode(map[string]any{"circuit": n.ID, "hash": n.Hash(), "constraints": n.System.GetNbConstraints()})
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s  %s, %d constraints\n", n.Hash(), n.ID, n.System.GetNbConstraints())
			return err
		},
	}
	hash.Flags().BoolVar(&asJSON, "json", false, "print the facts as JSON")
	c.AddCommand(hash)
	return c
}

func ceremonyCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "ceremony",
		Short: "Make a circuit's keys with many hands",
		Long: `Make the keys of a circuit so that nobody can forge proofs unless all who took part
conspire. A ceremony is a directory that goes from hand to hand:

  1. one begins it, with the file of a public powers-of-tau ceremony or without;
  2. each contributes fresh randomness and passes the directory on;
  3. when all have, it is sealed with a random beacon from after the last contribution;
  4. everybody verifies it, and computes the same keys.

Without a file there are two phases, and steps 2 and 3 are done twice.`,
		Example: `  candor ceremony init keys --circuit registration-64x32x1/v1 --ptau powers.ptau --ptau-hash HEX
  candor ceremony contribute keys
  candor ceremony seal keys --beacon HEX --source "drand quicknet, round 20000000"
  candor ceremony verify keys --ptau powers.ptau
  candor ceremony pack keys transcript.car
  candor ceremony enter keys --rpc http://127.0.0.1:8545 --registry 0x… --key owner.key`,
		Args: known, RunE: help,
	}
	c.AddCommand(ceremonyInit(), ceremonyContribute(), ceremonySeal(), ceremonyVerify(), ceremonyPack(), ceremonyUnpack(), ceremonyEnter())
	return c
}

func ceremonyInit() *cobra.Command {
	var name, ptau, want string
	c := &cobra.Command{
		Use: "init DIR", Short: "Begin a ceremony", Args: one("name a directory for the ceremony"),
		RunE: func(c *cobra.Command, args []string) error {
			if name == "" {
				return errors.New("name the circuit with --circuit, such as registration-64x32x1/v1")
			}
			n, err := circuit.ByName(name)
			if err != nil {
				return err
			}
			m, err := ceremony.Init(args[0], ceremonyCircuit(n), ptau, want, stage(c))
			if err != nil {
				return err
			}
			phase, err := m.Phase()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "circuit      %s\nconstraints  %s\nnext         candor ceremony contribute %s (phase %s)\n", m.Circuit, m.Hash, args[0], phase)
			return err
		},
	}
	c.Flags().StringVar(&name, "circuit", "", "circuit to make keys for")
	c.Flags().StringVar(&ptau, "ptau", "", "file of a public powers-of-tau ceremony, as snarkjs reads it")
	c.Flags().StringVar(&want, "ptau-hash", "", "SHA-256 or BLAKE2b-512 of that file, as its ceremony published it, in hex")
	return c
}

func ceremonyContribute() *cobra.Command {
	return &cobra.Command{
		Use: "contribute DIR", Short: "Add fresh randomness to a ceremony", Args: one("name the ceremony's directory"),
		Long: `Add fresh randomness to a ceremony, and print the hash of what was added: publish it,
so that you can show later that your contribution is in. The randomness is in this
process's memory alone; turn the machine off afterwards if you like.`,
		RunE: func(c *cobra.Command, args []string) error {
			m, _, err := openCeremony(c, args[0])
			if err != nil {
				return err
			}
			made, err := m.Contribute()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "phase    %s\nnumber   %d\nsha256   %s\n", made.Phase, made.Number, made.SHA256)
			return err
		},
	}
}

func ceremonySeal() *cobra.Command {
	var beacon, from string
	c := &cobra.Command{
		Use: "seal DIR", Short: "End a phase with a random beacon", Args: one("name the ceremony's directory"),
		RunE: func(c *cobra.Command, args []string) error {
			b, err := hex.DecodeString(beacon)
			if err != nil || beacon == "" {
				return errors.New("give a beacon in hex with --beacon, such as the signature of a drand round after the last contribution")
			}
			m, n, err := openCeremony(c, args[0])
			if err != nil {
				return err
			}
			keys, err := m.Seal(b, from)
			if err != nil {
				return err
			}
			if keys == nil {
				_, err = fmt.Fprintf(c.OutOrStdout(), "sealed  powers\nnext    candor ceremony contribute %s (phase %s)\n", args[0], ceremony.KeysOf)
				return err
			}
			verifying, hash, err := n.Encode(keys.Verifying)
			if err != nil {
				return err
			}
			if err := n.Save(filepath.Join(args[0], provingKeyFile), keys.Proving, verifying); err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(args[0], verifyingKeyFile), verifying, 0o644); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "sealed  keys of %s\nkey     %s\n", m.Circuit, hash.Hex())
			return err
		},
	}
	c.Flags().StringVar(&beacon, "beacon", "", "random bytes in hex that nobody could know when the last contribution was made")
	c.Flags().StringVar(&from, "source", "", "where anybody can look the beacon up")
	return c
}

func ceremonyVerify() *cobra.Command {
	var ptau string
	var asJSON bool
	c := &cobra.Command{
		Use: "verify DIR", Short: "Compute a sealed ceremony again", Args: one("name the ceremony's directory"),
		Long: `Compute a sealed ceremony again from its contributions and compare the keys. The exit
status is 0 when all fits and 1 when something does not.`,
		RunE: func(c *cobra.Command, args []string) error {
			m, n, err := openCeremony(c, args[0])
			if err != nil {
				return err
			}
			r, keys, err := m.Verify(ptau)
			if err == nil {
				var verifying []byte
				verifying, hash, e := n.Encode(keys.Verifying)
				if err = e; err == nil {
					err = sameKey(args[0], verifying)
				}
				if err == nil {
					return printCeremony(c.OutOrStdout(), r, hash.Hex(), asJSON)
				}
			}
			fmt.Fprintf(c.ErrOrStderr(), "candor: the ceremony does not hold: %v\n", err)
			return exit{1}
		},
	}
	c.Flags().StringVar(&ptau, "ptau", "", "file that phase 1 was read from, to compare it, too")
	c.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON")
	return c
}

// sameKey compares the key that follows from the contributions with the one that the
// directory holds, if it holds one: a transcript has none.
func sameKey(dir string, want []byte) error {
	have, err := os.ReadFile(filepath.Join(dir, verifyingKeyFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err == nil && !bytes.Equal(have, want) {
		return fmt.Errorf("%s holds another key than its contributions give", filepath.Join(dir, verifyingKeyFile))
	}
	return err
}

func printCeremony(w io.Writer, r ceremony.Report, key string, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(struct {
			ceremony.Report
			Key string `json:"key"`
		}{r, key})
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "circuit       %s\nconstraints   %s\nkey           %s\n", r.Circuit, r.Hash, key)
	switch {
	case r.Ptau != nil && r.PtauChecked:
		fmt.Fprintf(b, "powers        from the file with the SHA-256 %s, compared\n", r.Ptau.SHA256)
	case r.Ptau != nil:
		fmt.Fprintf(b, "powers        said to be from the file with the SHA-256 %s: compare them with --ptau\n", r.Ptau.SHA256)
	}
	for _, c := range r.Contributions {
		fmt.Fprintf(b, "contribution  %s %d  %s\n", c.Phase, c.Number, c.SHA256)
	}
	for _, p := range []string{ceremony.Powers, ceremony.KeysOf} {
		if s, ok := r.Seals[p]; ok {
			fmt.Fprintf(b, "beacon        %s  %s, %s: look it up\n", p, s.Beacon, s.Source)
		}
	}
	return b.Flush()
}

func ceremonyPack() *cobra.Command {
	return &cobra.Command{
		Use: "pack DIR FILE", Short: "Write a sealed ceremony as a CAR for IPFS",
		Long: `Write a sealed ceremony's transcript as a CAR, which any IPFS node imports, and print
its CID, which the chain's table of keys names.`,
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			m, _, err := openCeremony(c, args[0])
			if err != nil {
				return err
			}
			t, err := m.Transcript()
			if err != nil {
				return err
			}
			var b bytes.Buffer
			if err := snapshot.WriteCAR(&b, t.Root, t.Chunks, t.Get); err != nil {
				return err
			}
			if err := os.WriteFile(args[1], b.Bytes(), 0o644); err != nil {
				return fmt.Errorf("the file %s cannot be written: %w", args[1], err)
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "transcript  %s\n", t.Root)
			return err
		},
	}
}

func ceremonyUnpack() *cobra.Command {
	return &cobra.Command{
		Use: "unpack FILE DIR", Short: "Read a ceremony's transcript from a CAR, to verify it", Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return fmt.Errorf("the transcript cannot be read: %w", err)
			}
			defer f.Close()
			car, err := snapshot.OpenCAR(f)
			if err != nil {
				return err
			}
			get := func(c cid.Cid) ([]byte, error) { return car.Get(c, 1<<20) }
			if err := ceremony.Unpack(args[1], car.Root, get); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "transcript  %s\nnext        candor ceremony verify %s\n", car.Root, args[1])
			return err
		},
	}
}

func ceremonyEnter() *cobra.Command {
	var rpc, at, keyFile string
	c := &cobra.Command{
		Use: "enter DIR", Short: "Add a sealed ceremony's key to the chain's table", Args: one("name the ceremony's directory"),
		Long: `Add a sealed ceremony's verifying key to the chain's table of keys, with the CID of its
transcript, so that proofs under it count. Only the Registry's owner can, once for each
key and for good. The ceremony is computed again first. Put the transcript on IPFS
before: candor ceremony pack writes it.`,
		RunE: func(c *cobra.Command, args []string) error {
			if rpc == "" || !common.IsHexAddress(at) || keyFile == "" {
				return errors.New("name the chain with --rpc, the Registry with --registry, and the owner's account with --key")
			}
			m, n, err := openCeremony(c, args[0])
			if err != nil {
				return err
			}
			_, keys, err := m.Verify("")
			if err != nil {
				return err
			}
			_, hash, err := n.Encode(keys.Verifying)
			if err != nil {
				return err
			}
			t, err := m.Transcript()
			if err != nil {
				return err
			}
			calls, read, err := payer(c.Context(), rpc, common.HexToAddress(at), keyFile)
			if err != nil {
				return err
			}
			defer read.Trust.Close()
			if err := calls.EnsureKey(c.Context(), registry.Key{Circuit: registry.CircuitID(n.ID), Hash: hash, Transcript: t.Root}); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "key         %s\ncircuit     %s\ntranscript  %s\n", hash.Hex(), n.ID, t.Root)
			return err
		},
	}
	c.Flags().StringVar(&rpc, "rpc", "", "JSON-RPC endpoint of the chain")
	c.Flags().StringVar(&at, "registry", "", "address of the Registry contract (0x…)")
	c.Flags().StringVar(&keyFile, "key", "", "file with the private key of the Registry's owner, 64 hexadecimal digits")
	return c
}

func ceremonyCircuit(n *circuit.Named) ceremony.Circuit {
	return ceremony.Circuit{Name: n.ID, Hash: n.Hash(), System: n.System}
}

// stage tells what takes long.
func stage(c *cobra.Command) func(string) {
	return func(s string) { fmt.Fprintf(c.ErrOrStderr(), "%s …\n", s) }
}

func openCeremony(c *cobra.Command, dir string) (*ceremony.Ceremony, *circuit.Named, error) {
	plan, err := ceremony.PlanOf(dir)
	if err != nil {
		return nil, nil, err
	}
	n, err := circuit.ByName(plan.Circuit)
	if err != nil {
		return nil, nil, err
	}
	m, err := ceremony.Open(dir, ceremonyCircuit(n), stage(c))
	return m, n, err
}
