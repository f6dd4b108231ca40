package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"candor/zkcommit/tlog"
	"candor/zkcommit/tlog/witness"
)

// The log that must hold a snapshot is believed under a head that all named witnesses cosigned.
func TestWitnessesOfTheSnapshotLog(t *testing.T) {
	log, err := tlog.Open(t.Context(), t.TempDir(), tlog.Options{Origin: "candor.local/x/snapshots", Seed: [32]byte{1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close(context.Background()) })
	if _, err := log.Append(t.Context(), []byte("one"), []byte("two")); err != nil {
		t.Fatal(err)
	}
	if _, err := log.Published(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	head, err := log.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	key, err := witness.NewKey("witness.example")
	if err != nil {
		t.Fatal(err)
	}
	w, err := witness.Open(t.TempDir(), key, []tlog.Verifier{log.Verifier()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	line, err := w.Add(0, nil, head.Note)
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := witness.NewKey("stranger.example")
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/checkpoint" {
			w.Write(append(bytes.Clone(head.Note), line...))
			return
		}
		log.Handler().ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	o := fromOptions{from: "x", log: s.URL + "/", key: log.Verifier().String()}
	for _, named := range [][]string{nil, {key.String()}} {
		o.witnesses = named
		if index, err := inLog(t.Context(), o, []byte("two")); err != nil || index != 1 || o.check() != nil {
			t.Errorf("with %d witnesses: %d, %v, %v", len(named), index, err, o.check())
		}
	}
	o.witnesses = []string{key.String(), stranger.String()}
	if _, err := inLog(t.Context(), o, []byte("two")); err == nil || !strings.Contains(err.Error(), "by 1 of the 2 witnesses") {
		t.Errorf("a witness did not cosign: %v", err)
	}
	o.log, o.key = "", ""
	if err := o.check(); err == nil {
		t.Error("witnesses of no log are taken")
	}
}
