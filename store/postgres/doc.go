// Package postgres keeps a node's mirror and its ledger in a PostgreSQL database,
// each in a schema of its own, by store/tables.
//
// What enters: the database's URL, with a user that may make schemas in it. What
// leaves: a tables.Mirror or a tables.Ledger. Migrations are applied at opening.
// One process at a time has the mirror; ledgers may be shared.
package postgres
