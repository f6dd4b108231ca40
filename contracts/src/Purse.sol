// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What holds money for others
/// @notice Whoever is owed something collects it by a call of its own, so that
/// nobody who refuses a payment can stop a judgement. What is burnt goes to the
/// zero address.
abstract contract Purse {
    event Credited(address indexed who, uint256 amount);
    event Collected(address indexed who, uint256 amount);
    event Burnt(uint256 amount);

    /// @notice The caller is owed nothing.
    error NothingOwed();
    /// @notice The caller does not take the payment.
    error NotPaid();

    /// @notice What an account may collect.
    mapping(address who => uint256) public credits;

    /// @notice Take what the caller is owed.
    function collect() external {
        uint256 amount = credits[msg.sender];
        if (amount == 0) revert NothingOwed();
        credits[msg.sender] = 0;
        emit Collected(msg.sender, amount);
        _pay(msg.sender, amount);
    }

    /// @dev Splits what a guilty party loses: a tenth to who showed it, the rest
    /// burnt, so that nobody gains by accusing itself through a friend.
    function _forfeit(uint256 amount, address finder) internal returns (uint256 reward) {
        if (finder != address(0)) {
            reward = amount / 10;
            _credit(finder, reward);
        }
        _burn(amount - reward);
    }

    function _credit(address who, uint256 amount) internal {
        if (amount == 0) return;
        credits[who] += amount;
        emit Credited(who, amount);
    }

    function _burn(uint256 amount) internal {
        if (amount == 0) return;
        emit Burnt(amount);
        _pay(address(0), amount);
    }

    function _pay(address to, uint256 amount) internal {
        (bool ok,) = to.call{value: amount}("");
        if (!ok) revert NotPaid();
    }
}
