// Package timelock locks bytes until a date that no one person decides: a round of
// a drand beacon, whose signature opens them when it is published.
//
// What enters: a network (drand's quicknet is built in, others come from their info
// document), a round, and a model's bytes; or a ciphertext and the round's
// signature. What leaves: a ciphertext in the format of drand's tlock, which any
// tlock program opens, or the bytes again. The publisher is not asked when it opens.
//
// Ciphertexts come from strangers: Inspect reads round and network of one without a
// key. That it holds what its publisher says shows only when it is open.
//
// Trust: a threshold of a network's members that conspires can open early, and one
// that stops opens never. Sources: https://eprint.iacr.org/2023/189,
// https://docs.drand.love, age's format (https://age-encryption.org/v1).
package timelock
