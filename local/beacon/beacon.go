package beacon

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"candor/zkcommit/timelock"

	"github.com/drand/drand/v2/common"
	"github.com/drand/drand/v2/crypto"
	"github.com/drand/kyber"
	"github.com/drand/kyber/util/random"
)

// ID is the name that local networks have.
const ID = "candor-development"

// Beacon is a network of one.
type Beacon struct {
	*timelock.Network
	scheme *crypto.Scheme
	secret kyber.Scalar
	now    func() time.Time
}

// kept is the file.
type kept struct {
	Secret  string `json:"secret"` // hex
	Genesis int64  `json:"genesis"`
	Period  uint32 `json:"period"` // seconds
}

// Open reads the network kept in dir, and founds it first where there is none, with
// the period in seconds and its first round at the time of now.
func Open(dir string, period uint32, now func() time.Time) (*Beacon, error) {
	b := &Beacon{now: now}
	var err error
	if b.scheme, err = crypto.SchemeFromName(timelock.Scheme); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "beacon.json")
	var k kept
	raw, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		secret, err := b.scheme.KeyGroup.Scalar().Pick(random.New()).MarshalBinary()
		if err != nil {
			return nil, err
		}
		k = kept{hex.EncodeToString(secret), now().Unix(), period}
		if err := save(path, k); err != nil {
			return nil, fmt.Errorf("the beacon's key cannot be kept in %s: %w", dir, err)
		}
	case err != nil:
		return nil, err
	default:
		if err := json.Unmarshal(raw, &k); err != nil {
			return nil, fmt.Errorf("the beacon's key in %s is damaged: %w", path, err)
		}
	}
	secret, err := hex.DecodeString(k.Secret)
	if err != nil {
		return nil, fmt.Errorf("the beacon's key in %s is damaged", path)
	}
	b.secret = b.scheme.KeyGroup.Scalar()
	if err := b.secret.UnmarshalBinary(secret); err != nil {
		return nil, fmt.Errorf("the beacon's key in %s is damaged: %w", path, err)
	}
	key, err := b.scheme.KeyGroup.Point().Mul(b.secret, nil).MarshalBinary()
	if err != nil {
		return nil, err
	}
	seed := sha256.Sum256(key)
	b.Network, err = timelock.Found(timelock.Info{PublicKey: hex.EncodeToString(key), Period: k.Period, GenesisTime: k.Genesis,
		GroupHash: hex.EncodeToString(seed[:]), SchemeID: timelock.Scheme, Metadata: timelock.Metadata{BeaconID: ID}})
	return b, err
}

func save(path string, k kept) error {
	raw, err := json.Marshal(k)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".beacon-*")
	if err != nil {
		return err
	}
	_, err = f.Write(raw)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return os.Rename(f.Name(), path)
}

// Signature is the round's, once its time has come.
func (b *Beacon) Signature(round uint64) ([]byte, error) {
	if round == 0 || b.now().Before(b.Time(round)) {
		return nil, timelock.ErrTooEarly
	}
	return b.scheme.AuthScheme.Sign(b.secret, b.scheme.DigestBeacon(&common.Beacon{Round: round}))
}

// ServeHTTP answers as drand's nodes do: /info and /public/{round}, also behind the
// network's hash.
func (b *Beacon) ServeHTTP(w http.ResponseWriter, r *http.Request) { b.mux().ServeHTTP(w, r) }

func (b *Beacon) mux() *http.ServeMux {
	m := http.NewServeMux()
	info := func(w http.ResponseWriter, _ *http.Request) { answer(w, b.Info()) }
	public := func(w http.ResponseWriter, r *http.Request) {
		round, err := strconv.ParseUint(r.PathValue("round"), 10, 64)
		if err != nil {
			http.Error(w, "a round is a number", http.StatusBadRequest)
			return
		}
		signature, err := b.Signature(round)
		if errors.Is(err, timelock.ErrTooEarly) {
			http.Error(w, "the round has not come yet", http.StatusTooEarly)
			return
		}
		if err != nil {
			http.Error(w, "the beacon cannot sign", http.StatusInternalServerError)
			return
		}
		value := sha256.Sum256(signature)
		answer(w, map[string]any{"round": round, "randomness": hex.EncodeToString(value[:]), "signature": hex.EncodeToString(signature)})
	}
	hash := b.Info().Hash
	for _, prefix := range []string{"", "/" + hash} {
		m.HandleFunc("GET "+prefix+"/info", info)
		m.HandleFunc("GET "+prefix+"/public/{round}", public)
	}
	return m
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // a reader that went away is no error
}
