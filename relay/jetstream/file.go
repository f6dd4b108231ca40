package jetstream

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"
)

// maxLine is the most bytes of a line; a longer one counts as corrupt.
const maxLine = 1 << 20

// lines reads the lines of a file, unzipped when it begins as gzip does.
type lines struct {
	r    *bufio.Reader
	n    int // the number of the line read last, from 1
	long bool
	buf  []byte
}

func newLines(r io.Reader) (*lines, error) {
	b := bufio.NewReaderSize(r, 64<<10)
	if magic, _ := b.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, fmt.Errorf("the file begins as gzip and is none: %w", err)
		}
		b = bufio.NewReaderSize(z, 64<<10)
	}
	return &lines{r: b}, nil
}

// next is the next line that is not empty, valid until the next call; a line over
// maxLine is nil. At the end it is io.EOF.
func (l *lines) next() ([]byte, error) {
	for {
		l.buf, l.long = l.buf[:0], false
		var err error
		for {
			var part []byte
			part, err = l.r.ReadSlice('\n')
			if l.long = l.long || len(l.buf)+len(part) > maxLine; !l.long {
				l.buf = append(l.buf, part...)
			}
			if !errors.Is(err, bufio.ErrBufferFull) {
				break
			}
		}
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("the file cannot be read after line %d, get it whole: %w", l.n, err)
		}
		if err == io.EOF && len(l.buf) == 0 && !l.long {
			return nil, io.EOF
		}
		l.n++
		if l.long {
			return nil, nil
		}
		if b := bytes.TrimSpace(l.buf); len(b) > 0 {
			return b, nil
		}
	}
}

// facts are what must be known of a file before its first event is published.
type facts struct {
	digest [32]byte
	lines  int
	last   int64 // the latest time_us, in seconds; 0 when no line has one
}

// scan reads the whole file once.
func scan(r io.Reader) (facts, error) {
	var f facts
	raw := &tee{r: r, h: sha256.New()}
	l, err := newLines(raw)
	if err != nil {
		return f, err
	}
	for {
		b, err := l.next()
		if err == io.EOF {
			break
		} else if err != nil {
			return f, err
		}
		var e struct {
			TimeUS int64 `json:"time_us"`
		}
		if json.Unmarshal(b, &e) == nil && e.TimeUS <= maxTime {
			f.last = max(f.last, e.TimeUS/1_000_000)
		}
	}
	// What follows a gzip stream is part of the file, too.
	if _, err := io.Copy(io.Discard, raw); err != nil {
		return f, err
	}
	raw.h.Sum(f.digest[:0])
	f.lines = l.n
	return f, nil
}

// shift is what is added to all times, in seconds, so that the last event is now.
func (f facts) shift(now time.Time) int64 {
	if f.last == 0 {
		return 0
	}
	return now.Unix() - f.last
}

type tee struct {
	r io.Reader
	h hash.Hash
}

func (t *tee) Read(b []byte) (int, error) {
	n, err := t.r.Read(b)
	t.h.Write(b[:n])
	return n, err
}
