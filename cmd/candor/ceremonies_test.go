package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"candor/zkcommit"
	"candor/zkcommit/circuit"
	"candor/zkcommit/circuit/ceremony"
)

// Only a sealed ceremony's directory gives keys, each circuit's once.
func TestOpenCeremonies(t *testing.T) {
	n, err := circuit.ByName("registration-1x1x1/v1")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "keys")
	if _, err := ceremony.Init(dir, ceremonyCircuit(n), "", "", nil); err != nil {
		t.Fatal(err)
	}
	refused := func(what, says string, dirs ...string) {
		t.Helper()
		if _, err := openCeremonies(dirs); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", what, err)
		}
	}
	refused("no ceremony", "there is no ceremony", t.TempDir())
	refused("an open one", "seal it", dir)
	if err := os.WriteFile(filepath.Join(dir, provingKeyFile), []byte("no keys"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("one twice", "name one", dir, dir)
	c, err := openCeremonies([]string{dir})
	if err != nil {
		t.Fatal(err)
	}
	tiny := zkcommit.Shape{Inputs: 1, Hidden: [2]int{1}, Shift: [2]uint{6}}
	if _, err := c.registration(tiny); err == nil {
		t.Error("a file that holds no keys gave some")
	}
	if k, err := c.registration(zkcommit.Provable); k != nil || err != nil {
		t.Errorf("a ceremony for another circuit gave %v, %v", k, err)
	}
	if k, err := c.dispute(); k != nil || err != nil {
		t.Errorf("a ceremony for registrations gave keys of disputes: %v, %v", k, err)
	}
}
