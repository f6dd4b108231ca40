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

// RegistryCommit is an auto generated low-level Go binding around an user-defined struct.
type RegistryCommit struct {
	Plugin        [32]byte
	Commitment    [32]byte
	ShapeId       [32]byte
	ManifestCid   []byte
	RevealBy      uint64
	DataRoot      [32]byte
	Ciphertext    []byte
	CiphertextCid []byte
	Custody       [][]byte
	DueAfter      uint32
}

// RegistryDue is an auto generated low-level Go binding around an user-defined struct.
type RegistryDue struct {
	Previous uint32
	Next     uint32
	RevealBy uint64
	Listed   bool
}

// RegistryKey is an auto generated low-level Go binding around an user-defined struct.
type RegistryKey struct {
	Circuit       [32]byte
	Since         uint64
	Development   bool
	TranscriptCid []byte
}

// RegistryModel is an auto generated low-level Go binding around an user-defined struct.
type RegistryModel struct {
	Commitment  [32]byte
	ShapeId     [32]byte
	DataRoot    [32]byte
	RevealBy    uint64
	ActiveFrom  uint64
	WithdrawnAt uint64
	CommittedAt uint64
	Bond        *big.Int
	RevealedAt  uint64
	Reveal      uint8
	Disputes    uint16
	Id          uint32
	ManifestCid []byte
}

// RegistryNode is an auto generated low-level Go binding around an user-defined struct.
type RegistryNode struct {
	LogKey    [32]byte
	Since     uint64
	Previous  common.Address
	Successor common.Address
	Url       string
}

// RegistryPlugin is an auto generated low-level Go binding around an user-defined struct.
type RegistryPlugin struct {
	Publisher common.Address
	Kind      uint8
	Versions  uint32
	Slug      string
}

// RegistryTerms is an auto generated low-level Go binding around an user-defined struct.
type RegistryTerms struct {
	MinDelay      uint64
	Grace         uint64
	MinLife       uint64
	DisputeWindow uint64
	MinBond       *big.Int
	Custodians    uint8
	Development   bool
}

// RegistryMetaData contains all meta data concerning the Registry contract.
var RegistryMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"components\":[{\"internalType\":\"uint64\",\"name\":\"minDelay\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"grace\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"minLife\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"disputeWindow\",\"type\":\"uint64\"},{\"internalType\":\"uint128\",\"name\":\"minBond\",\"type\":\"uint128\"},{\"internalType\":\"uint8\",\"name\":\"custodians\",\"type\":\"uint8\"},{\"internalType\":\"bool\",\"name\":\"development\",\"type\":\"bool\"}],\"internalType\":\"structRegistry.Terms\",\"name\":\"t\",\"type\":\"tuple\"},{\"internalType\":\"address\",\"name\":\"runLog_\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"verifier_\",\"type\":\"address\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"BadCid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadCiphertext\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadCustody\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadDelay\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadKind\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadPlace\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadSlug\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadTerms\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadUrl\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BondRefused\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"least\",\"type\":\"uint256\"}],\"name\":\"BondTooSmall\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"DevelopmentRefused\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"Exists\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"MustCheck\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoBond\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotClaimed\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotNode\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotOwner\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotPaid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotPublisher\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotRunLog\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NothingOwed\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"id\",\"type\":\"uint32\"}],\"name\":\"Overdue\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"TooLate\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"from\",\"type\":\"uint64\"}],\"name\":\"TooSoon\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"TranscriptNeeded\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"Unknown\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"WrongShape\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"Zero\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"finder\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"reward\",\"type\":\"uint256\"}],\"name\":\"BondLost\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"BondReturned\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Burnt\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"address[]\",\"name\":\"custodians\",\"type\":\"address[]\"}],\"name\":\"CiphertextKept\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"ciphertext\",\"type\":\"bytes\"}],\"name\":\"CiphertextPublished\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"who\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Collected\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"who\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Credited\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"circuit\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"vkHash\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"development\",\"type\":\"bool\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"transcriptCid\",\"type\":\"bytes\"}],\"name\":\"KeyAdded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"shapeId\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"manifestCid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"revealBy\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"dataRoot\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"bond\",\"type\":\"uint256\"}],\"name\":\"ModelCommitted\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"}],\"name\":\"ModelRegistered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"by\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"isChecked\",\"type\":\"bool\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"schema\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"mask\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"model\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"}],\"name\":\"ModelRevealed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"}],\"name\":\"ModelWithdrawn\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"previous\",\"type\":\"address\"}],\"name\":\"NodeClaimed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"logKey\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"string\",\"name\":\"url\",\"type\":\"string\"}],\"name\":\"NodeRegistered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"successor\",\"type\":\"address\"}],\"name\":\"NodeRotated\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"previous\",\"type\":\"bytes32\"}],\"name\":\"PluginClaimed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"publisher\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"indexed\":false,\"internalType\":\"string\",\"name\":\"slug\",\"type\":\"string\"}],\"name\":\"PluginPublished\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"successor\",\"type\":\"bytes32\"}],\"name\":\"PluginTransferred\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"auditor\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"}],\"name\":\"ReportPublished\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"worker\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"on\",\"type\":\"bool\"}],\"name\":\"WorkerSet\",\"type\":\"event\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"circuit\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vkHash\",\"type\":\"bytes32\"},{\"internalType\":\"bool\",\"name\":\"development_\",\"type\":\"bool\"},{\"internalType\":\"bytes\",\"name\":\"transcriptCid\",\"type\":\"bytes\"}],\"name\":\"addKey\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"previous\",\"type\":\"address\"}],\"name\":\"claimNode\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"previous\",\"type\":\"bytes32\"}],\"name\":\"claimPlugin\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"collect\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"shapeId\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"manifestCid\",\"type\":\"bytes\"},{\"internalType\":\"uint64\",\"name\":\"revealBy\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"dataRoot\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"ciphertext\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"ciphertextCid\",\"type\":\"bytes\"},{\"internalType\":\"bytes[]\",\"name\":\"custody\",\"type\":\"bytes[]\"},{\"internalType\":\"uint32\",\"name\":\"dueAfter\",\"type\":\"uint32\"}],\"internalType\":\"structRegistry.Commit\",\"name\":\"c\",\"type\":\"tuple\"}],\"name\":\"commitModel\",\"outputs\":[{\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"}],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"who\",\"type\":\"address\"}],\"name\":\"credits\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"development\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"domainSeparator\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"id\",\"type\":\"uint32\"}],\"name\":\"dues\",\"outputs\":[{\"components\":[{\"internalType\":\"uint32\",\"name\":\"previous\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"next\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"revealBy\",\"type\":\"uint64\"},{\"internalType\":\"bool\",\"name\":\"listed\",\"type\":\"bool\"}],\"internalType\":\"structRegistry.Due\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"publisher\",\"type\":\"address\"}],\"name\":\"firstDue\",\"outputs\":[{\"internalType\":\"uint32\",\"name\":\"id\",\"type\":\"uint32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"vkHash\",\"type\":\"bytes32\"}],\"name\":\"hasKey\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"}],\"name\":\"holdBond\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"}],\"name\":\"isNode\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"name\":\"keyAt\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"keyCount\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"vkHash\",\"type\":\"bytes32\"}],\"name\":\"keys\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"circuit\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"since\",\"type\":\"uint64\"},{\"internalType\":\"bool\",\"name\":\"development\",\"type\":\"bool\"},{\"internalType\":\"bytes\",\"name\":\"transcriptCid\",\"type\":\"bytes\"}],\"internalType\":\"structRegistry.Key\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"modelCount\",\"outputs\":[{\"internalType\":\"uint32\",\"name\":\"\",\"type\":\"uint32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"id\",\"type\":\"uint32\"}],\"name\":\"modelPlugin\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"}],\"name\":\"models\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"shapeId\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"dataRoot\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"revealBy\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"activeFrom\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"withdrawnAt\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"committedAt\",\"type\":\"uint64\"},{\"internalType\":\"uint128\",\"name\":\"bond\",\"type\":\"uint128\"},{\"internalType\":\"uint64\",\"name\":\"revealedAt\",\"type\":\"uint64\"},{\"internalType\":\"uint8\",\"name\":\"reveal\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"disputes\",\"type\":\"uint16\"},{\"internalType\":\"uint32\",\"name\":\"id\",\"type\":\"uint32\"},{\"internalType\":\"bytes\",\"name\":\"manifestCid\",\"type\":\"bytes\"}],\"internalType\":\"structRegistry.Model\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"name\":\"nodeAt\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"nodeCount\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"}],\"name\":\"nodeRecord\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"known\",\"type\":\"bool\"},{\"internalType\":\"address\",\"name\":\"successor\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"}],\"name\":\"nodes\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"logKey\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"since\",\"type\":\"uint64\"},{\"internalType\":\"address\",\"name\":\"previous\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"successor\",\"type\":\"address\"},{\"internalType\":\"string\",\"name\":\"url\",\"type\":\"string\"}],\"internalType\":\"structRegistry.Node\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"owner\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"name\":\"pluginAt\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"pluginCount\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"publisher\",\"type\":\"address\"},{\"internalType\":\"string\",\"name\":\"slug\",\"type\":\"string\"}],\"name\":\"pluginId\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"}],\"name\":\"plugins\",\"outputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"publisher\",\"type\":\"address\"},{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint32\",\"name\":\"versions\",\"type\":\"uint32\"},{\"internalType\":\"string\",\"name\":\"slug\",\"type\":\"string\"}],\"internalType\":\"structRegistry.Plugin\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"}],\"name\":\"previousOf\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"previous\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"string\",\"name\":\"slug\",\"type\":\"string\"},{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"}],\"name\":\"publishPlugin\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"},{\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"}],\"name\":\"publishReport\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"},{\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"}],\"name\":\"registerModel\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"logKey\",\"type\":\"bytes32\"},{\"internalType\":\"string\",\"name\":\"url\",\"type\":\"string\"}],\"name\":\"registerNode\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"schema\",\"type\":\"bytes32\"},{\"internalType\":\"uint256\",\"name\":\"mask\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"model\",\"type\":\"bytes\"},{\"internalType\":\"bytes32\",\"name\":\"vkHash\",\"type\":\"bytes32\"},{\"internalType\":\"uint256[12]\",\"name\":\"proof\",\"type\":\"uint256[12]\"}],\"name\":\"reveal\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"},{\"internalType\":\"bytes\",\"name\":\"shape\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"}],\"name\":\"revealUnchecked\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"newNode\",\"type\":\"address\"}],\"name\":\"rotateNode\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"runLog\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"worker\",\"type\":\"address\"},{\"internalType\":\"bool\",\"name\":\"on\",\"type\":\"bool\"}],\"name\":\"setWorker\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"},{\"internalType\":\"bool\",\"name\":\"guilty\",\"type\":\"bool\"},{\"internalType\":\"address\",\"name\":\"finder\",\"type\":\"address\"}],\"name\":\"settleBond\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"who\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"atBlock\",\"type\":\"uint64\"}],\"name\":\"signsFor\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"signs\",\"type\":\"bool\"},{\"internalType\":\"address\",\"name\":\"publisher\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"}],\"name\":\"slashUnrevealed\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"}],\"name\":\"successorOf\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"successor\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"terms\",\"outputs\":[{\"components\":[{\"internalType\":\"uint64\",\"name\":\"minDelay\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"grace\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"minLife\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"disputeWindow\",\"type\":\"uint64\"},{\"internalType\":\"uint128\",\"name\":\"minBond\",\"type\":\"uint128\"},{\"internalType\":\"uint8\",\"name\":\"custodians\",\"type\":\"uint8\"},{\"internalType\":\"bool\",\"name\":\"development\",\"type\":\"bool\"}],\"internalType\":\"structRegistry.Terms\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"successor\",\"type\":\"bytes32\"}],\"name\":\"transferPlugin\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"verifier\",\"outputs\":[{\"internalType\":\"contractIReveals\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"versionOf\",\"outputs\":[{\"internalType\":\"uint32\",\"name\":\"\",\"type\":\"uint32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"atBlock\",\"type\":\"uint64\"}],\"name\":\"wasActive\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"active\",\"type\":\"bool\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"}],\"name\":\"withdrawBond\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"}],\"name\":\"withdrawModel\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"name\":\"workers\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"from\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"until\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "Registry",
	Bin: "0x6101e0604052346103aa57604051614fd438819003601f8101601f191683016001600160401b038111848210176103965783928291604052833981010361012081126103aa5760e0136103aa576040519060e082016001600160401b0381118382101761039657604052610072816103ae565b8252610080602082016103ae565b60208301908152610093604083016103ae565b604084019081526100a6606084016103ae565b606085019081526080840151916001600160801b03831683036103aa576080860192835260a08501519360ff851685036103aa5760a0870194855260c08601519687151588036103aa5760c0810197885261011061010061010960e08a016103c2565b98016103c2565b604080519081016001600160401b0381118282101761039657604052600f81526e43616e646f7220526567697374727960881b6020909101527f6e94410df2d83f954595effaad5c04e60201685b877a501cb0860316df67febf60805288511580610340575b6102e657825163bc1913806001600160401b03909116118015610327575b801561030e575b80156102f5575b6102e6573360a05260c0979097526001600160a01b0390961660e05294516001600160401b0390811661010052945185166101205251841661014052519092166101605290516001600160801b0316610180525160ff166101a0525115156101c052604051614bfd90816103d7823960805181614384015260a0518181816110b60152611962015260c05181818161032401528181612e5e0152613225015260e051818181611e640152818161287f0152612e0a015261010051818181610e390152613d5e015261012051818181610e6f01528181612155015281816127330152612afb015261014051818181610eb101526142a00152610160518181816108e80152610ee3015261018051818181610f0e0152613d1701526101a051818181610f3b015261472b01526101c051818181610f61015281816113be0152611ce40152f35b638dc5992160e01b5f5260045ffd5b50845163bc1913806001600160401b03909116116101a2565b50835163bc1913806001600160401b039091161161019b565b50815163bc1913806001600160401b0390911611610194565b50835162093a806001600160401b03909116108015610384575b8015610372575b80610176575060ff87511615610176565b5085516001600160801b031615610361565b5081516001600160401b03161561035a565b634e487b7160e01b5f52604160045260245ffd5b5f80fd5b51906001600160401b03821682036103aa57565b51906001600160a01b03821682036103aa5756fe6080806040526004361015610012575f80fd5b5f905f3560e01c908162de828e146133a957508063017501521461337c57806302b9ed7214613300578063043e06d71461324957806306b94690146131f95780631048866214613174578063189a5a1714613067578063208ae02b1461301c5780632ab71b6914612f655780632abbdd6c14612e2e5780632b7ac3f314612dde5780634223b5c214612d5757806344ba806514612c9657806345c9d8bc14612c615780634c57303e1461277c57806350957f8d1461269f57806354111bbc146123c65780635d243c161461238157806364fd193114612257578063696eb3751461221e5780636da49b831461220157806372cfda6e14611dde5780637766c4cb14611d795780637855ffe314611d095780637b929c2714611ccc5780638066457514611ca257806383455158146119865780638da5cb5b14611935578063a22881c3146117eb578063aaa8ab21146117c1578063ac05cef5146116c4578063b9d37e751461161a578063c6a645fe146115f6578063c6f34f41146114bf578063cab6054f1461105d578063ccd12c6014610fb7578063d502562514610dde578063d898370714610cab578063dde5b7a114610bfd578063e4af7ae814610a0e578063e522538114610980578063e7a16f5214610935578063ecbafb5b146107d5578063ecce6d911461058b578063f698da2514610568578063f927727c14610518578063f944f773146102c5578063f9b90ee0146102a7578063fac750e0146102895763fe5ff46814610243575f80fd5b3461028657602060031936011261028657604060209173ffffffffffffffffffffffffffffffffffffffff6102766133ef565b1681528083522054604051908152f35b80fd5b50346102865780600319360112610286576020600354604051908152f35b50346102865780600319360112610286576020600254604051908152f35b5034610286576080600319360112610286576004356102e2613448565b906102eb613536565b9160643573ffffffffffffffffffffffffffffffffffffffff81168082036105145773ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001633036104ec576004610356848661443d565b019461ffff865460c81c1680156104bf5786547fffffffffff0000ffffffffffffffffffffffffffffffffffffffffffffffffff165f199190910160c81b7affff0000000000000000000000000000000000000000000000000016178655806104a3575b6103c2578580f35b6fffffffffffffffffffffffffffffffff855416947fffffffffffffffffffffffffffffffff00000000000000000000000000000000815416905585918161048d575b50818503858111610460579260609263ffffffff926104447fd7b1be61eb76b785c911d08e16f2a00b8c44ceec51f51c5908fc37d6b6e19cc296614b01565b604051978852602088015260408701521693a35f808080808580f35b6024877f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b915061049d600a86048093614a9c565b5f610405565b506fffffffffffffffffffffffffffffffff85541615156103ba565b6024887f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b6004867f7ca0fc18000000000000000000000000000000000000000000000000000000008152fd5b8580fd5b5034610286576020600319360112610286576004359060015482101561028657602073ffffffffffffffffffffffffffffffffffffffff610558846134f2565b90549060031b1c16604051908152f35b50346102865780600319360112610286576020610583614357565b604051908152f35b5034610286576040600319360112610286576105a5613448565b906040516105b281613600565b8181528160208201528160408201528160608201528160808201528160a08201528160c08201528160e082015281610100820152816101208201528161014082015281610160820152610180016060905260043581526007602052604090209063ffffffff165f5260205260405f2060405161062d81613600565b8154815260018201549160208201928352600281015490604083019182526003810154906060840167ffffffffffffffff83168152608085018360401c67ffffffffffffffff16815260a086018460801c67ffffffffffffffff16815260c087019460c01c855260048401549460e08801916fffffffffffffffffffffffffffffffff871683526101008901938760801c67ffffffffffffffff1685526101208a01958860c01c60ff1687526101408b01978960c81c61ffff1689526101608c019960d81c63ffffffff168a52600501610706906136b1565b996101808c019a8b526040519c8d809d602082525190602001525160408d01525160608c01525167ffffffffffffffff1660808b01525167ffffffffffffffff1660a08a01525167ffffffffffffffff1660c08901525167ffffffffffffffff1660e0880152516fffffffffffffffffffffffffffffffff166101008701525167ffffffffffffffff166101208601525160ff166101408501525161ffff166101608401525163ffffffff16610180830152516101a082016101a090526101c082016107d1916134cd565b0390f35b503461028657604060031936011261028657600435906107f3613448565b916107fd816143e9565b50600461080a848361443d565b01928354916fffffffffffffffffffffffffffffffff831692600260ff8260c01c161090811561092c575b811561091a575b81156108d6575b506108ae57847fffffffffffffffffffffffffffffffff000000000000000000000000000000006108ab9596541690557f44e44b6d389ae4acadc9ba998c652e9d399f8b11423ce30e0976bacaa4ee4f9f602063ffffffff604051948686521693a333614668565b80f35b6004847fdfc19f8e000000000000000000000000000000000000000000000000000000008152fd5b67ffffffffffffffff915061091190827f00000000000000000000000000000000000000000000000000000000000000009160801c16613793565b1642105f610843565b905061ffff8160c81c1615159061083c565b84159150610835565b506020600319360112610286576004359067ffffffffffffffff82116102865761014060031983360301126102865760206109728360040161399f565b63ffffffff60405191168152f35b503461028657806003193601126102865733815280602052604081205480156109e6576108ab90338352826020528260408120556040518181527f8c22f554c81b54107cd95e734e4ef45767214974a540f34ea4a4f8c3fc7b13c360203392a233614668565b6004827f797dba54000000000000000000000000000000000000000000000000000000008152fd5b503461028657606060031936011261028657600435610a2b613412565b90610a34613536565b91610a3e826143e9565b50818452600c6020526040842073ffffffffffffffffffffffffffffffffffffffff82165f5260205260405f20835f14610b265767ffffffffffffffff815416610afe5780547fffffffffffffffffffffffffffffffffffffffffffffffff0000000000000000164367ffffffffffffffff161790557fa6a27c7dd7dc73257f26e0734f325e86b094d7c7369d707b8bb6f554f43af1a89060209073ffffffffffffffffffffffffffffffffffffffff905b60405195151586521693a380f35b6004857f846ec056000000000000000000000000000000000000000000000000000000008152fd5b805467ffffffffffffffff811615908115610be6575b50610bbe5780547fffffffffffffffffffffffffffffffff0000000000000000ffffffffffffffff164360401b6fffffffffffffffff0000000000000000161790557fa6a27c7dd7dc73257f26e0734f325e86b094d7c7369d707b8bb6f554f43af1a89060209073ffffffffffffffffffffffffffffffffffffffff90610af0565b6004857f0cf64598000000000000000000000000000000000000000000000000000000008152fd5b67ffffffffffffffff915060401c1615155f610b3c565b503461028657602060031936011261028657604090610c1a61376f565b506004358152600860205220604051610c32816135ac565b815481526107d16001830154610c6a6002602085019567ffffffffffffffff8416875260ff604087019460401c1615158452016136b1565b906060840191825267ffffffffffffffff604051958695602087525160208701525116604085015251151560608401525160808084015260a08301906134cd565b503461028657602060031936011261028657610cc56133ef565b610cce33613545565b158015610dce575b610da65773ffffffffffffffffffffffffffffffffffffffff1680825260056020523373ffffffffffffffffffffffffffffffffffffffff600160408520015460401c1603610d7e57338252600560205260026040832001817fffffffffffffffffffffffff0000000000000000000000000000000000000000825416179055337f883f323690923378c0bda1949f5d6a5bccd98ed4829086c3102fd2f973e9e8ab8380a380f35b6004827fb72a2522000000000000000000000000000000000000000000000000000000008152fd5b6004827f5cd26b68000000000000000000000000000000000000000000000000000000008152fd5b50610dd881613545565b15610cd6565b503461028657806003193601126102865760c0604051610dfd816135e4565b8281528260208201528260408201528260608201528260808201528260a0820152015260e0604051610e2e816135e4565b67ffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000169081815260ff602082019167ffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001683526fffffffffffffffffffffffffffffffff6040820167ffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016815267ffffffffffffffff60608401817f0000000000000000000000000000000000000000000000000000000000000000168152816080860193857f00000000000000000000000000000000000000000000000000000000000000001685528160c060a08901988a7f0000000000000000000000000000000000000000000000000000000000000000168a5201997f000000000000000000000000000000000000000000000000000000000000000015158b526040519b8c52511660208b0152511660408901525116606087015251166080850152511660a083015251151560c0820152f35b503461028657610fc636613489565b919290610fd3848361443d565b5082151580611052575b1561102a576110247f75eadb2279364b716a576f594d70ba2cd2b6e536b712d9c02d318ae9e9781092916040519182916020835263ffffffff339816966020840191613640565b0390a480f35b6004857fca719c94000000000000000000000000000000000000000000000000000000008152fd5b506040831115610fdd565b50346102865760806003193601126102865760243560043561107d613536565b60643567ffffffffffffffff81116114bb5761109d90369060040161345b565b919073ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000163303611493578315801561148b575b61146357848652600860205267ffffffffffffffff60016040882001541661143b5760408311611413578115918215928061140b575b6113e357806113bb575b61139357604051611135816135ac565b8481526002602082019167ffffffffffffffff43168352604081019285845261115f3688876138a2565b9360608301948552898b52600860205260408b209251835567ffffffffffffffff8060018501935116167fffffffffffffffffffffffffffffffffffffffffffffffff00000000000000008354161782555115157fffffffffffffffffffffffffffffffffffffffffffffff00ffffffffffffffff68ff000000000000000083549260401b16911617905501905180519067ffffffffffffffff8211611366576112138261120d8554613660565b856137b5565b602090601f83116001146113045761124192918a91836112f9575b50505f198260011b9260031b1c19161790565b90555b600354680100000000000000008110156112cc577ff29d1fe6b76051cdbee18dc63ded125f186a45af8f3a7e15cb82e6d40c0a1048939291866112ab6112958460016112c69601600355600361350a565b81939154905f199060031b92831b921b19161790565b90556040519384938452604060208501526040840191613640565b0390a380f35b6024877f4e487b710000000000000000000000000000000000000000000000000000000081526041600452fd5b015190505f8061122e565b838a52818a209190601f1984168b5b81811061134e5750908460019594939210611336575b505050811b019055611244565b01515f1960f88460031b161c191690555f8080611329565b92936020600181928786015181550195019301611313565b6024897f4e487b710000000000000000000000000000000000000000000000000000000081526041600452fd5b6004867f56607bd0000000000000000000000000000000000000000000000000000000008152fd5b507f000000000000000000000000000000000000000000000000000000000000000015611125565b6004877f256c5817000000000000000000000000000000000000000000000000000000008152fd5b50831561111b565b6004867fca719c94000000000000000000000000000000000000000000000000000000008152fd5b6004867f846ec056000000000000000000000000000000000000000000000000000000008152fd5b6004867ff4560403000000000000000000000000000000000000000000000000000000008152fd5b5084156110e5565b6004867f30cd7471000000000000000000000000000000000000000000000000000000008152fd5b8480fd5b5034610286576040600319360112610286576004356114dc613448565b9063ffffffff6114eb826143e9565b92169182159081156115e1575b5080156115b2575b61158a578083526007602090815260408085205f8581529252902060030180547fffffffffffffffff0000000000000000ffffffffffffffffffffffffffffffff164360801b77ffffffffffffffff00000000000000000000000000000000161790557f812988cf297acec4671745732506d97a4840cc15c9c31717b450aae3e7c4a0978380a380f35b6004837fecdd1c29000000000000000000000000000000000000000000000000000000008152fd5b50808352600760205260408320825f5260205267ffffffffffffffff600360405f20015460801c161515611500565b63ffffffff91505460a81c168214155f6114f8565b5034610286578060031936011261028657602063ffffffff60045416604051908152f35b503461028657611629366133d9565b90611633816143e9565b8183149081156116a0575b5061167857808352600d6020528160408420557f4f831f6505f3e2db2f658197a168643bfed678ac1678f18d008863858be394698380a380f35b6004837f0cf64598000000000000000000000000000000000000000000000000000000008152fd5b9050828452600660205260ff80604086205460a01c16915460a01c1614155f61163e565b5034610286576020600319360112610286576116de6133ef565b6116e733613545565b1580156117b1575b8015611792575b610da65773ffffffffffffffffffffffffffffffffffffffff9033835260056020526001604084200180547fffffffff0000000000000000000000000000000000000000ffffffffffffffff7bffffffffffffffffffffffffffffffffffffffff00000000000000008460401b16911617905516337f1d9d265be68f7554dab4dca4d5c3ae184d537347845d08e8a62d97cdef6cd5818380a380f35b503373ffffffffffffffffffffffffffffffffffffffff8216146116f6565b506117bb81613545565b156116ef565b50346102865760206003193601126102865760406020916004358152600e83522054604051908152f35b50346102865760606003193601126102865760043590611809613412565b90604061181461351f565b91848152600660205273ffffffffffffffffffffffffffffffffffffffff8282205416948152600c6020522073ffffffffffffffffffffffffffffffffffffffff83165f5260205260405f2090838015159384611897575b5060408051851515815273ffffffffffffffffffffffffffffffffffffffff92909216602083015290f35b73ffffffffffffffffffffffffffffffffffffffff161492509082156118c3575b50505f80838161186c565b5467ffffffffffffffff8116801515935083611920575b50826118ea575b50505f806118b8565b60401c67ffffffffffffffff168015925090821561190c575b50505f806118e1565b67ffffffffffffffff161090505f80611903565b67ffffffffffffffff8316101592505f6118da565b5034610286578060031936011261028657602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346102865760406003193601126102865760043567ffffffffffffffff8111611c9e576119b890369060040161345b565b6024929192359160ff831690818403610286576119d58386614514565b15611c765781158015611c6c575b611c44576119f2838633613813565b938482526006602052604082209073ffffffffffffffffffffffffffffffffffffffff825416611c1c5781547fffffffffffffffffffffff00ffffffffffffffffffffffffffffffffffffffff33167fffffffffffffffffffffff0000000000000000000000000000000000000000009091161760a09190911b74ff00000000000000000000000000000000000000001617815560010167ffffffffffffffff8411611bef57611aac84611aa68354613660565b836137b5565b8184601f8111600114611b8e5780611ad7928591611b83575b505f198260011b9260031b1c19161790565b90555b6002549068010000000000000000821015611b565750602094849283611b2c6112958560017f0f039e744840db11a6260cd79f36975573bf0b2b60e0c27662f02d0befc1f56e9701600255600261350a565b9055611b4b604051928392835260408984015233966040840191613640565b0390a3604051908152f35b807f4e487b7100000000000000000000000000000000000000000000000000000000602492526041600452fd5b90508801355f611ac5565b601f191690828452856020852092855b818110611bd4575010611bbb575b5050600184811b019055611ada565b5f1960f88760031b161c19908801351690555f80611bac565b8a840135855560019094019360209384019389935001611b9e565b6024827f4e487b710000000000000000000000000000000000000000000000000000000081526041600452fd5b6004837f846ec056000000000000000000000000000000000000000000000000000000008152fd5b807f2b434c200000000000000000000000000000000000000000000000000000000060049252fd5b50600382116119e3565b807f18f461200000000000000000000000000000000000000000000000000000000060049252fd5b5080fd5b50346102865760206003193601126102865760406020916004358152600d83522054604051908152f35b503461028657806003193601126102865760206040517f000000000000000000000000000000000000000000000000000000000000000015158152f35b5034610286576020600319360112610286576004359060025482101561028657600254821015611d4c576020916002825282822001549060031b1c604051908152f35b807f4e487b7100000000000000000000000000000000000000000000000000000000602492526032600452fd5b50346102865760406003193601126102865773ffffffffffffffffffffffffffffffffffffffff6040611daa613412565b926004358152600c6020522091165f526020526040805f205467ffffffffffffffff8251918181168352831c166020820152f35b50346121d5576102406003193601126121d557600435611dfc613448565b906044359060643560843567ffffffffffffffff81116121d557611e2490369060040161345b565b909136610244116121d557611e39868561443d565b6004810190600160ff835460c01c16036121d95773ffffffffffffffffffffffffffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016815490600183015491813b156121d5575f916040519384927f40f42ee600000000000000000000000000000000000000000000000000000000845260a4356004850152602484015260448301528a606483015286608483015261024060a48301528180611ef661024482018b8d613640565b61018060c48084013703915afa80156121ca57612182575b509163ffffffff828a7f53cc388cb53f51d89edda7300671bf923719720030c9aa446a2054bb31e42e8197956fffffffffffffffffffffffffffffffff61208b9896541615158061213f575b612116575b505080547fffffffffffffff000000000000000000ffffffffffffffffffffffffffffffff164260801b77ffffffffffffffff00000000000000000000000000000000161778020000000000000000000000000000000000000000000000001781555460d81c168952600960205260408920805463ffffffff8116806120d057505063ffffffff815460201c16878b52600660205273ffffffffffffffffffffffffffffffffffffffff60408c2054168b52600b60205263ffffffff60408c20911663ffffffff198254161790555b805463ffffffff8160201c16806120a9575b50507fffffffffffffffffffffffffffffff00ffffffffffffffffffffffffffffffff815416905560405196600188526020880152604087015260a0606087015260a0860191613640565b92858185039485608084015252602063ffffffff339616940190a480f35b8b52600960205263ffffffff8060408d2092161663ffffffff198254161790555f80612040565b8b52600960205260408b2080547fffffffffffffffffffffffffffffffffffffffffffffffff00000000ffffffff1667ffffffff0000000090921691909117905561202e565b836040838c6121389552600f602052818120845482526020522054168a61448a565b8a5f611f5f565b5067ffffffffffffffff61217a816003840154167f000000000000000000000000000000000000000000000000000000000000000090613793565b164211611f5a565b7f53cc388cb53f51d89edda7300671bf923719720030c9aa446a2054bb31e42e81959391995061208b94926121bc5f63ffffffff9361361d565b5f9a92949650929450611f0e565b6040513d5f823e3d90fd5b5f80fd5b7fecdd1c29000000000000000000000000000000000000000000000000000000005f5260045ffd5b346121d5575f6003193601126121d5576020600154604051908152f35b346121d55760206003193601126121d5576004355f526008602052602067ffffffffffffffff600160405f200154161515604051908152f35b346121d55760606003193601126121d5576040600435612275613448565b61227d61351f565b90825f526007602052835f2063ffffffff82165f52602052835f20925f52600760205263ffffffff6122b1855f209261386e565b165f5260205267ffffffffffffffff6003845f200154841c1690825491821515938461235b575b84612321575b50836122f5575b5050825191151582526020820152f35b80919293501591821561230d575b50509083806122e5565b67ffffffffffffffff161090508380612303565b67ffffffffffffffff9194506003015460801c168015908115612347575b5092856122de565b905067ffffffffffffffff8216108561233f565b935067ffffffffffffffff6003850154861c1667ffffffffffffffff83161015936122d8565b346121d55760406003193601126121d55761239a6133ef565b60243567ffffffffffffffff81116121d5576020916123c061058392369060040161345b565b91613813565b346121d55760406003193601126121d55760043560243567ffffffffffffffff81116121d5576123fa90369060040161345b565b90821561267757610100821161264f57335f52600560205260405f2073ffffffffffffffffffffffffffffffffffffffff600282015416612627576001810167ffffffffffffffff815416156125a3575b508381556003019267ffffffffffffffff831161257657612476836124708654613660565b866137b5565b5f93601f84116001146124f4576124c384807f9eb7a9fd4f71450083e505b8c7eff0f37a6ce401c36197c78a18506a64482c8e96975f916124e957505f198260011b9260031b1c19161790565b90555b6124e460405192839283526040602084015233956040840191613640565b0390a2005b905085013588611ac5565b601f19841694815f5260205f20905f5b87811061255e5750857f9eb7a9fd4f71450083e505b8c7eff0f37a6ce401c36197c78a18506a64482c8e969710612545575b5050600185811b0190556124c6565b5f1960f88860031b161c19908501351690558580612536565b90916020600181928589013581550193019101612504565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b80547fffffffffffffffffffffffffffffffffffffffffffffffff0000000000000000164367ffffffffffffffff161790556001549068010000000000000000821015612576576125fc826001600394016001556134f2565b815490841b9073ffffffffffffffffffffffffffffffffffffffff33831b921b19161790559061244b565b7f5cd26b68000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f08e6b91d000000000000000000000000000000000000000000000000000000005f5260045ffd5b7ff4560403000000000000000000000000000000000000000000000000000000005f5260045ffd5b346121d55760406003193601126121d5576004356126bb613448565b6126c5818361443d565b906004820154600160ff8260c01c161490811591612761575b50801561271d575b6126f5576126f39261448a565b005b7fdfc19f8e000000000000000000000000000000000000000000000000000000005f5260045ffd5b5067ffffffffffffffff612758816003850154167f000000000000000000000000000000000000000000000000000000000000000090613793565b164211156126e6565b6fffffffffffffffffffffffffffffffff91501615846126de565b346121d55760806003193601126121d557600435612798613448565b9060443567ffffffffffffffff81116121d5576127b990369060040161345b565b919060643567ffffffffffffffff81116121d5576127db90369060040161345b565b93906127e6846143e9565b506127f1868561443d565b926004840192600160ff855460c01c16036121d95786151580612c56575b15612c2e5761010081118015612bb3575b612b8b576128669160209160405193849283927fce05a1770000000000000000000000000000000000000000000000000000000084528560048501526024840191613640565b038173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa9081156121ca575f91612b50575b50612b285763ffffffff827f53cc388cb53f51d89edda7300671bf923719720030c9aa446a2054bb31e42e81946fffffffffffffffffffffffffffffffff612a47955416151580612ae5575b612abb575b5080547fffffffffffffff000000000000000000ffffffffffffffffffffffffffffffff164260801b77ffffffffffffffff00000000000000000000000000000000161778030000000000000000000000000000000000000000000000001781555460d81c165f52600960205260405f20805463ffffffff811680155f14612a7357505063ffffffff815460201c16855f52600660205273ffffffffffffffffffffffffffffffffffffffff60405f2054165f52600b60205263ffffffff60405f20911663ffffffff198254161790555b805463ffffffff8160201c1680612a4c575b50507fffffffffffffffffffffffffffffff00ffffffffffffffffffffffffffffffff81541690556040519182915f83525f60208401525f604084015260a060608401525f60a084015260c0608084015263ffffffff3398169660c0840191613640565b0390a4005b5f52600960205263ffffffff8060405f2092161663ffffffff1982541617905587806129e3565b5f90815260096020526040902080547fffffffffffffffffffffffffffffffffffffffffffffffff00000000ffffffff1667ffffffff000000009092169190911790556129d1565b612adf90875f52600f60205260405f2081545f526020528360405f2054168861448a565b88612900565b5067ffffffffffffffff612b20816003840154167f000000000000000000000000000000000000000000000000000000000000000090613793565b1642116128fb565b7f784b37ee000000000000000000000000000000000000000000000000000000005f5260045ffd5b90506020813d602011612b83575b81612b6b6020938361361d565b810103126121d5575180151581036121d557876128af565b3d9150612b5e565b7f11d909c7000000000000000000000000000000000000000000000000000000005f5260045ffd5b5060205f604051828101907f63616e646f722f73686170652f7631000000000000000000000000000000000082528486602f830137612c05602f8287810186838201520301601f19810183528261361d565b604051918291518091835e8101838152039060025afa156121ca575f5160018601541415612820565b7fca719c94000000000000000000000000000000000000000000000000000000005f5260045ffd5b50604087111561280f565b346121d55760206003193601126121d55763ffffffff612c7f613435565b165f52600a602052602060405f2054604051908152f35b346121d557612ca4366133d9565b90612cae816143e9565b50805f52600e60205260405f2054612d2f57815f52600d6020528060405f205403612d0757805f52600e6020528160405f20557fd53f172246adff3fb3b2a17ddfc343fb53d7642b441ca8239e22fbe8b97f400a5f80a3005b7fb72a2522000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f846ec056000000000000000000000000000000000000000000000000000000005f5260045ffd5b346121d55760206003193601126121d5576004356003548110156121d557600354811015612db15760035f527fc2575a0e9e593c00f959f8c92f12db2869c3395a3b0502d05e2516446f71f85b0154604051908152602090f35b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b346121d5575f6003193601126121d557602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346121d55760406003193601126121d557612e47613448565b73ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000163303612f3d57612e91600491823561443d565b0180546fffffffffffffffffffffffffffffffff8116156126f55761ffff9060c81c169061ffff8214612f105760016126f392017fffffffffff0000ffffffffffffffffffffffffffffffffffffffffffffffffff7affff0000000000000000000000000000000000000000000000000083549260c81b169116179055565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b7f7ca0fc18000000000000000000000000000000000000000000000000000000005f5260045ffd5b346121d55760206003193601126121d557612f7e61376f565b506004355f52600660205273ffffffffffffffffffffffffffffffffffffffff60405f206107d160405191612fb2836135ac565b63ffffffff8154858116855260ff612fe460016020880195838560a01c1687528560408a019560a81c168552016136b1565b9360608701948552604051978897602089525116602088015251166040860152511660608401525160808084015260a08301906134cd565b346121d55760206003193601126121d55773ffffffffffffffffffffffffffffffffffffffff61304a6133ef565b165f52600b602052602063ffffffff60405f205416604051908152f35b346121d55760206003193601126121d55773ffffffffffffffffffffffffffffffffffffffff6130956133ef565b606060806040516130a5816135c8565b5f81525f60208201525f60408201525f838201520152165f52600560205260405f206040516130d3816135c8565b815481526107d1600183015473ffffffffffffffffffffffffffffffffffffffff602084019467ffffffffffffffff8316865281604086019360401c1683528161312d6003826002850154169360608901948552016136b1565b936080870194855267ffffffffffffffff60405198899860208a525160208a01525116604088015251166060860152511660808401525160a08084015260c08301906134cd565b346121d55761318236613489565b92919061318e836143e9565b50613199828461443d565b50831515806131ee575b15612c2e577f5e0e4a63c603665b6121ddc65cc835b3e184f10462695576d9d0644ba8a73b39916131e963ffffffff926040519384936020855216966020840191613640565b0390a3005b5060408411156131a3565b346121d5575f6003193601126121d557602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346121d55760206003193601126121d55763ffffffff613267613435565b5f6060604051613276816135ac565b8281528260208201528260408201520152165f526009602052608060405f20604051906132a2826135ac565b5467ffffffffffffffff63ffffffff82169283815263ffffffff60208201818560201c16815260ff60606040850194868860401c1686520195881c161515855260405195865251166020850152511660408301525115156060820152f35b346121d55760206003193601126121d55773ffffffffffffffffffffffffffffffffffffffff61332e6133ef565b165f908152600560209081526040918290206001810154600290910154835167ffffffffffffffff9092161515825273ffffffffffffffffffffffffffffffffffffffff1691810191909152f35b346121d55760206003193601126121d557602061339f61339a6133ef565b613545565b6040519015158152f35b346121d5576020906133ba366133d9565b905f52600f835260405f20905f52825263ffffffff60405f2054168152f35b60031960409101126121d5576004359060243590565b6004359073ffffffffffffffffffffffffffffffffffffffff821682036121d557565b6024359073ffffffffffffffffffffffffffffffffffffffff821682036121d557565b6004359063ffffffff821682036121d557565b6024359063ffffffff821682036121d557565b9181601f840112156121d55782359167ffffffffffffffff83116121d557602083818601950101116121d557565b60606003198201126121d5576004359160243563ffffffff811681036121d557916044359067ffffffffffffffff82116121d5576134c99160040161345b565b9091565b90601f19601f602080948051918291828752018686015e5f8582860101520116010190565b600154811015612db15760015f5260205f2001905f90565b8054821015612db1575f5260205f2001905f90565b6044359067ffffffffffffffff821682036121d557565b6044359081151582036121d557565b73ffffffffffffffffffffffffffffffffffffffff16805f52600560205267ffffffffffffffff600160405f2001541615159081613581575090565b90505f52600560205273ffffffffffffffffffffffffffffffffffffffff600260405f200154161590565b6080810190811067ffffffffffffffff82111761257657604052565b60a0810190811067ffffffffffffffff82111761257657604052565b60e0810190811067ffffffffffffffff82111761257657604052565b6101a0810190811067ffffffffffffffff82111761257657604052565b90601f601f19910116810190811067ffffffffffffffff82111761257657604052565b601f8260209493601f1993818652868601375f8582860101520116010190565b90600182811c921680156136a7575b602083101461367a57565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602260045260245ffd5b91607f169161366f565b9060405191825f8254926136c484613660565b808452936001811690811561372f57506001146136eb575b506136e99250038361361d565b565b90505f9291925260205f20905f915b8183106137135750509060206136e9928201015f6136dc565b60209193508060019154838589010152019101909184926136fa565b602093506136e99592507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0091501682840152151560051b8201015f6136dc565b6040519061377c826135ac565b606080835f81525f60208201525f60408201520152565b9067ffffffffffffffff8091169116019067ffffffffffffffff8211612f1057565b919091601f83116137c6575b505050565b8183116137d257505050565b5f5260205f206020601f830160051c921061380b575b81601f9101920160051c03905f5b828110156137c1575f828201556001016137f6565b5f91506137e8565b9190603461386891836040519485927fffffffffffffffffffffffffffffffffffffffff000000000000000000000000602085019860601b1688528484013781015f838201520301601f19810183528261361d565b51902090565b63ffffffff60019116019063ffffffff8211612f1057565b67ffffffffffffffff811161257657601f01601f191660200190565b9291926138ae82613886565b916138bc604051938461361d565b8294818452818301116121d5578281602093845f960137010152565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1813603018212156121d5570180359067ffffffffffffffff82116121d5576020019181360383136121d557565b3567ffffffffffffffff811681036121d55790565b91908201809211612f1057565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1813603018212156121d5570180359067ffffffffffffffff82116121d557602001918160051b360383136121d557565b9081356139ab816143e9565b92602081013590811561267757606081016139c681836138d8565b80151591508161434b575b5015612c2e57835f52600f60205260405f20835f5260205263ffffffff60405f205416612d2f57335f52600b60205263ffffffff60405f20541680151580614329575b6142fe5750855493613a2e63ffffffff8660a81c1661386e565b9663ffffffff88169560018711614261575b7fffffffffffffff00000000ffffffffffffffffffffffffffffffffffffffffff78ffffffff0000000000000000000000000000000000000000008a60a81b169116179055805f52600f60205260405f20845f5260205260405f208563ffffffff198254161790556004549363ffffffff85169563ffffffff8714612f1057600163ffffffff1997019563ffffffff87169788911617600455865f52600a6020528260405f2055825f52600760205260405f20815f5260205260405f209282845560408601359283600186015560a0870135908160028701556080880196613b2788613929565b6003880180547fffffffffffffffffffffffffffffffff000000000000000000000000000000001667ffffffffffffffff92909216919091174360401b6fffffffffffffffff000000000000000016178155805477ffffffffffffffffffffffffffffffffffffffffffffffff164260c01b7fffffffffffffffff000000000000000000000000000000000000000000000000161790556004870180547fff00000000ffffffffffffffffffffffffffffffffffffffffffffffffffffff1660d88c901b7effffffff00000000000000000000000000000000000000000000000000000016178155966005613c1c838c6138d8565b919092019167ffffffffffffffff821161257657613c3e8261120d8554613660565b5f90601f83116001146141d557827f9f7608c9036b4d89ea5ce2c821cc24a418b1d5774f639a4c33a6a762491a17ba97969593613c9c9593613c93935f926141ca5750505f198260011b9260031b1c19161790565b90555b8a6138d8565b9267ffffffffffffffff613cd2613cb28c613929565b9360405196879687528b602088015260c0604088015260c0870191613640565b9216606084015260808301523460a08301520390a367ffffffffffffffff613cf984613929565b16156141435715612677576fffffffffffffffffffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016803410801561412a575b6140ff5750613d4f82613929565b67ffffffffffffffff613d84817f0000000000000000000000000000000000000000000000000000000000000000164261393e565b91161080156140d6575b6140ae5780547fffffffffffffff00ffffffffffffffff0000000000000000000000000000000016346fffffffffffffffffffffffffffffffff1617780100000000000000000000000000000000000000000000000017905563ffffffff61012083013590811691908290036121d557613e0790613929565b93335f52600b6020528663ffffffff60405f2054168315155f14614088575050815f52600960205260405f209384549460ff8660801c16158015614068575b8015614030575b6140085780547fffffffffffffffffffffffffffffffffffffffffffffffff00000000ffffffff16602092831b67ffffffff0000000016179055879463ffffffff911c81165b1680613fbb575b67ffffffffffffffff6136e996613f3463ffffffff613f759460405197613ec0896135ac565b8852602088019081528460408901941684526060880196600188525f526009602052818060405f209951161663ffffffff19895416178855511686907fffffffffffffffffffffffffffffffffffffffffffffffff00000000ffffffff67ffffffff0000000083549260201b169116179055565b5184547fffffffffffffffffffffffffffffffff0000000000000000ffffffffffffffff16911660401b6fffffffffffffffff000000000000000016178355565b5181547fffffffffffffffffffffffffffffff00ffffffffffffffffffffffffffffffff1690151560801b70ff00000000000000000000000000000000161790556146e4565b8094505f52600960205267ffffffffffffffff60405f205460401c1667ffffffffffffffff861611614008575f848152600960205260409020805463ffffffff1916821790558693613e9a565b7f338ca209000000000000000000000000000000000000000000000000000000005f5260045ffd5b50835f52600a60205260405f20545f5260066020523373ffffffffffffffffffffffffffffffffffffffff60405f2054161415613e4d565b5067ffffffffffffffff871667ffffffffffffffff8760401c1611613e46565b63ffffffff919550335f52600b60205260405f208363ffffffff19825416179055613e93565b7f0137f4a0000000000000000000000000000000000000000000000000000000005f5260045ffd5b506140e082613929565b63bc191380420190814211612f105767ffffffffffffffff1611613d8e565b7f6d393ee6000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b506fffffffffffffffffffffffffffffffff3411613d41565b505050915050919091341590811591614187575b5061415f5790565b7f74f5049e000000000000000000000000000000000000000000000000000000005f5260045ffd5b6141c291506141ae6141b661419f60c08401846138d8565b90506141ae60e08501856138d8565b91905061393e565b9161010081019061394b565b15155f614157565b013590505f8061122e565b601f19831691845f5260205f20925f5b81811061424957509260019285927f9f7608c9036b4d89ea5ce2c821cc24a418b1d5774f639a4c33a6a762491a17ba9a999896613c9c989610614230575b505050811b019055613c96565b5f1960f88560031b161c199101351690555f8080614223565b919360206001819287870135815501950192016141e5565b825f52600760205260405f205f19880163ffffffff8111612f105763ffffffff165f5260205267ffffffffffffffff6142c5600360405f20015460c01c7f000000000000000000000000000000000000000000000000000000000000000090613793565b168042106142d35750613a40565b7fe08a03ea000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f73605675000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b50805f52600960205267ffffffffffffffff60405f205460401c164211613a14565b6040915011155f6139d1565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f000000000000000000000000000000000000000000000000000000000000000060408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a0815261386860c08261361d565b5f52600660205260405f209073ffffffffffffffffffffffffffffffffffffffff825416330361441557565b7f6cc8883a000000000000000000000000000000000000000000000000000000005f5260045ffd5b5f52600760205263ffffffff60405f2091165f5260205260405f209081541561446257565b7f0cf64598000000000000000000000000000000000000000000000000000000005f5260045ffd5b9091606063ffffffff60047fd7b1be61eb76b785c911d08e16f2a00b8c44ceec51f51c5908fc37d6b6e19cc29301946fffffffffffffffffffffffffffffffff865416957fffffffffffffffffffffffffffffffff0000000000000000000000000000000081541690556144fd86614b01565b6040519586525f60208701525f60408701521693a3565b8115801561465e575b614658575f5b82811015614650577fff0000000000000000000000000000000000000000000000000000000000000081830135167f61000000000000000000000000000000000000000000000000000000000000008110159081614625575b81156145c9575b811561459f575b501561459857600101614523565b5050505f90565b7f2d000000000000000000000000000000000000000000000000000000000000009150145f61458a565b90507f3000000000000000000000000000000000000000000000000000000000000000811015806145fb575b90614583565b507f39000000000000000000000000000000000000000000000000000000000000008111156145f5565b7f7a00000000000000000000000000000000000000000000000000000000000000811115915061457c565b505050600190565b50505f90565b506040821161451d565b5f80809381935af13d156146c7573d61468081613886565b9061468e604051928361361d565b81525f60203d92013e5b1561469f57565b7f34e4a710000000000000000000000000000000000000000000000000000000005f5260045ffd5b614698565b67ffffffffffffffff81116125765760051b60200190565b9060e08201916146f483826138d8565b905015614a005761470860c08201826138d8565b15801591506149eb575b6149c3576101008101614725818361394b565b905060ff7f000000000000000000000000000000000000000000000000000000000000000016036148e65781359161476761476086836138d8565b36916138a2565b6020815191012061477a60808301613929565b67ffffffffffffffff6040519160208301937f38c2a7cfb00810eae08a5c9a2cf0f0a54c55fd33cbf54e45ae5e558944cd563c85528760408501526020860135606085015260808401521660a082015260a081526147d960c08261361d565b519020956147e7838361394b565b94905061480c6147f6866146cc565b95614804604051978861361d565b8087526146cc565b90601f196020870192013683375f965f5b875181101561491e57614830878761394b565b8291921015612db1576148a58c61484e8360051b94858101906138d8565b91614857614357565b906040519060208201927f19010000000000000000000000000000000000000000000000000000000000008452602283015260428201526042815261489d60628261361d565b519020614b4c565b73ffffffffffffffffffffffffffffffffffffffff8082169b168b1180159061490e575b6148e657998951821015612db15760206001938b0101520161481d565b7f75811bc1000000000000000000000000000000000000000000000000000000005f5260045ffd5b5061491881613545565b156148c9565b50945095509560209197506149379061494b95936138d8565b949060405195604087526040870191613640565b918483038286015251918281520194905f5b81811061499757505050908063ffffffff7fcdda27b2abcd819f670f0eea556eb9db2e739d87effbeab3d769cd505a16a0359316940390a3565b825173ffffffffffffffffffffffffffffffffffffffff1687526020968701969092019160010161495d565b7fb39a1c07000000000000000000000000000000000000000000000000000000005f5260045ffd5b5060406149f884836138d8565b905011614712565b915060c0820190614a1182846138d8565b9050158015614a86575b6149c357614a2d61010084018461394b565b90506148e65763ffffffff7f58bffb8e8b0c538807b0ff02780280a3c9d496e89972e5c7c6c19e50dcba0e8891614a67614a8194866138d8565b949060405193849360208552169635956020840191613640565b0390a3565b50618000614a9483856138d8565b905011614a1b565b8115614afd57602073ffffffffffffffffffffffffffffffffffffffff7f9c9e0cdb1670e88302408e5b941dc636f63a3293204694bb68910fcf3d9305f3921692835f525f825260405f20614af282825461393e565b9055604051908152a2565b5050565b8015614b49575f808080937f4cd1cedac1faabaf2d2d626f6caa6a7df4cf69ec7ecc3bcae2f938bdedc860716020604051838152a1815af13d156146c7573d61468081613886565b50565b9060418303614598578260401015612db157604081013560f81c91601b83141580614bf2575b614bea57836040116121d5576020820135937f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08511614be1576020116121d5576020935f936080933590604051938452868401526040830152606082015282805260015afa156121ca575f5190565b50505050505f90565b505050505f90565b50601c831415614b7256",
}

// Registry is an auto generated Go binding around an Ethereum contract.
type Registry struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Registry) GetABI() abi.ABI {
	return c.abi
}

// NewRegistry creates a new instance of Registry.
func NewRegistry() *Registry {
	parsed, err := RegistryMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Registry{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Registry) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor((uint64,uint64,uint64,uint64,uint128,uint8,bool) t, address runLog_, address verifier_) returns()
func (registry *Registry) PackConstructor(t RegistryTerms, runLog_ common.Address, verifier_ common.Address) []byte {
	enc, err := registry.abi.Pack("", t, runLog_, verifier_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackAddKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xcab6054f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function addKey(bytes32 circuit, bytes32 vkHash, bool development_, bytes transcriptCid) returns()
func (registry *Registry) PackAddKey(circuit [32]byte, vkHash [32]byte, development bool, transcriptCid []byte) []byte {
	enc, err := registry.abi.Pack("addKey", circuit, vkHash, development, transcriptCid)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAddKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xcab6054f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function addKey(bytes32 circuit, bytes32 vkHash, bool development_, bytes transcriptCid) returns()
func (registry *Registry) TryPackAddKey(circuit [32]byte, vkHash [32]byte, development bool, transcriptCid []byte) ([]byte, error) {
	return registry.abi.Pack("addKey", circuit, vkHash, development, transcriptCid)
}

// PackClaimNode is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xac05cef5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function claimNode(address previous) returns()
func (registry *Registry) PackClaimNode(previous common.Address) []byte {
	enc, err := registry.abi.Pack("claimNode", previous)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClaimNode is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xac05cef5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function claimNode(address previous) returns()
func (registry *Registry) TryPackClaimNode(previous common.Address) ([]byte, error) {
	return registry.abi.Pack("claimNode", previous)
}

// PackClaimPlugin is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb9d37e75.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function claimPlugin(bytes32 plugin, bytes32 previous) returns()
func (registry *Registry) PackClaimPlugin(plugin [32]byte, previous [32]byte) []byte {
	enc, err := registry.abi.Pack("claimPlugin", plugin, previous)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClaimPlugin is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb9d37e75.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function claimPlugin(bytes32 plugin, bytes32 previous) returns()
func (registry *Registry) TryPackClaimPlugin(plugin [32]byte, previous [32]byte) ([]byte, error) {
	return registry.abi.Pack("claimPlugin", plugin, previous)
}

// PackCollect is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe5225381.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function collect() returns()
func (registry *Registry) PackCollect() []byte {
	enc, err := registry.abi.Pack("collect")
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
func (registry *Registry) TryPackCollect() ([]byte, error) {
	return registry.abi.Pack("collect")
}

// PackCommitModel is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe7a16f52.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function commitModel((bytes32,bytes32,bytes32,bytes,uint64,bytes32,bytes,bytes,bytes[],uint32) c) payable returns(uint32 version)
func (registry *Registry) PackCommitModel(c RegistryCommit) []byte {
	enc, err := registry.abi.Pack("commitModel", c)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCommitModel is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe7a16f52.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function commitModel((bytes32,bytes32,bytes32,bytes,uint64,bytes32,bytes,bytes,bytes[],uint32) c) payable returns(uint32 version)
func (registry *Registry) TryPackCommitModel(c RegistryCommit) ([]byte, error) {
	return registry.abi.Pack("commitModel", c)
}

// UnpackCommitModel is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe7a16f52.
//
// Solidity: function commitModel((bytes32,bytes32,bytes32,bytes,uint64,bytes32,bytes,bytes,bytes[],uint32) c) payable returns(uint32 version)
func (registry *Registry) UnpackCommitModel(data []byte) (uint32, error) {
	out, err := registry.abi.Unpack("commitModel", data)
	if err != nil {
		return *new(uint32), err
	}
	out0 := *abi.ConvertType(out[0], new(uint32)).(*uint32)
	return out0, nil
}

// PackCredits is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfe5ff468.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function credits(address who) view returns(uint256)
func (registry *Registry) PackCredits(who common.Address) []byte {
	enc, err := registry.abi.Pack("credits", who)
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
func (registry *Registry) TryPackCredits(who common.Address) ([]byte, error) {
	return registry.abi.Pack("credits", who)
}

// UnpackCredits is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfe5ff468.
//
// Solidity: function credits(address who) view returns(uint256)
func (registry *Registry) UnpackCredits(data []byte) (*big.Int, error) {
	out, err := registry.abi.Unpack("credits", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackDevelopment is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7b929c27.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function development() view returns(bool)
func (registry *Registry) PackDevelopment() []byte {
	enc, err := registry.abi.Pack("development")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDevelopment is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7b929c27.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function development() view returns(bool)
func (registry *Registry) TryPackDevelopment() ([]byte, error) {
	return registry.abi.Pack("development")
}

// UnpackDevelopment is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7b929c27.
//
// Solidity: function development() view returns(bool)
func (registry *Registry) UnpackDevelopment(data []byte) (bool, error) {
	out, err := registry.abi.Unpack("development", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackDomainSeparator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf698da25.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (registry *Registry) PackDomainSeparator() []byte {
	enc, err := registry.abi.Pack("domainSeparator")
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
func (registry *Registry) TryPackDomainSeparator() ([]byte, error) {
	return registry.abi.Pack("domainSeparator")
}

// UnpackDomainSeparator is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf698da25.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (registry *Registry) UnpackDomainSeparator(data []byte) ([32]byte, error) {
	out, err := registry.abi.Unpack("domainSeparator", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackDues is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x043e06d7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function dues(uint32 id) view returns((uint32,uint32,uint64,bool))
func (registry *Registry) PackDues(id uint32) []byte {
	enc, err := registry.abi.Pack("dues", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDues is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x043e06d7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function dues(uint32 id) view returns((uint32,uint32,uint64,bool))
func (registry *Registry) TryPackDues(id uint32) ([]byte, error) {
	return registry.abi.Pack("dues", id)
}

// UnpackDues is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x043e06d7.
//
// Solidity: function dues(uint32 id) view returns((uint32,uint32,uint64,bool))
func (registry *Registry) UnpackDues(data []byte) (RegistryDue, error) {
	out, err := registry.abi.Unpack("dues", data)
	if err != nil {
		return *new(RegistryDue), err
	}
	out0 := *abi.ConvertType(out[0], new(RegistryDue)).(*RegistryDue)
	return out0, nil
}

// PackFirstDue is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x208ae02b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function firstDue(address publisher) view returns(uint32 id)
func (registry *Registry) PackFirstDue(publisher common.Address) []byte {
	enc, err := registry.abi.Pack("firstDue", publisher)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFirstDue is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x208ae02b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function firstDue(address publisher) view returns(uint32 id)
func (registry *Registry) TryPackFirstDue(publisher common.Address) ([]byte, error) {
	return registry.abi.Pack("firstDue", publisher)
}

// UnpackFirstDue is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x208ae02b.
//
// Solidity: function firstDue(address publisher) view returns(uint32 id)
func (registry *Registry) UnpackFirstDue(data []byte) (uint32, error) {
	out, err := registry.abi.Unpack("firstDue", data)
	if err != nil {
		return *new(uint32), err
	}
	out0 := *abi.ConvertType(out[0], new(uint32)).(*uint32)
	return out0, nil
}

// PackHasKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x696eb375.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function hasKey(bytes32 vkHash) view returns(bool)
func (registry *Registry) PackHasKey(vkHash [32]byte) []byte {
	enc, err := registry.abi.Pack("hasKey", vkHash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackHasKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x696eb375.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function hasKey(bytes32 vkHash) view returns(bool)
func (registry *Registry) TryPackHasKey(vkHash [32]byte) ([]byte, error) {
	return registry.abi.Pack("hasKey", vkHash)
}

// UnpackHasKey is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x696eb375.
//
// Solidity: function hasKey(bytes32 vkHash) view returns(bool)
func (registry *Registry) UnpackHasKey(data []byte) (bool, error) {
	out, err := registry.abi.Unpack("hasKey", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackHoldBond is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2abbdd6c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function holdBond(bytes32 plugin, uint32 version) returns()
func (registry *Registry) PackHoldBond(plugin [32]byte, version uint32) []byte {
	enc, err := registry.abi.Pack("holdBond", plugin, version)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackHoldBond is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2abbdd6c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function holdBond(bytes32 plugin, uint32 version) returns()
func (registry *Registry) TryPackHoldBond(plugin [32]byte, version uint32) ([]byte, error) {
	return registry.abi.Pack("holdBond", plugin, version)
}

// PackIsNode is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x01750152.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isNode(address node) view returns(bool)
func (registry *Registry) PackIsNode(node common.Address) []byte {
	enc, err := registry.abi.Pack("isNode", node)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIsNode is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x01750152.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function isNode(address node) view returns(bool)
func (registry *Registry) TryPackIsNode(node common.Address) ([]byte, error) {
	return registry.abi.Pack("isNode", node)
}

// UnpackIsNode is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x01750152.
//
// Solidity: function isNode(address node) view returns(bool)
func (registry *Registry) UnpackIsNode(data []byte) (bool, error) {
	out, err := registry.abi.Unpack("isNode", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackKeyAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4223b5c2.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function keyAt(uint256 ) view returns(bytes32)
func (registry *Registry) PackKeyAt(arg0 *big.Int) []byte {
	enc, err := registry.abi.Pack("keyAt", arg0)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackKeyAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4223b5c2.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function keyAt(uint256 ) view returns(bytes32)
func (registry *Registry) TryPackKeyAt(arg0 *big.Int) ([]byte, error) {
	return registry.abi.Pack("keyAt", arg0)
}

// UnpackKeyAt is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x4223b5c2.
//
// Solidity: function keyAt(uint256 ) view returns(bytes32)
func (registry *Registry) UnpackKeyAt(data []byte) ([32]byte, error) {
	out, err := registry.abi.Unpack("keyAt", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackKeyCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfac750e0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function keyCount() view returns(uint256)
func (registry *Registry) PackKeyCount() []byte {
	enc, err := registry.abi.Pack("keyCount")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackKeyCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfac750e0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function keyCount() view returns(uint256)
func (registry *Registry) TryPackKeyCount() ([]byte, error) {
	return registry.abi.Pack("keyCount")
}

// UnpackKeyCount is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfac750e0.
//
// Solidity: function keyCount() view returns(uint256)
func (registry *Registry) UnpackKeyCount(data []byte) (*big.Int, error) {
	out, err := registry.abi.Unpack("keyCount", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackKeys is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdde5b7a1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function keys(bytes32 vkHash) view returns((bytes32,uint64,bool,bytes))
func (registry *Registry) PackKeys(vkHash [32]byte) []byte {
	enc, err := registry.abi.Pack("keys", vkHash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackKeys is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdde5b7a1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function keys(bytes32 vkHash) view returns((bytes32,uint64,bool,bytes))
func (registry *Registry) TryPackKeys(vkHash [32]byte) ([]byte, error) {
	return registry.abi.Pack("keys", vkHash)
}

// UnpackKeys is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdde5b7a1.
//
// Solidity: function keys(bytes32 vkHash) view returns((bytes32,uint64,bool,bytes))
func (registry *Registry) UnpackKeys(data []byte) (RegistryKey, error) {
	out, err := registry.abi.Unpack("keys", data)
	if err != nil {
		return *new(RegistryKey), err
	}
	out0 := *abi.ConvertType(out[0], new(RegistryKey)).(*RegistryKey)
	return out0, nil
}

// PackModelCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc6a645fe.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function modelCount() view returns(uint32)
func (registry *Registry) PackModelCount() []byte {
	enc, err := registry.abi.Pack("modelCount")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackModelCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc6a645fe.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function modelCount() view returns(uint32)
func (registry *Registry) TryPackModelCount() ([]byte, error) {
	return registry.abi.Pack("modelCount")
}

// UnpackModelCount is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc6a645fe.
//
// Solidity: function modelCount() view returns(uint32)
func (registry *Registry) UnpackModelCount(data []byte) (uint32, error) {
	out, err := registry.abi.Unpack("modelCount", data)
	if err != nil {
		return *new(uint32), err
	}
	out0 := *abi.ConvertType(out[0], new(uint32)).(*uint32)
	return out0, nil
}

// PackModelPlugin is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x45c9d8bc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function modelPlugin(uint32 id) view returns(bytes32)
func (registry *Registry) PackModelPlugin(id uint32) []byte {
	enc, err := registry.abi.Pack("modelPlugin", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackModelPlugin is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x45c9d8bc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function modelPlugin(uint32 id) view returns(bytes32)
func (registry *Registry) TryPackModelPlugin(id uint32) ([]byte, error) {
	return registry.abi.Pack("modelPlugin", id)
}

// UnpackModelPlugin is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x45c9d8bc.
//
// Solidity: function modelPlugin(uint32 id) view returns(bytes32)
func (registry *Registry) UnpackModelPlugin(data []byte) ([32]byte, error) {
	out, err := registry.abi.Unpack("modelPlugin", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackModels is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xecce6d91.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function models(bytes32 plugin, uint32 version) view returns((bytes32,bytes32,bytes32,uint64,uint64,uint64,uint64,uint128,uint64,uint8,uint16,uint32,bytes))
func (registry *Registry) PackModels(plugin [32]byte, version uint32) []byte {
	enc, err := registry.abi.Pack("models", plugin, version)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackModels is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xecce6d91.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function models(bytes32 plugin, uint32 version) view returns((bytes32,bytes32,bytes32,uint64,uint64,uint64,uint64,uint128,uint64,uint8,uint16,uint32,bytes))
func (registry *Registry) TryPackModels(plugin [32]byte, version uint32) ([]byte, error) {
	return registry.abi.Pack("models", plugin, version)
}

// UnpackModels is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xecce6d91.
//
// Solidity: function models(bytes32 plugin, uint32 version) view returns((bytes32,bytes32,bytes32,uint64,uint64,uint64,uint64,uint128,uint64,uint8,uint16,uint32,bytes))
func (registry *Registry) UnpackModels(data []byte) (RegistryModel, error) {
	out, err := registry.abi.Unpack("models", data)
	if err != nil {
		return *new(RegistryModel), err
	}
	out0 := *abi.ConvertType(out[0], new(RegistryModel)).(*RegistryModel)
	return out0, nil
}

// PackNodeAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf927727c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function nodeAt(uint256 ) view returns(address)
func (registry *Registry) PackNodeAt(arg0 *big.Int) []byte {
	enc, err := registry.abi.Pack("nodeAt", arg0)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackNodeAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf927727c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function nodeAt(uint256 ) view returns(address)
func (registry *Registry) TryPackNodeAt(arg0 *big.Int) ([]byte, error) {
	return registry.abi.Pack("nodeAt", arg0)
}

// UnpackNodeAt is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf927727c.
//
// Solidity: function nodeAt(uint256 ) view returns(address)
func (registry *Registry) UnpackNodeAt(data []byte) (common.Address, error) {
	out, err := registry.abi.Unpack("nodeAt", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackNodeCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6da49b83.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function nodeCount() view returns(uint256)
func (registry *Registry) PackNodeCount() []byte {
	enc, err := registry.abi.Pack("nodeCount")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackNodeCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6da49b83.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function nodeCount() view returns(uint256)
func (registry *Registry) TryPackNodeCount() ([]byte, error) {
	return registry.abi.Pack("nodeCount")
}

// UnpackNodeCount is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6da49b83.
//
// Solidity: function nodeCount() view returns(uint256)
func (registry *Registry) UnpackNodeCount(data []byte) (*big.Int, error) {
	out, err := registry.abi.Unpack("nodeCount", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackNodeRecord is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x02b9ed72.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function nodeRecord(address node) view returns(bool known, address successor)
func (registry *Registry) PackNodeRecord(node common.Address) []byte {
	enc, err := registry.abi.Pack("nodeRecord", node)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackNodeRecord is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x02b9ed72.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function nodeRecord(address node) view returns(bool known, address successor)
func (registry *Registry) TryPackNodeRecord(node common.Address) ([]byte, error) {
	return registry.abi.Pack("nodeRecord", node)
}

// NodeRecordOutput serves as a container for the return parameters of contract
// method NodeRecord.
type NodeRecordOutput struct {
	Known     bool
	Successor common.Address
}

// UnpackNodeRecord is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x02b9ed72.
//
// Solidity: function nodeRecord(address node) view returns(bool known, address successor)
func (registry *Registry) UnpackNodeRecord(data []byte) (NodeRecordOutput, error) {
	out, err := registry.abi.Unpack("nodeRecord", data)
	outstruct := new(NodeRecordOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Known = *abi.ConvertType(out[0], new(bool)).(*bool)
	outstruct.Successor = *abi.ConvertType(out[1], new(common.Address)).(*common.Address)
	return *outstruct, nil
}

// PackNodes is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x189a5a17.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function nodes(address node) view returns((bytes32,uint64,address,address,string))
func (registry *Registry) PackNodes(node common.Address) []byte {
	enc, err := registry.abi.Pack("nodes", node)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackNodes is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x189a5a17.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function nodes(address node) view returns((bytes32,uint64,address,address,string))
func (registry *Registry) TryPackNodes(node common.Address) ([]byte, error) {
	return registry.abi.Pack("nodes", node)
}

// UnpackNodes is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x189a5a17.
//
// Solidity: function nodes(address node) view returns((bytes32,uint64,address,address,string))
func (registry *Registry) UnpackNodes(data []byte) (RegistryNode, error) {
	out, err := registry.abi.Unpack("nodes", data)
	if err != nil {
		return *new(RegistryNode), err
	}
	out0 := *abi.ConvertType(out[0], new(RegistryNode)).(*RegistryNode)
	return out0, nil
}

// PackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function owner() view returns(address)
func (registry *Registry) PackOwner() []byte {
	enc, err := registry.abi.Pack("owner")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function owner() view returns(address)
func (registry *Registry) TryPackOwner() ([]byte, error) {
	return registry.abi.Pack("owner")
}

// UnpackOwner is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8da5cb5b.
//
// Solidity: function owner() view returns(address)
func (registry *Registry) UnpackOwner(data []byte) (common.Address, error) {
	out, err := registry.abi.Unpack("owner", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackPluginAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7855ffe3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function pluginAt(uint256 ) view returns(bytes32)
func (registry *Registry) PackPluginAt(arg0 *big.Int) []byte {
	enc, err := registry.abi.Pack("pluginAt", arg0)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPluginAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7855ffe3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function pluginAt(uint256 ) view returns(bytes32)
func (registry *Registry) TryPackPluginAt(arg0 *big.Int) ([]byte, error) {
	return registry.abi.Pack("pluginAt", arg0)
}

// UnpackPluginAt is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7855ffe3.
//
// Solidity: function pluginAt(uint256 ) view returns(bytes32)
func (registry *Registry) UnpackPluginAt(data []byte) ([32]byte, error) {
	out, err := registry.abi.Unpack("pluginAt", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackPluginCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf9b90ee0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function pluginCount() view returns(uint256)
func (registry *Registry) PackPluginCount() []byte {
	enc, err := registry.abi.Pack("pluginCount")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPluginCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf9b90ee0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function pluginCount() view returns(uint256)
func (registry *Registry) TryPackPluginCount() ([]byte, error) {
	return registry.abi.Pack("pluginCount")
}

// UnpackPluginCount is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf9b90ee0.
//
// Solidity: function pluginCount() view returns(uint256)
func (registry *Registry) UnpackPluginCount(data []byte) (*big.Int, error) {
	out, err := registry.abi.Unpack("pluginCount", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackPluginId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5d243c16.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function pluginId(address publisher, string slug) pure returns(bytes32)
func (registry *Registry) PackPluginId(publisher common.Address, slug string) []byte {
	enc, err := registry.abi.Pack("pluginId", publisher, slug)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPluginId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5d243c16.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function pluginId(address publisher, string slug) pure returns(bytes32)
func (registry *Registry) TryPackPluginId(publisher common.Address, slug string) ([]byte, error) {
	return registry.abi.Pack("pluginId", publisher, slug)
}

// UnpackPluginId is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5d243c16.
//
// Solidity: function pluginId(address publisher, string slug) pure returns(bytes32)
func (registry *Registry) UnpackPluginId(data []byte) ([32]byte, error) {
	out, err := registry.abi.Unpack("pluginId", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackPlugins is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2ab71b69.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function plugins(bytes32 plugin) view returns((address,uint8,uint32,string))
func (registry *Registry) PackPlugins(plugin [32]byte) []byte {
	enc, err := registry.abi.Pack("plugins", plugin)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPlugins is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2ab71b69.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function plugins(bytes32 plugin) view returns((address,uint8,uint32,string))
func (registry *Registry) TryPackPlugins(plugin [32]byte) ([]byte, error) {
	return registry.abi.Pack("plugins", plugin)
}

// UnpackPlugins is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2ab71b69.
//
// Solidity: function plugins(bytes32 plugin) view returns((address,uint8,uint32,string))
func (registry *Registry) UnpackPlugins(data []byte) (RegistryPlugin, error) {
	out, err := registry.abi.Unpack("plugins", data)
	if err != nil {
		return *new(RegistryPlugin), err
	}
	out0 := *abi.ConvertType(out[0], new(RegistryPlugin)).(*RegistryPlugin)
	return out0, nil
}

// PackPreviousOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x80664575.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function previousOf(bytes32 plugin) view returns(bytes32 previous)
func (registry *Registry) PackPreviousOf(plugin [32]byte) []byte {
	enc, err := registry.abi.Pack("previousOf", plugin)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPreviousOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x80664575.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function previousOf(bytes32 plugin) view returns(bytes32 previous)
func (registry *Registry) TryPackPreviousOf(plugin [32]byte) ([]byte, error) {
	return registry.abi.Pack("previousOf", plugin)
}

// UnpackPreviousOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x80664575.
//
// Solidity: function previousOf(bytes32 plugin) view returns(bytes32 previous)
func (registry *Registry) UnpackPreviousOf(data []byte) ([32]byte, error) {
	out, err := registry.abi.Unpack("previousOf", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackPublishPlugin is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x83455158.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function publishPlugin(string slug, uint8 kind) returns(bytes32 plugin)
func (registry *Registry) PackPublishPlugin(slug string, kind uint8) []byte {
	enc, err := registry.abi.Pack("publishPlugin", slug, kind)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPublishPlugin is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x83455158.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function publishPlugin(string slug, uint8 kind) returns(bytes32 plugin)
func (registry *Registry) TryPackPublishPlugin(slug string, kind uint8) ([]byte, error) {
	return registry.abi.Pack("publishPlugin", slug, kind)
}

// UnpackPublishPlugin is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x83455158.
//
// Solidity: function publishPlugin(string slug, uint8 kind) returns(bytes32 plugin)
func (registry *Registry) UnpackPublishPlugin(data []byte) ([32]byte, error) {
	out, err := registry.abi.Unpack("publishPlugin", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackPublishReport is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xccd12c60.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function publishReport(bytes32 plugin, uint32 version, bytes cid) returns()
func (registry *Registry) PackPublishReport(plugin [32]byte, version uint32, cid []byte) []byte {
	enc, err := registry.abi.Pack("publishReport", plugin, version, cid)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPublishReport is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xccd12c60.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function publishReport(bytes32 plugin, uint32 version, bytes cid) returns()
func (registry *Registry) TryPackPublishReport(plugin [32]byte, version uint32, cid []byte) ([]byte, error) {
	return registry.abi.Pack("publishReport", plugin, version, cid)
}

// PackRegisterModel is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x10488662.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function registerModel(bytes32 plugin, uint32 version, bytes cid) returns()
func (registry *Registry) PackRegisterModel(plugin [32]byte, version uint32, cid []byte) []byte {
	enc, err := registry.abi.Pack("registerModel", plugin, version, cid)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRegisterModel is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x10488662.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function registerModel(bytes32 plugin, uint32 version, bytes cid) returns()
func (registry *Registry) TryPackRegisterModel(plugin [32]byte, version uint32, cid []byte) ([]byte, error) {
	return registry.abi.Pack("registerModel", plugin, version, cid)
}

// PackRegisterNode is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x54111bbc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function registerNode(bytes32 logKey, string url) returns()
func (registry *Registry) PackRegisterNode(logKey [32]byte, url string) []byte {
	enc, err := registry.abi.Pack("registerNode", logKey, url)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRegisterNode is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x54111bbc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function registerNode(bytes32 logKey, string url) returns()
func (registry *Registry) TryPackRegisterNode(logKey [32]byte, url string) ([]byte, error) {
	return registry.abi.Pack("registerNode", logKey, url)
}

// PackReveal is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x72cfda6e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function reveal(bytes32 plugin, uint32 version, bytes32 schema, uint256 mask, bytes model, bytes32 vkHash, uint256[12] proof) returns()
func (registry *Registry) PackReveal(plugin [32]byte, version uint32, schema [32]byte, mask *big.Int, model []byte, vkHash [32]byte, proof [12]*big.Int) []byte {
	enc, err := registry.abi.Pack("reveal", plugin, version, schema, mask, model, vkHash, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackReveal is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x72cfda6e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function reveal(bytes32 plugin, uint32 version, bytes32 schema, uint256 mask, bytes model, bytes32 vkHash, uint256[12] proof) returns()
func (registry *Registry) TryPackReveal(plugin [32]byte, version uint32, schema [32]byte, mask *big.Int, model []byte, vkHash [32]byte, proof [12]*big.Int) ([]byte, error) {
	return registry.abi.Pack("reveal", plugin, version, schema, mask, model, vkHash, proof)
}

// PackRevealUnchecked is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4c57303e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function revealUnchecked(bytes32 plugin, uint32 version, bytes shape, bytes cid) returns()
func (registry *Registry) PackRevealUnchecked(plugin [32]byte, version uint32, shape []byte, cid []byte) []byte {
	enc, err := registry.abi.Pack("revealUnchecked", plugin, version, shape, cid)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRevealUnchecked is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4c57303e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function revealUnchecked(bytes32 plugin, uint32 version, bytes shape, bytes cid) returns()
func (registry *Registry) TryPackRevealUnchecked(plugin [32]byte, version uint32, shape []byte, cid []byte) ([]byte, error) {
	return registry.abi.Pack("revealUnchecked", plugin, version, shape, cid)
}

// PackRotateNode is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd8983707.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function rotateNode(address newNode) returns()
func (registry *Registry) PackRotateNode(newNode common.Address) []byte {
	enc, err := registry.abi.Pack("rotateNode", newNode)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRotateNode is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd8983707.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function rotateNode(address newNode) returns()
func (registry *Registry) TryPackRotateNode(newNode common.Address) ([]byte, error) {
	return registry.abi.Pack("rotateNode", newNode)
}

// PackRunLog is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06b94690.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function runLog() view returns(address)
func (registry *Registry) PackRunLog() []byte {
	enc, err := registry.abi.Pack("runLog")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRunLog is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06b94690.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function runLog() view returns(address)
func (registry *Registry) TryPackRunLog() ([]byte, error) {
	return registry.abi.Pack("runLog")
}

// UnpackRunLog is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x06b94690.
//
// Solidity: function runLog() view returns(address)
func (registry *Registry) UnpackRunLog(data []byte) (common.Address, error) {
	out, err := registry.abi.Unpack("runLog", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackSetWorker is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe4af7ae8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setWorker(bytes32 plugin, address worker, bool on) returns()
func (registry *Registry) PackSetWorker(plugin [32]byte, worker common.Address, on bool) []byte {
	enc, err := registry.abi.Pack("setWorker", plugin, worker, on)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetWorker is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe4af7ae8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setWorker(bytes32 plugin, address worker, bool on) returns()
func (registry *Registry) TryPackSetWorker(plugin [32]byte, worker common.Address, on bool) ([]byte, error) {
	return registry.abi.Pack("setWorker", plugin, worker, on)
}

// PackSettleBond is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf944f773.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function settleBond(bytes32 plugin, uint32 version, bool guilty, address finder) returns()
func (registry *Registry) PackSettleBond(plugin [32]byte, version uint32, guilty bool, finder common.Address) []byte {
	enc, err := registry.abi.Pack("settleBond", plugin, version, guilty, finder)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSettleBond is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf944f773.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function settleBond(bytes32 plugin, uint32 version, bool guilty, address finder) returns()
func (registry *Registry) TryPackSettleBond(plugin [32]byte, version uint32, guilty bool, finder common.Address) ([]byte, error) {
	return registry.abi.Pack("settleBond", plugin, version, guilty, finder)
}

// PackSignsFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa22881c3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function signsFor(bytes32 plugin, address who, uint64 atBlock) view returns(bool signs, address publisher)
func (registry *Registry) PackSignsFor(plugin [32]byte, who common.Address, atBlock uint64) []byte {
	enc, err := registry.abi.Pack("signsFor", plugin, who, atBlock)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSignsFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa22881c3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function signsFor(bytes32 plugin, address who, uint64 atBlock) view returns(bool signs, address publisher)
func (registry *Registry) TryPackSignsFor(plugin [32]byte, who common.Address, atBlock uint64) ([]byte, error) {
	return registry.abi.Pack("signsFor", plugin, who, atBlock)
}

// SignsForOutput serves as a container for the return parameters of contract
// method SignsFor.
type SignsForOutput struct {
	Signs     bool
	Publisher common.Address
}

// UnpackSignsFor is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa22881c3.
//
// Solidity: function signsFor(bytes32 plugin, address who, uint64 atBlock) view returns(bool signs, address publisher)
func (registry *Registry) UnpackSignsFor(data []byte) (SignsForOutput, error) {
	out, err := registry.abi.Unpack("signsFor", data)
	outstruct := new(SignsForOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Signs = *abi.ConvertType(out[0], new(bool)).(*bool)
	outstruct.Publisher = *abi.ConvertType(out[1], new(common.Address)).(*common.Address)
	return *outstruct, nil
}

// PackSlashUnrevealed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x50957f8d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function slashUnrevealed(bytes32 plugin, uint32 version) returns()
func (registry *Registry) PackSlashUnrevealed(plugin [32]byte, version uint32) []byte {
	enc, err := registry.abi.Pack("slashUnrevealed", plugin, version)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSlashUnrevealed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x50957f8d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function slashUnrevealed(bytes32 plugin, uint32 version) returns()
func (registry *Registry) TryPackSlashUnrevealed(plugin [32]byte, version uint32) ([]byte, error) {
	return registry.abi.Pack("slashUnrevealed", plugin, version)
}

// PackSuccessorOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xaaa8ab21.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function successorOf(bytes32 plugin) view returns(bytes32 successor)
func (registry *Registry) PackSuccessorOf(plugin [32]byte) []byte {
	enc, err := registry.abi.Pack("successorOf", plugin)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSuccessorOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xaaa8ab21.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function successorOf(bytes32 plugin) view returns(bytes32 successor)
func (registry *Registry) TryPackSuccessorOf(plugin [32]byte) ([]byte, error) {
	return registry.abi.Pack("successorOf", plugin)
}

// UnpackSuccessorOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xaaa8ab21.
//
// Solidity: function successorOf(bytes32 plugin) view returns(bytes32 successor)
func (registry *Registry) UnpackSuccessorOf(data []byte) ([32]byte, error) {
	out, err := registry.abi.Unpack("successorOf", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackTerms is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd5025625.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function terms() view returns((uint64,uint64,uint64,uint64,uint128,uint8,bool))
func (registry *Registry) PackTerms() []byte {
	enc, err := registry.abi.Pack("terms")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTerms is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd5025625.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function terms() view returns((uint64,uint64,uint64,uint64,uint128,uint8,bool))
func (registry *Registry) TryPackTerms() ([]byte, error) {
	return registry.abi.Pack("terms")
}

// UnpackTerms is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xd5025625.
//
// Solidity: function terms() view returns((uint64,uint64,uint64,uint64,uint128,uint8,bool))
func (registry *Registry) UnpackTerms(data []byte) (RegistryTerms, error) {
	out, err := registry.abi.Unpack("terms", data)
	if err != nil {
		return *new(RegistryTerms), err
	}
	out0 := *abi.ConvertType(out[0], new(RegistryTerms)).(*RegistryTerms)
	return out0, nil
}

// PackTransferPlugin is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x44ba8065.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function transferPlugin(bytes32 plugin, bytes32 successor) returns()
func (registry *Registry) PackTransferPlugin(plugin [32]byte, successor [32]byte) []byte {
	enc, err := registry.abi.Pack("transferPlugin", plugin, successor)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTransferPlugin is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x44ba8065.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function transferPlugin(bytes32 plugin, bytes32 successor) returns()
func (registry *Registry) TryPackTransferPlugin(plugin [32]byte, successor [32]byte) ([]byte, error) {
	return registry.abi.Pack("transferPlugin", plugin, successor)
}

// PackVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b7ac3f3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifier() view returns(address)
func (registry *Registry) PackVerifier() []byte {
	enc, err := registry.abi.Pack("verifier")
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
func (registry *Registry) TryPackVerifier() ([]byte, error) {
	return registry.abi.Pack("verifier")
}

// UnpackVerifier is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2b7ac3f3.
//
// Solidity: function verifier() view returns(address)
func (registry *Registry) UnpackVerifier(data []byte) (common.Address, error) {
	out, err := registry.abi.Unpack("verifier", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackVersionOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x00de828e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function versionOf(bytes32 plugin, bytes32 commitment) view returns(uint32)
func (registry *Registry) PackVersionOf(plugin [32]byte, commitment [32]byte) []byte {
	enc, err := registry.abi.Pack("versionOf", plugin, commitment)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVersionOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x00de828e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function versionOf(bytes32 plugin, bytes32 commitment) view returns(uint32)
func (registry *Registry) TryPackVersionOf(plugin [32]byte, commitment [32]byte) ([]byte, error) {
	return registry.abi.Pack("versionOf", plugin, commitment)
}

// UnpackVersionOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x00de828e.
//
// Solidity: function versionOf(bytes32 plugin, bytes32 commitment) view returns(uint32)
func (registry *Registry) UnpackVersionOf(data []byte) (uint32, error) {
	out, err := registry.abi.Unpack("versionOf", data)
	if err != nil {
		return *new(uint32), err
	}
	out0 := *abi.ConvertType(out[0], new(uint32)).(*uint32)
	return out0, nil
}

// PackWasActive is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x64fd1931.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function wasActive(bytes32 plugin, uint32 version, uint64 atBlock) view returns(bool active, bytes32 commitment)
func (registry *Registry) PackWasActive(plugin [32]byte, version uint32, atBlock uint64) []byte {
	enc, err := registry.abi.Pack("wasActive", plugin, version, atBlock)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWasActive is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x64fd1931.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function wasActive(bytes32 plugin, uint32 version, uint64 atBlock) view returns(bool active, bytes32 commitment)
func (registry *Registry) TryPackWasActive(plugin [32]byte, version uint32, atBlock uint64) ([]byte, error) {
	return registry.abi.Pack("wasActive", plugin, version, atBlock)
}

// WasActiveOutput serves as a container for the return parameters of contract
// method WasActive.
type WasActiveOutput struct {
	Active     bool
	Commitment [32]byte
}

// UnpackWasActive is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x64fd1931.
//
// Solidity: function wasActive(bytes32 plugin, uint32 version, uint64 atBlock) view returns(bool active, bytes32 commitment)
func (registry *Registry) UnpackWasActive(data []byte) (WasActiveOutput, error) {
	out, err := registry.abi.Unpack("wasActive", data)
	outstruct := new(WasActiveOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Active = *abi.ConvertType(out[0], new(bool)).(*bool)
	outstruct.Commitment = *abi.ConvertType(out[1], new([32]byte)).(*[32]byte)
	return *outstruct, nil
}

// PackWithdrawBond is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xecbafb5b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdrawBond(bytes32 plugin, uint32 version) returns()
func (registry *Registry) PackWithdrawBond(plugin [32]byte, version uint32) []byte {
	enc, err := registry.abi.Pack("withdrawBond", plugin, version)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdrawBond is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xecbafb5b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdrawBond(bytes32 plugin, uint32 version) returns()
func (registry *Registry) TryPackWithdrawBond(plugin [32]byte, version uint32) ([]byte, error) {
	return registry.abi.Pack("withdrawBond", plugin, version)
}

// PackWithdrawModel is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc6f34f41.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdrawModel(bytes32 plugin, uint32 version) returns()
func (registry *Registry) PackWithdrawModel(plugin [32]byte, version uint32) []byte {
	enc, err := registry.abi.Pack("withdrawModel", plugin, version)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdrawModel is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc6f34f41.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdrawModel(bytes32 plugin, uint32 version) returns()
func (registry *Registry) TryPackWithdrawModel(plugin [32]byte, version uint32) ([]byte, error) {
	return registry.abi.Pack("withdrawModel", plugin, version)
}

// PackWorkers is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7766c4cb.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function workers(bytes32 plugin, address ) view returns(uint64 from, uint64 until)
func (registry *Registry) PackWorkers(plugin [32]byte, arg1 common.Address) []byte {
	enc, err := registry.abi.Pack("workers", plugin, arg1)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWorkers is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7766c4cb.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function workers(bytes32 plugin, address ) view returns(uint64 from, uint64 until)
func (registry *Registry) TryPackWorkers(plugin [32]byte, arg1 common.Address) ([]byte, error) {
	return registry.abi.Pack("workers", plugin, arg1)
}

// WorkersOutput serves as a container for the return parameters of contract
// method Workers.
type WorkersOutput struct {
	From  uint64
	Until uint64
}

// UnpackWorkers is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7766c4cb.
//
// Solidity: function workers(bytes32 plugin, address ) view returns(uint64 from, uint64 until)
func (registry *Registry) UnpackWorkers(data []byte) (WorkersOutput, error) {
	out, err := registry.abi.Unpack("workers", data)
	outstruct := new(WorkersOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.From = *abi.ConvertType(out[0], new(uint64)).(*uint64)
	outstruct.Until = *abi.ConvertType(out[1], new(uint64)).(*uint64)
	return *outstruct, nil
}

// RegistryBondLost represents a BondLost event raised by the Registry contract.
type RegistryBondLost struct {
	Plugin  [32]byte
	Version uint32
	Amount  *big.Int
	Finder  common.Address
	Reward  *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const RegistryBondLostEventName = "BondLost"

// ContractEventName returns the user-defined event name.
func (RegistryBondLost) ContractEventName() string {
	return RegistryBondLostEventName
}

// UnpackBondLostEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event BondLost(bytes32 indexed plugin, uint32 indexed version, uint256 amount, address finder, uint256 reward)
func (registry *Registry) UnpackBondLostEvent(log *types.Log) (*RegistryBondLost, error) {
	event := "BondLost"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryBondLost)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryBondReturned represents a BondReturned event raised by the Registry contract.
type RegistryBondReturned struct {
	Plugin  [32]byte
	Version uint32
	Amount  *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const RegistryBondReturnedEventName = "BondReturned"

// ContractEventName returns the user-defined event name.
func (RegistryBondReturned) ContractEventName() string {
	return RegistryBondReturnedEventName
}

// UnpackBondReturnedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event BondReturned(bytes32 indexed plugin, uint32 indexed version, uint256 amount)
func (registry *Registry) UnpackBondReturnedEvent(log *types.Log) (*RegistryBondReturned, error) {
	event := "BondReturned"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryBondReturned)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryBurnt represents a Burnt event raised by the Registry contract.
type RegistryBurnt struct {
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const RegistryBurntEventName = "Burnt"

// ContractEventName returns the user-defined event name.
func (RegistryBurnt) ContractEventName() string {
	return RegistryBurntEventName
}

// UnpackBurntEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Burnt(uint256 amount)
func (registry *Registry) UnpackBurntEvent(log *types.Log) (*RegistryBurnt, error) {
	event := "Burnt"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryBurnt)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryCiphertextKept represents a CiphertextKept event raised by the Registry contract.
type RegistryCiphertextKept struct {
	Plugin     [32]byte
	Version    uint32
	Cid        []byte
	Custodians []common.Address
	Raw        *types.Log // Blockchain specific contextual infos
}

const RegistryCiphertextKeptEventName = "CiphertextKept"

// ContractEventName returns the user-defined event name.
func (RegistryCiphertextKept) ContractEventName() string {
	return RegistryCiphertextKeptEventName
}

// UnpackCiphertextKeptEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event CiphertextKept(bytes32 indexed plugin, uint32 indexed version, bytes cid, address[] custodians)
func (registry *Registry) UnpackCiphertextKeptEvent(log *types.Log) (*RegistryCiphertextKept, error) {
	event := "CiphertextKept"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryCiphertextKept)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryCiphertextPublished represents a CiphertextPublished event raised by the Registry contract.
type RegistryCiphertextPublished struct {
	Plugin     [32]byte
	Version    uint32
	Ciphertext []byte
	Raw        *types.Log // Blockchain specific contextual infos
}

const RegistryCiphertextPublishedEventName = "CiphertextPublished"

// ContractEventName returns the user-defined event name.
func (RegistryCiphertextPublished) ContractEventName() string {
	return RegistryCiphertextPublishedEventName
}

// UnpackCiphertextPublishedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event CiphertextPublished(bytes32 indexed plugin, uint32 indexed version, bytes ciphertext)
func (registry *Registry) UnpackCiphertextPublishedEvent(log *types.Log) (*RegistryCiphertextPublished, error) {
	event := "CiphertextPublished"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryCiphertextPublished)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryCollected represents a Collected event raised by the Registry contract.
type RegistryCollected struct {
	Who    common.Address
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const RegistryCollectedEventName = "Collected"

// ContractEventName returns the user-defined event name.
func (RegistryCollected) ContractEventName() string {
	return RegistryCollectedEventName
}

// UnpackCollectedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Collected(address indexed who, uint256 amount)
func (registry *Registry) UnpackCollectedEvent(log *types.Log) (*RegistryCollected, error) {
	event := "Collected"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryCollected)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryCredited represents a Credited event raised by the Registry contract.
type RegistryCredited struct {
	Who    common.Address
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const RegistryCreditedEventName = "Credited"

// ContractEventName returns the user-defined event name.
func (RegistryCredited) ContractEventName() string {
	return RegistryCreditedEventName
}

// UnpackCreditedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Credited(address indexed who, uint256 amount)
func (registry *Registry) UnpackCreditedEvent(log *types.Log) (*RegistryCredited, error) {
	event := "Credited"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryCredited)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryKeyAdded represents a KeyAdded event raised by the Registry contract.
type RegistryKeyAdded struct {
	Circuit       [32]byte
	VkHash        [32]byte
	Development   bool
	TranscriptCid []byte
	Raw           *types.Log // Blockchain specific contextual infos
}

const RegistryKeyAddedEventName = "KeyAdded"

// ContractEventName returns the user-defined event name.
func (RegistryKeyAdded) ContractEventName() string {
	return RegistryKeyAddedEventName
}

// UnpackKeyAddedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event KeyAdded(bytes32 indexed circuit, bytes32 indexed vkHash, bool development, bytes transcriptCid)
func (registry *Registry) UnpackKeyAddedEvent(log *types.Log) (*RegistryKeyAdded, error) {
	event := "KeyAdded"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryKeyAdded)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryModelCommitted represents a ModelCommitted event raised by the Registry contract.
type RegistryModelCommitted struct {
	Plugin      [32]byte
	Version     uint32
	Commitment  [32]byte
	ShapeId     [32]byte
	ManifestCid []byte
	RevealBy    uint64
	DataRoot    [32]byte
	Bond        *big.Int
	Raw         *types.Log // Blockchain specific contextual infos
}

const RegistryModelCommittedEventName = "ModelCommitted"

// ContractEventName returns the user-defined event name.
func (RegistryModelCommitted) ContractEventName() string {
	return RegistryModelCommittedEventName
}

// UnpackModelCommittedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ModelCommitted(bytes32 indexed plugin, uint32 indexed version, bytes32 commitment, bytes32 shapeId, bytes manifestCid, uint64 revealBy, bytes32 dataRoot, uint256 bond)
func (registry *Registry) UnpackModelCommittedEvent(log *types.Log) (*RegistryModelCommitted, error) {
	event := "ModelCommitted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryModelCommitted)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryModelRegistered represents a ModelRegistered event raised by the Registry contract.
type RegistryModelRegistered struct {
	Plugin  [32]byte
	Version uint32
	Cid     []byte
	Raw     *types.Log // Blockchain specific contextual infos
}

const RegistryModelRegisteredEventName = "ModelRegistered"

// ContractEventName returns the user-defined event name.
func (RegistryModelRegistered) ContractEventName() string {
	return RegistryModelRegisteredEventName
}

// UnpackModelRegisteredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ModelRegistered(bytes32 indexed plugin, uint32 indexed version, bytes cid)
func (registry *Registry) UnpackModelRegisteredEvent(log *types.Log) (*RegistryModelRegistered, error) {
	event := "ModelRegistered"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryModelRegistered)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryModelRevealed represents a ModelRevealed event raised by the Registry contract.
type RegistryModelRevealed struct {
	Plugin    [32]byte
	Version   uint32
	By        common.Address
	IsChecked bool
	Schema    [32]byte
	Mask      *big.Int
	Model     []byte
	Cid       []byte
	Raw       *types.Log // Blockchain specific contextual infos
}

const RegistryModelRevealedEventName = "ModelRevealed"

// ContractEventName returns the user-defined event name.
func (RegistryModelRevealed) ContractEventName() string {
	return RegistryModelRevealedEventName
}

// UnpackModelRevealedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ModelRevealed(bytes32 indexed plugin, uint32 indexed version, address indexed by, bool isChecked, bytes32 schema, uint256 mask, bytes model, bytes cid)
func (registry *Registry) UnpackModelRevealedEvent(log *types.Log) (*RegistryModelRevealed, error) {
	event := "ModelRevealed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryModelRevealed)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryModelWithdrawn represents a ModelWithdrawn event raised by the Registry contract.
type RegistryModelWithdrawn struct {
	Plugin  [32]byte
	Version uint32
	Raw     *types.Log // Blockchain specific contextual infos
}

const RegistryModelWithdrawnEventName = "ModelWithdrawn"

// ContractEventName returns the user-defined event name.
func (RegistryModelWithdrawn) ContractEventName() string {
	return RegistryModelWithdrawnEventName
}

// UnpackModelWithdrawnEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ModelWithdrawn(bytes32 indexed plugin, uint32 indexed version)
func (registry *Registry) UnpackModelWithdrawnEvent(log *types.Log) (*RegistryModelWithdrawn, error) {
	event := "ModelWithdrawn"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryModelWithdrawn)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryNodeClaimed represents a NodeClaimed event raised by the Registry contract.
type RegistryNodeClaimed struct {
	Node     common.Address
	Previous common.Address
	Raw      *types.Log // Blockchain specific contextual infos
}

const RegistryNodeClaimedEventName = "NodeClaimed"

// ContractEventName returns the user-defined event name.
func (RegistryNodeClaimed) ContractEventName() string {
	return RegistryNodeClaimedEventName
}

// UnpackNodeClaimedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event NodeClaimed(address indexed node, address indexed previous)
func (registry *Registry) UnpackNodeClaimedEvent(log *types.Log) (*RegistryNodeClaimed, error) {
	event := "NodeClaimed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryNodeClaimed)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryNodeRegistered represents a NodeRegistered event raised by the Registry contract.
type RegistryNodeRegistered struct {
	Node   common.Address
	LogKey [32]byte
	Url    string
	Raw    *types.Log // Blockchain specific contextual infos
}

const RegistryNodeRegisteredEventName = "NodeRegistered"

// ContractEventName returns the user-defined event name.
func (RegistryNodeRegistered) ContractEventName() string {
	return RegistryNodeRegisteredEventName
}

// UnpackNodeRegisteredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event NodeRegistered(address indexed node, bytes32 logKey, string url)
func (registry *Registry) UnpackNodeRegisteredEvent(log *types.Log) (*RegistryNodeRegistered, error) {
	event := "NodeRegistered"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryNodeRegistered)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryNodeRotated represents a NodeRotated event raised by the Registry contract.
type RegistryNodeRotated struct {
	Node      common.Address
	Successor common.Address
	Raw       *types.Log // Blockchain specific contextual infos
}

const RegistryNodeRotatedEventName = "NodeRotated"

// ContractEventName returns the user-defined event name.
func (RegistryNodeRotated) ContractEventName() string {
	return RegistryNodeRotatedEventName
}

// UnpackNodeRotatedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event NodeRotated(address indexed node, address indexed successor)
func (registry *Registry) UnpackNodeRotatedEvent(log *types.Log) (*RegistryNodeRotated, error) {
	event := "NodeRotated"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryNodeRotated)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryPluginClaimed represents a PluginClaimed event raised by the Registry contract.
type RegistryPluginClaimed struct {
	Plugin   [32]byte
	Previous [32]byte
	Raw      *types.Log // Blockchain specific contextual infos
}

const RegistryPluginClaimedEventName = "PluginClaimed"

// ContractEventName returns the user-defined event name.
func (RegistryPluginClaimed) ContractEventName() string {
	return RegistryPluginClaimedEventName
}

// UnpackPluginClaimedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event PluginClaimed(bytes32 indexed plugin, bytes32 indexed previous)
func (registry *Registry) UnpackPluginClaimedEvent(log *types.Log) (*RegistryPluginClaimed, error) {
	event := "PluginClaimed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryPluginClaimed)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryPluginPublished represents a PluginPublished event raised by the Registry contract.
type RegistryPluginPublished struct {
	Plugin    [32]byte
	Publisher common.Address
	Kind      uint8
	Slug      string
	Raw       *types.Log // Blockchain specific contextual infos
}

const RegistryPluginPublishedEventName = "PluginPublished"

// ContractEventName returns the user-defined event name.
func (RegistryPluginPublished) ContractEventName() string {
	return RegistryPluginPublishedEventName
}

// UnpackPluginPublishedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event PluginPublished(bytes32 indexed plugin, address indexed publisher, uint8 kind, string slug)
func (registry *Registry) UnpackPluginPublishedEvent(log *types.Log) (*RegistryPluginPublished, error) {
	event := "PluginPublished"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryPluginPublished)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryPluginTransferred represents a PluginTransferred event raised by the Registry contract.
type RegistryPluginTransferred struct {
	Plugin    [32]byte
	Successor [32]byte
	Raw       *types.Log // Blockchain specific contextual infos
}

const RegistryPluginTransferredEventName = "PluginTransferred"

// ContractEventName returns the user-defined event name.
func (RegistryPluginTransferred) ContractEventName() string {
	return RegistryPluginTransferredEventName
}

// UnpackPluginTransferredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event PluginTransferred(bytes32 indexed plugin, bytes32 indexed successor)
func (registry *Registry) UnpackPluginTransferredEvent(log *types.Log) (*RegistryPluginTransferred, error) {
	event := "PluginTransferred"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryPluginTransferred)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryReportPublished represents a ReportPublished event raised by the Registry contract.
type RegistryReportPublished struct {
	Plugin  [32]byte
	Version uint32
	Auditor common.Address
	Cid     []byte
	Raw     *types.Log // Blockchain specific contextual infos
}

const RegistryReportPublishedEventName = "ReportPublished"

// ContractEventName returns the user-defined event name.
func (RegistryReportPublished) ContractEventName() string {
	return RegistryReportPublishedEventName
}

// UnpackReportPublishedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ReportPublished(bytes32 indexed plugin, uint32 indexed version, address indexed auditor, bytes cid)
func (registry *Registry) UnpackReportPublishedEvent(log *types.Log) (*RegistryReportPublished, error) {
	event := "ReportPublished"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryReportPublished)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryWorkerSet represents a WorkerSet event raised by the Registry contract.
type RegistryWorkerSet struct {
	Plugin [32]byte
	Worker common.Address
	On     bool
	Raw    *types.Log // Blockchain specific contextual infos
}

const RegistryWorkerSetEventName = "WorkerSet"

// ContractEventName returns the user-defined event name.
func (RegistryWorkerSet) ContractEventName() string {
	return RegistryWorkerSetEventName
}

// UnpackWorkerSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event WorkerSet(bytes32 indexed plugin, address indexed worker, bool on)
func (registry *Registry) UnpackWorkerSetEvent(log *types.Log) (*RegistryWorkerSet, error) {
	event := "WorkerSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryWorkerSet)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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
func (registry *Registry) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], registry.abi.Errors["BadCid"].ID.Bytes()[:4]) {
		return registry.UnpackBadCidError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["BadCiphertext"].ID.Bytes()[:4]) {
		return registry.UnpackBadCiphertextError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["BadCustody"].ID.Bytes()[:4]) {
		return registry.UnpackBadCustodyError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["BadDelay"].ID.Bytes()[:4]) {
		return registry.UnpackBadDelayError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["BadKind"].ID.Bytes()[:4]) {
		return registry.UnpackBadKindError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["BadPlace"].ID.Bytes()[:4]) {
		return registry.UnpackBadPlaceError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["BadSlug"].ID.Bytes()[:4]) {
		return registry.UnpackBadSlugError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["BadTerms"].ID.Bytes()[:4]) {
		return registry.UnpackBadTermsError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["BadUrl"].ID.Bytes()[:4]) {
		return registry.UnpackBadUrlError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["BondRefused"].ID.Bytes()[:4]) {
		return registry.UnpackBondRefusedError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["BondTooSmall"].ID.Bytes()[:4]) {
		return registry.UnpackBondTooSmallError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["DevelopmentRefused"].ID.Bytes()[:4]) {
		return registry.UnpackDevelopmentRefusedError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["Exists"].ID.Bytes()[:4]) {
		return registry.UnpackExistsError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["MustCheck"].ID.Bytes()[:4]) {
		return registry.UnpackMustCheckError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["NoBond"].ID.Bytes()[:4]) {
		return registry.UnpackNoBondError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["NotClaimed"].ID.Bytes()[:4]) {
		return registry.UnpackNotClaimedError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["NotNode"].ID.Bytes()[:4]) {
		return registry.UnpackNotNodeError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["NotOwner"].ID.Bytes()[:4]) {
		return registry.UnpackNotOwnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["NotPaid"].ID.Bytes()[:4]) {
		return registry.UnpackNotPaidError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["NotPublisher"].ID.Bytes()[:4]) {
		return registry.UnpackNotPublisherError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["NotRunLog"].ID.Bytes()[:4]) {
		return registry.UnpackNotRunLogError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["NothingOwed"].ID.Bytes()[:4]) {
		return registry.UnpackNothingOwedError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["Overdue"].ID.Bytes()[:4]) {
		return registry.UnpackOverdueError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["TooLate"].ID.Bytes()[:4]) {
		return registry.UnpackTooLateError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["TooSoon"].ID.Bytes()[:4]) {
		return registry.UnpackTooSoonError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["TranscriptNeeded"].ID.Bytes()[:4]) {
		return registry.UnpackTranscriptNeededError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["Unknown"].ID.Bytes()[:4]) {
		return registry.UnpackUnknownError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["WrongShape"].ID.Bytes()[:4]) {
		return registry.UnpackWrongShapeError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["Zero"].ID.Bytes()[:4]) {
		return registry.UnpackZeroError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// RegistryBadCid represents a BadCid error raised by the Registry contract.
type RegistryBadCid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadCid()
func RegistryBadCidErrorID() common.Hash {
	return common.HexToHash("0xca719c94095cffc0531a640f5b84415e0c26f016037e41af1dd0140c990d86aa")
}

// UnpackBadCidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadCid()
func (registry *Registry) UnpackBadCidError(raw []byte) (*RegistryBadCid, error) {
	out := new(RegistryBadCid)
	if err := registry.abi.UnpackIntoInterface(out, "BadCid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryBadCiphertext represents a BadCiphertext error raised by the Registry contract.
type RegistryBadCiphertext struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadCiphertext()
func RegistryBadCiphertextErrorID() common.Hash {
	return common.HexToHash("0xb39a1c0755359855c60402c20465376cd43e0dccc5c51fc790c53db7096875e9")
}

// UnpackBadCiphertextError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadCiphertext()
func (registry *Registry) UnpackBadCiphertextError(raw []byte) (*RegistryBadCiphertext, error) {
	out := new(RegistryBadCiphertext)
	if err := registry.abi.UnpackIntoInterface(out, "BadCiphertext", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryBadCustody represents a BadCustody error raised by the Registry contract.
type RegistryBadCustody struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadCustody()
func RegistryBadCustodyErrorID() common.Hash {
	return common.HexToHash("0x75811bc1c337b859375647454b1bf2af121bdbb7bac44cab17e46e69477d77c0")
}

// UnpackBadCustodyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadCustody()
func (registry *Registry) UnpackBadCustodyError(raw []byte) (*RegistryBadCustody, error) {
	out := new(RegistryBadCustody)
	if err := registry.abi.UnpackIntoInterface(out, "BadCustody", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryBadDelay represents a BadDelay error raised by the Registry contract.
type RegistryBadDelay struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadDelay()
func RegistryBadDelayErrorID() common.Hash {
	return common.HexToHash("0x0137f4a09c305ba7ab620ea2e12d49e87552d274dfeddc252e53f34dead92f61")
}

// UnpackBadDelayError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadDelay()
func (registry *Registry) UnpackBadDelayError(raw []byte) (*RegistryBadDelay, error) {
	out := new(RegistryBadDelay)
	if err := registry.abi.UnpackIntoInterface(out, "BadDelay", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryBadKind represents a BadKind error raised by the Registry contract.
type RegistryBadKind struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadKind()
func RegistryBadKindErrorID() common.Hash {
	return common.HexToHash("0x2b434c20b6f228c9c67092bb71e44635e55a16c685cbdb0ff0e5f2576b660646")
}

// UnpackBadKindError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadKind()
func (registry *Registry) UnpackBadKindError(raw []byte) (*RegistryBadKind, error) {
	out := new(RegistryBadKind)
	if err := registry.abi.UnpackIntoInterface(out, "BadKind", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryBadPlace represents a BadPlace error raised by the Registry contract.
type RegistryBadPlace struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadPlace()
func RegistryBadPlaceErrorID() common.Hash {
	return common.HexToHash("0x338ca209b72eca63bdc288c4c9aa30686e5e8e02d6ee9c106b8a0cb57dfcfccd")
}

// UnpackBadPlaceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadPlace()
func (registry *Registry) UnpackBadPlaceError(raw []byte) (*RegistryBadPlace, error) {
	out := new(RegistryBadPlace)
	if err := registry.abi.UnpackIntoInterface(out, "BadPlace", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryBadSlug represents a BadSlug error raised by the Registry contract.
type RegistryBadSlug struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadSlug()
func RegistryBadSlugErrorID() common.Hash {
	return common.HexToHash("0x18f46120200ba50a09e1ccd8a331f87601de91a0fadafe307ef945a3bbf39c32")
}

// UnpackBadSlugError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadSlug()
func (registry *Registry) UnpackBadSlugError(raw []byte) (*RegistryBadSlug, error) {
	out := new(RegistryBadSlug)
	if err := registry.abi.UnpackIntoInterface(out, "BadSlug", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryBadTerms represents a BadTerms error raised by the Registry contract.
type RegistryBadTerms struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadTerms()
func RegistryBadTermsErrorID() common.Hash {
	return common.HexToHash("0x8dc599212cab654299a2bf31d0baab479b0ef032e5276a7206a05bbb2910ec06")
}

// UnpackBadTermsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadTerms()
func (registry *Registry) UnpackBadTermsError(raw []byte) (*RegistryBadTerms, error) {
	out := new(RegistryBadTerms)
	if err := registry.abi.UnpackIntoInterface(out, "BadTerms", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryBadUrl represents a BadUrl error raised by the Registry contract.
type RegistryBadUrl struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadUrl()
func RegistryBadUrlErrorID() common.Hash {
	return common.HexToHash("0x08e6b91d97441a3a3223bf59f5f3ff12594c864f49d50f16b5f57ee24e3fe152")
}

// UnpackBadUrlError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadUrl()
func (registry *Registry) UnpackBadUrlError(raw []byte) (*RegistryBadUrl, error) {
	out := new(RegistryBadUrl)
	if err := registry.abi.UnpackIntoInterface(out, "BadUrl", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryBondRefused represents a BondRefused error raised by the Registry contract.
type RegistryBondRefused struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BondRefused()
func RegistryBondRefusedErrorID() common.Hash {
	return common.HexToHash("0x74f5049eb077154087413b723c8569a50a2debea4c2f4db0b8e9e954cc2224c0")
}

// UnpackBondRefusedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BondRefused()
func (registry *Registry) UnpackBondRefusedError(raw []byte) (*RegistryBondRefused, error) {
	out := new(RegistryBondRefused)
	if err := registry.abi.UnpackIntoInterface(out, "BondRefused", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryBondTooSmall represents a BondTooSmall error raised by the Registry contract.
type RegistryBondTooSmall struct {
	Least *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BondTooSmall(uint256 least)
func RegistryBondTooSmallErrorID() common.Hash {
	return common.HexToHash("0x6d393ee6699464762db3ce7164381ac3fbc90f3370293f21e8039d8cd13821ff")
}

// UnpackBondTooSmallError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BondTooSmall(uint256 least)
func (registry *Registry) UnpackBondTooSmallError(raw []byte) (*RegistryBondTooSmall, error) {
	out := new(RegistryBondTooSmall)
	if err := registry.abi.UnpackIntoInterface(out, "BondTooSmall", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryDevelopmentRefused represents a DevelopmentRefused error raised by the Registry contract.
type RegistryDevelopmentRefused struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DevelopmentRefused()
func RegistryDevelopmentRefusedErrorID() common.Hash {
	return common.HexToHash("0x56607bd00b889881b94c54883dccae924c7576d7144fd380729e9e0b2ff36909")
}

// UnpackDevelopmentRefusedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DevelopmentRefused()
func (registry *Registry) UnpackDevelopmentRefusedError(raw []byte) (*RegistryDevelopmentRefused, error) {
	out := new(RegistryDevelopmentRefused)
	if err := registry.abi.UnpackIntoInterface(out, "DevelopmentRefused", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryExists represents a Exists error raised by the Registry contract.
type RegistryExists struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error Exists()
func RegistryExistsErrorID() common.Hash {
	return common.HexToHash("0x846ec056474531fe42c3696a2a3452a4051b8b7a65c4417a76fbc1d7b2d29cf6")
}

// UnpackExistsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error Exists()
func (registry *Registry) UnpackExistsError(raw []byte) (*RegistryExists, error) {
	out := new(RegistryExists)
	if err := registry.abi.UnpackIntoInterface(out, "Exists", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryMustCheck represents a MustCheck error raised by the Registry contract.
type RegistryMustCheck struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error MustCheck()
func RegistryMustCheckErrorID() common.Hash {
	return common.HexToHash("0x784b37ee5d3c9accbcf8399f6161f4de88ccfe94d61c4aa2a690a7974feaa4d0")
}

// UnpackMustCheckError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error MustCheck()
func (registry *Registry) UnpackMustCheckError(raw []byte) (*RegistryMustCheck, error) {
	out := new(RegistryMustCheck)
	if err := registry.abi.UnpackIntoInterface(out, "MustCheck", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryNoBond represents a NoBond error raised by the Registry contract.
type RegistryNoBond struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoBond()
func RegistryNoBondErrorID() common.Hash {
	return common.HexToHash("0xdfc19f8e63567b608b131d96dd2af24465636efadcf089cec90fb355bd2933a3")
}

// UnpackNoBondError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoBond()
func (registry *Registry) UnpackNoBondError(raw []byte) (*RegistryNoBond, error) {
	out := new(RegistryNoBond)
	if err := registry.abi.UnpackIntoInterface(out, "NoBond", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryNotClaimed represents a NotClaimed error raised by the Registry contract.
type RegistryNotClaimed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotClaimed()
func RegistryNotClaimedErrorID() common.Hash {
	return common.HexToHash("0xb72a252242332860ebf61118b1e0b1a825e3eb6c680c08295929c85c1dfdf61e")
}

// UnpackNotClaimedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotClaimed()
func (registry *Registry) UnpackNotClaimedError(raw []byte) (*RegistryNotClaimed, error) {
	out := new(RegistryNotClaimed)
	if err := registry.abi.UnpackIntoInterface(out, "NotClaimed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryNotNode represents a NotNode error raised by the Registry contract.
type RegistryNotNode struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotNode()
func RegistryNotNodeErrorID() common.Hash {
	return common.HexToHash("0x5cd26b685f75cb44f1aa0af386e0aaebe95d16f6d0d28a07ff530667db469ba8")
}

// UnpackNotNodeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotNode()
func (registry *Registry) UnpackNotNodeError(raw []byte) (*RegistryNotNode, error) {
	out := new(RegistryNotNode)
	if err := registry.abi.UnpackIntoInterface(out, "NotNode", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryNotOwner represents a NotOwner error raised by the Registry contract.
type RegistryNotOwner struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotOwner()
func RegistryNotOwnerErrorID() common.Hash {
	return common.HexToHash("0x30cd74712f59d478562d48e2d35de830db72c60a63dd08ae59199eec990b5bc4")
}

// UnpackNotOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotOwner()
func (registry *Registry) UnpackNotOwnerError(raw []byte) (*RegistryNotOwner, error) {
	out := new(RegistryNotOwner)
	if err := registry.abi.UnpackIntoInterface(out, "NotOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryNotPaid represents a NotPaid error raised by the Registry contract.
type RegistryNotPaid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotPaid()
func RegistryNotPaidErrorID() common.Hash {
	return common.HexToHash("0x34e4a710663fb69e50c3e5feb70592086935c286a5b00302af9ecaa85032fac4")
}

// UnpackNotPaidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotPaid()
func (registry *Registry) UnpackNotPaidError(raw []byte) (*RegistryNotPaid, error) {
	out := new(RegistryNotPaid)
	if err := registry.abi.UnpackIntoInterface(out, "NotPaid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryNotPublisher represents a NotPublisher error raised by the Registry contract.
type RegistryNotPublisher struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotPublisher()
func RegistryNotPublisherErrorID() common.Hash {
	return common.HexToHash("0x6cc8883ab475c43559283543618b3853c17caef01cd6b37027cde787f60ba6e6")
}

// UnpackNotPublisherError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotPublisher()
func (registry *Registry) UnpackNotPublisherError(raw []byte) (*RegistryNotPublisher, error) {
	out := new(RegistryNotPublisher)
	if err := registry.abi.UnpackIntoInterface(out, "NotPublisher", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryNotRunLog represents a NotRunLog error raised by the Registry contract.
type RegistryNotRunLog struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotRunLog()
func RegistryNotRunLogErrorID() common.Hash {
	return common.HexToHash("0x7ca0fc18c3cb6f419baaadf0ce00c82c13890521ef2e6cd34b7e0e5fcdb1000a")
}

// UnpackNotRunLogError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotRunLog()
func (registry *Registry) UnpackNotRunLogError(raw []byte) (*RegistryNotRunLog, error) {
	out := new(RegistryNotRunLog)
	if err := registry.abi.UnpackIntoInterface(out, "NotRunLog", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryNothingOwed represents a NothingOwed error raised by the Registry contract.
type RegistryNothingOwed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingOwed()
func RegistryNothingOwedErrorID() common.Hash {
	return common.HexToHash("0x797dba544d72fb0dfb4c7610346de0274cf6d4e8b1d64dc398abc9027c89eff2")
}

// UnpackNothingOwedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingOwed()
func (registry *Registry) UnpackNothingOwedError(raw []byte) (*RegistryNothingOwed, error) {
	out := new(RegistryNothingOwed)
	if err := registry.abi.UnpackIntoInterface(out, "NothingOwed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryOverdue represents a Overdue error raised by the Registry contract.
type RegistryOverdue struct {
	Id uint32
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error Overdue(uint32 id)
func RegistryOverdueErrorID() common.Hash {
	return common.HexToHash("0x73605675f3d3bdefdbd5e592d6c4a858f556b3c8b99854c628701341cfe145b4")
}

// UnpackOverdueError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error Overdue(uint32 id)
func (registry *Registry) UnpackOverdueError(raw []byte) (*RegistryOverdue, error) {
	out := new(RegistryOverdue)
	if err := registry.abi.UnpackIntoInterface(out, "Overdue", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryTooLate represents a TooLate error raised by the Registry contract.
type RegistryTooLate struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooLate()
func RegistryTooLateErrorID() common.Hash {
	return common.HexToHash("0xecdd1c29e1637c8bfa8cc1f1073ba3a2f674b640f167e7c16246364c720ada92")
}

// UnpackTooLateError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooLate()
func (registry *Registry) UnpackTooLateError(raw []byte) (*RegistryTooLate, error) {
	out := new(RegistryTooLate)
	if err := registry.abi.UnpackIntoInterface(out, "TooLate", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryTooSoon represents a TooSoon error raised by the Registry contract.
type RegistryTooSoon struct {
	From uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooSoon(uint64 from)
func RegistryTooSoonErrorID() common.Hash {
	return common.HexToHash("0xe08a03ea63a7e9c847842d8ae6b6bb607e22b8935cb64e5c5d6fd1c13e27d401")
}

// UnpackTooSoonError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooSoon(uint64 from)
func (registry *Registry) UnpackTooSoonError(raw []byte) (*RegistryTooSoon, error) {
	out := new(RegistryTooSoon)
	if err := registry.abi.UnpackIntoInterface(out, "TooSoon", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryTranscriptNeeded represents a TranscriptNeeded error raised by the Registry contract.
type RegistryTranscriptNeeded struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TranscriptNeeded()
func RegistryTranscriptNeededErrorID() common.Hash {
	return common.HexToHash("0x256c58176f103d5e9f8d870a3bdcbdd6051789f1560644d3c54267e0e65cf1fe")
}

// UnpackTranscriptNeededError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TranscriptNeeded()
func (registry *Registry) UnpackTranscriptNeededError(raw []byte) (*RegistryTranscriptNeeded, error) {
	out := new(RegistryTranscriptNeeded)
	if err := registry.abi.UnpackIntoInterface(out, "TranscriptNeeded", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryUnknown represents a Unknown error raised by the Registry contract.
type RegistryUnknown struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error Unknown()
func RegistryUnknownErrorID() common.Hash {
	return common.HexToHash("0x0cf64598c0d224c06e8f9cca65ec434cddc2326c0f49b813069f0e5fada22b20")
}

// UnpackUnknownError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error Unknown()
func (registry *Registry) UnpackUnknownError(raw []byte) (*RegistryUnknown, error) {
	out := new(RegistryUnknown)
	if err := registry.abi.UnpackIntoInterface(out, "Unknown", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryWrongShape represents a WrongShape error raised by the Registry contract.
type RegistryWrongShape struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongShape()
func RegistryWrongShapeErrorID() common.Hash {
	return common.HexToHash("0x11d909c743c7fd982d57d357db73e86ead109871e2b157c8717947341af5d119")
}

// UnpackWrongShapeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongShape()
func (registry *Registry) UnpackWrongShapeError(raw []byte) (*RegistryWrongShape, error) {
	out := new(RegistryWrongShape)
	if err := registry.abi.UnpackIntoInterface(out, "WrongShape", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryZero represents a Zero error raised by the Registry contract.
type RegistryZero struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error Zero()
func RegistryZeroErrorID() common.Hash {
	return common.HexToHash("0xf4560403888256621a13abd81f4930ecb469c609f6317e1dd2ee34fe69293e1b")
}

// UnpackZeroError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error Zero()
func (registry *Registry) UnpackZeroError(raw []byte) (*RegistryZero, error) {
	out := new(RegistryZero)
	if err := registry.abi.UnpackIntoInterface(out, "Zero", raw); err != nil {
		return nil, err
	}
	return out, nil
}
