package graph

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ipfs/go-cid"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden vectors anew")

func TestGoldenBytes(t *testing.T) {
	doc, name, err := PostContent{Text: "Grüße & <b>more</b>\n\"quoted\" \u2028", Langs: []string{"de", "en"}, Tags: []string{"rye"},
		Link: &Link{URI: "https://example.org/?a=1&b=2", Title: "A <page>"}, Source: "at://did:example:a/app.bsky.feed.post/1"}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	profile, profileName, err := ProfileContent{DisplayName: "Ada", Description: "Bakes."}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	media, mediaName, err := PostContent{Media: []Media{{Alt: "A <cat>", CID: file, MIME: "image/png", Size: 9, Width: 3, Height: 2},
		{CID: file, MIME: "image/svg+xml", Size: 1}}, Mentions: []Address{common.HexToAddress("0xAb")}}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	hidden, hiddenName, err := ProfileContent{DisplayName: "Ada", HideFromAlgorithmicRecommendations: true, Source: "s"}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	post := Position{Block: 12, Tx: 3, Log: 4}
	id := post.Bytes()
	event := Event{ID: Position{Block: 13, Tx: 0, Log: 9}, Action: ActPost, Author: common.HexToAddress("0xa1"), Time: 5, BlockTime: 6,
		CID: name, Subject: Ref{post, profileName}, Quote: Ref{Position{Block: 1}, name}}
	intent := Intent{Author: common.HexToAddress("0xa1"), Action: ActReact, Nonce: 7, Deadline: 8, Time: 9, Subject: post,
		SubjectCID: name.Bytes(), Reaction: Like}
	edit := Event{ID: post, Action: ActEdit, Author: common.HexToAddress("0xa1"), Time: 5, BlockTime: 6, CID: mediaName,
		Subject: Ref{Position{Block: 1}, name}}
	editIntent := Intent{Author: common.HexToAddress("0xa1"), Action: ActEdit, Nonce: 1, Deadline: 8, Time: 9, CID: mediaName.Bytes(),
		Subject: post, SubjectCID: name.Bytes()}
	block := Event{ID: post, Action: ActBlock, Author: common.HexToAddress("0xa1"), Target: common.HexToAddress("0xb2"), Time: 5, BlockTime: 6}
	blockIntent := Intent{Author: common.HexToAddress("0xa1"), Action: ActBlock, Nonce: 1, Deadline: 8, Time: 9,
		Target: common.HexToAddress("0xb2")}
	var e Embedding
	e[0], e[383] = -128, 127
	entries := []MirrorEntry{{ID: Position{Block: 1}, Status: Present, Embedding: EmbeddingDigest(&e)},
		{ID: Position{Block: 2}, Status: Unavailable}, {ID: Position{Block: 3}, Status: Removed}}
	got := map[string]string{
		"position": hex.EncodeToString(id[:]), "positionText": post.String(),
		"post": string(doc), "postCID": name.String(), "profile": string(profile), "profileCID": profileName.String(),
		"media": string(media), "mediaCID": mediaName.String(), "hiddenProfile": string(hidden), "hiddenProfileCID": hiddenName.String(),
		"edit": hex.EncodeToString(edit.Bytes()), "editIntent": editIntent.Digest(big.NewInt(1337), common.HexToAddress("0xbeef")).Hex(),
		"block": hex.EncodeToString(block.Bytes()), "blockIntent": blockIntent.Digest(big.NewInt(1337), common.HexToAddress("0xbeef")).Hex(),
		"event": hex.EncodeToString(event.Bytes()), "embedding": EmbeddingDigest(&e).Hex(),
		"intent": intent.Digest(big.NewInt(1337), common.HexToAddress("0xbeef")).Hex(),
	}
	for n := range len(entries) + 1 {
		got[fmt.Sprintf("mirrorRoot%d", n)] = MirrorRoot(entries[:n]).Hex()
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(got); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/golden.json"
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, b.Bytes()) {
		t.Errorf("the canonical bytes changed: what is signed, named or hashed so far would be void\n%s", b.Bytes())
	}
}

// file is the CID of some UnixFS file.
const file = "bafkreifzjut3te7nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"

// The numbers and names of actions and policies are the contract's and the API's.
func TestActions(t *testing.T) {
	for n, name := range []string{"action(0)", "profile", "follow", "unfollow", "post", "react", "unreact", "remove", "block", "unblock",
		"open", "approval", "closed", "approve", "refuse", "edit", "request", "action(17)"} {
		a := Action(n)
		if a.String() != name || a.Valid() != (n > 0 && n < 17) || a.Signed() != (n > 0 && n < 16) {
			t.Errorf("action %d is %s: valid %v, signed %v", n, a, a.Valid(), a.Signed())
		}
		p, ok := a.Policy()
		if ok != (n >= 10 && n <= 12) || ok && (int(p) != n-9 || p.String() != name) {
			t.Errorf("action %s sets policy %s, %v", a, p, ok)
		}
		e := Event{Action: a, CID: cid.MustParse(file)}
		if e.Names() != (a == ActProfile || a == ActPost || a == ActEdit) || (Event{Action: a}).Names() {
			t.Errorf("action %s names a document: %v", a, e.Names())
		}
	}
	for _, p := range []Policy{0, 4, 255} {
		if p.String() != "unknown" {
			t.Errorf("policy %d is %s", uint8(p), p)
		}
	}
}

func TestMediaLimits(t *testing.T) {
	good := Media{Alt: "x", CID: file, MIME: "image/png", Size: 1, Width: 1, Height: 1}
	one := func(change func(*Media)) PostContent {
		m := good
		change(&m)
		return PostContent{Media: []Media{m}}
	}
	v0 := cid.NewCidV0(cid.MustParse(file).Hash()).String()
	for what, p := range map[string]PostContent{
		"one medium":         one(func(*Media) {}),
		"no alternative":     one(func(m *Media) { m.Alt = "" }),
		"no pixels":          one(func(m *Media) { m.Width, m.Height = 0, 0 }),
		"as many as may be":  {Media: []Media{good, good, good, good}},
		"many mentions":      {Text: "x", Mentions: make([]Address, MaxMentions)},
		"a long alternative": one(func(m *Media) { m.Alt = strings.Repeat("x", MaxAlt) }),
		"a vendor's type":    one(func(m *Media) { m.MIME = "application/vnd.a-b.c+json" }),
	} {
		doc, _, err := p.Encode()
		if err != nil {
			t.Errorf("%s: %v", what, err)
		} else if back, err := ParsePost(doc); err != nil || len(back.Media) != len(p.Media) || len(back.Mentions) != len(p.Mentions) {
			t.Errorf("%s reads as %+v: %v", what, back, err)
		}
	}
	for what, p := range map[string]PostContent{
		"five media":             {Media: []Media{good, good, good, good, good}},
		"too many mentions":      {Text: "x", Mentions: make([]Address, MaxMentions+1)},
		"no CID":                 one(func(m *Media) { m.CID = "" }),
		"a CID of version 0":     one(func(m *Media) { m.CID = v0 }),
		"a CID in upper case":    one(func(m *Media) { m.CID = strings.ToUpper(file) }),
		"a path":                 one(func(m *Media) { m.CID = file + "/a" }),
		"a URL":                  one(func(m *Media) { m.CID = "https://example.org/" }),
		"an endless CID":         one(func(m *Media) { m.CID = strings.Repeat("b", 1000) }),
		"no type":                one(func(m *Media) { m.MIME = "" }),
		"half a type":            one(func(m *Media) { m.MIME = "image/" }),
		"a type and more":        one(func(m *Media) { m.MIME = "image/png; a=b" }),
		"a type of three":        one(func(m *Media) { m.MIME = "image/png/x" }),
		"a type in upper case":   one(func(m *Media) { m.MIME = "Image/png" }),
		"a long type":            one(func(m *Media) { m.MIME = "image/" + strings.Repeat("x", MaxMIME) }),
		"an endless alternative": one(func(m *Media) { m.Alt = strings.Repeat("x", MaxAlt+1) }),
		"no bytes":               one(func(m *Media) { m.Size = 0 }),
		"a giant":                one(func(m *Media) { m.Size = 1 << 63 }),
		"a width":                one(func(m *Media) { m.Width = 1<<16 + 1 }),
		"a height":               one(func(m *Media) { m.Height = 1<<16 + 1 }),
	} {
		if _, _, err := p.Encode(); err == nil {
			t.Errorf("a post with %s passes", what)
		}
	}
	for what, doc := range map[string]string{
		"an unknown key in a medium": `{"$type":"candor.post/v1","media":[{"alt":"","cid":"` + file + `","mime":"a/b","size":1,"url":"x"}],"text":""}`,
		"a short mention":            `{"$type":"candor.post/v1","mentions":["0x12"],"text":"x"}`,
		"a mention by name":          `{"$type":"candor.post/v1","mentions":["ada"],"text":"x"}`,
		"a negative size":            `{"$type":"candor.post/v1","media":[{"alt":"","cid":"` + file + `","mime":"a/b","size":-1}],"text":""}`,
	} {
		if _, err := ParsePost([]byte(doc)); err == nil {
			t.Errorf("a post with %s passes", what)
		}
	}
}

func TestPositions(t *testing.T) {
	draw := func(t *rapid.T, name string) Position {
		return Position{Block: rapid.Uint64Range(0, 1<<63-1).Draw(t, name+" block"), Tx: rapid.Uint32Range(0, 1<<31-1).Draw(t, name+" tx"),
			Log: rapid.Uint32Range(0, 1<<31-1).Draw(t, name+" log")}
	}
	rapid.Check(t, func(t *rapid.T) {
		p, q := draw(t, "p"), draw(t, "q")
		a, b := p.Bytes(), q.Bytes()
		if PositionFromBytes(a) != p {
			t.Fatalf("%v does not come back from its bytes", p)
		}
		if back, err := ParsePosition(p.String()); err != nil || back != p {
			t.Fatalf("%v does not come back from its text: %v %v", p, back, err)
		}
		if bytes.Compare(a[:], b[:]) != p.Compare(q) {
			t.Fatalf("the bytes of %v and %v order otherwise than the chain", p, q)
		}
	})
	for _, s := range []string{"", "1", "1-2", "1-2-3-4", "01-2-3", "+1-2-3", "1-2--3", "1-2-3 ", "-1-2-3", "1-4294967296-0", "9223372036854775808-0-0", "a-b-c"} {
		if p, err := ParsePosition(s); err == nil {
			t.Errorf("%q is taken for %v", s, p)
		}
	}
}

// TestIntentFields shows that each field of an intent, the chain and the contract
// are under the signature.
func TestIntentFields(t *testing.T) {
	base := Intent{Author: Address{1}, Action: ActPost, Nonce: 1, Deadline: 2, Time: 3, Target: Address{4}, CID: []byte{5},
		Subject: Position{Block: 6}, SubjectCID: []byte{7}, Quote: Position{Block: 8}, QuoteCID: []byte{9}, Reaction: Like}
	chain, contract := big.NewInt(1337), Address{0xbe}
	seen := map[Hash]string{base.Digest(chain, contract): "itself"}
	add := func(name string, h Hash) {
		if twin := seen[h]; twin != "" {
			t.Errorf("an intent with another %s has the digest of %s", name, twin)
		}
		seen[h] = name
	}
	for name, change := range map[string]func(*Intent){
		"author": func(i *Intent) { i.Author[0]++ }, "action": func(i *Intent) { i.Action++ }, "nonce": func(i *Intent) { i.Nonce++ },
		"deadline": func(i *Intent) { i.Deadline++ }, "time": func(i *Intent) { i.Time++ }, "target": func(i *Intent) { i.Target[0]++ },
		"cid": func(i *Intent) { i.CID = []byte{6} }, "subject": func(i *Intent) { i.Subject.Log++ },
		"subject's cid": func(i *Intent) { i.SubjectCID = nil }, "quote": func(i *Intent) { i.Quote.Tx++ },
		"quote's cid": func(i *Intent) { i.QuoteCID = []byte{9, 0} }, "reaction": func(i *Intent) { i.Reaction++ },
		"imported": func(i *Intent) { i.Imported = true },
	} {
		in := base
		change(&in)
		add(name, in.Digest(chain, contract))
	}
	add("chain", base.Digest(big.NewInt(1), contract))
	add("contract", base.Digest(chain, Address{0xbf}))
}

func TestDocumentLimits(t *testing.T) {
	for name, doc := range map[string]string{
		"another type":  `{"$type":"candor.profile/v1","text":"x"}`,
		"no type":       `{"text":"x"}`,
		"unknown key":   `{"$type":"candor.post/v1","text":"x","html":"<b>"}`,
		"nothing":       `{"$type":"candor.post/v1","text":""}`,
		"long text":     `{"$type":"candor.post/v1","text":"` + strings.Repeat("x", MaxText+1) + `"}`,
		"too large":     `{"$type":"candor.post/v1","text":"x"}` + strings.Repeat(" ", MaxDocument),
		"more after":    `{"$type":"candor.post/v1","text":"x"}{}`,
		"no UTF-8":      "{\"$type\":\"candor.post/v1\",\"text\":\"\xff\"}",
		"many tags":     `{"$type":"candor.post/v1","tags":[` + strings.Repeat(`"a",`, MaxTags) + `"a"],"text":"x"}`,
		"deep":          strings.Repeat("[", 10_000),
		"an array":      `[]`,
		"a number text": `{"$type":"candor.post/v1","text":1}`,
	} {
		if _, err := ParsePost([]byte(doc)); err == nil {
			t.Errorf("a post with %s passes", name)
		}
	}
	if _, err := ParseProfile([]byte(`{"$type":"candor.profile/v1","displayName":"` + strings.Repeat("x", MaxDisplayName+1) + `"}`)); err == nil {
		t.Error("an endless name passes")
	}
	rapid.Check(t, func(t *rapid.T) {
		p := PostContent{Text: rapid.StringN(1, 300, MaxText).Draw(t, "text"), Tags: rapid.SliceOfN(rapid.String(), 0, 3).Draw(t, "tags")}
		doc, name, err := p.Encode()
		if err != nil {
			t.Fatal(err)
		}
		back, err := ParsePost(doc)
		if err != nil {
			t.Fatalf("%q cannot be read again: %v", doc, err)
		}
		again, same, err := back.Encode()
		if err != nil || !bytes.Equal(doc, again) || !same.Equals(name) {
			t.Fatalf("%q becomes %q: %v", doc, again, err)
		}
		if name.Prefix().Codec != cid.DagJSON || name.Version() != 1 {
			t.Fatalf("%s is no CIDv1 of dag-json", name)
		}
	})
}

// TestMirrorRootSeesEverything shows that each part of each entry counts.
func TestMirrorRootSeesEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "entries")
		entries := make([]MirrorEntry, n)
		for i := range entries {
			entries[i] = MirrorEntry{ID: Position{Block: uint64(i + 1)}, Status: Present, Embedding: Hash{byte(i)}}
		}
		root := MirrorRoot(entries)
		i := rapid.IntRange(0, n-1).Draw(t, "changed")
		old := entries[i]
		for _, change := range []func(*MirrorEntry){
			func(m *MirrorEntry) { m.ID.Log++ }, func(m *MirrorEntry) { m.Status = Withheld }, func(m *MirrorEntry) { m.Embedding[31]++ }} {
			change(&entries[i])
			if MirrorRoot(entries) == root {
				t.Fatalf("a change of entry %d of %d leaves the root", i, n)
			}
			entries[i] = old
		}
		if MirrorRoot(entries[:n-1]) == root {
			t.Fatal("the last entry may be left out")
		}
	})
}
