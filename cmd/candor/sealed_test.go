package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/local/beacon"
	"candor/rankers/sandbox"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/parts"
	"candor/zkcommit/timelock"

	"github.com/ipfs/go-cid"
)

// lockbox is a beacon that has been there for a day, and a secret to lock.
type lockbox struct {
	*beacon.Beacon
	ask    *timelock.Beacon
	secret *zkcommit.Reveal
}

func newLockbox(t *testing.T) *lockbox {
	t.Helper()
	day := time.Now().Add(-24 * time.Hour)
	began := true
	b, err := beacon.Open(t.TempDir(), 1, func() time.Time {
		if began {
			began = false
			return day
		}
		return time.Now()
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	m := zkcommit.NewModel(zkcommit.Shape{Inputs: 3, Hidden: [2]int{2}, Shift: [2]uint{6}})
	m.Layers[0].Weights[1] = 7
	return &lockbox{b, &timelock.Beacon{Network: b.Network, Endpoints: []string{server.URL}},
		&zkcommit.Reveal{Schema: graph.Hash{1}, Salt: zkcommit.NewSalt([32]byte{2}), Model: m}}
}

// version is one whose ciphertext holds the document and opens at the time.
func (l *lockbox) version(t *testing.T, date, opens time.Time, document []byte) committed {
	t.Helper()
	c, err := l.secret.Commitment()
	if err != nil {
		t.Fatal(err)
	}
	locked, err := l.Lock(l.Round(opens), document)
	if err != nil {
		t.Fatal(err)
	}
	return committed{plugin: registry.Plugin{ID: graph.Hash{9}, Slug: "sealed"},
		model:  registry.Model{Plugin: graph.Hash{9}, Version: 3, Commitment: c, ShapeID: l.secret.Model.Shape.ID(), RevealBy: uint64(date.Unix())},
		sealed: registry.Sealed{Ciphertext: locked}}
}

// What opens on its date is the committed model, or the publisher is named for it.
func TestOpenedModelsAreTheCommittedOnes(t *testing.T) {
	l, other := newLockbox(t), newLockbox(t)
	date := time.Now().Add(-time.Hour).Truncate(time.Second)
	good := l.secret.Bytes()
	another := *l.secret
	another.Salt[31] ^= 1
	for name, x := range map[string]struct {
		v    committed
		says string // nothing: it opens
	}{
		"the model":       {l.version(t, date, date, good), ""},
		"another model":   {l.version(t, date, date, another.Bytes()), "another model than the committed one"},
		"no model":        {l.version(t, date, date, []byte("nothing")), "no model"},
		"another network": {other.version(t, date, date, good), "is for the network"},
		"no ciphertext":   {func() committed { v := l.version(t, date, date, good); v.sealed.Ciphertext = nil; return v }(), "no ciphertext"},
		"a spoilt one": {func() committed {
			v := l.version(t, date, date, good)
			v.sealed.Ciphertext[len(v.sealed.Ciphertext)-1] ^= 1
			return v
		}(), "ciphertext is bad"},
		"another shape": {func() committed { v := l.version(t, date, date, good); v.model.ShapeID = graph.Hash{1}; return v }(), "names another"},
	} {
		r, err := x.v.open(t.Context(), l.ask, nil)
		if x.says == "" {
			if err != nil || !bytes.Equal(r.Bytes(), good) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if !errors.As(err, new(openError)) || !strings.Contains(err.Error(), x.says) || !strings.Contains(err.Error(), "version 3 of sealed") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, expected one that names the version and says %q", name, err, x.says)
		}
	}
	// Neither a date to come nor a silent beacon is the publisher's fault.
	later := time.Now().Add(time.Hour)
	_, err := l.version(t, later, later, good).open(t.Context(), l.ask, nil)
	if !errors.Is(err, timelock.ErrTooEarly) || errors.As(err, new(openError)) || !strings.Contains(err.Error(), "is locked until "+l.Time(l.Round(later)).UTC().Format(time.DateTime)) {
		t.Errorf("before its date: %v", err)
	}
	silent := &timelock.Beacon{Network: l.Network, Endpoints: []string{"http://127.0.0.1:1"}}
	if _, err := l.version(t, date, date, good).open(t.Context(), silent, nil); err == nil || errors.As(err, new(openError)) {
		t.Errorf("without a beacon: %v", err)
	}
}

// A ciphertext too large for the chain comes from anyone who has it, and is checked.
func TestCiphertextsOnIPFS(t *testing.T) {
	l := newLockbox(t)
	date := time.Now().Add(-time.Hour)
	v := l.version(t, date, date, l.secret.Bytes())
	locked := v.sealed.Ciphertext
	name, err := parts.Name(locked)
	if err != nil {
		t.Fatal(err)
	}
	v.sealed = registry.Sealed{CID: name}
	give := func(b []byte) parts.Get {
		return func(context.Context, cid.Cid, int) ([]byte, error) { return b, nil }
	}
	if _, err := v.open(t.Context(), l.ask, give(locked)); err != nil {
		t.Error(err)
	}
	if _, err := v.open(t.Context(), l.ask, give(locked[1:])); err == nil || errors.As(err, new(openError)) {
		t.Errorf("other bytes: %v", err)
	}
	if _, err := v.open(t.Context(), l.ask, nil); err == nil || !strings.Contains(err.Error(), "name a gateway") {
		t.Errorf("nobody to ask: %v", err)
	}
}

// A node uses no version whose ciphertext would not open on its date, and opens none
// before it, although its round may have come.
func TestPromisesAreCheckedBeforeUse(t *testing.T) {
	l, other := newLockbox(t), newLockbox(t)
	date := time.Now().Add(30 * time.Minute).Truncate(time.Second)
	r := watchOf(t, l, noBox)
	for name, x := range map[string]struct {
		v    committed
		says string
	}{
		"on its date":        {l.version(t, date, date, l.secret.Bytes()), ""},
		"a little before":    {l.version(t, date, date.Add(-45*time.Minute), l.secret.Bytes()), ""},
		"too late":           {l.version(t, date, date.Add(time.Minute), l.secret.Bytes()), "must between"},
		"a day too early":    {l.version(t, date, date.Add(-23*time.Hour), l.secret.Bytes()), "must between"},
		"on another network": {other.version(t, date, date, l.secret.Bytes()), "is for the network"},
	} {
		for what, err := range map[string]error{
			"before use": x.v.keepsPromise(t.Context(), l.Network, nil),
			"on watch": func() error {
				document, err := r.find(t.Context(), x.v, time.Now())
				if document != nil {
					t.Errorf("%s: opened before its date", name)
				}
				return err
			}(),
		} {
			if x.says == "" && err != nil {
				t.Errorf("%s, %s: %v", name, what, err)
			}
			if x.says != "" && (!errors.As(err, new(openError)) || !strings.Contains(err.Error(), x.says) || !strings.Contains(err.Error(), "version 3 of sealed")) {
				t.Errorf("%s, %s: %v, expected one that says %q", name, what, err, x.says)
			}
		}
	}
	// On the date it opens; what was kept is read again only if it is the model.
	v := l.version(t, date, date.Add(-45*time.Minute), l.secret.Bytes())
	for range 2 {
		if b, err := r.find(t.Context(), v, date); err != nil || !bytes.Equal(b, l.secret.Bytes()) {
			t.Fatalf("on its date: %v", err)
		}
		if err := os.MkdirAll(r.dir+"/reveals", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(r.path(v), []byte("damaged"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// watchOf is a watch on what becomes public by a lockbox.
func watchOf(t *testing.T, l *lockbox, start func(*slog.Logger) (*sandbox.Box, error)) *reveals {
	log := slog.New(slog.DiscardHandler)
	return &reveals{node: &node{dir: t.TempDir(), dates: l.ask, log: log}, cells: newCells(start, false, log)}
}

// What a stranger's ciphertext held is read in a sandbox before the node reads it, where there
// are any.
func TestOpenedModelsAreReadInASandbox(t *testing.T) {
	t.Parallel()
	l := newLockbox(t)
	date := time.Now().Add(-time.Hour).Truncate(time.Second)
	good := l.secret.Bytes()
	shut := watchOf(t, l, sandbox.New)
	for name, x := range map[string]struct {
		document []byte
		says     string
	}{
		"a model":       {good, ""},
		"one cut off":   {good[:len(good)-1], "what it holds is no model"},
		"one and a bit": {append(bytes.Clone(good), 0), "what it holds is no model"},
	} {
		b, err := shut.find(t.Context(), l.version(t, date, date, x.document), time.Now())
		if x.says == "" && (err != nil || !bytes.Equal(b, good)) {
			t.Errorf("%s: %v", name, err)
		}
		if x.says != "" && (!errors.As(err, new(openError)) || !strings.Contains(err.Error(), x.says)) {
			t.Errorf("%s: %v, expected one that says %q", name, err, x.says)
		}
		if j, ok := shut.cells.judged.Get(sha256.Sum256(x.document)); !ok || (j.err != nil) != (x.says != "") {
			t.Errorf("%s: no sandbox read it, or it judged otherwise: %v, %v", name, ok, j.err)
		}
	}
	if b, err := watchOf(t, l, noBox).find(t.Context(), l.version(t, date, date, good), time.Now()); err != nil || !bytes.Equal(b, good) {
		t.Errorf("without sandboxes nothing becomes public: %v", err)
	}
}
