package tables

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Dialect is what the databases say differently. All else is SQL that both
// understand, with $1, $2 … for its arguments.
type Dialect interface {
	// Set is a condition to stand behind a column: that it is one of the keys,
	// which argument n carries, however many there are.
	Set(n int, keys [][]byte) (condition string, arg any)
	// Rows is a table of rows given as arguments from n on, to stand behind FROM:
	// its columns are a, b, c …, kinds says which are bytes ('b') and which whole
	// numbers ('i'). A nil is NULL.
	Rows(n int, kinds string, rows [][]any) (table string, args []any)
	// Using is the table, read by the index where the database can be told so.
	Using(table, index string) string
	// Insert adds many rows at once, inside the transaction that is open on conn.
	Insert(ctx context.Context, conn *sql.Conn, into Table, rows [][]any) error
	// Lock begins a writing transaction: a statement after which no other writer
	// of the same database is at work, "" where beginning does that.
	Lock() string
}

// Table names a table and its columns in the order in which rows come.
type Table struct {
	Name    string
	Columns []string
}

// Database is an open database: connections that read, and those that write.
type Database struct {
	Read, Write *sql.DB
	Dialect     Dialect
	Again       string       // what to do to have a mirror made again, such as "delete the mirror's file"
	Release     func() error // what else to do at the end; may be nil
	// Held is nil while no other process can have the database, and nothing is written
	// after it is not; Lost then says why, once. Both may be nil.
	Held func() error
	Lost <-chan error
}

// Close releases the connections.
func (db *Database) Close() error {
	err := db.Read.Close()
	if db.Write != db.Read {
		if e := db.Write.Close(); err == nil {
			err = e
		}
	}
	if db.Release != nil {
		if e := db.Release(); err == nil {
			err = e
		}
	}
	return err
}

// tx is one writing transaction.
type tx struct {
	*sql.Tx
	Dialect
	ctx      context.Context
	conn     *sql.Conn
	prepared map[string]*sql.Stmt
}

func (db *Database) held() error {
	if db.Held == nil {
		return nil
	}
	return db.Held()
}

// transact runs f in one writing transaction.
func (db *Database) transact(ctx context.Context, f func(*tx) error) error {
	if err := db.held(); err != nil {
		return err
	}
	conn, err := db.Write.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connect to the database: %w", err)
	}
	defer conn.Close()
	t, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin a transaction: %w", err)
	}
	defer t.Rollback() // does nothing after Commit
	if lock := db.Dialect.Lock(); lock != "" {
		if _, err := t.ExecContext(ctx, lock); err != nil {
			return fmt.Errorf("begin a transaction: %w", err)
		}
	}
	if err := f(&tx{t, db.Dialect, ctx, conn, map[string]*sql.Stmt{}}); err != nil {
		return err
	}
	if err := db.held(); err != nil { // it took a while
		return err
	}
	if err := t.Commit(); err != nil {
		return fmt.Errorf("commit a transaction: %w", err)
	}
	return nil
}

// exec runs a statement that may come again in this transaction.
func (t *tx) exec(text string, args ...any) error {
	_, err := t.change(text, args...)
	return err
}

// change is exec that says how many rows it changed.
func (t *tx) change(text string, args ...any) (int64, error) {
	s := t.prepared[text]
	if s == nil {
		var err error
		if s, err = t.PrepareContext(t.ctx, text); err != nil { // the transaction's end closes it
			return 0, fmt.Errorf("prepare %.80q: %w", text, err)
		}
		t.prepared[text] = s
	}
	res, err := s.ExecContext(t.ctx, args...)
	if err != nil {
		return 0, fmt.Errorf("run %.80q: %w", text, err)
	}
	return res.RowsAffected()
}

// insert adds rows in bulk.
func (t *tx) insert(into Table, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	if err := t.Insert(t.ctx, t.conn, into, rows); err != nil {
		return fmt.Errorf("add %d rows to %s: %w", len(rows), into.Name, err)
	}
	return nil
}

// update runs a statement on rows given as arguments; $rows stands for them.
func (t *tx) update(text, kinds string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	from, args := t.Rows(1, kinds, rows)
	return t.exec(strings.ReplaceAll(text, "$rows", from), args...)
}

// column reads rows of one column inside the transaction.
func column[T any](t *tx, text string, args []any, take func(T)) error {
	rows, err := t.QueryContext(t.ctx, text, args...)
	if err != nil {
		return fmt.Errorf("run %.80q: %w", text, err)
	}
	defer rows.Close()
	for rows.Next() {
		var v T
		if err := rows.Scan(&v); err != nil {
			return err
		}
		take(v)
	}
	return rows.Err()
}

// query grows a SELECT: its conditions and their arguments.
type query struct {
	Dialect
	text strings.Builder
	args []any
}

// add appends text, whose ? stand for the arguments.
func (q *query) add(text string, args ...any) {
	for _, a := range args {
		before, after, found := strings.Cut(text, "?")
		if !found {
			panic("a condition has fewer places than arguments: " + text)
		}
		q.args = append(q.args, a)
		fmt.Fprintf(&q.text, "%s$%d", before, len(q.args))
		text = after
	}
	q.text.WriteString(text)
}

// and adds a condition.
func (q *query) and(condition string, args ...any) {
	if strings.Contains(q.text.String(), " WHERE ") {
		q.add(" AND ")
	} else {
		q.add(" WHERE ")
	}
	q.add(condition, args...)
}

// in adds the condition that the column is one of the keys.
func (q *query) in(column string, keys [][]byte) {
	set, arg := q.Set(len(q.args)+1, keys)
	q.and(column + " " + set)
	q.args = append(q.args, arg)
}

// rows adds a table of rows.
func (q *query) rows(kinds string, rows [][]any) {
	table, args := q.Rows(len(q.args)+1, kinds, rows)
	q.text.WriteString(table)
	q.args = append(q.args, args...)
}
