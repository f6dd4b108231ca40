// Package siwe reads messages of Sign-In with Ethereum (ERC-4361) by the letter of
// their grammar.
//
// What enters: the text that an account signed, and the 65 bytes of its signature
// (EIP-191). What leaves: the message's fields, whether they hold here and now, and
// whether the account signed them.
//
// Only accounts with a key sign in: no contract is asked (EIP-1271). The library of
// the specification's authors for Go reads with regular expressions that take more
// than the grammar, bounds nothing and has not been kept up since 2023.
package siwe
