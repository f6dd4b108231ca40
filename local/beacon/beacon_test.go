package beacon

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/zkcommit/timelock"

	"pgregory.net/rapid"
)

// clock is a time that the test moves.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func open(t *testing.T, dir string, c *clock) *Beacon {
	t.Helper()
	b, err := Open(dir, 3, c.now)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var genesis = time.Unix(1_760_000_000, 0)

// A model locked to a date opens on it, over HTTP, for whoever asks; not before, and
// the publisher need not be there. The key survives a restart.
func TestLockAndOpen(t *testing.T) {
	c := &clock{genesis}
	dir := t.TempDir()
	b := open(t, dir, c)
	model := bytes.Repeat([]byte("secret"), 4000)
	due := genesis.Add(365 * 24 * time.Hour)
	round := b.Round(due)
	locked, err := b.Lock(round, model)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(locked) - len(model); n > 1000 || n <= 0 {
		t.Errorf("locking adds %d bytes", n)
	}
	if bytes.Contains(locked, []byte("secretsecret")) {
		t.Error("the ciphertext holds the model")
	}
	if err := b.CheckDue(locked, genesis, due); err != nil {
		t.Error(err)
	}
	if err := b.CheckDue(locked, genesis, due.Add(-time.Minute)); err == nil {
		t.Error("a ciphertext that opens too late is taken")
	}
	if err := b.CheckDue(locked, due.Add(time.Minute), due.Add(time.Hour)); err == nil {
		t.Error("a ciphertext that opens too early is taken")
	}
	if _, err := b.Signature(round); !errors.Is(err, timelock.ErrTooEarly) {
		t.Errorf("the round is signed before its time: %v", err)
	}
	c.at = due
	b = open(t, dir, c) // again, from its file
	server := httptest.NewServer(b)
	defer server.Close()
	n, err := timelock.Fetch(context.Background(), server.Client(), server.URL)
	if err != nil {
		t.Fatal(err)
	}
	reader := timelock.Beacon{Network: n, Endpoints: []string{"http://127.0.0.1:1", server.URL}, Client: server.Client()}
	signature, err := reader.Signature(context.Background(), round)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := n.Open(locked, signature)
	if err != nil || !bytes.Equal(plain, model) {
		t.Fatalf("opened %d bytes of %d: %v", len(plain), len(model), err)
	}
	if _, err := reader.Signature(context.Background(), n.Round(time.Now().Add(time.Hour))); !errors.Is(err, timelock.ErrTooEarly) {
		t.Errorf("a round of the future: %v", err)
	}
}

// Whoever has the ciphertext and the beacon opens it on its date, with one call; what
// is wrong with one is said in a sentence.
func TestOpenDue(t *testing.T) {
	c := &clock{time.Now().Add(-time.Hour).Truncate(time.Second)}
	b, other := open(t, t.TempDir(), c), open(t, t.TempDir(), c)
	c.at = time.Now()
	server := httptest.NewServer(b)
	defer server.Close()
	reader := timelock.Beacon{Network: b.Network, Endpoints: []string{server.URL}}
	lock := func(n *timelock.Network, round uint64) []byte {
		locked, err := n.Lock(round, []byte("a model"))
		if err != nil {
			t.Fatal(err)
		}
		return locked
	}
	if plain, err := reader.OpenDue(context.Background(), lock(b.Network, 5)); err != nil || string(plain) != "a model" {
		t.Errorf("%q, %v", plain, err)
	}
	late := b.Round(time.Now().Add(time.Hour))
	if _, err := reader.OpenDue(context.Background(), lock(b.Network, late)); !errors.Is(err, timelock.ErrTooEarly) ||
		!strings.Contains(err.Error(), b.Time(late).UTC().Format(time.DateTime)) {
		t.Errorf("before its time: %v", err)
	}
	if _, err := reader.OpenDue(context.Background(), lock(other.Network, 5)); !errors.Is(err, timelock.ErrCiphertext) || !strings.Contains(err.Error(), "is for the network") {
		t.Errorf("another network's: %v", err)
	}
	spoilt := lock(b.Network, 5)
	spoilt[len(spoilt)-1] ^= 1
	if _, err := reader.OpenDue(context.Background(), spoilt); !errors.Is(err, timelock.ErrCiphertext) || !strings.Contains(err.Error(), "does not open") {
		t.Errorf("a spoilt one: %v", err)
	}
	reader.Endpoints = []string{"http://127.0.0.1:1"}
	if _, err := reader.OpenDue(context.Background(), lock(b.Network, 5)); err == nil || errors.Is(err, timelock.ErrCiphertext) {
		t.Errorf("without a beacon: %v", err)
	}
	if _, err := reader.OpenDue(context.Background(), []byte("no ciphertext")); !errors.Is(err, timelock.ErrCiphertext) || !strings.Contains(err.Error(), "no timelock ciphertext") {
		t.Errorf("no ciphertext: %v", err)
	}
}

// A promise is kept by a round at the date or shortly before it, on the network meant.
func TestPromises(t *testing.T) {
	c := &clock{genesis}
	b, other := open(t, t.TempDir(), c), open(t, t.TempDir(), c)
	date := b.Time(1_000_000)
	for name, x := range map[string]struct {
		on   *Beacon
		at   time.Time
		kept bool
	}{
		"on the date":        {b, date, true},
		"a round before":     {b, date.Add(-3 * time.Second), true},
		"a round later":      {b, date.Add(3 * time.Second), false},
		"much too early":     {b, date.Add(-timelock.Early - 3*time.Second), false},
		"on another network": {other, date, false},
	} {
		locked, err := x.on.Lock(x.on.Round(x.at), []byte("a model"))
		if err != nil {
			t.Fatal(err)
		}
		if err := b.CheckPromise(locked, date); (err == nil) != x.kept {
			t.Errorf("%s: %v", name, err)
		}
	}
	if b.CheckPromise([]byte("nothing"), date) == nil {
		t.Error("what is no ciphertext keeps a promise")
	}
}

func TestEarlyOverHTTP(t *testing.T) {
	c := &clock{genesis.Add(time.Minute)}
	b := open(t, t.TempDir(), &clock{genesis})
	b.now = c.now
	for path, want := range map[string]int{
		"/info": 200, "/public/1": 200, "/public/21": 200, "/public/22": http.StatusTooEarly, "/public/0": http.StatusTooEarly,
		"/public/x": 400, "/" + b.Info().Hash + "/public/21": 200, "/" + strings.Repeat("0", 64) + "/public/1": 404,
	} {
		w := httptest.NewRecorder()
		b.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != want {
			t.Errorf("%s: %d, not %d", path, w.Code, want)
		}
	}
}

func TestRounds(t *testing.T) {
	b := open(t, t.TempDir(), &clock{genesis})
	rapid.Check(t, func(t *rapid.T) {
		at := genesis.Add(time.Duration(rapid.Int64Range(-1e9, 3e17).Draw(t, "ns")))
		r := b.Round(at)
		if b.Time(r).Before(at) && at.After(genesis) {
			t.Fatalf("round %d comes before %v", r, at)
		}
		if r > 1 && !b.Time(r-1).Before(at) {
			t.Fatalf("round %d would do for %v", r-1, at)
		}
	})
}

// What a stranger makes of a ciphertext or a signature never opens as something else.
func TestHostileCiphertexts(t *testing.T) {
	c := &clock{genesis.Add(time.Hour)}
	b, other := open(t, t.TempDir(), c), open(t, t.TempDir(), c)
	model := []byte("a model")
	const round = 5
	locked, err := b.Lock(round, model)
	if err != nil {
		t.Fatal(err)
	}
	c.at = genesis.Add(24 * time.Hour)
	signature, err := b.Signature(round)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := b.Open(locked, signature); err != nil || !bytes.Equal(plain, model) {
		t.Fatal(err)
	}
	if _, err := other.Open(locked, signature); err == nil {
		t.Error("another network opened it")
	}
	for _, r := range []uint64{round - 1, round + 1} {
		s, err := b.Signature(r)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Open(locked, s); err == nil {
			t.Errorf("round %d opened it", r)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		bad := bytes.Clone(locked)
		switch rapid.IntRange(0, 2).Draw(t, "how") {
		case 0:
			bad[rapid.IntRange(0, len(bad)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		case 1:
			bad = bad[:rapid.IntRange(0, len(bad)-1).Draw(t, "cut")]
		case 2:
			bad = append(bad, rapid.SliceOfN(rapid.Byte(), 1, 100).Draw(t, "more")...)
		}
		if plain, err := b.Open(bad, signature); err == nil {
			t.Fatalf("a changed ciphertext opens as %q", plain)
		}
		timelockNeverPanics(bad)
	})
	rapid.Check(t, func(t *rapid.T) {
		s := bytes.Clone(signature)
		s[rapid.IntRange(0, len(s)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		if err := b.VerifySignature(round, s); err == nil {
			t.Fatal("a changed signature is taken")
		}
	})
	if _, _, err := timelock.Inspect(make([]byte, timelock.MaxCiphertext+1)); err == nil {
		t.Error("a ciphertext without end is taken")
	}
	if _, err := b.Lock(1, make([]byte, timelock.MaxPlain+1)); err == nil {
		t.Error("too much is locked")
	}
}

func timelockNeverPanics(b []byte) { _, _, _ = timelock.Inspect(b) }

// quicknet's round 1,000, as drand published it.
const quicknet1000 = "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"

func TestQuicknet(t *testing.T) {
	n, err := timelock.NewNetwork(timelock.Quicknet)
	if err != nil {
		t.Fatal(err)
	}
	s, err := hex.DecodeString(quicknet1000)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.VerifySignature(1000, s); err != nil {
		t.Error(err)
	}
	if err := n.VerifySignature(1001, s); err == nil {
		t.Error("a signature is another round's, too")
	}
	locked, err := n.Lock(1000, []byte("past"))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := n.Open(locked, s); err != nil || string(plain) != "past" {
		t.Errorf("%q, %v", plain, err)
	}
}

// An info document whose fields were changed, or whose key opens for everybody.
func TestHostileInfo(t *testing.T) {
	good := open(t, t.TempDir(), &clock{genesis}).Info()
	for name, spoil := range map[string]func(*timelock.Info){
		"period":    func(i *timelock.Info) { i.Period++ },
		"no period": func(i *timelock.Info) { i.Period = 0 },
		"genesis":   func(i *timelock.Info) { i.GenesisTime++ },
		"scheme":    func(i *timelock.Info) { i.SchemeID = "pedersen-bls-chained" },
		"key":       func(i *timelock.Info) { i.PublicKey = timelock.Quicknet.PublicKey },
		"short key": func(i *timelock.Info) { i.PublicKey = i.PublicKey[2:] },
		"group":     func(i *timelock.Info) { i.GroupHash = strings.Repeat("0", 64) },
		"name":      func(i *timelock.Info) { i.Metadata.BeaconID = "other" },
		"hash":      func(i *timelock.Info) { i.Hash = timelock.Quicknet.Hash },
	} {
		i := good
		spoil(&i)
		if _, err := timelock.NewNetwork(i); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	i := good
	i.PublicKey = "c0" + strings.Repeat("0", 190)
	if _, err := timelock.Found(i); err == nil || !strings.Contains(err.Error(), "infinity") {
		t.Errorf("the key at infinity: %v", err)
	}
	raw, err := json.Marshal(good)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := timelock.ParseInfo(raw); err != nil {
		t.Error(err)
	}
	if _, err := timelock.ParseInfo(make([]byte, 5<<10)); err == nil {
		t.Error("an info without end is taken")
	}
}

// The round that draws is fixed by a block's time alone and comes well after it, and it
// has one value, which its own signature gives and nothing else.
func TestRoundsThatDraw(t *testing.T) {
	c := &clock{genesis}
	b, other := open(t, t.TempDir(), c), open(t, t.TempDir(), c)
	rapid.Check(t, func(t *rapid.T) {
		at := uint64(genesis.Unix()) + rapid.Uint64Range(0, 1<<33).Draw(t, "time")
		round := b.DrawRound(at)
		after := b.Time(round).Unix() - int64(at)
		if after <= timelock.DrawDelay || after > timelock.DrawDelay+int64(b.Info().Period) {
			t.Fatalf("the round comes %d s after the block", after)
		}
	})
	if b.DrawRound(0) != 1 || b.DrawRound(1<<63) == 0 {
		t.Error("a time that is none gives no round")
	}
	const round = 40
	c.at = b.Time(round)
	signature, err := b.Signature(round)
	if err != nil {
		t.Fatal(err)
	}
	value, err := b.Chance(round, signature)
	if err != nil || value != graph.Hash(sha256.Sum256(signature)) {
		t.Errorf("the round's value is %s, %v", value, err)
	}
	if v, err := b.Chance(round+1, signature); err == nil {
		t.Errorf("another round has the value %s", v)
	}
	if v, err := other.Chance(round, signature); err == nil {
		t.Errorf("another network has the value %s", v)
	}
	for bit := range 8 * len(signature) { // a second spelling would be a second try
		bad := slices.Clone(signature)
		bad[bit/8] ^= 1 << (bit % 8)
		if v, err := b.Chance(round, bad); err == nil {
			t.Errorf("with bit %d changed it has the value %s", bit, v)
		}
	}
}
