// Package chain is a development chain in this process: one machine, one
// validator, real EVM.
//
// What enters: a directory, a port, the accounts to fund at genesis, and then
// transactions over JSON-RPC (HTTP and WebSocket on one port of 127.0.0.1) or
// over an in-process client. What leaves: blocks, mined as soon as a transaction
// waits, on disk before anyone can see them: `kill -9` does not put the head
// back. All states are kept, so any block can be asked.
//
// Time: the protocol wants each block at least a second after its parent, while
// transactions come faster. So block time may run ahead of the clock, by at most
// MaxAhead; from there on the chain takes one block a second, and what waits
// meanwhile shares a block. When the chain rests, the clock catches up.
//
// It is for development: whoever runs it decides its history.
package chain
