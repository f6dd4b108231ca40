package zkcommit

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"candor/graph"
	"candor/zkcommit/parts"

	"pgregory.net/rapid"
)

func exampleReveal() *Reveal {
	m := NewModel(Shape{Inputs: 3, Hidden: [2]int{2}, Shift: [2]uint{6}})
	for l, layer := range m.Layers {
		for i := range layer.Weights {
			layer.Weights[i] = int8(10*l - 3*i)
		}
		for i := range layer.Bias {
			layer.Bias[i] = int16(1000*l - 300*(i+1))
		}
	}
	return &Reveal{Schema: fill[graph.Hash](5), Salt: Salt(fill[graph.Hash](3)), Model: m}
}

// goldenReveal fixes what a publisher locks for other implementations.
const goldenReveal = "testdata/reveal.json"

func TestGoldenReveal(t *testing.T) {
	r := exampleReveal()
	commitment, err := r.Commitment()
	if err != nil {
		t.Fatal(err)
	}
	name, err := parts.Name(r.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.MarshalIndent(map[string]string{"reveal": hex.EncodeToString(r.Bytes()), "commitment": commitment.Hex(), "cid": name.String()}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(goldenReveal, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(goldenReveal)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(got)+"\n" {
		t.Errorf("the canonical bytes changed: what is locked so far would open as nothing\n%s", got)
	}
}

// A reveal has one spelling, and one that is read back is the same.
func TestRevealRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Shape{Inputs: rapid.IntRange(1, 9).Draw(t, "inputs"), Hidden: [2]int{rapid.IntRange(1, 9).Draw(t, "hidden")}, Shift: [2]uint{uint(rapid.IntRange(4, 12).Draw(t, "shift"))}}
		if rapid.Bool().Draw(t, "two") {
			s.Hidden[1], s.Shift[1] = rapid.IntRange(1, 9).Draw(t, "second"), 6
		}
		m := NewModel(s)
		m.setBody(rapid.SliceOfN(rapid.Byte(), s.BodySize(), s.BodySize()).Draw(t, "body"))
		r := &Reveal{Schema: graph.Hash(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "schema")), Salt: NewSalt([32]byte(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "salt"))), Model: m}
		b := r.Bytes()
		got, err := ParseReveal(b)
		if err != nil || !bytes.Equal(got.Bytes(), b) {
			t.Fatalf("read back as another: %v", err)
		}
		if _, err := ParseReveal(append(b, 0)); err == nil {
			t.Fatal("a reveal with a byte more passes")
		}
		if _, err := ParseReveal(b[:rapid.IntRange(0, len(b)-1).Draw(t, "cut")]); err == nil {
			t.Fatal("a reveal that was cut passes")
		}
		commitment, err := r.Commitment()
		if err != nil || r.Opens(commitment) != nil {
			t.Fatalf("it does not open its own commitment: %v", err)
		}
		// Any changed bit is no reveal any more, or that of another model.
		b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if other, err := ParseReveal(b); err == nil && !errors.Is(other.Opens(commitment), ErrOpening) {
			t.Fatal("a changed reveal opens the commitment")
		}
	})
}

func TestHostileReveals(t *testing.T) {
	good := exampleReveal().Bytes()
	change := func(at int, to ...byte) []byte {
		b := bytes.Clone(good)
		copy(b[at:], to)
		return b
	}
	for name, x := range map[string]struct {
		b    []byte
		want string
	}{
		"nothing":         {nil, "no reveal"},
		"another version": {change(15, '2'), "no reveal"},
		"a magic only":    {good[:24], "no reveal"},
		"a large salt":    {change(24+32, bytes.Repeat([]byte{0xff}, 32)...), "modulus"},
		"no model":        {good[:24+64], "no model"},
		"without end":     {make([]byte, MaxReveal+1), "at most"},
	} {
		if _, err := ParseReveal(x.b); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v, expected one that says %q", name, err, x.want)
		}
	}
}
