// Package sandbox runs what strangers made in processes that can do nothing but compute.
//
// What enters: a stranger's file, and rows of int8. What leaves: an int32 score for each
// row; or one sentence that says why not. The process (a child) is this program again,
// called by another name. Before it hears of the file it gives up all that the system would
// let it do: it opens, connects to, starts and signals nothing (seccomp, and Landlock and
// namespaces of its own where the kernel has them), has an empty environment, two pipes and
// little memory. Only then is the file parsed, by a Loader that its caller names.
//
// A Box starts children, those in namespaces by a door (package early), and New fails where
// they would not be shut in. Who reads a file first does so when nothing else is to be done.
// A Guest keeps one child for one file. A child that ends, hangs, grows, or answers what cannot be an answer is
// killed and replaced, the later the oftener that happens; its own ranker alone does without
// meanwhile. docs/sandbox.md says which layer stops what.
package sandbox
