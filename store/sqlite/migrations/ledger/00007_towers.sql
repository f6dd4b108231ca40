-- +goose Up
-- Vectors that towers made of contents, as their delegates signed them: rows of runs rest
-- on them, and nobody else can make them again while the tower is secret.
CREATE TABLE tower_vectors (
  n       INTEGER PRIMARY KEY, -- the order of keeping
  tower   BLOB NOT NULL, -- its commitment
  content BLOB NOT NULL, -- CID
  begins  INTEGER NOT NULL, -- block from which runs read it
  vector  BLOB NOT NULL, -- int8, one a byte
  words   BLOB NOT NULL, -- JSON
  UNIQUE (tower, content)
) STRICT;
