package snapshot_test

import (
	"crypto/sha256"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ipfs/go-cid"
	mh "github.com/multiformats/go-multihash"

	"candor/graph"
	"candor/graph/snapshot"
)

func rawCID(b []byte) cid.Cid {
	sum := sha256.Sum256(b)
	h, _ := mh.Encode(sum[:], mh.SHA2_256)
	return cid.NewCidV1(cid.Raw, h)
}

// fitting is the root for other bytes, with the counts and the mirror root that a
// liar would give them: those of the rows as they are.
func fitting(t testing.TB, root snapshot.Root, stream []byte) (snapshot.Root, func(cid.Cid) ([]byte, error)) {
	t.Helper()
	blocks := map[cid.Cid][]byte{}
	root.Chunks, root.Size = []snapshot.Link{}, uint64(len(stream))
	for part := range slices.Chunk(stream, snapshot.ChunkSize) {
		c := rawCID(part)
		blocks[c] = part
		root.Chunks = append(root.Chunks, snapshot.Link{Cid: c})
	}
	get := func(c cid.Cid) ([]byte, error) { return blocks[c], nil }
	root.Counts, root.MirrorRoot = snapshot.Tally(root, embed, get)
	return root, get
}

// lie is a row of a snapshot with something wrong in it.
type lie struct {
	name string
	want string // what the refusal names
	tell func(rows []snapshot.Row) []snapshot.Row
}

// change applies f to the first row of the kind that f takes.
func change[R snapshot.Row](f func(*R) bool) func([]snapshot.Row) []snapshot.Row {
	return func(rows []snapshot.Row) []snapshot.Row {
		for i, row := range rows {
			if r, ok := row.(R); ok && f(&r) {
				rows[i] = r
				return rows
			}
		}
		panic("there is no such row")
	}
}

// drop leaves out the first row of the kind that f takes.
func drop[R snapshot.Row](f func(R) bool) func([]snapshot.Row) []snapshot.Row {
	return func(rows []snapshot.Row) []snapshot.Row {
		for i, row := range rows {
			if r, ok := row.(R); ok && f(r) {
				return slices.Delete(rows, i, i+1)
			}
		}
		panic("there is no such row")
	}
}

var lies = []lie{
	{"sections change places", "out of order", func(rows []snapshot.Row) []snapshot.Row {
		for i := range rows[1:] {
			_, account := rows[i].(snapshot.Account)
			if _, next := rows[i+1].(snapshot.Account); account && !next {
				rows[i], rows[i+1] = rows[i+1], rows[i]
				return rows
			}
		}
		panic("there are no sections")
	}},
	{"two rows change places", "out of order", func(rows []snapshot.Row) []snapshot.Row {
		rows[0], rows[1] = rows[1], rows[0]
		return rows
	}},
	{"a row is there twice", "there twice", func(rows []snapshot.Row) []snapshot.Row { return slices.Insert(rows, 1, rows[0]) }},
	{"a section comes early", "is no post before it", func(rows []snapshot.Row) []snapshot.Row {
		return slices.Insert(rows[:len(rows)-1:len(rows)-1], 0, rows[len(rows)-1])
	}},
	{"an account comes from the future", "is not in blocks", change(func(r *snapshot.Account) bool { r.First.Block = 99; return true })},
	{"an account's time is after the block", "is after the block's", change(func(r *snapshot.Account) bool { r.Time = 1 << 40; return true })},
	{"an account is missing", "by nobody who had an account", drop(func(r snapshot.Account) bool { return true })},
	{"an account begins late", "by nobody who had an account", change(func(r *snapshot.Account) bool { r.First = graph.Position{Block: 40}; return true })},
	{"a document is another", "is not what its CID says", change(func(r *snapshot.Document) bool { r.Body = append(slices.Clone(r.Body), ' '); return true })},
	{"an embedding is another", "is not that of its text", change(func(r *snapshot.Document) bool {
		if r.Embedding == nil {
			return false
		}
		e := *r.Embedding
		e[7]++
		r.Embedding = &e
		return true
	})},
	{"an embedding is missing", "is not that of its text", change(func(r *snapshot.Document) bool {
		ok := r.Embedding != nil
		r.Embedding = nil
		return ok
	})},
	{"a profile's document has an embedding", "is a profile's and has an embedding", change(func(r *snapshot.Document) bool {
		ok := r.Embedding == nil
		r.Embedding = &graph.Embedding{}
		return ok
	})},
	{"a document is no document", "neither a post's nor a profile's", func(rows []snapshot.Row) []snapshot.Row {
		d := made([]byte("[]"), rawCID([]byte("[]")), nil)
		return insert(rows, snapshot.Document{CID: d.cid, Body: d.bytes})
	}},
	{"a document that nothing names", "nothing names it", func(rows []snapshot.Row) []snapshot.Row {
		d := made(graph.PostContent{Text: "stowaway"}.Encode())
		e := embed("stowaway")
		return insert(rows, snapshot.Document{CID: d.cid, Body: d.bytes, Embedding: &e})
	}},
	{"a withheld content that nothing names", "nothing names it", func(rows []snapshot.Row) []snapshot.Row {
		return insert(rows, snapshot.Withheld{CID: rawCID([]byte("x"))})
	}},
	{"a withheld text is told", "is withheld and there all the same", func(rows []snapshot.Row) []snapshot.Row {
		for _, row := range rows {
			if d, ok := row.(snapshot.Document); ok {
				return insert(rows, snapshot.Withheld{CID: d.CID})
			}
		}
		panic("there is no document")
	}},
	{"a reply to nobody", "is no post before it", change(func(r *snapshot.Post) bool {
		r.Parent = graph.Ref{ID: graph.Position{Block: 1, Log: 77}, CID: r.CID}
		return true
	})},
	{"a reply to itself", "is no post before it", change(func(r *snapshot.Post) bool { r.Parent = graph.Ref{ID: r.ID, CID: r.CID}; return true })},
	{"a quote of a content that never was", "never had before it", change(func(r *snapshot.Post) bool {
		ok := !r.Quote.IsZero()
		r.Quote.CID = rawCID([]byte("never"))
		return ok
	})},
	{"an edit before its post", "edit out of order", change(func(r *snapshot.Post) bool {
		if len(r.Edits) == 0 {
			return false
		}
		first := r.Edits[0]
		r.Edits = []snapshot.Edit{first, {ID: r.ID, CID: rawCID([]byte("x"))}}
		r.Edits[1].ID.Log += 100
		r.Edits[0].ID = r.Edits[1].ID
		r.Edits[0].ID.Log++
		return true
	})},
	{"an edit that changes nothing", "one that changes nothing", change(func(r *snapshot.Post) bool {
		if len(r.Edits) == 0 {
			return false
		}
		r.Edits = slices.Clone(r.Edits)
		r.Edits[0].CID = r.CID
		return true
	})},
	{"two rows of one event", "made one of", func(rows []snapshot.Row) []snapshot.Row {
		var post graph.PostID
		for i, row := range rows {
			switch r := row.(type) {
			case snapshot.Post:
				post = r.ID
			case snapshot.Reaction:
				r.ID = post
				rows[i] = r
				return append(rows[:i+1:i+1], later(rows[i+1:], post)...)
			}
		}
		panic("there is no reaction")
	}},
	{"one follows itself", "of one with itself", change(func(r *snapshot.Edge) bool { r.To = r.From; return true })},
	{"a follow is there twice", "joins two whom another joins", func(rows []snapshot.Row) []snapshot.Row {
		return twice(rows, func(r snapshot.Edge) (snapshot.Row, bool) {
			r.ID.Log += 50
			return r, r.Kind == snapshot.Follows
		})
	}},
	{"a follow in spite of a block", "joins", func(rows []snapshot.Row) []snapshot.Row {
		return twice(rows, func(r snapshot.Edge) (snapshot.Row, bool) {
			r.ID.Log += 50
			r.Kind, r.From, r.To = snapshot.Blocks, r.To, r.From
			return r, true
		})
	}},
	{"an unknown kind of edge", "1 to 3 are known", func(rows []snapshot.Row) []snapshot.Row {
		return twice(rows, func(r snapshot.Edge) (snapshot.Row, bool) { r.Kind = 4; return r, true })
	}},
	{"a policy that is the rule", "only approval and closed", change(func(r *snapshot.Policy) bool { r.Policy = graph.PolicyOpen; return true })},
	{"a reaction to nobody", "is no post before it", change(func(r *snapshot.Reaction) bool { r.Subject = graph.Position{Block: 1, Log: 77}; return true })},
	{"an unknown reaction", "likes and reposts are known", change(func(r *snapshot.Reaction) bool { r.Kind = 3; return true })},
	{"a reaction is there twice", "there twice", func(rows []snapshot.Row) []snapshot.Row {
		return twice(rows, func(r snapshot.Reaction) (snapshot.Row, bool) { r.ID.Log += 50; return r, true })
	}},
}

// later leaves out what is not behind the position.
func later(rows []snapshot.Row, p graph.PostID) []snapshot.Row {
	return slices.DeleteFunc(slices.Clone(rows), func(row snapshot.Row) bool { return row.(snapshot.Reaction).ID.Compare(p) <= 0 })
}

// insert puts the row where its order wants it.
func insert(rows []snapshot.Row, row snapshot.Row) []snapshot.Row {
	for i, r := range rows {
		if snapshot.Before(row, r) {
			return slices.Insert(rows, i, row)
		}
	}
	return append(rows, row)
}

// twice adds a row made of the first that f takes.
func twice[R snapshot.Row](rows []snapshot.Row, f func(R) (snapshot.Row, bool)) []snapshot.Row {
	for _, row := range rows {
		if r, ok := row.(R); ok {
			if next, ok := f(r); ok {
				return insert(rows, next)
			}
		}
	}
	panic("there is no such row")
}

// TestLiesAreRefused tells each lie to a reader, under a root that fits it, and
// to a writer; each must name what is wrong.
func TestLiesAreRefused(t *testing.T) {
	var batches []graph.Batch
	for seed := uint64(0); ; seed++ { // one with rows of all kinds
		batches = history(rand.New(rand.NewPCG(7, seed)), 40, promptly)
		c := export(t, state(t, batches), 40).root.Counts
		if c.Policies > 0 && c.Requests > 0 && c.Blocks > 0 && c.Follows > 1 && c.Reactions > 1 {
			break
		}
	}
	s := state(t, batches)
	head, _ := s.Head()
	for _, l := range lies {
		t.Run(l.name, func(t *testing.T) {
			rows := l.tell(rowsOf(t, s, 40))
			_, err := write(head, func(take func(snapshot.Row) error) error {
				for _, row := range rows {
					if err := take(row); err != nil {
						return err
					}
				}
				return nil
			})
			if err == nil || !strings.Contains(err.Error(), l.want) {
				t.Errorf("the writer says %v, want a word of %q", err, l.want)
			}
			root, get := fitting(t, export(t, s, 40).root, snapshot.Stream(rows))
			if _, err := read(root, get); err == nil || !strings.Contains(err.Error(), l.want) {
				t.Errorf("the reader says %v, want a word of %q", err, l.want)
			}
		})
	}
}

// TestRootsBindTheirRows changes what the root says of rows that are right.
func TestRootsBindTheirRows(t *testing.T) {
	w := export(t, state(t, history(rand.New(rand.NewPCG(3, 3)), 30, promptly)), 30)
	for what, spoil := range map[string]func(*snapshot.Root){
		"mirror root":             func(r *snapshot.Root) { r.MirrorRoot[3]++ },
		"numbers of rows":         func(r *snapshot.Root) { r.Counts.Follows++ },
		"bytes and the root says": func(r *snapshot.Root) { r.Size-- },
		"is not in blocks": func(r *snapshot.Root) {
			r.Block.Number = 20
		},
	} {
		root := w.root
		spoil(&root)
		if _, err := read(root, w.get); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: the reader says %v", what, err)
		}
	}
	for _, l := range w.root.Chunks {
		_, err := read(w.root, func(c cid.Cid) ([]byte, error) {
			b, err := w.get(c)
			if b = slices.Clone(b); c == l.Cid {
				b[len(b)/2] ^= 1
			}
			return b, err
		})
		if err == nil || !strings.Contains(err.Error(), "are others") {
			t.Errorf("a spoilt chunk: the reader says %v", err)
		}
	}
}

// TestRootsAreStrict spells roots in other ways.
func TestRootsAreStrict(t *testing.T) {
	w := export(t, state(t, history(rand.New(rand.NewPCG(3, 3)), 30, promptly)), 30)
	raw, _ := w.get(w.cid)
	dagJSON := func(b []byte) cid.Cid { c, _ := graph.DocumentCID(b); return c }
	for what, spell := range map[string]func(string) string{
		"white space":   func(s string) string { return strings.Replace(s, ":", ": ", 1) },
		"a key more":    func(s string) string { return strings.Replace(s, `{"$type"`, `{"$":1,"$type"`, 1) },
		"a key twice":   func(s string) string { return strings.Replace(s, `"chainId"`, `"chainId":1,"chainId"`, 1) },
		"more behind":   func(s string) string { return s + "\n" },
		"another type":  func(s string) string { return strings.Replace(s, "/v1", "/v2", 1) },
		"a short chunk": func(s string) string { return strings.Replace(s, `"size":`, `"size":9999`, 1) },
		"nothing":       func(string) string { return "" },
		"too much":      func(s string) string { return s + strings.Repeat(" ", snapshot.MaxRoot) },
		"deep":          func(string) string { return strings.Repeat("[", snapshot.MaxRoot) },
	} {
		spelt := []byte(spell(string(raw)))
		if _, err := snapshot.ParseRoot(dagJSON(spelt), spelt); err == nil {
			t.Errorf("%s: the root is taken", what)
		}
	}
	if _, err := snapshot.ParseRoot(dagJSON([]byte("x")), raw); err == nil {
		t.Error("a root is taken under another CID")
	}
}

// TestEntries reads what a log says, and refuses other lengths.
func TestEntries(t *testing.T) {
	w := export(t, state(t, history(rand.New(rand.NewPCG(3, 3)), 30, promptly)), 30)
	entry := w.root.Entry(w.cid)
	l, err := snapshot.ParseEntry(entry)
	must(t, err)
	want := snapshot.Logged{CID: w.cid, Block: 30, Hash: w.root.Block.Hash, MirrorRoot: w.root.MirrorRoot, Posts: w.root.Counts.Posts, Size: w.root.Size}
	if l != want {
		t.Errorf("the entry says %+v, want %+v", l, want)
	}
	for _, b := range [][]byte{nil, entry[1:], append(entry, 0), []byte(strings.Repeat("x", len(entry)))} {
		if _, err := snapshot.ParseEntry(b); err == nil {
			t.Errorf("%d bytes are taken for an entry", len(b))
		}
	}
}

// FuzzReader gives a reader any bytes as rows.
func FuzzReader(f *testing.F) {
	w := export(f, state(f, history(rand.New(rand.NewPCG(1, 2)), 12, promptly)), 12)
	chunk, err := w.get(w.root.Chunks[0].Cid)
	must(f, err)
	f.Add(chunk)
	f.Add([]byte{})
	for tag := range byte(10) {
		f.Add(append([]byte{tag}, make([]byte, 200)...))
		f.Add(append([]byte{tag}, []byte(strings.Repeat("\xff", 200))...))
	}
	f.Fuzz(func(t *testing.T, stream []byte) { accepted(t, w.root, stream) })
}
