// Package jetstream publishes a recorded Jetstream file through a node.
//
// What enters: Jetstream v1 events, one JSON object a line, gzipped or not; the
// address of a node; a secret. What leaves: documents and signed intents, sent to
// the node's HTTP API and nothing else; a Report of what was published and what
// was not.
//
// Every author in the file gets a key of its own, derived from the secret, so the
// authors' events are the importer's to sign; profiles are marked as imported.
// Profiles, follows, blocks, posts (replies, quotes, links, languages, tags, names
// of images, mentions of people of whom the file has told by then), updates of
// posts, likes and reposts are published, and deletions of follows, blocks, posts,
// likes and reposts. Other collections are counted by name. A block ends follows
// here, where there it hides them: a follow across a block is not published.
//
// # Exactly once
//
// One nonce of an author is only ever given to one event, and that is written to
// a journal, and synced, before the intent is sent. After a crash the journal
// says which event had which nonce, and the node says which nonces are used: a
// used nonce is an event that was taken, an unused one is sent again as it was.
// The documents of posts carry their source, so a post's CID is its own: an author
// who has published before (the journal was lost, say) is asked for each post by
// its CID before it is sent.
//
// # Order
//
// An author's events keep their order, and so do blocks and follows of two people. A post is published before what refers to
// it; such an event waits for the next batch, and a few others may overtake it.
//
// Thin so far: the file is read from its start again to go on, and the names and
// positions of all its posts are held in memory (some 200 bytes each); blobs
// (images) stay where they are, their names, kinds and alternative texts come
// along; when the journal is lost, a post that was edited is published anew.
package jetstream
