package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	selection "candor/feeds/select"
	"candor/zkcommit"
	"candor/zkcommit/verify"
)

func readAll(t *testing.T, res *http.Response) string {
	t.Helper()
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// judge does what `candor verify FILE` does, without the cost of a process.
func judge(doc []byte) error {
	b, err := zkcommit.ParseBundle(doc)
	if err != nil {
		return err
	}
	t := verify.Tools()
	t.Select = selection.Select
	f := b.Check(t)
	if f.Valid {
		return nil
	}
	for _, c := range f.Checks {
		if !c.OK && c.Detail != "" && c.Name != "" {
			return errors.New(c.Name + ": " + c.Detail)
		}
	}
	return fmt.Errorf("invalid, but no check says why: %+v", f)
}

type mutation struct {
	what string
	doc  []byte
}

// mutations changes each leaf of a JSON document once, drops each key, and swaps,
// drops and doubles elements of each array. The tree keeps the order of keys, so
// that only what was changed is wrong.
func mutations(t *testing.T, doc []byte) (out []mutation) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(doc))
	d.UseNumber()
	root, err := parse(d)
	if err != nil {
		t.Fatal(err)
	}
	var flat bytes.Buffer
	if err := json.Compact(&flat, doc); err != nil {
		t.Fatal(err)
	}
	if got := root.json(); !bytes.Equal(got, flat.Bytes()) {
		t.Fatal("the tree does not write what it read")
	}
	emit := func(what string) { out = append(out, mutation{what, root.json()}) }
	var walk func(path string, n *tree)
	walk = func(path string, n *tree) {
		switch {
		case n.keys != nil:
			for i := range n.keys {
				k, v := n.keys[i], n.kids[i]
				walk(path+"."+k, v)
				n.keys, n.kids = cut(n.keys, i), cut(n.kids, i)
				emit("no " + path + "." + k)
				n.keys, n.kids = paste(n.keys, i, k), paste(n.kids, i, v)
			}
		case n.list:
			if len(n.kids) == 0 {
				n.kids = []*tree{{leaf: json.Number("1")}}
				emit("an element in the empty " + path)
				n.kids = nil
				return
			}
			// Long lists are alike: their ends and some of their middle.
			for i, v := range n.kids {
				if i < 3 || i == len(n.kids)-1 || i%17 == 0 {
					walk(fmt.Sprintf("%s[%d]", path, i), v)
				}
			}
			last := len(n.kids) - 1
			v := n.kids[last]
			n.kids = n.kids[:last]
			emit("the last of " + path + " dropped")
			n.kids = append(n.kids, v, v)
			emit("the last of " + path + " doubled")
			n.kids = n.kids[:last+1]
			if last > 0 && !bytes.Equal(n.kids[0].json(), n.kids[1].json()) {
				n.kids[0], n.kids[1] = n.kids[1], n.kids[0]
				emit("the first two of " + path + " swapped")
				n.kids[0], n.kids[1] = n.kids[1], n.kids[0]
			}
		default:
			old := n.leaf
			for _, v := range others(old) {
				n.leaf = v
				emit(fmt.Sprintf("%s = %.40v", path, v))
			}
			n.leaf = old
		}
	}
	walk("$", root)
	return out
}

// others are plausible forgeries of a leaf.
func others(v any) []any {
	switch x := v.(type) {
	case bool:
		return []any{!x}
	case nil:
		return []any{json.Number("0")}
	case json.Number:
		n, _ := x.Int64()
		return []any{json.Number(fmt.Sprint(n + 1)), json.Number(fmt.Sprint(n - 1))}
	case string:
		if x == "" {
			return []any{"x"}
		}
		flip := func(i int) string {
			b := []byte(x)
			switch c := b[i]; {
			case c == '0':
				b[i] = '1'
			case c >= '1' && c <= '9':
				b[i] = c - 1
			case c == 'a' || c == 'A':
				b[i] = c + 1
			default:
				b[i] = c - 1
			}
			return string(b)
		}
		all := []any{flip(len(x) - 1), flip(len(x) / 2), x + "0"}
		if up := strings.ToUpper(x); up != x {
			all = append(all, up)
		}
		if len(x) > 256 { // a proof, a registration or a key: in its middle, too
			for i := range 24 {
				all = append(all, flip(i*len(x)/24+i), x[:i*len(x)/24])
			}
		}
		return all
	}
	return nil
}

// tree is a JSON value that keeps the order of its keys.
type tree struct {
	keys []string
	kids []*tree
	list bool
	leaf any
}

func parse(d *json.Decoder) (*tree, error) {
	tok, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch tok {
	case json.Delim('{'):
		n := &tree{keys: []string{}}
		for d.More() {
			k, err := d.Token()
			if err != nil {
				return nil, err
			}
			v, err := parse(d)
			if err != nil {
				return nil, err
			}
			n.keys, n.kids = append(n.keys, k.(string)), append(n.kids, v)
		}
		_, err := d.Token()
		return n, err
	case json.Delim('['):
		n := &tree{list: true}
		for d.More() {
			v, err := parse(d)
			if err != nil {
				return nil, err
			}
			n.kids = append(n.kids, v)
		}
		_, err := d.Token()
		return n, err
	}
	return &tree{leaf: tok}, nil
}

func (n *tree) json() []byte {
	var b bytes.Buffer
	n.write(&b)
	return b.Bytes()
}

func (n *tree) write(b *bytes.Buffer) {
	switch {
	case n.keys != nil:
		b.WriteByte('{')
		for i, k := range n.keys {
			if i > 0 {
				b.WriteByte(',')
			}
			writeLeaf(b, k)
			b.WriteByte(':')
			n.kids[i].write(b)
		}
		b.WriteByte('}')
	case n.list:
		b.WriteByte('[')
		for i, v := range n.kids {
			if i > 0 {
				b.WriteByte(',')
			}
			v.write(b)
		}
		b.WriteByte(']')
	default:
		writeLeaf(b, n.leaf)
	}
}

func writeLeaf(b *bytes.Buffer, v any) {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	b.Truncate(b.Len() - 1) // Encode ends a line
}

func cut[T any](s []T, i int) []T { return append(append([]T{}, s[:i]...), s[i+1:]...) }

func paste[T any](s []T, i int, v T) []T {
	return append(append(append([]T{}, s[:i]...), v), s[i:]...)
}
