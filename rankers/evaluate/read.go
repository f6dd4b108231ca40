package evaluate

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// Bounds of what is read.
const (
	MaxLine  = 1 << 20 // bytes of a line
	MaxBytes = 4 << 30 // bytes of a file, unzipped
	MaxPosts = 1 << 20
)

// eachLine calls f with each line that is not empty, of a file that may be gzipped. An error
// carries the line's number, from 1.
func eachLine(r io.Reader, f func(line []byte) error) error {
	b := bufio.NewReaderSize(r, 64<<10)
	if magic, _ := b.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(b)
		if err != nil {
			return fmt.Errorf("it begins as gzip and is none: %w", err)
		}
		r = z
	} else {
		r = b
	}
	all := &io.LimitedReader{R: r, N: MaxBytes + 1}
	s := bufio.NewScanner(all)
	s.Buffer(make([]byte, 64<<10), MaxLine)
	n := 0
	for s.Scan() {
		n++
		if line := bytes.TrimSpace(s.Bytes()); len(line) > 0 {
			if err := f(line); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
		}
	}
	switch err := s.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return fmt.Errorf("line %d: it is longer than %d bytes", n+1, MaxLine)
	case err != nil:
		return fmt.Errorf("it cannot be read after line %d, get it whole: %w", n, err)
	case all.N == 0:
		return fmt.Errorf("it has more than %d bytes unzipped: give a shorter history", int64(MaxBytes))
	}
	return nil
}
