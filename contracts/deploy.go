package contracts

import (
	"context"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
)

// Addresses say where the contracts of one deployment are.
type Addresses struct {
	SocialGraph common.Address
	Registry    common.Address
	RunLog      common.Address
	Verifier    common.Address
}

// Backend is what Deploy needs of a chain; *ethclient.Client is one.
type Backend interface {
	bind.ContractBackend
	bind.DeployBackend
	NonceAt(ctx context.Context, account common.Address, block *big.Int) (uint64, error)
}

// AddressesOf are the addresses at which Deploy puts, or put, the contracts of a deployer.
func AddressesOf(deployer common.Address) Addresses {
	return Addresses{
		SocialGraph: crypto.CreateAddress(deployer, 0),
		Registry:    crypto.CreateAddress(deployer, 1),
		RunLog:      crypto.CreateAddress(deployer, 2),
		Verifier:    crypto.CreateAddress(deployer, 3),
	}
}

// Terms are what a deployment asks of publishers and nodes, for good.
type Terms struct {
	Registry RegistryTerms
	RunLog   RunLogTerms
}

// DevelopmentTerms ask for no bond and no delay, so that everything can be tried
// at once; what is asked for is answered within minutes.
func DevelopmentTerms() Terms {
	return Terms{
		Registry: RegistryTerms{MinDelay: 5, Grace: 5, MinBond: new(big.Int), DisputeWindow: 5, Development: true},
		RunLog:   RunLogTerms{Unbonding: 60, DemandWindow: 3600, AnswerBlocks: 64, MinBond: new(big.Int), Stake: new(big.Int), Development: true},
	}
}

// PublicTerms are those of a chain that others rely on; docs/economics.md says
// where the figures come from. Bonds are in wei.
func PublicTerms() Terms {
	const day = 24 * 3600
	ether := big.NewInt(1e18)
	return Terms{
		Registry: RegistryTerms{MinDelay: 7 * day, Grace: 7 * day, MinLife: 7 * day, DisputeWindow: 30 * day,
			MinBond: new(big.Int).Set(ether), Custodians: 3},
		RunLog: RunLogTerms{Unbonding: 30 * day, DemandWindow: 14 * day, AnswerBlocks: 7200,
			MinBond: new(big.Int).Mul(ether, big.NewInt(5)), Stake: new(big.Int).Div(ether, big.NewInt(50))},
	}
}

// Deploy puts the contracts on the chain under DevelopmentTerms, or PublicTerms,
// as DeployWith does.
func Deploy(ctx context.Context, opts *bind.TransactOpts, backend Backend, development bool) (Addresses, error) {
	if development {
		return DeployWith(ctx, opts, backend, DevelopmentTerms())
	}
	return DeployWith(ctx, opts, backend, PublicTerms())
}

// DeployWith puts the four contracts on the chain and waits until they are mined.
// They are the deployer's first four transactions, so that their addresses are
// known beforehand, to each other too, and a call after a crash goes on where the
// last one stopped; contracts that are there already are kept. A deployer that has
// spent these nonces otherwise is refused. The Registry's owner is the deployer.
func DeployWith(ctx context.Context, opts *bind.TransactOpts, backend Backend, t Terms) (Addresses, error) {
	at := AddressesOf(opts.From)
	steps := []struct {
		name string
		at   common.Address
		bin  string
		args []byte
	}{
		{"SocialGraph", at.SocialGraph, SocialGraphMetaData.Bin, NewSocialGraph().PackConstructor(t.Registry.Development)},
		{"Registry", at.Registry, RegistryMetaData.Bin, NewRegistry().PackConstructor(t.Registry, at.RunLog, at.Verifier)},
		{"RunLog", at.RunLog, RunLogMetaData.Bin, NewRunLog().PackConstructor(t.RunLog, at.Registry, at.Verifier)},
		{"Verifier", at.Verifier, VerifierMetaData.Bin, NewVerifier().PackConstructor(at.Registry)},
	}
	used, err := backend.NonceAt(ctx, opts.From, nil)
	if err != nil {
		return Addresses{}, fmt.Errorf("cannot read the deployer's nonce from the chain: %w", err)
	}
	for i, s := range steps {
		if uint64(i) < used {
			code, err := backend.CodeAt(ctx, s.at, nil)
			if err != nil {
				return Addresses{}, fmt.Errorf("cannot look for %s on the chain: %w", s.name, err)
			}
			if len(code) == 0 {
				return Addresses{}, fmt.Errorf("account %s has sent other transactions before, or deployed an older version: deploy with a fresh key or data directory", opts.From)
			}
			continue
		}
		o := *opts
		o.Context = ctx
		o.Nonce = big.NewInt(int64(i))
		_, tx, err := bind.DeployContract(&o, common.FromHex(s.bin), backend, s.args)
		if err != nil {
			return Addresses{}, fmt.Errorf("cannot deploy %s: fund %s and check the chain: %w", s.name, opts.From, err)
		}
		receipt, err := Mined(ctx, backend, tx.Hash())
		if err != nil {
			return Addresses{}, fmt.Errorf("the deployment of %s was not mined: %w", s.name, err)
		}
		if receipt.Status != types.ReceiptStatusSuccessful {
			return Addresses{}, fmt.Errorf("the chain reverted the deployment of %s: does it know the Cancun opcodes?", s.name)
		}
	}
	return at, nil
}

// Receipts is what Mined needs of a chain.
type Receipts interface {
	TransactionReceipt(ctx context.Context, tx common.Hash) (*types.Receipt, error)
	HeaderByNumber(ctx context.Context, number *big.Int) (*types.Header, error)
}

// Mined waits until the transaction is in a block, or ctx ends, and returns its
// receipt. It asks soon at first and then less often, so that a development chain
// costs milliseconds and a slow one few requests. A receipt may be there a moment before
// the head that holds it; until then a call would read the state without the transaction.
func Mined(ctx context.Context, chain Receipts, tx common.Hash) (*types.Receipt, error) {
	for pause := 2 * time.Millisecond; ; pause = min(pause*3/2, 250*time.Millisecond) {
		// Any error reads as "not yet": endpoints differ in how they say it.
		if receipt, err := chain.TransactionReceipt(ctx, tx); err == nil && receipt != nil {
			if head, err := chain.HeaderByNumber(ctx, nil); err == nil && head.Number.Cmp(receipt.BlockNumber) >= 0 {
				return receipt, nil
			}
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}
