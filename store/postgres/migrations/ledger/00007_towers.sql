-- +goose Up
-- Vectors that towers made of contents, as their delegates signed them: rows of runs rest
-- on them, and nobody else can make them again while the tower is secret.
CREATE TABLE tower_vectors (
  n       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- the order of keeping
  tower   BYTEA NOT NULL, -- its commitment
  content BYTEA NOT NULL, -- CID
  begins  BIGINT NOT NULL, -- block from which runs read it
  vector  BYTEA NOT NULL, -- int8, one a byte
  words   BYTEA NOT NULL, -- JSON
  UNIQUE (tower, content)
);
