-- +goose Up
-- The mirror: what the chain says, with its texts. All of it can be indexed again.

-- A row holds from the block in its id (a position, 16 bytes, whose byte order is
-- chain order) up to, and not including, the block in to_block, edited_at or
-- removed_at; 9223372036854775807 there means that it still holds.

CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value BYTEA NOT NULL
);

CREATE TABLE blocks (
  number BIGINT PRIMARY KEY,
  hash   BYTEA NOT NULL,
  parent BYTEA NOT NULL,
  time   BIGINT NOT NULL,
  root   BYTEA NOT NULL -- the mirror root after the block
);

-- Whoever did anything, and when first.
CREATE TABLE accounts (
  address BYTEA PRIMARY KEY,
  id      BYTEA NOT NULL,
  time    BIGINT NOT NULL
);
CREATE INDEX accounts_id ON accounts (id);

CREATE TABLE profiles (
  id           BYTEA PRIMARY KEY,
  address      BYTEA NOT NULL,
  cid          BYTEA NOT NULL,
  imported     BOOLEAN NOT NULL,
  present_from BIGINT NOT NULL,
  to_block     BIGINT NOT NULL
);
CREATE INDEX profiles_address ON profiles (address, to_block);
CREATE UNIQUE INDEX profiles_open ON profiles (address) WHERE to_block = 9223372036854775807;
CREATE INDEX profiles_closed ON profiles (to_block) WHERE to_block < 9223372036854775807;
CREATE INDEX profiles_cid ON profiles (cid);
CREATE INDEX profiles_waiting ON profiles (cid) WHERE present_from = 9223372036854775807 AND to_block = 9223372036854775807;
CREATE INDEX profiles_present ON profiles (present_from);

-- The content here is a post's first; later ones are in edits.
CREATE TABLE posts (
  id           BYTEA PRIMARY KEY,
  author       BYTEA NOT NULL,
  cid          BYTEA NOT NULL,
  time         BIGINT NOT NULL,
  parent       BYTEA,
  parent_cid   BYTEA,
  quote        BYTEA,
  quote_cid    BYTEA,
  present_from BIGINT NOT NULL,
  digest       BYTEA, -- of the embedding, once present
  edited_at    BIGINT NOT NULL, -- first
  removed_at   BIGINT NOT NULL
);
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
  id           BYTEA PRIMARY KEY,
  post         BYTEA NOT NULL,
  cid          BYTEA NOT NULL,
  present_from BIGINT NOT NULL,
  digest       BYTEA,
  to_block     BIGINT NOT NULL
);
CREATE INDEX edits_post ON edits (post, id);
CREATE INDEX edits_content ON edits (post, cid);
CREATE INDEX edits_cid ON edits (cid);
CREATE UNIQUE INDEX edits_open ON edits (post) WHERE to_block = 9223372036854775807;
CREATE INDEX edits_waiting ON edits (cid) WHERE present_from = 9223372036854775807 AND to_block = 9223372036854775807;
CREATE INDEX edits_closed ON edits (to_block) WHERE to_block < 9223372036854775807;
CREATE INDEX edits_present ON edits (present_from);

-- Who has to do with whom: 1 follows, 2 asks to follow, 3 blocks.
CREATE TABLE edges (
  id        BYTEA PRIMARY KEY,
  kind      BIGINT NOT NULL,
  from_addr BYTEA NOT NULL,
  to_addr   BYTEA NOT NULL,
  time      BIGINT NOT NULL,
  to_block  BIGINT NOT NULL
);
CREATE INDEX edges_from ON edges (from_addr, kind, id, to_block);
CREATE INDEX edges_to ON edges (to_addr, kind, id, to_block);
CREATE UNIQUE INDEX edges_open ON edges (from_addr, to_addr, kind) WHERE to_block = 9223372036854775807;
CREATE INDEX edges_closed ON edges (to_block) WHERE to_block < 9223372036854775807;

-- Who may follow a person that does not let everybody: 1 open, 2 approval, 3 closed.
CREATE TABLE policies (
  id       BYTEA PRIMARY KEY,
  address  BYTEA NOT NULL,
  policy   BIGINT NOT NULL,
  to_block BIGINT NOT NULL
);
CREATE INDEX policies_address ON policies (address, id, to_block);
CREATE UNIQUE INDEX policies_open ON policies (address) WHERE to_block = 9223372036854775807;
CREATE INDEX policies_closed ON policies (to_block) WHERE to_block < 9223372036854775807;

CREATE TABLE reactions (
  id       BYTEA PRIMARY KEY,
  author   BYTEA NOT NULL,
  subject  BYTEA NOT NULL,
  receiver BYTEA NOT NULL, -- the subject's author
  kind     BIGINT NOT NULL,
  time     BIGINT NOT NULL,
  to_block BIGINT NOT NULL
);
CREATE INDEX reactions_author ON reactions (author, id, to_block, time);
CREATE INDEX reactions_subject ON reactions (subject, id, to_block, time, kind);
CREATE INDEX reactions_receiver ON reactions (receiver, kind, id, to_block);
CREATE INDEX reactions_time ON reactions (time, to_block, id, subject, kind);
CREATE UNIQUE INDEX reactions_open ON reactions (author, subject, kind) WHERE to_block = 9223372036854775807;
CREATE INDEX reactions_closed ON reactions (to_block) WHERE to_block < 9223372036854775807;

-- What the operator does not show: contents, from a block to a block.
CREATE TABLE withheld (
  cid        BYTEA NOT NULL,
  from_block BIGINT NOT NULL,
  to_block   BIGINT NOT NULL,
  PRIMARY KEY (cid, from_block)
);

-- The texts, each once, however often it was posted.
CREATE TABLE documents (
  cid       BYTEA PRIMARY KEY,
  body      BYTEA NOT NULL,
  embedding BYTEA -- of a post's text
);

-- Contents that were served and are no valid document of their kind (1 post,
-- 2 profile). A CID never changes its mind, so no rollback touches them.
CREATE TABLE invalid (
  cid  BYTEA NOT NULL,
  kind BIGINT NOT NULL,
  PRIMARY KEY (cid, kind)
);

-- Texts that lost a post or a profile at the block, and go once no snapshot that
-- readers may still name needs them.
CREATE TABLE expiring (
  at_block BIGINT NOT NULL,
  cid      BYTEA NOT NULL,
  PRIMARY KEY (at_block, cid)
);
