// Package relay is the front gate out: signed intents and documents in,
// transactions and pins out.
//
// What enters: documents of posts and profiles, and EIP-712 intents that their
// authors signed. What leaves: pins on IPFS, transactions of SocialGraph that
// carry many intents each, and for every intent the position of its event on
// the chain or a sentence that says why it was refused.
//
// A relay pays gas and vouches for nothing: the contract checks everything
// again. It refuses early what the contract would refuse, so that nobody pays
// for it. It keeps nothing on disk: after a crash an author asks for its nonce
// and sends what the chain does not have; an intent whose nonce is used is
// refused, so nothing happens twice. The relay's account must send no
// transactions but these while it runs.
//
// Thin so far: one sender per account, fees of twice the base fee and a fixed
// tip without replacement, quotas in memory, and the relay believes its chain
// endpoint at once, without waiting for finality.
package relay
