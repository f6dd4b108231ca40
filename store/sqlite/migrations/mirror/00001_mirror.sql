-- +goose Up
-- The mirror: what the chain says, with its texts. All of it can be indexed again.
--
-- A row holds from the block in its id (a position, 16 bytes, whose byte order is
-- chain order) up to, and not including, the block in to_block or removed_at;
-- 9223372036854775807 there means that it still holds.

CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE blocks (
  number INTEGER PRIMARY KEY,
  hash   BLOB NOT NULL,
  parent BLOB NOT NULL,
  time   INTEGER NOT NULL
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
  removed_at   INTEGER NOT NULL,
  digest       BLOB -- of the embedding, once present
) STRICT, WITHOUT ROWID;
CREATE INDEX posts_author ON posts (author, id, removed_at, time);
CREATE INDEX posts_parent ON posts (parent, id, removed_at, time) WHERE parent IS NOT NULL;
CREATE INDEX posts_quote ON posts (quote, id, removed_at, time) WHERE quote IS NOT NULL;
CREATE INDEX posts_cid ON posts (cid);
CREATE INDEX posts_waiting ON posts (cid) WHERE present_from = 9223372036854775807 AND removed_at = 9223372036854775807;
CREATE INDEX posts_removed ON posts (removed_at) WHERE removed_at < 9223372036854775807;
CREATE INDEX posts_present ON posts (present_from);

CREATE TABLE follows (
  id        BLOB PRIMARY KEY,
  from_addr BLOB NOT NULL,
  to_addr   BLOB NOT NULL,
  time      INTEGER NOT NULL,
  to_block  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX follows_from ON follows (from_addr, id, to_block);
CREATE INDEX follows_to ON follows (to_addr, id, to_block);
CREATE UNIQUE INDEX follows_open ON follows (from_addr, to_addr) WHERE to_block = 9223372036854775807;
CREATE INDEX follows_closed ON follows (to_block) WHERE to_block < 9223372036854775807;

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
