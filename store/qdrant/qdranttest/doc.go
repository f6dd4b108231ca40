// Package qdranttest is a Qdrant server in this process, for tests on machines
// that have none: the part of its gRPC API that store/qdrant speaks, over plain
// maps.
//
// What enters: calls over a loopback connection. What leaves: the answers that
// Qdrant would give, in float32 and with its defaults; a call for anything that
// is not built here fails. It refuses writes that are not waited for, so that no
// test passes by luck, and can be told to fail or to lose what it has.
package qdranttest
