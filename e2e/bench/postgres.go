package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"candor/store/postgres"
	"candor/store/postgres/pgtest"
	"candor/store/tables"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named "pgx"
)

// serverURL is the PostgreSQL server that the parts measure on, in their environment.
const serverURL = "CANDOR_BENCH_POSTGRES"

// withPostgres starts a server with PostgreSQL's own settings for the parts.
func withPostgres(measure func() error) error {
	server, err := pgtest.Start()
	if err != nil {
		return err
	}
	defer server.Stop()
	if err := os.Setenv(serverURL, server.URL(nil)); err != nil {
		return err
	}
	return measure()
}

// prefixOf names the schema of the round that the directory stands for.
func prefixOf(dir string) string { return "b" + filepath.Base(dir)[len("candor-bench-"):] }

func openPostgres(ctx context.Context, dir string, o tables.Options) (*tables.Mirror, error) {
	return postgres.OpenMirror(ctx, os.Getenv(serverURL), prefixOf(dir), o)
}

// postgresDisk is what the mirror's tables and indexes take, in MiB.
func postgresDisk(dir string) (mib float64, err error) {
	db, err := sql.Open("pgx", os.Getenv(serverURL))
	if err != nil {
		return 0, err
	}
	defer db.Close()
	err = db.QueryRow(`SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) / 1048576.0 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = $1 AND c.relkind = 'r'`, prefixOf(dir)+"_mirror").Scan(&mib)
	return mib, err
}

// barePostgres is ingestBare over PostgreSQL.
func barePostgres(dir string) error {
	db, err := sql.Open("pgx", os.Getenv(serverURL))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	schema, bare := prefixOf(dir)+"_mirror", prefixOf(dir)+"_bare"
	names := `SELECT tablename FROM pg_tables WHERE schemaname = '` + schema + `' ORDER BY tablename`
	if _, err := db.Exec(`SET search_path = ` + schema); err != nil {
		return err
	}
	_, all, err := readAll(db, names, names)
	if err != nil {
		return err
	}
	if _, err := db.Exec(`CREATE SCHEMA ` + bare + `; SET search_path = ` + bare); err != nil {
		return err
	}
	for _, t := range all {
		if _, err := db.Exec(fmt.Sprintf(`CREATE TABLE %s.%s (LIKE %s.%s INCLUDING ALL)`, bare, t.name, schema, t.name)); err != nil {
			return err
		}
	}
	m := measured{}
	began, cpu := time.Now(), used()
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, t := range all {
		if err := insert(tx, t, func(i int) string { return fmt.Sprint("$", i+1) }); err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
		m.Rows += len(t.rows)
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	m.Seconds, m.CPU = time.Since(began).Seconds(), used()-cpu
	return json.NewEncoder(os.Stdout).Encode(m)
}
