package snapshot_test

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/ipfs/go-cid"

	"candor/graph/snapshot"
)

func car(t testing.TB, w written) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, snapshot.WriteCAR(&b, w.cid, w.root.Blocks(), w.get))
	return b.Bytes()
}

// open reads a CAR as a node does.
func open(file []byte) ([]snapshot.Row, error) {
	c, err := snapshot.OpenCAR(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	raw, err := c.Get(c.Root, snapshot.MaxRoot)
	if err != nil {
		return nil, err
	}
	root, err := snapshot.ParseRoot(c.Root, raw)
	if err != nil {
		return nil, err
	}
	return read(root, func(name cid.Cid) ([]byte, error) { return c.Get(name, snapshot.ChunkSize) })
}

// large is a snapshot of several chunks.
func large(t testing.TB) written {
	t.Helper()
	s := state(t, history(rand.New(rand.NewPCG(5, 5)), 10_000, promptly))
	w := export(t, s, 10_000)
	if len(w.root.Chunks) < 2 {
		t.Fatalf("the snapshot has %d bytes and one chunk: make it larger", w.root.Size)
	}
	return w
}

func TestCARs(t *testing.T) {
	w := large(t)
	want, err := read(w.root, w.get)
	must(t, err)
	got, err := open(car(t, w))
	must(t, err)
	if !reflect.DeepEqual(got, want) {
		t.Error("the rows from the CAR are others")
	}
	if !bytes.Equal(car(t, w), car(t, w)) {
		t.Error("a CAR is written in two ways")
	}
}

// TestHostileCARs spoils a CAR in many places: each is refused or, where bytes are
// spoilt that nobody needs, reads as before.
func TestHostileCARs(t *testing.T) {
	w := export(t, state(t, history(rand.New(rand.NewPCG(5, 5)), 30, promptly)), 30)
	file := car(t, w)
	for at := range file {
		spoilt := bytes.Clone(file)
		spoilt[at] ^= 0x41
		if _, err := open(spoilt); err == nil {
			t.Fatalf("byte %d of %d can be changed", at, len(file))
		}
		if _, err := open(file[:at]); err == nil {
			t.Fatalf("the CAR can be cut at byte %d of %d", at, len(file))
		}
	}
	huge := append(bytes.Clone(file), binary.AppendUvarint(nil, 1<<62)...)
	if _, err := open(huge); err == nil || !strings.Contains(err.Error(), "one too many") {
		t.Errorf("a block of 2^62 bytes: %v", err)
	}
	block := append(rawCID([]byte("x")).Bytes(), 'x')
	extra := append(append(bytes.Clone(file), byte(len(block))), block...)
	if _, err := open(extra); err != nil {
		t.Errorf("a block that nobody needs: %v", err)
	}
	chain := bytes.Clone(file)
	for n := range uint32(snapshot.MaxChunks + 2) {
		b := binary.BigEndian.AppendUint32(nil, n)
		b = append(rawCID(b).Bytes(), b...)
		chain = append(append(chain, byte(len(b))), b...)
	}
	if _, err := open(chain); err == nil || !strings.Contains(err.Error(), "one too many") {
		t.Errorf("more blocks than allowed: %v", err)
	}
}

// FuzzCAR opens any bytes.
func FuzzCAR(f *testing.F) {
	w := export(f, state(f, history(rand.New(rand.NewPCG(5, 5)), 5, promptly)), 5)
	f.Add(car(f, w))
	f.Add([]byte("\x3b\xa2\x65roots"))
	f.Fuzz(func(t *testing.T, file []byte) { _, _ = open(file) })
}
