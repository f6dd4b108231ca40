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

// RegistryMetaData contains all meta data concerning the Registry contract.
var RegistryMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"bool\",\"name\":\"development_\",\"type\":\"bool\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"BadCid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadKind\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadSlug\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadUrl\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BondRefused\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"DevelopmentRefused\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"Exists\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotClaimed\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotNode\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotOwner\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotPublisher\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"TranscriptNeeded\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"Zero\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"circuit\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"vkHash\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"development\",\"type\":\"bool\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"transcriptCid\",\"type\":\"bytes\"}],\"name\":\"KeyAdded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"shapeId\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"manifestCid\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"revealBy\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"dataRoot\",\"type\":\"bytes32\"}],\"name\":\"ModelCommitted\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"previous\",\"type\":\"address\"}],\"name\":\"NodeClaimed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"logKey\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"string\",\"name\":\"url\",\"type\":\"string\"}],\"name\":\"NodeRegistered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"successor\",\"type\":\"address\"}],\"name\":\"NodeRotated\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"publisher\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"indexed\":false,\"internalType\":\"string\",\"name\":\"slug\",\"type\":\"string\"}],\"name\":\"PluginPublished\",\"type\":\"event\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"circuit\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vkHash\",\"type\":\"bytes32\"},{\"internalType\":\"bool\",\"name\":\"development_\",\"type\":\"bool\"},{\"internalType\":\"bytes\",\"name\":\"transcriptCid\",\"type\":\"bytes\"}],\"name\":\"addKey\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"previous\",\"type\":\"address\"}],\"name\":\"claimNode\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"shapeId\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"manifestCid\",\"type\":\"bytes\"},{\"internalType\":\"uint64\",\"name\":\"revealBy\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"dataRoot\",\"type\":\"bytes32\"}],\"name\":\"commitModel\",\"outputs\":[{\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"}],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"development\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"}],\"name\":\"isNode\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"name\":\"keyAt\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"keyCount\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"vkHash\",\"type\":\"bytes32\"}],\"name\":\"keys\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"circuit\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"since\",\"type\":\"uint64\"},{\"internalType\":\"bool\",\"name\":\"development\",\"type\":\"bool\"},{\"internalType\":\"bytes\",\"name\":\"transcriptCid\",\"type\":\"bytes\"}],\"internalType\":\"structRegistry.Key\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"version\",\"type\":\"uint32\"}],\"name\":\"models\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"shapeId\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"dataRoot\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"revealBy\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"activeFrom\",\"type\":\"uint64\"},{\"internalType\":\"bytes\",\"name\":\"manifestCid\",\"type\":\"bytes\"}],\"internalType\":\"structRegistry.Model\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"name\":\"nodeAt\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"nodeCount\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"node\",\"type\":\"address\"}],\"name\":\"nodes\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"logKey\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"since\",\"type\":\"uint64\"},{\"internalType\":\"address\",\"name\":\"previous\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"successor\",\"type\":\"address\"},{\"internalType\":\"string\",\"name\":\"url\",\"type\":\"string\"}],\"internalType\":\"structRegistry.Node\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"owner\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"name\":\"pluginAt\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"pluginCount\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"publisher\",\"type\":\"address\"},{\"internalType\":\"string\",\"name\":\"slug\",\"type\":\"string\"}],\"name\":\"pluginId\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"}],\"name\":\"plugins\",\"outputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"publisher\",\"type\":\"address\"},{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint32\",\"name\":\"versions\",\"type\":\"uint32\"},{\"internalType\":\"string\",\"name\":\"slug\",\"type\":\"string\"}],\"internalType\":\"structRegistry.Plugin\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"string\",\"name\":\"slug\",\"type\":\"string\"},{\"internalType\":\"uint8\",\"name\":\"kind\",\"type\":\"uint8\"}],\"name\":\"publishPlugin\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"logKey\",\"type\":\"bytes32\"},{\"internalType\":\"string\",\"name\":\"url\",\"type\":\"string\"}],\"name\":\"registerNode\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"newNode\",\"type\":\"address\"}],\"name\":\"rotateNode\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"plugin\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"versionOf\",\"outputs\":[{\"internalType\":\"uint32\",\"name\":\"\",\"type\":\"uint32\"}],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "Registry",
	Bin: "0x60c03461007e57601f611c6538819003918201601f19168301916001600160401b038311848410176100825780849260209460405283398101031261007e5751801515810361007e573360805260a052604051611bce908161009782396080518181816109a10152610dec015260a051818181610c4001526110b80152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe6080806040526004361015610012575f80fd5b5f3560e01c908162de828e14611672575080630175015214611645578063189a5a17146115385780632ab71b69146114815780634223b5c21461142757806354111bbc146111cd5780635d243c16146111805780636da49b83146111645780637855ffe3146110dd5780637b929c27146110a15780638345515814610e105780638da5cb5b14610dc0578063ac05cef514610cc5578063cab6054f14610941578063d898370714610810578063dde5b7a114610763578063ecce6d9114610653578063ee2815b71461018d578063f927727c14610140578063f9b90ee0146101235763fac750e014610102575f80fd5b3461011f575f60031936011261011f576020600254604051908152f35b5f80fd5b3461011f575f60031936011261011f576020600154604051908152f35b3461011f57602060031936011261011f576004355f5481101561011f5773ffffffffffffffffffffffffffffffffffffffff61017d6020926116f1565b90549060031b1c16604051908152f35b60c060031936011261011f5760043560243560443560643567ffffffffffffffff811161011f576101c290369060040161171c565b93909160843567ffffffffffffffff811680910361011f5760a4353461062b57835f52600460205260405f20948554953373ffffffffffffffffffffffffffffffffffffffff8816036106035787156105db57881580156105d1575b6105a957855f52600760205260405f20885f5260205263ffffffff60405f20541661058157600163ffffffff8860a81c16019663ffffffff8811610554577fffffffffffffff00000000ffffffffffffffffffffffffffffffffffffffffff78ffffffff00000000000000000000000000000000000000000063ffffffff8a169960a81b169116179055845f52600760205260405f20875f5260205260405f20867fffffffffffffffffffffffffffffffffffffffffffffffffffffffff00000000825416179055604051976102f3896117e9565b878952600460208a0199868b52604081018581526060820190878252608083019067ffffffffffffffff4316825261032c368789611a34565b9d60a085019e8f528b5f52600560205260405f208d5f5260205260405f209451855551600185015551600284015567ffffffffffffffff8060038501935116167fffffffffffffffffffffffffffffffffffffffffffffffff0000000000000000835416178255517fffffffffffffffffffffffffffffffff0000000000000000ffffffffffffffff6fffffffffffffffff000000000000000083549260401b16911617905501985198895167ffffffffffffffff81116105275760209a6103fe826103f88554611828565b8561195b565b8b90601f83116001146104995792610458837f8ab7a0dbc00d814415c237580b39b7e5a567c4698a65758e665463e0a07843789a9997948d9e999794610478975f9261048e575b50505f198260011b9260031b1c19161790565b90555b60405196879687528c87015260a0604087015260a08601916119b9565b91606084015260808301520390a3604051908152f35b015190505f80610445565b90601f19831691845f52815f20925f5b8181106105105750938c9d9896936104789693600193837f8ab7a0dbc00d814415c237580b39b7e5a567c4698a65758e665463e0a07843789e9d9b98106104f8575b505050811b01905561045b565b01515f1960f88460031b161c191690558f80806104eb565b92938f6001819287860151815501950193016104a9565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b7f846ec056000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fca719c94000000000000000000000000000000000000000000000000000000005f5260045ffd5b506040891161021e565b7ff4560403000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f6cc8883a000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f74f5049e000000000000000000000000000000000000000000000000000000005f5260045ffd5b3461011f57604060031936011261011f5760243563ffffffff8116810361011f57606060a0604051610684816117e9565b5f81525f60208201525f60408201525f838201525f608082015201526004355f52600560205263ffffffff60405f2091165f5260205260405f206040516106ca816117e9565b8154815261075f6001830154926020830193845267ffffffffffffffff600282015491604085019283528160038201549161071c6004606089019284861684528460808b019660401c16865201611879565b9460a0880195865260405198899860208a525160208a015251604089015251606088015251166080860152511660a08401525160c08084015260e08301906116cc565b0390f35b3461011f57602060031936011261011f5761077c611937565b506004355f52600660205260405f20604051610797816117cd565b8154815261075f60018301546107cf6002602085019567ffffffffffffffff8416875260ff604087019460401c161515845201611879565b906060840191825267ffffffffffffffff604051958695602087525160208701525116604085015251151560608401525160808084015260a08301906116cc565b3461011f57602060031936011261011f576108296116a9565b6108323361174a565b158015610931575b6109095773ffffffffffffffffffffffffffffffffffffffff16805f5260036020523373ffffffffffffffffffffffffffffffffffffffff600160405f20015460401c16036108e157335f526003602052600260405f2001817fffffffffffffffffffffffff0000000000000000000000000000000000000000825416179055337f883f323690923378c0bda1949f5d6a5bccd98ed4829086c3102fd2f973e9e8ab5f80a3005b7fb72a2522000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f5cd26b68000000000000000000000000000000000000000000000000000000005f5260045ffd5b5061093b8161174a565b1561083a565b3461011f57608060031936011261011f57602435600435604435801590811580820361011f5760643567ffffffffffffffff811161011f5761098790369060040161171c565b92909373ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000163303610c9d5785158015610c95575b6105db57865f52600660205267ffffffffffffffff600160405f2001541661058157604084116105a95780610c8d575b610c655780610c3d575b610c1557604051610a1a816117cd565b8481526002602082019167ffffffffffffffff431683526040810192848452610a44368789611a34565b9360608301948552895f52600660205260405f209251835567ffffffffffffffff8060018501935116167fffffffffffffffffffffffffffffffffffffffffffffffff00000000000000008354161782555115157fffffffffffffffffffffffffffffffffffffffffffffff00ffffffffffffffff68ff000000000000000083549260401b16911617905501905180519067ffffffffffffffff821161052757610af2826103f88554611828565b602090601f8311600114610bb257610b1f92915f9183610ba75750505f198260011b9260031b1c19161790565b90555b60025468010000000000000000811015610527577ff29d1fe6b76051cdbee18dc63ded125f186a45af8f3a7e15cb82e6d40c0a10489386610b87610b71846001610ba296016002556002611707565b81939154905f199060031b92831b921b19161790565b905560405193849384526040602085015260408401916119b9565b0390a3005b015190508980610445565b90601f19831691845f52815f20925f5b818110610bfd5750908460019594939210610be5575b505050811b019055610b22565b01515f1960f88460031b161c19169055888080610bd8565b92936020600181928786015181550195019301610bc2565b7f56607bd0000000000000000000000000000000000000000000000000000000005f5260045ffd5b507f000000000000000000000000000000000000000000000000000000000000000015610a0a565b7f256c5817000000000000000000000000000000000000000000000000000000005f5260045ffd5b508215610a00565b5086156109d0565b7f30cd7471000000000000000000000000000000000000000000000000000000005f5260045ffd5b3461011f57602060031936011261011f57610cde6116a9565b610ce73361174a565b158015610db0575b8015610d91575b6109095773ffffffffffffffffffffffffffffffffffffffff90335f526003602052600160405f200180547fffffffff0000000000000000000000000000000000000000ffffffffffffffff7bffffffffffffffffffffffffffffffffffffffff00000000000000008460401b16911617905516337f1d9d265be68f7554dab4dca4d5c3ae184d537347845d08e8a62d97cdef6cd5815f80a3005b503373ffffffffffffffffffffffffffffffffffffffff821614610cf6565b50610dba8161174a565b15610cef565b3461011f575f60031936011261011f57602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b3461011f57604060031936011261011f5760043567ffffffffffffffff811161011f57610e4190369060040161171c565b6024359060ff821680830361011f57610e5a8285611a7a565b15611079578015801561106f575b61104757610e778285336119d9565b92835f52600460205260405f2073ffffffffffffffffffffffffffffffffffffffff8154166105815780547fffffffffffffffffffffff00ffffffffffffffffffffffffffffffffffffffff33167fffffffffffffffffffffff0000000000000000000000000000000000000000009091161760a09290921b74ff00000000000000000000000000000000000000001691909117815560010167ffffffffffffffff831161052757610f3383610f2d8354611828565b8361195b565b5f83601f8111600114610fe65780610f5e925f91610fdb575b505f198260011b9260031b1c19161790565b90555b6001546801000000000000000081101561052757602094849283610fb1610b718560017f0f039e744840db11a6260cd79f36975573bf0b2b60e0c27662f02d0befc1f56e97016001556001611707565b9055610fd06040519283928352604089840152339660408401916119b9565b0390a3604051908152f35b905087013588610f4c565b601f191690825f528460205f20925f5b81811061102c575010611013575b5050600183811b019055610f61565b5f1960f88660031b161c19908701351690558580611004565b89840135855560019094019360209384019388935001610ff6565b7f2b434c20000000000000000000000000000000000000000000000000000000005f5260045ffd5b5060038111610e68565b7f18f46120000000000000000000000000000000000000000000000000000000005f5260045ffd5b3461011f575f60031936011261011f5760206040517f000000000000000000000000000000000000000000000000000000000000000015158152f35b3461011f57602060031936011261011f5760043560015481101561011f576001548110156111375760015f527fb10e2d527612073b26eecdfd717e6a320cf44b4afac2b0732d9fcbe2b7fa0cf60154604051908152602090f35b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b3461011f575f60031936011261011f5760205f54604051908152f35b3461011f57604060031936011261011f576111996116a9565b60243567ffffffffffffffff811161011f576020916111bf6111c592369060040161171c565b916119d9565b604051908152f35b3461011f57604060031936011261011f5760043560243567ffffffffffffffff811161011f5761120190369060040161171c565b9082156105db5761010082116113ff57335f52600360205260405f2073ffffffffffffffffffffffffffffffffffffffff600282015416610909576001810167ffffffffffffffff8154161561137d575b508381556003019267ffffffffffffffff83116105275761127d836112778654611828565b8661195b565b5f93601f84116001146112fb576112ca84807f9eb7a9fd4f71450083e505b8c7eff0f37a6ce401c36197c78a18506a64482c8e96975f916112f057505f198260011b9260031b1c19161790565b90555b6112eb604051928392835260406020840152339560408401916119b9565b0390a2005b905085013588610f4c565b601f19841694815f5260205f20905f5b8781106113655750857f9eb7a9fd4f71450083e505b8c7eff0f37a6ce401c36197c78a18506a64482c8e96971061134c575b5050600185811b0190556112cd565b5f1960f88860031b161c1990850135169055858061133d565b9091602060018192858901358155019301910161130b565b80547fffffffffffffffffffffffffffffffffffffffffffffffff0000000000000000164367ffffffffffffffff161790555f549068010000000000000000821015610527576113d4826001600394015f556116f1565b815490841b9073ffffffffffffffffffffffffffffffffffffffff33831b921b191617905590611252565b7f08e6b91d000000000000000000000000000000000000000000000000000000005f5260045ffd5b3461011f57602060031936011261011f5760043560025481101561011f576002548110156111375760025f527f405787fa12a823e0f2b7631cc41b3ba8828b3321ca811111fa75cd3aa3bb5ace0154604051908152602090f35b3461011f57602060031936011261011f5761149a611937565b506004355f52600460205273ffffffffffffffffffffffffffffffffffffffff60405f2061075f604051916114ce836117cd565b63ffffffff8154858116855260ff61150060016020880195838560a01c1687528560408a019560a81c16855201611879565b9360608701948552604051978897602089525116602088015251166040860152511660608401525160808084015260a08301906116cc565b3461011f57602060031936011261011f5773ffffffffffffffffffffffffffffffffffffffff6115666116a9565b60606080604051611576816117b1565b5f81525f60208201525f60408201525f838201520152165f52600360205260405f206040516115a4816117b1565b8154815261075f600183015473ffffffffffffffffffffffffffffffffffffffff602084019467ffffffffffffffff8316865281604086019360401c168352816115fe600382600285015416936060890194855201611879565b936080870194855267ffffffffffffffff60405198899860208a525160208a01525116604088015251166060860152511660808401525160a08084015260c08301906116cc565b3461011f57602060031936011261011f5760206116686116636116a9565b61174a565b6040519015158152f35b3461011f57604060031936011261011f576020906004355f526007825260405f206024355f52825263ffffffff60405f2054168152f35b6004359073ffffffffffffffffffffffffffffffffffffffff8216820361011f57565b90601f19601f602080948051918291828752018686015e5f8582860101520116010190565b5f54811015611137575f805260205f2001905f90565b8054821015611137575f5260205f2001905f90565b9181601f8401121561011f5782359167ffffffffffffffff831161011f576020838186019501011161011f57565b73ffffffffffffffffffffffffffffffffffffffff16805f52600360205267ffffffffffffffff600160405f2001541615159081611786575090565b90505f52600360205273ffffffffffffffffffffffffffffffffffffffff600260405f200154161590565b60a0810190811067ffffffffffffffff82111761052757604052565b6080810190811067ffffffffffffffff82111761052757604052565b60c0810190811067ffffffffffffffff82111761052757604052565b90601f601f19910116810190811067ffffffffffffffff82111761052757604052565b90600182811c9216801561186f575b602083101461184257565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602260045260245ffd5b91607f1691611837565b9060405191825f82549261188c84611828565b80845293600181169081156118f757506001146118b3575b506118b192500383611805565b565b90505f9291925260205f20905f915b8183106118db5750509060206118b1928201015f6118a4565b60209193508060019154838589010152019101909184926118c2565b602093506118b19592507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0091501682840152151560051b8201015f6118a4565b60405190611944826117cd565b606080835f81525f60208201525f60408201520152565b919091601f831161196c575b505050565b81831161197857505050565b5f5260205f206020601f830160051c92106119b1575b81601f9101920160051c03905f5b82811015611967575f8282015560010161199c565b5f915061198e565b601f8260209493601f1993818652868601375f8582860101520116010190565b91906034611a2e91836040519485927fffffffffffffffffffffffffffffffffffffffff000000000000000000000000602085019860601b1688528484013781015f838201520301601f198101835282611805565b51902090565b92919267ffffffffffffffff82116105275760405191611a5e6020601f19601f8401160184611805565b82948184528183011161011f578281602093845f960137010152565b81158015611bc4575b611bbe575f5b82811015611bb6577fff0000000000000000000000000000000000000000000000000000000000000081830135167f61000000000000000000000000000000000000000000000000000000000000008110159081611b8b575b8115611b2f575b8115611b05575b5015611afe57600101611a89565b5050505f90565b7f2d000000000000000000000000000000000000000000000000000000000000009150145f611af0565b90507f300000000000000000000000000000000000000000000000000000000000000081101580611b61575b90611ae9565b507f3900000000000000000000000000000000000000000000000000000000000000811115611b5b565b7f7a000000000000000000000000000000000000000000000000000000000000008111159150611ae2565b505050600190565b50505f90565b5060408211611a8356",
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
// Solidity: constructor(bool development_) returns()
func (registry *Registry) PackConstructor(development_ bool) []byte {
	enc, err := registry.abi.Pack("", development_)
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

// PackCommitModel is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xee2815b7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function commitModel(bytes32 plugin, bytes32 commitment, bytes32 shapeId, bytes manifestCid, uint64 revealBy, bytes32 dataRoot) payable returns(uint32 version)
func (registry *Registry) PackCommitModel(plugin [32]byte, commitment [32]byte, shapeId [32]byte, manifestCid []byte, revealBy uint64, dataRoot [32]byte) []byte {
	enc, err := registry.abi.Pack("commitModel", plugin, commitment, shapeId, manifestCid, revealBy, dataRoot)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCommitModel is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xee2815b7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function commitModel(bytes32 plugin, bytes32 commitment, bytes32 shapeId, bytes manifestCid, uint64 revealBy, bytes32 dataRoot) payable returns(uint32 version)
func (registry *Registry) TryPackCommitModel(plugin [32]byte, commitment [32]byte, shapeId [32]byte, manifestCid []byte, revealBy uint64, dataRoot [32]byte) ([]byte, error) {
	return registry.abi.Pack("commitModel", plugin, commitment, shapeId, manifestCid, revealBy, dataRoot)
}

// UnpackCommitModel is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xee2815b7.
//
// Solidity: function commitModel(bytes32 plugin, bytes32 commitment, bytes32 shapeId, bytes manifestCid, uint64 revealBy, bytes32 dataRoot) payable returns(uint32 version)
func (registry *Registry) UnpackCommitModel(data []byte) (uint32, error) {
	out, err := registry.abi.Unpack("commitModel", data)
	if err != nil {
		return *new(uint32), err
	}
	out0 := *abi.ConvertType(out[0], new(uint32)).(*uint32)
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

// PackModels is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xecce6d91.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function models(bytes32 plugin, uint32 version) view returns((bytes32,bytes32,bytes32,uint64,uint64,bytes))
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
// Solidity: function models(bytes32 plugin, uint32 version) view returns((bytes32,bytes32,bytes32,uint64,uint64,bytes))
func (registry *Registry) TryPackModels(plugin [32]byte, version uint32) ([]byte, error) {
	return registry.abi.Pack("models", plugin, version)
}

// UnpackModels is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xecce6d91.
//
// Solidity: function models(bytes32 plugin, uint32 version) view returns((bytes32,bytes32,bytes32,uint64,uint64,bytes))
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
// Solidity: event ModelCommitted(bytes32 indexed plugin, uint32 indexed version, bytes32 commitment, bytes32 shapeId, bytes manifestCid, uint64 revealBy, bytes32 dataRoot)
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

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (registry *Registry) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], registry.abi.Errors["BadCid"].ID.Bytes()[:4]) {
		return registry.UnpackBadCidError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["BadKind"].ID.Bytes()[:4]) {
		return registry.UnpackBadKindError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["BadSlug"].ID.Bytes()[:4]) {
		return registry.UnpackBadSlugError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["BadUrl"].ID.Bytes()[:4]) {
		return registry.UnpackBadUrlError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["BondRefused"].ID.Bytes()[:4]) {
		return registry.UnpackBondRefusedError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["DevelopmentRefused"].ID.Bytes()[:4]) {
		return registry.UnpackDevelopmentRefusedError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["Exists"].ID.Bytes()[:4]) {
		return registry.UnpackExistsError(raw[4:])
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
	if bytes.Equal(raw[:4], registry.abi.Errors["NotPublisher"].ID.Bytes()[:4]) {
		return registry.UnpackNotPublisherError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["TranscriptNeeded"].ID.Bytes()[:4]) {
		return registry.UnpackTranscriptNeededError(raw[4:])
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
