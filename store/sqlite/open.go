package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	_ "modernc.org/sqlite" // the driver named "sqlite"

	"candor/store/tables"
)

//go:embed migrations
var migrations embed.FS

// readers is how many connections answer queries at once.
const readers = 8

// OpenMirror opens or makes the mirror in the file and fills the vectors from it.
// One process opens a file at a time.
func OpenMirror(ctx context.Context, path string, o tables.Options) (*tables.Mirror, error) {
	db, err := open(ctx, path, "mirror")
	if err != nil {
		return nil, err
	}
	return tables.NewMirror(ctx, db, o)
}

// OpenLedger opens or makes the ledger in the file.
func OpenLedger(ctx context.Context, path string) (*tables.Ledger, error) {
	db, err := open(ctx, path, "ledger")
	if err != nil {
		return nil, err
	}
	return tables.NewLedger(db), nil
}

// open opens or makes the file and brings its tables up to date. What a commit
// has returned from is on disk: WAL with synchronous=FULL.
func open(ctx context.Context, path, kind string) (*tables.Database, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("resolve the database's path: %w", err)
	}
	// Made here so that only its owner may read it; its WAL inherits the mode.
	f, err := os.OpenFile(abs, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the %s's file: %w", kind, err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("open the %s's file: %w", kind, err)
	}
	dsn := func(more ...string) string {
		v := url.Values{"_txlock": {"immediate"}, "_pragma": append([]string{
			"busy_timeout(10000)", "journal_mode(WAL)", "wal_autocheckpoint(16000)", "synchronous(FULL)", "foreign_keys(1)",
			"temp_store(MEMORY)", "cache_size(-32000)", "secure_delete(1)"}, more...)}
		return (&url.URL{Scheme: "file", Path: abs, RawQuery: v.Encode()}).String()
	}
	db := &tables.Database{Dialect: dialect{}, Again: "delete the mirror's file"}
	if db.Write, err = sql.Open("sqlite", dsn()); err != nil {
		return nil, fmt.Errorf("open the %s: %w", kind, err)
	}
	db.Write.SetMaxOpenConns(1)
	if err := migrate(ctx, db.Write, kind); err != nil {
		db.Write.Close()
		return nil, err
	}
	if db.Read, err = sql.Open("sqlite", dsn("query_only(1)")); err != nil {
		db.Write.Close()
		return nil, fmt.Errorf("open the %s: %w", kind, err)
	}
	db.Read.SetMaxOpenConns(readers)
	db.Read.SetMaxIdleConns(readers)
	return db, nil
}

// migrate brings the file's tables up to date, each migration in one transaction.
func migrate(ctx context.Context, db *sql.DB, kind string) error {
	if err := adopt(ctx, db); err != nil {
		return fmt.Errorf("migrate the %s: %w", kind, err)
	}
	files, err := fs.Sub(migrations, "migrations/"+kind)
	if err != nil {
		return err
	}
	g, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true))
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

// adopt tells goose of a file that was made before goose counted: its
// user_version says that it has the first migration.
func adopt(ctx context.Context, db *sql.DB) error {
	var version, counted int
	err := db.QueryRowContext(ctx, `SELECT (SELECT user_version FROM pragma_user_version),
		(SELECT count(*) FROM sqlite_schema WHERE name = 'goose_db_version')`).Scan(&version, &counted)
	if err != nil || version == 0 || counted > 0 {
		return err
	}
	if version != 1 {
		return fmt.Errorf("the file has version %d, which no Candor gave it: restore it", version)
	}
	store, err := database.NewStore(database.DialectSQLite3, "goose_db_version")
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	err = store.CreateVersionTable(ctx, tx)
	for v := range int64(2) { // 0 stands for the table itself
		err = errors.Join(err, store.Insert(ctx, tx, database.InsertRequest{Version: v}))
	}
	if err != nil {
		return err
	}
	return tx.Commit()
}
