// Package denylist reads the operator's list of contents that the node withholds.
//
// What enters: a text file with one CID a line, "#" comments and empty lines; a
// reason may stand behind the CID. What leaves: the set of denied hashes
// (Holds), what the mirror is to withhold (Documents) and the list as auditors
// see it (Entries), each as the file is now: Watch reads it again when it changes.
//
// A CID is denied by its multihash, so that no other version or codec of the
// same bytes slips through. A list with a bad line is refused whole; while the
// node runs, the list read before stays in force and the log says so.
package denylist
