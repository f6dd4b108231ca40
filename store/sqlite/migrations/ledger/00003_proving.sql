-- +goose Up
-- What the prover must remember of a run: whether a proof is owed (0: the draw is
-- still to come), until when, how often it was tried, and why it failed.
ALTER TABLE runs ADD COLUMN owed INTEGER NOT NULL DEFAULT 1;
ALTER TABLE runs ADD COLUMN due INTEGER; -- second after which a proof is late
ALTER TABLE runs ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN fails INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN retry INTEGER NOT NULL DEFAULT 0; -- second before which it is not tried again
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
  lane      INTEGER NOT NULL,
  first     INTEGER NOT NULL,
  number    INTEGER NOT NULL, -- how many the lane had before
  mode      TEXT NOT NULL CHECK (mode IN ('all', 'sampled', 'asked', 'off')),
  rate      INTEGER NOT NULL,
  due       INTEGER NOT NULL,
  log_index INTEGER NOT NULL DEFAULT -1,
  PRIMARY KEY (lane, first),
  UNIQUE (lane, number)
) STRICT;
-- The anchors whose runs are drawn; without a beacon yet: still to be drawn.
CREATE TABLE draws (
  lane   INTEGER NOT NULL,
  size   INTEGER NOT NULL,
  root   BLOB NOT NULL,
  block  INTEGER NOT NULL,
  beacon BLOB,
  source TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (lane, size)
) STRICT;
-- Who asked for proofs, for the quotas.
CREATE TABLE asks (
  n      INTEGER PRIMARY KEY REFERENCES runs (n),
  holder BLOB NOT NULL,
  at     INTEGER NOT NULL
) STRICT;
CREATE INDEX asks_at ON asks (at);
