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
	ABI: "[{\"inputs\":[{\"internalType\":\"bool\",\"name\":\"development_\",\"type\":\"bool\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"BadAction\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadCid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadPolicy\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadReaction\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadReference\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadTarget\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BlockedBetween\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"FollowsClosed\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ImportedRefused\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"LengthMismatch\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NothingChanges\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"Approved\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"Blocked\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"Edited\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"FollowRequested\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"Followed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"FollowerRefused\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"index\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint8\",\"name\":\"reason\",\"type\":\"uint8\"}],\"name\":\"IntentRefused\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint8\",\"name\":\"policy\",\"type\":\"uint8\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"PolicySet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"bytes16\",\"name\":\"parent\",\"type\":\"bytes16\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"parentCid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"bytes16\",\"name\":\"quote\",\"type\":\"bytes16\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"quoteCid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"Posted\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"imported\",\"type\":\"bool\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"ProfileSet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"uint8\",\"name\":\"reaction\",\"type\":\"uint8\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"Reacted\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"Removed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"Unblocked\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"Unfollowed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"uint8\",\"name\":\"reaction\",\"type\":\"uint8\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"Unreacted\",\"type\":\"event\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"approve\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"blockAccount\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"from\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"to\",\"type\":\"address\"}],\"name\":\"blocks\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"development\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"internalType\":\"uint8\",\"name\":\"action\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"nonce\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"deadline\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"},{\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"internalType\":\"bytes16\",\"name\":\"quote\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"quoteCid\",\"type\":\"bytes\"},{\"internalType\":\"uint8\",\"name\":\"reaction\",\"type\":\"uint8\"},{\"internalType\":\"bool\",\"name\":\"imported\",\"type\":\"bool\"}],\"internalType\":\"structSocialGraph.Intent\",\"name\":\"it\",\"type\":\"tuple\"}],\"name\":\"digest\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"domainSeparator\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"edit\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"follow\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"from\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"to\",\"type\":\"address\"}],\"name\":\"follows\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"}],\"name\":\"nonces\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"}],\"name\":\"policyOf\",\"outputs\":[{\"internalType\":\"uint8\",\"name\":\"\",\"type\":\"uint8\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"bytes16\",\"name\":\"parent\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"parentCid\",\"type\":\"bytes\"},{\"internalType\":\"bytes16\",\"name\":\"quote\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"quoteCid\",\"type\":\"bytes\"}],\"name\":\"post\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"internalType\":\"uint8\",\"name\":\"reaction\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"react\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"refuse\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"remove\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"from\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"to\",\"type\":\"address\"}],\"name\":\"requests\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint8\",\"name\":\"policy\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"setPolicy\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"bool\",\"name\":\"imported\",\"type\":\"bool\"}],\"name\":\"setProfile\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"author\",\"type\":\"address\"},{\"internalType\":\"uint8\",\"name\":\"action\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"nonce\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"deadline\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"internalType\":\"bytes\",\"name\":\"cid\",\"type\":\"bytes\"},{\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"internalType\":\"bytes16\",\"name\":\"quote\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"quoteCid\",\"type\":\"bytes\"},{\"internalType\":\"uint8\",\"name\":\"reaction\",\"type\":\"uint8\"},{\"internalType\":\"bool\",\"name\":\"imported\",\"type\":\"bool\"}],\"internalType\":\"structSocialGraph.Intent[]\",\"name\":\"intents\",\"type\":\"tuple[]\"},{\"internalType\":\"bytes[]\",\"name\":\"signatures\",\"type\":\"bytes[]\"}],\"name\":\"submit\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"unblockAccount\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"unfollow\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes16\",\"name\":\"subject\",\"type\":\"bytes16\"},{\"internalType\":\"bytes\",\"name\":\"subjectCid\",\"type\":\"bytes\"},{\"internalType\":\"uint8\",\"name\":\"reaction\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"}],\"name\":\"unreact\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"}]",
	ID:  "SocialGraph",
	Bin: "0x60a034606657601f61249838819003918201601f19168301916001600160401b03831184841017606a57808492602094604052833981010312606657518015158103606657608052604051612419908161007f823960805181818161035f0152611da80152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe60806040526004361015610011575f80fd5b5f3560e01c80631086a9aa1461084f57806314af386f1461082157806314d2c22d146107f357806318ca901b14610773578063237b1fe5146106ab57806347b7a7e7146106385780635d1ca476146105c55780635dba3a931461045a578063601567b7146103fb578063694da12a146103cd578063797a02a7146103845780637b929c27146103485780637ecebe00146102fa5780639efbbcf6146102dc578063a126b066146102a8578063e0ad290a14610253578063e29c4c29146101e0578063e6360411146101b2578063e689363014610184578063f514d6e514610156578063f698da25146101345763faa530881461010b575f80fd5b346101305761012e61012961011f36610959565b9392909233611a5a565b610cbc565b005b5f80fd5b34610130575f60031936011261013057602061014e610b20565b604051908152f35b3461013057602060031936011261013057602061017961017461087d565b610a7c565b60ff60405191168152f35b346101305760406003193601126101305761012e6101296101a361087d565b6101ab6108c3565b9033611e65565b346101305760406003193601126101305761012e6101296101d161087d565b6101d96108c3565b9033611e01565b34610130576040600319360112610130576101f961087d565b73ffffffffffffffffffffffffffffffffffffffff6102166108a0565b91165f52600260205273ffffffffffffffffffffffffffffffffffffffff60405f2091165f52602052602060ff60405f2054166040519015158152f35b346101305760606003193601126101305760043567ffffffffffffffff8111610130576102849036906004016108fa565b9061028d6108c3565b6044359081151582036101305761012e936101299333611cf0565b346101305760406003193601126101305760043560ff811681036101305761012961012e916102d56108c3565b9033611c2f565b346101305761012e6101296102f036610959565b9392909233611952565b346101305760206003193601126101305773ffffffffffffffffffffffffffffffffffffffff61032861087d565b165f525f602052602067ffffffffffffffff60405f205416604051908152f35b34610130575f6003193601126101305760206040517f000000000000000000000000000000000000000000000000000000000000000015158152f35b346101305760206003193601126101305760043567ffffffffffffffff8111610130576101a060031982360301126101305761014e6020916103c4610b20565b906004016116f8565b346101305760406003193601126101305761012e6101296103ec61087d565b6103f46108c3565b9033611537565b34610130576060600319360112610130576104146108da565b60243567ffffffffffffffff8111610130576104349036906004016108fa565b9091906044359067ffffffffffffffff821682036101305761012e936101299333611465565b346101305760406003193601126101305760043567ffffffffffffffff81116101305761048b903690600401610928565b9060243567ffffffffffffffff8111610130576104ac903690600401610928565b91909282810361059d576104be610b20565b905f5b8181106104ca57005b6104d58183866109ca565b90858110156105705760ff6104fc856001946104f68560051b8c018c610a0a565b916112d3565b168061050a575b50016104c1565b60607f2e401213b0e3f6c97df5373b717c4969c46e94011fb02083600ed5087d44e8ab9161054161053c85888b6109ca565b610a5b565b9073ffffffffffffffffffffffffffffffffffffffff604051928684521660208301526040820152a187610503565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b7fff633a38000000000000000000000000000000000000000000000000000000005f5260045ffd5b34610130576040600319360112610130576105de61087d565b73ffffffffffffffffffffffffffffffffffffffff6105fb6108a0565b91165f52600160205273ffffffffffffffffffffffffffffffffffffffff60405f2091165f52602052602060ff60405f2054166040519015158152f35b346101305760406003193601126101305761065161087d565b73ffffffffffffffffffffffffffffffffffffffff61066e6108a0565b91165f52600360205273ffffffffffffffffffffffffffffffffffffffff60405f2091165f52602052602060ff60405f2054166040519015158152f35b346101305760c06003193601126101305760043567ffffffffffffffff8111610130576106dc9036906004016108fa565b906106e56108c3565b91604435916fffffffffffffffffffffffffffffffff19831683036101305760643567ffffffffffffffff8111610130576107249036906004016108fa565b608435916fffffffffffffffffffffffffffffffff19831683036101305760a4359567ffffffffffffffff87116101305761012e9761076a6101299836906004016108fa565b9790963361115a565b346101305760806003193601126101305761078c6108da565b60243567ffffffffffffffff8111610130576107ac9036906004016108fa565b60449291923567ffffffffffffffff8111610130576107cf9036906004016108fa565b906064359267ffffffffffffffff841684036101305761012e95610129953361102f565b346101305760406003193601126101305761012e61012961081261087d565b61081a6108c3565b9033610dab565b346101305760406003193601126101305761012e61012961084061087d565b6108486108c3565b9033610cf1565b346101305760406003193601126101305761012e61012961086e61087d565b6108766108c3565b9033610bb8565b6004359073ffffffffffffffffffffffffffffffffffffffff8216820361013057565b6024359073ffffffffffffffffffffffffffffffffffffffff8216820361013057565b6024359067ffffffffffffffff8216820361013057565b600435906fffffffffffffffffffffffffffffffff198216820361013057565b9181601f840112156101305782359167ffffffffffffffff8311610130576020838186019501011161013057565b9181601f840112156101305782359167ffffffffffffffff8311610130576020808501948460051b01011161013057565b906080600319830112610130576004356fffffffffffffffffffffffffffffffff198116810361013057916024359067ffffffffffffffff8211610130576109a3916004016108fa565b909160443560ff81168103610130579060643567ffffffffffffffff811681036101305790565b91908110156105705760051b810135907ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe6181360301821215610130570190565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe181360301821215610130570180359067ffffffffffffffff82116101305760200191813603831361013057565b3573ffffffffffffffffffffffffffffffffffffffff811681036101305790565b73ffffffffffffffffffffffffffffffffffffffff165f52600460205260ff60405f20541680155f14610aaf5750600190565b90565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff821117610af357604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f9506574134638ab70aab8634a58f1073435ad52a109e810683f5a2589fc70afd60408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a08152610bb260c082610ab2565b51902090565b919073ffffffffffffffffffffffffffffffffffffffff1691825f52600260205260405f2073ffffffffffffffffffffffffffffffffffffffff82165f5260205260ff60405f20541615610c9557602073ffffffffffffffffffffffffffffffffffffffff7f114d83b3f9faec39310829c0fba4983798bd673286de26300cdffdb7805691ff92855f526002835260405f208282165f52835260405f2060ff198154169055855f526001835260405f208282165f52835260405f20600160ff1982541617905567ffffffffffffffff604051951685521692a35f90565b5050507f7d5c16110000000000000000000000000000000000000000000000000000000090565b907fffffffff00000000000000000000000000000000000000000000000000000000821615610ced57505f5260045ffd5b9050565b73ffffffffffffffffffffffffffffffffffffffff1690815f52600360205260405f2073ffffffffffffffffffffffffffffffffffffffff82165f5260205260ff60405f20541615610c9557602073ffffffffffffffffffffffffffffffffffffffff7f956d6a19c64cf663f482c785c02316493f0a91f9ca11ae3e1dadc92c797cd11892845f526003835260405f208282165f52835260405f2060ff19815416905567ffffffffffffffff604051961686521693a35f90565b73ffffffffffffffffffffffffffffffffffffffff828116939116918383148015610fe9575b610fc157825f52600360205260405f20845f5260205260ff60405f2054168015610fa1575b610f7957825f52600160205260405f20845f5260205260ff60405f205416610f5157610e2360ff91610a7c565b1660038114610f2957825f52600260205260405f20845f52602052600260ff60405f2054169114610ecd577fefe046448075d04f1565ea32660cfb8f41ef389552d8bf54f453e51025ad286d91602091610eac575b835f526001825260405f20855f52825260405f20600160ff1982541617905567ffffffffffffffff60405191168152a35f90565b835f526002825260405f20855f52825260405f2060ff198154169055610e78565b610c955760207fe0174b5d0545fb078f7be83050239b4186eae98b230b0968fa4a59b8da2effde91835f526002825260405f20855f52825260405f20600160ff1982541617905567ffffffffffffffff60405191168152a35f90565b505050507f8d87e3c00000000000000000000000000000000000000000000000000000000090565b505050507f7d5c16110000000000000000000000000000000000000000000000000000000090565b505050507faa289f690000000000000000000000000000000000000000000000000000000090565b50835f52600360205260405f20835f5260205260ff60405f205416610df6565b505050507f13496fda0000000000000000000000000000000000000000000000000000000090565b508315610dd1565b601f82602094937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe093818652868601375f8582860101520116010190565b9594906fffffffffffffffffffffffffffffffff199093929316958615801561113f575b6111145781151580611109575b156110de5767ffffffffffffffff6110ce7f3ffdaeaba844c0d36b1ead3632fe4909769788507f971cf947716c04ce60cf149673ffffffffffffffffffffffffffffffffffffffff946110c060405198899860608a5260608a0191610ff1565b918783036020890152610ff1565b9616604084015216930390a35f90565b505050505050507fca719c940000000000000000000000000000000000000000000000000000000090565b506040821115611060565b505050505050507f3a50cca10000000000000000000000000000000000000000000000000000000090565b508215158061114f575b15611053565b506040831115611149565b9598929897949196939097871515806112b3575b156112855761117e818484611ec9565b158015611273575b6112455760405198899860c08a5260c08a01906111a292610ff1565b916fffffffffffffffffffffffffffffffff1916602089015287820360408901526111cc92610ff1565b916fffffffffffffffffffffffffffffffff1916606086015284820360808601526111f692610ff1565b9367ffffffffffffffff1660a083015273ffffffffffffffffffffffffffffffffffffffff1692037fcd05ca99ad2d95d2aae668e5ee075312fd7fc9b28b14814e4800493d39bff15b91a25f90565b505050505050505050507f3a50cca10000000000000000000000000000000000000000000000000000000090565b5061127f848787611ec9565b15611186565b505050505050505050507fca719c940000000000000000000000000000000000000000000000000000000090565b50604088111561116e565b3567ffffffffffffffff811681036101305790565b929073ffffffffffffffffffffffffffffffffffffffff6112f385610a5b565b168093811592831561142f575b50505090506114285760408201611316816112be565b825f525f60205267ffffffffffffffff8060405f2054169116036114205767ffffffffffffffff611349606085016112be565b1642116114185767ffffffffffffffff6113646001926112be565b16019167ffffffffffffffff83116113eb577fffffffff00000000000000000000000000000000000000000000000000000000926113dd925f525f60205267ffffffffffffffff60405f2091167fffffffffffffffffffffffffffffffffffffffffffffffff0000000000000000825416179055611fc1565b166113e6575f90565b600490565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b505050600390565b505050600290565b5050600190565b73ffffffffffffffffffffffffffffffffffffffff93506114546114599395886116f8565b611efe565b16141580825f80611300565b91906fffffffffffffffffffffffffffffffff199094939416938415801561151c575b6114f35773ffffffffffffffffffffffffffffffffffffffff7f84aa33288e8da4920a314a1d9f204be2e422a1b2433d6fe0659e6d4e4d7ee9519367ffffffffffffffff6114e3604051958695604087526040870191610ff1565b9616602084015216930390a35f90565b50505050507f3a50cca10000000000000000000000000000000000000000000000000000000090565b508015158061152c575b15611488565b506040811115611526565b9073ffffffffffffffffffffffffffffffffffffffff82169173ffffffffffffffffffffffffffffffffffffffff8216938385148015611653575b61162a57835f52600360205260405f20855f5260205260ff60405f205416611601576115eb6020927fdcaea3289ab7dc7f35e0226bc625feb41ce4be09ded05e66f66e634bc97cf37f94865f526003855260405f20885f52855260405f20600160ff198254161790556115e58183612325565b50612325565b5067ffffffffffffffff60405191168152a35f90565b50505050507f7d5c16110000000000000000000000000000000000000000000000000000000090565b50505050507f13496fda0000000000000000000000000000000000000000000000000000000090565b508415611572565b3560ff811681036101305790565b92919267ffffffffffffffff8211610af357604051916116b160207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f8401160184610ab2565b829481845281830111610130578281602093845f960137010152565b356fffffffffffffffffffffffffffffffff19811681036101305790565b3580151581036101305790565b61170181610a5b565b9061170e6020820161165b565b9061171b604082016112be565b90611728606082016112be565b611734608083016112be565b61174060a08401610a5b565b61174d60c0850185610a0a565b369061175892611669565b8051906020012060e0850161176c906116cd565b9061177b610100870187610a0a565b369061178692611669565b8051906020012092610120870161179c906116cd565b946117ab610140890189610a0a565b36906117b692611669565b805190602001209661016089016117cc9061165b565b98610180016117da906116eb565b996040519b8c602081019e8f7f3caed3c7f3bc231326489d952b53d2a8d7ab00a8cd820a14fdbf36f3454f9c06905273ffffffffffffffffffffffffffffffffffffffff16906040015260ff1660608d015267ffffffffffffffff1660808c015267ffffffffffffffff1660a08b015267ffffffffffffffff1660c08a015273ffffffffffffffffffffffffffffffffffffffff1660e08901526101008801526fffffffffffffffffffffffffffffffff19166101208701526101408601526fffffffffffffffffffffffffffffffff191661016085015261018084015260ff166101a083015215156101c08201526101c081526118da6101e082610ab2565b5190206040519060208201927f190100000000000000000000000000000000000000000000000000000000000084526022830152604282015260428152610bb2606282610ab2565b92949360ff61194567ffffffffffffffff93604095606088526060880191610ff1565b9616602085015216910152565b6fffffffffffffffffffffffffffffffff19909116949193919285158015611a3f575b611a155760ff831660018114159081611a09575b506119df577fb3f57abf71e70ea6b03e9de73544a20248a9d4af9061b67fe0e755a0a0410d4e9373ffffffffffffffffffffffffffffffffffffffff936119d892604051958695169785611922565b0390a35f90565b5050505050507f39fc44490000000000000000000000000000000000000000000000000000000090565b6002915014155f611989565b5050505050507f3a50cca10000000000000000000000000000000000000000000000000000000090565b5080151580611a4f575b15611975565b506040811115611a49565b6fffffffffffffffffffffffffffffffff19909116949193919285158015611aec575b611a155760ff831660018114159081611ae0575b506119df577f352fdeff37ab957cf208909e12d80b95722757d17fb65653cf48568bb78ac6199373ffffffffffffffffffffffffffffffffffffffff936119d892604051958695169785611922565b6002915014155f611a91565b5080151580611afc575b15611a7d565b506040811115611af6565b93919492906fffffffffffffffffffffffffffffffff19169586158015611c14575b6111145760ff831660018114159081611c08575b50611bdd5715611b925773ffffffffffffffffffffffffffffffffffffffff927fb3f57abf71e70ea6b03e9de73544a20248a9d4af9061b67fe0e755a0a0410d4e94926119d892604051958695169785611922565b73ffffffffffffffffffffffffffffffffffffffff927f352fdeff37ab957cf208909e12d80b95722757d17fb65653cf48568bb78ac61994926119d892604051958695169785611922565b505050505050507f39fc44490000000000000000000000000000000000000000000000000000000090565b6002915014155f611b3d565b5081151580611c24575b15611b29565b506040821115611c1e565b9060ff1690600182108015611ce6575b611cbf578160ff611c4f83610a7c565b1614610c95577f33b0339d45ad09dc19091f14fc5df6b6f94b20f3a909041f8f89932dc76b25b69167ffffffffffffffff73ffffffffffffffffffffffffffffffffffffffff6040931694855f526004602052835f208360ff198254161790558351928352166020820152a25f90565b5050507f953c25a00000000000000000000000000000000000000000000000000000000090565b5060038211611c3f565b9291909181151580611df6575b15611dcd578480611da5575b611d7c577f626bf265c625c6584e099064ab99f69b9fa396a653b4448e5f1a0a374bdd4a129367ffffffffffffffff73ffffffffffffffffffffffffffffffffffffffff92611d65604051968796606088526060880191610ff1565b971515602086015216604084015216930390a25f90565b50505050507f404d282c0000000000000000000000000000000000000000000000000000000090565b507f000000000000000000000000000000000000000000000000000000000000000015611d09565b50505050507fca719c940000000000000000000000000000000000000000000000000000000090565b506040821115611cfd565b9190611e0d8382612325565b15610c9557602073ffffffffffffffffffffffffffffffffffffffff807ffb090ef8f920201c75363ffca0ecd2e53b4e5c81b68276201ecc406a11efc63c9367ffffffffffffffff6040519616865216941692a35f90565b9190611e718184612325565b15610c9557602073ffffffffffffffffffffffffffffffffffffffff807f21d6e0e44e6c1334180bdc31bd5765b4252b00081987524a7946e3fe740500719367ffffffffffffffff6040519616865216941692a35f90565b6fffffffffffffffffffffffffffffffff191615159050611ee8571590565b8015159081611ef5575090565b60409150111590565b9060418303611fba57826040101561057057604081013560f81c91601b83141580611faf575b611fa75783604011610130576020820135937f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08511611f9e57602011610130576020935f936080933590604051938452868401526040830152606082015282805260015afa15611f93575f5190565b6040513d5f823e3d90fd5b50505050505f90565b505050505f90565b50601c831415611f24565b5050505f90565b60ff611fcf6020830161165b565b16600181146122e957600281146122c3576003811461229d57600481146122325760058114808015612228575b6121de5750600781146121a1576008811461217b576009811461215557600a8110158061214a575b61210157600d81146120db57600e81146120ae57600f1461206457507f55cfbc4f0000000000000000000000000000000000000000000000000000000090565b806080612073610aaf93610a5b565b9161208060e082016116cd565b61208e610100830183610a0a565b916120a861209f60c0860186610a0a565b969095016112be565b9561102f565b50806120bc610aaf92610a5b565b906120d560806120ce60a08401610a5b565b92016112be565b91611e01565b50806120e9610aaf92610a5b565b906120fb60806120ce60a08401610a5b565b91610bb8565b7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff761212b83610a5b565b910160ff81116113eb576121446080610aaf94016112be565b91611c2f565b50600c811115612024565b5080612163610aaf92610a5b565b9061217560806120ce60a08401610a5b565b91610cf1565b5080612189610aaf92610a5b565b9061219b60806120ce60a08401610a5b565b91611537565b508060806121b1610aaf93610a5b565b916121be60e082016116cd565b6121d86121cf610100840184610a0a565b949093016112be565b93611465565b9050816121ed610aaf93610a5b565b906121fa60e082016116cd565b612208610100830183610a0a565b91612222608061221b610160870161165b565b95016112be565b94611b07565b5060068214611ffc565b5080612240610aaf92610a5b565b61224d60c0830183610a0a565b61225b6080859395016112be565b9061226860e084016116cd565b612276610100850185610a0a565b93909261229561228961012088016116cd565b96610140810190610a0a565b98909761115a565b50806122ab610aaf92610a5b565b906122bd60806120ce60a08401610a5b565b91611e65565b50806122d1610aaf92610a5b565b906122e360806120ce60a08401610a5b565b91610dab565b50806122f7610aaf92610a5b565b9061230560c0820182610a0a565b9061231f610180612318608086016112be565b94016116eb565b93611cf0565b73ffffffffffffffffffffffffffffffffffffffff16805f52600160205260405f2073ffffffffffffffffffffffffffffffffffffffff83165f5260205260ff60405f2054166123e157805f52600260205260405f2073ffffffffffffffffffffffffffffffffffffffff83165f5260205260ff60405f2054166123a95750505f90565b5f52600260205273ffffffffffffffffffffffffffffffffffffffff60405f2091165f5260205260405f2060ff198154169055600190565b5f52600160205273ffffffffffffffffffffffffffffffffffffffff60405f2091165f5260205260405f2060ff19815416905560019056",
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

// PackApprove is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1086a9aa.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function approve(address target, uint64 time) returns()
func (socialGraph *SocialGraph) PackApprove(target common.Address, time uint64) []byte {
	enc, err := socialGraph.abi.Pack("approve", target, time)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackApprove is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1086a9aa.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function approve(address target, uint64 time) returns()
func (socialGraph *SocialGraph) TryPackApprove(target common.Address, time uint64) ([]byte, error) {
	return socialGraph.abi.Pack("approve", target, time)
}

// PackBlockAccount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x694da12a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function blockAccount(address target, uint64 time) returns()
func (socialGraph *SocialGraph) PackBlockAccount(target common.Address, time uint64) []byte {
	enc, err := socialGraph.abi.Pack("blockAccount", target, time)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBlockAccount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x694da12a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function blockAccount(address target, uint64 time) returns()
func (socialGraph *SocialGraph) TryPackBlockAccount(target common.Address, time uint64) ([]byte, error) {
	return socialGraph.abi.Pack("blockAccount", target, time)
}

// PackBlocks is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x47b7a7e7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function blocks(address from, address to) view returns(bool)
func (socialGraph *SocialGraph) PackBlocks(from common.Address, to common.Address) []byte {
	enc, err := socialGraph.abi.Pack("blocks", from, to)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBlocks is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x47b7a7e7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function blocks(address from, address to) view returns(bool)
func (socialGraph *SocialGraph) TryPackBlocks(from common.Address, to common.Address) ([]byte, error) {
	return socialGraph.abi.Pack("blocks", from, to)
}

// UnpackBlocks is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x47b7a7e7.
//
// Solidity: function blocks(address from, address to) view returns(bool)
func (socialGraph *SocialGraph) UnpackBlocks(data []byte) (bool, error) {
	out, err := socialGraph.abi.Unpack("blocks", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
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

// PackEdit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x18ca901b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function edit(bytes16 subject, bytes subjectCid, bytes cid, uint64 time) returns()
func (socialGraph *SocialGraph) PackEdit(subject [16]byte, subjectCid []byte, cid []byte, time uint64) []byte {
	enc, err := socialGraph.abi.Pack("edit", subject, subjectCid, cid, time)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEdit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x18ca901b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function edit(bytes16 subject, bytes subjectCid, bytes cid, uint64 time) returns()
func (socialGraph *SocialGraph) TryPackEdit(subject [16]byte, subjectCid []byte, cid []byte, time uint64) ([]byte, error) {
	return socialGraph.abi.Pack("edit", subject, subjectCid, cid, time)
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

// PackPolicyOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf514d6e5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function policyOf(address author) view returns(uint8)
func (socialGraph *SocialGraph) PackPolicyOf(author common.Address) []byte {
	enc, err := socialGraph.abi.Pack("policyOf", author)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPolicyOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf514d6e5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function policyOf(address author) view returns(uint8)
func (socialGraph *SocialGraph) TryPackPolicyOf(author common.Address) ([]byte, error) {
	return socialGraph.abi.Pack("policyOf", author)
}

// UnpackPolicyOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf514d6e5.
//
// Solidity: function policyOf(address author) view returns(uint8)
func (socialGraph *SocialGraph) UnpackPolicyOf(data []byte) (uint8, error) {
	out, err := socialGraph.abi.Unpack("policyOf", data)
	if err != nil {
		return *new(uint8), err
	}
	out0 := *abi.ConvertType(out[0], new(uint8)).(*uint8)
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

// PackRefuse is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe6360411.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function refuse(address target, uint64 time) returns()
func (socialGraph *SocialGraph) PackRefuse(target common.Address, time uint64) []byte {
	enc, err := socialGraph.abi.Pack("refuse", target, time)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRefuse is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe6360411.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function refuse(address target, uint64 time) returns()
func (socialGraph *SocialGraph) TryPackRefuse(target common.Address, time uint64) ([]byte, error) {
	return socialGraph.abi.Pack("refuse", target, time)
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

// PackRequests is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe29c4c29.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function requests(address from, address to) view returns(bool)
func (socialGraph *SocialGraph) PackRequests(from common.Address, to common.Address) []byte {
	enc, err := socialGraph.abi.Pack("requests", from, to)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRequests is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe29c4c29.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function requests(address from, address to) view returns(bool)
func (socialGraph *SocialGraph) TryPackRequests(from common.Address, to common.Address) ([]byte, error) {
	return socialGraph.abi.Pack("requests", from, to)
}

// UnpackRequests is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe29c4c29.
//
// Solidity: function requests(address from, address to) view returns(bool)
func (socialGraph *SocialGraph) UnpackRequests(data []byte) (bool, error) {
	out, err := socialGraph.abi.Unpack("requests", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackSetPolicy is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa126b066.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setPolicy(uint8 policy, uint64 time) returns()
func (socialGraph *SocialGraph) PackSetPolicy(policy uint8, time uint64) []byte {
	enc, err := socialGraph.abi.Pack("setPolicy", policy, time)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetPolicy is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa126b066.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setPolicy(uint8 policy, uint64 time) returns()
func (socialGraph *SocialGraph) TryPackSetPolicy(policy uint8, time uint64) ([]byte, error) {
	return socialGraph.abi.Pack("setPolicy", policy, time)
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

// PackUnblockAccount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x14af386f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function unblockAccount(address target, uint64 time) returns()
func (socialGraph *SocialGraph) PackUnblockAccount(target common.Address, time uint64) []byte {
	enc, err := socialGraph.abi.Pack("unblockAccount", target, time)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUnblockAccount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x14af386f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function unblockAccount(address target, uint64 time) returns()
func (socialGraph *SocialGraph) TryPackUnblockAccount(target common.Address, time uint64) ([]byte, error) {
	return socialGraph.abi.Pack("unblockAccount", target, time)
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

// SocialGraphApproved represents a Approved event raised by the SocialGraph contract.
type SocialGraphApproved struct {
	Author common.Address
	Target common.Address
	Time   uint64
	Raw    *types.Log // Blockchain specific contextual infos
}

const SocialGraphApprovedEventName = "Approved"

// ContractEventName returns the user-defined event name.
func (SocialGraphApproved) ContractEventName() string {
	return SocialGraphApprovedEventName
}

// UnpackApprovedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Approved(address indexed author, address indexed target, uint64 time)
func (socialGraph *SocialGraph) UnpackApprovedEvent(log *types.Log) (*SocialGraphApproved, error) {
	event := "Approved"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != socialGraph.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SocialGraphApproved)
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

// SocialGraphBlocked represents a Blocked event raised by the SocialGraph contract.
type SocialGraphBlocked struct {
	Author common.Address
	Target common.Address
	Time   uint64
	Raw    *types.Log // Blockchain specific contextual infos
}

const SocialGraphBlockedEventName = "Blocked"

// ContractEventName returns the user-defined event name.
func (SocialGraphBlocked) ContractEventName() string {
	return SocialGraphBlockedEventName
}

// UnpackBlockedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Blocked(address indexed author, address indexed target, uint64 time)
func (socialGraph *SocialGraph) UnpackBlockedEvent(log *types.Log) (*SocialGraphBlocked, error) {
	event := "Blocked"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != socialGraph.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SocialGraphBlocked)
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

// SocialGraphEdited represents a Edited event raised by the SocialGraph contract.
type SocialGraphEdited struct {
	Author     common.Address
	Subject    [16]byte
	SubjectCid []byte
	Cid        []byte
	Time       uint64
	Raw        *types.Log // Blockchain specific contextual infos
}

const SocialGraphEditedEventName = "Edited"

// ContractEventName returns the user-defined event name.
func (SocialGraphEdited) ContractEventName() string {
	return SocialGraphEditedEventName
}

// UnpackEditedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Edited(address indexed author, bytes16 indexed subject, bytes subjectCid, bytes cid, uint64 time)
func (socialGraph *SocialGraph) UnpackEditedEvent(log *types.Log) (*SocialGraphEdited, error) {
	event := "Edited"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != socialGraph.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SocialGraphEdited)
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

// SocialGraphFollowRequested represents a FollowRequested event raised by the SocialGraph contract.
type SocialGraphFollowRequested struct {
	Author common.Address
	Target common.Address
	Time   uint64
	Raw    *types.Log // Blockchain specific contextual infos
}

const SocialGraphFollowRequestedEventName = "FollowRequested"

// ContractEventName returns the user-defined event name.
func (SocialGraphFollowRequested) ContractEventName() string {
	return SocialGraphFollowRequestedEventName
}

// UnpackFollowRequestedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event FollowRequested(address indexed author, address indexed target, uint64 time)
func (socialGraph *SocialGraph) UnpackFollowRequestedEvent(log *types.Log) (*SocialGraphFollowRequested, error) {
	event := "FollowRequested"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != socialGraph.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SocialGraphFollowRequested)
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

// SocialGraphFollowerRefused represents a FollowerRefused event raised by the SocialGraph contract.
type SocialGraphFollowerRefused struct {
	Author common.Address
	Target common.Address
	Time   uint64
	Raw    *types.Log // Blockchain specific contextual infos
}

const SocialGraphFollowerRefusedEventName = "FollowerRefused"

// ContractEventName returns the user-defined event name.
func (SocialGraphFollowerRefused) ContractEventName() string {
	return SocialGraphFollowerRefusedEventName
}

// UnpackFollowerRefusedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event FollowerRefused(address indexed author, address indexed target, uint64 time)
func (socialGraph *SocialGraph) UnpackFollowerRefusedEvent(log *types.Log) (*SocialGraphFollowerRefused, error) {
	event := "FollowerRefused"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != socialGraph.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SocialGraphFollowerRefused)
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

// SocialGraphPolicySet represents a PolicySet event raised by the SocialGraph contract.
type SocialGraphPolicySet struct {
	Author common.Address
	Policy uint8
	Time   uint64
	Raw    *types.Log // Blockchain specific contextual infos
}

const SocialGraphPolicySetEventName = "PolicySet"

// ContractEventName returns the user-defined event name.
func (SocialGraphPolicySet) ContractEventName() string {
	return SocialGraphPolicySetEventName
}

// UnpackPolicySetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event PolicySet(address indexed author, uint8 policy, uint64 time)
func (socialGraph *SocialGraph) UnpackPolicySetEvent(log *types.Log) (*SocialGraphPolicySet, error) {
	event := "PolicySet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != socialGraph.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SocialGraphPolicySet)
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

// SocialGraphUnblocked represents a Unblocked event raised by the SocialGraph contract.
type SocialGraphUnblocked struct {
	Author common.Address
	Target common.Address
	Time   uint64
	Raw    *types.Log // Blockchain specific contextual infos
}

const SocialGraphUnblockedEventName = "Unblocked"

// ContractEventName returns the user-defined event name.
func (SocialGraphUnblocked) ContractEventName() string {
	return SocialGraphUnblockedEventName
}

// UnpackUnblockedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Unblocked(address indexed author, address indexed target, uint64 time)
func (socialGraph *SocialGraph) UnpackUnblockedEvent(log *types.Log) (*SocialGraphUnblocked, error) {
	event := "Unblocked"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != socialGraph.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SocialGraphUnblocked)
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
	if bytes.Equal(raw[:4], socialGraph.abi.Errors["BadPolicy"].ID.Bytes()[:4]) {
		return socialGraph.UnpackBadPolicyError(raw[4:])
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
	if bytes.Equal(raw[:4], socialGraph.abi.Errors["BlockedBetween"].ID.Bytes()[:4]) {
		return socialGraph.UnpackBlockedBetweenError(raw[4:])
	}
	if bytes.Equal(raw[:4], socialGraph.abi.Errors["FollowsClosed"].ID.Bytes()[:4]) {
		return socialGraph.UnpackFollowsClosedError(raw[4:])
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

// SocialGraphBadPolicy represents a BadPolicy error raised by the SocialGraph contract.
type SocialGraphBadPolicy struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadPolicy()
func SocialGraphBadPolicyErrorID() common.Hash {
	return common.HexToHash("0x953c25a03ad7f1c3a1ff85d42fda731d583e65dc16bd947e048fd11cba3be1a9")
}

// UnpackBadPolicyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadPolicy()
func (socialGraph *SocialGraph) UnpackBadPolicyError(raw []byte) (*SocialGraphBadPolicy, error) {
	out := new(SocialGraphBadPolicy)
	if err := socialGraph.abi.UnpackIntoInterface(out, "BadPolicy", raw); err != nil {
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

// SocialGraphBlockedBetween represents a BlockedBetween error raised by the SocialGraph contract.
type SocialGraphBlockedBetween struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BlockedBetween()
func SocialGraphBlockedBetweenErrorID() common.Hash {
	return common.HexToHash("0xaa289f69c3ef6d3dd8ccf629d38016f7b085130082d6b452069833024c4638de")
}

// UnpackBlockedBetweenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BlockedBetween()
func (socialGraph *SocialGraph) UnpackBlockedBetweenError(raw []byte) (*SocialGraphBlockedBetween, error) {
	out := new(SocialGraphBlockedBetween)
	if err := socialGraph.abi.UnpackIntoInterface(out, "BlockedBetween", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SocialGraphFollowsClosed represents a FollowsClosed error raised by the SocialGraph contract.
type SocialGraphFollowsClosed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error FollowsClosed()
func SocialGraphFollowsClosedErrorID() common.Hash {
	return common.HexToHash("0x8d87e3c0fab6d3969c982d47afa1852ccb3c17c267a09574bb64505c11c8f307")
}

// UnpackFollowsClosedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error FollowsClosed()
func (socialGraph *SocialGraph) UnpackFollowsClosedError(raw []byte) (*SocialGraphFollowsClosed, error) {
	out := new(SocialGraphFollowsClosed)
	if err := socialGraph.abi.UnpackIntoInterface(out, "FollowsClosed", raw); err != nil {
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
