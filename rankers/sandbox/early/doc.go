// Package early closes files to a sandbox before the packages of this program begin.
//
// What enters: the name by which the process was called. What leaves: a process to which no
// file opens, if it was called as a sandbox; or, called as a door, one that starts a sandbox in
// namespaces and does nothing else. Some libraries read files when they are
// initialised and again from time to time (the broker's does, every second): here they
// fail the first time and give up, instead of being taken later for a model that opens
// files. It is no protection but makes room for one; package sandbox shuts the process in.
//
// Packages are initialised in the order of their import paths once their own imports are. So
// this one imports the standard library alone, and comes before any library.
package early
