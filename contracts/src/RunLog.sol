// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What RunLog asks of the Registry.
interface INodes {
    function isNode(address node) external view returns (bool);
}

/// @title Anchored checkpoints of the nodes' transparency logs
/// @notice A node anchors the head of its log, so that everyone sees one and the
/// same history. A log only grows.
contract RunLog {
    /// @notice A log's head as its node anchored it.
    struct Anchor {
        bytes32 originHash; // keccak-256 of the log's origin line
        bytes32 root; // RFC 6962 Merkle root
        bytes32 blockHash; // of the block before the anchor's
        uint64 size; // leaves
        uint64 blockNumber; // of the anchor
    }

    event Anchored(
        address indexed node, bytes32 indexed originHash, uint64 size, bytes32 root, bytes32 blockHash
    );

    /// @notice Only a node of the registry anchors.
    error NotNode();
    /// @notice The log is not larger than at its last anchor.
    error MustGrow(uint64 size);

    /// @notice Where the nodes are registered.
    INodes public immutable registry;

    mapping(address => Anchor) private _latest;
    mapping(address => mapping(bytes32 => Anchor)) private _latestOf;

    constructor(address registry_) {
        registry = INodes(registry_);
    }

    /// @notice Anchor the head of one of the caller's logs.
    function anchor(bytes32 originHash, uint64 size, bytes32 root) external {
        if (!registry.isNode(msg.sender)) revert NotNode();
        uint64 before = _latestOf[msg.sender][originHash].size;
        if (size <= before) revert MustGrow(before);
        Anchor memory a = Anchor({
            originHash: originHash,
            root: root,
            blockHash: blockhash(block.number - 1),
            size: size,
            blockNumber: uint64(block.number)
        });
        _latest[msg.sender] = a;
        _latestOf[msg.sender][originHash] = a;
        emit Anchored(msg.sender, originHash, size, root, a.blockHash);
    }

    /// @notice The node's newest anchor, of whichever log; all zero when there is none.
    function latest(address node) external view returns (Anchor memory) {
        return _latest[node];
    }

    /// @notice The newest anchor of one of the node's logs; all zero when there is none.
    function latestOf(address node, bytes32 originHash) external view returns (Anchor memory) {
        return _latestOf[node][originHash];
    }
}
