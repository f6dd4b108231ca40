// Package town makes up the sample town: Elmford, a few hundred people and two
// weeks of their posts, so that a fresh node has something to read.
//
// What enters: a seed, how many people and how many posts. What leaves: a
// Jetstream v1 file, one JSON event a line, the same bytes for the same options
// on every machine, or the same as batches for a mirror. People belong to communities,
// write about their topics, ask and answer, follow, like and repost mostly within them; a
// twentieth of them are spammers, who flood the town with near-duplicates in bursts.
//
// The words are in words/*.txt; grammar.go says how they are read. Everything is
// drawn with integers from a PCG, nothing from a clock.
package town
