-- +goose Up
-- When who asked for runs has all of its tickets again (microseconds), by ranker: what
-- is over is deleted. An asker is a digest of a reader or a network.
CREATE TABLE askers (
  ranker TEXT NOT NULL,
  asker  BYTEA NOT NULL,
  fresh  BIGINT NOT NULL,
  PRIMARY KEY (ranker, asker)
);
CREATE INDEX askers_fresh ON askers (fresh);
-- How many runs a model answered: its commitment is at byte 288 of a run.
CREATE INDEX runs_models ON runs (substr(run, 289, 32), public);
