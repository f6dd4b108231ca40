package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver named "sqlite"
)

// table is one table with all its rows.
type table struct {
	name string
	rows [][]any
}

// barePragmas are those of store/sqlite, which decide how durable a commit is.
const barePragmas = "_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=wal_autocheckpoint(16000)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)" +
	"&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)&_pragma=secure_delete(1)&_txlock=immediate"

// ingestBare puts the rows of the mirror in the directory into an empty database
// beside it, with the same tables and indexes, in one transaction. Reading them
// is not measured.
func ingestBare(backend, dir string) error {
	if backend == "postgres" {
		return barePostgres(dir)
	}
	from, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: filepath.Join(dir, "mirror.db")}).String())
	if err != nil {
		return err
	}
	defer from.Close()
	schema, tables, err := readAll(from, `SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type = 'index'`,
		`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
	if err != nil {
		return err
	}
	to, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: filepath.Join(dir, "bare.db"), RawQuery: barePragmas}).String())
	if err != nil {
		return err
	}
	defer to.Close()
	to.SetMaxOpenConns(1)
	for _, s := range schema {
		if _, err := to.Exec(s); err != nil {
			return fmt.Errorf("%w in %s", err, s)
		}
	}
	m := measured{}
	began, cpu := time.Now(), used()
	tx, err := to.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, t := range tables {
		if err := insert(tx, t, func(int) string { return "?" }); err != nil {
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

// readAll gives the statements that make the tables and all rows of each.
func readAll(db *sql.DB, schema, names string) (statements []string, tables []table, err error) {
	list := func(query string) (out []string, err error) {
		rows, err := db.Query(query)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				return nil, err
			}
			out = append(out, s)
		}
		return out, rows.Err()
	}
	if statements, err = list(schema); err != nil {
		return nil, nil, err
	}
	all, err := list(names)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range all {
		rows, err := db.Query("SELECT * FROM " + name)
		if err != nil {
			return nil, nil, err
		}
		columns, err := rows.Columns()
		if err != nil {
			return nil, nil, err
		}
		t := table{name: name}
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				return nil, nil, err
			}
			t.rows = append(t.rows, values)
		}
		if err := rows.Close(); err != nil {
			return nil, nil, err
		}
		tables = append(tables, t)
	}
	return statements, tables, nil
}

// insert puts the rows in, up to perStatement at once: what a careful client of
// a bare database would do.
func insert(tx *sql.Tx, t table, mark func(i int) string) error {
	if len(t.rows) == 0 {
		return nil
	}
	columns := len(t.rows[0])
	text := func(rows int) string {
		var b strings.Builder
		fmt.Fprintf(&b, "INSERT INTO %s VALUES ", t.name)
		for i := range rows * columns {
			switch {
			case i == 0:
				b.WriteString("(")
			case i%columns == 0:
				b.WriteString("),(")
			default:
				b.WriteString(",")
			}
			b.WriteString(mark(i))
		}
		return b.String() + ")"
	}
	full, err := tx.Prepare(text(perStatement))
	if err != nil {
		return err
	}
	defer full.Close()
	for rows := t.rows; len(rows) > 0; {
		n := min(perStatement, len(rows))
		args := make([]any, 0, n*columns)
		for _, r := range rows[:n] {
			args = append(args, r...)
		}
		if n == perStatement {
			_, err = full.Exec(args...)
		} else {
			_, err = tx.Exec(text(n), args...)
		}
		if err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

const perStatement = 64
