package train

import (
	"bytes"
	"reflect"
	"testing"
)

// TestPrior: what is known of an earlier history is used on a later one, and on no other.
func TestPrior(t *testing.T) {
	posts, gains := town(900, 11)
	p, err := MakePrior(posts[:600], gains[:600])
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParsePrior(p.Bytes())
	if err != nil || !reflect.DeepEqual(again, p) {
		t.Fatalf("the prior is read otherwise: %v", err)
	}
	later := lookAll(posts[600:])
	rows := surface(later)
	p.fill(rows, later)
	with, without, n := 0., 0., 0.
	for i, l := range later {
		switch {
		case l.words[4] != "engine" && l.words[1] == "engine":
			with += float64(rows[i][inPrior])
			n++
		default:
			without += float64(rows[i][inPrior])
		}
	}
	if with/n < 20+without/float64(len(later))/(1-n/float64(len(later))) {
		t.Errorf("a word that won once has %v on average, others %v", with/n, without)
	}
	older := lookAll(append(append([]Post(nil), posts[599]), posts[600:]...))
	older[0].Time = p.Until - 1
	rows = surface(older)
	p.fill(rows, older)
	for i := range rows {
		if rows[i][inPrior] != 0 {
			t.Fatal("a prior says something of a history in which posts are older than it")
		}
	}
}

// TestShippedPrior: it is whole, small, and in its one form.
func TestShippedPrior(t *testing.T) {
	p, err := ParsePrior(shipped)
	if err != nil || !bytes.Equal(p.Bytes(), shipped) {
		t.Fatalf("the prior that ships is not what it makes: %v", err)
	}
	if len(p.says) < 1000 || len(shipped) > 64<<10 || p.Until < 1_400_000_000 {
		t.Errorf("it has %d terms in %d bytes, until %d", len(p.says), len(shipped), p.Until)
	}
}

func TestNoPrior(t *testing.T) {
	head := priorMagic + "\x00\x00\x00\x00\x00\x00\x00\x07"
	if _, err := ParsePrior([]byte(head + "\x00\x00\x00\x01\x05\x00\x00\x00\x02\xfb")); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"nothing": "", "another magic": "candor/prior/v2\n" + head[16:], "half a time": head[:20], "half a term": head + "\x00\x00",
		"a term twice": head + "\x00\x00\x00\x01\x05\x00\x00\x00\x01\x05", "falling terms": head + "\x00\x00\x00\x02\x05\x00\x00\x00\x01\x05",
		"a term of nothing": head + "\x00\x00\x00\x01\x00", "-128": head + "\x00\x00\x00\x01\x80",
	} {
		if _, err := ParsePrior([]byte(text)); err == nil {
			t.Errorf("%s is a prior", name)
		}
	}
}
