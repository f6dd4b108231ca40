// Package quality tells what was measured of rankers' models.
//
// What enters: reports as candor eval --json prints them. What leaves: for a model, by its
// fingerprint, what it reached on which history. A figure is shown for the very model that
// was measured, and for no other of the same name.
//
// One report ships: the built-in rankers on hn-2016a, as docs/evaluation.md describes it.
// candor up --quality adds others.
package quality
