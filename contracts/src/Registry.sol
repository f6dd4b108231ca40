// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The registry: nodes, plugins, committed models, verifying keys
/// @notice Who serves feeds, who publishes rankers and filters, which model a run
/// must use at a block, and which circuit keys a proof may name. Everything is
/// enumerable, and nothing that was published is ever taken back.
contract Registry {
    /// @notice A node that serves feeds.
    struct Node {
        bytes32 logKey; // the key that signs its checkpoints
        uint64 since; // block number
        address previous; // the node whose successor this one would be; it is when that one agrees
        address successor; // set when the node's key was rotated: this address speaks no more
        string url;
    }

    /// @notice A ranker, a filter or a tower.
    struct Plugin {
        address publisher;
        uint8 kind; // 1 ranker, 2 filter, 3 tower
        uint32 versions; // the newest version, 0 when no model was committed yet
        string slug;
    }

    /// @notice A version of a plugin's model.
    struct Model {
        bytes32 commitment; // hiding hash of the weights
        bytes32 shapeId;
        bytes32 dataRoot; // what the publisher says it was trained on
        uint64 revealBy; // seconds
        uint64 activeFrom; // block number from which runs must use it, until the next version's
        bytes manifestCid;
    }

    /// @notice A circuit's verifying key.
    struct Key {
        bytes32 circuit;
        uint64 since; // block number
        bool development; // made without a ceremony: whoever made it can forge
        bytes transcriptCid; // the ceremony
    }

    uint256 private constant MAX_CID = 64;
    uint256 private constant MAX_SLUG = 64;
    uint256 private constant MAX_URL = 256;

    event NodeRegistered(address indexed node, bytes32 logKey, string url);
    event NodeClaimed(address indexed node, address indexed previous);
    event NodeRotated(address indexed node, address indexed successor);
    event PluginPublished(bytes32 indexed plugin, address indexed publisher, uint8 kind, string slug);
    event ModelCommitted(
        bytes32 indexed plugin,
        uint32 indexed version,
        bytes32 commitment,
        bytes32 shapeId,
        bytes manifestCid,
        uint64 revealBy,
        bytes32 dataRoot
    );
    event KeyAdded(bytes32 indexed circuit, bytes32 indexed vkHash, bool development, bytes transcriptCid);

    /// @notice Only the deployer adds keys.
    error NotOwner();
    /// @notice Only the publisher commits models of its plugin.
    error NotPublisher();
    /// @notice The address is no registered node, or was rotated away.
    error NotNode();
    /// @notice The successor has not claimed the caller's place.
    error NotClaimed();
    /// @notice The address, plugin, commitment or key is there already.
    error Exists();
    /// @notice A slug has 1 to 64 of a-z, 0-9 and the hyphen.
    error BadSlug();
    /// @notice A URL has at most 256 bytes.
    error BadUrl();
    /// @notice Kinds are 1 (ranker), 2 (filter) and 3 (tower).
    error BadKind();
    /// @notice A CID has 1 to 64 bytes where one is needed.
    error BadCid();
    /// @notice The value is zero and may not be.
    error Zero();
    /// @notice This version settles no bonds, so it takes none.
    error BondRefused();
    /// @notice A key without a ceremony's transcript is a development key.
    error TranscriptNeeded();
    /// @notice Development keys exist on development chains only.
    error DevelopmentRefused();

    /// @notice Whoever deployed the registry, and may add keys.
    address public immutable owner;
    /// @notice Whether this is a development chain.
    bool public immutable development;

    /// @notice Nodes, in the order in which they came.
    address[] public nodeAt;
    /// @notice Plugins, in the order in which they came.
    bytes32[] public pluginAt;
    /// @notice Hashes of verifying keys, in the order in which they came.
    bytes32[] public keyAt;

    mapping(address => Node) private _nodes;
    mapping(bytes32 => Plugin) private _plugins;
    mapping(bytes32 => mapping(uint32 => Model)) private _models;
    mapping(bytes32 => Key) private _keys;
    /// @notice The version that a plugin gave to a commitment, 0 for none.
    mapping(bytes32 plugin => mapping(bytes32 commitment => uint32)) public versionOf;

    constructor(bool development_) {
        owner = msg.sender;
        development = development_;
    }

    /// @notice Register the caller as a node, or change its log key and address on the web.
    function registerNode(bytes32 logKey, string calldata url) external {
        if (logKey == 0) revert Zero();
        if (bytes(url).length > MAX_URL) revert BadUrl();
        Node storage n = _nodes[msg.sender];
        if (n.successor != address(0)) revert NotNode();
        if (n.since == 0) {
            n.since = uint64(block.number);
            nodeAt.push(msg.sender);
        }
        n.logKey = logKey;
        n.url = url;
        emit NodeRegistered(msg.sender, logKey, url);
    }

    /// @notice Ask to be the successor of another node: the first half of a
    /// rotation, by the new address. Both must say so, or a stranger could push
    /// its past on a node, or take the new address in front of the old one.
    function claimNode(address previous) external {
        if (!isNode(msg.sender) || !isNode(previous) || previous == msg.sender) revert NotNode();
        _nodes[msg.sender].previous = previous;
        emit NodeClaimed(msg.sender, previous);
    }

    /// @notice Hand the caller's place to a node that claimed it, for good: the
    /// second half of a rotation, by the old address.
    function rotateNode(address newNode) external {
        if (!isNode(msg.sender) || !isNode(newNode)) revert NotNode();
        if (_nodes[newNode].previous != msg.sender) revert NotClaimed();
        _nodes[msg.sender].successor = newNode;
        emit NodeRotated(msg.sender, newNode);
    }

    /// @notice Publish a plugin. Its id hashes the caller too, so that nobody can
    /// take another's name in front of it.
    function publishPlugin(string calldata slug, uint8 kind) external returns (bytes32 plugin) {
        if (!_isSlug(bytes(slug))) revert BadSlug();
        if (kind == 0 || kind > 3) revert BadKind();
        plugin = pluginId(msg.sender, slug);
        Plugin storage p = _plugins[plugin];
        if (p.publisher != address(0)) revert Exists();
        p.publisher = msg.sender;
        p.kind = kind;
        p.slug = slug;
        pluginAt.push(plugin);
        emit PluginPublished(plugin, msg.sender, kind, slug);
    }

    /// @notice Commit the next version of a plugin's model. It is the active one
    /// from this block until the next is committed. Payable for the bond, which
    /// must be zero in this version.
    function commitModel(
        bytes32 plugin,
        bytes32 commitment,
        bytes32 shapeId,
        bytes calldata manifestCid,
        uint64 revealBy,
        bytes32 dataRoot
    ) external payable returns (uint32 version) {
        if (msg.value != 0) revert BondRefused();
        Plugin storage p = _plugins[plugin];
        if (p.publisher != msg.sender) revert NotPublisher();
        if (commitment == 0) revert Zero();
        if (manifestCid.length == 0 || manifestCid.length > MAX_CID) revert BadCid();
        if (versionOf[plugin][commitment] != 0) revert Exists();
        version = p.versions + 1;
        p.versions = version;
        versionOf[plugin][commitment] = version;
        _models[plugin][version] = Model({
            commitment: commitment,
            shapeId: shapeId,
            dataRoot: dataRoot,
            revealBy: revealBy,
            activeFrom: uint64(block.number),
            manifestCid: manifestCid
        });
        emit ModelCommitted(plugin, version, commitment, shapeId, manifestCid, revealBy, dataRoot);
    }

    /// @notice Append a circuit's verifying key. Only the owner; never undone.
    /// @param transcriptCid the ceremony's transcript; empty for development keys only
    function addKey(bytes32 circuit, bytes32 vkHash, bool development_, bytes calldata transcriptCid) external {
        if (msg.sender != owner) revert NotOwner();
        if (circuit == 0 || vkHash == 0) revert Zero();
        if (_keys[vkHash].since != 0) revert Exists();
        if (transcriptCid.length > MAX_CID) revert BadCid();
        if (!development_ && transcriptCid.length == 0) revert TranscriptNeeded();
        if (development_ && !development) revert DevelopmentRefused();
        _keys[vkHash] = Key({
            circuit: circuit,
            since: uint64(block.number),
            development: development_,
            transcriptCid: transcriptCid
        });
        keyAt.push(vkHash);
        emit KeyAdded(circuit, vkHash, development_, transcriptCid);
    }

    /// @notice The id of a publisher's plugin.
    function pluginId(address publisher, string calldata slug) public pure returns (bytes32) {
        return keccak256(abi.encodePacked(publisher, slug));
    }

    /// @notice Whether the address is a node that speaks for itself now.
    function isNode(address node) public view returns (bool) {
        return _nodes[node].since != 0 && _nodes[node].successor == address(0);
    }

    /// @notice A node's record, all zero when there is none.
    function nodes(address node) external view returns (Node memory) {
        return _nodes[node];
    }

    /// @notice A plugin's record, all zero when there is none.
    function plugins(bytes32 plugin) external view returns (Plugin memory) {
        return _plugins[plugin];
    }

    /// @notice A version's record (versions count from 1), all zero when there is none.
    function models(bytes32 plugin, uint32 version) external view returns (Model memory) {
        return _models[plugin][version];
    }

    /// @notice A verifying key's record, all zero when there is none.
    function keys(bytes32 vkHash) external view returns (Key memory) {
        return _keys[vkHash];
    }

    /// @notice How many nodes there are.
    function nodeCount() external view returns (uint256) {
        return nodeAt.length;
    }

    /// @notice How many plugins there are.
    function pluginCount() external view returns (uint256) {
        return pluginAt.length;
    }

    /// @notice How many verifying keys there are.
    function keyCount() external view returns (uint256) {
        return keyAt.length;
    }

    function _isSlug(bytes calldata slug) private pure returns (bool) {
        if (slug.length == 0 || slug.length > MAX_SLUG) return false;
        for (uint256 i = 0; i < slug.length; i++) {
            bytes1 c = slug[i];
            if (!((c >= "a" && c <= "z") || (c >= "0" && c <= "9") || c == "-")) return false;
        }
        return true;
    }
}
