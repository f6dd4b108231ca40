package relay_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"candor/graph"
	"candor/relay"

	"pgregory.net/rapid"
)

func TestWireAndDecodeAreInverse(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		content := func(label string) []byte {
			return document(rapid.StringN(1, 20, 40).Filter(func(s string) bool { return s != "" }).Draw(r, label)).Bytes()
		}
		in := graph.Intent{
			Author: graph.Address(rapid.SliceOfN(rapid.Byte(), 20, 20).Draw(r, "author")),
			Action: graph.Action(rapid.IntRange(1, 15).Draw(r, "action")), Nonce: rapid.Uint64().Draw(r, "nonce"),
			Deadline: rapid.Uint64().Draw(r, "deadline"), Time: rapid.Uint64().Draw(r, "time"),
			Reaction: graph.ReactionKind(rapid.IntRange(0, 2).Draw(r, "reaction")), Imported: rapid.Bool().Draw(r, "imported"),
		}
		if rapid.Bool().Draw(r, "has target") {
			in.Target = graph.Address(rapid.SliceOfN(rapid.Byte(), 20, 20).Draw(r, "target"))
		}
		if rapid.Bool().Draw(r, "has cid") {
			in.CID = content("cid")
		}
		if rapid.Bool().Draw(r, "has subject") {
			in.Subject = graph.Position{Block: rapid.Uint64Range(1, 1<<62).Draw(r, "block"), Log: rapid.Uint32Range(0, 1<<30).Draw(r, "log")}
			in.SubjectCID = content("subject")
		}
		if rapid.Bool().Draw(r, "has quote") {
			in.Quote, in.QuoteCID = graph.Position{Block: 1}, content("quote")
		}
		sig := rapid.SliceOfN(rapid.Byte(), 65, 65).Draw(r, "signature")
		w, err := relay.Wire(in, sig)
		if err != nil {
			r.Fatal(err)
		}
		want := relay.SignedIntent{Intent: in, Signature: sig}
		for n := range 3 {
			v := any(w)
			if n > 0 {
				v = make([]relay.WireIntent, n)
				for i := range n {
					v.([]relay.WireIntent)[i] = w
				}
			}
			raw, err := json.Marshal(v)
			if err != nil {
				r.Fatal(err)
			}
			got, err := relay.DecodeIntents(raw)
			if err != nil || len(got) != max(n, 1) || !reflect.DeepEqual(got[len(got)-1], want) {
				r.Fatalf("%s\nreads as %+v (%v), was %+v", raw, got, err, want)
			}
		}
	})
}

func TestDecodeRefuses(t *testing.T) {
	const author = `"author":"0x00000000000000000000000000000000000000aa"`
	head := author + `,"nonce":0,"deadline":1,"time":1`
	signed := func(intent string) string { return `{"intent":{` + intent + `},"signature":"0x00"}` }
	good := signed(head + `,"action":"post"`)
	if _, err := relay.DecodeIntents([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{
		"nothing":               "",
		"white space":           "  \n",
		"null":                  "null",
		"a number":              "7",
		"an empty array":        "[]",
		"half a body":           good[:len(good)-3],
		"two bodies":            good + good,
		"an array and more":     "[" + good + "] []",
		"an unknown key":        signed(head + `,"action":"post","gas":1`),
		"an outer unknown key":  strings.Replace(good, `{"intent"`, `{"x":1,"intent"`, 1),
		"no author":             signed(`"action":"post","nonce":0,"deadline":1,"time":1`),
		"no nonce":              signed(author + `,"action":"post","deadline":1,"time":1`),
		"no deadline":           signed(author + `,"action":"post","nonce":0,"time":1`),
		"no time":               signed(author + `,"action":"post","nonce":0,"deadline":1`),
		"no action":             signed(head),
		"an unknown action":     signed(head + `,"action":"Post"`),
		"a request":             signed(head + `,"action":"request"`),
		"an unknown reaction":   signed(head + `,"action":"react","reaction":"hate"`),
		"a short author":        strings.Replace(good, "00aa", "aa", 1),
		"a negative nonce":      strings.Replace(good, `"nonce":0`, `"nonce":-1`, 1),
		"a fractional nonce":    strings.Replace(good, `"nonce":0`, `"nonce":0.5`, 1),
		"a nonce of 2^64":       strings.Replace(good, `"nonce":0`, `"nonce":18446744073709551616`, 1),
		"a bad CID":             signed(head + `,"action":"post","cid":"baf!"`),
		"a huge CID":            signed(head + `,"action":"post","cid":"` + strings.Repeat("b", 5000) + `"`),
		"a bad subject":         signed(head + `,"action":"post","subject":{"id":"1-2","cid":""}`),
		"a subject without CID": signed(head + `,"action":"post","subject":{"id":"1-2-3"}`),
		"a signature not hex":   strings.Replace(good, "0x00", "00", 1),
		"too many":              "[" + strings.Repeat(good+",", relay.MaxIntents) + good + "]",
		"too long":              good + strings.Repeat(" ", relay.MaxBody),
		"deep":                  strings.Repeat("[", 100_000),
	} {
		got, err := relay.DecodeIntents([]byte(body))
		var ask *graph.ErrAsk
		if err == nil || !errors.As(err, &ask) || ask.Missing {
			t.Errorf("%s: %d intents, error %v", name, len(got), err)
		}
	}
	_, err := relay.DecodeIntents([]byte("[" + good + "," + signed(head) + "]"))
	if err == nil || !strings.HasPrefix(err.Error(), "intent 1: ") {
		t.Errorf("the error does not name the intent: %v", err)
	}
}

// A full array of the longest intents is within the body's limit.
func TestAFullArrayFits(t *testing.T) {
	ref := graph.Position{Block: 1 << 60, Tx: 1 << 30, Log: 1 << 30}
	c := document("x").Bytes()
	w, err := relay.Wire(graph.Intent{Action: graph.ActPost, Nonce: 1 << 63, Deadline: 1 << 63, Time: 1 << 63, CID: c,
		Subject: ref, SubjectCID: c, Quote: ref, QuoteCID: c}, make([]byte, 65))
	if err != nil {
		t.Fatal(err)
	}
	all := make([]relay.WireIntent, relay.MaxIntents)
	for i := range all {
		all[i] = w
	}
	raw, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := relay.DecodeIntents(raw); err != nil || len(got) != relay.MaxIntents {
		t.Errorf("%d bytes: %d intents, %v", len(raw), len(got), err)
	}
}

func TestResultsAsJSON(t *testing.T) {
	for want, r := range map[string]relay.Result{
		`{"state":"refused","error":"no"}`: {State: relay.Refused, Error: "no"},
		fmt.Sprintf(`{"state":"mined","tx":"%s","id":"12-0-3"}`, graph.Hash{1}): {State: relay.Mined, Tx: graph.Hash{1},
			ID: graph.Position{Block: 12, Log: 3}},
	} {
		if got, err := json.Marshal(r); err != nil || string(got) != want {
			t.Errorf("%s (%v), expected %s", got, err, want)
		}
	}
}

func FuzzDecodeIntents(f *testing.F) {
	f.Add([]byte(`[{"intent":{"author":"0x00000000000000000000000000000000000000aa","action":"post","nonce":0,"deadline":1,"time":1},"signature":"0x"}]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		all, err := relay.DecodeIntents(body)
		if (err == nil) != (len(all) > 0) {
			t.Fatalf("%d intents and error %v", len(all), err)
		}
	})
}
