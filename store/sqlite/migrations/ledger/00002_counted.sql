-- +goose Up
-- Keys are listed in the order of their coming, which is a column now.
CREATE TABLE ordered (
  n           INTEGER PRIMARY KEY,
  hash        BLOB NOT NULL UNIQUE,
  circuit     TEXT NOT NULL,
  development INTEGER NOT NULL,
  key         BLOB NOT NULL
) STRICT;
INSERT INTO ordered (hash, circuit, development, key) SELECT hash, circuit, development, key FROM keys ORDER BY rowid;
DROP TABLE keys;
ALTER TABLE ordered RENAME TO keys;

-- Migrations were counted in user_version before: a Candor of that time shall
-- refuse the file.
PRAGMA user_version = 1000;
