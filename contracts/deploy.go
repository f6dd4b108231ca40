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
	}
}

// Deploy puts the three contracts on the chain and waits until they are mined.
// They are the deployer's first three transactions, so that their addresses are
// known beforehand and a call after a crash goes on where the last one stopped;
// contracts that are there already are kept. A deployer that has spent these
// nonces otherwise is refused. The Registry's owner is the deployer.
func Deploy(ctx context.Context, opts *bind.TransactOpts, backend Backend, development bool) (Addresses, error) {
	at := AddressesOf(opts.From)
	steps := []struct {
		name string
		at   common.Address
		bin  string
		args []byte
	}{
		{"SocialGraph", at.SocialGraph, SocialGraphMetaData.Bin, NewSocialGraph().PackConstructor(development)},
		{"Registry", at.Registry, RegistryMetaData.Bin, NewRegistry().PackConstructor(development)},
		{"RunLog", at.RunLog, RunLogMetaData.Bin, NewRunLog().PackConstructor(at.Registry)},
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
				return Addresses{}, fmt.Errorf("account %s has sent other transactions before: deploy with a fresh key", opts.From)
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
}

// Mined waits until the transaction is in a block, or ctx ends, and returns its
// receipt. It asks soon at first and then less often, so that a development chain
// costs milliseconds and a slow one few requests.
func Mined(ctx context.Context, chain Receipts, tx common.Hash) (*types.Receipt, error) {
	for pause := 2 * time.Millisecond; ; pause = min(pause*3/2, 250*time.Millisecond) {
		// Any error reads as "not yet": endpoints differ in how they say it.
		if receipt, err := chain.TransactionReceipt(ctx, tx); err == nil && receipt != nil {
			return receipt, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}
