// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The canonical bytes of runs and aborts, and the trees of logs
/// @notice Fixed widths, big-endian, as docs/bytes.md says.
library Runs {
    uint256 internal constant SIZE = 544;
    uint256 internal constant ABORT_SIZE = 141;
    bytes16 private constant MAGIC = "candor/run/v2";
    bytes16 private constant ABORT_MAGIC = "candor/abort/v1";

    /// @dev Without a look at the length: all that asks has asked isRun before.
    function _word(bytes calldata run, uint256 from) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := calldataload(add(run.offset, from))
        }
    }

    function isRun(bytes calldata run) internal pure returns (bool) {
        return run.length == SIZE && bytes16(bytes32(_word(run, 0))) == MAGIC;
    }

    /// @dev Whether it was made for this chain and this Registry.
    function isHere(bytes calldata run, address registry) internal view returns (bool) {
        return _word(run, 16) >> 192 == block.chainid && address(uint160(_word(run, 56) >> 96)) == registry;
    }

    function node(bytes calldata run) internal pure returns (address) {
        return address(uint160(_word(run, 76) >> 96));
    }

    function plugin(bytes calldata run) internal pure returns (bytes32) {
        return bytes32(_word(run, 96));
    }

    function version(bytes calldata run) internal pure returns (uint32) {
        return uint32(_word(run, 128) >> 224);
    }

    function lane(bytes calldata run) internal pure returns (uint32) {
        return uint32(_word(run, 132) >> 224);
    }

    function seq(bytes calldata run) internal pure returns (uint64) {
        return uint64(_word(run, 136) >> 192);
    }

    function previous(bytes calldata run) internal pure returns (bytes32) {
        return bytes32(_word(run, 144));
    }

    function atBlock(bytes calldata run) internal pure returns (uint64) {
        return uint64(_word(run, 176) >> 192);
    }

    function schema(bytes calldata run) internal pure returns (bytes32) {
        return bytes32(_word(run, 256));
    }

    function commitment(bytes calldata run) internal pure returns (bytes32) {
        return bytes32(_word(run, 288));
    }

    function shape(bytes calldata run) internal pure returns (bytes32) {
        return bytes32(_word(run, 320));
    }

    function features(bytes calldata run) internal pure returns (bytes32) {
        return bytes32(_word(run, 416));
    }

    function ranked(bytes calldata run) internal pure returns (bytes32) {
        return bytes32(_word(run, 480));
    }

    /// @dev An abort says which ticket ended without a run, and why: magic, chain id
    /// (8), registry, node, lane (4), seq (8), previous entry (32), ticket (32), reason (1).
    function isAbort(bytes calldata b, address registry) internal view returns (bool) {
        return b.length == ABORT_SIZE && bytes16(b[:16]) == ABORT_MAGIC
            && uint64(bytes8(b[16:24])) == block.chainid && address(bytes20(b[24:44])) == registry;
    }

    /// @dev The root of the tree of that many leaves that has the leaf at the index
    /// (RFC 9162, 2.1.3.2); zero when the path is none of such a tree.
    function rootOf(bytes32 leaf, uint64 index, uint64 size, bytes32[] calldata path) internal pure returns (bytes32 root) {
        if (index >= size) return 0;
        uint256 fn = index;
        uint256 sn = size - 1;
        root = leaf;
        for (uint256 i = 0; i < path.length; i++) {
            if (sn == 0) return 0;
            if (fn & 1 == 1 || fn == sn) {
                root = sha256(abi.encodePacked(hex"01", path[i], root));
                while (fn & 1 == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                root = sha256(abi.encodePacked(hex"01", root, path[i]));
            }
            fn >>= 1;
            sn >>= 1;
        }
        if (sn != 0) return 0;
    }

    /// @dev Whose entry of which lane and number this is; not ok when it is neither
    /// a run nor an abort of this chain and Registry.
    function entry(bytes calldata b, address registry)
        internal
        view
        returns (bool ok, address by, uint32 inLane, uint64 number)
    {
        if (isRun(b) && isHere(b, registry)) return (true, node(b), lane(b), seq(b));
        if (isAbort(b, registry)) {
            return (true, address(bytes20(b[44:64])), uint32(bytes4(b[64:68])), uint64(bytes8(b[68:76])));
        }
    }

    function leafOf(bytes calldata e) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(hex"00", e));
    }
}
