-- +goose Up
-- Posts have versions, people have blocks, requests and policies, and the operator
-- may withhold. What was there is dropped: all of it is indexed again.

DROP TABLE blocks;
DROP TABLE accounts;
DROP TABLE profiles;
DROP TABLE posts;
DROP TABLE follows;
DROP TABLE reactions;
DROP TABLE documents;
DROP TABLE invalid;
DROP TABLE expiring;
PRAGMA user_version = 1000; -- a Candor that counted migrations there shall refuse the file

-- A row holds from the block in its id (a position, 16 bytes, whose byte order is
-- chain order) up to, and not including, the block in to_block, edited_at or
-- removed_at; 9223372036854775807 there means that it still holds.

CREATE TABLE blocks (
  number INTEGER PRIMARY KEY,
  hash   BLOB NOT NULL,
  parent BLOB NOT NULL,
  time   INTEGER NOT NULL,
  root   BLOB NOT NULL -- the mirror root after the block
) STRICT;

-- Whoever did anything, and when first.
CREATE TABLE accounts (
  address BLOB PRIMARY KEY,
  id      BLOB NOT NULL,
  time    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX accounts_id ON accounts (id);

CREATE TABLE profiles (
  id           BLOB PRIMARY KEY,
  address      BLOB NOT NULL,
  cid          BLOB NOT NULL,
  imported     INTEGER NOT NULL,
  present_from INTEGER NOT NULL,
  to_block     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX profiles_address ON profiles (address, to_block);
CREATE UNIQUE INDEX profiles_open ON profiles (address) WHERE to_block = 9223372036854775807;
CREATE INDEX profiles_closed ON profiles (to_block) WHERE to_block < 9223372036854775807;
CREATE INDEX profiles_cid ON profiles (cid);
CREATE INDEX profiles_waiting ON profiles (cid) WHERE present_from = 9223372036854775807 AND to_block = 9223372036854775807;
CREATE INDEX profiles_present ON profiles (present_from);

-- The content here is a post's first; later ones are in edits.
CREATE TABLE posts (
  id           BLOB PRIMARY KEY,
  author       BLOB NOT NULL,
  cid          BLOB NOT NULL,
  time         INTEGER NOT NULL,
  parent       BLOB,
  parent_cid   BLOB,
  quote        BLOB,
  quote_cid    BLOB,
  present_from INTEGER NOT NULL,
  digest       BLOB, -- of the embedding, once present
  edited_at    INTEGER NOT NULL, -- first
  removed_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX posts_author ON posts (author, id, removed_at, time);
CREATE INDEX posts_parent ON posts (parent, id, removed_at, time) WHERE parent IS NOT NULL;
CREATE INDEX posts_quote ON posts (quote, id, removed_at, time) WHERE quote IS NOT NULL;
CREATE INDEX posts_cid ON posts (cid);
CREATE INDEX posts_waiting ON posts (cid) WHERE present_from = 9223372036854775807
  AND edited_at = 9223372036854775807 AND removed_at = 9223372036854775807;
CREATE INDEX posts_edited ON posts (edited_at) WHERE edited_at < 9223372036854775807;
CREATE INDEX posts_removed ON posts (removed_at) WHERE removed_at < 9223372036854775807;
CREATE INDEX posts_present ON posts (present_from);

-- What took a post's content's place; to_block is the next edit or the removal.
CREATE TABLE edits (
  id           BLOB PRIMARY KEY,
  post         BLOB NOT NULL,
  cid          BLOB NOT NULL,
  present_from INTEGER NOT NULL,
  digest       BLOB,
  to_block     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX edits_post ON edits (post, id);
CREATE INDEX edits_content ON edits (post, cid);
CREATE INDEX edits_cid ON edits (cid);
CREATE UNIQUE INDEX edits_open ON edits (post) WHERE to_block = 9223372036854775807;
CREATE INDEX edits_waiting ON edits (cid) WHERE present_from = 9223372036854775807 AND to_block = 9223372036854775807;
CREATE INDEX edits_closed ON edits (to_block) WHERE to_block < 9223372036854775807;
CREATE INDEX edits_present ON edits (present_from);

-- Who has to do with whom: 1 follows, 2 asks to follow, 3 blocks.
CREATE TABLE edges (
  id        BLOB PRIMARY KEY,
  kind      INTEGER NOT NULL,
  from_addr BLOB NOT NULL,
  to_addr   BLOB NOT NULL,
  time      INTEGER NOT NULL,
  to_block  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX edges_from ON edges (from_addr, kind, id, to_block);
CREATE INDEX edges_to ON edges (to_addr, kind, id, to_block);
CREATE UNIQUE INDEX edges_open ON edges (from_addr, to_addr, kind) WHERE to_block = 9223372036854775807;
CREATE INDEX edges_closed ON edges (to_block) WHERE to_block < 9223372036854775807;

-- Who may follow a person that does not let everybody: 1 open, 2 approval, 3 closed.
CREATE TABLE policies (
  id       BLOB PRIMARY KEY,
  address  BLOB NOT NULL,
  policy   INTEGER NOT NULL,
  to_block INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX policies_address ON policies (address, id, to_block);
CREATE UNIQUE INDEX policies_open ON policies (address) WHERE to_block = 9223372036854775807;
CREATE INDEX policies_closed ON policies (to_block) WHERE to_block < 9223372036854775807;

CREATE TABLE reactions (
  id       BLOB PRIMARY KEY,
  author   BLOB NOT NULL,
  subject  BLOB NOT NULL,
  receiver BLOB NOT NULL, -- the subject's author
  kind     INTEGER NOT NULL,
  time     INTEGER NOT NULL,
  to_block INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reactions_author ON reactions (author, id, to_block, time);
CREATE INDEX reactions_subject ON reactions (subject, id, to_block, time, kind);
CREATE INDEX reactions_receiver ON reactions (receiver, kind, id, to_block);
CREATE INDEX reactions_time ON reactions (time, to_block, id, subject, kind);
CREATE UNIQUE INDEX reactions_open ON reactions (author, subject, kind) WHERE to_block = 9223372036854775807;
CREATE INDEX reactions_closed ON reactions (to_block) WHERE to_block < 9223372036854775807;

-- What the operator does not show: contents, from a block to a block.
CREATE TABLE withheld (
  cid        BLOB NOT NULL,
  from_block INTEGER NOT NULL,
  to_block   INTEGER NOT NULL,
  PRIMARY KEY (cid, from_block)
) STRICT, WITHOUT ROWID;

-- The texts, each once, however often it was posted.
CREATE TABLE documents (
  cid       BLOB PRIMARY KEY,
  body      BLOB NOT NULL,
  embedding BLOB -- of a post's text
) STRICT;

-- Contents that were served and are no valid document of their kind (1 post,
-- 2 profile). A CID never changes its mind, so no rollback touches them.
CREATE TABLE invalid (
  cid  BLOB NOT NULL,
  kind INTEGER NOT NULL,
  PRIMARY KEY (cid, kind)
) STRICT, WITHOUT ROWID;

-- Texts that lost a post or a profile at the block, and go once no snapshot that
-- readers may still name needs them.
CREATE TABLE expiring (
  at_block INTEGER NOT NULL,
  cid      BLOB NOT NULL,
  PRIMARY KEY (at_block, cid)
) STRICT, WITHOUT ROWID;
