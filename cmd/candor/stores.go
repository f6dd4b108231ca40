package main

import (
	"context"
	"path/filepath"

	"candor/graph/embed"
	"candor/store/postgres"
	"candor/store/sqlite"
	"candor/store/tables"
)

// schemas is what the names of a node's schemas in a database begin with.
const schemas = "candor"

// openStores opens the mirror and the ledger: in the database at the URL, or in
// two files under the data directory when there is none.
func (n *node) openStores(ctx context.Context, database string, v vectorOptions) error {
	index, spaces, err := n.openVectors(ctx, v)
	if err != nil {
		return err
	}
	var m *tables.Mirror
	o := tables.Options{Embed: embed.Text, Schema: embed.Schema, Genesis: n.genesis, Vectors: index, Spaces: spaces, Log: n.log}
	if database == "" {
		m, err = sqlite.OpenMirror(ctx, filepath.Join(n.dir, "mirror.db"), o)
	} else {
		m, err = postgres.OpenMirror(ctx, database, schemas, o)
	}
	if err != nil {
		return err
	}
	n.mirror = mirror{newSpoken(m, n.log), n.sound, n.final}
	n.closers = append(n.closers, m.Close)
	if database == "" {
		n.ledger, err = sqlite.OpenLedger(ctx, filepath.Join(n.dir, "ledger.db"))
	} else {
		n.ledger, err = postgres.OpenLedger(ctx, database, schemas)
	}
	if err != nil {
		return err
	}
	n.closers = append(n.closers, n.ledger.Close)
	return n.checkLedger(ctx)
}
