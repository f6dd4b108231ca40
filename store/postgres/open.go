package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"candor/store/tables"
)

//go:embed migrations
var migrations embed.FS

// connections is how many queries run at once.
const connections = 8

// OpenMirror opens or makes the mirror in the database at the URL, in the schema
// that the prefix names, and makes sure that the index of vectors is what it says.
func OpenMirror(ctx context.Context, url, prefix string, o tables.Options) (*tables.Mirror, error) {
	db, err := open(ctx, url, prefix, "mirror")
	if err != nil {
		return nil, err
	}
	l, err := own(ctx, db.Write, prefix+"_mirror")
	if err != nil {
		db.Close()
		return nil, err
	}
	db.Release, db.Held, db.Lost = l.release, l.held, l.lost
	return tables.NewMirror(ctx, db, o)
}

// OpenLedger opens or makes the ledger in the database at the URL.
func OpenLedger(ctx context.Context, url, prefix string) (*tables.Ledger, error) {
	db, err := open(ctx, url, prefix, "ledger")
	if err != nil {
		return nil, err
	}
	return tables.NewLedger(db), nil
}

// open connects, makes the kind's schema and brings its tables up to date.
func open(ctx context.Context, url, prefix, kind string) (*tables.Database, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil { // its text may hold a password: it is not passed on
		return nil, errors.New("--database is no PostgreSQL URL: send one such as postgres://user:password@host/database")
	}
	schema := pgx.Identifier{prefix + "_" + kind}.Sanitize()
	config.RuntimeParams["search_path"] = schema
	config.RuntimeParams["application_name"] = "candor"
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	if err := migrate(ctx, db, schema, kind); err != nil {
		db.Close()
		return nil, err
	}
	return &tables.Database{Read: db, Write: db, Again: "run DROP SCHEMA " + schema + " CASCADE",
		Dialect: dialect{lock: fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", number(prefix+"_"+kind+" writes"))}}, nil
}

// number is a name as PostgreSQL's advisory locks have it.
func number(name string) int64 {
	h := fnv.New64a()
	h.Write([]byte("candor " + name))
	return int64(h.Sum64() >> 1)
}

// migrate makes the schema and applies the migrations that it has not seen.
func migrate(ctx context.Context, db *sql.DB, schema, kind string) error {
	if _, err := db.ExecContext(ctx, `CREATE SCHEMA IF NOT EXISTS `+schema); err != nil {
		return fmt.Errorf("open the %s in the database: %w", kind, err)
	}
	files, err := fs.Sub(migrations, "migrations/"+kind)
	if err != nil {
		return err
	}
	one, err := lock.NewPostgresSessionLocker(lock.WithLockID(number(schema + " migrations")))
	if err != nil {
		return err
	}
	g, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithDisableGlobalRegistry(true), goose.WithSessionLocker(one))
	if err != nil {
		return fmt.Errorf("migrate the %s: %w", kind, err)
	}
	done, known, err := g.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the %s's version: %w", kind, err)
	}
	if done > known {
		return fmt.Errorf("the %s was written by a newer Candor (version %d, this one knows %d): use that one", kind, done, known)
	}
	if _, err := g.Up(ctx); err != nil {
		return fmt.Errorf("migrate the %s: %w", kind, err)
	}
	return nil
}
