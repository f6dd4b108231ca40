-- +goose Up
-- Whose rounds draw, and which share of the proven runs is proved twice. Without a
-- network the hash of the anchor's block draws.
ALTER TABLE epochs ADD COLUMN network BLOB NOT NULL DEFAULT x'0000000000000000000000000000000000000000000000000000000000000000';
ALTER TABLE epochs ADD COLUMN crossed INTEGER NOT NULL DEFAULT 0; -- of 10,000
ALTER TABLE draws ADD COLUMN network BLOB NOT NULL DEFAULT x'0000000000000000000000000000000000000000000000000000000000000000';
ALTER TABLE draws ADD COLUMN time INTEGER NOT NULL DEFAULT 0; -- of the block, seconds
ALTER TABLE draws ADD COLUMN round INTEGER NOT NULL DEFAULT 0;
ALTER TABLE draws ADD COLUMN signature TEXT NOT NULL DEFAULT ''; -- of the round, hex
-- The runs that are drawn to be proved twice.
CREATE TABLE crosses (
  n      INTEGER PRIMARY KEY REFERENCES runs (n),
  state  TEXT NOT NULL DEFAULT 'drawn' CHECK (state IN ('drawn', 'agrees', 'differs', 'unfit')),
  reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX crosses_drawn ON crosses (n) WHERE state = 'drawn';
