-- +goose Up
-- The ledger: what this node ranked. Nothing in it can be made again.

CREATE TABLE runs (
  n         INTEGER PRIMARY KEY, -- the order of appending, over all lanes
  id        BLOB NOT NULL UNIQUE,
  lane      INTEGER NOT NULL,
  seq       INTEGER NOT NULL,
  key       BLOB NOT NULL UNIQUE,
  block     INTEGER NOT NULL,
  ranker    TEXT NOT NULL,
  time      INTEGER NOT NULL,
  run       BLOB NOT NULL,
  opening   BLOB NOT NULL,
  public    INTEGER NOT NULL,
  receipt   BLOB NOT NULL,
  proof     TEXT NOT NULL CHECK (proof IN ('pending', 'proven', 'sampled-out', 'failed')),
  log_index INTEGER NOT NULL DEFAULT -1,
  asked     INTEGER, -- the order in which proofs were asked for
  UNIQUE (lane, seq)
) STRICT;
CREATE INDEX runs_unlogged ON runs (lane, seq) WHERE log_index = -1;
CREATE UNIQUE INDEX runs_log ON runs (lane, log_index) WHERE log_index >= 0;
CREATE INDEX runs_pending ON runs (asked, n) WHERE proof = 'pending';
CREATE INDEX runs_proven ON runs (n) WHERE proof = 'proven';

-- Beside the runs, so that lists do not read them.
CREATE TABLE records (
  n      INTEGER PRIMARY KEY REFERENCES runs (n),
  record BLOB NOT NULL
) STRICT;
CREATE TABLE proofs (
  n     INTEGER PRIMARY KEY REFERENCES runs (n),
  proof BLOB NOT NULL
) STRICT;

CREATE TABLE keys (
  hash        BLOB PRIMARY KEY,
  circuit     TEXT NOT NULL,
  development INTEGER NOT NULL,
  key         BLOB NOT NULL
) STRICT;
