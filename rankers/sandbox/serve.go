package sandbox

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"strings"

	"candor/rankers/sandbox/early"
)

// Model scores rows of int8 that stand one after another.
type Model interface {
	Evaluate(rows []int8) ([]int32, error)
}

// Loader parses a stranger's file. The name tells what it understood, so that who parses
// the same file elsewhere can compare.
type Loader func(file []byte) (m Model, name string, err error)

// Called says whether this process was started as a child: then it must do nothing but Serve.
func Called() bool { return early.Called() }

// Serve shuts this process in and answers until its parent has no more questions. It gives
// the exit status.
func Serve(load Loader) int {
	layers, err := []string(nil), early.Failed
	if err == nil {
		layers, err = seal()
	}
	if err != nil {
		_ = send(os.Stdout, text(bad, err.Error())) // nobody else could be told
		return 1
	}
	if err := serve(load, strings.Join(layers, ", "), os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func serve(load Loader, layers string, r io.Reader, w io.Writer) error {
	if err := send(w, text(good, layers)); err != nil {
		return err
	}
	file, err := receive(r, MaxFile)
	if err == io.EOF {
		return nil
	} else if err != nil {
		return err
	}
	m, name, err := load(file)
	if err != nil {
		return send(w, text(bad, err.Error()))
	}
	if err := send(w, text(good, name)); err != nil {
		return err
	}
	for {
		q, err := receive(r, 8+MaxBatch)
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if len(q) < 8 {
			return fmt.Errorf("a question of %d bytes has no number", len(q))
		}
		if err := answer(w, q[:8], m, q[8:]); err != nil {
			return err
		}
	}
}

func answer(w io.Writer, number []byte, m Model, b []byte) error {
	rows := make([]int8, len(b))
	for i, x := range b {
		rows[i] = int8(x)
	}
	scores, err := m.Evaluate(rows)
	if err != nil {
		return send(w, number, text(bad, err.Error()))
	}
	out := make([]byte, 0, 4*len(scores))
	for _, s := range scores {
		out = binary.BigEndian.AppendUint32(out, uint32(s))
	}
	return send(w, number, []byte{good}, out)
}
