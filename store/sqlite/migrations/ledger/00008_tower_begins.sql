-- +goose Up
-- What begins to count from a block on is looked for with every block.
CREATE INDEX tower_vectors_begins ON tower_vectors (tower, begins);
