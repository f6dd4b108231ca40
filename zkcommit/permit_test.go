package zkcommit

import (
	"strings"
	"testing"

	"candor/graph"

	"github.com/ethereum/go-ethereum/crypto"
)

// TestPermits: what a publisher signed comes back from what its holder shows, and counts
// for that node, model, operator, publisher and time alone.
func TestPermits(t *testing.T) {
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	publisher := crypto.PubkeyToAddress(key.PublicKey)
	p := Permit{Node: graph.Address{1}, Model: graph.Hash{2}, Operator: "north", Expires: 1000}
	if err := p.Sign(key); err != nil {
		t.Fatal(err)
	}
	check := func(p *Permit, err error, now uint64) error {
		if err != nil {
			return err
		}
		return p.Check(publisher, now)
	}
	got, err := ParsePermit(p.Node, p.User(), p.Password())
	if err := check(got, err, 999); err != nil {
		t.Fatal(err)
	}
	if check(got, nil, 1000) == nil {
		t.Error("an expired permit counts")
	}
	if got.Check(graph.Address{9}, 1) == nil {
		t.Error("another publisher's permit counts")
	}
	user, password := p.User(), p.Password()
	for name, x := range map[string][2]string{
		"another operator": {strings.Replace(user, "north", "south", 1), password},
		"another model":    {"03" + user[2:], password},
		"a later end":      {user, "2000" + password[4:]},
		"a leading zero":   {user, "0" + password},
		"capitals":         {user, strings.ToUpper(password)},
		"no operator":      {user[:64] + ".", password},
		"nothing":          {"", ""},
	} {
		got, err := ParsePermit(p.Node, x[0], x[1])
		if check(got, err, 1) == nil {
			t.Errorf("%s: it counts", name)
		}
	}
	if got, err := ParsePermit(graph.Address{7}, user, password); check(got, err, 1) == nil {
		t.Error("a permit for another node counts")
	}
	if (&Permit{Operator: "No. 1"}).Sign(key) == nil {
		t.Error("an operator's name is no slug")
	}
}
