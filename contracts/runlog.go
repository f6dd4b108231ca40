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
	ABI: "[{\"inputs\":[{\"components\":[{\"internalType\":\"uint64\",\"name\":\"unbonding\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"demandWindow\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"answerBlocks\",\"type\":\"uint64\"},{\"internalType\":\"uint128\",\"name\":\"minBond\",\"type\":\"uint128\"},{\"internalType\":\"uint128\",\"name\":\"stake\",\"type\":\"uint128\"},{\"internalType\":\"bool\",\"name\":\"development\",\"type\":\"bool\"}],\"internalType\":\"structRunLog.Terms\",\"name\":\"t\",\"type\":\"tuple\"},{\"internalType\":\"address\",\"name\":\"registry_\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"verifier_\",\"type\":\"address\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"BadEntry\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadSignature\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadTerms\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadTime\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"least\",\"type\":\"uint256\"}],\"name\":\"BondTooSmall\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ClaimFirst\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"Exists\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"Fallen\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"}],\"name\":\"MustGrow\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoDemand\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoFault\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotIncluded\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotNode\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotPaid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotProvable\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotYet\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NothingOwed\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"stake\",\"type\":\"uint256\"}],\"name\":\"WrongStake\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"}],\"name\":\"Anchored\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"}],\"name\":\"Answered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"total\",\"type\":\"uint256\"}],\"name\":\"BondDeposited\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"leavesAt\",\"type\":\"uint64\"}],\"name\":\"BondLeaving\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"BondWithdrawn\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Burnt\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"claim\",\"type\":\"bytes32\"}],\"name\":\"Claimed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"who\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Collected\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"who\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Credited\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"demander\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"deadline\",\"type\":\"uint64\"}],\"name\":\"Demanded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"publisher\",\"type\":\"bool\"}],\"name\":\"Failed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"uint8\",\"name\":\"fault\",\"type\":\"uint8\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"finder\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"reward\",\"type\":\"uint256\"}],\"name\":\"NodeSlashed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"signer\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"deadline\",\"type\":\"uint64\"}],\"name\":\"PassedOn\",\"type\":\"event\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"}],\"name\":\"anchor\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"run\",\"type\":\"bytes\"}],\"name\":\"answerForeign\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"run\",\"type\":\"bytes\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"name\":\"answerInclusion\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"nonce\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"atBlock\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"delay\",\"type\":\"uint32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"}],\"internalType\":\"structRunLog.Ticket\",\"name\":\"t\",\"type\":\"tuple\"},{\"internalType\":\"bytes\",\"name\":\"entry\",\"type\":\"bytes\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"name\":\"answerTicket\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"}],\"name\":\"bonds\",\"outputs\":[{\"internalType\":\"uint128\",\"name\":\"amount\",\"type\":\"uint128\"},{\"internalType\":\"uint64\",\"name\":\"leavesAt\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"open\",\"type\":\"uint32\"},{\"internalType\":\"bool\",\"name\":\"fallen\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"hash\",\"type\":\"bytes32\"}],\"name\":\"claim\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"claim\",\"type\":\"bytes32\"}],\"name\":\"claims\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"collect\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"who\",\"type\":\"address\"}],\"name\":\"credits\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"run\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"}],\"internalType\":\"structRunLog.Receipt\",\"name\":\"r\",\"type\":\"tuple\"}],\"name\":\"demandInclusion\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"}],\"name\":\"demandKey\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"run\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"}],\"internalType\":\"structRunLog.Receipt\",\"name\":\"r\",\"type\":\"tuple\"},{\"internalType\":\"bytes\",\"name\":\"run\",\"type\":\"bytes\"},{\"internalType\":\"uint32\",\"name\":\"posts\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"hidden\",\"type\":\"bytes32\"}],\"name\":\"demandProof\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"nonce\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"atBlock\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"delay\",\"type\":\"uint32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"}],\"internalType\":\"structRunLog.Ticket\",\"name\":\"t\",\"type\":\"tuple\"}],\"name\":\"demandTicket\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"key\",\"type\":\"bytes32\"}],\"name\":\"demanded\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"key\",\"type\":\"bytes32\"}],\"name\":\"demands\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"demander\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"deadline\",\"type\":\"uint64\"},{\"internalType\":\"uint8\",\"name\":\"state\",\"type\":\"uint8\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"deposit\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"domainSeparator\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"giveNotice\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"}],\"name\":\"latest\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"blockNumber\",\"type\":\"uint64\"}],\"internalType\":\"structRunLog.Anchor\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"}],\"name\":\"latestOf\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"blockNumber\",\"type\":\"uint64\"}],\"internalType\":\"structRunLog.Anchor\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"run\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"}],\"name\":\"passOn\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"leaf\",\"type\":\"bytes32\"},{\"components\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"internalType\":\"structRunLog.Voucher\",\"name\":\"a\",\"type\":\"tuple\"},{\"internalType\":\"bytes32\",\"name\":\"otherLeaf\",\"type\":\"bytes32\"},{\"components\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"internalType\":\"structRunLog.Voucher\",\"name\":\"b\",\"type\":\"tuple\"}],\"name\":\"proveFork\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"run\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"internalType\":\"structRunLog.Voucher\",\"name\":\"v\",\"type\":\"tuple\"},{\"internalType\":\"bytes\",\"name\":\"previous\",\"type\":\"bytes\"}],\"name\":\"proveGap\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"entry\",\"type\":\"bytes\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"components\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"internalType\":\"structRunLog.Voucher\",\"name\":\"v\",\"type\":\"tuple\"}],\"name\":\"proveMisplaced\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"run\",\"type\":\"bytes\"},{\"internalType\":\"bytes32\",\"name\":\"vkHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint256[12]\",\"name\":\"proof\",\"type\":\"uint256[12]\"}],\"name\":\"proveRun\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"entry\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"internalType\":\"structRunLog.Voucher\",\"name\":\"a\",\"type\":\"tuple\"},{\"internalType\":\"bytes\",\"name\":\"otherEntry\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"internalType\":\"structRunLog.Voucher\",\"name\":\"b\",\"type\":\"tuple\"}],\"name\":\"proveTwoEntries\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"},{\"internalType\":\"bytes32\",\"name\":\"otherRoot\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"otherSignature\",\"type\":\"bytes\"}],\"name\":\"proveTwoHeads\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"nonce\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"atBlock\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"delay\",\"type\":\"uint32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"}],\"internalType\":\"structRunLog.Ticket\",\"name\":\"t\",\"type\":\"tuple\"},{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"nonce\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"atBlock\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"delay\",\"type\":\"uint32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"}],\"internalType\":\"structRunLog.Ticket\",\"name\":\"other\",\"type\":\"tuple\"}],\"name\":\"proveTwoTickets\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"run\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"mergeDelay\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"root\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"path\",\"type\":\"bytes32[]\"}],\"internalType\":\"structRunLog.Voucher\",\"name\":\"v\",\"type\":\"tuple\"}],\"name\":\"proveWrongModel\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"registry\",\"outputs\":[{\"internalType\":\"contractINodes\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"originHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"size\",\"type\":\"uint64\"}],\"name\":\"rootAt\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"run\",\"type\":\"bytes\"}],\"name\":\"slashPublisher\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"lane\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"seq\",\"type\":\"uint64\"}],\"name\":\"slashUnanswered\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"terms\",\"outputs\":[{\"components\":[{\"internalType\":\"uint64\",\"name\":\"unbonding\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"demandWindow\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"answerBlocks\",\"type\":\"uint64\"},{\"internalType\":\"uint128\",\"name\":\"minBond\",\"type\":\"uint128\"},{\"internalType\":\"uint128\",\"name\":\"stake\",\"type\":\"uint128\"},{\"internalType\":\"bool\",\"name\":\"development\",\"type\":\"bool\"}],\"internalType\":\"structRunLog.Terms\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"verifier\",\"outputs\":[{\"internalType\":\"contractIDisputes\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"withdraw\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"}]",
	ID:  "RunLog",
	Bin: "0x6101a0604052346103ed57604051615e5f38819003601f8101601f191683016001600160401b038111848210176103d95783928291604052833981010361010081126103ed5760c0136103ed5760405160c081016001600160401b038111828210176103d957604052610071826103f1565b815261007f602083016103f1565b60208201908152610092604084016103f1565b604083019081526100a560608501610405565b91606084019283526100b960808601610405565b936080810194855260a08601519586151587036103ed5760a082019687526100ef60e06100e860c08401610419565b9201610419565b604080519192919081016001600160401b038111828210176103d957604052600d81526c43616e646f722052756e4c6f6760981b6020909101527fa87a62a65b84fc4ddd0909553a26fedfeec76a21317ff19d78f1565284b78cbb60805287511580610379575b61032a5784516001600160401b0316801590811561036b575b508015610352575b8015610339575b61032a576001600160a01b0390811660a0521660c052516001600160401b0390811660e052905181166101005290511661012052516001600160801b03908116610140529051166101605251151561018052604051615a31908161042e823960805181614aac015260a0518181816104d90152818161084a01528181610baf01528181610f4201528181611252015281816118b001528181611bfb01528181611e76015281816121520152818161265b015281816128d401528181612b9f01528181612d26015281816132900152818161338101528181613590015281816139e901528181613f200152818161452201528181614b35015261534b015260c0518181816127800152614184015260e051818181610a1b0152613cb0015261010051818181610a60015281816110810152611a61015261012051818181610a920152818161138e01528181612309015261405b015261014051818181610ac50152612d87015261016051818181610af2015281816111e2015281816118400152818161275001528181613eb0015281816142a9015281816144c501526154c301526101805181610b180152f35b638dc5992160e01b5f5260045ffd5b50835163bc1913806001600160401b039091161161017e565b50825163bc1913806001600160401b0390911611610177565b633b9aca009150115f61016f565b50825162093a806001600160401b039091161080156103c3575b80156103b1575b80610156575086516001600160801b031615610156565b5085516001600160801b03161561039a565b50845160206001600160401b0390911610610393565b634e487b7160e01b5f52604160045260245ffd5b5f80fd5b51906001600160401b03821682036103ed57565b51906001600160801b03821682036103ed57565b51906001600160a01b03821682036103ed5756fe6080806040526004361015610012575f80fd5b5f905f3560e01c90816306bcc6e6146143b2575080631c96814c146141a85780632b7ac3f3146141645780632e220d1c14613d90578063320a72d914613c615780633a38acf114613c045780633ccfd60b14613aea57806345d71549146138755780634a4aac1a146137ad5780634f0c3662146134f9578063561741051461310257806370c127c614612cca57806371e8536a146129ee5780637561f482146128f85780637b103999146128b45780638524d5881461252f5780639181246d14611ff55780639c8f159b14611cce5780639fad01bd14611a9b578063a2c368c7146116d3578063a8a320a614611672578063abc701e814610f6e578063abf7fd7f14610e75578063af080f7214610e58578063bd66528a14610dbc578063c22f554914610d8d578063c28f847c14610d3a578063d0e30db014610b67578063d5025625146109c6578063d690f0db1461075c578063df94288b14610345578063e5225381146102b4578063eff0f59214610280578063f698da251461025d578063fe10d774146101e35763fe5ff468146101aa575f80fd5b346101e05760206003193601126101e05760406020916001600160a01b036101d06145f3565b1681528083522054604051908152f35b80fd5b50346101e05760206003193601126101e05760406080916001600160a01b0361020a6145f3565b1681526004602052205460ff604051916fffffffffffffffffffffffffffffffff8116835267ffffffffffffffff81851c16602084015263ffffffff8160c01c16604084015260e01c1615156060820152f35b50346101e057806003193601126101e0576020610278614a7f565b604051908152f35b50346101e05760206003193601126101e05767ffffffffffffffff6040602092600435815260078452205416604051908152f35b50346101e057806003193601126101e057338152806020526040812054801561031d5761031a90338352826020528260408120556040518181527f8c22f554c81b54107cd95e734e4ef45767214974a540f34ea4a4f8c3fc7b13c360203392a233614d15565b80f35b6004827f797dba54000000000000000000000000000000000000000000000000000000008152fd5b50346101e05760406003193601126101e05760043567ffffffffffffffff8111610758576103779036906004016145c5565b6024929192359167ffffffffffffffff83116101e05761010060031984360301126101e0576103a5366147b5565b6103b26040519182614743565b3681528160208201926101e05750365f83375f60203683010152519020604051610427816103fb60208201943386602090939291936001600160a01b0360408201951681520152565b037fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08101835282614743565b5190205f52600760205267ffffffffffffffff60405f205416801590811561074d575b50610725576104598184614b11565b156106fd5761046c91600401908361533c565b50509060b081013560c01c904382116106d557604080517f64fd193100000000000000000000000000000000000000000000000000000000815260608301356004820152608083013560e01c602482015267ffffffffffffffff9390931660448401526001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001692919082606481865afa90811561065f575f925f926106a1575b5082610692575b505061066a576040517f02b9ed720000000000000000000000000000000000000000000000000000000081526040816024816001600160a01b038716958660048301525afa90811561065f575f9161062f575b5015610607575f52600460205260405f209081549160ff8360e01c166105df577c01000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff6105dd941617905560073391614bb6565b005b7feb6b8ab5000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f5cd26b68000000000000000000000000000000000000000000000000000000005f5260045ffd5b610651915060403d604011610658575b6106498183614743565b810190614904565b505f61056d565b503d61063f565b6040513d5f823e3d90fd5b7f6ccd0bbc000000000000000000000000000000000000000000000000000000005f5260045ffd5b61012001351490505f8061051a565b9092506106c6915060403d6040116106ce575b6106be8183614743565b81019061493e565b90915f610513565b503d6106b4565b7fe12e68a4000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f1ece0cb3000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fd43cabbc000000000000000000000000000000000000000000000000000000005f5260045ffd5b90504311155f61044a565b5080fd5b50346101e05760606003193601126101e05760043567ffffffffffffffff81116107585761078e9036906004016145c5565b610796614620565b916044359367ffffffffffffffff85116101e05761010060031986360301126101e0576107c2366147b5565b6107cf6040519182614743565b3681528160208201926101e05750365f83375f60203683010152519020604051610818816103fb60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600760205267ffffffffffffffff60405f20541680159081156109bb575b50610725576001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001692610876848484614f3f565b9197929050156106fd5767ffffffffffffffff1667ffffffffffffffff83161461066a576108b1936108ab91600401936151d5565b85614ddb565b15610993576040517f02b9ed720000000000000000000000000000000000000000000000000000000081526040816024816001600160a01b038716958660048301525afa90811561065f575f91610973575b5015610607575f52600460205260405f209081549160ff8360e01c166105df577c01000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff6105dd941617905560063391614bb6565b61098c915060403d604011610658576106498183614743565b505f610903565b7f3d764891000000000000000000000000000000000000000000000000000000005f5260045ffd5b90504311155f61083b565b50346101e057806003193601126101e05760a06040516109e581614727565b828152826020820152826040820152826060820152826080820152015260c0604051610a1081614727565b67ffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016908181526fffffffffffffffffffffffffffffffff602082019167ffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168352816040820167ffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016815267ffffffffffffffff6060840191837f00000000000000000000000000000000000000000000000000000000000000001683528160a06080870196867f000000000000000000000000000000000000000000000000000000000000000016885201977f000000000000000000000000000000000000000000000000000000000000000015158952604051998a525116602089015251166040870152511660608501525116608083015251151560a0820152f35b50806003193601126101e0576040517f017501520000000000000000000000000000000000000000000000000000000081523360048201526020816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115610d2f578291610cf5575b5015610ccd57338152600460205260408120805460ff8160e01c16610ca557906fffffffffffffffffffffffffffffffff610c208193828034169116614a4d565b167fffffffffffffffffffffffffffffffff000000000000000000000000000000008254161781557fffffffffffffffff0000000000000000ffffffffffffffffffffffffffffffff815416815554166040519034825260208201527f53709ba3cdfc6888ee4e1f05692566dfc3446e917fd4402db50e328307e6b39360403392a280f35b6004837feb6b8ab5000000000000000000000000000000000000000000000000000000008152fd5b807f5cd26b680000000000000000000000000000000000000000000000000000000060049252fd5b90506020813d602011610d27575b81610d1060209383614743565b8101031261075857610d21906148f7565b5f610bdf565b3d9150610d03565b6040513d84823e3d90fd5b50346101e05760206003193601126101e057604060609160043581526005602052205460ff604051916001600160a01b038116835267ffffffffffffffff8160a01c16602084015260e01c166040820152f35b50346101e05760206003193601126101e05760ff60406020926004358152600684522054166040519015158152f35b50346101e05760206003193601126101e057600435808252600760205267ffffffffffffffff60408320541615610e15575b7feddf608ef698454af2fb41c1df7b7e5154ff0d46969f895e0f39c7dfe7e6380a8280a280f35b80825260076020526040822080547fffffffffffffffffffffffffffffffffffffffffffffffff0000000000000000164367ffffffffffffffff16179055610dee565b50346101e0576020610278610e6c36614637565b939290926149fe565b50346101e05760206003193601126101e05760043567ffffffffffffffff811161075857610ea79036906004016145c5565b610eb1818361517c565b158015610f34575b610f0c57826020916040518181928683378101838152039060025afa15610eff5761031a90825190604c81013560601c6088608483013560e01c92013560c01c926152c3565b50604051903d90823e3d90fd5b6004837f1ece0cb3000000000000000000000000000000000000000000000000000000008152fd5b50610f696001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168284615623565b610eb9565b5060806003193601126101e0576004359067ffffffffffffffff82116101e057816004019060e060031984360301126101e05760243567ffffffffffffffff811161075857610fc19036906004016145c5565b90916044359163ffffffff83169182840361166e57610fdf366147b5565b610fec6040519182614743565b3681528160208201926101e05750365f83375f60203683010152519020604051611035816103fb60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600760205267ffffffffffffffff60405f2054168015908115611663575b50610725576110a767ffffffffffffffff61107560848901614825565b1667ffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000169061484b565b42116106d5576110b685614c76565b6110c08185614b11565b15908115611638575b5080156115b7575b6106fd577fecc224c8c8b0fe2d43999c02c2bb045a682632915f06157bfa0928ba64a73f6861014084013514908115916115ae575b81156115a3575b5061157b575f6020916040517fffffffff00000000000000000000000000000000000000000000000000000000848201927f63616e646f722f72616e6b65642f763100000000000000000000000000000000845260e01b166030820152606435603482015260348152611181605482614743565b604051918291518091835e8101838152039060025afa1561065f576101e05f51910135036106fd57356111b660248301614858565b916111cf60646111c86044840161483a565b9201614825565b6fffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168034036115505750604051937f02b9ed720000000000000000000000000000000000000000000000000000000085526001600160a01b038116948560048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa90811561065f575f91611530575b5015610607578183611296928660026149fe565b805f52600660205260ff60405f20541661150857805f52600660205260405f2060017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00825416179055845f52600460205260405f209263ffffffff845460c01c169163ffffffff83146114db5767ffffffffffffffff7f1abec9cb0cea7aca20c1cddeb702b4b29e7107b1679561e68c5bd66f06d7c800946113866002976001608097017fffffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffff7bffffffff00000000000000000000000000000000000000000000000083549260c01b169116179055565b6114bb6113b57f000000000000000000000000000000000000000000000000000000000000000084431661486c565b9360ff604051916113c5836146c2565b33835261146d8680602086019916988981526040860193600185525f5260056020526001600160a01b0360405f209651167fffffffffffffffffffffffff0000000000000000000000000000000000000000875416178655511684907fffffffff0000000000000000ffffffffffffffffffffffffffffffffffffffff7bffffffffffffffff000000000000000000000000000000000000000083549260a01b169116179055565b5182547fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff16911660e01b7cff0000000000000000000000000000000000000000000000000000000016179055565b63ffffffff604051943386521660208501521660408301526060820152a4005b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b7f846ec056000000000000000000000000000000000000000000000000000000005f5260045ffd5b611549915060403d604011610658576106498183614743565b505f611282565b7f722f484a000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f2561510f000000000000000000000000000000000000000000000000000000005f5260045ffd5b60409150115f61110d565b80159150611106565b506115c460248601614858565b6115d06044870161483a565b906115dd60648801614825565b906001600160a01b03604c87013560601c9116149182611621575b5081611606575b50156110d1565b67ffffffffffffffff16608885013560c01c1490505f6115ff565b63ffffffff16608486013560e01c1491505f6115f8565b602091505f906040518181928883378101838152039060025afa1561065f575f51843514155f6110c9565b90504311155f611058565b5f80fd5b50346101e05760606003193601126101e05767ffffffffffffffff60406116976145f3565b926001600160a01b036116a8614609565b94168152600360205281812060243582526020522091165f52602052602060405f2054604051908152f35b5060206003193601126101e0576004359067ffffffffffffffff82116101e057816004019061010060031984360301126101e057611710366147b5565b61171d6040519182614743565b3681528160208201926101e05750365f83375f60203683010152519020604051611766816103fb60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600760205267ffffffffffffffff60405f2054168015908115611a90575b506107255760a4820167ffffffffffffffff6117a482614825565b166117c260c485019163ffffffff6117bb8461483a565b169061484b565b4210918215611a2c575b50506106d5576117f36117ec6117e183615085565b9260e485019061495b565b9083615515565b60248301906001600160a01b038061180a84614858565b16911603611a045761181b90614858565b9161182d60646111c86044840161483a565b6fffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168034036115505750604051937f02b9ed720000000000000000000000000000000000000000000000000000000085526001600160a01b038116948560048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa90811561065f575f916119e4575b50156106075781836118f4928660036149fe565b805f52600660205260ff60405f20541661150857805f52600660205260405f2060017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00825416179055845f52600460205260405f209263ffffffff845460c01c169163ffffffff83146114db5767ffffffffffffffff7f1abec9cb0cea7aca20c1cddeb702b4b29e7107b1679561e68c5bd66f06d7c800946113866003976001608097017fffffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffff7bffffffff00000000000000000000000000000000000000000000000083549260c01b169116179055565b6119fd915060403d604011610658576106498183614743565b505f6118e0565b7f5cd5d233000000000000000000000000000000000000000000000000000000005f5260045ffd5b611a8792509063ffffffff6117bb67ffffffffffffffff611a4f611a5695614825565b169261483a565b67ffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000169061484b565b42115f806117cc565b90504311155f611789565b50346101e05760e06003193601126101e057611ab56145f3565b9060243590611ac2614609565b9060643560843567ffffffffffffffff8111611cca57611ae69036906004016145c5565b93909460a4359260c43567ffffffffffffffff8111611cc657611b0d9036906004016145c5565b969095611b19366147b5565b611b266040519182614743565b3681528160208201926101e05750365f83375f60203683010152519020604051611b6f816103fb60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600760205267ffffffffffffffff60405f2054168015908115611cbb575b506107255784821461066a57611bb497611bae9285858c615571565b86615571565b6040517f02b9ed720000000000000000000000000000000000000000000000000000000081526001600160a01b038216908160048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa90811561065f575f91611c9b575b5015610607575f52600460205260405f209081549160ff8360e01c166105df577c01000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff6105dd941617905560023391614bb6565b611cb4915060403d604011610658576106498183614743565b505f611c2b565b90504311155f611b92565b8580fd5b8280fd5b50346101e05760406003193601126101e0576004359067ffffffffffffffff82116101e057816004016101006003198436030112610758576024359167ffffffffffffffff83116101e057826004019061010060031985360301126101e057611d36366147b5565b611d436040519182614743565b3681528160208201926101e05750365f83375f60203683010152519020604051611d8c816103fb60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600760205267ffffffffffffffff60405f2054168015908115611fea575b5061072557611dbd82615085565b611dc682615085565b928382148015611fbe575b8015611f95575b8015611f68575b61066a57602491611df7611dfd9260e489019061495b565b91615515565b9401936001600160a01b0380611e1287614858565b1691161492831593611f36575b505050611a0457611e2f90614858565b6040517f02b9ed720000000000000000000000000000000000000000000000000000000081526001600160a01b038216908160048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa90811561065f575f91611f16575b5015610607575f52600460205260405f209081549160ff8360e01c166105df577c01000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff6105dd941617905560083391614bb6565b611f2f915060403d604011610658576106498183614743565b505f611ea6565b611f4993509060e4611df792019061495b565b6001600160a01b0380611f5b84614858565b16911614155f8080611e1f565b50611f7560648701614825565b67ffffffffffffffff80611f8b60648901614825565b1691161415611ddf565b50611fa26044870161483a565b63ffffffff80611fb46044890161483a565b1691161415611dd8565b50611fcb60248701614858565b6001600160a01b0380611fe060248901614858565b1691161415611dd1565b90504311155f611daf565b50346101e05760406003193601126101e05760043567ffffffffffffffff8111610758576120279036906004016145c5565b9060243567ffffffffffffffff811161252b576120489036906004016145c5565b926120538184614b11565b1561250357846020916040518181928783378101838152039060025afa156124f857835190604c83013560601c9261209c608482013560e01c608883013560c01c9086866149ac565b8652600560205260408620908154600160ff8260e01c1614908115916124e1575b506124b957606081013594612145608083013560e01c976101208401359560405160208101907f73cbeb48d5d2f6b124b432c39ed9177f0cfaeb902d611d342b4b7b7c38506c8082528a60408201528b60608201528860808201526101a087013560a08201526101e087013560c082015260c0815261213d60e082614743565b519020615515565b9360b06001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001693013560c01c906001600160a01b03604051967fa22881c30000000000000000000000000000000000000000000000000000000088528960048901521695866024820152826044820152604081606481885afa90811561248e578b91612499575b50604080517f64fd1931000000000000000000000000000000000000000000000000000000008152600481018b905263ffffffff8c16602482015267ffffffffffffffff94909416604485015283606481885afa92831561248e578b9361246b575b5015918215612462575b8215612457575b505061242f57908791825260046020526122bc6040832061227063ffffffff825460c01c16614784565b7fffffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffff7bffffffff00000000000000000000000000000000000000000000000083549260c01b169116179055565b7c02000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff8454161783556123856123387f000000000000000000000000000000000000000000000000000000000000000067ffffffffffffffff431661486c565b84547fffffffff0000000000000000ffffffffffffffffffffffffffffffffffffffff1660a09190911b7bffffffffffffffff000000000000000000000000000000000000000016178455565b803b15610758578180916044604051809481937f2abbdd6c0000000000000000000000000000000000000000000000000000000083528b60048401528c60248401525af18015610d2f57612417575b50507facc47fc894d9b9d0ce6b36f8615147a1e64d02fad4c6675780af077404f1014e9167ffffffffffffffff6040925460a01c1682519182526020820152a480f35b9061242191614743565b855f12611cc657855f6123d4565b6004887f5cd5d233000000000000000000000000000000000000000000000000000000008152fd5b141590505f80612246565b8615925061223f565b61248591935060403d6040116106ce576106be8183614743565b9050915f612235565b6040513d8d823e3d90fd5b6124b2915060403d604011610658576106498183614743565b505f6121d3565b6004877fb8f6919b000000000000000000000000000000000000000000000000000000008152fd5b67ffffffffffffffff915060a01c1643115f6120bd565b6040513d85823e3d90fd5b6004857f1ece0cb3000000000000000000000000000000000000000000000000000000008152fd5b8380fd5b50346101e0576101c06003193601126101e05760043567ffffffffffffffff8111610758576125629036906004016145c5565b90366101c411611cca576125768282614b11565b15610f0c576020836040518484823780858101838152039060025afa15610d2f578251604c82013560601c906125bc608884013560c01c608485013560e01c84846149ac565b9081865260056020526040862091604051926125d7846146c2565b54926001600160a01b038416815260ff604067ffffffffffffffff8660a01c1692836020820152019460e01c16845243116124b957839287959460029360ff9388526005602052876040812055847faf92f291211a3da47048fe2f16101fdeb930aa2319fc9766864575d2f3dd777a8980a45116036128a657506001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016606082013590604051917fa22881c3000000000000000000000000000000000000000000000000000000008352806004840152846024840152846044840152604083606481855afa92831561289b578593612878575b50608084013560e01c823b15611cc657608486928360405195869485937ff944f773000000000000000000000000000000000000000000000000000000008552600485015260248401525f60448401525f60648401525af190811561286d578491612855575b5050612776906fffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690614b5e565b6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001692833b15611cca57601f93816101e485947fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0604051988996879586947f16119c5a00000000000000000000000000000000000000000000000000000000865260243560048701526101c06024870152816101c48701528686013788858286010152610180604480860137011681010301915afa8015610eff576128405780f35b61284991614743565b805f126101e0575f8180f35b9061285f91614743565b825f12611cca57825f612737565b6040513d86823e3d90fd5b61289291935060403d604011610658576106498183614743565b9050915f6126d1565b6040513d87823e3d90fd5b6128af90615436565b612776565b50346101e057806003193601126101e05760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346101e05760806003193601126101e05760043567ffffffffffffffff81116107585761292a9036906004016145c5565b90612933614609565b9060643567ffffffffffffffff81116129ea57612954903690600401614691565b6129618584969396614b11565b156129c2576020916129958792604c86013560601c97608887013560c01c809861298b868a6151d5565b906024358c615244565b6040518181928683378101838152039060025afa156124f85761031a926084855192013560e01c916152c3565b6004867f1ece0cb3000000000000000000000000000000000000000000000000000000008152fd5b8480fd5b50346101e05760806003193601126101e05760043567ffffffffffffffff811161075857612a209036906004016145c5565b602435929167ffffffffffffffff8411611cca576101006003198536030112611cca5760443567ffffffffffffffff811161252b57612a639036906004016145c5565b916064359467ffffffffffffffff86116101e05761010060031987360301126101e057612a8f366147b5565b612a9c6040519182614743565b3681528160208201926101e05750365f83375f60203683010152519020604051612ae5816103fb60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600760205267ffffffffffffffff60405f2054168015908115612cbf575b5061072557612b1e612b2d96600401858361533c565b9591979096600401858561533c565b909691976001600160a01b03808b169916891497881598612caa575b50508615612c91575b50508415612c5f575b5050505061066a576040517f02b9ed720000000000000000000000000000000000000000000000000000000081528160048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa90811561065f575f91612c3f575b5015610607575f52600460205260405f209081549160ff8360e01c166105df577c01000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff6105dd941617905560043391614bb6565b612c58915060403d604011610658576106498183614743565b505f612bcf565b612c8093945090612c719136916147ef565b602081519101209236916147ef565b60208151910120145f808080612b5b565b67ffffffffffffffff9182169116141594505f80612b52565b63ffffffff9182169116141596505f80612b49565b90504311155f612b08565b50346101e05760606003193601126101e057600435612ce7614620565b6044356040517f017501520000000000000000000000000000000000000000000000000000000081523360048201526020816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa90811561289b5785916130c8575b50156130a0573384526004602052604084205460ff8160e01c16613078576fffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690816fffffffffffffffffffffffffffffffff821610908115613061575b50613036575033845260026020526040842083855260205267ffffffffffffffff806003604087200154169216918083111561300b57507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff4301438111612fde57604051612e328161470b565b84815260208101838152604082019240835267ffffffffffffffff806003606085019488865260808101948343168652338c5260016020528260408d20835181558251600182015589516002820155018480895116167fffffffffffffffffffffffffffffffffffffffffffffffff000000000000000082541617815586517fffffffffffffffffffffffffffffffff0000000000000000ffffffffffffffff6fffffffffffffffff000000000000000083549260401b169116179055338c52600260205260408c208b8d5260205260408c20915182555160018201558651600282015501935116167fffffffffffffffffffffffffffffffffffffffffffffffff0000000000000000835416178255517fffffffffffffffffffffffffffffffff0000000000000000ffffffffffffffff6fffffffffffffffff000000000000000083549260401b16911617905533855260036020526040852084865260205260408520835f526020528160405f20555190604051928352602083015260408201527fa58519225e4f9c8267cd9793b73fec57d8d8f98424e8f206c6d7288d6fe037e760603392a380f35b6024857f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b7f8e4533a0000000000000000000000000000000000000000000000000000000008552600452602484fd5b7f6d393ee6000000000000000000000000000000000000000000000000000000008552600452602484fd5b67ffffffffffffffff915060801c1615155f612dc5565b6004857feb6b8ab5000000000000000000000000000000000000000000000000000000008152fd5b6004847f5cd26b68000000000000000000000000000000000000000000000000000000008152fd5b90506020813d6020116130fa575b816130e360209383614743565b810103126129ea576130f4906148f7565b5f612d56565b3d91506130d6565b50346101e05760606003193601126101e05760043567ffffffffffffffff8111610758576131349036906004016145c5565b91906024359167ffffffffffffffff83116101e05761010060031984360301126101e05760443567ffffffffffffffff8111610758576131789036906004016145c5565b939091613184366147b5565b6131916040519182614743565b3681528160208201926101e05750365f83375f602036830101525190206040516131da816103fb60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600760205267ffffffffffffffff60405f20541680159081156134ee575b506107255761320c8584614b11565b156106fd5760909461322291600401908461533c565b949195909301359281155f146133505750505067ffffffffffffffff90159116151461066a575b6040517f02b9ed720000000000000000000000000000000000000000000000000000000081526001600160a01b038216908160048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa90811561065f575f91613330575b5015610607575f52600460205260405f209081549160ff8360e01c166105df577c01000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff6105dd941617905560053391614bb6565b613349915060403d604011610658576106498183614743565b505f6132c0565b9193909260205f6040518688823780878101838152039060025afa1561065f575f51036106fd576001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000166133ac818587614f3f565b9194908396846134da575b5050826134c6575b826134a5575b5050613417575b5050159182613405575b505015613249577f1ece0cb3000000000000000000000000000000000000000000000000000000005f5260045ffd5b61340f925061517c565b155f806133d6565b6001600160a01b03808716921682811461066a5760409060248251809481937f02b9ed7200000000000000000000000000000000000000000000000000000000835260048301525afa801561065f576001600160a01b03915f91613484575b50161461066a575f806133cc565b61349d915060403d604011610658576106498183614743565b90505f613476565b67ffffffffffffffff9192506134bb82916148b8565b169116145f806133c5565b67ffffffffffffffff8116151592506133bf565b63ffffffff91821691161492505f806133b7565b90504311155f6131fd565b50346101e05760a06003193601126101e05760043567ffffffffffffffff81116107585761010060031982360301126107585760243567ffffffffffffffff8111611cca5761354c9036906004016145c5565b916064359067ffffffffffffffff8216820361166e5760843567ffffffffffffffff8111611cc657613582903690600401614691565b906135b76001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168787614f3f565b969298919790956135ca81600401615085565b99158015613786575b8015613765575b801561373c575b613714576135ef838361517c565b156136fa5767ffffffffffffffff613611608460b085013560c01c9301614825565b1614155b6136d257958095949261362f6136399593613642996151d5565b906044358a615244565b838560036149fe565b91825f52600560205267ffffffffffffffff60405f205460a01c1643116136aa5761031a925f5260056020525f60408120556001600160a01b0382169060037faf92f291211a3da47048fe2f16101fdeb930aa2319fc9766864575d2f3dd777a5f80a4615436565b7fb8f6919b000000000000000000000000000000000000000000000000000000005f5260045ffd5b60048a7f1ece0cb3000000000000000000000000000000000000000000000000000000008152fd5b5081608c116137105788606c8201351415613615565b8980fd5b60048b7f1ece0cb3000000000000000000000000000000000000000000000000000000008152fd5b5067ffffffffffffffff61375260648301614825565b1667ffffffffffffffff891614156135e1565b5063ffffffff6137776044830161483a565b1663ffffffff881614156135da565b506001600160a01b0361379b60248301614858565b166001600160a01b038a1614156135d3565b50346101e05760206003193601126101e0576040613871916001600160a01b036137d56145f3565b6137dd61488e565b5016815260016020522067ffffffffffffffff6003604051926137ff8461470b565b8054845260018101546020850152600281015460408501520154818116606084015260401c16608082015260405191829182919091608067ffffffffffffffff8160a0840195805185526020810151602086015260408101516040860152826060820151166060860152015116910152565b0390f35b50346101e05760e06003193601126101e05761388f6145f3565b9060243561389b614609565b60843560643567ffffffffffffffff82116129ea5761010060031983360301126129ea5760a4359360c4359567ffffffffffffffff87116101e05761010060031988360301126101e0576138ee366147b5565b6138fb6040519182614743565b3681528160208201926101e05750365f83375f60203683010152519020604051613944816103fb60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600760205267ffffffffffffffff60405f2054168015908115613adf575b5061072557848214908115613ad0575b8115613ac1575b5061066a5782613992926004019187614ddb565b15928315613aa9575b505050610993576040517f02b9ed720000000000000000000000000000000000000000000000000000000081526001600160a01b038216908160048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa90811561065f575f91613a89575b5015610607575f52600460205260405f209081549160ff8360e01c166105df577c01000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff6105dd941617905560033391614bb6565b613aa2915060403d604011610658576106498183614743565b505f613a19565b613ab893506004019184614ddb565b155f808061399b565b9050606486013514155f61397e565b60648401358114159150613977565b90504311155f613967565b50346101e057806003193601126101e0573381526004602052604081208054906fffffffffffffffffffffffffffffffff8216918215908115613bed575b8115613bd5575b8115613bc2575b50613b9a5780547fffffffffffffffff00000000000000000000000000000000000000000000000016905560405181815261031a919033907f0d41118e36df44efb77a471fc49fb9c0be0406d802ef95520e9fbf606e65b45590602090a233614d15565b6004837f0d3f7776000000000000000000000000000000000000000000000000000000008152fd5b63ffffffff915060c01c1615155f613b36565b905067ffffffffffffffff8160801c16421090613b2f565b905067ffffffffffffffff8160801c161590613b28565b50346101e05760406003193601126101e0576040613871916001600160a01b03613c2c6145f3565b613c3461488e565b50168152600260205281812060243582526020522067ffffffffffffffff6003604051926137ff8461470b565b50346101e057806003193601126101e05733815260046020526040812080546fffffffffffffffffffffffffffffffff811615908115613d79575b50613d515767ffffffffffffffff90613cd77f000000000000000000000000000000000000000000000000000000000000000083421661486c565b7fffffffffffffffff0000000000000000ffffffffffffffffffffffffffffffff77ffffffffffffffff0000000000000000000000000000000083549260801b1691161781555460801c166040519081527f14a257a40f4d348824e4c45db69dcf5c0a9e13ae5d9269e3e3367d26cbcc58c760203392a280f35b6004827f0d3f7776000000000000000000000000000000000000000000000000000000008152fd5b67ffffffffffffffff915060801c1615155f613c9c565b5060206003193601126101e0576004359067ffffffffffffffff82116101e057816004019060e060031984360301126101e057613dcc366147b5565b613dd96040519182614743565b368152602081019150365f83375f60203683010152519020604051613e1d816103fb60208201943386602090939291936001600160a01b0360408201951681520152565b5190205f52600760205267ffffffffffffffff60405f2054168015908115614159575b5061072557613e6f67ffffffffffffffff613e5d60848501614825565b1663ffffffff6117bb60a4860161483a565b42106106d557613e7e81614c76565b35613e8b60248301614858565b91613e9d60646111c86044840161483a565b6fffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168034036115505750604051937f02b9ed720000000000000000000000000000000000000000000000000000000085526001600160a01b038116948560048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa90811561065f575f91614139575b5015610607578183613f64928660016149fe565b805f52600660205260ff60405f20541661150857805f52600660205260405f2060017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00825416179055845f52600460205260405f209263ffffffff845460c01c169163ffffffff83146114db5767ffffffffffffffff7f1abec9cb0cea7aca20c1cddeb702b4b29e7107b1679561e68c5bd66f06d7c8009461405360019788608097017fffffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffff7bffffffff00000000000000000000000000000000000000000000000083549260c01b169116179055565b6114bb6140827f000000000000000000000000000000000000000000000000000000000000000084431661486c565b9360ff60405191614092836146c2565b33835261146d86806020860199169889815260408601938e85525f5260056020526001600160a01b0360405f209651167fffffffffffffffffffffffff0000000000000000000000000000000000000000875416178655511684907fffffffff0000000000000000ffffffffffffffffffffffffffffffffffffffff7bffffffffffffffff000000000000000000000000000000000000000083549260a01b169116179055565b614152915060403d604011610658576106498183614743565b505f613f50565b90504311155f613e40565b50346101e057806003193601126101e05760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346101e0576141c76141ba36614637565b90828486959794966149fe565b9182855260056020526040852092604051936141e2856146c2565b546001600160a01b0381168552600160ff602087019267ffffffffffffffff8160a01c16845260e01c16806040880152036124b9575167ffffffffffffffff1643111561438a57600194937f393f8e8c27162cab7d943308ffcd5679abdb51b788840b54f7e9c84a8392d0b1936001600160a01b0360609481948a52600560205289604081205516958691828a52600460205261428f60408b2061227063ffffffff825460c01c16614784565b6142cf858551166fffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690614b5e565b7f34fd133fa935125b51f24159e9f8ac0b961b874acb0dc1553020c1e6629f2332602060ff604051938d85521692a45184875260046020526040872080547fffffffffffffffff00000000000000000000000000000000000000000000000081169091556fffffffffffffffffffffffffffffffff169187911680614375575b61436161435c8385614931565b6159e6565b60405192835260208301526040820152a380f35b600a830491506143858282614b5e565b61434f565b6004867fe12e68a4000000000000000000000000000000000000000000000000000000008152fd5b90503461166e57602060031936011261166e5760043567ffffffffffffffff811161166e576143e59036906004016145c5565b6143f181839493614b11565b156106fd578180825f9386602096378101838152039060025afa1561065f575f5190604c81013560601c614435608883013560c01c608484013560e01c83866149ac565b92835f52600560205260405f209360405194614450866146c2565b546001600160a01b0381168652600260ff602088019267ffffffffffffffff8160a01c16845260e01c16806040890152036136aa575167ffffffffffffffff164311156106d5575f5260056020525f60408120556144eb6001600160a01b038551166fffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690614b5e565b60027f34fd133fa935125b51f24159e9f8ac0b961b874acb0dc1553020c1e6629f2332602060405160018152a46001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000166001600160a01b03608083013560e01c93511690803b1561166e575f928360849260609460405197889687957ff944f7730000000000000000000000000000000000000000000000000000000087520135600486015260248501526001604485015260648401525af1801561065f576145b9575080f35b6105dd91505f90614743565b9181601f8401121561166e5782359167ffffffffffffffff831161166e576020838186019501011161166e57565b600435906001600160a01b038216820361166e57565b6044359067ffffffffffffffff8216820361166e57565b6024359067ffffffffffffffff8216820361166e57565b60031960a091011261166e5760043560ff8116810361166e5790602435906044356001600160a01b038116810361166e579060643563ffffffff8116810361166e579060843567ffffffffffffffff8116810361166e5790565b9181601f8401121561166e5782359167ffffffffffffffff831161166e576020808501948460051b01011161166e57565b6060810190811067ffffffffffffffff8211176146de57604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60a0810190811067ffffffffffffffff8211176146de57604052565b60c0810190811067ffffffffffffffff8211176146de57604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff8211176146de57604052565b63ffffffff1680156114db577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0190565b67ffffffffffffffff81116146de57601f017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01660200190565b9291926147fb826147b5565b916148096040519384614743565b82948184528183011161166e578281602093845f960137010152565b3567ffffffffffffffff8116810361166e5790565b3563ffffffff8116810361166e5790565b919082018092116114db57565b356001600160a01b038116810361166e5790565b9067ffffffffffffffff8091169116019067ffffffffffffffff82116114db57565b6040519061489b8261470b565b5f6080838281528260208201528260408201528260608201520152565b67ffffffffffffffff7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff9116019067ffffffffffffffff82116114db57565b5190811515820361166e57565b919082604091031261166e57602061491b836148f7565b9201516001600160a01b038116810361166e5790565b919082039182116114db57565b919082604091031261166e576020614955836148f7565b92015190565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe18136030182121561166e570180359067ffffffffffffffff821161166e5760200191813603831361166e57565b9263ffffffff67ffffffffffffffff92936001600160a01b036040519560208701976002895260408801521660608601521660808401521660a082015260a081526149f860c082614743565b51902090565b93909263ffffffff906001600160a01b0367ffffffffffffffff946040519660ff602089019916895260408801521660608601521660808401521660a082015260a081526149f860c082614743565b906fffffffffffffffffffffffffffffffff809116911601906fffffffffffffffffffffffffffffffff82116114db57565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f000000000000000000000000000000000000000000000000000000000000000060408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a081526149f860c082614743565b614b1b828261517c565b9182614b2657505090565b614b5b92506001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001691615623565b90565b8115614bb25760206001600160a01b037f9c9e0cdb1670e88302408e5b941dc636f63a3293204694bb68910fcf3d9305f3921692835f525f825260405f20614ba782825461484b565b9055604051908152a2565b5050565b6001600160a01b039081165f81815260046020526040812080547fffffffffffffffff00000000000000000000000000000000000000000000000081169091556fffffffffffffffffffffffffffffffff169491937f393f8e8c27162cab7d943308ffcd5679abdb51b788840b54f7e9c84a8392d0b19360609360ff939181169081614c60575b50614c4b61435c838a614931565b604051978852602088015260408701521693a3565b9150614c70600a89048093614b5e565b5f614c3d565b602081016001600160a01b03614c8b82614858565b1615918215614c9d575b5050611a0457565b819250614d09614d036001600160a01b039392614cba8594614858565b90614cc76040820161483a565b614cd360608301614825565b614cdf60808401614825565b90614cec60a0850161483a565b92614cfa60c086018661495b565b96909535615652565b93614858565b16911614155f80614c95565b5f80809381935af13d15614d74573d614d2d816147b5565b90614d3b6040519283614743565b81525f60203d92013e5b15614d4c57565b7f34e4a710000000000000000000000000000000000000000000000000000000005f5260045ffd5b614d45565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe18136030182121561166e570180359067ffffffffffffffff821161166e57602001918160051b3603831361166e57565b3560ff8116810361166e5790565b6001600160a01b031692909183158015614f27575b614ed557614e1b906080830193614e0685614825565b614e1360e0860186614d79565b93909261576c565b908115614ed557600260ff614e2f83614dcd565b1614614eeb57600360ff614e4283614dcd565b1614801590614edd575b614ed557611df7614ed092614e686001600160a01b0395614825565b906040519067ffffffffffffffff60208301937f2af6f82edbcfc3693e75b946b36ac6d0a8a8439b3f532b3da085a7b3486cd2a1855260608701356040850152166060830152608082015260808152614ec260a082614743565b5190209160c081019061495b565b161490565b505050505f90565b508160a08201351415614e4c565b90925f526003602052606060405f209101355f5260205267ffffffffffffffff614f1860405f2092614825565b165f5260205260405f20541490565b506040614f3760e0840184614d79565b905011614df0565b90915f935f935f935f93614f53838361517c565b80615074575b61504f57608d83149081614ff9575b81614fdf575b81614fbd575b50614f7d575050565b945094509150508260401161166e57602c820135928060441161166e57604c1161166e5760019260601c91604081013560e01c9160449091013560c01c90565b905082602c1161166e576001600160a01b0316601882013560601c145f614f74565b90508260181161166e57601082013560c01c461490614f6e565b90508260101161166e577f63616e646f722f61626f72742f763100000000000000000000000000000000007fffffffffffffffffffffffffffffffff000000000000000000000000000000008335161490614f68565b5060019650604c81013560601c9550608481013560e01c94506088013560c01c925050565b50615080818484615623565b614f59565b602081016001600160a01b0361509a82614858565b1615611a04576150a990614858565b6150b56040830161483a565b6150c160608401614825565b6150cd60808501614825565b6150d960a08601614825565b916150e660c0870161483a565b936040519560208701977fc31d9f683dfa868772af1531ac0a7fc2d1d82d5f4cf990eb43bccd09853b8a0789523560408801526001600160a01b0316606087015263ffffffff16608086015267ffffffffffffffff1660a085015267ffffffffffffffff1660c084015267ffffffffffffffff1660e083015263ffffffff1661010082015261010081526149f861012082614743565b9061022014908161518b575090565b357fffffffffffffffffffffffffffffffff00000000000000000000000000000000167f63616e646f722f72756e2f76320000000000000000000000000000000000000014919050565b5f90602092615224602160405183819488830196888852848401378101868382015203017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08101835282614743565b604051918291518091835e8101838152039060025afa1561065f575f5190565b95918094959195604084115f146152b45750505050505f915b8215938415615271575b5050505061099357565b6001600160a01b039192939450165f52600360205260405f20905f5260205267ffffffffffffffff60405f2091165f5260205260405f205414155f808080615267565b6152bd9461576c565b9161525d565b926152d29192838560016149fe565b91825f52600560205267ffffffffffffffff60405f205460a01c1643116136aa5761533a925f5260056020525f60408120556001600160a01b0382169060017faf92f291211a3da47048fe2f16101fdeb930aa2319fc9766864575d2f3dd777a5f80a4615436565b565b91926153726001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168385614f3f565b90919296819583978599158015615425575b6106fd57600160ff61539585614dcd565b160361540757815f9160209360405192839283378101838152039060025afa1561065f57836001600160a01b0393926153fc9285945f51926153d960208401614825565b916153f46153e96040860161483a565b9460c081019061495b565b969095615652565b9216911603611a0457565b61541e9592945090615418916151d5565b90614ddb565b1561099357565b506001600160a01b03861615615384565b6001600160a01b03165f52600460205260405f206154ad61546063ffffffff835460c01c16614784565b82547fffffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b7bffffffff00000000000000000000000000000000000000000000000016178255565b6fffffffffffffffffffffffffffffffff6154eb7f000000000000000000000000000000000000000000000000000000000000000082845416614a4d565b167fffffffffffffffffffffffffffffffff00000000000000000000000000000000825416179055565b90614b5b9291615523614a7f565b906040519060208201927f190100000000000000000000000000000000000000000000000000000000000084526022830152604282015260428152615569606282614743565b519020615936565b919394909294851561099357816155be5750506001600160a01b03165f52600360205260405f20905f5260205267ffffffffffffffff60405f2091165f5260205260405f20540361099357565b6001600160a01b03949385946153fc949767ffffffffffffffff6040519260208401947f2af6f82edbcfc3693e75b946b36ac6d0a8a8439b3f532b3da085a7b3486cd2a18652604085015216606083015260808201526080815261213d60a082614743565b905046601082013560c01c14918261563a57505090565b60389192506001600160a01b031691013560601c1490565b937fffffffffffffffff0000000000000000000000000000000000000000000000009081614b5b99989793957fffffffff0000000000000000000000000000000000000000000000000000000080967fffffffffffffffffffffffffffffffffffffffff0000000000000000000000006040519960208b019b7f63616e646f722f726563656970742f76310000000000000000000000000000008d5260318c015260601b1660518a015260e01b16606588015260c01b16606986015260c01b16607184015260e01b166079820152605d8152615569607d82614743565b919081101561573f5760051b0190565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b929067ffffffffffffffff909594951667ffffffffffffffff831681101561592d57909167ffffffffffffffff906157a3906148b8565b1692945f925b8184106157bf57505050506157ba57565b5f9150565b9092958495929415615922576001808616148015615919575b15615896575f6020916103fb6158356157f28b898861572f565b3592604051928391878301958690916041927f01000000000000000000000000000000000000000000000000000000000000008352600183015260218201520190565b604051918291518091835e8101838152039060025afa1561065f575f519294935b60018116158061588d575b156158735760011c9360011c93615856565b60019096949396959192955b811c93811c940192916157a9565b50801515615861565b5f6020916103fb6158f46158b28b8988999c9a989d9b9d61572f565b35604051928391878301958690916041927f01000000000000000000000000000000000000000000000000000000000000008352600183015260218201520190565b604051918291518091835e8101838152039060025afa1561065f5760015f519661587f565b508585146157d8565b505093505050505f90565b505f9450505050565b90604183036159df57826040101561573f57604081013560f81c91601b831415806159d4575b614ed5578360401161166e576020820135937f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a085116159cb5760201161166e576020935f936080933590604051938452868401526040830152606082015282805260015afa1561065f575f5190565b50505050505f90565b50601c83141561595c565b5050505f90565b8015615a2e575f808080937f4cd1cedac1faabaf2d2d626f6caa6a7df4cf69ec7ecc3bcae2f938bdedc860716020604051838152a1815af13d15614d74573d614d2d816147b5565b5056",
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
// the contract method with ID 0xabc701e8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function demandProof((bytes32,address,uint32,uint64,uint64,uint32,bytes) r, bytes run, uint32 posts, bytes32 hidden) payable returns()
func (runLog *RunLog) PackDemandProof(r RunLogReceipt, run []byte, posts uint32, hidden [32]byte) []byte {
	enc, err := runLog.abi.Pack("demandProof", r, run, posts, hidden)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDemandProof is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xabc701e8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function demandProof((bytes32,address,uint32,uint64,uint64,uint32,bytes) r, bytes run, uint32 posts, bytes32 hidden) payable returns()
func (runLog *RunLog) TryPackDemandProof(r RunLogReceipt, run []byte, posts uint32, hidden [32]byte) ([]byte, error) {
	return runLog.abi.Pack("demandProof", r, run, posts, hidden)
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

// PackDemanded is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc22f5549.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function demanded(bytes32 key) view returns(bool)
func (runLog *RunLog) PackDemanded(key [32]byte) []byte {
	enc, err := runLog.abi.Pack("demanded", key)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDemanded is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc22f5549.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function demanded(bytes32 key) view returns(bool)
func (runLog *RunLog) TryPackDemanded(key [32]byte) ([]byte, error) {
	return runLog.abi.Pack("demanded", key)
}

// UnpackDemanded is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc22f5549.
//
// Solidity: function demanded(bytes32 key) view returns(bool)
func (runLog *RunLog) UnpackDemanded(data []byte) (bool, error) {
	out, err := runLog.abi.Unpack("demanded", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
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
