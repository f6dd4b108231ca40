// Package hostile makes files that a malicious publisher might hand to a node.
//
// What enters: a seed and a number. What leaves: the bytes of one file, always the same for
// both, and in a few words what is wrong with it. It is for tests: of those that a node
// keeps out, and of those that are well formed and bring an extreme model.
package hostile
