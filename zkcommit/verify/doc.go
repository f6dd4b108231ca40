// Package verify puts the verifiers of all proof systems into one hand, for the
// command line, the browser and auditors.
//
// What enters: a model's registration with its verifying key, the public side of a
// run (zkcommit.Statement), a proof. What leaves: nil, or one sentence that says
// what does not fit; and the tools that zkcommit.Bundle.Check works with.
//
// A run proof is checked against a registration or not at all: there is no way in
// from a commitment to weights that nobody has checked.
package verify
