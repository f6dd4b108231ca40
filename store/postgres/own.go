package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
)

// heartbeat is how often the connection that holds the lock is asked for an answer,
// and how long it may take: one that is cut off without a word is noticed so late.
const heartbeat = 5 * time.Second

// ErrInUse says that another process has the mirror.
var ErrInUse = errors.New("another node has this database's mirror open: stop it, or give each node a database of its own")

// ErrLost says that the connection broke which held the lock on the mirror.
var ErrLost = errors.New("the connection that holds this node's lock on the database broke, and another node may take it: start this one again")

// lease holds the schema for this process as long as its connection lasts.
type lease struct {
	conn *sql.Conn
	lock int64
	stop context.CancelFunc
	done chan struct{}
	lost chan error // holds ErrLost once

	mu  sync.Mutex
	why error
}

// own takes the lock, and watches over it until release.
func own(ctx context.Context, db *sql.DB, schema string) (*lease, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect to the database: %w", err)
	}
	l := &lease{conn: conn, lock: number(schema), done: make(chan struct{}), lost: make(chan error, 1)}
	var got bool
	if err := conn.QueryRowContext(ctx, `SELECT pg_try_advisory_lock($1)`, l.lock).Scan(&got); err != nil {
		conn.Close()
		return nil, fmt.Errorf("lock the mirror: %w", err)
	}
	if !got {
		conn.Close()
		return nil, ErrInUse
	}
	ctx, l.stop = context.WithCancel(context.Background())
	go func() {
		defer close(l.done)
		if err := conn.Raw(func(c any) error { return watch(ctx, c.(*stdlib.Conn)) }); err != nil && ctx.Err() == nil {
			err = fmt.Errorf("%w (%w)", ErrLost, err)
			l.mu.Lock()
			l.why = err
			l.mu.Unlock()
			l.lost <- err
		}
	}()
	return l, nil
}

// watch returns when the connection broke, or nil when ctx ended. The server's end
// of a connection is read at once: nothing else comes over this one.
func watch(ctx context.Context, c *stdlib.Conn) error {
	for {
		wait, cancel := context.WithTimeout(ctx, heartbeat)
		_, err := c.Conn().WaitForNotification(wait)
		quiet := wait.Err() != nil
		cancel()
		if err != nil && quiet {
			wait, cancel = context.WithTimeout(ctx, heartbeat)
			err = c.Conn().Ping(wait)
			cancel()
		}
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// held is nil while the lock is this process's own.
func (l *lease) held() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.why
}

// release gives the lock back. Whoever opens the mirror next need not wait until the
// server notices that the connection has ended; if this fails, the end is what
// releases it.
func (l *lease) release() error {
	l.stop()
	<-l.done
	if l.held() != nil {
		_ = l.conn.Close() // it is broken, which was told
		return nil
	}
	ctx, stop := context.WithTimeout(context.Background(), time.Second)
	defer stop()
	_, _ = l.conn.ExecContext(ctx, `SELECT pg_advisory_unlock($1)`, l.lock)
	return l.conn.Close()
}
