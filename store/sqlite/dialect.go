package sqlite

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"candor/store/tables"
)

// dialect is SQLite's way of saying things. Sets of keys are one argument, a JSON
// array of hexadecimal strings: one statement for any number.
type dialect struct{}

// Set implements tables.Dialect.
func (dialect) Set(n int, keys [][]byte) (string, any) {
	b := make([]byte, 0, 2+len(keys)*44)
	b = append(b, '[')
	for i, k := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = quote(b, k)
	}
	return fmt.Sprintf("IN (SELECT unhex(value) FROM json_each($%d))", n), string(append(b, ']'))
}

// Rows implements tables.Dialect: one argument, a JSON array of arrays.
func (dialect) Rows(n int, kinds string, rows [][]any) (string, []any) {
	var from strings.Builder
	from.WriteString("(SELECT ")
	for i := range kinds {
		if i > 0 {
			from.WriteString(", ")
		}
		if kinds[i] == 'b' {
			fmt.Fprintf(&from, "unhex(value ->> %d) AS %c", i, 'a'+i)
		} else {
			fmt.Fprintf(&from, "value ->> %d AS %c", i, 'a'+i)
		}
	}
	fmt.Fprintf(&from, " FROM json_each($%d))", n)
	b := []byte{'['}
	for i, row := range rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for j, v := range row {
			if j > 0 {
				b = append(b, ',')
			}
			switch v := v.(type) {
			case []byte:
				b = quote(b, v)
			case int64:
				b = strconv.AppendInt(b, v, 10)
			case nil:
				b = append(b, "null"...)
			default:
				panic(fmt.Sprintf("a row given as an argument has a %T", v))
			}
		}
		b = append(b, ']')
	}
	return from.String(), []any{string(append(b, ']'))}
}

func quote(b, key []byte) []byte {
	b = append(b, '"')
	b = hex.AppendEncode(b, key)
	return append(b, '"')
}

// Using implements tables.Dialect. SQLite has no statistics here: it is told
// which list is the short one.
func (dialect) Using(table, index string) string { return table + " INDEXED BY " + index }

// Lock implements tables.Dialect: transactions begin as writers (_txlock).
func (dialect) Lock() string { return "" }

// Insert implements tables.Dialect: one statement, prepared once, for each row.
func (dialect) Insert(_ context.Context, conn *sql.Conn, into tables.Table, rows [][]any) error {
	marks := strings.Repeat(", ?", len(into.Columns))[2:]
	// A context that can end costs a goroutine for each row; the transaction
	// around this ends with its own.
	ctx := context.Background()
	s, err := conn.PrepareContext(ctx, "INSERT INTO "+into.Name+" ("+strings.Join(into.Columns, ", ")+") VALUES ("+marks+")")
	if err != nil {
		return err
	}
	defer s.Close()
	for _, row := range rows {
		if _, err := s.ExecContext(ctx, row...); err != nil {
			return err
		}
	}
	return nil
}
