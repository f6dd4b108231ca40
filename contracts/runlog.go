// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package contracts

import (
	"bytes"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Reference imports to suppress errors if they are not otherwise used.
var (
	_ = bytes.Equal
	_ = errors.New
	_ = big.NewInt
	_ = common.Big1
	_ = types.BloomLookup
	_ = abi.ConvertType
)

// RunLogAnchor is an auto generated low-level Go binding around an user-defined struct.
type RunLogAnchor struct {
	OriginHash  [32]byte
	Root        [32]byte
	BlockHash   [32]byte
	Size        uint64
	BlockNumber uint64
}

// RunLogMetaData contains all meta data concerning the RunLog contract.
var RunLogMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"address\",\"name\":\"registry_\",\"type\":\"address\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"}],\"name\":\"MustGrow\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotNode\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"}],\"name\":\"Anchored\",\"type\":\"event\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"}],\"name\":\"anchor\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"}],\"name\":\"latest\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"blockNumber\",\"type\":\"uint64\"}],\"internalType\":\"structRunLog.Anchor\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"}],\"name\":\"latestOf\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"blockNumber\",\"type\":\"uint64\"}],\"internalType\":\"structRunLog.Anchor\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"registry\",\"outputs\":[{\"internalType\":\"contractINodes\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "RunLog",
	Bin: "0x60a034606e57601f6106ac38819003918201601f19168301916001600160401b03831184841017607257808492602094604052833981010312606e57516001600160a01b03811690819003606e5760805260405161062590816100878239608051818181608f015261014a0152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe60806040526004361015610011575f80fd5b5f3560e01c80633a38acf1146105345780634a4aac1a1461044357806370c127c6146100b757637b10399914610045575f80fd5b346100b3575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126100b357602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b5f80fd5b346100b35760607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126100b35760043560243567ffffffffffffffff81168091036100b3576044356040517f0175015200000000000000000000000000000000000000000000000000000000815233600482015260208160248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa908115610438575f9161039c575b501561037457335f52600160205260405f20835f5260205267ffffffffffffffff600360405f200154168083111561034957507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff43019043821161031c57604051916101e5836105df565b84835260208301828152604084019140825267ffffffffffffffff6003606086019387855260808701938343168552335f525f6020528260405f2089518155825160018201558351600282015501848751168154907fffffffffffffffffffffffffffffffff000000000000000000000000000000006fffffffffffffffff0000000000000000895160401b16921617179055335f52600160205260405f208a5f5260205260405f20975188555160018801555195866002820155019251167fffffffffffffffffffffffffffffffff000000000000000000000000000000006fffffffffffffffff00000000000000008454935160401b16921617179055604051928352602083015260408201527fa58519225e4f9c8267cd9793b73fec57d8d8f98424e8f206c6d7288d6fe037e760603392a3005b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b7f8e4533a0000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f5cd26b68000000000000000000000000000000000000000000000000000000005f5260045ffd5b905060203d602011610431575b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f820116820182811067ffffffffffffffff821117610404576020918391604052810103126100b3575180151581036100b3578461017a565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b503d6103a9565b6040513d5f823e3d90fd5b346100b35760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126100b35773ffffffffffffffffffffffffffffffffffffffff61048f6105bc565b6104976105fb565b50165f525f60205261053060405f2067ffffffffffffffff6003604051926104be846105df565b8054845260018101546020850152600281015460408501520154818116606084015260401c16608082015260405191829182919091608067ffffffffffffffff8160a0840195805185526020810151602086015260408101516040860152826060820151166060860152015116910152565b0390f35b346100b35760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126100b35773ffffffffffffffffffffffffffffffffffffffff6105806105bc565b6105886105fb565b50165f52600160205260405f206024355f5260205261053060405f2067ffffffffffffffff6003604051926104be846105df565b6004359073ffffffffffffffffffffffffffffffffffffffff821682036100b357565b60a0810190811067ffffffffffffffff82111761040457604052565b60405190610608826105df565b5f608083828152826020820152826040820152826060820152015256",
}

// RunLog is an auto generated Go binding around an Ethereum contract.
type RunLog struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *RunLog) GetABI() abi.ABI {
	return c.abi
}

// NewRunLog creates a new instance of RunLog.
func NewRunLog() *RunLog {
	parsed, err := RunLogMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &RunLog{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *RunLog) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address registry_) returns()
func (runLog *RunLog) PackConstructor(registry_ common.Address) []byte {
	enc, err := runLog.abi.Pack("", registry_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackAnchor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x70c127c6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function anchor(bytes32 originHash, uint64 size, bytes32 root) returns()
func (runLog *RunLog) PackAnchor(originHash [32]byte, size uint64, root [32]byte) []byte {
	enc, err := runLog.abi.Pack("anchor", originHash, size, root)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAnchor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x70c127c6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function anchor(bytes32 originHash, uint64 size, bytes32 root) returns()
func (runLog *RunLog) TryPackAnchor(originHash [32]byte, size uint64, root [32]byte) ([]byte, error) {
	return runLog.abi.Pack("anchor", originHash, size, root)
}

// PackLatest is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4a4aac1a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function latest(address node) view returns((bytes32,bytes32,bytes32,uint64,uint64))
func (runLog *RunLog) PackLatest(node common.Address) []byte {
	enc, err := runLog.abi.Pack("latest", node)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLatest is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4a4aac1a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function latest(address node) view returns((bytes32,bytes32,bytes32,uint64,uint64))
func (runLog *RunLog) TryPackLatest(node common.Address) ([]byte, error) {
	return runLog.abi.Pack("latest", node)
}

// UnpackLatest is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x4a4aac1a.
//
// Solidity: function latest(address node) view returns((bytes32,bytes32,bytes32,uint64,uint64))
func (runLog *RunLog) UnpackLatest(data []byte) (RunLogAnchor, error) {
	out, err := runLog.abi.Unpack("latest", data)
	if err != nil {
		return *new(RunLogAnchor), err
	}
	out0 := *abi.ConvertType(out[0], new(RunLogAnchor)).(*RunLogAnchor)
	return out0, nil
}

// PackLatestOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3a38acf1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function latestOf(address node, bytes32 originHash) view returns((bytes32,bytes32,bytes32,uint64,uint64))
func (runLog *RunLog) PackLatestOf(node common.Address, originHash [32]byte) []byte {
	enc, err := runLog.abi.Pack("latestOf", node, originHash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLatestOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3a38acf1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function latestOf(address node, bytes32 originHash) view returns((bytes32,bytes32,bytes32,uint64,uint64))
func (runLog *RunLog) TryPackLatestOf(node common.Address, originHash [32]byte) ([]byte, error) {
	return runLog.abi.Pack("latestOf", node, originHash)
}

// UnpackLatestOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3a38acf1.
//
// Solidity: function latestOf(address node, bytes32 originHash) view returns((bytes32,bytes32,bytes32,uint64,uint64))
func (runLog *RunLog) UnpackLatestOf(data []byte) (RunLogAnchor, error) {
	out, err := runLog.abi.Unpack("latestOf", data)
	if err != nil {
		return *new(RunLogAnchor), err
	}
	out0 := *abi.ConvertType(out[0], new(RunLogAnchor)).(*RunLogAnchor)
	return out0, nil
}

// PackRegistry is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7b103999.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function registry() view returns(address)
func (runLog *RunLog) PackRegistry() []byte {
	enc, err := runLog.abi.Pack("registry")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRegistry is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7b103999.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function registry() view returns(address)
func (runLog *RunLog) TryPackRegistry() ([]byte, error) {
	return runLog.abi.Pack("registry")
}

// UnpackRegistry is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7b103999.
//
// Solidity: function registry() view returns(address)
func (runLog *RunLog) UnpackRegistry(data []byte) (common.Address, error) {
	out, err := runLog.abi.Unpack("registry", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// RunLogAnchored represents a Anchored event raised by the RunLog contract.
type RunLogAnchored struct {
	Node       common.Address
	OriginHash [32]byte
	Size       uint64
	Root       [32]byte
	BlockHash  [32]byte
	Raw        *types.Log // Blockchain specific contextual infos
}

const RunLogAnchoredEventName = "Anchored"

// ContractEventName returns the user-defined event name.
func (RunLogAnchored) ContractEventName() string {
	return RunLogAnchoredEventName
}

// UnpackAnchoredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Anchored(address indexed node, bytes32 indexed originHash, uint64 size, bytes32 root, bytes32 blockHash)
func (runLog *RunLog) UnpackAnchoredEvent(log *types.Log) (*RunLogAnchored, error) {
	event := "Anchored"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != runLog.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RunLogAnchored)
	if len(log.Data) > 0 {
		if err := runLog.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range runLog.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (runLog *RunLog) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], runLog.abi.Errors["MustGrow"].ID.Bytes()[:4]) {
		return runLog.UnpackMustGrowError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["NotNode"].ID.Bytes()[:4]) {
		return runLog.UnpackNotNodeError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// RunLogMustGrow represents a MustGrow error raised by the RunLog contract.
type RunLogMustGrow struct {
	Size uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error MustGrow(uint64 size)
func RunLogMustGrowErrorID() common.Hash {
	return common.HexToHash("0x8e4533a0c5aecebca76664a293146aec3af5197b2de051f133610a2be2603652")
}

// UnpackMustGrowError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error MustGrow(uint64 size)
func (runLog *RunLog) UnpackMustGrowError(raw []byte) (*RunLogMustGrow, error) {
	out := new(RunLogMustGrow)
	if err := runLog.abi.UnpackIntoInterface(out, "MustGrow", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RunLogNotNode represents a NotNode error raised by the RunLog contract.
type RunLogNotNode struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotNode()
func RunLogNotNodeErrorID() common.Hash {
	return common.HexToHash("0x5cd26b685f75cb44f1aa0af386e0aaebe95d16f6d0d28a07ff530667db469ba8")
}

// UnpackNotNodeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotNode()
func (runLog *RunLog) UnpackNotNodeError(raw []byte) (*RunLogNotNode, error) {
	out := new(RunLogNotNode)
	if err := runLog.abi.UnpackIntoInterface(out, "NotNode", raw); err != nil {
		return nil, err
	}
	return out, nil
}
