// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title EIP-712 statements to one contract on one chain
abstract contract Signatures {
    uint256 private constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    bytes32 private immutable _name;

    constructor(string memory name) {
        _name = keccak256(bytes(name));
    }

    /// @notice The EIP-712 domain of what is signed for this contract.
    function domainSeparator() public view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                _name,
                keccak256("1"),
                block.chainid,
                address(this)
            )
        );
    }

    /// @dev Who signed the statement, the zero address when nobody did.
    function _signerOf(bytes32 body, bytes calldata signature) internal view returns (address) {
        return _signer(keccak256(abi.encodePacked(hex"1901", domainSeparator(), body)), signature);
    }

    /// @dev The zero address when the signature is none, or is the other spelling of one.
    function _signer(bytes32 hash, bytes calldata signature) internal pure returns (address) {
        if (signature.length != 65) return address(0);
        uint8 v = uint8(signature[64]);
        if (v != 27 && v != 28) return address(0);
        bytes32 s = bytes32(signature[32:64]);
        if (uint256(s) > HALF_ORDER) return address(0);
        return ecrecover(hash, v, bytes32(signature[0:32]), s);
    }
}
