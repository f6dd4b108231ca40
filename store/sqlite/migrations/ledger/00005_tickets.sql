-- +goose Up
-- What the node promised before it ranked, and how what came to nothing ended. A
-- ticket is open while neither a run nor an abort has its number.
CREATE TABLE tickets (
  id     BLOB PRIMARY KEY,
  lane   INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  ranker TEXT NOT NULL,
  ticket BLOB NOT NULL,
  UNIQUE (lane, seq)
) STRICT;
CREATE TABLE aborts (
  id        BLOB NOT NULL UNIQUE,
  lane      INTEGER NOT NULL,
  seq       INTEGER NOT NULL,
  reason    INTEGER NOT NULL,
  abort     BLOB NOT NULL,
  log_index INTEGER NOT NULL DEFAULT -1 CHECK (log_index IN (-1, seq)),
  PRIMARY KEY (lane, seq),
  FOREIGN KEY (lane, seq) REFERENCES tickets (lane, seq)
) STRICT;
CREATE INDEX aborts_unlogged ON aborts (lane, seq) WHERE log_index = -1;
