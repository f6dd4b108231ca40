// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The social graph: profiles, follows, posts, reactions
/// @notice Every action is either called by its author or carried here as an
/// EIP-712 intent that its author signed: then the carrier pays the gas and the
/// author's key stays the author's. The events carry all that a mirror needs. A
/// post's identity is the position of its event (block, transaction index, log
/// index, big-endian in 8, 4 and 4 bytes); its content lies on IPFS. Whether a
/// reference names an existing post is for mirrors to decide: the chain does not
/// know the positions of its own logs.
contract SocialGraph {
    /// @notice An action as its author signs it. Fields that its action does not
    /// use are ignored here; relays refuse them.
    struct Intent {
        address author;
        // 1 profile, 2 follow, 3 unfollow, 4 post, 5 react, 6 unreact, 7 remove, 8 block,
        // 9 unblock, 10 open, 11 approval, 12 closed, 13 approve, 14 refuse, 15 edit
        uint8 action;
        uint64 nonce; // the author's next number
        uint64 deadline; // the last block time, in seconds, at which it is taken
        uint64 time; // when the author says that it happened, in seconds
        address target; // follow, unfollow, block, unblock, approve, refuse
        bytes cid; // profile, post, edit
        bytes16 subject; // post: the parent; react, unreact, remove, edit: the post meant
        bytes subjectCid;
        bytes16 quote; // post
        bytes quoteCid;
        uint8 reaction; // 1 like, 2 repost
        bool imported; // profile; development chains only
    }

    uint256 private constant MAX_CID = 64;

    uint8 private constant OPEN = 1;
    uint8 private constant APPROVAL = 2;
    uint8 private constant CLOSED = 3;

    uint8 private constant REFUSED_SIGNATURE = 1;
    uint8 private constant REFUSED_NONCE = 2;
    uint8 private constant REFUSED_EXPIRED = 3;
    uint8 private constant REFUSED_ACTION = 4;

    /// @dev secp256k1's order, halved: a larger s is the other spelling of a signature.
    uint256 private constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    bytes32 private constant DOMAIN_TYPE =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant INTENT_TYPE = keccak256(
        "Intent(address author,uint8 action,uint64 nonce,uint64 deadline,uint64 time,address target,bytes cid,bytes16 subject,bytes subjectCid,bytes16 quote,bytes quoteCid,uint8 reaction,bool imported)"
    );

    event ProfileSet(address indexed author, bytes cid, bool imported, uint64 time);
    event Followed(address indexed author, address indexed target, uint64 time);
    event Unfollowed(address indexed author, address indexed target, uint64 time);
    event Posted(
        address indexed author, bytes cid, bytes16 parent, bytes parentCid, bytes16 quote, bytes quoteCid, uint64 time
    );
    event Reacted(
        address indexed author, bytes16 indexed subject, bytes subjectCid, uint8 reaction, uint64 time
    );
    event Unreacted(
        address indexed author, bytes16 indexed subject, bytes subjectCid, uint8 reaction, uint64 time
    );
    event Removed(address indexed author, bytes16 indexed subject, bytes subjectCid, uint64 time);
    /// @notice All follows and requests between the two, in both directions, end here.
    event Blocked(address indexed author, address indexed target, uint64 time);
    event Unblocked(address indexed author, address indexed target, uint64 time);
    /// @param policy who may follow: 1 open, 2 approval, 3 closed
    event PolicySet(address indexed author, uint8 policy, uint64 time);
    event FollowRequested(address indexed author, address indexed target, uint64 time);
    /// @notice From here on `target` follows `author`.
    event Approved(address indexed author, address indexed target, uint64 time);
    /// @notice The request or follow of `author` by `target` ends here.
    event FollowerRefused(address indexed author, address indexed target, uint64 time);
    event Edited(
        address indexed author, bytes16 indexed subject, bytes subjectCid, bytes cid, uint64 time
    );

    /// @notice One intent of a batch was not taken.
    /// @param index its place in the batch
    /// @param reason 1 signature, 2 nonce, 3 expired, 4 the action itself, which uses up the nonce
    event IntentRefused(uint256 index, address author, uint8 reason);

    /// @notice A CID has 1 to 64 bytes where one is needed.
    error BadCid();
    /// @notice A reference has both a position and a CID, or neither where it may be absent.
    error BadReference();
    /// @notice Reactions are 1 (like) and 2 (repost).
    error BadReaction();
    /// @notice Actions are 1 to 15.
    error BadAction();
    /// @notice Nobody follows or blocks itself or the zero address.
    error BadTarget();
    /// @notice What is to begin exists already, or what is to end does not.
    error NothingChanges();
    /// @notice Policies are 1 (open), 2 (approval) and 3 (closed).
    error BadPolicy();
    /// @notice The person takes no new followers.
    error FollowsClosed();
    /// @notice One of the two blocks the other.
    error BlockedBetween();
    /// @notice Imported profiles exist on development chains only.
    error ImportedRefused();
    /// @notice A batch has one signature for each intent.
    error LengthMismatch();

    /// @notice Whether this is a development chain, where imported profiles are taken.
    bool public immutable development;

    /// @notice The number that an author's next intent must carry, from 0.
    mapping(address author => uint64) public nonces;

    /// @notice Whether `from` follows `to` now.
    mapping(address from => mapping(address to => bool)) public follows;

    /// @notice Whether `from` asks to follow `to` and waits for an answer.
    mapping(address from => mapping(address to => bool)) public requests;

    /// @notice Whether `from` blocks `to` now.
    mapping(address from => mapping(address to => bool)) public blocks;

    mapping(address author => uint8) private _policies; // 0 is open, too

    constructor(bool development_) {
        development = development_;
    }

    /// @notice Name the document that describes the caller.
    function setProfile(bytes calldata cid, uint64 time, bool imported) external {
        _demand(_setProfile(msg.sender, cid, time, imported));
    }

    /// @notice Follow someone, or ask to, as its policy has it. Refused when that
    /// changes nothing, under the policy closed, and where one blocks the other.
    function follow(address target, uint64 time) external {
        _demand(_follow(msg.sender, target, time));
    }

    /// @notice Follow someone no longer, or ask no longer. Refused when that changes nothing.
    function unfollow(address target, uint64 time) external {
        _demand(_unfollow(msg.sender, target, time));
    }

    /// @notice Block someone: neither follows the other from here on.
    function blockAccount(address target, uint64 time) external {
        _demand(_block(msg.sender, target, time));
    }

    /// @notice Block someone no longer. What the block ended stays ended.
    function unblockAccount(address target, uint64 time) external {
        _demand(_unblock(msg.sender, target, time));
    }

    /// @notice Say who may follow from here on: 1 anyone, 2 whom one approves, 3
    /// nobody new. Requests that wait go on waiting.
    function setPolicy(uint8 policy, uint64 time) external {
        _demand(_setPolicy(msg.sender, policy, time));
    }

    /// @notice Let someone follow who asked to.
    function approve(address target, uint64 time) external {
        _demand(_approve(msg.sender, target, time));
    }

    /// @notice Turn down someone who asked to follow, or end its follow.
    function refuse(address target, uint64 time) external {
        _demand(_refuse(msg.sender, target, time));
    }

    /// @notice Publish a post. `parent` and `quote` are zero, with empty CIDs, where there is none.
    function post(
        bytes calldata cid,
        uint64 time,
        bytes16 parent,
        bytes calldata parentCid,
        bytes16 quote,
        bytes calldata quoteCid
    ) external {
        _demand(_post(msg.sender, cid, time, parent, parentCid, quote, quoteCid));
    }

    /// @notice React to a post.
    function react(bytes16 subject, bytes calldata subjectCid, uint8 reaction, uint64 time) external {
        _demand(_react(msg.sender, subject, subjectCid, reaction, time, true));
    }

    /// @notice Take a reaction back.
    function unreact(bytes16 subject, bytes calldata subjectCid, uint8 reaction, uint64 time) external {
        _demand(_react(msg.sender, subject, subjectCid, reaction, time, false));
    }

    /// @notice Withdraw one's own post. Mirrors ignore the removal of a stranger's.
    function remove(bytes16 subject, bytes calldata subjectCid, uint64 time) external {
        _demand(_remove(msg.sender, subject, subjectCid, time));
    }

    /// @notice Replace the content of one's own post. Mirrors ignore the edit of a stranger's.
    function edit(bytes16 subject, bytes calldata subjectCid, bytes calldata cid, uint64 time) external {
        _demand(_edit(msg.sender, subject, subjectCid, cid, time));
    }

    /// @notice Carry out signed intents. Each stands alone: one that is refused
    /// leaves an IntentRefused in its place, and the rest go on. So a batch of n
    /// intents emits n logs, in its order.
    function submit(Intent[] calldata intents, bytes[] calldata signatures) external {
        if (intents.length != signatures.length) revert LengthMismatch();
        bytes32 domain = domainSeparator();
        for (uint256 i = 0; i < intents.length; i++) {
            uint8 reason = _take(intents[i], signatures[i], domain);
            if (reason != 0) emit IntentRefused(i, intents[i].author, reason);
        }
    }

    /// @notice Who may follow the author: 1 open, 2 approval, 3 closed.
    function policyOf(address author) public view returns (uint8) {
        uint8 policy = _policies[author];
        return policy == 0 ? OPEN : policy;
    }

    /// @notice The EIP-712 digest that the author of an intent signs.
    function digest(Intent calldata it) external view returns (bytes32) {
        return _digest(it, domainSeparator());
    }

    /// @notice The EIP-712 domain separator of this contract on this chain.
    /// @dev Computed each time, so that a chain that splits has two of them.
    function domainSeparator() public view returns (bytes32) {
        return keccak256(
            abi.encode(DOMAIN_TYPE, keccak256("Candor SocialGraph"), keccak256("1"), block.chainid, address(this))
        );
    }

    function _take(Intent calldata it, bytes calldata signature, bytes32 domain) private returns (uint8) {
        address author = it.author;
        if (author == address(0) || _signer(_digest(it, domain), signature) != author) return REFUSED_SIGNATURE;
        if (it.nonce != nonces[author]) return REFUSED_NONCE;
        if (block.timestamp > it.deadline) return REFUSED_EXPIRED;
        // Used up even when the action is refused below: else one void follow
        // would hold up all that its author signed after it.
        nonces[author] = it.nonce + 1;
        return _act(it) == bytes4(0) ? 0 : REFUSED_ACTION;
    }

    function _act(Intent calldata it) private returns (bytes4) {
        uint8 action = it.action;
        if (action == 1) return _setProfile(it.author, it.cid, it.time, it.imported);
        if (action == 2) return _follow(it.author, it.target, it.time);
        if (action == 3) return _unfollow(it.author, it.target, it.time);
        if (action == 4) {
            return _post(it.author, it.cid, it.time, it.subject, it.subjectCid, it.quote, it.quoteCid);
        }
        if (action == 5 || action == 6) {
            return _react(it.author, it.subject, it.subjectCid, it.reaction, it.time, action == 5);
        }
        if (action == 7) return _remove(it.author, it.subject, it.subjectCid, it.time);
        if (action == 8) return _block(it.author, it.target, it.time);
        if (action == 9) return _unblock(it.author, it.target, it.time);
        if (action >= 10 && action <= 12) return _setPolicy(it.author, action - 9, it.time);
        if (action == 13) return _approve(it.author, it.target, it.time);
        if (action == 14) return _refuse(it.author, it.target, it.time);
        if (action == 15) return _edit(it.author, it.subject, it.subjectCid, it.cid, it.time);
        return BadAction.selector;
    }

    // The functions below return the selector of the error that refuses the
    // action, or zero once it is done: a direct call reverts with it, a batch
    // goes on.

    function _setProfile(address author, bytes calldata cid, uint64 time, bool imported) private returns (bytes4) {
        if (!_isCid(cid)) return BadCid.selector;
        if (imported && !development) return ImportedRefused.selector;
        emit ProfileSet(author, cid, imported, time);
        return 0;
    }

    function _follow(address author, address target, uint64 time) private returns (bytes4) {
        if (target == author || target == address(0)) return BadTarget.selector;
        if (blocks[author][target] || blocks[target][author]) return BlockedBetween.selector;
        if (follows[author][target]) return NothingChanges.selector;
        uint8 policy = policyOf(target);
        if (policy == CLOSED) return FollowsClosed.selector;
        bool asked = requests[author][target];
        if (policy == APPROVAL) {
            if (asked) return NothingChanges.selector;
            requests[author][target] = true;
            emit FollowRequested(author, target, time);
            return 0;
        }
        if (asked) requests[author][target] = false;
        follows[author][target] = true;
        emit Followed(author, target, time);
        return 0;
    }

    function _unfollow(address author, address target, uint64 time) private returns (bytes4) {
        if (!_part(author, target)) return NothingChanges.selector;
        emit Unfollowed(author, target, time);
        return 0;
    }

    function _approve(address author, address target, uint64 time) private returns (bytes4) {
        if (!requests[target][author]) return NothingChanges.selector;
        requests[target][author] = false;
        follows[target][author] = true;
        emit Approved(author, target, time);
        return 0;
    }

    function _refuse(address author, address target, uint64 time) private returns (bytes4) {
        if (!_part(target, author)) return NothingChanges.selector;
        emit FollowerRefused(author, target, time);
        return 0;
    }

    function _block(address author, address target, uint64 time) private returns (bytes4) {
        if (target == author || target == address(0)) return BadTarget.selector;
        if (blocks[author][target]) return NothingChanges.selector;
        blocks[author][target] = true;
        _part(author, target);
        _part(target, author);
        emit Blocked(author, target, time);
        return 0;
    }

    function _unblock(address author, address target, uint64 time) private returns (bytes4) {
        if (!blocks[author][target]) return NothingChanges.selector;
        blocks[author][target] = false;
        emit Unblocked(author, target, time);
        return 0;
    }

    function _setPolicy(address author, uint8 policy, uint64 time) private returns (bytes4) {
        if (policy < OPEN || policy > CLOSED) return BadPolicy.selector;
        if (policyOf(author) == policy) return NothingChanges.selector;
        _policies[author] = policy;
        emit PolicySet(author, policy, time);
        return 0;
    }

    /// @dev Ends the follow or the request of one by another; false when there is neither.
    function _part(address from, address to) private returns (bool) {
        if (follows[from][to]) {
            follows[from][to] = false;
            return true;
        }
        if (requests[from][to]) {
            requests[from][to] = false;
            return true;
        }
        return false;
    }

    function _post(
        address author,
        bytes calldata cid,
        uint64 time,
        bytes16 parent,
        bytes calldata parentCid,
        bytes16 quote,
        bytes calldata quoteCid
    ) private returns (bytes4) {
        if (!_isCid(cid)) return BadCid.selector;
        if (!_isReferenceOrNone(parent, parentCid) || !_isReferenceOrNone(quote, quoteCid)) {
            return BadReference.selector;
        }
        emit Posted(author, cid, parent, parentCid, quote, quoteCid, time);
        return 0;
    }

    function _react(
        address author,
        bytes16 subject,
        bytes calldata subjectCid,
        uint8 reaction,
        uint64 time,
        bool on
    ) private returns (bytes4) {
        if (subject == 0 || !_isCid(subjectCid)) return BadReference.selector;
        if (reaction != 1 && reaction != 2) return BadReaction.selector;
        if (on) emit Reacted(author, subject, subjectCid, reaction, time);
        else emit Unreacted(author, subject, subjectCid, reaction, time);
        return 0;
    }

    function _remove(address author, bytes16 subject, bytes calldata subjectCid, uint64 time)
        private
        returns (bytes4)
    {
        if (subject == 0 || !_isCid(subjectCid)) return BadReference.selector;
        emit Removed(author, subject, subjectCid, time);
        return 0;
    }

    function _edit(
        address author,
        bytes16 subject,
        bytes calldata subjectCid,
        bytes calldata cid,
        uint64 time
    ) private returns (bytes4) {
        if (subject == 0 || !_isCid(subjectCid)) return BadReference.selector;
        if (!_isCid(cid)) return BadCid.selector;
        emit Edited(author, subject, subjectCid, cid, time);
        return 0;
    }

    function _isCid(bytes calldata cid) private pure returns (bool) {
        return cid.length > 0 && cid.length <= MAX_CID;
    }

    function _isReferenceOrNone(bytes16 id, bytes calldata cid) private pure returns (bool) {
        return id == 0 ? cid.length == 0 : _isCid(cid);
    }

    function _digest(Intent calldata it, bytes32 domain) private pure returns (bytes32) {
        bytes32 body = keccak256(
            abi.encode(
                INTENT_TYPE,
                it.author,
                it.action,
                it.nonce,
                it.deadline,
                it.time,
                it.target,
                keccak256(it.cid),
                it.subject,
                keccak256(it.subjectCid),
                it.quote,
                keccak256(it.quoteCid),
                it.reaction,
                it.imported
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, body));
    }

    /// @dev The zero address when the signature is none, or is the other spelling of one.
    function _signer(bytes32 hash, bytes calldata signature) private pure returns (address) {
        if (signature.length != 65) return address(0);
        uint8 v = uint8(signature[64]);
        if (v != 27 && v != 28) return address(0);
        bytes32 s = bytes32(signature[32:64]);
        if (uint256(s) > HALF_ORDER) return address(0);
        return ecrecover(hash, v, bytes32(signature[0:32]), s);
    }

    function _demand(bytes4 refusal) private pure {
        if (refusal == 0) return;
        assembly ("memory-safe") {
            mstore(0, refusal)
            revert(0, 4)
        }
    }
}
