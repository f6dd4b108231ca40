// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What the Verifier asks of the Registry.
interface IKeys {
    function hasKey(bytes32 vkHash) external view returns (bool);
}

/// @title Groth16 proofs of the two circuits, and revealed models
/// @notice Anybody may load a verifying key whose hash stands in the Registry's
/// table: the hash says all of it, so there is nothing to choose. Keys never
/// change, and a proof is checked against no other.
contract Verifier {
    /// @notice A key that was loaded.
    struct Loaded {
        address data; // its points are this account's code
        uint8 inputs; // how many public inputs
        bool dispute; // of the circuit of dispute proofs
        bytes32 circuit; // keccak-256 of its circuit's name
    }

    event KeyLoaded(bytes32 indexed vkHash, string circuit, address data);

    /// @notice The key is not in the Registry's table.
    error UnknownKey();
    /// @notice The key was not loaded, or is one of another circuit.
    error WrongKey();
    /// @notice The key is loaded already.
    error Exists();
    /// @notice The points are none, or are too few or too many.
    error BadPoints();
    /// @notice The proof does not prove this.
    error BadProof();
    /// @notice The bytes are no model, or one too large to be checked here.
    error BadModel();
    /// @notice The model's shape is not the one committed to.
    error WrongShape();

    uint256 private constant R = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001;
    uint256 private constant P = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47;
    bytes32 private constant DISPUTE = keccak256("digest-64x32x1/v1");
    uint256 private constant MAX_INPUTS = 8;
    uint256 private constant MAX_MODEL = 98304;
    bytes16 private constant MODEL_MAGIC = "candor/model/v1";
    /// @notice The shape 64x32x1 with a shift of 6, whose runs can be disputed.
    bytes32 public constant DISPUTE_SHAPE = 0xecc224c8c8b0fe2d43999c02c2bb045a682632915f06157bfa0928ba64a73f68;
    bytes20 private constant DISPUTE_SHAPE_BYTES = hex"00000040000000200000000100000006_0000007f";
    uint32 private constant DISPUTE_ELEMENTS = 71; // field elements under its commitment

    /// @notice Where the keys' table is.
    IKeys public immutable registry;

    /// @notice The keys that were loaded.
    mapping(bytes32 vkHash => Loaded) public loaded;

    constructor(address registry_) {
        registry = IKeys(registry_);
    }

    /// @notice Load a verifying key: α, β, γ, δ, the points of constant, public
    /// inputs and challenge, and the commitment's G and −σG, each as two or four
    /// numbers, of the second group's the imaginary part first.
    function load(string calldata circuit, bool development, bytes16 magic, uint256[] calldata points)
        external
        returns (bytes32 vkHash)
    {
        if (points.length < 26 || points.length % 2 != 0 || points.length > 26 + 2 * MAX_INPUTS) revert BadPoints();
        _onCurve(points);
        vkHash = sha256(
            abi.encodePacked(
                "candor/key/v1", uint32(bytes(circuit).length), circuit, development, magic, _compress(points)
            )
        );
        if (!registry.hasKey(vkHash)) revert UnknownKey();
        if (loaded[vkHash].data != address(0)) revert Exists();
        // The code begins with STOP, so that calling it does nothing.
        bytes memory code = abi.encodePacked(hex"00", points);
        bytes memory init = abi.encodePacked(hex"61", uint16(code.length), hex"80600a3d393df3", code);
        address data;
        assembly ("memory-safe") {
            data := create(0, add(init, 32), mload(init))
        }
        if (data == address(0)) revert BadPoints();
        loaded[vkHash] = Loaded({
            data: data,
            inputs: uint8(points.length / 2 - 13),
            dispute: keccak256(bytes(circuit)) == DISPUTE,
            circuit: keccak256(bytes(circuit))
        });
        emit KeyLoaded(vkHash, circuit, data);
    }

    /// @notice Check a dispute proof of a run of at most 64 posts and of the one
    /// shape that the circuit has: that its features digest hides a model's
    /// commitment and rows that this model ranks in the digest's order.
    /// @param run the run's 544 bytes
    function checkDispute(bytes32 vkHash, bytes calldata run, uint256[12] calldata proof) external view {
        if (run.length != 544 || bytes32(run[320:352]) != DISPUTE_SHAPE) revert WrongShape();
        uint256[] memory inputs = new uint256[](3);
        inputs[0] = uint256(bytes32(run[416:448]));
        inputs[1] = uint256(
            sha256(abi.encodePacked("candor/model/v1", DISPUTE_SHAPE_BYTES, run[256:288], DISPUTE_ELEMENTS))
        ) >> 8;
        inputs[2] = uint256(
            sha256(
                abi.encodePacked(
                    uint32(14), "candor/bind/v1", uint32(24), "candor/digest-groth16/v1", uint32(9), "run-order",
                    uint32(32), vkHash, uint32(544), run
                )
            )
        ) >> 8;
        Loaded storage k = loaded[vkHash];
        if (!k.dispute || k.inputs != 3) revert WrongKey();
        _check(k.data, inputs, proof);
    }

    /// @notice Check that the bytes are the model behind the commitment.
    function checkReveal(
        bytes32 vkHash,
        bytes32 commitment,
        bytes32 shapeId,
        bytes32 schema,
        uint256 mask,
        bytes calldata model,
        uint256[12] calldata proof
    ) external view {
        if (mask >= R) revert BadModel();
        (uint256 shapeLength, uint256 units, uint256 inputs, uint256 second) = _shape(model);
        bytes calldata shape = model[16:16 + shapeLength];
        if (sha256(abi.encodePacked("candor/shape/v1", shape)) != shapeId) revert WrongShape();
        uint256 size = model.length - 16 - shapeLength;
        uint256[] memory public_ = new uint256[](4);
        public_[0] = uint256(commitment);
        public_[1] = modelTag(shape, schema, size);
        (public_[2], public_[3]) = _evaluate(commitment, mask, model, inputs, units, second);
        Loaded storage k = loaded[vkHash];
        if (k.circuit != _registration(inputs, units, second) || k.inputs != 4) revert WrongKey();
        _check(k.data, public_, proof);
    }

    /// @notice Whether models of the shape can be checked by their bytes.
    function isCheckable(bytes calldata shape) external pure returns (bool) {
        (bool ok,,,, uint256 size) = _readShape(shape);
        return ok && size + 16 + shape.length <= MAX_MODEL && (shape.length == 20 || shape.length == 28);
    }

    /// @notice What binds shape and feature schema of a model's commitment.
    /// @param size the bytes of all weights and biases
    function modelTag(bytes calldata shape, bytes32 schema, uint256 size) public pure returns (uint256) {
        uint32 elements = uint32(1 + (size + 30) / 31);
        return uint256(sha256(abi.encodePacked("candor/model/v1", shape, schema, elements))) >> 8;
    }

    /// @notice The point at which a revealed model is evaluated, and its value there.
    function evaluate(bytes32 commitment, uint256 mask, bytes calldata model)
        external
        pure
        returns (uint256 alpha, uint256 value)
    {
        (, uint256 units, uint256 inputs, uint256 second) = _shape(model);
        return _evaluate(commitment, mask, model, inputs, units, second);
    }

    /// @dev Registration circuits differ by the widths of the models that they take.
    function _registration(uint256 inputs, uint256 units, uint256 second) private pure returns (bytes32) {
        bytes memory widths = abi.encodePacked(_decimal(inputs), "x", _decimal(units));
        if (second != 0) widths = abi.encodePacked(widths, "x", _decimal(second));
        return keccak256(abi.encodePacked("registration-", widths, "x1/v1"));
    }

    function _decimal(uint256 n) private pure returns (bytes memory) {
        bytes1 ones = bytes1(uint8(48 + n % 10));
        return n < 10 ? abi.encodePacked(ones) : abi.encodePacked(_decimal(n / 10), ones);
    }

    /// @dev Reads the head of a model. second is zero for one hidden layer.
    function _shape(bytes calldata model)
        private
        pure
        returns (uint256 length, uint256 units, uint256 inputs, uint256 second)
    {
        if (model.length < 36 || model.length > MAX_MODEL || bytes16(model[:16]) != MODEL_MAGIC) revert BadModel();
        bool ok;
        uint256 size;
        (ok, inputs, units, second, size) = _readShape(model[16:]);
        length = second == 0 ? 20 : 28;
        if (!ok || model.length != 16 + length + size) revert BadModel();
    }

    /// @dev The shape that the bytes begin with; a model's numbers are inputs, the
    /// units of each hidden layer, one, the shifts and the clamp.
    function _readShape(bytes calldata b)
        private
        pure
        returns (bool ok, uint256 inputs, uint256 units, uint256 second, uint256 size)
    {
        if (b.length < 20) return (false, 0, 0, 0, 0);
        inputs = _number(b, 0);
        units = _number(b, 1);
        // The fourth number is a shift, at least four, or the single output.
        if (_number(b, 3) != 1) {
            ok = _number(b, 2) == 1 && _isShift(_number(b, 3)) && _number(b, 4) == 127;
            size = units * (inputs + 2) + units + 2;
        } else {
            if (b.length < 28) return (false, 0, 0, 0, 0);
            second = _number(b, 2);
            ok = second != 0 && second <= 256 && _isShift(_number(b, 4)) && _isShift(_number(b, 5))
                && _number(b, 6) == 127;
            size = units * (inputs + 2) + second * (units + 2) + second + 2;
        }
        ok = ok && inputs != 0 && inputs <= 512 && units != 0 && units <= 256;
    }

    function _isShift(uint256 k) private pure returns (bool) {
        return k >= 4 && k <= 12;
    }

    function _number(bytes calldata b, uint256 i) private pure returns (uint256) {
        return uint32(bytes4(b[4 * i:4 * i + 4]));
    }

    /// @dev The polynomial of all weights, row by row as they are committed to, at
    /// the point that commitment, mask and bytes hash to. A row has as many
    /// entries as the widest layer, filled up to a power of two: a hidden unit's
    /// weights, a hidden layer's biases, the output's weights, the output's bias
    /// with the mask. Goes from the last row to the first.
    function _evaluate(
        bytes32 commitment,
        uint256 mask,
        bytes calldata model,
        uint256 inputs,
        uint256 units,
        uint256 second
    ) private pure returns (uint256 alpha, uint256 value) {
        bytes memory all = abi.encodePacked("candor/reveal/v1", commitment, mask, model);
        alpha = uint256(keccak256(all)) % R;
        uint256 widest = inputs > units ? inputs : units;
        if (second > widest) widest = second;
        uint256 row = alpha; // becomes the factor from row to row
        row = mulmod(row, row, R);
        row = mulmod(row, row, R);
        for (uint256 w = 4; w < widest; w *= 2) row = mulmod(row, row, R);
        uint256 pos; // the end of what was not read yet
        assembly ("memory-safe") {
            pos := add(add(all, 32), mload(all))
        }
        uint256 last = second == 0 ? units : second;
        pos -= 2;
        value = addmod(_biases(pos, 1, alpha), mulmod(mask, alpha, R), R);
        pos -= last;
        value = addmod(mulmod(value, row, R), _weights(pos, 1, last, alpha, row), R);
        if (second != 0) {
            pos -= 2 * second;
            value = addmod(mulmod(value, row, R), _biases(pos, second, alpha), R);
            pos -= second * units;
            value = addmod(
                mulmod(value, _power(row, second), R), _weights(pos, second, units, alpha, row), R
            );
        }
        pos -= 2 * units;
        value = addmod(mulmod(value, row, R), _biases(pos, units, alpha), R);
        pos -= units * inputs;
        value = addmod(mulmod(value, _power(row, units), R), _weights(pos, units, inputs, alpha, row), R);
    }

    /// @dev Σ rowʲ·Σ (byte − 128)·alphaᵏ over n rows of the width, from memory.
    function _weights(uint256 from, uint256 n, uint256 width, uint256 alpha, uint256 row)
        private
        pure
        returns (uint256 sum)
    {
        uint256 offset = R - mulmod(128, _geometric(width, alpha), R);
        assembly ("memory-safe") {
            for { let pos := add(from, mul(n, width)) } gt(pos, from) {} {
                let begin := sub(pos, width)
                let acc := 0
                // What does not fill a word, at the row's end; then word by word, down to its beginning.
                for { let odd := and(width, 31) } odd { odd := sub(odd, 1) } {
                    pos := sub(pos, 1)
                    acc := add(mulmod(acc, alpha, R), byte(0, mload(pos)))
                }
                for {} gt(pos, begin) {} {
                    pos := sub(pos, 32)
                    let w := mload(pos)
                    acc := add(mulmod(acc, alpha, R), byte(31, w))
                    acc := add(mulmod(acc, alpha, R), byte(30, w))
                    acc := add(mulmod(acc, alpha, R), byte(29, w))
                    acc := add(mulmod(acc, alpha, R), byte(28, w))
                    acc := add(mulmod(acc, alpha, R), byte(27, w))
                    acc := add(mulmod(acc, alpha, R), byte(26, w))
                    acc := add(mulmod(acc, alpha, R), byte(25, w))
                    acc := add(mulmod(acc, alpha, R), byte(24, w))
                    acc := add(mulmod(acc, alpha, R), byte(23, w))
                    acc := add(mulmod(acc, alpha, R), byte(22, w))
                    acc := add(mulmod(acc, alpha, R), byte(21, w))
                    acc := add(mulmod(acc, alpha, R), byte(20, w))
                    acc := add(mulmod(acc, alpha, R), byte(19, w))
                    acc := add(mulmod(acc, alpha, R), byte(18, w))
                    acc := add(mulmod(acc, alpha, R), byte(17, w))
                    acc := add(mulmod(acc, alpha, R), byte(16, w))
                    acc := add(mulmod(acc, alpha, R), byte(15, w))
                    acc := add(mulmod(acc, alpha, R), byte(14, w))
                    acc := add(mulmod(acc, alpha, R), byte(13, w))
                    acc := add(mulmod(acc, alpha, R), byte(12, w))
                    acc := add(mulmod(acc, alpha, R), byte(11, w))
                    acc := add(mulmod(acc, alpha, R), byte(10, w))
                    acc := add(mulmod(acc, alpha, R), byte(9, w))
                    acc := add(mulmod(acc, alpha, R), byte(8, w))
                    acc := add(mulmod(acc, alpha, R), byte(7, w))
                    acc := add(mulmod(acc, alpha, R), byte(6, w))
                    acc := add(mulmod(acc, alpha, R), byte(5, w))
                    acc := add(mulmod(acc, alpha, R), byte(4, w))
                    acc := add(mulmod(acc, alpha, R), byte(3, w))
                    acc := add(mulmod(acc, alpha, R), byte(2, w))
                    acc := add(mulmod(acc, alpha, R), byte(1, w))
                    acc := add(mulmod(acc, alpha, R), byte(0, w))
                }
                sum := addmod(mulmod(sum, row, R), addmod(acc, offset, R), R)
            }
        }
    }

    /// @dev Σ (bias − 32,768)·alphaᵏ over n biases of two bytes, from memory.
    function _biases(uint256 from, uint256 n, uint256 alpha) private pure returns (uint256 sum) {
        assembly ("memory-safe") {
            for { let pos := add(from, mul(2, n)) } gt(pos, from) {} {
                pos := sub(pos, 2)
                sum := add(mulmod(sum, alpha, R), shr(240, mload(pos)))
            }
        }
        return addmod(sum, R - mulmod(32768, _geometric(n, alpha), R), R);
    }

    /// @dev Σ xᵏ for k below n.
    function _geometric(uint256 n, uint256 x) private pure returns (uint256 sum) {
        uint256 power = 1; // x to the number of terms in sum
        for (uint256 bit = 512; bit != 0; bit /= 2) {
            sum = mulmod(sum, 1 + power, R);
            power = mulmod(power, power, R);
            if (n & bit != 0) {
                sum = addmod(mulmod(sum, x, R), 1, R);
                power = mulmod(power, x, R);
            }
        }
    }

    function _power(uint256 x, uint256 n) private pure returns (uint256 y) {
        y = 1;
        for (uint256 bit = 512; bit != 0; bit /= 2) {
            y = mulmod(y, y, R);
            if (n & bit != 0) y = mulmod(y, x, R);
        }
    }

    /// @dev Each point in its compressed form, as keys are hashed.
    function _compress(uint256[] calldata v) private pure returns (bytes memory out) {
        out = new bytes((v.length / 2) * 32);
        uint256 to;
        uint256 pos;
        while (pos < v.length) {
            // α, and the points between δ and G, are of the first group.
            bool first = pos == 0 || (pos >= 14 && pos < v.length - 8);
            uint256 y = first ? v[pos + 1] : (v[pos + 2] == 0 ? v[pos + 3] : v[pos + 2]);
            uint256 flag = y > P / 2 ? 3 << 254 : 2 << 254;
            uint256 x = v[pos] | flag;
            uint256 low = first ? 0 : v[pos + 1];
            assembly ("memory-safe") {
                mstore(add(add(out, 32), to), x)
                if iszero(first) { mstore(add(add(out, 64), to), low) }
            }
            to += first ? 32 : 64;
            pos += first ? 2 : 4;
        }
    }

    /// @dev All points are on their curves, in their groups and not at infinity.
    function _onCurve(uint256[] calldata v) private view {
        uint256[30] memory pairs; // five points of the second group with infinity
        uint256 two;
        uint256 pos;
        while (pos < v.length) {
            if (pos == 0 || (pos >= 14 && pos < v.length - 8)) {
                if (v[pos] | v[pos + 1] == 0) revert BadPoints();
                uint256[4] memory sum = [v[pos], v[pos + 1], 0, 0];
                bool ok;
                assembly ("memory-safe") {
                    ok := staticcall(2000, 6, sum, 128, sum, 64)
                }
                if (!ok) revert BadPoints();
                pos += 2;
                continue;
            }
            if (v[pos] | v[pos + 1] | v[pos + 2] | v[pos + 3] == 0) revert BadPoints();
            for (uint256 i = 0; i < 4; i++) pairs[6 * two + 2 + i] = v[pos + i];
            two++;
            pos += 4;
        }
        bool good;
        assembly ("memory-safe") {
            good := staticcall(900000, 8, pairs, 960, pairs, 32)
        }
        if (!good) revert BadPoints();
    }

    /// @dev Groth16 with one Pedersen commitment, as gnark makes it:
    /// e(A, B) = e(α, β)·e(K₀ + Σ inputᵢ·Kᵢ + challenge·K + D, γ)·e(C, δ), and
    /// e(D, −σG)·e(known, G) = 1. The second equation is raised to a hash of all
    /// points that go in and multiplied onto the first, which saves a pairing check.
    /// The proof's numbers are A, B (imaginary parts first), C, D, known.
    function _check(address data, uint256[] memory inputs, uint256[12] calldata proof) private view {
        if (
            proof[0] | proof[1] == 0 || proof[2] | proof[3] | proof[4] | proof[5] == 0 || proof[6] | proof[7] == 0
                || proof[8] | proof[9] == 0 || proof[10] | proof[11] == 0
        ) revert BadProof();
        for (uint256 i = 0; i < inputs.length; i++) {
            if (inputs[i] >= R) revert BadProof();
        }
        uint256 challenge = _challenge(proof[8], proof[9]);
        bool ok = true;
        assembly ("memory-safe") {
            function negated(y) -> z {
                z := sub(P, y) // not below P, and so refused, when y is not
            }
            let n := mload(inputs)
            let size := mul(add(26, mul(2, n)), 32)
            let key := mload(0x40)
            extcodecopy(data, key, 1, size)
            let one := add(key, 448) // the points of the first group
            let sum := add(key, size)
            let term := add(sum, 64)

            mcopy(sum, one, 64)
            for { let i := 0 } lt(i, n) { i := add(i, 1) } {
                mcopy(term, add(one, mul(64, add(i, 1))), 64)
                mstore(add(term, 64), mload(add(inputs, mul(32, add(i, 1)))))
                ok := and(ok, staticcall(24000, 7, term, 96, term, 64))
                ok := and(ok, staticcall(2000, 6, sum, 128, sum, 64))
            }
            mcopy(term, add(one, mul(64, add(n, 1))), 64)
            mstore(add(term, 64), challenge)
            ok := and(ok, staticcall(24000, 7, term, 96, term, 64))
            ok := and(ok, staticcall(2000, 6, sum, 128, sum, 64))
            calldatacopy(term, add(proof, 256), 64)
            ok := and(ok, staticcall(2000, 6, sum, 128, sum, 64))

            let pairs := add(sum, 160)
            calldatacopy(pairs, proof, 192)
            mcopy(add(pairs, 192), sum, 32)
            mstore(add(pairs, 224), negated(mload(add(sum, 32))))
            mcopy(add(pairs, 256), add(key, 192), 128)
            calldatacopy(add(pairs, 384), add(proof, 192), 32)
            mstore(add(pairs, 416), negated(calldataload(add(proof, 224))))
            mcopy(add(pairs, 448), add(key, 320), 128)
            mcopy(add(pairs, 576), key, 32)
            mstore(add(pairs, 608), negated(mload(add(key, 32))))
            mcopy(add(pairs, 640), add(key, 64), 128)
            // A, B, C, the key's points, the inputs' sum, then the commitment with its proof.
            calldatacopy(add(pairs, 768), add(proof, 256), 128)
            let coin := shr(128, keccak256(pairs, 896))
            calldatacopy(term, add(proof, 256), 64)
            mstore(add(term, 64), coin)
            ok := and(ok, staticcall(24000, 7, term, 96, add(pairs, 768), 64))
            mcopy(add(pairs, 832), add(key, sub(size, 128)), 128)
            calldatacopy(term, add(proof, 320), 64)
            ok := and(ok, staticcall(24000, 7, term, 96, add(pairs, 960), 64))
            mcopy(add(pairs, 1024), add(key, sub(size, 256)), 128)
            ok := and(ok, staticcall(900000, 8, pairs, 1152, pairs, 32))
            ok := and(ok, eq(mload(pairs), 1))
        }
        if (!ok) revert BadProof();
    }

    /// @dev The commitment's challenge: RFC 9380's expand_message_xmd with SHA-256
    /// over the point, 48 bytes, as a field element.
    function _challenge(uint256 x, uint256 y) private pure returns (uint256) {
        bytes32 b0 = sha256(
            abi.encodePacked(bytes32(0), bytes32(0), x, y, uint16(48), uint8(0), "bsb22-commitment", uint8(16))
        );
        bytes32 b1 = sha256(abi.encodePacked(b0, uint8(1), "bsb22-commitment", uint8(16)));
        bytes32 b2 = sha256(abi.encodePacked(b0 ^ b1, uint8(2), "bsb22-commitment", uint8(16)));
        return addmod(mulmod(uint256(b1), 1 << 128, R), uint256(b2) >> 128, R);
    }
}
