// Package web is the front door: the HTTP API and the embedded web client.
//
// What enters: HTTP requests from readers, publishers and auditors, all hostile
// until checked. What leaves: JSON (errors as RFC 9457 problem+json), the log's
// tiles, metrics, and the files of the client, which web/client builds into
// web/dist.
//
// The server knows no other room: it declares what it needs as small interfaces,
// and cmd/candor fills them.
package web
