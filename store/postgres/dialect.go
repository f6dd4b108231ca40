package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"candor/store/tables"
)

// dialect is PostgreSQL's way of saying things. Sets of keys are arrays.
type dialect struct {
	lock string // of the schema: its writers wait for each other
}

// Set implements tables.Dialect.
func (dialect) Set(n int, keys [][]byte) (string, any) {
	if keys == nil {
		keys = [][]byte{}
	}
	return fmt.Sprintf("= ANY ($%d::bytea[])", n), keys
}

// Rows implements tables.Dialect: one array for each column.
func (dialect) Rows(n int, kinds string, rows [][]any) (string, []any) {
	var from, columns strings.Builder
	args := make([]any, len(kinds))
	for i := range kinds {
		if i > 0 {
			from.WriteString(", ")
			columns.WriteString(", ")
		}
		fmt.Fprintf(&columns, "%c", 'a'+i)
		if kinds[i] == 'b' {
			fmt.Fprintf(&from, "$%d::bytea[]", n+i)
			column := make([][]byte, len(rows))
			for j, row := range rows {
				column[j], _ = row[i].([]byte) // nil is NULL
			}
			args[i] = column
		} else {
			fmt.Fprintf(&from, "$%d::bigint[]", n+i)
			column := make([]int64, len(rows))
			for j, row := range rows {
				column[j] = row[i].(int64)
			}
			args[i] = column
		}
	}
	return fmt.Sprintf("(SELECT * FROM unnest(%s) AS u (%s))", &from, &columns), args
}

// Using implements tables.Dialect: PostgreSQL has statistics.
func (dialect) Using(table, _ string) string { return table }

// Lock implements tables.Dialect.
func (d dialect) Lock() string { return d.lock }

// Insert implements tables.Dialect, by COPY.
func (dialect) Insert(ctx context.Context, conn *sql.Conn, into tables.Table, rows [][]any) error {
	return conn.Raw(func(c any) error {
		_, err := c.(*stdlib.Conn).Conn().CopyFrom(ctx, pgx.Identifier{into.Name}, into.Columns, pgx.CopyFromRows(rows))
		return err
	})
}
