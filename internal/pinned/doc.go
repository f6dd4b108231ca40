// Package pinned encrypts a connection to one server that is known by its certificate, and
// to no other: for those who need no name, no authority and no date.
//
// What enters: a file for the server's key, and on the client's side a URL such as
// tls://node.example:4222?pin=HEX. What leaves: a certificate, and a TLS configuration that
// takes the certificate with that SHA-256 and no other. The dates of the certificate are
// not looked at: whoever gave the pin says for how long it is good.
package pinned
