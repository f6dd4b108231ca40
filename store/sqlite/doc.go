// Package sqlite keeps a node's mirror and its ledger in two SQLite files, by
// store/tables.
//
// What enters: a file's path. What leaves: a tables.Mirror or a tables.Ledger.
// Files of older layouts are brought forward as they open: a ledger keeps all that
// it has, a mirror is emptied when its tables changed, and is indexed again.
package sqlite
