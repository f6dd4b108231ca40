// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Purse} from "./Purse.sol";
import {Signatures} from "./Signatures.sol";

/// @notice What the Registry asks of the Verifier.
interface IReveals {
    function checkReveal(
        bytes32 vkHash,
        bytes32 commitment,
        bytes32 shapeId,
        bytes32 schema,
        uint256 mask,
        bytes calldata model,
        uint256[12] calldata proof
    ) external view;
    function isCheckable(bytes calldata shape) external pure returns (bool);
}

/// @title The registry: nodes, plugins, committed models, verifying keys
/// @notice Who serves feeds, who publishes rankers and filters, which model a run
/// must use at a block, when it must be revealed and what its publisher loses
/// otherwise, and which circuit keys a proof may name. Everything is enumerable,
/// and nothing that was published is ever taken back.
contract Registry is Purse, Signatures {
    /// @notice What holds for everyone here, fixed at deployment.
    struct Terms {
        uint64 minDelay; // seconds from a commit to its reveal date, at least
        uint64 grace; // seconds after the reveal date before the bond is lost
        uint64 minLife; // seconds from one version of a plugin to the next, at least
        uint64 disputeWindow; // seconds from the accepted reveal until the bond may leave
        uint128 minBond; // wei for a model that is to be revealed
        uint8 custodians; // nodes that must hold a ciphertext too large for an event
        bool development; // a development chain
    }

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
        uint64 revealBy; // seconds; 0 for what has no secret, and so no bond
        uint64 activeFrom; // block number from which runs must use it, until the next version's
        uint64 withdrawnAt; // block number from which no run may use it; 0: not withdrawn
        uint64 committedAt; // seconds
        uint128 bond; // wei that are still held
        uint64 revealedAt; // seconds
        uint8 reveal; // 0 none, 1 due, 2 revealed and checked here, 3 revealed and not checked here
        uint16 disputes; // that hold the bond
        uint32 id; // its place among all models, from 1
        bytes manifestCid;
    }

    /// @notice A version to be committed.
    struct Commit {
        bytes32 plugin;
        bytes32 commitment;
        bytes32 shapeId;
        bytes manifestCid;
        uint64 revealBy;
        bytes32 dataRoot;
        bytes ciphertext; // the model, time-locked to revealBy; at most 32 KiB
        bytes ciphertextCid; // instead of it, when it is larger
        bytes[] custody; // then, signatures of nodes that hold it, in ascending order of address
        uint32 dueAfter; // the id of the publisher's unrevealed model whose date comes before; 0 for none
    }

    /// @notice A model's place in its publisher's list of models to reveal, earliest first.
    struct Due {
        uint32 previous;
        uint32 next;
        uint64 revealBy;
        bool listed;
    }

    /// @notice When an address may sign rankings for a plugin's publisher.
    struct Worker {
        uint64 from; // block number
        uint64 until; // block number, not included; 0 for no end
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
    uint256 private constant MAX_CIPHERTEXT = 32768;
    uint256 private constant MAX_SHAPE = 256;
    uint256 private constant MAX_DELAY = 36525 days;

    uint8 private constant DUE = 1;
    uint8 private constant CHECKED = 2;
    uint8 private constant UNCHECKED = 3;

    bytes32 private constant CUSTODY_TYPE =
        keccak256("Custody(bytes32 plugin,bytes32 commitment,bytes32 ciphertext,uint64 revealBy)");

    event NodeRegistered(address indexed node, bytes32 logKey, string url);
    event NodeClaimed(address indexed node, address indexed previous);
    event NodeRotated(address indexed node, address indexed successor);
    event PluginPublished(bytes32 indexed plugin, address indexed publisher, uint8 kind, string slug);
    event PluginClaimed(bytes32 indexed plugin, bytes32 indexed previous);
    event PluginTransferred(bytes32 indexed plugin, bytes32 indexed successor);
    event WorkerSet(bytes32 indexed plugin, address indexed worker, bool on);
    event ModelCommitted(
        bytes32 indexed plugin,
        uint32 indexed version,
        bytes32 commitment,
        bytes32 shapeId,
        bytes manifestCid,
        uint64 revealBy,
        bytes32 dataRoot,
        uint256 bond
    );
    event CiphertextPublished(bytes32 indexed plugin, uint32 indexed version, bytes ciphertext);
    event CiphertextKept(bytes32 indexed plugin, uint32 indexed version, bytes cid, address[] custodians);
    event ModelRegistered(bytes32 indexed plugin, uint32 indexed version, bytes cid);
    event ModelWithdrawn(bytes32 indexed plugin, uint32 indexed version);
    /// @notice The model is public. `isChecked` says whether its bytes were checked here.
    event ModelRevealed(
        bytes32 indexed plugin,
        uint32 indexed version,
        address indexed by,
        bool isChecked,
        bytes32 schema,
        uint256 mask,
        bytes model,
        bytes cid
    );
    /// @notice The bond was lost; `finder` got the reward and the rest was burnt.
    event BondLost(
        bytes32 indexed plugin, uint32 indexed version, uint256 amount, address finder, uint256 reward
    );
    event BondReturned(bytes32 indexed plugin, uint32 indexed version, uint256 amount);
    event ReportPublished(bytes32 indexed plugin, uint32 indexed version, address indexed auditor, bytes cid);
    event KeyAdded(bytes32 indexed circuit, bytes32 indexed vkHash, bool development, bytes transcriptCid);

    /// @notice Only the deployer adds keys.
    error NotOwner();
    /// @notice Only the publisher does this with its plugin.
    error NotPublisher();
    /// @notice The address is no registered node, or was rotated away.
    error NotNode();
    /// @notice The successor has not claimed the place of the caller, or of its plugin.
    error NotClaimed();
    /// @notice Only the contract of disputes does this.
    error NotRunLog();
    /// @notice The address, plugin, commitment or key is there already.
    error Exists();
    /// @notice There is no such plugin or version.
    error Unknown();
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
    /// @notice What has no secret has no bond and no ciphertext.
    error BondRefused();
    /// @notice The bond is smaller than this chain asks for.
    error BondTooSmall(uint256 least);
    /// @notice The reveal date is too near, or more than a hundred years away.
    error BadDelay();
    /// @notice A secret model comes with its ciphertext of at most 32 KiB, or with the CID of a larger one.
    error BadCiphertext();
    /// @notice The ciphertext's custodians are too few, not in order, or no nodes.
    error BadCustody();
    /// @notice A model of the publisher is past its reveal date: reveal it first.
    error Overdue(uint32 id);
    /// @notice The plugin's version is too young to be replaced.
    error TooSoon(uint64 from);
    /// @notice The place in the list of reveal dates is not the right one: look it up again.
    error BadPlace();
    /// @notice The version is withdrawn, replaced or revealed already, or there is nothing to reveal.
    error TooLate();
    /// @notice The shape is not the one committed to.
    error WrongShape();
    /// @notice Models of this shape are revealed with their bytes.
    error MustCheck();
    /// @notice There is no bond that could be taken or returned now.
    error NoBond();
    /// @notice A key without a ceremony's transcript is a development key.
    error TranscriptNeeded();
    /// @notice Development keys exist on development chains only.
    error DevelopmentRefused();
    /// @notice The terms are too weak for a chain that is no development chain.
    error BadTerms();

    /// @notice Whoever deployed the registry, and may add keys.
    address public immutable owner;
    /// @notice The contract of disputes, which may take a model's bond.
    address public immutable runLog;
    /// @notice The contract that checks reveals.
    IReveals public immutable verifier;

    uint64 private immutable _minDelay;
    uint64 private immutable _grace;
    uint64 private immutable _minLife;
    uint64 private immutable _disputeWindow;
    uint128 private immutable _minBond;
    uint8 private immutable _custodians;
    /// @notice Whether this is a development chain.
    bool public immutable development;

    /// @notice Nodes, in the order in which they came.
    address[] public nodeAt;
    /// @notice Plugins, in the order in which they came.
    bytes32[] public pluginAt;
    /// @notice Hashes of verifying keys, in the order in which they came.
    bytes32[] public keyAt;
    /// @notice How many models there are.
    uint32 public modelCount;

    mapping(address => Node) private _nodes;
    mapping(bytes32 => Plugin) private _plugins;
    mapping(bytes32 => mapping(uint32 => Model)) private _models;
    mapping(bytes32 => Key) private _keys;
    mapping(uint32 id => Due) private _due;
    /// @notice The plugin of the model with this id, from 1.
    mapping(uint32 id => bytes32) public modelPlugin;
    /// @notice The model that its publisher must reveal first; 0 when there is none.
    mapping(address publisher => uint32 id) public firstDue;
    /// @notice When an address signs for a plugin's publisher.
    mapping(bytes32 plugin => mapping(address => Worker)) public workers;
    /// @notice The plugin that this one asked to continue; it does when that one's successor says so.
    mapping(bytes32 plugin => bytes32 previous) public previousOf;
    /// @notice The plugin that continues this one, 0 for none.
    mapping(bytes32 plugin => bytes32 successor) public successorOf;
    /// @notice The version that a plugin gave to a commitment, 0 for none.
    mapping(bytes32 plugin => mapping(bytes32 commitment => uint32)) public versionOf;

    constructor(Terms memory t, address runLog_, address verifier_) Signatures("Candor Registry") {
        if (!t.development && (t.minLife < 7 days || t.minDelay == 0 || t.minBond == 0 || t.custodians == 0)) {
            revert BadTerms();
        }
        if (t.grace > MAX_DELAY || t.minDelay > MAX_DELAY || t.minLife > MAX_DELAY || t.disputeWindow > MAX_DELAY) {
            revert BadTerms();
        }
        owner = msg.sender;
        runLog = runLog_;
        verifier = IReveals(verifier_);
        _minDelay = t.minDelay;
        _grace = t.grace;
        _minLife = t.minLife;
        _disputeWindow = t.disputeWindow;
        _minBond = t.minBond;
        _custodians = t.custodians;
        development = t.development;
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

    /// @notice Ask to continue another plugin of the kind: the first half of a
    /// transfer, by the new publisher. Both must say so, or anyone could push its
    /// readers on a stranger's plugin, or offer its own to a stranger's readers.
    function claimPlugin(bytes32 plugin, bytes32 previous) external {
        Plugin storage p = _mine(plugin);
        if (previous == plugin || _plugins[previous].kind != p.kind) revert Unknown();
        previousOf[plugin] = previous;
        emit PluginClaimed(plugin, previous);
    }

    /// @notice Say, once, which plugin continues this one: the second half of a
    /// transfer, by the old publisher. It moves nothing: versions, bonds and dates
    /// stay whose they are, and readers are told and choose.
    function transferPlugin(bytes32 plugin, bytes32 successor) external {
        _mine(plugin);
        if (successorOf[plugin] != 0) revert Exists();
        if (previousOf[successor] != plugin) revert NotClaimed();
        successorOf[plugin] = successor;
        emit PluginTransferred(plugin, successor);
    }

    /// @notice Let an address sign rankings for the plugin, or no longer from this
    /// block on. What it signed before still binds the publisher.
    function setWorker(bytes32 plugin, address worker, bool on) external {
        _mine(plugin);
        Worker storage w = workers[plugin][worker];
        if (on) {
            // A second term would undo what the first one's end said.
            if (w.from != 0) revert Exists();
            w.from = uint64(block.number);
        } else {
            if (w.from == 0 || w.until != 0) revert Unknown();
            w.until = uint64(block.number);
        }
        emit WorkerSet(plugin, worker, on);
    }

    /// @notice Commit the next version of a plugin's model. It is the active one
    /// from this block until the next is committed or it is withdrawn. The value is
    /// its bond, which is lost when the model is not revealed in time.
    function commitModel(Commit calldata c) external payable returns (uint32 version) {
        Plugin storage p = _mine(c.plugin);
        if (c.commitment == 0) revert Zero();
        if (!_isCid(c.manifestCid)) revert BadCid();
        if (versionOf[c.plugin][c.commitment] != 0) revert Exists();
        uint32 first = firstDue[msg.sender];
        if (first != 0 && block.timestamp > _due[first].revealBy) revert Overdue(first);
        version = p.versions + 1;
        if (version > 1) {
            uint64 from = _models[c.plugin][version - 1].committedAt + _minLife;
            if (block.timestamp < from) revert TooSoon(from);
        }
        p.versions = version;
        versionOf[c.plugin][c.commitment] = version;
        uint32 id = ++modelCount;
        modelPlugin[id] = c.plugin;
        Model storage m = _models[c.plugin][version];
        m.commitment = c.commitment;
        m.shapeId = c.shapeId;
        m.dataRoot = c.dataRoot;
        m.revealBy = c.revealBy;
        m.activeFrom = uint64(block.number);
        m.committedAt = uint64(block.timestamp);
        m.id = id;
        m.manifestCid = c.manifestCid;
        emit ModelCommitted(
            c.plugin, version, c.commitment, c.shapeId, c.manifestCid, c.revealBy, c.dataRoot, msg.value
        );
        if (c.revealBy == 0) {
            if (msg.value != 0 || c.ciphertext.length + c.ciphertextCid.length + c.custody.length != 0) {
                revert BondRefused();
            }
            return version;
        }
        if (c.shapeId == 0) revert Zero();
        if (msg.value < _minBond || msg.value > type(uint128).max) revert BondTooSmall(_minBond);
        if (c.revealBy < block.timestamp + _minDelay || c.revealBy > block.timestamp + MAX_DELAY) revert BadDelay();
        m.bond = uint128(msg.value);
        m.reveal = DUE;
        _list(id, c.dueAfter, c.revealBy);
        _publishCiphertext(c, version);
    }

    /// @notice Take a version out of service from this block on. It must be
    /// revealed all the same, and no earlier version comes back.
    function withdrawModel(bytes32 plugin, uint32 version) external {
        Plugin storage p = _mine(plugin);
        if (version == 0 || version != p.versions || _models[plugin][version].withdrawnAt != 0) revert TooLate();
        _models[plugin][version].withdrawnAt = uint64(block.number);
        emit ModelWithdrawn(plugin, version);
    }

    /// @notice Say where the proof is that the committed weights are in range and
    /// are those of the run proofs. Readers check it; without one no run is proven.
    function registerModel(bytes32 plugin, uint32 version, bytes calldata cid) external {
        _mine(plugin);
        _known(plugin, version);
        if (!_isCid(cid)) revert BadCid();
        emit ModelRegistered(plugin, version, cid);
    }

    /// @notice Reveal a model: its canonical bytes, the mask of its registration,
    /// and a proof of the registration circuit at the point that they hash to. By
    /// anyone, at any time; who copies the call does what its sender wanted.
    /// After the date and the grace the bond is lost, though the model is public.
    function reveal(
        bytes32 plugin,
        uint32 version,
        bytes32 schema,
        uint256 mask,
        bytes calldata model,
        bytes32 vkHash,
        uint256[12] calldata proof
    ) external {
        Model storage m = _known(plugin, version);
        if (m.reveal != DUE) revert TooLate();
        verifier.checkReveal(vkHash, m.commitment, m.shapeId, schema, mask, model, proof);
        _revealed(plugin, m, CHECKED);
        emit ModelRevealed(plugin, version, msg.sender, true, schema, mask, model, "");
    }

    /// @notice Say where a model is that is too large, or of no kind, to be checked
    /// here. Only its publisher says so, and everyone is told that it was not checked.
    function revealUnchecked(bytes32 plugin, uint32 version, bytes calldata shape, bytes calldata cid) external {
        _mine(plugin);
        Model storage m = _known(plugin, version);
        if (m.reveal != DUE) revert TooLate();
        if (!_isCid(cid)) revert BadCid();
        if (shape.length > MAX_SHAPE || sha256(abi.encodePacked("candor/shape/v1", shape)) != m.shapeId) {
            revert WrongShape();
        }
        if (verifier.isCheckable(shape)) revert MustCheck();
        _revealed(plugin, m, UNCHECKED);
        emit ModelRevealed(plugin, version, msg.sender, false, 0, 0, "", cid);
    }

    /// @notice Burn the bond of a model that was not revealed in time. A late
    /// reveal does the same, so nobody needs a reward for this.
    function slashUnrevealed(bytes32 plugin, uint32 version) external {
        Model storage m = _known(plugin, version);
        if (m.reveal != DUE || m.bond == 0 || block.timestamp <= m.revealBy + _grace) revert NoBond();
        _lose(plugin, version, m, address(0));
    }

    /// @notice Return the bond of a revealed model to its publisher.
    function withdrawBond(bytes32 plugin, uint32 version) external {
        _mine(plugin);
        Model storage m = _known(plugin, version);
        uint256 bond = m.bond;
        if (m.reveal < CHECKED || bond == 0 || m.disputes != 0 || block.timestamp < m.revealedAt + _disputeWindow) {
            revert NoBond();
        }
        m.bond = 0;
        emit BondReturned(plugin, version, bond);
        _pay(msg.sender, bond);
    }

    /// @notice Hold a model's bond while its publisher answers for a run of it.
    function holdBond(bytes32 plugin, uint32 version) external {
        if (msg.sender != runLog) revert NotRunLog();
        Model storage m = _known(plugin, version);
        // Nobody answers with nothing: then the node does.
        if (m.bond == 0) revert NoBond();
        m.disputes++;
    }

    /// @notice End what held a model's bond; when the publisher is guilty, the bond is lost.
    function settleBond(bytes32 plugin, uint32 version, bool guilty, address finder) external {
        if (msg.sender != runLog) revert NotRunLog();
        Model storage m = _known(plugin, version);
        m.disputes--;
        if (guilty && m.bond != 0) _lose(plugin, version, m, finder);
    }

    /// @notice Publish an auditor's report on a version.
    function publishReport(bytes32 plugin, uint32 version, bytes calldata cid) external {
        _known(plugin, version);
        if (!_isCid(cid)) revert BadCid();
        emit ReportPublished(plugin, version, msg.sender, cid);
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

    /// @notice What holds for everyone here.
    function terms() external view returns (Terms memory) {
        return Terms(_minDelay, _grace, _minLife, _disputeWindow, _minBond, _custodians, development);
    }

    /// @notice The id of a publisher's plugin.
    function pluginId(address publisher, string calldata slug) public pure returns (bytes32) {
        return keccak256(abi.encodePacked(publisher, slug));
    }

    /// @notice Whether the address is a node that speaks for itself now.
    function isNode(address node) public view returns (bool) {
        return _nodes[node].since != 0 && _nodes[node].successor == address(0);
    }

    /// @notice Whether the address is a node, or was one, and to whom it handed its place.
    function nodeRecord(address node) external view returns (bool known, address successor) {
        return (_nodes[node].since != 0, _nodes[node].successor);
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

    /// @notice A model's place in its publisher's list of models to reveal.
    function dues(uint32 id) external view returns (Due memory) {
        return _due[id];
    }

    /// @notice Whether a run at the block must use this version of the plugin, and its commitment.
    function wasActive(bytes32 plugin, uint32 version, uint64 atBlock)
        external
        view
        returns (bool active, bytes32 commitment)
    {
        Model storage m = _models[plugin][version];
        uint64 next = _models[plugin][version + 1].activeFrom;
        active = m.commitment != 0 && m.activeFrom <= atBlock && (m.withdrawnAt == 0 || atBlock < m.withdrawnAt)
            && (next == 0 || atBlock < next);
        return (active, m.commitment);
    }

    /// @notice Whether the address signs for the plugin's publisher about a run at
    /// the block, and who that publisher is.
    function signsFor(bytes32 plugin, address who, uint64 atBlock)
        external
        view
        returns (bool signs, address publisher)
    {
        publisher = _plugins[plugin].publisher;
        Worker storage w = workers[plugin][who];
        signs = publisher != address(0)
            && (who == publisher || (w.from != 0 && w.from <= atBlock && (w.until == 0 || atBlock < w.until)));
    }

    /// @notice A verifying key's record, all zero when there is none.
    function keys(bytes32 vkHash) external view returns (Key memory) {
        return _keys[vkHash];
    }

    /// @notice Whether the table has the verifying key.
    function hasKey(bytes32 vkHash) external view returns (bool) {
        return _keys[vkHash].since != 0;
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

    function _mine(bytes32 plugin) private view returns (Plugin storage p) {
        p = _plugins[plugin];
        if (p.publisher != msg.sender) revert NotPublisher();
    }

    function _known(bytes32 plugin, uint32 version) private view returns (Model storage m) {
        m = _models[plugin][version];
        if (m.commitment == 0) revert Unknown();
    }

    /// @dev Puts a model into its publisher's list, behind the one named.
    function _list(uint32 id, uint32 previous, uint64 revealBy) private {
        uint32 next = firstDue[msg.sender];
        if (previous != 0) {
            Due storage before = _due[previous];
            if (
                !before.listed || before.revealBy > revealBy
                    || _plugins[modelPlugin[previous]].publisher != msg.sender
            ) revert BadPlace();
            next = before.next;
            before.next = id;
        } else {
            firstDue[msg.sender] = id;
        }
        if (next != 0) {
            if (_due[next].revealBy < revealBy) revert BadPlace();
            _due[next].previous = id;
        }
        _due[id] = Due({previous: previous, next: next, revealBy: revealBy, listed: true});
    }

    function _publishCiphertext(Commit calldata c, uint32 version) private {
        if (c.ciphertextCid.length == 0) {
            if (c.ciphertext.length == 0 || c.ciphertext.length > MAX_CIPHERTEXT) revert BadCiphertext();
            if (c.custody.length != 0) revert BadCustody();
            emit CiphertextPublished(c.plugin, version, c.ciphertext);
            return;
        }
        if (c.ciphertext.length != 0 || c.ciphertextCid.length > MAX_CID) revert BadCiphertext();
        if (c.custody.length != _custodians) revert BadCustody();
        bytes32 body =
            keccak256(abi.encode(CUSTODY_TYPE, c.plugin, c.commitment, keccak256(c.ciphertextCid), c.revealBy));
        address[] memory custodians = new address[](c.custody.length);
        address last = address(0);
        for (uint256 i = 0; i < custodians.length; i++) {
            address who = _signerOf(body, c.custody[i]);
            if (who <= last || !isNode(who)) revert BadCustody();
            last = who;
            custodians[i] = who;
        }
        emit CiphertextKept(c.plugin, version, c.ciphertextCid, custodians);
    }

    /// @dev The model is public: it holds up its publisher no more.
    function _revealed(bytes32 plugin, Model storage m, uint8 how) private {
        if (m.bond != 0 && block.timestamp > m.revealBy + _grace) {
            _lose(plugin, versionOf[plugin][m.commitment], m, address(0));
        }
        m.reveal = how;
        m.revealedAt = uint64(block.timestamp);
        Due storage d = _due[m.id];
        if (d.previous == 0) firstDue[_plugins[plugin].publisher] = d.next;
        else _due[d.previous].next = d.next;
        if (d.next != 0) _due[d.next].previous = d.previous;
        d.listed = false;
    }

    function _lose(bytes32 plugin, uint32 version, Model storage m, address finder) private {
        uint256 bond = m.bond;
        m.bond = 0;
        uint256 reward = _forfeit(bond, finder);
        emit BondLost(plugin, version, bond, finder, reward);
    }

    function _isCid(bytes calldata cid) private pure returns (bool) {
        return cid.length > 0 && cid.length <= MAX_CID;
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
