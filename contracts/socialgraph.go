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

// SocialGraphIntent is an auto generated low-level Go binding around an user-defined struct.
type SocialGraphIntent struct {
	Author     common.Address
	Action     uint8
	Nonce      uint64
	Deadline   uint64
	Time       uint64
	Target     common.Address
	Cid        []byte
	Subject    [16]byte
	SubjectCid []byte
	Quote      [16]byte
	QuoteCid   []byte
	Reaction   uint8
	Imported   bool
}

// SocialGraphMetaData contains all meta data concerning the SocialGraph contract.
var SocialGraphMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"bool\",\"name\":\"development_\",\"type\":\"bool\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"BadAction\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadCid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadReaction\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadReference\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadTarget\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ImportedRefused\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"LengthMismatch\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NothingChanges\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"Followed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"index\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint8\",\"name\":\"reason\",\"type\":\"uint8\"}],\"name\":\"IntentRefused\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"bytes16\",\"name\":\"parent\",\"type\":\"bytes16\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"parentCid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"bytes16\",\"name\":\"quote\",\"type\":\"bytes16\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"quoteCid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"Posted\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"imported\",\"type\":\"bool\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"ProfileSet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"uint8\",\"name\":\"reaction\",\"type\":\"uint8\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"Reacted\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"Removed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"Unfollowed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"uint8\",\"name\":\"reaction\",\"type\":\"uint8\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"Unreacted\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"development\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"internalType\":\"uint8\",\"name\":\"action\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"nonce\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"deadline\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"},{\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"internalType\":\"bytes16\",\"name\":\"quote\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"quoteCid\",\"type\":\"bytes\"},{\"internalType\":\"uint8\",\"name\":\"reaction\",\"type\":\"uint8\"},{\"internalType\":\"bool\",\"name\":\"imported\",\"type\":\"bool\"}],\"internalType\":\"structSocialGraph.Intent\",\"name\":\"it\",\"type\":\"tuple\"}],\"name\":\"digest\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"domainSeparator\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"follow\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"from\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"to\",\"type\":\"address\"}],\"name\":\"follows\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"}],\"name\":\"nonces\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"bytes16\",\"name\":\"parent\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"parentCid\",\"type\":\"bytes\"},{\"internalType\":\"bytes16\",\"name\":\"quote\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"quoteCid\",\"type\":\"bytes\"}],\"name\":\"post\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"internalType\":\"uint8\",\"name\":\"reaction\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"react\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"remove\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"bool\",\"name\":\"imported\",\"type\":\"bool\"}],\"name\":\"setProfile\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"internalType\":\"uint8\",\"name\":\"action\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"nonce\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"deadline\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"},{\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"internalType\":\"bytes16\",\"name\":\"quote\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"quoteCid\",\"type\":\"bytes\"},{\"internalType\":\"uint8\",\"name\":\"reaction\",\"type\":\"uint8\"},{\"internalType\":\"bool\",\"name\":\"imported\",\"type\":\"bool\"}],\"internalType\":\"structSocialGraph.Intent[]\",\"name\":\"intents\",\"type\":\"tuple[]\"},{\"internalType\":\"bytes[]\",\"name\":\"signatures\",\"type\":\"bytes[]\"}],\"name\":\"submit\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"unfollow\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"internalType\":\"uint8\",\"name\":\"reaction\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"unreact\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"}]",
	ID:  "SocialGraph",
	Bin: "0x60a034606657601f611a7e38819003918201601f19168301916001600160401b03831184841017606a578084926020946040528339810103126066575180151581036066576080526040516119ff908161007f82396080518181816101f901526116cf0152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe60806040526004361015610011575f80fd5b5f3560e01c806314d2c22d14610599578063237b1fe5146104d15780635d1ca476146104465780635dba3a93146102db578063601567b714610267578063797a02a71461021e5780637b929c27146101e25780637ecebe00146101945780639efbbcf614610176578063e0ad290a14610121578063e6893630146100f3578063f698da25146100d15763faa53088146100a8575f80fd5b346100cd576100cb6100c66100bc36610660565b9392909233611417565b610bc8565b005b5f80fd5b346100cd575f6003193601126100cd5760206100eb6107f1565b604051908152f35b346100cd5760406003193601126100cd576100cb6100c66101126105c7565b61011a6105ea565b90336109a1565b346100cd5760606003193601126100cd5760043567ffffffffffffffff81116100cd57610152903690600401610601565b9061015b6105ea565b6044359081151582036100cd576100cb936100c69333611617565b346100cd576100cb6100c661018a36610660565b939290923361130f565b346100cd5760206003193601126100cd5773ffffffffffffffffffffffffffffffffffffffff6101c26105c7565b165f525f602052602067ffffffffffffffff60405f205416604051908152f35b346100cd575f6003193601126100cd5760206040517f000000000000000000000000000000000000000000000000000000000000000015158152f35b346100cd5760206003193601126100cd5760043567ffffffffffffffff81116100cd576101a060031982360301126100cd576100eb60209161025e6107f1565b906004016110b5565b346100cd5760606003193601126100cd576004356fffffffffffffffffffffffffffffffff19811681036100cd5760243567ffffffffffffffff81116100cd576102b5903690600401610601565b9091906044359067ffffffffffffffff821682036100cd576100cb936100c69333610f46565b346100cd5760406003193601126100cd5760043567ffffffffffffffff81116100cd5761030c90369060040161062f565b9060243567ffffffffffffffff81116100cd5761032d90369060040161062f565b91909282810361041e5761033f6107f1565b905f5b81811061034b57005b6103568183866106d1565b90858110156103f15760ff61037d856001946103778560051b8c018c610711565b91610db4565b168061038b575b5001610342565b60607f2e401213b0e3f6c97df5373b717c4969c46e94011fb02083600ed5087d44e8ab916103c26103bd85888b6106d1565b610762565b9073ffffffffffffffffffffffffffffffffffffffff604051928684521660208301526040820152a187610384565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b7fff633a38000000000000000000000000000000000000000000000000000000005f5260045ffd5b346100cd5760406003193601126100cd5761045f6105c7565b6024359073ffffffffffffffffffffffffffffffffffffffff821682036100cd5773ffffffffffffffffffffffffffffffffffffffff165f52600160205273ffffffffffffffffffffffffffffffffffffffff60405f2091165f52602052602060ff60405f2054166040519015158152f35b346100cd5760c06003193601126100cd5760043567ffffffffffffffff81116100cd57610502903690600401610601565b9061050b6105ea565b91604435916fffffffffffffffffffffffffffffffff19831683036100cd5760643567ffffffffffffffff81116100cd5761054a903690600401610601565b608435916fffffffffffffffffffffffffffffffff19831683036100cd5760a4359567ffffffffffffffff87116100cd576100cb976105906100c6983690600401610601565b97909633610c3b565b346100cd5760406003193601126100cd576100cb6100c66105b86105c7565b6105c06105ea565b9033610889565b6004359073ffffffffffffffffffffffffffffffffffffffff821682036100cd57565b6024359067ffffffffffffffff821682036100cd57565b9181601f840112156100cd5782359167ffffffffffffffff83116100cd57602083818601950101116100cd57565b9181601f840112156100cd5782359167ffffffffffffffff83116100cd576020808501948460051b0101116100cd57565b9060806003198301126100cd576004356fffffffffffffffffffffffffffffffff19811681036100cd57916024359067ffffffffffffffff82116100cd576106aa91600401610601565b909160443560ff811681036100cd579060643567ffffffffffffffff811681036100cd5790565b91908110156103f15760051b810135907ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe61813603018212156100cd570190565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1813603018212156100cd570180359067ffffffffffffffff82116100cd576020019181360383136100cd57565b3573ffffffffffffffffffffffffffffffffffffffff811681036100cd5790565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff8211176107c457604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f9506574134638ab70aab8634a58f1073435ad52a109e810683f5a2589fc70afd60408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a0815261088360c082610783565b51902090565b73ffffffffffffffffffffffffffffffffffffffff8091169116918183148015610999575b61097257815f52600160205260405f20835f52602052600160ff60405f20541615151461094b5760207fefe046448075d04f1565ea32660cfb8f41ef389552d8bf54f453e51025ad286d91835f526001825260405f20855f52825260405f2060017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0082541617905567ffffffffffffffff60405191168152a35f90565b5050507f7d5c16110000000000000000000000000000000000000000000000000000000090565b5050507f13496fda0000000000000000000000000000000000000000000000000000000090565b5082156108ae565b73ffffffffffffffffffffffffffffffffffffffff8091169116918183148015610a5c575b61097257815f52600160205260405f20835f5260205260ff60405f2054161561094b5760207f21d6e0e44e6c1334180bdc31bd5765b4252b00081987524a7946e3fe7405007191835f526001825260405f20855f52825260405f207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00815416905567ffffffffffffffff60405191168152a35f90565b5082156109c6565b73ffffffffffffffffffffffffffffffffffffffff91821693911691908383148015610bc0575b610b9857825f52600160205260405f20845f5260205260ff60405f2054168115158091151514610b6f57835f52600160205260405f20855f5260205260405f209060ff7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0083541691161790555f14610b365760207fefe046448075d04f1565ea32660cfb8f41ef389552d8bf54f453e51025ad286d9167ffffffffffffffff60405191168152a35f90565b60207f21d6e0e44e6c1334180bdc31bd5765b4252b00081987524a7946e3fe740500719167ffffffffffffffff60405191168152a35f90565b50505050507f7d5c16110000000000000000000000000000000000000000000000000000000090565b505050507f13496fda0000000000000000000000000000000000000000000000000000000090565b508315610a8b565b907fffffffff00000000000000000000000000000000000000000000000000000000821615610bf957505f5260045ffd5b9050565b601f82602094937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe093818652868601375f8582860101520116010190565b959892989794919693909787151580610d94575b15610d6657610c5f818484611728565b158015610d54575b610d265760405198899860c08a5260c08a0190610c8392610bfd565b916fffffffffffffffffffffffffffffffff191660208901528782036040890152610cad92610bfd565b916fffffffffffffffffffffffffffffffff191660608601528482036080860152610cd792610bfd565b9367ffffffffffffffff1660a083015273ffffffffffffffffffffffffffffffffffffffff1692037fcd05ca99ad2d95d2aae668e5ee075312fd7fc9b28b14814e4800493d39bff15b91a25f90565b505050505050505050507f3a50cca10000000000000000000000000000000000000000000000000000000090565b50610d60848787611728565b15610c67565b505050505050505050507fca719c940000000000000000000000000000000000000000000000000000000090565b506040881115610c4f565b3567ffffffffffffffff811681036100cd5790565b929073ffffffffffffffffffffffffffffffffffffffff610dd485610762565b1680938115928315610f10575b5050509050610f095760408201610df781610d9f565b825f525f60205267ffffffffffffffff8060405f205416911603610f015767ffffffffffffffff610e2a60608501610d9f565b164211610ef95767ffffffffffffffff610e45600192610d9f565b16019167ffffffffffffffff8311610ecc577fffffffff0000000000000000000000000000000000000000000000000000000092610ebe925f525f60205267ffffffffffffffff60405f2091167fffffffffffffffffffffffffffffffffffffffffffffffff0000000000000000825416179055611820565b16610ec7575f90565b600490565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b505050600390565b505050600290565b5050600190565b73ffffffffffffffffffffffffffffffffffffffff9350610f35610f3a9395886110b5565b61175d565b16141580825f80610de1565b91906fffffffffffffffffffffffffffffffff1990949394169384158015610ffd575b610fd45773ffffffffffffffffffffffffffffffffffffffff7f84aa33288e8da4920a314a1d9f204be2e422a1b2433d6fe0659e6d4e4d7ee9519367ffffffffffffffff610fc4604051958695604087526040870191610bfd565b9616602084015216930390a35f90565b50505050507f3a50cca10000000000000000000000000000000000000000000000000000000090565b508015158061100d575b15610f69565b506040811115611007565b3560ff811681036100cd5790565b92919267ffffffffffffffff82116107c4576040519161106e60207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f8401160184610783565b8294818452818301116100cd578281602093845f960137010152565b356fffffffffffffffffffffffffffffffff19811681036100cd5790565b3580151581036100cd5790565b6110be81610762565b906110cb60208201611018565b906110d860408201610d9f565b906110e560608201610d9f565b6110f160808301610d9f565b6110fd60a08401610762565b61110a60c0850185610711565b369061111592611026565b8051906020012060e085016111299061108a565b90611138610100870187610711565b369061114392611026565b805190602001209261012087016111599061108a565b94611168610140890189610711565b369061117392611026565b8051906020012096610160890161118990611018565b9861018001611197906110a8565b996040519b8c602081019e8f7f3caed3c7f3bc231326489d952b53d2a8d7ab00a8cd820a14fdbf36f3454f9c06905273ffffffffffffffffffffffffffffffffffffffff16906040015260ff1660608d015267ffffffffffffffff1660808c015267ffffffffffffffff1660a08b015267ffffffffffffffff1660c08a015273ffffffffffffffffffffffffffffffffffffffff1660e08901526101008801526fffffffffffffffffffffffffffffffff19166101208701526101408601526fffffffffffffffffffffffffffffffff191661016085015261018084015260ff166101a083015215156101c08201526101c081526112976101e082610783565b5190206040519060208201927f190100000000000000000000000000000000000000000000000000000000000084526022830152604282015260428152610883606282610783565b92949360ff61130267ffffffffffffffff93604095606088526060880191610bfd565b9616602085015216910152565b6fffffffffffffffffffffffffffffffff199091169491939192851580156113fc575b6113d25760ff8316600181141590816113c6575b5061139c577fb3f57abf71e70ea6b03e9de73544a20248a9d4af9061b67fe0e755a0a0410d4e9373ffffffffffffffffffffffffffffffffffffffff93611395926040519586951697856112df565b0390a35f90565b5050505050507f39fc44490000000000000000000000000000000000000000000000000000000090565b6002915014155f611346565b5050505050507f3a50cca10000000000000000000000000000000000000000000000000000000090565b508015158061140c575b15611332565b506040811115611406565b6fffffffffffffffffffffffffffffffff199091169491939192851580156114a9575b6113d25760ff83166001811415908161149d575b5061139c577f352fdeff37ab957cf208909e12d80b95722757d17fb65653cf48568bb78ac6199373ffffffffffffffffffffffffffffffffffffffff93611395926040519586951697856112df565b6002915014155f61144e565b50801515806114b9575b1561143a565b5060408111156114b3565b93919492906fffffffffffffffffffffffffffffffff191695861580156115fc575b6115d15760ff8316600181141590816115c5575b5061159a571561154f5773ffffffffffffffffffffffffffffffffffffffff927fb3f57abf71e70ea6b03e9de73544a20248a9d4af9061b67fe0e755a0a0410d4e9492611395926040519586951697856112df565b73ffffffffffffffffffffffffffffffffffffffff927f352fdeff37ab957cf208909e12d80b95722757d17fb65653cf48568bb78ac6199492611395926040519586951697856112df565b505050505050507f39fc44490000000000000000000000000000000000000000000000000000000090565b6002915014155f6114fa565b505050505050507f3a50cca10000000000000000000000000000000000000000000000000000000090565b508115158061160c575b156114e6565b506040821115611606565b929190918115158061171d575b156116f45784806116cc575b6116a3577f626bf265c625c6584e099064ab99f69b9fa396a653b4448e5f1a0a374bdd4a129367ffffffffffffffff73ffffffffffffffffffffffffffffffffffffffff9261168c604051968796606088526060880191610bfd565b971515602086015216604084015216930390a25f90565b50505050507f404d282c0000000000000000000000000000000000000000000000000000000090565b507f000000000000000000000000000000000000000000000000000000000000000015611630565b50505050507fca719c940000000000000000000000000000000000000000000000000000000090565b506040821115611624565b6fffffffffffffffffffffffffffffffff191615159050611747571590565b8015159081611754575090565b60409150111590565b90604183036118195782604010156103f157604081013560f81c91601b8314158061180e575b61180657836040116100cd576020820135937f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a085116117fd576020116100cd576020935f936080933590604051938452868401526040830152606082015282805260015afa156117f2575f5190565b6040513d5f823e3d90fd5b50505050505f90565b505050505f90565b50601c831415611783565b5050505f90565b60ff61182e60208301611018565b16600181146119c357600281148080156119b9575b61198b5750600481146119205760058114808015611916575b6118cc575060071461188d57507f55cfbc4f0000000000000000000000000000000000000000000000000000000090565b80608061189c6118c993610762565b916118a960e0820161108a565b6118c36118ba610100840184610711565b94909301610d9f565b93610f46565b90565b9050816118db6118c993610762565b906118e860e0820161108a565b6118f6610100830183610711565b9161191060806119096101608701611018565b9501610d9f565b946114c4565b506006821461185c565b508061192e6118c992610762565b61193b60c0830183610711565b611949608085939501610d9f565b9061195660e0840161108a565b611964610100850185610711565b939092611983611977610120880161108a565b96610140810190610711565b989097610c3b565b90508161199a6118c993610762565b906119b360806119ac60a08401610762565b9201610d9f565b91610a64565b5060038214611843565b50806119d16118c992610762565b906119df60c0820182610711565b906119f96101806119f260808601610d9f565b94016110a8565b9361161756",
}

// SocialGraph is an auto generated Go binding around an Ethereum contract.
type SocialGraph struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *SocialGraph) GetABI() abi.ABI {
	return c.abi
}

// NewSocialGraph creates a new instance of SocialGraph.
func NewSocialGraph() *SocialGraph {
	parsed, err := SocialGraphMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &SocialGraph{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *SocialGraph) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(bool development_) returns()
func (socialGraph *SocialGraph) PackConstructor(development_ bool) []byte {
	enc, err := socialGraph.abi.Pack("", development_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackDevelopment is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7b929c27.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function development() view returns(bool)
func (socialGraph *SocialGraph) PackDevelopment() []byte {
	enc, err := socialGraph.abi.Pack("development")
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
func (socialGraph *SocialGraph) TryPackDevelopment() ([]byte, error) {
	return socialGraph.abi.Pack("development")
}

// UnpackDevelopment is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7b929c27.
//
// Solidity: function development() view returns(bool)
func (socialGraph *SocialGraph) UnpackDevelopment(data []byte) (bool, error) {
	out, err := socialGraph.abi.Unpack("development", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackDigest is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x797a02a7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function digest((address,uint8,uint64,uint64,uint64,address,bytes,bytes16,bytes,bytes16,bytes,uint8,bool) it) view returns(bytes32)
func (socialGraph *SocialGraph) PackDigest(it SocialGraphIntent) []byte {
	enc, err := socialGraph.abi.Pack("digest", it)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDigest is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x797a02a7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function digest((address,uint8,uint64,uint64,uint64,address,bytes,bytes16,bytes,bytes16,bytes,uint8,bool) it) view returns(bytes32)
func (socialGraph *SocialGraph) TryPackDigest(it SocialGraphIntent) ([]byte, error) {
	return socialGraph.abi.Pack("digest", it)
}

// UnpackDigest is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x797a02a7.
//
// Solidity: function digest((address,uint8,uint64,uint64,uint64,address,bytes,bytes16,bytes,bytes16,bytes,uint8,bool) it) view returns(bytes32)
func (socialGraph *SocialGraph) UnpackDigest(data []byte) ([32]byte, error) {
	out, err := socialGraph.abi.Unpack("digest", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackDomainSeparator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf698da25.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (socialGraph *SocialGraph) PackDomainSeparator() []byte {
	enc, err := socialGraph.abi.Pack("domainSeparator")
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
func (socialGraph *SocialGraph) TryPackDomainSeparator() ([]byte, error) {
	return socialGraph.abi.Pack("domainSeparator")
}

// UnpackDomainSeparator is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf698da25.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (socialGraph *SocialGraph) UnpackDomainSeparator(data []byte) ([32]byte, error) {
	out, err := socialGraph.abi.Unpack("domainSeparator", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackFollow is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x14d2c22d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function follow(address target, uint64 time) returns()
func (socialGraph *SocialGraph) PackFollow(target common.Address, time uint64) []byte {
	enc, err := socialGraph.abi.Pack("follow", target, time)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFollow is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x14d2c22d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function follow(address target, uint64 time) returns()
func (socialGraph *SocialGraph) TryPackFollow(target common.Address, time uint64) ([]byte, error) {
	return socialGraph.abi.Pack("follow", target, time)
}

// PackFollows is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5d1ca476.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function follows(address from, address to) view returns(bool)
func (socialGraph *SocialGraph) PackFollows(from common.Address, to common.Address) []byte {
	enc, err := socialGraph.abi.Pack("follows", from, to)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFollows is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5d1ca476.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function follows(address from, address to) view returns(bool)
func (socialGraph *SocialGraph) TryPackFollows(from common.Address, to common.Address) ([]byte, error) {
	return socialGraph.abi.Pack("follows", from, to)
}

// UnpackFollows is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5d1ca476.
//
// Solidity: function follows(address from, address to) view returns(bool)
func (socialGraph *SocialGraph) UnpackFollows(data []byte) (bool, error) {
	out, err := socialGraph.abi.Unpack("follows", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackNonces is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7ecebe00.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function nonces(address author) view returns(uint64)
func (socialGraph *SocialGraph) PackNonces(author common.Address) []byte {
	enc, err := socialGraph.abi.Pack("nonces", author)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackNonces is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7ecebe00.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function nonces(address author) view returns(uint64)
func (socialGraph *SocialGraph) TryPackNonces(author common.Address) ([]byte, error) {
	return socialGraph.abi.Pack("nonces", author)
}

// UnpackNonces is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7ecebe00.
//
// Solidity: function nonces(address author) view returns(uint64)
func (socialGraph *SocialGraph) UnpackNonces(data []byte) (uint64, error) {
	out, err := socialGraph.abi.Unpack("nonces", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackPost is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x237b1fe5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function post(bytes cid, uint64 time, bytes16 parent, bytes parentCid, bytes16 quote, bytes quoteCid) returns()
func (socialGraph *SocialGraph) PackPost(cid []byte, time uint64, parent [16]byte, parentCid []byte, quote [16]byte, quoteCid []byte) []byte {
	enc, err := socialGraph.abi.Pack("post", cid, time, parent, parentCid, quote, quoteCid)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPost is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x237b1fe5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function post(bytes cid, uint64 time, bytes16 parent, bytes parentCid, bytes16 quote, bytes quoteCid) returns()
func (socialGraph *SocialGraph) TryPackPost(cid []byte, time uint64, parent [16]byte, parentCid []byte, quote [16]byte, quoteCid []byte) ([]byte, error) {
	return socialGraph.abi.Pack("post", cid, time, parent, parentCid, quote, quoteCid)
}

// PackReact is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9efbbcf6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function react(bytes16 subject, bytes subjectCid, uint8 reaction, uint64 time) returns()
func (socialGraph *SocialGraph) PackReact(subject [16]byte, subjectCid []byte, reaction uint8, time uint64) []byte {
	enc, err := socialGraph.abi.Pack("react", subject, subjectCid, reaction, time)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackReact is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9efbbcf6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function react(bytes16 subject, bytes subjectCid, uint8 reaction, uint64 time) returns()
func (socialGraph *SocialGraph) TryPackReact(subject [16]byte, subjectCid []byte, reaction uint8, time uint64) ([]byte, error) {
	return socialGraph.abi.Pack("react", subject, subjectCid, reaction, time)
}

// PackRemove is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x601567b7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function remove(bytes16 subject, bytes subjectCid, uint64 time) returns()
func (socialGraph *SocialGraph) PackRemove(subject [16]byte, subjectCid []byte, time uint64) []byte {
	enc, err := socialGraph.abi.Pack("remove", subject, subjectCid, time)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRemove is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x601567b7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function remove(bytes16 subject, bytes subjectCid, uint64 time) returns()
func (socialGraph *SocialGraph) TryPackRemove(subject [16]byte, subjectCid []byte, time uint64) ([]byte, error) {
	return socialGraph.abi.Pack("remove", subject, subjectCid, time)
}

// PackSetProfile is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe0ad290a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setProfile(bytes cid, uint64 time, bool imported) returns()
func (socialGraph *SocialGraph) PackSetProfile(cid []byte, time uint64, imported bool) []byte {
	enc, err := socialGraph.abi.Pack("setProfile", cid, time, imported)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetProfile is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe0ad290a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setProfile(bytes cid, uint64 time, bool imported) returns()
func (socialGraph *SocialGraph) TryPackSetProfile(cid []byte, time uint64, imported bool) ([]byte, error) {
	return socialGraph.abi.Pack("setProfile", cid, time, imported)
}

// PackSubmit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5dba3a93.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function submit((address,uint8,uint64,uint64,uint64,address,bytes,bytes16,bytes,bytes16,bytes,uint8,bool)[] intents, bytes[] signatures) returns()
func (socialGraph *SocialGraph) PackSubmit(intents []SocialGraphIntent, signatures [][]byte) []byte {
	enc, err := socialGraph.abi.Pack("submit", intents, signatures)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSubmit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5dba3a93.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function submit((address,uint8,uint64,uint64,uint64,address,bytes,bytes16,bytes,bytes16,bytes,uint8,bool)[] intents, bytes[] signatures) returns()
func (socialGraph *SocialGraph) TryPackSubmit(intents []SocialGraphIntent, signatures [][]byte) ([]byte, error) {
	return socialGraph.abi.Pack("submit", intents, signatures)
}

// PackUnfollow is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe6893630.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function unfollow(address target, uint64 time) returns()
func (socialGraph *SocialGraph) PackUnfollow(target common.Address, time uint64) []byte {
	enc, err := socialGraph.abi.Pack("unfollow", target, time)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUnfollow is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe6893630.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function unfollow(address target, uint64 time) returns()
func (socialGraph *SocialGraph) TryPackUnfollow(target common.Address, time uint64) ([]byte, error) {
	return socialGraph.abi.Pack("unfollow", target, time)
}

// PackUnreact is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfaa53088.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function unreact(bytes16 subject, bytes subjectCid, uint8 reaction, uint64 time) returns()
func (socialGraph *SocialGraph) PackUnreact(subject [16]byte, subjectCid []byte, reaction uint8, time uint64) []byte {
	enc, err := socialGraph.abi.Pack("unreact", subject, subjectCid, reaction, time)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUnreact is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfaa53088.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function unreact(bytes16 subject, bytes subjectCid, uint8 reaction, uint64 time) returns()
func (socialGraph *SocialGraph) TryPackUnreact(subject [16]byte, subjectCid []byte, reaction uint8, time uint64) ([]byte, error) {
	return socialGraph.abi.Pack("unreact", subject, subjectCid, reaction, time)
}

// SocialGraphFollowed represents a Followed event raised by the SocialGraph contract.
type SocialGraphFollowed struct {
	Author common.Address
	Target common.Address
	Time   uint64
	Raw    *types.Log // Blockchain specific contextual infos
}

const SocialGraphFollowedEventName = "Followed"

// ContractEventName returns the user-defined event name.
func (SocialGraphFollowed) ContractEventName() string {
	return SocialGraphFollowedEventName
}

// UnpackFollowedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Followed(address indexed author, address indexed target, uint64 time)
func (socialGraph *SocialGraph) UnpackFollowedEvent(log *types.Log) (*SocialGraphFollowed, error) {
	event := "Followed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != socialGraph.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SocialGraphFollowed)
	if len(log.Data) > 0 {
		if err := socialGraph.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range socialGraph.abi.Events[event].Inputs {
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

// SocialGraphIntentRefused represents a IntentRefused event raised by the SocialGraph contract.
type SocialGraphIntentRefused struct {
	Index  *big.Int
	Author common.Address
	Reason uint8
	Raw    *types.Log // Blockchain specific contextual infos
}

const SocialGraphIntentRefusedEventName = "IntentRefused"

// ContractEventName returns the user-defined event name.
func (SocialGraphIntentRefused) ContractEventName() string {
	return SocialGraphIntentRefusedEventName
}

// UnpackIntentRefusedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event IntentRefused(uint256 index, address author, uint8 reason)
func (socialGraph *SocialGraph) UnpackIntentRefusedEvent(log *types.Log) (*SocialGraphIntentRefused, error) {
	event := "IntentRefused"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != socialGraph.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SocialGraphIntentRefused)
	if len(log.Data) > 0 {
		if err := socialGraph.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range socialGraph.abi.Events[event].Inputs {
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

// SocialGraphPosted represents a Posted event raised by the SocialGraph contract.
type SocialGraphPosted struct {
	Author    common.Address
	Cid       []byte
	Parent    [16]byte
	ParentCid []byte
	Quote     [16]byte
	QuoteCid  []byte
	Time      uint64
	Raw       *types.Log // Blockchain specific contextual infos
}

const SocialGraphPostedEventName = "Posted"

// ContractEventName returns the user-defined event name.
func (SocialGraphPosted) ContractEventName() string {
	return SocialGraphPostedEventName
}

// UnpackPostedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Posted(address indexed author, bytes cid, bytes16 parent, bytes parentCid, bytes16 quote, bytes quoteCid, uint64 time)
func (socialGraph *SocialGraph) UnpackPostedEvent(log *types.Log) (*SocialGraphPosted, error) {
	event := "Posted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != socialGraph.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SocialGraphPosted)
	if len(log.Data) > 0 {
		if err := socialGraph.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range socialGraph.abi.Events[event].Inputs {
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

// SocialGraphProfileSet represents a ProfileSet event raised by the SocialGraph contract.
type SocialGraphProfileSet struct {
	Author   common.Address
	Cid      []byte
	Imported bool
	Time     uint64
	Raw      *types.Log // Blockchain specific contextual infos
}

const SocialGraphProfileSetEventName = "ProfileSet"

// ContractEventName returns the user-defined event name.
func (SocialGraphProfileSet) ContractEventName() string {
	return SocialGraphProfileSetEventName
}

// UnpackProfileSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ProfileSet(address indexed author, bytes cid, bool imported, uint64 time)
func (socialGraph *SocialGraph) UnpackProfileSetEvent(log *types.Log) (*SocialGraphProfileSet, error) {
	event := "ProfileSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != socialGraph.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SocialGraphProfileSet)
	if len(log.Data) > 0 {
		if err := socialGraph.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range socialGraph.abi.Events[event].Inputs {
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

// SocialGraphReacted represents a Reacted event raised by the SocialGraph contract.
type SocialGraphReacted struct {
	Author     common.Address
	Subject    [16]byte
	SubjectCid []byte
	Reaction   uint8
	Time       uint64
	Raw        *types.Log // Blockchain specific contextual infos
}

const SocialGraphReactedEventName = "Reacted"

// ContractEventName returns the user-defined event name.
func (SocialGraphReacted) ContractEventName() string {
	return SocialGraphReactedEventName
}

// UnpackReactedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Reacted(address indexed author, bytes16 indexed subject, bytes subjectCid, uint8 reaction, uint64 time)
func (socialGraph *SocialGraph) UnpackReactedEvent(log *types.Log) (*SocialGraphReacted, error) {
	event := "Reacted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != socialGraph.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SocialGraphReacted)
	if len(log.Data) > 0 {
		if err := socialGraph.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range socialGraph.abi.Events[event].Inputs {
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

// SocialGraphRemoved represents a Removed event raised by the SocialGraph contract.
type SocialGraphRemoved struct {
	Author     common.Address
	Subject    [16]byte
	SubjectCid []byte
	Time       uint64
	Raw        *types.Log // Blockchain specific contextual infos
}

const SocialGraphRemovedEventName = "Removed"

// ContractEventName returns the user-defined event name.
func (SocialGraphRemoved) ContractEventName() string {
	return SocialGraphRemovedEventName
}

// UnpackRemovedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Removed(address indexed author, bytes16 indexed subject, bytes subjectCid, uint64 time)
func (socialGraph *SocialGraph) UnpackRemovedEvent(log *types.Log) (*SocialGraphRemoved, error) {
	event := "Removed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != socialGraph.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SocialGraphRemoved)
	if len(log.Data) > 0 {
		if err := socialGraph.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range socialGraph.abi.Events[event].Inputs {
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

// SocialGraphUnfollowed represents a Unfollowed event raised by the SocialGraph contract.
type SocialGraphUnfollowed struct {
	Author common.Address
	Target common.Address
	Time   uint64
	Raw    *types.Log // Blockchain specific contextual infos
}

const SocialGraphUnfollowedEventName = "Unfollowed"

// ContractEventName returns the user-defined event name.
func (SocialGraphUnfollowed) ContractEventName() string {
	return SocialGraphUnfollowedEventName
}

// UnpackUnfollowedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Unfollowed(address indexed author, address indexed target, uint64 time)
func (socialGraph *SocialGraph) UnpackUnfollowedEvent(log *types.Log) (*SocialGraphUnfollowed, error) {
	event := "Unfollowed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != socialGraph.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SocialGraphUnfollowed)
	if len(log.Data) > 0 {
		if err := socialGraph.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range socialGraph.abi.Events[event].Inputs {
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

// SocialGraphUnreacted represents a Unreacted event raised by the SocialGraph contract.
type SocialGraphUnreacted struct {
	Author     common.Address
	Subject    [16]byte
	SubjectCid []byte
	Reaction   uint8
	Time       uint64
	Raw        *types.Log // Blockchain specific contextual infos
}

const SocialGraphUnreactedEventName = "Unreacted"

// ContractEventName returns the user-defined event name.
func (SocialGraphUnreacted) ContractEventName() string {
	return SocialGraphUnreactedEventName
}

// UnpackUnreactedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Unreacted(address indexed author, bytes16 indexed subject, bytes subjectCid, uint8 reaction, uint64 time)
func (socialGraph *SocialGraph) UnpackUnreactedEvent(log *types.Log) (*SocialGraphUnreacted, error) {
	event := "Unreacted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != socialGraph.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SocialGraphUnreacted)
	if len(log.Data) > 0 {
		if err := socialGraph.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range socialGraph.abi.Events[event].Inputs {
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
func (socialGraph *SocialGraph) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], socialGraph.abi.Errors["BadAction"].ID.Bytes()[:4]) {
		return socialGraph.UnpackBadActionError(raw[4:])
	}
	if bytes.Equal(raw[:4], socialGraph.abi.Errors["BadCid"].ID.Bytes()[:4]) {
		return socialGraph.UnpackBadCidError(raw[4:])
	}
	if bytes.Equal(raw[:4], socialGraph.abi.Errors["BadReaction"].ID.Bytes()[:4]) {
		return socialGraph.UnpackBadReactionError(raw[4:])
	}
	if bytes.Equal(raw[:4], socialGraph.abi.Errors["BadReference"].ID.Bytes()[:4]) {
		return socialGraph.UnpackBadReferenceError(raw[4:])
	}
	if bytes.Equal(raw[:4], socialGraph.abi.Errors["BadTarget"].ID.Bytes()[:4]) {
		return socialGraph.UnpackBadTargetError(raw[4:])
	}
	if bytes.Equal(raw[:4], socialGraph.abi.Errors["ImportedRefused"].ID.Bytes()[:4]) {
		return socialGraph.UnpackImportedRefusedError(raw[4:])
	}
	if bytes.Equal(raw[:4], socialGraph.abi.Errors["LengthMismatch"].ID.Bytes()[:4]) {
		return socialGraph.UnpackLengthMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], socialGraph.abi.Errors["NothingChanges"].ID.Bytes()[:4]) {
		return socialGraph.UnpackNothingChangesError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// SocialGraphBadAction represents a BadAction error raised by the SocialGraph contract.
type SocialGraphBadAction struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadAction()
func SocialGraphBadActionErrorID() common.Hash {
	return common.HexToHash("0x55cfbc4f6a9028edfdf7cddbfcc393c9ec5da3ad46e0a8f548a3c26b2e8089e1")
}

// UnpackBadActionError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadAction()
func (socialGraph *SocialGraph) UnpackBadActionError(raw []byte) (*SocialGraphBadAction, error) {
	out := new(SocialGraphBadAction)
	if err := socialGraph.abi.UnpackIntoInterface(out, "BadAction", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SocialGraphBadCid represents a BadCid error raised by the SocialGraph contract.
type SocialGraphBadCid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadCid()
func SocialGraphBadCidErrorID() common.Hash {
	return common.HexToHash("0xca719c94095cffc0531a640f5b84415e0c26f016037e41af1dd0140c990d86aa")
}

// UnpackBadCidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadCid()
func (socialGraph *SocialGraph) UnpackBadCidError(raw []byte) (*SocialGraphBadCid, error) {
	out := new(SocialGraphBadCid)
	if err := socialGraph.abi.UnpackIntoInterface(out, "BadCid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SocialGraphBadReaction represents a BadReaction error raised by the SocialGraph contract.
type SocialGraphBadReaction struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadReaction()
func SocialGraphBadReactionErrorID() common.Hash {
	return common.HexToHash("0x39fc44495dd294cf6cb2939590bdbf91117a8bc421475809084547d590538334")
}

// UnpackBadReactionError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadReaction()
func (socialGraph *SocialGraph) UnpackBadReactionError(raw []byte) (*SocialGraphBadReaction, error) {
	out := new(SocialGraphBadReaction)
	if err := socialGraph.abi.UnpackIntoInterface(out, "BadReaction", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SocialGraphBadReference represents a BadReference error raised by the SocialGraph contract.
type SocialGraphBadReference struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadReference()
func SocialGraphBadReferenceErrorID() common.Hash {
	return common.HexToHash("0x3a50cca1b29b079ef6bca49f27516c402ec0fe1ac7a4cecaf100ceeb0f26769d")
}

// UnpackBadReferenceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadReference()
func (socialGraph *SocialGraph) UnpackBadReferenceError(raw []byte) (*SocialGraphBadReference, error) {
	out := new(SocialGraphBadReference)
	if err := socialGraph.abi.UnpackIntoInterface(out, "BadReference", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SocialGraphBadTarget represents a BadTarget error raised by the SocialGraph contract.
type SocialGraphBadTarget struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadTarget()
func SocialGraphBadTargetErrorID() common.Hash {
	return common.HexToHash("0x13496fdad3875138129e92bf0d7a120d9f7f119281644e3e5ea665ccbbe21488")
}

// UnpackBadTargetError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadTarget()
func (socialGraph *SocialGraph) UnpackBadTargetError(raw []byte) (*SocialGraphBadTarget, error) {
	out := new(SocialGraphBadTarget)
	if err := socialGraph.abi.UnpackIntoInterface(out, "BadTarget", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SocialGraphImportedRefused represents a ImportedRefused error raised by the SocialGraph contract.
type SocialGraphImportedRefused struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ImportedRefused()
func SocialGraphImportedRefusedErrorID() common.Hash {
	return common.HexToHash("0x404d282c6e232a15f0bf2633eedd60a92184056518bb432b23a7b361ccc27f70")
}

// UnpackImportedRefusedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ImportedRefused()
func (socialGraph *SocialGraph) UnpackImportedRefusedError(raw []byte) (*SocialGraphImportedRefused, error) {
	out := new(SocialGraphImportedRefused)
	if err := socialGraph.abi.UnpackIntoInterface(out, "ImportedRefused", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SocialGraphLengthMismatch represents a LengthMismatch error raised by the SocialGraph contract.
type SocialGraphLengthMismatch struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error LengthMismatch()
func SocialGraphLengthMismatchErrorID() common.Hash {
	return common.HexToHash("0xff633a3803c58b9bc21e58efecee59f27e033cc0b1883fccb4969c76146fe60f")
}

// UnpackLengthMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error LengthMismatch()
func (socialGraph *SocialGraph) UnpackLengthMismatchError(raw []byte) (*SocialGraphLengthMismatch, error) {
	out := new(SocialGraphLengthMismatch)
	if err := socialGraph.abi.UnpackIntoInterface(out, "LengthMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SocialGraphNothingChanges represents a NothingChanges error raised by the SocialGraph contract.
type SocialGraphNothingChanges struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingChanges()
func SocialGraphNothingChangesErrorID() common.Hash {
	return common.HexToHash("0x7d5c161143706acc18153405728db4b452995f8fd0dfd7cd450e6fe22991e699")
}

// UnpackNothingChangesError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingChanges()
func (socialGraph *SocialGraph) UnpackNothingChangesError(raw []byte) (*SocialGraphNothingChanges, error) {
	out := new(SocialGraphNothingChanges)
	if err := socialGraph.abi.UnpackIntoInterface(out, "NothingChanges", raw); err != nil {
		return nil, err
	}
	return out, nil
}
