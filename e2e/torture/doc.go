// Package torture kills and unplugs the index, thousands of times.
//
// What enters: seeds, from which a chain that forks and documents that come late
// are made, and the real indexer over the real stores. What leaves: pass or fail,
// and how many kills and cuts there were. Whatever happened on the way, the index
// must end as one that saw only the end, and what it said to have is there.
package torture
