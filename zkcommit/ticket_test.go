package zkcommit

import (
	"bytes"
	"strings"
	"testing"

	"candor/graph"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"pgregory.net/rapid"
)

// exampleTicket is of the node and number of exampleRun.
func exampleTicket(t *testing.T) (*Ticket, Domain) {
	t.Helper()
	run, _, _ := exampleRun(t)
	key, err := crypto.ToECDSA(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	d := RunLogDomain(run.ChainID, common.HexToAddress("0x1006"))
	ticket := &Ticket{Nonce: fill[graph.Hash](8), Node: run.Node, Lane: run.Lane, Seq: run.Seq, Block: run.Block, Time: 1_700_000_041, Delay: 80}
	if err := ticket.Sign(key, d); err != nil {
		t.Fatal(err)
	}
	return ticket, d
}

func TestTicketsAreTheirNodes(t *testing.T) {
	good, d := exampleTicket(t)
	if err := good.Check(d); err != nil {
		t.Fatal(err)
	}
	key, err := crypto.ToECDSA(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	for what, spoil := range map[string]func(*Ticket, *Domain){
		"nonce":              func(x *Ticket, _ *Domain) { x.Nonce[3]++ },
		"node":               func(x *Ticket, _ *Domain) { x.Node[3]++ },
		"no node":            func(x *Ticket, _ *Domain) { x.Node = graph.Address{} },
		"lane":               func(x *Ticket, _ *Domain) { x.Lane++ },
		"seq":                func(x *Ticket, _ *Domain) { x.Seq++ },
		"block":              func(x *Ticket, _ *Domain) { x.Block++ },
		"time":               func(x *Ticket, _ *Domain) { x.Time++ },
		"delay":              func(x *Ticket, _ *Domain) { x.Delay++ },
		"no signature":       func(x *Ticket, _ *Domain) { x.Signature = nil },
		"another chain":      func(_ *Ticket, d *Domain) { d.ChainID++ },
		"another contract":   func(_ *Ticket, d *Domain) { d.Contract[0]++ },
		"another purpose":    func(_ *Ticket, d *Domain) { d.Name = "Candor Registry" },
		"a day and a second": func(x *Ticket, d *Domain) { x.Delay = MaxMergeDelay + 1; must(t, x.Sign(key, *d)) },
		"an overflowing day": func(x *Ticket, d *Domain) { x.Time = 1<<64 - 1; must(t, x.Sign(key, *d)) },
	} {
		x, e := *good, d
		spoil(&x, &e)
		if x.Check(e) == nil {
			t.Errorf("a ticket with another %s is taken", what)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTicketsHaveOneSpelling(t *testing.T) {
	good, _ := exampleTicket(t)
	doc, err := good.Encode()
	must(t, err)
	for _, same := range []string{string(doc), " " + strings.ReplaceAll(string(doc), ",", ",\n ") + "\n"} {
		if x, err := ParseTicket([]byte(same)); err != nil || x.ID() != good.ID() || !bytes.Equal(x.Signature, good.Signature) {
			t.Errorf("%s: %+v, %v", same, x, err)
		}
	}
	for what, bad := range map[string]string{
		"nothing":         "",
		"null":            "null",
		"no object":       "[]",
		"a missing key":   strings.Replace(string(doc), `"lane":0,`, "", 1),
		"a key twice":     strings.Replace(string(doc), `"lane":0,`, `"lane":0,"lane":0,`, 1),
		"a foreign key":   strings.Replace(string(doc), `{`, `{"x":1,`, 1),
		"other hex":       strings.Replace(string(doc), "0x", "0X", 1),
		"a negative lane": strings.Replace(string(doc), `"lane":0`, `"lane":-1`, 1),
		"a large lane":    strings.Replace(string(doc), `"lane":0`, `"lane":4294967296`, 1),
		"more behind":     string(doc) + "{}",
		"a long one":      string(doc) + strings.Repeat(" ", MaxTicket),
	} {
		if x, err := ParseTicket([]byte(bad)); err == nil {
			t.Errorf("%s is taken: %+v", what, x)
		}
	}
}

func TestAbortRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := append([]byte(abortMagic), rapid.SliceOfN(rapid.Byte(), AbortSize-16, AbortSize-16).Draw(t, "abort")...)
		reason := raw[AbortSize-1]
		a, err := ParseAbort(raw)
		if known := reason >= 1 && reason <= 7; known != (err == nil) {
			t.Fatalf("reason %d: %v", reason, err)
		}
		run, abort, failed := ParseEntry(raw)
		if run != nil || (failed == nil) != (err == nil) {
			t.Fatalf("as an entry it is %v, %v, %v", run, abort, failed)
		}
		if err != nil {
			return
		}
		if !bytes.Equal(a.Bytes(), raw) || a.ID() != abort.ID() {
			t.Fatal("reading and writing changed it")
		}
		n := rapid.IntRange(0, AbortSize*2).Draw(t, "length")
		if n != AbortSize {
			if _, err := ParseAbort(append(raw, make([]byte, n)...)[:n]); err == nil {
				t.Fatalf("an abort of %d bytes is taken", n)
			}
		}
	})
}

func TestReasonsHaveWords(t *testing.T) {
	seen := map[string]bool{}
	for r := PluginFailed; r <= Duplicate; r++ {
		if w := r.String(); w == "" || strings.Contains(w, " ") || seen[w] {
			t.Errorf("reason %d is called %q", r, w)
		} else {
			seen[w] = true
		}
	}
	if Reason(0).String() != "reason 0" || Reason(9).String() != "reason 9" {
		t.Error("unknown reasons have words")
	}
}

// What ends a ticket for Go is what answerTicket takes on the chain.
func TestWhatEndsATicket(t *testing.T) {
	run, _, _ := exampleRun(t)
	ticket, _ := exampleTicket(t)
	abort := Abort{ChainID: run.ChainID, Registry: run.Registry, Node: run.Node, Lane: run.Lane, Seq: run.Seq,
		Previous: run.Previous, Ticket: ticket.ID(), Reason: Crashed}
	for _, e := range [][]byte{run.Bytes(), abort.Bytes()} {
		if err := ticket.Ends(e); err != nil {
			t.Error(err)
		}
	}
	for what, bad := range map[string][]byte{
		"nothing":           nil,
		"noise":             bytes.Repeat([]byte{1}, AbortSize),
		"another number":    func() []byte { r := *run; r.Seq++; return r.Bytes() }(),
		"another node":      func() []byte { r := *run; r.Node[0]++; return r.Bytes() }(),
		"another lane":      func() []byte { r := *run; r.Lane++; return r.Bytes() }(),
		"another block":     func() []byte { r := *run; r.Block++; return r.Bytes() }(),
		"an abort's number": func() []byte { a := abort; a.Seq++; return a.Bytes() }(),
		"an abort's node":   func() []byte { a := abort; a.Node[0]++; return a.Bytes() }(),
		"an abort's ticket": func() []byte { a := abort; a.Ticket[0]++; return a.Bytes() }(),
	} {
		if ticket.Ends(bad) == nil {
			t.Errorf("%s ends the ticket", what)
		}
	}
}
