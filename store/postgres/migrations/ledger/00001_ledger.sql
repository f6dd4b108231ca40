-- +goose Up
-- The ledger: what this node ranked. Nothing in it can be made again.

CREATE TABLE runs (
  n         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- the order of appending, over all lanes
  id        BYTEA NOT NULL UNIQUE,
  lane      BIGINT NOT NULL,
  seq       BIGINT NOT NULL,
  key       BYTEA NOT NULL UNIQUE,
  block     BIGINT NOT NULL,
  ranker    TEXT NOT NULL,
  time      BIGINT NOT NULL,
  run       BYTEA NOT NULL,
  opening   BYTEA NOT NULL,
  public    BOOLEAN NOT NULL,
  receipt   BYTEA NOT NULL,
  proof     TEXT NOT NULL CHECK (proof IN ('pending', 'proven', 'sampled-out', 'failed')),
  log_index BIGINT NOT NULL DEFAULT -1,
  asked     BIGINT, -- the order in which proofs were asked for
  UNIQUE (lane, seq)
);
CREATE INDEX runs_unlogged ON runs (lane, seq) WHERE log_index = -1;
CREATE UNIQUE INDEX runs_log ON runs (lane, log_index) WHERE log_index >= 0;
CREATE INDEX runs_pending ON runs (asked, n) WHERE proof = 'pending';
CREATE INDEX runs_proven ON runs (n) WHERE proof = 'proven';

-- Beside the runs, so that lists do not read them.
CREATE TABLE records (
  n      BIGINT PRIMARY KEY REFERENCES runs (n),
  record BYTEA NOT NULL
);
CREATE TABLE proofs (
  n     BIGINT PRIMARY KEY REFERENCES runs (n),
  proof BYTEA NOT NULL
);

CREATE TABLE keys (
  n           BIGINT GENERATED ALWAYS AS IDENTITY, -- the order of their coming
  hash        BYTEA PRIMARY KEY,
  circuit     TEXT NOT NULL,
  development BOOLEAN NOT NULL,
  key         BYTEA NOT NULL
);
