package contracts_test

import (
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/big"
	"testing"

	"candor/contracts"
	"candor/graph"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"
	"github.com/holiman/uint256"
)

// machine is a chain without blocks: the contracts in a state in memory, on which
// transactions run one by one, at whatever block and time a test says. Gas is what
// a transaction costs on a chain of its rules, calldata, refunds and floor included.
type machine struct {
	t     testing.TB
	state *state.StateDB
	rules *params.ChainConfig
	block uint64
	time  uint64
	at    contracts.Addresses

	gas  uint64 // of the last transaction
	logs []*types.Log
	sent int
}

const start = 1_800_000_000 // the machine's first second

var ether = big.NewInt(1e18)

func wei(tenths int64) *big.Int { return new(big.Int).Mul(big.NewInt(tenths), big.NewInt(1e17)) }

// testTerms are those of a chain that asks for bonds, with delays of seconds and blocks.
func testTerms() contracts.Terms {
	return contracts.Terms{
		Registry: contracts.RegistryTerms{MinDelay: 100, Grace: 50, MinLife: 20, DisputeWindow: 200, MinBond: wei(10), Custodians: 2, Development: true},
		RunLog: contracts.RunLogTerms{Unbonding: 1000, DemandWindow: 5000, AnswerBlocks: 10, MinBond: wei(50), Stake: wei(2),
			Development: true},
	}
}

func newMachine(t testing.TB, terms contracts.Terms) *machine {
	t.Helper()
	db, err := state.New(types.EmptyRootHash, state.NewDatabaseForTesting())
	if err != nil {
		t.Fatal(err)
	}
	rules := *params.MergedTestChainConfig
	rules.ChainID = chainID
	m := &machine{t: t, state: db, rules: &rules, block: 1, time: start}
	deployer := address(key("deployer"))
	m.at = contracts.AddressesOf(deployer)
	m.fund(deployer)
	for i, code := range [][]byte{
		append(common.FromHex(contracts.SocialGraphMetaData.Bin), social.PackConstructor(terms.Registry.Development)...),
		append(common.FromHex(contracts.RegistryMetaData.Bin), registry.PackConstructor(terms.Registry, m.at.RunLog, m.at.Verifier)...),
		append(common.FromHex(contracts.RunLogMetaData.Bin), runLog.PackConstructor(terms.RunLog, m.at.Registry, m.at.Verifier)...),
		append(common.FromHex(contracts.VerifierMetaData.Bin), verifier.PackConstructor(m.at.Registry)...),
	} {
		if _, err := m.apply(deployer, nil, code, nil); err != nil {
			t.Fatalf("contract %d is not deployed: %v", i, err)
		}
	}
	return m
}

func (m *machine) fund(who graph.Address) {
	m.state.AddBalance(who, uint256.MustFromBig(new(big.Int).Mul(ether, big.NewInt(1000))), tracing.BalanceChangeUnspecified)
}

func (m *machine) balance(who graph.Address) *big.Int { return m.state.GetBalance(who).ToBig() }

// blockHash stands for the hash of a block, of which the machine has none.
func blockHash(n uint64) common.Hash {
	return crypto.Keccak256Hash(new(big.Int).SetUint64(n).Bytes())
}

// apply runs one transaction and keeps its gas and logs. A revert is a reverted.
func (m *machine) apply(from graph.Address, to *graph.Address, data []byte, value *big.Int) ([]byte, error) {
	context := vm.BlockContext{CanTransfer: core.CanTransfer, Transfer: core.Transfer, GetHash: blockHash,
		BlockNumber: new(big.Int).SetUint64(m.block), Time: m.time, Difficulty: new(big.Int), GasLimit: 60_000_000,
		BaseFee: new(big.Int), BlobBaseFee: big.NewInt(1), Random: &common.Hash{}}
	evm := vm.NewEVM(context, m.state, m.rules, vm.Config{NoBaseFee: true})
	if value == nil {
		value = new(big.Int)
	}
	m.sent++
	m.state.SetTxContext(common.BigToHash(big.NewInt(int64(m.sent))), m.sent, 0)
	result, err := core.ApplyMessage(evm, &core.Message{From: from, To: to, Nonce: m.state.GetNonce(from), Value: uint256.MustFromBig(value),
		GasLimit: 16_000_000, GasPrice: new(uint256.Int), GasFeeCap: new(uint256.Int), GasTipCap: new(uint256.Int), Data: data}, nil)
	if err != nil {
		return nil, err
	}
	m.logs = m.state.GetLogs(common.BigToHash(big.NewInt(int64(m.sent))), m.block, common.Hash{}, m.time)
	m.state.Finalise(m.rules.Rules(new(big.Int).SetUint64(m.block), true, m.time))
	m.gas = result.UsedGas
	if result.Err != nil {
		m.logs = nil
		return nil, reverted{result.Err, result.Revert()}
	}
	return result.ReturnData, nil
}

type reverted struct {
	error
	data []byte
}

// send is a transaction of one of the tests' keys.
func (m *machine) send(from *ecdsa.PrivateKey, to graph.Address, data []byte, value *big.Int) error {
	_, err := m.apply(address(from), &to, data, value)
	return err
}

func (m *machine) does(what string, from *ecdsa.PrivateKey, to graph.Address, data []byte, value *big.Int) []*types.Log {
	m.t.Helper()
	if err := m.send(from, to, data, value); err != nil {
		m.t.Fatalf("%s: refused with %s", what, refusal(err))
	}
	return m.logs
}

func (m *machine) refuses(what, want string, from *ecdsa.PrivateKey, to graph.Address, data []byte, value *big.Int) {
	m.t.Helper()
	if err := m.send(from, to, data, value); err == nil {
		m.t.Errorf("%s went through", what)
	} else if got := refusal(err); got != want {
		m.t.Errorf("%s was refused with %q, expected %q", what, got, want)
	}
}

// claims makes the claim that a demand or evidence needs, and goes a block on.
func (m *machine) claims(from *ecdsa.PrivateKey, data []byte) {
	m.t.Helper()
	m.does("a claim", from, m.at.RunLog, runLog.PackClaim(claimOf(address(from), data)), nil)
	m.block++
}

func claimOf(sender graph.Address, data []byte) [32]byte {
	return crypto.Keccak256Hash(common.LeftPadBytes(sender[:], 32), crypto.Keccak256(data))
}

// refusal is the name of the custom error.
func refusal(err error) string {
	var r reverted
	if !errors.As(err, &r) {
		return fmt.Sprint(err)
	}
	if len(r.data) == 0 {
		return r.Error()
	}
	return errorName(r.data)
}

// views calls what changes nothing.
func views[T any](m *machine, to graph.Address, data []byte, unpack func([]byte) (T, error)) T {
	m.t.Helper()
	out, err := m.apply(graph.Address{1}, &to, data, nil)
	if err == nil {
		var v T
		if v, err = unpack(out); err == nil {
			return v
		}
	}
	m.t.Fatalf("a view fails: %s", refusal(err))
	panic("unreachable")
}
