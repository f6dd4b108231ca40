package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver named "sqlite"
)

//go:embed migrations
var migrations embed.FS

// readers is how many connections answer queries at once.
const readers = 8

// database is one file with one writing connection and several reading ones.
type database struct {
	write, read *sql.DB
}

// open opens or makes the file and brings its tables up to date. What a commit
// has returned from is on disk: WAL with synchronous=FULL.
func open(ctx context.Context, path, kind string) (*database, error) {
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
			"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
			"temp_store(MEMORY)", "cache_size(-32000)", "secure_delete(1)"}, more...)}
		return (&url.URL{Scheme: "file", Path: abs, RawQuery: v.Encode()}).String()
	}
	db := &database{}
	if db.write, err = sql.Open("sqlite", dsn()); err != nil {
		return nil, fmt.Errorf("open the %s: %w", kind, err)
	}
	db.write.SetMaxOpenConns(1)
	if err := migrate(ctx, db.write, kind); err != nil {
		db.write.Close()
		return nil, err
	}
	if db.read, err = sql.Open("sqlite", dsn("query_only(1)")); err != nil {
		db.write.Close()
		return nil, fmt.Errorf("open the %s: %w", kind, err)
	}
	db.read.SetMaxOpenConns(readers)
	db.read.SetMaxIdleConns(readers)
	return db, nil
}

func (db *database) close() error {
	err := db.read.Close()
	if e := db.write.Close(); err == nil {
		err = e
	}
	return err
}

// transact runs f in one writing transaction.
func (db *database) transact(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin a transaction: %w", err)
	}
	defer tx.Rollback() // does nothing after Commit
	if err := f(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit a transaction: %w", err)
	}
	return nil
}

// migrate applies the kind's migrations that the file has not seen, each in one
// transaction, in the order of their names; user_version counts them.
func migrate(ctx context.Context, db *sql.DB, kind string) error {
	files, err := fs.Glob(migrations, "migrations/"+kind+"/*.sql") // sorted
	if err != nil {
		return err
	}
	var done int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&done); err != nil {
		return fmt.Errorf("read the %s's version: %w", kind, err)
	}
	if done > len(files) {
		return fmt.Errorf("the %s was written by a newer Candor (version %d, this one knows %d): use that one", kind, done, len(files))
	}
	for i, name := range files[done:] {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return err
		}
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return fmt.Errorf("migrate the %s: %w", kind, err)
		}
		script := fmt.Sprintf("%s\nPRAGMA user_version = %d;", text, done+i+1)
		if _, err := tx.ExecContext(ctx, script); err != nil {
			tx.Rollback()
			return fmt.Errorf("migrate the %s by %s: %w", kind, name, err)
		}
		if err := tx.Commit(); err != nil {
			return fmt.Errorf("migrate the %s by %s: %w", kind, name, err)
		}
	}
	return nil
}
