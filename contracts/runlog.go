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

// RunLogReceipt is an auto generated low-level Go binding around an user-defined struct.
type RunLogReceipt struct {
	Run        [32]byte
	Node       common.Address
	Lane       uint32
	Seq        uint64
	Time       uint64
	MergeDelay uint32
	Signature  []byte
}

// RunLogTerms is an auto generated low-level Go binding around an user-defined struct.
type RunLogTerms struct {
	Unbonding    uint64
	DemandWindow uint64
	AnswerBlocks uint64
	MinBond      *big.Int
	Stake        *big.Int
	Development  bool
}

// RunLogTicket is an auto generated low-level Go binding around an user-defined struct.
type RunLogTicket struct {
	Nonce     [32]byte
	Node      common.Address
	Lane      uint32
	Seq       uint64
	AtBlock   uint64
	Time      uint64
	Delay     uint32
	Signature []byte
}

// RunLogVoucher is an auto generated low-level Go binding around an user-defined struct.
type RunLogVoucher struct {
	Kind       uint8
	Time       uint64
	MergeDelay uint32
	OriginHash [32]byte
	Size       uint64
	Root       [32]byte
	Signature  []byte
	Path       [][32]byte
}

// RunLogMetaData contains all meta data concerning the RunLog contract.
var RunLogMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"components\":[{\"internalType\":\"uint64\",\"name\":\"unbonding\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"demandWindow\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"answerBlocks\",\"type\":\"uint64\"},{\"internalType\":\"uint128\",\"name\":\"minBond\",\"type\":\"uint128\"},{\"internalType\":\"uint128\",\"name\":\"stake\",\"type\":\"uint128\"},{\"internalType\":\"bool\",\"name\":\"development\",\"type\":\"bool\"}],\"internalType\":\"structRunLog.Terms\",\"name\":\"t\",\"type\":\"tuple\"},{\"internalType\":\"address\",\"name\":\"registry_\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"verifier_\",\"type\":\"address\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"BadEntry\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadSignature\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadTerms\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadTime\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"least\",\"type\":\"uint256\"}],\"name\":\"BondTooSmall\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ClaimFirst\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"Exists\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"Fallen\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"}],\"name\":\"MustGrow\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoDemand\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoFault\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotIncluded\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotNode\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotPaid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotProvable\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotYet\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NothingOwed\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"stake\",\"type\":\"uint256\"}],\"name\":\"WrongStake\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"}],\"name\":\"Anchored\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"}],\"name\":\"Answered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"total\",\"type\":\"uint256\"}],\"name\":\"BondDeposited\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"leavesAt\",\"type\":\"uint64\"}],\"name\":\"BondLeaving\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"BondWithdrawn\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Burnt\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"claim\",\"type\":\"bytes32\"}],\"name\":\"Claimed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"who\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Collected\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"who\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Credited\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"demander\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"deadline\",\"type\":\"uint64\"}],\"name\":\"Demanded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"publisher\",\"type\":\"bool\"}],\"name\":\"Failed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"uint8\",\"name\":\"fault\",\"type\":\"uint8\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"finder\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"reward\",\"type\":\"uint256\"}],\"name\":\"NodeSlashed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"signer\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"deadline\",\"type\":\"uint64\"}],\"name\":\"PassedOn\",\"type\":\"event\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"}],\"name\":\"anchor\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"run\",\"type\":\"bytes\"}],\"name\":\"answerForeign\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"run\",\"type\":\"bytes\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"name\":\"answerInclusion\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"nonce\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"atBlock\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"delay\",\"type\":\"uint32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"}],\"internalType\":\"structRunLog.Ticket\",\"name\":\"t\",\"type\":\"tuple\"},{\"internalType\":\"bytes\",\"name\":\"entry\",\"type\":\"bytes\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"name\":\"answerTicket\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"}],\"name\":\"bonds\",\"outputs\":[{\"internalType\":\"uint128\",\"name\":\"amount\",\"type\":\"uint128\"},{\"internalType\":\"uint64\",\"name\":\"leavesAt\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"open\",\"type\":\"uint32\"},{\"internalType\":\"bool\",\"name\":\"fallen\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"hash\",\"type\":\"bytes32\"}],\"name\":\"claim\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"claim\",\"type\":\"bytes32\"}],\"name\":\"claims\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"collect\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"who\",\"type\":\"address\"}],\"name\":\"credits\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"run\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"}],\"internalType\":\"structRunLog.Receipt\",\"name\":\"r\",\"type\":\"tuple\"}],\"name\":\"demandInclusion\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"}],\"name\":\"demandKey\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"run\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"}],\"internalType\":\"structRunLog.Receipt\",\"name\":\"r\",\"type\":\"tuple\"},{\"internalType\":\"bytes\",\"name\":\"run\",\"type\":\"bytes\"},{\"internalType\":\"bytes32\",\"name\":\"opening\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"ids\",\"type\":\"bytes\"}],\"name\":\"demandProof\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"nonce\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"atBlock\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"delay\",\"type\":\"uint32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"}],\"internalType\":\"structRunLog.Ticket\",\"name\":\"t\",\"type\":\"tuple\"}],\"name\":\"demandTicket\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"key\",\"type\":\"bytes32\"}],\"name\":\"demands\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"demander\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"deadline\",\"type\":\"uint64\"},{\"internalType\":\"uint8\",\"name\":\"state\",\"type\":\"uint8\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"deposit\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"domainSeparator\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"giveNotice\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"}],\"name\":\"latest\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"blockNumber\",\"type\":\"uint64\"}],\"internalType\":\"structRunLog.Anchor\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"}],\"name\":\"latestOf\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"blockNumber\",\"type\":\"uint64\"}],\"internalType\":\"structRunLog.Anchor\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"run\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"}],\"name\":\"passOn\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"leaf\",\"type\":\"bytes32\"},{\"components\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"internalType\":\"structRunLog.Voucher\",\"name\":\"a\",\"type\":\"tuple\"},{\"internalType\":\"bytes32\",\"name\":\"otherLeaf\",\"type\":\"bytes32\"},{\"components\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"internalType\":\"structRunLog.Voucher\",\"name\":\"b\",\"type\":\"tuple\"}],\"name\":\"proveFork\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"run\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"internalType\":\"structRunLog.Voucher\",\"name\":\"v\",\"type\":\"tuple\"},{\"internalType\":\"bytes\",\"name\":\"previous\",\"type\":\"bytes\"}],\"name\":\"proveGap\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"entry\",\"type\":\"bytes\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"components\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"internalType\":\"structRunLog.Voucher\",\"name\":\"v\",\"type\":\"tuple\"}],\"name\":\"proveMisplaced\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"run\",\"type\":\"bytes\"},{\"internalType\":\"bytes32\",\"name\":\"vkHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint256[12]\",\"name\":\"proof\",\"type\":\"uint256[12]\"}],\"name\":\"proveRun\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"entry\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"internalType\":\"structRunLog.Voucher\",\"name\":\"a\",\"type\":\"tuple\"},{\"internalType\":\"bytes\",\"name\":\"otherEntry\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"internalType\":\"structRunLog.Voucher\",\"name\":\"b\",\"type\":\"tuple\"}],\"name\":\"proveTwoEntries\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"},{\"internalType\":\"bytes32\",\"name\":\"otherRoot\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"otherSignature\",\"type\":\"bytes\"}],\"name\":\"proveTwoHeads\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"nonce\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"atBlock\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"delay\",\"type\":\"uint32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"}],\"internalType\":\"structRunLog.Ticket\",\"name\":\"t\",\"type\":\"tuple\"},{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"nonce\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"atBlock\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"delay\",\"type\":\"uint32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"}],\"internalType\":\"structRunLog.Ticket\",\"name\":\"other\",\"type\":\"tuple\"}],\"name\":\"proveTwoTickets\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"run\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"internalType\":\"structRunLog.Voucher\",\"name\":\"v\",\"type\":\"tuple\"}],\"name\":\"proveWrongModel\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"registry\",\"outputs\":[{\"internalType\":\"contractINodes\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"}],\"name\":\"rootAt\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"run\",\"type\":\"bytes\"}],\"name\":\"slashPublisher\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"}],\"name\":\"slashUnanswered\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"terms\",\"outputs\":[{\"components\":[{\"internalType\":\"uint64\",\"name\":\"unbonding\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"demandWindow\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"answerBlocks\",\"type\":\"uint64\"},{\"internalType\":\"uint128\",\"name\":\"minBond\",\"type\":\"uint128\"},{\"internalType\":\"uint128\",\"name\":\"stake\",\"type\":\"uint128\"},{\"internalType\":\"bool\",\"name\":\"development\",\"type\":\"bool\"}],\"internalType\":\"structRunLog.Terms\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"verifier\",\"outputs\":[{\"internalType\":\"contractIDisputes\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"withdraw\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"}]",
	ID:  "RunLog",
	Bin: "0x6101a0604052346103ed57604051615efa38819003601f8101601f191683016001600160401b038111848210176103d95783928291604052833981010361010081126103ed5760c0136103ed5760405160c081016001600160401b038111828210176103d957604052610071826103f1565b815261007f602083016103f1565b60208201908152610092604084016103f1565b604083019081526100a560608501610405565b91606084019283526100b960808601610405565b936080810194855260a08601519586151587036103ed5760a082019687526100ef60e06100e860c08401610419565b9201610419565b604080519192919081016001600160401b038111828210176103d957604052600d81526c43616e646f722052756e4c6f6760981b6020909101527fa87a62a65b84fc4ddd0909553a26fedfeec76a21317ff19d78f1565284b78cbb60805287511580610379575b61032a5784516001600160401b0316801590811561036b575b508015610352575b8015610339575b61032a576001600160a01b0390811660a0521660c052516001600160401b0390811660e052905181166101005290511661012052516001600160801b03908116610140529051166101605251151561018052604051615acc908161042e823960805181614aaf015260a0518181816104690152818161084c01528181610bb101528181610f0d0152818161117f015281816115f90152818161187401528181611b710152818161208b015281816124f1015281816127b9015281816129400152818161305a01528181613422015281816135130152818161372201528181613b060152818161403e0152818161457a01528181614b380152615353015260c0518181816121f9015261418c015260e051818181610a1d0152613dcd015261010051818181610a620152818161145f0152612e49015261012051818181610a94015281816112880152611d50015261014051818181610ac701526129a1015261016051818181610af40152818161110f015281816121a0015281816123ff01528181612fea01528181613fce015281816142b60152818161450501526154f701526101805181610b1a0152f35b638dc5992160e01b5f5260045ffd5b50835163bc1913806001600160401b039091161161017e565b50825163bc1913806001600160401b0390911611610177565b633b9aca009150115f61016f565b50825162093a806001600160401b039091161080156103c3575b80156103b1575b80610156575086516001600160801b031615610156565b5085516001600160801b03161561039a565b50845160206001600160401b0390911610610393565b634e487b7160e01b5f52604160045260245ffd5b5f80fd5b51906001600160401b03821682036103ed57565b51906001600160801b03821682036103ed57565b51906001600160a01b03821682036103ed5756fe6080806040526004361015610012575f80fd5b5f905f3560e01c90816306bcc6e6146143e7575080631c96814c146141b05780632b7ac3f31461416c5780632e220d1c14613ead578063320a72d914613d7e5780633a38acf114613d215780633ccfd60b14613c0757806345d71549146139925780634a4aac1a146138ca5780634f0c36621461368b57806356174105146132905780636ab0d09614612d2757806370c127c6146128e457806371e8536a146126085780637561f482146125155780637b103999146124d15780638524d58814611f835780639181246d146119f35780639c8f159b146116cc5780639fad01bd14611499578063a2c368c714610f9a578063a8a320a614610f39578063abf7fd7f14610e48578063af080f7214610e2b578063bd66528a14610d8f578063c28f847c14610d3c578063d0e30db014610b69578063d5025625146109c8578063d690f0db1461075e578063df94288b1461033a578063e5225381146102a9578063eff0f59214610275578063f698da2514610252578063fe10d774146101d85763fe5ff4681461019f575f80fd5b346101d55760206003193601126101d55760406020916001600160a01b036101c561464e565b1681528083522054604051908152f35b80fd5b50346101d55760206003193601126101d55760406080916001600160a01b036101ff61464e565b1681526004602052205460ff604051916fffffffffffffffffffffffffffffffff8116835267ffffffffffffffff81851c16602084015263ffffffff8160c01c16604084015260e01c1615156060820152f35b50346101d557806003193601126101d557602061026d614a82565b604051908152f35b50346101d55760206003193601126101d55767ffffffffffffffff6040602092600435815260068452205416604051908152f35b50346101d557806003193601126101d55733815280602052604081205480156103125761030f90338352826020528260408120556040518181527f8c22f554c81b54107cd95e734e4ef45767214974a540f34ea4a4f8c3fc7b13c360203392a233614d6f565b80f35b6004827f797dba54000000000000000000000000000000000000000000000000000000008152fd5b50346101d55760406003193601126101d55760043567ffffffffffffffff811161075a5761036c903690600401614620565b916024359067ffffffffffffffff82116101d55761010060031983360301126101d557610398366147d6565b6103a56040519182614782565b3681528160208201926101d55750365f83375f602036830101525190206040516103fc816103ee60208201943386602090939291936001600160a01b0360408201951681520152565b03601f198101835282614782565b5190205f52600660205267ffffffffffffffff60405f205416801590811561074f575b506107275761042e8383614b14565b156106ff57610441906004018383615344565b50509161044e818361523b565b67ffffffffffffffff439116116106d7576001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016916104948282614bef565b9160406104a18284614bfe565b6104ab838561523b565b82517f64fd1931000000000000000000000000000000000000000000000000000000008152600481019690965263ffffffff91909116602486015267ffffffffffffffff16604485015283606481875afa918215610659575f935f936106a0575b508361068c575b505050610664576040517f02b9ed720000000000000000000000000000000000000000000000000000000081526040816024816001600160a01b038716958660048301525afa908115610659575f91610629575b5015610601575f52600460205260405f209081549160ff8360e01c166105d9577c01000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff6105d7941617905560073391614c10565b005b7feb6b8ab5000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f5cd26b68000000000000000000000000000000000000000000000000000000005f5260045ffd5b61064b915060403d604011610652575b6106438183614782565b810190614907565b505f610567565b503d610639565b6040513d5f823e3d90fd5b7f6ccd0bbc000000000000000000000000000000000000000000000000000000005f5260045ffd5b610697929350615585565b145f8080610513565b9092506106c691935060403d6040116106d0575b6106be8183614782565b810190614941565b929092915f61050c565b503d6106b4565b7fe12e68a4000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f1ece0cb3000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fd43cabbc000000000000000000000000000000000000000000000000000000005f5260045ffd5b90504311155f61041f565b5080fd5b50346101d55760606003193601126101d55760043567ffffffffffffffff811161075a57610790903690600401614620565b61079861467b565b916044359367ffffffffffffffff85116101d55761010060031986360301126101d5576107c4366147d6565b6107d16040519182614782565b3681528160208201926101d55750365f83375f6020368301015251902060405161081a816103ee60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600660205267ffffffffffffffff60405f20541680159081156109bd575b50610727576001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001692610878848484614f99565b9197929050156106ff5767ffffffffffffffff1667ffffffffffffffff831614610664576108b3936108ad916004019361524d565b85614e35565b15610995576040517f02b9ed720000000000000000000000000000000000000000000000000000000081526040816024816001600160a01b038716958660048301525afa908115610659575f91610975575b5015610601575f52600460205260405f209081549160ff8360e01c166105d9577c01000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff6105d7941617905560063391614c10565b61098e915060403d604011610652576106438183614782565b505f610905565b7f3d764891000000000000000000000000000000000000000000000000000000005f5260045ffd5b90504311155f61083d565b50346101d557806003193601126101d55760a06040516109e781614766565b828152826020820152826040820152826060820152826080820152015260c0604051610a1281614766565b67ffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016908181526fffffffffffffffffffffffffffffffff602082019167ffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168352816040820167ffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016815267ffffffffffffffff6060840191837f00000000000000000000000000000000000000000000000000000000000000001683528160a06080870196867f000000000000000000000000000000000000000000000000000000000000000016885201977f000000000000000000000000000000000000000000000000000000000000000015158952604051998a525116602089015251166040870152511660608501525116608083015251151560a0820152f35b50806003193601126101d5576040517f017501520000000000000000000000000000000000000000000000000000000081523360048201526020816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115610d31578291610cf7575b5015610ccf57338152600460205260408120805460ff8160e01c16610ca757906fffffffffffffffffffffffffffffffff610c228193828034169116614a50565b167fffffffffffffffffffffffffffffffff000000000000000000000000000000008254161781557fffffffffffffffff0000000000000000ffffffffffffffffffffffffffffffff815416815554166040519034825260208201527f53709ba3cdfc6888ee4e1f05692566dfc3446e917fd4402db50e328307e6b39360403392a280f35b6004837feb6b8ab5000000000000000000000000000000000000000000000000000000008152fd5b807f5cd26b680000000000000000000000000000000000000000000000000000000060049252fd5b90506020813d602011610d29575b81610d1260209383614782565b8101031261075a57610d23906148fa565b5f610be1565b3d9150610d05565b6040513d84823e3d90fd5b50346101d55760206003193601126101d557604060609160043581526005602052205460ff604051916001600160a01b038116835267ffffffffffffffff8160a01c16602084015260e01c166040820152f35b50346101d55760206003193601126101d557600435808252600660205267ffffffffffffffff60408320541615610de8575b7feddf608ef698454af2fb41c1df7b7e5154ff0d46969f895e0f39c7dfe7e6380a8280a280f35b80825260066020526040822080547fffffffffffffffffffffffffffffffffffffffffffffffff0000000000000000164367ffffffffffffffff16179055610dc1565b50346101d557602061026d610e3f36614692565b93929092614a01565b50346101d55760206003193601126101d55760043567ffffffffffffffff811161075a57610e7a903690600401614620565b610e8481836151d9565b158015610eff575b610ed7576020836040518385823780848101838152039060025afa15610d315761030f91835191610ed1610ec08284614b61565b91610ecb8185614b73565b93614b85565b9261531d565b6004837f1ece0cb3000000000000000000000000000000000000000000000000000000008152fd5b50610f346001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001682846156a4565b610e8c565b50346101d55760606003193601126101d55767ffffffffffffffff6040610f5e61464e565b926001600160a01b03610f6f614664565b94168152600360205281812060243582526020522091165f52602052602060405f2054604051908152f35b5060206003193601126101d5576004359067ffffffffffffffff82116101d557816004019061010060031984360301126101d557610fd7366147d6565b610fe46040519182614782565b3681528160208201926101d55750365f83375f6020368301015251902060405161102d816103ee60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600660205267ffffffffffffffff60405f205416801590811561148e575b506107275760a4820167ffffffffffffffff61106b82614828565b1661108960c485019163ffffffff6110828461483d565b169061484e565b421091821561142a575b50506106d7576110ba6110b36110a8836150e2565b9260e485019061495e565b9083615596565b60248301906001600160a01b03806110d18461485b565b16911603611402576110e29061485b565b916110fb60646110f46044840161483d565b9201614828565b906fffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168034036113d75750604051937f02b9ed720000000000000000000000000000000000000000000000000000000085526001600160a01b038116948560048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115610659575f916113b7575b50156106015782826111c392866003614a01565b5f52600560205260405f209160ff835460e01c1661138f57845f52600460205260405f209163ffffffff835460c01c1663ffffffff81146113625760039467ffffffffffffffff6080946112837f1abec9cb0cea7aca20c1cddeb702b4b29e7107b1679561e68c5bd66f06d7c8009760018496017fffffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffff7bffffffff00000000000000000000000000000000000000000000000083549260c01b169116179055565b6112af7f000000000000000000000000000000000000000000000000000000000000000083431661486f565b83547fffffff000000000000000000ffffffffffffffffffffffffffffffffffffffff1660a082901b7bffffffffffffffff000000000000000000000000000000000000000016177c010000000000000000000000000000000000000000000000000000000017845592337fffffffffffffffffffffffff000000000000000000000000000000000000000082541617905563ffffffff60405195338752166020860152166040840152166060820152a4005b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b7f846ec056000000000000000000000000000000000000000000000000000000005f5260045ffd5b6113d0915060403d604011610652576106438183614782565b505f6111af565b7f722f484a000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f5cd5d233000000000000000000000000000000000000000000000000000000005f5260045ffd5b61148592509063ffffffff61108267ffffffffffffffff61144d61145495614828565b169261483d565b67ffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000169061484e565b42115f80611093565b90504311155f611050565b50346101d55760e06003193601126101d5576114b361464e565b90602435906114c0614664565b9060643560843567ffffffffffffffff81116116c8576114e4903690600401614620565b93909460a4359260c43567ffffffffffffffff81116116c45761150b903690600401614620565b969095611517366147d6565b6115246040519182614782565b3681528160208201926101d55750365f83375f6020368301015251902060405161156d816103ee60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600660205267ffffffffffffffff60405f20541680159081156116b9575b5061072757848214610664576115b2976115ac9285858c6155f2565b866155f2565b6040517f02b9ed720000000000000000000000000000000000000000000000000000000081526001600160a01b038216908160048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115610659575f91611699575b5015610601575f52600460205260405f209081549160ff8360e01c166105d9577c01000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff6105d7941617905560023391614c10565b6116b2915060403d604011610652576106438183614782565b505f611629565b90504311155f611590565b8580fd5b8280fd5b50346101d55760406003193601126101d5576004359067ffffffffffffffff82116101d55781600401610100600319843603011261075a576024359167ffffffffffffffff83116101d557826004019061010060031985360301126101d557611734366147d6565b6117416040519182614782565b3681528160208201926101d55750365f83375f6020368301015251902060405161178a816103ee60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600660205267ffffffffffffffff60405f20541680159081156119e8575b50610727576117bb826150e2565b6117c4826150e2565b9283821480156119bc575b8015611993575b8015611966575b610664576024916117f56117fb9260e489019061495e565b91615596565b9401936001600160a01b03806118108761485b565b1691161492831593611934575b5050506114025761182d9061485b565b6040517f02b9ed720000000000000000000000000000000000000000000000000000000081526001600160a01b038216908160048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115610659575f91611914575b5015610601575f52600460205260405f209081549160ff8360e01c166105d9577c01000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff6105d7941617905560083391614c10565b61192d915060403d604011610652576106438183614782565b505f6118a4565b61194793509060e46117f592019061495e565b6001600160a01b03806119598461485b565b16911614155f808061181d565b5061197360648701614828565b67ffffffffffffffff8061198960648901614828565b16911614156117dd565b506119a06044870161483d565b63ffffffff806119b26044890161483d565b16911614156117d6565b506119c96024870161485b565b6001600160a01b03806119de6024890161485b565b16911614156117cf565b90504311155f6117ad565b50346101d55760406003193601126101d55760043567ffffffffffffffff811161075a57611a25903690600401614620565b60243567ffffffffffffffff8111611f7f57611a45903690600401614620565b92611a508382614b14565b15611f57576020856040518584823780868101838152039060025afa15611f4c57845191611a9c611a818584614b61565b611a8b8685614b73565b611a958786614b85565b91866149af565b8652600560205260408620908154600160ff8260e01c161490811591611f35575b50611f0d57611acc8584614bef565b94611ad78185614bfe565b91611ae28286615585565b97826101c011611f0957611b66916101a0870135611b00858961543e565b6040519060208201927f73cbeb48d5d2f6b124b432c39ed9177f0cfaeb902d611d342b4b7b7c38506c8084528c604084015263ffffffff89169d8e6060850152608084015260a083015260c082015260c08152611b5e60e082614782565b519020615596565b936001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001692611b9c838361523b565b9567ffffffffffffffff6001600160a01b03604051927fa22881c30000000000000000000000000000000000000000000000000000000084528b60048501521697886024840152166044820152604081606481885afa908115611ede578b91611ee9575b506040611c0d858561523b565b81517f64fd1931000000000000000000000000000000000000000000000000000000008152600481018c905263ffffffff94909416602485015267ffffffffffffffff16604484015282606481885afa918215611ede578b92611ebb575b5015908115611eb2575b8115611e9e575b50611e7657611c958993926001600160a01b0392614b61565b1682526004602052611d0360408320611cb763ffffffff825460c01c166147a5565b7fffffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffff7bffffffff00000000000000000000000000000000000000000000000083549260c01b169116179055565b7c02000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff845416178355611dcc611d7f7f000000000000000000000000000000000000000000000000000000000000000067ffffffffffffffff431661486f565b84547fffffffff0000000000000000ffffffffffffffffffffffffffffffffffffffff1660a09190911b7bffffffffffffffff000000000000000000000000000000000000000016178455565b803b1561075a578180916044604051809481937f2abbdd6c0000000000000000000000000000000000000000000000000000000083528b60048401528c60248401525af18015610d3157611e5e575b50507facc47fc894d9b9d0ce6b36f8615147a1e64d02fad4c6675780af077404f1014e9167ffffffffffffffff6040925460a01c1682519182526020820152a480f35b90611e6891614782565b855f126116c457855f611e1b565b6004897f5cd5d233000000000000000000000000000000000000000000000000000000008152fd5b9050611eaa8383615585565b14155f611c7c565b86159150611c75565b611ed591925060403d6040116106d0576106be8183614782565b9050905f611c6b565b6040513d8d823e3d90fd5b611f02915060403d604011610652576106438183614782565b505f611c00565b8980fd5b6004877fb8f6919b000000000000000000000000000000000000000000000000000000008152fd5b67ffffffffffffffff915060a01c1643115f611abd565b6040513d86823e3d90fd5b6004857f1ece0cb3000000000000000000000000000000000000000000000000000000008152fd5b8380fd5b50346101d5576101c06003193601126101d55760043567ffffffffffffffff811161075a57611fb6903690600401614620565b90366101c4116116c857611fca8282614b14565b15610ed75782906020826040518584823780868101838152039060025afa156122b0578151611ff98483614b61565b6120186120068685614b73565b6120108786614b85565b9083856149af565b84526005602052604084208054600260ff8260e01c161490816124b9575b501561230b577c03000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff8254161790556001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016906120b68685614bef565b91604051927fa22881c30000000000000000000000000000000000000000000000000000000084526004840152856024840152856044840152604083606481845afa9283156122d95786936122e8575b506121118786614bef565b61211b8887614bfe565b823b156122e457608488928363ffffffff9560405196879586947ff944f77300000000000000000000000000000000000000000000000000000000865260048601521660248401525f60448401525f60648401525af19081156122d95786916122bd575b50506121c66001600160a01b03926fffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690614b97565b169060027faf92f291211a3da47048fe2f16101fdeb930aa2319fc9766864575d2f3dd777a8580a45b6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001692833b156116c857601f93816101e48594601f19604051988996879586947f16119c5a00000000000000000000000000000000000000000000000000000000865260243560048701526101c06024870152816101c48701528686013788858286010152610180604480860137011681010301915afa80156122b05761229b5780f35b6122a491614782565b805f126101d5575f8180f35b50604051903d90823e3d90fd5b906122c791614782565b845f126122d557845f61217f565b8480fd5b6040513d88823e3d90fd5b8780fd5b61230291935060403d604011610652576106438183614782565b9050915f612106565b8091945054600160ff8260e01c1614908115916124a2575b5061247a578593817c03000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff6001600160a01b039454161790551690815f52600460205260405f206123e961239c63ffffffff835460c01c166147a5565b82547fffffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b7bffffffff00000000000000000000000000000000000000000000000016178255565b6fffffffffffffffffffffffffffffffff6124277f000000000000000000000000000000000000000000000000000000000000000082845416614a50565b167fffffffffffffffffffffffffffffffff0000000000000000000000000000000082541617905560027faf92f291211a3da47048fe2f16101fdeb930aa2319fc9766864575d2f3dd777a5f80a46121ef565b7fb8f6919b000000000000000000000000000000000000000000000000000000005f5260045ffd5b67ffffffffffffffff915060a01c1643115f612323565b67ffffffffffffffff915060a01c164311155f612036565b50346101d557806003193601126101d55760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346101d55760806003193601126101d55760043567ffffffffffffffff811161075a57612547903690600401614620565b90612550614664565b9060643567ffffffffffffffff81116122d5576125719036906004016146ec565b61257b8584614b14565b156125e0576125af9061258e8685614b61565b926125998786614b85565b80966125a5898861524d565b906024358761529e565b6020856040518685823780878101838152039060025afa15611f4c576125da61030f94865193614b73565b9161531d565b6004867f1ece0cb3000000000000000000000000000000000000000000000000000000008152fd5b50346101d55760806003193601126101d55760043567ffffffffffffffff811161075a5761263a903690600401614620565b602435929167ffffffffffffffff84116116c85761010060031985360301126116c85760443567ffffffffffffffff8111611f7f5761267d903690600401614620565b916064359467ffffffffffffffff86116101d55761010060031987360301126101d5576126a9366147d6565b6126b66040519182614782565b3681528160208201926101d55750365f83375f602036830101525190206040516126ff816103ee60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600660205267ffffffffffffffff60405f20541680159081156128d9575b5061072757612738612747966004018583615344565b95919790966004018585615344565b909691976001600160a01b03808b1699168914978815986128c4575b505086156128ab575b50508415612879575b50505050610664576040517f02b9ed720000000000000000000000000000000000000000000000000000000081528160048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115610659575f91612859575b5015610601575f52600460205260405f209081549160ff8360e01c166105d9577c01000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff6105d7941617905560043391614c10565b612872915060403d604011610652576106438183614782565b505f6127e9565b61289a9394509061288b9136916147f2565b602081519101209236916147f2565b60208151910120145f808080612775565b67ffffffffffffffff9182169116141594505f8061276c565b63ffffffff9182169116141596505f80612763565b90504311155f612722565b50346101d55760606003193601126101d55760043561290161467b565b6044356040517f017501520000000000000000000000000000000000000000000000000000000081523360048201526020816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115612d1c578591612ce2575b5015612cba573384526004602052604084205460ff8160e01c16612c92576fffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690816fffffffffffffffffffffffffffffffff821610908115612c7b575b50612c50575033845260026020526040842083855260205267ffffffffffffffff8060036040872001541692169180831115612c2557507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff4301438111612bf857604051612a4c8161471d565b84815260208101838152604082019240835267ffffffffffffffff806003606085019488865260808101948343168652338c5260016020528260408d20835181558251600182015589516002820155018480895116167fffffffffffffffffffffffffffffffffffffffffffffffff000000000000000082541617815586517fffffffffffffffffffffffffffffffff0000000000000000ffffffffffffffff6fffffffffffffffff000000000000000083549260401b169116179055338c52600260205260408c208b8d5260205260408c20915182555160018201558651600282015501935116167fffffffffffffffffffffffffffffffffffffffffffffffff0000000000000000835416178255517fffffffffffffffffffffffffffffffff0000000000000000ffffffffffffffff6fffffffffffffffff000000000000000083549260401b16911617905533855260036020526040852084865260205260408520835f526020528160405f20555190604051928352602083015260408201527fa58519225e4f9c8267cd9793b73fec57d8d8f98424e8f206c6d7288d6fe037e760603392a380f35b6024857f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b7f8e4533a0000000000000000000000000000000000000000000000000000000008552600452602484fd5b7f6d393ee6000000000000000000000000000000000000000000000000000000008552600452602484fd5b67ffffffffffffffff915060801c1615155f6129df565b6004857feb6b8ab5000000000000000000000000000000000000000000000000000000008152fd5b6004847f5cd26b68000000000000000000000000000000000000000000000000000000008152fd5b90506020813d602011612d14575b81612cfd60209383614782565b810103126122d557612d0e906148fa565b5f612970565b3d9150612cf0565b6040513d87823e3d90fd5b5060806003193601126101d5576004359067ffffffffffffffff82116101d557816004019060e060031984360301126101d55760243567ffffffffffffffff811161075a57612d7a903690600401614620565b909160643567ffffffffffffffff811161075a57612d9c903690600401614620565b9091612da7366147d6565b612db46040519182614782565b3681528160208201926101d55750365f83375f60203683010152519020604051612dfd816103ee60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600660205267ffffffffffffffff60405f2054168015908115613285575b5061072757612e6f67ffffffffffffffff612e3d60848901614828565b1667ffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000169061484e565b42116106d757612e7e85614cd0565b612e888385614b14565b15801561325d575b80156131c9575b6106ff5782610160116131c5577fecc224c8c8b0fe2d43999c02c2bb045a682632915f06157bfa0928ba64a73f68610140850135148015906131bd575b80156131b2575b80156131a6575b61317e576020915f91612f8b6057604051838194888301967f63616e646f722f6469676573742f76310000000000000000000000000000000088527f060000000000000000000000000000000000000000000000000000000000000060308501527f72616e6b656400000000000000000000000000000000000000000000000000006031850152604435603785015284840137810186838201520301601f198101835282614782565b604051918291518091835e8101838152039060025afa1561065957612fb2905f519261543e565b036106ff5735612fc46024830161485b565b91612fd660646110f46044840161483d565b906fffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168034036113d75750604051937f02b9ed720000000000000000000000000000000000000000000000000000000085526001600160a01b038116948560048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115610659575f9161315e575b501561060157828261309e92866002614a01565b5f52600560205260405f209160ff835460e01c1661138f57845f52600460205260405f209163ffffffff835460c01c1663ffffffff81146113625760029467ffffffffffffffff6080946112837f1abec9cb0cea7aca20c1cddeb702b4b29e7107b1679561e68c5bd66f06d7c8009760018496017fffffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffff7bffffffff00000000000000000000000000000000000000000000000083549260c01b169116179055565b613177915060403d604011610652576106438183614782565b505f61308a565b7f2561510f000000000000000000000000000000000000000000000000000000005f5260045ffd5b50600f81161515612ee2565b506104008111612edb565b508015612ed4565b5f80fd5b506131d66024870161485b565b6131e26044880161483d565b906131ef60648901614828565b906001600160a01b0380613203888a614b61565b9216911614918261323e575b508161321d575b5015612e97565b905067ffffffffffffffff806132338688614b85565b92169116145f613216565b90915063ffffffff806132518789614b73565b9216911614905f61320f565b5060205f6040518587823780868101838152039060025afa15610659575f5185351415612e90565b90504311155f612e20565b50346101d55760606003193601126101d55760043567ffffffffffffffff811161075a576132c2903690600401614620565b6024929192359167ffffffffffffffff83116101d55761010060031984360301126101d55760443567ffffffffffffffff811161075a57613307903690600401614620565b939091613313366147d6565b6133206040519182614782565b3681528160208201926101d55750365f83375f60203683010152519020604051613369816103ee60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600660205267ffffffffffffffff60405f2054168015908115613680575b506107275761339b8386614b14565b156106ff576133ae906004018386615344565b949195909360b0116131c5576090013592816134e25750505067ffffffffffffffff901591161514610664575b6040517f02b9ed720000000000000000000000000000000000000000000000000000000081526001600160a01b038216908160048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115610659575f916134c2575b5015610601575f52600460205260405f209081549160ff8360e01c166105d9577c01000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff6105d7941617905560053391614c10565b6134db915060403d604011610652576106438183614782565b505f613452565b9193909260205f6040518688823780878101838152039060025afa15610659575f51036106ff576001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001661353e818587614f99565b91949083968461366c575b505082613658575b82613637575b50506135a9575b5050159182613597575b5050156133db577f1ece0cb3000000000000000000000000000000000000000000000000000000005f5260045ffd5b6135a192506151d9565b155f80613568565b6001600160a01b0380871692168281146106645760409060248251809481937f02b9ed7200000000000000000000000000000000000000000000000000000000835260048301525afa8015610659576001600160a01b03915f91613616575b501614610664575f8061355e565b61362f915060403d604011610652576106438183614782565b90505f613608565b67ffffffffffffffff91925061364d82916148bb565b169116145f80613557565b67ffffffffffffffff811615159250613551565b63ffffffff91821691161492505f80613549565b90504311155f61338c565b50346101d55760a06003193601126101d5576004359067ffffffffffffffff82116101d55761010060031983360301126101d55760243567ffffffffffffffff811161075a576136df903690600401614620565b6064359367ffffffffffffffff851685036131c55760843567ffffffffffffffff81116122d5576137149036906004016146ec565b906137496001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168587614f99565b9992969197909561375c816004016150e2565b971580156138a3575b8015613882575b8015613859575b6138315761378183836151d9565b156138175767ffffffffffffffff806137a6608461379f878761523b565b9401614828565b16911614155b6137ef5792896137d4936137ca61030f9b9c97946137dd999761524d565b906044358b61529e565b84846003614a01565b5f526005602052600360405f2061544f565b6004897f1ece0cb3000000000000000000000000000000000000000000000000000000008152fd5b5081608c1161382d5786606c82013514156137ac565b8880fd5b60048a7f1ece0cb3000000000000000000000000000000000000000000000000000000008152fd5b5067ffffffffffffffff61386f60648301614828565b1667ffffffffffffffff8c161415613773565b5063ffffffff6138946044830161483d565b1663ffffffff8816141561376c565b506001600160a01b036138b86024830161485b565b166001600160a01b038a161415613765565b50346101d55760206003193601126101d557604061398e916001600160a01b036138f261464e565b6138fa614891565b5016815260016020522067ffffffffffffffff60036040519261391c8461471d565b8054845260018101546020850152600281015460408501520154818116606084015260401c16608082015260405191829182919091608067ffffffffffffffff8160a0840195805185526020810151602086015260408101516040860152826060820151166060860152015116910152565b0390f35b50346101d55760e06003193601126101d5576139ac61464e565b906024356139b8614664565b60843560643567ffffffffffffffff82116122d55761010060031983360301126122d55760a4359360c4359567ffffffffffffffff87116101d55761010060031988360301126101d557613a0b366147d6565b613a186040519182614782565b3681528160208201926101d55750365f83375f60203683010152519020604051613a61816103ee60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600660205267ffffffffffffffff60405f2054168015908115613bfc575b5061072757848214908115613bed575b8115613bde575b506106645782613aaf926004019187614e35565b15928315613bc6575b505050610995576040517f02b9ed720000000000000000000000000000000000000000000000000000000081526001600160a01b038216908160048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115610659575f91613ba6575b5015610601575f52600460205260405f209081549160ff8360e01c166105d9577c01000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff6105d7941617905560033391614c10565b613bbf915060403d604011610652576106438183614782565b505f613b36565b613bd593506004019184614e35565b155f8080613ab8565b9050606486013514155f613a9b565b60648401358114159150613a94565b90504311155f613a84565b50346101d557806003193601126101d5573381526004602052604081208054906fffffffffffffffffffffffffffffffff8216918215908115613d0a575b8115613cf2575b8115613cdf575b50613cb75780547fffffffffffffffff00000000000000000000000000000000000000000000000016905560405181815261030f919033907f0d41118e36df44efb77a471fc49fb9c0be0406d802ef95520e9fbf606e65b45590602090a233614d6f565b6004837f0d3f7776000000000000000000000000000000000000000000000000000000008152fd5b63ffffffff915060c01c1615155f613c53565b905067ffffffffffffffff8160801c16421090613c4c565b905067ffffffffffffffff8160801c161590613c45565b50346101d55760406003193601126101d557604061398e916001600160a01b03613d4961464e565b613d51614891565b50168152600260205281812060243582526020522067ffffffffffffffff60036040519261391c8461471d565b50346101d557806003193601126101d55733815260046020526040812080546fffffffffffffffffffffffffffffffff811615908115613e96575b50613e6e5767ffffffffffffffff90613df47f000000000000000000000000000000000000000000000000000000000000000083421661486f565b7fffffffffffffffff0000000000000000ffffffffffffffffffffffffffffffff77ffffffffffffffff0000000000000000000000000000000083549260801b1691161781555460801c166040519081527f14a257a40f4d348824e4c45db69dcf5c0a9e13ae5d9269e3e3367d26cbcc58c760203392a280f35b6004827f0d3f7776000000000000000000000000000000000000000000000000000000008152fd5b67ffffffffffffffff915060801c1615155f613db9565b5060206003193601126101d5576004359067ffffffffffffffff82116101d557816004019060e060031984360301126101d557613ee9366147d6565b613ef66040519182614782565b368152602081019150365f83375f60203683010152519020604051613f3a816103ee60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600660205267ffffffffffffffff60405f2054168015908115614161575b5061072757613f8c67ffffffffffffffff613f7a60848501614828565b1663ffffffff61108260a4860161483d565b42106106d757613f9b81614cd0565b35613fa86024830161485b565b91613fba60646110f46044840161483d565b906fffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168034036113d75750604051937f02b9ed720000000000000000000000000000000000000000000000000000000085526001600160a01b038116948560048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115610659575f91614141575b501561060157828261408292866001614a01565b5f52600560205260405f209160ff835460e01c1661138f57845f52600460205260405f209163ffffffff835460c01c1663ffffffff81146113625760019467ffffffffffffffff6080946112837f1abec9cb0cea7aca20c1cddeb702b4b29e7107b1679561e68c5bd66f06d7c80097898496017fffffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffff7bffffffff00000000000000000000000000000000000000000000000083549260c01b169116179055565b61415a915060403d604011610652576106438183614782565b505f61406e565b90504311155f613f5d565b50346101d557806003193601126101d55760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346101d5576141cf6141c236614692565b9082848695979496614a01565b8452600560205260408420918254600160ff8260e01c16036143bf5760a01c67ffffffffffffffff16431115614397576001600160a01b03837f393f8e8c27162cab7d943308ffcd5679abdb51b788840b54f7e9c84a8392d0b193826060947c04000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff60019a99541617845516958691828a52600460205261429c60408b20611cb763ffffffff825460c01c166147a5565b6142dc858554166fffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690614b97565b7f34fd133fa935125b51f24159e9f8ac0b961b874acb0dc1553020c1e6629f2332602060ff604051938d85521692a45484875260046020526040872080547fffffffffffffffff00000000000000000000000000000000000000000000000081169091556fffffffffffffffffffffffffffffffff169187911680614382575b61436e6143698385614934565b615a81565b60405192835260208301526040820152a380f35b600a830491506143928282614b97565b61435c565b6004857fe12e68a4000000000000000000000000000000000000000000000000000000008152fd5b6004867fb8f6919b000000000000000000000000000000000000000000000000000000008152fd5b9050346131c55760206003193601126131c55760043567ffffffffffffffff81116131c55761441a903690600401614620565b90916144268284614b14565b156106ff575f8183856020943780848101838152039060025afa15610659575f5161446f6144548385614b61565b61445e8486614b73565b6144688587614b85565b91846149af565b5f52600560205260405f20908154600260ff8260e01c160361247a5760a01c67ffffffffffffffff164311156106d7577c04000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff83541617825561452b6001600160a01b038354166fffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690614b97565b6001600160a01b0361453d8486614b61565b169060027f34fd133fa935125b51f24159e9f8ac0b961b874acb0dc1553020c1e6629f2332602060405160018152a46001600160a01b036145ab817f000000000000000000000000000000000000000000000000000000000000000016936145a58187614bef565b95614bfe565b91541691803b156131c55763ffffffff935f608492819560405197889687957ff944f77300000000000000000000000000000000000000000000000000000000875260048701521660248501526001604485015260648401525af1801561065957614614575080f35b6105d791505f90614782565b9181601f840112156131c55782359167ffffffffffffffff83116131c557602083818601950101116131c557565b600435906001600160a01b03821682036131c557565b6044359067ffffffffffffffff821682036131c557565b6024359067ffffffffffffffff821682036131c557565b60031960a09101126131c55760043560ff811681036131c55790602435906044356001600160a01b03811681036131c5579060643563ffffffff811681036131c5579060843567ffffffffffffffff811681036131c55790565b9181601f840112156131c55782359167ffffffffffffffff83116131c5576020808501948460051b0101116131c557565b60a0810190811067ffffffffffffffff82111761473957604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60c0810190811067ffffffffffffffff82111761473957604052565b90601f601f19910116810190811067ffffffffffffffff82111761473957604052565b63ffffffff168015611362577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0190565b67ffffffffffffffff811161473957601f01601f191660200190565b9291926147fe826147d6565b9161480c6040519384614782565b8294818452818301116131c5578281602093845f960137010152565b3567ffffffffffffffff811681036131c55790565b3563ffffffff811681036131c55790565b9190820180921161136257565b356001600160a01b03811681036131c55790565b9067ffffffffffffffff8091169116019067ffffffffffffffff821161136257565b6040519061489e8261471d565b5f6080838281528260208201528260408201528260608201520152565b67ffffffffffffffff7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff9116019067ffffffffffffffff821161136257565b519081151582036131c557565b91908260409103126131c557602061491e836148fa565b9201516001600160a01b03811681036131c55790565b9190820391821161136257565b91908260409103126131c5576020614958836148fa565b92015190565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1813603018212156131c5570180359067ffffffffffffffff82116131c5576020019181360383136131c557565b9263ffffffff67ffffffffffffffff92936001600160a01b036040519560208701976002895260408801521660608601521660808401521660a082015260a081526149fb60c082614782565b51902090565b93909263ffffffff906001600160a01b0367ffffffffffffffff946040519660ff602089019916895260408801521660608601521660808401521660a082015260a081526149fb60c082614782565b906fffffffffffffffffffffffffffffffff809116911601906fffffffffffffffffffffffffffffffff821161136257565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f000000000000000000000000000000000000000000000000000000000000000060408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a081526149fb60c082614782565b614b1e82826151d9565b9182614b2957505090565b614b5e92506001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016916156a4565b90565b906060116131c557604c013560601c90565b906088116131c5576084013560e01c90565b906090116131c5576088013560c01c90565b8115614beb5760206001600160a01b037f9c9e0cdb1670e88302408e5b941dc636f63a3293204694bb68910fcf3d9305f3921692835f525f825260405f20614be082825461484e565b9055604051908152a2565b5050565b906080116131c5576060013590565b906084116131c5576080013560e01c90565b6001600160a01b039081165f81815260046020526040812080547fffffffffffffffff00000000000000000000000000000000000000000000000081169091556fffffffffffffffffffffffffffffffff169491937f393f8e8c27162cab7d943308ffcd5679abdb51b788840b54f7e9c84a8392d0b19360609360ff939181169081614cba575b50614ca5614369838a614934565b604051978852602088015260408701521693a3565b9150614cca600a89048093614b97565b5f614c97565b602081016001600160a01b03614ce58261485b565b1615918215614cf7575b505061140257565b819250614d63614d5d6001600160a01b039392614d14859461485b565b90614d216040820161483d565b614d2d60608301614828565b614d3960808401614828565b90614d4660a0850161483d565b92614d5460c086018661495e565b969095356156ed565b9361485b565b16911614155f80614cef565b5f80809381935af13d15614dce573d614d87816147d6565b90614d956040519283614782565b81525f60203d92013e5b15614da657565b7f34e4a710000000000000000000000000000000000000000000000000000000005f5260045ffd5b614d9f565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1813603018212156131c5570180359067ffffffffffffffff82116131c557602001918160051b360383136131c557565b3560ff811681036131c55790565b6001600160a01b031692909183158015614f81575b614f2f57614e75906080830193614e6085614828565b614e6d60e0860186614dd3565b939092615807565b908115614f2f57600260ff614e8983614e27565b1614614f4557600360ff614e9c83614e27565b1614801590614f37575b614f2f576117f5614f2a92614ec26001600160a01b0395614828565b906040519067ffffffffffffffff60208301937f2af6f82edbcfc3693e75b946b36ac6d0a8a8439b3f532b3da085a7b3486cd2a1855260608701356040850152166060830152608082015260808152614f1c60a082614782565b5190209160c081019061495e565b161490565b505050505f90565b508160a08201351415614ea6565b90925f526003602052606060405f209101355f5260205267ffffffffffffffff614f7260405f2092614828565b165f5260205260405f20541490565b506040614f9160e0840184614dd3565b905011614e4a565b915f935f935f935f93614fac82846151d9565b806150d1575b6150aa57608d82149081615054575b8161503a575b81615018575b50614fd6575050565b94509450915050816040116131c557602c83013592826044116131c557604081013592604c116131c55760019360601c9260e01c916044919091013560c01c90565b905081602c116131c5576001600160a01b0316601883013560601c145f614fcd565b9050816018116131c557601083013560c01c461490614fc7565b9050816010116131c5577f63616e646f722f61626f72742f763100000000000000000000000000000000007fffffffffffffffffffffffffffffffff000000000000000000000000000000008435161490614fc1565b50955093509150506150ca6150bf8484614b61565b93610ecb8185614b73565b6001939291565b506150dd8183856156a4565b614fb2565b602081016001600160a01b036150f78261485b565b1615611402576151069061485b565b6151126040830161483d565b61511e60608401614828565b61512a60808501614828565b61513660a08601614828565b9161514360c0870161483d565b936040519560208701977fc31d9f683dfa868772af1531ac0a7fc2d1d82d5f4cf990eb43bccd09853b8a0789523560408801526001600160a01b0316606087015263ffffffff16608086015267ffffffffffffffff1660a085015267ffffffffffffffff1660c084015267ffffffffffffffff1660e083015263ffffffff1661010082015261010081526149fb61012082614782565b610220821491826151e957505090565b9091506010116131c557357fffffffffffffffffffffffffffffffff00000000000000000000000000000000167f63616e646f722f72756e2f7631000000000000000000000000000000000000001490565b9060b8116131c55760b0013560c01c90565b5f9060209261527e60216040518381948883019688885284840137810186838201520301601f198101835282614782565b604051918291518091835e8101838152039060025afa15610659575f5190565b95918094959195604084115f1461530e5750505050505f915b82159384156152cb575b5050505061099557565b6001600160a01b039192939450165f52600360205260405f20905f5260205267ffffffffffffffff60405f2091165f5260205260405f205414155f8080806152c1565b61531794615807565b916152b7565b9091615342936153309184846001614a01565b5f526005602052600160405f2061544f565b565b919261537a6001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168385614f99565b9091929681958397859915801561542d575b6106ff57600160ff61539d85614e27565b160361540f57815f9160209360405192839283378101838152039060025afa1561065957836001600160a01b0393926154049285945f51926153e160208401614828565b916153fc6153f16040860161483d565b9460c081019061495e565b9690956156ed565b921691160361140257565b61542695929450906154209161524d565b90614e35565b1561099557565b506001600160a01b0386161561538c565b90610200116131c5576101e0013590565b9290928054600160ff8260e01c16149081159161556e575b5061247a5760ff91817c03000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff6001600160a01b039454161790551692835f52600460205260405f206154e161239c63ffffffff835460c01c166147a5565b6fffffffffffffffffffffffffffffffff61551f7f000000000000000000000000000000000000000000000000000000000000000082845416614a50565b167fffffffffffffffffffffffffffffffff00000000000000000000000000000000825416179055167faf92f291211a3da47048fe2f16101fdeb930aa2319fc9766864575d2f3dd777a5f80a4565b67ffffffffffffffff915060a01c1643115f615467565b90610140116131c557610120013590565b90614b5e92916155a4614a82565b906040519060208201927f1901000000000000000000000000000000000000000000000000000000000000845260228301526042820152604281526155ea606282614782565b5190206159d1565b9193949092948515610995578161563f5750506001600160a01b03165f52600360205260405f20905f5260205267ffffffffffffffff60405f2091165f5260205260405f20540361099557565b6001600160a01b0394938594615404949767ffffffffffffffff6040519260208401947f2af6f82edbcfc3693e75b946b36ac6d0a8a8439b3f532b3da085a7b3486cd2a186526040850152166060830152608082015260808152611b5e60a082614782565b919091826018116131c557601081013560c01c461492836156c6575b50505090565b90919250604c116131c5576038013560601c6001600160a01b0391909116145f80806156c0565b937fffffffffffffffff0000000000000000000000000000000000000000000000009081614b5e99989793957fffffffff0000000000000000000000000000000000000000000000000000000080967fffffffffffffffffffffffffffffffffffffffff0000000000000000000000006040519960208b019b7f63616e646f722f726563656970742f76310000000000000000000000000000008d5260318c015260601b1660518a015260e01b16606588015260c01b16606986015260c01b16607184015260e01b166079820152605d81526155ea607d82614782565b91908110156157da5760051b0190565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b929067ffffffffffffffff909594951667ffffffffffffffff83168110156159c857909167ffffffffffffffff9061583e906148bb565b1692945f925b81841061585a575050505061585557565b5f9150565b90929584959294156159bd5760018086161480156159b4575b15615931575f6020916103ee6158d061588d8b89886157ca565b3592604051928391878301958690916041927f01000000000000000000000000000000000000000000000000000000000000008352600183015260218201520190565b604051918291518091835e8101838152039060025afa15610659575f519294935b600181161580615928575b1561590e5760011c9360011c936158f1565b60019096949396959192955b811c93811c94019291615844565b508015156158fc565b5f6020916103ee61598f61594d8b8988999c9a989d9b9d6157ca565b35604051928391878301958690916041927f01000000000000000000000000000000000000000000000000000000000000008352600183015260218201520190565b604051918291518091835e8101838152039060025afa156106595760015f519661591a565b50858514615873565b505093505050505f90565b505f9450505050565b9060418303615a7a5782604010156157da57604081013560f81c91601b83141580615a6f575b614f2f57836040116131c5576020820135937f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08511615a66576020116131c5576020935f936080933590604051938452868401526040830152606082015282805260015afa15610659575f5190565b50505050505f90565b50601c8314156159f7565b5050505f90565b8015615ac9575f808080937f4cd1cedac1faabaf2d2d626f6caa6a7df4cf69ec7ecc3bcae2f938bdedc860716020604051838152a1815af13d15614dce573d614d87816147d6565b5056",
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
// Solidity: constructor((uint64,uint64,uint64,uint128,uint128,bool) t, address registry_, address verifier_) returns()
func (runLog *RunLog) PackConstructor(t RunLogTerms, registry_ common.Address, verifier_ common.Address) []byte {
	enc, err := runLog.abi.Pack("", t, registry_, verifier_)
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

// PackAnswerForeign is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xabf7fd7f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function answerForeign(bytes run) returns()
func (runLog *RunLog) PackAnswerForeign(run []byte) []byte {
	enc, err := runLog.abi.Pack("answerForeign", run)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAnswerForeign is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xabf7fd7f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function answerForeign(bytes run) returns()
func (runLog *RunLog) TryPackAnswerForeign(run []byte) ([]byte, error) {
	return runLog.abi.Pack("answerForeign", run)
}

// PackAnswerInclusion is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7561f482.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function answerInclusion(bytes run, bytes32 originHash, uint64 size, bytes32[] path) returns()
func (runLog *RunLog) PackAnswerInclusion(run []byte, originHash [32]byte, size uint64, path [][32]byte) []byte {
	enc, err := runLog.abi.Pack("answerInclusion", run, originHash, size, path)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAnswerInclusion is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7561f482.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function answerInclusion(bytes run, bytes32 originHash, uint64 size, bytes32[] path) returns()
func (runLog *RunLog) TryPackAnswerInclusion(run []byte, originHash [32]byte, size uint64, path [][32]byte) ([]byte, error) {
	return runLog.abi.Pack("answerInclusion", run, originHash, size, path)
}

// PackAnswerTicket is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4f0c3662.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function answerTicket((bytes32,address,uint32,uint64,uint64,uint64,uint32,bytes) t, bytes entry, bytes32 originHash, uint64 size, bytes32[] path) returns()
func (runLog *RunLog) PackAnswerTicket(t RunLogTicket, entry []byte, originHash [32]byte, size uint64, path [][32]byte) []byte {
	enc, err := runLog.abi.Pack("answerTicket", t, entry, originHash, size, path)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAnswerTicket is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4f0c3662.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function answerTicket((bytes32,address,uint32,uint64,uint64,uint64,uint32,bytes) t, bytes entry, bytes32 originHash, uint64 size, bytes32[] path) returns()
func (runLog *RunLog) TryPackAnswerTicket(t RunLogTicket, entry []byte, originHash [32]byte, size uint64, path [][32]byte) ([]byte, error) {
	return runLog.abi.Pack("answerTicket", t, entry, originHash, size, path)
}

// PackBonds is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfe10d774.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function bonds(address node) view returns(uint128 amount, uint64 leavesAt, uint32 open, bool fallen)
func (runLog *RunLog) PackBonds(node common.Address) []byte {
	enc, err := runLog.abi.Pack("bonds", node)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBonds is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfe10d774.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function bonds(address node) view returns(uint128 amount, uint64 leavesAt, uint32 open, bool fallen)
func (runLog *RunLog) TryPackBonds(node common.Address) ([]byte, error) {
	return runLog.abi.Pack("bonds", node)
}

// BondsOutput serves as a container for the return parameters of contract
// method Bonds.
type BondsOutput struct {
	Amount   *big.Int
	LeavesAt uint64
	Open     uint32
	Fallen   bool
}

// UnpackBonds is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfe10d774.
//
// Solidity: function bonds(address node) view returns(uint128 amount, uint64 leavesAt, uint32 open, bool fallen)
func (runLog *RunLog) UnpackBonds(data []byte) (BondsOutput, error) {
	out, err := runLog.abi.Unpack("bonds", data)
	outstruct := new(BondsOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Amount = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.LeavesAt = *abi.ConvertType(out[1], new(uint64)).(*uint64)
	outstruct.Open = *abi.ConvertType(out[2], new(uint32)).(*uint32)
	outstruct.Fallen = *abi.ConvertType(out[3], new(bool)).(*bool)
	return *outstruct, nil
}

// PackClaim is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbd66528a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function claim(bytes32 hash) returns()
func (runLog *RunLog) PackClaim(hash [32]byte) []byte {
	enc, err := runLog.abi.Pack("claim", hash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClaim is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbd66528a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function claim(bytes32 hash) returns()
func (runLog *RunLog) TryPackClaim(hash [32]byte) ([]byte, error) {
	return runLog.abi.Pack("claim", hash)
}

// PackClaims is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xeff0f592.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function claims(bytes32 claim) view returns(uint64)
func (runLog *RunLog) PackClaims(claim [32]byte) []byte {
	enc, err := runLog.abi.Pack("claims", claim)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClaims is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xeff0f592.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function claims(bytes32 claim) view returns(uint64)
func (runLog *RunLog) TryPackClaims(claim [32]byte) ([]byte, error) {
	return runLog.abi.Pack("claims", claim)
}

// UnpackClaims is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xeff0f592.
//
// Solidity: function claims(bytes32 claim) view returns(uint64)
func (runLog *RunLog) UnpackClaims(data []byte) (uint64, error) {
	out, err := runLog.abi.Unpack("claims", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackCollect is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe5225381.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function collect() returns()
func (runLog *RunLog) PackCollect() []byte {
	enc, err := runLog.abi.Pack("collect")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCollect is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe5225381.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function collect() returns()
func (runLog *RunLog) TryPackCollect() ([]byte, error) {
	return runLog.abi.Pack("collect")
}

// PackCredits is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfe5ff468.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function credits(address who) view returns(uint256)
func (runLog *RunLog) PackCredits(who common.Address) []byte {
	enc, err := runLog.abi.Pack("credits", who)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCredits is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfe5ff468.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function credits(address who) view returns(uint256)
func (runLog *RunLog) TryPackCredits(who common.Address) ([]byte, error) {
	return runLog.abi.Pack("credits", who)
}

// UnpackCredits is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfe5ff468.
//
// Solidity: function credits(address who) view returns(uint256)
func (runLog *RunLog) UnpackCredits(data []byte) (*big.Int, error) {
	out, err := runLog.abi.Unpack("credits", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackDemandInclusion is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2e220d1c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function demandInclusion((bytes32,address,uint32,uint64,uint64,uint32,bytes) r) payable returns()
func (runLog *RunLog) PackDemandInclusion(r RunLogReceipt) []byte {
	enc, err := runLog.abi.Pack("demandInclusion", r)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDemandInclusion is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2e220d1c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function demandInclusion((bytes32,address,uint32,uint64,uint64,uint32,bytes) r) payable returns()
func (runLog *RunLog) TryPackDemandInclusion(r RunLogReceipt) ([]byte, error) {
	return runLog.abi.Pack("demandInclusion", r)
}

// PackDemandKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xaf080f72.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function demandKey(uint8 kind, bytes32 id, address node, uint32 lane, uint64 seq) pure returns(bytes32)
func (runLog *RunLog) PackDemandKey(kind uint8, id [32]byte, node common.Address, lane uint32, seq uint64) []byte {
	enc, err := runLog.abi.Pack("demandKey", kind, id, node, lane, seq)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDemandKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xaf080f72.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function demandKey(uint8 kind, bytes32 id, address node, uint32 lane, uint64 seq) pure returns(bytes32)
func (runLog *RunLog) TryPackDemandKey(kind uint8, id [32]byte, node common.Address, lane uint32, seq uint64) ([]byte, error) {
	return runLog.abi.Pack("demandKey", kind, id, node, lane, seq)
}

// UnpackDemandKey is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xaf080f72.
//
// Solidity: function demandKey(uint8 kind, bytes32 id, address node, uint32 lane, uint64 seq) pure returns(bytes32)
func (runLog *RunLog) UnpackDemandKey(data []byte) ([32]byte, error) {
	out, err := runLog.abi.Unpack("demandKey", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackDemandProof is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6ab0d096.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function demandProof((bytes32,address,uint32,uint64,uint64,uint32,bytes) r, bytes run, bytes32 opening, bytes ids) payable returns()
func (runLog *RunLog) PackDemandProof(r RunLogReceipt, run []byte, opening [32]byte, ids []byte) []byte {
	enc, err := runLog.abi.Pack("demandProof", r, run, opening, ids)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDemandProof is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6ab0d096.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function demandProof((bytes32,address,uint32,uint64,uint64,uint32,bytes) r, bytes run, bytes32 opening, bytes ids) payable returns()
func (runLog *RunLog) TryPackDemandProof(r RunLogReceipt, run []byte, opening [32]byte, ids []byte) ([]byte, error) {
	return runLog.abi.Pack("demandProof", r, run, opening, ids)
}

// PackDemandTicket is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa2c368c7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function demandTicket((bytes32,address,uint32,uint64,uint64,uint64,uint32,bytes) t) payable returns()
func (runLog *RunLog) PackDemandTicket(t RunLogTicket) []byte {
	enc, err := runLog.abi.Pack("demandTicket", t)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDemandTicket is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa2c368c7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function demandTicket((bytes32,address,uint32,uint64,uint64,uint64,uint32,bytes) t) payable returns()
func (runLog *RunLog) TryPackDemandTicket(t RunLogTicket) ([]byte, error) {
	return runLog.abi.Pack("demandTicket", t)
}

// PackDemands is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc28f847c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function demands(bytes32 key) view returns(address demander, uint64 deadline, uint8 state)
func (runLog *RunLog) PackDemands(key [32]byte) []byte {
	enc, err := runLog.abi.Pack("demands", key)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDemands is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc28f847c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function demands(bytes32 key) view returns(address demander, uint64 deadline, uint8 state)
func (runLog *RunLog) TryPackDemands(key [32]byte) ([]byte, error) {
	return runLog.abi.Pack("demands", key)
}

// DemandsOutput serves as a container for the return parameters of contract
// method Demands.
type DemandsOutput struct {
	Demander common.Address
	Deadline uint64
	State    uint8
}

// UnpackDemands is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc28f847c.
//
// Solidity: function demands(bytes32 key) view returns(address demander, uint64 deadline, uint8 state)
func (runLog *RunLog) UnpackDemands(data []byte) (DemandsOutput, error) {
	out, err := runLog.abi.Unpack("demands", data)
	outstruct := new(DemandsOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Demander = *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	outstruct.Deadline = *abi.ConvertType(out[1], new(uint64)).(*uint64)
	outstruct.State = *abi.ConvertType(out[2], new(uint8)).(*uint8)
	return *outstruct, nil
}

// PackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd0e30db0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function deposit() payable returns()
func (runLog *RunLog) PackDeposit() []byte {
	enc, err := runLog.abi.Pack("deposit")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd0e30db0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function deposit() payable returns()
func (runLog *RunLog) TryPackDeposit() ([]byte, error) {
	return runLog.abi.Pack("deposit")
}

// PackDomainSeparator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf698da25.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (runLog *RunLog) PackDomainSeparator() []byte {
	enc, err := runLog.abi.Pack("domainSeparator")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDomainSeparator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf698da25.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (runLog *RunLog) TryPackDomainSeparator() ([]byte, error) {
	return runLog.abi.Pack("domainSeparator")
}

// UnpackDomainSeparator is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf698da25.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (runLog *RunLog) UnpackDomainSeparator(data []byte) ([32]byte, error) {
	out, err := runLog.abi.Unpack("domainSeparator", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackGiveNotice is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x320a72d9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function giveNotice() returns()
func (runLog *RunLog) PackGiveNotice() []byte {
	enc, err := runLog.abi.Pack("giveNotice")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGiveNotice is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x320a72d9.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function giveNotice() returns()
func (runLog *RunLog) TryPackGiveNotice() ([]byte, error) {
	return runLog.abi.Pack("giveNotice")
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

// PackPassOn is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9181246d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function passOn(bytes run, bytes signature) returns()
func (runLog *RunLog) PackPassOn(run []byte, signature []byte) []byte {
	enc, err := runLog.abi.Pack("passOn", run, signature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPassOn is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9181246d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function passOn(bytes run, bytes signature) returns()
func (runLog *RunLog) TryPackPassOn(run []byte, signature []byte) ([]byte, error) {
	return runLog.abi.Pack("passOn", run, signature)
}

// PackProveFork is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x45d71549.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proveFork(address node, bytes32 originHash, uint64 index, bytes32 leaf, (uint8,uint64,uint32,bytes32,uint64,bytes32,bytes,bytes32[]) a, bytes32 otherLeaf, (uint8,uint64,uint32,bytes32,uint64,bytes32,bytes,bytes32[]) b) returns()
func (runLog *RunLog) PackProveFork(node common.Address, originHash [32]byte, index uint64, leaf [32]byte, a RunLogVoucher, otherLeaf [32]byte, b RunLogVoucher) []byte {
	enc, err := runLog.abi.Pack("proveFork", node, originHash, index, leaf, a, otherLeaf, b)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProveFork is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x45d71549.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proveFork(address node, bytes32 originHash, uint64 index, bytes32 leaf, (uint8,uint64,uint32,bytes32,uint64,bytes32,bytes,bytes32[]) a, bytes32 otherLeaf, (uint8,uint64,uint32,bytes32,uint64,bytes32,bytes,bytes32[]) b) returns()
func (runLog *RunLog) TryPackProveFork(node common.Address, originHash [32]byte, index uint64, leaf [32]byte, a RunLogVoucher, otherLeaf [32]byte, b RunLogVoucher) ([]byte, error) {
	return runLog.abi.Pack("proveFork", node, originHash, index, leaf, a, otherLeaf, b)
}

// PackProveGap is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x56174105.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proveGap(bytes run, (uint8,uint64,uint32,bytes32,uint64,bytes32,bytes,bytes32[]) v, bytes previous) returns()
func (runLog *RunLog) PackProveGap(run []byte, v RunLogVoucher, previous []byte) []byte {
	enc, err := runLog.abi.Pack("proveGap", run, v, previous)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProveGap is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x56174105.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proveGap(bytes run, (uint8,uint64,uint32,bytes32,uint64,bytes32,bytes,bytes32[]) v, bytes previous) returns()
func (runLog *RunLog) TryPackProveGap(run []byte, v RunLogVoucher, previous []byte) ([]byte, error) {
	return runLog.abi.Pack("proveGap", run, v, previous)
}

// PackProveMisplaced is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd690f0db.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proveMisplaced(bytes entry, uint64 index, (uint8,uint64,uint32,bytes32,uint64,bytes32,bytes,bytes32[]) v) returns()
func (runLog *RunLog) PackProveMisplaced(entry []byte, index uint64, v RunLogVoucher) []byte {
	enc, err := runLog.abi.Pack("proveMisplaced", entry, index, v)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProveMisplaced is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd690f0db.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proveMisplaced(bytes entry, uint64 index, (uint8,uint64,uint32,bytes32,uint64,bytes32,bytes,bytes32[]) v) returns()
func (runLog *RunLog) TryPackProveMisplaced(entry []byte, index uint64, v RunLogVoucher) ([]byte, error) {
	return runLog.abi.Pack("proveMisplaced", entry, index, v)
}

// PackProveRun is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8524d588.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proveRun(bytes run, bytes32 vkHash, uint256[12] proof) returns()
func (runLog *RunLog) PackProveRun(run []byte, vkHash [32]byte, proof [12]*big.Int) []byte {
	enc, err := runLog.abi.Pack("proveRun", run, vkHash, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProveRun is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8524d588.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proveRun(bytes run, bytes32 vkHash, uint256[12] proof) returns()
func (runLog *RunLog) TryPackProveRun(run []byte, vkHash [32]byte, proof [12]*big.Int) ([]byte, error) {
	return runLog.abi.Pack("proveRun", run, vkHash, proof)
}

// PackProveTwoEntries is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x71e8536a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proveTwoEntries(bytes entry, (uint8,uint64,uint32,bytes32,uint64,bytes32,bytes,bytes32[]) a, bytes otherEntry, (uint8,uint64,uint32,bytes32,uint64,bytes32,bytes,bytes32[]) b) returns()
func (runLog *RunLog) PackProveTwoEntries(entry []byte, a RunLogVoucher, otherEntry []byte, b RunLogVoucher) []byte {
	enc, err := runLog.abi.Pack("proveTwoEntries", entry, a, otherEntry, b)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProveTwoEntries is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x71e8536a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proveTwoEntries(bytes entry, (uint8,uint64,uint32,bytes32,uint64,bytes32,bytes,bytes32[]) a, bytes otherEntry, (uint8,uint64,uint32,bytes32,uint64,bytes32,bytes,bytes32[]) b) returns()
func (runLog *RunLog) TryPackProveTwoEntries(entry []byte, a RunLogVoucher, otherEntry []byte, b RunLogVoucher) ([]byte, error) {
	return runLog.abi.Pack("proveTwoEntries", entry, a, otherEntry, b)
}

// PackProveTwoHeads is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9fad01bd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proveTwoHeads(address node, bytes32 originHash, uint64 size, bytes32 root, bytes signature, bytes32 otherRoot, bytes otherSignature) returns()
func (runLog *RunLog) PackProveTwoHeads(node common.Address, originHash [32]byte, size uint64, root [32]byte, signature []byte, otherRoot [32]byte, otherSignature []byte) []byte {
	enc, err := runLog.abi.Pack("proveTwoHeads", node, originHash, size, root, signature, otherRoot, otherSignature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProveTwoHeads is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9fad01bd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proveTwoHeads(address node, bytes32 originHash, uint64 size, bytes32 root, bytes signature, bytes32 otherRoot, bytes otherSignature) returns()
func (runLog *RunLog) TryPackProveTwoHeads(node common.Address, originHash [32]byte, size uint64, root [32]byte, signature []byte, otherRoot [32]byte, otherSignature []byte) ([]byte, error) {
	return runLog.abi.Pack("proveTwoHeads", node, originHash, size, root, signature, otherRoot, otherSignature)
}

// PackProveTwoTickets is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9c8f159b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proveTwoTickets((bytes32,address,uint32,uint64,uint64,uint64,uint32,bytes) t, (bytes32,address,uint32,uint64,uint64,uint64,uint32,bytes) other) returns()
func (runLog *RunLog) PackProveTwoTickets(t RunLogTicket, other RunLogTicket) []byte {
	enc, err := runLog.abi.Pack("proveTwoTickets", t, other)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProveTwoTickets is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9c8f159b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proveTwoTickets((bytes32,address,uint32,uint64,uint64,uint64,uint32,bytes) t, (bytes32,address,uint32,uint64,uint64,uint64,uint32,bytes) other) returns()
func (runLog *RunLog) TryPackProveTwoTickets(t RunLogTicket, other RunLogTicket) ([]byte, error) {
	return runLog.abi.Pack("proveTwoTickets", t, other)
}

// PackProveWrongModel is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdf94288b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proveWrongModel(bytes run, (uint8,uint64,uint32,bytes32,uint64,bytes32,bytes,bytes32[]) v) returns()
func (runLog *RunLog) PackProveWrongModel(run []byte, v RunLogVoucher) []byte {
	enc, err := runLog.abi.Pack("proveWrongModel", run, v)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProveWrongModel is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdf94288b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proveWrongModel(bytes run, (uint8,uint64,uint32,bytes32,uint64,bytes32,bytes,bytes32[]) v) returns()
func (runLog *RunLog) TryPackProveWrongModel(run []byte, v RunLogVoucher) ([]byte, error) {
	return runLog.abi.Pack("proveWrongModel", run, v)
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

// PackRootAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa8a320a6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function rootAt(address node, bytes32 originHash, uint64 size) view returns(bytes32)
func (runLog *RunLog) PackRootAt(node common.Address, originHash [32]byte, size uint64) []byte {
	enc, err := runLog.abi.Pack("rootAt", node, originHash, size)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRootAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa8a320a6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function rootAt(address node, bytes32 originHash, uint64 size) view returns(bytes32)
func (runLog *RunLog) TryPackRootAt(node common.Address, originHash [32]byte, size uint64) ([]byte, error) {
	return runLog.abi.Pack("rootAt", node, originHash, size)
}

// UnpackRootAt is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa8a320a6.
//
// Solidity: function rootAt(address node, bytes32 originHash, uint64 size) view returns(bytes32)
func (runLog *RunLog) UnpackRootAt(data []byte) ([32]byte, error) {
	out, err := runLog.abi.Unpack("rootAt", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackSlashPublisher is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06bcc6e6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function slashPublisher(bytes run) returns()
func (runLog *RunLog) PackSlashPublisher(run []byte) []byte {
	enc, err := runLog.abi.Pack("slashPublisher", run)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSlashPublisher is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06bcc6e6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function slashPublisher(bytes run) returns()
func (runLog *RunLog) TryPackSlashPublisher(run []byte) ([]byte, error) {
	return runLog.abi.Pack("slashPublisher", run)
}

// PackSlashUnanswered is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1c96814c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function slashUnanswered(uint8 kind, bytes32 id, address node, uint32 lane, uint64 seq) returns()
func (runLog *RunLog) PackSlashUnanswered(kind uint8, id [32]byte, node common.Address, lane uint32, seq uint64) []byte {
	enc, err := runLog.abi.Pack("slashUnanswered", kind, id, node, lane, seq)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSlashUnanswered is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1c96814c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function slashUnanswered(uint8 kind, bytes32 id, address node, uint32 lane, uint64 seq) returns()
func (runLog *RunLog) TryPackSlashUnanswered(kind uint8, id [32]byte, node common.Address, lane uint32, seq uint64) ([]byte, error) {
	return runLog.abi.Pack("slashUnanswered", kind, id, node, lane, seq)
}

// PackTerms is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd5025625.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function terms() view returns((uint64,uint64,uint64,uint128,uint128,bool))
func (runLog *RunLog) PackTerms() []byte {
	enc, err := runLog.abi.Pack("terms")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTerms is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd5025625.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function terms() view returns((uint64,uint64,uint64,uint128,uint128,bool))
func (runLog *RunLog) TryPackTerms() ([]byte, error) {
	return runLog.abi.Pack("terms")
}

// UnpackTerms is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xd5025625.
//
// Solidity: function terms() view returns((uint64,uint64,uint64,uint128,uint128,bool))
func (runLog *RunLog) UnpackTerms(data []byte) (RunLogTerms, error) {
	out, err := runLog.abi.Unpack("terms", data)
	if err != nil {
		return *new(RunLogTerms), err
	}
	out0 := *abi.ConvertType(out[0], new(RunLogTerms)).(*RunLogTerms)
	return out0, nil
}

// PackVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b7ac3f3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifier() view returns(address)
func (runLog *RunLog) PackVerifier() []byte {
	enc, err := runLog.abi.Pack("verifier")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b7ac3f3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifier() view returns(address)
func (runLog *RunLog) TryPackVerifier() ([]byte, error) {
	return runLog.abi.Pack("verifier")
}

// UnpackVerifier is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2b7ac3f3.
//
// Solidity: function verifier() view returns(address)
func (runLog *RunLog) UnpackVerifier(data []byte) (common.Address, error) {
	out, err := runLog.abi.Unpack("verifier", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ccfd60b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdraw() returns()
func (runLog *RunLog) PackWithdraw() []byte {
	enc, err := runLog.abi.Pack("withdraw")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ccfd60b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdraw() returns()
func (runLog *RunLog) TryPackWithdraw() ([]byte, error) {
	return runLog.abi.Pack("withdraw")
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

// RunLogAnswered represents a Answered event raised by the RunLog contract.
type RunLogAnswered struct {
	Kind uint8
	Id   [32]byte
	Node common.Address
	Raw  *types.Log // Blockchain specific contextual infos
}

const RunLogAnsweredEventName = "Answered"

// ContractEventName returns the user-defined event name.
func (RunLogAnswered) ContractEventName() string {
	return RunLogAnsweredEventName
}

// UnpackAnsweredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Answered(uint8 indexed kind, bytes32 indexed id, address indexed node)
func (runLog *RunLog) UnpackAnsweredEvent(log *types.Log) (*RunLogAnswered, error) {
	event := "Answered"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != runLog.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RunLogAnswered)
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

// RunLogBondDeposited represents a BondDeposited event raised by the RunLog contract.
type RunLogBondDeposited struct {
	Node   common.Address
	Amount *big.Int
	Total  *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const RunLogBondDepositedEventName = "BondDeposited"

// ContractEventName returns the user-defined event name.
func (RunLogBondDeposited) ContractEventName() string {
	return RunLogBondDepositedEventName
}

// UnpackBondDepositedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event BondDeposited(address indexed node, uint256 amount, uint256 total)
func (runLog *RunLog) UnpackBondDepositedEvent(log *types.Log) (*RunLogBondDeposited, error) {
	event := "BondDeposited"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != runLog.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RunLogBondDeposited)
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

// RunLogBondLeaving represents a BondLeaving event raised by the RunLog contract.
type RunLogBondLeaving struct {
	Node     common.Address
	LeavesAt uint64
	Raw      *types.Log // Blockchain specific contextual infos
}

const RunLogBondLeavingEventName = "BondLeaving"

// ContractEventName returns the user-defined event name.
func (RunLogBondLeaving) ContractEventName() string {
	return RunLogBondLeavingEventName
}

// UnpackBondLeavingEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event BondLeaving(address indexed node, uint64 leavesAt)
func (runLog *RunLog) UnpackBondLeavingEvent(log *types.Log) (*RunLogBondLeaving, error) {
	event := "BondLeaving"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != runLog.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RunLogBondLeaving)
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

// RunLogBondWithdrawn represents a BondWithdrawn event raised by the RunLog contract.
type RunLogBondWithdrawn struct {
	Node   common.Address
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const RunLogBondWithdrawnEventName = "BondWithdrawn"

// ContractEventName returns the user-defined event name.
func (RunLogBondWithdrawn) ContractEventName() string {
	return RunLogBondWithdrawnEventName
}

// UnpackBondWithdrawnEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event BondWithdrawn(address indexed node, uint256 amount)
func (runLog *RunLog) UnpackBondWithdrawnEvent(log *types.Log) (*RunLogBondWithdrawn, error) {
	event := "BondWithdrawn"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != runLog.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RunLogBondWithdrawn)
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

// RunLogBurnt represents a Burnt event raised by the RunLog contract.
type RunLogBurnt struct {
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const RunLogBurntEventName = "Burnt"

// ContractEventName returns the user-defined event name.
func (RunLogBurnt) ContractEventName() string {
	return RunLogBurntEventName
}

// UnpackBurntEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Burnt(uint256 amount)
func (runLog *RunLog) UnpackBurntEvent(log *types.Log) (*RunLogBurnt, error) {
	event := "Burnt"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != runLog.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RunLogBurnt)
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

// RunLogClaimed represents a Claimed event raised by the RunLog contract.
type RunLogClaimed struct {
	Claim [32]byte
	Raw   *types.Log // Blockchain specific contextual infos
}

const RunLogClaimedEventName = "Claimed"

// ContractEventName returns the user-defined event name.
func (RunLogClaimed) ContractEventName() string {
	return RunLogClaimedEventName
}

// UnpackClaimedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Claimed(bytes32 indexed claim)
func (runLog *RunLog) UnpackClaimedEvent(log *types.Log) (*RunLogClaimed, error) {
	event := "Claimed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != runLog.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RunLogClaimed)
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

// RunLogCollected represents a Collected event raised by the RunLog contract.
type RunLogCollected struct {
	Who    common.Address
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const RunLogCollectedEventName = "Collected"

// ContractEventName returns the user-defined event name.
func (RunLogCollected) ContractEventName() string {
	return RunLogCollectedEventName
}

// UnpackCollectedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Collected(address indexed who, uint256 amount)
func (runLog *RunLog) UnpackCollectedEvent(log *types.Log) (*RunLogCollected, error) {
	event := "Collected"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != runLog.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RunLogCollected)
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

// RunLogCredited represents a Credited event raised by the RunLog contract.
type RunLogCredited struct {
	Who    common.Address
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const RunLogCreditedEventName = "Credited"

// ContractEventName returns the user-defined event name.
func (RunLogCredited) ContractEventName() string {
	return RunLogCreditedEventName
}

// UnpackCreditedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Credited(address indexed who, uint256 amount)
func (runLog *RunLog) UnpackCreditedEvent(log *types.Log) (*RunLogCredited, error) {
	event := "Credited"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != runLog.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RunLogCredited)
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

// RunLogDemanded represents a Demanded event raised by the RunLog contract.
type RunLogDemanded struct {
	Kind     uint8
	Id       [32]byte
	Node     common.Address
	Demander common.Address
	Lane     uint32
	Seq      uint64
	Deadline uint64
	Raw      *types.Log // Blockchain specific contextual infos
}

const RunLogDemandedEventName = "Demanded"

// ContractEventName returns the user-defined event name.
func (RunLogDemanded) ContractEventName() string {
	return RunLogDemandedEventName
}

// UnpackDemandedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Demanded(uint8 indexed kind, bytes32 indexed id, address indexed node, address demander, uint32 lane, uint64 seq, uint64 deadline)
func (runLog *RunLog) UnpackDemandedEvent(log *types.Log) (*RunLogDemanded, error) {
	event := "Demanded"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != runLog.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RunLogDemanded)
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

// RunLogFailed represents a Failed event raised by the RunLog contract.
type RunLogFailed struct {
	Kind      uint8
	Id        [32]byte
	Node      common.Address
	Publisher bool
	Raw       *types.Log // Blockchain specific contextual infos
}

const RunLogFailedEventName = "Failed"

// ContractEventName returns the user-defined event name.
func (RunLogFailed) ContractEventName() string {
	return RunLogFailedEventName
}

// UnpackFailedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Failed(uint8 indexed kind, bytes32 indexed id, address indexed node, bool publisher)
func (runLog *RunLog) UnpackFailedEvent(log *types.Log) (*RunLogFailed, error) {
	event := "Failed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != runLog.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RunLogFailed)
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

// RunLogNodeSlashed represents a NodeSlashed event raised by the RunLog contract.
type RunLogNodeSlashed struct {
	Node   common.Address
	Fault  uint8
	Amount *big.Int
	Finder common.Address
	Reward *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const RunLogNodeSlashedEventName = "NodeSlashed"

// ContractEventName returns the user-defined event name.
func (RunLogNodeSlashed) ContractEventName() string {
	return RunLogNodeSlashedEventName
}

// UnpackNodeSlashedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event NodeSlashed(address indexed node, uint8 indexed fault, uint256 amount, address finder, uint256 reward)
func (runLog *RunLog) UnpackNodeSlashedEvent(log *types.Log) (*RunLogNodeSlashed, error) {
	event := "NodeSlashed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != runLog.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RunLogNodeSlashed)
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

// RunLogPassedOn represents a PassedOn event raised by the RunLog contract.
type RunLogPassedOn struct {
	Id       [32]byte
	Plugin   [32]byte
	Version  uint32
	Signer   common.Address
	Deadline uint64
	Raw      *types.Log // Blockchain specific contextual infos
}

const RunLogPassedOnEventName = "PassedOn"

// ContractEventName returns the user-defined event name.
func (RunLogPassedOn) ContractEventName() string {
	return RunLogPassedOnEventName
}

// UnpackPassedOnEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event PassedOn(bytes32 indexed id, bytes32 indexed plugin, uint32 indexed version, address signer, uint64 deadline)
func (runLog *RunLog) UnpackPassedOnEvent(log *types.Log) (*RunLogPassedOn, error) {
	event := "PassedOn"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != runLog.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RunLogPassedOn)
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
	if bytes.Equal(raw[:4], runLog.abi.Errors["BadEntry"].ID.Bytes()[:4]) {
		return runLog.UnpackBadEntryError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["BadSignature"].ID.Bytes()[:4]) {
		return runLog.UnpackBadSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["BadTerms"].ID.Bytes()[:4]) {
		return runLog.UnpackBadTermsError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["BadTime"].ID.Bytes()[:4]) {
		return runLog.UnpackBadTimeError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["BondTooSmall"].ID.Bytes()[:4]) {
		return runLog.UnpackBondTooSmallError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["ClaimFirst"].ID.Bytes()[:4]) {
		return runLog.UnpackClaimFirstError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["Exists"].ID.Bytes()[:4]) {
		return runLog.UnpackExistsError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["Fallen"].ID.Bytes()[:4]) {
		return runLog.UnpackFallenError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["MustGrow"].ID.Bytes()[:4]) {
		return runLog.UnpackMustGrowError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["NoDemand"].ID.Bytes()[:4]) {
		return runLog.UnpackNoDemandError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["NoFault"].ID.Bytes()[:4]) {
		return runLog.UnpackNoFaultError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["NotIncluded"].ID.Bytes()[:4]) {
		return runLog.UnpackNotIncludedError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["NotNode"].ID.Bytes()[:4]) {
		return runLog.UnpackNotNodeError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["NotPaid"].ID.Bytes()[:4]) {
		return runLog.UnpackNotPaidError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["NotProvable"].ID.Bytes()[:4]) {
		return runLog.UnpackNotProvableError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["NotYet"].ID.Bytes()[:4]) {
		return runLog.UnpackNotYetError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["NothingOwed"].ID.Bytes()[:4]) {
		return runLog.UnpackNothingOwedError(raw[4:])
	}
	if bytes.Equal(raw[:4], runLog.abi.Errors["WrongStake"].ID.Bytes()[:4]) {
		return runLog.UnpackWrongStakeError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// RunLogBadEntry represents a BadEntry error raised by the RunLog contract.
type RunLogBadEntry struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadEntry()
func RunLogBadEntryErrorID() common.Hash {
	return common.HexToHash("0x1ece0cb32e4348ea6be5c13ece0b1e61d8c64b97265c9531a347934545f5ca9d")
}

// UnpackBadEntryError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadEntry()
func (runLog *RunLog) UnpackBadEntryError(raw []byte) (*RunLogBadEntry, error) {
	out := new(RunLogBadEntry)
	if err := runLog.abi.UnpackIntoInterface(out, "BadEntry", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RunLogBadSignature represents a BadSignature error raised by the RunLog contract.
type RunLogBadSignature struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadSignature()
func RunLogBadSignatureErrorID() common.Hash {
	return common.HexToHash("0x5cd5d2335541c4f2ed05fbe44f397e8b79f8e2333157122d2dab06e378ef7685")
}

// UnpackBadSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadSignature()
func (runLog *RunLog) UnpackBadSignatureError(raw []byte) (*RunLogBadSignature, error) {
	out := new(RunLogBadSignature)
	if err := runLog.abi.UnpackIntoInterface(out, "BadSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RunLogBadTerms represents a BadTerms error raised by the RunLog contract.
type RunLogBadTerms struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadTerms()
func RunLogBadTermsErrorID() common.Hash {
	return common.HexToHash("0x8dc599212cab654299a2bf31d0baab479b0ef032e5276a7206a05bbb2910ec06")
}

// UnpackBadTermsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadTerms()
func (runLog *RunLog) UnpackBadTermsError(raw []byte) (*RunLogBadTerms, error) {
	out := new(RunLogBadTerms)
	if err := runLog.abi.UnpackIntoInterface(out, "BadTerms", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RunLogBadTime represents a BadTime error raised by the RunLog contract.
type RunLogBadTime struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadTime()
func RunLogBadTimeErrorID() common.Hash {
	return common.HexToHash("0xe12e68a45585a16ccf76f9f2a0dddd31e5f22e1e8b720bc8a593b612a7d37f38")
}

// UnpackBadTimeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadTime()
func (runLog *RunLog) UnpackBadTimeError(raw []byte) (*RunLogBadTime, error) {
	out := new(RunLogBadTime)
	if err := runLog.abi.UnpackIntoInterface(out, "BadTime", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RunLogBondTooSmall represents a BondTooSmall error raised by the RunLog contract.
type RunLogBondTooSmall struct {
	Least *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BondTooSmall(uint256 least)
func RunLogBondTooSmallErrorID() common.Hash {
	return common.HexToHash("0x6d393ee6699464762db3ce7164381ac3fbc90f3370293f21e8039d8cd13821ff")
}

// UnpackBondTooSmallError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BondTooSmall(uint256 least)
func (runLog *RunLog) UnpackBondTooSmallError(raw []byte) (*RunLogBondTooSmall, error) {
	out := new(RunLogBondTooSmall)
	if err := runLog.abi.UnpackIntoInterface(out, "BondTooSmall", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RunLogClaimFirst represents a ClaimFirst error raised by the RunLog contract.
type RunLogClaimFirst struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ClaimFirst()
func RunLogClaimFirstErrorID() common.Hash {
	return common.HexToHash("0xd43cabbc2b4da098e840bc189e97bcdf20b4bb211311c1cc05f4be4d550de66b")
}

// UnpackClaimFirstError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ClaimFirst()
func (runLog *RunLog) UnpackClaimFirstError(raw []byte) (*RunLogClaimFirst, error) {
	out := new(RunLogClaimFirst)
	if err := runLog.abi.UnpackIntoInterface(out, "ClaimFirst", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RunLogExists represents a Exists error raised by the RunLog contract.
type RunLogExists struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error Exists()
func RunLogExistsErrorID() common.Hash {
	return common.HexToHash("0x846ec056474531fe42c3696a2a3452a4051b8b7a65c4417a76fbc1d7b2d29cf6")
}

// UnpackExistsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error Exists()
func (runLog *RunLog) UnpackExistsError(raw []byte) (*RunLogExists, error) {
	out := new(RunLogExists)
	if err := runLog.abi.UnpackIntoInterface(out, "Exists", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RunLogFallen represents a Fallen error raised by the RunLog contract.
type RunLogFallen struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error Fallen()
func RunLogFallenErrorID() common.Hash {
	return common.HexToHash("0xeb6b8ab52e31f1fff92716f47d6f78ddcc1db830800bf3e6d682fb4b453b644d")
}

// UnpackFallenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error Fallen()
func (runLog *RunLog) UnpackFallenError(raw []byte) (*RunLogFallen, error) {
	out := new(RunLogFallen)
	if err := runLog.abi.UnpackIntoInterface(out, "Fallen", raw); err != nil {
		return nil, err
	}
	return out, nil
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

// RunLogNoDemand represents a NoDemand error raised by the RunLog contract.
type RunLogNoDemand struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoDemand()
func RunLogNoDemandErrorID() common.Hash {
	return common.HexToHash("0xb8f6919bf35d4b48663d71cfb4d3b8d655822e70b86a4371a624dda1ea2487e3")
}

// UnpackNoDemandError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoDemand()
func (runLog *RunLog) UnpackNoDemandError(raw []byte) (*RunLogNoDemand, error) {
	out := new(RunLogNoDemand)
	if err := runLog.abi.UnpackIntoInterface(out, "NoDemand", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RunLogNoFault represents a NoFault error raised by the RunLog contract.
type RunLogNoFault struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoFault()
func RunLogNoFaultErrorID() common.Hash {
	return common.HexToHash("0x6ccd0bbcc8f98637dc4acb8f31da7db62b1840e328048e46c265d4b47064c98b")
}

// UnpackNoFaultError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoFault()
func (runLog *RunLog) UnpackNoFaultError(raw []byte) (*RunLogNoFault, error) {
	out := new(RunLogNoFault)
	if err := runLog.abi.UnpackIntoInterface(out, "NoFault", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RunLogNotIncluded represents a NotIncluded error raised by the RunLog contract.
type RunLogNotIncluded struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotIncluded()
func RunLogNotIncludedErrorID() common.Hash {
	return common.HexToHash("0x3d7648917d30e23d36242165e04761b23de50cf19b2e1ca13e5b4ee9d895b293")
}

// UnpackNotIncludedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotIncluded()
func (runLog *RunLog) UnpackNotIncludedError(raw []byte) (*RunLogNotIncluded, error) {
	out := new(RunLogNotIncluded)
	if err := runLog.abi.UnpackIntoInterface(out, "NotIncluded", raw); err != nil {
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

// RunLogNotPaid represents a NotPaid error raised by the RunLog contract.
type RunLogNotPaid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotPaid()
func RunLogNotPaidErrorID() common.Hash {
	return common.HexToHash("0x34e4a710663fb69e50c3e5feb70592086935c286a5b00302af9ecaa85032fac4")
}

// UnpackNotPaidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotPaid()
func (runLog *RunLog) UnpackNotPaidError(raw []byte) (*RunLogNotPaid, error) {
	out := new(RunLogNotPaid)
	if err := runLog.abi.UnpackIntoInterface(out, "NotPaid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RunLogNotProvable represents a NotProvable error raised by the RunLog contract.
type RunLogNotProvable struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotProvable()
func RunLogNotProvableErrorID() common.Hash {
	return common.HexToHash("0x2561510f039a9322450c70a12564cd37a60d03cf4206d36f800feddb043e7bdf")
}

// UnpackNotProvableError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotProvable()
func (runLog *RunLog) UnpackNotProvableError(raw []byte) (*RunLogNotProvable, error) {
	out := new(RunLogNotProvable)
	if err := runLog.abi.UnpackIntoInterface(out, "NotProvable", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RunLogNotYet represents a NotYet error raised by the RunLog contract.
type RunLogNotYet struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotYet()
func RunLogNotYetErrorID() common.Hash {
	return common.HexToHash("0x0d3f7776decbed5170f680e53ffd4a1603e145ef96e2196f41525fbed5e97d55")
}

// UnpackNotYetError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotYet()
func (runLog *RunLog) UnpackNotYetError(raw []byte) (*RunLogNotYet, error) {
	out := new(RunLogNotYet)
	if err := runLog.abi.UnpackIntoInterface(out, "NotYet", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RunLogNothingOwed represents a NothingOwed error raised by the RunLog contract.
type RunLogNothingOwed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingOwed()
func RunLogNothingOwedErrorID() common.Hash {
	return common.HexToHash("0x797dba544d72fb0dfb4c7610346de0274cf6d4e8b1d64dc398abc9027c89eff2")
}

// UnpackNothingOwedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingOwed()
func (runLog *RunLog) UnpackNothingOwedError(raw []byte) (*RunLogNothingOwed, error) {
	out := new(RunLogNothingOwed)
	if err := runLog.abi.UnpackIntoInterface(out, "NothingOwed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RunLogWrongStake represents a WrongStake error raised by the RunLog contract.
type RunLogWrongStake struct {
	Stake *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongStake(uint256 stake)
func RunLogWrongStakeErrorID() common.Hash {
	return common.HexToHash("0x722f484a2d2b6178e3a0432a75e940d11f5e6a98223ff23a3efa6a92df19e609")
}

// UnpackWrongStakeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongStake(uint256 stake)
func (runLog *RunLog) UnpackWrongStakeError(raw []byte) (*RunLogWrongStake, error) {
	out := new(RunLogWrongStake)
	if err := runLog.abi.UnpackIntoInterface(out, "WrongStake", raw); err != nil {
		return nil, err
	}
	return out, nil
}
