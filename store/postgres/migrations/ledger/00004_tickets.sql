-- +goose Up
-- What the node promised before it ranked, and how what came to nothing ended. A
-- ticket is open while neither a run nor an abort has its number.
CREATE TABLE tickets (
  id     BYTEA PRIMARY KEY,
  lane   BIGINT NOT NULL,
  seq    BIGINT NOT NULL,
  ranker TEXT NOT NULL,
  ticket BYTEA NOT NULL,
  UNIQUE (lane, seq)
);
CREATE TABLE aborts (
  id        BYTEA NOT NULL UNIQUE,
  lane      BIGINT NOT NULL,
  seq       BIGINT NOT NULL,
  reason    BIGINT NOT NULL,
  abort     BYTEA NOT NULL,
  log_index BIGINT NOT NULL DEFAULT -1 CHECK (log_index IN (-1, seq)),
  PRIMARY KEY (lane, seq),
  FOREIGN KEY (lane, seq) REFERENCES tickets (lane, seq)
);
CREATE INDEX aborts_unlogged ON aborts (lane, seq) WHERE log_index = -1;
