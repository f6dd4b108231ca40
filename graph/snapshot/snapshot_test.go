package snapshot_test

import (
	"errors"
	"io"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/graph/snapshot"
	"candor/internal/torture"
)

// read gives all rows of the blocks.
func read(root snapshot.Root, get func(cid.Cid) ([]byte, error)) (rows []snapshot.Row, err error) {
	r := snapshot.NewReader(root, embed, get)
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		} else if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
}

// derived removes what Readers add to the rows.
func derived(rows []snapshot.Row) []snapshot.Row {
	for i, row := range rows {
		switch r := row.(type) {
		case snapshot.Post:
			r.Status, r.Digest = 0, graph.Hash{}
			rows[i] = r
		case snapshot.Reaction:
			r.Receiver = graph.Address{}
			rows[i] = r
		case snapshot.Profile:
			r.Status = 0
			rows[i] = r
		}
	}
	return rows
}

// TestSnapshotsShowTheState holds what a reader sees against what the state says,
// at random blocks of random histories.
func TestSnapshotsShowTheState(t *testing.T) {
	seed := torture.Seed(t)
	n := torture.Count(60, 2_000)
	for i := range n {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		s := state(t, history(r, 1+r.IntN(30), promptly))
		head, _ := s.Head()
		for _, block := range []uint64{head.Number, 1 + r.Uint64N(head.Number)} {
			w := export(t, s, block)
			got, err := read(w.root, w.get)
			must(t, err)
			at, err := s.At(block)
			must(t, err)
			for _, row := range got { // the status and digest that readers derive
				if p, ok := row.(snapshot.Post); ok {
					truth, _ := at.Posts(graph.PostQuery{IDs: []graph.PostID{p.ID}})
					if p.Status != truth[0].Status || p.Status == graph.Present && p.Digest != graph.EmbeddingDigest(&truth[0].Embedding) {
						t.Fatalf("history %d, block %d: post %s is %s, want %s", i, block, p.ID, p.Status, truth[0].Status)
					}
				}
				if p, ok := row.(snapshot.Reaction); ok {
					truth, _ := at.Posts(graph.PostQuery{IDs: []graph.PostID{p.Subject}})
					if p.Receiver != truth[0].Author {
						t.Fatalf("history %d, block %d: the receiver of %s is %s, want %s", i, block, p.ID, p.Receiver, truth[0].Author)
					}
				}
			}
			if want := rowsOf(t, s, block); !reflect.DeepEqual(derived(got), want) {
				t.Fatalf("history %d, block %d: rows\n%v\nwant\n%v", i, block, got, want)
			}
			if want, _ := at.MirrorRoot(); w.root.MirrorRoot != want {
				t.Fatalf("history %d, block %d: mirror root %s, want %s", i, block, w.root.MirrorRoot, want)
			}
			raw, _ := w.get(w.cid)
			root, err := snapshot.ParseRoot(w.cid, raw)
			must(t, err)
			if !reflect.DeepEqual(root, w.root) {
				t.Fatalf("history %d: the root reads as %+v, want %+v", i, root, w.root)
			}
		}
	}
	torture.Say(t, "%d histories written and read again", n)
}

// TestWhenContentCameIsNotInASnapshot delivers and withholds at other blocks: who
// holds and withholds the same by now writes the same bytes.
func TestWhenContentCameIsNotInASnapshot(t *testing.T) {
	seed := torture.Seed(t)
	n := torture.Count(60, 2_000)
	differ := 0
	for i := range n {
		denied := documents[i%len(documents)].cid
		late := func(order *rand.Rand) func(*graph.Batch) {
			shown := order.IntN(2) == 0
			return func(b *graph.Batch) {
				last := b.Block.Number == 20
				for _, d := range documents {
					switch {
					case last:
						b.Late[d.cid] = d.bytes
					case order.IntN(3) == 0:
						b.Contents[d.cid] = d.bytes
					}
				}
				if shown && (last || order.IntN(9) == 0) {
					b.Withhold, shown = append(b.Withhold, denied), false
				} else if !shown && !last && order.IntN(9) == 0 {
					b.Restore, shown = append(b.Restore, denied), true
				} else if last && !shown {
					b.Withhold = append(b.Withhold, denied) // already, which changes nothing
				}
			}
		}
		// Nobody ends a version in the last blocks, or its text might never have come.
		quiet := func(bs []graph.Batch) []graph.Batch {
			for j := range bs {
				if bs[j].Block.Number > 17 {
					bs[j].Events = nil
				}
			}
			return bs
		}
		a := state(t, quiet(history(rand.New(rand.NewPCG(seed, uint64(i))), 20, late(rand.New(rand.NewPCG(seed, uint64(i)+1e6))))))
		b := state(t, quiet(history(rand.New(rand.NewPCG(seed, uint64(i))), 20, late(rand.New(rand.NewPCG(seed, uint64(i)+2e6))))))
		for block := uint64(17); block <= 20; block++ {
			if x, y := export(t, a, block), export(t, b, block); x.cid != y.cid {
				t.Fatalf("history %d, block %d: %s and %s", i, block, x.cid, y.cid)
			}
			sa, _ := a.At(block)
			sb, _ := b.At(block)
			ra, _ := sa.MirrorRoot()
			rb, _ := sb.MirrorRoot()
			if ra != rb {
				differ++
			}
		}
	}
	if differ == 0 {
		t.Fatal("the mirrors never differed: the test shows nothing")
	}
}

// TestWhatIsReadIsWrittenTheSame spoils random bytes of the rows and makes the
// root fit: a reader refuses them, or they are another snapshot that is written so.
func TestWhatIsReadIsWrittenTheSame(t *testing.T) {
	seed := torture.Seed(t)
	n := torture.Count(400, 50_000)
	refused := 0
	r := rand.New(rand.NewPCG(seed, 1))
	s := state(t, history(r, 25, promptly))
	w := export(t, s, 25)
	chunk, err := w.get(w.root.Chunks[0].Cid)
	must(t, err)
	for range n {
		spoilt := append([]byte(nil), chunk...)
		switch r.IntN(3) {
		case 0:
			spoilt[r.IntN(len(spoilt))] ^= byte(1 + r.IntN(255))
		case 1:
			spoilt = spoilt[:r.IntN(len(spoilt))]
		case 2:
			at := r.IntN(len(spoilt))
			spoilt = append(spoilt[:at:at], chunk[r.IntN(len(chunk)):]...)
		}
		if !accepted(t, w.root, spoilt) {
			refused++
		}
	}
	if refused < n*9/10 {
		t.Errorf("%d of %d were refused", refused, n)
	}
	torture.Say(t, "%d of %d spoilt snapshots refused, the others are snapshots", refused, n)
}

// accepted reads one chunk under a root that fits it as well as it can; what is
// taken must be written in the same bytes.
func accepted(t testing.TB, root snapshot.Root, chunk []byte) bool {
	t.Helper()
	root, get := fitting(t, root, chunk)
	rows, err := read(root, get)
	if err != nil {
		return false
	}
	again, err := write(root.At(), func(take func(snapshot.Row) error) error {
		for _, row := range rows {
			if err := take(row); err != nil {
				return err
			}
		}
		return nil
	})
	must(t, err)
	_, c, err := root.Encode()
	must(t, err)
	if again.cid != c {
		t.Fatal("what was read is not written in the same bytes")
	}
	return true
}

// TestGolden fixes the bytes.
func TestGolden(t *testing.T) {
	const want = "baguqeera3ty5p3c2jsfmzibd3n2ihi7hl2wy6gqiz5i4lixhaiojqd3axonq"
	s := state(t, history(rand.New(rand.NewPCG(1, 2)), 40, promptly))
	if w := export(t, s, 40); w.cid.String() != want {
		t.Errorf("the snapshot is %s, want %s: a changed byte is another version of the format", w.cid, want)
	}
}
