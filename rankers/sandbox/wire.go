package sandbox

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// What crosses the pipes, each as a length in four bytes, big-endian, and so many bytes:
//
//	child:  status, layers        once it is shut in
//	parent: file
//	child:  status, name          once the file is loaded
//	parent: number, rows          the number has eight bytes, as in the answer
//	child:  number, status, scores
//
// A status other than good is followed by a reason. Scores are int32, big-endian.
const (
	MaxFile  = 1 << 20 // bytes of a file
	MaxBatch = 8 << 20 // bytes of the rows of one question

	maxText = 512 // bytes of layers, of a name or of a reason
	head    = 8 + 1
)

const (
	good byte = iota
	bad
)

func send(w io.Writer, parts ...[]byte) error {
	size := 0
	for _, p := range parts {
		size += len(p)
	}
	b := binary.BigEndian.AppendUint32(make([]byte, 0, 4+size), uint32(size))
	for _, p := range parts {
		b = append(b, p...)
	}
	_, err := w.Write(b)
	return err
}

// errTooLong is a length that nothing sent here may have. Nothing is allocated for it.
var errTooLong = errors.New("it sends more than was asked for")

func receive(r io.Reader, most int) ([]byte, error) {
	var size [4]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return nil, err
	}
	n := binary.BigEndian.Uint32(size[:])
	if uint64(n) > uint64(most) {
		return nil, errTooLong
	}
	b := make([]byte, n)
	_, err := io.ReadFull(r, b)
	return b, err
}

// text is a status with what follows it, as one line of at most maxText bytes.
func text(status byte, s string) []byte {
	return append([]byte{status}, line(s)...)
}

// line makes one printable line of what a stranger may have written.
func line(s string) string {
	s = strings.ToValidUTF8(s[:min(len(s), maxText)], "?")
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
	return strings.ToValidUTF8(s[:min(len(s), maxText)], "")
}

// Refusal is the child's reason not to take a file or a question.
type Refusal string

func (r Refusal) Error() string { return string(r) }

// readText reads a status and its text.
func readText(r io.Reader) (string, error) {
	b, err := receive(r, 1+maxText)
	if err != nil {
		return "", err
	}
	if len(b) == 0 || b[0] > bad {
		return "", errors.New("it answers in no known way")
	}
	if s := line(string(b[1:])); b[0] == good {
		return s, nil
	} else {
		return "", Refusal(s)
	}
}

// readScores reads the answer to a question of so many rows.
func readScores(r io.Reader, number uint64, rows int) ([]int32, error) {
	b, err := receive(r, head+max(4*rows, maxText))
	if err != nil {
		return nil, err
	}
	switch {
	case len(b) < head || binary.BigEndian.Uint64(b) != number || b[8] > bad:
		return nil, errors.New("it answers what was not asked")
	case b[8] == bad:
		return nil, Refusal(line(string(b[head:])))
	case len(b) != head+4*rows:
		return nil, fmt.Errorf("it gives %d bytes of scores for %d rows", len(b)-head, rows)
	}
	scores := make([]int32, rows)
	for i := range scores {
		scores[i] = int32(binary.BigEndian.Uint32(b[head+4*i:]))
	}
	return scores, nil
}
