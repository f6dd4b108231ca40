package ipfs

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"candor/graph"

	"github.com/ipfs/boxo/blockservice"
	chunker "github.com/ipfs/boxo/chunker"
	"github.com/ipfs/boxo/exchange/offline"
	"github.com/ipfs/boxo/ipld/merkledag"
	"github.com/ipfs/boxo/ipld/unixfs"
	"github.com/ipfs/boxo/ipld/unixfs/importer/balanced"
	"github.com/ipfs/boxo/ipld/unixfs/importer/helpers"
	"github.com/ipfs/boxo/ipld/unixfs/pb"
	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	format "github.com/ipfs/go-ipld-format"
	mh "github.com/multiformats/go-multihash"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"
)

// photo is a picture of so many bytes.
func photo(size int, seed uint64) []byte {
	b := make([]byte, size)
	r := rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)})
	_, _ = r.Read(b)
	copy(b, "\x89PNG\x0D\x0A\x1A\x0A")
	return b
}

func TestFilesAreThoseOfOtherImplementations(t *testing.T) {
	n := start(t, t.TempDir())
	for _, size := range []int{16, 100, chunk - 1, chunk, chunk + 1, 3 * chunk, 1_000_003, MaxFile} {
		body := photo(size, uint64(size))
		f, err := n.AddFile(t.Context(), body)
		if err != nil || f.Size != size || f.MIME != "image/png" {
			t.Fatalf("%d: %+v, %v", size, f, err)
		}
		dag := merkledag.NewDAGService(blockservice.New(n.store, offline.Exchange(n.store)))
		p := helpers.DagBuilderParams{Maxlinks: 174, RawLeaves: true, Dagserv: dag, CidBuilder: cid.V1Builder{Codec: cid.DagProtobuf, MhType: mh.SHA2_256}}
		h, err := p.New(cut(body))
		if err != nil {
			t.Fatal(err)
		}
		want, err := balanced.Layout(h)
		if err != nil {
			t.Fatal(err)
		}
		if !want.Cid().Equals(f.CID) {
			t.Errorf("%d bytes: %s, others make %s", size, f.CID, want.Cid())
		}
		var got []byte
		if k, err := n.readFile(t.Context(), f.CID, size, func(_ blocks.Block, part []byte) error { got = append(got, part...); return nil }); err != nil || k != size || !bytes.Equal(got, body) {
			t.Errorf("%d bytes: read %d, %v", size, k, err)
		}
		if s, err := n.Stat(t.Context(), f.CID); err != nil || s != f {
			t.Errorf("%+v, %v", s, err)
		}
	}
}

func cut(b []byte) chunker.Splitter { return chunker.NewSizeSplitter(bytes.NewReader(b), 256<<10) }

func TestFilesRefused(t *testing.T) {
	n := start(t, t.TempDir())
	for name, body := range map[string][]byte{
		"empty": {}, "too large": photo(MaxFile+1, 1), "text": []byte("hello"), "html": []byte("<!DOCTYPE html><script>"),
		"svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "bmp": []byte("BM123456789012345678"),
	} {
		if _, err := n.AddFile(t.Context(), body); !errors.Is(err, ErrNotFile) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// dag builds hostile and good DAGs.
type dag map[cid.Cid][]byte

func (d dag) raw(b []byte) cid.Cid { return d.add(cid.Raw, mh.SHA2_256, b) }

func (d dag) add(codec, hash uint64, b []byte) cid.Cid {
	c, err := cid.Prefix{Version: 1, Codec: codec, MhType: hash, MhLength: -1}.Sum(b)
	if err != nil {
		panic(err)
	}
	d[c] = b
	return c
}

type link struct {
	cid  cid.Cid
	size uint64 // as declared
	name string
}

// node is a UnixFS node; size is what it declares in all, 0 for the truth.
func (d dag) node(kind pb.Data_DataType, data []byte, size uint64, links ...link) cid.Cid {
	p := &pb.Data{Type: &kind, Data: data}
	n := merkledag.NodeWithData(nil)
	total := uint64(len(data))
	for _, l := range links {
		p.Blocksizes = append(p.Blocksizes, l.size)
		total += l.size
		if err := n.AddRawLink(l.name, &format.Link{Name: l.name, Cid: l.cid, Size: min(l.size, 1<<40)}); err != nil {
			panic(err)
		}
	}
	if size == 0 {
		size = total
	}
	p.Filesize = &size
	b, err := proto.Marshal(p)
	if err != nil {
		panic(err)
	}
	n.SetData(b)
	raw, err := n.EncodeProtobuf(true)
	if err != nil {
		panic(err)
	}
	return d.add(cid.DagProtobuf, mh.SHA2_256, raw)
}

func (d dag) walk(ctx context.Context, root cid.Cid, want int) (gets int, body []byte, err error) {
	w := walker{get: func(_ context.Context, c cid.Cid, limit int) (blocks.Block, error) {
		gets++
		b, ok := d[c]
		if !ok {
			return nil, format.ErrNotFound{Cid: c}
		}
		if len(b) > limit {
			return nil, notFile(c, "is too large")
		}
		return blocks.NewBlockWithCid(b, c)
	}, read: func(_ blocks.Block, part []byte) error { body = append(body, part...); return nil }}
	_, err = w.walk(ctx, root, want)
	return gets, body, err
}

// hostileFiles are roots that are no file, each with how it must end: within how
// many blocks.
func hostileFiles(d dag) map[string]struct {
	root cid.Cid
	most int
} {
	type bad = struct {
		root cid.Cid
		most int
	}
	png := photo(1000, 7)
	leaf := d.raw(png)
	good := link{leaf, 1000, ""}
	inline, _ := mh.Encode(png[:20], mh.IDENTITY)
	identity := cid.NewCidV1(cid.Raw, inline)
	out := map[string]bad{
		"a directory":      {d.node(pb.Data_Directory, nil, 0, link{leaf, 1000, "a.png"}), 1},
		"a HAMT directory": {d.node(pb.Data_HAMTShard, nil, 0, link{leaf, 1000, "00a.png"}), 1},
		"a symlink":        {d.node(pb.Data_Symlink, []byte("/etc/passwd"), 0), 1},
		"metadata":         {d.node(pb.Data_Metadata, png, 0), 1},
		"no UnixFS":        {d.add(cid.DagProtobuf, mh.SHA2_256, []byte{0x0a, 3, 'a', 'b', 'c'}), 1},
		"no dag-pb":        {d.add(cid.DagProtobuf, mh.SHA2_256, []byte("hello, this is no protobuf")), 1},
		"dag-cbor":         {d.add(cid.DagCBOR, mh.SHA2_256, bytes.Repeat([]byte{0x81}, 100_000)), 0},
		"dag-json":         {d.add(cid.DagJSON, mh.SHA2_256, []byte(strings.Repeat("[", 16_000))), 0},
		"sha1":             {d.add(cid.Raw, mh.SHA1, png), 0},
		"blake3":           {d.add(cid.Raw, mh.BLAKE3, png), 0},
		"identity":         {identity, 0},
		"version 0":        {cid.NewCidV0(leaf.Hash()), 0},
		"identity inside":  {d.node(pb.Data_File, nil, 0, link{identity, 20, ""}), 1},
		"cbor inside":      {d.node(pb.Data_File, nil, 0, link{d.add(cid.DagCBOR, mh.SHA2_256, []byte{0x80}), 1, ""}), 1},
		"too large a leaf": {d.raw(make([]byte, maxBlock+1)), 1},
		"too large":        {d.node(pb.Data_File, nil, 0, link{leaf, MaxFile, ""}, good), 1},
		"a named part":     {d.node(pb.Data_File, nil, 0, link{leaf, 1000, "x"}), 1},
		"data and links":   {d.node(pb.Data_File, png, 0, good), 1},
		"an empty part":    {d.node(pb.Data_File, nil, 0, link{leaf, 0, ""}), 1},
		"declares less":    {d.node(pb.Data_File, nil, 999, good), 1},
		"declares more":    {d.node(pb.Data_File, nil, 1001, good), 1},
		"a part is less":   {d.node(pb.Data_File, nil, 0, link{leaf, 1001, ""}), 2},
		"a part is more":   {d.node(pb.Data_File, nil, 0, link{leaf, 999, ""}), 2},
		"huge size":        {d.node(pb.Data_File, nil, 1<<63, link{leaf, 1<<63 - 1, ""}, link{leaf, 1<<63 + 1, ""}), 1},
	}
	wide := make([]link, maxLinks+1)
	for i := range wide {
		wide[i] = link{d.raw([]byte{byte(i), byte(i >> 8)}), 2, ""}
	}
	out["wide"] = bad{d.node(pb.Data_File, nil, 0, wide...), 1}
	out["many"] = bad{d.node(pb.Data_File, nil, 0, wide[:maxVisit+1]...), maxVisit}
	deep := link{d.raw([]byte("x")), 1, ""}
	for range maxDepth + 2 {
		deep = link{d.node(pb.Data_File, nil, 0, deep), 1, ""}
	}
	out["deep"] = bad{deep.cid, maxDepth + 1}
	bomb := link{d.raw([]byte("y")), 1, ""}
	for range maxDepth {
		same := make([]link, 32)
		for i := range same {
			same[i] = bomb
		}
		bomb = link{d.node(pb.Data_File, nil, 0, same...), 32 * bomb.size, ""}
	}
	out["a bomb of repeated parts"] = bad{bomb.cid, maxVisit}
	return out
}

func TestHostileFiles(t *testing.T) {
	d := dag{}
	for name, tc := range hostileFiles(d) {
		gets, body, err := d.walk(t.Context(), tc.root, -1)
		if !errors.Is(err, ErrNotFile) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
		if gets > tc.most || len(body) > MaxFile {
			t.Errorf("%s: %d blocks were asked for, at most %d are needed; %d bytes read", name, gets, tc.most, len(body))
		}
	}
	// What is left: good ones, of all shapes.
	png := photo(3000, 9)
	rep := d.raw(png[1000:2000])
	good := d.node(pb.Data_File, nil, 0, link{d.node(pb.Data_File, nil, 0, link{d.raw(png[:500]), 500, ""},
		link{d.node(pb.Data_Raw, png[500:1000], 0), 500, ""}), 1000, ""}, link{rep, 1000, ""}, link{d.node(pb.Data_File, png[2000:], 0), 1000, ""})
	if _, body, err := d.walk(t.Context(), good, 3000); err != nil || !bytes.Equal(body, png) {
		t.Errorf("a good file gives %d bytes, %v", len(body), err)
	}
	if _, _, err := d.walk(t.Context(), good, 2999); !errors.Is(err, ErrNotFile) {
		t.Errorf("a post that lies about the size gives %v", err)
	}
	// A leaf that is missing is no verdict.
	delete(d, rep)
	if _, _, err := d.walk(t.Context(), good, 3000); errors.Is(err, ErrNotFile) || !format.IsNotFound(err) {
		t.Errorf("a missing part gives %v", err)
	}
}

func postWith(t testing.TB, f File) ([]byte, cid.Cid) {
	t.Helper()
	doc, c, err := graph.PostContent{Text: "look", Media: []graph.Media{{Alt: "noise", CID: f.CID.String(), MIME: f.MIME, Size: uint64(f.Size)}}}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return doc, c
}

// eventually waits for something that happens in the background.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s does not happen", what)
		}
	}
}

// TestAttachmentsComeWithTheirPost: who fetches a post fetches its pictures, and
// serves them to browsers as pictures.
func TestAttachmentsComeWithTheirPost(t *testing.T) {
	a, b := start(t, t.TempDir()), start(t, t.TempDir())
	body := photo(700_001, 3)
	f, err := a.AddFile(t.Context(), body)
	if err != nil {
		t.Fatal(err)
	}
	doc, c := postWith(t, f)
	if _, err := a.Put(t.Context(), doc); err != nil {
		t.Fatal(err)
	}
	connected(t, b, a)
	if r := get(t, b.Gateway()+"/ipfs/"+f.CID.String(), nil); r.code != 404 {
		t.Fatalf("a file that is not kept gives %d", r.code)
	}
	if _, err := b.Get(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the picture's arrival", func() bool { s, err := b.Stat(t.Context(), f.CID); return err == nil && s == f })
	url := b.Gateway() + "/ipfs/" + f.CID.String()
	r := get(t, url, nil)
	if r.code != 200 || !bytes.Equal(r.body, body) {
		t.Fatalf("%d, %d bytes", r.code, len(r.body))
	}
	for k, v := range map[string]string{"Content-Type": "image/png", "X-Content-Type-Options": "nosniff", "Content-Length": "700001",
		"Content-Security-Policy": "default-src 'none'; sandbox", "Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"} {
		if r.header.Get(k) != v {
			t.Errorf("%s is %q", k, r.header.Get(k))
		}
	}
	if again := get(t, url, map[string]string{"If-None-Match": r.header.Get("Etag")}); again.code != 304 || len(again.body) > 0 {
		t.Errorf("%d", again.code)
	}
	// The blocks are there for those who check.
	if raw := get(t, url+"?format=raw", nil); raw.code != 200 || raw.header.Get("Content-Type") != rawType {
		t.Errorf("%d %s", raw.code, raw.header.Get("Content-Type"))
	}
	if car := get(t, url, map[string]string{"Accept": "application/vnd.ipld.car"}); car.code != 200 || len(car.body) < len(body) {
		t.Errorf("%d, %d bytes", car.code, len(car.body))
	}
	// A document is no picture, whatever the codec in its name says.
	if r := get(t, b.Gateway()+"/ipfs/"+cid.NewCidV1(cid.Raw, c.Hash()).String(), nil); r.code != 406 {
		t.Errorf("a document as a file gives %d", r.code)
	}
}

type response struct {
	code   int
	header http.Header
	body   []byte
}

func get(t testing.TB, url string, header map[string]string) response {
	t.Helper()
	r, err := http.NewRequest("GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range header {
		r.Header.Set(k, v)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response{res.StatusCode, res.Header, b}
}

// TestAnotherPostsLieSpoilsNoPicture: a post that declares a picture wrongly does
// not keep it from one that declares it rightly.
func TestAnotherPostsLieSpoilsNoPicture(t *testing.T) {
	a, b := start(t, t.TempDir()), start(t, t.TempDir())
	f, err := a.AddFile(t.Context(), photo(2000, 4))
	if err != nil {
		t.Fatal(err)
	}
	liesSize, liesType := f, f
	liesSize.Size--
	liesType.MIME = "image/gif"
	connected(t, b, a)
	for _, lie := range []File{liesSize, liesType} {
		at := attachment{lie.CID, lie.Size, lie.MIME}
		b.want(at, time.Now())
		eventually(t, "the refusal", func() bool { p, ok := b.files.past.Get(at); return ok && p.bad })
	}
	b.want(attachment{f.CID, f.Size, f.MIME}, time.Now())
	eventually(t, "the picture's arrival", func() bool { s, err := b.Stat(t.Context(), f.CID); return err == nil && s == f })
}

func FuzzWalk(f *testing.F) {
	d := dag{}
	leaf := d.raw(photo(100, 1))
	f.Add(d[d.node(pb.Data_File, nil, 0, link{leaf, 100, ""})])
	hostile := dag{}
	for _, tc := range hostileFiles(hostile) {
		if raw := hostile[tc.root]; tc.root.Prefix().Codec == cid.DagProtobuf && len(raw) < 10_000 {
			f.Add(raw)
		}
	}
	f.Add(bytes.Repeat([]byte{0x12, 0}, 5000))
	f.Add([]byte{0x0a, 4, 0x22, 2, 1, 1})
	f.Fuzz(func(t *testing.T, raw []byte) {
		d := dag{leaf: photo(100, 1)}
		root := d.add(cid.DagProtobuf, mh.SHA2_256, raw)
		gets, body, err := d.walk(t.Context(), root, -1)
		if gets > maxVisit || len(body) > MaxFile {
			t.Fatalf("%d blocks, %d bytes", gets, len(body))
		}
		if err == nil {
			n, err := unixfs.FSNodeFromBytes(mustNode(t, raw).Data())
			if err != nil || n.FileSize() != uint64(len(body)) {
				t.Fatalf("%d bytes of %d, %v", len(body), n.FileSize(), err)
			}
		}
	})
}

func mustNode(t *testing.T, raw []byte) *merkledag.ProtoNode {
	n, err := merkledag.DecodeProtobuf(raw)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestAnyFileComesBack: whatever tree of parts is built over a picture reads as it.
func TestAnyFileComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := dag{}
		body := photo(rapid.IntRange(1, 5000).Draw(t, "size"), 5)
		var build func(b []byte, depth int) cid.Cid
		build = func(b []byte, depth int) cid.Cid {
			parts := rapid.IntRange(1, 5).Draw(t, "parts")
			if depth == maxDepth || parts == 1 || parts > len(b) {
				switch rapid.IntRange(0, 2).Draw(t, "leaf") {
				case 0:
					return d.raw(b)
				case 1:
					return d.node(pb.Data_File, b, 0)
				}
				return d.node(pb.Data_Raw, b, 0)
			}
			var links []link
			for len(b) > 0 {
				k := len(b)
				if len(links) < parts-1 {
					k = rapid.IntRange(1, len(b)).Draw(t, "part")
				}
				links = append(links, link{build(b[:k], depth+1), uint64(k), ""})
				b = b[k:]
			}
			return d.node(pb.Data_File, nil, 0, links...)
		}
		root := build(body, 0)
		if _, got, err := d.walk(context.Background(), root, len(body)); err != nil || !bytes.Equal(got, body) {
			t.Fatalf("%d of %d bytes, %v", len(got), len(body), err)
		}
	})
}
