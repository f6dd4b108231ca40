// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Purse} from "./Purse.sol";
import {Runs} from "./Runs.sol";
import {Signatures} from "./Signatures.sol";

/// @notice What RunLog asks of the Registry.
interface INodes {
    function isNode(address node) external view returns (bool);
    function nodeRecord(address node) external view returns (bool known, address successor);
    function wasActive(bytes32 plugin, uint32 version, uint64 atBlock)
        external
        view
        returns (bool active, bytes32 commitment);
    function signsFor(bytes32 plugin, address who, uint64 atBlock)
        external
        view
        returns (bool signs, address publisher);
    function holdBond(bytes32 plugin, uint32 version) external;
    function settleBond(bytes32 plugin, uint32 version, bool guilty, address finder) external;
}

/// @notice What RunLog asks of the Verifier.
interface IDisputes {
    function checkDispute(bytes32 vkHash, bytes calldata run, uint256[12] calldata proof) external view;
}

/// @title Anchored checkpoints, demands and evidence about the nodes' logs
/// @notice A node anchors the head of its log, so that everyone sees one and the
/// same history, and answers for what it signed with a bond. Whoever holds its
/// receipt may demand that the run is shown in the log, or proved; whoever holds
/// two of its statements that contradict each other ends its bond. Demands and
/// evidence are claimed a block ahead by a hash, so that to copy them gains nothing.
contract RunLog is Purse, Signatures {
    using Runs for bytes;

    /// @notice What holds for everyone here, fixed at deployment.
    struct Terms {
        uint64 unbonding; // seconds from a node's notice until its bond may leave
        uint64 demandWindow; // seconds after a receipt in which a proof or a ticket's end may be demanded
        uint64 answerBlocks; // blocks in which a demand must be answered
        uint128 minBond; // wei without which a node does not anchor
        uint128 stake; // wei that a demand costs, which go to who answers it
        bool development; // a development chain
    }

    /// @notice A log's head as its node anchored it.
    struct Anchor {
        bytes32 originHash; // keccak-256 of the log's origin line
        bytes32 root; // RFC 6962 Merkle root
        bytes32 blockHash; // of the block before the anchor's
        uint64 size; // leaves
        uint64 blockNumber; // of the anchor
    }

    /// @notice What a node answers with.
    struct Bond {
        uint128 amount;
        uint64 leavesAt; // seconds from which it may be withdrawn; 0 when no notice was given
        uint32 open; // demands that wait for an answer
        bool fallen; // it contradicted itself: this address is done
    }

    /// @notice A node's signed promise that a run is in its log in time.
    struct Receipt {
        bytes32 run;
        address node;
        uint32 lane;
        uint64 seq;
        uint64 time; // seconds
        uint32 mergeDelay; // seconds
        bytes signature;
    }

    /// @notice A node's signed promise, before it computes, that a run or an abort follows.
    struct Ticket {
        bytes32 nonce; // the asker's
        address node;
        uint32 lane;
        uint64 seq;
        uint64 atBlock;
        uint64 time; // seconds
        uint32 delay; // seconds until it is in the log
        bytes signature;
    }

    /// @notice A demand, in one word.
    struct Demand {
        address demander;
        uint64 deadline; // the last block in which it can be answered
        uint8 state; // 1 open, 2 passed on to the publisher
    }

    /// @notice How a node vouches for an entry of a log.
    struct Voucher {
        uint8 kind; // 1 its receipt, 2 its anchor, 3 its signed checkpoint
        uint64 time; // of a receipt
        uint32 mergeDelay; // of a receipt
        bytes32 originHash; // of the log
        uint64 size; // of the anchored or signed tree
        bytes32 root; // of a signed checkpoint
        bytes signature; // of a receipt or a checkpoint
        bytes32[] path; // from the entry to the root
    }

    uint8 private constant INCLUSION = 1;
    uint8 private constant PROOF = 2;
    uint8 private constant TICKET = 3;

    uint8 private constant OPEN = 1;
    uint8 private constant PASSED = 2;

    uint8 private constant RECEIPT = 1;
    uint8 private constant ANCHOR = 2;
    uint8 private constant CHECKPOINT = 3;

    uint8 private constant UNANSWERED = 1;
    uint8 private constant TWO_HEADS = 2;
    uint8 private constant FORK = 3;
    uint8 private constant TWO_ENTRIES = 4;
    uint8 private constant GAP = 5;
    uint8 private constant MISPLACED = 6;
    uint8 private constant WRONG_MODEL = 7;
    uint8 private constant TWO_TICKETS = 8;

    uint256 private constant MAX_POSTS = 64; // of a run that the dispute circuit takes
    uint64 private constant MAX_TIME = 36525 days;
    bytes32 private constant DISPUTE_SHAPE = 0xecc224c8c8b0fe2d43999c02c2bb045a682632915f06157bfa0928ba64a73f68;

    bytes32 private constant CHECKPOINT_TYPE = keccak256("Checkpoint(bytes32 originHash,uint64 size,bytes32 root)");
    bytes32 private constant TICKET_TYPE = keccak256(
        "Ticket(bytes32 nonce,address node,uint32 lane,uint64 seq,uint64 atBlock,uint64 time,uint32 delay)"
    );
    bytes32 private constant RANKING_TYPE =
        keccak256("Ranking(bytes32 plugin,uint32 version,bytes32 commitment,bytes32 inputs,bytes32 order)");

    event Anchored(
        address indexed node, bytes32 indexed originHash, uint64 size, bytes32 root, bytes32 blockHash
    );
    event BondDeposited(address indexed node, uint256 amount, uint256 total);
    event BondLeaving(address indexed node, uint64 leavesAt);
    event BondWithdrawn(address indexed node, uint256 amount);
    event Claimed(bytes32 indexed claim);
    event Demanded(
        uint8 indexed kind,
        bytes32 indexed id,
        address indexed node,
        address demander,
        uint32 lane,
        uint64 seq,
        uint64 deadline
    );
    event Answered(uint8 indexed kind, bytes32 indexed id, address indexed node);
    event PassedOn(
        bytes32 indexed id, bytes32 indexed plugin, uint32 indexed version, address signer, uint64 deadline
    );
    event Failed(uint8 indexed kind, bytes32 indexed id, address indexed node, bool publisher);
    /// @notice A node lost its bond for a fault: 1 an unanswered demand, 2 two roots of one
    /// size, 3 two leaves at one index, 4 two entries of one number, 5 a gap before an
    /// entry, 6 an entry at another index than its number, 7 a run of a model that
    /// was not the active one, 8 two tickets of one number.
    event NodeSlashed(address indexed node, uint8 indexed fault, uint256 amount, address finder, uint256 reward);

    /// @notice Only a node of the registry does or suffers this.
    error NotNode();
    /// @notice The log is not larger than at its last anchor.
    error MustGrow(uint64 size);
    /// @notice The node's bond is smaller than this chain asks for, or is leaving.
    error BondTooSmall(uint256 least);
    /// @notice The node contradicted itself before: it has nothing more to lose or to say.
    error Fallen();
    /// @notice The bond cannot leave now: give notice, wait, and answer what is demanded.
    error NotYet();
    /// @notice Claim this very call by its hash, in an earlier block.
    error ClaimFirst();
    /// @notice A demand costs exactly the stake.
    error WrongStake(uint256 stake);
    /// @notice The run was demanded before.
    error Exists();
    /// @notice There is no open demand of this.
    error NoDemand();
    /// @notice The time for this is over, or has not come.
    error BadTime();
    /// @notice The signature is not the one that is needed.
    error BadSignature();
    /// @notice The bytes are no run or abort of this chain, or not the one meant.
    error BadEntry();
    /// @notice The entry is not in that tree of the node.
    error NotIncluded();
    /// @notice The statements do not contradict each other.
    error NoFault();
    /// @notice The run cannot be proved here: its model has another shape, or it ranks no post or too many.
    error NotProvable();
    /// @notice The terms are too weak for a chain that is no development chain.
    error BadTerms();

    /// @notice Where the nodes and models are registered.
    INodes public immutable registry;
    /// @notice What checks dispute proofs.
    IDisputes public immutable verifier;

    uint64 private immutable _unbonding;
    uint64 private immutable _demandWindow;
    uint64 private immutable _answerBlocks;
    uint128 private immutable _minBond;
    uint128 private immutable _stake;
    bool private immutable _development;

    mapping(address => Anchor) private _latest;
    mapping(address => mapping(bytes32 => Anchor)) private _latestOf;
    /// @notice The root that a node anchored for a size of its log; zero for none.
    mapping(address node => mapping(bytes32 originHash => mapping(uint64 size => bytes32))) public rootAt;
    /// @notice What a node answers with.
    mapping(address node => Bond) public bonds;
    /// @notice Demands that wait, by demandKey.
    mapping(bytes32 key => Demand) public demands;
    /// @notice What was demanded once and cannot be again. It stands apart, so that
    /// who answers pays for nothing but the end of the demand.
    mapping(bytes32 key => bool) public demanded;
    /// @notice The block in which a call was claimed.
    mapping(bytes32 claim => uint64) public claims;

    constructor(Terms memory t, address registry_, address verifier_) Signatures("Candor RunLog") {
        if (!t.development && (t.unbonding < 7 days || t.answerBlocks < 32 || t.minBond == 0 || t.stake == 0)) {
            revert BadTerms();
        }
        if (t.answerBlocks == 0 || t.answerBlocks > 1e9 || t.unbonding > MAX_TIME || t.demandWindow > MAX_TIME) {
            revert BadTerms();
        }
        registry = INodes(registry_);
        verifier = IDisputes(verifier_);
        _unbonding = t.unbonding;
        _demandWindow = t.demandWindow;
        _answerBlocks = t.answerBlocks;
        _minBond = t.minBond;
        _stake = t.stake;
        _development = t.development;
    }

    /// @dev Only who claimed this very call in an earlier block makes it: a copy
    /// from the pool of waiting transactions is refused.
    modifier claimed() {
        uint64 since = claims[keccak256(abi.encode(msg.sender, keccak256(msg.data)))];
        if (since == 0 || since >= block.number) revert ClaimFirst();
        _;
    }

    // Anchors and bonds.

    /// @notice Anchor the head of one of the caller's logs.
    function anchor(bytes32 originHash, uint64 size, bytes32 root) external {
        if (!registry.isNode(msg.sender)) revert NotNode();
        Bond storage b = bonds[msg.sender];
        if (b.fallen) revert Fallen();
        if (b.amount < _minBond || b.leavesAt != 0) revert BondTooSmall(_minBond);
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
        rootAt[msg.sender][originHash][size] = root;
        emit Anchored(msg.sender, originHash, size, root, a.blockHash);
    }

    /// @notice Add to the caller's bond; a notice to withdraw it ends.
    function deposit() external payable {
        if (!registry.isNode(msg.sender)) revert NotNode();
        Bond storage b = bonds[msg.sender];
        if (b.fallen) revert Fallen();
        b.amount += uint128(msg.value);
        b.leavesAt = 0;
        emit BondDeposited(msg.sender, msg.value, b.amount);
    }

    /// @notice Give notice that the caller stops and takes its bond.
    function giveNotice() external {
        Bond storage b = bonds[msg.sender];
        if (b.amount == 0 || b.leavesAt != 0) revert NotYet();
        b.leavesAt = uint64(block.timestamp) + _unbonding;
        emit BondLeaving(msg.sender, b.leavesAt);
    }

    /// @notice Take the caller's bond after its notice.
    function withdraw() external {
        Bond storage b = bonds[msg.sender];
        uint256 amount = b.amount;
        if (amount == 0 || b.leavesAt == 0 || block.timestamp < b.leavesAt || b.open != 0) revert NotYet();
        b.amount = 0;
        b.leavesAt = 0;
        emit BondWithdrawn(msg.sender, amount);
        _pay(msg.sender, amount);
    }

    /// @notice Claim a call to come: keccak-256 of the ABI encoding of the sender
    /// and the keccak-256 of its call data.
    function claim(bytes32 hash) external {
        if (claims[hash] == 0) claims[hash] = uint64(block.number);
        emit Claimed(hash);
    }

    // Demands.

    /// @notice Demand that a run is shown in the node's log, when its merge delay is over.
    function demandInclusion(Receipt calldata r) external payable claimed {
        if (block.timestamp < uint256(r.time) + r.mergeDelay) revert BadTime();
        _checkReceipt(r);
        _demand(INCLUSION, r.run, r.node, r.lane, r.seq);
    }

    /// @notice Demand a proof of a run's order. The demander shows how many posts
    /// it ranked, since the circuit takes no more than so many, and nothing else.
    /// @param hidden the salted digest of the ranked posts
    function demandProof(Receipt calldata r, bytes calldata run, uint32 posts, bytes32 hidden)
        external
        payable
        claimed
    {
        if (block.timestamp > uint256(r.time) + _demandWindow) revert BadTime();
        _checkReceipt(r);
        if (!_isRunHere(run) || sha256(run) != r.run || !_isOf(run, r.node, r.lane, r.seq)) revert BadEntry();
        if (run.shape() != DISPUTE_SHAPE || posts == 0 || posts > MAX_POSTS) revert NotProvable();
        if (sha256(abi.encodePacked("candor/ranked/v1", posts, hidden)) != run.ranked()) revert BadEntry();
        _demand(PROOF, r.run, r.node, r.lane, r.seq);
    }

    /// @notice Demand that a ticket's run or abort is shown in the node's log, when its delay is over.
    function demandTicket(Ticket calldata t) external payable claimed {
        if (block.timestamp < uint256(t.time) + t.delay || block.timestamp > uint256(t.time) + t.delay + _demandWindow)
        {
            revert BadTime();
        }
        bytes32 id = _ticket(t);
        if (_signerOf(id, t.signature) != t.node) revert BadSignature();
        _demand(TICKET, id, t.node, t.lane, t.seq);
    }

    /// @notice Show that a demanded run is in an anchored tree of its node's log, at its number.
    function answerInclusion(bytes calldata run, bytes32 originHash, uint64 size, bytes32[] calldata path) external {
        if (!_isRunHere(run)) revert BadEntry();
        address node = run.node();
        uint64 seq = run.seq();
        _included(node, originHash, size, run.leafOf(), seq, path);
        _answered(INCLUSION, sha256(run), node, run.lane(), seq);
    }

    /// @notice Show that a demanded run was made for another chain or Registry.
    function answerForeign(bytes calldata run) external {
        if (!run.isRun() || run.isHere(address(registry))) revert BadEntry();
        _answered(INCLUSION, sha256(run), run.node(), run.lane(), run.seq());
    }

    /// @notice Show the run or the abort of a demanded ticket in an anchored tree of the node's log.
    function answerTicket(
        Ticket calldata t,
        bytes calldata entry,
        bytes32 originHash,
        uint64 size,
        bytes32[] calldata path
    ) external {
        (bool ok, address node, uint32 lane, uint64 seq) = entry.entry(address(registry));
        bytes32 id = _ticket(t);
        if (!ok || node != t.node || lane != t.lane || seq != t.seq) revert BadEntry();
        if (entry.isRun() ? entry.atBlock() != t.atBlock : bytes32(entry[108:140]) != id) revert BadEntry();
        _included(node, originHash, size, entry.leafOf(), seq, path);
        _answered(TICKET, id, node, lane, seq);
    }

    /// @notice Settle a demand for a proof.
    function proveRun(bytes calldata run, bytes32 vkHash, uint256[12] calldata proof) external {
        if (!_isRunHere(run)) revert BadEntry();
        bytes32 id = sha256(run);
        address node = run.node();
        bytes32 key = demandKey(PROOF, id, node, run.lane(), run.seq());
        Demand memory d = demands[key];
        if (block.number > d.deadline) revert NoDemand();
        delete demands[key];
        emit Answered(PROOF, id, node);
        if (d.state == PASSED) {
            (, address publisher) = registry.signsFor(run.plugin(), address(0), 0);
            registry.settleBond(run.plugin(), run.version(), false, address(0));
            _credit(publisher, _stake);
        } else {
            _earn(node);
        }
        verifier.checkDispute(vkHash, run, proof);
    }

    /// @notice Pass a demand for a proof on to the publisher whose worker signed
    /// this order of these inputs: then its bond answers, and not the node's.
    function passOn(bytes calldata run, bytes calldata signature) external {
        if (!_isRunHere(run)) revert BadEntry();
        bytes32 id = sha256(run);
        Demand storage d = demands[demandKey(PROOF, id, run.node(), run.lane(), run.seq())];
        if (d.state != OPEN || block.number > d.deadline) revert NoDemand();
        bytes32 plugin = run.plugin();
        uint32 version = run.version();
        address signer = _signerOf(
            keccak256(abi.encode(RANKING_TYPE, plugin, version, run.commitment(), run.features(), run.ranked())),
            signature
        );
        (bool signs,) = registry.signsFor(plugin, signer, run.atBlock());
        (, bytes32 commitment) = registry.wasActive(plugin, version, run.atBlock());
        if (!signs || signer == address(0) || commitment != run.commitment()) revert BadSignature();
        bonds[run.node()].open--;
        d.state = PASSED;
        d.deadline = uint64(block.number) + _answerBlocks;
        registry.holdBond(plugin, version);
        emit PassedOn(id, plugin, version, signer, d.deadline);
    }

    /// @notice Take a node's bond for a demand that it did not answer in time.
    function slashUnanswered(uint8 kind, bytes32 id, address node, uint32 lane, uint64 seq) external {
        bytes32 key = demandKey(kind, id, node, lane, seq);
        Demand memory d = demands[key];
        if (d.state != OPEN) revert NoDemand();
        if (block.number <= d.deadline) revert BadTime();
        delete demands[key];
        bonds[node].open--;
        _credit(d.demander, _stake);
        emit Failed(kind, id, node, false);
        _slash(node, UNANSWERED, d.demander);
    }

    /// @notice Take a publisher's bond for a proof that was passed on to it and did not come.
    function slashPublisher(bytes calldata run) external {
        if (!_isRunHere(run)) revert BadEntry();
        bytes32 id = sha256(run);
        bytes32 key = demandKey(PROOF, id, run.node(), run.lane(), run.seq());
        Demand memory d = demands[key];
        if (d.state != PASSED) revert NoDemand();
        if (block.number <= d.deadline) revert BadTime();
        delete demands[key];
        _credit(d.demander, _stake);
        emit Failed(PROOF, id, run.node(), true);
        registry.settleBond(run.plugin(), run.version(), true, d.demander);
    }

    // Evidence. Each ends the node's bond and the node's address.

    /// @notice Two roots of one size of a node's log. A root without a signature is the anchored one.
    function proveTwoHeads(
        address node,
        bytes32 originHash,
        uint64 size,
        bytes32 root,
        bytes calldata signature,
        bytes32 otherRoot,
        bytes calldata otherSignature
    ) external claimed {
        if (root == otherRoot) revert NoFault();
        _checkHead(node, originHash, size, root, signature);
        _checkHead(node, originHash, size, otherRoot, otherSignature);
        _fall(node, TWO_HEADS);
    }

    /// @notice Two leaves at one index of a node's log, in trees of any sizes.
    function proveFork(
        address node,
        bytes32 originHash,
        uint64 index,
        bytes32 leaf,
        Voucher calldata a,
        bytes32 otherLeaf,
        Voucher calldata b
    ) external claimed {
        if (leaf == otherLeaf || a.originHash != originHash || b.originHash != originHash) revert NoFault();
        if (!_holds(node, leaf, index, a) || !_holds(node, otherLeaf, index, b)) revert NotIncluded();
        _fall(node, FORK);
    }

    /// @notice Two runs or aborts of one lane and number.
    function proveTwoEntries(
        bytes calldata entry,
        Voucher calldata a,
        bytes calldata otherEntry,
        Voucher calldata b
    ) external claimed {
        (address node, uint32 lane, uint64 seq) = _vouched(entry, a);
        (address otherNode, uint32 otherLane, uint64 otherSeq) = _vouched(otherEntry, b);
        if (node != otherNode || lane != otherLane || seq != otherSeq || keccak256(entry) == keccak256(otherEntry)) {
            revert NoFault();
        }
        _fall(node, TWO_ENTRIES);
    }

    /// @notice A run whose previous entry has not the number before it, or stands
    /// in another lane or log. With no previous entry: one that is missing, or one
    /// too many at number 0.
    function proveGap(bytes calldata run, Voucher calldata v, bytes calldata previous) external claimed {
        if (!_isRunHere(run)) revert BadEntry();
        (address node, uint32 lane, uint64 seq) = _vouched(run, v);
        bytes32 named = run.previous();
        if (previous.length == 0) {
            if ((seq == 0) == (named == 0)) revert NoFault();
        } else {
            if (sha256(previous) != named) revert BadEntry();
            (bool ok, address by, uint32 inLane, uint64 number) = previous.entry(address(registry));
            if (ok && inLane == lane && seq != 0 && number == seq - 1) {
                if (by == node) revert NoFault();
                (, address successor) = registry.nodeRecord(by);
                if (successor == node) revert NoFault();
            }
            // An entry that is not read as one was named all the same; only runs are faults.
            if (!ok && !previous.isRun()) revert BadEntry();
        }
        _fall(node, GAP);
    }

    /// @notice A run or abort at another index of its node's log than its number.
    function proveMisplaced(bytes calldata entry, uint64 index, Voucher calldata v) external claimed {
        (bool ok, address node,, uint64 seq) = entry.entry(address(registry));
        if (!ok) revert BadEntry();
        if (index == seq) revert NoFault();
        if (!_holds(node, entry.leafOf(), index, v)) revert NotIncluded();
        _fall(node, MISPLACED);
    }

    /// @notice A run of a version that was not its plugin's active one at the
    /// run's block, or of another model than that version's.
    function proveWrongModel(bytes calldata run, Voucher calldata v) external claimed {
        if (!_isRunHere(run)) revert BadEntry();
        (address node,,) = _vouched(run, v);
        if (run.atBlock() > block.number) revert BadTime();
        (bool active, bytes32 commitment) = registry.wasActive(run.plugin(), run.version(), run.atBlock());
        if (active && commitment == run.commitment()) revert NoFault();
        _fall(node, WRONG_MODEL);
    }

    /// @notice Two tickets of one lane and number.
    function proveTwoTickets(Ticket calldata t, Ticket calldata other) external claimed {
        bytes32 id = _ticket(t);
        bytes32 otherId = _ticket(other);
        if (id == otherId || t.node != other.node || t.lane != other.lane || t.seq != other.seq) revert NoFault();
        if (_signerOf(id, t.signature) != t.node || _signerOf(otherId, other.signature) != t.node) revert BadSignature();
        _fall(t.node, TWO_TICKETS);
    }

    // What can be asked.

    /// @notice What holds for everyone here.
    function terms() external view returns (Terms memory) {
        return Terms(_unbonding, _demandWindow, _answerBlocks, _minBond, _stake, _development);
    }

    /// @notice The node's newest anchor, of whichever log; all zero when there is none.
    function latest(address node) external view returns (Anchor memory) {
        return _latest[node];
    }

    /// @notice The newest anchor of one of the node's logs; all zero when there is none.
    function latestOf(address node, bytes32 originHash) external view returns (Anchor memory) {
        return _latestOf[node][originHash];
    }

    /// @notice Where a demand is kept. The kind is 1 inclusion, 2 proof or 3 ticket; the
    /// id is the run's or the ticket's.
    function demandKey(uint8 kind, bytes32 id, address node, uint32 lane, uint64 seq) public pure returns (bytes32) {
        return keccak256(abi.encode(kind, id, node, lane, seq));
    }

    // Demands, inside.

    function _demand(uint8 kind, bytes32 id, address node, uint32 lane, uint64 seq) private {
        if (msg.value != _stake) revert WrongStake(_stake);
        (bool known,) = registry.nodeRecord(node);
        if (!known) revert NotNode();
        bytes32 key = demandKey(kind, id, node, lane, seq);
        if (demanded[key]) revert Exists();
        demanded[key] = true;
        bonds[node].open++;
        uint64 deadline = uint64(block.number) + _answerBlocks;
        demands[key] = Demand({demander: msg.sender, deadline: deadline, state: OPEN});
        emit Demanded(kind, id, node, msg.sender, lane, seq, deadline);
    }

    function _answered(uint8 kind, bytes32 id, address node, uint32 lane, uint64 seq) private {
        bytes32 key = demandKey(kind, id, node, lane, seq);
        // A deadline of zero, where there is no demand, is past.
        if (block.number > demands[key].deadline) revert NoDemand();
        delete demands[key];
        emit Answered(kind, id, node);
        _earn(node);
    }

    /// @dev An answer in time: the stake goes to the node, which is owed for its work.
    function _earn(address node) private {
        Bond storage b = bonds[node];
        b.open--;
        b.amount += _stake;
    }

    function _fall(address node, uint8 fault) private {
        (bool known,) = registry.nodeRecord(node);
        if (!known) revert NotNode();
        Bond storage b = bonds[node];
        if (b.fallen) revert Fallen();
        b.fallen = true;
        _slash(node, fault, msg.sender);
    }

    function _slash(address node, uint8 fault, address finder) private {
        Bond storage b = bonds[node];
        uint256 amount = b.amount;
        b.amount = 0;
        b.leavesAt = 0;
        uint256 reward = _forfeit(amount, finder);
        emit NodeSlashed(node, fault, amount, finder, reward);
    }

    // Statements, inside.

    function _isRunHere(bytes calldata run) private view returns (bool) {
        return run.isRun() && run.isHere(address(registry));
    }

    function _isOf(bytes calldata run, address node, uint32 lane, uint64 seq) private pure returns (bool) {
        return run.node() == node && run.lane() == lane && run.seq() == seq;
    }

    function _receiptSigner(
        bytes32 run,
        address node,
        uint32 lane,
        uint64 seq,
        uint64 time,
        uint32 mergeDelay,
        bytes calldata signature
    ) private pure returns (address) {
        return _signer(
            keccak256(abi.encodePacked("candor/receipt/v1", run, node, lane, seq, time, mergeDelay)), signature
        );
    }

    function _checkReceipt(Receipt calldata r) private pure {
        if (
            r.node == address(0)
                || _receiptSigner(r.run, r.node, r.lane, r.seq, r.time, r.mergeDelay, r.signature) != r.node
        ) revert BadSignature();
    }

    function _ticket(Ticket calldata t) private pure returns (bytes32) {
        if (t.node == address(0)) revert BadSignature();
        return keccak256(
            abi.encode(TICKET_TYPE, t.nonce, t.node, t.lane, t.seq, t.atBlock, t.time, t.delay)
        );
    }

    function _checkHead(address node, bytes32 originHash, uint64 size, bytes32 root, bytes calldata signature)
        private
        view
    {
        if (root == 0) revert NotIncluded();
        if (signature.length == 0) {
            if (rootAt[node][originHash][size] != root) revert NotIncluded();
        } else if (_signerOf(keccak256(abi.encode(CHECKPOINT_TYPE, originHash, size, root)), signature) != node) {
            revert BadSignature();
        }
    }

    /// @dev Whether the node anchored or signed a tree that has the leaf at the index.
    function _holds(address node, bytes32 leaf, uint64 index, Voucher calldata v) private view returns (bool) {
        if (node == address(0) || v.path.length > 64) return false;
        bytes32 root = Runs.rootOf(leaf, index, v.size, v.path);
        if (root == 0) return false;
        if (v.kind == ANCHOR) return rootAt[node][v.originHash][v.size] == root;
        if (v.kind != CHECKPOINT || v.root != root) return false;
        return _signerOf(keccak256(abi.encode(CHECKPOINT_TYPE, v.originHash, v.size, root)), v.signature) == node;
    }

    /// @dev Whose entry it is, when its node vouches for it.
    function _vouched(bytes calldata entry, Voucher calldata v)
        private
        view
        returns (address node, uint32 lane, uint64 seq)
    {
        bool ok;
        (ok, node, lane, seq) = entry.entry(address(registry));
        if (!ok || node == address(0)) revert BadEntry();
        if (v.kind == RECEIPT) {
            address signer = _receiptSigner(sha256(entry), node, lane, seq, v.time, v.mergeDelay, v.signature);
            if (signer != node) revert BadSignature();
        } else if (!_holds(node, entry.leafOf(), seq, v)) {
            revert NotIncluded();
        }
    }

    function _included(
        address node,
        bytes32 originHash,
        uint64 size,
        bytes32 leaf,
        uint64 index,
        bytes32[] calldata path
    ) private view {
        bytes32 root = path.length > 64 ? bytes32(0) : Runs.rootOf(leaf, index, size, path);
        if (root == 0 || rootAt[node][originHash][size] != root) revert NotIncluded();
    }
}
