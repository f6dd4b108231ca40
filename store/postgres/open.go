package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"time"

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

// ErrInUse says that another process has the mirror.
var ErrInUse = errors.New("another node has this database's mirror open: stop it, or give each node a database of its own")

// OpenMirror opens or makes the mirror in the database at the URL, in the schema
// that the prefix names, and makes sure that the index of vectors is what it says.
func OpenMirror(ctx context.Context, url, prefix string, o tables.Options) (*tables.Mirror, error) {
	db, err := open(ctx, url, prefix, "mirror")
	if err != nil {
		return nil, err
	}
	release, err := own(ctx, db.Write, prefix+"_mirror")
	if err != nil {
		db.Close()
		return nil, err
	}
	db.Release = release
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

// own holds the schema for this process as long as the connection lasts that it
// keeps for that.
func own(ctx context.Context, db *sql.DB, schema string) (release func() error, err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect to the database: %w", err)
	}
	var got bool
	if err := conn.QueryRowContext(ctx, `SELECT pg_try_advisory_lock($1)`, number(schema)).Scan(&got); err != nil {
		conn.Close()
		return nil, fmt.Errorf("lock the mirror: %w", err)
	}
	if !got {
		conn.Close()
		return nil, ErrInUse
	}
	return func() error {
		// Whoever opens the mirror next need not wait until the server notices that
		// the connection has ended. If this fails, the end is what releases it.
		ctx, stop := context.WithTimeout(context.Background(), time.Second)
		defer stop()
		_, _ = conn.ExecContext(ctx, `SELECT pg_advisory_unlock($1)`, number(schema))
		return conn.Close()
	}, nil
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
