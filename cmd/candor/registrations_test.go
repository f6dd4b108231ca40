package main

import (
	"bytes"
	"log/slog"
	"os"
	"strings"
	"testing"

	"candor/graph"
	"candor/rankers"
	"candor/rankers/features"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/circuit"
	"candor/zkcommit/verify"

	"github.com/prometheus/client_golang/prometheus"
)

func TestRegistrationFiles(t *testing.T) {
	circuit.Silence()
	dir := t.TempDir()
	var log bytes.Buffer
	serve := func() *services {
		n, err := openNode(t.Context(), upOptions{data: dir}, slog.New(slog.NewTextHandler(&log, nil)))
		t.Cleanup(n.close)
		if err != nil {
			t.Fatal(err)
		}
		s := &services{node: n, plugins: &plugins{models: map[graph.Hash]opened{}}, metrics: prometheus.NewRegistry()}
		s.calls = registry.New(n.client, n.id(), n.at, n.keys.node)
		return s
	}
	// Two models, whose salts outlive the node.
	hold := func(s *services) orders {
		models := orders{}
		for _, r := range rankers.Catalogue()[:2] {
			salt, err := s.salt(r.Info().ID, 1)
			if err != nil {
				t.Fatal(err)
			}
			m, err := models.hold(r.Model(), features.Schema(), salt)
			if err != nil {
				t.Fatal(err)
			}
			s.plugins.models[m.weights.ID()] = opened{r.Model(), features.Schema(), salt}
		}
		return models
	}
	read := func(s *services) map[graph.Hash]string {
		out := map[graph.Hash]string{}
		for commitment := range s.plugins.models {
			r, err := s.registered.find(commitment)
			if err != nil || r == nil {
				t.Fatalf("the registration of %s: %v, %v", commitment, r, err)
			}
			key, err := s.runs().Key(t.Context(), r.Key)
			if err != nil || key == nil {
				t.Fatal(err)
			}
			if _, err := verify.Register(r, key); err != nil {
				t.Fatal(err)
			}
			name, err := r.CID()
			if err != nil {
				t.Fatal(err)
			}
			if b, err := s.ipfs.Kept(t.Context(), name); err != nil || !bytes.Equal(b, r.Bytes()) || !s.registered.names(name) {
				t.Errorf("IPFS does not keep the registration: %v", err)
			}
			out[commitment] = string(r.Bytes())
		}
		return out
	}

	s := serve()
	if r, err := s.registered.find(graph.Hash{1}); r != nil || err != nil {
		t.Errorf("a registration that was never made: %v, %v", r, err)
	}
	if err := s.register(t.Context(), hold(s)); err != nil {
		t.Fatal(err)
	}
	first := read(s)
	s.close()

	// No proof is taken for a model that is not registered, whatever it is worth.
	for commitment := range first {
		if (checks{s.registered}).Check(t.Context(), zkcommit.Statement{Commitment: commitment}, zkcommit.Proof{}) == nil || s.registered.model(commitment) == nil {
			t.Error("a proof of nothing is taken")
		}
	}
	if err := (checks{&registrations{}}).Check(t.Context(), zkcommit.Statement{}, zkcommit.Proof{}); err == nil || !strings.Contains(err.Error(), "not registered") {
		t.Errorf("a proof of a model that is not registered: %v", err)
	}

	// A second start makes nothing anew.
	s = serve()
	if err := s.register(t.Context(), hold(s)); err != nil {
		t.Fatal(err)
	}
	for c, b := range read(s) {
		if first[c] != b {
			t.Errorf("the registration of %s was made again", c)
		}
	}
	if strings.Count(log.String(), "making development keys") != 1 || strings.Contains(log.String(), "anew") {
		t.Errorf("the log says:\n%s", &log)
	}

	// What was damaged, or rests on other weights, is; a proof from before still fits.
	var commitments []graph.Hash
	for c := range first {
		commitments = append(commitments, c)
	}
	if err := os.WriteFile(s.registered.path(commitments[0]), []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.registered.find(commitments[0]); err == nil {
		t.Error("a damaged registration is served")
	}
	other, err := zkcommit.ParseRegistration([]byte(first[commitments[1]]))
	if err != nil {
		t.Fatal(err)
	}
	other.Proof[100] ^= 1
	if err := s.registered.keep(other); err != nil {
		t.Fatal(err)
	}
	if err := s.register(t.Context(), hold(s)); err != nil {
		t.Fatal(err)
	}
	for c, b := range read(s) {
		r, err := zkcommit.ParseRegistration([]byte(b))
		if err != nil {
			t.Fatal(err)
		}
		old, err := zkcommit.ParseRegistration([]byte(first[c]))
		if err != nil {
			t.Fatal(err)
		}
		if b == first[c] || !bytes.Equal(r.Weights, old.Weights) {
			t.Errorf("the registration of %s was not made again, or over other weights", c)
		}
	}
	if strings.Count(log.String(), "made anew") != 2 {
		t.Errorf("the log says:\n%s", &log)
	}

	// A registration that holds, of a weight commitment that is not this node's.
	sound, err := s.registered.find(commitments[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.holds(t.Context(), sound, hold(s)[commitments[0]], sound.Shape); err != nil {
		t.Fatal(err)
	}
	if _, err := s.holds(t.Context(), sound, hold(s)[commitments[1]], sound.Shape); err == nil {
		t.Error("a registration of other weights is taken for this node's")
	}

	// Another model's file under a model's name.
	if err := os.WriteFile(s.registered.path(commitments[0]), []byte(first[commitments[1]]), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.registered.find(commitments[0]); err == nil {
		t.Error("another model's registration is served")
	}
}
