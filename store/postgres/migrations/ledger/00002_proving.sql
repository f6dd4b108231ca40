-- +goose Up
-- What the prover must remember of a run: whether a proof is owed (0: the draw is
-- still to come), until when, how often it was tried, and why it failed.
ALTER TABLE runs ADD COLUMN owed BIGINT NOT NULL DEFAULT 1;
ALTER TABLE runs ADD COLUMN due BIGINT; -- second after which a proof is late
ALTER TABLE runs ADD COLUMN tries BIGINT NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN fails BIGINT NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN retry BIGINT NOT NULL DEFAULT 0; -- second before which it is not tried again
ALTER TABLE runs ADD COLUMN reason TEXT NOT NULL DEFAULT '';
DROP INDEX runs_pending;
CREATE INDEX runs_owed ON runs (ranker, n) WHERE proof = 'pending' AND owed = 1;
CREATE INDEX runs_asked ON runs (ranker, asked) WHERE proof = 'pending' AND asked IS NOT NULL;
CREATE INDEX runs_ever_asked ON runs (asked) WHERE asked IS NOT NULL;
CREATE INDEX runs_due ON runs (ranker, due) WHERE proof = 'pending' AND due IS NOT NULL;
CREATE INDEX runs_undecided ON runs (lane, seq) WHERE proof = 'pending' AND owed = 0;
CREATE INDEX runs_reasons ON runs (n) WHERE reason <> '';
CREATE INDEX runs_figures ON runs (ranker, proof, owed);

-- What the node promised to prove, before it ranked.
CREATE TABLE epochs (
  lane      BIGINT NOT NULL,
  first     BIGINT NOT NULL,
  number    BIGINT NOT NULL, -- how many the lane had before
  mode      TEXT NOT NULL CHECK (mode IN ('all', 'sampled', 'asked', 'off')),
  rate      BIGINT NOT NULL,
  due       BIGINT NOT NULL,
  log_index BIGINT NOT NULL DEFAULT -1,
  PRIMARY KEY (lane, first),
  UNIQUE (lane, number)
);
-- The anchors whose runs are drawn; without a beacon yet: still to be drawn.
CREATE TABLE draws (
  lane   BIGINT NOT NULL,
  size   BIGINT NOT NULL,
  root   BYTEA NOT NULL,
  block  BIGINT NOT NULL,
  beacon BYTEA,
  source TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (lane, size)
);
-- Who asked for proofs, for the quotas.
CREATE TABLE asks (
  n      BIGINT PRIMARY KEY REFERENCES runs (n),
  holder BYTEA NOT NULL,
  at     BIGINT NOT NULL
);
CREATE INDEX asks_at ON asks (at);
