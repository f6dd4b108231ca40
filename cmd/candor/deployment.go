package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"

	"candor/contracts"
	"candor/graph"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/spf13/cobra"
)

// deploymentType is the first word of a deployment's file.
const deploymentType = "candor/deployment/v1"

// deployment is the file that says where on which chain the contracts are.
type deployment struct {
	Type        string            `json:"type"`
	ChainID     uint64            `json:"chainId"`
	Genesis     graph.Hash        `json:"genesis"`     // chains that parted have one id or one first block in common
	Development bool              `json:"development"` // development keys and imported profiles are taken
	Block       uint64            `json:"block"`       // the contracts are in no earlier one
	Contracts   contractAddresses `json:"contracts"`
}

type contractAddresses struct {
	SocialGraph graph.Address `json:"socialGraph"`
	Registry    graph.Address `json:"registry"`
	RunLog      graph.Address `json:"runLog"`
	Verifier    graph.Address `json:"verifier"`
}

func (d deployment) bytes() ([]byte, error) {
	b, err := json.MarshalIndent(d, "", "  ")
	return append(b, '\n'), err
}

// readDeployment reads such a file; anything that it does not know in it is refused.
func readDeployment(path string) (d deployment, err error) {
	f, err := os.Open(path)
	if err != nil {
		return d, fmt.Errorf("%s cannot be read: name the file that candor deploy wrote: %w", path, err)
	}
	defer f.Close()
	in := json.NewDecoder(io.LimitReader(f, 64<<10))
	in.DisallowUnknownFields()
	if err := in.Decode(&d); err != nil {
		return d, fmt.Errorf("%s is no deployment: name the file that candor deploy wrote: %w", path, err)
	}
	none := graph.Address{}
	if d.Type != deploymentType || d.ChainID == 0 || d.Genesis == (graph.Hash{}) || d.Block == 0 ||
		d.Contracts.SocialGraph == none || d.Contracts.Registry == none || d.Contracts.RunLog == none || d.Contracts.Verifier == none {
		return d, fmt.Errorf("%s is no whole %s: name the file that candor deploy wrote", path, deploymentType)
	}
	return d, nil
}

// keepDeployment remembers which deployment the data directory follows. Another one
// later would mix two graphs in one index.
func keepDeployment(dir string, d deployment) error {
	path := keptDeployment(dir)
	kept, err := readDeployment(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		b, err := d.bytes()
		if err == nil {
			err = writeFile(path, b)
		}
		return err
	case err != nil:
		return err
	case kept != d:
		return fmt.Errorf("the data in %s are of the contracts in %s, which differ from those named: leave --contracts out, or choose another data directory", dir, path)
	}
	return nil
}

func keptDeployment(dir string) string { return filepath.Join(dir, "contracts.json") }

func deployCommand() *cobra.Command {
	var rpc, key, out string
	var development, asJSON bool
	c := &cobra.Command{
		Use:   "deploy",
		Short: "Put the contracts on an EVM chain",
		Long: `Put the four contracts on an EVM chain, and write the file that candor up
--rpc URL --contracts FILE starts from.

The account in --key pays, and becomes the owner of the key table: only it adds the
keys under which proofs are checked. The key is made when it is not there. A
deployment that was cut off goes on when it is started again with the same key; the
account must have sent nothing else before.

--development marks the chain as one for development: development keys, under
which whoever made them can forge proofs, and imported profiles are taken there,
and nowhere else. The contracts never change their mind about it.`,
		Example: `  candor deploy --rpc https://rpc.example.org --key deployer.key
  candor deploy --rpc http://127.0.0.1:8545 --key data/keys/node.key --development`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if rpc == "" || key == "" {
				return errors.New("name an endpoint with --rpc and the paying account's key file with --key")
			}
			d, err := deploy(c.Context(), rpc, key, out, development)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), d)
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "SocialGraph %s\nRegistry    %s\nRunLog      %s\nVerifier    %s\non the chain %d from block %d, written to %s\n",
				d.Contracts.SocialGraph, d.Contracts.Registry, d.Contracts.RunLog, d.Contracts.Verifier, d.ChainID, d.Block, out)
			return err
		},
	}
	f := c.Flags()
	f.StringVar(&rpc, "rpc", "", "JSON-RPC endpoint of the chain (http, https, ws or wss)")
	f.StringVar(&key, "key", "", "file of the paying account's key, 64 hexadecimal digits; made when it is not there")
	f.StringVar(&out, "out", "contracts.json", "file to write what candor up --contracts reads")
	f.BoolVar(&development, "development", false, "mark the contracts as those of a development chain, for good")
	f.BoolVar(&asJSON, "json", false, "print the deployment as JSON")
	return c
}

func deploy(ctx context.Context, url, keyFile, out string, development bool) (d deployment, err error) {
	before, err := readDeployment(out)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return d, fmt.Errorf("%w; or write to another file with --out", err)
	}
	seed, err := secret(keyFile)
	if err != nil {
		return d, err
	}
	key, err := crypto.ToECDSA(seed[:])
	if err != nil {
		return d, fmt.Errorf("%s holds no usable key: name another file with --key", keyFile)
	}
	client, err := ethclient.DialContext(ctx, url)
	if err != nil {
		return d, fmt.Errorf("the endpoint cannot be used, check --rpc: %w", bare(err))
	}
	defer client.Close()
	id, err := client.ChainID(ctx)
	if err != nil {
		return d, fmt.Errorf("the endpoint does not answer, check --rpc: %w", bare(err))
	}
	first, err := client.HeaderByNumber(ctx, new(big.Int))
	if err != nil {
		return d, fmt.Errorf("the endpoint does not tell the chain's first block: %w", bare(err))
	}
	from := crypto.PubkeyToAddress(key.PublicKey)
	d = deployment{Type: deploymentType, ChainID: id.Uint64(), Genesis: first.Hash(), Development: development, Block: 1,
		Contracts: contractAddresses(contracts.AddressesOf(from))}
	if before.Type != "" {
		d.Block = before.Block
		if before != d {
			return d, fmt.Errorf("%s holds another deployment: write to another file with --out", out)
		}
	}
	used, err := client.NonceAt(ctx, from, nil)
	if err != nil {
		return d, fmt.Errorf("the endpoint does not tell what %s has sent: %w", from, bare(err))
	}
	if used == 0 {
		balance, err := client.BalanceAt(ctx, from, nil)
		if err != nil {
			return d, fmt.Errorf("the endpoint does not tell what %s has: %w", from, bare(err))
		}
		if balance.Sign() == 0 {
			return d, fmt.Errorf("the account %s has no funds on the chain %d: send it some and start this again", from, id)
		}
		head, err := client.BlockNumber(ctx)
		if err != nil {
			return d, fmt.Errorf("the endpoint does not tell its newest block: %w", bare(err))
		}
		d.Block = head + 1
	}
	if _, err := contracts.Deploy(ctx, bind.NewKeyedTransactor(key, id), client, development); err != nil {
		return d, bare(err)
	}
	// One that goes on may have been begun otherwise.
	if err := checkContracts(ctx, client, d); err != nil {
		return d, err
	}
	b, err := d.bytes()
	if err != nil {
		return d, err
	}
	if old, err := os.ReadFile(out); err == nil && bytes.Equal(old, b) {
		return d, nil
	}
	return d, writeFile(out, b)
}

// checkContracts makes sure that the contracts are there and belong together.
func checkContracts(ctx context.Context, client *ethclient.Client, d deployment) error {
	social, registry, runLog, verifier := contracts.NewSocialGraph(), contracts.NewRegistry(), contracts.NewRunLog(), contracts.NewVerifier()
	for _, c := range []struct {
		name string
		at   graph.Address
		data []byte
		fits func([]byte) (bool, error)
	}{
		{"SocialGraph", d.Contracts.SocialGraph, social.PackDevelopment(), func(b []byte) (bool, error) {
			v, err := social.UnpackDevelopment(b)
			return v == d.Development, err
		}},
		{"Registry", d.Contracts.Registry, registry.PackDevelopment(), func(b []byte) (bool, error) {
			v, err := registry.UnpackDevelopment(b)
			return v == d.Development, err
		}},
		{"RunLog", d.Contracts.RunLog, runLog.PackRegistry(), func(b []byte) (bool, error) {
			v, err := runLog.UnpackRegistry(b)
			return v == d.Contracts.Registry, err
		}},
		{"Verifier", d.Contracts.Verifier, verifier.PackRegistry(), func(b []byte) (bool, error) {
			v, err := verifier.UnpackRegistry(b)
			return v == d.Contracts.Registry, err
		}},
	} {
		raw, err := call(ctx, client, c.at, c.data)
		if err != nil {
			return fmt.Errorf("the chain does not answer for %s at %s: %w", c.name, c.at, bare(err))
		}
		fits, err := c.fits(raw)
		if err != nil {
			return fmt.Errorf("there is no %s at %s on the chain %d: name the file that candor deploy wrote for it", c.name, c.at, d.ChainID)
		}
		if !fits {
			return fmt.Errorf("the %s at %s is not as the deployment says (development or not, and its Registry): name the file that candor deploy wrote for it", c.name, c.at)
		}
	}
	return nil
}
